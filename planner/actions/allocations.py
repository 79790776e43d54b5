"""Who holds a child: allocating, handing over, and ending an allocation, always with a reason."""

from dataclasses import replace
from datetime import date

from planner.actions.step import Step
from planner.core.codes import ALLOCATION_ROLES, WORKER_CHANGE_REASONS
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.holding import what_bars
from planner.core.records import Allocation, Case, Child, Worker


def allocate(
    step: Step,
    child_id: str,
    worker_id: str,
    start: date,
    *,
    role: str = "lead",
    reason: str,
    end_code: str = "",
) -> Allocation:
    """Allocate a child to a worker from a day. A former lead's allocation ends that day, under the statutory `end_code`.

    Raises Refused without a reason, without an open case, for a worker the child must not be given to, for a worker who
    holds the child in this role already, and for a change of lead without its code.
    """
    if not reason.strip():
        raise Refused("Say why this worker. The reason is kept with the allocation. Nothing was changed.")
    if role not in ALLOCATION_ROLES:
        raise Refused("Choose the role in which the worker holds the child. Nothing was changed.")
    child, worker = _child(step, child_id), _worker(step, worker_id)
    _open_on(step, child, start)
    _not_barred(step, child, worker, start)
    if any(held.worker_id == worker_id and held.role == role for held in step.snapshot.holders(child_id, start)):
        raise Refused(f"{worker.name} holds {child.reference} in this role already. Nothing was changed.")
    if role == "lead":
        _hand_over(step, child, start, end_code, reason)
    allocation = Allocation(
        id=step.new_id(),
        child_id=child_id,
        worker_id=worker_id,
        role=role,
        start=start,
        end=_next_start(step, child_id, role, start),
        reason=reason.strip(),
    )
    step.put(allocation)
    return allocation


def end_allocation(step: Step, allocation_id: str, end: date, *, end_code: str, reason: str = "") -> Allocation:
    """End an allocation; `end` is the first day the worker no longer holds the child. Raises Refused without a code.

    Whoever held the child before this lead did is not said to hold them again.
    """
    held = step.snapshot.find(Allocation, allocation_id)
    if held is None or held.end is not None:
        raise Refused("This allocation has ended already. Nothing was changed.")
    if held.start is not None and end < held.start:
        raise Refused(
            f"The allocation began on {plain_date(held.start)}. Enter an end on or after that day. Nothing was changed."
        )
    ended = replace(held, end=end, end_code=_code(end_code), end_reason=reason.strip())
    step.put(ended)
    case = step.snapshot.case(held.child_id, end)
    if held.role == "lead" and case is not None and case.held_meanwhile:
        step.put(replace(case, held_meanwhile=""))
    return ended


def _child(step: Step, child_id: str) -> Child:
    child = step.snapshot.find(Child, child_id)
    if child is None:
        raise Refused("This child is not in the workspace. Nothing was changed.")
    return child


def _worker(step: Step, worker_id: str) -> Worker:
    worker = step.snapshot.find(Worker, worker_id)
    if worker is None:
        raise Refused("Choose a worker. Nothing was changed.")
    return worker


def _open_on(step: Step, child: Child, start: date) -> Case:
    case = step.snapshot.case(child.id, start)
    if case is None:
        raise Refused(
            f"{child.reference} has no open case on {plain_date(start)}. Choose a day on which it is open. Nothing was changed."
        )
    return case


def _not_barred(step: Step, child: Child, worker: Worker, start: date) -> None:
    """What no reason can override."""
    bars = what_bars(step.snapshot, worker, child.id, start)
    if bars:
        raise Refused(f"{worker.name} cannot be given {child.reference}. {' '.join(bars)} Nothing was changed.")


def _hand_over(step: Step, child: Child, start: date, end_code: str, reason: str) -> None:
    """End the lead allocation that holds on the day, if any; the day of handover is the new holder's."""
    former = step.snapshot.lead(child.id, start)
    if former is not None:
        step.put(replace(former, end=start, end_code=_code(end_code), end_reason=reason.strip()))


def _code(end_code: str) -> str:
    if end_code not in WORKER_CHANGE_REASONS:
        raise Refused("Choose the statutory reason for the change of worker. Nothing was changed.")
    return end_code


def _next_start(step: Step, child_id: str, role: str, start: date) -> date | None:
    """The start of a later allocation in the role, so that two do not run at once."""
    later = [held.start for held in step.snapshot.by(Allocation, "child_id", child_id) if held.role == role and held.start]
    return min((day for day in later if day > start), default=None) if role == "lead" else None
