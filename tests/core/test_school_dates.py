"""A council's list of term dates, as people publish it: holidays read, terms turned into what lies between them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.flow_records import SchoolHoliday
from planner.core.school_dates import read_holidays, school_holiday

AUTUMN_HALF = (date(2026, 10, 26), date(2026, 10, 30))


@pytest.mark.parametrize(
    ("line", "title", "days"),
    [
        ("Half term: 26 to 30 October 2026", "Half term", AUTUMN_HALF),
        ("Half term 26-30 Oct 2026", "Half term", AUTUMN_HALF),
        ("October half term: Monday 26 October to Friday 30 October 2026", "October half term", AUTUMN_HALF),
        ("Half term,26/10/2026,30/10/2026", "Half term", AUTUMN_HALF),
        ("Half term;2026-10-26;2026-10-30", "Half term", AUTUMN_HALF),
        ("26th October until 30th October 2026", "School holidays", AUTUMN_HALF),
        ("Christmas holiday from 21 December to 1 January 2027", "Christmas holiday", (date(2026, 12, 21), date(2027, 1, 1))),
        ("INSET day 4 January 2027", "INSET day", (date(2027, 1, 4), date(2027, 1, 4))),
    ],
)
def test_a_line_is_a_holiday_with_its_first_and_last_day(line: str, title: str, days: tuple[date, date]) -> None:
    (found,) = read_holidays(line)
    assert (found.title, (found.first, found.last)) == (title, days)


def test_between_two_terms_are_the_holidays() -> None:
    found = read_holidays(
        "School year 2026/27\n"
        "Autumn term 1: 2 September to 23 October 2026\n"
        "Autumn term 2: 2 November to 18 December 2026\n"
        "Spring term: 4 January to 12 February 2027\n"
    )
    assert [(span.title, span.first, span.last) for span in found] == [
        ("Half term", date(2026, 10, 24), date(2026, 11, 1)),
        ("Christmas holidays", date(2026, 12, 19), date(2027, 1, 3)),
    ]


def test_a_holiday_that_is_listed_is_not_made_of_the_terms_again() -> None:
    lines = "Term 1: 2 September to 23 October 2026\nHalf term 26 to 30 October 2026\nTerm 2: 2 November to 18 December 2026"
    assert [(span.title, span.first) for span in read_holidays(lines)] == [("Half term", date(2026, 10, 26))]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("Half term 26 to 30 October", "Line 1 has no year"),
        ("\nHalf term 31/02/2027", "Line 2: “31/02/2027” is no day"),
        ("Half term 30/10/2026 26/10/2026", "Line 1 runs from"),
        ("Half term 26/10/2026, 30/10/2026, 2/11/2026", "more than two dates"),
        ("Holiday 26/10/2026 30/10/2027", "Correct one of the two days"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(lines: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_holidays(lines)


def test_lines_without_a_date_say_nothing() -> None:
    assert read_holidays("Term dates of Westmere\n\n") == ()


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(0, 60))
def test_a_holiday_as_it_is_written_is_read_again(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    (found,) = read_holidays(f"Summer break {plain_date(first)} to {plain_date(last)}")
    assert (found.first, found.last) == (first, last)
    assert read_holidays(found.words) == (found,)


def test_a_day_lies_in_a_holiday_from_its_first_to_its_last_day() -> None:
    half = SchoolHoliday(id="h", title="Half term", first_day=AUTUMN_HALF[0], last_day=AUTUMN_HALF[1])
    days = [date(2026, 10, 25), *AUTUMN_HALF, date(2026, 10, 31)]
    assert [school_holiday([half], day) for day in days] == ["", "Half term", "Half term", ""]
