"""Visits carried over the page: from the tray, within the board and back; mouse, keys and menu do the same."""

from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from planner.actions.visits import SeenAs, log_visit
from planner.core.records import Absence, Commitment, Sighting, Visit
from planner.ui.board.period import Period
from planner.ui.dialogs.move_visit import MoveVisitDialog
from tests.helpers.people import TODAY
from tests.helpers.visits_page import LEFT, a_visits_page, day, put


@pytest.fixture
def page(desk, qtbot):
    with a_visits_page(desk, qtbot) as made:
        yield made


# From the tray


def test_a_card_dragged_to_a_day_plans_one_trip_there(page):
    card = page.a_held_card()
    on = page.free_place(card.worker.id)
    page.drag(page.tray, page.card(card), page.cell(card.worker.id, on))
    page.settled(lambda: len(page.visits()) == 1 and page.board.place_of(page.visits()[0].id) is not None)
    made = page.visits()[0]
    assert (made.on, made.worker_id, made.role) == (on, card.worker.id, "lead")
    assert card.first.child.id not in {child_id for trip in page.board.tray for child_id in trip.child_ids}
    assert page.said[0].startswith(f"Planned a visit to {card.first.child.reference}")


def test_a_card_is_planned_by_keys_as_by_a_drag(page, qtbot):
    card = page.a_held_card()
    page.tray.setFocus()
    page.tray.stand_on(page.tray.tray.rows.index(card))
    qtbot.keyClick(page.tray, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    dialog = page.dialog(MoveVisitDialog)
    qtbot.keyClicks(dialog.typed.edit, f"{card.worker.name.split()[0]} {page.free_place(card.worker.id):%a}")
    qtbot.keyClick(dialog.typed.edit, Qt.Key.Key_Return)
    page.settled(lambda: len(page.visits()) == 1)
    assert (page.visits()[0].on, page.visits()[0].worker_id) == (page.free_place(card.worker.id), card.worker.id)


def test_a_household_is_one_card_and_one_trip_with_a_line_for_each_child(page):
    first, second = [trip for trip in page.board.tray if trip.worker is not None][:2]
    together = [replace(trip.first.child, household="H-together") for trip in (first, second)]
    page.done(put, *together)
    card = next(trip for trip in page.board.tray if len(trip.children) == 2)
    worker = next(row for row in page.board.rows if row.worker and not row.cells[0].refusal)
    page.drag(page.tray, page.card(card), page.cell(worker.worker_id, TODAY))
    page.settled(lambda: bool(page.visits()))
    sightings = page.desk.workspace.snapshot.by(Sighting, "visit_id", page.visits()[0].id)
    assert {sighting.child_id for sighting in sightings} == set(card.child_ids)
    assert len(page.visits()) == 1


def test_the_tray_counts_what_it_shows(page):
    headings = [row for row in page.tray.tray.rows if not hasattr(row, "children")]
    assert sum(heading.count for heading in headings) == len(page.board.tray)
    assert headings[0].words == "Overdue"
    assert page.screen.tray_title.text() == f"To place {len(page.board.tray)}"


# Within the board and back


def test_a_block_dragged_to_another_worker_and_day_keeps_its_time(page):
    planned = page.planned(at=time(14))
    to = next(row for row in page.board.rows if row.worker and row.worker_id != planned.worker_id and not row.cells[4].refusal)
    page.drag(page.view, page.view.rect_of(planned.id).center(), page.cell(to.worker_id, day(4)))
    page.settled(lambda: page.visits()[0].on == day(4))
    moved = page.visits()[0]
    assert (moved.id, moved.worker_id, moved.at) == (planned.id, to.worker_id, time(14))
    page.settled(lambda: page.view.trip() is not None and page.view.trip().visit.on == day(4))


def test_a_block_dragged_to_the_tray_is_taken_back_and_undo_puts_it_there_again(page):
    planned = page.planned()
    page.drag(page.view, page.view.rect_of(planned.id).center(), page.tray.viewport().mapToGlobal(QPoint(40, 60)))
    page.settled(lambda: not page.visits())
    page.desk.undo()
    page.settled(lambda: [visit.id for visit in page.visits()] == [planned.id])


def test_the_menu_takes_a_visit_back_as_a_drag_does(page):
    page.planned()
    page.choose("Back to the tray")
    page.settled(lambda: not page.visits())


def test_the_keys_take_a_visit_back_as_a_drag_does(page, qtbot):
    page.planned()
    qtbot.keyClick(page.view, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    dialog = page.dialog(MoveVisitDialog)
    qtbot.keyClicks(dialog.typed.edit, "back")
    qtbot.keyClick(dialog.typed.edit, Qt.Key.Key_Return)
    page.settled(lambda: not page.visits())


def test_escape_drops_nothing(page, qtbot):
    planned = page.planned()
    viewport, start = page.view.viewport(), page.view.rect_of(planned.id).center()
    QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(viewport, start + QPoint(14, 6))
    QTest.mouseMove(viewport, viewport.mapFromGlobal(page.cell(planned.worker_id, day(4))))
    assert page.view.carried is not None
    assert page.screen.carrying.copy.isVisible()
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    QTest.mouseRelease(
        viewport, LEFT, Qt.KeyboardModifier.NoModifier, viewport.mapFromGlobal(page.cell(planned.worker_id, day(4)))
    )
    assert page.view.carried is None
    assert not page.screen.carrying.copy.isVisible()
    assert page.visits() == [planned]


@pytest.mark.parametrize(
    ("kind", "reason"), [(Absence, "Away"), (Commitment, "On duty"), (None, "Does not work"), (Visit, "Day has passed")]
)
def test_a_refused_drop_changes_nothing_and_says_why(page, kind, reason):
    planned = page.planned()
    worker = next(row.worker for row in page.board.rows if row.worker and row.worker_id != planned.worker_id)
    on = day(3)
    if kind is Absence:
        page.done(put, Absence(id="e" * 32, worker_id=worker.id, first_day=on, last_day=on))
    elif kind is Commitment:
        page.done(put, Commitment(id="e" * 32, worker_id=worker.id, kind="duty", first_day=on, last_day=on))
    elif kind is None:
        page.done(put, replace(worker, pattern=(74, 74, 74, 0, 74, 0, 0)))
    else:
        page.screen.show_period(Period("month", TODAY))
        page.settled(lambda: len(page.board.days) > 10)
        on = date(2026, 11, 20)
    page.view.stand_on_visit(planned.id)
    for place in (page.view.board_model.index(0, page.board.days.index(on)), page.view.currentIndex()):
        page.view.scrollTo(place)
    cell = page.board.rows[page.board.row_of(worker.id)].cells[page.board.days.index(on)]
    assert cell.refusal == reason
    page.drag(page.view, page.view.rect_of(planned.id).center(), page.cell(worker.id, on))
    assert page.visits()[0].on == planned.on
    assert page.refused
    assert reason.lower() in page.refused[-1].lower()


def test_a_visit_that_was_made_cannot_be_carried(page):
    child = page.desk.outlook.held[0]
    page.done(log_visit, {child.child.id: SeenAs(seen=True)}, TODAY, child.worker.id)
    made = next(visit for visit in page.visits("made") if visit.on == TODAY)
    page.drag(page.view, page.view.rect_of(made.id).center(), page.cell(child.worker.id, day(4)))
    assert page.desk.workspace.snapshot.find(Visit, made.id) == made
    assert "has taken place" in page.refused[-1]
