"""Put a visiting policy in force from a day: a shipped one, or a council's own file; and end one. Children are shown first."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from planner.actions.policies import end_policy, import_policy, put_in_force
from planner.core.codes import PLAN_MARKS
from planner.core.council_policy import council_policy
from planner.core.date_words import list_date, plain_date
from planner.core.obligations import Obligation
from planner.core.outlook import Outlook
from planner.core.policy_effects import DueChange, PolicyEffects, policy_effects
from planner.core.records import LocalRule, PolicyInForce
from planner.core.rule import NATIONAL
from planner.core.rule_words import certainty_words
from planner.core.snapshot import Snapshot
from planner.core.who_may_hold import HoldingEffects, holding_effects
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.may_hold import effects_sentence as effects_of_holding
from planner.ui.dialogs.previewed import Choice, Previewed
from planner.ui.dialogs.question import read
from planner.ui.table import Column
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk


def due_words(owed: Obligation | None, on: date) -> str:
    """The day, `no date`, or `not owed`."""
    if owed is None:
        return "not owed"
    return list_date(owed.due_on, on) or "no date"


def _then_words(change: DueChange, on: date) -> str:
    if not change.is_at_once:
        return "stays"
    return due_words(change.after, on) + (", late" if change.is_newly_late else "")


def effect_columns(desk: "Desk", on: date) -> tuple[Column, ...]:
    """A child each, what is owed, its day now and then, and the interval from the next one on."""
    return (
        Column("Child", lambda one: desk.child_words(one.case.child), strong=True, width=124),
        Column("Type", lambda one: PLAN_MARKS.get(one.case.plan, ""), mark=lambda one: one.case.plan, width=70),
        Column("Rule", lambda one: one.rule, width=122, tip=lambda one: one.title),
        Column("Due now", lambda one: due_words(one.before, on), sort=lambda one: _day(one.before), width=104),
        Column(
            "Due then",
            lambda one: _then_words(one, on),
            sort=lambda one: _day(one.after),
            width=112,
            tone=lambda one: "overdue" if one.is_newly_late else "" if one.is_at_once else "text_muted",
        ),
        Column("After the next visit", lambda one: one.will_be or "no rule", width=150, stretch=True, tip=_after_words),
    )


def _day(owed: Obligation | None) -> date | None:
    return owed.due_on if owed is not None else None


def _after_words(change: DueChange) -> str:
    if change.was_every == change.will_be:
        return f"stays {change.will_be}"
    return f"{change.will_be or 'no rule'}, now {change.was_every or 'no rule'}"


def effects_sentence(found: PolicyEffects) -> str:
    """What changes for how many, at once and later."""
    if not found.changes:
        return f"On {plain_date(found.on)} nothing changes for any child."
    children = count_words(found.children, "child", "children")
    at_once = count_words(found.at_once, "date changes", "dates change") if found.at_once else "no date changes"
    late = f", {found.newly_late:,} of them late at once" if found.newly_late else ""
    return f"From {plain_date(found.on)} this changes {children}: {at_once} that day{late}; the rest after their next visit."


class PolicyEffectsDialog(Previewed):
    """What the three policy dialogs share: their effects are on children."""

    def effects(self) -> Callable[[Any, Any, date, tuple[str, ...]], PolicyEffects]:
        """What is owed to whom."""
        return policy_effects

    def show_effects(self, found: PolicyEffects) -> tuple[str, Sequence[Column], Sequence[DueChange]]:
        """The sentence, with what is looser than the law said loudly beneath."""
        loose = "\n".join(finding.sentence for finding in found.looser)
        self.warnings.say(f"Looser than the law. {loose}" if loose else "")
        turned = {one.rule: _after_words(one) for one in found.changes if one.was_every != one.will_be}
        self.details.say(" ".join(f"{rule}: {words}." for rule, words in turned.items()))
        return effects_sentence(found), effect_columns(self.desk, self.desk.today), found.changes


class PolicyDialog(PolicyEffectsDialog):
    """One of the policies that come with the planner."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Choose a visiting policy", "Put in force", "", parent)
        shipped = {name: rules for name, rules in desk.reference.policies.items() if name != NATIONAL}
        ordered = sorted(shipped.items(), key=lambda item: item[1].title)
        self.policy = ChoiceField("Policy, as councils have published", {name: rules.title for name, rules in ordered})
        self.team = self.team_field()
        self.start = DayField(desk, "In force from", desk.today)
        self.add_row(self.policy, self.team)
        self.about = self.remark("")
        self.add(self.start)
        self.add_preview()
        self.watch(self.policy, self.team, self.start)
        self.policy.changed.connect(self._on_policy_changed)
        self._on_policy_changed()
        self.look()

    def choice(self) -> Choice:
        """Put it in force. Raises Refused for a day that is none."""
        start = read(self.start, lambda: self.start.day)
        policy, team_id = self.policy.value, self.team.value
        title = self.desk.reference.policies[policy].title
        where = f" for {self.team.box.currentText()}" if team_id else ""
        return Choice(
            f"Put the policy {title} in force{where}",
            f"The policy {title} is in force{where} from {plain_date(start)}",
            put_in_force,
            ("visiting", policy, start, self.desk.reference.policies),
            start,
            (team_id,) if team_id else (),
            {"team_id": team_id},
        )

    def _on_policy_changed(self) -> None:
        layer = self.desk.reference.policies[self.policy.value].layers[-1]
        certainty = f" Certainty: {certainty_words(layer.certainty).lower()}." if layer.certainty else ""
        self.about.say(f"{layer.source}.{certainty} {layer.note}".strip())


class ImportPolicyDialog(PolicyEffectsDialog):
    """A council's own policy, as its file was read."""

    def __init__(self, desk: "Desk", name: str, text: str, parent: QWidget | None = None) -> None:
        """Raises PlannerError where the text is no policy."""
        self.policy = council_policy(text, name)
        self.name, self.text = name, text
        super().__init__(desk, f"Put {self.policy.title} in force", "Put in force", name, parent)
        rules = count_words(len(self.policy.rules), "rule")
        if self.policy.may_hold:
            rules += f", and who may lead what in {count_words(len(self.policy.may_hold), 'cell')} of the table on Team"
        source = f" Source: {self.policy.source}." if self.policy.source else " It names no source."
        self.remark(f"{name}: {rules}.{source} They hold for all teams, and the law goes on holding beside them.")
        self.start = DayField(desk, "In force from", desk.today)
        self.agreed = TextField("Agreed by", "Who in the council agreed it. May be left empty.")
        self.add_row(self.start, self.agreed)
        self.add_preview()
        self.watch(self.start)
        self.look()

    def choice(self) -> Choice:
        """Take its rules. Raises Refused for a day that is none."""
        start = read(self.start, lambda: self.start.day)
        return Choice(
            f"Put {self.policy.title} in force",
            f"{self.policy.title} is in force from {plain_date(start)}",
            import_policy,
            (self.text, self.name, start, self.desk.reference.policies),
            start,
            kwargs={"agreed_by": self.agreed.text},
        )

    def effects(self) -> Callable[[Any, Any, date, tuple[str, ...]], Any]:
        """What is owed to whom, and who leads what they may not."""
        return _both_effects

    def show_effects(self, found: Any) -> tuple[str, Sequence[Column], Sequence[DueChange]]:
        """The children the rules change something for, and, where the file says who may lead what, what that comes to."""
        owed, held = found
        sentence, columns, rows = super().show_effects(owed)
        return (f"{sentence} {effects_of_holding(held)}" if self.policy.may_hold else sentence), columns, rows


def _both_effects(
    outlook: Outlook, later: Snapshot, start: date, team_ids: tuple[str, ...]
) -> tuple[PolicyEffects, HoldingEffects]:
    return policy_effects(outlook, later, start, team_ids), holding_effects(outlook, later, start, team_ids)


class EndPolicyDialog(PolicyEffectsDialog):
    """The first day on which a chosen policy, or a rule of the council's own, no longer holds."""

    def __init__(self, desk: "Desk", record: PolicyInForce | LocalRule, title: str, parent: QWidget | None = None) -> None:
        self.record = record
        super().__init__(desk, f"End {title}", "End it", record.id, parent)
        self.named = title
        self.end = DayField(desk, "First day it no longer holds", desk.today)
        self.add(self.end)
        self.add_preview()
        self.watch(self.end)
        self.look()

    def choice(self) -> Choice:
        """End it. Raises Refused for a day that is none."""
        end = read(self.end, lambda: self.end.day)
        return Choice(f"End {self.named}", f"{self.named} ends on {plain_date(end)}", end_policy, (self.record.id, end), end)
