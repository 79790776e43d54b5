"""What the command line imports: each source by its own format, a tracker by its mapping or by what was answered before."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from planner.actions.imports import Receipt, import_found
from planner.actions.step import Step
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.found import Found
from planner.formats.apart import read_apart
from planner.formats.choosing import Source, otherwise, sources
from planner.formats.table import Tables
from planner.formats.tracker import COLUMN, SHEET, Tracker, answers_of_mapping, column_key
from planner.formats.tracker_in_hand import in_hand, reading


def found_in_sources(paths: Sequence[Path], name: str, mapping: Path | None, workspace: Workspace) -> list[Found]:
    """What each file, folder or zip says, the CSV tables of one extract together; `name` is the format where it was told.

    Raises Refused where a path is not there, cannot be read, or does not go with a mapping.
    """
    for path in paths:
        if not path.exists():
            raise Refused(f"{path} is not there. Check the path. Nothing was changed.")
    answers = _mapping(mapping, name)
    chosen = sources(paths, name or (Tracker.name if mapping else ""))
    return [_found(one, answers, workspace, is_told=bool(name)) for one in chosen]


def import_all(step: Step, dated: Sequence[tuple[Found, date]], stopped: threading.Event) -> list[Receipt]:
    """Import what was found in several sources, one after another. Raises Refused once it is `stopped`."""

    def watch(_part: float) -> None:
        if stopped.is_set():
            raise Refused("The import was stopped. Nothing was changed.")

    return [import_found(step, found, as_at, watch=watch) for found, as_at in dated]


def _mapping(path: Path | None, name: str) -> dict[str, str]:
    """What a mapping file says of the columns of a tracker."""
    if path is None:
        return {}
    if name not in ("", Tracker.name):
        raise Refused(f"--mapping is for a tracker, not for {name}. Leave it out, or give --as {Tracker.name}.")
    try:
        return answers_of_mapping(path.read_text(encoding="utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as reason:
        raise Refused(f"{path} cannot be read. Check the path; a mapping is TOML in UTF-8. Nothing was changed.") from reason


def _found(source: Source, answers: Mapping[str, str], workspace: Workspace, *, is_told: bool) -> Found:
    """What a source says; a workbook that is no Annex A is read as a tracker, unless it was told to be one."""
    if isinstance(source.format, Tracker):
        return _found_in_tracker(source.path, answers, workspace)
    try:
        found: Found = read_apart(source.format, source.path)
        return found
    except Refused:
        if is_told or otherwise(source) is None:
            raise
    return _found_in_tracker(source.path, answers, workspace)


def _found_in_tracker(path: Path, answers: Mapping[str, str], workspace: Workspace) -> Found:
    """What a tracker says; what its mapping leaves open is as it was answered in the window for one of its shape."""
    hand = in_hand(path, read_apart(Tables(), path, answers=answers), workspace.snapshot, workspace.today)
    hand = replace(hand, answers={**hand.answers, **answers})
    sheet = answers.get(SHEET, hand.table.sheet)
    if sheet != hand.table.sheet:
        raise Refused(f"{path.name} has no sheet “{sheet}”. It has: {', '.join(table.sheet for table in hand.tables)}.")
    read = reading(hand)
    if read.found is None:
        raise Refused(read.refusal)
    known = {column_key(heading) for heading in hand.table.headings}
    unknown = [key.removeprefix(COLUMN) for key in answers if key.startswith(COLUMN) and key not in known]
    said = (f"Headings of the mapping that {path.name} does not have: {', '.join(unknown)}.",) if unknown else ()
    return replace(read.found, assumed=(*read.found.assumed, *said))
