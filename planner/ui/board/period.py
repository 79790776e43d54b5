"""The days a board shows: a week, two weeks or a month, and the one before or after."""

from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.date_words import MONTHS, range_words

WEEKS = {"week": 1, "two weeks": 2}
SPANS = {"week": "Week", "two weeks": "Two weeks", "month": "Month"}
TO_FRIDAY = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Period:
    """`span` is one of `SPANS`, and `on` a day within."""

    span: str
    on: date

    @property
    def first(self) -> date:
        """The Monday, or the first of the month."""
        return self.on.replace(day=1) if self.span == "month" else self.on - timedelta(days=self.on.weekday())

    @property
    def last(self) -> date:
        """The Sunday, or the last of the month."""
        if self.span == "month":
            return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return self.first + timedelta(days=7 * WEEKS[self.span] - 1)

    @property
    def last_weekday(self) -> date:
        """The last day people plan for: no weekend."""
        return self.last - timedelta(days=max(0, self.last.weekday() - 4))

    def beside(self, by: int) -> "Period":
        """The period so many after, or before."""
        if self.span == "month":
            place = 12 * self.on.year + self.on.month - 1 + by
            return Period(self.span, date(place // 12, place % 12 + 1, 1))
        return Period(self.span, self.first + timedelta(weeks=by * WEEKS[self.span]))

    @property
    def words(self) -> str:
        """`23 to 27 November 2026`, or `November 2026`."""
        if self.span == "month":
            return f"{MONTHS[self.first.month - 1]} {self.first.year}"
        return range_words(self.first, self.last_weekday)
