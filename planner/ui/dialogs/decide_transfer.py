"""Accept a transfer, with what goes along shown first, or return it with the reason."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.transfers import CHANGE, accept_transfers, return_transfer
from planner.core.checklists import items_of, open_items
from planner.core.codes import WORKER_CHANGE_REASONS
from planner.core.records import Child, Transfer, Worker
from planner.core.transfers import destination
from planner.ui.dialogs.case_effects import CaseEffectsDialog
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.household import children_words
from planner.ui.dialogs.previewed import Choice
from planner.ui.dialogs.question import Wrong, discreet, read
from planner.ui.dialogs.worker_table import load_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk


def still_open(desk: "Desk", about: Transfer) -> str:
    """What of a transfer's checklist is not done, as a sentence; empty where all is."""
    left = open_items(items_of(desk.workspace.snapshot, about.id, about.checklist, desk.today, about.done))
    return f"Not done yet: {', '.join(left)}." if left else ""


class AcceptTransferDialog(CaseEffectsDialog):
    """Accepts the transfers of one child, or of children who go to the same team at once."""

    def __init__(self, desk: "Desk", transfer_ids: Sequence[str], parent: QWidget | None = None) -> None:
        snapshot = desk.workspace.snapshot
        found = [transfer for one in transfer_ids if (transfer := snapshot.find(Transfer, one)) is not None]
        self.transfers = found
        self.child_ids = tuple(transfer.child_id for transfer in found)
        self.words = children_words([child for one in self.child_ids if (child := snapshot.find(Child, one)) is not None])
        self.to = destination(snapshot, found[0])
        super().__init__(desk, f"Accept {self.words} at {self.to}", "Accept", " ".join(transfer_ids), parent)
        self.day = DayField(desk, "First day with the receiving team", desk.today)
        self.worker = ChoiceField("Receiving worker", self._workers(found[0].to_team_id), "With the points used and available.")
        self.worker.choose(found[0].to_worker_id)
        self.code = ChoiceField("Statutory reason for the change of worker", WORKER_CHANGE_REASONS)
        self.code.choose(CHANGE)
        for transfer in found:
            left = still_open(desk, transfer)
            child = snapshot.find(Child, transfer.child_id)
            if left and child is not None:
                self.remark(f"{discreet(child)}: {left}", "warning")
        self.add_row(self.day, self.code)
        self.add(self.worker)
        self.worker.setVisible(bool(found[0].to_team_id))
        self.add_preview()
        self.watch(self.day, self.worker, self.code)
        self.look()

    def _workers(self, team_id: str) -> dict[str, str]:
        outlook = self.desk.outlook
        assert outlook is not None
        workers = sorted(self.desk.workspace.snapshot.by(Worker, "team_id", team_id) if team_id else (), key=lambda one: one.name)
        loads = {one.id: outlook.load_of(one.id) for one in workers}
        words = {one.id: f"{one.name}, {load_words(load)}" if (load := loads[one.id]) else one.name for one in workers}
        return {"": "Nobody yet: the child waits with the team"} | words

    def choice(self) -> Choice:
        """Accept from the day chosen. Raises Refused for a day that is none."""
        day = read(self.day, lambda: self.day.day)
        return Choice(
            f"Accept the transfer of {self.words}",
            f"{self.to} has accepted {self.words}",
            accept_transfers,
            ([transfer.id for transfer in self.transfers], day),
            day,
            kwargs={"to_worker_id": self.worker.value, "end_code": self.code.value},
        )


class ReturnTransferDialog(Form):
    """Sends a transfer back to the sending team, with what is missing."""

    def __init__(self, desk: "Desk", transfer_id: str, parent: QWidget | None = None) -> None:
        transfer = desk.workspace.snapshot.find(Transfer, transfer_id)
        assert transfer is not None
        child = desk.workspace.snapshot.find(Child, transfer.child_id)
        assert child is not None
        self.transfer, self.words = transfer, discreet(child)
        super().__init__(desk, f"Return the transfer of {self.words}", "Return it", transfer_id, parent=parent)
        self.remark(still_open(desk, transfer) or "Every item of its checklist is done.")
        self.reason = TextField("Why it is returned", "What the sending team has to mend; no names.", "Chronology not up to date")
        self.day = DayField(desk, "Returned on", desk.today)
        self.add(self.reason)
        self.add(self.day)
        self.body.addStretch(1)

    def act(self) -> None:
        """Return it. Without a reason nothing is done."""
        day = read(self.day, lambda: self.day.day)
        if not self.reason.text:
            raise Wrong(self.reason, "Say why it is returned, so that the sending team can mend it.")
        title = f"Return the transfer of {self.words}"
        self.perform(title, return_transfer, self.transfer.id, self.reason.text, day, said=f"Returned {self.words}")
