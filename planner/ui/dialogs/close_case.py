"""Closing a case: marked ready, authorised by the manager with what goes along shown first, or sent back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.closing import authorise_closing, mark_ready, send_back
from planner.core.checklists import CLOSING, checklist_for, items_of, open_items
from planner.core.codes import CLOSURE_REASONS
from planner.core.date_words import plain_date
from planner.core.flow_records import Closing
from planner.core.holding import must_have_worker
from planner.core.records import Child
from planner.ui.dialogs.case_effects import CaseEffectsDialog
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.household import HouseholdField, children_words
from planner.ui.dialogs.previewed import Choice
from planner.ui.dialogs.question import Wrong, discreet, read

if TYPE_CHECKING:
    from planner.ui.desk import Desk

WIDTH = 640
REASONS = {code: f"{code}: {words}" for code, words in CLOSURE_REASONS.items()}
ON_A_PLAN = "{child} is on a child protection plan or looked after. Closing the case ends that here too."


class ReadyToCloseDialog(Form):
    """Says that a case, or those of a household, are ready to close."""

    def __init__(self, desk: "Desk", child_id: str, parent: QWidget | None = None) -> None:
        child = desk.workspace.snapshot.find(Child, child_id)
        assert child is not None
        super().__init__(desk, f"Is {discreet(child)} ready to close?", "Mark as ready", child_id, WIDTH, parent)
        self.household = HouseholdField(desk, child)
        self.day = DayField(desk, "Ready since", desk.today)
        self.code = ChoiceField("Reason for closing", {"": "The manager says"} | REASONS)
        self.add(self.household)
        self.household.setVisible(len(self.household.child_ids) > 1)
        self.add(self.day)
        self.add(self.code)
        items = checklist_for(desk.workspace.snapshot, CLOSING, desk.today)
        self.remark(f"Its checklist will ask for: {', '.join(items)}.")
        self.body.addStretch(1)

    def act(self) -> None:
        """Mark them."""
        day = read(self.day, lambda: self.day.day)
        ids = self.household.chosen_ids
        found = [child for one in ids if (child := self.desk.workspace.snapshot.find(Child, one)) is not None]
        words = children_words(found)
        said = f"{words} {'is' if len(ids) == 1 else 'are'} ready to close"
        self.perform(f"Mark {words} ready to close", mark_ready, ids, day, closure_reason=self.code.value, said=said)


class AuthoriseClosingDialog(CaseEffectsDialog):
    """The manager's decision to close cases."""

    def __init__(self, desk: "Desk", closing_ids: Sequence[str], parent: QWidget | None = None) -> None:
        snapshot = desk.workspace.snapshot
        self.closings = [closing for one in closing_ids if (closing := snapshot.find(Closing, one)) is not None]
        self.child_ids = tuple(closing.child_id for closing in self.closings)
        children = [child for one in self.child_ids if (child := snapshot.find(Child, one)) is not None]
        self.words = children_words(children)
        super().__init__(desk, f"Close {self.words}", "Close", " ".join(closing_ids), parent)
        self.code = ChoiceField("Reason for closing", {"": "Choose"} | REASONS)
        self.code.choose(self.closings[0].closure_reason)
        self.day = DayField(desk, "First day closed", desk.today)
        self.reason = TextField("Why it is closed with items open", "Kept with the closing; no names.")
        for child in children:
            if must_have_worker(snapshot, child.id, desk.today):
                self.remark(ON_A_PLAN.format(child=discreet(child)), "warning")
        left = self._left(children)
        if left:
            self.remark(left, "warning")
        self.add(self.code)
        self.add(self.day)
        if left:
            self.add(self.reason)
        self.add_preview()
        self.watch(self.code, self.day, *([self.reason] if left else []))
        self.look()

    def _left(self, children: list[Child]) -> str:
        """What of the checklists is not done, a sentence a child."""
        snapshot, today = self.desk.workspace.snapshot, self.desk.today
        said = []
        for closing, child in zip(self.closings, children, strict=True):
            left = open_items(items_of(snapshot, closing.id, closing.checklist, today))
            said += [f"{discreet(child)}, not done yet: {', '.join(left)}."] if left else []
        return " ".join(said)

    def choice(self) -> Choice:
        """Close them. Raises Refused without a reason of the list, a day, or with items open and nothing said of that."""
        day = read(self.day, lambda: self.day.day)
        if not self.code.value:
            raise Wrong(self.code, "Choose the reason for closing, RC1 to RC9.")
        if self.reason in self.fields and not self.reason.text:
            raise Wrong(self.reason, "Tick what is done, or say why the case is closed with items open.")
        return Choice(
            f"Close {self.words}, {self.code.value}",
            f"Closed {self.words} on {plain_date(day)}",
            authorise_closing,
            ([closing.id for closing in self.closings], day, self.code.value),
            day,
            kwargs={"reason": self.reason.text},
        )


class SendBackClosingDialog(Form):
    """The manager's decision that a case is not to be closed yet."""

    def __init__(self, desk: "Desk", closing_id: str, parent: QWidget | None = None) -> None:
        closing = desk.workspace.snapshot.find(Closing, closing_id)
        assert closing is not None
        child = desk.workspace.snapshot.find(Child, closing.child_id)
        assert child is not None
        self.closing, self.words = closing, discreet(child)
        super().__init__(desk, f"Send {self.words} back", "Send back", closing_id, parent=parent)
        self.reason = TextField("What is missing", "The worker reads this on the case; no names.", "Chronology not up to date")
        self.add(self.reason)
        self.body.addStretch(1)

    def act(self) -> None:
        """Send it back. Without a reason nothing is done."""
        if not self.reason.text:
            raise Wrong(self.reason, "Say what is missing, so that the worker can mend it.")
        title = f"Send the closing of {self.words} back"
        self.perform(title, send_back, self.closing.id, self.reason.text, said=f"Sent the closing of {self.words} back")
