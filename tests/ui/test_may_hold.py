"""Who may lead what, changed in the window: the table by mouse and keys, what follows, and what is kept."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from planner.core.flow_records import MayHold
from planner.core.records import Worker
from planner.core.who_may_hold import KINDS
from planner.ui.dialogs.may_hold import MayHoldDialog
from planner.ui.team.holding_grid import HoldingGrid


@pytest.fixture
def over(qtbot):
    """A window for the dialog to lie over."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


@pytest.fixture
def dialog(desk, over):
    """The dialog over its window."""
    made = MayHoldDialog(desk, over)
    made.show_up()
    return made


@pytest.fixture
def grid(dialog):
    """Its table."""
    return dialog.cells.grid_view


def index_of(grid, name, kind):
    line = next(number for number, who in enumerate(grid.grid.rows) if name in (who.stage, who.role))
    return grid.grid.index(line, 1 + KINDS.index(kind))


def press(qtbot, dialog):
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)


def leads(desk, plan):
    """The children on a plan who have a worker."""
    return [case for case in desk.outlook.cases if case.worker is not None and case.plan == plan]


def test_the_table_says_what_the_policies_say(grid):
    assert grid.grid.said(index_of(grid, "asye", "cp")) == "co-worker"
    assert grid.grid.said(index_of(grid, "personal adviser", "lac")) == "may not"
    assert grid.grid.said(index_of(grid, "social worker", "cp")) == "may"
    spoken = index_of(grid, "asye", "court").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "ASYE, in court: only with a co-worker"


def test_a_change_is_looked_at_kept_and_taken_back(dialog, grid, desk, qtbot):
    held = leads(desk, "cp")
    assert held
    press(qtbot, dialog)
    assert "Nothing is changed" in dialog.trouble.text()
    grid.say(index_of(grid, "social worker", "cp"), "may not")
    qtbot.waitUntil(lambda: dialog.is_looked_at, timeout=10_000)
    found = {change.case.child.id for change in dialog.model.rows if change.after}
    assert {case.child.id for case in held if case.worker.role == "social worker"} <= found
    assert f"{len(found):,} child" in dialog.finding.text()
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(desk.workspace.snapshot.all(MayHold)), timeout=10_000)
    (said,) = desk.workspace.snapshot.all(MayHold).values()
    assert (said.role, said.plan, said.says, said.start) == ("social worker", "cp", "may not", desk.today)
    desk.undo()
    qtbot.waitUntil(lambda: not desk.workspace.snapshot.all(MayHold), timeout=10_000)


def test_keys_and_the_mouse_say_the_next_thing(grid, qtbot):
    grid.setFocus()
    grid.setCurrentIndex(index_of(grid, "asye", "cin"))
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert grid.grid.said(grid.currentIndex()) == "co-worker"
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    at = index_of(grid, "asye", "assessment")
    assert grid.currentIndex() == at
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(at).center())
    assert grid.grid.said(at) == "co-worker"
    for _ in range(3):
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert grid.grid.said(at) == "may"
    assert set(grid.grid.changes().values()) == {"co-worker"}
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(4, grid.visualRect(at).center().y()))
    assert len(grid.grid.changes()) == 1


def test_the_menu_of_a_cell_offers_everything(grid, qtbot):
    grid.setFocus()
    grid.setCurrentIndex(index_of(grid, "asye", "cin"))
    at = grid.visualRect(grid.currentIndex()).center()
    QApplication.sendEvent(grid.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, grid.mapToGlobal(at)))
    menu = next(one for one in grid.findChildren(QMenu))
    assert menu.actions()[0].text() == "May"
    menu.actions()[-1].trigger()
    assert grid.grid.said(grid.currentIndex()) == "may not"
    menu.close()


def test_a_day_gone_by_is_refused_and_a_later_day_keeps_what_was_changed(dialog, grid, desk, qtbot):
    grid.say(index_of(grid, "asye", "cp"), "may")
    dialog.start.set_day(desk.today + timedelta(days=30))
    assert list(grid.grid.changes().values()) == ["may"]
    dialog.start.set_day(desk.today - timedelta(days=1))
    press(qtbot, dialog)
    assert "from today on" in dialog.start.trouble.text()


def test_what_was_changed_is_kept_when_the_dialog_is_left(dialog, grid, desk, over):
    grid.say(index_of(grid, "asye", "cp"), "may")
    dialog.reject()
    again = MayHoldDialog(desk, over)
    again.show_up()
    assert list(again.cells.texts.values()) == ["may"]
    again.reject()


def test_the_table_is_a_sound_model(qtmodeltester, desk, dialog):
    assert desk.workspace.snapshot.all(Worker)
    grid = HoldingGrid(dialog)
    qtmodeltester.check(grid.grid)
    rows = dialog.cells.rows
    grid.show_cells(rows, dict(dialog.cells.grid_view.grid.before), dict(dialog.cells.grid_view.grid.now))
    qtmodeltester.check(grid.grid)
