"""A worker's week of visits: what it allows, what fixed dates take of it, what is used, due and added."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.outlook import Outlook
from planner.core.records import Absence, AwayReason, Commitment, Event, Record, Reduction, Sighting, Visit, Worker
from planner.core.visit_week import visit_week
from planner.core.week_less import MEETINGS
from planner.core.worker_days import VISITS_A_WEEK
from tests.helpers.compared_team import MONDAY, a_child, a_team, an_outlook, days

TUESDAY, WEDNESDAY, FRIDAY, SATURDAY = days(1), days(2), days(4), days(5)
THREE_DAYS = (74, 74, 74, 0, 0, 0, 0)


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
    assert (week_of(outlook).used, week_of(outlook).due) == (1, 0)


def test_trips_made_and_tried_take_places_and_other_contacts_do_not() -> None:
    trips = [*a_trip("v", "made", MONDAY, "1"), *a_trip("w", "attempted", MONDAY, "2")]
    trips += a_trip("x", "made", MONDAY, "3", standing="contact") + a_trip("y", "made", days(-1), "1")
    assert week_of(an_outlook(*a_team(), *trips)).used == 2


def test_further_children_add_a_trip_where_they_are_due_and_live_elsewhere() -> None:
    held = a_child("1", "cp", "w1", household="H", ago=60)
    waiting = a_child("2", "cp", household="H", ago=60) + a_child("3", "cp", ago=60) + a_child("4", "cin", ago=1)
    outlook = an_outlook(*a_team(), *held, *waiting)
    assert week_of(outlook, "w1", "2").more == 0
    week = week_of(outlook, "w1", "2", "3", "4")
    assert week.more == 1
    assert week.free_after_due == week.allowance - week.used - week.due - 1


def busy(kind: str, part: str = "day", day: date = TUESDAY) -> Commitment:
    return Commitment(id=f"{kind}{part}", worker_id="w1", kind=kind, first_day=day, part=part)


def away(first: date = MONDAY, last: date | None = FRIDAY) -> Absence:
    return Absence(id="a", worker_id="w1", first_day=first, last_day=last)


def meeting(name: str, event: str, day: date = TUESDAY, child: str = "1", at: time | None = time(10), **facts: str) -> Event:
    return Event(id=name, child_id=child, event=event, on=day, at=at, **{"status": "planned", **facts})


@pytest.mark.parametrize(
    ("records", "fields", "allowance"),
    [
        ((), {}, VISITS_A_WEEK),
        ((), {"visits_a_week": 8}, 8),
        ((), {"pattern": THREE_DAYS}, 4),
        ((), {"pattern": THREE_DAYS, "visits_a_week": 5}, 5),
        ((), {"pattern": (0,) * 7}, 0),
        ((busy("duty"),), {}, 5),
        ((away(),), {}, 0),
        ((away(last=None),), {"visits_a_week": 8}, 0),
        ((busy("court"), busy("duty", day=WEDNESDAY)), {}, 4),
        ((busy("court", "am"), busy("study", "pm", day=FRIDAY)), {"visits_a_week": 10}, 8),
        ((Reduction(id="r", worker_id="w1", hours=185, start=MONDAY),), {}, 3),
        ((), {"assignment_end": WEDNESDAY}, 2),
        ((meeting("e", "icpc_held"),), {"visits_a_week": 10}, 9),
        ((meeting("e", "core_group_held", at=None), meeting("f", "lac_review_held")), {"visits_a_week": 10}, 8),
        ((meeting("e", "core_group_held", status="held"),), {"visits_a_week": 10}, 9),
        ((meeting("e", "core_group_held", status="cancelled"),), {"visits_a_week": 10}, 10),
        ((meeting("e", "supervision_held", child="", worker_id="w1"),), {"visits_a_week": 10}, 9),
        ((meeting("e", "hearing", at=None),), {"visits_a_week": 10}, 9),
        ((meeting("e", "filing", at=None),), {"visits_a_week": 10}, 10),
        ((meeting("e", "assessment_authorised"),), {"visits_a_week": 10}, 10),
        ((meeting("e", "core_group_held"), busy("court")), {"visits_a_week": 10}, 8),
        ((meeting("e", "core_group_held", day=SATURDAY),), {"visits_a_week": 10}, 10),
    ],
)
def test_the_allowance_is_less_days_off_and_fixed_dates(
    records: tuple[Record, ...], fields: dict[str, Any], allowance: int
) -> None:
    worker = Worker(id="w1", name="Worker 1", team_id="t", **fields)
    assert week_of(an_outlook(*a_team(), worker, *a_child("1", "cin", "w1"), *records)).allowance == allowance


def test_one_meeting_about_siblings_takes_its_time_once() -> None:
    siblings = a_child("1", "cp", "w1", household="H") + a_child("2", "cp", "w1", household="H")
    both = [meeting("e", "core_group_held", at=None), meeting("f", "core_group_held", child="2", at=None)]
    week = week_of(an_outlook(*a_team(), *siblings, *both))
    assert [one.event.id for one in week.lessened if one.event] == ["e"]


def test_the_week_is_told_with_what_it_is_less_for() -> None:
    trips = [record for name, on in (("v", 0), ("w", 3), ("x", 4)) for record in a_trip(name, "planned", days(on), "1")]
    week = week_of(an_outlook(*a_team(), *a_child("1", "cin", "w1"), *trips, busy("court")))
    assert week.words == "allowance 6, used 3, 1 less for court, left 2"
    assert [(one.on, one.word) for one in week.lessened] == [(TUESDAY, "court"), (TUESDAY, "court")]
    assert len(week.visits) == 3


def test_why_a_worker_is_away_is_in_no_word_of_the_week() -> None:
    reason = AwayReason(id="r", about="a", reason="Operation")
    assert week_of(an_outlook(*a_team(), away(), reason)).words == "allowance 6, used 0, 6 less for days away, left 0"


def test_a_worker_who_goes_along_uses_a_place_too() -> None:
    second = [replace(record, with_worker_ids=("w2",)) for record in a_trip("v", "planned", days(1), "1")[:1]]
    outlook = an_outlook(*a_team(), *a_child("1", "cp", "w1", ago=60), *a_trip("v", "planned", days(1), "1"), *second)
    assert [week_of(outlook, worker).used for worker in ("w1", "w2", "w3")] == [1, 1, 0]


@given(st.lists(st.tuples(st.sampled_from(sorted(MEETINGS)), st.integers(0, 6), st.sampled_from([None, time(9), time(15)]))))
def test_the_rows_make_up_what_the_week_is_less_and_left(chosen: list[tuple[str, int, time | None]]) -> None:
    dates = [meeting(f"e{number}", event, days(on), at=at) for number, (event, on, at) in enumerate(chosen)]
    week = week_of(an_outlook(*a_team(), *a_child("1", "cin", "w1"), *dates))
    assert sum(week.free) + sum(one.days for one in week.lessened) == 5
    assert 0 <= week.allowance <= week.whole
    assert week.whole - week.less - week.used == week.left


def weeks_of_visits(*made: int) -> list[Record]:
    """So many statutory visits made in each of the weeks before, the latest first."""
    return [
        record
        for week, count in enumerate(made, 1)
        for number in range(count)
        for record in a_trip(f"h{week}-{number}", "made", days(-7 * week + number % 5), "1")
    ]


def by_history(*records: Record, **fields: Any) -> Outlook:
    worker = Worker(id="w1", name="Worker 1", team_id="t", visits_from="history")
    return an_outlook(*a_team(), *records, replace(worker, **fields))


@pytest.mark.parametrize(
    ("records", "fields", "whole", "source"),
    [
        (weeks_of_visits(4, 5, 6, 4, 5, 5), {}, 5, "history"),
        (weeks_of_visits(4, 5, 6, 4, 5), {}, VISITS_A_WEEK, "scheme"),
        (weeks_of_visits(4, 5, 6, 4, 5, 5), {"visits_a_week": 3}, 3, "own"),
        (weeks_of_visits(4, 5, 6, 4, 5, 5), {"visits_from": "scheme"}, VISITS_A_WEEK, "scheme"),
        # A week away is no worked week, and a half week counts as half.
        ([*weeks_of_visits(0, 5, 5, 5, 5, 5, 5), away(days(-7), days(-3))], {}, 5, "history"),
        ([*weeks_of_visits(3, 3, 3, 3, 6, 3), away(days(-21), days(-21))], {}, 3, "history"),
    ],
)
def test_the_allowance_is_the_middle_of_the_weeks_worked_or_else_the_schemes(
    records: list[Record], fields: dict[str, Any], whole: int, source: str
) -> None:
    outlook = by_history(*records, **fields)
    worker = next(one for one in outlook.workers if one.id == "w1")
    found = outlook.allowance(worker)
    assert (found.whole, found.source) == (whole, source)
    assert week_of(outlook).whole == whole
    if source == "history":
        assert f"{sum(week.made for week in found.weeks)} statutory visits made in {len(found.weeks)} worked weeks" in found.why


def test_a_history_too_short_is_said_beside_the_number_that_holds_instead() -> None:
    outlook = by_history(*weeks_of_visits(4, 5))
    assert "2 worked weeks of the 6 it takes" in week_of(outlook).why


def test_a_week_with_days_off_is_made_up_to_a_whole_one() -> None:
    outlook = by_history(*weeks_of_visits(3, 3, 3, 3, 3, 3), away(days(-7), days(-6)))
    latest = outlook.allowance(next(one for one in outlook.workers if one.id == "w1")).weeks[0]
    assert (latest.made, round(latest.in_whole, 1)) == (3, 5.0)
