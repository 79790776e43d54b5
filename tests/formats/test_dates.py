"""Dates as they are typed, and the order of day and month of a column."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.date_words import MONTHS
from planner.formats.dates import date_column, serial_day

DAY = date(2026, 1, 31)


@pytest.mark.parametrize(
    "typed",
    [
        "31/01/2026",
        "31/1/26",
        "31-01-2026",
        "31.01.2026",
        "31 January 2026",
        "31st January 2026",
        "31 Jan 26",
        "31-Jan-2026",
        "Jan 31, 2026",
        "Saturday 31 January 2026",
        "2026-01-31",
        "2026-01-31 00:00:00.000",
        "31/01/2026 00:00",
        "2026-01-31T00:00:00+00:00",
        "Jan 31 2026 12:00AM",
        "Jan 31 2026 12:00:00:000AM",
        "31 Jan 2026 00:00:00",
        " 31/01/2026\u00a0",
        "46053",
        46053,
        46053.0,
        DAY,
        datetime(2026, 1, 31),
    ],
)
def test_a_day_is_read_however_it_is_written(typed):
    column = date_column([typed])
    assert column.days == [DAY]
    assert {(trouble.code, trouble.outcome) for trouble in column.troubles} <= {("date-serial", "accepted")}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/02/2021", "date-not-a-day"),
        ("29/02/2025", "date-not-a-day"),
        ("22nd January", "date-no-year"),
        ("nope", "date-unreadable"),
        ("31 Smarch 2026", "date-unreadable"),
        ("01/01/1066", "date-unreadable"),
        (True, "date-unreadable"),
        (60, "date-unreadable"),
        (12.5, "date-unreadable"),
    ],
)
def test_what_is_no_day_is_refused_with_what_to_do(typed, code):
    column = date_column([typed])
    assert column.days == [None]
    assert [(trouble.code, trouble.outcome) for trouble in column.troubles] == [(code, "refused")]
    assert column.troubles[0].message.endswith(".")


@pytest.mark.parametrize("typed", ["", "  ", None, "#N/A", "NULL"])
def test_an_empty_cell_is_no_trouble(typed):
    column = date_column([typed])
    assert column.days == [None]
    assert not column.troubles


def test_one_day_over_twelve_decides_the_whole_column():
    assert date_column(["03/04/2024", "13/04/2024"]).days[0] == date(2024, 4, 3)
    assert date_column(["03/04/2024", "04/13/2024"]).days[0] == date(2024, 3, 4)
    assert not date_column(["03/04/2024", "13/04/2024"]).two_ways


def test_a_column_that_speaks_for_both_orders_refuses_what_has_two_readings():
    column = date_column(["03/04/2024", "13/04/2024", "04/13/2024", "05/05/2024"])
    assert column.days == [None, date(2024, 4, 13), date(2024, 4, 13), date(2024, 5, 5)]
    assert [(trouble.index, trouble.code) for trouble in column.troubles] == [(0, "date-mixed-order")]


def test_a_column_that_speaks_for_neither_is_day_first_and_says_which():
    column = date_column(["03/04/2024", "05/05/2024", "11/12/2023"])
    assert column.days == [date(2024, 4, 3), date(2024, 5, 5), date(2023, 12, 11)]
    assert column.two_ways == [0, 2]


def test_a_person_may_say_month_first():
    column = date_column(["03/04/2024"], day_first=False)
    assert column.days == [date(2024, 3, 4)]
    assert not column.two_ways


def test_two_digits_are_the_last_such_year_that_has_come():
    assert date_column(["31/01/26"], latest=date(2026, 3, 1)).days == [date(2026, 1, 31)]
    assert date_column(["31/01/27"], latest=date(2026, 3, 1)).days == [date(1927, 1, 31)]


def test_a_time_of_day_is_dropped_with_notice():
    column = date_column([datetime(2026, 1, 31, 14, 30), "31/01/2026 14:30", "Jan 31 2026  2:30PM", "31/01/2026 12:00 pm"])
    assert column.days == [DAY] * 4
    assert [trouble.code for trouble in column.troubles] == ["time-dropped"] * 4


def test_a_workbook_of_an_old_mac_counts_from_1904():
    assert serial_day(46053 - 1462, from_1904=True) == DAY


@given(st.dates(date(1901, 1, 2), date(2099, 12, 31)))
def test_every_day_is_read_back_from_each_way_of_writing_it(day):
    serial = (day - date(1899, 12, 30)).days
    written = [f"{day:%d/%m/%Y}", day.isoformat(), f"{day.day} {MONTHS[day.month - 1]} {day.year}", serial]
    assert all(date_column([one], day_first=True).days == [day] for one in written)


@given(st.lists(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.none(), st.timedeltas())))
def test_no_cell_makes_it_stumble(cells):
    column = date_column([cell for cell in cells if not isinstance(cell, timedelta)])
    assert all(day is None or isinstance(day, date) for day in column.days)
