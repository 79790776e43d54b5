"""Ofsted's Annex A: the child-level lists a council's case system writes, as one workbook or a folder of CSV files."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from planner.core.errors import Refused
from planner.core.found import Found, Problem
from planner.formats.annex_a_children import children_of
from planner.formats.annex_a_lists import ABOUT, LISTS
from planner.formats.annex_a_rows import Row, list_number, list_rows, named_list
from planner.formats.annex_a_sheets import sheets_of
from planner.formats.corrections import correct
from planner.formats.notes import Notes
from planner.formats.sheets import Sheet

_PLANS = {4: "assessment", 6: "cin", 7: "cp", 8: "lac", 9: "care_leaver"}
"""The plan that each list is the list of."""


class AnnexA:
    """Reads an Annex A; see docs/FORMATS.md for what is taken from which column."""

    name = "annex-a"
    label = "Annex A workbook"
    extensions = (".xlsx", ".xlsm", ".xls")
    """What is taken for a workbook; the old ones and those with macros are then refused with what to do."""

    def recognises(self, path: Path) -> bool:
        """Whether a path looks like an Annex A: a workbook, a CSV file of one list, or a folder with one for each."""
        if path.is_dir():
            return any(named_list(file.stem) in LISTS for file in path.glob("*.csv"))
        if path.suffix.casefold() == ".csv":
            return named_list(path.stem) in LISTS
        return path.suffix.casefold() in self.extensions

    def read(
        self, path: Path, answers: Mapping[str, str] | None = None, progress: Callable[[float], None] = lambda _: None
    ) -> Found:
        """Read a source to what it says of each child.

        `answers` are a person's answers to the questions of an earlier reading, by their keys. Raises Refused where nothing
        of the source can be read; single rows and cells that cannot be are problems of what is found.
        """
        sheets = sheets_of(path)
        progress(0.4)
        notes = Notes(answers or {})
        lists = self._lists(path, sheets, notes, _written_on(path))
        progress(0.8)
        children = children_of(lists, notes)
        return Found(
            source=path.name,
            format=self.name,
            digest=digest_of(path),
            as_at=_newest(lists, _written_on(path)),
            children=tuple(children),
            problems=tuple(sorted(notes.problems, key=_place)),
            assumed=tuple(f"{what}: {count}." for what, count in notes.assumed.items() if count),
            questions=tuple(notes.questions.values()),
            holds=frozenset(plan for number, plan in _PLANS.items() if number in lists),
        )

    def _lists(self, path: Path, sheets: list[Sheet], notes: Notes, latest: date) -> dict[int, list[Row]]:
        """The rows of each list found; of two sheets for one list the first is read."""
        lists: dict[int, list[Row]] = {}
        for sheet in sheets:
            notes.corrected(correct(sheet.rows, range(1, len(sheet.rows) + 1), sheet.name, notes.answers))
            number = list_number(sheet)
            if number not in LISTS:
                continue
            if number in lists:
                message = f"{sheet.name} is a second sheet for List {number}; only the first was read."
                notes.problem(sheet, "sheet-twice", message, "refused")
                continue
            notes.problems += sheet.told
            lists[number] = list_rows(sheet, number, notes, latest)
        if not lists:
            raise Refused(
                f"{path.name} has none of the sheets List 3 to List 9, so it is not an Annex A. "
                "Choose the workbook that the case system's Annex A report wrote."
            )
        whole = Sheet(path.name, "", [])
        for number in LISTS:
            if number not in lists:
                message = f"There is no sheet List {number}, so no {ABOUT[number]} were read."
                notes.problem(whole, "sheet-missing", message, "accepted")
        return lists


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, or of a folder's CSV files in order of name."""
    digest = hashlib.sha256()
    for file in sorted(path.glob("*.csv")) if path.is_dir() else [path]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _written_on(path: Path) -> date:
    """The day the file was last written: nothing it tells of can be later."""
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()


def _newest(lists: Mapping[int, list[Row]], written: date) -> date | None:
    """The newest day the lists know of, births left out: the guess at the day they speak of."""
    days = {
        value
        for rows in lists.values()
        for row in rows
        for key, value in row.values.items()
        if key != "born" and isinstance(value, date) and value <= written
    }
    return max(days, default=None)


def _place(problem: Problem) -> tuple[str, int, str]:
    return (problem.sheet, problem.row or 0, problem.column)
