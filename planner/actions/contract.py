"""What the contract says, shared by the whole workspace."""

from datetime import date

from planner.actions.step import Step
from planner.core.records import Setting
from planner.core.workspace_settings import CONTRACT_ENDS_ON


def set_contract_end(step: Step, day: date | None) -> None:
    """Say the last day of the contract, by which every open case is handed back; None takes it away."""
    former = step.snapshot.find(Setting, CONTRACT_ENDS_ON)
    if day is not None:
        step.put(Setting(id=CONTRACT_ENDS_ON, value=day.isoformat()))
    elif former is not None:
        step.remove(former)
