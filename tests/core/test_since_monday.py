"""Since last Monday: which day that is, and who is new, gone, newly late or put right, each by the records' own days."""

from dataclasses import replace
from datetime import date

import pytest

from planner.actions.shipped import reference
from planner.core.outlook import Outlook
from planner.core.records import Case, Record, Transfer
from planner.core.since_monday import SinceMonday, last_monday, since_last_monday
from planner.core.snapshot import Snapshot
from tests.core.test_outlook import MONDAY, child, days, ground, seen


def since(records: list[Record], on: date = MONDAY, teams: tuple[str, ...] = ()) -> SinceMonday:
    return since_last_monday(Outlook(Snapshot(records), reference(), on, on, teams))


def references(turns) -> list[str]:
    return [turn.case.child.reference for turn in turns]


@pytest.mark.parametrize(("on", "monday"), [(0, -7), (1, 0), (4, 0), (6, 0), (7, 0)])
def test_last_monday_is_the_latest_before_the_day(on: int, monday: int) -> None:
    assert last_monday(days(on)) == days(monday)


@pytest.mark.parametrize(("received", "is_new"), [(-8, False), (-7, False), (-6, True), (0, True), (1, False)])
def test_a_child_received_after_the_monday_is_new(received: int, is_new: bool) -> None:
    found = since([*ground(), *child("2", "cin", held_by="ada", since=received)])
    assert references(found.new) == (["C2"] if is_new else [])
    assert [(turn.on, turn.how) for turn in found.new] == ([(days(received), "received")] if is_new else [])


@pytest.mark.parametrize(("ended", "is_gone"), [(-7, False), (-6, True), (0, True), (1, False)])
def test_a_case_that_ended_after_the_monday_is_closed(ended: int, is_gone: bool) -> None:
    records = [*ground(), *child("2", "cin")]
    records = [replace(r, ended_on=days(ended), outcome="stepped down") if r.id == "k2" else r for r in records]
    assert [(t.case.child.reference, t.on, t.how) for t in since(records).closed] == (
        [("C2", days(ended), "stepped down")] if is_gone else []
    )


def test_a_case_received_and_ended_within_the_week_counts_as_new_and_as_closed() -> None:
    records = [*ground(), *child("2", "cin", since=-5)]
    records = [replace(r, ended_on=days(-2), outcome="closed") if isinstance(r, Case) and r.id == "k2" else r for r in records]
    found = since(records)
    assert references(found.new) == references(found.closed) == ["C2"]


def test_a_case_that_another_team_took_over_is_new_there_and_gone_here() -> None:
    moved = Transfer(id="x", child_id="c2", to_team_id="t2", status="accepted", decided_on=days(-3))
    records = [*ground(), *child("2", "cin"), moved]
    assert [(t.case.child.reference, t.how) for t in since(records, teams=("t1",)).closed] == [("C2", "to another team")]
    assert [(t.case.child.reference, t.how) for t in since(records, teams=("t2",)).new] == [("C2", "from another team")]
    assert since(records).new == since(records).closed == ()


@pytest.mark.parametrize(
    ("last_seen", "also_seen", "newly_late", "put_right"),
    [
        (-14, None, [], []),
        (-15, None, ["C1"], []),
        (-21, None, ["C1"], []),
        (-22, None, [], []),
        (-30, -7, [], []),
        (-30, -3, [], ["C1"]),
    ],
)
def test_a_visit_is_newly_late_or_put_right_by_the_days_of_visits(last_seen, also_seen, newly_late, put_right) -> None:
    records = [*ground(), *seen("1", last_seen), *(seen("1", also_seen) if also_seen else [])]
    found = since(records)
    assert references(found.newly_late) == newly_late
    assert references(found.put_right) == put_right
