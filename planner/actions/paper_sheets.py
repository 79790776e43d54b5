"""A sheet that is filled in by hand: given a number when it is printed, and typed back as one step."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from planner.actions.chase import note_promise
from planner.actions.step import Step
from planner.actions.visits import SeenAs, Trip, cancel_visit, log_visit, mark_recorded, move_visit
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.flow_records import PaperSheet
from planner.core.outlook import Outlook
from planner.core.paper_sheets import TRANSFERS, lines_of, sheet_with
from planner.core.records import Child, Sighting, Visit, Worker
from planner.core.sheet_typing import ALONE, CANCEL, MOVE, PROMISE, RECORD, SEEN, Said
from planner.core.snapshot import Snapshot


def number_sheet(step: Step, kind: str, worker_id: str, on: date, lines: Sequence[str]) -> PaperSheet:
    """Give a sheet a number; one with the same lines that is not typed back yet keeps its own.

    The number stands on paper then, so undo passes it by. Raises Refused for an unknown worker, or with no line to print.
    """
    if kind != TRANSFERS and step.snapshot.find(Worker, worker_id) is None:
        raise Refused("Choose whose sheet to print. Nothing was changed.")
    if not lines:
        raise Refused("There is nothing to print on that day. Nothing was changed.")
    known = sheet_with(step.snapshot, kind, worker_id, tuple(lines))
    if known is not None:
        return known
    number = max((sheet.number for sheet in step.snapshot.all(PaperSheet).values()), default=0) + 1
    step.is_undoable = False
    sheet = PaperSheet(id=step.new_id(), kind=kind, number=number, worker_id=worker_id, on=on, lines=tuple(lines))
    step.put(sheet)
    return sheet


@contextmanager
def numbered(workspace: Workspace, outlook: Outlook, title: str, kind: str, worker: Worker | None) -> Iterator[Snapshot]:
    """The records while a sheet is written, which gives it its number; where it cannot be written, the next try has the same.

    There is none for a sheet that is not typed back, has no line, or is of the past, nor where nothing can be written here.
    """
    worker_id, whose = (worker.id, f" of {worker.name}") if worker is not None else ("", "")
    lines = lines_of(outlook, kind, worker_id)
    is_known = sheet_with(outlook.snapshot, kind, worker_id, lines) is not None
    if not lines or is_known or outlook.is_past or workspace.read_only:
        yield workspace.snapshot
        return
    workspace.perform(f"Number the {title.lower()}{whose}", number_sheet, kind, worker_id, outlook.on, lines).result()
    yield workspace.snapshot


def type_back(step: Step, sheet_id: str, lines: Sequence[Said], again_on: date) -> PaperSheet:
    """Do all that was typed of a sheet, as one step; its lines that were not typed stay as they are.

    `again_on` is the day after the latest promise. Raises Refused, and does nothing, where one line cannot be done.
    """
    sheet = untyped(step, sheet_id)
    if not lines:
        raise Refused("Type a line of the sheet first. Nothing was changed.")
    for said in lines:
        if said.what in _DONE:
            _told_which(said, partial(_DONE[said.what], step, said, again_on))
    for visit_lines in _by_visit(lines).values():
        _told_which(visit_lines[0], partial(_visit_done, step, visit_lines))
    typed = replace(sheet, typed_on=step.today)
    step.put(typed)
    return typed


def untyped(step: Step, sheet_id: str) -> PaperSheet:
    """A sheet that still waits to be typed back. Raises Refused where it does not."""
    sheet = step.snapshot.find(PaperSheet, sheet_id)
    if sheet is None or sheet.typed_on is not None:
        raise Refused("This sheet was typed back already. Nothing was changed.")
    return sheet


def _told_which(said: Said, does: Callable[[], object]) -> None:
    """Do a line; a refusal names the line."""
    try:
        does()
    except Refused as refused:
        raise Refused(f"Line {said.number}: {refused.sentence}") from refused


def _record(step: Step, said: Said, _again_on: date) -> None:
    assert said.day is not None
    mark_recorded(step, said.about, said.day)


def _promise(step: Step, said: Said, again_on: date) -> None:
    assert said.day is not None
    note_promise(step, [said.about], said.worker_id, said.day, again_on=again_on)


def _alone(step: Step, said: Said, _again_on: date) -> None:
    sighting = step.snapshot.find(Sighting, said.about)
    if sighting is None or said.outcome is None:
        raise Refused("The visit is no longer there. Nothing was changed.")
    alone = said.outcome.how == "alone"
    step.put(replace(sighting, seen_alone=alone, not_alone_reason="" if alone else said.outcome.why))


_DONE: dict[str, Callable[[Step, Said, date], None]] = {RECORD: _record, PROMISE: _promise, ALONE: _alone}


def _by_visit(lines: Sequence[Said]) -> dict[str, list[Said]]:
    """Lines that say what came of a visit, those of one planned visit together; a visit nobody planned stands alone."""
    groups: dict[str, list[Said]] = {}
    for said in lines:
        if said.what in (SEEN, MOVE, CANCEL):
            groups.setdefault(said.visit_id or f"line {said.number}", []).append(said)
    return groups


def _visit_done(step: Step, lines: Sequence[Said]) -> None:
    first = lines[0]
    if len({said.what for said in lines}) > 1 or len({(said.day, said.worker_id) for said in lines}) > 1:
        raise Refused("The lines of one visit say different things of it. Say the same day for each. Nothing was changed.")
    if first.what == MOVE and first.day is not None:
        visit = step.snapshot.find(Visit, first.visit_id)
        move_visit(step, first.visit_id, first.day, at=visit.at if visit is not None else None)
    elif first.what == CANCEL:
        cancel_visit(step, first.visit_id, first.reason)
    elif first.day is not None:
        seen = {child_id: _seen_as(said) for said in lines for child_id in said.child_ids}
        for sighting in step.snapshot.by(Sighting, "visit_id", first.visit_id):
            child = step.snapshot.find(Child, sighting.child_id)
            if child is not None and child.id not in seen:
                raise Refused(f"{child.reference} is of the same visit. Say how that child was seen too. Nothing was changed.")
        who_went = _said_once(lines, "worker_id") or first.worker_id
        log_visit(step, seen, first.day, who_went, _trip(step, lines), visit_id=first.visit_id)


def _trip(step: Step, lines: Sequence[Said]) -> Trip:
    """What is so of the visit: as it was planned, but for what its lines say."""
    planned = step.snapshot.find(Visit, lines[0].visit_id)
    trip = Trip(**{name: getattr(planned, name) for name in Trip.__slots__}) if planned is not None else Trip()
    said = {name: value for name in _OF_THE_TRIP if (value := _said_once(lines, name)) is not None}
    return replace(trip, **said, pinned=False)


def _said_once(lines: Sequence[Said], name: str) -> Any:
    """What the lines of one visit say of a part of it; None where none does. Raises Refused where two differ."""
    values = {value for one in lines if (value := getattr(one.line, name)) not in (None, "", ())}
    if len(values) > 1:
        raise Refused("The lines of one visit say different things of it. Say the same for each. Nothing was changed.")
    return next(iter(values), None)


_OF_THE_TRIP = ("at", "place", "mode", "standing", "announced", "minutes", "with_worker_ids", "recorded_on")
"""What a line can say of a whole visit."""


def _seen_as(said: Said) -> SeenAs:
    assert said.outcome is not None
    how, why = said.outcome.how, said.outcome.why
    return SeenAs(
        seen=said.outcome.is_seen,
        seen_alone={"alone": True, "not alone": False}.get(how),
        not_seen_reason=why if how == "not seen" else "",
        not_alone_reason=why if how == "not alone" else "",
        bedroom_seen=said.line.bedroom_seen if said.outcome.is_seen else None,
    )
