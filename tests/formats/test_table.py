"""Any table, read from a file or a paste to plain cells with the spreadsheet's own row numbers."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from planner.core.errors import Refused
from planner.core.plain_table import PlainTable, written
from planner.formats.apart import read_apart
from planner.formats.csv_rows import separator_of
from planner.formats.safety import checked_file
from planner.formats.table import Tables, pasted_table

LINES = [["Reference", "Initials", "Born"], ["C1", "A.B.", "03/04/2019"], ["C2", "Ó. Ŝ.", "13/11/2021"]]


def text_of(mark: str) -> str:
    return "\n".join(mark.join(line) for line in LINES)


def only(path: Path) -> PlainTable:
    checked_file(path)
    (table,) = Tables().read(path)
    return table


def cells_of(table: PlainTable) -> list[list[str]]:
    return [list(table.headings), *([written(cell) for cell in row.cells] for row in table.rows)]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_whatever_parts_its_cells_and_however_it_is_written(tmp_path, mark, encoding):
    path = tmp_path / ("list.tsv" if mark == "\t" else "list.csv")
    path.write_text(text_of(mark), encoding=encoding)
    assert cells_of(only(path)) == LINES


def test_text_that_is_not_utf_8_is_read_as_windows_1252_and_says_so(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("Reference,Name\nC1,Zoë".encode("cp1252"))
    table = only(path)
    assert table.rows[0].cells == ("C1", "Zoë")
    assert (table.encoding, [note.code for note in table.notes]) == ("cp1252", ["encoding-guessed"])


def test_letters_that_were_lost_before_the_file_was_written_are_no_fault_of_its_encoding(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Reference,Name\nC1,Zo\ufffd", encoding="utf-8")
    assert (only(path).encoding, only(path).notes) == ("utf-8-sig", ())


def test_text_in_no_usual_encoding_is_read_with_its_damage_shown_until_one_is_named(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("Reference,Name\nC1,Zoü".encode("cp850"))
    table = only(path)
    assert table.rows[0].cells == ("C1", "Zo\ufffd")
    assert [(note.code, note.outcome) for note in table.notes] == [("encoding-damaged", "ask")]
    (table,) = Tables().read(path, {"encoding": "cp850"})
    assert (table.rows[0].cells, table.notes) == (("C1", "Zoü"), ())


@pytest.mark.parametrize(
    ("text", "kept", "told"),
    [
        ('C1,"A.B.,4\nC2,"C.D.",5\nC3,"E.\nF.",6', ["C2", "C3"], [(2, "quote-open")]),
        ('C1,"A.\nB.",4\nC2,"C.D.,5', ["C1"], [(3, "quote-open")]),
        ("C1,Brown, A,4\nC2,B", ["C1", "C2"], [(2, "row-long")]),
        ("C1,A.B.,4,,\nC2,C.D.,5,", ["C1", "C2"], []),
        ("C1\u200b,A\u202eB,4", ["C1"], [(2, "hidden-characters")]),
        ('C1,"A.\nB."\nC2,C.D.,5', ["C1", "C2"], []),
        ('C1,6" tall,4\nC2,"line\n",5', ["C1", "C2"], []),
    ],
)
def test_a_row_that_is_written_wrongly_is_told_and_takes_no_other_with_it(text, kept, told):
    table = pasted_table(f"Reference,Initials,Age\n{text}")
    assert [row.cell(0) for row in table.rows] == kept
    assert [f"C{row.number - 1}" for row in table.rows] == kept
    assert [(note.row, note.code) for note in table.notes] == told


@pytest.mark.parametrize(("written_as", "named"), [("cp1250", "cp1250"), ("utf-16-be", "utf-16")])
def test_another_encoding_can_be_named(tmp_path, written_as, named):
    path = tmp_path / "list.csv"
    path.write_bytes("Reference,Name\nC1,Łucja".encode(written_as))
    (table,) = Tables().read(path, {"encoding": named})
    assert table.rows[0].cells == ("C1", "Łucja")


def test_a_first_line_that_names_the_separator_keeps_the_row_numbers(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("sep=;\n" + text_of(";"))
    table = only(path)
    assert (table.heading_row, [row.number for row in table.rows]) == (2, [3, 4])


def test_titles_and_empty_rows_keep_the_spreadsheet_s_numbers(tmp_path):
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("MASH")
        book.add_worksheet("Empty")
        sheet.write(0, 0, "Referrals this week")
        sheet.write_row(2, 0, ["Reference", "Received"])
        sheet.write_row(3, 0, ["C1"])
        sheet.write_datetime(3, 1, datetime(2026, 11, 20), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_row(5, 0, ["C2", 17.0])
    table = only(path)
    assert (table.file, table.sheet, table.heading_row) == ("list.xlsx", "MASH", 3)
    assert table.headings == ("Reference", "Received")
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("C1", date(2026, 11, 20))), (6, ("C2", 17.0))]
    assert written(table.rows[1].cell(1)) == "17"
    assert table.rows[1].cell(9) == ""


def opendocument(path: Path, first: str = "") -> Path:
    """The lines as an OpenDocument sheet; `first` stands in its first cell's element."""
    kinds = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{kind}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for kind in kinds)
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(cell.format(one) for one in line)}</table:table-row>" for line in LINES)
    rows = rows.replace("<table:table-cell ", f"<table:table-cell {first} ", 1)
    sheet = f'<table:table table:name="R &amp; D">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return path


@pytest.mark.parametrize(("rows", "told"), [(1, []), (2, [("R & D", "merged-cells", "ask")])])
def test_an_opendocument_sheet_is_read_and_cells_merged_over_rows_are_told(tmp_path, rows, told):
    table = only(opendocument(tmp_path / "list.ods", f'table:number-rows-spanned="{rows}"'))
    assert cells_of(table) == LINES
    assert [(note.sheet, note.code, note.outcome) for note in table.notes] == told


def test_an_opendocument_sheet_with_macros_is_refused(tmp_path):
    path = tmp_path / "list.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<x/>")
        archive.writestr("Basic/Standard/Module1.xml", "<x/>")
    with pytest.raises(Refused, match="macros"):
        checked_file(path)


def test_it_is_read_apart_like_any_format(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text_of(","))
    (table,) = read_apart(Tables(), path)
    assert cells_of(table) == LINES
    assert len(table.digest) == 64


def test_pasted_rows_need_no_headings():
    table = pasted_table("C1\tA.B.\t03/04/2019\nC2\tC.D.\t13/11/2021\n")
    assert (table.file, table.heading_row, table.headings) == ("Pasted text", 0, ("", "", ""))
    assert [row.cells for row in table.rows] == [("C1", "A.B.", "03/04/2019"), ("C2", "C.D.", "13/11/2021")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("list.csv", b"\n\n", "nothing written"),
        ("list.txt", b"\x00\x01", "not text"),
        ("list.ods", b"no archive", "OpenDocument"),
        ("list.pdf", b"%PDF", "not a kind of file"),
        ("list.xls", b"\xd0\xcf\x11\xe0", "macros"),
        ("list.csv", b"a,b\n1," + b"x" * 32_768, "32,767 characters"),
        ("list.csv", b"a" + b",b" * 256, "256 columns"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused, match=says):
        only(path)


@pytest.mark.parametrize("text", ["", " \n "])
def test_pasting_nothing_says_what_to_copy(text):
    with pytest.raises(Refused, match="Copy the rows"):
        pasted_table(text)


def test_a_comma_within_one_column_parts_nothing():
    assert separator_of("Name; Age\nBrown, A; 4\nGreen, B; 5") == ";"


cells = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp", "Cf"], exclude_characters='"'), max_size=8
)


@given(
    st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=9).filter(lambda rows: any(any(row) for row in rows))
)
def test_cells_copied_from_a_spreadsheet_come_back_as_they_were(rows):
    table = pasted_table("\n".join("\t".join(row) for row in rows))
    assert [[written(cell) for cell in row.cells] for row in table.every_row] == rows
