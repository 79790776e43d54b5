"""What a worker says to the days agreed for them: visits confirmed, or to confirm again, one by one or a whole week."""

from collections.abc import Iterable
from dataclasses import replace

from planner.actions.step import Step
from planner.core.errors import Refused
from planner.core.records import Visit


def confirm_visits(step: Step, visit_ids: Iterable[str], to_confirm: Iterable[str] = ()) -> None:
    """Say that the worker confirmed some planned visits, today, and that others are to confirm.

    One confirmed before keeps its day. Raises Refused for a visit that is no longer planned.
    """
    for visit_id in visit_ids:
        visit = _planned(step, visit_id)
        if visit.confirmed_on is None:
            step.put(replace(visit, confirmed_on=step.today))
    for visit_id in to_confirm:
        visit = _planned(step, visit_id)
        if visit.confirmed_on is not None:
            step.put(replace(visit, confirmed_on=None))


def _planned(step: Step, visit_id: str) -> Visit:
    visit = step.snapshot.find(Visit, visit_id)
    if visit is None or visit.status != "planned":
        raise Refused("A visit is no longer planned: it was made, tried or cancelled. Nothing was changed.")
    return visit
