"""Formulas of an Excel workbook that were saved without their value, as programs write them: they read as empty cells."""

import re
import zipfile
from html import unescape
from pathlib import Path, PurePosixPath

from planner.core.found import Problem

_SHEET, _RELATION = re.compile(r"<sheet\s[^>]*>"), re.compile(r"<Relationship\s[^>]*>")
_FORMULA = re.compile(rb'<c r="([A-Z]{1,3}\d+)"(?: s="\d+")?><f[^>]*?(?:/>|>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>')
"""A cell with a formula and no value; one of text, whose value may be empty, says `t="str"`."""


def uncounted_formulas(path: Path) -> dict[str, tuple[str, ...]]:
    """The cells of such formulas, as `H2`, by the name of their sheet; those of an .xlsx alone."""
    if path.suffix.casefold() != ".xlsx":
        return {}
    with zipfile.ZipFile(path) as archive:
        found = {name: _cells(archive, part) for name, part in _parts(archive).items()}
    return {name: cells for name, cells in found.items() if cells}


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that each sheet is, by its name."""
    try:
        book, relations = (archive.read(f"xl/{name}").decode("utf-8") for name in ("workbook.xml", "_rels/workbook.xml.rels"))
    except (KeyError, UnicodeDecodeError):
        return {}
    targets = {_attribute(one, "Id"): _attribute(one, "Target") for one in _RELATION.findall(relations)}
    sheets = {_attribute(one, "name"): targets.get(_attribute(one, "r:id"), "") for one in _SHEET.findall(book)}
    return {name: str(PurePosixPath("/xl", target)).lstrip("/") for name, target in sheets.items() if target}


def _attribute(element: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', element)
    return unescape(found[1]) if found else ""


def _cells(archive: zipfile.ZipFile, part: str) -> tuple[str, ...]:
    try:
        raw = archive.read(part)
    except KeyError:
        return ()
    return tuple(cell.decode() for cell in _FORMULA.findall(raw)) if b"<f" in raw else ()


def uncounted_problem(file: str, sheet: str, cells: tuple[str, ...]) -> Problem:
    """What is told of the formulas of one sheet, at the first of them."""
    formulas = "1 formula was" if len(cells) == 1 else f"{len(cells):,} formulas were"
    message = (
        f"{formulas} saved without a value and read as empty. Open the workbook in the spreadsheet program, save it and choose "
        "it again."
    )
    column = cells[0].rstrip("0123456789")
    row = int(cells[0].removeprefix(column))
    return Problem(file=file, sheet=sheet, row=row, column=column, code="formula-empty", message=message, outcome="refused")
