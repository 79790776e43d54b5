"""What is chased: each kind of gap, whose it is, since when, and that it vanishes when it is put right."""

from dataclasses import replace
from datetime import date

import pytest

from planner.actions.shipped import reference
from planner.core.chase import (
    LATE,
    NO_OUTCOME,
    NO_REVIEW_DATE,
    NO_WORKER,
    NOT_ALONE,
    UNRECORDED,
    Gap,
    gaps_by_worker,
    is_chased_on,
    is_late,
    is_promise_broken,
    is_to_chase,
)
from planner.core.chase_message import again_after, message
from planner.core.flow_records import Chased
from planner.core.outlook import Outlook
from planner.core.records import Child, Event, LocalRule, Record, Sighting, Visit
from planner.core.snapshot import Snapshot
from tests.core.test_outlook import MONDAY, child, days, ground, outlook, seen


def kinds(records: list[Record], kind: str) -> list[Gap]:
    return [gap for gap in outlook(records).gaps if gap.kind == kind]


def test_an_overdue_duty_is_the_lead_workers_until_the_visit_is_made() -> None:
    (visit,) = [gap for gap in kinds([*ground(), *seen("1", -20)], LATE) if "visit" in gap.words.lower()]
    assert (visit.worker.name, visit.due_on) == ("Ada Amber", days(-6))
    assert not [gap for gap in kinds([*ground(), *seen("1", -20), *seen("1", 0)], LATE) if "visit" in gap.words.lower()]


@pytest.mark.parametrize(("on", "asked"), [(-1, True), (0, False), (3, False)])
def test_a_planned_visit_has_no_outcome_once_its_day_has_passed(on: int, asked: bool) -> None:
    planned = [Visit(id="v", on=days(on), worker_id="ben"), Sighting(id="s", visit_id="v", child_id="c1")]
    found = kinds([*ground(), *planned], NO_OUTCOME)
    assert [gap.worker.name for gap in found] == (["Ben Blue"] if asked else [])


@pytest.mark.parametrize(
    ("alone", "source", "asked"), [(None, "", True), (None, "annex-a", False), (False, "", False), (True, "", False)]
)
def test_whether_a_child_was_seen_alone_is_asked_of_visits_logged_here(alone: bool | None, source: str, asked: bool) -> None:
    visit, sighting = seen("1", -3)
    records = [*ground(), replace(visit, source=source), replace(sighting, seen_alone=alone)]
    assert bool(kinds(records, NOT_ALONE)) is asked


def test_a_review_that_is_due_soon_wants_a_day_until_one_is_planned() -> None:
    records = [*ground(), *child("2", "cin", held_by="ben", since=-35)]
    (gap,) = kinds(records, NO_REVIEW_DATE)
    assert (gap.worker.name, gap.due_on) == ("Ben Blue", days(7))
    planned = Event(id="e", child_id="c2", event="cin_review_held", on=days(4), status="planned")
    assert not kinds([*records, planned], NO_REVIEW_DATE)
    assert kinds([*records, replace(planned, on=days(-4))], NO_REVIEW_DATE)


def test_a_review_that_is_overdue_is_late_and_stands_once() -> None:
    found = outlook(ground()).gaps
    assert len({gap.about for gap in found}) == len(found)
    assert any("onference" in gap.words for gap in found if gap.kind == LATE)


def test_a_child_without_a_worker_is_nobodys_and_comes_last() -> None:
    found = outlook([*ground(), *child("2", "cin"), *seen("1", -20)]).gaps
    assert (found[-1].kind, found[-1].worker) == (NO_WORKER, None)
    assert list(gaps_by_worker(found)) == ["ada", ""]


@pytest.mark.parametrize(
    ("recorded", "on", "asked", "late"),
    [(None, 0, True, False), (None, 2, True, False), (None, 3, True, True), (days(1), 3, False, False), (days(4), 3, True, True)],
    ids=["the same day", "its last day", "late", "recorded", "recorded later"],
)
def test_a_visit_is_to_be_in_the_case_system_within_two_working_days(
    recorded: date | None, on: int, asked: bool, late: bool
) -> None:
    visit, sighting = seen("1", 0)
    records = [*ground(), replace(visit, recorded_on=recorded), sighting]
    found = [gap for gap in outlook(records, days(on)).gaps if gap.kind == UNRECORDED]
    assert [is_late(gap, days(on)) for gap in found] == ([late] if asked else [])


def test_how_soon_is_the_councils_policy() -> None:
    local = LocalRule(id="r", rule="REC-48H", toml='id = "REC-48H"\nfirst = "5 working days"')
    (gap,) = kinds([*ground(), *seen("1", 0), local], UNRECORDED)
    assert gap.due_on == days(7)


def test_siblings_of_one_visit_are_one_thing_to_record() -> None:
    second = Sighting(id="s2", visit_id="v10", child_id="c2", seen=True)
    (gap,) = kinds([*ground(), *child("2", "cin", held_by="ada"), *seen("1", 0), second], UNRECORDED)
    assert [case.child.reference for case in gap.cases] == ["C1", "C2"]


# What was asked and promised


def chased(**said: object) -> Gap:
    entry = Chased(id="x", about=f"{UNRECORDED}:v1-1", worker_id="ada", on=days(-1), **said)
    return kinds([*ground(), *seen("1", -1), entry], UNRECORDED)[0]


@pytest.mark.parametrize(
    ("said", "broken", "to_chase"),
    [
        ({}, False, False),
        ({"again_on": days(1)}, False, False),
        ({"again_on": days(0)}, False, True),
        ({"promised_by": days(0), "again_on": days(1)}, False, False),
        ({"promised_by": days(-1), "again_on": days(1)}, True, True),
    ],
)
def test_it_is_asked_again_on_its_day_or_when_the_promise_is_broken(said: dict[str, date], broken: bool, to_chase: bool) -> None:
    gap = chased(**said)
    assert (is_promise_broken(gap, MONDAY), is_to_chase(gap, MONDAY)) == (broken, to_chase)
    assert (is_chased_on(gap, days(-1)), is_chased_on(gap, MONDAY)) == (True, False)


def test_what_was_never_asked_for_is_to_be_asked_for() -> None:
    assert is_to_chase(kinds([*ground(), *seen("1", -1)], UNRECORDED)[0], MONDAY)


def test_the_message_names_no_child() -> None:
    named = [replace(row, initials="A.B.", name="Alice Brown") if isinstance(row, Child) else row for row in ground()]
    found = Outlook(Snapshot([*named, *seen("1", -1)]), reference(), MONDAY, MONDAY)
    text = message("Ada Amber", found.gaps, MONDAY)
    assert "Alice" not in text
    assert "C1 – A.B.: Visit of Sun 22 Nov, not in the case system" in text
    assert sum(line[:1].isdigit() for line in text.splitlines()) == len(found.gaps)


def test_it_is_asked_again_after_two_working_days_or_the_day_after_the_promise() -> None:
    calendar = reference().calendar
    assert again_after(MONDAY, calendar) == days(2)
    assert again_after(MONDAY, calendar, days(4)) == days(7)
