"""A new worker for every child of someone who leaves or is long away: greedy, siblings together, each choice explained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.core.candidates import Candidate, candidate, family_of
from planner.core.date_words import plain_date
from planner.core.holding import must_have_worker
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.records import Worker
from planner.core.workload import Load, load_after


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One child with who is suggested, None where nobody takes them with nothing against it, and why.

    `options` are all other workers beside the child and those who were placed before, best first, those barred last.
    """

    case: OpenCase
    suggested: Candidate | None
    why: str
    options: tuple[Candidate, ...]

    def option(self, worker_id: str) -> Candidate | None:
        """One worker beside the child."""
        return next((one for one in self.options if one.worker.id == worker_id), None)


@dataclass(frozen=True, slots=True)
class Taker:
    """What a choice of workers comes to for one of them."""

    worker: Worker
    child_ids: tuple[str, ...]
    now: Load
    after: Load


def plan_handover(outlook: Outlook, worker: Worker, start: date, for_all: bool = False) -> tuple[HandoverLine, ...]:
    """A line for each child the worker would still lead on a day, with who takes them from then.

    Families one by one: those with a child who must have a worker first, then the larger, then the sooner due. Each goes to
    a worker with nothing against it who knows the family, else to the one least full after; a family nobody can take whole
    is parted. `for_all` suggests whoever has least against it, over capacity too, where nobody has nothing.
    """
    planning = _Planning(outlook, worker, start, for_all)
    return tuple(line for group in planning.families() for line in planning.place(group))


def takers(outlook: Outlook, chosen: Mapping[str, str]) -> tuple[Taker, ...]:
    """What children given to workers, by id, come to for each of these, fullest after first."""
    children: dict[str, list[str]] = {}
    for child_id, worker_id in chosen.items():
        children.setdefault(worker_id, []).append(child_id)
    found = [_taker(outlook, worker, children[worker.id]) for worker in outlook.workers if worker.id in children]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: -_full(one.after)))


def _taker(outlook: Outlook, worker: Worker, child_ids: Sequence[str]) -> Taker | None:
    now = outlook.load_of(worker.id)
    after = load_after(outlook.snapshot, worker, outlook.on, outlook.scheme(worker.team_id), child_ids)
    return Taker(worker, tuple(child_ids), now, after) if now is not None else None


class _Planning:
    """One making of a plan: who was given whom so far."""

    def __init__(self, outlook: Outlook, leaver: Worker, start: date, for_all: bool) -> None:
        self.outlook, self.start, self.for_all = outlook, start, for_all
        self.others = tuple(worker for worker in outlook.workers if worker.id != leaver.id)
        self.given: dict[str, list[str]] = {worker.id: [] for worker in self.others}
        held = {allocation.child_id for allocation in outlook.snapshot.held_by(leaver.id, start) if allocation.role == "lead"}
        self.cases = tuple(case for case in outlook.held_by(leaver.id) if case.child.id in held)

    def families(self) -> list[tuple[OpenCase, ...]]:
        """The children with their siblings among them, in the order in which they are placed."""
        groups: list[tuple[OpenCase, ...]] = []
        left = {case.child.id: case for case in self.cases}
        for case in self.cases:
            if case.child.id in left:
                ids = [case.child.id, *(other.id for other in family_of(self.outlook.snapshot, case.child))]
                groups.append(tuple(left.pop(one) for one in ids if one in left))
        return sorted(groups, key=self._need)

    def _need(self, group: Sequence[OpenCase]) -> tuple[bool, int, date, str]:
        must = any(must_have_worker(self.outlook.snapshot, case.child.id, self.start) for case in group)
        dues = [case.next_visit.due_on for case in group if case.next_visit is not None and case.next_visit.due_on]
        return not must, -len(group), min(dues, default=date.max), group[0].child.reference

    def place(self, group: Sequence[OpenCase]) -> list[HandoverLine]:
        """The whole family with one worker where one can take it, else child by child."""
        ids = [case.child.id for case in group]
        rows = [self._options(case, ids[:number]) for number, case in enumerate(group)]
        by_worker = {worker.id: tuple(one for row in rows for one in row if one.worker.id == worker.id) for worker in self.others}
        free = [each for each in by_worker.values() if all(self._will_do(one) for one in each)]
        if not free:
            return [self._place_one(case) for case in group]
        whole = min(free, key=lambda each: _order_of_all(each, ids))
        self.given[whole[0].worker.id] += ids
        return [HandoverLine(case, one, because(one), row) for case, one, row in zip(group, whole, rows, strict=True)]

    def _will_do(self, one: Candidate) -> bool:
        return not one.barred and (self.for_all or not one.against)

    def _place_one(self, case: OpenCase) -> HandoverLine:
        options = self._options(case)
        best = options[0] if options and self._will_do(options[0]) else None
        if best is not None:
            self.given[best.worker.id].append(case.child.id)
        return HandoverLine(case, best, because(best) if best is not None else _why_nobody(options), options)

    def _options(self, case: OpenCase, earlier: Sequence[str] = ()) -> tuple[Candidate, ...]:
        """Every other worker beside a child, with those given so far and the earlier siblings."""
        found = [
            candidate(self.outlook, worker, case.child.id, self.start, beside=[*self.given[worker.id], *earlier])
            for worker in self.others
        ]
        return tuple(sorted(found, key=lambda one: (*_order(one), one.worker.name)))


def _order(one: Candidate) -> tuple[bool, int, bool, float]:
    return bool(one.barred), len(one.against), not one.knows, _full(one.after)


def _order_of_all(each: Sequence[Candidate], group: Sequence[str]) -> tuple[int, bool, float, str]:
    """The order of workers for a whole family."""
    against = max(len(one.against) for one in each)
    return against, not any(_knew(one, group) for one in each), _full(each[-1].after), each[0].worker.name


def _knew(one: Candidate, group: Sequence[str]) -> bool:
    """Whether the worker knows the child, or a sibling other than those who come with them."""
    return one.former is not None or any(sibling.id not in group for sibling in one.siblings)


def _full(load: Load | None) -> float:
    return float("inf") if load is None or load.percent is None else load.percent


def because(one: Candidate) -> str:
    """Why a worker, in sentences that may be kept with the allocation."""
    said = []
    if one.siblings:
        said.append(f"Has {', '.join(child.reference for child in one.siblings)} of the same family.")
    if one.former is not None and one.former.end is not None:
        said.append(f"Held this child until {plain_date(one.former.end)}.")
    if one.after is not None and one.after.percent is not None:
        said.append(f"{_amount(one.after.used)} of {_amount(one.after.available)} after, {one.after.state}.")
    if one.against:
        said.append(f"Against it: {' '.join(one.against)}")
    return " ".join(said)


def _why_nobody(options: Sequence[Candidate]) -> str:
    """That nobody can, and what stands against the one it is nearest for."""
    if not options:
        return "There is no other worker in the teams looked at."
    nearest = options[0]
    against = " ".join((*nearest.barred, *nearest.against))
    return f"Nobody with nothing against it. Nearest {nearest.worker.name}: {against}"


def _amount(tenths: int) -> str:
    return f"{tenths / 10:g}"
