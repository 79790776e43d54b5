"""The manager's queue: assessments from the day they were sent until signed, checks, failed visits, stories."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.actions.shipped import reference
from planner.core.flow_records import Closing, Decision
from planner.core.manager_checks import checks_due
from planner.core.manager_queue import assessments_to_sign, is_for, sent_to_manager_on, to_manager_by
from planner.core.outlook import Outlook
from planner.core.records import Child, Event, Person, Record, Story, Suspension, Transfer
from planner.core.snapshot import Snapshot
from planner.core.tried_visits import tried_twice
from tests.core.test_outlook import MONDAY, child, days, ground, seen


def outlook(*records: Record) -> Outlook:
    return Outlook(
        Snapshot([*ground(), *child("2", "assessment", held_by="ada", since=-50), *records]), reference(), MONDAY, MONDAY
    )


def event(name: str, on: int, status: str = "held") -> Event:
    return Event(id=f"{name} {on}", child_id="c2", event=name, on=days(on), status=status)


SENT, SIGNED = "assessment_to_manager", "assessment_authorised"


@pytest.mark.parametrize(
    ("events", "sent"),
    [
        ([], None),
        ([event(SENT, -4)], days(-4)),
        ([event(SENT, 0)], days(0)),
        ([event(SENT, 1)], None),
        ([event(SENT, -4, "planned")], None),
        ([event(SENT, -60)], None),
        ([event(SENT, -4), event(SIGNED, -4)], None),
        ([event(SENT, -4), event(SIGNED, -1)], None),
        ([event(SENT, -9), event(SIGNED, -6), event(SENT, -4)], days(-4)),
    ],
)
def test_an_assessment_waits_from_the_day_it_was_sent_until_it_is_authorised(events: list[Event], sent: date | None) -> None:
    found = outlook(*events)
    case = found.case_of("c2")
    assert case is not None
    assert sent_to_manager_on(found, case) == sent
    assert [row.sent_on for row in assessments_to_sign(found)] == ([sent] if sent else [])


def test_the_wait_is_in_working_days_and_the_limit_is_day_45() -> None:
    (row,) = assessments_to_sign(outlook(event(SENT, -4)))
    assert row.working_days == 2
    assert row.obligation is not None
    assert row.obligation.rule == "ASM-45"


def test_the_day_to_be_with_the_manager_is_said_until_it_is_sent() -> None:
    waiting, sent = outlook(), outlook(event(SENT, -4))
    by = to_manager_by(waiting, waiting.case_of("c2"))
    assert by == waiting.calendar.after(days(-50), 35)
    assert to_manager_by(sent, sent.case_of("c2")) is None


# Checks


CHECKED = "assessment_checked"


def started(working_days_ago: int) -> int:
    """So many working days before the Monday, as days to add."""
    calendar, on = reference().calendar, MONDAY
    while calendar.between(on, MONDAY) < working_days_ago:
        on -= timedelta(days=1)
    return (on - MONDAY).days


def checks(day: int, *held: int) -> list[int]:
    """The check that is to be recorded on working day `day` of an assessment, with checks held so many days from Monday."""
    since = started(day)
    records = [*ground(), *child("2", "assessment", held_by="ada", since=since), *(event(CHECKED, on) for on in held)]
    return [row.working_day for row in checks_due(Outlook(Snapshot(records), reference(), MONDAY, MONDAY))]


@pytest.mark.parametrize(("day", "asked"), [(9, []), (10, [10]), (19, [10]), (20, [20]), (29, [20]), (30, [])])
def test_a_check_is_asked_for_from_its_day_until_the_next_takes_its_place(day: int, asked: list[int]) -> None:
    assert checks(day) == asked


@pytest.mark.parametrize(
    ("day", "held", "asked"),
    [(10, 0, []), (12, -3, []), (12, started(10), [10]), (14, 0, []), (20, started(12), [20]), (20, started(4), [])],
    ids=["on the day", "just before", "long before", "late", "late for the first", "before the second"],
)
def test_a_check_held_is_that_of_the_day_it_lies_by(day: int, held: int, asked: list[int]) -> None:
    assert checks(day, held) == asked


def test_a_check_that_fell_due_before_the_child_was_followed_is_not_asked_for() -> None:
    records = [
        replace(row, tracked_from=MONDAY) if isinstance(row, Child) else row for row in child("2", "assessment", "ada", -20)
    ]
    found = Outlook(Snapshot([*ground(), *records]), reference(), MONDAY, MONDAY)
    assert not checks_due(found)


# Visits that did not see the child


def tried(*on: int) -> list[Record]:
    return [record for day in on for record in seen("1", day, was_seen=False)]


@pytest.mark.parametrize(
    ("records", "days_tried"),
    [
        (tried(-3), None),
        (tried(-3, -1), (days(-3), days(-1))),
        ([*tried(-9, -8), *seen("1", -5), *tried(-1)], None),
        ([*tried(-3, -1), Decision(id="d", child_id="c1", matter="tries", about="v1-1", on=days(-1))], None),
        (
            [*tried(-3, -1, 0), Decision(id="d", child_id="c1", matter="tries", about="v1-1", on=days(-1))],
            (days(-3), days(-1), days(0)),
        ),
        ([*tried(-3, -1), Decision(id="d", child_id="c1", matter="tries", about="v1-1", on=days(1))], (days(-3), days(-1))),
    ],
    ids=["once", "twice", "seen between", "decided", "tried again since", "decided later"],
)
def test_two_tries_on_a_child_protection_plan_need_a_decision(records: list[Record], days_tried: tuple[date, ...] | None) -> None:
    found = Outlook(Snapshot([*ground(), *records]), reference(), MONDAY, MONDAY)
    assert [row.days for row in tried_twice(found)] == ([days_tried] if days_tried else [])


# Stories


def with_story(**said: Any) -> Outlook:
    records = [*ground(), *seen("1", -40)]
    late = Outlook(Snapshot(records), reference(), MONDAY, MONDAY).overdue_visits[0].obligation
    story = Story(id="s", obligation=late.id, child_id="c1", why="Family away", **said)
    return Outlook(Snapshot([*records, story]), reference(), MONDAY, MONDAY)


def test_a_story_waits_until_it_is_agreed_and_says_how_long_it_is_carried() -> None:
    found = with_story(written_on=days(-15), by=days(-1))
    (row,) = found.manager_queue
    assert (row.kind, row.since) == ("story", days(-15))
    (told,) = found.told_stories
    assert (told.weeks, told.is_promise_past, told.is_agreed) == (2, True, False)
    assert not with_story(written_on=days(-15), agreed_on=days(-8)).manager_queue


def test_what_is_overdue_has_a_story_or_is_listed_without_one() -> None:
    found = with_story(written_on=days(-1))
    without = {row.obligation.id for row in found.overdue_without_story}
    told = {row.obligation.id for row in found.told_stories}
    assert without | told == {row.obligation.id for row in found.overdue_duties}
    assert told
    assert not without & told


@pytest.mark.parametrize(("end", "rows"), [(None, 1), (1, 1), (0, 0)])
def test_a_suspension_is_counted_until_the_rule_runs_again(end: int | None, rows: int) -> None:
    stopped = Suspension(id="x", child_id="c1", rule="CP-VISIT", start=days(-9), end=None if end is None else days(end))
    assert len(Outlook(Snapshot([*ground(), stopped]), reference(), MONDAY, MONDAY).suspended_clocks) == rows


def test_what_is_ready_to_close_and_a_transfer_whose_day_has_come_wait_too() -> None:
    records = [
        *ground(),
        *child("2", "cin", held_by="ada"),
        Closing(id="cl", child_id="c2", case_id="k2", ready_on=days(-4), checklist=("Plan", "Letters"), closure_reason="RC7"),
        Transfer(id="tr", child_id="c1", point="First core group", planned_on=days(-1), to_team_id="t2", from_team_id="t1"),
    ]
    found = Outlook(Snapshot(records), reference(), MONDAY, MONDAY)
    assert [(row.kind, row.case.child.reference, row.since) for row in found.manager_queue if row.kind != "story"] == [
        ("closing", "C2", days(-4)),
        ("transfer", "C1", days(-1)),
    ]


@pytest.mark.parametrize(("written", "to_carry"), [(-8, True), (-1, True), (0, False), (-7, True)])
def test_a_story_told_before_this_week_is_to_be_carried_on(written: int, to_carry: bool) -> None:
    assert bool(with_story(written_on=days(written)).stories_to_carry) is to_carry


def test_a_story_written_later_was_not_told_yet() -> None:
    assert not with_story(written_on=days(1)).told_stories


@pytest.mark.parametrize(
    ("role", "teams", "expected"),
    [
        ("team manager", ("t1",), True),
        ("team manager", ("t2",), False),
        ("service manager", (), True),
        ("project co-ordinator", ("t1",), False),
    ],
)
def test_what_waits_is_for_the_manager_of_the_childs_team(role: str, teams: tuple[str, ...], expected: bool) -> None:
    (row,) = [row for row in outlook(event(SENT, -4)).manager_queue if row.kind == "sign"]
    assert is_for(Person(id="p", name="P", role=role, team_ids=teams), row) is expected
    assert not is_for(None, row)
