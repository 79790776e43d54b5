"""An intake week shared over workers and days."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.actions.shipped import reference
from planner.core.intake import intake
from planner.core.intake_given import KNOWS_A_SIBLING, NOBODY, given_out
from planner.core.intake_share import apportioned, shares
from planner.core.outlook import Outlook
from planner.core.records import Absence, Allocation, Case, Child, ConflictOfInterest, IntakeWeek, Reduction, Team, Worker
from planner.core.snapshot import Snapshot

MONDAY = date(2026, 11, 23)
DAYS = [MONDAY + timedelta(days=number) for number in range(5)]
ADA, BEN = Worker(id="ada", name="Ada", team_id="t"), Worker(id="ben", name="Ben", team_id="t")


def shared(*records, quota=10):
    week = IntakeWeek(id="w", team_id="t", week_on=MONDAY, quota=quota)
    outlook = Outlook(Snapshot([Team(id="t", name="T"), week, *records]), reference(), MONDAY, MONDAY)
    return {row.worker.id: row for row in shares(outlook, intake(outlook, "t"))}


def by_day(row):
    return [day.share for day in row.days]


def test_two_alike_take_half_each_day_by_day():
    rows = shared(ADA, BEN)
    assert by_day(rows["ada"]) == by_day(rows["ben"]) == [1, 1, 1, 1, 1]


def test_what_is_over_falls_on_other_days_for_the_next_worker():
    rows = shared(ADA, BEN, quota=4)
    assert [sum(day) for day in zip(by_day(rows["ada"]), by_day(rows["ben"]), strict=True)] == [1, 1, 1, 1, 0]


def test_nothing_falls_on_a_day_away_and_the_others_take_it():
    away = Absence(id="a", worker_id="ada", first_day=DAYS[0], last_day=DAYS[2])
    rows = shared(ADA, BEN, away, quota=70)
    assert by_day(rows["ada"])[:3] == [0, 0, 0]
    assert [day.word for day in rows["ada"].days][:4] == ["Away", "Away", "Away", ""]
    assert (rows["ada"].share, rows["ben"].share) == (20, 50)


def test_fewer_hours_mean_fewer_children():
    rows = shared(ADA, BEN, Reduction(id="r", worker_id="ada", hours=185, start=DAYS[0]), quota=90)
    assert (rows["ada"].share, rows["ben"].share) == (30, 60)


def test_who_may_take_no_new_cases_yet_takes_none_until_then():
    rows = shared(replace(ADA, no_new_cases_until=DAYS[3]), BEN, quota=70)
    assert by_day(rows["ada"])[:3] == [0, 0, 0]
    assert rows["ada"].days[0].word == "No new cases"
    assert rows["ada"].share == 20


def test_who_leaves_within_two_weeks_takes_none():
    rows = shared(replace(ADA, assignment_end=DAYS[0] + timedelta(days=16)), BEN, quota=70)
    assert [day.hours > 0 for day in rows["ada"].days] == [True, True, False, False, False]
    assert rows["ada"].days[2].word == "Leaving"
    assert rows["ada"].share + rows["ben"].share == 70


def test_children_taken_stand_on_the_day_a_worker_was_named():
    child, case = (
        Child(id="c", reference="C1"),
        Case(id="k", child_id="c", team_id="t", received_on=MONDAY, passed_to_team_on=MONDAY),
    )
    rows = shared(ADA, BEN, child, case, Allocation(id="a", child_id="c", worker_id="ben", start=MONDAY))
    assert [row.reference for row in rows["ben"].taken] == ["C1"]
    assert len(rows["ben"].days[0].taken) == 1
    assert rows["ada"].taken == ()


@given(st.integers(0, 200), st.lists(st.integers(0, 400), min_size=1, max_size=30))
def test_parts_add_up_and_none_is_more_than_one_off_its_due(total, weights):
    parts = apportioned(total, weights)
    assert sum(parts) == (total if any(weights) else 0)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - (total * weight / sum(weights) if any(weights) else 0)) < 1


# Given to workers


def waiting(number, home="", priority="normal", family=""):
    """A child accepted on the Monday who has no worker."""
    child = Child(id=f"c{number}", reference=f"C{number}", household=home, family=family or home)
    case = Case(id=f"k{number}", child_id=child.id, team_id="t", received_on=MONDAY, passed_to_team_on=MONDAY, priority=priority)
    return child, case


def proposed(*records, quota=10):
    week = IntakeWeek(id="w", team_id="t", week_on=MONDAY, quota=quota)
    people = [replace(one, login_complete_on=MONDAY, checks_complete_on=MONDAY) for one in (ADA, BEN)]
    outlook = Outlook(Snapshot([Team(id="t", name="T"), week, *people, *records]), reference(), MONDAY, MONDAY)
    return {one.row.child.id: one for one in given_out(outlook, intake(outlook, "t"))}


def test_children_are_given_by_share_and_those_of_one_home_together():
    child, case = waiting(7)
    closed = (child, replace(case, ended_on=MONDAY))
    given = proposed(*waiting(1, "h"), *waiting(2), *waiting(3, "h"), *waiting(4), *waiting(5), *waiting(6), *closed)
    assert given["c1"].worker == given["c3"].worker
    taken = [one.worker.id for one in given.values()]
    assert (taken.count("ada"), taken.count("ben")) == (3, 3)


def test_a_home_goes_to_whoever_knows_a_sibling_and_past_the_share_to_nobody():
    sibling = Child(id="old", reference="C0", family="f")
    held = Allocation(id="a", child_id="old", worker_id="ben", start=DAYS[0] - timedelta(days=30))
    case = Case(id="k0", child_id="old", team_id="t", received_on=held.start)
    given = proposed(sibling, held, case, *waiting(1, family="f"), *waiting(2), *waiting(3), quota=2)
    assert (given["c1"].worker.id, given["c1"].why) == ("ben", KNOWS_A_SIBLING)
    assert [given[child].worker.id if given[child].worker else None for child in ("c2", "c3")] == ["ada", None]
    assert given["c3"].why == NOBODY


def test_nobody_is_proposed_whom_a_fact_stands_against():
    conflict = ConflictOfInterest(id="x", worker_id="ada", child_id="c1")
    given = proposed(conflict, *waiting(1, "h"), *waiting(2, "h"))
    assert {one.worker.id for one in given.values()} == {"ben"}
