"""Somebody's table as it came: cells under headings, with the row numbers of the spreadsheet, and nothing made of it yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from planner.core.found import Problem

Cell = str | int | float | bool | date | datetime | time | timedelta | None

_LOOK_FOR_HEADINGS = 20
"""Rows in which the headings are looked for: above them trackers have titles."""
_LONGEST_HEADING = 80
_ABBREVIATED = frozenset(("dob", "yp", "sw", "id", "no", "ref"))
"""Headings that are written with a full stop after each letter, as initials are."""


@dataclass(frozen=True, slots=True)
class PlainRow:
    """One row: its number in the source, counted from 1, and its cells from the first column."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell of a column counted from 0; an empty string beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in the row."""
        return not any(written(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTable:
    """One sheet, CSV file or pasted text. `heading_row` is the number of the row of headings, 0 where there is none.

    `every_row` holds all of it, titles and empty rows too; `notes` say what was done to read it. `digest` is the SHA-256 of
    the source, `encoding` how its text was read, `from_1904` whether it counts days as old Macs did.
    """

    file: str = ""
    sheet: str = ""
    every_row: tuple[PlainRow, ...] = ()
    heading_row: int = 0
    notes: tuple[Problem, ...] = ()
    digest: str = ""
    encoding: str = ""
    from_1904: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands over each column, `width` of them; empty strings where nothing does."""
        above = next((row for row in self.every_row if row.number == self.heading_row), None)
        return tuple(written(above.cell(column)) if above else "" for column in range(self.width))

    @property
    def rows(self) -> tuple[PlainRow, ...]:
        """The rows under the headings in which something is written."""
        return tuple(row for row in self.every_row if row.number > self.heading_row and not row.is_empty)

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row.cells) for row in self.every_row), default=0)

    def column(self, index: int) -> tuple[Cell, ...]:
        """The cells of one column, one for each of `rows`."""
        return tuple(row.cell(index) for row in self.rows)


def written(cell: Cell) -> str:
    """A cell as text, without spaces at its ends; whole numbers without `.0`, dates as 2026-01-31."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def numbered(rows: Sequence[Sequence[Cell]]) -> tuple[PlainRow, ...]:
    """Rows with their numbers from 1."""
    return tuple(PlainRow(number, tuple(cells)) for number, cells in enumerate(rows, start=1))


def heading_row_of(rows: Sequence[PlainRow]) -> int:
    """The number of the first row that looks like headings, 0 where none does.

    Headings are short words, few of them alike, no date or number among them, over at least half of the columns in use.
    """
    first = [row for row in rows[:_LOOK_FOR_HEADINGS] if not row.is_empty]
    width = max((_filled(row) for row in first), default=0)
    for row in first:
        if 2 * _filled(row) > width and _are_headings(row):
            return row.number
    return 0


def _filled(row: PlainRow) -> int:
    return sum(bool(written(cell)) for cell in row.cells)


def _are_headings(row: PlainRow) -> bool:
    texts = [written(cell).casefold() for cell in row.cells if written(cell)]
    plain = all(isinstance(cell, str) for cell in row.cells if written(cell))
    return plain and len(set(texts)) * 3 > len(texts) * 2 and all(_is_heading(text) for text in texts)


def _is_heading(text: str) -> bool:
    """Whether a text can be a heading: short, with more letters than digits, and no single mark such as `y` or `a.b.`.

    `D.O.B.` looks like initials, and stands over most trackers' dates of birth.
    """
    if text.rstrip(".") == "d.o.b":
        return True
    letters = sum(letter.isalpha() for letter in text)
    digits = sum(letter.isdigit() for letter in text)
    is_marks = "." in text[1:2] and text.replace(".", "").strip() not in _ABBREVIATED
    return len(text) <= _LONGEST_HEADING and letters > 1 and digits * 2 < letters and not is_marks
