"""The days a board or a calendar shows: a week, two weeks, a month or three, and those before or after."""

from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.date_words import MONTHS, range_words

WEEKS = {"week": 1, "two weeks": 2}
MONTHS_LONG = {"month": 1, "three months": 3}
SPANS = {"week": "Week", "two weeks": "Two weeks", "month": "Month"}
CALENDAR_SPANS = {"month": "Month", "three months": "Three months"}


@dataclass(frozen=True, slots=True)
class Period:
    """`span` is one of `SPANS` or `CALENDAR_SPANS`, and `on` a day within."""

    span: str
    on: date

    @property
    def first(self) -> date:
        """The Monday, or the first of the month."""
        return self.on.replace(day=1) if self.span in MONTHS_LONG else self.on - timedelta(days=self.on.weekday())

    @property
    def last(self) -> date:
        """The Sunday, or the last of the month."""
        if self.span in MONTHS_LONG:
            return _month_on(self.first, MONTHS_LONG[self.span]) - timedelta(days=1)
        return self.first + timedelta(days=7 * WEEKS[self.span] - 1)

    @property
    def last_weekday(self) -> date:
        """The last day people plan for: no weekend."""
        return self.last - timedelta(days=max(0, self.last.weekday() - 4))

    def beside(self, by: int) -> "Period":
        """The period so many after, or before."""
        if self.span in MONTHS_LONG:
            return Period(self.span, _month_on(self.on, by * MONTHS_LONG[self.span]))
        return Period(self.span, self.first + timedelta(weeks=by * WEEKS[self.span]))

    @property
    def words(self) -> str:
        """`23 to 27 November 2026`, `November 2026`, or `November 2026 to January 2027`."""
        if self.span in MONTHS_LONG:
            first, last = (f"{MONTHS[day.month - 1]} {day.year}" for day in (self.first, self.last))
            return first if first == last else f"{first} to {last}"
        return range_words(self.first, self.last_weekday)


def period_ahead(span: str, on: date) -> Period:
    """What is planned on a day: from a Saturday or Sunday the weeks that begin with the next Monday."""
    is_weekend = on.weekday() > 4 and span not in MONTHS_LONG
    return Period(span, on + timedelta(days=7 - on.weekday()) if is_weekend else on)


def _month_on(day: date, by: int) -> date:
    """The first of the month so many months on."""
    place = 12 * day.year + day.month - 1 + by
    return date(place // 12, place % 12 + 1, 1)
