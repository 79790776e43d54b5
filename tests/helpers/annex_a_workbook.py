"""Workbooks in the shape of an Annex A, with invented children, written for tests; their dirt is of the kinds councils have."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from planner.formats.annex_a_lists import LISTS

AS_AT = date(2026, 11, 20)
Rows = Sequence[Mapping[str, Any]]


def headings(number: int) -> list[str]:
    """A list's headings as Ofsted writes them."""
    return [heading.title for heading in LISTS[number]]


def row(number: int, **values: Any) -> dict[str, Any]:
    """A row of a list by the keys the planner reads it under; `child` and `born` have invented values unless given."""
    titles = {heading.key: heading.title for heading in LISTS[number] if heading.key}
    filled = {"child": "70001", "born": date(2015, 5, 4)} | values
    return {titles[key]: value for key, value in filled.items()}


def write_workbook(
    path: Path, lists: Mapping[int, Rows], *, names: Mapping[int, str] | None = None, renamed: Mapping[str, str] | None = None
) -> Path:
    """Write lists to a workbook. `names` gives sheets other names; `renamed` gives headings other words."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    for number, rows in lists.items():
        sheet = book.add_worksheet((names or {}).get(number, f"List {number}"))
        titles = headings(number)
        sheet.write_row(0, 0, [(renamed or {}).get(title, title) for title in titles])
        for place, values in enumerate(rows, start=1):
            for title, value in values.items():
                _write(book, sheet, place, titles.index(title), value)
    book.close()
    return path


def _write(book: Any, sheet: Any, place: int, column: int, value: Any) -> None:
    if isinstance(value, str) and value.startswith("="):
        sheet.write_formula(place, column, value, None, "")
    elif value is not None:
        sheet.write(place, column, value)


def a_service(children: int, as_at: date = AS_AT) -> dict[int, Rows]:
    """Lists of an invented service of that many children: a third each on child in need, protection and looked-after plans."""
    lists: dict[int, list[dict[str, Any]]] = {3: [], 4: [], 6: [], 7: [], 8: []}
    for number in range(children):
        start = as_at - timedelta(days=60 + number % 300)
        common = {
            "child": 800_000 + number * 37,
            "born": date(2008 + number % 16, 1 + number % 12, 1 + number % 28),
            "team": f"Team {number % 6}",
            "worker": f"Worker{number % 6}{number % 60}\u00a0Invented",
        }
        seen = as_at - timedelta(days=number % 30)
        status = ("a) Looked after child", "b) Child Protection plan", "c) Child in need plan")[number % 3]
        lists[6].append(row(6, **common, start=start, need="N1 - Abuse or neglect", seen=seen, status=status))
        if number % 3 == 0:
            care = {"start": start, "legal_start": start, "legal": "C2: FCO", "placement": "f) U6: Foster placement - not FFA"}
            review = start + timedelta(days=20)
            lists[8].append(row(8, **common, **care, placement_start=start, review=review, visit=seen))
        elif number % 3 == 1:
            lists[7].append(row(7, **common, start=start, category="a) Neglect", visit=seen, alone="a) Yes"))
        if number % 4 == 0:
            lists[3].append(row(3, **common, referral=start, nfa="b) No"))
            lists[4].append(row(4, **common, start=start, authorised=start + timedelta(days=40)))
    return lists
