"""Waiting children by family, and all workers compared for one child or one family: before, after, and what stands against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.core.candidates import OVER_CAPACITY, Candidate, candidates, leaves_soon
from planner.core.date_words import list_date
from planner.core.outlook import Outlook
from planner.core.outlook_rows import Away, OpenCase, Waiting
from planner.core.records import Allocation, Child, Event, Worker
from planner.core.snapshot import Snapshot
from planner.core.visit_week import VisitWeek, visit_week
from planner.core.workload import HoursChange, Load, load, load_after, next_change_of_hours

AHEAD = timedelta(days=21)
"""Leave, duty and changes of hours are looked at for so long."""
A_YEAR = timedelta(days=365)
LONGEST_FIRST_VISIT = timedelta(days=60)
_NOBODY = Worker(id="", pattern=(0,) * 7)
"""Someone with no hours and no children: what children add to their load is the children's own weight."""


@dataclass(frozen=True, slots=True)
class WaitingChild:
    """A child who waits, with what the child alone adds to a load, in tenths; None where the scheme does not weigh them."""

    waiting: Waiting
    tenths: int | None

    @property
    def child(self) -> Child:
        """The child."""
        return self.waiting.case.child


@dataclass(frozen=True, slots=True)
class WaitingFamily:
    """Waiting children of one family or household, most pressing first, and what they add together, in tenths."""

    children: tuple[WaitingChild, ...]
    tenths: int


@dataclass(frozen=True, slots=True)
class FixedDate:
    """Something planned that comes with a child."""

    child: Child
    event: Event


@dataclass(frozen=True, slots=True)
class Clash:
    """A fixed date on which a worker cannot be there, and the word for it: `Away`, `Duty`, or another child's meeting."""

    fixed: FixedDate
    word: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One worker beside the children. Loads, `added` (tenths by plan) and what is barred or against are of all children.

    `away` are leave, duty and the like in the next three weeks; `former` the ended allocations of these children;
    `siblings` children of the family whom the worker leads.
    """

    worker: Worker
    now: Load
    after: Load
    added: tuple[tuple[str, int], ...]
    new_cases: int
    visits: VisitWeek
    away: tuple[Away, ...]
    hours_change: HoursChange | None
    clashes: tuple[Clash, ...]
    former: tuple[Allocation, ...]
    siblings: tuple[Child, ...]
    barred: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def can_take(self) -> bool:
        """Whether the children may be given to this worker at all."""
        return not self.barred

    @property
    def knows(self) -> bool:
        """Whether the worker knows one of the children, or a sibling."""
        return bool(self.former or self.siblings)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Children to be given to one worker from a day in a role, the dates that come with them, and every worker, best first."""

    cases: tuple[OpenCase, ...]
    start: date
    role: str
    fixed: tuple[FixedDate, ...]
    workers: tuple[Compared, ...]

    def of(self, worker_id: str) -> Compared | None:
        """One worker's place in it."""
        return next((one for one in self.workers if one.worker.id == worker_id), None)


def waiting_families(outlook: Outlook) -> tuple[WaitingFamily, ...]:
    """Waiting children, siblings together, in the order of `Outlook.waiting` by their most pressing child."""
    groups: dict[int, list[tuple[int, Waiting]]] = {}
    group_of: dict[tuple[str, str], int] = {}
    for place, row in enumerate(outlook.waiting):
        keys = [(field, value) for field in ("family", "household") if (value := getattr(row.case.child, field))]
        found = sorted({group_of[key] for key in keys if key in group_of})
        first = found[0] if found else place
        groups.setdefault(first, []).append((place, row))
        for other in found[1:]:
            # A child of one family and of another's household makes them one.
            groups[first] += groups.pop(other)
            group_of |= {key: first for key, group in group_of.items() if group == other}
        group_of |= dict.fromkeys(keys, first)
    return tuple(_family(outlook, [row for _, row in sorted(rows, key=lambda one: one[0])]) for _, rows in sorted(groups.items()))


def _family(outlook: Outlook, rows: Sequence[Waiting]) -> WaitingFamily:
    together = _weight(outlook, [row.case for row in rows])
    return WaitingFamily(tuple(_waiting_child(outlook, row) for row in rows), together.used)


def _waiting_child(outlook: Outlook, row: Waiting) -> WaitingChild:
    alone = _weight(outlook, [row.case])
    return WaitingChild(row, None if alone.unweighted else alone.used)


def _weight(outlook: Outlook, rows: Sequence[OpenCase]) -> Load:
    scheme = outlook.scheme(rows[0].team_id)
    return load_after(outlook.snapshot, _NOBODY, outlook.on, scheme, [row.child.id for row in rows])


def workers_in_a_year(snapshot: Snapshot, child_id: str, on: date) -> int:
    """How many workers have led the child in the 12 months to the day."""
    return len(
        {
            held.worker_id
            for held in snapshot.by(Allocation, "child_id", child_id)
            if held.role == "lead" and held.start is not None and held.start <= on
            if held.end is None or held.end > on - A_YEAR
        }
    )


def fixed_dates(outlook: Outlook, children: Iterable[Child], start: date) -> tuple[FixedDate, ...]:
    """What is planned for the children from a day on, soonest first."""
    found = [
        FixedDate(child, event)
        for child in children
        for event in outlook.snapshot.by(Event, "child_id", child.id)
        if event.status == "planned" and event.on is not None and event.on >= start
    ]
    return tuple(sorted(found, key=lambda one: (one.event.on or date.max, one.child.reference, one.event.id)))


def comparison(outlook: Outlook, child_ids: Sequence[str], start: date, role: str = "lead") -> Comparison:
    """Every worker in post of the teams looked at, compared for the open cases of these children.

    In order: those who can take them all, with least against them, who stay, who know the family, with most room after.
    """
    cases = tuple(case for child_id in child_ids if (case := outlook.case_of(child_id)) is not None)
    fixed = fixed_dates(outlook, [case.child for case in cases], start)
    by_child = [{one.worker.id: one for one in candidates(outlook, case.child.id, start, role)} for case in cases]
    away = _away_by_worker(outlook, start)
    rows = [
        _compared(outlook, [by_worker[worker.id] for by_worker in by_child], Comparison(cases, start, role, fixed, ()), away)
        for worker in outlook.workers
        if cases
    ]
    return Comparison(cases, start, role, fixed, tuple(sorted(rows, key=lambda one: _order(one, start))))


def _order(one: Compared, start: date) -> tuple[bool, int, bool, bool, int, str]:
    leaves = leaves_soon(one.worker, start)
    return not one.can_take, len(one.against), leaves, not one.knows, -one.after.left, one.worker.name


def _away_by_worker(outlook: Outlook, start: date) -> dict[str, tuple[Away, ...]]:
    found: dict[str, list[Away]] = {}
    for away in outlook.away(start, start + AHEAD):
        found.setdefault(away.worker.id, []).append(away)
    return {worker_id: tuple(sorted(rows, key=lambda row: row.first_day)) for worker_id, rows in found.items()}


def _compared(outlook: Outlook, each: Sequence[Candidate], asked: Comparison, away: dict[str, tuple[Away, ...]]) -> Compared:
    worker = each[0].worker
    now, after = each[0].now, _after(outlook, worker, asked)
    assert now is not None, worker.id
    change = next_change_of_hours(outlook.snapshot, worker, outlook.on)
    asked_for = {case.child.id for case in asked.cases}
    siblings = {child.id: child for one in each for child in one.siblings if child.id not in asked_for}
    one = Compared(
        worker=worker,
        now=now,
        after=after,
        added=_added(now, after, asked.cases),
        new_cases=each[0].new_cases,
        visits=visit_week(outlook, worker, asked.cases if asked.role == "lead" else ()),
        away=away.get(worker.id, ()),
        hours_change=change if change is not None and change.on <= asked.start + AHEAD else None,
        clashes=tuple(clash for fixed in asked.fixed if (clash := _clash(outlook, worker, fixed)) is not None),
        former=tuple(one.former for one in each if one.former is not None),
        siblings=tuple(siblings.values()),
        barred=_of_each(asked.cases, [one.barred for one in each]),
        against=_of_each(asked.cases, [[said for said in one.against if said != OVER_CAPACITY] for one in each]),
    )
    return one if one.barred else replace(one, against=(*one.against, *_more_against(outlook, one, asked)))


def _after(outlook: Outlook, worker: Worker, asked: Comparison) -> Load:
    """The load with the children held in the role: a co-worker's share is as it would be from the day looked at."""
    scheme = outlook.scheme(worker.team_id)
    child_ids = [case.child.id for case in asked.cases]
    if asked.role == "lead":
        return load_after(outlook.snapshot, worker, outlook.on, scheme, child_ids)
    held = [
        Allocation(id=f"if {child_id}", child_id=child_id, worker_id=worker.id, role=asked.role, start=outlook.on)
        for child_id in child_ids
    ]
    return load(outlook.snapshot.patched(held), worker, outlook.on, scheme)


def _added(now: Load, after: Load, cases: Sequence[OpenCase]) -> tuple[tuple[str, int], ...]:
    """What is added, in tenths, by plan; travel, siblings and shares go with the first child's plan."""
    added: dict[str, int] = {}
    for case in cases:
        for line in after.lines:
            if line.what.startswith(case.plan) and case.plan not in added:
                before = sum(other.tenths for other in now.lines if other.what.startswith(case.plan))
                added[case.plan] = sum(other.tenths for other in after.lines if other.what.startswith(case.plan)) - before
    rest = after.used - now.used - sum(added.values())
    if cases and rest:
        added[cases[0].plan] = added.get(cases[0].plan, 0) + rest
    return tuple((plan, tenths) for plan, tenths in added.items() if tenths > 0)


def _of_each(cases: Sequence[OpenCase], said: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Sentences about several children: once where they are so of all, else with the child's reference before it."""
    found: list[str] = []
    for case, sentences in zip(cases, said, strict=True):
        for sentence in sentences:
            of_all = all(sentence in other for other in said)
            found.append(sentence if of_all else f"{case.child.reference}: {sentence}")
    return tuple(dict.fromkeys(found))


def _more_against(outlook: Outlook, one: Compared, asked: Comparison) -> list[str]:
    """Over capacity or over the limit with all the children, and nobody in before the first visit is due."""
    said = []
    children = "this child" if len(asked.cases) == 1 else f"these {len(asked.cases)} children"
    limit = one.after.headcount_limit
    if asked.role == "lead" and limit is not None and one.after.is_over_headcount:
        own = one.worker.headcount_limit
        if own is None or len(one.now.child_ids) < own:
            said.append(f"{len(one.after.child_ids)} children with {children}, and the limit is {limit}.")
    if asked.role == "lead" and one.after.percent is not None and one.after.left < 0:
        said.append(f"Over capacity with {children}.")
    due = _first_visit_missed(outlook, one.worker, asked)
    if due is not None:
        said.append(f"Not in before the first visit, due {list_date(due, outlook.today)}.")
    return said


def _first_visit_missed(outlook: Outlook, worker: Worker, asked: Comparison) -> date | None:
    """The day the first visit is due, where the worker is not in on any day from the start to it; else None."""
    dues = [case.next_visit.due_on for case in asked.cases if case.next_visit is not None]
    due = min((day for day in dues if day is not None), default=None)
    if due is None or not asked.start <= due <= asked.start + LONGEST_FIRST_VISIT:
        return None
    works = outlook.worker_days(worker)
    days = (asked.start + timedelta(days=number) for number in range((due - asked.start).days + 1))
    return None if any(works.free_part(day) for day in days) else due


def _clash(outlook: Outlook, worker: Worker, fixed: FixedDate) -> Clash | None:
    """What stands in the worker's way on the day of a fixed date, if anything."""
    on = fixed.event.on
    assert on is not None
    shades = outlook.worker_days(worker).shades(on)
    if shades:
        return Clash(fixed, shades[0].word)
    others = [row.child.reference for row in outlook.held_by(worker.id) if _has_date(outlook, row, on)]
    return Clash(fixed, f"{others[0]} has a date too") if others else None


def _has_date(outlook: Outlook, row: OpenCase, on: date) -> bool:
    return any(event.status == "planned" and event.on == on for event in outlook.snapshot.by(Event, "child_id", row.child.id))
