"""Tables on their way to a spreadsheet: exactly what was shown, and never a formula."""

import csv
import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from planner.core.sheet_text import original
from planner.reports.as_csv import csv_bytes
from planner.reports.as_xlsx import xlsx_bytes
from planner.reports.plain_table import PlainTable

NASTY = ("=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "＝1", "'=1", '=HYPERLINK("http://x")')
TABLE = PlainTable(
    "Cases", ("As at 23 November 2026", "=purpose"), ("Child", "Age"), (("C10432 – A.B.", "7"), *((cell, "") for cell in NASTY))
)


def test_csv_holds_what_was_shown_under_what_it_is():
    rows = list(csv.reader(io.StringIO(csv_bytes(TABLE).decode("utf-8-sig"))))
    assert rows[:3] == [["Cases"], ["As at 23 November 2026"], ["'=purpose"]]
    assert rows[4:6] == [["Child", "Age"], ["C10432 – A.B.", "7"]]
    assert [original(row[0]) for row in rows[6:]] == list(NASTY)


@pytest.mark.parametrize("place", range(len(NASTY)))
def test_no_cell_of_a_csv_begins_a_formula(place):
    cell = list(csv.reader(io.StringIO(csv_bytes(TABLE).decode("utf-8-sig"))))[6 + place][0]
    assert cell.startswith("'")


def test_a_workbook_has_no_formula_and_no_link():
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(TABLE))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in "".join(parts.namelist()) + sheet


def test_a_workbook_holds_numbers_as_numbers_and_references_as_text():
    rows = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(TABLE))).get_sheet_by_index(0).to_python()
    assert rows[4] == ["Child", "Age"]
    assert rows[5] == ["C10432 – A.B.", 7.0]
    assert [original(row[0]) for row in rows[6:]] == list(NASTY)


def test_a_reference_with_a_zero_before_it_stays_text():
    made = xlsx_bytes(PlainTable("Cases", (), ("Reference",), (("00123",), ("1234567890",))))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
    assert rows[-2:] == [["00123"], ["1234567890"]]
