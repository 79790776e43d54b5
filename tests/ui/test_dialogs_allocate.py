"""Allocating: every worker listed with what is against them, the reason kept, a change of worker ending the lead before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.core.records import Allocation, ConflictOfInterest
from planner.ui.dialogs.allocate import AllocateDialog
from planner.ui.dialogs.end_allocation import EndAllocationDialog
from planner.ui.dialogs.worker_table import COLUMNS
from planner.ui.table import RowsModel


@pytest.fixture
def opened(desk, qtbot):
    """Opens dialogs over a window of their own, and waits until the workers are compared."""
    window = QWidget()
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()

    def _open(kind, child_id):
        dialog = kind(desk, child_id, window)
        dialog.show_up()
        if isinstance(dialog, AllocateDialog):
            qtbot.waitUntil(lambda: dialog.model.rowCount() > 0, timeout=10_000)
        return dialog

    return _open


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def put(step, *records):
    for record in records:
        step.put(record)


def changed(desk, qtbot, *records):
    before = desk.outlook
    desk.perform("Step", put, *records)
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=10_000)


def lead(desk, child_id):
    return desk.workspace.snapshot.lead(child_id, desk.today)


def test_a_waiting_child_is_allocated_with_the_reason(opened, desk, qtbot):
    child = desk.outlook.waiting[0].case.child
    dialog = opened(AllocateDialog, child.id)
    assert not dialog.code.isVisible()
    dialog.table.selectRow(0)
    chosen = dialog.choice
    assert dialog.act_button.text() == f"Allocate to {chosen.worker.name}"
    qtbot.keyClicks(dialog.reason.edit, "Has room and knows the school")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: lead(desk, child.id) is not None, timeout=10_000)
    held = lead(desk, child.id)
    assert (held.worker_id, held.start, held.reason) == (chosen.worker.id, desk.today, "Has room and knows the school")
    assert desk.workspace.undoable == f"Allocate {child.reference} – {child.initials} to {chosen.worker.name}"
    desk.undo()
    qtbot.waitUntil(lambda: lead(desk, child.id) is None, timeout=10_000)


def test_changing_the_worker_ends_the_lead_before_under_its_code(opened, desk, qtbot):
    case = desk.outlook.held[0]
    former = lead(desk, case.child.id)
    dialog = opened(AllocateDialog, case.child.id)
    assert dialog.code.isVisible()
    other = next(row for row in dialog.model.shown if row.worker.id != case.worker.id and not row.barred)
    dialog.choose(other.worker.id)
    qtbot.keyClicks(dialog.reason.edit, "Cover")
    press(qtbot, dialog.act_button)
    assert dialog.code.trouble.text() == "Choose the statutory reason for the change of worker."
    dialog.code.choose("ABSENC")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: lead(desk, case.child.id).worker_id == other.worker.id, timeout=10_000)
    ended = desk.workspace.snapshot.find(Allocation, former.id)
    assert (ended.end, ended.end_code) == (desk.today, "ABSENC")


def test_a_reason_is_asked_for(opened, desk, qtbot):
    dialog = opened(AllocateDialog, desk.outlook.waiting[0].case.child.id)
    press(qtbot, dialog.act_button)
    assert dialog.workers.trouble.text() == "Choose a worker in the list."
    dialog.table.selectRow(0)
    press(qtbot, dialog.act_button)
    assert dialog.reason.trouble.text().startswith("Say why this worker.")
    assert desk.workspace.undoable == ""


def test_every_worker_is_listed_and_one_who_cannot_take_the_child_says_why(opened, desk, qtbot):
    child = desk.outlook.waiting[0].case.child
    workers = desk.outlook.workers
    changed(
        desk,
        qtbot,
        ConflictOfInterest(id="c" * 32, worker_id=workers[0].id, child_id=child.id),
        replace(workers[1], assignment_end=desk.today + timedelta(days=14)),
    )
    dialog = opened(AllocateDialog, child.id)
    assert {row.worker.id for row in dialog.model.shown} == {worker.id for worker in workers}
    dialog.choose(workers[0].id)
    against = COLUMNS[-1].text(dialog.choice)
    assert against == "Cannot take this child. A conflict of interest is recorded."
    qtbot.keyClicks(dialog.reason.edit, "Nobody else")
    press(qtbot, dialog.act_button)
    assert "conflict of interest" in dialog.workers.trouble.text()
    assert lead(desk, child.id) is None
    dialog.choose(workers[1].id)
    assert "Leaves on 6 December 2026." in COLUMNS[-1].text(dialog.choice)


def test_points_after_are_those_of_the_load_with_the_child(opened, desk):
    dialog = opened(AllocateDialog, desk.outlook.waiting[0].case.child.id)
    for row in dialog.model.shown:
        assert row.after.used > row.now.used
        assert row.now == desk.outlook.load_of(row.worker.id)


def test_a_co_worker_is_added_beside_the_lead(opened, desk, qtbot):
    case = desk.outlook.held[0]
    dialog = opened(AllocateDialog, case.child.id)
    dialog.role.choose("co-worker")
    assert not dialog.code.isVisible()
    qtbot.waitUntil(lambda: any(row.worker.id == case.worker.id and not row.barred for row in dialog.model.shown))
    other = next(row for row in dialog.model.shown if row.worker.id != case.worker.id)
    dialog.choose(other.worker.id)
    qtbot.keyClicks(dialog.reason.edit, "Court work")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: len(desk.workspace.snapshot.holders(case.child.id, desk.today)) == 2, timeout=10_000)
    assert lead(desk, case.child.id).worker_id == case.worker.id


def test_a_refusal_is_shown_and_what_was_typed_stays(opened, desk, qtbot):
    child = desk.outlook.waiting[0].case.child
    dialog = opened(AllocateDialog, child.id)
    dialog.table.selectRow(0)
    dialog.start.set_day(date(2020, 1, 1))
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0)
    dialog.table.selectRow(0)
    qtbot.keyClicks(dialog.reason.edit, "Too early")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: "no open case" in dialog.trouble.text(), timeout=10_000)
    assert dialog.isVisible()
    assert dialog.reason.text == "Too early"
    assert dialog.act_button.isEnabled()


def test_a_draft_is_put_back_with_its_worker(opened, desk, qtbot):
    child = desk.outlook.waiting[0].case.child
    dialog = opened(AllocateDialog, child.id)
    dialog.table.selectRow(2)
    chosen = dialog.choice.worker.id
    qtbot.keyClicks(dialog.reason.edit, "Half a thou")
    press(qtbot, dialog.cancel_button)
    again = opened(AllocateDialog, child.id)
    assert again.reason.text == "Half a thou"
    qtbot.waitUntil(lambda: again.choice is not None and again.choice.worker.id == chosen, timeout=10_000)


def test_an_allocation_is_ended_under_its_code(opened, desk, qtbot):
    case = desk.outlook.held[0]
    held = lead(desk, case.child.id)
    dialog = opened(EndAllocationDialog, case.child.id)
    press(qtbot, dialog.act_button)
    assert dialog.code.trouble.text() == "Choose the statutory reason for the change of worker."
    dialog.code.choose("LEFTRL")
    qtbot.keyClicks(dialog.reason.edit, "Left the team")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: desk.workspace.snapshot.find(Allocation, held.id).end == desk.today, timeout=10_000)
    assert desk.workspace.snapshot.find(Allocation, held.id).end_code == "LEFTRL"
    qtbot.waitUntil(lambda: case.child.id in {row.case.child.id for row in desk.outlook.waiting}, timeout=10_000)


def test_the_workers_table_keeps_to_the_rules_of_qt(opened, desk, qtmodeltester):
    dialog = opened(AllocateDialog, desk.outlook.waiting[0].case.child.id)
    assert isinstance(dialog.model, RowsModel)
    qtmodeltester.check(dialog.model, force_py=True)


def test_a_worker_without_capacity_has_no_capacity_and_not_0(opened, desk, qtbot):
    worker = desk.outlook.workers[0]
    changed(desk, qtbot, replace(worker, pattern=(0,) * 7))
    dialog = opened(AllocateDialog, desk.outlook.waiting[0].case.child.id)
    dialog.choose(worker.id)
    assert COLUMNS[1].text(dialog.choice) == "no capacity"
