"""How quick the Intake page is, by the keystroke-level model: ninety children typed, or read from a list and given workers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.actions.intake import plan_intake_weeks
from planner.core.intake_share import shares
from planner.ui.dialogs.give_out import GiveOutDialog
from planner.ui.dialogs.return_referrals import ReturnDialog
from tests.helpers.intake_page import (
    DOWN,
    KEY_SECONDS,
    PLAIN,
    RETURN,
    TAB,
    TEN_MINUTES,
    THINK_SECONDS,
    back_in_the_table,
    keys,
    list_of,
    referrals,
    shown,
    when,
)


@pytest.fixture
def screen(desk, qtbot):
    return shown(desk, qtbot)


@pytest.fixture
def no_pause(qapp):
    """Each letter chooses in a box by itself: nobody types as fast as a test, for whom two families would be one word."""
    before = qapp.keyboardInputInterval()
    qapp.setKeyboardInputInterval(0)
    yield
    qapp.setKeyboardInputInterval(before)


SIZES = (1, 2, 1, 3, 1, 2, 1, 4, 1, 2, 1, 3, 1, 2, 2, 1, 2)
"""How many children come from each of seventeen homes, thirty in all: more than half of them siblings."""


def homes():
    """Ninety children of fifty-one homes, each with reference, initials and date of birth; source and priority by home."""
    number = 90000
    for place, size in enumerate(SIZES * 3):
        children = [
            (number + one, "abcd"[one] + "qrst"[place % 4], f"{1 + number % 28:02}{1 + one * 3:02}1{one}") for one in range(size)
        ]
        number += size
        yield place, children, "6251"[place % 4], "nhnu"[place % 4]


def test_ninety_children_are_typed_and_accepted_in_ten_minutes_of_keys(screen, desk, qtbot, no_pause):
    """A thought before each child, each home's source and priority, and each day that differs; one home in ten is returned."""
    seconds, returned = 0.0, 0
    for place, children, source, priority in homes():
        line = ",".join(f"{reference} {initials} {born}" for reference, initials, born in children)
        seconds += THINK_SECONDS * (len(children) + 1)
        count = keys(line, TAB)
        if place % 17 == 8:
            seconds += THINK_SECONDS
            count += keys("fri")
        count += keys(TAB, TAB, source, TAB, priority)
        is_returned = place % 10 == 4
        returned += len(children) if is_returned else 0
        QTest.keyClick(QApplication.focusWidget(), RETURN, PLAIN if is_returned else Qt.KeyboardModifier.ControlModifier)
        seconds += KEY_SECONDS * (count + (1 if is_returned else 2))
    when(qtbot, lambda: len(referrals(desk)) == 90 and len(screen.table.found.waiting) == returned)
    seconds += THINK_SECONDS + KEY_SECONDS * keys(DOWN)
    while screen.table.found.waiting:
        back_in_the_table(screen, qtbot)
        left = len(screen.table.found.waiting)
        QTest.keyClick(screen.table.table, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
        screen.window().findChildren(ReturnDialog)[-1].act_button.click()
        seconds += 2 * THINK_SECONDS + KEY_SECONDS * (2 + 4)
        when(qtbot, lambda left=left: len(screen.table.found.waiting) < left)
    assert sum(one.status == "returned" for one in referrals(desk)) == returned > 5
    assert len({one.household for one in referrals(desk)} - {""}) == 27
    assert len({one.priority for one in referrals(desk)}) == 3
    assert seconds < TEN_MINUTES, f"{seconds:.0f} s"


def test_a_list_of_ninety_is_read_decided_on_and_shared_over_workers_in_three_minutes_of_keys(screen, desk, qtbot):
    """One line in ten has a cell in doubt, one word is the council's own, six homes are returned; the rest get workers."""
    team = desk.outlook.teams[0]
    desk.perform("Plan", plan_intake_weeks, team.id, desk.today, 1, 90)
    when(qtbot, lambda: screen.found.quota == 90)
    odd = {f"r{number}c2": "31/2/2014" for number in range(5, 90, 10)} | {f"r{number}c4": "Neighbour" for number in range(9)}
    QGuiApplication.clipboard().setText(list_of(90, **odd))
    QTest.keyClick(screen.entry.children_line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    when(qtbot, lambda: screen.reader.hand is not None)
    seconds = THINK_SECONDS + 2 * KEY_SECONDS
    while not screen.reader.answer.isHidden():
        seconds += THINK_SECONDS + KEY_SECONDS * keys("1A" if "source" in screen.reader.question.text() else "010314", RETURN)
    seconds += THINK_SECONDS + KEY_SECONDS * keys(Qt.Key.Key_Space)
    when(qtbot, lambda: len(screen.table.found.waiting) == 90 and not screen.reader.isVisible())
    screen.table.select_first()
    for number in range(6):
        back_in_the_table(screen, qtbot)
        keys(DOWN, DOWN)
        QTest.keyClick(screen.table.table, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
        seconds += 2 * THINK_SECONDS + KEY_SECONDS * (2 + 2 + 4)
        screen.window().findChildren(ReturnDialog)[-1].act_button.click()
        when(qtbot, lambda number=number: len(screen.table.found.waiting) == 88 - 2 * number)
    back_in_the_table(screen, qtbot)
    QTest.keyClick(screen.table.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    seconds += THINK_SECONDS + KEY_SECONDS * (2 + keys("a"))
    when(qtbot, lambda: not screen.table.found.waiting)
    screen.table.choose_view("accepted")
    seconds += 2 * THINK_SECONDS + KEY_SECONDS * (3 + 1 + 2)
    screen.table.give_out_asked.emit()
    when(qtbot, lambda: any(one.isVisible() for one in screen.window().findChildren(GiveOutDialog)))
    dialog = screen.window().findChild(GiveOutDialog)
    dialog.act_button.click()
    when(qtbot, lambda: sum(len(one.taken) for one in shares(desk.outlook, screen.found)) >= 78)
    assert sum(one.status == "accepted" for one in referrals(desk)) == 78
    assert all(len(one.taken) <= one.share + 1 for one in shares(desk.outlook, screen.found))
    assert seconds < 180, f"{seconds:.0f} s"
