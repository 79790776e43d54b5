"""Dates as typed and as written."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.date_words import against_weekday, distance, echo, full_date, list_date, plain_date, range_words, typed_date
from planner.core.errors import Refused
from planner.core.working_days import WorkingCalendar

TODAY = date(2026, 11, 23)
CALENDAR = WorkingCalendar([date(2026, 12, 25), date(2026, 12, 28)])


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("23 11 2026", date(2026, 11, 23)),
        ("23/11/2026", date(2026, 11, 23)),
        ("23.11.26", date(2026, 11, 23)),
        ("3-1-2027", date(2027, 1, 3)),
        ("2026-12-03", date(2026, 12, 3)),
        ("23 nov", date(2026, 11, 23)),
        ("23nov", date(2026, 11, 23)),
        ("3rd December", date(2026, 12, 3)),
        ("Thu 19 Nov", date(2026, 11, 19)),
        ("fri 13/11", date(2026, 11, 13)),
        ("Thursday, 19 November 2026", date(2026, 11, 19)),
        ("5 sept", date(2026, 9, 5)),
        ("4 jan", date(2027, 1, 4)),
        ("23 11", date(2026, 11, 23)),
        ("2 1", date(2027, 1, 2)),
        ("today", TODAY),
        (" Today ", TODAY),
        ("yesterday", date(2026, 11, 22)),
        ("tomorrow", date(2026, 11, 24)),
        ("fri", date(2026, 11, 27)),
        ("mon", TODAY),
        ("next mon", date(2026, 11, 30)),
        ("last fri", date(2026, 11, 20)),
        ("last monday", date(2026, 11, 16)),
        ("+3", date(2026, 11, 26)),
        ("-1d", date(2026, 11, 22)),
        ("+10wd", date(2026, 12, 7)),
        ("-1wd", date(2026, 11, 20)),
        ("-2w", date(2026, 11, 9)),
        ("+3m", date(2027, 2, 23)),
        ("+1y", date(2027, 11, 23)),
        ("+25wd", date(2026, 12, 30)),
    ],
)
def test_what_people_type_is_understood(typed, day):
    assert typed_date(typed, TODAY, CALENDAR) == day


@pytest.mark.parametrize(
    "typed", ["", "soon", "31 2 2026", "45 nov", "12", "1 2 3 4", "m", "13 13 2026", "29 feb 2027", "+", "wd"]
)
def test_what_is_no_date_is_refused_with_what_to_type(typed):
    with pytest.raises(Refused, match="Type a date such as"):
        typed_date(typed, TODAY, CALENDAR)


def test_a_day_of_the_week_is_held_against_its_date():
    day = typed_date("Thu 20 Nov", TODAY, CALENDAR)
    assert against_weekday("Thu 20 Nov", day) == "20 November 2026 is a Friday, not a Thursday. Type the one that is meant."
    assert against_weekday("fri, 20/11", day) == against_weekday("20/11", day) == against_weekday("fri", day) == ""


def test_months_on_from_the_end_of_a_month_stay_in_the_month():
    assert typed_date("+1m", date(2027, 1, 31), CALENDAR) == date(2027, 2, 28)
    assert typed_date("+1y", date(2028, 2, 29), CALENDAR) == date(2029, 2, 28)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_date_reads_back_as_it_is_written(day):
    for written in (full_date(day), plain_date(day), day.isoformat(), f"{day.day}/{day.month}/{day.year}"):
        assert typed_date(written, TODAY, CALENDAR) == day


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text):
    with suppress(Refused):
        assert isinstance(typed_date(text, TODAY, CALENDAR), date)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 27), "Friday 27 November 2026, in 4 working days"),
        (TODAY, "Monday 23 November 2026, today"),
        (date(2026, 11, 24), "Tuesday 24 November 2026, tomorrow"),
        (date(2026, 11, 22), "Sunday 22 November 2026, yesterday"),
        (date(2026, 11, 9), "Monday 9 November 2026, 10 working days ago"),
        (date(2026, 12, 29), "Tuesday 29 December 2026, in 24 working days"),
    ],
)
def test_the_echo_says_the_day_and_how_far_it_is(day, words):
    assert echo(day, TODAY, CALENDAR) == words


def test_one_working_day_is_singular():
    assert distance(date(2026, 11, 30), date(2026, 11, 27), CALENDAR) == "in 1 working day"


def test_dates_in_lists_carry_the_year_only_when_it_is_another():
    assert list_date(date(2026, 11, 19), TODAY) == "Thu 19 Nov"
    assert list_date(date(2027, 1, 4), TODAY) == "Mon 4 Jan 2027"
    assert list_date(None, TODAY) == ""


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 23), date(2026, 11, 27), "23 to 27 November 2026"),
        (date(2026, 11, 30), date(2026, 12, 4), "30 November to 4 December 2026"),
        (date(2026, 12, 28), date(2027, 1, 1), "28 December 2026 to 1 January 2027"),
        (TODAY, TODAY, "23 November 2026"),
    ],
)
def test_ranges_name_what_differs_once(first, last, words):
    assert range_words(first, last) == words
