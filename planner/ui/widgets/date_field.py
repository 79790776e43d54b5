"""A date typed in words, with what was understood beneath it; the calendar is the second way (Alt+Down)."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.core.date_words import HOW_TO_TYPE, echo, list_date, typed_date
from planner.core.errors import PlannerError
from planner.core.working_days import WorkingCalendar
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words


class TypedDate(QLineEdit):
    """A line that reads a date as it is typed and shows it plainly when left."""

    date_changed = Signal(object)
    """The date, or None where what is typed is not one."""
    understood = Signal(str, bool)
    """What was understood, and whether it is a date."""

    def __init__(self, today: date, calendar: WorkingCalendar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self.calendar = calendar
        self._date: date | None = None
        self.setPlaceholderText("23 nov, fri, +10wd")
        self.textEdited.connect(self._on_text_edited)

    @property
    def day(self) -> date | None:
        """The date as understood."""
        return self._date

    def understood_day(self, text: str) -> date:
        """The day a text says; a line for days of one kind reads them its own way. Raises Refused with what to type."""
        return typed_date(text, self.today, self.calendar)

    def set_date(self, day: date | None) -> None:
        """Show a date; says so when it is another one."""
        changed = day != self._date
        self._date = day
        self.setText(self.shown_words(day))
        self.understood.emit(echo(day, self.today, self.calendar) if day else "", day is not None)
        if changed:
            self.date_changed.emit(day)

    def shown_words(self, day: date | None) -> str:
        """How a date stands in the line when nobody types."""
        return f"{list_date(day, date.min)}" if day else ""

    def open_calendar(self) -> None:
        """Choose from a month's days."""
        popup = QDialog(self, Qt.WindowType.Popup)
        popup.setAccessibleName("Calendar")
        days = QCalendarWidget(popup)
        days.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        days.setGridVisible(False)
        days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        day = self._date or self.today
        days.setSelectedDate(QDate(day.year, day.month, day.day))
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(days)

        def _on_day_activated(chosen: QDate) -> None:
            popup.accept()
            self.set_date(date(chosen.year(), chosen.month(), chosen.day()))

        days.activated.connect(_on_day_activated)
        days.clicked.connect(_on_day_activated)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.open()
        days.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing replaces what stands there."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the date plainly once it is understood."""
        super().focusOutEvent(event)
        if self._date is not None:
            self.setText(self.shown_words(self._date))

    def _on_text_edited(self, text: str) -> None:
        before = self._date
        if not text.strip():
            self._date = None
            self.understood.emit("", False)
        else:
            try:
                self._date = self.understood_day(text)
                self.understood.emit(echo(self._date, self.today, self.calendar), True)
            except PlannerError as trouble:
                self._date = None
                self.understood.emit(trouble.sentence, False)
        if self._date != before:
            self.date_changed.emit(self._date)


class DateField(QWidget):
    """A `TypedDate` with its calendar button and its echo; `check` may answer with a sentence against a date.

    `hint` stands where the echo will be while nothing is typed.
    """

    date_changed = Signal(object)

    def __init__(
        self,
        today: date,
        calendar: WorkingCalendar,
        label: str,
        day: date | None = None,
        check: Callable[[date], str] | None = None,
        parent: QWidget | None = None,
        hint: str = HOW_TO_TYPE,
    ) -> None:
        super().__init__(parent)
        self._check = check
        self._hint = hint
        self.line = TypedDate(today, calendar, self)
        self.line.setAccessibleName(label)
        self.button = Button("Calendar", self.line.open_calendar)
        self.button.setAccessibleName(f"{label}: calendar")
        self.button.setToolTip("Choose from a calendar (Alt+Down)")
        self.echo = Words("", "small", "muted")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.echo)
        self.setFocusProxy(self.line)
        self.line.understood.connect(self._on_date_understood)
        self.line.date_changed.connect(self.date_changed)
        self.echo.setText(hint)
        if day is not None:
            self.line.set_date(day)

    @property
    def day(self) -> date | None:
        """The date as understood, or None."""
        return self.line.day

    def set_date(self, day: date | None) -> None:
        """Show a date."""
        self.line.set_date(day)

    def trouble(self) -> str:
        """What is wrong with the date, as a sentence; an empty string where it will do."""
        if self.line.day is None:
            return f"{plain_words(self.line.text())} {HOW_TO_TYPE}"
        return self._check(self.line.day) if self._check else ""

    def _on_date_understood(self, words: str, is_date: bool) -> None:
        against = self.trouble() if is_date else ""
        self.echo.set_tone("muted" if is_date and not against else "overdue" if words else "muted")
        self.echo.setText(against or words or self._hint)
        self.line.setAccessibleDescription(self.echo.text())


def plain_words(typed: str) -> str:
    """What to say of a line that holds no date."""
    return f"“{typed.strip()}” is not a date the planner knows." if typed.strip() else "There is no date yet."
