"""A plan for all children of someone who leaves or is long away: who takes each, with the reason, changed line by line."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from planner.actions.handover import Placed, hand_over, visits_going_along
from planner.core.codes import PLAN_MARKS, WORKER_CHANGE_REASONS
from planner.core.date_words import list_date, plain_date
from planner.core.errors import Refused
from planner.core.records import Worker
from planner.core.team_changes import LEAVING_AHEAD
from planner.core.workload import Load
from planner.planning.handover import HandoverLine, Taker, plan_handover, takers
from planner.ui.background import is_alive
from planner.ui.case_words import due_day
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.end_allocation import CHOOSE
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import Draft, Wrong, read
from planner.ui.dialogs.worker_table import load_words
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.fitted_rows import FittedRows
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

WIDTH, TABLE_ROWS = 880, 8
WORKING = "Working out who could take them."
NOBODY = "Nobody yet"
OVERRIDDEN = "Chosen by hand."
SUGGESTED = {"": "with nothing against", "all": "for every child"}
LEFT_OPEN = "Left open by hand."


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A child with the worker chosen, none of them empty, and what this worker comes to by the whole plan."""

    line: HandoverLine
    worker_id: str
    after: Load | None

    @property
    def is_suggested(self) -> bool:
        """Whether the worker is the one the plan suggests."""
        return self.line.suggested is not None and self.line.suggested.worker.id == self.worker_id

    @property
    def worker_name(self) -> str:
        """The worker, or that there is none yet."""
        option = self.line.option(self.worker_id)
        return option.worker.name if option is not None else NOBODY

    @property
    def why(self) -> str:
        """Of a suggestion its reason; of another choice what stands against it; of nobody why there is none."""
        option = self.line.option(self.worker_id)
        if self.is_suggested or (option is None and self.line.suggested is None):
            return self.line.why
        return " ".join((OVERRIDDEN, *option.against)) if option is not None else LEFT_OPEN


def _due_words(row: MoveRow) -> str:
    day = due_day(row.line.case.next_visit)
    return list_date(day, day) if day is not None else "–"


def _after_words(row: MoveRow) -> str:
    return load_words(row.after) if row.after is not None else "–"


def _after_tone(row: MoveRow) -> str:
    return "warning" if row.after is not None and row.after.left < 0 else ""


def _takes_words(taker: Taker) -> str:
    return count_words(len(taker.child_ids), "child", "children")


def _state_tone(taker: Taker) -> str:
    return "warning" if taker.after.left < 0 else ""


TAKER_COLUMNS = (
    Column("Worker", lambda taker: taker.worker.name, strong=True, width=160, stretch=True),
    Column("Takes", _takes_words, sort=lambda taker: len(taker.child_ids), align="right", width=96),
    Column("Now", lambda taker: load_words(taker.now), align="right", width=110),
    Column("After", lambda taker: load_words(taker.after), align="right", tone=_state_tone, width=110),
    Column("Workload", lambda taker: taker.after.state.capitalize(), tone=_state_tone, width=120),
)


class HandoverDialog(Form):
    """Lists the children the worker would still lead from a day, suggests for each, and gives them all in one step."""

    def __init__(self, desk: "Desk", worker: Worker, start: date, code: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"Who takes the children of {worker.name}?", "Give them", worker.id, WIDTH, parent)
        self.worker = worker
        self.lines: tuple[HandoverLine, ...] | None = None
        self.chosen: dict[str, str] = {}
        self._by_hand: dict[str, str] = {}
        self._run = 0
        self.start = DayField(desk, "From", start)
        self.code = ChoiceField("Statutory reason", CHOOSE | WORKER_CHANGE_REASONS)
        self.code.choose(code)
        self.suggest = ChoiceField("Suggest a worker", SUGGESTED)
        self.finding = Words(WORKING, "strong")
        self.model = RowsModel(self._columns())
        self.table = RowsView(self.model, "Children, and who takes them; Enter chooses another worker", "row_compact")
        self.who = ChoiceField("New worker", {}, " ")
        self.reason = TextField("Reason", "Kept with each child, beside the reason of the suggestion.", "Same school; asked for")
        self.outcome_model = RowsModel(TAKER_COLUMNS)
        self.outcome = FittedRows(self.outcome_model, "What it comes to for each worker", "row_compact")
        self._lay_out()
        self._connect()
        self._plan()

    def _columns(self) -> tuple[Column, ...]:
        def child(row: MoveRow) -> str:
            return self.desk.child_words(row.line.case.child)

        return (
            Column("Child", child, strong=True, width=140, tip=child),
            Column("Type", lambda row: PLAN_MARKS.get(row.line.case.plan, "–"), width=64),
            Column("Visit due", _due_words, width=100),
            Column("New worker", lambda row: row.worker_name, width=150, tone=_nobody_tone, tip=lambda row: row.worker_name),
            Column("After", _after_words, align="right", width=96, tone=_after_tone),
            Column("Why", lambda row: row.why, width=150, stretch=True, tip=lambda row: row.why),
        )

    def _lay_out(self) -> None:
        self.add_row(self.start, self.code, self.suggest)
        self.body.addWidget(self.finding)
        self.body.addWidget(self.table)
        self.add_row(self.who, self.reason)
        self.body.addWidget(self.outcome)
        self.body.addStretch(1)
        self.fields.remove(self.who)
        self.table.setSelectionMode(RowsView.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(False)
        self.outcome.hide()

    def _connect(self) -> None:
        self.start.changed.connect(self._plan)
        self.suggest.changed.connect(self._plan)
        self.table.row_selected.connect(self._on_row_selected)
        self.table.row_opened.connect(lambda _row: self.who.control.setFocus(Qt.FocusReason.OtherFocusReason))
        self.who.changed.connect(self._on_worker_chosen)
        move = QShortcut(QKeySequence("Ctrl+M"), self)
        move.activated.connect(lambda: self.who.control.setFocus(Qt.FocusReason.ShortcutFocusReason))

    # The plan

    def _plan(self) -> None:
        """Work out the plan for the day, off this thread."""
        outlook, start = self.desk.outlook, self.start.known_day()
        self._run += 1
        self.lines = None
        if outlook is None or start is None:
            return
        self.finding.say(WORKING)
        self.desk.run_in_background(
            partial(plan_handover, outlook, self.worker, start, self.suggest.value == "all"),
            then=partial(self._on_planned, self._run),
        )

    def _on_planned(self, run: int, lines: tuple[HandoverLine, ...]) -> None:
        if not is_alive(self) or run != self._run:
            return
        self.lines = lines
        suggested = {line.case.child.id: line.suggested.worker.id if line.suggested else "" for line in lines}
        known = {line.case.child.id: {one.worker.id for one in line.options if not one.barred} | {""} for line in lines}
        kept = {child_id: who for child_id, who in self._by_hand.items() if who in known.get(child_id, ())}
        self.chosen = suggested | kept
        self._show_rows(0)
        self.table.fit_columns()
        if self.focusWidget() is self.start.date_field.line and lines:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.finding.text())

    @property
    def is_planned(self) -> bool:
        """Whether the lines are those of the day in the field."""
        return self.lines is not None

    def _show_rows(self, place: int) -> None:
        outlook = self.desk.outlook
        if outlook is None or self.lines is None:
            return
        found = takers(outlook, {child_id: who for child_id, who in self.chosen.items() if who})
        after = {taker.worker.id: taker.after for taker in found}
        rows = [MoveRow(line, who := self.chosen[line.case.child.id], after.get(who)) for line in self.lines]
        self.model.set_rows(rows)
        most = (TABLE_ROWS + 1) * self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(min(most, self.table.height_of_all()))
        self.outcome_model.set_rows(found)
        self.outcome.setVisible(bool(found))
        self.outcome.fit_height()
        self.outcome.fit_columns()
        self.finding.say(self._finding_words())
        self.table.selectRow(min(place, len(rows) - 1))
        self._on_row_selected(self.table.current_row())

    def _finding_words(self) -> str:
        placed, count = sum(bool(who) for who in self.chosen.values()), len(self.chosen)
        if not count:
            return f"{self.worker.name} leads no child from that day."
        left = count - placed
        children = count_words(count, "child", "children")
        along = self._along_words()
        if not left:
            return f"{children}: each has a new worker.{along}"
        nobody = "1 has nobody yet and stays" if left == 1 else f"{left} have nobody yet and stay"
        return f"{placed} of {children} have a new worker. {nobody} with {self.worker.name}.{along}"

    def _along_words(self) -> str:
        """How many planned visits go along."""
        start = self.start.known_day()
        given = {child_id: who for child_id, who in self.chosen.items() if who}
        if start is None or not given:
            return ""
        going = visits_going_along(self.desk.workspace.snapshot, given, max(start, self.desk.today))
        goes = "goes" if len(going) == 1 else "go"
        return f" {count_words(len(going), 'planned visit')} {goes} with them, to be confirmed." if going else ""

    # One line

    def show_names(self) -> None:
        """Call the child of the chosen line as privacy allows just now."""
        self._name_field(self.table.current_row())

    def _name_field(self, row: MoveRow | None) -> None:
        words = f"New worker for {self.desk.child_words(row.line.case.child)}" if row is not None else "New worker"
        self.who.label.setText(words)
        self.who.control.setAccessibleName(words)

    def _on_row_selected(self, row: MoveRow | None) -> None:
        box = self.who.box
        box.blockSignals(True)
        box.clear()
        self.who.show_trouble("")
        if row is not None:
            self._name_field(row)
            box.addItem(NOBODY, "")
            for option in row.line.options:
                against = " ".join(option.barred or option.against)
                said = f"{option.worker.name}, {load_words(option.now)}"
                box.addItem(f"{said}. {against}" if against else said, option.worker.id)
            self.who.choose(row.worker_id)
            self.who.hint.say(row.why)
        box.blockSignals(False)

    def _on_worker_chosen(self) -> None:
        row = self.table.current_row()
        if row is None:
            return
        option = row.line.option(self.who.value)
        if option is not None and option.barred:
            self.who.show_trouble(f"{option.worker.name} cannot be given this child. {' '.join(option.barred)}")
            return
        child_id = row.line.case.child.id
        self.chosen[child_id] = self._by_hand[child_id] = self.who.value
        self._show_rows(self.table.currentIndex().row())

    # What happens

    def act(self) -> None:
        """Give them; a worker other than the suggested one needs a reason."""
        start = read(self.start, lambda: self.start.day)
        if self.lines is None:
            raise Refused("Who could take them is still being worked out. Press again in a moment. Nothing was changed.")
        if not self.code.value:
            raise Wrong(self.code, "Choose the statutory reason for the change of worker.")
        rows = [row for row in self.model.rows if row.worker_id]
        if any(not row.is_suggested for row in rows) and not self.reason.text:
            raise Wrong(self.reason, "Say why another worker than the suggested one was chosen.")
        placed = tuple(Placed(row.line.case.child.id, row.worker_id, self._reason_of(row)) for row in rows)
        children = count_words(len(placed), "child", "children")
        self.perform(
            f"Give {children} of {self.worker.name} to others",
            hand_over,
            placed,
            start,
            self.code.value,
            said=f"{children} of {self.worker.name} have a new worker from {plain_date(start)}",
        )

    def _reason_of(self, row: MoveRow) -> str:
        return " ".join(part for part in (self.reason.text, row.line.why if row.is_suggested else "") if part)

    def draft(self) -> Draft:
        """The fields, and the lines that were changed by hand."""
        return {**super().draft(), "by_hand": dict(self._by_hand)}

    def restore(self, draft: Draft) -> None:
        """Put it back; the lines follow when the plan is there."""
        self._by_hand = dict(draft.get("by_hand", {}))
        super().restore(draft)
        self._plan()


def _nobody_tone(row: MoveRow) -> str:
    return "" if row.worker_id else "warning"


def open_handover(desk: "Desk", worker: Worker, window: QWidget) -> None:
    """Plan the move of a worker's children: from the day they leave, or of somebody away from today."""
    refusal = desk.reason_not_to_edit()
    if refusal:
        desk.failed.emit(refusal)
        return
    outlook, end = desk.outlook, worker.assignment_end
    leaves = end is not None and end - LEAVING_AHEAD <= desk.today
    is_away = outlook is not None and any(case.worker == worker for case in outlook.held_in_name_only)
    start = max(end, desk.today) if leaves and end is not None else desk.today
    HandoverDialog(desk, worker, start, "LEFTRL" if leaves else "ABSENC" if is_away else "", window).show_up()
