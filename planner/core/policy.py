"""Policies: rules by their id, versions in force by date, a council's policy over the national one, one over another.

How they stack: a council's entry replaces a local default of the same id in the days it is in force. Over a statutory
rule it stands beside it, and the earlier date holds; where it is looser, that is found and said (`RuleSet.looser`).
"""

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from planner.core.errors import PlannerError
from planner.core.facts import Facts
from planner.core.flow_records import MayHold
from planner.core.holding import HoldingRule, holding_rule
from planner.core.holding_layers import laid_over, replaced
from planner.core.records import LocalRule, PolicyInForce
from planner.core.rule import NATIONAL, Counts, Rule
from planner.core.rule_reading import changed_rule, rule_changes
from planner.core.snapshot import Snapshot

__all__ = ["Duty", "Layer", "Looser", "Rule", "RuleSet", "policy_of", "rules_for", "ruleset_from_toml", "stacked", "with_changes"]

WORKSPACE = "this workspace"
"""The layer of the local rules a workspace holds."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One policy as written: its name, where it comes from, and what it says of each rule, in the order of its file.

    `said` is what a workspace says of single stages, roles and kinds of case over `holding` of the layers below.
    """

    name: str
    title: str
    entries: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    holding: tuple[HoldingRule, ...] = ()
    source: str = ""
    certainty: str = ""
    note: str = ""
    said: tuple[MayHold, ...] = ()


@dataclass(frozen=True, slots=True)
class Looser:
    """A local value looser than a statutory one, which goes on holding beside it; `sentence` says which."""

    rule: str
    layer: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Rules of one plan that ask for the same thing, so that one date holds for all: the earliest.

    `is_uniform` says that all start with the same trigger and count the same, so that both are looked up once.
    """

    kind: str
    rules: tuple[Rule, ...]
    family: tuple[str, Counts]
    ids: frozenset[str]
    is_uniform: bool


def duty_of(family: tuple[str, Counts], rules: Iterable[Rule]) -> Duty:
    """The duty of some rules of one family, statutory ones first, so that of equal dates theirs is named."""
    ordered = tuple(sorted(rules, key=lambda rule: not rule.is_statutory))
    alike = {(rule.trigger, rule.counts) for rule in ordered}
    return Duty(family[0], ordered, family, frozenset(rule.id for rule in ordered), len(alike) == 1)


State = tuple[str, str, frozenset[str], frozenset[str]]
"""What selects the duties of a course: plan, placement type, legal codes and flags."""


class RuleSet:
    """All rules of the layers, lowest first, with the versions of each and the duties they make."""

    def __init__(self, layers: Iterable[Layer]) -> None:
        self.layers = tuple(layers)
        self.versions, self.looser = _versions(self.layers)
        self.holding = _holding(self.layers)
        self._family = {rule: (versions[-1].kind, versions[-1].counts) for rule, versions in self.versions.items()}
        self._boundaries = _boundaries(self.versions)
        self._in_force: dict[int, tuple[Rule, ...]] = {}
        self._duties: dict[tuple[int, State], tuple[Duty, ...]] = {}
        self._by_event: dict[int, dict[str, tuple[Rule, ...]]] = {}

    @property
    def name(self) -> str:
        """The id of the topmost policy."""
        return self.layers[-1].name

    @property
    def title(self) -> str:
        """What the topmost policy is called."""
        return self.layers[-1].title

    @property
    def source(self) -> str:
        """Where the topmost policy was read."""
        return self.layers[-1].source

    def all(self) -> tuple[Rule, ...]:
        """Every version of every rule, the one that replaces before the one it replaces."""
        return tuple(rule for versions in self.versions.values() for rule in versions)

    def in_force(self, on: date) -> tuple[Rule, ...]:
        """The rules of a day that are switched on; a statutory one also where a local version stands over it."""
        return self._rules_at(on.toordinal())

    def switched_off(self, on: date) -> tuple[Rule, ...]:
        """The rules of a day whose topmost version is switched off and under which nothing of the law holds, by their ids."""
        held = {rule.id for rule in self.in_force(on)}
        found = (self.version(rule, on) for rule in sorted(self.versions.keys() - held))
        return tuple(rule for rule in found if rule is not None)

    def version(self, rule: str, on: date) -> Rule | None:
        """The topmost version of a rule on a day, switched on or not; None where none was in force."""
        ordinal = on.toordinal()
        return next((version for version in self.versions.get(rule, ()) if version.holds(ordinal)), None)

    def ruling(self, rule: str, days: Iterable[date | None], law: bool) -> Rule | None:
        """The version of a rule in force on the first of the days that has one, the statutory one where `law` set the date."""
        versions = [version for version in self.versions.get(rule, ()) if version.switched_on]
        for day in days:
            held = [version for version in versions if day is not None and version.holds(day.toordinal())]
            lawful = [version for version in held if version.is_statutory]
            if held:
                return lawful[0] if law and lawful else held[0]
        return versions[0] if versions else None

    def duties(self, ordinal: int, state: State) -> tuple[Duty, ...]:
        """The duties of a child's course on a day, given as an ordinal, in a state; remembered for each state."""
        key = (bisect_right(self._boundaries, ordinal), state)
        found = self._duties.get(key)
        if found is None:
            found = self._duties[key] = self._grouped(self._rules_at(ordinal), state)
        return found

    def changed_between(self, first: int, last: int) -> bool:
        """Whether any rule came into or went out of force after a day, up to another; ordinals both."""
        if not self._boundaries or first >= self._boundaries[-1]:
            return False
        return bisect_right(self._boundaries, first) != bisect_right(self._boundaries, last)

    def is_in_force(self, rule: str, ordinal: int) -> bool:
        """Whether any version of a rule is in force and switched on, on a day given as an ordinal."""
        return any(version.switched_on and version.holds(ordinal) for version in self.versions.get(rule, ()))

    def rules_by_event(self, ordinal: int) -> Mapping[str, tuple[Rule, ...]]:
        """The rules of a day, given as an ordinal, that an event (or a birthday, visit or worker's start) triggers."""
        epoch = bisect_right(self._boundaries, ordinal)
        found = self._by_event.get(epoch)
        if found is None:
            found = {}
            for rule in self._rules_at(ordinal):
                for trigger in rule.trigger if rule.has_clock and not rule.is_course_rule else ():
                    found[trigger] = (*found.get(trigger, ()), rule)
            self._by_event[epoch] = found
        return found

    def birthday_rules(self, ordinal: int) -> tuple[tuple[int, Rule], ...]:
        """The rules of a day, given as an ordinal, that a birthday triggers, with its years."""
        by_event = self.rules_by_event(ordinal)
        names = [name for name in by_event if name.endswith(" birthday")]
        return tuple((int(name.split()[0][:-2]), rule) for name in names for rule in by_event[name])

    def _rules_at(self, ordinal: int) -> tuple[Rule, ...]:
        epoch = bisect_right(self._boundaries, ordinal)
        if epoch not in self._in_force:
            found = [rule for versions in self.versions.values() for rule in _holding_at(versions, ordinal)]
            self._in_force[epoch] = tuple(found)
        return self._in_force[epoch]

    def _grouped(self, rules: tuple[Rule, ...], state: State) -> tuple[Duty, ...]:
        plan, placement_type, legal_codes, flags = state
        matched = [
            rule
            for rule in rules
            if rule.is_course_rule
            and plan in rule.applies_to.plan
            and rule.has_clock
            and rule.applies_to.matches(placement_type, legal_codes, flags)
        ]
        groups: dict[tuple[str, Counts], list[Rule]] = {}
        for rule in _undisplaced(matched):
            groups.setdefault(self._family[rule.id], []).append(rule)
        return tuple(duty_of(family, group) for family, group in groups.items())


def _undisplaced(matched: list[Rule]) -> list[Rule]:
    """The rules that no other puts aside, in the order of the file; local policy cannot put a statutory rule aside."""
    by_law: set[str] = set()
    locally: set[str] = set()
    for rule in matched:
        if rule.id not in by_law and rule.id not in locally:
            (by_law if rule.layer == NATIONAL else locally).update(rule.replaces)
    return [rule for rule in matched if rule.id not in by_law and (rule.id not in locally or rule.is_statutory)]


def _holding_at(versions: tuple[Rule, ...], ordinal: int) -> list[Rule]:
    """The topmost version on a day if it is switched on, and the statutory one below it, which local policy cannot end."""
    current = [version for version in versions if version.holds(ordinal)]
    found = [current[0]] if current and current[0].switched_on else []
    found += [version for version in current[1:] if version.is_statutory and version.switched_on][:1]
    return found


def _versions(layers: tuple[Layer, ...]) -> tuple[dict[str, tuple[Rule, ...]], tuple[Looser, ...]]:
    versions: dict[str, tuple[Rule, ...]] = {}
    looser: list[Looser] = []
    for layer in layers:
        added: dict[str, list[Rule]] = {}
        for rule, changes in layer.entries:
            below = versions.get(rule, ()) or (Rule(id=rule, title=rule, layer=layer.name),)
            for version in below:
                changed = changed_rule(version, changes, layer.name)
                if layers[0].name == NATIONAL and rule not in versions:
                    _must_be_whole(changed, layer.name)
                if changed.starts is None or changed.ends is None or changed.starts < changed.ends:
                    added.setdefault(rule, []).append(changed)
                    looser += _looser(version, changed) if version.is_statutory and rule in versions else []
        for rule, new in added.items():
            versions[rule] = (*new, *versions.get(rule, ()))
    return versions, tuple(looser)


def _must_be_whole(rule: Rule, where: str) -> None:
    """A rule of a new id says whom it is for; most often it is a known rule whose id was mistyped."""
    if rule.has_clock and rule.is_course_rule and not rule.applies_to.plan:
        raise PlannerError(
            f"{where}, rule {rule.id}: no rule has this id, and it says no plan it applies to. Correct the id or add one."
        )


def _looser(law: Rule, local: Rule) -> list[Looser]:
    """In what a local version asks less than the statutory one."""
    said = []
    if not local.switched_on:
        said.append("switches it off")
    for what, theirs, ours in (
        ("first", local.first, law.first),
        ("then every", local.every[-1] if local.every else None, law.every[-1] if law.every else None),
        ("after that every", local.then, law.then),
    ):
        if theirs is not None and ours is not None and theirs.rough_days > ours.rough_days + 0.5:
            said.append(f"says {what} {theirs} where the law says {ours}")
    if local.applies_to != law.applies_to or local.trigger != law.trigger:
        said.append("is for other children or starts otherwise")
    ending = f"{law.id} ({law.title}): {local.layer} %s. The law goes on holding beside it."
    return [Looser(law.id, local.layer, ending % what) for what in said]


def _holding(layers: tuple[Layer, ...]) -> tuple[HoldingRule, ...]:
    found: tuple[HoldingRule, ...] = ()
    for layer in layers:
        found = laid_over(replaced(found, layer.holding), layer.said)
    return found


def _boundaries(versions: Mapping[str, tuple[Rule, ...]]) -> list[int]:
    days = {day for group in versions.values() for rule in group for day in (rule.starts, rule.ends) if day}
    return sorted(day.toordinal() for day in days)


_HEAD = frozenset({"title", "source", "certainty", "note", "rule", "may_hold"})


def layer_from_toml(text: str, name: str) -> Layer:
    """A policy file as written. Raises PlannerError naming the file, and the rule and key that cannot be read."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise PlannerError(f"{name}: this policy cannot be read ({problem}). Correct that line.") from problem
    for key in table.keys() - _HEAD:
        raise PlannerError(
            f"{name}: the key “{key}” is not known. A policy holds title, source, certainty, note, rule and may_hold."
        )
    entries = []
    for entry in table.get("rule", ()):
        if not isinstance(entry.get("id"), str):
            raise PlannerError(f"{name}: a rule has no id. Give each [[rule]] an id.")
        entries.append((entry["id"], rule_changes(entry["id"], entry, name)))
    return Layer(
        name=name,
        title=table.get("title", name),
        entries=tuple(entries),
        holding=tuple(holding_rule(entry, name) for entry in table.get("may_hold", ())),
        source=table.get("source", ""),
        certainty=table.get("certainty", ""),
        note=table.get("note", ""),
    )


def ruleset_from_toml(text: str, name: str) -> RuleSet:
    """The rules of one policy file alone. Raises PlannerError naming the file, the rule and the key it cannot read."""
    return RuleSet((layer_from_toml(text, name),))


def stacked(*sets: RuleSet) -> RuleSet:
    """The rules of several policies, each laid over those before it."""
    return RuleSet(layer for rules in sets for layer in rules.layers)


def with_changes(rules: RuleSet, changes: Mapping[str, Mapping[str, Any]], where: str) -> RuleSet:
    """The rules with what facts, or a form, change by rule id. Raises PlannerError naming the key it cannot read."""
    entries = tuple((rule, rule_changes(rule, table, where)) for rule, table in changes.items())
    return RuleSet((*rules.layers, Layer(where, where, entries)))


def rules_for(facts: Facts, rules: RuleSet) -> RuleSet:
    """The rules with what the facts themselves change of them. Raises PlannerError naming the key it cannot read."""
    return with_changes(rules, facts.policy, "policy") if facts.policy else rules


def policy_of(snapshot: Snapshot, policies: Mapping[str, RuleSet], team_id: str = "") -> RuleSet:
    """The rules that hold for a team: the national ones, the chosen policies with their dates, then the workspace's own.

    A policy chosen for all teams lies below one chosen for this team. Raises PlannerError for a policy that is not here
    or a local rule that cannot be read.
    """
    chosen = [record for record in snapshot.all(PolicyInForce).values() if record.kind == "visiting"]
    chosen = [record for record in chosen if record.team_id in ("", team_id)]
    layers = list(policies[NATIONAL].layers)
    for record in sorted(chosen, key=lambda record: (record.team_id != "", record.start or date.min, record.id)):
        if record.policy == NATIONAL:
            continue
        if record.policy not in policies:
            raise PlannerError(f"The policy “{record.policy}” is not among those shipped. Choose another on the Policies page.")
        layers += [_dated(layer, record.start, record.end) for layer in policies[record.policy].layers]
    own = sorted(snapshot.all(LocalRule).values(), key=lambda record: (record.start or date.min, record.id))
    said = tuple(snapshot.all(MayHold).values())
    if own or said:
        entries = [entry for record in own for entry in _local_entries(record)]
        layers.append(Layer(WORKSPACE, "Local rules", tuple(entries), said=said))
    return RuleSet(layers)


def _local_entries(record: LocalRule) -> list[tuple[str, Mapping[str, Any]]]:
    where = f"The local rule {record.rule}"
    try:
        table = tomllib.loads(record.toml)
    except tomllib.TOMLDecodeError as problem:
        raise PlannerError(f"{where} cannot be read ({problem}). Write it again on the Policies page.") from problem
    changes = rule_changes(record.rule, table, where)
    return [(record.rule, _within(changes, record.start, record.end))]


def _dated(layer: Layer, start: date | None, end: date | None) -> Layer:
    """The layer as it holds from a day to a day."""
    entries = tuple((rule, _within(changes, start, end)) for rule, changes in layer.entries)
    within = (replace(rule, **_within({"starts": rule.starts, "ends": rule.ends}, start, end)) for rule in layer.holding)
    holding = tuple(rule for rule in within if rule.starts is None or rule.ends is None or rule.starts < rule.ends)
    return replace(layer, entries=entries, holding=holding)


def _within(changes: Mapping[str, Any], start: date | None, end: date | None) -> dict[str, Any]:
    starts = max((day for day in (changes.get("starts"), start) if day), default=None)
    ends = min((day for day in (changes.get("ends"), end) if day), default=None)
    return {**changes, "starts": starts, "ends": ends}
