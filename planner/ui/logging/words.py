"""What the page for logging visits says of a child and of a trip, in the words of a line."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from planner.core.date_words import distance, full_date, list_date
from planner.core.outlook_rows import OpenCase
from planner.core.phrases import lower_first
from planner.core.records import Child, Visit, Worker
from planner.core.visit_check import CheckedLine
from planner.core.visit_line import ANNOUNCED, BEDROOM, Known, VisitLine, minutes_words
from planner.core.visit_outcome import PLACES, Outcome, outcome_words
from planner.ui.case_words import NO_WORKER, age_sentence, age_words, plan_letters
from planner.ui.table import Column
from planner.ui.wording import names_in_a_row

if TYPE_CHECKING:
    from planner.ui.desk import Desk

NO_CASE = "no open case here"


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


def visit_words(desk: "Desk", visit: Visit) -> str:
    """What was said of a whole trip: `Home, 40 min, by Dev Patel, not yet in the case system`."""
    words = ", ".join(_trip_parts(desk, visit, ""))
    return f"{words[:1].upper()}{words[1:]}"


def checked_words(desk: "Desk", checked: CheckedLine, known: Known) -> str:
    """`Seen alone, home, Friday 20 November 2026 (1 working day ago), 40 min, by Dev Patel, not yet in the case system.`"""
    line = checked.line
    seen = {child.reference: outcome for one, outcome in checked.outcomes.items() if (child := known.roll.child(one))}
    parts = [seen_words(seen) if seen else "", *_trip_parts(desk, line, day_words(line.day, known) if line.day else "")]
    words = ", ".join(filter(None, parts))
    return f"{words[:1].upper()}{words[1:]}."


def _trip_parts(desk: "Desk", trip: Visit | VisitLine, day: str) -> list[str]:
    """What is said of a whole trip, part by part; what is usual (face to face, statutory) is not said."""
    parts = [
        PLACES.get(trip.place, trip.place).casefold(),
        trip.mode if trip.mode == "video" else "",
        "contact only" if trip.standing == "contact" else "",
        ANNOUNCED[trip.announced] if trip.announced is not None else "",
        day,
        f"at {trip.at:%H:%M}" if trip.at else "",
        minutes_words(trip.minutes) if trip.minutes else "",
        BEDROOM[trip.bedroom_seen] if isinstance(trip, VisitLine) and trip.bedroom_seen is not None else "",
        _who_went(desk, trip),
        recorded_words(trip.recorded_on, desk.today),
    ]
    return [part for part in parts if part]


def _who_went(desk: "Desk", trip: Visit | VisitLine) -> str:
    """`by Dev Patel with Amara Okafor`, and of a line who leads where that is somebody else."""
    workers = desk.workspace.snapshot.all(Worker)
    if trip.worker_id not in workers:
        return ""
    along = names_in_a_row([workers[one].name for one in trip.with_worker_ids if one in workers])
    by = f"by {workers[trip.worker_id].name}{f' with {along}' if along else ''}"
    if not isinstance(trip, VisitLine) or not trip.child_id or trip.day is None:
        return by
    lead = desk.workspace.snapshot.lead(trip.child_id, trip.day)
    is_other = lead is not None and lead.worker_id != trip.worker_id and lead.worker_id in workers
    return f"{by} (the lead worker is {workers[lead.worker_id].name})" if lead and is_other else by


def recorded_words(recorded_on: date | None, today: date) -> str:
    """`in the case system since Fri 20 Nov`, or that it is not yet there."""
    return f"in the case system since {list_date(recorded_on, today)}" if recorded_on else "not yet in the case system"


def seen_words(outcomes: Mapping[str, Outcome]) -> str:
    """`Seen alone`, or where they differ `C10432 seen alone; C10433 not seen: child asleep`; children by their words."""
    said = {child: outcome_words(outcome) for child, outcome in outcomes.items()}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "; ".join(f"{child} {lower_first(words)}" for child, words in said.items())
