"""The children of a worker who leaves or is long away given to others with their planned visits, in one step, or none of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.actions.allocations import allocate
from planner.actions.step import Step
from planner.actions.visits import move_visit
from planner.core.errors import Refused
from planner.core.records import Allocation, Sighting, Visit
from planner.core.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Placed:
    """A child, the worker they go to, and why."""

    child_id: str
    worker_id: str
    reason: str


def hand_over(step: Step, placed: Sequence[Placed], start: date, end_code: str) -> tuple[Allocation, ...]:
    """Allocate each child to its new lead worker from a day; the former allocations end then under the statutory `end_code`.

    Visits planned from that day go along, to be confirmed. Raises Refused without a child, and as `allocate` does for any
    one of them; then none is given.
    """
    if not placed:
        raise Refused("Choose a new worker for at least one child. Nothing was changed.")
    workers = {one.child_id: one.worker_id for one in placed}
    going = visits_going_along(step.snapshot, workers, max(start, step.today))
    given = tuple(allocate(step, one.child_id, one.worker_id, start, reason=one.reason, end_code=end_code) for one in placed)
    for visit, worker_id in going:
        assert visit.on is not None
        move_visit(step, visit.id, visit.on, worker_id, visit.at)
    return given


def visits_going_along(snapshot: Snapshot, workers: Mapping[str, str], start: date) -> tuple[tuple[Visit, str], ...]:
    """Visits planned from a day by the lead worker of children who go to others, by child, with who makes them then.

    A trip to several children goes along where they all go to one worker; else it stays as it is planned.
    """
    found: dict[str, tuple[Visit, str]] = {}
    for child_id, worker_id in workers.items():
        lead = snapshot.lead(child_id, start)
        for visit, _ in snapshot.visits_of(child_id):
            is_ahead = visit.status == "planned" and visit.on is not None and visit.on >= start
            if lead is None or not is_ahead or visit.worker_id != lead.worker_id:
                continue
            children = [sighting.child_id for sighting in snapshot.by(Sighting, "visit_id", visit.id)]
            if all(workers.get(child) == worker_id for child in children):
                found[visit.id] = (visit, worker_id)
    return tuple(found.values())
