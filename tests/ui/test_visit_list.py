"""A pasted list of visits: sure lines in one step, doubtful ones asked where they stand, and nothing typed lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.actions.visits import SeenAs, log_visit
from planner.core.records import Visit
from planner.ui.logging.list_columns import AGREED, ASKED, SURE, standing
from planner.ui.screens.log_visits import LogVisitsScreen
from planner.ui.theme import apply_theme
from tests.helpers.accessible import cut_text, misnamed, overlapping, small_targets, unnamed
from tests.helpers.walk import settle
from tests.ui.test_quick_line import digits, free_day, visits_on

RETURN = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier


def shown(desk, qtbot):
    screen = LogVisitsScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 900)
    screen.show_outlook(desk.outlook)
    screen.show()
    qtbot.waitExposed(screen)
    screen.activateWindow()
    screen.paste.click()
    return screen


@pytest.fixture
def pane(desk, qtbot):
    screen = shown(desk, qtbot)
    pane = screen.list_pane
    pane.page = screen
    return pane


def paste(pane, qtbot, text):
    pane.box.setPlainText(text)
    pane.check.click()
    settled(pane, qtbot)


def settled(pane, qtbot):
    qtbot.waitUntil(lambda: pane.is_checked, timeout=10_000)


def stands(pane):
    return [standing(row) for row in pane.rows]


def lines_for(desk, count=3):
    cases = [case for case in desk.outlook.held if not case.child.household][:count]
    on = free_day(desk, *cases)
    return cases, on, [f"{digits(case)} alone home {on.day}/{on.month} 40m" for case in cases]


def logged(pane, qtbot, desk, count):
    before = len(desk.workspace.snapshot.all(Visit))
    pane.log.click()
    qtbot.waitUntil(lambda: len(desk.workspace.snapshot.all(Visit)) == before + count, timeout=10_000)


def test_sure_lines_are_logged_in_one_step_and_the_rest_stay(pane, desk, qtbot):
    cases, on, lines = lines_for(desk)
    undoable = desk.workspace.undoable
    paste(pane, qtbot, "\n".join([*lines, "99999 alone 14/3", "Kind regards"]))
    assert stands(pane) == [SURE, SURE, SURE, ASKED, ASKED]
    assert pane.summary.text() == "3 lines sure, 2 asked about"
    assert pane.log.text() == "Log 3 visits"
    assert desk.workspace.undoable == undoable
    logged(pane, qtbot, desk, 3)
    assert desk.workspace.undoable == "Log 3 visits from a list"
    assert all(visits_on(desk, case, on) for case in cases)
    qtbot.waitUntil(lambda: [line.text for line in pane.lines] == ["99999 alone 14/3", "Kind regards"], timeout=10_000)
    settled(pane, qtbot)
    desk.undo()
    qtbot.waitUntil(lambda: not any(visits_on(desk, case, on) for case in cases), timeout=10_000)


def test_what_was_understood_stands_beside_what_was_typed(pane, desk, qtbot):
    (case,), on, (line,) = lines_for(desk, 1)
    paste(pane, qtbot, line)
    cells = [pane.model.index(0, column).data() for column in range(pane.model.columnCount())]
    assert cells[:4] == ["1", line, SURE, f"{case.child.reference} – {case.child.initials}"]
    assert cells[4].split()[1] == str(on.day)
    assert cells[5:] == ["Seen alone", case.worker.name, ""]


def test_the_first_line_in_doubt_is_asked_and_a_child_is_chosen_by_keys(pane, desk, qtbot):
    _, on, lines = lines_for(desk)
    paste(pane, qtbot, f"{lines[0]}\n1031 alone {on.day}/{on.month}")
    qtbot.waitUntil(pane.question.matches.hasFocus, timeout=2_000)
    assert "is part of" in pane.question.asked.text()
    child = pane.question.matches.children_model.row_at(1)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), RETURN)
    settled(pane, qtbot)
    assert pane.lines[1].text == f"{child.reference} alone {on.day}/{on.month}"
    assert stands(pane) == [SURE, SURE]
    qtbot.waitUntil(pane.log.hasFocus, timeout=2_000)


@pytest.mark.parametrize(
    ("rest", "answer", "part"),
    [("alone", 1, "day"), ("14/11", 0, "outcome"), ("seen 14/11", 1, "outcome"), ("14/11", 2, "outcome")],
)
def test_what_is_missing_is_answered_by_a_button(pane, desk, qtbot, rest, answer, part):
    case = desk.outlook.held[0]
    paste(pane, qtbot, f"{digits(case)} {rest}")
    assert pane.rows[0].doubt.part == part
    button = pane.question.buttons[answer]
    QTest.keyClick(button, Qt.Key.Key_Space)
    settled(pane, qtbot)
    assert pane.rows[0].is_sure, pane.rows[0].question


def test_the_worker_is_chosen_among_those_who_may_be_meant(pane, desk, qtbot):
    case = desk.outlook.held[0]
    paste(pane, qtbot, f"{digits(case)} a 14/11 by nobody")
    assert "no worker" in pane.question.asked.text()
    pane.question.field.setText(f"{digits(case)} a 14/11 by {case.worker.name}")
    QTest.keyClick(pane.question.field, RETURN)
    settled(pane, qtbot)
    assert pane.rows[0].checked.line.worker_id == case.worker.id


def test_one_date_can_be_given_for_all_lines_without_one(pane, desk, qtbot):
    cases, on, _ = lines_for(desk)
    pane.day.set_day(on)
    paste(pane, qtbot, "\n".join(f"{digits(case)} a" for case in cases))
    assert stands(pane) == [SURE, SURE, SURE]
    assert {row.checked.line.day for row in pane.rows} == {on}


def test_duplicates_are_asked_about_and_left_out_or_logged_all_the_same(pane, desk, qtbot):
    cases, on, lines = lines_for(desk, 2)
    paste(pane, qtbot, "\n".join([*lines, lines[0], lines[1]]))
    assert stands(pane) == [SURE, SURE, ASKED, ASKED]
    assert "stands on line 1" in pane.question.asked.text()
    pane.question.leave_out.click()
    settled(pane, qtbot)
    assert pane.question.listed.typed.number == 4
    pane.question.agree.click()
    settled(pane, qtbot)
    assert stands(pane) == [SURE, SURE, AGREED]
    logged(pane, qtbot, desk, 3)
    assert [len(visits_on(desk, case, on)) for case in cases] == [1, 2]


def test_a_list_that_is_pasted_twice_is_all_asked_about(pane, desk, qtbot):
    _, _, lines = lines_for(desk)
    text = "\n".join([*lines[:2], lines[2].replace("alone home", "n1")])
    paste(pane, qtbot, text)
    logged(pane, qtbot, desk, 3)
    qtbot.waitUntil(lambda: not pane.lines, timeout=10_000)
    paste(pane, qtbot, text)
    assert stands(pane) == [ASKED] * 3


def test_several_lines_pasted_where_one_is_typed_become_a_list(desk, qtbot):
    screen = LogVisitsScreen(desk)
    qtbot.addWidget(screen)
    screen.show_outlook(desk.outlook)
    screen.show()
    qtbot.waitExposed(screen)
    _, _, lines = lines_for(desk)
    QGuiApplication.clipboard().setText("\n".join(lines))
    QTest.keyClick(screen.entry.child, Qt.Key.Key_V, CTRL)
    settled(screen.list_pane, qtbot)
    assert stands(screen.list_pane) == [SURE] * 3
    assert screen.entry.child.text() == ""


def test_a_list_can_be_put_back_as_text_and_nothing_of_it_is_lost(pane, desk, qtbot):
    _, _, lines = lines_for(desk)
    paste(pane, qtbot, "\n".join([*lines, "frog"]))
    pane.put_back.click()
    settled(pane, qtbot)
    assert pane.rows == ()
    assert not pane.table.isVisible()
    assert pane.box.toPlainText().splitlines() == [*lines, "frog"]


def test_lines_change_with_the_plan(pane, desk, qtbot):
    (case,), on, (line,) = lines_for(desk, 1)
    paste(pane, qtbot, line)
    assert stands(pane) == [SURE]
    desk.perform("Log", log_visit, {case.child.id: SeenAs(seen=True)}, on, case.worker.id)
    qtbot.waitUntil(lambda: bool(visits_on(desk, case, on)), timeout=10_000)
    pane.page.show_outlook(desk.outlook)
    qtbot.waitUntil(lambda: stands(pane) == [ASKED], timeout=10_000)


def test_the_list_stays_while_a_single_line_is_typed(pane, desk, qtbot):
    _, _, lines = lines_for(desk)
    paste(pane, qtbot, "\n".join(lines))
    pane.back.click()
    assert pane.page.entry.child.hasFocus()
    assert not pane.isVisible()
    pane.page.paste.click()
    assert stands(pane) == [SURE] * 3


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 1.5), ("high_contrast", 2.0)])
def test_a_list_is_there_for_everyone(pane, desk, qtbot, themed, theme, scale):
    _, _, lines = lines_for(desk)
    pane.page.resize(1100, 1800)  # as high as it wants to be: in the window the page scrolls
    paste(pane, qtbot, "\n".join([*lines, lines[0], "1031 alone", f"{digits(desk.outlook.held[5])} alone"]))
    try:
        apply_theme(themed, theme, scale)
        for number in (4, 5, 6):
            pane.table.selectRow(number - 1)
            settle(qtbot, pane)
            found = [words for check in (unnamed, misnamed, small_targets, cut_text, overlapping) for words in check(pane)]
            assert "\n".join(found) == ""
    finally:
        apply_theme(themed, "light")


def test_a_thousand_lines_hold_nobody_up(big_desk, qtbot, watchdog):
    screen = shown(big_desk, qtbot)
    pane = screen.list_pane
    text = "\n".join(f"{case.child.reference} seen alone home 20/11 40m" for case in big_desk.outlook.held[:1000])
    with watchdog() as longest:
        paste(pane, qtbot, text)
        assert len(pane.rows) == 1000
        count = sum(row.is_sure for row in pane.rows)
        logged(pane, qtbot, big_desk, count)
        qtbot.waitUntil(lambda: len(pane.lines) == 1000 - count, timeout=60_000)
        settled(pane, qtbot)
    assert longest.cpu_ms < 100
