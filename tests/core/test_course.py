"""The course of a child: what ran, what happened, and how each is said."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.course import course_of, outcome_words
from planner.core.obligations import Obligation
from planner.core.records import (
    Allocation,
    Case,
    Child,
    Event,
    LegalStatus,
    Placement,
    PlanSpell,
    Sighting,
    Visit,
    Worker,
)
from planner.core.snapshot import Snapshot

TODAY = date(2026, 11, 23)
CHILD = Child(id="child", reference="C10432", initials="A.B.")
CASE = Case(id="case", child_id="child", received_on=date(2026, 6, 8))


def obligation(due: date | None, state: str) -> Obligation:
    return Obligation("o", "child", "child", "CP-VISIT", "visit", due, due, state, "s", "c")


def spans(course, lane):
    return [(span.words, span.start, span.end, span.row, span.gap) for span in course.spans if span.lane == lane]


def test_a_course_runs_from_the_day_the_case_was_received_past_the_day_looked_at():
    course = course_of(Snapshot([CHILD, CASE]), "child", TODAY)
    assert (course.since, course.on) == (date(2026, 6, 8), TODAY)
    assert course.until >= TODAY + timedelta(days=30)


def test_a_child_with_no_data_has_a_course_that_says_so():
    course = course_of(Snapshot([CHILD]), "child", TODAY)
    assert [span.words for span in course.spans] == ["No plan", "None", "No placement", "No worker"]
    assert course.marks == ()


def test_time_without_a_worker_is_a_gap_that_says_so():
    held = [
        Allocation(id="a", child_id="child", worker_id="pike", start=date(2026, 6, 9), end=date(2026, 8, 21)),
        Allocation(id="b", child_id="child", worker_id="patel", start=date(2026, 9, 1)),
    ]
    workers = [Worker(id="pike", name="Joanna Pike"), Worker(id="patel", name="Dev Patel")]
    course = course_of(Snapshot([CHILD, CASE, *held, *workers]), "child", TODAY)
    assert spans(course, "worker") == [
        ("No worker", date(2026, 6, 8), date(2026, 6, 9), 0, True),
        ("Joanna Pike", date(2026, 6, 9), date(2026, 8, 21), 0, False),
        ("No worker", date(2026, 8, 21), date(2026, 9, 1), 0, True),
        ("Dev Patel", date(2026, 9, 1), None, 0, False),
    ]


def test_what_runs_at_the_same_time_stands_in_rows_of_its_own():
    plans = [
        PlanSpell(id="p", child_id="child", plan="cp", start=date(2026, 6, 8)),
        PlanSpell(id="q", child_id="child", plan="lac", start=date(2026, 9, 1)),
        PlanSpell(id="r", child_id="child", plan="assessment", start=date(2026, 6, 8), end=date(2026, 7, 1)),
    ]
    course = course_of(Snapshot([CHILD, CASE, *plans]), "child", TODAY)
    assert course.rows_of("plan") == 2
    assert course.rows_of("legal") == 1


def test_a_legal_status_and_a_placement_are_said_in_words():
    records = [
        LegalStatus(id="l", child_id="child", code="C2", start=date(2026, 7, 1)),
        Placement(id="p", child_id="child", type="U6", start=date(2026, 7, 1)),
    ]
    course = course_of(Snapshot([CHILD, CASE, *records]), "child", TODAY)
    assert [words for words, *_ in spans(course, "legal")] == ["None", "Full care order"]
    assert [words for words, *_ in spans(course, "living")] == ["No placement", "Fostered"]


def test_a_co_worker_is_told_apart_from_the_lead():
    records = [
        Worker(id="w", name="Ben Hartley"),
        Allocation(id="a", child_id="child", worker_id="w", role="co-worker", start=date(2026, 7, 1)),
    ]
    course = course_of(Snapshot([CHILD, CASE, *records]), "child", TODAY)
    assert "Ben Hartley, co-worker" in [span.words for span in course.spans]


@pytest.mark.parametrize(
    ("state", "due", "marks"),
    [
        ("overdue", date(2026, 11, 19), ["overdue"]),
        ("due", date(2026, 11, 23), ["due"]),
        ("upcoming", date(2026, 12, 20), ["due"]),
        ("unknown", date(2026, 6, 20), []),
        ("overdue", None, []),
    ],
)
def test_only_a_date_that_has_passed_is_marked_overdue(state, due, marks):
    course = course_of(Snapshot([CHILD, CASE]), "child", TODAY, [("Visit", obligation(due, state))])
    assert [mark.kind for mark in course.marks] == marks


def test_a_visit_where_the_child_was_not_seen_is_a_try():
    visit = Visit(id="v", on=date(2026, 11, 17), status="made")
    sighting = Sighting(id="s", visit_id="v", child_id="child", seen=False, not_seen_reason="no one at home")
    course = course_of(Snapshot([CHILD, CASE, visit, sighting]), "child", TODAY)
    assert [(mark.kind, mark.words) for mark in course.marks] == [("tried", "Not seen. No one at home")]


def test_a_visit_made_after_the_day_looked_at_is_not_shown():
    visit = Visit(id="v", on=date(2026, 11, 24), status="made")
    sighting = Sighting(id="s", visit_id="v", child_id="child", seen=True)
    course = course_of(Snapshot([CHILD, CASE, visit, sighting]), "child", TODAY)
    assert course.marks == ()


@pytest.mark.parametrize(("status", "kind"), [("held", ["held"]), ("planned", ["meeting planned"]), ("cancelled", [])])
def test_a_meeting_is_held_planned_or_left_out(status, kind):
    event = Event(id="e", child_id="child", event="core_group_held", on=date(2026, 10, 13), status=status)
    course = course_of(Snapshot([CHILD, CASE, event]), "child", TODAY)
    assert [mark.kind for mark in course.marks] == kind
    assert all(mark.words == "Core group" for mark in course.marks)


@pytest.mark.parametrize(
    ("event", "status", "lane"),
    [
        ("core_group_held", "held", "meetings"),
        ("care_application_issued", "held", "other"),
        ("health_assessment_held", "planned", "meetings"),
        ("hearing", "held", "meetings"),
        ("allocated", "held", "other"),
    ],
)
def test_what_is_no_meeting_is_listed_and_not_drawn(event, status, lane):
    event = Event(id="e", child_id="child", event=event, on=date(2026, 10, 13), status=status)
    course = course_of(Snapshot([CHILD, CASE, event]), "child", TODAY)
    assert [mark.lane for mark in course.marks] == [lane]
    assert len(course.drawn_marks) == (lane == "meetings")


@pytest.mark.parametrize(
    ("visit", "sighting", "words"),
    [
        ({"status": "made"}, {"seen": True, "seen_alone": True, "bedroom_seen": True}, "Seen alone, bedroom seen"),
        ({"status": "made"}, {"seen": True}, "Seen"),
        (
            {"status": "made"},
            {"seen": True, "seen_alone": False, "not_alone_reason": "Child under two"},
            "Seen, not alone (child under two)",
        ),
        ({"status": "made"}, {}, "Made, not said whether seen"),
        ({"status": "made"}, {"seen": False, "not_seen_reason": "at school"}, "Not seen. At school"),
        ({"status": "attempted"}, {"seen": False, "not_seen_reason": "no one at home"}, "Tried. No one at home"),
        ({"status": "attempted"}, {"seen": False}, "Tried"),
        ({"status": "planned"}, {}, "Planned"),
        ({"status": "cancelled", "cancelled_reason": "worker away"}, {}, "Cancelled. Worker away"),
    ],
)
def test_the_outcome_of_a_visit_is_said_in_words(visit, sighting, words):
    assert outcome_words(Visit(id="v", **visit), Sighting(id="s", **sighting)) == words


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
periods = st.lists(st.tuples(days, st.none() | days), max_size=8)


@given(periods)
def test_no_two_spans_of_a_row_overlap(drawn):
    plans = [
        PlanSpell(id=str(number), child_id="child", plan="cin", start=start, end=end)
        for number, (start, end) in enumerate(drawn)
        if end is None or end > start
    ]
    course = course_of(Snapshot([CHILD, CASE, *plans]), "child", TODAY)
    rows = {}
    for span in course.spans:
        if span.lane == "plan" and not span.gap:
            rows.setdefault(span.row, []).append(span)
    for row in rows.values():
        ordered = sorted(row, key=lambda span: span.start)
        assert all(before.end is not None and before.end <= after.start for before, after in pairwise(ordered))


@given(periods)
def test_every_day_since_the_case_was_received_is_said_in_the_plan_lane(drawn):
    plans = [
        PlanSpell(id=str(number), child_id="child", plan="cin", start=start, end=end)
        for number, (start, end) in enumerate(drawn)
        if end is None or end > start
    ]
    course = course_of(Snapshot([CHILD, CASE, *plans]), "child", TODAY)
    lane = [span for span in course.spans if span.lane == "plan"]
    day = date(2026, 6, 8)
    while day < course.until:
        assert any(span.start <= day and (span.end is None or day < span.end) for span in lane)
        day += timedelta(days=1)
