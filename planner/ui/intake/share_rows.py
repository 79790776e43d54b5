"""The table of an intake shared: a row a worker, then all of them, then what was accepted of the children of each day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.intake import Intake, IntakeRow
from planner.core.intake_share import DayShare, WorkerShare
from planner.core.worker_days import FULL_WEEK
from planner.ui.table import Column

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri")


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One row: what it is, its words for each day and for the week, why a day has none, and the children behind it."""

    title: str
    days: tuple[str, ...]
    tips: tuple[str, ...]
    week: str
    rows: tuple[IntakeRow, ...]


def share_rows(found: Intake, made: Sequence[WorkerShare], today: date) -> tuple[ShareRow, ...]:
    """The rows of a week shared; none where nobody is at work."""
    if not any(one.share for one in made):
        return ()
    return (*(_of_worker(one, today) for one in made), _of_all(made, today), _accepted(found))


def share_columns(found: Intake) -> tuple[Column, ...]:
    """A row's title, five days, and the week."""

    def cell(number: int) -> Callable[[ShareRow], str]:
        return lambda row: row.days[number]

    def tip(number: int) -> Callable[[ShareRow], str]:
        return lambda row: row.tips[number]

    days = [found.week_on + timedelta(days=number) for number in range(FULL_WEEK)]
    return (
        Column("Worker", lambda row: row.title, strong=True, width=150, stretch=True),
        *(
            Column(f"{name} {day.day}", cell(number), align="right", width=96, tip=tip(number))
            for number, (name, day) in enumerate(zip(DAY_NAMES, days, strict=True))
        ),
        Column("Week", lambda row: row.week, align="right", width=84, strong=True),
    )


def _of_worker(one: WorkerShare, today: date) -> ShareRow:
    tips = tuple(day.word for day in one.days)
    return ShareRow(
        one.worker.name, tuple(_cell(day, today) for day in one.days), tips, f"{len(one.taken)} of {one.share}", one.taken
    )


def _cell(day: DayShare, today: date) -> str:
    """Taken of what falls on the day; a day to come has nothing taken yet, a day away its word."""
    if day.word and not day.taken:
        return "Off" if day.word == "Does not work" else day.word
    return f"{len(day.taken)} of {day.share}" if day.on <= today else f"{day.share}"


def _of_all(made: Sequence[WorkerShare], today: date) -> ShareRow:
    days = []
    for number in range(FULL_WEEK):
        share = sum(one.days[number].share for one in made)
        taken = sum(len(one.days[number].taken) for one in made)
        days.append(f"{taken} of {share}" if made[0].days[number].on <= today else f"{share}")
    taken_rows = tuple(row for one in made for row in one.taken)
    return ShareRow(
        "All workers", tuple(days), ("",) * FULL_WEEK, f"{len(taken_rows)} of {sum(one.share for one in made)}", taken_rows
    )


def _accepted(found: Intake) -> ShareRow:
    """How many of the children received on each day were accepted, of those received."""
    days = []
    for number in range(FULL_WEEK):
        on = found.week_on + timedelta(days=number)
        received = sum(row.received_on == on for row in found.received)
        accepted = sum(row.received_on == on for row in found.accepted)
        days.append(f"{accepted} of {received}" if received else "")
    week = f"{len(found.accepted)} of {len(found.received)}"
    return ShareRow("Accepted of those received", tuple(days), ("",) * FULL_WEEK, week, found.accepted)
