"""How full a worker is: points under a scheme, capacity, percentage and band."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from planner.core.codes import PLANS
from planner.core.flow_records import LocalScheme
from planner.core.records import Allocation, Child, Event, ExtraWork, Locality, PolicyInForce, Reduction, Worker
from planner.core.snapshot import Snapshot, holds
from planner.core.workload_scheme import Band, Scheme, scheme_from_toml

__all__ = [
    "Band",
    "HoursChange",
    "Load",
    "LoadLine",
    "Scheme",
    "band",
    "headcount_limit",
    "hours",
    "line_rank",
    "load",
    "load_after",
    "next_change_of_hours",
    "own_scheme",
    "own_schemes",
    "pooled",
    "scheme_by_id",
    "scheme_from_toml",
    "scheme_of",
    "visits_a_week",
]

NO_CAPACITY = "no capacity"
SEVERAL_SCHEMES = "several schemes"
DEFAULT_SCHEME = "neutral"
IN_PROCEEDINGS = "_in_proceedings"
LINE_ORDER = ("stable", "extra", "assessment", "cin", "cp", "lac", "care_leaver", "private_fostering", "sibling", "travel")
"""The lines of every sum stand in the order of the parts of its bar (design.md 4); what is shared with others comes last."""


@dataclass(frozen=True, slots=True)
class LoadLine:
    """One line of the sum: `count` things at `each` tenths make `tenths`; `what` is a plan's code, `stable`, `extra`, …"""

    what: str
    label: str
    count: int
    each: int
    tenths: int
    child_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """A worker's load on a day, in tenths of the scheme's unit. `percent` is None when nothing is available.

    `state` is `no capacity`, or the name of the band: `has room`, `nearly full`, `over`. `used` is the sum of the lines.
    `child_ids`, `families` and `by_plan` are of the children the worker leads; co-worked ones stand in the lines alone.
    `unweighted` are children whose plan has no weight: counted and named, and no part of `used`.
    `hours` are what the worker works on the day, in tenths of an hour a week.
    """

    worker: Worker
    lines: tuple[LoadLine, ...]
    used: int
    available: int
    percent: float | None
    state: str
    child_ids: tuple[str, ...]
    families: int
    by_plan: dict[str, int]
    unweighted: tuple[str, ...]
    scheme: Scheme | None = None
    hours: int = 0
    headcount_limit: int | None = None

    @property
    def left(self) -> int:
        """What is available and not used, in tenths; negative when over."""
        return self.available - self.used

    @property
    def is_over_headcount(self) -> bool:
        """Whether the worker leads more children than the limit that stands beside the points."""
        return self.headcount_limit is not None and len(self.child_ids) > self.headcount_limit


@dataclass(frozen=True, slots=True)
class HoursChange:
    """The day on which a worker's weekly hours become others, in tenths of an hour."""

    on: date
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class _Held:
    """Who a worker leads, and what share (hundredths) they do of others' cases and others do of theirs."""

    leads: tuple[str, ...]
    for_others: Mapping[str, int]
    by_others: Mapping[str, int]


def band(percent: float | None, scheme: Scheme) -> str:
    """The name of the band a percentage lies in; each edge lies in exactly one. None, nothing available: no capacity."""
    if percent is None:
        return NO_CAPACITY
    for step in scheme.bands:
        if step.holds(percent):
            return step.name
    return scheme.bands[-1].name


def hours(snapshot: Snapshot, worker: Worker, on: date) -> int:
    """Contracted hours less the reductions in force, in tenths a week; nothing before or after the assignment."""
    if (worker.assignment_start and on < worker.assignment_start) or (worker.assignment_end and worker.assignment_end <= on):
        return 0
    fewer = sum(cut.hours for cut in snapshot.by(Reduction, "worker_id", worker.id) if holds(cut, on))
    return max(0, sum(worker.pattern) - fewer)


def next_change_of_hours(snapshot: Snapshot, worker: Worker, on: date) -> HoursChange | None:
    """The first day after `on` on which the worker's hours differ from those of the day before, or None."""
    days = {worker.assignment_start, worker.assignment_end}
    for cut in snapshot.by(Reduction, "worker_id", worker.id):
        days |= {cut.start, cut.end}
    now = hours(snapshot, worker, on)
    for day in sorted(day for day in days if day is not None and day > on):
        later = hours(snapshot, worker, day)
        if later != now:
            return HoursChange(day, now, later)
    return None


def stage(worker: Worker, on: date) -> str:
    """The worker's stage of career on the day; a stage that has ended makes them experienced."""
    return "experienced" if worker.stage_ends_on is not None and worker.stage_ends_on <= on else worker.stage


def headcount_limit(worker: Worker, on: date, scheme: Scheme) -> int | None:
    """How many children a worker may lead: their own limit, else the scheme's for their stage or role, else None."""
    if worker.headcount_limit is not None:
        return worker.headcount_limit
    return scheme.headcounts.get(stage(worker, on), scheme.headcounts.get(worker.role))


def visits_a_week(worker: Worker, on: date, scheme: Scheme) -> int | None:
    """What the scheme says a full week holds of statutory visits for the worker's stage or role on the day; None: not said."""
    return scheme.visits_a_week(stage(worker, on), worker.role)


def scheme_of(snapshot: Snapshot, schemes: Mapping[str, Scheme], team_id: str, on: date) -> Scheme:
    """The scheme a team works under on the day: its own, else the whole workspace's, else the neutral one.

    `schemes` are those shipped. Raises PlannerError where one the workspace itself keeps cannot be read.
    """
    for owner in dict.fromkeys((team_id, "")):
        for chosen in reversed(snapshot.by(PolicyInForce, "team_id", owner)):
            found = scheme_by_id(snapshot, schemes, chosen.policy) if chosen.kind == "workload" and holds(chosen, on) else None
            if found is not None:
                return found
    return schemes[DEFAULT_SCHEME]


def scheme_by_id(snapshot: Snapshot, schemes: Mapping[str, Scheme], scheme_id: str) -> Scheme | None:
    """A shipped scheme, or one the workspace keeps; None for one that is not here. Raises PlannerError as `own_schemes`."""
    own = None if scheme_id in schemes else snapshot.find(LocalScheme, scheme_id)
    return own_scheme(own) if own is not None else schemes.get(scheme_id)


def own_schemes(snapshot: Snapshot) -> dict[str, Scheme]:
    """The schemes the workspace keeps, by id, every version. Raises PlannerError naming the one that cannot be read."""
    return {row: own_scheme(record) for row, record in snapshot.all(LocalScheme).items()}


@lru_cache(maxsize=256)
def own_scheme(record: LocalScheme) -> Scheme:
    """A scheme the workspace keeps, its version in its title from the second on. Raises PlannerError where it cannot be read."""
    title = f"{record.title}, version {record.version}" if record.version > 1 else record.title
    return replace(scheme_from_toml(record.toml, record.title), id=record.id, title=title)


def load(snapshot: Snapshot, worker: Worker, on: date, scheme: Scheme) -> Load:
    """The worker's load on the day, with its sum line by line (policies.md, workload arithmetic)."""
    return _load(snapshot, worker, on, scheme, _held(snapshot, worker, on, scheme))


def load_after(snapshot: Snapshot, worker: Worker, on: date, scheme: Scheme, child_ids: Iterable[str]) -> Load:
    """The load as it would be with these children led too; a child already led leaves the figure as it was."""
    held = _held(snapshot, worker, on, scheme)
    leads = tuple(dict.fromkeys((*held.leads, *child_ids)))
    for_others = {child_id: share for child_id, share in held.for_others.items() if child_id not in leads}
    return _load(snapshot, worker, on, scheme, _Held(leads, for_others, held.by_others))


def pooled(loads: Sequence[Load]) -> tuple[int, int, float | None, str]:
    """Used, available (tenths), percentage and band of several workers together: of the sums, not the mean.

    Under schemes of different units the sums mean nothing, and the state says so.
    """
    used, available = sum(one.used for one in loads), sum(one.available for one in loads)
    schemes = [one.scheme for one in loads if one.scheme is not None]
    if len({scheme.unit for scheme in schemes}) > 1:
        return used, available, None, SEVERAL_SCHEMES
    if available <= 0 or not schemes:
        return used, available, None, NO_CAPACITY
    percent = 100 * used / available
    return used, available, percent, band(percent, schemes[0])


def _held(snapshot: Snapshot, worker: Worker, on: date, scheme: Scheme) -> _Held:
    mine = [held for held in snapshot.held_by(worker.id, on) if snapshot.case(held.child_id, on) is not None]
    leads = tuple(dict.fromkeys(held.child_id for held in mine if held.role == "lead"))
    for_others = {held.child_id: _share(held, scheme) for held in mine if held.role != "lead" and held.child_id not in leads}
    by_others: dict[str, int] = {}
    for child_id in leads:
        others = [held for held in snapshot.holders(child_id, on) if held.role != "lead" and held.worker_id != worker.id]
        share = min(100, sum(_share(held, scheme) for held in others))
        if share:
            by_others[child_id] = share
    return _Held(leads, for_others, by_others)


def _share(held: Allocation, scheme: Scheme) -> int:
    return scheme.co_work_share if held.share is None else held.share


def _load(snapshot: Snapshot, worker: Worker, on: date, scheme: Scheme, held: _Held) -> Load:
    works = hours(snapshot, worker, on)
    case_lines, unweighted, weights = _case_lines(snapshot, on, scheme, held.leads)
    lines = [*case_lines, *_own_lines(snapshot, worker, on, scheme, works)]
    lines += _shared_lines(snapshot, on, scheme, held, weights)
    lines.sort(key=lambda line: line_rank(line.what))
    used = sum(line.tenths for line in lines)
    available = scheme.whole(scheme.target(stage(worker, on), worker.role) * works, scheme.standard_hours)
    percent = 100 * used / available if available > 0 else None
    by_plan: dict[str, int] = defaultdict(int)
    for child_id in held.leads:
        by_plan[snapshot.plan(child_id, on)] += 1
    return Load(
        worker=worker,
        lines=tuple(lines),
        used=used,
        available=available,
        percent=percent,
        state=band(percent, scheme),
        child_ids=held.leads,
        families=len({_family(snapshot, child_id) for child_id in held.leads}),
        by_plan=dict(by_plan),
        unweighted=tuple(unweighted),
        scheme=scheme,
        hours=works,
        headcount_limit=headcount_limit(worker, on, scheme),
    )


def line_rank(what: str) -> tuple[int, bool]:
    """Where a line of a sum stands among the others; a plan in proceedings comes after the plan."""
    plan = what.removesuffix(IN_PROCEEDINGS)
    return LINE_ORDER.index(plan) if plan in LINE_ORDER else len(LINE_ORDER), plan != what


def _family(snapshot: Snapshot, child_id: str) -> str:
    child = snapshot.find(Child, child_id)
    return (child.family or child.household or child_id) if child else child_id


def _kind_of_case(snapshot: Snapshot, child_id: str, on: date, scheme: Scheme) -> str:
    """The key of the child's weight: the highest plan, or that plan in proceedings where the scheme weighs it apart."""
    plan = snapshot.plan(child_id, on)
    in_court = f"{plan}{IN_PROCEEDINGS}"
    return in_court if in_court in scheme.weights and _is_in_proceedings(snapshot, child_id, on) else plan


def _is_in_proceedings(snapshot: Snapshot, child_id: str, on: date) -> bool:
    court = ""
    for event in snapshot.by(Event, "child_id", child_id):
        past = event.status == "held" and event.on is not None and event.on <= on
        if past and event.event in ("care_application_issued", "care_proceedings_ended"):
            court = event.event
    return court == "care_application_issued"


def _label(kind: str) -> str:
    plan = kind.removesuffix(IN_PROCEEDINGS)
    words = PLANS.get(plan, plan)
    return f"{words}, in proceedings" if plan != kind else words


def _case_lines(
    snapshot: Snapshot, on: date, scheme: Scheme, child_ids: tuple[str, ...]
) -> tuple[list[LoadLine], list[str], dict[str, int]]:
    """Lines for the children led, those with no weight, and what each child weighs in tenths.

    Where further siblings are counted apart, the heaviest of a household weighs in full and each other adds its tenths.
    """
    kinds = {child_id: _kind_of_case(snapshot, child_id, on, scheme) for child_id in child_ids}
    unweighted = [child_id for child_id in child_ids if kinds[child_id] not in scheme.weights]
    weighed = sorted(
        (child for child in child_ids if kinds[child] in scheme.weights), key=lambda child: -scheme.weights[kinds[child]]
    )
    rows: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    weights: dict[str, int] = defaultdict(int)
    households: set[str] = set()
    for child_id in weighed:
        child = snapshot.find(Child, child_id)
        household = child.household if child else ""
        is_further = bool(household) and household in households
        households.add(household)
        kind = kinds[child_id]
        parts = [(kind, _label(kind), scheme.weights[kind])] if not (is_further and scheme.siblings_instead) else []
        if is_further and scheme.sibling is not None:
            parts.append(("sibling", "Further sibling at the same address", scheme.sibling))
        if not is_further and scheme.travel and _travel_minutes(snapshot, child) > scheme.travel_over_minutes:
            parts.append(("travel", f"Travel over {scheme.travel_over_minutes} minutes", scheme.travel))
        for part in parts:
            rows[part].append(child_id)
            weights[child_id] += part[2]
    lines = [LoadLine(what, label, len(ids), each, each * len(ids), tuple(ids)) for (what, label, each), ids in rows.items()]
    return lines, unweighted, weights


def _travel_minutes(snapshot: Snapshot, child: Child | None) -> int:
    if child is None or not child.locality:
        return 0
    return max((place.travel_minutes or 0 for place in snapshot.by(Locality, "name", child.locality)), default=0)


def _own_lines(snapshot: Snapshot, worker: Worker, on: date, scheme: Scheme, works: int) -> list[LoadLine]:
    """The stable element, pro rata to hours, and responsibilities beyond cases."""
    lines = []
    stable = scheme.whole(scheme.stable * works, scheme.standard_hours)
    if stable:
        lines.append(LoadLine("stable", "Stable element", 1, stable, stable))
    if scheme.counts_extra_work:
        extras = [extra for extra in snapshot.by(ExtraWork, "worker_id", worker.id) if holds(extra, on)]
        lines += [LoadLine("extra", extra.title, 1, extra.points, extra.points) for extra in extras]
    return lines


def _shared_lines(snapshot: Snapshot, on: date, scheme: Scheme, held: _Held, weights: Mapping[str, int]) -> list[LoadLine]:
    """What others do on this worker's cases, taken off, and what this worker does on others', added."""
    lines = []
    taken = {child_id: -(weights[child_id] * share // 100) for child_id, share in held.by_others.items() if child_id in weights}
    if any(taken.values()):
        lines.append(LoadLine("done by others", "Done by co-workers", len(taken), 0, sum(taken.values()), tuple(taken)))
    _, _, theirs = _case_lines(snapshot, on, scheme, tuple(held.for_others))
    given = {child_id: theirs[child_id] * share // 100 for child_id, share in held.for_others.items() if child_id in theirs}
    if given:
        lines.append(LoadLine("done for others", "Co-worked for others", len(given), 0, sum(given.values()), tuple(given)))
    return lines
