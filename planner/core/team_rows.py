"""A row per team: what is overdue, who waits, the room there is, transfers due, and how the numbers stand to what was agreed."""

from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.outlook import Outlook
from planner.core.outlook_rows import LateVisit, OpenCase, Waiting
from planner.core.records import IntakeWeek, Team
from planner.core.transfers import TransferDue, transfers_due
from planner.core.workload import Load, pooled


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One team on the day looked at; every number is the length or the sum of the rows beside it.

    `used` and `available` are tenths of the scheme's unit, of all workers together. `cap` is how many children its workers
    may lead by their limits, None where one of them has none. `quota` is the intake week's, None outside one.
    """

    team: Team
    cases: tuple[OpenCase, ...]
    overdue: tuple[LateVisit, ...]
    waiting: tuple[Waiting, ...]
    loads: tuple[Load, ...]
    used: int
    available: int
    state: str
    transfers: tuple[TransferDue, ...]
    cap: int | None
    quota: int | None
    received: tuple[OpenCase, ...]

    @property
    def left(self) -> int:
        """What is available and not used, in tenths; negative when over."""
        return self.available - self.used

    @property
    def is_over_cap(self) -> bool:
        """Whether the team has more children than its workers may lead."""
        return self.cap is not None and len(self.cases) > self.cap


def team_rows(outlook: Outlook) -> tuple[TeamRow, ...]:
    """A row for every team looked at, by name; the rows of all teams together are the rows of the outlook's own figures."""
    return tuple(_team_row(outlook, team) for team in outlook.teams)


def _team_row(outlook: Outlook, team: Team) -> TeamRow:
    cases = tuple(case for case in outlook.cases if case.team_id == team.id)
    loads = tuple(load for load in outlook.loads if load.worker.team_id == team.id)
    used, available, _, state = pooled(loads)
    week_on = outlook.on - timedelta(days=outlook.on.weekday())
    return TeamRow(
        team=team,
        cases=cases,
        overdue=tuple(late for late in outlook.overdue_visits if late.case.team_id == team.id),
        waiting=tuple(row for row in outlook.waiting if row.case.team_id == team.id),
        loads=loads,
        used=used,
        available=available,
        state=state,
        transfers=transfers_due(outlook, cases),
        cap=_cap(loads),
        quota=_quota(outlook, team, week_on),
        received=tuple(case for case in cases if week_on <= (case.case.received_on or date.min) <= outlook.on),
    )


def _cap(loads: tuple[Load, ...]) -> int | None:
    limits = [load.headcount_limit for load in loads]
    return sum(limit for limit in limits if limit is not None) if limits and None not in limits else None


def _quota(outlook: Outlook, team: Team, week_on: date) -> int | None:
    weeks = outlook.snapshot.by(IntakeWeek, "team_id", team.id)
    return next((week.quota for week in weeks if week.week_on == week_on), None)
