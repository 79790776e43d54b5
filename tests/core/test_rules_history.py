"""The due date of every visit of a history: intervals, met, missed, ended and suspended."""

from datetime import date

import pytest

from planner.core.duty_history import visit_clocks
from planner.core.facts_json import facts_from_json
from planner.core.obligations import owed


@pytest.fixture
def history(england, calendar):
    """The intervals of JSON facts up to a day, as short rows."""

    def answer(facts, until, rules=None):
        found = visit_clocks(facts_from_json(facts), rules or england, calendar, date.fromisoformat(until))
        return [
            (*(str(day) if day else None for day in (one.since, one.due, one.met_on, one.ended_on)), one.rule) for one in found
        ]

    return answer


def seen(*days):
    return [{"on": day, "seen": True} for day in days]


CP = [{"plan": "cp", "start": "2026-03-02"}]


def test_every_visit_has_its_due_date_and_the_last_interval_is_open(history):
    visits = [*seen("2026-03-10", "2026-03-30"), {"on": "2026-04-01", "seen": False}]
    assert history({"spells": CP, "visits": visits}, "2026-04-10") == [
        ("2026-03-02", "2026-03-16", "2026-03-10", None, "CP-VISIT"),
        ("2026-03-10", "2026-03-24", "2026-03-30", None, "CP-VISIT"),
        ("2026-03-30", "2026-04-15", None, None, "CP-VISIT"),
    ]


def test_a_visit_is_in_time_on_its_due_date_and_late_the_day_after(england, calendar):
    for day, in_time in (("2026-03-16", True), ("2026-03-17", False)):
        facts = facts_from_json({"spells": CP, "visits": seen(day)})
        assert visit_clocks(facts, england, calendar, date(2026, 4, 1))[0].is_met_in_time is in_time


def test_a_visit_on_the_first_day_meets_the_first_interval(history):
    assert history({"spells": CP, "visits": seen("2026-03-02")}, "2026-03-03") == [
        ("2026-03-02", "2026-03-16", "2026-03-02", None, "CP-VISIT"),
        ("2026-03-02", "2026-03-16", None, None, "CP-VISIT"),
    ]


def test_a_plan_that_ends_ends_its_interval_unmet(history):
    spells = [{"plan": "cp", "start": "2026-03-02", "end": "2026-03-20"}, {"plan": "cin", "start": "2026-03-20"}]
    assert history({"spells": spells}, "2026-04-10") == [
        ("2026-03-02", "2026-03-16", None, "2026-03-20", "CP-VISIT"),
        ("2026-03-20", "2026-04-21", None, None, "CIN-VISIT"),
    ]


def test_a_move_of_placement_begins_a_new_interval(history):
    facts = {
        "spells": [{"plan": "lac", "start": "2026-03-02"}],
        "placements": [
            {"start": "2026-03-02", "end": "2026-04-13", "type": "U6"},
            {"start": "2026-04-13", "type": "U6", "reason": "P"},
        ],
        "visits": seen("2026-03-06", "2026-04-17"),
    }
    assert history(facts, "2026-05-01") == [
        ("2026-03-02", "2026-03-09", "2026-03-06", None, "LAC-V1"),
        ("2026-03-06", "2026-04-17", None, "2026-04-13", "LAC-V6W"),
        ("2026-04-13", "2026-04-20", "2026-04-17", None, "LAC-V1"),
        ("2026-04-17", "2026-05-29", None, None, "LAC-V6W"),
    ]


def test_a_change_that_restarts_nothing_leaves_the_interval_whole(history):
    facts = {
        "spells": [{"plan": "lac", "start": "2026-03-02"}],
        "legal": [{"code": "V2", "start": "2026-03-02", "end": "2026-04-01"}, {"code": "C1", "start": "2026-04-01"}],
        "placements": [{"start": "2026-03-02", "type": "U6"}],
        "visits": seen("2026-03-06", "2026-04-10"),
    }
    assert history(facts, "2026-05-01") == [
        ("2026-03-02", "2026-03-09", "2026-03-06", None, "LAC-V1"),
        ("2026-03-06", "2026-04-17", "2026-04-10", None, "LAC-V6W"),
        ("2026-04-10", "2026-05-22", None, None, "LAC-V6W"),
    ]


@pytest.mark.parametrize(("review", "expected"), [("2026-03-27", "2026-04-20"), ("2026-04-02", "2026-03-30")])
def test_a_review_before_the_weekly_date_loosens_it_and_one_after_does_not(history, review, expected):
    facts = {
        "spells": [{"plan": "lac", "start": "2026-03-02"}],
        "placements": [{"start": "2026-03-02", "type": "U3", "regulation_24": True}],
        "visits": seen("2026-03-09", "2026-03-16", "2026-03-23", "2026-04-07"),
        "events": [{"event": "lac_review_held", "on": review}],
    }
    (row,) = [row for row in history(facts, "2026-04-08") if row[0] == "2026-03-23"]
    assert row == ("2026-03-23", expected, "2026-04-07", None, "LAC-V-R24")


def test_two_plans_have_their_own_intervals(history):
    facts = {"spells": [*CP, {"plan": "lac", "start": "2026-03-02"}], "visits": seen("2026-03-09")}
    assert {row[4] for row in history(facts, "2026-03-10")} == {"CP-VISIT", "LAC-V1", "LAC-V6W"}


def test_an_interval_whose_date_was_suspended_says_why(england, calendar):
    pause = {"kind": "visit", "start": "2026-03-12", "end": "2026-04-01", "reason": "missing"}
    facts = facts_from_json({"spells": CP, "suspended": [pause]})
    assert visit_clocks(facts, england, calendar, date(2026, 4, 1))[0].reason == "missing"


def test_a_plan_without_a_start_has_an_interval_without_a_date(history):
    assert history({"spells": [{"plan": "cp"}]}, "2026-04-01") == [(None, None, None, None, "CP-VISIT")]


def test_a_death_ends_every_interval(history):
    facts = {"spells": CP, "events": [{"event": "child_died", "on": "2026-03-20"}]}
    assert history(facts, "2026-05-01") == [("2026-03-02", "2026-03-16", None, "2026-03-20", "CP-VISIT")]


def test_a_visit_that_an_event_asks_for_once_is_there_too(history):
    events = [{"event": "section_47_started", "on": "2026-03-05"}, {"event": "section_47_ended", "on": "2026-03-12"}]
    assert history({"events": events, "visits": seen("2026-03-09")}, "2026-04-01") == [
        ("2026-03-05", "2026-03-06", "2026-03-09", None, "S47-SEEN")
    ]
    assert history({"events": events}, "2026-04-01") == [("2026-03-05", "2026-03-06", None, "2026-03-12", "S47-SEEN")]


def test_nothing_that_begins_after_the_day_is_there(history):
    assert history({"spells": CP}, "2026-03-01") == []


def test_the_open_interval_is_what_is_owed(england, calendar):
    facts = facts_from_json({"spells": CP, "visits": seen("2026-03-10", "2026-03-23")})
    on = date(2026, 4, 1)
    (open_one,) = [one for one in visit_clocks(facts, england, calendar, on) if not one.met_on and not one.ended_on]
    (due,) = [one for one in owed(facts, england, calendar, on) if one.kind == "visit"]
    assert (open_one.rule, open_one.due, open_one.counts_from) == (due.rule, due.due, due.counts_from)
