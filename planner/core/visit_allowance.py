"""How many statutory visits a whole week of a worker holds, and why: their own number, their own history, or the scheme's."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from planner.core.records import Visit, Worker
from planner.core.week_less import free_days
from planner.core.worker_days import FULL_WEEK, VISITS_A_WEEK
from planner.core.workload import visits_a_week

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

OWN, HISTORY, SCHEME, PRACTICE = "own", "history", "scheme", "practice"
WEEKS_BACK = 12
"""So many whole weeks before the one looked at are the history."""
LEAST_WEEKS = 6
"""With fewer worked weeks in them the history says nothing."""
LEAST_FREE = 0.5
"""A week counts as worked where at least half of the worker's days were free for visits."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WorkedWeek:
    """A week gone by: the statutory visits made in it, and which share of the worker's days was free for them."""

    first: date
    made: int
    free: float

    @property
    def in_whole(self) -> float:
        """What a week with every day free would have held."""
        return self.made / self.free


@dataclass(frozen=True, slots=True)
class VisitAllowance:
    """`whole` is what a week of the worker's pattern holds before anything is taken off; `source` says whose number it is.

    `weeks` are the worked weeks looked at where the history was asked; `full` what the scheme has for a full week.
    """

    whole: float
    source: str
    full: int
    days: int
    weeks: tuple[WorkedWeek, ...] = ()
    was_asked: bool = False

    @property
    def why(self) -> str:
        """Where the number comes from, with its parts."""
        if self.source == HISTORY:
            made = sum(week.made for week in self.weeks)
            return (
                f"{_visits(self.whole)} a whole week by their own history: {made} statutory visits made in {len(self.weeks)} "
                f"worked weeks of the last {WEEKS_BACK}; {self.whole:.1f} is the middle week, days off made up for."
            )
        if self.source == OWN:
            return f"{_visits(self.whole)} a whole week, as agreed with this worker."
        weeks = f"{len(self.weeks)} worked week{'' if len(self.weeks) == 1 else 's'}"
        short = f" Their own history says nothing yet: {weeks} of the {LEAST_WEEKS} it takes." if self.was_asked else ""
        whose = "by the scheme" if self.source == SCHEME else "as is usual, for the scheme says none"
        part = f", for {self.days} of {FULL_WEEK} days {self.whole:.1f}" if self.days != FULL_WEEK else ""
        return f"{_visits(self.full)} a full week {whose}{part}.{short}"


def visit_allowance(outlook: "Outlook", worker: Worker) -> VisitAllowance:
    """The worker's own number, else their history where it is chosen for them or by their scheme, else the scheme's number.

    A history of fewer than `LEAST_WEEKS` worked weeks says nothing; then the scheme's number holds (product.md, visits).
    """
    scheme = outlook.scheme(worker.team_id)
    said = visits_a_week(worker, outlook.on, scheme)
    full = VISITS_A_WEEK if said is None else said
    days = sum(1 for hours_of_day in worker.pattern if hours_of_day)
    source = PRACTICE if said is None else SCHEME
    if worker.visits_a_week is not None:
        return VisitAllowance(worker.visits_a_week if days else 0, OWN, full, days)
    was_asked = worker.visits_from == HISTORY or (not worker.visits_from and scheme.visits_from_history)
    weeks = worked_weeks(outlook, worker) if was_asked else ()
    if len(weeks) >= LEAST_WEEKS:
        return VisitAllowance(median(week.in_whole for week in weeks), HISTORY, full, days, weeks, was_asked)
    return VisitAllowance(full * days / FULL_WEEK, source, full, days, weeks, was_asked)


def worked_weeks(outlook: "Outlook", worker: Worker) -> tuple[WorkedWeek, ...]:
    """The weeks the worker worked among the twelve before the one looked at, latest first.

    Weeks before the first visit of theirs that is known are not counted as weeks without visits: nothing is known of them.
    """
    on = min(outlook.on, outlook.today)
    this_monday = on - timedelta(days=on.weekday())
    known = [visit.on for visit in outlook.snapshot.by(Visit, "worker_id", worker.id) if visit.status == "made" and visit.on]
    known_from = min(known, default=this_monday)
    days, pattern = outlook.worker_days(worker), sum(1 for hours_of_day in worker.pattern if hours_of_day)
    found = []
    for number in range(1, WEEKS_BACK + 1):
        first = this_monday - number * WEEK
        if first + WEEK <= known_from or not pattern:
            break
        free = sum(free_days(outlook, days, first)[0]) / pattern
        if free >= LEAST_FREE:
            found.append(WorkedWeek(first, _made_in(outlook, worker, first), free))
    return tuple(found)


def _made_in(outlook: "Outlook", worker: Worker, first: date) -> int:
    """How many trips of a week were statutory visits made, those on which the worker went along included."""
    return sum(
        visit.status == "made"
        and visit.standing == "statutory"
        and (visit.worker_id == worker.id or worker.id in visit.with_worker_ids)
        for number in range(7)
        for visit in outlook.snapshot.by(Visit, "on", first + timedelta(days=number))
    )


def _visits(count: float) -> str:
    return f"{count:g}" if count == int(count) else f"{count:.1f}"
