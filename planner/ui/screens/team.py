"""Team: the workers with what they can carry, how each figure is made, and the changes that need a plan."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QVBoxLayout, QWidget

from planner.core.load_trend import TrendPoint, load_trend
from planner.core.records import (
    Absence,
    Commitment,
    ConflictOfInterest,
    ExtraWork,
    Reduction,
    Worker,
)
from planner.core.team_changes import LEAVE, WorkerChange, changes_to_plan
from planner.core.who_may_hold import HeldAgainst, held_against
from planner.core.workload import pooled
from planner.reports.report import Report, SheetOptions
from planner.reports.workload_sheet import WORKLOAD_SHEET
from planner.ui.background import is_alive
from planner.ui.charts.bars import Behind
from planner.ui.dialogs.commitment import CommitmentDialog
from planner.ui.dialogs.conflicts import ConflictsDialog
from planner.ui.dialogs.extra_work import ExtraWorkDialog
from planner.ui.dialogs.handover import open_handover
from planner.ui.dialogs.leave import LeaveDialog
from planner.ui.dialogs.may_hold import MayHoldDialog
from planner.ui.dialogs.question import Question
from planner.ui.dialogs.reduction import ReductionDialog
from planner.ui.dialogs.scheme_choice import SchemeDialog
from planner.ui.dialogs.scheme_edit import SchemeEditDialog
from planner.ui.dialogs.worker import WorkerDialog
from planner.ui.dialogs.worker_table import points
from planner.ui.screen import Screen
from planner.ui.soon import soon
from planner.ui.table import Column, RowsView
from planner.ui.team.changes import ChangeList, rows_behind, title_of
from planner.ui.team.days import DaysPanel, day_rows
from planner.ui.team.figures import TeamFigures
from planner.ui.team.rows import TeamRow, room_word, sum_row, team_rows, unit_of
from planner.ui.team.scheme_part import SchemePart
from planner.ui.team.sum_panel import SumPanel
from planner.ui.team.table import TeamTable
from planner.ui.team.worker_facts import facts_of
from planner.ui.theme import current_theme
from planner.ui.week_rows import WORKED_COLUMNS
from planner.ui.widgets.button import Button
from planner.ui.widgets.stat_strip import StatStrip
from planner.ui.widgets.tab_order import tab_through
from planner.ui.widgets.words import Words
from planner.ui.wording import full_date, list_date

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

EDGE, GAP, INSET = 20, 28, 8
BREATH_MS = 8
"""How long filling rests before and after what a step moved is laid out and painted, so that no two steps run into one."""
ONE_COLUMN_UNDER = 1000
SHARES = (3, 2)
"""How the sum and the changes share the width; the sum has two tables side by side."""
BENEATH = 230
"""Room in pixels for what stands beneath the table, so that it is seen while the table is."""
EMPTY = "There are no workers here yet. Add the first one, or bring them in on the Case system page."
UNEVEN = 25
"""Percentages that lie further apart than this are said to be uneven."""


class TeamScreen(Screen):
    """The workers of the teams looked at; the one the keyboard stands on is explained beneath."""

    name = "team"
    title = "Team"
    offers = ("Add worker", "Choose a scheme", "Change the scheme", "Change who may hold what")
    is_exported = True

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.outlook: Outlook | None = None
        self.figures: TeamFigures | None = None
        self.behind: dict[str, Behind] = {}
        self.chosen: TeamRow | None = None
        self._trend_run = 0
        self._trend: tuple[TrendPoint, ...] = ()
        self._is_narrow: bool | None = None
        self._steps: Iterator[Callable[[], None]] = iter(())
        self._is_filled = False
        self._is_rested = False
        self._against: tuple[HeldAgainst, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BREATH_MS)
        self._timer.timeout.connect(self._on_step_due)
        self.strip = StatStrip()
        self.table = TeamTable()
        self.empty = Words("", tone="muted")
        self.add_worker = Button("Add worker", lambda: self._show(WorkerDialog(desk, parent=self.window())), kind="primary")
        self._build()
        self._connect()

    def _build(self) -> None:
        self._lower = QWidget()
        self._grid = QGridLayout(self._lower)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(20)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(EDGE, 0, EDGE, 16)
        self._column.setSpacing(12)
        self.empty.setContentsMargins(INSET, 0, INSET, 0)
        for part in (self.strip, self.table, self.empty, self._lower):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.table.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._arrange()

    def _connect(self) -> None:
        self.strip.figure_pressed.connect(lambda key: self._open_behind(self.behind[key]))
        self.table.worker_selected.connect(self._on_worker_selected)
        self.table.worker_opened.connect(lambda row: self.desk.open_worker(row.worker.id))
        self.table.rows.customContextMenuRequested.connect(self._on_menu_asked)

    # What stands beneath the table: each part is made when it is first shown, so that the page is there at once

    @cached_property
    def sum(self) -> SumPanel:
        """How the figure of the worker the keyboard stands on is made."""
        made = SumPanel()
        made.children_asked.connect(self._on_children_asked)
        made.due_asked.connect(self._on_due_asked)
        made.weeks_asked.connect(lambda title, weeks: self.desk.open_rows(title, WORKED_COLUMNS, weeks))
        made.trend_asked.connect(self._on_trend_asked)
        made.print_asked.connect(self._on_print_asked)
        return made

    @cached_property
    def days(self) -> DaysPanel:
        """What is entered for that worker."""
        made = DaysPanel()
        made.opened.connect(self._on_day_opened)
        made.asked.connect(self._open)
        return made

    @cached_property
    def changes(self) -> ChangeList:
        """Who leaves or is away, and what must be placed."""
        made = ChangeList()
        made.opened.connect(self._on_change_opened)
        made.plan_asked.connect(lambda change: self._plan_move(change.worker))
        return made

    @cached_property
    def schemes(self) -> SchemePart:
        """The workload schemes, and who may hold what."""
        made = SchemePart()
        made.choice_asked.connect(lambda: self._show(SchemeDialog(self.desk, self.window())))
        made.edit_asked.connect(lambda: self._show(SchemeEditDialog(self.desk, self.window())))
        made.holding_asked.connect(lambda: self._show(MayHoldDialog(self.desk, self.window())))
        made.against_asked.connect(self._on_against_asked)
        made.children_asked.connect(self._on_children_asked)
        self._column.insertWidget(self._column.count() - 1, made)
        return made

    # What the window asks

    def show_outlook(self, outlook: "Outlook") -> None:
        """Fill the table at once, and what stands beneath it part by part, each in a moment of its own."""
        self.outlook = outlook
        rows = team_rows(outlook)
        changes = changes_to_plan(outlook)
        self.figures = TeamFigures(outlook, rows, changes, self.desk.child_words)
        doors = self.figures.doors()
        self.behind = {key: behind for key, (_, behind) in doors.items()}
        self.strip.show_figures(figure for figure, _ in doors.values())
        for part in (self.strip, self.table, self._lower):
            part.setVisible(bool(rows))
        self.empty.say("" if rows else EMPTY)
        self._is_filled, self._is_rested = False, True
        self._steps = iter(self._filling(outlook, changes))
        self.table.show_rows(rows, sum_row(rows), unit_of(outlook.loads))
        self._timer.start()

    @property
    def is_filled(self) -> bool:
        """Whether every part beneath the table shows the outlook last given."""
        return self._is_filled

    def _filling(self, outlook: "Outlook", changes: tuple[WorkerChange, ...]) -> tuple[Callable[[], None], ...]:
        """A step for each part beneath the table, and one between them to lay it out."""
        return (
            lambda: self._put_beneath(self.sum),
            self._show_chosen_sum,
            lambda: self._put_beneath(self.days),
            self._show_chosen_days,
            lambda: self._put_beneath(self.changes),
            lambda: self.changes.show_changes(changes),
            lambda: self.schemes.show_outlook(outlook),
            lambda: self.desk.run_in_background(held_against, outlook, then=partial(self._on_against_found, outlook)),
        )

    def _on_against_found(self, outlook: "Outlook", found: tuple[HeldAgainst, ...]) -> None:
        if is_alive(self) and outlook is self.outlook:
            self._against = found
            self.schemes.show_against(len(found))

    def _on_step_due(self) -> None:
        self._is_rested = not self._is_rested
        if not self._is_rested:
            self._timer.start()
            return
        step = next(self._steps, None)
        if step is not None:
            step()
            self._timer.start()
            return
        self._is_filled = True
        tab_through((self.strip, self.table, self.sum, self.changes, self.days, self.schemes))

    def finding(self, outlook: "Outlook") -> str:
        """`Workload on Monday 23 November 2026. 91% of points are used, but they are unevenly shared.`"""
        if not outlook.loads:
            return f"Workload on {full_date(outlook.on)}. Nobody is in this team."
        _, _, percent, state = pooled(outlook.loads)
        if percent is None:
            return f"Workload on {full_date(outlook.on)}: {state}."
        parts = [load.percent for load in outlook.loads if load.percent is not None]
        uneven = ", but they are unevenly shared" if max(parts) - min(parts) > UNEVEN else ""
        return f"Workload on {full_date(outlook.on)}. {percent:.0f}% of {room_word(unit_of(outlook.loads))} are used{uneven}."

    @staticmethod
    def count(outlook: "Outlook") -> tuple[str, bool]:
        """How many are over capacity, where any are."""
        over = len(outlook.over_capacity)
        return f"{over} over" if over else "", False

    def kept_tables(self) -> dict[str, RowsView]:
        """The workers."""
        return {self.name: self.table.rows}

    def header_actions(self) -> list[QWidget]:
        """Everybody's days, and another worker; what is added to one worker stands beside that worker's days."""
        return [Button("Calendar", self.desk.open_calendar), self.add_worker]

    def printable(self) -> tuple[Report, SheetOptions] | None:
        """How the workload of the chosen worker is worked out."""
        return (WORKLOAD_SHEET, SheetOptions(worker_id=self.chosen.worker.id)) if self.chosen and self.chosen.worker else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two beneath the table, which leaves room for the sum of the worker it stands on."""
        super().resizeEvent(event)
        self._arrange()
        page = self.parentWidget()
        height = page.height() if page is not None else self.height()
        self.table.fit_into(height - self.strip.height() - round(BENEATH * current_theme().text_scale))

    # The worker the keyboard stands on

    def _on_worker_selected(self, row: TeamRow | None) -> None:
        self.chosen = row
        if self._is_filled:
            self._show_chosen_sum()
            self._show_chosen_days()

    def _show_chosen_sum(self) -> None:
        row, outlook = self.chosen, self.outlook
        if row is None or row.worker is None or outlook is None:
            return
        self.sum.show_load(outlook, row.load)
        self._trend_run += 1
        self.desk.run_in_background(
            partial(load_trend, outlook.snapshot, outlook.reference.schemes, row.worker, outlook.on),
            then=partial(self._on_trend_found, self._trend_run),
        )

    def _show_chosen_days(self) -> None:
        if self.chosen is not None and self.chosen.worker is not None and self.outlook is not None:
            worker = self.chosen.worker
            words, outlook = self.desk.child_words, self.outlook
            facts = facts_of(outlook.snapshot, worker, outlook.on, words)
            self.days.show_rows(worker, day_rows(outlook, worker, words), facts)

    def _on_trend_found(self, run: int, trend: tuple[TrendPoint, ...]) -> None:
        if is_alive(self) and run == self._trend_run:
            self._trend = trend
            self.sum.show_trend(trend)

    # Opening

    def _open_behind(self, behind: Behind) -> None:
        self.desk.open_rows(behind.title, behind.columns, behind.rows)

    def _on_children_asked(self, title: str, child_ids: tuple[str, ...]) -> None:
        if self.outlook is not None and self.figures is not None:
            rows = [case for one in child_ids if (case := self.outlook.case_of(one)) is not None]
            self.desk.open_rows(title, self.figures.columns.cases(), rows)

    def _on_due_asked(self, title: str, rows: tuple[Any, ...]) -> None:
        if self.figures is not None:
            self.desk.open_rows(title, self.figures.columns.due(), rows)

    def _on_trend_asked(self) -> None:
        if self.chosen is not None:
            on = self.desk.on
            columns = (
                Column("Day", lambda point: list_date(point.on, on), sort=lambda point: point.on, strong=True, width=120),
                Column("Used", lambda point: points(point.used), sort=lambda point: point.used, align="right", width=90),
                Column("Available", lambda point: points(point.available), align="right", width=90),
                Column("Full", lambda point: "–" if point.percent is None else f"{point.percent:.0f}%", align="right", width=80),
                Column("Children", lambda point: f"{point.children}", align="right", width=90),
            )
            self.desk.open_rows(f"Trend: {self.chosen.name}", columns, reversed(self._trend))

    def _on_against_asked(self) -> None:
        if self.figures is not None:
            rules = {one.case.child.id: "; ".join(rule.title for rule in one.rules) for one in self._against}

            def why(case: Any) -> str:
                return rules[case.child.id]

            said = Column("What says so", why, width=200, stretch=True, tip=why)
            columns = (*(replace(column, stretch=False) for column in self.figures.columns.cases()), said)
            self.desk.open_rows("Led by someone who may not", columns, [one.case for one in self._against])

    def _on_print_asked(self) -> None:
        printable = self.printable()
        if printable is not None:
            self.desk.print_report(*printable)

    def _on_change_opened(self, change: WorkerChange) -> None:
        if self.outlook is None or self.figures is None:
            return
        rows = rows_behind(self.outlook, change)
        is_due = change.kind == LEAVE and bool(change.due)
        self.desk.open_rows(title_of(change), self.figures.columns.due() if is_due else self.figures.columns.cases(), rows)

    # Changing

    def _plan_move(self, worker: Worker) -> None:
        """In a moment of its own, as all dialogs here."""
        soon(self, partial(open_handover, self.desk, worker, self.window()))

    def _open(self, key: str, row_id: str = "") -> None:
        """Open the dialog for the worker the keyboard stands on."""
        if self.chosen is None or self.chosen.worker is None:
            self.desk.failed.emit("Choose a worker in the list first.")
            return
        worker_id, over = self.chosen.worker.id, self.window()
        if key == "worker":
            self._show(WorkerDialog(self.desk, worker_id, over))
        elif key == "conflicts":
            self._show(ConflictsDialog(self.desk, worker_id, over))
        else:
            self._show(_DAY_DIALOGS[key](self.desk, worker_id, row_id, over))

    def _show(self, dialog: Question) -> None:
        """In a moment of its own: the longest forms take as long to lay out as to make."""
        soon(dialog, dialog.show_up)

    def _on_day_opened(self, record: Any) -> None:
        self._open(_OPENED_BY[type(record)], record.id)

    def _on_menu_asked(self, at: QPoint) -> None:
        row = self.table.rows.current_row()
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open", partial(self.desk.open_worker, row.worker.id))
        for key, button in self.days.buttons.items():
            menu.addAction(button.text(), partial(self._open, key))
        menu.addAction("Plan the move of the children", partial(self._plan_move, row.worker))
        menu.addAction("Print how the workload is worked out", self._on_print_asked)
        menu.popup(self.table.rows.viewport().mapToGlobal(at))

    # One column or two

    def _put_beneath(self, part: QWidget) -> None:
        """Give a part its place, where it has none yet."""
        if part.parent() is not self._lower:
            self._place(part)

    def _place(self, part: QWidget) -> None:
        """The sum and the days above one another with the changes beside them, or all three above one another."""
        narrow = bool(self._is_narrow)
        line, place = {SumPanel: (0, 0), DaysPanel: (1, 0)}.get(type(part), (2, 0) if narrow else (0, 1))
        self._grid.addWidget(part, line, place, 1 if narrow or place == 0 else 2, 1)

    def _arrange(self) -> None:
        narrow = self.width() < ONE_COLUMN_UNDER * current_theme().text_scale
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        for part in self._lower.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._grid.removeWidget(part)
            self._place(part)
        for place, share in enumerate(SHARES):
            self._grid.setColumnStretch(place, (1, 0)[place] if narrow else share)


_DAY_DIALOGS: dict[str, type[LeaveDialog | ReductionDialog | ExtraWorkDialog | CommitmentDialog]] = {
    "leave": LeaveDialog,
    "reduction": ReductionDialog,
    "extra": ExtraWorkDialog,
    "commitment": CommitmentDialog,
}
_OPENED_BY: dict[type, str] = {
    Absence: "leave",
    Reduction: "reduction",
    ExtraWork: "extra",
    Commitment: "commitment",
    ConflictOfInterest: "conflicts",
}
