"""The Visits page as a person works it: mouse, keys and menu do the same, and what is stored is looked at."""

from dataclasses import replace
from datetime import date, time, timedelta
from time import thread_time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from planner.actions.visits import SeenAs, Trip, log_visit, plan_visit
from planner.core.records import Absence, Commitment, Event, Sighting, Visit
from planner.ui.board.period import Period
from planner.ui.board.view import BoardView
from planner.ui.dialogs.cancel_visit import CancelVisitDialog
from planner.ui.dialogs.log_visit import LogVisitDialog
from planner.ui.dialogs.move_visit import MoveVisitDialog
from planner.ui.screens.visits import VisitsScreen
from tests.helpers.people import TODAY

LEFT = Qt.MouseButton.LeftButton
PAINT_MS = 16


def day(number):
    return TODAY + timedelta(days=number)


class Page:
    """A Visits page, with what a person does on it."""

    def __init__(self, desk, qtbot):
        self.desk, self.qtbot = desk, qtbot
        self.said, self.refused = [], []
        desk.done.connect(self.said.append)
        desk.failed.connect(self.refused.append)
        self.screen = VisitsScreen(desk)
        qtbot.addWidget(self.screen)
        self.screen.resize(1250, 760)
        self.screen.show()
        desk.outlook_changed.connect(self.screen.show_outlook)
        self.screen.show_outlook(desk.outlook)
        self.settled(lambda: self.board is not None)

    def settled(self, condition):
        self.qtbot.waitUntil(condition, timeout=10_000)

    def leave(self):
        self.desk.outlook_changed.disconnect(self.screen.show_outlook)

    @property
    def board(self):
        return self.screen.board

    @property
    def view(self):
        return self.screen.view

    @property
    def tray(self):
        return self.screen.tray

    def done(self, action, *args, **kwargs):
        """Perform an action and wait for the board that shows it."""
        before = self.board
        self.desk.perform("A step", action, *args, **kwargs)
        self.settled(lambda: self.board is not before)

    def visits(self, status="planned"):
        return list(self.desk.workspace.snapshot.by(Visit, "status", status))

    def cell(self, worker_id, on):
        row, column = self.board.row_of(worker_id), self.board.days.index(on)
        rect = self.view.visualRect(self.view.board_model.index(row, column))
        return self.view.viewport().mapToGlobal(rect.center())

    def drag(self, source, start, to):
        """Press, go there in steps, and let go; `start` is in the source's viewport and `to` on the screen."""
        viewport = source.viewport()
        QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(viewport, start + QPoint(14, 6))
        QTest.mouseMove(viewport, viewport.mapFromGlobal(to))
        QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, viewport.mapFromGlobal(to))

    def card(self, trip):
        self.tray.scrollTo(self.tray.tray.index(self.tray.tray.rows.index(trip)))
        return self.tray.rect_of(trip.first.child.id).center()

    def free_place(self, worker_id):
        row = self.board.rows[self.board.row_of(worker_id)]
        return next(cell.day for cell in row.cells if not cell.refusal)

    def a_held_card(self):
        """A card of a worker who is at work."""
        for trip in self.board.tray:
            if trip.worker is not None:
                row = self.board.rows[self.board.row_of(trip.worker.id)]
                if any(not cell.refusal for cell in row.cells):
                    return trip
        raise AssertionError("no card")

    def planned(self, **fields):
        """A visit on the board, with the keys on it."""
        card = self.a_held_card()
        self.done(plan_visit, list(card.child_ids), self.free_place(card.worker.id), card.worker.id, Trip(**fields))
        made = self.visits()[-1]
        self.view.stand_on_visit(made.id)
        return made

    def dialog(self, kind):
        found = [one for one in self.screen.findChildren(kind) if one.isVisible()]
        assert found, f"no {kind.__name__}: {self.refused}"
        return found[-1]

    def menu(self):
        return [menu for menu in self.screen.findChildren(QMenu) if menu.isVisible()][-1]

    def choose(self, words):
        """Open the menu by its key and choose a line of it."""
        self.qtbot.keyClick(self.view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
        menu = self.menu()
        action = next(action for action in menu.actions() if action.text().startswith(words))
        action.trigger()
        menu.close()


@pytest.fixture
def page(desk, qtbot):
    made = Page(desk, qtbot)
    yield made
    made.leave()


@pytest.fixture
def big_page(big_desk, qtbot):
    made = Page(big_desk, qtbot)
    yield made
    made.leave()


def put(step, *records):
    for record in records:
        step.put(record)


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
    page.view.scrollTo(page.view.currentIndex())
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


# Keys and menu on a block


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


# What is shown and spoken


def test_the_past_can_be_looked_at_and_not_changed(page, qtbot):
    planned = page.planned()
    page.desk.look_at(on=day(-7))
    page.settled(lambda: page.board.first == day(-7))
    page.screen.show_period(Period("week", TODAY))
    page.settled(lambda: page.board.first == TODAY)
    page.view.stand_on_visit(planned.id)
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert "looking at the past" in page.refused[-1]
    page.drag(page.view, page.view.rect_of(planned.id).center(), page.cell(planned.worker_id, day(4)))
    assert page.visits() == [planned]


@pytest.mark.parametrize(("span", "days"), [("week", 5), ("two weeks", 10), ("month", 21)])
def test_a_week_two_weeks_or_a_month_is_shown(page, qtbot, span, days):
    qtbot.mouseClick(page.screen.toolbar.spans[span], LEFT)
    page.settled(lambda: len([day for day in page.board.days if day.isoweekday() < 6]) == days)


def test_a_month_opens_on_today(page):
    page.screen.show_period(Period("month", TODAY))
    page.settled(lambda: len(page.board.days) > 10)
    assert page.view.columnViewportPosition(page.board.days.index(TODAY)) < page.view.viewport().width() // 2


def test_next_and_previous_show_the_weeks_beside(page, qtbot):
    qtbot.mouseClick(page.screen.toolbar.next, LEFT)
    page.settled(lambda: page.board.first == day(7))
    assert page.screen.toolbar.days.text() == "30 November to 4 December 2026"
    page.view.setFocus()
    qtbot.mouseClick(page.screen.toolbar.previous, LEFT)
    qtbot.mouseClick(page.screen.toolbar.previous, LEFT)
    page.settled(lambda: page.board.first == day(-7))
    qtbot.mouseClick(page.screen.toolbar.days, LEFT)
    page.settled(lambda: page.board.first == TODAY)


def test_each_cell_says_all_it_shows(page):
    page.planned(at=time(14), pinned=True)
    trip, row = page.view.trip(), page.board.rows[page.view.currentIndex().row()]
    said = page.view.board_model.data(page.view.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    child = trip.children[0].child
    for part in (row.worker.name, f"{child.reference} – {child.initials}", "14:00", "pinned", "for the worker to confirm"):
        assert part in said
    assert child.name not in said


def test_a_screen_reader_finds_a_table_of_workers_and_days(page):
    table = QAccessible.queryAccessibleInterface(page.view)
    assert table.role() == QAccessible.Role.Table
    assert table.childCount() == (len(page.board.rows) + 1) * (len(page.board.days) + 1)
    head = table.child(1 + len(page.board.days))
    assert head.role() == QAccessible.Role.RowHeader
    assert head.text(QAccessible.Text.Name).startswith(page.board.rows[0].worker.name)


def test_the_table_twin_has_one_row_a_worker_and_one_cell_a_day(page, qtbot):
    page.planned()
    qtbot.mouseClick(page.screen.toolbar.as_table, LEFT)
    assert page.screen.table.isVisible()
    assert page.screen.table_model.rowCount() == len(page.board.rows)
    assert page.screen.table_model.columnCount() == 3 + len(page.board.days)
    qtbot.mouseClick(page.screen.toolbar.as_board, LEFT)
    assert page.view.isVisible()


def test_the_count_in_the_navigation_is_of_the_children_overdue(page):
    late = len(page.desk.outlook.overdue_visits)
    assert VisitsScreen.count(page.desk.outlook) == (f"{late} overdue", True)
    assert page.board.overdue == late
    assert f"{late} overdue and {page.board.needed - late} due" in page.screen.finding(page.desk.outlook)


def test_the_line_beneath_says_what_is_left(page):
    assert page.view.foot.accessibleName().startswith("Places left: Monday 23 November")


def test_no_target_is_smaller_than_24_pixels(page):
    planned = page.planned()
    assert page.view.rect_of(planned.id).height() >= 24
    small = [widget for widget in page.screen.findChildren(QWidget) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert all(widget.height() >= 24 for widget in small if widget.isVisible())


def test_everything_that_takes_the_focus_has_a_name(page):
    found = [widget for widget in page.screen.findChildren(QWidget) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    unnamed = [widget for widget in found if not (widget.accessibleName() or getattr(widget, "text", str)())]
    assert unnamed == []


# At the size of the largest project


def test_the_board_of_65_workers_is_painted_within_a_frame(big_page):
    page = big_page
    assert len(page.board.rows) == 66
    page.done(_plan_many, page.board)
    view: BoardView = page.view
    picture = QPixmap(view.viewport().size())
    view.viewport().render(picture)
    assert _least_ms(lambda: view.viewport().render(picture)) < PAINT_MS


def test_nothing_keeps_the_window_waiting_at_1200_children(big_page, watchdog):
    page = big_page
    card = page.a_held_card()
    on = page.free_place(card.worker.id)
    with watchdog() as longest:
        for span in ("two weeks", "month", "week"):
            before = page.board
            page.screen.show_period(Period(span, TODAY))
            page.settled(lambda before=before: page.board is not before)
        page.view.scrollTo(page.view.board_model.index(page.board.row_of(card.worker.id), 0))
        page.drag(page.tray, page.card(card), page.cell(card.worker.id, on))
        page.settled(lambda: len(page.visits()) == 1 and page.board.place_of(page.visits()[0].id) is not None)
    assert longest.cpu_ms < 100


def _plan_many(step, board):
    for trip in board.tray:
        if trip.worker is not None:
            cells = [cell for cell in board.rows[board.row_of(trip.worker.id)].cells if not cell.refusal]
            if cells:
                plan_visit(step, list(trip.child_ids), cells[len(trip.first.child.id) % len(cells)].day, trip.worker.id)


def _least_ms(paint):
    found = []
    for _ in range(8):
        began = thread_time()
        paint()
        found.append(1000 * (thread_time() - began))
    return min(found)
