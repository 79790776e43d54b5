"""Who could take a child: loads now and after, what is known of the family, what stands against each worker."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.actions.shipped import reference
from planner.core.candidates import candidates, family_of, household_of
from planner.core.outlook import Outlook
from planner.core.records import Absence, Allocation, Case, Child, ConflictOfInterest, PlanSpell, Team, Worker
from planner.core.snapshot import Snapshot

ON = date(2026, 11, 23)
CHILD = Child(id="child", reference="C10467", initials="L.M.", family="F1", household="H1")
BROTHER = Child(id="brother", reference="C10298", initials="N.M.", family="F1", household="H1")
COUSIN = Child(id="cousin", reference="C10300", initials="O.M.", family="F1", household="H2")
ROOM = Worker(id="room", name="Chloe Rudd", team_id="team")
OTHER = Worker(id="other", name="Ben Hartley", team_id="team")
BASE = [
    Team(id="team", name="Team 2"),
    CHILD,
    BROTHER,
    COUSIN,
    Case(id="case", child_id="child", team_id="team", received_on=date(2026, 11, 17)),
    Case(id="case2", child_id="brother", team_id="team", received_on=date(2026, 5, 1)),
    PlanSpell(id="plan", child_id="child", plan="cp", start=date(2026, 11, 17)),
    PlanSpell(id="plan2", child_id="brother", plan="cin", start=date(2026, 5, 1)),
    Allocation(id="held", child_id="brother", worker_id="room", start=date(2026, 5, 1)),
]


def found(*changes, role="lead", start=ON):
    outlook = Outlook(Snapshot([*BASE, ROOM, OTHER]).patched(changes), reference(), ON, ON)
    return {one.worker.id: one for one in candidates(outlook, "child", start, role)}


def test_the_worker_who_holds_the_brother_knows_the_family_and_comes_first():
    rows = found()
    assert rows["room"].siblings == (BROTHER,)
    assert rows["room"].knows
    assert not rows["other"].knows
    assert list(rows) == ["room", "other"]


def test_the_load_after_has_this_child_in_it_and_the_load_now_has_not():
    row = found()["other"]
    assert row.now.child_ids == ()
    assert row.after.child_ids == ("child",)
    assert row.after.used > row.now.used


def test_a_co_worker_keeps_the_load_they_have():
    row = found(role="co-worker")["other"]
    assert row.after == row.now


def test_a_former_worker_is_known_by_the_time_they_held_the_child():
    before = Allocation(id="old", child_id="child", worker_id="other", start=date(2026, 3, 1), end=date(2026, 6, 1))
    row = found(before)["other"]
    assert (row.former, row.knows, row.can_take) == (before, True, True)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (ConflictOfInterest(id="c", worker_id="other", child_id="child"), "A conflict of interest is recorded."),
        (replace(OTHER, supplier="Agency"), "Checks and case system login are not complete."),
        (Allocation(id="a", child_id="child", worker_id="other", start=ON), "Holds this child in this role already."),
    ],
)
def test_who_cannot_take_the_child_stays_listed_last_with_the_reason(change, reason):
    rows = found(change)
    assert rows["other"].barred == (reason,)
    assert not rows["other"].can_take
    assert list(rows)[-1] == "other"


def test_a_worker_who_starts_later_cannot_take_the_child_before():
    held = Allocation(id="h", child_id="cousin", worker_id="other", start=date(2026, 1, 1))
    cousin = Case(id="case3", child_id="cousin", team_id="team", received_on=date(2026, 1, 1))
    late = replace(OTHER, assignment_start=ON + timedelta(days=7))
    assert found(late, held, cousin)["other"].barred == ("Starts on 30 November 2026.",)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (Absence(id="x", worker_id="other", first_day=ON), "Away with no day of return."),
        (Absence(id="x", worker_id="other", first_day=ON, last_day=ON + timedelta(days=4)), "Away until 27 November 2026."),
        (replace(OTHER, assignment_end=ON + timedelta(days=14)), "Leaves on 6 December 2026."),
        (replace(OTHER, pattern=(0,) * 7), "No capacity."),
        (replace(OTHER, no_new_cases_until=ON + timedelta(days=7)), "Ben Hartley takes no new cases until 30 November 2026."),
        (replace(OTHER, headcount_limit=0), "Ben Hartley holds 0 children, and the limit is 0."),
    ],
)
def test_what_a_manager_may_weigh_is_said_against_the_choice(change, reason):
    row = found(change)["other"]
    assert row.can_take
    assert reason in row.against


def test_who_leaves_soon_stands_after_who_stays_with_as_much_against_them_whatever_room_is_left():
    leaver, full = replace(ROOM, assignment_end=ON + timedelta(days=14)), replace(OTHER, headcount_limit=0)
    rows = found(leaver, full)
    assert [len(row.against) for row in rows.values()] == [1, 1]
    assert list(rows) == ["other", "room"]
    assert not any("Leaves" in said for said in found(replace(OTHER, assignment_end=ON + timedelta(days=300)))["other"].against)


def test_new_cases_are_those_of_the_last_seven_days():
    records = []
    for number, days in enumerate((0, 6, 7, 30)):
        child = Child(id=f"n{number}", reference=f"C{number}")
        started = ON - timedelta(days=days)
        records += [
            child,
            Case(id=f"nc{number}", child_id=child.id, team_id="team", received_on=started),
            Allocation(id=f"na{number}", child_id=child.id, worker_id="other", start=started),
        ]
    assert found(*records)["other"].new_cases == 2


def test_the_family_is_wider_than_the_household():
    snapshot = Snapshot(BASE)
    assert family_of(snapshot, CHILD) == (BROTHER, COUSIN)
    assert household_of(snapshot, CHILD) == (CHILD, BROTHER)
    assert household_of(snapshot, replace(COUSIN, household="")) == (replace(COUSIN, household=""),)
