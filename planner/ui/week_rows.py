"""What makes up a worker's week of visits, a row each: trips that have a day, and what takes time from visits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.core.date_words import list_date
from planner.core.records import Child, Sighting, Worker
from planner.core.visit_week import VisitWeek
from planner.core.week_less import Less
from planner.ui.table import Column
from planner.ui.wording import names_in_a_row

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

WORKED_COLUMNS = (
    Column("Week of", lambda week: list_date(week.first, week.first), sort=lambda week: week.first, strong=True, width=140),
    Column("Visits made", lambda week: f"{week.made}", sort=lambda week: week.made, align="right", width=110),
    Column("Days free", lambda week: f"{week.free:.0%}", sort=lambda week: week.free, align="right", width=110),
    Column("In a whole week", lambda week: f"{week.in_whole:.1f}", sort=lambda week: week.in_whole, align="right", width=140),
)
"""The worked weeks of a history of visits, and what each would have held with every day free."""
_STATES = {"planned": "Planned", "made": "Made", "attempted": "Tried"}
_PARTS = {0.5: "half a day", 1.0: "1 day"}


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One visit, or one thing that takes time: its day, what it is, of whom and how much."""

    on: date
    when: str
    what: str
    children: tuple[Child, ...] = ()
    part: str = ""


def week_columns(child_words: Callable[[Child], str]) -> tuple[Column, ...]:
    """The columns of such rows; `child_words` says how a child is called just now."""

    def detail(row: WeekRow) -> str:
        return ", ".join(part for part in (names_in_a_row([child_words(child) for child in row.children]), row.part) if part)

    return (
        Column("Day", lambda row: row.when, sort=lambda row: row.on, width=100),
        Column("What", lambda row: row.what, width=104),
        Column("Detail", detail, width=104, stretch=True, tip=detail),
    )


def week_rows(outlook: "Outlook", week: VisitWeek) -> tuple[WeekRow, ...]:
    """The visits used, then what makes the week smaller, each in order of day."""
    rows = [
        WeekRow(visit.on, list_date(visit.on, outlook.on), _STATES[visit.status], _seen(outlook, visit.id))
        for visit in week.visits
        if visit.on is not None
    ]
    taken: dict[tuple[date, str, tuple[Child, ...]], float] = {}
    for less in week.lessened:
        key = less.on, less.word, _about(outlook, less)
        taken[key] = taken.get(key, 0) + less.days
    rows += [
        WeekRow(on, list_date(on, outlook.on), word.capitalize(), about, _part_words(days))
        for (on, word, about), days in taken.items()
    ]
    return tuple(rows)


def open_weeks(desk: "Desk", worker: Worker, weeks: Sequence[VisitWeek]) -> None:
    """Open the page of exactly the rows that some weeks of a worker are made of."""
    if desk.outlook is not None:
        rows = [row for week in weeks for row in week_rows(desk.outlook, week)]
        title = f"Visits of {worker.name}: {'; '.join(week.words for week in weeks)}"
        desk.open_rows(title, week_columns(desk.child_words), rows)


def week_sentence(week: VisitWeek) -> str:
    """`Allowance 6, used 3, 1 less for court, left 2. 1 more is due by Sunday.`"""
    due = {0: "", 1: " 1 more is due by Sunday and has no day."}
    said = due.get(week.due, f" {week.due} more are due by Sunday and have no day.")
    return f"{week.words[:1].upper()}{week.words[1:]}.{said} {week.why}"


def _seen(outlook: "Outlook", visit_id: str) -> tuple[Child, ...]:
    children = [outlook.snapshot.find(Child, one.child_id) for one in outlook.snapshot.by(Sighting, "visit_id", visit_id)]
    return tuple(child for child in children if child is not None)


def _about(outlook: "Outlook", less: Less) -> tuple[Child, ...]:
    child = outlook.snapshot.find(Child, less.event.child_id) if less.event and less.event.child_id else None
    return (child,) if child is not None else ()


def _part_words(days: float) -> str:
    return _PARTS.get(days, f"{days:.1f} of a day")
