"""The whole queue in the window: every row of its page is decided where it stands, and is gone once it is."""

import pytest
from PySide6.QtCore import Qt

from planner.core.records import Event
from planner.settings import Settings
from planner.ui.dialogs.sign_assessment import SignAssessmentDialog
from planner.ui.drawer import Drawer
from planner.ui.screens import SCREENS
from planner.ui.window import Window


@pytest.fixture
def window(desk, qtbot, tmp_path):
    """The window, with two assessments with the manager."""
    children = [case.child.id for case in desk.outlook.held if case.plan == "assessment"][:2]
    sent = [
        Event(id=f"{n}{'a' * 31}", child_id=one, event="assessment_to_manager", on=desk.today) for n, one in enumerate(children)
    ]
    desk.perform("Fill in", lambda step: [step.put(event) for event in sent])
    qtbot.waitUntil(lambda: len(desk.outlook.manager_queue) == 2, timeout=10_000)
    window = Window(Settings(tmp_path / "settings.ini", {}))
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    window.open_desk(desk, SCREENS, Drawer(desk))
    yield window
    window.close_desk()


def test_a_row_of_the_page_behind_the_queue_is_decided_and_gone(window, desk, qtbot):
    bench = window.workbench
    qtbot.waitUntil(lambda: bench.screen_in_view is not None and "queue" in bench.screen_in_view.sections, timeout=20_000)
    bench.screen_in_view.sections["queue"].link.click()
    page = bench.rows_page
    assert page.model.rowCount() == 2
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    dialog = window.findChild(SignAssessmentDialog)
    dialog.reason.edit.setText("Family abroad for two weeks")
    dialog.act_button.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)
    assert len(desk.outlook.manager_queue) == 1
