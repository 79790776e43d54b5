"""A tracker in hand: its tables, what was answered about its columns, and what it reads with these answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from planner.core.column_answers import remembered_answers
from planner.core.errors import Refused
from planner.core.found import CELL, Found, FoundColumn
from planner.core.plain_table import PlainTable
from planner.core.snapshot import Snapshot
from planner.formats.table import ENCODING
from planner.formats.tracker import DATES, NOT_READ, SHEET, chosen_table, column_key, columns_of, found_in, shape_of


@dataclass(frozen=True)
class TrackerInHand:
    """The tables of one file. `latest` is the last day it can know; `is_remembered` that its shape was answered for before."""

    tables: tuple[PlainTable, ...]
    answers: Mapping[str, str]
    latest: date
    is_remembered: bool = False

    @cached_property
    def table(self) -> PlainTable:
        """The sheet that is read."""
        return chosen_table(self.tables, self.answers, self.latest)

    @property
    def shape(self) -> str:
        """What the answers are kept under."""
        return shape_of(self.table)

    def with_sheet(self, sheet: str) -> "TrackerInHand":
        """Another sheet of the file."""
        return replace(self, answers={**self.answers, SHEET: sheet})

    def with_dates(self, order: str) -> "TrackerInHand":
        """Dates read with the `day` or the `month` first; empty: as they say themselves."""
        rest = {key: value for key, value in self.answers.items() if key != DATES}
        return replace(self, answers=rest | ({DATES: order} if order else {}))

    def with_field(self, column: FoundColumn, field: str, columns: tuple[FoundColumn, ...]) -> "TrackerInHand":
        """A column taken for a field, which no other column then is."""
        freed = {column_key(other.heading): NOT_READ for other in columns if field and other.field == field and other.heading}
        return replace(self, answers={**self.answers, **freed, column_key(column.heading): field})

    def settled(self, columns: tuple[FoundColumn, ...]) -> "TrackerInHand":
        """As a person has seen it and gone on: what each column is taken for is an answer now."""
        seen = {column_key(column.heading): column.field for column in reversed(columns) if column.heading}
        return replace(self, answers={**self.answers, **seen})

    def kept_answers(self) -> dict[str, str]:
        """What is worth keeping for the next one: not its encoding, its cells or its sheet, which a CSV file lends its name."""
        return {key: value for key, value in self.answers.items() if key not in (SHEET, ENCODING) and not key.startswith(CELL)}


@dataclass(frozen=True, slots=True)
class TrackerReading:
    """What a tracker reads: its columns, and what was found or why nothing can be."""

    hand: TrackerInHand
    columns: tuple[FoundColumn, ...]
    found: Found | None
    refusal: str = ""


def in_hand(path: Path, tables: tuple[PlainTable, ...], snapshot: Snapshot, today: date) -> TrackerInHand:
    """A tracker that was just read, with the answers kept for the first of its tables whose shape is known; on a thread."""
    written_on = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date() if path.exists() else today
    latest = min(written_on, today)
    for table in tables:
        kept = remembered_answers(snapshot, shape_of(table))
        if kept is not None:
            return TrackerInHand(tables, {**kept, SHEET: table.sheet}, latest, is_remembered=True)
    return TrackerInHand(tables, {SHEET: chosen_table(tables, {}, latest).sheet}, latest)


def reading(hand: TrackerInHand) -> TrackerReading:
    """What a tracker reads with its answers; called on a thread."""
    columns = columns_of(hand.table, hand.answers, hand.latest)
    try:
        return TrackerReading(hand, columns, found_in(hand.table, hand.answers, hand.latest))
    except Refused as refusal:
        return TrackerReading(hand, columns, None, refusal.sentence)
