"""Lengths of time: what can be written, and the last day that is in time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.durations import Duration, duration
from planner.core.errors import Refused


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("10 working days", "10 working days"),
        ("1 working day", "1 working day"),
        ("6 Weeks", "6 weeks"),
        (" 3  months ", "3 months"),
        ("72 hours", "72 hours"),
        ("14 days", "14 days"),
        ("1 year", "1 year"),
    ],
)
def test_a_length_is_read_as_people_write_it(text, written):
    assert str(duration(text)) == written


@pytest.mark.parametrize("text", ["", "weeks", "six weeks", "-3 weeks", "0 days", "3 fortnights", "3.5 weeks", "10"])
def test_what_is_no_length_is_refused_with_an_example(text):
    with pytest.raises(Refused, match="10 working days"):
        duration(text)


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        ("2027-11-30", "3 months", "2028-02-29"),  # no 30 February: the last day of the month, here of a leap year
        ("2026-11-30", "3 months", "2027-02-28"),
        ("2027-02-28", "3 months", "2027-05-28"),  # the end of the month does not stick
        ("2026-09-30", "4 months", "2027-01-30"),
        ("2026-08-31", "6 months", "2027-02-28"),
        ("2026-10-31", "1 month", "2026-11-30"),
        ("2024-02-29", "1 year", "2025-02-28"),  # the anniversary of a leap day
        ("2024-02-29", "4 years", "2028-02-29"),
        ("2026-12-31", "6 months", "2027-06-30"),
        ("2026-01-31", "13 months", "2027-02-28"),
        ("2026-11-13", "6 weeks", "2026-12-25"),  # weeks do not move for a bank holiday
        ("2026-11-28", "14 days", "2026-12-12"),
        ("2026-12-10", "15 working days", "2027-01-05"),
    ],
)
def test_day_nought_is_left_out(calendar, day, text, expected):
    """Lester v Garland; Dodds v Walker for months."""
    end = duration(text).end(date.fromisoformat(day).toordinal(), calendar)
    assert date.fromordinal(end).isoformat() == expected


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        ("2027-01-04", "26 weeks", "2027-07-04"),  # Children Act 1989 s.32: beginning with the day of issue
        ("2027-01-04", "16 weeks", "2027-04-25"),
        ("2026-11-16", "10 working days", "2026-11-27"),
        ("2026-11-14", "1 working day", "2026-11-16"),  # a Saturday is no working day 1
        ("2026-11-16", "1 working day", "2026-11-16"),
        ("2026-01-15", "1 month", "2026-02-14"),
    ],
)
def test_beginning_with_counts_the_day_itself(calendar, day, text, expected):
    end = duration(text).end(date.fromisoformat(day).toordinal(), calendar, inclusive=True)
    assert date.fromordinal(end).isoformat() == expected


LENGTHS = st.builds(Duration, st.integers(1, 40), st.sampled_from(["day", "working day", "week", "month"]))
DAYS = st.dates(date(2013, 1, 1), date(2033, 12, 31)).map(date.toordinal)


@given(DAYS, st.integers(0, 60), LENGTHS)
def test_a_later_day_is_never_due_earlier(calendar, day, later, length):
    assert length.end(day + later, calendar) >= length.end(day, calendar)


@given(DAYS, LENGTHS, st.integers(1, 10))
def test_a_longer_length_is_never_due_earlier(calendar, day, length, more):
    assert Duration(length.count + more, length.unit).end(day, calendar) > length.end(day, calendar)


@given(DAYS, LENGTHS)
def test_counting_the_day_itself_is_never_later(calendar, day, length):
    assert length.end(day, calendar, inclusive=True) <= length.end(day, calendar)
