"""What a change of policy or of scheme would change: for which children what falls due when, and how full everyone would be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from planner.core.obligations import Obligation
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.policy import Looser, RuleSet
from planner.core.rule import Rule
from planner.core.rule_words import interval_words
from planner.core.snapshot import Snapshot
from planner.core.workload import Load, pooled


@dataclass(frozen=True, slots=True)
class DueChange:
    """One duty to one child, before and after: None where it would not be owed.

    A clock that runs keeps the interval of the rule under which it started, so most dates stay until the next visit;
    `was_every` and `will_be` are the intervals from then on, equal where the rule itself stays as it is.
    """

    case: OpenCase
    rule: str
    title: str
    before: Obligation | None
    after: Obligation | None
    was_every: str
    will_be: str

    @property
    def is_at_once(self) -> bool:
        """Whether the date itself changes, and not only the interval after the next visit."""
        return _due(self.before) != _due(self.after)

    @property
    def is_newly_late(self) -> bool:
        """Whether it would be overdue and is not now."""
        was_late = self.before is not None and self.before.state == "overdue"
        return self.after is not None and self.after.state == "overdue" and not was_late

    @property
    def is_no_longer_late(self) -> bool:
        """Whether it is overdue now and would not be."""
        is_late = self.after is not None and self.after.state == "overdue"
        return self.before is not None and self.before.state == "overdue" and not is_late


@dataclass(frozen=True, slots=True)
class PolicyEffects:
    """What a change of visiting policy comes to on the day looked at, and in what the new rules are looser than the law."""

    on: date
    changes: tuple[DueChange, ...]
    looser: tuple[Looser, ...]

    @property
    def children(self) -> int:
        """How many children something changes for."""
        return len({change.case.child.id for change in self.changes})

    @property
    def at_once(self) -> int:
        """How many dates change at once."""
        return sum(change.is_at_once for change in self.changes)

    @property
    def newly_late(self) -> int:
        """How many duties would be overdue at once that are not now."""
        return sum(change.is_newly_late for change in self.changes)


@dataclass(frozen=True, slots=True)
class LoadChange:
    """One worker's load, and the visits a whole week holds, under the scheme in force and under another."""

    before: Load
    after: Load
    visits_before: int = 0
    visits_after: int = 0


@dataclass(frozen=True, slots=True)
class SchemeEffects:
    """Every worker's load before and after a change of scheme, on one day; pooled as `pooled` gives it."""

    on: date
    changes: tuple[LoadChange, ...]
    before: tuple[int, int, float | None, str]
    after: tuple[int, int, float | None, str]

    @property
    def other_bands(self) -> int:
        """How many workers would come to lie in another band."""
        return sum(one.before.state != one.after.state for one in self.changes)

    @property
    def newly_over(self) -> tuple[Load, ...]:
        """Those who would be over capacity and are not now."""
        return tuple(one.after for one in self.changes if one.after.state == "over" != one.before.state)

    @property
    def over_headcount(self) -> tuple[Load, ...]:
        """Those who would lead more children than their limit and do not now."""
        return tuple(one.after for one in self.changes if one.after.is_over_headcount and not one.before.is_over_headcount)

    @property
    def unweighted(self) -> int:
        """How many children would have no weight, and so would not be counted."""
        return sum(len(one.after.unweighted) for one in self.changes)


def policy_effects(outlook: Outlook, later: Snapshot, start: date, team_ids: Iterable[str] = ()) -> PolicyEffects:
    """What is owed to whom otherwise under the rules of `later` than now, on the day they begin, today at the earliest.

    No team means all. Raises PlannerError where a local rule cannot be read.
    """
    on, teams = max(start, outlook.today), frozenset(team_ids)
    before = Outlook(outlook.snapshot, outlook.reference, on, outlook.today, teams)
    after = Outlook(later, outlook.reference, on, outlook.today, teams)
    turned = {team: _turned(before.policy(team), after.policy(team), on) for team in {case.team_id for case in before.cases}}
    changes = [change for case in before.cases for change in _changes(case, before, after, turned[case.team_id])]
    changes.sort(key=lambda one: (not one.is_at_once, _due(one.after), one.case.child.reference, one.rule))
    known = set(_looser(before))
    return PolicyEffects(on, tuple(changes), tuple(finding for finding in _looser(after) if finding not in known))


def _turned(before: RuleSet, after: RuleSet, on: date) -> dict[str, tuple[str, str]]:
    """The rules that are otherwise on a day, by id: their intervals before and after, empty where there is no such rule."""
    was, will = _by_id(before, on), _by_id(after, on)
    return {
        rule: (_intervals(was.get(rule, ())), _intervals(will.get(rule, ())))
        for rule in {**was, **will}
        if was.get(rule) != will.get(rule)
    }


def _by_id(rules: RuleSet, on: date) -> dict[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in rules.in_force(on):
        found[rule.id] = (*found.get(rule.id, ()), rule)
    return found


def _intervals(rules: tuple[Rule, ...]) -> str:
    return "; and ".join(dict.fromkeys(interval_words(rule) for rule in rules))


def _looser(view: Outlook) -> tuple[Looser, ...]:
    """In what the rules of any of the teams are looser than the law, each finding once."""
    teams = ("", *(team.id for team in view.teams))
    return tuple(dict.fromkeys(finding for team in teams for finding in view.policy(team).looser))


def _changes(case: OpenCase, before: Outlook, after: Outlook, turned: Mapping[str, tuple[str, str]]) -> list[DueChange]:
    """The duties of one child whose day differs, or whose rule does, so that the day after the next one will."""
    was, will = _by_duty(before.owed_to(case.child.id)), _by_duty(after.owed_to(case.child.id))
    found = []
    for duty in dict.fromkeys((*was, *will)):
        old, new = was.get(duty), will.get(duty)
        if _due(old) != _due(new) or duty[0] in turned:
            shown = after.rule_of(new) if new is not None else before.rule_of(old) if old is not None else None
            assert shown is not None
            now, then = turned.get(duty[0], (interval_words(shown), interval_words(shown)))
            found.append(DueChange(case, shown.id, shown.title, old, new, now, then))
    return found


def _by_duty(owed: Iterable[Obligation]) -> dict[tuple[str, str, str], Obligation]:
    """Each obligation by its rule, plan and what started it, so that one date is laid beside the other."""
    found: dict[tuple[str, str, str], Obligation] = {}
    for one in owed:
        found.setdefault((one.rule, one.plan, one.started_by), one)
    return found


def _due(obligation: Obligation | None) -> datetime:
    """When something is due, to order by: without a date first of all, not owed last."""
    if obligation is None:
        return datetime.max
    due = obligation.due
    if due is None:
        return datetime.min
    return due if isinstance(due, datetime) else datetime(due.year, due.month, due.day)


def scheme_effects(outlook: Outlook, later: Snapshot, start: date, team_ids: Iterable[str] = ()) -> SchemeEffects:
    """How full every worker would be under the schemes of `later`, beside now, on the day they begin, today at the earliest.

    No team means all; a team with a scheme of its own keeps it where another is chosen for all.
    """
    on, teams = max(start, outlook.today), frozenset(team_ids)
    now = Outlook(outlook.snapshot, outlook.reference, on, outlook.today, teams)
    then = Outlook(later, outlook.reference, on, outlook.today, teams)
    after = {load.worker.id: load for load in then.loads}
    changes = tuple(
        LoadChange(
            load,
            after[load.worker.id],
            int(now.allowance(load.worker).whole + 0.5),
            int(then.allowance(load.worker).whole + 0.5),
        )
        for load in now.loads
        if load.worker.id in after
    )
    return SchemeEffects(on, changes, pooled(now.loads), pooled(tuple(after.values())))
