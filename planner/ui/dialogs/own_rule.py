"""A council's own lengths for one rule, and how they are counted, in force from a day; what they change stands beneath first."""

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from planner.actions.policies import import_policy
from planner.core.date_words import plain_date
from planner.core.durations import duration
from planner.core.errors import Refused
from planner.core.rule import Rule
from planner.core.rule_words import force_words, interval_words
from planner.core.rule_writing import rule_text
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.policy_choice import PolicyEffectsDialog
from planner.ui.dialogs.previewed import Choice
from planner.ui.dialogs.question import Wrong, read

if TYPE_CHECKING:
    from planner.ui.desk import Desk

DAY_ONE = "day 1"
COUNTING = {"": "is not counted", DAY_ONE: "counts as day 1"}
LENGTHS = "Such as 10 working days, 2 weeks, 1 month."


class OwnRuleDialog(PolicyEffectsDialog):
    """One rule, by its lengths. It starts from the rule as it is in force, and is kept as the workspace's own."""

    def __init__(self, desk: "Desk", rule: Rule, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"Change the rule {rule.id}", "Put in force", rule.id, parent)
        self.rule = rule
        now = "now" if rule.switched_on else "once it is put in force; it is switched off now"
        self.remark(f"{rule.title}: {interval_words(rule)} {now}. {force_words(rule)}. What is looser than the law is said so.")
        follows = rule.first_follows_every
        self.first = TextField("First within", f"{LENGTHS} Empty: {'as every' if follows else 'as before'}.")
        self.first.edit.setText("" if follows or rule.first is None else str(rule.first))
        self.every = TextField("Then every", f"{LENGTHS} Several, with commas: one after another.")
        self.every.edit.setText(", ".join(str(length) for length in rule.every))
        self.counting = ChoiceField("The day of the visit", COUNTING, "From which the next is counted.")
        self.counting.choose(DAY_ONE if rule.count_visit_day else "")
        self.start = DayField(desk, "In force from", desk.today)
        self.source = TextField("Where it stands", "The council’s procedure, with its chapter or page.", "Procedures, chapter 4")
        self.agreed = TextField("Agreed by", "Who in the council agreed it. May be left empty.")
        self.add_row(self.first, self.every, *([self.counting] if rule.kind == "visit" else []))
        self.add_row(self.start, self.source, self.agreed)
        self.add_preview()
        self.watch(self.first, self.every, self.counting, self.start)
        self.look()

    def choice(self) -> Choice:
        """Take the rule as the council's own. Raises Wrong with the field that cannot be read, Refused where nothing is new."""
        start: date = read(self.start, lambda: self.start.day)
        first = _typed(self.first, self.first.text) if self.first.text else ""
        every = [_typed(self.every, part.strip()) for part in self.every.text.split(",") if part.strip()]
        is_first_same = not first or (not self.rule.first_follows_every and first == str(self.rule.first))
        counts_day = self.counting.value == DAY_ONE
        is_same = is_first_same and counts_day == self.rule.count_visit_day
        if self.rule.switched_on and is_same and every == [str(length) for length in self.rule.every]:
            raise Refused("Type the council’s own lengths. What they change for which children then stands here.")
        # All is written, the same or not: an own rule that held before goes, and what it said with it.
        table: dict[str, Any] = {"first": first} if first else {}
        table |= {"every": every[0] if len(every) == 1 else every} if every else {}
        table |= {"count_visit_day": counts_day, "switched_on": True, "confirm_locally": False}
        table["source"] = self.source.text or self.agreed.text or f"Own rule of {plain_date(self.desk.today)}"
        named = f"The rule {self.rule.id}"
        text = f"[[rule]]\n{rule_text({'id': self.rule.id, **table})}"
        return Choice(
            f"Change the rule {self.rule.id}",
            f"{named} is the council’s own from {plain_date(start)}",
            import_policy,
            (text, named, start, self.desk.reference.policies),
            start,
            kwargs={"agreed_by": self.agreed.text},
        )

    def act(self) -> None:
        """Do it; where it stands has to be said, for it is shown beside every date the rule sets."""
        self.choice()
        if not self.source.text:
            raise Wrong(self.source, "Say where the council has written this down.")
        super().act()


def _typed(field: TextField, text: str) -> str:
    """A length as a rule has it. Raises Wrong with what to type."""
    return read(field, lambda: str(duration(text)))
