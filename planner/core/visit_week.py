"""One worker's week of visits: what it allows, what was made, and what is planned or due by its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.records import Child, Sighting, Visit, Worker
from planner.core.worker_days import WorkerDays

DAYS = timedelta(days=6)
WENT = frozenset({"made", "attempted"})


@dataclass(frozen=True, slots=True)
class VisitWeek:
    """A worker's trips from Monday to Sunday. A household is one trip, however many children.

    `went` are trips made and tried; `due` those planned, overdue and due by Sunday; `more` what further children would add.
    """

    first: date
    last: date
    allowance: int
    went: int
    due: int
    more: int = 0

    @property
    def used(self) -> int:
        """All trips of the week, with those of the further children."""
        return self.went + self.due + self.more

    @property
    def left(self) -> int:
        """Trips still free; negative where there are more than the week allows."""
        return self.allowance - self.used


def visit_week(outlook: Outlook, worker: Worker, further: Iterable[OpenCase] = ()) -> VisitWeek:
    """The worker's week that holds the day looked at, with the trips that further children would add to it."""
    first = outlook.on - timedelta(days=outlook.on.weekday())
    last = first + DAYS
    in_week = [visit for visit in _statutory(outlook, worker) if visit.on is not None and first <= visit.on <= last]
    due = {_door(row.child) for row in outlook.held_by(worker.id) if _is_due_by(row, last)}
    due |= {door for visit in in_week if visit.status == "planned" for door in _doors(outlook, visit)}
    more = {_door(row.child) for row in further if _is_due_by(row, last)} - due
    went = sum(visit.status in WENT for visit in in_week)
    allowance = WorkerDays(outlook.snapshot, outlook.calendar, worker).allowance(first)
    return VisitWeek(first, last, allowance, went, len(due), len(more))


def _statutory(outlook: Outlook, worker: Worker) -> Iterable[Visit]:
    return (visit for visit in outlook.snapshot.by(Visit, "worker_id", worker.id) if visit.standing == "statutory")


def _doors(outlook: Outlook, visit: Visit) -> Iterable[str]:
    for sighting in outlook.snapshot.by(Sighting, "visit_id", visit.id):
        child = outlook.snapshot.find(Child, sighting.child_id)
        yield _door(child) if child else sighting.child_id


def _is_due_by(row: OpenCase, last: date) -> bool:
    """Whether the child's next visit is overdue, or due by the end of the week."""
    visit = row.next_visit
    return visit is not None and (visit.due_on is None or visit.due_on <= last)


def _door(child: Child) -> str:
    """One trip serves a household."""
    return child.household or child.id
