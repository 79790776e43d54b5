"""One worker's week of visits: what it allows and what is less by fixed dates, what is used, and what is due by its end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.records import Child, Sighting, Visit, Worker
from planner.core.visit_allowance import HISTORY
from planner.core.week_less import Less, free_days

TO_SUNDAY = timedelta(days=6)
SHOWN = ("planned", "made", "attempted")


@dataclass(frozen=True, slots=True)
class VisitWeek:
    """A worker's trips from Monday to Sunday. A household is one trip, however many children.

    `whole` is what a week without fixed dates allows, `allowance` what this one does. `visits` are planned, made and tried,
    those on which the worker goes along included; `due` the trips overdue or due by Sunday that have no day yet; `more`
    what further children would add. `free` is the part of each day, Monday first, that is left for visits. `why` says where
    `whole` comes from, `source` whose number it is.
    """

    first: date
    whole: int = 0
    allowance: int = 0
    lessened: tuple[Less, ...] = ()
    visits: tuple[Visit, ...] = ()
    due: int = 0
    more: int = 0
    free: tuple[float, ...] = (0.0,) * 7
    why: str = ""
    source: str = ""

    @property
    def last(self) -> date:
        """The Sunday."""
        return self.first + TO_SUNDAY

    @property
    def used(self) -> int:
        """Trips that have a day."""
        return len(self.visits)

    @property
    def left(self) -> int:
        """Trips still free; negative where there are more than the week allows."""
        return self.allowance - self.used

    @property
    def free_after_due(self) -> int:
        """Trips still free once those due, and those of the further children, have a day too."""
        return self.left - self.due - self.more

    @property
    def less(self) -> int:
        """By how many trips fixed dates and days off make the week smaller."""
        return self.whole - self.allowance

    @property
    def less_for(self) -> tuple[str, ...]:
        """For what, what takes most first."""
        taken: dict[str, float] = {}
        for one in self.lessened:
            taken[one.word] = taken.get(one.word, 0) + one.days
        return tuple(sorted(taken, key=lambda word: -taken[word]))

    @property
    def words(self) -> str:
        """`allowance 6, used 3, 1 less for court, left 2`, the same wherever a week is told; `by history` where it is."""
        less = f", {self.less} less for {_in_a_row(self.less_for)}" if self.less and self.less_for else ""
        left = f"left {self.left}" if self.left >= 0 else f"{-self.left} too many"
        by = " by history" if self.source == HISTORY else ""
        return f"allowance {self.whole}{by}, used {self.used}{less}, {left}"


def visit_week(outlook: Outlook, worker: Worker, further: Iterable[OpenCase] = (), on: date | None = None) -> VisitWeek:
    """The worker's week that holds a day, that looked at unless another is given, with the trips further children would add.

    The allowance is that of `Outlook.allowance`, less days off, duty, court, training and other commitments, half a day for
    each meeting, and reduced hours; rounded to a whole trip.
    """
    day = on or outlook.on
    first = day - timedelta(days=day.weekday())
    due = {_door(row.child) for row in outlook.held_by(worker.id) if is_to_place(outlook, row, first + TO_SUNDAY)}
    planned = tuple(_visits(outlook, worker, first))
    doors = {door for visit in planned if visit.status == "planned" for door in _doors(outlook, visit)}
    more = {_door(row.child) for row in further if is_to_place(outlook, row, first + TO_SUNDAY)} - due - doors
    worked = sum(1 for hours_of_day in worker.pattern if hours_of_day)
    allowed = outlook.allowance(worker)
    whole = allowed.whole
    free, lessened = free_days(outlook, outlook.worker_days(worker), first)
    return VisitWeek(
        first,
        whole=int(whole + 0.5),
        allowance=int(whole * sum(free) / worked + 0.5) if worked else 0,
        lessened=lessened,
        visits=planned,
        due=len(due - doors),
        more=len(more),
        free=free,
        why=allowed.why,
        source=allowed.source,
    )


def is_to_place(outlook: Outlook, row: OpenCase, last: date) -> bool:
    """Whether the child's next visit is overdue or due by a day, and none is planned for today or later."""
    owed = row.next_visit
    if owed is None or (owed.due_on is not None and owed.due_on > last):
        return False
    visits = [visit for visit, _ in outlook.snapshot.visits_of(row.child.id)]
    return not any(is_ahead(visit, outlook.today) for visit in visits)


def is_ahead(visit: Visit, today: date) -> bool:
    """Whether a visit is planned for today or later and counts as statutory."""
    return visit.status == "planned" and visit.on is not None and visit.on >= today and visit.standing == "statutory"


# What was used


def _visits(outlook: Outlook, worker: Worker, first: date) -> Iterator[Visit]:
    for number in range(7):
        day = first + timedelta(days=number)
        for visit in outlook.snapshot.by(Visit, "on", day):
            goes = worker.id == visit.worker_id or worker.id in visit.with_worker_ids
            if goes and visit.standing == "statutory" and is_shown(visit, outlook.on):
                yield visit


def is_shown(visit: Visit, on: date) -> bool:
    """Whether a visit stands on a day: planned, or made or tried by the day looked at."""
    return visit.status in SHOWN and (visit.status == "planned" or (visit.on is not None and visit.on <= on))


def _doors(outlook: Outlook, visit: Visit) -> Iterable[str]:
    for sighting in outlook.snapshot.by(Sighting, "visit_id", visit.id):
        child = outlook.snapshot.find(Child, sighting.child_id)
        yield _door(child) if child else sighting.child_id


def _door(child: Child) -> str:
    """One trip serves a household."""
    return child.household or child.id


def _in_a_row(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
