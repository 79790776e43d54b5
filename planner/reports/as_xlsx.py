"""A table as an Excel workbook: one sheet, every cell text or a whole number, never a formula or a link."""

import io

from planner.core.sheet_text import neutral
from planner.reports.plain_table import PlainTable

_NARROWEST, _WIDEST = 8, 60
_MOST_DIGITS = 9
"""Longer figures are references, and stay text."""
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def xlsx_bytes(table: PlainTable) -> bytes:
    """The workbook; headings are bold, frozen and filtered."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number, line in enumerate((table.title, *table.about)):
            sheet.write_string(number, 0, neutral(line), bold if number == 0 else None)
        first = len(table.about) + 2
        for column, heading in enumerate(table.headings):
            sheet.write_string(first, column, neutral(heading), bold)
            sheet.set_column(column, column, _width(table, column))
        for number, row in enumerate(table.rows, first + 1):
            for column, cell in enumerate(row):
                if cell.isascii() and cell.isdigit() and len(cell) <= _MOST_DIGITS and str(int(cell)) == cell:
                    sheet.write_number(number, column, int(cell))
                else:
                    sheet.write_string(number, column, neutral(cell))
        if table.headings:
            sheet.freeze_panes(first + 1, 0)
            sheet.autofilter(first, 0, first + len(table.rows), len(table.headings) - 1)
    return out.getvalue()


def _width(table: PlainTable, column: int) -> int:
    longest = max([len(table.headings[column]), *(len(row[column]) for row in table.rows)])
    return min(max(longest + 2, _NARROWEST), _WIDEST)
