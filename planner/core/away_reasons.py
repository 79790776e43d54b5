"""Why somebody is away: who may know it, and where it is read; nowhere else is it asked for."""

from planner.core.records import AwayReason, Person, Worker
from planner.core.snapshot import Snapshot

_MANAGES = ("manager", "head of")


def is_line_manager(person: Person | None, worker: Worker) -> bool:
    """Whether the person manages the worker's team: by role, and by the teams they have, none meaning all. Never themselves."""
    if person is None or person.worker_id == worker.id:
        return False
    manages = any(word in person.role.casefold() for word in _MANAGES)
    return manages and (not person.team_ids or worker.team_id in person.team_ids)


def reason_of(snapshot: Snapshot, about: str, person: Person | None, worker: Worker) -> str:
    """Why an absence or reduction (its id) is so, for the line manager; an empty string for everybody else."""
    if not is_line_manager(person, worker):
        return ""
    return next((found.reason for found in snapshot.by(AwayReason, "about", about)), "")
