"""The rows of the Cases table, their columns, and the views a person can choose."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter

from planner.core.date_words import list_date
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.records import Child
from planner.ui.case_words import (
    NO_WORKER,
    age_words,
    due_day,
    is_late,
    length_words,
    plan_letters,
    status_tone,
    status_words,
)
from planner.ui.table import Column


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One open case with the words of its cells, made once so that sorting and filtering only read."""

    case: OpenCase
    child: str
    born: date | None
    age: str
    plans: str
    worker: str
    team: str
    on_plan: str
    on_plan_days: int | None
    last_seen: str
    due_on: date | None
    due: str
    status: str
    tone: str
    is_late: bool

    @property
    def child_id(self) -> str:
        """The child's id."""
        return self.case.child.id

    @property
    def plan(self) -> str:
        """The code of the highest plan."""
        return self.case.plan

    @property
    def seen_on(self) -> date | None:
        """The day the child was last seen."""
        return self.case.last_seen

    @property
    def age_days(self) -> int | None:
        """A number that is larger the older the child is, to sort by."""
        return -self.born.toordinal() if self.born else None

    @property
    def worker_tone(self) -> str:
        """A case that nobody holds is a warning."""
        return "" if self.case.worker else "warning"


def case_rows(outlook: Outlook, child_words: Callable[[Child], str]) -> tuple[CaseRow, ...]:
    """A row for every open case of the outlook; `child_words` names a child as privacy allows."""
    late = {row.case.child.id for row in outlook.overdue_visits}
    teams = {team.id: team.name for team in outlook.teams}
    on = outlook.on

    # Many children share a day; its words are made once.
    @cache
    def words_of(day: date | None) -> str:
        return list_date(day, on)

    @cache
    def length_of(since: date | None) -> str:
        return length_words(since, on)

    return tuple(
        _row(case, on, child_words(case.child), teams.get(case.team_id, ""), case.child.id in late, words_of, length_of)
        for case in outlook.cases
    )


def _row(
    case: OpenCase,
    on: date,
    child: str,
    team: str,
    late: bool,
    words_of: Callable[[date | None], str],
    length_of: Callable[[date | None], str],
) -> CaseRow:
    visit = case.next_visit
    due = due_day(visit)
    # A visit clock that never started is overdue with no date; it stands before every date, not after.
    first = date.min if due is None and is_late(visit) else due
    return CaseRow(
        case=case,
        child=child,
        born=case.child.born,
        age=age_words(case.child, on),
        plans=plan_letters(case),
        worker=case.worker.name if case.worker else NO_WORKER,
        team=team,
        on_plan=length_of(case.plan_since),
        on_plan_days=(on - case.plan_since).days if case.plan_since else None,
        last_seen=words_of(case.last_seen),
        due_on=first,
        due=words_of(due),
        status=status_words(visit, on),
        tone=status_tone(visit),
        is_late=late,
    )


TEAM, DUE = 4, 7
"""The places of the column that stands only where there are several teams, and of the one the table is first sorted by."""


def columns() -> tuple[Column, ...]:
    """The columns of the Cases table, from left to right."""
    return (
        Column("Child", attrgetter("child"), width=116, strong=True, stretch=True),
        Column("Age", attrgetter("age"), sort=attrgetter("age_days"), align="right", width=60),
        Column("Type", attrgetter("plans"), mark=attrgetter("plan"), width=80),
        Column("Worker", attrgetter("worker"), width=104, tone=attrgetter("worker_tone"), stretch=True),
        Column("Team", attrgetter("team"), width=130, stretch=True),
        Column("On plan", attrgetter("on_plan"), sort=attrgetter("on_plan_days"), align="right", width=92),
        Column("Last seen", attrgetter("last_seen"), sort=attrgetter("seen_on"), width=98),
        Column("Next visit due", attrgetter("due"), sort=attrgetter("due_on"), width=120),
        Column("Status", attrgetter("status"), sort=attrgetter("due_on"), align="right", tone=attrgetter("tone"), width=100),
    )


@dataclass(frozen=True, slots=True)
class CaseView:
    """A choice of cases with its name, and what to say when there are none."""

    title: str
    has: Callable[[CaseRow], bool]
    empty: str


VIEWS = (
    CaseView("All open", lambda row: True, "No child has an open case here on this day."),
    CaseView("Child protection", lambda row: row.plan == "cp", "No child is on a child protection plan here."),
    CaseView("Looked after", lambda row: row.plan == "lac", "No child is looked after here."),
    CaseView("Overdue", lambda row: row.is_late, "No visits are overdue."),
    CaseView("No worker", lambda row: row.case.worker is None, "Every child has a worker."),
)
