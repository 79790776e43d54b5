"""Workers as a manager keeps them: facts, days away, reduced hours, responsibilities, commitments, conflicts of interest."""

from dataclasses import replace
from datetime import date
from typing import Any

from planner.actions.step import Step
from planner.core.away_reasons import is_line_manager
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.records import (
    Absence,
    AwayReason,
    Child,
    Commitment,
    ConflictOfInterest,
    ExtraWork,
    Reduction,
    Team,
    Worker,
)
from planner.core.visit_allowance import HISTORY, SCHEME

PARTS = {"day": "Whole days", "am": "Mornings", "pm": "Afternoons"}
COMMITMENTS = {"duty": "Duty", "court": "Court", "training": "Training", "study": "Study", "other": "Something else"}
VISITS_FROM = {"": "As the scheme says", HISTORY: "Their own last 12 weeks", SCHEME: "The scheme’s number"}
DAY_HOURS = 240
"""No day holds more than 24 hours, in tenths."""
KEPT = "Nothing was changed."


def add_worker(step: Step, **facts: Any) -> Worker:
    """Add a worker; `facts` are fields of `Worker`. Raises Refused as `change_worker`, and for a name twice in a team."""
    worker = replace(Worker(id=step.new_id()), **_tidy(facts))
    for other in step.snapshot.by(Worker, "team_id", worker.team_id):
        if other.name.casefold() == worker.name.casefold():
            raise Refused(f"{other.name} is in this team already. Give the name as it tells the two apart. {KEPT}")
    _check(step, worker)
    step.put(worker)
    return worker


def change_worker(step: Step, worker_id: str, **facts: Any) -> Worker:
    """Change some fields of a worker; the others stay as they are.

    Raises Refused without a name, for a team that is not here, hours no day has, limits under 0, and dates out of order.
    """
    worker = replace(_worker(step, worker_id), **_tidy(facts))
    _check(step, worker)
    step.put(worker)
    return worker


def set_absence(
    step: Step,
    worker_id: str,
    first_day: date,
    last_day: date | None = None,
    *,
    part: str = "day",
    reason: str | None = None,
    absence_id: str = "",
) -> Absence:
    """Enter days away, or change an absence (`absence_id`). No last day means that it is not known.

    `reason` is the line manager's alone: it is kept in a record apart; None leaves it as it is. Raises Refused for a last
    day before the first, a part of the day that is none, and a reason from somebody who is not the line manager.
    """
    worker = _worker(step, worker_id)
    if part not in PARTS:
        raise Refused(f"Choose whole days, mornings or afternoons. {KEPT}")
    _in_order(first_day, last_day)
    former = _found(step, Absence, absence_id, "This absence")
    row = former.id if former else step.new_id()
    absence = Absence(id=row, worker_id=worker_id, first_day=first_day, last_day=last_day, part=part)
    step.put(absence)
    _put_reason(step, worker, absence.id, reason)
    return absence


def remove_absence(step: Step, absence_id: str) -> None:
    """Take an absence back, as if it had not been entered, with its reason. Raises Refused where it is gone already."""
    step.remove(_there(step, Absence, absence_id, "This absence"))
    _drop_reason(step, absence_id)


def set_reduction(
    step: Step,
    worker_id: str,
    hours: int,
    start: date,
    end: date | None = None,
    *,
    reason: str | None = None,
    reduction_id: str = "",
) -> Reduction:
    """Take hours (tenths a week) off a worker from a day to `end`, the first day it no longer holds; it ends by itself.

    The reason is kept as with an absence. Raises Refused for no hours, more than are worked, or an end not after the start.
    """
    worker = _worker(step, worker_id)
    if not 0 < hours <= sum(worker.pattern):
        most = f"{sum(worker.pattern) / 10:g}"
        raise Refused(f"{worker.name} works {most} hours a week. Enter more than 0 and no more than {most}. {KEPT}")
    if end is not None and end <= start:
        raise Refused(f"A reduction that begins on {plain_date(start)} must last at least that day. {KEPT}")
    former = _found(step, Reduction, reduction_id, "This reduction")
    row = former.id if former else step.new_id()
    reduction = Reduction(id=row, worker_id=worker_id, hours=hours, start=start, end=end)
    step.put(reduction)
    _put_reason(step, worker, reduction.id, reason)
    return reduction


def remove_reduction(step: Step, reduction_id: str) -> None:
    """Take a reduction back with its reason. Raises Refused where it is gone already."""
    step.remove(_there(step, Reduction, reduction_id, "This reduction"))
    _drop_reason(step, reduction_id)


def set_extra_work(
    step: Step,
    worker_id: str,
    title: str,
    points: int,
    start: date,
    end: date | None = None,
    *,
    extra_id: str = "",
) -> ExtraWork:
    """Enter a responsibility beyond cases with its points (tenths) from a day to `end`, the first day it no longer holds.

    `extra_id` changes one. Raises Refused without a title or points, and for an end not after the start.
    """
    worker = _worker(step, worker_id)
    if not title.strip():
        raise Refused(f"Say in a word or two what {worker.name} is responsible for. {KEPT}")
    if points <= 0:
        raise Refused(f"Enter how much it weighs, more than 0. {KEPT}")
    if end is not None and end <= start:
        raise Refused(f"A responsibility that begins on {plain_date(start)} must last at least that day. {KEPT}")
    former = _found(step, ExtraWork, extra_id, "This responsibility")
    row = former.id if former else step.new_id()
    extra = ExtraWork(id=row, worker_id=worker.id, title=" ".join(title.split()), points=points, start=start, end=end)
    step.put(extra)
    return extra


def remove_extra_work(step: Step, extra_id: str) -> None:
    """Take a responsibility back, as if it had not been entered. Raises Refused where it is gone already."""
    step.remove(_there(step, ExtraWork, extra_id, "This responsibility"))


def set_commitment(
    step: Step,
    worker_id: str,
    kind: str,
    first_day: date,
    last_day: date,
    *,
    part: str = "day",
    words: str = "",
    commitment_id: str = "",
) -> Commitment:
    """Enter days of duty, court, training, study or something else, or change them (`commitment_id`).

    Raises Refused for an unknown kind, something else without words, and a last day before the first.
    """
    worker = _worker(step, worker_id)
    if kind not in COMMITMENTS:
        raise Refused(f"Choose what {worker.name} is busy with. {KEPT}")
    if kind == "other" and not words.strip():
        raise Refused(f"Say in a word or two what {worker.name} is busy with. {KEPT}")
    if part not in PARTS:
        raise Refused(f"Choose whole days, mornings or afternoons. {KEPT}")
    _in_order(first_day, last_day)
    former = _found(step, Commitment, commitment_id, "This commitment")
    busy = Commitment(
        id=former.id if former else step.new_id(),
        worker_id=worker_id,
        kind=kind,
        title=words.strip(),
        first_day=first_day,
        last_day=last_day,
        part=part,
        child_id=former.child_id if former else "",
    )
    step.put(busy)
    return busy


def remove_commitment(step: Step, commitment_id: str) -> None:
    """Take a commitment back. Raises Refused where it is gone already."""
    step.remove(_there(step, Commitment, commitment_id, "This commitment"))


def set_conflicts(step: Step, worker_id: str, child_ids: frozenset[str]) -> None:
    """Say which children a worker must not hold: these and no others. Raises Refused for a child not here."""
    worker = _worker(step, worker_id)
    former = {conflict.child_id: conflict for conflict in step.snapshot.by(ConflictOfInterest, "worker_id", worker.id)}
    for child_id in sorted(child_ids - former.keys()):
        if step.snapshot.find(Child, child_id) is None:
            raise Refused(f"A child of this list is not in the workspace. Choose the child again. {KEPT}")
        step.put(ConflictOfInterest(id=step.new_id(), worker_id=worker.id, child_id=child_id))
    for child_id, conflict in former.items():
        if child_id not in child_ids:
            step.remove(conflict)


def _worker(step: Step, worker_id: str) -> Worker:
    worker = step.snapshot.find(Worker, worker_id)
    if worker is None:
        raise Refused(f"Choose a worker of this workspace. {KEPT}")
    return worker


def _found(step: Step, kind: type[Any], row: str, what: str) -> Any:
    """The record that is changed; None where a new one is made."""
    return _there(step, kind, row, what) if row else None


def _there(step: Step, kind: type[Any], row: str, what: str) -> Any:
    found = step.snapshot.find(kind, row)
    if found is None:
        raise Refused(f"{what} has been taken back already. {KEPT}")
    return found


def _tidy(facts: dict[str, Any]) -> dict[str, Any]:
    """Texts without space around them, lists without empty or double entries."""
    tidy = {}
    for name, value in facts.items():
        if isinstance(value, str):
            value = " ".join(value.split())
        elif isinstance(value, tuple) and name != "pattern":
            value = tuple(dict.fromkeys(" ".join(one.split()) for one in value if one.strip()))
        tidy[name] = value
    return tidy


def _check(step: Step, worker: Worker) -> None:
    if not worker.name:
        raise Refused(f"Enter the worker’s name. {KEPT}")
    if worker.team_id and step.snapshot.find(Team, worker.team_id) is None:
        raise Refused(f"Choose a team of this workspace. {KEPT}")
    if len(worker.pattern) != 7 or not all(0 <= hours <= DAY_HOURS for hours in worker.pattern):
        raise Refused(f"Enter the hours of each day from Monday to Sunday, from 0 to 24. {KEPT}")
    limits = (worker.headcount_limit, worker.visits_a_week, worker.new_cases_a_week)
    if any(limit is not None and limit < 0 for limit in limits):
        raise Refused(f"A limit is a whole number, 0 or more. {KEPT}")
    if worker.visits_from not in VISITS_FROM:
        raise Refused(f"Choose where the worker’s visits a week come from. {KEPT}")
    start, end = worker.assignment_start, worker.assignment_end
    if start is not None and end is not None and end <= start:
        raise Refused(f"{worker.name} starts on {plain_date(start)}. Enter a last day on or after that day. {KEPT}")


def _in_order(first_day: date, last_day: date | None) -> None:
    if last_day is not None and last_day < first_day:
        raise Refused(f"The first day is {plain_date(first_day)}. Enter a last day on or after it. {KEPT}")


def _put_reason(step: Step, worker: Worker, about: str, reason: str | None) -> None:
    if reason is None:
        return
    if not is_line_manager(step.person, worker):
        raise Refused(f"Why {worker.name} is away is for the line manager to enter. Leave the reason out. {KEPT}")
    former = next(iter(step.snapshot.by(AwayReason, "about", about)), None)
    if reason.strip():
        step.put(AwayReason(id=former.id if former else step.new_id(), about=about, reason=reason.strip()))
    elif former is not None:
        step.remove(former)


def _drop_reason(step: Step, about: str) -> None:
    for former in step.snapshot.by(AwayReason, "about", about):
        step.remove(former)
