"""A worker in the drawer: hours, how full and why, the children held, visits overdue, days away, and what changes next."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.core.codes import ALLOCATION_ROLES
from planner.core.date_words import plain_date, range_words
from planner.core.outlook_rows import Away
from planner.core.records import Child, Worker
from planner.core.visit_week import visit_week
from planner.core.workload import Load, next_change_of_hours, stage
from planner.reports.caseload_sheet import CASELOAD_SHEET
from planner.reports.report import Report, SheetOptions
from planner.reports.worker_week import WORKER_WEEK
from planner.ui.dialogs.worker_table import points
from planner.ui.drawer_child import child_row
from planner.ui.drawer_parts import Heading, Listing
from planner.ui.drawer_rows import FAMILY_COLUMNS, SUM_COLUMNS, ChildRow
from planner.ui.table import Column
from planner.ui.team.rows import room_state
from planner.ui.team.worker_facts import facts_of
from planner.ui.week_rows import week_columns, week_rows, week_sentence
from planner.ui.widgets.button import Button
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

AWAY_AHEAD = timedelta(days=42)
"""How far ahead days away and duty are listed: six weeks."""

HELD_COLUMNS = (*FAMILY_COLUMNS[:2], Column("Role", lambda row: row.worker, width=100), FAMILY_COLUMNS[3])
AWAY_COLUMNS = (
    Column("What", lambda row: row.word, width=104, strong=True, stretch=True),
    Column("When", lambda row: range_words(row.first_day, row.last_day), width=210),
)


class WorkerPanel(QWidget):
    """Everything the plan shows of one worker. Children in it are asked for by signal. Why someone is away is not here."""

    child_asked = Signal(str)
    worker_asked = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.facts = Words("", tone="muted")
        self.changes = Words("", tone="muted")
        self.worker_id = ""
        self.print_week = Button("Print the week", lambda: self._print(WORKER_WEEK), small=True)
        self.print_caseload = Button("Print the caseload", lambda: self._print(CASELOAD_SHEET), small=True)
        self.load_heading = Heading("Load")
        self.load = Words("", "strong")
        self.unweighted = Words("", "small", "warning")
        self.sum = Listing(SUM_COLUMNS, "How the load is made")
        self.week_heading = Heading("Visits this week")
        self.week = Words("", "strong")
        self.week_rows = Listing(week_columns(desk.child_words), "Visits this week, and what takes time from them")
        self.late_heading = Heading("Visits overdue")
        self.late = Listing(FAMILY_COLUMNS[:2] + FAMILY_COLUMNS[3:], "Visits overdue", self._on_child_opened)
        self.held_heading = Heading("Children held")
        self.nothing_held = Words("Holds no children on this day.", tone="muted")
        self.held = Listing(HELD_COLUMNS, "Children held", self._on_child_opened, given_up=2)
        self.away_heading = Heading("Away, duty and other days")
        self.no_days = Words("Nothing in the next six weeks.", tone="muted")
        self.away = Listing(AWAY_COLUMNS, "Away, duty and other days")
        self.kept = Words("")
        self.lacking = Words("", tone="warning")
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.facts)
        layout.addWidget(self.changes)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8, line_gap=8)
        for button in (self.print_week, self.print_caseload):
            flow.addWidget(button)
        layout.addWidget(buttons)
        parts = (
            (self.load_heading, self.load, self.sum, self.unweighted),
            (self.week_heading, self.week, self.week_rows),
            (self.late_heading, self.late),
            (self.held_heading, self.nothing_held, self.held),
            (self.away_heading, self.no_days, self.away),
            (Heading("Post, skills and limits"), self.kept, self.lacking),
        )
        for part in parts:
            layout.addSpacing(8)
            for widget in part:
                layout.addWidget(widget)
        layout.addStretch(1)

    def show_worker(self, outlook: "Outlook", worker: Worker) -> None:
        """Show a worker as the outlook sees them."""
        self.worker_id = worker.id
        load = outlook.load_of(worker.id)
        self._show_facts(outlook, worker, load)
        self._show_load(load, outlook.on)
        week = visit_week(outlook, worker)
        self.week.say(week_sentence(week), "warning" if week.left < week.due else "")
        self.week_rows.show_rows(week_rows(outlook, week))
        self._show_children(outlook, worker)
        days = [away for away in outlook.away(outlook.on, outlook.on + AWAY_AHEAD) if away.worker.id == worker.id]
        self.no_days.setVisible(not days)
        self.away.show_rows(sorted(days, key=_first_day))
        facts = facts_of(outlook.snapshot, worker, outlook.on, self.desk.child_words)
        self.kept.say("\n".join(f"{fact.what}: {fact.words}." for fact in facts if not fact.tone))
        self.lacking.say("\n".join(f"{fact.what}: {fact.words}." for fact in facts if fact.tone))

    def _print(self, report: Report) -> None:
        self.desk.print_report(report, SheetOptions(worker_id=self.worker_id))

    def _show_facts(self, outlook: "Outlook", worker: Worker, load: Load | None) -> None:
        role = worker.role[:1].upper() + worker.role[1:]
        first_year = ", in the first year" if stage(worker, outlook.on) == "asye" else ""
        hours = load.hours if load is not None else sum(worker.pattern)
        team = outlook.team_name(worker.team_id)
        self.facts.setText(f"{role}{first_year}, {points(hours)} h a week{f', {team}' if team else ''}.")
        self.changes.say(" ".join(_changes(outlook, worker)))

    def _show_load(self, load: Load | None, on: date) -> None:
        self.load_heading.setVisible(load is not None)
        self.load.say(load_sentence(load, on) if load else "", "warning" if load and _is_warned(load) else "")
        self.sum.show_rows(load.lines if load else ())
        missing = len(load.unweighted) if load else 0
        has = "has" if missing == 1 else "have"
        self.unweighted.say(f"{count_words(missing, 'child', 'children')} {has} no weight in the scheme." if missing else "")

    def _show_children(self, outlook: "Outlook", worker: Worker) -> None:
        late = [row.case.child for row in outlook.overdue_visits if row.case.worker and row.case.worker.id == worker.id]
        self.late_heading.count.setText(str(len(late)))
        self.late.show_rows([child_row(self.desk, outlook, child) for child in late])
        rows = []
        for held in outlook.snapshot.held_by(worker.id, outlook.on):
            child = outlook.snapshot.find(Child, held.child_id)
            if child is not None and outlook.snapshot.case(child.id, outlook.on) is not None:
                rows.append(_in_role(child_row(self.desk, outlook, child), held.role))
        rows.sort(key=lambda row: (row.tone != "overdue", row.words))
        self.held_heading.count.setText(str(len(rows)) if rows else "")
        self.nothing_held.setVisible(not rows)
        self.held.show_rows(rows)

    def _on_child_opened(self, row: ChildRow) -> None:
        self.child_asked.emit(row.child.id)


def load_sentence(load: Load, on: date) -> str:
    """`111 of 100 points, over capacity. 14 children of 9 families, limit 12.`"""
    unit = "points" if load.scheme is None else load.scheme.unit
    if load.percent is None:
        first = f"No capacity. {points(load.used)} {unit} held."
    else:
        state = "over capacity" if load.state == "over" else room_state(load, on)
        first = f"{points(load.used)} of {points(load.available)} {unit}, {state}."
    children = count_words(len(load.child_ids), "child", "children")
    limit = f", limit {load.headcount_limit}" if load.headcount_limit is not None else ""
    return f"{first} {children} of {count_words(load.families, 'family', 'families')}{limit}."


def _is_warned(load: Load) -> bool:
    return load.percent is None or load.left < 0 or load.is_over_headcount


def _changes(outlook: "Outlook", worker: Worker) -> list[str]:
    """What is known to change: hours, the end of the assignment, no new cases until a day."""
    said = []
    change = next_change_of_hours(outlook.snapshot, worker, outlook.on)
    if worker.assignment_end is not None and worker.assignment_end > outlook.on:
        said.append(f"Leaves on {plain_date(worker.assignment_end - timedelta(days=1))}.")
    if change is not None and change.on != worker.assignment_end:
        said.append(f"{points(change.after)} h a week from {plain_date(change.on)}.")
    if worker.no_new_cases_until is not None and worker.no_new_cases_until > outlook.on:
        said.append(f"No new cases until {plain_date(worker.no_new_cases_until)}.")
    return said


def _in_role(row: ChildRow, role: str) -> ChildRow:
    """The row with the role in which the worker holds the child, where it is not the lead."""
    words = "" if role == "lead" else ALLOCATION_ROLES.get(role, role)
    return ChildRow(row.child, row.words, row.plan, row.letters, words, row.status, row.tone)


def _first_day(away: Away) -> date:
    return away.first_day
