"""Why somebody is away: who may know it, and where it is read; nowhere else is it asked for."""

from planner.core.records import AwayReason, Person, Worker
from planner.core.snapshot import Snapshot

_MANAGES = ("manager", "head of")


def is_line_manager(person: Person | None, worker: Worker) -> bool:
    """Whether the person manages the worker's team: by role, and by the teams they have, none meaning all. Never themselves."""
    return manages(person, worker.team_id) and person is not None and person.worker_id != worker.id


def manages(person: Person | None, team_id: str) -> bool:
    """Whether the person manages a team: by role, and by the teams they have, none meaning all."""
    return person is not None and is_manager(person) and (not person.team_ids or team_id in person.team_ids)


def is_manager(person: Person) -> bool:
    """Whether the person's role is to manage, whichever teams."""
    return any(word in person.role.casefold() for word in _MANAGES)


def reason_of(snapshot: Snapshot, about: str, person: Person | None, worker: Worker) -> str:
    """Why an absence or reduction (its id) is so, for the line manager; an empty string for everybody else."""
    if not is_line_manager(person, worker):
        return ""
    return next((found.reason for found in snapshot.by(AwayReason, "about", about)), "")
