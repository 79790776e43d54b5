"""The import page: choosing, reading apart, checking, importing and taking back, as a person does it."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from planner.core.records import Child
from planner.core.workspace_settings import SOURCE_AS_AT
from planner.formats.ssd import Ssd
from planner.ui.dialogs.correct_cell import CorrectCellDialog
from planner.ui.dialogs.export_tables import ExportTablesDialog
from planner.ui.page_header import PageHeader
from planner.ui.screens.import_page import ImportScreen
from planner.ui.screens.import_words import TABS, counted
from tests.helpers.annex_a_workbook import AS_AT, Rows, a_service, row, write_workbook
from tests.helpers.ssd_tables import a_child, write_extract

START = date(2026, 9, 1)
STAFF = {"team": "Locality", "worker": "Lou Invented"}


@pytest.fixture
def screen(desk, qtbot) -> ImportScreen:
    made = ImportScreen(desk)
    qtbot.addWidget(made)
    for action in made.header_actions():
        qtbot.addWidget(action)
    made.resize(1050, 650)
    made.show()
    return made


@pytest.fixture
def opened(screen, qtbot, tmp_path: Path) -> Callable[[Mapping[int, Rows]], Path]:
    """Writes lists to a workbook, opens it on the page, and waits for the preview."""

    def _opened(lists: Mapping[int, Rows]) -> Path:
        path = write_workbook(tmp_path / "annex a.xlsx", lists)
        screen.open_path(path)
        qtbot.waitUntil(lambda: screen.preview is not None, timeout=20_000)
        return path

    return _opened


def tab_titles(screen: ImportScreen) -> list[str]:
    return [button.text() for button in screen.checking.tabs.buttons]


def rows_of(screen: ImportScreen, kind: str) -> list[list[str]]:
    screen.checking.tabs.choose([tab.kind for tab in TABS].index(kind))
    model = screen.checking.model
    return [[column.text(row) for column in model.columns] for row in model.shown]


def test_before_a_file_is_chosen_there_is_one_thing_to_do(screen):
    assert screen.stack.currentWidget() is screen.choosing
    assert not screen.go.isVisible()


def test_the_import_takes_no_room_in_the_header_while_there_is_nothing_to_import(screen, desk, opened, qtbot):
    header = PageHeader(desk.today, desk.reference.calendar)
    qtbot.addWidget(header)
    header.show_actions(screen.header_actions())
    assert screen.go.isHidden()
    opened({7: [row(7, start=START, **STAFF)]})
    assert not screen.go.isHidden()
    for action in screen.header_actions():
        action.setParent(None)


def test_a_file_is_read_and_its_preview_shown_with_the_day_it_seems_to_be_of(screen, opened):
    opened({7: [row(7, start=START, visit=AS_AT, **STAFF)]})
    assert screen.checking.day.day == AS_AT
    assert tab_titles(screen)[0] == "New 7"
    new = rows_of(screen, "new")
    assert ["70001", "Visit", "Seen on 20 November 2026", "List 7, row 2"] in new
    assert screen.checking.holds.text() == "1 child: 1 with work open, 0 closed."


def test_the_import_is_one_step_with_a_receipt_that_undo_takes_back(screen, opened, desk, qtbot):
    before = len(desk.workspace.snapshot.all(Child))
    opened(a_service(30))
    qtbot.mouseClick(screen.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.receipt is not None, timeout=20_000)
    assert screen.stack.currentWidget() is screen.done
    assert "30 children" in screen.done.added.text()
    assert "Allocations" in screen.done.assumed.text()
    assert desk.workspace.snapshot.setting(SOURCE_AS_AT) == AS_AT.isoformat()
    qtbot.mouseClick(screen.done.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.receipt is None, timeout=20_000)
    assert len(desk.workspace.snapshot.all(Child)) == before


def test_of_a_file_that_is_imported_again_it_is_said_that_all_of_it_is_here(screen, opened, qtbot):
    lists = {7: [row(7, start=START, visit=AS_AT, **STAFF)]}
    opened(lists)
    qtbot.mouseClick(screen.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.receipt is not None, timeout=20_000)
    qtbot.mouseClick(screen.done.another, Qt.MouseButton.LeftButton)
    opened(lists)
    assert screen.checking.footer.text().startswith("Everything the file says is here already.")


def test_rows_that_are_left_out_stand_with_their_place_and_sentence(screen, opened):
    opened({7: [row(7, start=START, visit="31/02/2026"), row(7, child="", start=START)]})
    left_out = rows_of(screen, "refused")
    assert left_out[0][:3] == ["List 7, row 2, column J", "Date of the Last Statutory Visit", "31/02/2026"]
    assert left_out[1][0] == "List 7, row 3, column A"
    assert all(line[3].endswith(".") for line in left_out)


def test_a_cell_that_was_left_out_is_corrected_on_the_way_in(screen, opened, desk, qtbot):
    opened({7: [row(7, start=START, visit="31/11/2026", **STAFF)]})
    assert [line[2] for line in rows_of(screen, "refused")] == ["31/11/2026"]
    screen.checking.table.selectRow(0)
    qtbot.keyClick(screen.checking.table, Qt.Key.Key_Return)
    screen.findChild(CorrectCellDialog).reject()
    qtbot.waitUntil(lambda: screen.findChild(CorrectCellDialog) is None)
    qtbot.mouseClick(screen.checking.correct, Qt.MouseButton.LeftButton)
    dialog = screen.findChild(CorrectCellDialog)
    assert dialog.value.text == "31/11/2026"
    dialog.value.edit.setText("1 Sep 2026")
    screen.preview = None
    qtbot.keyClick(dialog.value.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.preview is not None, timeout=20_000)
    assert rows_of(screen, "refused") == []
    assert not screen.checking.correct.isVisible()
    assert [visit.on for visit in screen.found.children[0].visits] == [START]


def test_of_a_whole_row_it_is_said_that_it_is_corrected_in_the_file(screen, opened, desk, qtbot):
    opened({7: [row(7, start=START, visit="31/11/2026", **STAFF)]})
    rows_of(screen, "refused")
    with qtbot.waitSignal(desk.failed) as failed:
        qtbot.mouseClick(screen.checking.correct, Qt.MouseButton.LeftButton)
    assert "corrected in the file" in failed.args[0]


def test_dates_with_two_readings_stop_the_import_until_a_person_says(screen, opened, desk, qtbot):
    opened({7: [row(7, start="03/04/2026")]})
    with qtbot.waitSignal(desk.failed) as failed:
        qtbot.mouseClick(screen.go, Qt.MouseButton.LeftButton)
    assert "day or month" in failed.args[0]
    box = next(iter(screen.checking.questions.choices.values()))
    box.setCurrentIndex(box.findData("month first"))
    screen.preview = None
    qtbot.mouseClick(screen.checking.questions.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.preview is not None, timeout=20_000)
    assert not screen.checking.questions.unsettled()
    assert any("4 March 2026" in line[2] for line in rows_of(screen, "new"))


def test_a_worker_can_be_said_to_be_one_who_is_here(screen, opened, desk, qtbot):
    known = next(iter(desk.workspace.snapshot.all(type(desk.outlook.workers[0])).values()))
    opened({7: [row(7, start=START, team="Another team", worker=known.name)]})
    box = next(iter(screen.checking.questions.choices.values()))
    box.setCurrentIndex(box.findData(known.id))
    screen.preview = None
    qtbot.mouseClick(screen.checking.questions.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.preview is not None, timeout=20_000)
    assert "worker" not in screen.preview.added
    assert not screen.checking.questions.isVisible()


def test_another_day_is_looked_at_again(screen, opened, qtbot):
    opened({7: [row(7, start=START, visit=AS_AT)]})
    screen.preview = None
    screen.checking.day.set_date(date(2026, 11, 18))
    qtbot.waitUntil(lambda: screen.preview is not None, timeout=20_000)
    assert len(rows_of(screen, "refused")) == 1


def test_a_file_that_is_not_safe_is_refused_and_the_page_is_as_before(screen, desk, qtbot, tmp_path):
    path = tmp_path / "annex.xlsx"
    path.write_bytes(b"not a workbook")
    with qtbot.waitSignal(desk.failed, timeout=20_000) as failed:
        screen.open_path(path)
    assert "not a workbook" in failed.args[0]
    assert screen.stack.currentWidget() is screen.choosing


def test_a_picture_is_refused_at_once(screen, desk, qtbot, tmp_path):
    with qtbot.waitSignal(desk.failed) as failed:
        screen.open_path(tmp_path / "photo.png")
    assert "Choose an Annex A workbook" in failed.args[0]


def test_a_reading_can_be_stopped(screen, qtbot, tmp_path):
    screen.open_path(write_workbook(tmp_path / "annex a.xlsx", a_service(600)))
    qtbot.mouseClick(screen.reading.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.stack.currentWidget() is screen.choosing, timeout=20_000)
    assert screen.found is None


def test_a_file_can_be_dropped(screen, qtbot, tmp_path):
    path = write_workbook(tmp_path / "annex a.xlsx", {7: [row(7, start=START)]})
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    zone = screen.choosing.zone
    drop = QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    zone.dropEvent(drop)
    qtbot.waitUntil(lambda: screen.preview is not None, timeout=20_000)
    assert screen.found.source == "annex a.xlsx"


def test_the_list_of_problems_holds_places_and_no_values(screen, opened, qtbot, tmp_path, monkeypatch):
    opened({7: [row(7, child="70001", start=START, visit="31/02/2026", worker="Lou Invented")]})
    out = tmp_path / "problems.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(out), ""))
    with qtbot.waitSignal(screen.desk.told, timeout=10_000) as told:
        qtbot.mouseClick(screen.checking.export, Qt.MouseButton.LeftButton)
    assert told.args[0].startswith("Saved as problems.csv.")
    text = out.read_text("utf-8-sig")
    assert "List 7,2,J,Date of the Last Statutory Visit" in text
    assert not any(value in text for value in ("31/02/2026", "70001", "Lou"))


def test_a_list_of_problems_that_cannot_be_written_there_says_so(screen, opened, qtbot, tmp_path, monkeypatch):
    opened({7: [row(7, child="70001", start=START, visit="31/02/2026")]})
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "nowhere" / "problems.csv"), ""))
    with qtbot.waitSignal(screen.desk.failed, timeout=10_000) as failed:
        qtbot.mouseClick(screen.checking.export, Qt.MouseButton.LeftButton)
    assert failed.args[0].endswith("Choose another place.")


def test_the_window_is_never_busy_for_long_while_a_service_is_checked(screen, qtbot, tmp_path, watchdog):
    path = write_workbook(tmp_path / "annex a.xlsx", a_service(1200))
    with watchdog() as longest:
        screen.open_path(path)
        qtbot.waitUntil(lambda: screen.preview is not None, timeout=30_000)
    assert longest.cpu_ms < 100


def test_counts_are_words():
    assert counted({"child": 1, "visit": 1204}) == "1,204 visits, 1 child"
    assert counted({}) == "nothing"


def test_the_csv_files_of_an_extract_are_read_together_imported_with_progress_and_can_be_stopped(screen, desk, qtbot, tmp_path):
    folder = write_extract(tmp_path / "extract", a_child(cp_visits=[{"on": AS_AT, "seen": "Y"}]))
    screen.open_paths(sorted(folder.glob("*.csv")))
    qtbot.waitUntil(lambda: screen.preview is not None, timeout=20_000)
    assert screen.checking.holds.text() == "1 child: 1 with work open, 0 closed."
    before = len(desk.workspace.snapshot.all(Child))
    qtbot.mouseClick(screen.go, Qt.MouseButton.LeftButton)
    assert screen.stack.currentWidget() is screen.reading
    assert screen.reading.stop.text() == "Stop importing"
    screen._on_stop_clicked()
    qtbot.waitUntil(lambda: screen.stack.currentWidget() is not screen.reading, timeout=20_000)
    assert screen.stack.currentWidget() is screen.checking
    assert len(desk.workspace.snapshot.all(Child)) == before
    assert desk.workspace.undoable == ""
    qtbot.waitUntil(lambda: screen.preview is not None, timeout=20_000)
    qtbot.mouseClick(screen.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.receipt is not None, timeout=20_000)
    assert len(desk.workspace.snapshot.all(Child)) == before + 1


def test_two_sources_at_once_are_refused_with_what_to_do(screen, desk, qtbot, tmp_path):
    one, two = (write_workbook(tmp_path / name, {7: [row(7, start=START)]}) for name in ("one.xlsx", "two.xlsx"))
    with qtbot.waitSignal(desk.failed) as failed:
        screen.open_paths([one, two])
    assert failed.args[0] == "one.xlsx and two.xlsx are two sources. Import one, then the other."


def test_everything_is_exported_as_tables_with_its_purpose_on_record(screen, desk, qtbot, tmp_path, monkeypatch):
    out = tmp_path / "tables.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(out), ""))
    qtbot.mouseClick(screen.choosing.export, Qt.MouseButton.LeftButton)
    dialog = screen.findChild(ExportTablesDialog)
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert dialog.purpose.trouble.text() == "Say what the file is for. Nothing was written."
    dialog.purpose.edit.setText("Another computer")
    with qtbot.waitSignal(desk.told, timeout=20_000):
        qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert len(Ssd().read(out, {}).children) == len(desk.outlook.cases)
    assert [path.name for path in tmp_path.glob("*.zip")] == ["tables.zip"]


def test_what_is_accepted_in_the_comparison_is_gone_from_it_and_the_rest_stays(screen, opened, desk, qtbot):
    desk.outlook_changed.connect(screen.show_outlook)
    opened(a_service(3))
    qtbot.waitUntil(lambda: bool(screen.compare.lines), timeout=20_000)
    screen.checking.views.choose(1)
    assert screen.compare.isVisible()
    assert not screen.go.isVisible()
    before = len(screen.compare.lines)
    assert screen.checking.views.buttons[1].text() == f"Compare {before}"
    screen.compare.choose([line for line in screen.compare.lines if line.kind == "new"][:1], True)
    qtbot.mouseClick(screen.compare.accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(screen.compare.lines) == before - 1, timeout=20_000)
    assert desk.workspace.undoable == "Accept 1 difference from annex a.xlsx"
    assert screen.stack.currentWidget() is screen.checking
