"""A day in a dialog: the date field with its label above and what is wrong with it beneath."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.core.date_words import HOW_TO_TYPE
from planner.core.errors import Refused
from planner.ui.dialogs.fields import Field
from planner.ui.widgets.date_field import DateField

if TYPE_CHECKING:
    from planner.ui.desk import Desk


class DayField(Field):
    """A day as people type it. `check` answers a day with a sentence against it, or nothing; `hint` stands beneath no day."""

    def __init__(
        self,
        desk: "Desk",
        label: str,
        day: date | None = None,
        check: Callable[[date], str] | None = None,
        parent: QWidget | None = None,
        hint: str = HOW_TO_TYPE,
    ) -> None:
        calendar = desk.outlook.calendar if desk.outlook is not None else desk.reference.calendar
        self.date_field = DateField(desk.today, calendar, label, day, check, hint=hint)
        super().__init__(label, self.date_field, "", parent)
        self.label.setBuddy(self.date_field.line)
        self.date_field.date_changed.connect(self._on_date_changed)

    @property
    def edit(self) -> QWidget:
        """The line that is typed into."""
        return self.date_field.line

    @property
    def day(self) -> date:
        """The day. Raises Refused with what is wrong with what stands in the field."""
        against = self.date_field.trouble()
        if against or self.date_field.day is None:
            raise Refused(against)
        return self.date_field.day

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in the field."""
        return bool(self.date_field.line.text().strip())

    def known_day(self) -> date | None:
        """The day typed, whether it will do or not; None while it is no day."""
        return self.date_field.day

    def set_day(self, day: date | None) -> None:
        """Show a day."""
        self.date_field.set_date(day)

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong; once only, where the line beneath the date says it already."""
        super().show_trouble(sentence)
        if sentence and sentence == self.date_field.echo.text():
            self.trouble.setVisible(False)

    def _on_date_changed(self, _day: date | None) -> None:
        self.show_trouble("")
        self.changed.emit()
