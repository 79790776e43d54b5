"""A dialog made of plain fields: what stands in them is kept as a draft and put back without more being said."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.core.errors import Refused
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, Field, TextField
from planner.ui.dialogs.question import Draft, Question
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.ui.desk import Desk


@runtime_checkable
class Several(Protocol):
    """A field of many values, each under a key."""

    @property
    def texts(self) -> dict[str, str]:
        """What stands in it, by key."""

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put it back."""


class MaybeDay(DayField):
    """A day that may be left empty."""

    def __init__(
        self, desk: "Desk", label: str, day: date | None = None, empty: str = "May be left empty.", parent: QWidget | None = None
    ) -> None:
        """`empty` says what an empty line means."""
        super().__init__(desk, label, day, parent=parent, hint=empty)

    @property
    def day_or_none(self) -> date | None:
        """The day, None where the line is empty. Raises Refused where what stands there is no day."""
        return self.day if self.date_field.line.text().strip() else None


class Form(Question):
    """A question whose draft is the content of its fields."""

    def part(self, words: str) -> None:
        """A heading over the fields that follow."""
        self.body.addWidget(Words(words, "section"))

    def remark(self, words: str, tone: str = "muted") -> Words:
        """A sentence between the fields."""
        made = Words(words, "body", tone)
        self.body.addWidget(made)
        return made

    def offer_removal(self, words: str, on_pressed: Callable[[], object]) -> Button:
        """A second button, under the fields, that takes back what the dialog is about."""
        button = Button(words, on_pressed)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def draft(self) -> Draft:
        """What stands in each field, in their order."""
        return {str(place): _content(field) for place, field in enumerate(self.fields)}

    def restore(self, draft: Draft) -> None:
        """Put it back."""
        for place, field in enumerate(self.fields):
            _fill(field, draft.get(str(place)))


def _content(field: Field) -> Any:
    if isinstance(field, DayField):
        return field.known_day()
    if isinstance(field, Several):
        return field.texts
    return field.value if isinstance(field, ChoiceField) else field.text if isinstance(field, TextField) else None


def _fill(field: Field, content: Any) -> None:
    if isinstance(field, DayField):
        field.set_day(content)
    elif isinstance(field, Several):
        field.fill(content or {})
    elif isinstance(field, ChoiceField):
        field.choose(content or "")
    elif isinstance(field, TextField):
        field.edit.setText(content or "")


def typed_tenths(text: str, what: str) -> int:
    """`7.4` as 74 tenths; nothing is 0. Raises Refused with what to type."""
    typed = text.strip().replace(",", ".")
    if not typed:
        return 0
    try:
        tenths = round(float(typed) * 10)
    except ValueError:
        raise Refused(f"“{text.strip()}” is not a number of {what}. Type a number such as 7.4.") from None
    if tenths < 0 or abs(tenths - float(typed) * 10) > 1e-6:
        raise Refused(f"Enter the {what} in tenths, 0 or more, such as 7.4.")
    return tenths


def typed_count(text: str) -> int | None:
    """`12` as a number; None for nothing. Raises Refused with what to type."""
    typed = text.strip()
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or len(typed) > 4:
        raise Refused(f"“{typed}” is not a whole number. Type a number such as 12, or leave it empty.")
    return int(typed)


def typed_list(text: str) -> tuple[str, ...]:
    """Words between commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
