"""The quick line: one visit, one line, over any page; said back in words, never the wrong child, under ten seconds each."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from planner.core.date_words import full_date
from planner.core.records import Case
from planner.ui.logging.clock_words import DECISION
from planner.ui.logging.quick_line import AGREE_KEY, HOW_TO_TYPE, open_quick_line

RETURN, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down
CTRL = Qt.KeyboardModifier.ControlModifier
KEY_SECONDS, THINK_SECONDS = 0.2, 1.35
"""The keystroke-level model's K for an average skilled typist (55 words a minute), and M, the time to prepare for a thing."""


def shown(desk, qtbot):
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(1280, 720)
    room.show()
    pasted = []
    bar = open_quick_line(desk, room, pasted.append)
    qtbot.waitActive(bar)
    qtbot.waitUntil(bar.field.hasFocus)
    bar.room, bar.pasted = room, pasted
    return bar


@pytest.fixture
def bar(desk, qtbot):
    return shown(desk, qtbot)


def put(step, *records):
    for record in records:
        step.put(record)


def change(desk, qtbot, *records):
    before = desk.outlook
    desk.perform("Change", put, *records)
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=10_000)


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def type_line(bar, text):
    bar.field.clear()
    QTest.keyClicks(bar.field, text)


def digits(case):
    return case.child.reference.removeprefix("C")


def visits_on(desk, case, on):
    return [pair for pair in desk.workspace.snapshot.visits_of(case.child.id) if pair[0].on == on and pair[0].status != "planned"]


def free_day(desk, *cases):
    """A day not long ago on which none of the children has a visit."""
    days = (desk.today - timedelta(days=ahead) for ahead in range(1, 30))
    return next(day for day in days if not any(visits_on(desk, case, day) for case in cases))


def logged(desk, qtbot, case, on, count=1):
    qtbot.waitUntil(lambda: len(visits_on(desk, case, on)) == count, timeout=10_000)
    return visits_on(desk, case, on)[-1]


def on_plan(desk, plan):
    return next(case for case in desk.outlook.held if case.plan == plan)


# Said back, and logged


def test_a_line_is_said_back_in_words_and_logged_by_enter(bar, desk, qtbot):
    case = on_plan(desk, "cp")
    on = free_day(desk, case)
    type_line(bar, f"C{digits(case)} seen alone home {on.day}/{on.month} 40m")
    assert bar.about.text().startswith(f"{case.child.reference} – {case.child.initials}, age ")
    assert case.worker.name in bar.about.text()
    assert bar.says.text().startswith(f"Seen alone, home, {full_date(on)} (")
    assert f"40 min, by {case.worker.name}, not yet in the case system." in bar.says.text()
    press(RETURN)
    visit, sighting = logged(desk, qtbot, case, on)
    assert (visit.place, visit.minutes, sighting.seen_alone) == ("home", 40, True)
    assert bar.field.text() == ""
    assert bar.isVisible()
    qtbot.waitUntil(lambda: bar.news.text().startswith("Logged a visit to"))


def test_the_day_said_back_is_the_day_logged_and_today_where_none_is_typed(bar, desk, qtbot):
    case = next(case for case in desk.outlook.held if not visits_on(desk, case, desk.today))
    type_line(bar, f"{digits(case)} a")
    assert f"{full_date(desk.today)} (today)" in bar.says.text()
    press(RETURN)
    logged(desk, qtbot, case, desk.today)


def test_what_the_clock_becomes_is_said_before_and_is_what_it_becomes(bar, desk, qtbot):
    case = on_plan(desk, "cp")
    type_line(bar, f"{digits(case)} a")
    said = bar.clock.text()
    assert "Child protection visit: then due " in said
    before = desk.outlook
    press(RETURN)
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=10_000)
    due = next(owed.due_on for owed in desk.outlook.owed_to(case.child.id) if owed.rule == "CP-VISIT")
    assert f"{due.day} {full_date(due).split()[2][:3]}" in said


def test_a_try_says_that_the_clock_goes_on_and_the_second_that_a_manager_decides(bar, desk, qtbot):
    case = next(case for case in desk.outlook.held if case.plan == "cp" and case.last_seen < desk.today - timedelta(days=3))
    first = desk.today - timedelta(days=1)
    type_line(bar, f"{digits(case)} n1 yesterday")
    assert "due as before" in bar.clock.text()
    assert DECISION not in bar.clock.text()
    press(RETURN)
    logged(desk, qtbot, case, first)
    qtbot.waitUntil(lambda: bool(desk.outlook.snapshot.visits_of(case.child.id)[-1][0].on == first), timeout=10_000)
    type_line(bar, f"{digits(case)} n1 today")
    assert DECISION in bar.clock.text()


def test_ctrl_z_on_an_empty_line_takes_the_last_one_back(bar, desk, qtbot):
    case = desk.outlook.held[0]
    on = free_day(desk, case)
    type_line(bar, f"{digits(case)} a {on.day}/{on.month}")
    press(RETURN)
    logged(desk, qtbot, case, on)
    press(Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: not visits_on(desk, case, on), timeout=10_000)
    qtbot.waitUntil(lambda: bar.news.text().startswith("Undone: Log visit to"))


def test_a_household_is_one_line(bar, desk, qtbot):
    cases = desk.outlook.held[:3]
    change(desk, qtbot, *(replace(case.child, household="H-one-home") for case in cases))
    on = free_day(desk, *cases)
    type_line(bar, f"{digits(cases[0])} all alone {on.day}/{on.month}")
    assert len(bar.about.text().splitlines()) == 3
    press(RETURN)
    visit, _ = logged(desk, qtbot, cases[2], on)
    assert visits_on(desk, cases[0], on)[0][0] == visit


def test_esc_closes_and_what_was_begun_stands_there_again(bar, desk):
    QTest.keyClicks(bar.field, "10")
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert open_quick_line(desk, bar.room, bar.pasted.append) is bar
    assert bar.field.text() == "10"


def test_several_lines_pasted_go_to_the_list(bar):
    QGuiApplication.clipboard().setText("10302 a fri\n10303 a fri")
    press(Qt.Key.Key_V, CTRL)
    assert bar.pasted == ["10302 a fri\n10303 a fri"]
    assert not bar.isVisible()


# Never the wrong child


def test_part_of_a_number_is_listed_to_choose_from_and_never_taken(bar, desk):
    type_line(bar, "1031 a")
    assert bar.about.isHidden()
    press(RETURN)
    assert bar.matches.hasFocus()
    second = bar.matches.children_model.row_at(1)
    press(DOWN)
    press(RETURN)
    assert bar.field.text() == f"{second.reference} a"
    assert bar.about.text().startswith(second.reference)


@pytest.mark.parametrize("typed", ["99999 a", "C103999 a", "kitchen", "10302", "10302 a tomorrow", "10302 a frog"])
def test_what_is_unknown_or_missing_is_asked_and_nothing_is_logged(bar, desk, typed):
    before = desk.workspace.undoable
    type_line(bar, typed)
    press(RETURN)
    press(RETURN, CTRL)
    assert bar.question.text()
    assert bar.field.text() == typed
    assert desk.workspace.undoable == before


def needs_ctrl_enter(bar, desk, qtbot, case, on, words):
    assert words in bar.question.text()
    assert AGREE_KEY in bar.question.text()
    count = len(visits_on(desk, case, on))
    press(RETURN)
    assert bar.field.text()
    assert len(visits_on(desk, case, on)) == count
    press(RETURN, CTRL)
    logged(desk, qtbot, case, on, count + 1)


def test_initials_need_a_second_key(bar, desk, qtbot):
    case = desk.outlook.held[0]
    change(desk, qtbot, replace(case.child, initials="Q.Q."))
    on = free_day(desk, case)
    type_line(bar, f"QQ a {on.day}/{on.month}")
    needs_ctrl_enter(bar, desk, qtbot, case, on, f"Is {case.child.reference} meant")


def test_a_closed_case_needs_a_second_key(bar, desk, qtbot):
    case = desk.outlook.held[0]
    change(desk, qtbot, replace(desk.workspace.snapshot.find(Case, case.case.id), ended_on=desk.today - timedelta(days=1)))
    on = desk.today
    type_line(bar, f"{digits(case)} a today by {case.worker.name}")
    needs_ctrl_enter(bar, desk, qtbot, case, on, "has no open case on")


def test_a_child_of_another_team_needs_a_second_key(bar, desk, qtbot):
    case = desk.outlook.held[0]
    change(desk, qtbot, replace(desk.workspace.person, team_ids=("another",)))
    desk.workspace.sign_in(desk.workspace.person.id)
    on = free_day(desk, case)
    type_line(bar, f"{digits(case)} a {on.day}/{on.month}")
    needs_ctrl_enter(bar, desk, qtbot, case, on, "is not a child of your teams")


def test_a_second_visit_on_a_day_needs_a_second_key(bar, desk, qtbot):
    case = desk.outlook.held[0]
    on = free_day(desk, case)
    line = f"{digits(case)} a {on.day}/{on.month}"
    type_line(bar, line)
    press(RETURN)
    logged(desk, qtbot, case, on)
    type_line(bar, line)
    needs_ctrl_enter(bar, desk, qtbot, case, on, "already")


def test_a_line_typed_twice_at_once_is_refused_by_the_file_and_comes_back(bar, desk, qtbot):
    case = desk.outlook.held[0]
    on = free_day(desk, case)
    line = f"{digits(case)} a {on.day}/{on.month}"
    for _ in range(2):
        bar.field.setText(line)
        press(RETURN)
    qtbot.waitUntil(lambda: "already" in bar.question.text(), timeout=10_000)
    assert bar.field.text() == line
    assert len(visits_on(desk, case, on)) == 1


def test_the_past_is_read_only(bar, desk, qtbot):
    case = desk.outlook.held[0]
    desk.look_at(on=desk.today - timedelta(days=2))
    qtbot.waitUntil(lambda: desk.outlook.on < desk.today, timeout=10_000)
    type_line(bar, f"{digits(case)} a")
    press(RETURN)
    assert "looking at the past" in bar.question.text()
    assert bar.field.text()


def test_an_empty_line_says_how_to_type_one(bar):
    press(RETURN)
    assert bar.question.text() == HOW_TO_TYPE


# Completed


def test_tab_and_the_right_key_take_what_stands_in_grey_and_nothing_else_is_part_of_the_line(bar, desk, qtbot):
    first, second = [case for case in desk.outlook.held if not case.child.household][:2]
    on = free_day(desk, first, second)
    type_line(bar, f"{digits(first)} se")
    assert bar.field.offered == "en alone"
    assert "Seen alone" not in bar.says.text()
    press(Qt.Key.Key_Tab)
    assert bar.field.text() == f"{digits(first)} seen alone"
    QTest.keyClicks(bar.field, f" school {on.day}/{on.month} 40m")
    press(RETURN)
    logged(desk, qtbot, first, on)
    type_line(bar, f"{digits(second)} a")
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert bar.field.text() == f"{digits(second)} alone school"
    press(Qt.Key.Key_Tab)
    assert f"Seen alone, school, {full_date(on)} (" in bar.says.text()
    press(RETURN)
    visit, _ = logged(desk, qtbot, second, on)
    assert (visit.place, visit.minutes) == ("school", 40)


def test_tab_goes_on_where_nothing_is_offered_and_what_it_added_can_be_taken_back(bar, desk):
    case = desk.outlook.held[0]
    type_line(bar, f"{digits(case)} se")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Z, CTRL)
    assert bar.field.text() == f"{digits(case)} se"
    type_line(bar, "kitchen")
    press(Qt.Key.Key_Tab)
    assert not bar.field.hasFocus()


# Quick


def klm_seconds(*units):
    """Seconds of an expert without errors by the keystroke-level model: Card, Moran and Newell, CACM 23 (1980) 396-410.

    A unit is `("value", text)`, typed as read from a note (a reference, date, length), `("word", text)`, chosen from the few
    there are (how seen, place), or `("key", "")`, Tab. Their rules for M: none within a value, one before a word or a key
    (rule 0), one for a whole word (2), one before the key that ends a value, none before that which ends a word (4), and
    none before an Enter that follows Tab, whose redundant terminator it is (3).
    """
    keys = sum(len(text) for kind, text in units if kind != "key") + sum(kind == "key" for kind, _ in units)
    spaces = sum(kind != "key" and after != "key" for (kind, _), (after, _) in pairwise(units))
    return KEY_SECONDS * (keys + spaces + 1) + THINK_SECONDS * len(units)


def as_units(line):
    """The words of a line: those with a figure in them are values, but for reasons such as n1."""
    words = line.replace("seen alone", "seen-alone").split()
    return [("value" if any(sign.isdigit() for sign in word) and len(word) > 2 else "word", word) for word in words]


EXAMPLE = "C10432 seen alone home 14/3 40m"


@pytest.mark.parametrize(
    ("units", "seconds"),
    [
        (as_units(EXAMPLE), 13.15),  # typed out in full
        (as_units("10432 a 14/3 40m"), 8.8),  # the same visit, home being where it usually is
        ([*as_units("10432 a"), ("key", "")], 5.85),  # the same, after another of that day
    ],
)
def test_the_same_visit_takes_under_ten_seconds_in_its_short_forms(units, seconds):
    assert klm_seconds(*units) == pytest.approx(seconds)
    assert (seconds < 10) == (units != as_units(EXAMPLE))


def test_the_short_forms_log_the_same_visit_as_the_whole_example(bar, desk, qtbot):
    first, second, third = [case for case in desk.outlook.held if case.plan in ("cp", "cin") and not case.child.household][:3]
    on = free_day(desk, first, second, third)
    for case, line in ((first, "C{} seen alone home {} 40m"), (second, "{} a {} 40m"), (third, "{} a")):
        type_line(bar, line.format(digits(case), f"{on.day}/{on.month}"))
        if case is third:
            press(Qt.Key.Key_Tab)
        assert bar.checked.is_sure
        press(RETURN)
        visit, sighting = logged(desk, qtbot, case, on)
        assert (visit.place, visit.minutes, sighting.seen_alone) == ("home", 40, True)


RESTS = ("a", "a 40m", "a school", "n1", "s2", "a 1h", "a pl", "s rec", "n2", "seen alone")


def test_a_visit_takes_under_ten_seconds_by_the_keystroke_level_model(bar, desk, qtbot):
    cases = [case for case in desk.outlook.held if not case.child.household][:10]
    on = free_day(desk, *cases)
    for case, rest in zip(cases, RESTS, strict=True):
        line = f"{digits(case)} {on.day}/{on.month} {rest}"
        type_line(bar, line)
        assert bar.checked.is_sure, line
        press(RETURN)
        assert klm_seconds(*as_units(line)) < 10, line
    for case in cases:
        logged(desk, qtbot, case, on)


def test_typing_a_line_among_1200_children_keeps_nobody_waiting(big_desk, qtbot, watchdog):
    bar = shown(big_desk, qtbot)
    case = big_desk.outlook.held[600]
    with watchdog() as longest:
        for key in f"{digits(case)} a 40m":
            QTest.keyClicks(bar.field, key)
            qtbot.wait(1)
    assert case.child.reference in bar.about.text()
    assert longest.cpu_ms < 100


def test_no_name_is_shown_that_was_not_asked_for(bar, desk):
    case = desk.outlook.held[0]
    type_line(bar, f"{digits(case)} a")
    words = [label.text() for label in bar.findChildren(QWidget) if hasattr(label, "text") and callable(label.text)]
    assert not any(case.child.name in one for one in words)
