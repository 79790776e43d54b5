"""Who could take a child: each worker's load now and after, what they know of the family, and what stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.date_words import plain_date
from planner.core.holding import what_bars, what_forbids
from planner.core.outlook import Outlook
from planner.core.records import Absence, Allocation, Child, Worker
from planner.core.snapshot import Snapshot, is_away
from planner.core.workload import Load, load_after

LEAVES_SOON = timedelta(days=42)
"""A worker who leaves within this time of the start is not room: it is said against the choice."""
NEW_CASES_OVER = timedelta(days=7)
OVER_CAPACITY = "Over capacity with this child."


@dataclass(frozen=True, slots=True)
class Candidate:
    """One worker beside one child. `barred` are reasons no choice can override, `against` those a manager may weigh.

    `former` is the worker's latest allocation of the child that has ended; `siblings` are children of the family they lead.
    """

    worker: Worker
    now: Load | None
    after: Load | None
    new_cases: int
    former: Allocation | None
    siblings: tuple[Child, ...]
    barred: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def can_take(self) -> bool:
        """Whether the child may be given to this worker at all."""
        return not self.barred

    @property
    def knows(self) -> bool:
        """Whether the worker knows the child, or a child of the family."""
        return self.former is not None or bool(self.siblings)


def candidates(outlook: Outlook, child_id: str, start: date, role: str = "lead") -> tuple[Candidate, ...]:
    """Every worker in post of the teams looked at, as someone to hold the child from a day in a role.

    In order: those who can take the child, with least against them, who stay, who know the family, with most room after.
    """
    found = [candidate(outlook, worker, child_id, start, role) for worker in outlook.workers]
    return tuple(sorted(found, key=lambda one: _order(one, start)))


def family_of(snapshot: Snapshot, child: Child) -> tuple[Child, ...]:
    """The other children of the child's family or household, by reference."""
    found: dict[str, Child] = {}
    for field in ("family", "household"):
        if value := getattr(child, field):
            found |= {other.id: other for other in snapshot.by(Child, field, value) if other.id != child.id}
    return tuple(sorted(found.values(), key=lambda other: other.reference))


def household_of(snapshot: Snapshot, child: Child) -> tuple[Child, ...]:
    """The child and the other children who live in the same household: one trip sees them all."""
    if not child.household:
        return (child,)
    others = [other for other in snapshot.by(Child, "household", child.household) if other.id != child.id]
    return (child, *sorted(others, key=lambda other: other.reference))


def candidate(
    outlook: Outlook, worker: Worker, child_id: str, start: date, role: str = "lead", beside: Sequence[str] = ()
) -> Candidate:
    """One worker beside one child. `beside` are children who are to come to the worker on the same day, before this one."""
    snapshot = outlook.snapshot
    now, after = outlook.load_of(worker.id), outlook.load_of(worker.id)
    if role == "lead":
        after = load_after(snapshot, worker, outlook.on, outlook.scheme(worker.team_id), [*beside, child_id])
    barred = tuple(_bars(snapshot, worker, child_id, start, role))
    doubts = [] if barred else _doubts(outlook, worker, child_id, start, role, after)
    return Candidate(
        worker=worker,
        now=now,
        after=after,
        new_cases=_new_cases(snapshot, worker, outlook.on),
        former=_former(snapshot, worker, child_id, start),
        siblings=_siblings_held(snapshot, worker, child_id, start, beside),
        barred=barred,
        against=() if barred else (*doubts, *_too_many(snapshot, worker, start, after, beside)),
    )


def _order(one: Candidate, start: date) -> tuple[bool, int, bool, bool, int, str]:
    room = one.after.left if one.after else 0
    return not one.can_take, len(one.against), leaves_soon(one.worker, start), not one.knows, -room, one.worker.name


def _new_cases(snapshot: Snapshot, worker: Worker, on: date) -> int:
    starts = [held.start for held in snapshot.by(Allocation, "worker_id", worker.id) if held.role == "lead" and held.start]
    return sum(on - NEW_CASES_OVER < started <= on for started in starts)


def _former(snapshot: Snapshot, worker: Worker, child_id: str, start: date) -> Allocation | None:
    ended = [held for held in snapshot.by(Allocation, "child_id", child_id) if held.worker_id == worker.id and held.end]
    return max((held for held in ended if held.end and held.end <= start), key=lambda held: held.end or date.min, default=None)


def _siblings_held(snapshot: Snapshot, worker: Worker, child_id: str, start: date, beside: Sequence[str]) -> tuple[Child, ...]:
    child = snapshot.find(Child, child_id)
    if child is None:
        return ()
    held = {allocation.child_id for allocation in snapshot.held_by(worker.id, start) if allocation.role == "lead"}
    return tuple(other for other in family_of(snapshot, child) if other.id in held or other.id in beside)


def _bars(snapshot: Snapshot, worker: Worker, child_id: str, start: date, role: str) -> list[str]:
    found = []
    if any(held.worker_id == worker.id and held.role == role for held in snapshot.holders(child_id, start)):
        found.append("Holds this child in this role already.")
    return found + what_bars(snapshot, worker, child_id, start)


def _doubts(outlook: Outlook, worker: Worker, child_id: str, start: date, role: str, after: Load | None) -> list[str]:
    """What policy and limits forbid, and then what else a manager would weigh."""
    rules = outlook.policy(worker.team_id).holding
    found = what_forbids(outlook.snapshot, rules, worker, child_id, start, role)
    found += _days_against(outlook.snapshot, worker, start)
    if role == "lead" and after is not None and after.is_over_headcount and worker.headcount_limit is None:
        found.append(
            f"{worker.name} would hold {len(after.child_ids)} children, and the scheme’s limit is {after.headcount_limit}."
        )
    if after is not None and after.percent is None:
        found.append("No capacity.")
    elif after is not None and after.left < 0 and role == "lead":
        found.append(OVER_CAPACITY)
    return found


def _too_many(snapshot: Snapshot, worker: Worker, start: date, after: Load | None, beside: Sequence[str]) -> list[str]:
    """The worker's own limits, which the children who come beside this one may reach; without them policy has said it."""
    found = []
    limit, children = worker.headcount_limit, len(after.child_ids) if after is not None else 0
    if beside and limit is not None and children > limit:
        found.append(f"{worker.name} would hold {children} children, and the limit is {limit}.")
    new = _new_cases(snapshot, worker, start) + len(beside) + 1
    if beside and worker.new_cases_a_week is not None and new > worker.new_cases_a_week:
        found.append(f"{worker.name} would take {new} new children in 7 days, and the limit is {worker.new_cases_a_week}.")
    return found


def leaves_soon(worker: Worker, on: date) -> bool:
    """Whether a worker who is here on the day leaves so soon after it that what they have left is no room."""
    return worker.assignment_end is not None and on < worker.assignment_end <= on + LEAVES_SOON


def _days_against(snapshot: Snapshot, worker: Worker, start: date) -> list[str]:
    found = []
    for absence in snapshot.by(Absence, "worker_id", worker.id):
        if is_away(absence, start):
            until = f"until {plain_date(absence.last_day)}" if absence.last_day else "with no day of return"
            found.append(f"Away {until}.")
    if worker.assignment_end is not None and leaves_soon(worker, start):
        found.append(f"Leaves on {plain_date(worker.assignment_end - timedelta(days=1))}.")
    return found
