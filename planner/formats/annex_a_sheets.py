"""The sheets of an Annex A: those of a workbook, or one for each CSV file."""

from pathlib import Path

from planner.core.errors import Refused
from planner.core.found import Problem
from planner.formats.csv_rows import text_rows
from planner.formats.sheets import DAMAGED, Sheet, decoded_text, workbook_sheets


def sheets_of(path: Path) -> list[Sheet]:
    """Every sheet of an .xlsx workbook, of one CSV file, or of the CSV files of a folder.

    Raises Refused with a sentence where the file cannot be read or is larger than the limits allow.
    """
    if path.is_dir():
        return [_csv_sheet(file) for file in sorted(path.glob("*.csv"))]
    if path.suffix.casefold() == ".csv":
        return [_csv_sheet(path)]
    return workbook_sheets(path)


def _csv_sheet(path: Path) -> Sheet:
    """Raises Refused on bytes that are no text, or that are no letters."""
    text, read_as = decoded_text(path.name, path.read_bytes())
    if read_as == "cp1252" and DAMAGED in text:
        raise Refused(f"{path.name} is not text. Save it again as “CSV UTF-8” and choose it again.")
    told: list[Problem] = []

    def tell(row: int | None, code: str, message: str, outcome: str) -> None:
        told.append(Problem(file=path.name, sheet=path.stem, row=row, code=code, message=message, outcome=outcome))

    rows: list[list[object]] = [list(row) for row in text_rows(path.name, path.stem, text, tell)]
    return Sheet(path.name, path.stem, rows, told=tuple(told))
