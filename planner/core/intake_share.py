"""An intake week shared over a team's workers and days: evenly by hours, with nothing where a worker is away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.intake import ACCEPTED, QUOTA, Intake, IntakeRow
from planner.core.outlook import Outlook
from planner.core.records import IntakeWeek, Worker
from planner.core.worker_days import FULL_WEEK, WorkerDays
from planner.core.workload import hours

LEAVING = timedelta(days=14)
"""A worker who leaves within two weeks is no room for new children."""


@dataclass(frozen=True, slots=True)
class DayShare:
    """One worker's day of an intake week: hours at work in tenths, new children for it, and those taken so far."""

    on: date
    hours: int
    share: int
    taken: tuple[IntakeRow, ...]
    word: str


@dataclass(frozen=True, slots=True)
class WorkerShare:
    """One worker's part of an intake week; `days` are Monday to Friday."""

    worker: Worker
    days: tuple[DayShare, ...]

    @property
    def share(self) -> int:
        """New children in the week."""
        return sum(day.share for day in self.days)

    @property
    def taken(self) -> tuple[IntakeRow, ...]:
        """The children of the intake given to the worker so far."""
        return tuple(row for day in self.days for row in day.taken)


def shares(outlook: Outlook, found: Intake) -> tuple[WorkerShare, ...]:
    """The week's quota over the workers of its team, or of the teams on intake, and their days.

    The shares add up to the quota, if anyone is at work.
    """
    on_intake = {week.team_id for week in outlook.snapshot.by(IntakeWeek, "week_on", found.week_on)}
    teams = {found.team_id} if found.team_id else on_intake & {team.id for team in outlook.teams}
    everyone = [worker for worker in outlook.snapshot.all(Worker).values() if worker.team_id in teams]
    days = [found.week_on + timedelta(days=number) for number in range(FULL_WEEK)]
    at_work = {worker.id: [_hours(outlook, worker, day) for day in days] for worker in everyone}
    here = sorted((worker for worker in everyone if _is_in_post(worker, days)), key=lambda worker: worker.name)
    wholes = apportioned(QUOTA if found.quota is None else found.quota, [sum(at_work[worker.id]) for worker in here])
    rows, start = [], 0
    for worker, whole in zip(here, wholes, strict=True):
        parts = apportioned(whole, at_work[worker.id], start)
        start += (
            whole % FULL_WEEK
        )  # what is over falls on the next days for the next worker, so that no day has more than its due
        rows.append(
            WorkerShare(
                worker, tuple(_day_shares(outlook, found, worker, list(zip(days, at_work[worker.id], parts, strict=True))))
            )
        )
    return tuple(rows)


def apportioned(total: int, weights: Sequence[int], start: int = 0) -> list[int]:
    """Whole parts of a total by weights, largest remainders first; they add up to it unless every weight is 0.

    Of equal remainders the one from place `start` on comes first.
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda place: (-(total * weights[place] % whole), (place - start) % len(weights))
    )
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def _day_shares(outlook: Outlook, found: Intake, worker: Worker, days: Sequence[tuple[date, int, int]]) -> Iterable[DayShare]:
    """The days of a worker: each with hours and share, why there are none, and who was taken."""
    known = WorkerDays(outlook.snapshot, outlook.calendar, worker)
    taken = [row for row in found.received if row.state == ACCEPTED and row.worker is not None and row.worker.id == worker.id]
    for day, tenths, part in days:
        off = next((shade.word for shade in known.shades(day) if shade.is_off), "")
        word = "" if tenths else off or ("Leaving" if _is_leaving(worker, day) else "No new cases")
        yield DayShare(day, tenths, part, tuple(row for row in taken if row.picked_up_on == day), word)


def _is_in_post(worker: Worker, days: Sequence[date]) -> bool:
    starts, ends = worker.assignment_start, worker.assignment_end
    return (starts is None or starts <= days[-1]) and (ends is None or ends > days[0])


def _is_leaving(worker: Worker, day: date) -> bool:
    return worker.assignment_end is not None and worker.assignment_end <= day + LEAVING


def _hours(outlook: Outlook, worker: Worker, day: date) -> int:
    """Hours at work on a day in tenths, for new children: none where away, or where no new cases are to be given yet."""
    until = worker.no_new_cases_until
    contracted = sum(worker.pattern)
    if not contracted or (until is not None and day < until) or _is_leaving(worker, day):
        return 0
    shades = [shade for shade in WorkerDays(outlook.snapshot, outlook.calendar, worker).shades(day) if shade.is_off]
    if any(shade.part == "day" for shade in shades):
        return 0
    whole = worker.pattern[day.weekday()] * hours(outlook.snapshot, worker, day) // contracted
    return whole // 2 if shades else whole
