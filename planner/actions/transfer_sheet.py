"""The transfer meeting's sheet typed back: every line's ticks and decisions as one step."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from planner.actions.checklists import tick_items
from planner.actions.paper_sheets import untyped
from planner.actions.step import Step
from planner.actions.transfers import accept_transfers, change_transfer, plan_transfers, return_transfer
from planner.core.errors import Refused
from planner.core.records import Team, Transfer
from planner.core.transfer_lines import ACCEPTED, PLAN, RETURNED, TypedDecision
from planner.core.transfers import PLANNED, ToMove


def type_back(step: Step, sheet_id: str, lines: Sequence[TypedDecision], on: date) -> int:
    """Do what the lines of a sheet say; children accepted by one worker are accepted together, so that their trips stay whole.

    Raises Refused without a line, for a sheet typed back already, and for the first line that cannot be done, naming the
    child; then nothing is done.
    """
    sheet = untyped(step, sheet_id)
    if not lines:
        raise Refused("Type at least one line first. Nothing was changed.")
    for line in lines:
        _named(line.row, _one, step, line, on)
    together: dict[tuple[str, str, str], list[TypedDecision]] = {}
    for line in lines:
        if line.verdict == ACCEPTED:
            transfer = _transfer(line.row)
            key = transfer.to_team_id, transfer.to_outside, line.worker_id or transfer.to_worker_id
            together.setdefault(key, []).append(line)
    for (_, _, worker_id), accepted in together.items():
        ids = [_transfer(line.row).id for line in accepted]
        _named(accepted[0].row, accept_transfers, step, ids, on, to_worker_id=worker_id)
    step.put(replace(sheet, typed_on=step.today))
    return len(lines)


def _one(step: Step, line: TypedDecision, on: date) -> None:
    """The ticks of a line, and what is decided of this child alone."""
    if line.ticked:
        tick_items(step, _transfer(line.row).id, line.ticked, True, on)
    if line.verdict == RETURNED:
        return_transfer(step, _transfer(line.row).id, line.reason, on)
    elif line.verdict == PLAN and line.day is not None:
        _plan(step, line.row, line.day)


def _plan(step: Step, row: ToMove, day: date) -> None:
    """Another day for what is planned; what came back, or was not planned, goes where it was to go, or is agreed to."""
    former = row.transfer
    if former is not None and row.state == PLANNED:
        change_transfer(
            step, former.id, day, to_team_id=former.to_team_id, to_outside=former.to_outside, to_worker_id=former.to_worker_id
        )
        return
    to_team_id, to_outside = (former.to_team_id, former.to_outside) if former is not None else _agreed(step, row)
    plan_transfers(step, (row.case.child.id,), row.point, day, to_team_id=to_team_id, to_outside=to_outside)


def _agreed(step: Step, row: ToMove) -> tuple[str, str]:
    """Where the agreement leads: outside, or to the one team of the function."""
    agreed = row.agreed
    if agreed is None or agreed.to_outside:
        return "", agreed.to_outside if agreed is not None else ""
    teams = [team for team in step.snapshot.all(Team).values() if team.function.casefold() == agreed.to_function.casefold()]
    if len(teams) != 1:
        raise Refused("There is more than one team it can go to. Plan this transfer in its own dialog. Nothing was changed.")
    return teams[0].id, ""


def _transfer(row: ToMove) -> Transfer:
    if row.transfer is None:
        raise Refused("No transfer is planned for this child, so it has no checklist. Nothing was changed.")
    return row.transfer


def _named(row: ToMove, action: Callable[..., object], *args: Any, **kwargs: Any) -> None:
    """Do a part of the step; a refusal says of which child."""
    try:
        action(*args, **kwargs)
    except Refused as refusal:
        raise Refused(f"{row.case.child.reference}: {refusal.sentence}") from refusal
