"""What a change of policy or of scheme would change: for which children what falls due when, and how full everyone would be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from planner.core.obligations import Obligation
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.policy import Looser
from planner.core.records import PolicyInForce, Record
from planner.core.reference import Reference
from planner.core.snapshot import Snapshot, holds
from planner.core.workload import Load, Scheme, load, pooled


@dataclass(frozen=True, slots=True)
class DueChange:
    """One duty to one child, before and after: None where it would not be owed."""

    case: OpenCase
    rule: str
    title: str
    before: Obligation | None
    after: Obligation | None

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
    def earlier(self) -> int:
        """How many duties would fall due sooner, or be new."""
        return sum(_due(one.after) < _due(one.before) for one in self.changes)

    @property
    def later(self) -> int:
        """How many duties would fall due later, or be gone."""
        return sum(_due(one.after) > _due(one.before) for one in self.changes)


@dataclass(frozen=True, slots=True)
class LoadChange:
    """One worker's load under the scheme in force and under another."""

    before: Load
    after: Load


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


def policy_effects(
    outlook: Outlook, put: Iterable[Record], removed: Iterable[Record], start: date, team_ids: frozenset[str]
) -> PolicyEffects:
    """What records of policy, put and removed, change of what is owed on the day they begin, today at the earliest.

    Raises PlannerError where a local rule cannot be read.
    """
    on = max(start, outlook.today)
    snapshot = outlook.snapshot
    before = Outlook(snapshot, outlook.reference, on, outlook.today, team_ids)
    after = Outlook(snapshot.patched(put, removed), outlook.reference, on, outlook.today, team_ids)
    changes = [change for case in before.cases for change in _changes(case, before, after)]
    known = {finding for team in ("", *(team.id for team in before.teams)) for finding in before.policy(team).looser}
    looser = {finding: None for team in ("", *(team.id for team in after.teams)) for finding in after.policy(team).looser}
    changes.sort(key=lambda one: (_due(one.after), one.case.child.reference, one.rule))
    return PolicyEffects(on, tuple(changes), tuple(finding for finding in looser if finding not in known))


def _changes(case: OpenCase, before: Outlook, after: Outlook) -> list[DueChange]:
    """The duties of one child whose day, state or being owed differs."""
    was, will = _by_duty(before.owed_to(case.child.id)), _by_duty(after.owed_to(case.child.id))
    found = []
    for duty in dict.fromkeys((*was, *will)):
        old, new = was.get(duty), will.get(duty)
        if (old.due if old else None, old is None) != (new.due if new else None, new is None):
            shown = after.rule_of(new) if new is not None else before.rule_of(old) if old is not None else None
            assert shown is not None
            found.append(DueChange(case, shown.id, shown.title, old, new))
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


def scheme_effects(
    snapshot: Snapshot, reference: Reference, outlook: Outlook, scheme: Scheme, start: date, team_id: str
) -> SchemeEffects:
    """How full every worker of a team (all teams where it is empty) is now and would be, on the day the scheme begins.

    A team with a scheme of its own keeps it where another is chosen for all.
    """
    on = max(start, outlook.today)
    view = Outlook(snapshot, reference, on, outlook.today, (team_id,) if team_id else ())
    own = _teams_with_own_scheme(view, on) if not team_id else frozenset()
    changes = []
    for before in view.loads:
        keeps = before.worker.team_id in own
        changes.append(LoadChange(before, before if keeps else load(snapshot, before.worker, on, scheme)))
    return SchemeEffects(on, tuple(changes), pooled([one.before for one in changes]), pooled([one.after for one in changes]))


def _teams_with_own_scheme(view: Outlook, on: date) -> frozenset[str]:
    chosen = view.snapshot.all(PolicyInForce).values()
    return frozenset(one.team_id for one in chosen if one.kind == "workload" and one.team_id and holds(one, on))
