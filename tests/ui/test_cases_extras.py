"""Cases: chips, kept views, columns as they were left, export of what is shown, and several rows at once."""

import csv
import io

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from planner.actions.several import unrecorded
from planner.core.records import Allocation, Visit, Worker
from planner.core.saved_views import saved_views
from planner.settings import read_settings
from planner.ui.case_filters import DUE, NOBODY, TYPE, WORKER
from planner.ui.case_tools import KeepViewDialog, RenameViewDialog
from planner.ui.dialogs.allocate_several import AllocateSeveralDialog
from planner.ui.dialogs.export_rows import ExportDialog
from planner.ui.screens.cases import CasesScreen
from tests.helpers.stores import change


@pytest.fixture
def settings(tmp_path):
    return read_settings(tmp_path / "settings.ini")


@pytest.fixture
def shown_screen(desk, qtbot, settings):
    """A function that opens the page anew."""

    def _shown():
        desk.settings = settings
        made = CasesScreen(desk)
        qtbot.addWidget(made)
        made.resize(1200, 700)
        made.show_outlook(desk.outlook)
        made.show()
        return made

    return _shown


@pytest.fixture
def screen(shown_screen):
    return shown_screen()


def titles(screen):
    return [column.title for column in screen.table.shown_columns()]


def choose(screen, kind, words):
    """Choose a value in a chip's menu, by its words."""
    menu = screen.tools.chips[kind].menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_chips_narrow_the_rows_and_say_so(screen):
    choose(screen, TYPE, "Child protection")
    assert {row.plan for row in screen.model.shown} == {"cp"}
    assert screen.tools.chips[TYPE].text() == "Type: Child protection"
    choose(screen, WORKER, "No worker")
    assert all(row.case.worker is None for row in screen.model.shown)
    assert screen.tools.filters.workers == {NOBODY}


def test_the_due_chip_has_the_children_with_an_overdue_visit(screen, desk):
    choose(screen, DUE, "Overdue")
    assert {row.child_id for row in screen.model.shown} == {late.case.child.id for late in desk.outlook.overdue_visits}


def test_chips_with_no_rows_say_so_and_are_cleared_by_the_button(screen, qtbot):
    choose(screen, WORKER, "No worker")
    choose(screen, TYPE, "Looked after")
    choose(screen, DUE, "Due later")
    if not screen.model.shown:
        assert "has all that is chosen above" in screen.empty.text()
        qtbot.mouseClick(screen.clear, Qt.MouseButton.LeftButton)
        assert len(screen.model.shown) == 24


def test_a_view_is_kept_and_put_back_with_everything_it_shows(screen, desk, qtbot):
    choose(screen, TYPE, "Child protection")
    screen.filter.setText("dev")
    screen.table.want_column("Age", False)
    screen.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    screen.tools.keep_asked.emit()
    dialog = screen.findChild(KeepViewDialog)
    dialog.name.edit.setText("Dev's CP")
    before = desk.outlook
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.outlook is not before)
    expected = [row.child_id for row in screen.model.shown]
    screen._on_clear_clicked()
    screen.table.want_column("Age", True)
    (view,) = saved_views(desk.workspace.snapshot, "cases")
    screen.tools.view_asked.emit(view)
    assert [row.child_id for row in screen.model.shown] == expected
    assert "Age" not in titles(screen)
    assert screen.filter.text() == "dev"
    screen.tools.views.menu().aboutToShow.emit()
    renaming = next(action.menu() for action in screen.tools.views.menu().actions() if action.text() == "Rename a view")
    renaming.actions()[0].trigger()
    dialog = screen.findChild(RenameViewDialog)
    assert dialog.name.edit.selectedText() == "Dev's CP"
    qtbot.keyClicks(dialog.name.edit, "Dev")
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: saved_views(desk.workspace.snapshot, "cases")[0].name == "Dev")


def test_columns_are_as_they_were_left_when_the_page_is_opened_again(screen, shown_screen, settings, qtbot):
    header = screen.table.horizontalHeader()
    header.moveSection(header.visualIndex(3), 0)
    screen.table.setColumnWidth(3, 222)
    screen.table.want_column("Last seen", False)
    qtbot.waitUntil(lambda: "Last seen" in settings.value("columns"))
    again = shown_screen()
    assert titles(again)[0] == "Worker"
    assert "Last seen" not in titles(again)
    assert again.table.columnWidth(3) == 222


def test_what_is_remembered_holds_nothing_of_any_child(screen, desk, settings, qtbot):
    screen.filter.setText(desk.outlook.cases[0].child.reference)
    screen.table.want_column("Age", False)
    qtbot.waitUntil(lambda: "Age" in settings.value("columns"))
    written = settings.path.read_text("utf-8")
    assert not any(case.child.reference in written or case.child.initials in written for case in desk.outlook.cases)


def test_exactly_what_is_shown_is_exported_and_recorded(screen, desk, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    screen.table.want_column("Age", False)
    screen.filter.setText("dev")
    qtbot.mouseClick(screen.export, Qt.MouseButton.LeftButton)
    dialog = screen.findChild(ExportDialog)
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert "Say what the file is for" in dialog.purpose.trouble.text()
    assert not path.exists()
    dialog.purpose.edit.setText("Performance meeting")
    dialog.format.choose("csv")
    with qtbot.waitSignal(desk.told) as told:
        qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert str(path) in told.args[0]
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    head = rows.index([])
    assert rows[head + 1] == titles(screen)
    assert [row[0] for row in rows[head + 2 :]] == [row.child for row in screen.model.shown]
    assert any("not encrypted" in line for (line,) in rows[:head])


def test_a_place_that_cannot_be_written_keeps_the_dialog_open_and_says_so(screen, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "nowhere" / "out.csv"), ""))
    qtbot.mouseClick(screen.export, Qt.MouseButton.LeftButton)
    dialog = screen.findChild(ExportDialog)
    dialog.purpose.edit.setText("Meeting")
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "was not written" in dialog.trouble.text())
    assert dialog.isVisible()


def select(screen, places):
    model = screen.table.selectionModel()
    model.clearSelection()
    for place in places:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        model.select(screen.model.index(place, 0), flags)


def test_what_a_filter_takes_out_of_view_is_no_longer_counted_as_selected(screen):
    select(screen, range(3))
    assert screen.selection.count == 3
    screen.filter.setText(screen.model.shown[1].child)
    assert (screen.selection.count, screen.selection.isVisible()) == (len(screen.table.selected_rows()), False)


def test_several_children_are_allocated_to_one_worker(screen, desk, qtbot):
    screen.tools.show_filters(screen.tools.filters.toggled(WORKER, NOBODY))
    select(screen, range(screen.model.rowCount()))
    assert screen.selection.words.text() == "2 children selected"
    ids = screen._selected_ids()
    qtbot.mouseClick(screen.selection.allocate, Qt.MouseButton.LeftButton)
    dialog = screen.findChild(AllocateSeveralDialog)
    worker = next(worker for worker in desk.workspace.snapshot.all(Worker).values() if worker.name == "Chloe Rudd")
    dialog.worker.choose(worker.id)
    dialog.reason.edit.setText("Room this week")
    before = desk.outlook
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.outlook is not before)
    leads = [desk.workspace.snapshot.lead(child_id, desk.today) for child_id in ids]
    assert {lead.worker_id for lead in leads} == {worker.id}
    assert all(isinstance(lead, Allocation) for lead in leads)


def test_the_menu_of_several_rows_does_the_same_for_all_and_no_row_moves_for_it(screen):
    top = screen.table.mapToGlobal(screen.table.rect().topLeft())
    select(screen, [0, 1, 2])
    assert screen.selection.isVisible()
    assert screen.table.mapToGlobal(screen.table.rect().topLeft()) == top
    screen.table.selectionModel().setCurrentIndex(screen.model.index(2, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    screen.table.customContextMenuRequested.emit(screen.table.rect().center())
    menu = QApplication.activePopupWidget()
    titles = [action.text() for action in menu.actions()]
    menu.close()
    assert titles[:2] == ["Allocate to one worker: 3 children selected", "Mark visits recorded: 3 children selected"]


def test_marking_visits_recorded_finishes_and_names_those_without_any(screen, desk, qtbot):
    snapshot = desk.workspace.snapshot
    child_id = screen.model.row_at(0).child_id
    visit = next(visit for visit, _ in snapshot.visits_of(child_id) if visit.status == "made")
    desk.workspace.perform("Unmark", change, visit, recorded_on=None).result()
    bare = next(row for row in screen.model.shown if not list(unrecorded(desk.workspace.snapshot, row.child_id)))
    select(screen, [0, screen.model.place_of(bare)])
    with qtbot.waitSignal(desk.rows_asked) as asked:
        qtbot.mouseClick(screen.selection.record, Qt.MouseButton.LeftButton)
    assert asked.args[0] == "1 child not changed, of 2"
    assert [row.child.id for row in asked.args[2]] == [bare.child_id]
    assert desk.workspace.snapshot.find(Visit, visit.id).recorded_on == desk.today


def test_view_and_chips_are_as_they_were_left_but_no_worker_and_nothing_typed(screen, shown_screen, settings):
    choose(screen, TYPE, "Child protection")
    choose(screen, WORKER, "Dev Patel")
    screen.filter.setText("dev")
    screen.views.choose(3)
    again = shown_screen()
    assert again.views.current == 3
    assert again.tools.filters.types == {"cp"}
    assert not again.tools.filters.workers
    assert "Dev" not in settings.path.read_text("utf-8")


def test_chips_answer_within_a_tenth_of_a_second_for_1200_children(big_desk, qtbot, watchdog):
    made = CasesScreen(big_desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show_outlook(big_desk.outlook)
    made.show()
    qtbot.wait(50)
    with watchdog() as longest:
        for words in ("Child protection", "Looked after"):
            choose(made, TYPE, words)
            qtbot.wait(10)
        qtbot.keyClicks(made.filter, "dev")
        qtbot.wait(10)
    assert longest.cpu_ms < 100
