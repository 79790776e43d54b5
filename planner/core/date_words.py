"""Dates as people type them and as the planner writes them."""

import re
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from planner.core.errors import Refused

if TYPE_CHECKING:
    from planner.core.working_days import WorkingCalendar

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
HOW_TO_TYPE = "Type a date such as 23 11 2026, 23 nov, today, fri, +10wd or -2w."

_STEP = re.compile(r"([+-])\s*(\d{1,4})\s*(wd|d|w|m|y)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})(?:[\s./-]+(\d{4}|\d{2}))?")
_WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s./-]*([a-z]{3,9})\.?(?:[\s./-]*(\d{4}|\d{2}))?")
_TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?")
_NAMED = {"today": 0, "tod": 0, "now": 0, "tomorrow": 1, "tom": 1, "yesterday": -1, "yes": -1}


# Reading


def typed_date(text: str, today: date, calendar: "WorkingCalendar") -> date:
    """The date that was typed, as seen from today. Raises Refused with what to type.

    A day of the week is the next one, today included, or with `last` before it the latest that has passed; a day and
    month without a year is the nearest such day; a day of the week before a date is passed by (`against_weekday` holds
    it against the date). `+10wd` counts working days, `-2w` weeks, `+3m` months.
    """
    typed = " ".join(text.strip().casefold().replace(",", " ").split())
    for reader in (_named, _weekday, _dated):
        found = reader(typed, today)
        if found is not None:
            return found
    stepped = _stepped(typed, today, calendar)
    if stepped is not None:
        return stepped
    raise Refused(f"“{text.strip()}” is not a date the planner knows. {HOW_TO_TYPE}")


def _named(typed: str, today: date) -> date | None:
    return today + timedelta(days=_NAMED[typed]) if typed in _NAMED else None


def _weekday(typed: str, today: date) -> date | None:
    word = typed.removeprefix("last ").removeprefix("next ")
    if len(word) < 2 or not word.isalpha():
        return None
    for number, day in enumerate(DAYS):
        if day.casefold().startswith(word):
            ahead = (number - today.weekday()) % 7
            if typed.startswith("last "):
                ahead = ahead - 7
            elif typed.startswith("next ") and ahead == 0:
                ahead = 7
            return today + timedelta(days=ahead)
    return None


def against_weekday(text: str, day: date) -> str:
    """That a date is not on the day of the week typed before it, as a sentence; empty where it is, or none was typed."""
    typed = _weekday_before(" ".join(text.casefold().replace(",", " ").split()))
    if typed is None or typed == day.weekday():
        return ""
    return f"{plain_date(day)} is a {DAYS[day.weekday()]}, not a {DAYS[typed]}. Type the one that is meant."


def _weekday_before(typed: str) -> int | None:
    """The number of the day of the week that stands before something else."""
    first, _, rest = typed.partition(" ")
    if not rest or len(first) < 2:
        return None
    return next((number for number, day in enumerate(DAYS) if day.casefold().startswith(first)), None)


def _dated(typed: str, today: date) -> date | None:
    """A date in numbers or words, with a day of the week before it or without."""
    of_itself = typed.partition(" ")[2] if _weekday_before(typed) is not None else typed
    readers = (_iso, _numbers, _worded)
    return next((found for reader in readers if (found := reader(of_itself, today)) is not None), None)


def _iso(typed: str, _today: date) -> date | None:
    found = _ISO.fullmatch(typed)
    return _real(*(int(part) for part in found.groups())) if found else None


def _numbers(typed: str, today: date) -> date | None:
    found = _NUMBERS.fullmatch(typed)
    return _with_year(int(found[1]), int(found[2]), found[3], today) if found else None


def _worded(typed: str, today: date) -> date | None:
    found = _WORDED.fullmatch(typed)
    if not found:
        return None
    months = [number for number, month in enumerate(MONTHS, start=1) if month.casefold().startswith(found[2])]
    months = months or ([9] if found[2] == "sept" else [])
    return _with_year(int(found[1]), months[0], found[3], today) if months else None


def _stepped(typed: str, today: date, calendar: "WorkingCalendar") -> date | None:
    found = _STEP.fullmatch(typed)
    if not found:
        return None
    number = int(found[2]) * (-1 if found[1] == "-" else 1)
    unit = found[3] or "d"
    if unit == "wd":
        return _working_days_on(today, number, calendar)
    if unit == "m":
        return _months_on(today, number)
    if unit == "y":
        return _months_on(today, 12 * number)
    return today + timedelta(days=number * (7 if unit == "w" else 1))


def _working_days_on(today: date, number: int, calendar: "WorkingCalendar") -> date:
    if number >= 0:
        return calendar.after(today, number)
    day = today
    for _ in range(-number):
        day = calendar.before_or_on(day - timedelta(days=1))
    return day


def _months_on(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    for last in (day.day, 30, 29, 28):
        found = _real(year, month + 1, last)
        if found is not None and last <= day.day:
            return found
    return day


def _with_year(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _real(int(year) + (2000 if len(year) == 2 else 0), month, day)
    near = [found for offset in (-1, 0, 1) if (found := _real(today.year + offset, month, day)) is not None]
    return min(near, key=lambda found: abs((found - today).days)) if near else None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def typed_time(text: str) -> time:
    """`14:00`, `1400`, `9.30`, `2pm` as a time. Raises Refused with what to type."""
    found = _TIME.fullmatch(text.strip().casefold())
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3] and 1 <= hour <= 12:
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise Refused(f"“{text.strip()}” is not a time the planner knows. Type a time such as 14:00 or 2pm.")


# Writing


def full_date(day: date) -> str:
    """`Friday 27 November 2026`."""
    return f"{DAYS[day.weekday()]} {plain_date(day)}"


def plain_date(day: date) -> str:
    """`27 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def list_date(day: date | None, today: date) -> str:
    """`Thu 19 Nov`, with the year when it is not this year; nothing for no date."""
    if day is None:
        return ""
    words = f"{DAYS[day.weekday()][:3]} {day_and_month(day)}"
    return words if day.year == today.year else f"{words} {day.year}"


def day_and_month(day: date) -> str:
    """`19 Nov`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def range_words(first: date, last: date) -> str:
    """`23 to 27 November 2026`, `30 November to 4 December 2026`; `last` is included."""
    if first == last:
        return plain_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {plain_date(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {plain_date(last)}"
    return f"{plain_date(first)} to {plain_date(last)}"


def echo(day: date, today: date, calendar: "WorkingCalendar") -> str:
    """What was understood: `Friday 27 November 2026, in 4 working days`."""
    return f"{full_date(day)}, {distance(day, today, calendar)}"


def distance(day: date, today: date, calendar: "WorkingCalendar") -> str:
    """How far a day is from today: `today`, `tomorrow`, `in 4 working days`, `10 working days ago`."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    working = calendar.between(today, day) if days > 0 else calendar.between(day, today)
    unit = "working day" if working == 1 else "working days"
    return f"in {working:,} {unit}" if days > 0 else f"{working:,} {unit} ago"
