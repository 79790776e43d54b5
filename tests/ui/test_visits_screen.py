"""What the Visits page shows and says, and that it does so at once."""

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPixmap
from PySide6.QtWidgets import QWidget

from planner.actions.visits import plan_visit
from planner.settings import read_settings
from planner.ui.board.period import Period, period_ahead
from planner.ui.board.view import BoardView
from planner.ui.dialogs.school_dates import SchoolDatesDialog
from planner.ui.screens.visits import VisitsScreen
from tests.helpers.costs import costs_ms
from tests.helpers.people import TODAY
from tests.helpers.visits_page import LEFT, a_visits_page, day

PAINT_MS = 16


@pytest.fixture
def page(desk, qtbot):
    with a_visits_page(desk, qtbot) as made:
        yield made


@pytest.fixture
def big_page(big_desk, qtbot):
    with a_visits_page(big_desk, qtbot) as made:
        yield made


@pytest.mark.parametrize(
    ("span", "on", "first"),
    [
        ("week", date(2026, 11, 27), date(2026, 11, 23)),
        ("week", date(2026, 11, 28), date(2026, 11, 30)),
        ("two weeks", date(2026, 11, 29), date(2026, 11, 30)),
        ("month", date(2026, 10, 31), date(2026, 10, 1)),
    ],
)
def test_at_a_weekend_the_week_to_come_is_planned(span, on, first):
    assert period_ahead(span, on).first == first


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


def test_the_days_shown_and_the_table_are_remembered(desk, qtbot, tmp_path):
    desk.settings = read_settings(tmp_path / "settings.ini")
    with a_visits_page(desk, qtbot) as page:
        qtbot.mouseClick(page.screen.toolbar.spans["two weeks"], LEFT)
        qtbot.mouseClick(page.screen.toolbar.as_table, LEFT)
    desk.settings = read_settings(tmp_path / "settings.ini")
    with a_visits_page(desk, qtbot) as page:
        assert page.screen.period == Period("two weeks", TODAY)
        assert page.screen.table.isVisible()
        assert page.screen.table_model.columnCount() == 3 + 10


def test_term_dates_are_entered_from_the_board_and_undone_in_one_step(page, qtbot, tmp_path):
    qtbot.mouseClick(page.screen.toolbar.term_dates, LEFT)
    dialog = page.dialog(SchoolDatesDialog)
    dialog.dates.editor.setPlainText("Half term 26 October")
    assert dialog.found.text().startswith("Line 1 has no year")
    dialog.act_button.click()
    assert dialog.dates.trouble.text().startswith("Line 1 has no year")
    listed = tmp_path / "dates.csv"
    listed.write_text("Autumn half term,24/11/2026,25/11/2026\nChristmas,21/12/2026,01/01/2027\n", encoding="utf-8")
    dialog.read_file(listed)
    assert dialog.found.text() == "2 holidays understood."
    dialog.act_button.click()
    page.settled(lambda: any(page.board.school_holidays))
    assert page.board.school_holidays == ("", "Autumn half term", "Autumn half term", "", "")
    heading = page.view.board_model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert heading.endswith("school holidays: Autumn half term")
    page.desk.undo()
    page.settled(lambda: not any(page.board.school_holidays))


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
    assert costs_ms([lambda: view.viewport().render(picture)] * 8)[0] < PAINT_MS


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
