"""Any tracker: a table with a row for each child or each visit, its columns guessed, asked about and remembered by shape.

What a tracker calls the next visit due is kept only to be compared; columns of notes are never read.
"""

import codecs
import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from planner.core.codes import PLAN_ORDER
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.found import Found, FoundChild, FoundColumn, FoundPeriod, FoundVisit, Question
from planner.core.plain_table import Cell, PlainRow, PlainTable, numbered, written
from planner.core.sheet_text import original
from planner.core.sources import TRACKER
from planner.formats.child_names import name_and_initials
from planner.formats.column_guess import SURE, ColumnGuess, column_guesses
from planner.formats.corrections import correct
from planner.formats.dates import DateColumn, DayOrder, date_column, day_order
from planner.formats.labels import LabelSet, label_sets
from planner.formats.notes import Notes
from planner.formats.sheets import Sheet, column_letter
from planner.formats.table import ENCODING, TABLE_EXTENSIONS, Tables
from planner.formats.tracker_fields import DAYS, TITLES, WANTED
from planner.formats.words import cell_text, folded

COLUMN = "column:"
"""What the key of an answer about a column begins with; the folded heading follows, and the answer is a field or empty."""
DATES, SHEET = "dates", "sheet"
"""The keys of the answers that say the order of day and month (`day` or `month`) and which sheet to read."""
_MAPPING = ("columns", DATES, SHEET, ENCODING)
"""The keys of a mapping file."""
NOT_READ = ""
LIKELY = 0.66
"""A guess of this confidence is taken; where it is not sure, it is asked about too. Cells alone, whatever the heading, never
make so much."""

_SAMPLES = 3
_LISTED = frozenset(("assessment", "cin", "cp", "lac"))
"""The plans a tracker's plan column would name."""


class Tracker:
    """Reads a tracker; `answers` are a person's about its columns, its dates, its words, or those kept for its shape."""

    name = TRACKER
    label = "Tracker: CSV, Excel or OpenDocument"
    extensions = TABLE_EXTENSIONS

    def recognises(self, path: Path) -> bool:
        """Whether a path is a table and no loose text; a format that knows more of it is asked before."""
        return path.is_file() and path.suffix.casefold() in TABLE_EXTENSIONS and path.suffix.casefold() != ".txt"

    def read(
        self, path: Path, answers: Mapping[str, str] | None = None, progress: Callable[[float], None] = lambda _: None
    ) -> Found:
        """Read the sheet that holds the children. Raises Refused where no column says which child a row is of."""
        told = answers or {}
        tables = Tables().read(path, told, progress)
        written_on = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
        return found_in(chosen_table(tables, told, written_on), told, written_on)


def shape_of(table: PlainTable) -> str:
    """What tells a table from others of another layout: the SHA-256 of its headings, whatever their order and case."""
    headings = sorted(folded(heading) for heading in table.headings if heading)
    return hashlib.sha256("\n".join(headings).encode("utf-8", "surrogatepass")).hexdigest()


def chosen_table(tables: Sequence[PlainTable], answers: Mapping[str, str], latest: date) -> PlainTable:
    """The sheet a person chose, or else the first in which the most fields are guessed for sure."""
    named = next((table for table in tables if table.sheet == answers.get(SHEET)), None)
    if named is not None:
        return named

    def known(table: PlainTable) -> int:
        return sum(guess.is_sure for guess in column_guesses(table, WANTED, latest))

    return max(tables, key=known)


def found_in(table: PlainTable, answers: Mapping[str, str], latest: date) -> Found:
    """What a table says of each child; `latest` is the last day it can know.

    Raises Refused where no column names the child, or no row stands under the headings.
    """
    notes = Notes(answers)
    table = _corrected(table, notes)
    told = columns_of(table, answers, latest)
    columns = {column.field: place for place, column in enumerate(told) if column.field}
    if "reference" not in columns and not table.heading_row:
        raise Refused(f"No row of {_place(table)} looks like headings. Put one above the rows, with no heading in it twice.")
    if "reference" not in columns:
        raise Refused(
            f"No column of {_place(table)} says which child a row is of. Say which column holds the case system's number of the "
            "child, or add that column to the tracker."
        )
    if not table.rows:
        raise Refused(f"{_place(table)} has headings and no rows under them. Choose the file with the rows.")
    _ask_of_columns(table, told, notes)
    reader = _Reader(table, columns, notes, latest)
    children = reader.children()
    left_out = [heading for place, heading in enumerate(table.headings) if heading and place not in columns.values()]
    return Found(
        source=table.file,
        format=Tracker.name,
        digest=table.digest,
        as_at=reader.newest,
        children=children,
        problems=(*table.notes, *notes.problems),
        assumed=(
            *(f"{what}: {count}." for what, count in notes.assumed.items()),
            *((f"Columns not read: {', '.join(left_out)}.",) if left_out else ()),
        ),
        questions=tuple(notes.questions.values()),
        holds=_LISTED if "plan" in columns else frozenset(),
        columns=told,
        shape=shape_of(table),
    )


def _corrected(table: PlainTable, notes: Notes) -> PlainTable:
    """The table with the cells a person corrected."""
    rows = [list(row.cells) + [""] * (table.width - len(row.cells)) for row in table.every_row]
    found = correct(rows, [row.number for row in table.every_row], table.sheet, notes.answers)
    notes.corrected(found)
    return replace(table, every_row=numbered(rows)) if found else table


def columns_of(table: PlainTable, answers: Mapping[str, str], latest: date) -> tuple[FoundColumn, ...]:
    """Every column of a table from the first, and what each is taken for: as a person said, else as guessed."""
    guesses = column_guesses(table, WANTED, latest)
    taken = {place: key for key, place in _columns(table, guesses, answers).items()}
    return tuple(
        FoundColumn(
            heading=table.headings[guess.column],
            letter=column_letter(guess.column),
            samples=tuple(dict.fromkeys(text for cell in table.column(guess.column) if (text := written(cell))))[:_SAMPLES],
            field=taken.get(guess.column, NOT_READ),
            guess=guess.key,
            confidence=guess.confidence,
            reason=guess.reason,
        )
        for guess in guesses
    )


def column_key(heading: str) -> str:
    """The key of the answer about a column."""
    return COLUMN + folded(heading)


def answers_of_mapping(text: str, name: str) -> dict[str, str]:
    """The answers that a mapping written as TOML gives: `[columns]` of heading = field, `dates`, `sheet` and `encoding`.

    Raises Refused with the file's `name` for what is no TOML, a key or a field there is not, a field that two headings are
    taken for, another order of dates, or an encoding Python does not know.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as reason:
        raise Refused(f"{name} is not TOML: {reason}. Nothing was read.") from reason
    if unknown := sorted(told.keys() - _MAPPING):
        raise Refused(f"{name} has {unknown[0]}, which no mapping has. It may have: {', '.join(_MAPPING)}.")
    columns = _mapped(told.pop("columns", {}), name)
    if told.get(DATES, "day") not in ("day", "month"):
        raise Refused(f"{name} has {DATES} = {told[DATES]!r}. Write “day” or “month”: what stands first.")
    answers = {key: str(value) for key, value in told.items()}
    try:
        codecs.lookup(answers.get(ENCODING, "utf-8"))
    except LookupError as reason:
        raise Refused(f"{name} has {ENCODING} = {answers[ENCODING]!r}, which is none. Write “cp1252”, say.") from reason
    return columns | answers


def _mapped(columns: object, name: str) -> dict[str, str]:
    """The answers about the columns; raises Refused where they cannot be followed."""
    if not isinstance(columns, dict):
        raise Refused(f'{name} has no table of columns. Write [columns], and under it lines of "heading" = "field".')
    taken: dict[str, str] = {}
    for heading, key in columns.items():
        if key != NOT_READ and (not isinstance(key, str) or key not in TITLES):
            raise Refused(f"{name} takes “{heading}” for {key!r}, which is no field. The fields are: {', '.join(TITLES)}.")
        if key != NOT_READ and taken.setdefault(key, heading) != heading:
            raise Refused(f"{name} takes both “{taken[key]}” and “{heading}” for {key}. Keep one of them.")
    return {column_key(heading): key for heading, key in columns.items()}


def _place(table: PlainTable) -> str:
    return f"{table.sheet} in {table.file}" if table.sheet and table.sheet != Path(table.file).stem else table.file


def _columns(table: PlainTable, guesses: Sequence[ColumnGuess], answers: Mapping[str, str]) -> dict[str, int]:
    """Which column holds each field: a person's answers first, then likely guesses, for fields nobody answered for."""
    columns: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        said = answers.get(column_key(heading)) if heading else None
        if said:
            columns.setdefault(said, place)
    for guess in guesses:
        heading = table.headings[guess.column]
        is_answered = bool(heading) and column_key(heading) in answers
        if guess.confidence >= LIKELY and not is_answered:
            columns.setdefault(guess.key, guess.column)
    return columns


def _ask_of_columns(table: PlainTable, columns: Sequence[FoundColumn], notes: Notes) -> None:
    """Ask about each column that was taken for a field without being sure."""
    options = (*((wanted.key, wanted.title) for wanted in WANTED), (NOT_READ, "Nothing: do not read it"))
    for place, column in enumerate(columns):
        key = column_key(column.heading)
        if column.field and column.field == column.guess and column.confidence < SURE and key not in notes.answers:
            message = f"Is column {column.letter}, “{column.heading}”, the {_titled(column.field)}? {column.reason}"
            notes.asked(
                Question(
                    key=key,
                    heading=column.heading,
                    value=", ".join(column.samples),
                    message=message,
                    options=options,
                    default=column.field,
                    rows=len(table.rows),
                )
            )
            notes.problem(
                Sheet(table.file, table.sheet, []),
                "column-unsure",
                f"{message} It was taken for it; a mapping says it for sure.",
                "ask",
                row=table.heading_row,
                column=place,
                heading=column.heading,
            )


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _said(key: str, cell: Cell) -> str:
    """What a cell says, nothing where it says `NULL` or the like; `NA` may be a child's initials."""
    text = written(cell)
    return text if key in ("name", "initials") and folded(text) == "na" else original(cell_text(text))


def _titled(key: str) -> str:
    return TITLES[key].lower()


@dataclass(slots=True)
class _Child:
    """A child as far as the rows read have told: the last row that says something counts, visits add up."""

    reference: str
    place: str
    text: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    plan: str = ""
    visits: dict[date, FoundVisit] = field(default_factory=dict)


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, table: PlainTable, columns: Mapping[str, int], notes: Notes, latest: date) -> None:
        self.table, self.columns, self.notes, self.latest = table, columns, notes, latest
        self.sheet = Sheet(table.file, table.sheet, [])
        self.dates = self._date_columns()

    @property
    def newest(self) -> date | None:
        """The newest day of a visit, referral or plan the table knows, not after the day it was written."""
        keys = [key for key in self.dates if key not in ("born", "next_due")]
        days = [day for key in keys for day in self.dates[key].days if day is not None and day <= self.latest]
        return max(days, default=None)

    def children(self) -> tuple[FoundChild, ...]:
        """Every child the rows name, in the order of their first row."""
        children: dict[str, _Child] = {}
        references = [original(cell_text(cell)) for cell in self.table.column(self.columns["reference"])]
        are_numbers = sum(map(_has_digit, references)) > sum(bool(one) and not _has_digit(one) for one in references)
        for place, (row, reference) in enumerate(zip(self.table.rows, references, strict=True)):
            if not reference:
                message = "The row says no child's number, so it was left out. Add the number to the tracker."
                self._problem(row, "reference", "reference-missing", message)
                continue
            if are_numbers and not _has_digit(reference):
                message = "This is no number as the other rows have, so the row was left out. If it is a child's, correct it."
                self._problem(row, "reference", "reference-unlike", message)
                continue
            child = children.setdefault(folded(reference), _Child(reference, self._row_place(row)))
            self._read(child, place, row)
        return tuple(self._made(child) for child in children.values())

    def _date_columns(self) -> dict[str, DateColumn]:
        cells = {key: self.table.column(self.columns[key]) for key in DAYS if key in self.columns}
        order = day_order(cells.values())
        day_first = order.day_first
        if day_first is None and order.two_ways:
            question = Question(
                key=DATES,
                heading="Dates",
                value=order.example,
                message=f"Is “{order.example}” written with the day or the month first? It is the same for every date here.",
                options=(("day", "Day first"), ("month", "Month first")),
                default="day",
                rows=order.two_ways,
            )
            day_first = self.notes.asked(question) == "day"
            if DATES in self.notes.questions:
                self._tell_two_ways(cells, order)
        ahead = self.latest.replace(year=self.latest.year + 1) if self.latest.month < 12 else date(self.latest.year + 1, 12, 31)
        return {
            key: date_column(
                column,
                latest=ahead if key == "next_due" else self.latest,
                day_first=day_first,
                from_1904=self.table.from_1904,
            )
            for key, column in cells.items()
        }

    def _tell_two_ways(self, cells: Mapping[str, Sequence[Cell]], order: DayOrder) -> None:
        """Name the first date that can be read two ways, and how many there are."""
        key, row = next(
            (key, row)
            for key, column in cells.items()
            for row, cell in zip(self.table.rows, column, strict=True)
            if isinstance(cell, str) and folded(cell) == order.example
        )
        many = "1 date that can" if order.two_ways == 1 else f"{order.two_ways:,} dates that can"
        verb = "is" if order.two_ways == 1 else "are"
        message = f"There {verb} {many} be read two ways: day first was taken. Say whether day or month stands first."
        self._problem(row, key, "date-two-ways", message, "ask")

    def _read(self, child: _Child, place: int, row: PlainRow) -> None:
        for key in self.columns:
            if key not in self.dates and (text := _said(key, row.cell(self.columns[key]))):
                if key == "name":
                    self._tell_other(row, key, child.text.get(key), text)
                child.text[key] = text
        for key, column in self.dates.items():
            day = column.days[place]
            if day is not None:
                if key == "born":
                    self._tell_other(row, key, child.days.get(key), day)
                child.days[key] = day
        for key, column in self.dates.items():
            for trouble in column.troubles:
                if trouble.index == place:
                    self._problem(row, key, trouble.code, trouble.message, trouble.outcome)
        self._read_plan(child, row)
        self._read_visit(child, place, row)

    def _tell_other(self, row: PlainRow, key: str, before: str | date | None, now: str | date) -> None:
        """Tell where a row calls a child otherwise, or has it born otherwise, than an earlier row did."""
        if before is not None and folded(str(before)) != folded(str(now)):
            message = (
                f"An earlier row of this child has another {_titled(key)}. The last row counts; see that they are one child."
            )
            self._problem(row, key, "child-differs", message, "ask")

    def _read_plan(self, child: _Child, row: PlainRow) -> None:
        label = child.text.pop("plan", "")
        if label:
            child.plan = self._meaning(label_sets()["plan"], row, "plan", label)

    def _meaning(self, labels: LabelSet, row: PlainRow, key: str, label: str) -> str:
        """The code of a label; one that is not known is asked about, and named where it first stands."""
        meaning = labels.meaning(label)
        if meaning is not None:
            return meaning
        asked = len(self.notes.questions)
        code = self.notes.label_asked(labels, TITLES[key], label)
        if len(self.notes.questions) > asked:
            message = f"The label is not known, or has two meanings. Say what it means under {TITLES[key]}."
            self._problem(row, key, "label-unclear", message, "ask")
        return code

    def _read_visit(self, child: _Child, place: int, row: PlainRow) -> None:
        on = self.dates["visit_on"].days[place] if "visit_on" in self.dates else None
        seen, alone = self._answer(child, "seen", row), self._answer(child, "seen_alone", row)
        if on is None:
            return
        if on > self.latest:
            message = f"A visit on {plain_date(on)} had not happened when the tracker was written, so it was left out."
            self._problem(row, "visit_on", "date-after", message)
            return
        was_seen = True if "seen" not in self.columns else seen
        child.visits[on] = FoundVisit(
            on=on, seen=was_seen, seen_alone=alone if was_seen else None, source_row=self._row_place(row)
        )

    def _answer(self, child: _Child, key: str, row: PlainRow) -> bool | None:
        label = child.text.pop(key, "")
        if not label:
            return None
        code = self._meaning(label_sets()["seen" if key == "seen" else "yes_no"], row, key, label)
        return {"yes": True, "no": False}.get(code)

    def _made(self, child: _Child) -> FoundChild:
        text, days = child.text, child.days
        name, initials = name_and_initials(text.get("name", ""), text.get("initials", ""))
        is_open = child.plan != "closed" and "ended_on" not in days
        periods: tuple[FoundPeriod, ...] = ()
        if child.plan in PLAN_ORDER:
            ended_on = days.get("ended_on")
            start = days.get("plan_start")
            periods = (FoundPeriod(what="plan", code=child.plan, start=start, end=ended_on, source_row=child.place),)
        return FoundChild(
            reference=child.reference,
            name=name,
            initials=initials,
            family=text.get("family", ""),
            born=days.get("born"),
            team=text.get("team", ""),
            worker=text.get("worker", ""),
            source=Tracker.name,
            status=child.plan if is_open else "closed",
            is_open=is_open,
            received_on=days.get("received_on"),
            ended_on=days.get("ended_on"),
            periods=periods,
            visits=tuple(child.visits[on] for on in sorted(child.visits)),
            next_due=days.get("next_due"),
            source_row=child.place,
        )

    def _row_place(self, row: PlainRow) -> str:
        return f"{self.table.sheet or self.table.file}, row {row.number}"

    def _problem(self, row: PlainRow, key: str, code: str, message: str, outcome: str = "refused") -> None:
        column = self.columns[key]
        self.notes.problem(
            self.sheet,
            code,
            message,
            outcome,
            row=row.number,
            column=column,
            heading=self.table.headings[column],
            value=written(row.cell(column)),
        )
