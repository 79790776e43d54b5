"""One line as it is logged: what the step is given and called, and what is kept of a line so that it can be put back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.actions.step import Step
from planner.actions.visits import SeenAs, Trip, VisitMade, log_visit
from planner.core.records import Visit
from planner.core.visit_check import CheckedLine, role_on
from planner.core.visit_list import TypedLine
from planner.core.visit_outcome import Outcome
from planner.ui.dialogs.question import discreet

if TYPE_CHECKING:
    from planner.core.visit_line import Known
    from planner.ui.desk import Desk


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
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoggedStep:
    """A line that was logged, as it outlasts a lock: by ids alone, for no record is kept in memory then."""

    step_id: str
    title: str
    visit_id: str
    seen: tuple[tuple[str, Outcome], ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """What is half typed on the page: the line, or None; the lines of a list, and whether it is in view; what was logged."""

    line: Kept | None
    box: str
    listed: tuple[TypedLine, ...]
    is_listing: bool
    logged: tuple[LoggedStep, ...] = ()


def log_trip(step: Step, made: VisitMade) -> tuple[str, Visit]:
    """Log a visit; answers the id of the step too, by which just this line can be taken back. Raises as `log_visit` does."""
    visit = log_visit(step, made.seen, made.on, made.worker_id, made.trip, visit_id=made.visit_id, again=made.again)
    return step.id, visit


def made_of(desk: "Desk", checked: CheckedLine, again: bool = False) -> VisitMade:
    """A line of which nothing is asked, as it is stored; `again` says that what was warned of is agreed to."""
    line = checked.line
    assert line.day is not None
    trip = Trip(
        at=line.at,
        place=line.place,
        mode=line.mode or "face to face",
        standing=line.standing or "statutory",
        announced=line.announced,
        minutes=line.minutes,
        role=role_on(desk.workspace.snapshot, line.child_id, line.worker_id, line.day),
        with_worker_ids=line.with_worker_ids,
        workers_needed=1 + len(line.with_worker_ids),
        recorded_on=line.recorded_on,
    )
    seen = {child_id: seen_as(outcome, line.bedroom_seen) for child_id, outcome in checked.outcomes.items()}
    return VisitMade(seen=seen, on=line.day, worker_id=line.worker_id, trip=trip, visit_id=checked.visit_id, again=again)


def seen_as(outcome: Outcome, bedroom_seen: bool | None = None) -> SeenAs:
    """How one child was seen, as it is stored."""
    return SeenAs(
        seen=outcome.is_seen,
        seen_alone={"alone": True, "not alone": False}.get(outcome.how),
        not_seen_reason="" if outcome.is_seen else outcome.why,
        not_alone_reason=outcome.why if outcome.how == "not alone" else "",
        bedroom_seen=bedroom_seen if outcome.is_seen else None,
    )


def step_words(checked: CheckedLine, known: "Known") -> str:
    """`visit to C10432 – A.B. and 2 more`, by initials alone, for the name of the step."""
    child = known.roll.child(checked.line.child_id)
    assert child is not None
    what = "visit" if any(outcome.is_seen for outcome in checked.outcomes.values()) else "visit tried"
    others = f" and {len(checked.outcomes) - 1} more" if len(checked.outcomes) > 1 else ""
    return f"{what} to {discreet(child)}{others}"
