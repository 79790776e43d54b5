"""An assessment on its way to its end: sent to the manager, checked on the way, signed, or sent back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.actions.authority import must_decide_for
from planner.actions.step import Step
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.flow_records import Decision
from planner.core.manager_checks import CHECKED
from planner.core.records import Case, Event

SENT, SIGNED = "assessment_to_manager", "assessment_authorised"


def send_assessment(step: Step, child_id: str, on: date) -> Event:
    """Say that an assessment was sent to the manager to sign. Raises Refused as `_dated` does."""
    return _put_event(step, child_id, SENT, on)


def check_assessment(step: Step, child_id: str, on: date, note: str = "") -> Event:
    """Record a manager's check of an assessment, with what was found. Raises Refused for no manager, and as `_dated` does."""
    must_decide_for(step, child_id)
    event = _put_event(step, child_id, CHECKED, on)
    if note.strip():
        _decide(step, event, "check", "Checked", note)
    return event


def check_assessments(step: Step, child_ids: Sequence[str], on: date, note: str = "") -> list[Event]:
    """Record one check of several assessments, as in a supervision that goes through them all. Raises Refused for any of them."""
    return [check_assessment(step, child_id, on, note) for child_id in dict.fromkeys(child_ids)]


def sign_assessment(step: Step, child_id: str, on: date, *, limit_on: date | None = None, reason: str = "") -> Event:
    """Sign an assessment that was sent to the manager. Past its limit the reason is recorded (Working Together).

    Raises Refused where none waits, for a day before it was sent or to come, or past the limit without a reason.
    """
    must_decide_for(step, child_id)
    sent = _waiting(step, child_id)
    if sent.on is not None and on < sent.on:
        raise Refused(f"Enter the day it was signed, on or after {plain_date(sent.on)}, when it was sent. Nothing was changed.")
    if limit_on is not None and on > limit_on and not reason.strip():
        raise Refused(f"Say why it took longer than {plain_date(limit_on)}: the reason is recorded. Nothing was changed.")
    event = _put_event(step, child_id, SIGNED, on)
    if reason.strip():
        _decide(step, event, "sign", "Signed", reason)
    return event


def send_back_assessment(step: Step, child_id: str, reason: str) -> Event:
    """Send an assessment back to its worker, with what is missing; it no longer waits. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused("Say what is missing, so that the worker can put it right. Nothing was changed.")
    must_decide_for(step, child_id)
    back = replace(_waiting(step, child_id), status="cancelled")
    step.put(back)
    _decide(step, back, "send back", "Sent back", reason)
    return back


def _put_event(step: Step, child_id: str, name: str, on: date) -> Event:
    _dated(step, child_id, on)
    event = Event(id=step.new_id(), child_id=child_id, event=name, on=on)
    step.put(event)
    return event


def _dated(step: Step, child_id: str, on: date) -> Case:
    """The child's case on the day. Raises Refused for a day to come, or on which the child had no open case."""
    if on > step.today:
        raise Refused("Enter a day on or before today. Nothing was changed.")
    case = step.snapshot.case(child_id, on)
    if case is None:
        raise Refused(f"This child had no open case on {plain_date(on)}. Nothing was changed.")
    return case


def _waiting(step: Step, child_id: str) -> Event:
    """The event by which the open assessment was sent to the manager. Raises Refused where none waits to be signed."""
    case = step.snapshot.case(child_id, step.today)
    since = case.received_on if case is not None else None
    held = [
        event
        for event in step.snapshot.by(Event, "child_id", child_id)
        if event.status == "held" and event.on is not None and since is not None and since <= event.on <= step.today
    ]
    sent = [event for event in held if event.event == SENT]
    signed = [event.on for event in held if event.event == SIGNED and event.on is not None]
    if not sent or (signed and sent[-1].on is not None and max(signed) >= sent[-1].on):
        raise Refused("No assessment of this child waits to be signed. Nothing was changed.")
    return sent[-1]


def _decide(step: Step, event: Event, matter: str, decided: str, reason: str) -> None:
    step.put(
        Decision(
            id=step.new_id(),
            child_id=event.child_id,
            matter=matter,
            about=event.id,
            decided=decided,
            reason=reason.strip(),
            on=step.today,
            decided_by=step.person.name,
        )
    )
