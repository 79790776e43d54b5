"""Moving a visit by words or by choosing: places that refuse it stay listed with their reason, and take nothing."""

from datetime import time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.actions.visits import Trip, plan_visit
from planner.core.board_making import board
from planner.core.records import Absence, Visit
from planner.ui.board.period import Period
from planner.ui.dialogs.move_visit import BACK, NO_SUCH, MoveVisitDialog, places
from tests.helpers.people import TODAY

FRIDAY = TODAY + timedelta(days=4)


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.resize(1280, 720)
    qtbot.addWidget(made)
    made.show()
    return made


def put(step, *records):
    for record in records:
        step.put(record)


def performed(desk, qtbot, action, *args):
    before = desk.outlook
    future = desk.workspace.perform("A step", action, *args)
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=10_000)
    return future.result().result


def the_trip(desk, visit):
    week = Period("week", TODAY)
    made = board(desk.outlook, week.first, week.last)
    row, column = made.place_of(visit.id)
    return next(trip for trip in made.rows[row].cells[column].trips if trip.visit.id == visit.id), made.days


@pytest.fixture
def planned(desk, qtbot):
    """A visit planned for today at two, by the worker of the first child held."""
    case = desk.outlook.held[0]
    return performed(desk, qtbot, plan_visit, [case.child.id], TODAY, case.worker.id, Trip(at=time(14)))


@pytest.fixture
def dialog(desk, planned, window):
    trip, days = the_trip(desk, planned)
    made = MoveVisitDialog(desk, trip, days, window)
    made.show_up()
    return made


def stored(desk, visit):
    return desk.workspace.snapshot.find(Visit, visit.id)


def other_worker(desk, planned):
    return next(one for one in desk.outlook.workers if one.id != planned.worker_id and not away(desk, one))


def away(desk, worker):
    return desk.workspace.snapshot.by(Absence, "worker_id", worker.id)


def test_it_opens_on_the_place_the_visit_has(dialog, planned):
    place = dialog.table.current_row()
    assert (place.worker_id, place.day) == (planned.worker_id, TODAY)
    assert dialog.time.text == "14:00"


def test_part_of_a_name_and_a_day_find_the_place_and_enter_moves_the_visit(dialog, desk, qtbot, planned):
    worker = other_worker(desk, planned)
    qtbot.keyClicks(dialog.typed.edit, f"{worker.name.casefold()} fri")
    qtbot.keyClick(dialog.typed.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(desk, planned).on == FRIDAY, timeout=10_000)
    assert (stored(desk, planned).worker_id, stored(desk, planned).at) == (worker.id, time(14))


def test_arrows_in_the_line_choose_among_the_places(dialog, qtbot):
    qtbot.keyClick(dialog.typed.edit, Qt.Key.Key_Down)
    assert dialog.table.current_row() == dialog.model.shown[1]


def test_a_place_that_refuses_the_visit_stays_listed_and_says_why_when_chosen(dialog, desk, qtbot, planned):
    off = next(one for one in desk.outlook.workers if away(desk, one))
    listed = [place for place in dialog.model.rows if place.worker_id == off.id]
    assert {place.refusal for place in listed} == {"Away"}
    qtbot.keyClicks(dialog.typed.edit, f"{off.name} {listed[0].words.split(',')[0]}")
    qtbot.keyClick(dialog.typed.edit, Qt.Key.Key_Return)
    assert "away" in dialog.typed.trouble.text()
    assert dialog.isVisible()
    assert stored(desk, planned) == planned


def test_words_that_find_nothing_say_what_to_type(dialog, qtbot):
    qtbot.keyClicks(dialog.typed.edit, "zzz")
    qtbot.keyClick(dialog.typed.edit, Qt.Key.Key_Return)
    assert dialog.typed.trouble.text() == NO_SUCH


def test_the_tray_is_a_place_too(dialog, desk, qtbot, planned):
    assert dialog.model.rows[-1].words == BACK
    qtbot.keyClicks(dialog.typed.edit, "tray")
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stored(desk, planned) is None, timeout=10_000)


def test_a_second_worker_is_named(dialog, desk, qtbot, planned):
    worker = other_worker(desk, planned)
    dialog.two.setChecked(True)
    dialog.second.choose(worker.id)
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stored(desk, planned).with_worker_ids == (worker.id,), timeout=10_000)
    assert stored(desk, planned).workers_needed == 2


def test_the_second_worker_is_not_the_first(dialog, qtbot, planned):
    dialog.two.setChecked(True)
    dialog.second.choose(planned.worker_id)
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert "someone other" in dialog.second.trouble.text()


def test_what_was_typed_is_there_again(dialog, desk, qtbot, planned, window):
    qtbot.keyClicks(dialog.typed.edit, "dev")
    dialog.reject()
    trip, days = the_trip(desk, planned)
    again = MoveVisitDialog(desk, trip, days, window)
    again.show_up()
    assert again.typed.text == "dev"


def test_places_count_the_visits_there_are(desk, planned):
    found = places(desk.outlook, [TODAY], planned.worker_id)
    assert (found[0].worker_id, found[0].visits) == (planned.worker_id, 1)
    assert len(found) == len(desk.outlook.workers)
