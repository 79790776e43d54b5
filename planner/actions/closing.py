"""Closing a case: marked ready by whoever works it, authorised or sent back by the manager."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.actions.ending import end_case, open_case, reference_of
from planner.actions.step import Step
from planner.core.away_reasons import manages
from planner.core.checklists import CLOSING, checklist_for, items_of, open_items
from planner.core.closing import READY, SENT_BACK, WITHDRAWN, against_reason, closing_of
from planner.core.codes import CLOSURE_REASONS
from planner.core.errors import Refused
from planner.core.flow_records import Closing

KEPT = "Nothing was changed."


def mark_ready(step: Step, child_ids: Sequence[str], on: date, *, closure_reason: str = "") -> tuple[Closing, ...]:
    """Say that cases are ready to close, with the checklist in force; the manager decides. `closure_reason` is proposed.

    Raises Refused without a child, for a case that is not open or is marked already, and for a day to come.
    """
    if not child_ids:
        raise Refused(f"Choose at least one child. {KEPT}")
    if on > step.today:
        raise Refused(f"Enter the day it was ready, on or before today. {KEPT}")
    return tuple(_mark_ready(step, child_id, on, closure_reason) for child_id in child_ids)


def _mark_ready(step: Step, child_id: str, on: date, closure_reason: str) -> Closing:
    case = open_case(step, child_id, on)
    if closing_of(step.snapshot, case.id, step.today) is not None:
        raise Refused(f"{reference_of(step, child_id)} is marked ready to close already. {KEPT}")
    if closure_reason:
        _check_code(step, child_id, closure_reason, on)
    closing = Closing(
        id=step.new_id(),
        child_id=child_id,
        case_id=case.id,
        ready_on=on,
        marked_by=step.person.name,
        checklist=checklist_for(step.snapshot, CLOSING, on),
        closure_reason=closure_reason,
    )
    step.put(closing)
    return closing


def authorise_closing(step: Step, closing_ids: Sequence[str], on: date, closure_reason: str, *, reason: str = "") -> None:
    """Close cases as the manager, under the DfE's reason RC1 to RC9; `on` is the first day they are no longer open.

    Allocations, plans, planned visits and planned transfers end with them. Raises Refused for anyone who does not manage
    the team, without a closure reason or with one that does not fit, for a day to come, and with items open and no reason.
    """
    if not closing_ids:
        raise Refused(f"Choose at least one case. {KEPT}")
    if on > step.today:
        raise Refused(f"Enter a day on or before today: a case is closed when it is authorised. {KEPT}")
    ready = [_ready(step, closing_id) for closing_id in closing_ids]
    together = [closing.child_id for closing in ready]
    for closing in ready:
        _check_manager(step, closing)
        _check_code(step, closing.child_id, closure_reason, on)
        if not reason.strip() and _open_items(step, closing):
            raise Refused(
                f"The checklist of {reference_of(step, closing.child_id)} has items open. Tick them, or say why the case is "
                f"closed without. {KEPT}"
            )
        decided = replace(
            closing,
            status="authorised",
            closure_reason=closure_reason,
            decided_on=on,
            decided_by=step.person.name,
            reason=reason.strip(),
        )
        step.put(decided)
        why = f"Case closed, {closure_reason}"
        end_case(step, closing.child_id, on, "closed", together=together, closure_reason=closure_reason, why=why)


def send_back(step: Step, closing_id: str, reason: str) -> Closing:
    """Send a case back as the manager: it is not to be closed yet, and why. Raises Refused without a reason."""
    closing = _ready(step, closing_id)
    _check_manager(step, closing)
    if not reason.strip():
        raise Refused(f"Say what is missing, so that the worker can mend it. {KEPT}")
    return _decided(step, closing, SENT_BACK, reason)


def withdraw_closing(step: Step, closing_id: str, reason: str = "") -> Closing:
    """Take back that a case is ready to close."""
    return _decided(step, _ready(step, closing_id), WITHDRAWN, reason)


def _decided(step: Step, closing: Closing, status: str, reason: str) -> Closing:
    decided = replace(closing, status=status, decided_on=step.today, decided_by=step.person.name, reason=" ".join(reason.split()))
    step.put(decided)
    return decided


def _ready(step: Step, closing_id: str) -> Closing:
    closing = step.snapshot.find(Closing, closing_id)
    if closing is None or closing.status != READY:
        raise Refused(f"This case no longer waits to be closed: it was decided or taken back. {KEPT}")
    return closing


def _check_manager(step: Step, closing: Closing) -> None:
    lead = step.snapshot.lead(closing.child_id, step.today)
    case = step.snapshot.case(closing.child_id, step.today)
    team_id = step.snapshot.team_of(case, step.today) if case is not None else ""
    holds_it = bool(step.person.worker_id) and lead is not None and lead.worker_id == step.person.worker_id
    if holds_it or not manages(step.person, team_id):
        raise Refused(f"A manager of the team decides whether a case is closed, and never whoever holds it. {KEPT}")


def _check_code(step: Step, child_id: str, code: str, on: date) -> None:
    if code not in CLOSURE_REASONS:
        raise Refused(f"Choose the reason for closing, RC1 to RC9. {KEPT}")
    against = against_reason(step.snapshot, open_case(step, child_id, on), code, on)
    if against:
        raise Refused(f"{reference_of(step, child_id)}: {against} Choose RC7 or another. {KEPT}")


def _open_items(step: Step, closing: Closing) -> tuple[str, ...]:
    return open_items(items_of(step.snapshot, closing.id, closing.checklist, step.today))
