"""Every page, the drawer, the forms and the bars, walked through for whoever reads large, points badly, types or listens."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QWidget

from planner.settings import Settings
from planner.ui.opening import Opening
from planner.ui.screens import SCREENS
from planner.ui.sign_in import SignInPage
from tests.helpers.accessible import shown, sideways
from tests.helpers.people import NOW
from tests.helpers.walk import DRAWN, SIZE, walk


@pytest.fixture
def window(desk, window_on):
    """The window with every page there is, opened on one of few parts: every part there is takes its time in each look."""
    return window_on(desk, first="cases")


TWO_WAYS = {"allocate"}
"""Pages that are a table of workers compared, which WCAG 1.4.10 lets scroll both ways."""


@pytest.mark.parametrize("number", range(len(SCREENS)), ids=[screen.name for screen in SCREENS])
def test_a_page_is_there_for_everyone(window, qtbot, themed, number):
    window.workbench.open_page(number)
    walk(qtbot, themed, window, DRAWN if SCREENS[number].name in TWO_WAYS else (*DRAWN, sideways))


@pytest.mark.parametrize("form", ["welcome", "unlock", "new", "recovery", "fresh", "who"])
def test_a_form_of_the_sign_in_page_is_there_for_everyone(qtbot, themed, tmp_path, form):
    page = SignInPage(Opening(lambda: NOW, "a laptop"), Settings(tmp_path / "settings.ini", {}))
    qtbot.addWidget(page)
    page.resize(*SIZE)
    page._show(getattr(page, form))
    page.show()
    walk(qtbot, themed, page, (*DRAWN, sideways))
    page.close_threads()


def test_the_rows_behind_a_figure_are_there_for_everyone(window, desk, qtbot, themed):
    from planner.ui.table import Column

    columns = (Column("Child", desk.child_words, strong=True), Column("Born", lambda child: str(child.born), stretch=True))
    desk.open_rows("Children", columns, [case.child for case in desk.outlook.cases])
    walk(qtbot, themed, window)


def test_the_calendar_is_there_for_everyone_and_can_be_read_as_a_table(window, desk, qtbot, themed):
    desk.open_calendar()
    page = window.workbench.inner_page
    qtbot.waitUntil(lambda: page.calendar is not None, timeout=20_000)
    walk(qtbot, themed, window)
    page.toolbar.as_table.click()
    assert page.entry_model.rowCount() == len(page.calendar.entries) > 0


def test_the_bars_are_there_for_everyone(window, desk, qtbot, themed):
    bench = window.workbench
    bench.message.say("The file is open on another computer. Close it there first.", "warning", "Try again", lambda: None)
    bench.undo_bar.say("Allocated C10300 – A.D. to Chloe Rudd")
    for bar in (bench.message, bench.undo_bar):
        walk(qtbot, themed, bar)


def test_the_past_says_that_it_is_the_past(window, desk, qtbot, themed):
    desk.look_at(on=desk.today - timedelta(days=30))
    qtbot.waitUntil(lambda: window.workbench.past.isVisible())
    walk(qtbot, themed, window.workbench.past)


# The drawer


def test_the_drawer_on_a_child_is_there_for_everyone(window, desk, qtbot, themed):
    desk.open_child(desk.outlook.overdue_visits[0].case.child.id)
    walk(qtbot, themed, window.workbench.drawer)
    assert not _is_open_after_escape(window.workbench.drawer)


def test_the_drawer_on_a_worker_is_there_for_everyone(window, desk, qtbot, themed):
    desk.open_worker(desk.outlook.loads[0].worker.id)
    walk(qtbot, themed, window.workbench.drawer)


def _is_open_after_escape(widget: QWidget) -> bool:
    QTest.keyClick(widget, Qt.Key.Key_Escape)
    return widget.isVisible()


# Charts


def test_every_chart_can_be_read_as_a_table_beside_it(window, qtbot):
    from planner.ui.charts.chart_frame import ChartFrame

    window.workbench.open_page(_place("today"))
    qtbot.waitUntil(lambda: window.workbench.screen_in_view.is_filled, timeout=20_000)
    frames = [widget for widget in shown(window) if isinstance(widget, ChartFrame)]
    assert frames
    for frame in frames:
        frame.table_button.click()
        assert frame.table.isVisible()
        assert frame.table_model.rowCount() == len(frame.chart_shown(frame.chart).bars)


def test_the_board_can_be_read_as_a_table(window, qtbot):
    window.workbench.open_page(_place("visits"))
    page = window.workbench.screen_in_view
    qtbot.waitUntil(lambda: page.board is not None)
    assert isinstance(page.view, QTableView)
    page.toolbar.as_table.click()
    assert page.table.isVisible()
    assert page.table_model.rowCount() == len(page.board.rows) > 0


def test_the_course_of_a_child_can_be_read_as_a_table(window, desk, qtbot):
    desk.open_child(desk.outlook.overdue_visits[0].case.child.id)
    panel = window.workbench.drawer.child
    panel.switch.click()
    assert panel.course_table.isVisible()
    assert panel.course_table.model().rowCount()
    assert not panel.course.isVisible()


def _place(name: str) -> int:
    return next(number for number, screen in enumerate(SCREENS) if screen.name == name)
