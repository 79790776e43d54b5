"""What is kept of a worker besides load and days, in words: stage, hours of each day, skills, limits, post and onboarding."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.coming_changes import STAGES
from planner.core.date_words import DAYS, plain_date
from planner.core.holding import is_complete
from planner.core.records import Child, ConflictOfInterest, Worker
from planner.core.snapshot import Snapshot
from planner.core.workload import stage
from planner.ui.wording import count_words

NOT_TO_HOLD = "Must not hold"
WEEKDAYS = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what it is, what it says, and the tone it is said in."""

    what: str
    words: str
    tone: str = ""


def facts_of(snapshot: Snapshot, worker: Worker, on: date, child_words: Callable[[Child], str]) -> tuple[Fact, ...]:
    """Each fact that is kept of a worker, as it stands on a day."""
    conflicts = [snapshot.find(Child, one.child_id) for one in snapshot.by(ConflictOfInterest, "worker_id", worker.id)]
    said = {
        "Stage": _stage_words(worker, on),
        "Works": pattern_words(worker.pattern),
        "Skills": ", ".join(worker.skills),
        "Localities": ", ".join(worker.localities),
        "Limits": ", ".join(_limits(worker, on)),
        NOT_TO_HOLD: ", ".join(sorted(child_words(child) for child in conflicts if child)),
        "In post": ", ".join(_post(worker)),
        "Registration": ", ".join(_registration(worker)),
        "Supplier": worker.supplier,
    }
    return (*(Fact(what, words) for what, words in said.items() if words), *_onboarding(worker, on))


def pattern_words(pattern: tuple[int, ...]) -> str:
    """`Monday to Friday, 7.4 h a day`, or `Mon 7.4 h, Tue 4 h`; pattern in tenths of an hour."""
    usual, weekend = set(pattern[:WEEKDAYS]), any(pattern[WEEKDAYS:])
    if len(usual) == 1 and not weekend and pattern[0]:
        return f"Monday to Friday, {pattern[0] / 10:g} h a day"
    return ", ".join(f"{day[:3]} {hours / 10:g} h" for day, hours in zip(DAYS, pattern, strict=True) if hours)


def _stage_words(worker: Worker, on: date) -> str:
    now, end = stage(worker, on), worker.stage_ends_on
    words = STAGES.get(now, now.capitalize())
    return f"{words}, until {plain_date(end - timedelta(days=1))}" if end is not None and end > on else words


def _limits(worker: Worker, on: date) -> Iterator[str]:
    if worker.headcount_limit is not None:
        yield f"{count_words(worker.headcount_limit, 'child', 'children')} at most"
    if worker.visits_a_week is not None:
        yield f"{count_words(worker.visits_a_week, 'visit')} a week"
    if worker.new_cases_a_week is not None:
        yield f"{count_words(worker.new_cases_a_week, 'new child', 'new children')} in 7 days"
    if worker.no_new_cases_until is not None and worker.no_new_cases_until > on:
        yield f"no new cases until {plain_date(worker.no_new_cases_until)}"


def _post(worker: Worker) -> Iterator[str]:
    if worker.assignment_start is not None:
        yield f"from {plain_date(worker.assignment_start)}"
    if worker.assignment_end is not None:
        yield f"last day {plain_date(worker.assignment_end - timedelta(days=1))}"
    if worker.notice_on is not None:
        yield f"notice given on {plain_date(worker.notice_on)}"


def _registration(worker: Worker) -> Iterator[str]:
    if worker.swe_number:
        yield f"Social Work England {worker.swe_number}"
    if worker.qualified_on is not None:
        yield f"qualified on {plain_date(worker.qualified_on)}"


def _onboarding(worker: Worker, on: date) -> Iterator[Fact]:
    """Checks and login, where a day is kept of them or where nothing is allocated before they are complete."""
    for what, done_on in (("Checks", worker.checks_complete_on), ("Case system login", worker.login_complete_on)):
        if not is_complete(done_on, worker, on):
            yield Fact(what, "not complete, so nothing is allocated", "warning")
        elif done_on is not None:
            yield Fact(what, f"complete on {plain_date(done_on)}")
