"""Planning, moving, pinning, cancelling and logging visits: one trip, each child with an outcome of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from planner.actions.step import Step
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.recording import TOOK_PLACE
from planner.core.records import Child, Sighting, Visit, Worker
from planner.core.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenAs:
    """How one child was seen on a visit, or why not. None means not said."""

    seen: bool
    seen_alone: bool | None = None
    not_seen_reason: str = ""
    not_alone_reason: str = ""
    bedroom_seen: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """What is so of a whole visit, whoever is seen: `at` a local time, `minutes` its length, `role` of who went."""

    at: time | None = None
    place: str = ""
    mode: str = "face to face"
    standing: str = "statutory"
    announced: bool | None = None
    minutes: int | None = None
    role: str = ""
    with_worker_ids: tuple[str, ...] = ()
    workers_needed: int = 1
    pinned: bool = False
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitMade:
    """One trip that took place: `seen` says of each child how; `visit_id` is the planned visit this was, if one was.

    `again` allows a second visit to a child on one day.
    """

    seen: Mapping[str, SeenAs]
    on: date
    worker_id: str
    trip: Trip = Trip()
    visit_id: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class VisitsLogged:
    """Which of a list of trips were logged, by their place in it, and which were not and why, as a sentence."""

    visits: Mapping[int, Visit]
    refused: Mapping[int, str]


class SameDay(Refused):
    """The child has a visit on that day already; it may be logged all the same, when a person says so."""


def plan_visit(step: Step, child_ids: Sequence[str], on: date, worker_id: str, trip: Trip = Trip()) -> Visit:
    """Plan one trip to one or more children. Raises Refused for a day gone by, an unknown worker or no child."""
    if on < step.today:
        raise Refused(f"Choose a day from today on: {plain_date(on)} has passed. To say that a visit was made, log it.")
    _known(step.snapshot, child_ids, (worker_id,))
    visit = Visit(id=step.new_id(), on=on, status="planned", worker_id=worker_id, **_trip_fields(trip))
    step.put(visit)
    for child_id in child_ids:
        step.put(Sighting(id=step.new_id(), visit_id=visit.id, child_id=child_id))
    return visit


def move_visit(
    step: Step,
    visit_id: str,
    on: date,
    worker_id: str = "",
    at: time | None = None,
    *,
    workers_needed: int | None = None,
    with_worker_ids: Sequence[str] | None = None,
) -> Visit:
    """Move a planned visit to another day, worker or time; what is None of the workers stays as it is. Moved, it is to confirm.

    Raises Refused for a visit made already, a day gone by, or an unknown worker.
    """
    visit = _planned(step.snapshot, visit_id)
    if on < step.today:
        raise Refused(f"Choose a day from today on: {plain_date(on)} has passed. Nothing was moved.")
    leads = worker_id or visit.worker_id
    others = visit.with_worker_ids if with_worker_ids is None else tuple(with_worker_ids)
    if any(step.snapshot.find(Worker, one) is None for one in (leads, *others)):
        raise Refused("Choose a worker of this workspace to go. Nothing was moved.")
    is_as_agreed = (on, leads, at) == (visit.on, visit.worker_id, visit.at)
    moved = replace(
        visit,
        on=on,
        worker_id=leads,
        at=at,
        confirmed_on=visit.confirmed_on if is_as_agreed else None,
        workers_needed=visit.workers_needed if workers_needed is None else workers_needed,
        with_worker_ids=tuple(one for one in dict.fromkeys(others) if one != leads),
    )
    step.put(moved)
    return moved


def pin_visit(step: Step, visit_id: str, pinned: bool) -> Visit:
    """Pin a planned visit to its day and worker, so that no planning of weeks moves it, or unpin it."""
    visit = replace(_planned(step.snapshot, visit_id), pinned=pinned)
    step.put(visit)
    return visit


def need_workers(step: Step, visit_id: str, count: int) -> Visit:
    """Say how many workers must go on a planned visit; where one will do, those who went along are taken off."""
    visit = _planned(step.snapshot, visit_id)
    needed = replace(visit, workers_needed=count, with_worker_ids=visit.with_worker_ids[: count - 1])
    step.put(needed)
    return needed


def unplan_visit(step: Step, visit_id: str) -> None:
    """Take a plan back, as if it had not been made: nothing happened, so nothing is left of it but its history."""
    visit = _planned(step.snapshot, visit_id)
    for sighting in step.snapshot.by(Sighting, "visit_id", visit.id):
        step.remove(sighting)
    step.remove(visit)


def cancel_visit(step: Step, visit_id: str, reason: str) -> Visit:
    """Cancel a planned visit, with a reason. Raises Refused without one."""
    if not reason.strip():
        raise Refused("Say why the visit is cancelled. Nothing was changed.")
    cancelled = replace(_planned(step.snapshot, visit_id), status="cancelled", cancelled_reason=reason.strip())
    step.put(cancelled)
    return cancelled


def log_visit(
    step: Step,
    seen: Mapping[str, SeenAs],
    on: date,
    worker_id: str,
    trip: Trip = Trip(),
    *,
    visit_id: str = "",
    again: bool = False,
) -> Visit:
    """Log a visit: made when a child was seen, attempted when none was. `seen` says of each child how.

    `visit_id` is the planned visit this was; `again` allows a second visit to a child on one day. Raises Refused for a
    day to come, an unknown worker, no child, or a child not seen without a reason; SameDay for a second visit.
    """
    made = VisitMade(seen=seen, on=on, worker_id=worker_id, trip=trip, visit_id=visit_id, again=again)
    return _log(step, step.snapshot, made)


def log_visits(step: Step, trips: Sequence[VisitMade]) -> VisitsLogged:
    """Log a list of trips in one step: all that can be; each that cannot is answered with the reason, and nothing of it is kept.

    Raises Refused where not one could be logged.
    """
    before = step.snapshot
    visits: dict[int, Visit] = {}
    refused: dict[int, str] = {}
    seen_on: set[tuple[str, date]] = set()
    taken: set[str] = set()
    for place, trip in enumerate(trips):
        made = replace(trip, visit_id="") if trip.visit_id in taken else trip  # a second try on the day of a planned visit
        pairs = {(child_id, made.on) for child_id, outcome in made.seen.items() if outcome.seen}
        try:
            if pairs & seen_on and not made.again:
                raise SameDay("The list has a visit to the same child on the same day twice. Nothing was logged.")
            visits[place] = _log(step, before, made)
            seen_on |= pairs
            taken.add(made.visit_id)
        except Refused as refusal:
            refused[place] = refusal.sentence.removesuffix(" Nothing was logged.")
    if not visits:
        raise Refused(f"{next(iter(refused.values()), 'There is no line to log.')} Nothing was logged.")
    return VisitsLogged(visits, refused)


def _log(step: Step, before: Snapshot, made: VisitMade) -> Visit:
    """Log one trip, checked against the workspace as it was `before`."""
    if made.on > step.today:
        raise Refused("Enter a visit date on or before today. Nothing was logged.")
    _known(before, (*made.seen,), (made.worker_id, *made.trip.with_worker_ids))
    for child_id, outcome in made.seen.items():
        _explained(before, child_id, outcome)
        if not made.again:
            _first_that_day(before, child_id, made.on, made.visit_id)
    status = "made" if any(outcome.seen for outcome in made.seen.values()) else "attempted"
    former = _planned(before, made.visit_id) if made.visit_id else Visit(id=step.new_id())
    said = {"on": made.on, "status": status, "worker_id": made.worker_id, **_trip_fields(made.trip)}
    visit = replace(former, logged_by=step.person.id, source="", **said)
    step.put(visit)
    _put_sightings(step, before, visit, made.seen)
    return visit


def mark_recorded(step: Step, visit_id: str, on: date) -> Visit:
    """Say that a visit made is now in the case system, since a day. Raises Refused for a day to come."""
    visit = step.snapshot.find(Visit, visit_id)
    if visit is None or visit.status not in TOOK_PLACE:
        raise Refused("Only a visit that took place can be recorded in the case system. Nothing was changed.")
    if on > step.today:
        raise Refused("Enter the day it was recorded, on or before today. Nothing was changed.")
    recorded = replace(visit, recorded_on=on)
    step.put(recorded)
    return recorded


def _trip_fields(trip: Trip) -> dict[str, Any]:
    return {name: getattr(trip, name) for name in Trip.__slots__}


def _known(snapshot: Snapshot, child_ids: Sequence[str], worker_ids: Sequence[str]) -> None:
    if not child_ids:
        raise Refused("Choose at least one child for the visit. Nothing was saved.")
    if any(snapshot.find(Worker, worker_id) is None for worker_id in worker_ids):
        raise Refused("Choose who goes on the visit. Nothing was saved.")
    for child_id in child_ids:
        if snapshot.find(Child, child_id) is None:
            raise Refused("A child of this visit is not in the workspace. Choose the child again. Nothing was saved.")


def _planned(snapshot: Snapshot, visit_id: str) -> Visit:
    visit = snapshot.find(Visit, visit_id)
    if visit is None or visit.status != "planned":
        raise Refused("This visit is no longer planned: it was made, tried or cancelled. Nothing was changed.")
    return visit


def _explained(snapshot: Snapshot, child_id: str, outcome: SeenAs) -> None:
    if not outcome.seen and not outcome.not_seen_reason.strip():
        child = snapshot.find(Child, child_id)
        raise Refused(f"Say why {child.reference if child else 'the child'} was not seen. Nothing was logged.")


def _first_that_day(snapshot: Snapshot, child_id: str, on: date, visit_id: str) -> None:
    for visit, _ in snapshot.visits_of(child_id):
        if visit.on == on and visit.status == "made" and visit.id != visit_id:
            child = snapshot.find(Child, child_id)
            reference = child.reference if child else "This child"
            raise SameDay(f"{reference} has a visit logged on {plain_date(on)} already. Log a second one only if there were two.")


def _put_sightings(step: Step, before: Snapshot, visit: Visit, seen: Mapping[str, SeenAs]) -> None:
    """One sighting for each child seen or not; a child of the plan who is not spoken of is taken off the visit."""
    former = {sighting.child_id: sighting for sighting in before.by(Sighting, "visit_id", visit.id)}
    for child_id, outcome in seen.items():
        known = former.pop(child_id, None)
        fields = {name: getattr(outcome, name) for name in SeenAs.__slots__}
        step.put(Sighting(id=known.id if known else step.new_id(), visit_id=visit.id, child_id=child_id, **fields))
    for sighting in former.values():
        step.remove(sighting)
