"""The period a measure is for."""

from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.date_words import MONTHS, plain_date


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to and without `end`."""

    start: date
    end: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.start <= day < self.end

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.end - timedelta(days=1)

    @property
    def words(self) -> str:
        """`November 2026` where it is a calendar month, else its first and last day."""
        if self == month_of(self.start):
            return f"{MONTHS[self.start.month - 1]} {self.start.year}"
        return f"{plain_date(self.start)} to {plain_date(self.last_day)}"


def month_of(day: date) -> Period:
    """The calendar month a day lies in."""
    start = day.replace(day=1)
    return Period(start, (start + timedelta(days=31)).replace(day=1))


def month_before(period: Period) -> Period:
    """The calendar month before the one a period begins in."""
    return month_of(period.start.replace(day=1) - timedelta(days=1))
