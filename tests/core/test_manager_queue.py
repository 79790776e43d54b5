"""The manager's queue: an assessment waits from the day it was sent until it is authorised."""

from datetime import date

import pytest

from planner.actions.shipped import reference
from planner.core.manager_queue import assessments_to_sign, sent_to_manager_on, to_manager_by
from planner.core.outlook import Outlook
from planner.core.records import Event, Record
from planner.core.snapshot import Snapshot
from tests.core.test_outlook import MONDAY, child, days, ground


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
