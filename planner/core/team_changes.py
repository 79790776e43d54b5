"""Changes of a team that need a plan: who leaves, who is long away, whose leave falls where something is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.outlook import Outlook, is_overdue_visit
from planner.core.outlook_rows import CaseDue, OpenCase
from planner.core.records import Absence, Visit, Worker
from planner.core.workload import Load

LEAVING_AHEAD = timedelta(days=84)
"""How far ahead a known leaving day asks for a plan: twelve weeks, long enough for notice and a handover."""
LEAVE_AHEAD = timedelta(days=28)
"""How far ahead leave asks for cover: four weeks, as far as visits are usually planned."""
SOON = timedelta(days=14)
LEFT, LEAVES, LONG_AWAY, LEAVE = "left", "leaves", "long away", "leave"


@dataclass(frozen=True, slots=True)
class WorkerChange:
    """A change with the children it concerns: for a leaver those who have nobody else from then, for one long away all they
    lead, for leave those with something due.

    `last_day` is None where it is not known; for a leaver both are the last day in post. `late` are overdue visits;
    `due` is what falls due: for leave while away, else within 14 days. `planned` are visits planned for days away.
    """

    worker: Worker
    kind: str
    first_day: date
    last_day: date | None
    cases: tuple[OpenCase, ...]
    late: tuple[CaseDue, ...]
    due: tuple[CaseDue, ...]
    planned: tuple[Visit, ...]
    load: Load | None


def changes_to_plan(outlook: Outlook) -> tuple[WorkerChange, ...]:
    """Every change of the teams looked at that needs a plan: those gone first, then by the day it begins."""
    long_away = {case.worker.id for case in outlook.held_in_name_only if case.worker is not None}
    found = []
    for worker in outlook.workers:
        leaving = _leaving(outlook, worker)
        if leaving is not None:
            found.append(leaving)
        if worker.id in long_away:
            found.append(_long_away(outlook, worker))
        found += [change for absence in _coming_leave(outlook, worker) if (change := _leave(outlook, worker, absence))]
    order = (LEFT, LONG_AWAY, LEAVES, LEAVE)
    return tuple(sorted(found, key=lambda one: (one.kind != LEFT, one.first_day, order.index(one.kind), one.worker.name)))


def children_to_place(changes: tuple[WorkerChange, ...]) -> tuple[OpenCase, ...]:
    """The children of leavers and of workers long away, each once."""
    cases = {case.child.id: case for change in changes if change.kind != LEAVE for case in change.cases}
    return tuple(cases.values())


def falling_due(outlook: Outlook, worker: Worker, first: date, last: date) -> tuple[CaseDue, ...]:
    """What falls due from a day to another for the children a worker leads, earliest first; overdue things stand apart."""
    rows = [CaseDue(case, owed) for case in outlook.held_by(worker.id) for owed in outlook.owed_to(case.child.id)]
    chosen = [row for row in rows if row.obligation.due_on is not None and first <= row.obligation.due_on <= last]
    chosen = [row for row in chosen if row.obligation.state != "unknown"]
    return tuple(sorted(chosen, key=lambda row: (row.obligation.due_on or date.min, row.obligation.rule)))


def new_children(outlook: Outlook, worker: Worker) -> tuple[OpenCase, ...]:
    """The children a worker came to lead in the seven days to the day looked at."""
    since = outlook.on - timedelta(days=7)
    return tuple(case for case in outlook.held_by(worker.id) if case.since is not None and since < case.since <= outlook.on)


def _late(outlook: Outlook, worker: Worker) -> tuple[CaseDue, ...]:
    rows = [CaseDue(case, owed) for case in outlook.held_by(worker.id) for owed in outlook.owed_to(case.child.id)]
    return tuple(row for row in rows if is_overdue_visit(row.obligation))


def _whole(outlook: Outlook, worker: Worker, kind: str, first: date, last: date | None) -> WorkerChange:
    """A change that concerns every child the worker leads."""
    due = falling_due(outlook, worker, outlook.on, outlook.on + SOON)
    planned = _planned(outlook, worker, first if kind == LONG_AWAY else first + timedelta(days=1), last or date.max)
    if kind in (LEFT, LEAVES):
        planned = _planned(outlook, worker, first + timedelta(days=1), date.max)
    cases, load = outlook.held_by(worker.id), outlook.load_of(worker.id)
    if kind == LEAVES and worker.assignment_end is not None:
        still = {held.child_id for held in outlook.snapshot.held_by(worker.id, worker.assignment_end)}
        cases = tuple(case for case in cases if case.child.id in still)
    return WorkerChange(worker, kind, first, last, cases, _late(outlook, worker), due, planned, load)


def _leaving(outlook: Outlook, worker: Worker) -> WorkerChange | None:
    end = worker.assignment_end
    if end is None or end - timedelta(days=1) > outlook.on + LEAVING_AHEAD:
        return None
    last = end - timedelta(days=1)
    gone = end <= outlook.on
    if gone and not outlook.held_by(worker.id):
        return None
    return _whole(outlook, worker, LEFT if gone else LEAVES, last, last)


def _long_away(outlook: Outlook, worker: Worker) -> WorkerChange:
    """The absence that runs on the day and ends last."""
    running = [
        absence
        for absence in outlook.snapshot.by(Absence, "worker_id", worker.id)
        if absence.first_day is not None and absence.first_day <= outlook.on <= (absence.last_day or date.max)
    ]
    longest = max(running, key=lambda absence: absence.last_day or date.max)
    return _whole(outlook, worker, LONG_AWAY, longest.first_day or outlook.on, longest.last_day)


def _coming_leave(outlook: Outlook, worker: Worker) -> list[Absence]:
    """Absences that begin after the day looked at, and soon."""
    absences = outlook.snapshot.by(Absence, "worker_id", worker.id)
    until = outlook.on + LEAVE_AHEAD
    return [absence for absence in absences if absence.first_day is not None and outlook.on < absence.first_day <= until]


def _leave(outlook: Outlook, worker: Worker, absence: Absence) -> WorkerChange | None:
    """Leave during which something is due or planned; None where nothing is."""
    first = absence.first_day or outlook.on
    last = absence.last_day or outlook.on + LEAVE_AHEAD
    due, planned = falling_due(outlook, worker, first, last), _planned(outlook, worker, first, last)
    if not due and not planned:
        return None
    cases = tuple({row.case.child.id: row.case for row in due}.values())
    return WorkerChange(worker, LEAVE, first, absence.last_day, cases, (), due, planned, outlook.load_of(worker.id))


def _planned(outlook: Outlook, worker: Worker, first: date, last: date) -> tuple[Visit, ...]:
    """Visits planned for the worker from a day, today at the earliest, to another."""
    first = max(first, outlook.on)
    visits = outlook.snapshot.by(Visit, "worker_id", worker.id)
    return tuple(one for one in visits if one.status == "planned" and one.on is not None and first <= one.on <= last)
