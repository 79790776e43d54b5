"""What the contract says, shared by the whole workspace."""

from collections.abc import Mapping
from datetime import date

from planner.actions.step import Step
from planner.core.errors import Refused
from planner.core.records import Setting
from planner.core.workspace_settings import CONTRACT_ENDS_ON, KPI_TARGET

_WHOLE = 1_000


def set_contract_end(step: Step, day: date | None) -> None:
    """Say the last day of the contract, by which every open case is handed back; None takes it away."""
    _set(step, CONTRACT_ENDS_ON, day.isoformat() if day is not None else None)


def set_kpi_targets(step: Step, tenths: Mapping[str, int | None]) -> None:
    """Say what the contract asks of KPIs, by their ids, in tenths of a per cent; None where it asks nothing of one.

    Raises Refused for less than nothing or more than all.
    """
    for kpi_id, target in tenths.items():
        if target is not None and not 0 <= target <= _WHOLE:
            raise Refused("A target is a share from 0 to 100 per cent. Nothing was changed.")
        _set(step, KPI_TARGET + kpi_id, None if target is None else str(target))


def _set(step: Step, name: str, value: str | None) -> None:
    former = step.snapshot.find(Setting, name)
    if value is not None:
        step.put(Setting(id=name, value=value))
    elif former is not None:
        step.remove(former)
