"""What a council says of single stages, roles and kinds of case, laid over the rules of the policies; each in its days."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from planner.core.flow_records import MayHold
from planner.core.holding import HoldingRule

MAY, MAY_NOT = "may", "may not"
COURT = "court"

_CASES = {
    "lac": "looked-after child",
    "cp": "child protection case",
    "cin": "child in need case",
    "assessment": "assessment",
    "care_leaver": "care leaver",
    "private_fostering": "private fostering case",
    COURT: "case in court",
}
_SPELT = {"asye": "ASYE", "nqsw": "NQSW"}


def replaced(rules: Iterable[HoldingRule], upper: Iterable[HoldingRule]) -> tuple[HoldingRule, ...]:
    """The rules with those of a policy laid over them: one of the same id holds in place of the former in its own days."""
    found = list(rules)
    for rule in upper:
        found = [piece for one in found for piece in (_outside(one, rule.starts, rule.ends) if one.id == rule.id else (one,))]
        found.append(rule)
    return tuple(found)


def laid_over(rules: Iterable[HoldingRule], said: Iterable[MayHold]) -> tuple[HoldingRule, ...]:
    """The rules with what the council says laid over them: in its days it alone decides for its workers and kind of case."""
    found = list(rules)
    for one in sorted(said, key=lambda one: (one.start or date.min, one.id)):
        found = [piece for rule in found for piece in _around(rule, one)]
        if one.says != MAY:
            found.append(_rule_of(one))
    return tuple(found)


def speaks_of(rule: HoldingRule, stage: str, role: str, kind: str) -> bool:
    """Whether a rule speaks of a whole stage, or a whole role, and a kind of case."""
    if not (rule.court if kind == COURT else kind in rule.plans):
        return False
    if stage:
        return stage in rule.stages and not rule.roles and not rule.not_roles
    return not rule.stages and (role in rule.roles if rule.roles else role not in rule.not_roles)


def _rule_of(said: MayHold) -> HoldingRule:
    plans = frozenset() if said.plan == COURT else frozenset({said.plan})
    rule = HoldingRule(
        id=said.id,
        title="",
        stages=frozenset({said.stage}) if said.stage else frozenset(),
        roles=frozenset({said.role}) if said.role else frozenset(),
        plans=plans,
        court=said.plan == COURT,
        unless="" if said.says == MAY_NOT else said.says,
        source=f"Agreed by {said.agreed_by}" if said.agreed_by else "Said in this workspace",
        starts=said.start,
        ends=said.end,
    )
    return replace(rule, title=_words(rule))


def _around(rule: HoldingRule, said: MayHold) -> Iterator[HoldingRule]:
    """A rule without what the council says otherwise: as it was outside those days, and in them for the others."""
    starts, ends = _later(rule.starts, said.start), _earlier(rule.ends, said.end)
    is_apart = starts is not None and ends is not None and ends <= starts
    if is_apart or not speaks_of(rule, said.stage, said.role, said.plan):
        yield rule
        return
    yield from _outside(rule, said.start, said.end)
    within = replace(rule, starts=starts, ends=ends)
    yield from _without_workers(within, said)
    yield from _without_kind(within, said)


def _outside(rule: HoldingRule, start: date | None, end: date | None) -> Iterator[HoldingRule]:
    """The days of a rule before a start and from an end on."""
    if start is not None and (rule.starts is None or rule.starts < start):
        yield replace(rule, ends=_earlier(rule.ends, start))
    if end is not None and (rule.ends is None or end < rule.ends):
        yield replace(rule, starts=_later(rule.starts, end))


def _without_workers(rule: HoldingRule, said: MayHold) -> Iterator[HoldingRule]:
    """The rule for the other stages or roles it names."""
    if rule.stages or rule.roles:
        left = replace(rule, stages=rule.stages - {said.stage}, roles=rule.roles - {said.role})
        if left.stages or left.roles:
            yield replace(left, title=_words(left))
    else:
        yield replace(rule, not_roles=rule.not_roles | {said.role})


def _without_kind(rule: HoldingRule, said: MayHold) -> Iterator[HoldingRule]:
    """The rule for these workers and the other kinds of case it names."""
    stages = frozenset({said.stage}) if said.stage else frozenset[str]()
    roles = frozenset({said.role}) if said.role else frozenset[str]()
    plans, court = rule.plans - {said.plan}, rule.court and said.plan != COURT
    if plans or court:
        left = replace(rule, stages=stages, roles=roles, not_roles=frozenset(), plans=plans, court=court)
        yield replace(left, title=_words(left))


def _words(rule: HoldingRule) -> str:
    """`ASYE: no child protection case or case in court without a co-worker`."""
    names = [*sorted(rule.stages), *sorted(rule.roles)] or ["everyone"]
    who = ", ".join(_SPELT.get(name, f"{name[:1].upper()}{name[1:]}") for name in names)
    cases = " or ".join(words for kind, words in _CASES.items() if kind in rule.plans or (kind == COURT and rule.court))
    return f"{who}: no {cases} without a {rule.unless}" if rule.unless else f"{who}: no {cases}"


def _later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day is not None), default=None)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)
