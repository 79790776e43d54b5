"""A manager at the keyboard: finds a child, opens the drawer, logs a visit, takes it back, and is where she was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from planner.settings import Settings
from planner.ui.dialogs.log_visit import LogVisitDialog
from planner.ui.drawer import Drawer
from planner.ui.logging.quick_line import QuickLine
from planner.ui.screens.cases import CasesScreen
from planner.ui.screens.log_visits import LogVisitsScreen
from planner.ui.window import Window


@pytest.fixture
def window(desk, qtbot, tmp_path):
    made = Window(Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.open_desk(desk, (CasesScreen, LogVisitsScreen), Drawer(desk))
    with qtbot.waitActive(made):
        made.show()
    return made


def dialog(window, kind):
    return next((shown for shown in window.findChildren(kind) if shown.isVisible()), None)


def test_find_open_log_undo_and_close_by_keys_alone(window, desk, qtbot):
    bench, screen = window.workbench, window.workbench.screen_in_view
    late = desk.outlook.overdue_visits[0].case
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is screen.filter
    qtbot.keyClicks(screen.filter, late.child.reference)
    screen.table.setFocus()
    screen.table.selectRow(0)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    assert bench.drawer.isVisible()
    assert late.child.reference in bench.drawer.title.text()
    bench.drawer.child.run_task("log")
    log = dialog(window, LogVisitDialog)
    for outcome in log.outcomes:
        outcome.outcome.choose("alone")
    qtbot.keyClick(log.time.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.workspace.undoable.startswith("Log visit to"), timeout=10_000)
    qtbot.waitUntil(bench.undo_bar.isVisible, timeout=10_000)
    assert bench.undo_bar.words.text().startswith(f"Logged a visit to {late.child.reference} – {late.child.initials}")
    qtbot.waitUntil(lambda: late.child.id not in {row.case.child.id for row in desk.outlook.overdue_visits}, timeout=10_000)
    qtbot.waitUntil(lambda: "late" not in screen.model.row_at(0).status, timeout=10_000)
    # Without a screen there is no window manager to bring the window back to the front.
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=2_000)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: late.child.id in {row.case.child.id for row in desk.outlook.overdue_visits}, timeout=10_000)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not bench.drawer.isVisible()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.table, timeout=2_000)


def test_ctrl_l_leads_to_the_page_for_many_visits_with_the_caret_in_its_first_field(window, desk, qtbot):
    desk.open_child(desk.outlook.held[0].child.id)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page = window.workbench.screen_in_view
    assert page.name == "log_visits"
    qtbot.waitUntil(page.entry.child.hasFocus, timeout=2_000)


def test_ctrl_j_opens_the_quick_line_over_the_page_in_view_and_goes_back_to_it(window, qtbot):
    page = window.workbench.screen_in_view
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    bar = dialog(window, QuickLine)
    qtbot.waitUntil(bar.field.hasFocus, timeout=2_000)
    assert window.workbench.screen_in_view is page
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert dialog(window, QuickLine) is bar


def test_a_pasted_list_is_reached_from_anywhere(window, qtbot):
    window.actions_by_name["visit_list"].trigger()
    page = window.workbench.screen_in_view
    assert page.name == "log_visits"
    qtbot.waitUntil(page.list_pane.box.hasFocus, timeout=2_000)


def test_the_drawer_of_a_worker_leads_to_a_child_and_back(window, desk):
    worker = desk.outlook.held[0].worker
    desk.open_worker(worker.id)
    drawer = window.workbench.drawer
    drawer.worker.held.row_opened.emit(drawer.worker.held.rows_model().row_at(0))
    assert drawer.back.text() == f"Back to {worker.name}"
    drawer.back.click()
    assert drawer.title.text() == worker.name


def test_initials_at_the_end_of_what_was_done_bring_their_own_full_stop(window):
    window.workbench.undo_bar.say("Ended the allocation of C10432 – A.B.")
    assert window.workbench.undo_bar.words.text() == "Ended the allocation of C10432 – A.B."
