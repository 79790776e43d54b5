"""The Intake page: families typed, children decided on by keys, and every figure beside its rows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.actions.intake import plan_intake_weeks, set_contract_cap
from planner.core.records import Case, Child, IntakeWeek, Setting
from planner.core.workspace_settings import CONTRACT_CAP
from planner.ui.child_tasks import child_tasks
from planner.ui.dialogs.change_referral import ChangeReferralDialog, TakeBackDialog
from planner.ui.dialogs.give_reference import GiveReferenceDialog
from planner.ui.dialogs.intake_week import ContractCapDialog, IntakeWeekDialog
from planner.ui.dialogs.return_referrals import OWN, ReturnDialog
from planner.ui.screens.intake import IntakeScreen
from tests.helpers.intake_page import (
    RETURN,
    TAB,
    back_in_the_table,
    child_referred,
    keys,
    list_of,
    read_list,
    referrals,
    shown,
    when,
    with_waiting,
)


@pytest.fixture
def screen(desk, qtbot):
    return shown(desk, qtbot)


# A family typed


def test_a_family_is_typed_in_one_line_and_taken_in_by_enter(screen, desk, qtbot):
    keys("70001 ab 030419, cd 5/6/21", RETURN)
    when(qtbot, lambda: len(screen.table.found.waiting) == 2)
    first, second = sorted(referrals(desk), key=lambda one: one.initials)
    assert (first.reference, first.initials, first.born) == ("C70001", "A.B.", date(2019, 4, 3))
    assert (second.reference, second.initials, second.born) == ("", "C.D.", date(2021, 6, 5))
    assert first.household == second.household != ""
    assert first.referred_on == first.received_on == desk.today
    assert screen.entry.children_line.text() == ""
    assert screen.entry.children_line.hasFocus()


@pytest.mark.parametrize(("width", "is_whole"), [(1100, True), (760, False)])
def test_a_narrow_page_does_without_whom_a_child_came_from_and_keeps_the_state(desk, screen, qtbot, width, is_whole):
    with_waiting(desk, qtbot, screen, child_referred(1))
    screen.resize(width, 1500)
    titles = screen.table.table.shown_columns
    qtbot.waitUntil(lambda: ("From" in [column.title for column in titles()]) == is_whole)
    assert {"Child", "Worker by", "State"} <= {column.title for column in titles()}


def test_what_was_understood_is_echoed_and_what_is_not_is_asked(screen, desk):
    keys("70001 ab 030419")
    assert "C70001 A.B., born Wednesday 3 April 2019" in screen.entry.says.text()
    keys(", 31/2", RETURN)
    assert "not understood" in screen.entry.question.text()
    assert not referrals(desk)


def test_the_referral_comes_before_the_day_received(screen, desk):
    screen.entry.received.set_date(desk.today - timedelta(days=1))
    keys("70001 ab", RETURN)
    assert "The referral comes first" in screen.entry.question.text()
    assert screen.entry.referred.hasFocus()


def test_ctrl_enter_accepts_at_once_and_the_child_waits_for_a_worker(screen, desk, qtbot):
    keys("70001 ab 030419")
    QTest.keyClick(screen.entry.children_line, RETURN, Qt.KeyboardModifier.ControlModifier)
    when(qtbot, lambda: any(row.case.child.reference == "C70001" for row in desk.outlook.waiting))
    assert desk.workspace.undoable == "Take in and accept 1 child"


def test_a_child_whose_case_is_open_is_shown_and_asked_about(screen, desk, qtbot):
    known = desk.outlook.cases[0].child
    keys(known.reference.removeprefix("C"), RETURN)
    assert f"{known.reference} – {known.initials} has an open case here" in screen.entry.question.text()
    keys(Qt.Key.Key_Space)
    assert screen.entry.children_line.text() == ""
    assert not referrals(desk)


def test_a_reference_with_another_childs_initials_is_to_be_looked_up(screen, desk, qtbot):
    known = desk.outlook.cases[0].child
    keys(f"{known.reference.removeprefix('C')} zz 030419", RETURN)
    assert "But this says Z.Z., born 3 April 2019: look the reference up first." in screen.entry.question.text()


def test_what_could_not_be_taken_in_stands_there_again_with_the_reason(screen, desk, qtbot):
    known = desk.outlook.cases[0].child
    typed = known.reference.removeprefix("C")
    keys(typed)
    QTest.keyClick(screen.entry.children_line, RETURN, Qt.KeyboardModifier.ControlModifier)
    keys(TAB, Qt.Key.Key_Space)
    when(qtbot, lambda: "has an open case here. Return this referral" in screen.entry.question.text())
    assert screen.entry.children_line.text() == typed
    assert not referrals(desk)


def test_a_list_stays_in_hand_while_it_cannot_be_taken_in(screen, desk, qtbot):
    read_list(screen, qtbot, list_of(2))
    desk.look_at(on=desk.today - timedelta(days=7))
    when(qtbot, lambda: desk.is_past and desk.outlook.on == desk.on)
    said = []
    desk.failed.connect(said.append)
    screen.reader.take_in.click()
    when(qtbot, lambda: bool(said))
    assert "past" in said[0]
    assert len(screen.reader.hand.ready) == 2


def test_a_child_who_was_closed_is_reopened_as_the_same_child(screen, desk, qtbot):
    case = desk.outlook.cases[0]
    desk.perform("Close", lambda step: step.put(replace(case.case, ended_on=desk.today - timedelta(days=9), outcome="closed")))
    when(qtbot, lambda: desk.outlook.case_of(case.child.id) is None)
    keys(case.child.reference.removeprefix("C"))
    QTest.keyClick(screen.entry.children_line, RETURN, Qt.KeyboardModifier.ControlModifier)
    assert "was here before, closed" in screen.entry.question.text()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    when(qtbot, lambda: desk.outlook.case_of(case.child.id) is not None)
    assert len(desk.workspace.snapshot.by(Case, "child_id", case.child.id)) == 2


# Deciding


def test_keys_accept_a_child_and_the_next_one_is_stood_on(screen, desk, qtbot):
    with_waiting(desk, qtbot, screen, child_referred(1), child_referred(2), child_referred(3))
    screen.table.select_first()
    keys("a")
    when(qtbot, lambda: len(screen.table.found.waiting) == 2)
    assert desk.workspace.undoable == "Accept C70001 – A.B."
    assert screen.table.table.current_row().reference == "C70002"


def test_the_whole_home_is_taken_by_one_key_and_accepted_by_the_next(screen, desk, qtbot):
    with_waiting(desk, qtbot, screen, child_referred(1, household="h"), child_referred(2), child_referred(3, household="h"))
    screen.table.select_first()
    keys("h", "a")
    when(qtbot, lambda: len(screen.table.found.waiting) == 1)
    assert {one.reference for one in referrals(desk) if one.status == "accepted"} == {"C70001", "C70003"}
    first, second = (desk.workspace.snapshot.by(Child, "reference", name)[0] for name in ("C70001", "C70003"))
    assert first.household == second.household != ""


def test_one_key_accepts_or_returns_the_whole_home_and_a_digit_chooses_a_run(screen, desk, qtbot):
    homes = (child_referred(1, household="h"), child_referred(2), child_referred(3, household="h"))
    with_waiting(desk, qtbot, screen, *homes, *map(child_referred, range(4, 9)))
    screen.table.select_first()
    QTest.keyClick(screen.table.table, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    when(qtbot, lambda: len(screen.table.found.waiting) == 6)
    assert {one.reference for one in referrals(desk) if one.status == "accepted"} == {"C70001", "C70003"}
    screen.table.select_first()
    keys("3", "a")
    when(qtbot, lambda: len(screen.table.found.waiting) == 3)
    assert desk.workspace.undoable == "Accept 3 children"


def test_what_was_typed_wrong_is_changed_for_the_home_and_a_decision_is_taken_back_by_keys(screen, desk, qtbot):
    with_waiting(desk, qtbot, screen, child_referred(1, household="h"), child_referred(2, household="h"))
    screen.table.select_first()
    keys("c")
    dialog = screen.window().findChild(ChangeReferralDialog)
    dialog.priority.choose("urgent")
    dialog.referred.set_day(desk.today)
    dialog.act_button.click()
    assert "The referral comes first" in dialog.referred.trouble.text()
    dialog.referred.set_day(date(2026, 11, 18))
    dialog.received.set_day(desk.today)
    dialog.act_button.click()
    when(qtbot, lambda: {(one.priority, one.referred_on.day) for one in referrals(desk)} == {("urgent", 18)})
    back_in_the_table(screen, qtbot)
    screen.table.select_first()
    keys("2", "a")
    when(qtbot, lambda: not screen.table.found.waiting)
    screen.table.choose_view("accepted")
    screen.table.table.setFocus()
    screen.table._select([row for row in screen.table.model.shown if row.referral is not None])
    keys("d")
    again = screen.window().findChild(TakeBackDialog)
    again.act_button.click()
    assert "Say why" in again.reason.trouble.text()
    again.reason.edit.setText("Police sent more")
    again.act_button.click()
    when(qtbot, lambda: len(screen.table.found.waiting) == 2)


def test_all_are_accepted_at_once(screen, desk, qtbot):
    with_waiting(desk, qtbot, screen, *map(child_referred, range(5)))
    screen.table.table.setFocus()
    QTest.keyClick(screen.table.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys("a")
    when(qtbot, lambda: not screen.table.found.waiting)
    assert desk.workspace.undoable == "Accept 5 children"


def test_a_return_asks_for_its_reason(screen, desk, qtbot):
    with_waiting(desk, qtbot, screen, child_referred(1))
    screen.table.select_first()
    keys("r")
    dialog = screen.window().findChild(ReturnDialog)
    dialog.reason.choose(OWN)
    dialog.act_button.click()
    assert "Say why" in dialog.own.trouble.text()
    dialog.own.edit.setText("Moved away")
    dialog.act_button.click()
    when(qtbot, lambda: not screen.table.found.waiting)
    assert [one.reason for one in referrals(desk)] == ["Moved away"]


# Figures


def test_every_figure_opens_as_many_rows_as_it_says(screen, desk, qtbot):
    with_waiting(desk, qtbot, screen, child_referred(1), child_referred(2))
    opened = []
    desk.rows_asked.connect(lambda title, columns, rows: opened.append((title, columns, rows)))
    for key, button in screen.strip.buttons.items():
        button.click()
        _, columns, rows = opened[-1]
        assert len(rows) == button.figure.count, key
        assert all(isinstance(column.text(row), str) for column in columns for row in rows)
    assert [count for count in map(len, (rows for *_, rows in opened)) if count]


def test_over_the_cap_is_said_in_words(screen, desk, qtbot):
    desk.perform("Set", set_contract_cap, 10)
    when(qtbot, lambda: screen.warning.text() != "")
    assert screen.warning.text() == "24 cases are open, 14 over the 10 that the contract allows."
    assert screen.warning.isVisible()


def test_the_week_of_the_team_on_intake_is_shown_with_its_share(screen, desk, qtbot):
    team = desk.outlook.teams[0]
    desk.perform("Plan", plan_intake_weeks, team.id, desk.today, 3, 60)
    when(qtbot, lambda: screen.found.quota == 60)
    shared = {row.title: row for row in screen.share.model.rows}
    assert [row.week for row in screen.share.model.rows] == [*["0 of 12"] * 4, "0 of 0", "0 of 12", "0 of 60", "1 of 1"]
    assert shared["Ewa Nowak"].days == ("Away",) * 5
    assert shared["All workers"].days == ("0 of 12", "12", "12", "12", "12")
    assert shared["Accepted of those received"].days == ("1 of 1", "", "", "", "")
    assert [row.week.quota for row in screen.weeks.model.rows] == [60, 60, 60]
    later = screen.weeks.model.rows[1]
    screen.weeks.rows.row_opened.emit(later)
    assert screen.found.week_on == screen.printable()[1].week_on == later.week_on
    assert screen.back.isVisible()
    screen.back.click()
    assert screen.found.week_on == desk.today


def test_weeks_are_added_changed_and_taken_back(screen, desk, qtbot):
    IntakeWeekDialog(desk, "", screen).show_up()
    dialog = screen.findChild(IntakeWeekDialog)
    dialog.times.edit.setText("2")
    dialog.act_button.click()
    when(qtbot, lambda: len(desk.workspace.snapshot.all(IntakeWeek)) == 2)
    weeks = sorted(desk.workspace.snapshot.all(IntakeWeek).values(), key=lambda week: week.week_on)
    assert (weeks[1].week_on - weeks[0].week_on).days == 42
    change = IntakeWeekDialog(desk, weeks[0].id, screen)
    change.quota.edit.setText("45")
    change.act()
    when(qtbot, lambda: desk.workspace.snapshot.find(IntakeWeek, weeks[0].id).quota == 45)


def test_the_cap_is_set_in_its_dialog(screen, desk, qtbot):
    dialog = ContractCapDialog(desk, screen)
    dialog.cap.edit.setText("294")
    dialog.act()
    when(qtbot, lambda: desk.workspace.snapshot.find(Setting, CONTRACT_CAP) is not None)
    assert desk.workspace.snapshot.setting(CONTRACT_CAP) == "294"


def test_the_page_of_1200_children_keeps_nobody_waiting(big_desk, qtbot, watchdog):
    with watchdog() as building:
        made = IntakeScreen(big_desk)
    qtbot.addWidget(made)
    with watchdog() as filling:
        made.show_outlook(big_desk.outlook)
    assert (building.cpu_ms < 100, filling.cpu_ms < 100) == (True, True), (building, filling)
    assert made.strip.buttons["open"].figure.count == 1200


def test_a_child_without_a_reference_is_given_one_when_the_case_system_has_it(screen, desk, qtbot):
    keys("ab 030419")
    QTest.keyClick(screen.entry.children_line, RETURN, Qt.KeyboardModifier.ControlModifier)
    when(qtbot, lambda: bool(desk.workspace.snapshot.by(Child, "reference", "NEW1")))
    child = desk.workspace.snapshot.by(Child, "reference", "NEW1")[0]
    next(task for task in child_tasks(desk, child.id, screen) if task.key == "reference").run()
    dialog = screen.findChild(GiveReferenceDialog)
    dialog.act_button.click()
    assert "Type the reference" in dialog.reference.trouble.text()
    dialog.reference.edit.setText("C99001")
    dialog.act_button.click()
    when(qtbot, lambda: desk.workspace.snapshot.find(Child, child.id).reference == "C99001")
    assert not any(task.key == "reference" for task in child_tasks(desk, child.id, screen))
