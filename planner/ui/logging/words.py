"""What the page for logging visits says of a child and of a trip, in the words of a line."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from planner.core.candidates import household_of
from planner.core.child_roll import Roll
from planner.core.date_words import distance, full_date, list_date
from planner.core.outlook_rows import OpenCase
from planner.core.records import Child, Visit
from planner.core.visit_line import Known, minutes_words
from planner.core.visit_outcome import PLACES, Outcome, outcome_words
from planner.ui.case_words import NO_WORKER, age_sentence, age_words, plan_letters
from planner.ui.table import Column

if TYPE_CHECKING:
    from planner.ui.desk import Desk

NO_CASE = "no open case here"


def known_of(desk: "Desk", roll: Roll | None = None) -> Known:
    """What a typed line is read against: every child, those of the teams looked at by initials too, and their workers.

    `roll` is the roll of before, where the children are still the same.
    """
    snapshot, outlook = desk.workspace.snapshot, desk.outlook
    near = frozenset(case.child.id for case in outlook.cases) if outlook else frozenset()
    return Known(
        roll=roll or Roll(snapshot.all(Child).values(), near),
        workers={worker.id: worker.name for worker in outlook.workers} if outlook else {},
        household=lambda child_id: [child.id for child in home_of(desk, child_id)],
        today=desk.today,
        calendar=outlook.calendar if outlook else desk.reference.calendar,
    )


def home_of(desk: "Desk", child_id: str) -> tuple[Child, ...]:
    """The child and those of the household who have an open case, whom one trip can see."""
    snapshot = desk.workspace.snapshot
    child = snapshot.find(Child, child_id)
    if child is None:
        return ()
    return tuple(
        one for one in household_of(snapshot, child) if one.id == child_id or snapshot.case(one.id, desk.today) is not None
    )


def child_line(desk: "Desk", child: Child) -> str:
    """`C10432 – A.B., age 7, CP, Dev Patel, last seen Thu 5 Nov`: enough to know the child by."""
    outlook = desk.outlook
    case = outlook.case_of(child.id) if outlook else None
    parts = [desk.child_words(child), lower_first(age_sentence(child, desk.on).rstrip("."))]
    if case is None:
        return ", ".join([*parts, NO_CASE])
    seen = f"last seen {list_date(case.last_seen, desk.today)}" if case.last_seen else "not seen yet"
    return ", ".join(filter(None, [*parts, plan_letters(case), case.worker.name if case.worker else NO_WORKER.lower(), seen]))


def choice_columns(desk: "Desk") -> tuple[Column, ...]:
    """The columns of a list of children to choose from; its rows are children."""

    def _case(child: Child) -> OpenCase | None:
        return desk.outlook.case_of(child.id) if desk.outlook else None

    def _worker(child: Child) -> str:
        case = _case(child)
        return NO_CASE if case is None else case.worker.name if case.worker else NO_WORKER

    return (
        Column("Child", desk.child_words, width=130, strong=True),
        Column("Age", lambda child: age_words(child, desk.on), align="right", width=52),
        Column("Type", lambda child: plan_letters(case) if (case := _case(child)) else "", mark=_plan_of(desk), width=90),
        Column("Worker", _worker, width=160, stretch=True),
        Column("Last seen", lambda child: list_date(case.last_seen, desk.today) if (case := _case(child)) else "", width=120),
    )


def _plan_of(desk: "Desk") -> Callable[[Child], str]:
    return lambda child: desk.workspace.snapshot.plan(child.id, desk.on)


def day_words(day: date, known: Known) -> str:
    """`Friday 20 November 2026 (1 working day ago)`."""
    return f"{full_date(day)} ({distance(day, known.today, known.calendar)})"


def visit_words(desk: "Desk", visit: Visit, worker: str) -> str:
    """What was said of a whole trip: `Home, 40 min, by Dev Patel, not yet in the case system`."""
    parts = [
        PLACES.get(visit.place, visit.place),
        minutes_words(visit.minutes) if visit.minutes else "",
        f"by {worker}" if worker else "",
        recorded_words(visit.recorded_on, desk.today),
    ]
    return ", ".join(filter(None, parts))


def recorded_words(recorded_on: date | None, today: date) -> str:
    """`in the case system since Fri 20 Nov`, or that it is not yet there."""
    return f"in the case system since {list_date(recorded_on, today)}" if recorded_on else "not yet in the case system"


def seen_words(outcomes: Mapping[str, Outcome]) -> str:
    """`Seen alone`, or where they differ `C10432 seen alone; C10433 not seen: child asleep`; children by their words."""
    said = {child: outcome_words(outcome) for child, outcome in outcomes.items()}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "; ".join(f"{child} {lower_first(words)}" for child, words in said.items())


def lower_first(words: str) -> str:
    """The words as they stand within a sentence."""
    return words[:1].lower() + words[1:]
