"""Making the board of some days from an outlook: one reading of the visits, events, absences and clocks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from planner.core.board import (
    Board,
    BoardCell,
    BoardRow,
    BoardTrip,
    ChildDue,
    FixedDate,
    TrayTrip,
    in_order,
    is_in_school_hours,
    is_school_age,
    mondays,
    spread,
    week_days,
)
from planner.core.codes import EVENTS
from planner.core.flow_records import SchoolHoliday
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.records import Child, Event, Sighting, Visit, Worker
from planner.core.school_dates import school_holiday
from planner.core.visit_week import VisitWeek, is_ahead, is_shown, visit_week
from planner.core.week_less import worker_of
from planner.core.worker_days import PASSED

NOBODY = "No worker to go"
_TO_SUNDAY = timedelta(days=6)

Slot = tuple[str, date]
"""A worker's id, empty for nobody, and a day."""


def board(outlook: Outlook, first: date, last: date) -> Board:
    """The board from first to last, both included."""
    return _Making(outlook, first, last).board()


def children_ahead(outlook: Outlook) -> frozenset[str]:
    """Children with a statutory visit planned for today or later."""
    snapshot = outlook.snapshot
    return frozenset(
        sighting.child_id
        for visit in snapshot.by(Visit, "status", "planned")
        if is_ahead(visit, outlook.today)
        for sighting in snapshot.by(Sighting, "visit_id", visit.id)
    )


def due_children(outlook: Outlook, last: date) -> tuple[ChildDue, ...]:
    """Every child whose next visit is overdue, or due by a day: most in need first."""
    found = [_due(row) for row in outlook.cases]
    return tuple(sorted((due for due in found if due.is_late or _is_by(due.due_on, last)), key=lambda due: due.order))


def households(dues: Iterable[ChildDue]) -> tuple[tuple[ChildDue, ...], ...]:
    """Children gathered by household, in the order of the first of each."""
    groups: dict[str, list[ChildDue]] = {}
    for due in dues:
        groups.setdefault(due.child.household or due.child.id, []).append(due)
    return tuple(tuple(group) for group in groups.values())


def _is_by(due_on: date | None, last: date) -> bool:
    return due_on is not None and due_on <= last


def _due(row: OpenCase) -> ChildDue:
    owed = row.next_visit
    late = owed is not None and owed.state == "overdue"
    worker_id = row.worker.id if row.worker else ""
    return ChildDue(row.child, row.plan, worker_id, owed.due_on if owed else None, late, owed.days_late if owed and late else 0)


class _Making:
    """One reading of an outlook for the days of a board."""

    def __init__(self, outlook: Outlook, first: date, last: date) -> None:
        self.outlook, self.snapshot = outlook, outlook.snapshot
        self.first, self.last = first, last
        self.mondays = mondays(first, last)
        ahead = tuple(monday for monday in self.mondays if monday + _TO_SUNDAY >= outlook.today)
        self.weeks = ahead or self.mondays
        self.workers = {worker.id: worker for worker in outlook.workers}
        self.worker_days = {worker.id: outlook.worker_days(worker) for worker in self.workers.values()}
        self.holidays = tuple(outlook.snapshot.all(SchoolHoliday).values())
        self.trips: dict[Slot, list[BoardTrip]] = defaultdict(list)
        self.fixed: dict[Slot, list[FixedDate]] = defaultdict(list)
        for number in range(7 * len(self.mondays)):
            day = self.mondays[0] + timedelta(days=number)
            self._read_visits(day)
            self._read_events(day)
        self.days = week_days(first, last, [day for _, day in (*self.trips, *self.fixed)])

    def board(self) -> Board:
        """The board of all that was read."""
        dues = due_children(self.outlook, self.last)
        ahead = children_ahead(self.outlook)
        groups = households(dues)
        needed: dict[str, int] = defaultdict(int)
        placed: dict[str, int] = defaultdict(int)
        tray = []
        for group in groups:
            open_ones = tuple(due for due in group if due.child.id not in ahead)
            worker_id = group[0].worker_id if group[0].worker_id in self.workers else ""
            needed[worker_id] += 1
            placed[worker_id] += not open_ones
            if open_ones:
                tray.append(TrayTrip(open_ones, self.workers.get(open_ones[0].worker_id)))
        rows = [self._row(worker, needed[worker.id], placed[worker.id]) for worker in self.outlook.workers]
        rows.append(self._row(None, needed[""], placed[""]))
        return Board(
            days=self.days,
            first=self.first,
            last=self.last,
            today=self.outlook.today,
            rows=tuple(rows),
            tray=tuple(sorted(tray, key=lambda trip: trip.first.order)),
            places_left=self._places_left(rows),
            school_holidays=tuple(self._school_holiday(day) for day in self.days),
            needed=len(dues),
            overdue=sum(due.is_late for due in dues),
            placed=sum(due.child.id in ahead for due in dues),
        )

    # What stands on the days

    def _read_visits(self, day: date) -> None:
        for visit in self.snapshot.by(Visit, "on", day):
            if not is_shown(visit, self.outlook.on):
                continue
            child_ids = [sighting.child_id for sighting in self.snapshot.by(Sighting, "visit_id", visit.id)]
            going = [worker_id for worker_id in (visit.worker_id, *visit.with_worker_ids) if worker_id in self.workers]
            if not going and not any(self.outlook.case_of(child_id) for child_id in child_ids):
                continue
            trip = self._trip(visit, child_ids)
            self.trips[visit.worker_id if visit.worker_id in self.workers else "", day].append(trip)
            for worker_id in visit.with_worker_ids:
                if worker_id in self.workers:
                    self.trips[worker_id, day].append(self._trip(visit, child_ids, is_second=True))

    def _trip(self, visit: Visit, child_ids: Sequence[str], is_second: bool = False) -> BoardTrip:
        children = tuple(sorted((self._child_due(child_id) for child_id in child_ids), key=lambda due: due.order))
        day = visit.on or self.outlook.on
        schooled = self._is_school_day(day) and any(is_school_age(due.child, day) for due in children)
        return BoardTrip(
            visit=visit,
            children=children,
            is_second=is_second,
            after_school=schooled,
            in_school_hours=schooled and is_in_school_hours(visit),
            is_unlogged=visit.status == "planned" and day < self.outlook.today,
        )

    def _is_school_day(self, day: date) -> bool:
        return day.isoweekday() < 6 and self.outlook.calendar.is_working(day) and not self._school_holiday(day)

    def _school_holiday(self, day: date) -> str:
        return school_holiday(self.holidays, day)

    def _child_due(self, child_id: str) -> ChildDue:
        row = self.outlook.case_of(child_id)
        if row is not None:
            return _due(row)
        child = self.snapshot.find(Child, child_id) or Child(id=child_id, reference="A child not here yet")
        return ChildDue(child, self.snapshot.plan(child_id, self.outlook.on), "", None, False, 0)

    def _read_events(self, day: date) -> None:
        for event in self.snapshot.by(Event, "on", day):
            if event.status != "planned":
                continue
            row = self.outlook.case_of(event.child_id)
            worker_id = worker_of(self.outlook, event)
            if row is None and worker_id not in self.workers:
                continue
            word = event.title or EVENTS.get(event.event, event.event.replace("_", " ").capitalize())
            child = self.snapshot.find(Child, event.child_id) if event.child_id else None
            fixed = FixedDate(event, child, row.plan if row else "", word)
            self.fixed[worker_id if worker_id in self.workers else "", day].append(fixed)

    # Rows

    def _row(self, worker: Worker | None, needed: int, placed: int) -> BoardRow:
        worker_id = worker.id if worker else ""
        cells = tuple(self._cell(worker_id, day) for day in self.days)
        return BoardRow(worker, cells, tuple(self._week(worker, monday) for monday in self.weeks), needed, placed)

    def _cell(self, worker_id: str, day: date) -> BoardCell:
        days = self.worker_days.get(worker_id)
        shades = days.shades(day) if days else ()
        refusal = days.refusal(day, self.outlook.today) if days else PASSED if day < self.outlook.today else NOBODY
        slot = worker_id, day
        return BoardCell(day, shades, refusal, in_order(self.fixed.get(slot, ()), self.trips.get(slot, ())))

    def _week(self, worker: Worker | None, monday: date) -> VisitWeek:
        if worker is not None:
            return visit_week(self.outlook, worker, on=monday)
        week = [monday + timedelta(days=number) for number in range(7)]
        trips = [trip.visit for day in week for trip in self.trips.get(("", day), ())]
        return VisitWeek(monday, visits=tuple(visit for visit in trips if visit.standing == "statutory"))

    # Places left

    def _places_left(self, rows: Sequence[BoardRow]) -> tuple[int | None, ...]:
        left: dict[date, float] = defaultdict(float)
        for row in rows:
            for week in row.weeks if row.worker else ():
                days = {week.first + timedelta(days=number): part for number, part in enumerate(week.free)}
                free = {day: part for day, part in days.items() if day >= self.outlook.today}
                whole = sum(free.values())
                for day, part in free.items():
                    left[day] += max(0, week.left) * part / whole if whole else 0
        return spread([None if day < self.outlook.today else left[day] for day in self.days])
