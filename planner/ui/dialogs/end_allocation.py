"""End an allocation: whose, from which day, under which statutory reason."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.allocations import end_allocation
from planner.core.codes import ALLOCATION_ROLES, WORKER_CHANGE_REASONS
from planner.core.records import Allocation, Child, Worker
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.question import Draft, Question, Wrong, discreet, read
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

CHOOSE = {"": "Choose"}
NOBODY_AFTER = (
    "A child on a child protection plan, or looked after, must always have a worker. To give the child to someone else, "
    "use Change worker instead."
)


class EndAllocationDialog(Question):
    """Ends one of the allocations a child has."""

    def __init__(self, desk: "Desk", child_id: str, parent: QWidget | None = None) -> None:
        snapshot = desk.workspace.snapshot
        child = snapshot.find(Child, child_id)
        assert child is not None
        self._words = discreet(child)
        super().__init__(desk, f"End an allocation of {self._words}", "End the allocation", child_id, parent=parent)
        self.held = ChoiceField("Allocation", {held.id: self._held_words(held) for held in snapshot.holders(child_id, desk.on)})
        self.end = DayField(desk, "First day no longer held", desk.today)
        self.code = ChoiceField("Statutory reason", CHOOSE | WORKER_CHANGE_REASONS)
        self.reason = TextField("In your own words", "May be left empty.")
        self.add(self.held)
        if any(spell.plan in ("cp", "lac") for spell in snapshot.plans(child_id, desk.on)):
            self.body.addWidget(Words(NOBODY_AFTER, tone="warning"))
        for field in (self.end, self.code, self.reason):
            self.add(field)
        self.body.addStretch(1)

    def _held_words(self, held: Allocation) -> str:
        worker = self.desk.workspace.snapshot.find(Worker, held.worker_id)
        name = worker.name if worker else "A worker not here yet"
        return f"{name}, {ALLOCATION_ROLES.get(held.role, held.role).lower()}"

    def act(self) -> None:
        """End it. A missing statutory reason or day is said under its field."""
        end = read(self.end, lambda: self.end.day)
        if not self.code.value:
            raise Wrong(self.code, "Choose the statutory reason for the change of worker.")
        self.perform(
            f"End allocation of {self._words}",
            end_allocation,
            self.held.value,
            end,
            end_code=self.code.value,
            reason=self.reason.text,
            said=f"Ended the allocation of {self._words} to {self.held.box.currentText()}",
        )

    def draft(self) -> Draft:
        """What stands in the fields."""
        return {"held": self.held.value, "end": self.end.known_day(), "code": self.code.value, "reason": self.reason.text}

    def restore(self, draft: Draft) -> None:
        """Put it back."""
        self.held.choose(draft["held"])
        self.end.set_day(draft["end"])
        self.code.choose(draft["code"])
        self.reason.edit.setText(draft["reason"])
