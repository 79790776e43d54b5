"""A report as rows for a spreadsheet, an Excel workbook or comma-separated values by how the file's name ends."""

from collections.abc import Callable
from datetime import date

from planner.core.errors import Refused
from planner.core.outlook import Outlook
from planner.reports.as_csv import csv_bytes
from planner.reports.as_xlsx import xlsx_bytes
from planner.reports.plain_table import PlainTable
from planner.reports.report import Report, SheetOptions

TABLES: dict[str, Callable[[PlainTable], bytes]] = {".xlsx": xlsx_bytes, ".csv": csv_bytes}
"""What rows can be written as, by the suffix of the file."""


def table_bytes(report: Report, outlook: Outlook, options: SheetOptions, today: date, suffix: str) -> bytes:
    """The report's rows as a file of that suffix, one of `TABLES`. Raises Refused for a report that has none, and as it does."""
    if report.table is None:
        raise Refused(f"{report.title} has no rows for a spreadsheet. Write it as PDF. Nothing was written.")
    return TABLES[suffix](report.table(outlook, options, today))
