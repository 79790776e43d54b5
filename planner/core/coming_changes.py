"""What is known to change for a worker: days away, hours, stage, end of the assignment. Never why somebody is away."""

from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.date_words import day_and_month
from planner.core.outlook import Outlook
from planner.core.records import Absence, ExtraWork, Reduction, Worker
from planner.core.snapshot import is_away
from planner.core.workload import hours

STAGES = {"asye": "ASYE", "nqsw": "Newly qualified", "experienced": "Experienced", "senior": "Senior", "advanced": "Advanced"}
"""Stages of career as people write them."""


@dataclass(frozen=True, slots=True)
class ComingChange:
    """Something that changes on a day, in words short enough for a row: `Away 3 to 4 Dec`, `Leaves 4 Dec`."""

    on: date
    words: str


def coming_changes(outlook: Outlook, worker: Worker) -> tuple[ComingChange, ...]:
    """Every known change of a worker from the day looked at on, soonest first."""
    found = [*_away(outlook, worker), *_hours(outlook, worker), *_posts(outlook, worker)]
    found += [
        ComingChange(extra.end, f"{extra.title} ends {_last(extra.end, outlook.on)}")
        for extra in outlook.snapshot.by(ExtraWork, "worker_id", worker.id)
        if extra.end is not None and extra.end > outlook.on and (extra.start or date.min) <= outlook.on
    ]
    return tuple(sorted(found, key=lambda change: (change.on, change.words)))


def next_change(outlook: Outlook, worker: Worker) -> str:
    """The soonest change in words, or that none is planned."""
    found = coming_changes(outlook, worker)
    return found[0].words if found else "None planned"


def days_words(first: date, last: date, on: date) -> str:
    """`27 Nov`, `3 to 4 Dec`, `30 Nov to 4 Dec`; the year where it is not that of `on`."""
    if first == last:
        return day(first, on)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last, on)}"
    return f"{day(first, on)} to {day(last, on)}"


def day(one: date, on: date) -> str:
    """`4 Dec`, with the year when it is not that of `on`."""
    return day_and_month(one) if one.year == on.year else f"{day_and_month(one)} {one.year}"


def _last(end: date, on: date) -> str:
    """The last day of a period whose end is the first day it no longer holds."""
    return day(end - timedelta(days=1), on)


def _away(outlook: Outlook, worker: Worker) -> list[ComingChange]:
    found = []
    for absence in outlook.snapshot.by(Absence, "worker_id", worker.id):
        first, last = absence.first_day, absence.last_day
        if first is None or (last is not None and last < outlook.on):
            continue
        if is_away(absence, outlook.on):
            words = "Away, no return date" if last is None else f"Away to {day(last, outlook.on)}"
            found.append(ComingChange(outlook.on, words))
        elif first > outlook.on:
            words = f"Away from {day(first, outlook.on)}" if last is None else f"Away {days_words(first, last, outlook.on)}"
            found.append(ComingChange(first, words))
    return found


def _hours(outlook: Outlook, worker: Worker) -> list[ComingChange]:
    """Every day on which a reduction begins or ends, with the hours from then on."""
    days = {one for cut in outlook.snapshot.by(Reduction, "worker_id", worker.id) for one in (cut.start, cut.end)}
    found = []
    for on in sorted(one for one in days if one is not None and one > outlook.on):
        before = hours(outlook.snapshot, worker, on - timedelta(days=1))
        after = hours(outlook.snapshot, worker, on)
        if after != before:
            found.append(ComingChange(on, f"{after / 10:g} h from {day(on, outlook.on)}"))
    return found


def _posts(outlook: Outlook, worker: Worker) -> list[ComingChange]:
    on, found = outlook.on, []
    if worker.assignment_end is not None:
        left = worker.assignment_end <= on
        words = f"Left {_last(worker.assignment_end, on)}" if left else f"Leaves {_last(worker.assignment_end, on)}"
        found.append(ComingChange(max(on, worker.assignment_end - timedelta(days=1)), words))
    if worker.assignment_start is not None and worker.assignment_start > on:
        found.append(ComingChange(worker.assignment_start, f"Starts {day(worker.assignment_start, on)}"))
    if worker.stage_ends_on is not None and worker.stage_ends_on > on:
        stage = STAGES.get(worker.stage, worker.stage.capitalize())
        found.append(ComingChange(worker.stage_ends_on, f"{stage} ends {_last(worker.stage_ends_on, on)}"))
    if worker.no_new_cases_until is not None and worker.no_new_cases_until > on:
        found.append(ComingChange(worker.no_new_cases_until, f"No new cases until {day(worker.no_new_cases_until, on)}"))
    return found
