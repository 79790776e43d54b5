"""Bank holidays that the shipped calendar does not know, such as one proclaimed for a single year."""

from datetime import date

from planner.actions.shipped import reference
from planner.actions.step import Step
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.records import AddedHoliday


def add_holiday(step: Step, on: date, title: str) -> AddedHoliday:
    """Let a weekday be no working day, for every rule that counts in working days.

    Raises Refused without a title, and for a day that is no working day as it is.
    """
    title = " ".join(title.split())
    if not title:
        raise Refused("Say what the holiday is called. Nothing was changed.")
    added = {holiday.on for holiday in step.snapshot.all(AddedHoliday).values()}
    if on in added or not reference().calendar.is_working(on):
        raise Refused(f"{plain_date(on)} is no working day as it is. Nothing was changed.")
    holiday = AddedHoliday(id=step.new_id(), on=on, title=title)
    step.put(holiday)
    return holiday


def remove_holiday(step: Step, holiday_id: str) -> None:
    """Let the day be a working day again. Raises Refused where it is no longer there."""
    holiday = step.snapshot.find(AddedHoliday, holiday_id)
    if holiday is None:
        raise Refused("This holiday is no longer there. Nothing was changed.")
    step.remove(holiday)
