"""How age, time on a plan and what is due are said."""

from datetime import date, datetime

import pytest

from planner.core.obligations import Obligation
from planner.core.records import Child
from planner.ui.case_words import age_sentence, age_words, length_words, status_tone, status_words

ON = date(2026, 11, 23)


def owed(due, state="upcoming", kind="visit"):
    return Obligation("o", "child", "c", "CP-VISIT", kind, due, None, state, "s", "f")


@pytest.mark.parametrize(
    ("born", "expected", "short", "sentence"),
    [
        (date(2019, 11, 23), None, "7", "Age 7."),
        (date(2019, 11, 24), None, "6", "Age 6."),
        (date(2020, 2, 29), None, "6", "Age 6."),
        (date(2026, 10, 19), None, "0", "Age 5 weeks."),
        (date(2025, 9, 1), None, "1", "Age 14 months."),
        (None, date(2027, 3, 3), "unborn", "Not yet born."),
        (None, None, "", "Age not recorded."),
        (date(2027, 1, 1), None, "", "Age not recorded."),
    ],
)
def test_age_is_said_in_years_and_for_the_youngest_in_weeks_and_months(born, expected, short, sentence):
    child = Child(id="c", born=born, expected=expected)
    assert (age_words(child, ON), age_sentence(child, ON)) == (short, sentence)


@pytest.mark.parametrize(
    ("obligation", "words", "tone"),
    [
        (owed(date(2026, 11, 5), "overdue"), "18 days late", "overdue"),
        (owed(date(2026, 11, 22), "overdue"), "1 day late", "overdue"),
        (owed(date(2026, 11, 23), "due"), "today", ""),
        (owed(date(2026, 11, 24), "due"), "tomorrow", ""),
        (owed(date(2026, 11, 26), "due"), "in 3 days", ""),
        (owed(None, "overdue"), "never seen", "overdue"),
        (owed(None, "due", "check"), "no date", ""),
        (owed(date(2026, 1, 1), "unknown"), "not known", "text_muted"),
        (owed(datetime(2026, 11, 23, 9, 30), "overdue", "other"), "late since 09:30", "overdue"),
        (None, "none due", "text_muted"),
    ],
)
def test_due_today_is_not_late_and_only_what_is_late_is_red(obligation, words, tone):
    assert (status_words(obligation, ON), status_tone(obligation)) == (words, tone)


@pytest.mark.parametrize(
    ("since", "words"),
    [(None, ""), (date(2026, 11, 23), "0 days"), (date(2026, 11, 10), "13 days"), (date(2026, 9, 21), "9 weeks")],
)
def test_time_on_a_plan_is_said_in_weeks_after_the_first_two(since, words):
    assert length_words(since, ON) == words
