"""The school holidays of the council, entered as one list."""

from collections.abc import Sequence

from planner.actions.step import Step
from planner.core.flow_records import SchoolHoliday
from planner.core.school_dates import SchoolSpan


def set_school_holidays(step: Step, spans: Sequence[SchoolSpan]) -> None:
    """Let these be the school holidays, and no others; what is there already stays as it is."""
    there = {(one.title, one.first_day, one.last_day): one for one in step.snapshot.all(SchoolHoliday).values()}
    for span in dict.fromkeys(spans):
        if there.pop((span.title, span.first, span.last), None) is None:
            step.put(SchoolHoliday(id=step.new_id(), title=span.title, first_day=span.first, last_day=span.last))
    for gone in there.values():
        step.remove(gone)
