"""How often a child's own plan has them visited, which stands in place of the council's policy."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.decisions import set_visit_frequency
from planner.core.durations import duration
from planner.core.records import Child, VisitFrequency
from planner.core.rule import Rule
from planner.core.rule_words import interval_words
from planner.core.snapshot import holds
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import discreet, read

if TYPE_CHECKING:
    from planner.ui.desk import Desk


def visit_rules(desk: "Desk", child_id: str) -> dict[str, Rule]:
    """The rules under which visits are owed to a child, by their ids."""
    outlook = desk.outlook
    owed = outlook.owed_to(child_id) if outlook is not None else ()
    rules = {one.rule: outlook.rule_of(one) for one in owed} if outlook is not None else {}
    return {rule_id: rule for rule_id, rule in rules.items() if rule.kind == "visit"}


class OwnFrequencyDialog(Form):
    """Says how often under one rule, from when, and who decided it; an empty length goes back to the policy."""

    def __init__(self, desk: "Desk", child_id: str, parent: QWidget | None = None) -> None:
        child = desk.workspace.snapshot.find(Child, child_id)
        assert child is not None
        self._child, self._words, self._rules = child, discreet(child), visit_rules(desk, child_id)
        super().__init__(desk, f"How often does the plan have {self._words} visited?", "Save", child_id, parent=parent)
        self.rule = ChoiceField("Visits under", {key: rule.title or key for key, rule in self._rules.items()})
        self.every = TextField("Every", "As 10 working days, 2 weeks. Empty: as the policy says.", "2 weeks")
        self.start = DayField(desk, "From", desk.today)
        self.decided = TextField("Decided by", "The core group or review, with its day. May be left empty.")
        for field in (self.rule, self.every, self.start, self.decided):
            self.add(field)
        self.policy = self.remark("")
        self.body.addStretch(1)
        self.rule.changed.connect(self._show_rule)
        self._show_rule()

    def _show_rule(self) -> None:
        rule = self._rules.get(self.rule.value)
        own = self.desk.workspace.snapshot.by(VisitFrequency, "child_id", self._child.id)
        said = [one for one in own if one.rule == self.rule.value and holds(one, self.desk.today)]
        self.every.edit.setText(said[-1].every if said else "")
        self.decided.edit.setText(said[-1].set_by if said else "")
        policy = f"The policy: {interval_words(rule)}. " if rule is not None else ""
        self.policy.setText(f"{policy}A visit that the law asks for sooner stays due then.")

    def act(self) -> None:
        """Keep it."""
        every = read(self.every, lambda: str(duration(self.every.text))) if self.every.text else ""
        said = f"{self._words} is visited every {every}" if every else f"{self._words} is visited as the policy says"
        start = read(self.start, lambda: self.start.day)
        details = (self._child.id, self.rule.value, every, start, self.decided.text)
        self.perform(f"Say how often {self._words} is visited", set_visit_frequency, *details, said=said)
