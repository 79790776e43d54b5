"""The visits of some days, as a board: workers down, days across, and a tray of what has no day yet. One trip a household."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from planner.core.obligations import is_overdue
from planner.core.records import Child, Event, Visit, Worker
from planner.core.visit_week import VisitWeek
from planner.core.worker_days import Shade

SCHOOL_STARTS, SCHOOL_ENDS = time(8, 45), time(15, 15)
SCHOOL_AGE = (5, 16)
"""From the fifth birthday to the sixteenth year: Education Act 1996 s.8, nearly; the child's own mark comes first."""


@dataclass(frozen=True, slots=True)
class ChildDue:
    """A child, the plan they are on, and their next visit's due day; `days_late` is None for a clock with no date."""

    child: Child
    plan: str
    worker_id: str
    due_on: date | None
    is_late: bool
    days_late: int | None

    @property
    def order(self) -> tuple[bool, date, str]:
        """Latest first, those with no date before all, then by reference."""
        return not self.is_late, self.due_on or (date.min if self.is_late else date.max), self.child.reference


@dataclass(frozen=True, slots=True)
class TrayTrip:
    """Children of one household who are overdue or due and have no day: one trip. `worker` leads for the first of them."""

    children: tuple[ChildDue, ...]
    worker: Worker | None

    @property
    def first(self) -> ChildDue:
        """The child most in need."""
        return self.children[0]

    @property
    def is_late(self) -> bool:
        """Whether any child's visit is overdue."""
        return self.first.is_late

    @property
    def child_ids(self) -> tuple[str, ...]:
        """The ids of the children."""
        return tuple(due.child.id for due in self.children)


@dataclass(frozen=True, slots=True)
class BoardTrip:
    """One visit on the board. `is_second` marks it in the row of a worker who goes along; `after_school` that a child is at
    school by day; `in_school_hours` that its time is then; `is_unlogged` that its day has passed and nobody said how it went.
    """

    visit: Visit
    children: tuple[ChildDue, ...]
    is_second: bool = False
    after_school: bool = False
    in_school_hours: bool = False
    is_unlogged: bool = False

    @property
    def is_late(self) -> bool:
        """Whether a planned visit is already overdue for one of its children."""
        return self.visit.status == "planned" and any(due.is_late for due in self.children)

    @property
    def days_late(self) -> int | None:
        """Days the latest child is overdue; None where a child has no due date, and 0 where none is overdue."""
        late = [due.days_late for due in self.children if due.is_late]
        return None if None in late else max((days for days in late if days is not None), default=0)

    @property
    def planned_after(self) -> date | None:
        """The due day it is planned after, where that day is still to come."""
        days = [due.due_on for due in self.children if due.due_on is not None and not due.is_late]
        is_after = self.visit.status == "planned" and days and self.visit.on is not None and is_overdue(min(days), self.visit.on)
        return min(days) if is_after else None

    @property
    def lacks_worker(self) -> bool:
        """Whether more workers are needed than go."""
        return self.visit.status == "planned" and 1 + len(self.visit.with_worker_ids) < self.visit.workers_needed


@dataclass(frozen=True, slots=True)
class FixedDate:
    """A core group, conference, review, hearing or other planned event: it comes with the child and is not moved here."""

    event: Event
    child: Child | None
    plan: str
    word: str


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One day of one row; `refusal` says why nothing can be put there, in a word or two. `items` stand `in_order`."""

    day: date
    shades: tuple[Shade, ...]
    refusal: str
    items: tuple[FixedDate | BoardTrip, ...] = ()

    @property
    def trips(self) -> tuple[BoardTrip, ...]:
        """The visits among the items."""
        return tuple(item for item in self.items if isinstance(item, BoardTrip))


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One worker, or nobody. `needed` are trips overdue or due by the end of the range, `placed` those of them with a day.

    `weeks` are those of the range that are not over; where all are, all.
    """

    worker: Worker | None
    cells: tuple[BoardCell, ...]
    weeks: tuple[VisitWeek, ...]
    needed: int
    placed: int

    @property
    def worker_id(self) -> str:
        """The worker's id, empty for nobody."""
        return self.worker.id if self.worker else ""

    @property
    def used(self) -> int:
        """Trips in these weeks."""
        return sum(week.used for week in self.weeks)

    @property
    def room(self) -> int:
        """The allowance of these weeks."""
        return sum(week.allowance for week in self.weeks)

    @property
    def wanted(self) -> int:
        """Trips there are and trips that have no day yet."""
        return self.used + self.needed - self.placed

    @property
    def is_short(self) -> bool:
        """Whether there are more visits than the range holds, or than one of its weeks does."""
        return self.wanted > self.room or any(week.left < 0 for week in self.weeks)


@dataclass(frozen=True, slots=True)
class Board:
    """The board of some days. Children are counted in `needed`, `overdue` and `placed`; trips in the tray and the rows.

    `places_left` gives for each day what is left of the weeks' allowances, spread over the days still free; None for a
    day that has passed. `school_holidays` gives for each day the school holiday it lies in, empty in term.
    """

    days: tuple[date, ...]
    first: date
    last: date
    today: date
    rows: tuple[BoardRow, ...]
    tray: tuple[TrayTrip, ...]
    places_left: tuple[int | None, ...]
    school_holidays: tuple[str, ...] = ()
    needed: int = 0
    overdue: int = 0
    placed: int = 0

    @property
    def last_weekday(self) -> date:
        """The last day that is no weekend: what is due after it within the range is to be made by then."""
        return self.last - timedelta(days=max(0, self.last.weekday() - 4))

    def row_of(self, worker_id: str) -> int:
        """The number of a worker's row; that of nobody where there is none."""
        return next((number for number, row in enumerate(self.rows) if row.worker_id == worker_id), len(self.rows) - 1)

    def trips_on(self, column: int) -> int:
        """Visits of one day, each counted once."""
        return sum(1 for row in self.rows for trip in row.cells[column].trips if not trip.is_second)

    def place_of(self, visit_id: str) -> tuple[int, int] | None:
        """Row and column of a visit, in the row of the worker who leads it."""
        for number, row in enumerate(self.rows):
            for column, cell in enumerate(row.cells):
                if any(trip.visit.id == visit_id and not trip.is_second for trip in cell.trips):
                    return number, column
        return None


def is_school_age(child: Child, on: date) -> bool:
    """Whether the child is at school by day in term: as marked, else by age."""
    if child.school_age is not None:
        return child.school_age
    if child.born is None:
        return False
    age = on.year - child.born.year - ((on.month, on.day) < (child.born.month, child.born.day))
    return SCHOOL_AGE[0] <= age < SCHOOL_AGE[1]


def is_in_school_hours(visit: Visit) -> bool:
    """Whether the visit's time lies in a school day, and it is not made at school."""
    at_school_time = visit.at is not None and SCHOOL_STARTS <= visit.at < SCHOOL_ENDS
    return at_school_time and visit.place != "school" and visit.on is not None and visit.on.isoweekday() < 6


def week_days(first: date, last: date, also: Iterable[date] = ()) -> tuple[date, ...]:
    """The weekdays from first to last, and those weekend days among them on which something is."""
    wanted = set(also)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(day for day in days if day.isoweekday() < 6 or day in wanted)


def mondays(first: date, last: date) -> tuple[date, ...]:
    """The Mondays of the weeks that hold any day from first to last."""
    monday = first - timedelta(days=first.weekday())
    return tuple(monday + timedelta(weeks=number) for number in range((last - monday).days // 7 + 1))


def spread(parts: Sequence[float | None]) -> tuple[int | None, ...]:
    """Whole numbers for parts, so that their sums stay true: each running sum is rounded. None stays None."""
    found: list[int | None] = []
    total = 0.0
    for part in parts:
        before, total = round(total), total + (part or 0)
        found.append(None if part is None else round(total) - before)
    return tuple(found)


def in_order(fixed: Iterable[FixedDate], trips: Iterable[BoardTrip]) -> tuple[FixedDate | BoardTrip, ...]:
    """Fixed dates and visits of a day by time, those without one last, a fixed date before a visit."""
    return tuple(sorted((*fixed, *trips), key=_time_of))


def _time_of(item: FixedDate | BoardTrip) -> tuple[time, bool]:
    at = item.event.at if isinstance(item, FixedDate) else item.visit.at
    return at or time.max, isinstance(item, BoardTrip)
