"""A row per team: its numbers are those of the outlook, parted by team."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.actions.shipped import reference
from planner.core.outlook import Outlook
from planner.core.records import IntakeWeek, Team, Transfer, Worker
from planner.core.snapshot import Snapshot
from planner.core.team_rows import team_rows
from tests.helpers.people import TODAY, people

SERVICE = Snapshot(people(workers=8, children=40, waiting=4, teams=3))


def rows_of(snapshot: Snapshot, on: date = TODAY):
    """The rows of every team on a day, with the outlook they were made from."""
    outlook = Outlook(snapshot, reference(), on, TODAY)
    return outlook, team_rows(outlook)


def test_the_teams_together_are_the_figures_of_the_outlook():
    outlook, rows = rows_of(SERVICE)
    assert [row.team for row in rows] == list(outlook.teams)
    assert sum(len(row.overdue) for row in rows) == len(outlook.overdue_visits)
    assert sum(len(row.waiting) for row in rows) == len(outlook.waiting)
    assert sum(len(row.cases) for row in rows) == len(outlook.cases)
    assert sum(row.left for row in rows) == sum(load.left for load in outlook.loads)


@pytest.mark.parametrize(
    ("days", "status", "is_due"),
    [(-3, "planned", True), (0, "planned", True), (14, "planned", True), (15, "planned", False), (3, "accepted", False)],
)
def test_a_transfer_is_due_from_two_weeks_before_its_day_until_it_is_decided(days, status, is_due):
    outlook, _ = rows_of(SERVICE)
    case = outlook.held[0]
    transfer = Transfer(id="f" * 32, child_id=case.child.id, planned_on=TODAY + timedelta(days=days), status=status)
    _, rows = rows_of(SERVICE.patched([transfer]))
    due = {row.team.id: len(row.transfers) for row in rows}
    assert due[case.team_id] == int(is_due)
    assert sum(due.values()) == int(is_due)


def test_the_limit_of_a_team_is_known_only_where_each_worker_has_one():
    limited = [replace(worker, headcount_limit=12) for worker in SERVICE.all(Worker).values()]
    _, rows = rows_of(SERVICE.patched(limited))
    assert [row.cap for row in rows] == [12 * len(row.loads) for row in rows]
    _, rows = rows_of(SERVICE.patched(limited[1:]))
    assert [row.cap for row in rows].count(None) == 1


def test_the_quota_stands_in_the_intake_week_alone():
    team = next(iter(SERVICE.all(Team).values()))
    week = IntakeWeek(id="e" * 32, team_id=team.id, week_on=TODAY, quota=90)
    _, rows = rows_of(SERVICE.patched([week]))
    assert {row.team.id: row.quota for row in rows}[team.id] == 90
    _, later = rows_of(SERVICE.patched([week]), TODAY + timedelta(days=7))
    assert all(row.quota is None for row in later)
