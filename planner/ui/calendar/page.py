"""The calendar of a team as a page: leave, duty, court and training for a month or three, and its table twin."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from planner.core.team_calendar import CalendarEntry, TeamCalendar, team_calendar
from planner.ui.board.period import CALENDAR_SPANS, Period
from planner.ui.board.shown import ShownDays
from planner.ui.board.tasks import VisitTasks
from planner.ui.board.toolbar import BoardToolbar
from planner.ui.calendar.tasks import CalendarTasks
from planner.ui.calendar.view import CalendarView
from planner.ui.inner_page import InnerPage
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words, list_date

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

TITLE = "Calendar"
NOTE = (
    "Hatched: away or not at work; filled: duty, court, training and the rest; half a day is half a box. "
    "Shift and the arrows choose several days, Enter adds or changes, Delete takes back, Shift+F10 has the menu."
)
EMPTY = "There are no workers in this team yet. Add one on the Team page, or look at another team."
PARTS = {"am": "mornings", "pm": "afternoons"}


class CalendarPage(InnerPage):
    """The days of the workers looked at; worked out on a thread, and again whenever the outlook changes."""

    table: CalendarView

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(TITLE)
        self.title = TITLE
        self.desk = desk
        self.calendar: TeamCalendar | None = None
        self._asked = 0
        self._shown = ShownDays(desk.settings, "calendar_shown", CALENDAR_SPANS) if desk.settings is not None else None
        self.period = Period(self._shown.span if self._shown else "month", desk.on)
        self.tasks = CalendarTasks(desk, self)
        self.toolbar = BoardToolbar(self.period, CALENDAR_SPANS, "Grid")
        self.table = CalendarView()
        self.entry_model = RowsModel(self._columns())
        self.entries = RowsView(self.entry_model, "Leave, duty, court and training as a table")
        self.note = Words(NOTE, "small", "muted")
        self._build()
        self._connect()
        if self._shown is not None and self._shown.is_table:
            self.toolbar.as_table.setChecked(True)
            self._on_table_asked(True)
        self._ask()

    def _columns(self) -> tuple[Column, ...]:
        on = self.desk.on
        return (
            Column("Worker", lambda entry: entry.worker.name, strong=True, width=180, stretch=True),
            Column("What", lambda entry: entry.word, width=160),
            Column("First day", lambda entry: list_date(entry.first_day, on), lambda entry: entry.first_day, width=120),
            Column("Last day", lambda entry: _last_words(entry, on), lambda entry: entry.last_day, width=140),
            Column("Part of the day", lambda entry: PARTS.get(entry.part, ""), width=130),
        )

    def _build(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.entries)
        self.note.setContentsMargins(14, 6, 14, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.stack, 1)
        column.addWidget(self.note)

    def _connect(self) -> None:
        self.toolbar.period_asked.connect(self.show_period)
        self.toolbar.today_asked.connect(lambda: self.show_period(Period(self.period.span, self.desk.on)))
        self.toolbar.table_asked.connect(self._on_table_asked)
        self.toolbar.term_dates_asked.connect(VisitTasks(self.desk, self).enter_term_dates)
        self.table.worker_opened.connect(self.desk.open_worker)
        self.table.change_asked.connect(self._on_change_asked)
        self.table.removal_asked.connect(self._on_removal_asked)
        self.table.menu_asked.connect(self._on_menu_asked)
        self.entries.row_opened.connect(lambda entry: self.tasks.change(entry.worker, entry.record))
        for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=by: self.show_period(self.period.beside(step)))

    # What it shows

    def finding(self) -> str:
        """How many workers, and how many are in today."""
        outlook, on = self.desk.outlook, self.desk.on
        calendar = team_calendar(outlook, on, on) if outlook is not None else None
        if calendar is None or not calendar.days:
            return "Leave, duty, court and training, a row for each worker."
        there = calendar.at_work(0)
        return f"{there:,} of {count_words(len(calendar.rows), 'worker')} at work on {list_date(self.desk.on, self.desk.today)}."

    def show_outlook(self, outlook: "Outlook") -> None:
        """Work the days out again."""
        self._ask()

    def show_period(self, period: Period) -> None:
        """Show other months; how many at a time is remembered."""
        self.period = period
        if self._shown is not None:
            self._shown.keep(period.span, self.toolbar.as_table.isChecked())
        self._ask()

    def _ask(self) -> None:
        self.toolbar.show_period(self.period)
        outlook = self.desk.outlook
        if outlook is not None:
            self._asked += 1
            self.desk.run_in_background(_numbered, self._asked, outlook, self.period, then=self._on_calendar_made)

    def _on_calendar_made(self, numbered: tuple[int, TeamCalendar]) -> None:
        number, made = numbered
        if number != self._asked:
            return
        self.calendar = made
        self.table.show_calendar(made)
        self.entry_model.set_rows(made.entries)
        self.note.say(NOTE if made.rows else EMPTY)

    # Slots

    def _on_table_asked(self, as_table: bool) -> None:
        self.stack.setCurrentWidget(self.entries if as_table else self.table)
        if self._shown is not None:
            self._shown.keep(self.period.span, as_table)

    def _on_change_asked(self) -> None:
        """Change the one thing that is entered; with none or several, ask in the menu."""
        worker, days = self.table.chosen_worker(), self.table.chosen_days()
        if worker is None or not days:
            return
        entries = self.tasks.entries(worker, days)
        if len(entries) == 1:
            self.tasks.change(worker, entries[0])
        else:
            index = self.table.currentIndex()
            self._on_menu_asked(self.table.viewport().mapToGlobal(self.table.visualRect(index).center()))

    def _on_removal_asked(self) -> None:
        worker, days = self.table.chosen_worker(), self.table.chosen_days()
        if worker is not None:
            self.tasks.remove_only(worker, days)

    def _on_menu_asked(self, at: QPoint) -> None:
        worker, days = self.table.chosen_worker(), self.table.chosen_days()
        if worker is None or not days:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for task in self.tasks.of(worker, days):
            menu.addAction(task.title, task.run)
        menu.popup(at)


def _numbered(number: int, outlook: "Outlook", period: Period) -> tuple[int, TeamCalendar]:
    return number, team_calendar(outlook, period.first, period.last)


def _last_words(entry: CalendarEntry, on: date) -> str:
    return list_date(entry.last_day, on) if entry.last_day else "no return date"
