"""What is kept of a worker is told in words, and what keeps children from them as a warning."""

from datetime import date

import pytest

from planner.core.records import Child, ConflictOfInterest, Worker
from planner.core.snapshot import Snapshot
from planner.ui.team.worker_facts import facts_of, pattern_words

ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ((74, 74, 74, 74, 74, 0, 0), "Monday to Friday, 7.4 h a day"),
        ((74, 74, 0, 40, 0, 0, 0), "Mon 7.4 h, Tue 7.4 h, Thu 4 h"),
        ((74, 74, 74, 74, 74, 30, 0), "Mon 7.4 h, Tue 7.4 h, Wed 7.4 h, Thu 7.4 h, Fri 7.4 h, Sat 3 h"),
        ((0, 0, 0, 0, 0, 0, 0), ""),
    ],
)
def test_the_hours_of_a_week_are_said_as_short_as_they_can(pattern, words):
    assert pattern_words(pattern) == words


def facts(worker, *records):
    rows = facts_of(Snapshot([worker, *records]), worker, ON, lambda child: child.reference)
    return {row.what: (row.words, row.tone) for row in rows}


def test_every_fact_that_is_kept_is_told_and_no_other():
    told = facts(
        Worker(
            id="w",
            stage="asye",
            stage_ends_on=date(2027, 3, 1),
            skills=("Makaton", "court work"),
            localities=("Northend",),
            headcount_limit=12,
            new_cases_a_week=1,
            swe_number="SW990002",
            assignment_end=date(2026, 12, 5),
        ),
        Child(id="c", reference="C10432"),
        ConflictOfInterest(id="x", worker_id="w", child_id="c"),
    )
    assert told == {
        "Stage": ("ASYE, until 28 February 2027", ""),
        "Works": ("Monday to Friday, 7.4 h a day", ""),
        "Skills": ("Makaton, court work", ""),
        "Localities": ("Northend", ""),
        "Limits": ("12 children at most, 1 new child in 7 days", ""),
        "Must not hold": ("C10432", ""),
        "In post": ("last day 4 December 2026", ""),
        "Registration": ("Social Work England SW990002", ""),
    }


@pytest.mark.parametrize(
    ("until", "stage", "limits"),
    [(ON, "Experienced", None), (date(2026, 11, 24), "ASYE, until 23 November 2026", "no new cases until 24 November 2026")],
)
def test_a_stage_and_a_limit_that_are_over_are_told_no_more(until, stage, limits):
    told = facts(Worker(id="w", stage="asye", stage_ends_on=until, no_new_cases_until=until))
    assert (told["Stage"][0], told.get("Limits", (None,))[0]) == (stage, limits)


def test_checks_and_login_that_are_lacking_are_a_warning_and_kept_days_are_told():
    agency = facts(Worker(id="w", supplier="Agency", checks_complete_on=date(2026, 11, 20)))
    assert agency["Checks"] == ("complete on 20 November 2026", "")
    assert agency["Case system login"] == ("not complete, so nothing is allocated", "warning")
    assert "Checks" not in facts(Worker(id="w"))
