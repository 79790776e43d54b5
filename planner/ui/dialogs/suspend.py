"""Suspend a rule for a child: a manager's decision, with its reason and its end."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.decisions import suspend_rule
from planner.core.records import Child
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.question import Draft, Question, Wrong, discreet, read
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

REASONS = {
    "": "Choose",
    "Child missing": "The child is missing",
    "Child abroad": "The child is abroad",
    "Manager's decision": "Another decision of the manager",
}
LISTED = "The child is then left out of figures of this rule, and listed by the reason wherever they are shown."


class SuspendDialog(Question):
    """Decides that one rule does not run for a child for a time."""

    def __init__(self, desk: "Desk", child_id: str, parent: QWidget | None = None) -> None:
        child = desk.workspace.snapshot.find(Child, child_id)
        assert child is not None
        self._child, self._words = child, discreet(child)
        super().__init__(desk, f"Which rule does not run for {self._words}?", "Suspend the rule", child_id, parent=parent)
        self.rule = ChoiceField("Rule", self._rules())
        self.reason = ChoiceField("Reason", REASONS)
        self.more = TextField("In your own words", "Needed for another decision.")
        self.start = DayField(desk, "From", desk.today)
        self.end = DayField(desk, "Runs again, or is decided anew, on")
        for field in (self.rule, self.reason, self.more):
            self.add(field)
        self.add(self.start)
        self.add(self.end)
        self.body.addWidget(Words(LISTED, "small", "muted"))
        self.body.addStretch(1)

    def _rules(self) -> dict[str, str]:
        outlook = self.desk.outlook
        if outlook is None:
            return {}
        return {one.rule: outlook.rule_of(one).title or one.rule for one in outlook.owed_to(self._child.id)}

    def act(self) -> None:
        """Suspend the rule."""
        if not self.reason.value:
            raise Wrong(self.reason, "Choose the reason.")
        if self.reason.value == "Manager's decision" and not self.more.text:
            raise Wrong(self.more, "Say what was decided, and why.")
        reason = ". ".join(part for part in (self.reason.value, self.more.text) if part)
        self.perform(
            f"Suspend a rule for {self._words}",
            suspend_rule,
            self._child.id,
            self.rule.value,
            read(self.start, lambda: self.start.day),
            reason=reason,
            end=read(self.end, lambda: self.end.day),
            said=f"Suspended {self.rule.box.currentText().lower()} for {self._words}",
        )

    def draft(self) -> Draft:
        """What stands in the fields."""
        return {
            "choices": [self.rule.value, self.reason.value],
            "more": self.more.text,
            "days": [self.start.known_day(), self.end.known_day()],
        }

    def restore(self, draft: Draft) -> None:
        """Put it back."""
        self.rule.choose(draft["choices"][0])
        self.reason.choose(draft["choices"][1])
        self.more.edit.setText(draft["more"])
        self.start.set_day(draft["days"][0])
        self.end.set_day(draft["days"][1])
