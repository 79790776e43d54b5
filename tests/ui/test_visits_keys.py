"""Keys and menu on a block of the Visits page, and what is stored then."""

from datetime import time

import pytest
from PySide6.QtCore import Qt

from planner.actions.visits import move_visit, plan_visit
from planner.core.records import Event, Visit
from planner.ui.dialogs.cancel_visit import CancelVisitDialog
from planner.ui.dialogs.log_visit import LogVisitDialog
from planner.ui.dialogs.week_returned import NONE_PLANNED, WeekReturnedDialog
from tests.helpers.people import TODAY
from tests.helpers.visits_page import LEFT, a_visits_page, day, put


@pytest.fixture
def page(desk, qtbot):
    with a_visits_page(desk, qtbot) as made:
        yield made


def test_delete_cancels_with_a_reason(page, qtbot):
    planned = page.planned()
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    dialog = page.dialog(CancelVisitDialog)
    qtbot.keyClicks(dialog.reason.edit, "Family away")
    qtbot.mouseClick(dialog.act_button, LEFT)
    page.settled(lambda: not page.visits())
    assert page.desk.workspace.snapshot.find(Visit, planned.id).cancelled_reason == "Family away"


def test_enter_opens_the_child_of_a_block_and_the_worker_of_an_empty_day(page, qtbot):
    page.planned()
    child = page.view.trip().children[0].child
    with qtbot.waitSignal(page.desk.child_asked) as asked:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert asked.args == [child.id]
    row = next(number for number, row in enumerate(page.board.rows) if row.worker and not row.cells[4].items)
    page.view.stand_on(row, 4)
    with qtbot.waitSignal(page.desk.worker_asked) as worker_asked:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert worker_asked.args == [page.board.rows[row].worker_id]


def test_the_menu_pins_and_unpins(page):
    planned = page.planned()
    page.choose("&Pin")
    page.settled(lambda: page.visits()[0].pinned and page.view.trip() is not None and page.view.trip().visit.pinned)
    page.choose("&Unpin")
    page.settled(lambda: not page.visits()[0].pinned)
    assert page.visits()[0].id == planned.id


def test_the_menu_says_that_two_workers_are_needed(page):
    page.planned()
    page.choose("Two workers")
    page.settled(lambda: page.visits()[0].workers_needed == 2)


def test_a_visit_is_confirmed_by_key_and_by_menu_and_to_confirm_again_once_moved(page, qtbot):
    planned = page.planned(at=time(14))
    assert "for the worker to confirm" in page.spoken()
    qtbot.keyClick(page.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.settled(lambda: "confirmed by the worker" in page.spoken())
    assert page.visits()[0].confirmed_on == TODAY
    page.choose("To confirm again")
    page.settled(lambda: page.visits()[0].confirmed_on is None)
    page.settled(lambda: "for the worker to confirm" in page.spoken())
    page.choose("Confirmed by")
    page.settled(lambda: page.visits()[0].confirmed_on == TODAY and "confirmed by the worker" in page.spoken())
    page.done(move_visit, planned.id, day(4), planned.worker_id, time(14))
    assert page.visits()[0].confirmed_on is None


def test_a_printed_week_that_comes_back_is_entered_in_one_step(page):
    first = page.planned()
    other = next(row.case.child for row in page.desk.outlook.overdue_visits if row.case.child.id not in page.view.trip().visit.id)
    page.done(plan_visit, [other.id], first.on, first.worker_id)
    page.view.stand_on_visit(first.id)
    page.choose("Enter the printed week")
    dialog = page.dialog(WeekReturnedDialog)
    assert set(dialog.ticks) == {visit.id for visit in page.visits()}
    dialog.ticks[first.id].setChecked(False)
    dialog.act_button.click()
    page.settled(lambda: {visit.id for visit in page.visits() if visit.confirmed_on} == {*dialog.ticks} - {first.id})
    page.desk.undo()
    page.settled(lambda: not any(visit.confirmed_on for visit in page.visits()))


def test_without_a_planned_visit_there_is_no_week_to_enter(page):
    page.view.stand_on(0, 0)
    page.choose("Enter the printed week")
    assert page.refused[-1] == NONE_PLANNED


def test_the_menu_opens_what_the_allowance_is_made_of(page, qtbot):
    page.planned()
    row = page.board.rows[page.view.currentIndex().row()]
    with qtbot.waitSignal(page.desk.rows_asked) as asked:
        page.choose("Show what the allowance")
    title, _, rows = asked.args
    assert title.endswith(row.weeks[0].words)
    assert len([one for one in rows if one.what == "Planned"]) == row.weeks[0].used == 1


def test_a_planned_visit_is_logged_from_its_menu(page):
    planned = page.planned()
    page.choose("Log as made")
    dialog = page.dialog(LogVisitDialog)
    for outcome in dialog.outcomes:
        outcome.outcome.choose("alone")
    dialog.day.set_day(TODAY)
    dialog.act_button.click()
    page.settled(lambda: page.desk.workspace.snapshot.find(Visit, planned.id).status == "made")


def test_the_button_logs_the_visit_the_keys_stand_on_or_asks_which(page, qtbot):
    button = page.screen.header_actions()[0]
    qtbot.addWidget(button)
    with qtbot.waitSignal(page.desk.log_visit_asked):
        qtbot.mouseClick(button, LEFT)
    page.planned()
    qtbot.mouseClick(button, LEFT)
    assert page.dialog(LogVisitDialog).isVisible()


def test_arrows_go_over_blocks_and_then_to_the_next_cell(page, qtbot):
    planned = page.planned(at=time(9))
    row, column = page.board.place_of(planned.id)
    child = page.desk.outlook.held[0].child
    event = Event(
        id="e" * 32, child_id=child.id, worker_id=planned.worker_id, event="core_group_held", on=planned.on, status="planned"
    )
    page.done(put, event)
    page.view.stand_on(row, column, 0)
    assert page.view.trip().visit.id == planned.id
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    assert page.view.item_here().event.id == event.id
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    assert page.view.currentIndex().row() == row + 1
    qtbot.keyClick(page.view, Qt.Key.Key_Up)
    assert page.view.item_here().event.id == event.id
    qtbot.keyClick(page.view, Qt.Key.Key_Right)
    assert page.view.currentIndex().column() == min(column + 1, 4)


def test_a_fixed_date_opens_its_child_and_is_not_moved(page, qtbot):
    held = page.desk.outlook.held[0]
    page.done(put, Event(id="e" * 32, child_id=held.child.id, event="core_group_held", on=day(1), at=time(10), status="planned"))
    page.view.stand_on(page.board.row_of(held.worker.id), 1)
    with qtbot.waitSignal(page.desk.child_asked) as asked:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert asked.args == [held.child.id]
    qtbot.keyClick(page.view, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert page.refused
