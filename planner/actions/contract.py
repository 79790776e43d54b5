"""What the contract says, shared by the whole workspace."""

from collections.abc import Mapping
from datetime import date

from planner.actions.in_force import make_way
from planner.actions.step import Step
from planner.core.errors import Refused
from planner.core.flow_records import KpiTarget
from planner.core.records import Setting
from planner.core.snapshot import holds
from planner.core.workspace_settings import CONTRACT_ENDS_ON

_WHOLE = 1_000


def set_contract_end(step: Step, day: date | None) -> None:
    """Say the last day of the contract, by which every open case is handed back; None takes it away."""
    former = step.snapshot.find(Setting, CONTRACT_ENDS_ON)
    if day is not None:
        step.put(Setting(id=CONTRACT_ENDS_ON, value=day.isoformat()))
    elif former is not None:
        step.remove(former)


def set_kpi_targets(step: Step, tenths: Mapping[str, int | None], start: date) -> None:
    """Say what the contract asks of KPIs from a day, by their ids, in tenths of a per cent; None where it asks nothing.

    What was asked of one before ends on that day, and what is arranged for later ends the new. Raises Refused for less
    than nothing or more than all.
    """
    for kpi_id, target in tenths.items():
        if target is not None and not 0 <= target <= _WHOLE:
            raise Refused("A target is a share from 0 to 100 per cent. Nothing was changed.")
        known = step.snapshot.by(KpiTarget, "kpi", kpi_id)
        if [one.tenths for one in known if holds(one, start)] == ([] if target is None else [target]):
            continue
        end = make_way(step, known, start)
        if target is not None:
            step.put(KpiTarget(id=step.new_id(), kpi=kpi_id, tenths=target, start=start, end=end))
