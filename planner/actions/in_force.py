"""Records that hold one after another, such as a council's rules and targets: what holds ends when the next begins."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from planner.actions.step import Step
from planner.core.flow_records import KpiTarget, MayHold
from planner.core.records import LocalRule, PolicyInForce, VisitFrequency
from planner.core.snapshot import holds

InForce = PolicyInForce | LocalRule | MayHold | KpiTarget | VisitFrequency


def make_way(step: Step, same: Iterable[InForce], start: date) -> date | None:
    """End what holds of the same on a day, for another or for none; the day on which the next arranged begins, or None."""
    known = tuple(same)
    for one in known:
        if holds(one, start):
            end_on(step, one, start)
    return min((one.start for one in known if one.start is not None and one.start > start), default=None)


def end_on(step: Step, record: InForce, end: date) -> None:
    """End a record on the first day it no longer holds, or take it back where it would never have held."""
    if record.start is not None and end <= record.start:
        step.remove(record)
    else:
        step.put(replace(record, end=end))
