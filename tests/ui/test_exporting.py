"""Exporting and copying the table in view, from every page that shows one; and the clipboard, which does not keep it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from planner.ui.arranging import NOT_SORTED
from planner.ui.clipboard import Copied, copied
from planner.ui.dialogs.export_rows import ExportDialog
from planner.ui.exporting import NO_ROWS, NO_TABLE
from planner.ui.screens import SCREENS
from planner.ui.table import Column, RowsView
from planner.ui.widgets.button import Button

COLUMNS = (Column("Child", str, strong=True), Column("Due", str))


@pytest.fixture
def window(desk, window_on):
    """The window at work on its first page."""
    return window_on(desk, size=(1280, 800))


def dialog_of(window):
    return next(dialog for dialog in window.findChildren(ExportDialog) if dialog.isVisible())


def export_buttons(window):
    """The buttons of the header that export."""
    buttons = window.workbench.header.findChildren(Button)
    return [button for button in buttons if button.text() == "Export" and button.isVisible()]


def place_of(name):
    return next(number for number, screen in enumerate(SCREENS) if screen.name == name)


@pytest.mark.parametrize("name", ["team", "policy", "log_visits", "cases"])
def test_a_page_with_a_table_has_the_button(window, qtbot, name):
    window.workbench.open_page(place_of(name))
    qtbot.waitUntil(lambda: window.workbench.screen_in_view.is_filled, timeout=20_000)
    assert len(export_buttons(window)) == 1


def test_the_rows_behind_a_figure_are_exported_as_they_are_shown(window, desk, qtbot, tmp_path, monkeypatch):
    desk.open_rows("Visits of Dev Patel: overdue", COLUMNS, ("C1", "C2", "C3"))
    window.workbench.rows_page.filter.setText("C2")
    export_buttons(window)[0].click()
    dialog = dialog_of(window)
    assert dialog.windowTitle() == "Export 1 row of Visits of Dev Patel: overdue?"
    offered = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: offered.append(args[2]) or (str(tmp_path / "o.csv"), ""))
    dialog.purpose.edit.setText("Supervision")
    dialog.format.choose("csv")
    dialog.act_button.click()
    qtbot.waitUntil((tmp_path / "o.csv").exists, timeout=20_000)
    assert offered == ["Visits of Dev Patel overdue 2026-11-23.csv"]
    assert "C2" in (tmp_path / "o.csv").read_text("utf-8-sig")
    assert "C3" not in (tmp_path / "o.csv").read_text("utf-8-sig")


def test_the_history_is_exported(window, qtbot):
    window.workbench.open_history()
    export_buttons(window)[0].click()
    assert "History" in dialog_of(window).windowTitle()


def test_the_table_that_has_the_focus_is_the_one_that_is_exported(window, desk, qtbot):
    desk.open_child(desk.outlook.overdue_visits[0].case.child.id)
    held = window.workbench.drawer.child.held
    qtbot.waitUntil(held.isVisible)
    held.setFocus()
    window.actions_by_name["export"].trigger()
    assert dialog_of(window).table is held


def test_a_table_is_sorted_by_keys_and_turned_round(window, desk, qtbot):
    desk.open_rows("Visits of Dev Patel: overdue", COLUMNS, ("C2", "C3", "C1"))
    table = window.workbench.rows_page.table

    def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.activePopupWidget() or table, key, modifiers)

    for expected in (("C1", "C2", "C3"), ("C3", "C2", "C1")):
        press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        press(Qt.Key.Key_Return)
        assert table.rows_model().shown == expected
        assert table.hasFocus()
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    acts = {action.text(): {one.text(): one for one in action.menu().actions()} for action in menu.actions() if action.menu()}
    acts["Move left"]["Due"].trigger()
    assert [column.title for column in table.shown_columns()] == ["Due", "Child"]
    before = table.columnWidth(1)
    acts["Wider"]["Due"].trigger()
    assert table.columnWidth(1) == before + 24
    menu.close()


def test_where_there_is_no_table_to_sort_or_to_filter_it_is_said(window):
    window.workbench.open_page(place_of("visits"))
    window.actions_by_name["sort"].trigger()
    assert window.workbench.message.words.text() == NOT_SORTED
    window.actions_by_name["filter"].trigger()
    assert window.workbench.message.words.text().startswith("This page has no list to filter.")


def test_ctrl_p_prints_what_the_drawer_shows_while_the_keyboard_is_in_it(window, desk, qtbot):
    asked = []
    desk.print_asked.connect(lambda report, options: asked.append((report.name, options.child_id or options.worker_id)))
    window.on_printing = None
    child, worker = desk.outlook.overdue_visits[0].case.child.id, desk.outlook.loads[0].worker.id
    drawer = window.workbench.drawer
    desk.open_child(child)
    drawer.child.more.setFocus()
    window.actions_by_name["print"].trigger()
    desk.open_worker(worker)
    drawer.worker.print_week.setFocus()
    window.actions_by_name["print"].trigger()
    assert asked == [("case-summary", child), ("worker-week", worker)]


def test_where_nothing_is_shown_there_is_nothing_to_take_and_it_is_said(window, desk, qtbot):
    said = []
    desk.failed.connect(said.append)
    desk.open_rows("Nothing", COLUMNS, ())
    window.workbench.rows_page.table.clearFocus()
    window.actions_by_name["export"].trigger()
    desk.open_rows("Something", COLUMNS, ("C1",))
    window.workbench.rows_page.model.set_rows(())
    window.actions_by_name["copy_table"].trigger()
    assert said == [NO_TABLE, NO_ROWS]


def test_every_row_shown_is_copied_and_taken_off_the_clipboard_with_the_lock(window, desk, qtbot):
    desk.open_rows("Overdue", COLUMNS, ("C1", "C2"))
    window.actions_by_name["copy_table"].trigger()
    assert QGuiApplication.clipboard().text() == "Child\tDue\nC1\tC1\nC2\tC2"
    assert window.workbench.message.words.text() == "Copied 2 rows of Overdue. They are taken off the clipboard soon."
    copied().empty()
    assert QGuiApplication.clipboard().text() == ""


@pytest.fixture
def at_once(qapp):
    """Copying that lasts no time at all."""
    made = Copied()
    made.seconds = 0
    return made


def test_what_was_copied_is_taken_off_the_clipboard_when_its_time_is_over(at_once, qtbot):
    at_once.copy("C10432")
    assert QGuiApplication.clipboard().text() == "C10432"
    assert QGuiApplication.clipboard().mimeData().data("x-kde-passwordManagerHint") == b"secret"
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")


def test_what_somebody_else_copied_since_stays(at_once, qtbot):
    at_once.seconds = 60
    at_once.copy("C10432")
    QGuiApplication.clipboard().setText("a shopping list")
    at_once.empty()
    assert QGuiApplication.clipboard().text() == "a shopping list"


def test_ctrl_c_in_any_table_copies_through_the_same_door(window, desk, qtbot):
    desk.open_rows("Overdue", COLUMNS, ("C1", "C2"))
    table = window.workbench.rows_page.table
    assert isinstance(table, RowsView)
    table.selectRow(1)

    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().endswith("C2\tC2")
    copied().empty()
    assert QGuiApplication.clipboard().text() == ""
