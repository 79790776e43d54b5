"""What an import does on other threads, all of which can be stopped: reading a file, and watching what is written."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from planner.core.found import Found
from planner.core.snapshot import Snapshot
from planner.formats.apart import LIMITS, Cancelled, read_apart
from planner.formats.choosing import Source
from planner.formats.table import Tables
from planner.formats.tracker_in_hand import TrackerInHand, in_hand


def read_source(source: Source, answers: dict[str, str], stop: threading.Event, progress: Callable[[float], None]) -> Found:
    """Read a source in a process apart; called on a thread."""
    found: Found = read_apart(source.format, source.path, LIMITS, answers=answers, cancelled=stop.is_set, progress=progress)
    return found


def read_tables(
    path: Path,
    snapshot: Snapshot,
    today: date,
    answers: Mapping[str, str],
    stop: threading.Event,
    progress: Callable[[float], None],
) -> TrackerInHand:
    """Read the plain tables of a file in a process apart; called on a thread. With answers, it is theirs to say what is read."""
    tables = read_apart(Tables(), path, LIMITS, answers=answers, cancelled=stop.is_set, progress=progress)
    hand = in_hand(path, tables, snapshot, today)
    return replace(hand, answers={**hand.answers, **answers}, is_remembered=False) if answers else hand


def watch_writing(stop: threading.Event, progress: Callable[[float], None], part: float) -> None:
    """Say how far the writing is; where the person has stopped it, undo all of it by raising. Called on the database's thread."""
    if stop.is_set():
        raise Cancelled("The import was stopped. Nothing was changed.")
    progress(part)
