"""Several children to one worker: the worker, the day, the reason; then who could not be allocated, and why."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.several import SeveralDone, allocate_several
from planner.core.codes import WORKER_CHANGE_REASONS
from planner.core.records import Child
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.question import Question, Wrong, read
from planner.ui.dialogs.worker_table import load_words
from planner.ui.table import Column
from planner.ui.widgets.words import Words
from planner.ui.wording import child_words, count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

CHOOSE = {"": "Choose"}
MOST_NAMED = 8


class AllocateSeveralDialog(Question):
    """Gives the children to one worker; it finishes for those it can."""

    def __init__(self, desk: "Desk", child_ids: Sequence[str], parent: QWidget | None = None) -> None:
        count = count_words(len(child_ids), "child", "children")
        super().__init__(desk, f"Who takes these {count}?", "Allocate", " ".join(child_ids), width=640, parent=parent)
        self.child_ids = tuple(child_ids)
        snapshot = desk.workspace.snapshot
        self._led = [child_id for child_id in child_ids if snapshot.lead(child_id, desk.on)]
        self.worker = ChoiceField("Worker", CHOOSE | self._workers(), "With the points used and available now.")
        self.start = DayField(desk, "From", desk.today)
        held = count_words(len(self._led), "child has", "children have")
        self.code = ChoiceField(
            "Statutory reason for the change of worker", CHOOSE | WORKER_CHANGE_REASONS, f"{held} a worker now."
        )
        self.reason = TextField("Reason for this choice", "Kept with each allocation.", "Room after leave; same school")
        self.body.addWidget(Words(self._named(), tone="muted"))
        self.add_row(self.worker, self.start)
        self.add(self.code)
        self.code.setVisible(bool(self._led))
        self.add(self.reason)

    def _workers(self) -> dict[str, str]:
        outlook = self.desk.outlook
        assert outlook is not None
        return {worker.id: f"{worker.name}, {load_words(outlook.load_of(worker.id))}" for worker in outlook.workers}

    def _named(self) -> str:
        found = [self.desk.workspace.snapshot.find(Child, child_id) for child_id in self.child_ids[:MOST_NAMED]]
        said = ", ".join(child_words(child) for child in found if child is not None)
        more = len(self.child_ids) - MOST_NAMED
        return f"{said} and {more} more." if more > 0 else said

    def act(self) -> None:
        """Allocate. What is missing is said under its field."""
        start = read(self.start, lambda: self.start.day)
        if not self.worker.value:
            raise Wrong(self.worker, "Choose a worker.")
        if self._led and not self.code.value:
            raise Wrong(self.code, "Choose the statutory reason for the change of worker.")
        if not self.reason.text:
            raise Wrong(self.reason, "Say why this worker. The reason is kept with each allocation.")
        name = self.worker.box.currentText().rsplit(", ", 1)[0]
        count = count_words(len(self.child_ids), "child", "children")
        self._is_waiting = True
        self.act_button.setEnabled(False)
        self.desk.perform(
            f"Allocate {count} to {name}",
            allocate_several,
            self.child_ids,
            self.worker.value,
            start,
            then=self._on_several_done,
            reason=self.reason.text,
            end_code=self.code.value,
        )

    def _on_several_done(self, done: SeveralDone) -> None:
        show_not_done(self.desk, done, "allocated")
        self._on_step_done(done)


def show_not_done(desk: "Desk", done: SeveralDone, word: str) -> None:
    """Open the list of those for whom it was not done, with the reasons; nothing where it was done for all."""
    if not done.not_done:
        return
    rows = (
        Column("Child", lambda row: desk.child_words(row.child), strong=True, width=140),
        Column("Why not", lambda row: row.why, stretch=True, width=300, tip=lambda row: row.why),
    )
    title = f"{count_words(len(done.not_done), 'child', 'children')} not {word}, of {len(done.children) + len(done.not_done):,}"
    desk.open_rows(title, rows, done.not_done)
