"""The working calendar of England: the shipped table, and sums with it."""

import json
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.errors import PlannerError
from planner.core.working_days import WorkingCalendar, calendar_from_toml
from planner.paths import resource

YEARS = range(2012, 2036)
BESIDE = Path(__file__).parents[3] / "shared" / "data" / "calendar"
"""Official lists, compared where they lie beside the project."""

CALENDAR = calendar_from_toml(resource("calendar.toml").read_text(encoding="utf-8"))


def shipped(year: int) -> set[date]:
    return {day for day in CALENDAR.holidays if day.year == year}


def test_the_shipped_table_is_that_of_the_holidays_package():
    found = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
    assert set(CALENDAR.holidays) == {day for day in found if day.weekday() < 5}


def official_lists() -> dict[str, set[date]]:
    """Each list found beside the project, by its file: none where it lies alone."""
    found = {}
    for path in sorted(BESIDE.glob("*")) if BESIDE.is_dir() else ():
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            days = [event["date"] for event in json.loads(text)["england-and-wales"]["events"]]
        else:
            days = text.split()
        found[path.stem] = {date.fromisoformat(day) for day in days}
    return found


def test_the_shipped_table_agrees_with_every_official_list_that_lies_beside_the_project():
    for name, official in official_lists().items():
        for year in {day.year for day in official}:
            weekdays = {day for day in official if day.year == year and day.weekday() < 5}
            assert shipped(year) == weekdays, (name, year)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-11-21", 1, "2026-11-23"),  # a Saturday plus one working day is Monday
        ("2026-11-22", 1, "2026-11-23"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-12-24", 1, "2026-12-29"),  # Christmas Day on a Friday, Boxing Day's substitute on the Monday
        ("2027-12-24", 1, "2027-12-29"),  # two substitute days
        ("2027-12-31", 1, "2028-01-04"),  # New Year's Day on a Saturday
        ("2027-03-25", 1, "2027-03-30"),  # Good Friday and Easter Monday
        ("2022-09-16", 1, "2022-09-20"),  # the day of the state funeral
        ("2023-05-05", 1, "2023-05-09"),  # the coronation
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-21", 0, "2026-11-21"),
        ("1902-01-03", 1, "1902-01-06"),  # long before the table, weekdays alone are counted
    ],
)
def test_working_days_are_counted_from_the_day_after(day, count, expected):
    assert CALENDAR.after(date.fromisoformat(day), count) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-28", "2026-11-27"),
        ("2026-11-27", "2026-11-27"),
        ("2026-12-28", "2026-12-24"),
        ("2027-03-29", "2027-03-25"),
        ("1902-01-05", "1902-01-03"),
    ],
)
def test_the_day_to_book_by_is_the_working_day_on_or_before(day, expected):
    assert CALENDAR.before_or_on(date.fromisoformat(day)) == date.fromisoformat(expected)


def test_council_closure_days_between_christmas_and_new_year_are_working_days():
    assert CALENDAR.is_working(date(2026, 12, 29))
    assert CALENDAR.is_working(date(2026, 12, 31))


def test_a_day_off_that_a_user_adds_is_no_working_day():
    added = CALENDAR.with_holidays([date(2026, 11, 23)])
    assert added.after(date(2026, 11, 20), 1) == date(2026, 11, 24)
    assert not added.is_working(date(2026, 11, 23))
    assert CALENDAR.is_working(date(2026, 11, 23))


def test_adding_days_that_are_off_already_gives_the_same_calendar():
    assert CALENDAR.with_holidays([date(2026, 12, 25)]) is CALENDAR


def test_where_bank_holidays_count_only_weekends_are_left_out():
    assert CALENDAR.weekdays.after(date(2026, 12, 24), 1) == date(2026, 12, 25)
    assert CALENDAR.weekdays.weekdays is CALENDAR.weekdays


def test_between_counts_the_last_day_and_not_the_first():
    assert CALENDAR.between(date(2026, 12, 24), date(2026, 12, 29)) == 1
    assert CALENDAR.between(date(2026, 12, 29), date(2026, 12, 24)) == -1
    assert CALENDAR.between(date(1902, 1, 3), date(1902, 1, 6)) == 1


@pytest.mark.parametrize(
    "text", ["", "[bank_holidays]\n2026 = [2027-01-01]", '[bank_holidays]\n2026 = ["1 January"]', "[bank_holidays\n"]
)
def test_a_calendar_file_that_cannot_be_read_is_refused_with_what_to_do(text):
    with pytest.raises(PlannerError):
        calendar_from_toml(text)


DAYS = st.dates(date(2011, 1, 1), date(2036, 12, 31))


@given(DAYS, st.integers(1, 80))
def test_the_nth_working_day_after_is_a_working_day_with_n_between(day, count):
    found = CALENDAR.after(day, count)
    assert CALENDAR.is_working(found)
    assert CALENDAR.between(day, found) == count


@given(DAYS, st.integers(0, 40))
def test_the_table_agrees_with_counting_day_by_day(day, count):
    slow, left = day, count
    while left:
        slow += timedelta(days=1)
        left -= slow.weekday() < 5 and slow not in CALENDAR.holidays
    assert CALENDAR.after(day, count) == slow


@given(DAYS, st.sets(st.dates(date(2020, 1, 1), date(2030, 12, 31)), max_size=8), st.integers(1, 30))
def test_more_holidays_never_make_a_date_earlier(day, added, count):
    assert CALENDAR.with_holidays(added).after(day, count) >= CALENDAR.after(day, count)


@given(st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=12))
def test_a_weekend_given_as_a_holiday_changes_nothing(days):
    weekend = {day for day in days if day.weekday() > 4}
    assert WorkingCalendar(days).holidays == WorkingCalendar(days - weekend).holidays
