"""Families: several children given to one worker, or to somebody until there is one, in one step, or none of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.actions.allocations import allocate
from planner.actions.ending import open_case, reference_of
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


def name_meanwhile(step: Step, child_ids: Sequence[str], holder: str, on: date) -> None:
    """Say who holds children nobody leads on a day, until somebody does: duty, the manager, a name; empty for nobody.

    Raises Refused without a child, and for one who has no open case or a worker already.
    """
    if not child_ids:
        raise Refused("Choose at least one child. Nothing was changed.")
    for child_id in child_ids:
        case = open_case(step, child_id, on)
        if step.snapshot.lead(child_id, on) is not None:
            name = reference_of(step, child_id)
            raise Refused(f"{name} has a worker by now, who holds the case. Nothing was changed.")
        step.put(replace(case, held_meanwhile=holder.strip()))
