"""Project days: weekdays counted from the first Monday, and working days by the calendar of England."""

from datetime import date, timedelta

from planner.core.working_days import WorkingCalendar

ONE = timedelta(days=1)


class Days:
    """Dates of a project that begins on a Monday."""

    def __init__(self, first: date, weeks: int, calendar: WorkingCalendar) -> None:
        self.first = first
        self.weeks = weeks
        self.calendar = calendar
        self.last = first + timedelta(weeks=weeks, days=-3)

    def on(self, weekday: int) -> date:
        """The date of a weekday counted from 0, moved on from a bank holiday."""
        return self.working(self.first + timedelta(weeks=weekday // 5, days=weekday % 5))

    def working(self, day: date) -> date:
        """The day, or the first working day after it."""
        while not self.calendar.is_working(day):
            day += ONE
        return day

    def working_before(self, day: date) -> date:
        """The day, or the last working day before it."""
        while not self.calendar.is_working(day):
            day -= ONE
        return day

    def after(self, day: date, count: int) -> date:
        """So many working days later, or earlier where negative."""
        step = ONE if count >= 0 else -ONE
        for _ in range(abs(count)):
            day += step
            while not self.calendar.is_working(day):
                day += step
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after the start, up to and including the end."""
        return sum(self.calendar.is_working(start + ONE * number) for number in range(1, (end - start).days + 1))


def monday_of(day: date) -> date:
    """The Monday of the week."""
    return day - ONE * day.weekday()


def months_after(day: date, months: int) -> date:
    """The corresponding day so many months on, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
