"""The board of some days: who has what, what has no day yet, what is left; every figure from its own rows."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actions.shipped import reference
from planner.core.board import is_in_school_hours, is_school_age, mondays, spread, week_days
from planner.core.board_making import NOBODY, board
from planner.core.flow_records import SchoolHoliday
from planner.core.outlook import Outlook
from planner.core.records import Absence, Allocation, Case, Child, Event, PlanSpell, Sighting, Team, Visit, Worker
from planner.core.snapshot import Snapshot
from planner.core.worker_days import PASSED
from tests.helpers.people import TODAY, a_small_team

MONDAY = date(2026, 11, 23)
SUNDAY = MONDAY + timedelta(days=6)


def day(number):
    return MONDAY + timedelta(days=number)


def child(number, plan="cp", held_by="ada", **fields):
    """A child who has been on a plan for long, with an open case."""
    records = [
        Child(id=f"c{number}", reference=f"C{number}", initials="A.B.", **fields),
        Case(id=f"k{number}", child_id=f"c{number}", team_id="t", received_on=day(-200), passed_to_team_on=day(-200)),
        PlanSpell(id=f"p{number}", child_id=f"c{number}", plan=plan, start=day(-200)),
    ]
    return [
        *records,
        *([Allocation(id=f"a{number}", child_id=f"c{number}", worker_id=held_by, start=day(-200))] if held_by else []),
    ]


def visit(row, on, *child_ids, status="planned", worker_id="ada", **fields):
    made = Visit(id=row, on=on, status=status, worker_id=worker_id, **fields)
    seen = True if status == "made" else None
    return [made, *(Sighting(id=f"{row}{child_id}", visit_id=row, child_id=child_id, seen=seen) for child_id in child_ids)]


def board_of(*groups, first=MONDAY, last=SUNDAY, today=MONDAY):
    records = [Team(id="t", name="Team"), Worker(id="ada", name="Ada", team_id="t"), Worker(id="ben", name="Ben", team_id="t")]
    for group in groups:
        records += group if isinstance(group, list) else [group]
    return board(Outlook(Snapshot(records), reference(), today, today), first, last)


def row_of(made, worker_id):
    return made.rows[made.row_of(worker_id)]


def test_the_last_row_is_nobodys_and_takes_no_visit():
    made = board_of()
    assert [row.worker_id for row in made.rows] == ["ada", "ben", ""]
    assert {cell.refusal for cell in made.rows[-1].cells} == {NOBODY}


def test_a_child_never_seen_waits_in_the_tray_under_the_worker_who_leads():
    made = board_of(child(1))
    assert [(trip.first.child.id, trip.worker.id, trip.is_late) for trip in made.tray] == [("c1", "ada", True)]
    assert (row_of(made, "ada").needed, row_of(made, "ada").placed) == (1, 0)


def test_a_child_nobody_holds_counts_in_the_row_of_nobody_and_in_every_total():
    made = board_of(child(1, held_by=""))
    assert (made.needed, made.overdue, made.placed) == (1, 1, 0)
    assert made.tray[0].worker is None
    assert (made.rows[-1].needed, made.rows[-1].is_short) == (1, True)


def test_siblings_of_one_household_are_one_trip():
    made = board_of(child(1, household="H"), child(2, household="H"), child(3))
    assert sorted(len(trip.children) for trip in made.tray) == [1, 2]
    assert (made.needed, row_of(made, "ada").needed) == (3, 2)


def test_a_planned_visit_leaves_the_tray_and_stands_on_its_day():
    made = board_of(child(1), visit("v", day(2), "c1", at=time(14)))
    assert made.tray == ()
    assert made.placed == 1
    assert row_of(made, "ada").placed == 1
    assert [trip.visit.id for trip in row_of(made, "ada").cells[2].trips] == ["v"]


def test_a_plan_whose_day_has_passed_does_not_place_a_child_and_asks_to_be_logged():
    made = board_of(child(1), visit("v", day(0), "c1"), today=day(1))
    assert row_of(made, "ada").cells[0].trips[0].is_unlogged
    assert len(made.tray) == 1
    assert row_of(made, "ada").cells[0].refusal == PASSED


def test_a_visit_that_is_contact_only_does_not_place_a_child():
    made = board_of(child(1), visit("v", day(2), "c1", standing="contact"))
    assert len(made.tray) == 1
    assert row_of(made, "ada").used == 0


def test_a_cancelled_visit_is_not_on_the_board():
    made = board_of(child(1), visit("v", day(2), "c1", status="cancelled"))
    assert made.place_of("v") is None
    assert len(made.tray) == 1


def test_visits_made_and_tried_this_week_use_the_allowance():
    made = board_of(child(1), visit("m", day(0), "c1", status="made"), visit("t", day(1), "c1", status="attempted"), today=day(2))
    week = row_of(made, "ada").weeks[0]
    assert (week.used, week.allowance, week.left) == (2, 6, 4)


def test_two_workers_on_one_visit_each_use_a_place_and_the_day_counts_it_once():
    made = board_of(child(1), visit("v", day(2), "c1", workers_needed=2, with_worker_ids=("ben",)))
    second = row_of(made, "ben").cells[2].trips[0]
    assert second.is_second
    assert not second.lacks_worker
    assert [row_of(made, worker).used for worker in ("ada", "ben")] == [1, 1]
    assert made.trips_on(2) == 1
    assert made.place_of("v") == (0, 2)


def test_a_visit_that_needs_two_workers_and_has_one_says_so():
    made = board_of(child(1), visit("v", day(2), "c1", workers_needed=2))
    assert row_of(made, "ada").cells[2].trips[0].lacks_worker


def test_a_visit_planned_after_the_day_it_is_due_says_so():
    seen = visit("m", day(-13), "c1", status="made")
    made = board_of(child(1), seen, visit("v", day(4), "c1"))
    trip = row_of(made, "ada").cells[4].trips[0]
    due = trip.children[0].due_on
    assert due is not None
    assert MONDAY <= due < day(4)
    assert trip.planned_after == due
    assert not trip.is_late


def test_the_visit_of_a_worker_who_is_not_here_stands_in_the_row_of_nobody():
    made = board_of(child(1), visit("v", day(1), "c1", worker_id="gone"))
    assert made.place_of("v") == (2, 1)


@pytest.mark.parametrize(("held_by", "worker_id", "row"), [("ada", "", "ada"), ("ada", "ben", "ben"), ("", "", "")])
def test_a_fixed_date_stands_with_the_worker_of_the_event_else_of_the_child(held_by, worker_id, row):
    event = Event(id="e", child_id="c1", worker_id=worker_id, event="core_group_held", on=day(3), at=time(10), status="planned")
    made = board_of(child(1, held_by=held_by), event)
    found = [item.word for item in row_of(made, row).cells[3].items]
    assert found == ["Core group"]


def test_an_event_that_was_held_is_no_fixed_date():
    made = board_of(child(1), Event(id="e", child_id="c1", event="core_group_held", on=day(0)))
    assert not any(cell.items for row in made.rows for cell in row.cells)


def test_more_visits_than_the_week_holds_are_said():
    away = Absence(id="x", worker_id="ada", first_day=day(0), last_day=day(3))
    made = board_of(*(child(number) for number in (1, 2)), away)
    row = row_of(made, "ada")
    assert (row.wanted, row.room, row.is_short) == (2, 1, True)


def test_in_the_school_holidays_nobody_is_visited_after_school_and_the_days_say_so():
    half = SchoolHoliday(id="h", title="Half term", first_day=day(1), last_day=day(2))
    made = board_of(
        child(1, born=date(2016, 1, 1)), half, *[visit(f"v{number}", day(number), "c1", at=None) for number in range(4)]
    )
    trips = {trip.visit.id: trip for row in made.rows for cell in row.cells for trip in cell.trips}
    assert [trips[f"v{number}"].after_school for number in range(4)] == [True, False, False, True]
    assert made.school_holidays == ("", "Half term", "Half term", "", "")


def test_school_age_children_are_visited_after_school():
    school, baby = child(1, born=date(2016, 1, 1)), child(2, born=date(2025, 1, 1))
    made = board_of(school, baby, visit("v", day(1), "c1"), visit("w", day(1), "c2"), visit("x", day(2), "c1", at=time(10)))
    found = {trip.visit.id: trip for cell in row_of(made, "ada").cells for trip in cell.trips}
    assert [found[row].after_school for row in "vwx"] == [True, False, True]
    assert [found[row].in_school_hours for row in "vwx"] == [False, False, True]


def test_the_mark_on_a_child_comes_before_the_age():
    grown = Child(id="c", born=date(2020, 1, 1), school_age=False)
    assert not is_school_age(grown, MONDAY)
    assert is_school_age(replace(grown, school_age=None), MONDAY)
    assert not is_school_age(Child(id="d"), MONDAY)


@pytest.mark.parametrize(
    ("at", "place", "inside"),
    [(time(8), "home", False), (time(10), "home", True), (time(10), "school", False), (None, "home", False)],
)
def test_a_time_in_school_hours_is_known(at, place, inside):
    assert is_in_school_hours(Visit(id="v", on=MONDAY, at=at, place=place)) is inside


def test_weekends_show_only_where_something_is():
    assert len(board_of(child(1)).days) == 5
    assert board_of(child(1), visit("v", day(5), "c1")).days[-1] == day(5)
    assert week_days(MONDAY, SUNDAY, [day(6)])[-1] == SUNDAY


def test_a_month_has_the_weeks_that_touch_it():
    assert mondays(date(2026, 11, 1), date(2026, 11, 30)) == tuple(date(2026, 10, 26) + timedelta(weeks=n) for n in range(6))


def test_the_figures_are_those_of_the_rows():
    made = board(Outlook(Snapshot(a_small_team().records()), reference(), TODAY, TODAY), MONDAY, SUNDAY)
    assert sum(row.needed - row.placed for row in made.rows) == len(made.tray)
    assert sum(len(trip.children) for trip in made.tray) == made.needed - made.placed
    assert made.overdue == len(Outlook(a_small_team(), reference(), TODAY, TODAY).overdue_visits)


def test_the_places_left_of_the_days_come_to_what_is_left_of_the_week():
    made = board_of(child(1), visit("v", day(2), "c1"))
    assert sum(made.places_left) == 11
    assert min(made.places_left) >= 2


def test_a_day_gone_by_has_no_places():
    made = board_of(child(1), today=day(2))
    assert made.places_left[:2] == (None, None)
    assert sum(made.places_left[2:]) == 12


@given(st.lists(st.one_of(st.none(), st.floats(0, 40)), max_size=40))
def test_rounded_parts_come_to_the_rounded_whole(parts):
    found = spread(parts)
    assert sum(part or 0 for part in found) == round(sum(part or 0 for part in parts))
    assert all((one is None) == (part is None) for one, part in zip(found, parts, strict=True))
    assert all(one is None or one >= 0 for one in found)
