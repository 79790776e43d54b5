"""The working calendar: which days count as working days in England, and sums with them."""

import tomllib
from collections.abc import Iterable
from datetime import date

from planner.core.errors import PlannerError

_FIRST = date(1980, 1, 1).toordinal()
_LAST = date(2079, 12, 31).toordinal()


class WorkingCalendar:
    """Working days are Monday to Friday less the holidays given.

    Two cumulative tables answer every sum in one step: how many working days lie up to each day, and which day is the
    nth. Days outside 1980 to 2079 are answered one by one, so that a mistyped year does not stop a page.
    """

    __slots__ = ("_counts", "_days", "_weekdays", "holidays")

    def __init__(self, holidays: Iterable[date]) -> None:
        self.holidays = frozenset(day for day in holidays if day.isoweekday() < 6)
        off = {day.toordinal() for day in self.holidays}
        self._counts: list[int] = []
        self._days: list[int] = []
        for ordinal in range(_FIRST, _LAST + 1):
            if ordinal % 7 not in (6, 0) and ordinal not in off:
                self._days.append(ordinal)
            self._counts.append(len(self._days))
        self._weekdays: WorkingCalendar | None = None

    @property
    def weekdays(self) -> "WorkingCalendar":
        """The calendar of a council that counts bank holidays as working days."""
        if not self.holidays:
            return self
        if self._weekdays is None:
            self._weekdays = WorkingCalendar(())
        return self._weekdays

    def is_working(self, day: date) -> bool:
        """Whether the day is neither a Saturday, a Sunday nor a holiday."""
        return day.isoweekday() < 6 and day not in self.holidays

    def after(self, day: date, count: int) -> date:
        """The working day `count` working days after the day, which is day 0 itself; none after is the day."""
        return date.fromordinal(self.ordinal_after(day.toordinal(), count))

    def before_or_on(self, day: date) -> date:
        """The day itself if it is a working day, else the last working day before it."""
        return date.fromordinal(self.ordinal_before_or_on(day.toordinal()))

    def between(self, first: date, last: date) -> int:
        """The working days after `first`, up to and including `last`; negative where `last` is the earlier."""
        if last < first:
            return -self.between(last, first)
        start, end = first.toordinal(), last.toordinal()
        if start < _FIRST or end > _LAST:
            return sum(self.is_working(date.fromordinal(day)) for day in range(start + 1, end + 1))
        return self._counts[end - _FIRST] - self._counts[start - _FIRST]

    def with_holidays(self, days: Iterable[date]) -> "WorkingCalendar":
        """The calendar with days off that a user added."""
        added = frozenset(days)
        return self if added <= self.holidays else WorkingCalendar(self.holidays | added)

    def ordinal_after(self, ordinal: int, count: int) -> int:
        """As `after`, with proleptic ordinals for the day and the answer."""
        if count <= 0:
            return ordinal
        if _FIRST <= ordinal <= _LAST:
            place = self._counts[ordinal - _FIRST] + count - 1
            if place < len(self._days):
                return self._days[place]
        while count:
            ordinal += 1
            count -= self.is_working(date.fromordinal(ordinal))
        return ordinal

    def ordinal_before_or_on(self, ordinal: int) -> int:
        """As `before_or_on`, with proleptic ordinals for the day and the answer."""
        if _FIRST + 6 < ordinal <= _LAST:
            return self._days[self._counts[ordinal - _FIRST] - 1]
        while not self.is_working(date.fromordinal(ordinal)):
            ordinal -= 1
        return ordinal


def calendar_from_toml(text: str) -> WorkingCalendar:
    """The shipped calendar: a table of lists of dates, a year each. Raises PlannerError naming the year it cannot read."""
    try:
        years = tomllib.loads(text)["bank_holidays"]
    except (tomllib.TOMLDecodeError, KeyError) as problem:
        raise PlannerError(f"The calendar file cannot be read ({problem}). Put the shipped calendar.toml back.") from problem
    for year, days in years.items():
        if not all(type(day) is date and str(day.year) == year for day in days):
            raise PlannerError(f"In the calendar, {year} holds something that is not a date of that year. Correct that line.")
    return WorkingCalendar(day for days in years.values() for day in days)
