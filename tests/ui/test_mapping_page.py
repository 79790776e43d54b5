"""The mapping page: what each column of a tracker is taken for, what that reads, and remembering it for the next one."""

from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter
from PySide6.QtCore import Qt

from planner.core.records import Child
from planner.formats.table import pasted_table
from planner.formats.tracker import DATES, column_key
from planner.formats.tracker_in_hand import TrackerInHand
from planner.ui.mapping.page import MappingPage
from planner.ui.mapping.words import NO_HEADING, NOT_TAKEN
from planner.ui.screens.import_page import ImportScreen

LATEST = date(2026, 11, 20)
TRACKER = (
    "Mosaic ID\tChild's name\tSW\tStatus\tCame to us\tSeen\tWhen due\tNotes\n"
    "10001\tOssie Invented\tLou Invented\tCIN\t01/09/2026\t03/11/2026\t01/12/2026\t{long}\n"
    "10002\tMinna Invented\tKim Invented\tCP\t14/09/2026\t13/11/2026\t27/11/2026\tAunt rang\n"
).format(long="The school rang again about the morning, and the aunt " * 3)


def hand(text: str = TRACKER, **answers: str) -> TrackerInHand:
    return TrackerInHand((pasted_table(text),), answers, LATEST)


@pytest.fixture
def page(desk, qtbot) -> MappingPage:
    made = MappingPage(desk)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


def show(page, qtbot, tracker: TrackerInHand) -> None:
    page.show_tracker(tracker)
    settle(page, qtbot)


def settle(page, qtbot) -> None:
    qtbot.waitUntil(lambda: page.reading is not None and page.reading.hand is page._hand, timeout=10_000)


def row(page, heading: str) -> dict[str, str]:
    column = next(one for one in page.model.rows if one.heading == heading)
    return {told.title: told.text(column) for told in page.model.columns}


def choose(page, qtbot, heading: str, field: str) -> None:
    """Say through the menu what a column is."""
    column = next(one for one in page.model.rows if one.heading == heading)
    menu = page.fields_menu(column)
    next(action for action in menu.actions() if action.text() == field).trigger()
    menu.deleteLater()
    settle(page, qtbot)


def test_every_column_stands_with_what_it_is_taken_for_and_why(page, qtbot):
    show(page, qtbot, hand())
    assert [column.heading for column in page.model.rows] == TRACKER.splitlines()[0].split("\t")
    assert row(page, "Mosaic ID")["Taken for"] == "Child reference"
    assert row(page, "Mosaic ID")["How sure"] == "Sure"
    assert row(page, "Notes")["Taken for"] == NOT_TAKEN
    assert row(page, "SW")["For example"] == "Lou Invented, Kim Invented"


def test_names_are_shown_as_initials_and_of_long_texts_only_that_they_are(page, qtbot):
    show(page, qtbot, hand())
    assert row(page, "Child's name")["For example"] == "O.I., M.I."
    assert "school" not in row(page, "Notes")["For example"]


def test_another_choice_is_read_at_once_and_says_how_much_it_reads(page, qtbot):
    show(page, qtbot, hand("Mosaic ID\tWhen\n10001\t03/11/2026\n10002\t13/11/2026"))
    before = page.reads.text()
    assert before == "Reads 2 children and 0 visits."
    choose(page, qtbot, "When", "Last visit")
    assert page.reads.text() == "Reads 2 children and 2 visits."
    assert row(page, "When")["How sure"] == "You said so"


def test_a_field_is_of_one_column_only(page, qtbot):
    show(page, qtbot, hand("Mosaic ID\tOther ID\n10001\t77\n10002\t78"))
    choose(page, qtbot, "Other ID", "Child reference")
    assert row(page, "Mosaic ID")["Taken for"] == NOT_TAKEN
    assert {child.reference for child in page.reading.found.children} == {"77", "78"}


def test_without_a_column_for_the_child_it_says_so_and_does_not_go_on(page, qtbot):
    show(page, qtbot, hand())
    choose(page, qtbot, "Mosaic ID", NOT_TAKEN)
    assert "which child a row is of" in page.reads.text()
    with qtbot.waitSignal(page.desk.failed):
        qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)


def test_the_order_of_day_and_month_is_said_for_all_dates(page, qtbot):
    show(page, qtbot, hand("Mosaic ID\tLast visit\n10001\t03/04/2026"))
    page.order.choose("month")
    settle(page, qtbot)
    assert page.reading.hand.answers[DATES] == "month"
    assert page.reading.found.children[0].visits[0].on == date(2026, 3, 4)


def test_a_column_without_a_heading_says_what_to_do(page, qtbot):
    show(page, qtbot, hand("Mosaic ID\t\tLast visit\n10001\tx\t03/11/2026"))
    page.table.selectRow(1)
    with qtbot.waitSignal(page.desk.failed) as failed:
        qtbot.mouseClick(page.change, Qt.MouseButton.LeftButton)
    assert failed.args[0] == NO_HEADING


def test_another_sheet_can_be_read(page, qtbot):
    first, second = pasted_table("Mosaic ID\tLast visit\n10001\t03/11/2026"), pasted_table("Ref\n1\n2\n3")
    tables = (replace(first, sheet="Open"), replace(second, sheet="Closed"))
    show(page, qtbot, TrackerInHand(tables, {}, LATEST))
    assert page.sheet.value == "Open"
    page.sheet.choose("Closed")
    settle(page, qtbot)
    assert [column.heading for column in page.model.rows] == ["Ref"]


@pytest.fixture
def screen(desk, qtbot) -> ImportScreen:
    made = ImportScreen(desk)
    qtbot.addWidget(made)
    for action in made.header_actions():
        qtbot.addWidget(action)
    made.resize(1050, 650)
    made.show()
    return made


def test_a_tracker_is_mapped_once_then_read_by_itself_and_that_is_said(screen, desk, qtbot, tmp_path):
    path = tmp_path / "our tracker.csv"
    path.write_text(TRACKER, encoding="utf-8")
    screen.open_path(path)
    qtbot.waitUntil(lambda: screen.stack.currentWidget() is vars(screen).get("mapping"), timeout=20_000)
    settle(screen.mapping, qtbot)
    choose(screen.mapping, qtbot, "Came to us", "Date received")
    qtbot.mouseClick(screen.mapping.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.preview is not None, timeout=20_000)
    assert desk.workspace.undoable == "Remember the columns of our tracker.csv"
    assert {child.received_on for child in screen.found.children} == {date(2026, 9, 1), date(2026, 9, 14)}
    other = tmp_path / "tracker of next week.csv"
    other.write_text(TRACKER.replace("10002", "10003"), encoding="utf-8")
    screen.preview = None
    screen.open_path(other)
    qtbot.waitUntil(lambda: screen.preview is not None, timeout=20_000)
    assert screen.checking.holds.text().endswith("Its columns are read as the last time.")
    assert screen.checking.day_label.text() == screen.checking.day.line.accessibleName() == "Tracker as at"
    assert {child.reference for child in screen.found.children} == {"10001", "10003"}
    qtbot.mouseClick(screen.checking.columns, Qt.MouseButton.LeftButton)
    assert screen.stack.currentWidget() is screen.mapping
    settle(screen.mapping, qtbot)
    assert screen.mapping.reading.hand.answers[column_key("Came to us")] == "received_on"


def test_the_text_of_a_tracker_is_read_again_in_the_encoding_that_is_said(screen, desk, qtbot, tmp_path):
    path, page = tmp_path / "tracker.csv", screen.mapping
    path.write_bytes(TRACKER.replace("Kim", "Zo\u00eb").encode("mac_roman"))
    screen.open_path(path)
    qtbot.waitUntil(lambda: screen.stack.currentWidget() is page, timeout=20_000)
    settle(page, qtbot)
    assert page.encoding.value == "cp1252"
    assert "not UTF-8" in page.note.text()
    choose(page, qtbot, "Came to us", "Date received")
    page.encoding.choose("mac_roman")
    qtbot.waitUntil(lambda: page._hand.table.encoding == "mac_roman" and screen.stack.currentWidget() is page, timeout=20_000)
    settle(page, qtbot)
    assert row(page, "SW")["For example"] == "Lou Invented, Zo\u00eb Invented"
    assert row(page, "Came to us")["Taken for"] == "Date received"
    assert page.note.text() == ""
    with qtbot.waitSignal(desk.failed, timeout=20_000):
        page.encoding.choose("utf-8-sig")
    assert (screen.stack.currentWidget(), page.encoding.value) == (page, "mac_roman")
    other = tmp_path / "next.csv"
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.preview is not None, timeout=20_000)
    assert "not UTF-8" not in screen.checking.footer.text()
    other.write_bytes(TRACKER.replace("Kim", "Zo\u00eb").encode("cp1252"))
    screen.preview = None
    screen.open_path(other)
    qtbot.waitUntil(lambda: screen.preview is not None, timeout=20_000)
    assert "not UTF-8" in screen.checking.footer.text()


def test_a_workbook_that_is_no_annex_a_is_offered_as_a_tracker(screen, desk, qtbot, tmp_path):
    path = tmp_path / "tracker.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Team")
        sheet.write_row(0, 0, ["Mosaic ID", "Last visit"])
        sheet.write_row(1, 0, [10001, date(2026, 11, 3)])
    screen.open_path(path)
    qtbot.waitUntil(lambda: screen.stack.currentWidget() is vars(screen).get("mapping"), timeout=20_000)
    settle(screen.mapping, qtbot)
    assert screen.mapping.note.text().startswith("This workbook is no Annex A")
    assert screen.mapping.reads.text() == "Reads 1 child and 1 visit."
    before = len(desk.workspace.snapshot.all(Child))
    qtbot.mouseClick(screen.mapping.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.preview is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not screen.checking.columns.isHidden(), timeout=10_000)
    assert len(desk.workspace.snapshot.all(Child)) == before


def test_a_tracker_of_twelve_hundred_children_does_not_hold_the_window(screen, qtbot, tmp_path, watchdog):
    lines = [f"{20_000 + number}\tLou Invented\tCIN\t{1 + number % 28:02}/09/2026" for number in range(1200)]
    path = tmp_path / "large.tsv"
    path.write_text("\n".join(["Mosaic ID\tSW\tStatus\tLast visit", *lines]), encoding="utf-8")
    with watchdog() as longest:
        screen.open_path(path)
        qtbot.waitUntil(lambda: screen.stack.currentWidget() is vars(screen).get("mapping"), timeout=30_000)
        settle(screen.mapping, qtbot)
        qtbot.mouseClick(screen.mapping.go, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: screen.preview is not None, timeout=30_000)
        qtbot.waitUntil(lambda: bool(screen.compare.lines), timeout=30_000)
    assert len(screen.found.children) == 1200
    assert longest.cpu_ms < 100


def test_dates_headed_seen_are_not_taken_for_yes_or_no(page, qtbot):
    show(page, qtbot, hand("Mosaic ID\tSeen\n10001\t03/11/2026\n10002\t13/11/2026"))
    assert row(page, "Seen")["Taken for"] != "Seen"
    assert page.reading.found.questions == ()
