"""Visits: who visits whom on which day; what has no day yet waits in the tray."""

from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from planner.core.board import Board, BoardTrip, TrayTrip
from planner.core.board_making import board, children_ahead, due_children
from planner.core.date_words import DAYS, day_and_month
from planner.core.errors import Refused
from planner.core.flow_records import SchoolHoliday
from planner.core.records import (
    Absence,
    AddedHoliday,
    Allocation,
    Case,
    Child,
    Commitment,
    Event,
    PlanSpell,
    Reduction,
    Sighting,
    Visit,
    Worker,
)
from planner.ui.board.carrying import Carrying
from planner.ui.board.key import BoardKey
from planner.ui.board.orders import Carried, place_order, reason_not_to_carry
from planner.ui.board.period import Period, period_ahead
from planner.ui.board.shown import ShownDays
from planner.ui.board.table_twin import columns
from planner.ui.board.tasks import VisitTasks
from planner.ui.board.toolbar import BoardToolbar
from planner.ui.board.tray import TrayView
from planner.ui.board.view import BoardView
from planner.ui.screen import Screen
from planner.ui.soon import soon
from planner.ui.table import RowsModel, RowsView
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.nothing_yet import NothingYet
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

TRAY_INSET = 12


class VisitsScreen(Screen):
    """The tray, the board and its table twin. `filled` says that all of it shows the outlook last given."""

    name = "visits"
    title = "Visits"
    offers = ("Term dates",)
    shows = frozenset(
        {
            Absence,
            AddedHoliday,
            Allocation,
            Case,
            Child,
            Commitment,
            Event,
            PlanSpell,
            Reduction,
            SchoolHoliday,
            Sighting,
            Visit,
            Worker,
        }
    )
    is_page_scrolled = False
    filled = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.period = period_ahead("week", desk.on)
        self._on = desk.on
        self._outlook: Outlook | None = None
        self._found_in: Outlook | None = None
        self._finding = ""
        self._asked = self._filled = 0
        self._shown: ShownDays | None = None
        self.board: Board | None = None
        self.tasks = VisitTasks(desk, self)
        self.toolbar = BoardToolbar(self.period)
        self.view = BoardView(desk.child_words)
        self.tray = TrayView(desk.child_words)
        self.tray_title = Words("To place", "section")
        self.tray_detail = Words("", "small", "muted")
        self.tray_empty = Words("", "body", "muted")
        self.nothing_yet = NothingYet(desk.open_page)
        self.table_model = RowsModel(())
        self.key = BoardKey()
        self.carrying = Carrying(self, self.view, self.tray, self.place, self.tasks.back)
        self._build()
        self._connect()

    # What the window asks

    @property
    def is_filled(self) -> bool:
        """Whether the board and the tray show the days last asked for."""
        return self.board is not None and self._filled == self._asked

    def finding(self, outlook: "Outlook") -> str:
        """`35 children need a visit by Friday 27 Nov: 9 overdue and 26 due. 25 placed, 10 not.` Of the week looked at."""
        if outlook is not self._found_in:  # asked for whenever the page comes into view
            self._found_in, self._finding = outlook, self._found(outlook)
        return self._finding

    @staticmethod
    def _found(outlook: "Outlook") -> str:
        week = period_ahead("week", outlook.on)
        last = week.last_weekday
        dues, ahead = due_children(outlook, week.last), children_ahead(outlook)
        if not dues:
            return f"No visit is overdue or due by {DAYS[last.weekday()]} {day_and_month(last)}."
        overdue, placed = sum(due.is_late for due in dues), sum(due.child.id in ahead for due in dues)
        children = count_words(len(dues), "child needs", "children need")
        return (
            f"{children} a visit by {DAYS[last.weekday()]} {day_and_month(last)}: {overdue:,} overdue and "
            f"{len(dues) - overdue:,} due. {placed:,} placed, {len(dues) - placed:,} not."
        )

    @staticmethod
    def count(outlook: "Outlook") -> tuple[str, bool]:
        """Children with an overdue visit, in red; nothing where there is none."""
        late = len(outlook.overdue_visits)
        return (f"{late:,} overdue", True) if late else ("", False)

    def show_outlook(self, outlook: "Outlook") -> None:
        """Make the board on a thread and show it; of two that were asked for, the later."""
        if self._shown is None and self.desk.settings is not None:
            self._shown = ShownDays(self.desk.settings)
            self._recall(self._shown)
        if outlook.on != self._on:
            self._on = outlook.on
            self.period = period_ahead(self.period.span, outlook.on)
        self._outlook = outlook
        self._ask()

    def header_actions(self) -> list[QWidget]:
        """Logging a visit: the one the keys stand on, or any."""
        return [Button("Log a visit", self._on_log_asked, kind="primary")]

    # Days

    def show_period(self, period: Period) -> None:
        """Show other days; how many at a time is remembered."""
        self.period = period
        if self._shown is not None:
            self._shown.keep(period.span, self.toolbar.as_table.isChecked())
        self._ask()

    def _recall(self, shown: ShownDays) -> None:
        self.period = period_ahead(shown.span, self._on)
        if shown.is_table:
            self.toolbar.as_table.setChecked(True)
            self._on_table_asked(True)

    def _ask(self) -> None:
        self.toolbar.show_period(self.period)
        if self._outlook is None:
            return
        self._asked += 1
        self.desk.run_in_background(_numbered_board, self._asked, self._outlook, self.period, then=self._on_board_made)

    def _on_board_made(self, numbered: tuple[int, Board]) -> None:
        number, made = numbered
        if number != self._asked:
            return
        self.tasks.days = made.days
        self.view.are_names_shown = not self.desk.initials_only
        self.view.show_board(made)
        soon(self, partial(self._show_rest, number, made))

    def _show_rest(self, number: int, made: Board) -> None:
        """The tray, and the table where it is looked at: a step of its own, for a large service has hundreds of cards."""
        if number != self._asked:
            return
        self.board = made
        self._filled = number
        self.tray.show_board(made)
        self._show_tray_words(made)
        self._show_empty(made)
        if self.toolbar.as_table.isChecked():
            self._show_table(made)
        self.filled.emit()

    def _show_tray_words(self, made: Board) -> None:
        trips, children = len(made.tray), sum(len(trip.children) for trip in made.tray)
        self.tray_title.say(f"To place {trips:,}")
        self.tray_detail.say(f"{count_words(trips, 'trip')} to {count_words(children, 'child', 'children')}" if trips else "")
        self.tray.setVisible(bool(trips))
        placed = "Every visit that is overdue or due has a day." if made.needed else "No visit is overdue or due in these days."
        self.tray_empty.say("" if trips else placed)

    def _show_empty(self, made: Board) -> None:
        nobody = len(made.rows) == 1 and not made.needed
        words = "There are no workers and no children here yet. Bring them in on the Case system page, or look at another team."
        self.nothing_yet.say(words if nobody else "")
        self._beside.setVisible(not nobody)

    def _show_table(self, made: Board) -> None:
        self.table_model.set_columns(columns(made, self.desk.child_words))
        self.table_model.set_rows(made.rows)

    # The one command

    def place(self, carried: Carried, worker_id: str, day: date) -> None:
        """Put a visit on a worker's day, or say why not."""
        if isinstance(carried, BoardTrip) and (carried.visit.worker_id, carried.visit.on) == (worker_id, day):
            return
        try:
            order = place_order(self.desk, carried, worker_id, day)
        except Refused as refused:
            announce(self, refused.sentence)
            self.desk.failed.emit(refused.sentence)
            return
        if isinstance(carried, BoardTrip):
            self.view.follow(carried.visit.id)
        order.perform(self.desk)

    # Building

    @cached_property
    def table(self) -> RowsView:
        """The table twin, made when it is first asked for."""
        made = RowsView(self.table_model, "Visits as a table, a row for each worker and a column for each day")
        made.row_opened.connect(self._on_table_row_opened)
        self.stack.addWidget(made)
        return made

    def _build(self) -> None:
        self.nothing_yet.setContentsMargins(28, 16, 28, 16)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self._beside = QWidget()
        row = QHBoxLayout(self._beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._tray_column())
        row.addWidget(_line(QFrame.Shape.VLine))
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for part in (self.toolbar, _line(QFrame.Shape.HLine), self.stack, self.key):
            right.addWidget(part)
        right.setStretchFactor(self.stack, 1)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_line(QFrame.Shape.HLine))
        column.addWidget(self.nothing_yet)
        column.addWidget(self._beside, 1)
        column.addStretch(0)

    def _tray_column(self) -> QWidget:
        self._side = QWidget()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(TRAY_INSET, 10, TRAY_INSET, 0)
        column.setSpacing(2)
        for part in (self.tray_title, self.tray_detail, self.tray_empty):
            column.addWidget(part)
        column.addWidget(self.tray, 1)
        column.addStretch(0)
        self._on_theme_changed()
        return self._side

    def _connect(self) -> None:
        theme_changes.changed.connect(self._on_theme_changed)
        self.toolbar.period_asked.connect(self.show_period)
        self.toolbar.today_asked.connect(lambda: self.show_period(period_ahead(self.period.span, self.desk.on)))
        self.toolbar.table_asked.connect(self._on_table_asked)
        self.toolbar.term_dates_asked.connect(self.tasks.enter_term_dates)
        for view in (self.view, self.tray):
            view.child_opened.connect(self.desk.open_child)
            view.move_asked.connect(self._on_move_asked)
            view.menu_asked.connect(self._on_menu_asked)
            view.carry_asked.connect(self._on_carry_asked)
        self.view.worker_opened.connect(self.desk.open_worker)
        self.view.cancel_asked.connect(self.tasks.cancel)
        self.view.confirm_asked.connect(self.tasks.confirm)
        for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=by: self.show_period(self.period.beside(step)))

    # Slots

    def _on_table_asked(self, as_table: bool) -> None:
        if as_table and self.board is not None:
            self._show_table(self.board)
        self.stack.setCurrentWidget(self.table if as_table else self.view)
        self.key.setVisible(not as_table)
        if self._shown is not None:
            self._shown.keep(self.period.span, as_table)

    def _on_table_row_opened(self, row: Any) -> None:
        if row.worker is not None:
            self.desk.open_worker(row.worker.id)

    def _on_move_asked(self, carried: Carried | None) -> None:
        if isinstance(carried, BoardTrip):
            self.view.follow(carried.visit.id)
        self.tasks.move(carried)

    def _on_carry_asked(self, carried: Carried, at: QPoint) -> None:
        refusal = self.desk.reason_not_to_edit() or reason_not_to_carry(carried)
        if refusal:
            self.desk.failed.emit(refusal)
            return
        self.carrying.begin(carried, at)

    def _on_menu_asked(self, item: Any, at: QPoint) -> None:
        tasks = self.tasks.of(item) if item is not None else ()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for task in tasks:
            menu.addAction(task.title, task.run)
        if not isinstance(item, TrayTrip):
            self._add_worker_tasks(menu)
        if menu.actions():
            menu.popup(at)

    def _add_worker_tasks(self, menu: QMenu) -> None:
        row = self.view.board_model.row(self.view.currentIndex().row())
        if row is None or self.board is None:
            return
        menu.addSeparator()
        for task in self.tasks.of_worker(row, self.board):
            menu.addAction(task.title, task.run)

    def _on_log_asked(self) -> None:
        trip = self.view.trip()
        if trip is not None and trip.visit.status == "planned":
            self.tasks.log(trip)
        else:
            self.desk.log_visit_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the days share the width."""
        super().resizeEvent(event)
        self.carrying.end(False)

    def _on_theme_changed(self, _theme: object = None) -> None:
        theme = current_theme()
        self._side.setFixedWidth(round(theme.size("tray_width") * min(theme.text_scale, 1.35)))
        palette = self._side.palette()
        palette.setColor(self._side.backgroundRole(), theme.colour("sunken"))
        self._side.setPalette(palette)
        self._side.setAutoFillBackground(True)
        self.tray.viewport().setAutoFillBackground(False)


def _numbered_board(number: int, outlook: "Outlook", period: Period) -> tuple[int, Board]:
    return number, board(outlook, period.first, period.last)


def _line(shape: QFrame.Shape) -> QFrame:
    line = QFrame()
    line.setProperty("line", "true")
    if shape == QFrame.Shape.HLine:
        line.setFixedHeight(1)
    else:
        line.setFixedWidth(1)
    return line
