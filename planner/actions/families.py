"""Families: several children given to one worker in one step, or none of them."""

from collections.abc import Sequence
from datetime import date

from planner.actions.allocations import allocate
from planner.actions.step import Step
from planner.core.errors import Refused
from planner.core.records import Allocation


def allocate_family(
    step: Step,
    child_ids: Sequence[str],
    worker_id: str,
    start: date,
    *,
    role: str = "lead",
    reason: str,
    end_code: str = "",
) -> tuple[Allocation, ...]:
    """Allocate children to one worker from a day, all with the same reason; `end_code` is for those who had a lead before.

    Raises Refused without a child, and as `allocate` does for any one of them; then none is allocated.
    """
    if not child_ids:
        raise Refused("Choose at least one child. Nothing was changed.")
    return tuple(
        allocate(step, child_id, worker_id, start, role=role, reason=reason, end_code=end_code) for child_id in child_ids
    )
