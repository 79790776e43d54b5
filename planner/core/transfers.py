"""What is to move, to whom and by when: transfers planned, those returned, and children who reach an agreed point unplanned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.checklists import Item, items_of, open_items
from planner.core.closing import closing_of
from planner.core.flow_records import TransferPoint
from planner.core.outlook_rows import OpenCase
from planner.core.point_days import AHEAD, PLACED, PointDays, PointFinder
from planner.core.records import Team, Transfer
from planner.core.snapshot import Snapshot, holds

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

TRANSFERS_WITHIN = AHEAD
"""A transfer is due when its agreed day has passed or comes in two weeks."""
END_OF_CONTRACT = "end of contract"
"""The point at which every case still open is handed back."""
HAPPENINGS = {
    "assessment_authorised": "End of assessment",
    "icpc_held": "Initial child protection conference",
    "core_group_held": "First core group",
    "cin_meeting_held": "First child in need meeting",
    "lac_review_held": "First looked-after review",
    PLACED: "First placement",
    "care_application_issued": "Care application issued",
}
"""What an agreed point can wait for; all but a placement are events of `codes.EVENTS`."""
PLANNED, RETURNED, TO_PLAN = "planned", "returned", "to plan"


@dataclass(frozen=True, slots=True)
class TransferDue:
    """A planned move of a child's work that is due."""

    case: OpenCase
    transfer: Transfer


@dataclass(frozen=True, slots=True)
class ToMove:
    """A child who is to move at a point: `planned`, `returned`, or still `to plan`.

    `by` is the day planned, or the one the agreement asks for; `reached_on` when the point was reached, None while it is
    ahead. `working_days` are those waited since then; without it, since the planned day passed.
    """

    case: OpenCase
    point: str
    state: str
    transfer: Transfer | None
    agreed: TransferPoint | None
    reached_on: date | None
    by: date | None
    working_days: int
    items: tuple[Item, ...]
    on: date

    @property
    def is_due(self) -> bool:
        """Whether its day has passed or comes in two weeks."""
        return self.by is None or self.by <= self.on + TRANSFERS_WITHIN

    @property
    def is_to_decide(self) -> bool:
        """Whether the planned day has come, so that the receiving team accepts or returns it."""
        return self.state == PLANNED and (self.by is None or self.by <= self.on)

    @property
    def open_items(self) -> tuple[str, ...]:
        """What of its checklist is not done."""
        return open_items(self.items)


def transfers_due(outlook: "Outlook", cases: Iterable[OpenCase]) -> tuple[TransferDue, ...]:
    """Transfers planned of these cases whose day has passed or comes in two weeks, by day."""
    last = outlook.on + TRANSFERS_WITHIN
    rows = [
        TransferDue(case, transfer)
        for case in cases
        for transfer in outlook.snapshot.by(Transfer, "child_id", case.child.id)
        if transfer.planned_on is not None and transfer.planned_on <= last
        if is_planned(outlook, transfer) and is_of_this_work(transfer, case)
    ]
    return tuple(sorted(rows, key=lambda row: (row.transfer.planned_on or date.min, row.case.child.reference)))


def is_planned(outlook: "Outlook", transfer: Transfer) -> bool:
    """Whether a transfer waits on the day looked at; on a day gone by, one that was decided since still does."""
    decided_later = outlook.is_past and transfer.decided_on is not None and transfer.decided_on > outlook.on
    return transfer.status == PLANNED or decided_later


def is_of_this_work(transfer: Transfer, case: OpenCase) -> bool:
    """Whether a transfer belongs to the open case, not to an earlier one."""
    day = transfer.decided_on or transfer.planned_on
    return day is None or case.case.received_on is None or day >= case.case.received_on


def points_in_force(snapshot: Snapshot, on: date) -> tuple[TransferPoint, ...]:
    """The points agreed, as they hold on a day, by name."""
    return tuple(sorted((one for one in snapshot.all(TransferPoint).values() if holds(one, on)), key=lambda one: one.name))


def to_move(outlook: "Outlook") -> tuple[ToMove, ...]:
    """All that is to move from or to the teams looked at: by week, then point, children of one household together."""
    making = _Making(outlook)
    rows = [row for case in _cases(outlook) for row in making.rows_of(case)]
    first: dict[str, str] = {}
    for row in sorted(rows, key=lambda one: one.case.child.reference):
        first.setdefault(_household(row), row.case.child.reference)
    return tuple(
        sorted(rows, key=lambda row: (week_of(row.by) or date.max, row.point, first[_household(row)], row.case.child.reference))
    )


def transfers_to_decide(outlook: "Outlook") -> tuple[ToMove, ...]:
    """Planned transfers whose day has come: the receiving team accepts or returns each. Longest past their day first."""
    rows = [row for row in outlook.to_move if row.is_to_decide]
    return tuple(sorted(rows, key=lambda row: row.by or date.min))


def week_of(day: date | None) -> date | None:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday()) if day is not None else None


def destination(snapshot: Snapshot, transfer: Transfer) -> str:
    """The receiving team, or who outside; empty where it is not said."""
    team = snapshot.find(Team, transfer.to_team_id)
    return team.name if team is not None else transfer.to_outside


def household_cases(outlook: "Outlook", case: OpenCase) -> tuple[OpenCase, ...]:
    """The open cases of a child's household, the child's own first."""
    if not case.child.household:
        return (case,)
    others = [one for one in outlook.cases if one.child.household == case.child.household and one.child.id != case.child.id]
    return (case, *others)


def _household(row: ToMove) -> str:
    return row.case.child.household or row.case.child.id


def _cases(outlook: "Outlook") -> list[OpenCase]:
    """The open cases of the teams looked at, and of other teams those that are to come to these."""
    found = {case.child.id: case for case in outlook.cases}
    for team_id in outlook.team_ids:
        for transfer in outlook.snapshot.by(Transfer, "to_team_id", team_id):
            if is_planned(outlook, transfer) and transfer.child_id not in found:
                case = outlook.open_case(transfer.child_id)
                if case is not None:
                    found[transfer.child_id] = case
    return list(found.values())


class _Making:
    """Makes the rows of one outlook."""

    def __init__(self, outlook: "Outlook") -> None:
        self.outlook = outlook
        self.points = points_in_force(outlook.snapshot, outlook.on)
        self.finder = PointFinder(outlook, frozenset(point.happening for point in self.points))
        self._functions = {team.id: team.function.casefold() for team in outlook.snapshot.all(Team).values()}

    def rows_of(self, case: OpenCase) -> list[ToMove]:
        """The planned transfers of a child; without one, the last returned; without either, the first point to plan for.

        A case that is ready to close needs no plan to move.
        """
        known = [one for one in self.outlook.snapshot.by(Transfer, "child_id", case.child.id) if is_of_this_work(one, case)]
        planned = [one for one in known if is_planned(self.outlook, one)]
        if planned:
            return [self._row_of(case, PLANNED, one) for one in planned]
        returned = [one for one in known if one.status == RETURNED and (one.decided_on or date.min) <= self.outlook.on]
        if returned and known[-1].status == RETURNED:
            return [self._row_of(case, RETURNED, returned[-1])]
        points = self._points_for(case, known)
        if not points or closing_of(self.outlook.snapshot, case.case.id, self.outlook.on, as_past=self.outlook.is_past):
            return []
        days = self.finder.days_of(case)
        unplanned = [row for point in points if (row := self._to_plan(case, point, days)) is not None]
        return sorted(unplanned, key=lambda row: row.by or date.max)[:1]

    def _row_of(self, case: OpenCase, state: str, transfer: Transfer) -> ToMove:
        outlook = self.outlook
        agreed = next((point for point in self.points if point.name == transfer.point), None)
        reached = self.finder.days_of(case).reached.get(agreed.happening) if agreed is not None else None
        by = transfer.planned_on
        since = transfer.decided_on if state == RETURNED else reached or by
        waited = outlook.calendar.between(since, outlook.on) if since is not None and since <= outlook.on else 0
        items = items_of(outlook.snapshot, transfer.id, transfer.checklist, outlook.on, transfer.done)
        return ToMove(case, transfer.point, state, transfer, agreed, reached, by, waited, items, outlook.on)

    def _to_plan(self, case: OpenCase, point: TransferPoint, days: PointDays) -> ToMove | None:
        """The row of a point that is reached, or will be within two weeks; None where it is further off."""
        outlook = self.outlook
        reached = days.reached.get(point.happening)
        known = reached or days.expected.get(point.happening)
        if known is None or (reached is not None and reached < (point.start or date.min)):
            return None
        waited = outlook.calendar.between(reached, outlook.on) if reached is not None else 0
        by = outlook.calendar.after(known, point.within)
        return ToMove(case, point.name, TO_PLAN, None, point, reached, by, waited, (), outlook.on)

    def _points_for(self, case: OpenCase, known: list[Transfer]) -> list[TransferPoint]:
        """The points of the child's team that no transfer was made for yet."""
        function = self._functions.get(case.team_id, "")
        met = {transfer.point for transfer in known}
        return [
            point
            for point in self.points
            if point.name not in met
            and point.from_function.casefold() in ("", function)
            and not (point.to_function and point.to_function.casefold() == function)
        ]
