"""One line as it stands in the fields: what it says of a trip, what is still asked, and the step that logs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from planner.actions.step import Step
from planner.actions.visits import SeenAs, Trip, log_visit
from planner.core.date_words import list_date
from planner.core.records import Child, Sighting, Visit
from planner.core.visit_outcome import Outcome
from planner.ui.dialogs.question import discreet
from planner.ui.dialogs.visit_words import role_of

if TYPE_CHECKING:
    from planner.ui.desk import Desk


@dataclass
class TypedTrip:
    """What the fields say. `asked` has a sentence for each part that is missing or in doubt, the first to be asked first."""

    child: Child | None = None
    seen: dict[Child, Outcome] = field(default_factory=dict)
    day: date | None = None
    place: str = ""
    worker_id: str = ""
    minutes: int | None = None
    recorded_on: date | None = None
    asked: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything typed in the fields of a line, so that a line that is refused can be put back as it stood."""

    child: str
    chosen_id: str
    day: date | None
    day_text: str
    outcome: str
    siblings: Mapping[str, str]
    place: str
    worker_id: str
    minutes: str
    recorded: str


def log_trip(
    step: Step, seen: Mapping[str, SeenAs], on: date, worker_id: str, trip: Trip, *, visit_id: str, again: bool
) -> tuple[str, Visit]:
    """Log a visit; answers the id of the step too, by which just this line can be taken back. Raises as `log_visit` does."""
    return step.id, log_visit(step, seen, on, worker_id, trip, visit_id=visit_id, again=again)


def trip_of(desk: "Desk", typed: TypedTrip) -> Trip:
    """The whole of the visit, as it is stored."""
    assert typed.child is not None
    return Trip(
        place=typed.place,
        minutes=typed.minutes,
        role=role_of(desk, typed.child.id, typed.worker_id),
        recorded_on=typed.recorded_on,
    )


def seen_as(outcome: Outcome) -> SeenAs:
    """How one child was seen, as it is stored."""
    return SeenAs(
        seen=outcome.is_seen,
        seen_alone={"alone": True, "not alone": False}.get(outcome.how),
        not_seen_reason="" if outcome.is_seen else outcome.why,
        not_alone_reason=outcome.why if outcome.how == "not alone" else "",
    )


def planned_visit(desk: "Desk", typed: TypedTrip) -> str:
    """The id of the visit planned for that day that this trip was, or an empty string: all whom it planned are on the line."""
    snapshot = desk.workspace.snapshot
    there = {child.id for child in typed.seen}
    for child_id in there:
        for visit, _ in snapshot.visits_of(child_id):
            if visit.on == typed.day and visit.status == "planned":
                planned = {sighting.child_id for sighting in snapshot.by(Sighting, "visit_id", visit.id)}
                if planned <= there:
                    return visit.id
    return ""


def second_visit(desk: "Desk", typed: TypedTrip) -> str:
    """The question to ask where a child of the line has a visit made on that day; an empty string where none has."""
    for child in typed.seen:
        for visit, _ in desk.workspace.snapshot.visits_of(child.id):
            if visit.on == typed.day and visit.status == "made":
                day = list_date(visit.on, desk.today)
                return f"{child.reference} has a visit logged on {day} already. Log a second one only if there were two."
    return ""


def step_words(typed: TypedTrip) -> str:
    """`visit to C10432 – A.B. and 2 more`, by initials alone, for the name of the step."""
    assert typed.child is not None
    what = "visit" if any(outcome.is_seen for outcome in typed.seen.values()) else "visit tried"
    others = f" and {len(typed.seen) - 1} more" if len(typed.seen) > 1 else ""
    return f"{what} to {discreet(typed.child)}{others}"
