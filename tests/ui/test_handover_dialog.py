"""The plan for a leaver's children in its dialog: suggested, changed by keys, given in one step that can be taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.actions.visits import plan_visit
from planner.core.records import Visit
from planner.ui.dialogs.handover import NOBODY, HandoverDialog
from planner.ui.screens.team import TeamScreen


@pytest.fixture
def leaver(desk, qtbot):
    """A worker with children who leaves in 12 days."""
    worker = max(desk.outlook.workers, key=lambda one: len(desk.outlook.held_by(one.id)))
    before = desk.outlook
    leaving = replace(worker, assignment_end=desk.today + timedelta(days=12))
    desk.perform("Leave", lambda step: step.put(leaving))
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=10_000)
    return leaving


@pytest.fixture
def dialog(desk, qtbot, leaver):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(1280, 800)
    over.show()
    made = HandoverDialog(desk, leaver, leaver.assignment_end, "LEFTRL", over)
    made.show_up()
    qtbot.waitUntil(lambda: made.is_planned, timeout=10_000)
    yield made
    over.close()


def give(desk, qtbot, dialog):
    before = desk.outlook
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=10_000)


def test_every_child_of_the_leaver_stands_there_and_is_given_in_one_step(desk, qtbot, leaver, dialog):
    held = {case.child.id for case in desk.outlook.held_by(leaver.id)}
    assert {row.line.case.child.id for row in dialog.model.rows} == held
    wanted = {row.line.case.child.id: row.worker_id for row in dialog.model.rows if row.worker_id}
    assert wanted
    give(desk, qtbot, dialog)
    after = desk.workspace.snapshot
    assert {child: after.lead(child, leaver.assignment_end).worker_id for child in wanted} == wanted
    assert all(after.lead(child, desk.today).worker_id == leaver.id for child in held)
    assert desk.workspace.undoable == f"Give {len(wanted)} children of {leaver.name} to others"
    desk.undo()
    qtbot.waitUntil(lambda: len(desk.workspace.snapshot.held_by(leaver.id, leaver.assignment_end)) == len(held), timeout=10_000)


def test_visits_planned_after_that_day_go_to_the_new_worker_to_be_confirmed(desk, qtbot, leaver):
    child = desk.outlook.held_by(leaver.id)[0].child.id
    days = (leaver.assignment_end - timedelta(days=2), leaver.assignment_end + timedelta(days=2))
    made = [desk.workspace.perform("Plan", plan_visit, [child], day, leaver.id).result().result.id for day in days]
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    dialog = HandoverDialog(desk, leaver, leaver.assignment_end, "LEFTRL", over)
    dialog.show_up()
    qtbot.waitUntil(lambda: dialog.is_planned, timeout=10_000)
    assert "1 planned visit goes with them" in dialog.finding.text()
    new = dialog.chosen[child]
    give(desk, qtbot, dialog)
    visits = [desk.workspace.snapshot.find(Visit, one) for one in made]
    assert [(visit.worker_id, visit.confirmed_on) for visit in visits] == [(leaver.id, None), (new, None)]


def test_another_worker_is_chosen_by_keys_and_needs_a_reason(desk, qtbot, dialog):
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.who.control.hasFocus, timeout=2_000)
    row = dialog.table.current_row()
    other = next(one for one in row.line.options if not one.barred and one.worker.id != row.worker_id)
    while dialog.who.value != other.worker.id:
        qtbot.keyClick(dialog.who.control, Qt.Key.Key_Down if dialog.who.box.currentIndex() < 2 else Qt.Key.Key_Home)
    assert dialog.table.current_row().worker_name == other.worker.name
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert "Say why" in dialog.reason.trouble.text()
    dialog.reason.edit.setText("Asked for")
    give(desk, qtbot, dialog)
    held = desk.workspace.snapshot.lead(row.line.case.child.id, dialog.start.day)
    assert (held.worker_id, held.reason) == (other.worker.id, "Asked for")


def test_a_line_left_open_stays_with_the_leaver(desk, qtbot, leaver, dialog):
    dialog.who.choose("")
    row = dialog.table.current_row()
    assert row.worker_name == NOBODY
    assert f"stays with {leaver.name}" in dialog.finding.text()
    give(desk, qtbot, dialog)
    assert desk.workspace.snapshot.lead(row.line.case.child.id, leaver.assignment_end).worker_id == leaver.id


def test_the_team_page_opens_it_for_a_leaver_and_then_counts_nobody_to_place(desk, qtbot, leaver):
    screen = TeamScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    desk.outlook_changed.connect(screen.show_outlook)
    screen.show_outlook(desk.outlook)
    qtbot.waitUntil(lambda: screen.is_filled, timeout=10_000)
    button = next(one for one in screen.changes.buttons if one.change.worker.id == leaver.id)
    qtbot.mouseClick(screen.changes.places[button], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in screen.findChildren(HandoverDialog)), timeout=5_000)
    dialog = next(one for one in screen.findChildren(HandoverDialog) if one.isVisible())
    qtbot.waitUntil(lambda: dialog.is_planned, timeout=10_000)
    assert (dialog.start.day, dialog.code.value) == (leaver.assignment_end, "LEFTRL")
    give(desk, qtbot, dialog)
    qtbot.waitUntil(lambda: screen.outlook is desk.outlook, timeout=10_000)
    changes = {one.worker.id: one for one in screen.figures.changes}
    assert changes[leaver.id].cases == ()
