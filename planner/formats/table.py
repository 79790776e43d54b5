"""Any table: CSV and other text, a workbook, an OpenDocument sheet, or pasted text, read to plain values and never saved."""

import csv
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from planner.core.errors import Refused
from planner.core.found import Problem
from planner.core.plain_table import Cell, PlainTable, heading_row_of, numbered
from planner.formats.sheets import Sheet, checked_cells, checked_size, decoded_text, workbook_sheets
from planner.formats.uncounted import uncounted_problem

TEXT_EXTENSIONS = (".csv", ".tsv", ".txt")
WORKBOOK_EXTENSIONS = (".xlsx", ".ods")
TABLE_EXTENSIONS = (*TEXT_EXTENSIONS, *WORKBOOK_EXTENSIONS)
PASTED = "Pasted text"
ENCODING = "encoding"
"""The key of the answer that names another encoding than the one guessed, for example `cp1252`."""

_SEPARATORS = "\t;,|"
_SAMPLE_LINES = 20
_PASTE_LIMIT = 2_000_000
"""The most characters of a paste: an order of magnitude over the longest list a team has."""


class Tables:
    """Reads every sheet of a file that has something in it; goes through `apart.read_apart` like any format."""

    name = "table"

    def read(
        self, path: Path, answers: Mapping[str, str] | None = None, progress: Callable[[float], None] = lambda _: None
    ) -> tuple[PlainTable, ...]:
        """The tables of a file, one a sheet, in its order. Raises Refused where nothing of it can be read."""
        raw = path.read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        if path.suffix.casefold() in TEXT_EXTENSIONS:
            tables = [_text_file(path, raw, (answers or {}).get(ENCODING))]
        else:
            tables = [_of_sheet(sheet) for sheet in workbook_sheets(path)]
        progress(0.8)
        found = tuple(replace(table, digest=digest) for table in tables if any(not row.is_empty for row in table.every_row))
        if not found:
            raise Refused(f"{path.name} has nothing written in it. Choose the file that holds the list.")
        return found


def pasted_table(text: str) -> PlainTable:
    """The table of pasted text: cells parted by tabs, as a spreadsheet copies them, or by semicolons, commas or bars.

    Raises Refused for nothing, or for more text than a list has.
    """
    if not text.strip():
        raise Refused("There is nothing to read yet. Copy the rows of the list and paste them here.")
    if len(text) > _PASTE_LIMIT:
        raise Refused(
            f"The text has more than {_PASTE_LIMIT:,} characters. Paste the rows of the list only, or save them as a file."
        )
    rows = _text_rows(PASTED, text)
    return _table(PASTED, "", rows, digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def separator_of(text: str) -> str:
    """What parts the cells of a text: the mark that stands equally often in most of its first lines; a comma where none does."""
    lines = [line for line in text.splitlines()[: 2 * _SAMPLE_LINES] if line.strip()][:_SAMPLE_LINES]
    if lines and lines[0].casefold().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4]
    best, best_score = ",", 0.0
    for mark in _SEPARATORS:
        widths = [len(row) for row in _parsed(lines, mark)]
        common = max(set(widths), key=widths.count, default=1)
        score = widths.count(common) / len(widths) if common > 1 else 0.0
        if mark == "\t" and common > 1:
            return mark
        if score > best_score:
            best, best_score = mark, score
    return best


def _parsed(lines: Sequence[str], mark: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=mark))
    except csv.Error:
        return []


def _text_file(path: Path, raw: bytes, encoding: str | None) -> PlainTable:
    text, read_as = decoded_text(path.name, raw, encoding)
    rows = _text_rows(path.name, text)
    notes = []
    if read_as == "cp1252" and encoding is None:
        message = "The text is not UTF-8 and was read as Windows-1252. Look at names with accents before going on."
        notes.append(Problem(file=path.name, sheet=path.stem, code="encoding-guessed", message=message))
    return replace(_table(path.name, path.stem, rows, notes=tuple(notes)), encoding=read_as)


def _text_rows(file: str, text: str) -> list[list[str]]:
    """The rows of a text, a row for every record; a first line `sep=;` stays as an empty row, so that numbers hold."""
    mark = separator_of(text)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            checked_size(file, file, len(rows), len(row))
            rows.append([cell.strip() for cell in row])
    except csv.Error as reason:
        raise Refused(f"{file} cannot be read as a table. Save it again as “CSV UTF-8” and choose it again.") from reason
    if text.casefold().startswith("sep="):
        rows[0] = []
    checked_cells(file, file, rows)
    return rows


def _of_sheet(sheet: Sheet) -> PlainTable:
    notes = []
    if sheet.merged:
        ranges = "1 merged range was" if sheet.merged == 1 else f"{sheet.merged} merged ranges were"
        message = f"{ranges} filled from the top left cell."
        notes.append(Problem(file=sheet.file, sheet=sheet.name, code="merged-cells", message=message))
    if sheet.uncounted:
        notes.append(uncounted_problem(sheet.file, sheet.name, sheet.uncounted))
    return replace(_table(sheet.file, sheet.name, sheet.rows, notes=tuple(notes)), from_1904=sheet.from_1904)


def _table(
    file: str, sheet: str, rows: Sequence[Sequence[object]], *, notes: tuple[Problem, ...] = (), digest: str = ""
) -> PlainTable:
    every = numbered([[_cell(cell) for cell in row] for row in rows])
    return PlainTable(file=file, sheet=sheet, every_row=every, heading_row=heading_row_of(every), notes=notes, digest=digest)


def _cell(cell: object) -> Cell:
    return cell if isinstance(cell, Cell) else str(cell)
