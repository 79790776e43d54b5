"""Allocate a child: every worker side by side, the choice, and the reason for it; a change of worker ends the former lead."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from planner.actions.allocations import allocate
from planner.core.candidates import Candidate, candidates
from planner.core.codes import ALLOCATION_ROLES, WORKER_CHANGE_REASONS
from planner.core.date_words import plain_date
from planner.core.records import Child, Worker
from planner.ui.case_words import age_sentence, plan_name
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.end_allocation import CHOOSE
from planner.ui.dialogs.fields import ChoiceField, Field, TextField
from planner.ui.dialogs.question import Draft, Question, Wrong, discreet, read
from planner.ui.dialogs.worker_table import COLUMNS, against_words, knows_words
from planner.ui.table import RowsModel, RowsView
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

MOST_ROWS = 8


class AllocateDialog(Question):
    """Gives a child to a worker in a role from a day. The lead before them, if any, ends that day."""

    def __init__(self, desk: "Desk", child_id: str, parent: QWidget | None = None) -> None:
        snapshot = desk.workspace.snapshot
        child = snapshot.find(Child, child_id)
        assert child is not None
        self._child, self._words = child, discreet(child)
        self._former = snapshot.lead(child_id, desk.on)
        title = f"Who takes {self._words}?"
        super().__init__(desk, title, "Allocate", child_id, width=880, parent=parent)
        self.model = RowsModel(COLUMNS)
        self.table = RowsView(self.model, "Workers")
        self.workers = Field("Worker", self.table, "Those who can take the child come first, with the least against them.")
        self.chosen = Words("", tone="muted")
        self.role = ChoiceField("Role", ALLOCATION_ROLES)
        self.start = DayField(desk, "From", desk.today)
        self.code = ChoiceField("Statutory reason for the change of worker", CHOOSE | WORKER_CHANGE_REASONS)
        self.reason = TextField("Reason for this choice", "Kept with the allocation.", "Holds the brother; room after leave")
        self._wanted = ""
        self._lay_out()
        self.start.changed.connect(self._on_terms_changed)
        self.role.changed.connect(self._on_terms_changed)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._on_terms_changed()

    def _lay_out(self) -> None:
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(True)
        self.body.addWidget(Words(self._facts(), tone="muted"))
        self.add_row(self.role, self.start)
        self.add(self.workers)
        self.body.addWidget(self.chosen)
        self.chosen.hide()
        self.add(self.code)
        self.add(self.reason)
        self.body.addStretch(1)
        self.table.setFocus()

    def _facts(self) -> str:
        case = self.desk.outlook.case_of(self._child.id) if self.desk.outlook else None
        said = [age_sentence(self._child, self.desk.on)]
        if case is not None:
            since = f" since {plain_date(case.plan_since)}" if case.plan_since else ""
            said.append(f"{plan_name(case)}{since}.")
        if case is not None and case.worker is not None and case.since is not None:
            said.append(f"Held by {case.worker.name} since {plain_date(case.since)}.")
        return " ".join(said)

    @property
    def choice(self) -> Candidate | None:
        """The worker whose row is selected; the focus alone chooses nobody."""
        rows = self.table.selected_rows()
        return rows[0] if rows else None

    def choose(self, worker_id: str) -> None:
        """Stand on a worker's row."""
        self._wanted = worker_id
        row = next((row for row in self.model.rows if row.worker.id == worker_id), None)
        if row is not None:
            self.table.select_row(row)

    def act(self) -> None:
        """Allocate. A missing worker, reason, day or code is said under its field."""
        start = read(self.start, lambda: self.start.day)
        choice = self.choice
        if choice is None:
            raise Wrong(self.workers, "Choose a worker in the list.")
        if choice.barred:
            raise Wrong(self.workers, f"{choice.worker.name} cannot take this child. {' '.join(choice.barred)}")
        if self._is_change and not self.code.value:
            raise Wrong(self.code, "Choose the statutory reason for the change of worker.")
        if not self.reason.text:
            raise Wrong(self.reason, "Say why this worker. The reason is kept with the allocation.")
        self.perform(
            f"Allocate {self._words} to {choice.worker.name}",
            allocate,
            self._child.id,
            choice.worker.id,
            start,
            role=self.role.value,
            reason=self.reason.text,
            end_code=self.code.value if self._is_change else "",
            said=f"Allocated {self._words} to {choice.worker.name}",
        )

    @property
    def _is_change(self) -> bool:
        return self._former is not None and self.role.value == "lead"

    def draft(self) -> Draft:
        """What stands in the fields."""
        choice = self.choice
        return {
            "worker": choice.worker.id if choice else "",
            "role": self.role.value,
            "start": self.start.known_day(),
            "code": self.code.value,
            "reason": self.reason.text,
        }

    def restore(self, draft: Draft) -> None:
        """Put it back."""
        self.role.choose(draft["role"])
        self.start.set_day(draft["start"])
        self.code.choose(draft["code"])
        self.reason.edit.setText(draft["reason"])
        self.choose(draft["worker"])

    def _on_terms_changed(self) -> None:
        """Compare the workers again for the role and the day, off this thread."""
        former = self._former_name()
        self.code.setVisible(self._is_change)
        self.code.hint.say(f"{former} holds the child until then." if self._is_change and former else "")
        start = self.start.known_day()
        if start is not None and self.desk.outlook is not None:
            self.desk.run_in_background(
                candidates, self.desk.outlook, self._child.id, start, self.role.value, then=self._on_candidates_made
            )

    def _former_name(self) -> str:
        worker = self.desk.workspace.snapshot.find(Worker, self._former.worker_id) if self._former else None
        return worker.name if worker else ""

    def _on_candidates_made(self, found: tuple[Candidate, ...]) -> None:
        wanted = self.choice.worker.id if self.choice else self._wanted
        self.model.set_rows(found)
        rows = min(max(len(found), 3), MOST_ROWS)
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(rows * self.table.verticalHeader().defaultSectionSize() + header + 4)
        if wanted:
            self.choose(wanted)
        elif not found:
            self.workers.hint.say("No worker is in post in the teams looked at. Add workers, or look at another team.")
        self.adjustSize()

    def _on_selection_changed(self) -> None:
        candidate = self.choice
        self.workers.show_trouble("")
        if candidate is None:
            self.chosen.say("Choose a worker in the list.")
            return
        self.act_button.setText(f"Allocate to {candidate.worker.name}")
        knows = knows_words(candidate)
        said = [f"{candidate.worker.name}.", f"{knows}." if knows != "No" else ""]
        said.append("Nothing is against it." if not (candidate.against or candidate.barred) else against_words(candidate))
        self.chosen.say(" ".join(part for part in said if part), "warning" if candidate.against or candidate.barred else "muted")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the table chooses, and does not yet allocate."""
        if self.table.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.reason.edit.setFocus()
            return
        super().keyPressEvent(event)
