"""Any table: CSV and other text, a workbook, an OpenDocument sheet, or pasted text, read to plain values and never saved."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from planner.core.errors import Refused
from planner.core.found import Problem
from planner.core.plain_table import Cell, PlainTable, heading_row_of, numbered, written
from planner.formats.csv_rows import HIDDEN, text_rows
from planner.formats.sheets import DAMAGED, Sheet, column_letter, decoded_text, workbook_sheets
from planner.formats.uncounted import uncounted_problem

TEXT_EXTENSIONS = (".csv", ".tsv", ".txt")
WORKBOOK_EXTENSIONS = (".xlsx", ".ods")
TABLE_EXTENSIONS = (*TEXT_EXTENSIONS, *WORKBOOK_EXTENSIONS)
PASTED = "Pasted text"
ENCODING = "encoding"
"""The key of the answer that names another encoding than the one guessed, for example `cp1252`."""

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
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(_text_table(PASTED, "", text), digest=digest)


def _text_file(path: Path, raw: bytes, encoding: str | None) -> PlainTable:
    text, read_as = decoded_text(path.name, raw, encoding)
    note = Problem(file=path.name, sheet=path.stem, code="", message="")
    notes = []
    if read_as == "cp1252" and DAMAGED in text:
        message = (
            f"The text is neither UTF-8 nor Windows-1252; letters that could not be read are shown as {DAMAGED}. "
            "Say how it is to be read, or save it again as “CSV UTF-8”."
        )
        notes.append(replace(note, code="encoding-damaged", message=message, outcome="ask"))
    elif read_as == "cp1252" and encoding is None:
        message = "The text is not UTF-8 and was read as Windows-1252. Look at names with accents before going on."
        notes.append(replace(note, code="encoding-guessed", message=message))
    return replace(_text_table(path.name, path.stem, text, notes), encoding=read_as)


def _text_table(file: str, sheet: str, text: str, notes: Sequence[Problem] = ()) -> PlainTable:
    """The table of a text, a row for every record; a first line `sep=;` stays as an empty row, so that numbers hold."""
    told = list(notes)

    def tell(row: int | None, code: str, message: str, outcome: str) -> None:
        told.append(Problem(file=file, sheet=sheet, row=row, code=code, message=message, outcome=outcome))

    rows = text_rows(file, sheet or file, text, tell)
    if text.casefold().startswith("sep="):
        rows[0] = []
    table = _table(file, sheet, rows)
    _tell_long_rows(table, tell)
    return replace(table, notes=(*told, *table.notes))


def _tell_long_rows(table: PlainTable, tell: Callable[[int | None, str, str, str], None]) -> None:
    """Tell of rows that go on beyond the headings: in text without quotation marks a comma moves what follows it."""
    width = next((len(row.cells) for row in table.every_row if row.number == table.heading_row), table.width)
    for row in table.rows:
        if any(written(cell) for cell in row.cells[width:]):
            message = "The row has more cells than there are headings. If a comma stands in a cell, it has moved those after it."
            tell(row.number, "row-long", message, "ask")


def _of_sheet(sheet: Sheet) -> PlainTable:
    notes = []
    if sheet.merged:
        ranges = "1 merged range was" if sheet.merged == 1 else f"{sheet.merged} merged ranges were"
        message = f"{ranges} filled from the top left cell."
        notes.append(Problem(file=sheet.file, sheet=sheet.name, code="merged-cells", message=message))
    if sheet.spanned:
        ranges = "1 merged cell was" if sheet.spanned == 1 else f"{sheet.spanned} merged cells were"
        message = f"{ranges} read in the first row only, the others as empty. Part the merged cells, save it and choose it again."
        notes.append(Problem(file=sheet.file, sheet=sheet.name, code="merged-cells", message=message, outcome="ask"))
    if sheet.uncounted:
        notes.append(uncounted_problem(sheet.file, sheet.name, sheet.uncounted))
    return replace(_table(sheet.file, sheet.name, sheet.rows, notes=tuple(notes)), from_1904=sheet.from_1904)


def _table(file: str, sheet: str, rows: Sequence[Sequence[object]], *, notes: tuple[Problem, ...] = ()) -> PlainTable:
    notes = (*notes, *_hidden(file, sheet, rows))
    every = numbered([[_cell(cell) for cell in row] for row in rows])
    return PlainTable(file=file, sheet=sheet, every_row=every, heading_row=heading_row_of(every), notes=notes)


def _hidden(file: str, sheet: str, rows: Sequence[Sequence[object]]) -> tuple[Problem, ...]:
    """What is told of cells with characters that nobody sees, at the first of them."""
    places = [
        (number, column)
        for number, row in enumerate(rows, start=1)
        for column, cell in enumerate(row)
        if isinstance(cell, str) and not cell.isascii() and HIDDEN.search(cell)
    ]
    if not places:
        return ()
    cells = "The cell holds" if len(places) == 1 else f"This and {len(places) - 1:,} more cells hold"
    message = f"{cells} characters that cannot be seen. They were left out and the rest was read."
    row, column = places[0]
    return (Problem(file=file, sheet=sheet, row=row, column=column_letter(column), code="hidden-characters", message=message),)


def _cell(cell: object) -> Cell:
    if isinstance(cell, str):
        return HIDDEN.sub("", cell)
    return cell if isinstance(cell, Cell) else str(cell)
