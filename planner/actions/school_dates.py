"""The school holidays of the council, entered as one list; and whether a child is at school at all."""

from collections.abc import Sequence
from dataclasses import replace

from planner.actions.step import Step
from planner.core.errors import Refused
from planner.core.flow_records import SchoolHoliday
from planner.core.records import Child
from planner.core.school_dates import SchoolSpan


def set_school_holidays(step: Step, spans: Sequence[SchoolSpan]) -> None:
    """Let these be the school holidays, and no others; what is there already stays as it is."""
    there = {(one.title, one.first_day, one.last_day): one for one in step.snapshot.all(SchoolHoliday).values()}
    for span in dict.fromkeys(spans):
        if there.pop((span.title, span.first, span.last), None) is None:
            step.put(SchoolHoliday(id=step.new_id(), title=span.title, first_day=span.first, last_day=span.last))
    for gone in there.values():
        step.remove(gone)


def set_school_age(step: Step, child_id: str, is_at_school: bool | None) -> None:
    """Say whether a child is at school by day; None goes by the age again. Raises Refused for a child who is not here."""
    child = step.snapshot.find(Child, child_id)
    if child is None:
        raise Refused("This child is not in the workspace. Nothing was changed.")
    step.put(replace(child, school_age=is_at_school))
