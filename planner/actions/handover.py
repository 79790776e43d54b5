"""The children of a worker who leaves or is long away given to others, in one step, or none of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.actions.allocations import allocate
from planner.actions.step import Step
from planner.core.errors import Refused
from planner.core.records import Allocation


@dataclass(frozen=True, slots=True)
class Placed:
    """A child, the worker they go to, and why."""

    child_id: str
    worker_id: str
    reason: str


def hand_over(step: Step, placed: Sequence[Placed], start: date, end_code: str) -> tuple[Allocation, ...]:
    """Allocate each child to its new lead worker from a day; the former allocations end then under the statutory `end_code`.

    Raises Refused without a child, and as `allocate` does for any one of them; then none is given.
    """
    if not placed:
        raise Refused("Choose a new worker for at least one child. Nothing was changed.")
    return tuple(allocate(step, one.child_id, one.worker_id, start, reason=one.reason, end_code=end_code) for one in placed)
