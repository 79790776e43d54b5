"""Reading one list of an Annex A to rows: columns found, dates and labels read, everything odd noted with its place."""

import re
from dataclasses import dataclass, field
from datetime import date

from planner.core.date_words import plain_date
from planner.core.found import Question
from planner.formats.annex_a_lists import ABOUT, LISTS, OPTIONAL
from planner.formats.dates import date_column
from planner.formats.headings import Match, matches
from planner.formats.labels import label_sets
from planner.formats.notes import Notes
from planner.formats.sheets import Sheet
from planner.formats.uncounted import uncounted_problem
from planner.formats.words import cell_text

_NUMBER = re.compile(r"(?:annex[\s_.-]*a[\s_.-]*)?list[\s_.-]*0*(\d{1,2})(?!\d)", re.IGNORECASE)
_HEADER_ROWS = 10
"""How far down the headings are looked for, under a title or a note."""
_SURE = 0.9
_EVERYWHERE = frozenset(("", "child", "born", "team", "worker"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: the spreadsheet's number, the child's reference and the values by their keys."""

    sheet: Sheet
    number: int
    child: str
    values: dict[str, object]

    @property
    def place(self) -> str:
        """Where it stands, for a person: `List 7, row 12`."""
        return f"{self.sheet.name}, row {self.number}"

    def day(self, key: str) -> date | None:
        """A date of the row, None where the cell is empty or could not be read."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def text(self, key: str) -> str:
        """A text or the code of a label, empty where there is none."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""


@dataclass(slots=True)
class _Layout:
    """Where a list's headings stand."""

    header: int
    found: list[Match] = field(default_factory=list)

    @property
    def strength(self) -> float:
        """How much of the layout was found for sure."""
        return sum(1 for match in self.found if match.score >= _SURE)


def named_list(name: str) -> int | None:
    """The number a sheet's or file's name gives: 7 for `List 7`, `list_07`, `Annex A List 7`."""
    named = _NUMBER.match(name.strip())
    return int(named[1]) if named else None


def list_number(sheet: Sheet) -> int | None:
    """Which list a sheet holds: by its name, else by its headings; None for a sheet of something else."""
    named = named_list(sheet.name)
    if named is not None:
        return named
    best = max(LISTS, key=lambda number: _layout(sheet, number).strength)
    layout = _layout(sheet, best)
    distinct = sum(1 for match in layout.found if match.score >= _SURE and match.heading.key not in _EVERYWHERE)
    return best if distinct >= 3 and any(match.heading.key == "child" for match in layout.found) else None


def _layout(sheet: Sheet, number: int) -> _Layout:
    """The row of headings that fits a list best, and its columns."""
    best = _Layout(0)
    for index, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        layout = _Layout(index, matches(LISTS[number], [cell_text(cell) for cell in row]))
        if layout.strength > best.strength:
            best = layout
    return best


def list_rows(sheet: Sheet, number: int, notes: Notes, latest: date | None) -> list[Row]:
    """The rows of a list; rows without a child are refused, and rows that say the same twice are left out."""
    layout = _layout(sheet, number)
    columns = {match.heading.key: match for match in layout.found if match.heading.key}
    if not _is_usable(sheet, number, columns, notes):
        return []
    _note_headings(sheet, number, layout, columns, notes)
    data = [
        (index + 1, row) for index, row in enumerate(sheet.rows) if index > layout.header and any(cell_text(cell) for cell in row)
    ]
    read = {key: _column(sheet, match, data, notes, latest) for key, match in columns.items()}
    rows, seen = [], set()
    for place, (row_number, cells) in enumerate(data):
        child = str(read["child"][place])
        if not child:
            _note_childless(sheet, row_number, columns["child"], notes)
            continue
        if (twin := tuple(map(cell_text, cells))) in seen:
            notes.problem(sheet, "row-twice", "This row stands twice in the list; it was read once.", "accepted", row=row_number)
            continue
        seen.add(twin)
        rows.append(Row(sheet, row_number, child, {key: values[place] for key, values in read.items()}))
    return rows


def _is_usable(sheet: Sheet, number: int, columns: dict[str, Match], notes: Notes) -> bool:
    """Whether a list has the headings without which nothing of it can be read; what is missing is noted as refused."""
    missing = [heading for heading in LISTS[number] if heading.required and heading.key not in columns]
    if not any(cell_text(cell) for row in sheet.rows for cell in row):
        notes.problem(sheet, "sheet-empty", f"{sheet.name} is empty, so no {ABOUT[number]} were read from it.", "accepted")
        return False
    for heading in missing:
        message = (
            f"{sheet.name} has no column “{heading.title}”, so none of its {ABOUT[number]} were read. "
            "Name the column so in its first row and import the workbook again."
        )
        notes.problem(sheet, "heading-missing", message, "refused", heading=heading.title)
    return not missing


def _note_headings(sheet: Sheet, number: int, layout: _Layout, columns: dict[str, Match], notes: Notes) -> None:
    """Note headings read under another name, wanted ones that are missing, merged cells, and formulas without a value."""
    for match in columns.values():
        if match.score < 1:
            message = f"The heading “{match.typed}” was read as “{match.heading.title}”."
            notes.problem(
                sheet, "heading-read-as", message, "accepted", row=layout.header + 1, column=match.column, heading=match.typed
            )
    for heading in LISTS[number]:
        if heading.key and heading.key not in columns and heading.key not in OPTIONAL:
            message = f"{sheet.name} has no column “{heading.title}”; what it would say is not known."
            notes.problem(sheet, "heading-missing", message, "accepted", row=layout.header + 1, heading=heading.title)
    if sheet.merged:
        message = f"{sheet.merged} merged ranges were read as if each of their cells held the value."
        notes.problem(sheet, "cells-merged", message, "accepted")
    if sheet.uncounted:
        notes.problems.append(uncounted_problem(sheet.file, sheet.name, sheet.uncounted))


def _note_childless(sheet: Sheet, row: int, match: Match, notes: Notes) -> None:
    message = "This row has no child unique ID, so it was left out. Add the ID in the case system and import again."
    notes.problem(sheet, "no-child-id", message, "refused", row=row, column=match.column, heading=match.typed)


def _column(sheet: Sheet, match: Match, data: list[tuple[int, list[object]]], notes: Notes, latest: date | None) -> list[object]:
    """A column's values, one for each row of data: dates, codes of labels, or text."""
    cells = [row[match.column] if match.column < len(row) else "" for _, row in data]
    numbers = [number for number, _ in data]
    if match.heading.kind == "text":
        return [cell_text(cell) for cell in cells]
    if match.heading.kind == "date":
        return _dates(sheet, match, cells, numbers, notes, latest)
    return _labels(sheet, match, cells, numbers, notes)


def _dates(
    sheet: Sheet, match: Match, cells: list[object], numbers: list[int], notes: Notes, latest: date | None
) -> list[object]:
    """A column of dates; a column whose dates could all be read two ways is a question, day first meanwhile."""
    key = f"dates:{sheet.name}:{match.heading.title}"
    answer = notes.answers.get(key)
    column = date_column(
        cells, latest=latest, day_first=None if answer is None else answer == "day first", from_1904=sheet.from_1904
    )
    for trouble in column.troubles:
        if trouble.outcome == "refused":
            notes.unread.add((sheet.name, numbers[trouble.index], match.heading.key))
        notes.problem(
            sheet,
            trouble.code,
            trouble.message,
            trouble.outcome,
            row=numbers[trouble.index],
            column=match.column,
            heading=match.typed,
            value=cells[trouble.index],
        )
    if column.two_ways:
        _ask_order(sheet, match, cells, numbers, column.two_ways, column.days, key, notes)
    return list(column.days)


def _ask_order(
    sheet: Sheet,
    match: Match,
    cells: list[object],
    numbers: list[int],
    two_ways: list[int],
    days: list[date | None],
    key: str,
    notes: Notes,
) -> None:
    """Ask whether day or month comes first, with the first such cell as the example."""
    first, count = two_ways[0], len(two_ways)
    day = days[first]
    example = f"{cells[first]} as {plain_date(day)}" if day else str(cells[first])
    many = "1 date that can" if count == 1 else f"{count} dates that can"
    message = f"There {'is' if count == 1 else 'are'} {many} be read two ways under “{match.typed}”: day first was taken."
    notes.asked(
        Question(
            key=key,
            heading=match.heading.title,
            value=cell_text(cells[first]),
            message=f"{message} For example {example}.",
            options=(("day first", "Day first"), ("month first", "Month first")),
            default="day first",
            rows=count,
        )
    )
    notes.problem(
        sheet, "date-two-ways", message, "ask", row=numbers[first], column=match.column, heading=match.typed, value=cells[first]
    )


def _labels(sheet: Sheet, match: Match, cells: list[object], numbers: list[int], notes: Notes) -> list[object]:
    """A column of labels as codes; a label that is not sure is a question, and empty meanwhile."""
    labels = label_sets()[match.heading.kind]
    known: dict[str, str | None] = {}
    values: list[object] = []
    for number, cell in zip(numbers, cells, strict=True):
        text = cell_text(cell)
        if text not in known:
            known[text] = labels.meaning(text) if text else ""
        code = known[text]
        if code is None and not match.heading.asked:
            known[text] = code = ""
            message = "This label is not known, so it was left out wherever it stands in this column."
            notes.problem(
                sheet, "label-left-out", message, "accepted", row=number, column=match.column, heading=match.typed, value=text
            )
        elif code is None:
            code = notes.label_asked(labels, match.heading.title, text)
            if not notes.is_answered(labels, text):
                message = f"The label is not known, or has two meanings. Say what it means under {match.heading.title}."
                notes.problem(
                    sheet, "label-unclear", message, "ask", row=number, column=match.column, heading=match.typed, value=text
                )
        values.append(code)
    return values
