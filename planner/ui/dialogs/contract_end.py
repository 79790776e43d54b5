"""The last day of the contract, by which every open case is handed back."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.contract import set_contract_end
from planner.core.date_words import plain_date
from planner.core.hand_back import contract_ends_on
from planner.ui.dialogs.form import Form, MaybeDay
from planner.ui.dialogs.question import read

if TYPE_CHECKING:
    from planner.ui.desk import Desk


class ContractEndDialog(Form):
    """Sets the day, or takes it away."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "When does the contract end?", "Save", "", parent=parent)
        known = contract_ends_on(desk.workspace.snapshot)
        self.day = MaybeDay(desk, "Last day of the contract", known, "Empty where no end is agreed.")
        self.add(self.day)
        self.remark("Every case still open on that day is to be handed back before it is over.")
        self.body.addStretch(1)

    def act(self) -> None:
        """Keep it."""
        day = read(self.day, lambda: self.day.day_or_none)
        said = f"The contract ends on {plain_date(day)}" if day is not None else "The contract has no agreed end"
        self.perform("Set the end of the contract", set_contract_end, day, said=said)
