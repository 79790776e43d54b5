"""A worker's week of visits: a household is one trip, what is due counts, and further children add theirs."""

from datetime import date, timedelta

from planner.core.outlook import Outlook
from planner.core.records import Record, Sighting, Visit
from planner.core.visit_week import visit_week
from tests.helpers.compared_team import MONDAY, a_child, a_team, an_outlook, days


def week_of(outlook: Outlook, worker: str = "w1", *further: str):
    found = next(one for one in outlook.workers if one.id == worker)
    return visit_week(outlook, found, [case for name in further if (case := outlook.case_of(name)) is not None])


def a_trip(name: str, status: str, on: date, *children: str, standing: str = "statutory") -> list[Record]:
    visit = Visit(id=name, status=status, on=on, worker_id="w1", standing=standing)
    return [visit, *(Sighting(id=f"{name} {child}", visit_id=name, child_id=child, seen=True) for child in children)]


def test_a_week_runs_from_monday_to_sunday() -> None:
    outlook = an_outlook(*a_team(), on=days(3))
    assert (week_of(outlook).first, week_of(outlook).last) == (MONDAY, MONDAY + timedelta(days=6))


def test_siblings_of_one_household_are_one_trip() -> None:
    late = [record for name in ("1", "2") for record in a_child(name, "cp", "w1", household="H", ago=60)]
    assert week_of(an_outlook(*a_team(), *late)).due == 1
    apart = [record for name in ("1", "2") for record in a_child(name, "cp", "w1", ago=60)]
    assert week_of(an_outlook(*a_team(), *apart)).due == 2


def test_a_planned_visit_to_a_child_who_is_due_is_one_trip_and_not_two() -> None:
    outlook = an_outlook(*a_team(), *a_child("1", "cp", "w1", ago=60), *a_trip("v", "planned", days(1), "1"))
    assert week_of(outlook).due == 1


def test_trips_made_and_tried_take_places_and_other_contacts_do_not() -> None:
    trips = [*a_trip("v", "made", MONDAY, "1"), *a_trip("w", "attempted", MONDAY, "2")]
    trips += a_trip("x", "made", MONDAY, "3", standing="contact") + a_trip("y", "made", days(-1), "1")
    assert week_of(an_outlook(*a_team(), *trips)).went == 2


def test_further_children_add_a_trip_where_they_are_due_and_live_elsewhere() -> None:
    held = a_child("1", "cp", "w1", household="H", ago=60)
    waiting = a_child("2", "cp", household="H", ago=60) + a_child("3", "cp", ago=60) + a_child("4", "cin", ago=1)
    outlook = an_outlook(*a_team(), *held, *waiting)
    assert week_of(outlook, "w1", "2").more == 0
    week = week_of(outlook, "w1", "2", "3", "4")
    assert week.more == 1
    assert week.left == week.allowance - week.went - week.due - 1
