"""What ends with a child's case: its allocations, its plans, its planned visits, and the moves still planned for it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from planner.actions.step import Step
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.flow_records import Closing
from planner.core.recording import TOOK_PLACE
from planner.core.records import Allocation, Case, Child, LegalStatus, Placement, PlanSpell, Sighting, Transfer, Visit

NO_OUTCOME = "No outcome was logged before the case ended"


def open_case(step: Step, child_id: str, on: date) -> Case:
    """The child's open case on a day. Raises Refused where there is none, or it ends that day or later already."""
    case = step.snapshot.case(child_id, on)
    if case is None or case.ended_on is not None:
        name = reference_of(step, child_id)
        raise Refused(f"{name} has no open case on that day. Choose a day on which it is open. Nothing was changed.")
    return case


def reference_of(step: Step, child_id: str) -> str:
    """What a refusal calls a child by."""
    child = step.snapshot.find(Child, child_id)
    return child.reference if child is not None else "This child"


def end_case(
    step: Step,
    child_id: str,
    on: date,
    outcome: str,
    *,
    together: Collection[str] = (),
    closure_reason: str = "",
    end_code: str = "",
    why: str,
) -> Case:
    """End a case: `on` is the first day it is no longer open. Everything that hangs on it ends that day too.

    `together` are all children whose cases end in this step, so that a trip to several of them is cancelled whole.
    A spell that would have begun later does not begin. Placements and legal statuses end only where the case is closed:
    they run on where another team takes the child. Raises Refused as `open_case`, and where a visit was made after that day.
    """
    _not_seen_since(step, child_id, on)
    ended = replace(open_case(step, child_id, on), ended_on=on, outcome=outcome, closure_reason=closure_reason)
    step.put(ended)
    _end_allocations(step, child_id, on, end_code, why)
    _end_spells(step, child_id, on, is_closed=bool(closure_reason))
    release_visits(step, child_id, date.min, why, {child_id, *together})
    withdraw_moves(step, child_id, on, why)
    return ended


def _not_seen_since(step: Step, child_id: str, on: date) -> None:
    made = [visit.on for visit, _ in step.snapshot.visits_of(child_id) if visit.status in TOOK_PLACE]
    later = [day for day in made if day is not None and day > on]
    if later:
        raise Refused(
            f"{reference_of(step, child_id)} was visited on {plain_date(max(later))}. Choose that day or a later one. "
            "Nothing was changed."
        )


def release_visits(step: Step, child_id: str, since: date, why: str, together: Collection[str]) -> None:
    """Take a child off the visits planned from a day; one that would see nobody but `together` is cancelled, with the reason.

    One whose day has passed without an outcome is cancelled as that, for nobody knows whether it took place.
    """
    for visit, _ in step.snapshot.visits_of(child_id):
        if visit.status != "planned" or (visit.on or date.min) < since:
            continue
        if any(one.child_id not in together for one in step.snapshot.by(Sighting, "visit_id", visit.id)):
            _take_off(step, visit, child_id)
        else:
            gone_by = visit.on is not None and visit.on < step.today
            step.put(replace(visit, status="cancelled", cancelled_reason=NO_OUTCOME if gone_by else why))


def hand_visits(step: Step, child_ids: Collection[str], from_worker_id: str, to_worker_id: str, since: date, why: str) -> None:
    """Give one worker's visits planned from a day to another, where all who are to be seen come along; else release them."""
    coming = set(child_ids)
    for child_id in child_ids:
        for visit, _ in step.snapshot.visits_of(child_id):
            now = step.snapshot.find(Visit, visit.id)
            if now is None or now.status != "planned" or now.worker_id != from_worker_id or (now.on or date.min) < since:
                continue
            seen = {one.child_id for one in step.snapshot.by(Sighting, "visit_id", visit.id)}
            if seen <= coming:
                others = tuple(one for one in now.with_worker_ids if one != to_worker_id)
                step.put(replace(now, worker_id=to_worker_id, with_worker_ids=others, pinned=False))
            else:
                _take_off(step, visit, child_id)


def withdraw_moves(step: Step, child_id: str, on: date, why: str, but: str = "") -> None:
    """Withdraw the transfers planned for a child, and that it is ready to close; `but` is the id of the one decided here."""
    for transfer in step.snapshot.by(Transfer, "child_id", child_id):
        if transfer.status == "planned" and transfer.id != but:
            step.put(replace(transfer, status="withdrawn", decided_on=on, reason=why))
    for closing in step.snapshot.by(Closing, "child_id", child_id):
        if closing.status == "ready" and closing.id != but:
            step.put(replace(closing, status="withdrawn", decided_on=on, decided_by=step.person.name, reason=why))


def _take_off(step: Step, visit: Visit, child_id: str) -> None:
    for sighting in step.snapshot.by(Sighting, "visit_id", visit.id):
        if sighting.child_id == child_id:
            step.remove(sighting)


def _end_allocations(step: Step, child_id: str, on: date, end_code: str, why: str) -> None:
    for held in step.snapshot.by(Allocation, "child_id", child_id):
        if held.start is not None and held.start > on:
            step.remove(held)
        elif held.end is None or held.end > on:
            step.put(replace(held, end=on, end_code=end_code, end_reason=why))


def _end_spells(step: Step, child_id: str, on: date, *, is_closed: bool) -> None:
    spells: list[PlanSpell | Placement | LegalStatus] = list(step.snapshot.by(PlanSpell, "child_id", child_id))
    if is_closed:
        spells += [*step.snapshot.by(Placement, "child_id", child_id), *step.snapshot.by(LegalStatus, "child_id", child_id)]
    for spell in spells:
        if spell.start is not None and spell.start >= on:
            step.remove(spell)
        elif spell.end is None or spell.end > on:
            step.put(replace(spell, end=on))
