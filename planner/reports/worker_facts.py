"""The four facts that open a worker's sheet, and what they are made of."""

from datetime import date, timedelta

from planner.core.outlook import Outlook
from planner.core.outlook_rows import LateVisit, OpenCase
from planner.core.records import Sighting, Visit, Worker
from planner.core.visit_week import visit_week
from planner.reports.document import Fact
from planner.reports.load_bars import points_of, room_of
from planner.reports.wording import WORKING_WEEK, counted, day_due, plans_counted


def week_of(on: date) -> tuple[date, date]:
    """Monday and Friday of the week of a day; of the next week, from a Saturday or Sunday."""
    monday = on - timedelta(days=on.weekday())
    if on.weekday() >= WORKING_WEEK:
        monday += timedelta(days=7)
    return monday, monday + timedelta(days=WORKING_WEEK - 1)


def late_visits(outlook: Outlook, worker: Worker) -> list[LateVisit]:
    """The children of a worker with an overdue visit, latest first."""
    return [late for late in outlook.overdue_visits if late.case.worker is not None and late.case.worker.id == worker.id]


def to_see_by(outlook: Outlook, worker: Worker, last: date) -> list[OpenCase]:
    """The children of a worker who are owed a visit by a day, overdue ones included, earliest first."""
    rows = [case for case in outlook.held_by(worker.id) if (day := visit_due(case)) is not None and day <= last]
    return sorted(rows, key=lambda case: (visit_due(case) or date.min, case.child.reference))


def visit_due(case: OpenCase) -> date | None:
    """The day of the child's next visit; the first day there is, where the clock has no date; None where none is owed."""
    if case.next_visit is None:
        return None
    return day_due(case.next_visit) or date.min


def trips_of(outlook: Outlook, worker: Worker, first: date, last: date) -> list[tuple[Visit, list[OpenCase]]]:
    """The visits planned for a worker, alone or beside another, with the children of each who have an open case here."""
    trips = []
    for visit in outlook.visits_planned(first, last):
        if visit.worker_id == worker.id or worker.id in visit.with_worker_ids:
            sightings = outlook.snapshot.by(Sighting, "visit_id", visit.id)
            cases = [case for sighting in sightings if (case := outlook.case_of(sighting.child_id)) is not None]
            trips.append((visit, sorted(cases, key=lambda case: case.child.reference)))
    return trips


def planned_children(outlook: Outlook, first: date, last: date) -> set[str]:
    """The children with a visit planned between two days, by anyone."""
    visits = outlook.visits_planned(first, last)
    return {sighting.child_id for visit in visits for sighting in outlook.snapshot.by(Sighting, "visit_id", visit.id)}


def facts_of(outlook: Outlook, worker: Worker) -> tuple[Fact, ...]:
    """Children held, visits overdue, visits needed by Friday with the room for them, and points of capacity."""
    facts = [_children(outlook, worker), _overdue(outlook, worker), _needed(outlook, worker)]
    load = outlook.load_of(worker.id)
    if load is not None:
        facts.append(Fact(points_of(load), room_of(load)))
    return tuple(facts)


def _children(outlook: Outlook, worker: Worker) -> Fact:
    held = outlook.held_by(worker.id)
    families = len({case.child.family or case.child.household or case.child.id for case in held})
    noun = "child" if len(held) == 1 else "children"
    of = f" in {counted(families, 'family', 'families')}" if families < len(held) else ""
    plans = plans_counted(case.plan for case in held)
    return Fact(str(len(held)), f"{noun}{of}: {plans}" if plans else noun)


def _overdue(outlook: Outlook, worker: Worker) -> Fact:
    late = late_visits(outlook, worker)
    longest = max((row.days_late for row in late if row.days_late is not None), default=None)
    words = "visit overdue" if len(late) == 1 else "visits overdue"
    return Fact(str(len(late)), f"{words}, longest {counted(longest, 'day')}" if longest is not None else words)


def _needed(outlook: Outlook, worker: Worker) -> Fact:
    first, friday = week_of(outlook.on)
    needed = to_see_by(outlook, worker, friday)
    planned = len({case.child.id for case in needed} & planned_children(outlook, max(first, outlook.on), friday))
    words = f"{'child' if len(needed) == 1 else 'children'} to see by Friday, {planned} planned"
    return Fact(str(len(needed)), f"{words}; {visit_week(outlook, worker, on=first).words}")
