"""Moving a child's work at an agreed point: planned, changed, accepted, returned with a reason, or withdrawn."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.actions.allocations import allocate
from planner.actions.checklists import carry_ticks
from planner.actions.ending import end_case, hand_visits, open_case, reference_of, release_visits, withdraw_moves
from planner.actions.step import Step
from planner.core.checklists import checklist_for
from planner.core.errors import Refused
from planner.core.flow_records import TransferPoint
from planner.core.holding import must_have_worker
from planner.core.records import Allocation, Team, Transfer, Worker
from planner.core.transfers import END_OF_CONTRACT, HAPPENINGS, PLANNED, RETURNED, destination

KEPT = "Nothing was changed."
CHANGE = "TSPROC"
"""The statutory reason for a change of worker in a transfer: part of the council's process."""


def plan_transfers(
    step: Step,
    child_ids: Sequence[str],
    point: str,
    planned_on: date,
    *,
    to_team_id: str = "",
    to_outside: str = "",
    to_worker_id: str = "",
) -> tuple[Transfer, ...]:
    """Plan the move of children at a point, with the checklist in force: to a team here, or to `to_outside`.

    What was ticked on a transfer that came back is ticked again. Raises Refused without a child, a point or somewhere to
    go, for the team that has the child, and for a child with a transfer planned at this point already.
    """
    if not child_ids:
        raise Refused(f"Choose at least one child. {KEPT}")
    if not point.strip():
        raise Refused(f"Choose the point at which the work moves. {KEPT}")
    _check_destination(step, to_team_id, to_outside, to_worker_id)
    return tuple(
        _planned(step, child_id, " ".join(point.split()), planned_on, to_team_id, to_outside.strip(), to_worker_id)
        for child_id in child_ids
    )


def change_transfer(
    step: Step, transfer_id: str, planned_on: date, *, to_team_id: str = "", to_outside: str = "", to_worker_id: str = ""
) -> Transfer:
    """Change the day or the destination of a planned transfer. Raises Refused as `plan_transfers`, and for one decided."""
    transfer = _waiting(step, transfer_id)
    _check_destination(step, to_team_id, to_outside, to_worker_id)
    if to_team_id and to_team_id == transfer.from_team_id:
        raise Refused(f"This team has the child already. Choose another. {KEPT}")
    changed = replace(
        transfer, planned_on=planned_on, to_team_id=to_team_id, to_outside=to_outside.strip(), to_worker_id=to_worker_id
    )
    step.put(changed)
    return changed


def accept_transfers(
    step: Step, transfer_ids: Sequence[str], on: date, *, to_worker_id: str = "", end_code: str = CHANGE
) -> tuple[Transfer, ...]:
    """Accept transfers: `on` is the first day with whoever receives. To a team here the case moves, to outside it ends.

    The lead's allocation ends under the statutory `end_code`, and the receiving worker's begins; the visits planned go
    along, or are cancelled where nobody takes the child yet. Raises Refused for a day to come, one decided already, a
    child who must always have a worker and gets none, and a worker who may not hold the child.
    """
    if not transfer_ids:
        raise Refused(f"Choose at least one transfer. {KEPT}")
    if on > step.today:
        raise Refused(f"Enter the day it was accepted, on or before today. Change the planned day for one to come. {KEPT}")
    waiting = [_waiting(step, transfer_id) for transfer_id in transfer_ids]
    together = [one.child_id for one in waiting]
    return tuple(_accepted(step, one, together, on, to_worker_id or one.to_worker_id, end_code) for one in waiting)


def return_transfer(step: Step, transfer_id: str, reason: str, on: date) -> Transfer:
    """Return a transfer to the sending team, with the reason. Raises Refused without one, or for a day to come."""
    if not reason.strip():
        raise Refused(f"Say why it is returned, so that the sending team can mend it. {KEPT}")
    if on > step.today:
        raise Refused(f"Enter the day it was returned, on or before today. {KEPT}")
    returned = replace(_waiting(step, transfer_id), status=RETURNED, decided_on=on, reason=" ".join(reason.split()))
    step.put(returned)
    return returned


def withdraw_transfer(step: Step, transfer_id: str, reason: str = "") -> Transfer:
    """Take a planned or returned transfer back: the child does not move at this point. Raises Refused for one decided."""
    transfer = step.snapshot.find(Transfer, transfer_id)
    if transfer is None or transfer.status not in (PLANNED, RETURNED):
        raise Refused(f"This transfer is decided already. {KEPT}")
    withdrawn = replace(transfer, status="withdrawn", decided_on=step.today, reason=" ".join(reason.split()))
    step.put(withdrawn)
    return withdrawn


def agree_point(
    step: Step,
    name: str,
    happening: str,
    start: date,
    *,
    from_function: str = "",
    to_function: str = "",
    to_outside: str = "",
    within: int = 5,
) -> TransferPoint:
    """Agree a point, or how an agreed one is from a day on. Raises Refused without a name, or for what it cannot wait for."""
    named = " ".join(name.split())
    if not named or named.casefold() == END_OF_CONTRACT:
        raise Refused(f"Give the point a name of its own, such as first core group. {KEPT}")
    if happening not in HAPPENINGS:
        raise Refused(f"Choose what the point waits for. {KEPT}")
    if within < 0:
        raise Refused(f"Enter the working days in which the work moves, 0 or more. {KEPT}")
    end_point(step, named, start)
    point = TransferPoint(
        id=step.new_id(),
        name=named,
        happening=happening,
        from_function=from_function,
        to_function=to_function,
        to_outside=to_outside.strip(),
        within=within,
        start=start,
    )
    step.put(point)
    return point


def end_point(step: Step, name: str, end: date) -> None:
    """Let an agreed point hold no longer from a day on; transfers planned at it stay planned."""
    for former in step.snapshot.by(TransferPoint, "name", name):
        if former.start is not None and former.start >= end:
            step.remove(former)
        elif former.end is None or former.end > end:
            step.put(replace(former, end=end))


# One child


def _planned(
    step: Step, child_id: str, point: str, planned_on: date, to_team_id: str, to_outside: str, to_worker_id: str
) -> Transfer:
    case = open_case(step, child_id, step.today)
    known = [one for one in step.snapshot.by(Transfer, "child_id", child_id) if one.point == point]
    if any(one.status == PLANNED for one in known):
        raise Refused(f"{reference_of(step, child_id)} has a transfer planned at this point. Change that one. {KEPT}")
    lead = step.snapshot.lead(child_id, step.today)
    from_team_id = step.snapshot.team_of(case, step.today)
    if to_team_id and to_team_id == from_team_id:
        raise Refused(f"{reference_of(step, child_id)} is with this team already. Choose another. {KEPT}")
    transfer = Transfer(
        id=step.new_id(),
        child_id=child_id,
        point=point,
        planned_on=planned_on,
        from_team_id=from_team_id,
        to_team_id=to_team_id,
        to_outside=to_outside,
        from_worker_id=lead.worker_id if lead is not None else "",
        to_worker_id=to_worker_id,
        checklist=checklist_for(step.snapshot, point, planned_on),
    )
    step.put(transfer)
    returned = [one for one in known if one.status == RETURNED]
    if returned:
        carry_ticks(step, returned[-1], transfer)
    return transfer


def _accepted(step: Step, transfer: Transfer, together: list[str], on: date, to_worker_id: str, end_code: str) -> Transfer:
    open_case(step, transfer.child_id, on)
    lead = step.snapshot.lead(transfer.child_id, on)
    accepted = replace(transfer, status="accepted", decided_on=on, to_worker_id=to_worker_id if transfer.to_team_id else "")
    step.put(accepted)
    why = f"Transferred at {transfer.point}"
    if not transfer.to_team_id:
        outcome = "handed back" if transfer.point == END_OF_CONTRACT else "transferred"
        end_case(
            step, transfer.child_id, on, outcome, together=together, end_code=end_code, why=f"{why} to {transfer.to_outside}"
        )
    elif to_worker_id:
        if lead is None or lead.worker_id != to_worker_id:
            allocate(step, transfer.child_id, to_worker_id, on, reason=why, end_code=end_code)
        if lead is not None:
            hand_visits(step, together, lead.worker_id, to_worker_id, on, why)
    else:
        _left_waiting(step, transfer, together, lead, on, end_code, why)
    withdraw_moves(step, transfer.child_id, on, why, but=transfer.id)
    return accepted


def _left_waiting(
    step: Step, transfer: Transfer, together: list[str], lead: Allocation | None, on: date, end_code: str, why: str
) -> None:
    """The child waits with the receiving team until it says who takes it; a child who must have a worker cannot."""
    if must_have_worker(step.snapshot, transfer.child_id, on):
        raise Refused(
            f"{reference_of(step, transfer.child_id)} is on a child protection plan or looked after, and must always have a "
            f"worker. Say who takes the child. {KEPT}"
        )
    if lead is not None:
        step.put(replace(lead, end=on, end_code=end_code, end_reason=why))
    case = open_case(step, transfer.child_id, on)
    step.put(replace(case, held_meanwhile=destination(step.snapshot, transfer)))
    release_visits(step, transfer.child_id, on, why, together)


def _waiting(step: Step, transfer_id: str) -> Transfer:
    transfer = step.snapshot.find(Transfer, transfer_id)
    if transfer is None or transfer.status != PLANNED:
        raise Refused(f"This transfer is no longer planned: it was accepted, returned or withdrawn. {KEPT}")
    return transfer


def _check_destination(step: Step, to_team_id: str, to_outside: str, to_worker_id: str) -> None:
    if bool(to_team_id) == bool(to_outside.strip()):
        raise Refused(f"Say where the work goes: a team here, or who outside takes it. {KEPT}")
    if to_team_id and step.snapshot.find(Team, to_team_id) is None:
        raise Refused(f"Choose a team of this workspace. {KEPT}")
    worker = step.snapshot.find(Worker, to_worker_id) if to_worker_id else None
    if to_worker_id and (worker is None or worker.team_id != to_team_id):
        raise Refused(f"Choose a worker of the receiving team. {KEPT}")
