"""The rows of the Policy page: every rule in force with its lengths, force and source, and which policies were chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.core.date_words import plain_date
from planner.core.policy import Looser, RuleSet
from planner.core.records import LocalRule, PolicyInForce
from planner.core.rule import NATIONAL, Rule
from planner.core.rule_words import certainty_word, certainty_words, force_words, interval_words, reach_words
from planner.ui.table import Column
from planner.ui.team.scheme_part import period_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

CONFIRM = "Confirm locally"
LOOSER = "Looser than the law"
OFF = "Switched off"
_RANK = {LOOSER: 0, CONFIRM: 1, "": 2, OFF: 3}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule, whose it is, and its mark: `Looser than the law`, `Confirm locally`, `Switched off`, or nothing."""

    rule: Rule
    whose: str
    mark: str
    warning: str

    @property
    def about(self) -> str:
        """Whom it is for, what counts towards it, its note and what is wrong with it, in sentences."""
        parts = [f"For {reach_words(self.rule)}", f"Version: {self.whose}, {_since(self.rule)}", self.rule.note, self.warning]
        return " ".join(f"{part.rstrip('.')}." for part in parts if part)


@dataclass(frozen=True, slots=True)
class ChosenRow:
    """A policy, or a rule of the council's own, that holds or will: its title, for whom, when, and its record to end it by."""

    title: str
    whom: str
    when: str
    source: str
    record: PolicyInForce | LocalRule | None


def _since(rule: Rule) -> str:
    return f"from {plain_date(rule.starts)}" if rule.starts else "as shipped"


def rule_rows(outlook: "Outlook", team_id: str) -> tuple[RuleRow, ...]:
    """Every rule of a team on the day looked at: what is looser, what is to be confirmed, the rest by id, what is off."""
    rules = outlook.policy(team_id)
    loose = {finding.rule: finding for finding in rules.looser}
    titles = {layer.name: layer.title for layer in rules.layers}
    rows = [_rule_row(rule, titles, loose) for rule in (*rules.in_force(outlook.on), *rules.switched_off(outlook.on))]
    return tuple(sorted(rows, key=lambda row: (_RANK[row.mark], row.rule.id, row.rule.layer == NATIONAL)))


def _rule_row(rule: Rule, titles: Mapping[str, str], loose: Mapping[str, Looser]) -> RuleRow:
    finding = loose.get(rule.id)
    is_loose = finding is not None and finding.layer == rule.layer
    mark = LOOSER if is_loose else OFF if not rule.switched_on else CONFIRM if rule.confirm_locally else ""
    return RuleRow(rule, titles.get(rule.layer, rule.layer), mark, finding.sentence if is_loose and finding else "")


def chosen_rows(outlook: "Outlook") -> tuple[ChosenRow, ...]:
    """The national rules, then every policy and local rule that is not over, by the day it begins."""
    england = outlook.reference.policies[NATIONAL]
    rows = [ChosenRow(england.title, "All teams", "always beneath the others", england.source, None)]
    chosen = [one for one in outlook.snapshot.all(PolicyInForce).values() if one.kind == "visiting" and one.policy != NATIONAL]
    for one in sorted((one for one in chosen if _is_ahead(one.end, outlook.on)), key=lambda one: one.start or date.min):
        rules = outlook.reference.policies.get(one.policy)
        title, source = (rules.title, rules.source) if rules else (one.policy, "not among those that come with the planner")
        whom = outlook.team_name(one.team_id) or "All teams"
        rows.append(ChosenRow(title, whom, period_words(one.start, one.end, outlook.on), source, one))
    own = [one for one in outlook.snapshot.all(LocalRule).values() if _is_ahead(one.end, outlook.on)]
    for local in sorted(own, key=lambda one: (one.start or date.min, one.rule)):
        agreed = f"agreed by {local.agreed_by}" if local.agreed_by else "who agreed it is not said"
        when = period_words(local.start, local.end, outlook.on)
        rows.append(ChosenRow(f"Own rule {local.rule}", "All teams", when, agreed, local))
    return tuple(rows)


def _is_ahead(end: date | None, on: date) -> bool:
    return end is None or end > on


def confirm_count(rules: RuleSet, on: date) -> int:
    """How many rules in force the council has yet to confirm."""
    return sum(rule.confirm_locally for rule in rules.in_force(on))


SAYS, FORCE, CERTAINTY, OF, SOURCE = 1, 3, 4, 6, 7
CERTAINTY_MEANS = "Certain: its own text was read. Second-hand: a summary was read. To be checked: not confirmed yet."
RULE_COLUMNS = (
    Column("Rule", lambda row: row.rule.id, strong=True, width=128),
    Column("What it says", lambda row: row.rule.title, width=150, stretch=True, tip=lambda row: f"{row.rule.title}. {row.about}"),
    Column("First, then every", lambda row: interval_words(row.rule), width=220, tip=lambda row: interval_words(row.rule)),
    Column("Force", lambda row: force_words(row.rule), width=136, tip=lambda row: force_words(row.rule)),
    Column(
        "Certainty",
        lambda row: certainty_word(row.rule.certainty),
        width=110,
        tip=lambda row: f"{certainty_words(row.rule.certainty)}. {CERTAINTY_MEANS}",
    ),
    Column("Mark", lambda row: row.mark, width=126, tag=lambda row: {"": "", OFF: "neutral"}.get(row.mark, "warning")),
    Column("Of", lambda row: row.whose, width=94, tone=lambda _row: "text_muted", tip=lambda row: row.whose),
    Column("Source", lambda row: row.rule.source, width=104, tone=lambda _row: "text_muted", tip=lambda row: row.rule.source),
)
CHOSEN_COLUMNS = (
    Column("Policy in force", lambda row: row.title, strong=True, width=230),
    Column("For", lambda row: row.whom, width=150),
    Column("When", lambda row: row.when, width=180),
    Column("Source", lambda row: row.source, width=120, stretch=True, tone=lambda _row: "text_muted", tip=lambda row: row.source),
)
