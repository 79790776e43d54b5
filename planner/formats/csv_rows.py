"""A CSV extract's bytes to rows, whatever is wrong with them: every fault is told with its row, and the rest is read."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from planner.formats.sheets import CELL_LIMIT, COLUMN_LIMIT, DAMAGED, ROW_LIMIT, checked_cells, checked_size, wide_encoding

_SEPARATORS = "\t;,|"
_SAMPLE_LINES = 20
_MOST_FAULTS = 1_000
"""Quotes that are not closed, after which a file is not read on."""
_LONGEST_ROW = 40
"""Lines of text that one row may take, for cells with line breaks."""

HIDDEN = re.compile("[\u0000\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Characters nobody sees: NUL, those of no width, and those that turn the direction of writing."""

Tell = Callable[[int | None, str, str, str], None]
"""Told of a fault: the row or None for the file, a code, a sentence, and the outcome."""


@dataclass(slots=True)
class CsvRows:
    """The headings and the rows under them, with the spreadsheet's number of each."""

    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


def csv_rows(raw: bytes, tell: Tell) -> CsvRows:
    """Read a CSV file: the first row with anything in it are the headings, empty rows are passed over."""
    lines = _lines(raw, tell)
    found = CsvRows()
    mark = separator_of("\n".join(lines[:40]))
    for number, row in records(lines, mark, tell, is_even=True):
        if not any(row):
            continue
        if not found.headings:
            if len(row) == 1 and row[0].casefold().startswith("sep="):
                continue
            found.headings = [cell.strip() for cell in row]
            _check_headings(found.headings, number, tell)
        elif len(found.rows) >= ROW_LIMIT:
            tell(number, "too-many-rows", f"Only {ROW_LIMIT:,} rows are read; the rows from here on were left out.", "refused")
            break
        elif _is_sound(row, number, len(found.headings), tell):
            found.rows.append(row)
            found.numbers.append(number)
    return found


# Bytes to lines


def _lines(raw: bytes, tell: Tell) -> list[str]:
    """The lines of the text, hidden characters out of them."""
    text = _text(raw, tell)
    lines = lines_of(text)
    if HIDDEN.search(text):
        for place, line in enumerate(lines):
            if HIDDEN.search(line):
                lines[place] = HIDDEN.sub("", line)
                what = "NUL bytes" if "\0" in line else "characters that cannot be seen"
                tell(
                    place + 1, "hidden-characters", f"The row holds {what}. They were left out and the row was read.", "accepted"
                )
    return lines


def _text(raw: bytes, tell: Tell) -> str:
    """The text: by its byte order mark, as UTF-16 that has none, as UTF-8, else line by line as UTF-8 or Windows-1252."""
    wide = wide_encoding(raw)
    if wide:
        text = raw.decode(wide, "replace")
    else:
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = _mixed(raw.removeprefix(b"\xef\xbb\xbf"), tell)
    if DAMAGED in text:
        message = f"Some letters are damaged and are shown as {DAMAGED}; the rest was read. Extract it again as UTF-8."
        tell(None, "encoding-damaged", message, "ask")
    return text.removeprefix("\ufeff")


def _mixed(raw: bytes, tell: Tell) -> str:
    """Bytes that are not all UTF-8: a line that is not is Windows-1252, and where others are, it is named."""
    lines = raw.split(b"\n")
    texts, odd, is_mixed = [], [], False
    for place, line in enumerate(lines):
        try:
            texts.append(line.decode("utf-8"))
            is_mixed = is_mixed or not line.isascii()
        except UnicodeDecodeError:
            texts.append(line.decode("cp1252", "replace"))
            odd.append(place + 1)
    if is_mixed:
        for number in odd:
            message = "The row is in another encoding than the rest, and was read as Windows-1252. Look at names with accents."
            tell(number, "encoding-mixed", message, "accepted")
    else:
        message = "The text is not UTF-8 and was read as Windows-1252. Look at names with accents before going on."
        tell(None, "encoding-guessed", message, "accepted")
    return "\n".join(texts)


def lines_of(text: str) -> list[str]:
    """The lines of a text, however they end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


# Lines to rows


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


def records(lines: list[str], mark: str, tell: Tell, *, is_even: bool) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers. A quote that is not closed would take in the rows after it: its row alone is left out.

    `is_even` says that all rows have as many cells, so that one over several lines that has not is none.
    """
    start, number, faults = 0, 0, 0
    while start < len(lines):
        taken, width = 0, 0
        reader = csv.reader((lines[place] + "\n" for place in range(start, len(lines))), delimiter=mark)
        try:
            for row in reader:
                own = lines[start + taken : start + reader.line_num]
                is_long = len(own) > 1 or (row and row[-1].endswith("\n"))
                if is_long and _is_run_on(row, own, mark, width if is_even else 0):
                    break
                taken = reader.line_num
                number += 1
                width = max(width, len(row))
                yield number, row
            else:
                return
        except csv.Error:
            pass
        number += 1
        faults += 1
        message = "The row has a quotation mark that is not closed, so it was left out. The rows after it were read."
        tell(number, "quote-open", message, "refused")
        if faults > _MOST_FAULTS:
            tell(number, "quote-open", "The file has too many of these; its rows from here on were left out.", "refused")
            return
        start += taken + 1


def text_rows(file: str, sheet: str, text: str, tell: Tell) -> list[list[str]]:
    """The rows of a text from the first, empty where one was left out. Raises Refused beyond the limits of a table."""
    rows: list[list[str]] = []
    for number, row in records(lines_of(text), separator_of(text), tell, is_even=False):
        checked_size(file, sheet, number, len(row))
        rows += [[]] * (number - 1 - len(rows))
        rows.append([cell.strip() for cell in row])
    checked_cells(file, sheet, rows)
    return rows


def _is_run_on(row: list[str], lines: Sequence[str], mark: str, width: int) -> bool:
    """Whether a row over several lines is none: it is too long, has not the cells the others have, or its quotes do not match."""
    if len(lines) > _LONGEST_ROW or (width > 0 and len(row) != width):
        return True
    try:
        list(csv.reader((line + "\n" for line in lines), delimiter=mark, strict=True))
    except csv.Error:
        return True
    return False


def _check_headings(headings: list[str], number: int, tell: Tell) -> None:
    if len(headings) > COLUMN_LIMIT:
        message = f"There are {len(headings):,} columns; only the first {COLUMN_LIMIT} were read."
        tell(number, "too-many-columns", message, "accepted")
        del headings[COLUMN_LIMIT:]


def _is_sound(row: list[str], number: int, width: int, tell: Tell) -> bool:
    """Whether a row can be read; too short a one is filled up, and what stands beyond the headings is left out."""
    cells = len(row)
    if cells > COLUMN_LIMIT and cells > width:
        tell(number, "row-too-wide", f"The row has {cells:,} cells under {width} headings, so it was left out.", "refused")
        return False
    if cells < width:
        row += [""] * (width - cells)
        tell(
            number, "row-short", f"The row has {cells} cells under {width} headings; the missing ones count as empty.", "accepted"
        )
    elif cells > width:
        if any(cell.strip() for cell in row[width:]):
            message = f"The row has {cells} cells under {width} headings. What stands beyond them was left out."
            tell(number, "row-long", message, "accepted")
        del row[width:]
    if max(map(len, row)) > CELL_LIMIT:
        tell(
            number,
            "cell-too-long",
            f"A cell of the row has more than {CELL_LIMIT:,} characters; the row was left out.",
            "refused",
        )
        return False
    return True
