"""Fields of a dialog: label above, hint under it, the control, and what is wrong with it beneath."""

import re
from collections.abc import Mapping
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from planner.core.date_words import typed_time
from planner.core.errors import Refused
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.choice import Choice
from planner.ui.widgets.words import Words


class Field(QFrame):
    """A labelled control. What is wrong stands under it, with a red bar on the whole field, and is spoken."""

    changed = Signal()

    def __init__(self, label: str, control: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label, self.control = Words(label, "strong"), control
        self.label.setBuddy(control)
        self.hint = Words(hint, "small", "muted")
        self.trouble = Words("", "body", "overdue")
        self.trouble.setVisible(False)
        self.hint.setVisible(bool(hint))
        control.setAccessibleName(label)
        control.setAccessibleDescription(hint)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        for part in (self.label, self.hint, control, self.trouble):
            self._column.addWidget(part)

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong with what stands in the field, or with an empty sentence that nothing is."""
        self.trouble.say(sentence)
        self.setObjectName("fieldTrouble" if sentence else "")
        self._column.setContentsMargins(8 if sentence else 0, 0, 0, 0)
        self.style().unpolish(self)
        self.style().polish(self)
        self.control.setAccessibleDescription(sentence or self.hint.text())
        if sentence:
            announce(self, sentence)


class TextField(Field):
    """One line of text."""

    def __init__(
        self, label: str, hint: str = "", example: str = "", parent: QWidget | None = None, edit: QLineEdit | None = None
    ) -> None:
        self.edit = edit or QLineEdit()
        super().__init__(label, self.edit, hint, parent)
        self.edit.setPlaceholderText(example)
        self.edit.textChanged.connect(self.changed)

    @property
    def text(self) -> str:
        """What was typed, without space around it."""
        return self.edit.text().strip()


class ChoiceField(Field):
    """One of several choices; `offer` maps what is stored to what is read."""

    def __init__(self, label: str, offer: Mapping[str, str], hint: str = "", parent: QWidget | None = None) -> None:
        self.box = Choice()
        super().__init__(label, self.box, hint, parent)
        self.box.view().setAccessibleName(label)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        for value, words in offer.items():
            self.box.addItem(words, value)
        self.box.currentIndexChanged.connect(self.changed)

    @property
    def value(self) -> str:
        """What is stored for the choice."""
        return str(self.box.currentData() or "")

    def choose(self, value: str) -> None:
        """Choose by what is stored; nothing happens where it is not offered."""
        place = self.box.findData(value)
        if place >= 0:
            self.box.setCurrentIndex(place)


class TimeField(TextField):
    """A time of day, as people type it; it may be left empty."""

    def __init__(self, label: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, hint, "14:00", parent)

    @property
    def time(self) -> time | None:
        """The time typed, or None. Raises Refused with what to type."""
        return typed_time(self.text) if self.text else None


def typed_minutes(text: str) -> int | None:
    """`45`, `45 min`, `1 h 45` as minutes; None for nothing. Raises Refused with what to type."""
    typed = " ".join(text.casefold().split())
    if not typed:
        return None
    found = re.fullmatch(r"(?:(\d{1,2})\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,3})\s*(?:m|min|mins|minutes)?)?", typed)
    if not found or not any(found.groups()):
        raise Refused(f"“{text.strip()}” is not a length the planner knows. Type minutes, such as 45, or 1 h 45.")
    return 60 * int(found[1] or 0) + int(found[2] or 0)
