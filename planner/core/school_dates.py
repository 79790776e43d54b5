"""The council's school holidays: read from a list of dates as it is published, and asked of for a day."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from planner.core.date_words import MONTHS, plain_date, range_words
from planner.core.errors import Refused
from planner.core.flow_records import SchoolHoliday
from planner.core.snapshot import Snapshot

MOST_DAYS = 80
"""Longer than any holiday: what runs for longer was typed with a wrong year."""
HALF_TERM_DAYS = 14
ONE_DAY = timedelta(days=1)
_MONTH = "|".join(month[:3].lower() for month in MONTHS)
_DATE = re.compile(
    rf"(?P<iso>\d{{4}}-\d\d?-\d\d?)|(?P<d>\d\d?)[./-](?P<m>\d\d?)[./-](?P<y>\d{{4}}|\d\d)"
    rf"|(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})[a-z]*\.?,?(?:\s+(?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_DAYS_OF_ONE_MONTH = re.compile(
    rf"\b(\d\d?)(?:st|nd|rd|th)?(\s*(?:to|-|–|until)\s*\d\d?(?:st|nd|rd|th)?\s+({_MONTH}))", re.IGNORECASE
)
_DAY_NAMES = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b,?", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;:()–-]*\b(?:from|to|until|and|starts?|begins?|ends?)\b[\s,;:()–-]*|[\s,;:()–-]+", re.IGNORECASE)
_CLOSED = ("holiday", "half", "break", "closed", "inset", "vacation")


@dataclass(frozen=True, slots=True)
class SchoolSpan:
    """Days of a list, first and last: a holiday, or a term."""

    title: str
    first: date
    last: date
    is_term: bool = False

    @property
    def words(self) -> str:
        """`Half term 26 to 30 October 2026`."""
        return f"{self.title} {range_words(self.first, self.last)}"


def school_holiday(holidays: Iterable[SchoolHoliday], day: date) -> str:
    """What holiday a day lies in, by its title; empty in term, and where nobody entered any."""
    for one in holidays:
        if one.first_day is not None and one.first_day <= day <= (one.last_day or one.first_day):
            return one.title or "School holidays"
    return ""


def entered_holidays(snapshot: Snapshot) -> tuple[SchoolSpan, ...]:
    """The holidays of a workspace, soonest first."""
    found = [
        SchoolSpan(one.title, one.first_day, one.last_day or one.first_day)
        for one in snapshot.all(SchoolHoliday).values()
        if one.first_day is not None
    ]
    return tuple(sorted(found, key=lambda span: (span.first, span.title)))


def read_holidays(text: str) -> tuple[SchoolSpan, ...]:
    """The holidays of a list, a line each with its first and last day; where it gives terms, the days between two of them.

    Raises Refused naming the line that cannot be read.
    """
    spans = [_span(line.strip(), number) for number, line in enumerate(text.splitlines(), 1) if _DATE.search(line)]
    holidays = [span for span in spans if not span.is_term]
    for gap in _gaps(sorted((span for span in spans if span.is_term), key=lambda span: span.first)):
        if not any(span.first <= gap.last and gap.first <= span.last for span in holidays):
            holidays.append(gap)
    return tuple(sorted(holidays, key=lambda span: span.first))


def _span(line: str, number: int) -> SchoolSpan:
    spoken = _DAYS_OF_ONE_MONTH.sub(r"\1 \3\2", _DAY_NAMES.sub(" ", line))
    dates = list(_DATE.finditer(spoken))
    if len(dates) > 2:
        raise Refused(f"Line {number} has more than two dates. Write a line for each holiday, with its first and last day.")
    last = _day(dates[-1], number, None)
    first = _day(dates[0], number, last)
    if first > last or (last - first).days > MOST_DAYS + 40:
        raise Refused(f"Line {number} runs from {plain_date(first)} to {plain_date(last)}. Correct one of the two days.")
    title = _title(spoken, dates)
    is_term = "term" in title.lower() and not any(word in title.lower() for word in _CLOSED)
    if not is_term and (last - first).days > MOST_DAYS:
        raise Refused(f"Line {number} is a holiday of more than {MOST_DAYS} days. Correct one of the two days.")
    return SchoolSpan(title or "School holidays", first, last, is_term)


def _day(found: re.Match[str], number: int, last: date | None) -> date:
    """One date; a first day without a year has that of the last, or the year before where it would lie after it."""
    try:
        if found["iso"]:
            return date(*(int(part) for part in found["iso"].split("-")))
        if found["d"]:
            year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
            return date(year, int(found["m"]), int(found["d"]))
        month = [name[:3].lower() for name in MONTHS].index(found["month"].lower()) + 1
        if not found["year"] and last is None:
            raise Refused(f"Line {number} has no year. Write it after the last day, such as 30 October 2026.")
        day = date(int(found["year"] or (last.year if last else 0)), month, int(found["day"]))
        return day.replace(year=day.year - 1) if not found["year"] and last is not None and day > last else day
    except ValueError:
        raise Refused(f"Line {number}: “{found.group().strip()}” is no day of the calendar. Correct it.") from None


def _title(line: str, dates: Sequence[re.Match[str]]) -> str:
    rest = line
    for found in reversed(dates):
        rest = f"{rest[: found.start()]} | {rest[found.end() :]}"
    parts = [_BETWEEN.sub(" ", part).strip() for part in rest.split("|")]
    return " ".join(part for part in parts if part)[:60]


def _gaps(terms: Sequence[SchoolSpan]) -> Iterable[SchoolSpan]:
    """The days between two terms; a weekend alone is none."""
    for before, after in pairwise(terms):
        first, last = before.last + ONE_DAY, after.first - ONE_DAY
        if any((first + timedelta(days=number)).isoweekday() < 6 for number in range((last - first).days + 1)):
            yield SchoolSpan(_called(first, last), first, last)


def _called(first: date, last: date) -> str:
    if (last - first).days < HALF_TERM_DAYS - 2:
        return "Half term"
    season = {12: "Christmas", 1: "Christmas", 7: "Summer", 8: "Summer", 3: "Easter", 4: "Easter"}.get(first.month, "School")
    return f"{season} holidays"
