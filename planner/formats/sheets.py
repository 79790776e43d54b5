"""The sheets of a workbook as plain rows of cells, and the text of a file."""

import contextlib
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from planner.core.errors import Refused
from planner.core.found import Problem
from planner.formats.uncounted import uncounted_formulas

CELL_LIMIT = 32_767
ROW_LIMIT = 200_000
COLUMN_LIMIT = 256
_OVER_ROWS = re.compile(rb'table:number-rows-spanned="(?:[2-9]|[1-9]\d+)"')
DAMAGED = "\ufffd"
"""What stands for a letter that could not be read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its file, its name and its rows from row 1.

    `merged` counts ranges that were filled from their corner, `spanned` those that an OpenDocument sheet leaves empty beneath
    it; `uncounted` are cells, such as H2, with formulas without a value. `told` is what was wrong
    with it before its rows were looked at.
    """

    file: str
    name: str
    rows: list[list[object]]
    merged: int = 0
    from_1904: bool = False
    uncounted: tuple[str, ...] = ()
    spanned: int = 0
    told: tuple[Problem, ...] = ()


def column_letter(index: int) -> str:
    """The spreadsheet's letter of a column counted from 0."""
    letters = ""
    index += 1
    while index:
        index, place = divmod(index - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def workbook_sheets(path: Path) -> list[Sheet]:
    """Every sheet of a workbook, merged cells filled. Raises Refused where it cannot be read or is too large."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(path)
        from_1904, uncounted, spanned = _counts_from_1904(path), uncounted_formulas(path), _spanned(path)
        sheets = []
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            checked_size(path.name, name, sheet.total_height, sheet.total_width)
            rows: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
            checked_cells(path.name, name, rows)
            merged = _unmerged(rows, sheet.merged_cell_ranges or [])
            sheets.append(Sheet(path.name, name, rows, merged, from_1904, uncounted.get(name, ()), spanned.get(name, 0)))
    except (CalamineError, zipfile.BadZipFile, OSError) as reason:
        raise Refused(
            f"{path.name} cannot be read as a workbook. Open it in the spreadsheet program, save it as .xlsx and choose it again."
        ) from reason
    return sheets


def checked_size(file: str, sheet: str, rows: int, columns: int) -> None:
    """Raise Refused where a sheet has more rows or columns than the limits allow."""
    if rows > ROW_LIMIT or columns > COLUMN_LIMIT:
        raise Refused(
            f"{file}, sheet {sheet}, has {rows:,} rows and {columns:,} columns; the most that is read is {ROW_LIMIT:,} rows and "
            f"{COLUMN_LIMIT} columns. Delete the empty rows and columns after the data, save it and choose it again."
        )


def checked_cells(file: str, sheet: str, rows: Sequence[Sequence[object]]) -> None:
    """Raise Refused where a cell has more characters than a spreadsheet allows."""
    for number, row in enumerate(rows, start=1):
        for index, cell in enumerate(row):
            if isinstance(cell, str) and len(cell) > CELL_LIMIT:
                raise Refused(
                    f"{file}, sheet {sheet}, cell {column_letter(index)}{number} has more than {CELL_LIMIT:,} characters. "
                    "Shorten it, save it and choose it again."
                )


def _unmerged(rows: list[list[object]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> int:
    """Fill merged cells from their top left corner, and say how many ranges below the headings there were."""
    filled = 0
    for (top, left), (bottom, right) in ranges:
        if top == 0 or top >= len(rows):
            continue
        filled += 1
        corner = rows[top][left] if left < len(rows[top]) else ""
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = corner
    return filled


def _spanned(path: Path) -> dict[str, int]:
    """How many cells of each OpenDocument sheet are merged over several rows, which its reader does not tell."""
    if path.suffix.casefold() != ".ods":
        return {}
    with zipfile.ZipFile(path) as archive:
        tables = archive.read("content.xml").split(b"<table:table ")[1:]
    names = [re.search(rb'table:name="([^"]*)"', table) for table in tables]
    return {
        unescape(name[1].decode("utf-8", "replace")): len(_OVER_ROWS.findall(table))
        for name, table in zip(names, tables, strict=True)
        if name
    }


def _counts_from_1904(path: Path) -> bool:
    """Whether the workbook counts its days from 1904, as old Macs did."""
    with zipfile.ZipFile(path) as archive:
        try:
            head = archive.open("xl/workbook.xml").read(65_536).decode("utf-8", "replace")
        except KeyError:
            return False
    return re.search(r"date1904=[\"'](?:1|true)", head) is not None


def wide_encoding(raw: bytes) -> str:
    """`utf-16` where the bytes say so by their mark or by every second one being nothing; else an empty string."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = raw[:2000]
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(start) > 3 and start[first::2].count(0) > 0.8 * len(start[first::2]) and start[1 - first :: 2].count(0) == 0:
            return name
    return ""


def decoded_text(file: str, raw: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file and how it was read: as told, as UTF-16 where the bytes say so, else UTF-8, else Windows-1252.

    Bytes that Windows-1252 has not either are `DAMAGED`. Raises Refused on bytes that are no text.
    """
    wide = wide_encoding(raw)
    if wide and encoding == "utf-16":
        encoding = wide
    ways = [encoding] if encoding else [wide] if wide else ["utf-8-sig", "cp1252"]
    for way in ways:
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            text = raw.decode(way, "replace" if way == "cp1252" else "strict")
            if "\0" not in text:
                return text.removeprefix("\ufeff"), "utf-16" if way == wide else way
    raise Refused(f"{file} is not text. Save it again as “CSV UTF-8” and choose it again.")
