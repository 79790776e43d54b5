"""Cases: every open child, each figure with exactly its rows, filtered as a person types."""

from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from planner.ui.case_rows import DUE, VIEWS, case_rows
from planner.ui.screens.cases import CasesScreen
from tests.helpers.costs import costs_ms


@pytest.fixture
def screen(desk, qtbot):
    made = CasesScreen(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show_outlook(desk.outlook)
    made.show()
    return made


def shown(screen):
    return [row.case.child.reference for row in screen.model.shown]


def test_every_open_child_is_a_row(screen, desk):
    assert sorted(shown(screen)) == sorted(case.child.reference for case in desk.outlook.cases)


@pytest.mark.parametrize("place", range(len(VIEWS)))
def test_the_number_of_a_view_is_the_number_of_its_rows(screen, qtbot, place):
    screen.views.choose(place)
    number = int(screen.views.buttons[place].text().rsplit(" ", 1)[1].replace(",", ""))
    assert number == screen.model.rowCount()


def test_the_overdue_view_has_the_children_with_an_overdue_visit(screen, desk):
    screen.views.choose([view.title for view in VIEWS].index("Overdue"))
    assert set(shown(screen)) == {row.case.child.reference for row in desk.outlook.overdue_visits}


def test_the_sentence_beneath_counts_what_is_shown(screen, desk):
    late = len(desk.outlook.overdue_visits)
    assert screen.footer.text() == f"24 children, {late} with an overdue visit."


def test_typing_filters_over_everything_shown(screen, qtbot):
    screen.filter.setFocus()
    qtbot.keyClicks(screen.filter, "dev cp")
    assert shown(screen)
    for row in screen.model.shown:
        assert "Dev" in row.worker
        assert "CP" in row.plans
    assert " of 24, " in screen.footer.text()


def test_a_filter_with_no_rows_says_so_and_can_be_cleared(screen, qtbot):
    qtbot.keyClicks(screen.filter, "zzz")
    assert screen.empty.text() == "No child here matches “zzz”. There are 24 without the filter."
    assert not screen.table.isVisible()
    qtbot.mouseClick(screen.clear, Qt.MouseButton.LeftButton)
    assert len(shown(screen)) == 24
    assert screen.filter.hasFocus()


def test_rows_stand_by_their_next_visit_latest_first(screen):
    days = [row.due_on for row in screen.model.shown if row.due_on is not None]
    assert days == sorted(days)
    assert screen.model.sorted_by == (DUE, Qt.SortOrder.AscendingOrder)


def test_age_sorts_by_the_day_of_birth(screen):
    screen.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    born = [row.born for row in screen.model.shown]
    assert born == sorted(born, reverse=True)


def test_enter_on_a_row_opens_the_child(screen, desk, qtbot):
    screen.table.selectRow(2)
    wanted = screen.table.current_row().child_id
    with qtbot.waitSignal(desk.child_asked) as asked:
        qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    assert asked.args == [wanted]


def test_a_click_on_a_row_opens_the_child(screen, desk, qtbot):
    place = screen.table.visualRect(screen.model.index(1, 0)).center()
    with qtbot.waitSignal(desk.child_asked) as asked:
        qtbot.mouseClick(screen.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [screen.model.row_at(1).child_id]


def test_the_menu_of_a_row_offers_what_can_be_done(screen, qtbot):
    screen.table.selectRow(0)
    screen.table.customContextMenuRequested.emit(screen.table.rect().center())
    menu = screen.findChild(QMenu)
    assert [action.text() for action in menu.actions()][:3] == ["Open", "Log a visit", "Plan visit"]
    menu.close()


def test_the_child_the_keyboard_stands_on_stays_after_a_change(screen, desk):
    screen.table.selectRow(5)
    before = screen.table.current_row().child_id
    screen.show_outlook(desk.outlook)
    assert screen.table.current_row().child_id == before


def test_a_child_without_a_worker_says_so_as_a_warning(screen):
    screen.views.choose([view.title for view in VIEWS].index("No worker"))
    assert {row.worker for row in screen.model.shown} == {"No worker"}
    assert {row.worker_tone for row in screen.model.shown} == {"warning"}


def test_names_are_shown_only_when_they_are_asked_for(desk):
    hidden = case_rows(desk.outlook, desk.child_words)
    assert all("Invented" not in row.child for row in hidden)
    desk.show_names()
    assert all("Invented" in row.child for row in case_rows(desk.outlook, desk.child_words))


def test_the_finding_and_the_count_are_those_of_the_rows(screen, desk):
    assert screen.finding(desk.outlook) == "24 open children: 22 held, 2 waiting for a worker."
    assert screen.count(desk.outlook) == ("24", False)


def test_the_model_keeps_to_the_rules_of_qt(screen, qtmodeltester):
    qtmodeltester.check(screen.model, force_py=True)


def test_everything_that_takes_the_focus_has_a_name(screen):
    nameless = [
        widget
        for widget in screen.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and not _name(widget)
    ]
    assert nameless == []


def _name(widget):
    return widget.accessibleName() or getattr(widget, "text", str)()


def test_a_narrow_page_gives_up_its_least_columns_and_keeps_the_status(screen):
    screen.resize(620, 600)
    titles = [column.title for place, column in enumerate(screen.model.columns) if not screen.table.isColumnHidden(place)]
    assert {"Child", "Type", "Worker", "Next visit due", "Status"} <= set(titles)
    assert "On plan" not in titles
    assert screen.table.columnViewportPosition(8) + screen.table.columnWidth(8) <= screen.table.viewport().width() + 1


def test_1200_rows_are_filled_in_100_ms_and_filtered_in_16(big_desk, qtbot):
    screen = CasesScreen(big_desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 800)
    screen.show()
    assert costs_ms([partial(screen.show_outlook, big_desk.outlook)])[0] < 100
    assert screen.model.rowCount() == len(big_desk.outlook.cases) == 1200

    def _typed(words):
        screen.model.set_filter(words)
        screen._say_what_is_shown()

    assert costs_ms(partial(_typed, words) for words in ("d", "de", "dev", "dev ", "dev c", "dev cp"))[-1] < 16


def test_a_visit_clock_that_never_started_stands_before_every_date(desk):
    rows = case_rows(desk.outlook, desk.child_words)
    never = [row for row in rows if row.status == "never seen"]
    assert all(row.due_on == date.min for row in never)


def test_the_arrow_keys_go_through_the_views(screen, qtbot):
    screen.views.buttons[0].setFocus()
    qtbot.keyClick(screen.views.buttons[0], Qt.Key.Key_Right)
    assert screen.views.current == 1
    assert {row.plan for row in screen.model.shown} == {"cp"}
