"""What was done here and still has to be typed into the case system, which stays the legal record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.core.codes import ALLOCATION_ROLES, CLOSURE_REASONS
from planner.core.flow_records import Closing
from planner.core.outlook import Outlook
from planner.core.phrases import lower_first
from planner.core.recording import is_unrecorded
from planner.core.records import Allocation, Case, Child, Sighting, Team, Transfer, Visit, Worker
from planner.core.sources import CLOSED_THERE, IMPORTED

VISIT, ALLOCATION, CLOSURE, TRANSFER = "visit", "allocation", "closure", "transfer"
KINDS = {VISIT: "Visit", ALLOCATION: "Worker", CLOSURE: "Closure", TRANSFER: "Transfer"}


@dataclass(frozen=True, slots=True)
class ToType:
    """One thing to type: of a `kind`, for a child, done on a day; `about` is the record's id, `worker` whose it is."""

    kind: str
    about: str
    child: Child
    on: date
    words: str
    worker: Worker | None


def to_type(outlook: Outlook) -> tuple[ToType, ...]:
    """Child by child, as a person types it in, each child's oldest first.

    A visit is to be typed until it is recorded or a source brings it; an allocation, a closure or a transfer made here until
    the case system's figures are of a later day. Where nothing was ever imported, only visits are.
    """
    found: list[ToType] = []
    for child in _children(outlook):
        found += _visits(outlook, child)
        if outlook.source_as_at is not None:
            found += [*_allocations(outlook, child, outlook.source_as_at), *_decided(outlook, child, outlook.source_as_at)]
    return tuple(sorted(found, key=lambda one: (one.child.reference, one.on, one.kind, one.about)))


def _children(outlook: Outlook) -> Iterator[Child]:
    """Every child of the teams looked at, those whose case is closed too."""
    teams = {team.id for team in outlook.teams}
    cases = outlook.snapshot.all(Case).values()
    for child_id in dict.fromkeys(case.child_id for case in cases if case.team_id in teams or not case.team_id):
        child = outlook.snapshot.find(Child, child_id)
        if child is not None:
            yield child


def _visits(outlook: Outlook, child: Child) -> Iterator[ToType]:
    for visit, sighting in outlook.snapshot.visits_of(child.id):
        if is_unrecorded(visit) and visit.on is not None and visit.on <= outlook.on:
            worker = outlook.snapshot.find(Worker, visit.worker_id)
            yield ToType(VISIT, visit.id, child, visit.on, _visit_words(visit, sighting), worker)


def _visit_words(visit: Visit, sighting: Sighting) -> str:
    """`Seen alone at home`, `Not seen, nobody in`."""
    if not sighting.seen:
        why = f", {lower_first(sighting.not_seen_reason)}" if sighting.not_seen_reason else ""
        return f"Not seen{why}"
    alone = " alone" if sighting.seen_alone else ""
    place = {"": "", "home": " at home", "school": " at school", "placement": " at the placement"}.get(
        visit.place, f", {visit.place}"
    )
    video = ", by video" if visit.mode == "video" else ""
    return f"Seen{alone}{place}{video}"


def _allocations(outlook: Outlook, child: Child, since: date) -> Iterator[ToType]:
    for one in outlook.snapshot.by(Allocation, "child_id", child.id):
        worker = outlook.snapshot.find(Worker, one.worker_id)
        if worker is not None and one.start is not None and since <= one.start <= outlook.on and one.reason != IMPORTED:
            role = "" if one.role == "lead" else f", {ALLOCATION_ROLES.get(one.role, one.role).lower()}"
            yield ToType(ALLOCATION, one.id, child, one.start, f"Given to {worker.name}{role}", worker)


def _decided(outlook: Outlook, child: Child, since: date) -> Iterator[ToType]:
    for case in outlook.snapshot.by(Case, "child_id", child.id):
        if case.ended_on is not None and since <= case.ended_on <= outlook.on and not _is_closed_there(outlook, child, case):
            reason = CLOSURE_REASONS.get(case.closure_reason, "")
            words = f"Closed, {case.closure_reason} {reason}" if reason else "Closed"
            yield ToType(CLOSURE, case.id, child, case.ended_on, words, None)
    for one in outlook.snapshot.by(Transfer, "child_id", child.id):
        if one.status == "accepted" and one.decided_on is not None and since <= one.decided_on <= outlook.on:
            to = _receiver(outlook, one)
            yield ToType(TRANSFER, one.id, child, one.decided_on, f"Moved to {to}" if to else "Moved", None)


def _is_closed_there(outlook: Outlook, child: Child, case: Case) -> bool:
    """Whether an import closed the case: a child who came with one is closed here by a manager's decision only."""
    decided = any(one.case_id == case.id for one in outlook.snapshot.by(Closing, "child_id", child.id))
    if child.source and case.outcome == "closed" and not decided:
        return True
    held = outlook.snapshot.by(Allocation, "child_id", child.id)
    return any(one.end == case.ended_on and one.end_reason == CLOSED_THERE for one in held)


def _receiver(outlook: Outlook, one: Transfer) -> str:
    team = outlook.snapshot.find(Team, one.to_team_id)
    return team.name if team is not None else one.to_outside
