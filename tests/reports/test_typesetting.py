"""Documents in type: what stands on every page, what stays together, and that nothing in a document is markup."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from planner.reports.as_pdf import pdf
from planner.reports.as_svg import pages
from planner.reports.document import (
    Bar,
    BarPart,
    Block,
    Column,
    Document,
    Heading,
    Key,
    Notes,
    Pair,
    Row,
    Sheet,
    Signature,
    Strip,
    Table,
    Tick,
    WriteIn,
    cell,
    paragraph,
    row,
    stamped,
    strong,
)
from planner.reports.document import Fact as FactOfStrip
from tests.helpers.printed_words import text_of
from tests.reports.conftest import PRINTED_AT

COLUMNS = (Column("Child heading", 60), Column("Worker heading"), Column("Points heading", 30, "right"))


def document(*blocks: Block, sheets: int = 1) -> Document:
    made = tuple(Sheet(f"Sheet {n}", "Team", ("Monday", "As at"), f"Sheet {n}", blocks) for n in range(1, sheets + 1))
    return stamped(Document("Some sheet", made), "Helen Marsh", PRINTED_AT)


def rows(count: int) -> tuple[Row, ...]:
    return tuple(row(strong(f"C{10000 + n} – A.B."), "Dev Patel", str(n)) for n in range(count))


def everything() -> tuple[Block, ...]:
    bar = Bar((BarPart("cp", 300), BarPart("cin", 200, new=True)), 450, 600, "Dev Patel: 50 of 45")
    return (
        Strip((FactOfStrip("12", "children"), FactOfStrip("3", "late"))),
        Heading("Heading"),
        paragraph("Words ", strong("strong words")),
        Key((("cp", "Child protection"), ("lac", "Looked after"))),
        Table(COLUMNS, (row("Monday", kind="group"), row("A", bar, "1"), row("Sum", "", "1", kind="sum"))),
        Pair((Heading("Left"),), (Heading("Right"),)),
        Table(
            COLUMNS, (row(cell((Tick("Yes"), Tick("No"), WriteIn()), WriteIn("Reason")), cell(Tick()), cell(WriteIn("", 20))),)
        ),
        Signature((WriteIn("Agreed by"), WriteIn("Date"))),
        Notes("Notes", 2),
    )


def test_a_pdf_is_tagged_and_says_its_title_and_language() -> None:
    reader = PdfReader(BytesIO(pdf(document(*everything()))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("en")
    assert reader.metadata is not None
    assert reader.metadata.title == "Some sheet"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_every_page_is_a4_upright() -> None:
    for page in PdfReader(BytesIO(pdf(document(Table(COLUMNS, rows(200)))))).pages:
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)


def test_only_inter_is_used_and_it_lies_in_the_file() -> None:
    fonts = [
        font for page in PdfReader(BytesIO(pdf(document(*everything())))).pages for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert all("+Inter" in font["/BaseFont"] for font in fonts)


def test_nothing_is_set_under_8_points() -> None:
    sizes: set[float] = set()

    def visit(text: str, _matrix: object, scale: list[float], font: object, size: float) -> None:
        if text.strip() and font:
            sizes.add(round(size * abs(scale[3] or 1), 2))

    for page in PdfReader(BytesIO(pdf(document(*everything())))).pages:
        page.extract_text(visitor_text=visit)
    assert sizes
    assert min(sizes) >= 8


def test_every_page_says_which_of_how_many_it_is_what_it_is_who_printed_it_and_its_reference() -> None:
    made = document(Table(COLUMNS, rows(150)))
    found = text_of(pdf(made))
    assert len(found) > 3
    for number, text in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in text
        assert "Sheet 1. Printed by Helen Marsh, 23 November 2026 08:45." in text
        assert f"Print {made.reference}" in text
        assert "Initials only. Collect at the printer; shred after use." in text


def test_its_words_are_those_that_another_reader_finds() -> None:
    made = pdf(document(*everything(), Table(COLUMNS, (*rows(60), row("(a", "b) \\", "(c) [d]"))), sheets=2))
    assert text_of(made) == [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made)).pages]


def test_each_sheet_starts_a_page_of_its_own_and_pages_are_counted_through() -> None:
    found = text_of(pdf(document(Table(COLUMNS, rows(60)), sheets=3)))
    assert len(found) == 6
    assert [re.findall(r"Sheet \d\. Printed", text) for text in found] == [[f"Sheet {n}. Printed"] for n in (1, 1, 2, 2, 3, 3)]
    assert "Sheet 2, continued" in found[3]
    assert "continued" not in found[2]


def test_table_headings_repeat_on_every_page() -> None:
    found = text_of(pdf(document(Table(COLUMNS, rows(150)))))
    assert all("Child heading Worker heading Points heading" in text for text in found)


def test_a_group_heading_repeats_on_the_page_its_rows_run_on_to() -> None:
    grouped = (row("Monday", kind="group"), *rows(60), row("Tuesday", kind="group"), *rows(60))
    found = text_of(pdf(document(Table(COLUMNS, grouped))))
    assert all("Monday" in text or "Tuesday" in text for text in found)


@pytest.mark.parametrize("count", range(30, 48))
def test_a_sum_stands_on_the_page_of_its_last_row(count: int) -> None:
    summed = (*rows(count), row("Total sum", "", "9", kind="sum"))
    found = text_of(pdf(document(Table(COLUMNS, summed))))
    page = next(text for text in found if "Total sum" in text)
    assert f"C{10000 + count - 1}" in page


def test_a_row_does_not_break_over_pages() -> None:
    tall = tuple(row(cell(*(f"row {n} line {line}." for line in range(5))), "", "") for n in range(40))
    for text in text_of(pdf(document(Table(COLUMNS, tall)))):
        for n in set(re.findall(r"row (\d+) line 0\.", text)):
            assert f"row {n} line 4." in text


@pytest.mark.parametrize(
    "words",
    [
        *("#pagebreak()", "$x^2$", "[link]", "*/ comment", "// comment", "= Heading", '#import "x": *', "<label>", "@ref"),
        *("\\u{41}", "a_b_c *d*", "`raw`", "~", "--", "'\"", "<svg/>"),
    ],
)
def test_what_looks_like_markup_is_printed_as_it_was_typed(words: str) -> None:
    made = document(Heading(words), paragraph(words), Table((Column(words),), (row(words),)))
    assert "".join(text_of(pdf(made))).count(words) >= 4


def test_a_very_long_name_is_wrapped_in_its_cell() -> None:
    name = "Maximiliana Alexandrina Featherstonehaugh-Cholmondeley of Westmere-under-Lyme"
    found = text_of(pdf(document(Table(COLUMNS, (row(strong(f"C10432 – {name}"), "Dev Patel", "8"),)))))
    assert len(found) == 1
    assert all(word in found[0] for word in name.split("-"))


def test_no_page_is_printed_for_empty_note_lines_alone() -> None:
    for count in range(30, 48):
        found = text_of(pdf(document(Table(COLUMNS, rows(count)), Notes("Notes", 3))))
        assert all("C1" in text for text in found)


def test_the_preview_has_the_pages_of_the_pdf() -> None:
    made = document(*everything(), Table(COLUMNS, rows(100)))
    assert len(pages(made)) == len(text_of(pdf(made)))


def test_everything_is_drawn_in_grey() -> None:
    for page in pages(document(*everything())):
        for red, green, blue in re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b", page.decode()):
            assert red == green == blue


def test_a_document_of_no_sheets_is_one_page_with_its_footer() -> None:
    assert len(text_of(pdf(document(sheets=0)))) == 1
