"""Logging many visits: a line a trip by keys alone, never the wrong child, nothing typed lost, ten in under 100 seconds."""

from dataclasses import replace
from datetime import time as clock_time
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from planner.actions.visits import plan_visit
from planner.core.date_words import full_date
from planner.core.errors import Refused
from planner.core.records import Child, Visit
from planner.core.tried_visits import tries
from planner.ui.logging.clock_words import DECISION
from planner.ui.logging.entry import AGREE
from planner.ui.logging.logged import KEPT_LINES, TAKEN_BACK
from planner.ui.screens.log_visits import LogVisitsScreen
from planner.ui.theme import apply_theme

RETURN, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down
KEY_SECONDS, THINK_SECONDS = 0.2, 1.35
"""The keystroke-level model's K for a practised typist, and M, the time to think before each chunk that is typed."""


def put(step, *records):
    for record in records:
        step.put(record)


def shown(desk, qtbot):
    made = LogVisitsScreen(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show_outlook(desk.outlook)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.entry.child.setFocus()
    qtbot.waitUntil(made.entry.child.hasFocus)
    return made


@pytest.fixture
def screen(desk, qtbot):
    return shown(desk, qtbot)


@pytest.fixture
def family(desk, qtbot):
    """Three held children of one home."""
    cases = desk.outlook.held[:3]
    before = desk.outlook
    desk.perform("Move in", put, *(replace(case.child, household="H-one-home") for case in cases))
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=10_000)
    return [case.child for case in cases]


def keys(*typed):
    """Press keys wherever the focus is; how many there were."""
    count = 0
    for one in typed:
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(one, str):
            QTest.keyClicks(focus, one)
            count += len(one)
        else:
            QTest.keyClick(focus, one)
            count += 1
    return count


def visits_on(desk, child_id, on):
    return [pair for pair in desk.workspace.snapshot.visits_of(child_id) if pair[0].on == on and pair[0].status != "planned"]


def logged(screen, qtbot, count=1):
    qtbot.waitUntil(lambda: len(screen.lines.rows) == count, timeout=10_000)
    return screen.lines.rows[0]


def held(desk, place=0):
    return desk.outlook.held[place]


def digits(child):
    return child.reference.removeprefix("C")


def free_day(desk, *children):
    """A day not long ago on which none of the children has a visit."""
    return next(
        day
        for day in (desk.today - timedelta(days=ahead) for ahead in range(1, 30))
        if not any(visits_on(desk, child.id, day) for child in children)
    )


def typed_day(day):
    return f"{day.day}/{day.month}"


# One line


def test_a_whole_line_is_logged_by_one_enter(screen, desk, qtbot):
    case = held(desk)
    on = free_day(desk, case.child)
    keys(f"{digits(case.child)} seen alone school {typed_day(on)} 40m", RETURN)
    logged(screen, qtbot)
    visit, sighting = visits_on(desk, case.child.id, on)[0]
    assert (visit.status, visit.place, visit.minutes, visit.worker_id) == ("made", "school", 40, case.worker.id)
    assert (visit.role, visit.recorded_on, visit.logged_by) == ("lead", None, desk.workspace.person.id)
    assert (sighting.seen, sighting.seen_alone) == (True, True)
    assert desk.workspace.undoable == f"Log visit to {case.child.reference} – {case.child.initials}"


def test_enter_goes_to_what_is_missing_and_then_logs(screen, desk, qtbot):
    case = held(desk)
    keys(digits(case.child), RETURN)
    assert screen.entry.outcome.typed.hasFocus()
    keys("n", RETURN)
    assert "Why was" in screen.entry.question.text()
    keys("1", RETURN)
    line, _ = logged(screen, qtbot)
    assert line.visit.status == "attempted"
    assert line.seen[0][1].why == "No one at home"


def test_the_child_is_echoed_as_soon_as_it_is_known(screen, desk):
    case = held(desk)
    keys(digits(case.child)[:-1])
    assert screen.entry.about.isHidden()
    keys(digits(case.child)[-1])
    about = screen.entry.about.text()
    assert about.startswith(f"{case.child.reference} – {case.child.initials}, age ")
    assert case.worker.name in about
    assert "last seen" in about


def test_date_and_worker_stay_for_the_next_line(screen, desk, qtbot):
    first, second = held(desk), held(desk, 1)
    other = next(worker for worker in desk.outlook.workers if worker not in (first.worker, second.worker))
    on = free_day(desk, first.child, second.child)
    keys(f"{digits(first.child)} a {typed_day(on)} by {other.name}", RETURN, f"{digits(second.child)} a", RETURN)
    line, _ = logged(screen, qtbot, 2)
    assert (line.visit.on, line.visit.worker_id) == (on, other.id)
    assert screen.entry.is_blank
    assert screen.entry.child.hasFocus()


def test_a_day_to_come_is_refused_in_place_and_nothing_typed_is_lost(screen, desk):
    case = held(desk)
    keys(f"{digits(case.child)} a tomorrow", RETURN)
    assert full_date(desk.today + timedelta(days=1)) in screen.entry.question.text()
    assert screen.entry.child.text() == f"{digits(case.child)} a tomorrow"
    assert full_date(desk.today) not in screen.entry.says.text()
    assert screen.lines.rows == []


def test_when_it_was_recorded_is_kept(screen, desk, qtbot):
    case = held(desk)
    keys(f"{digits(case.child)} a recorded", RETURN)
    line, row = logged(screen, qtbot)
    assert line.visit.recorded_on == desk.today
    assert "in the case system since" in row.said.text()


def test_a_planned_visit_of_that_day_is_the_one_that_is_logged(screen, desk, qtbot):
    case = held(desk)
    done = []
    desk.perform("Plan", plan_visit, [case.child.id], desk.today, case.worker.id, then=done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)
    keys(f"{digits(case.child)} a today", RETURN)
    line, _ = logged(screen, qtbot)
    assert line.visit.id == done[0].id


def test_what_is_seldom_said_has_a_second_row_that_a_line_opens_and_the_next_leaves(screen, desk, qtbot):
    case = held(desk)
    other = next(worker for worker in desk.outlook.workers if worker != case.worker)
    on = free_day(desk, case.child)
    assert screen.entry.more is None
    line = f"{digits(case.child)} s2 {typed_day(on)} 14:00 contact unannounced bedroom not seen with {other.name}"
    keys(line, TAB)
    more = screen.entry.more
    assert more.isVisible()
    assert more.content() == ("14:00", other.id, "face to face", "contact", "no", "no")
    keys(RETURN)
    logged(screen, qtbot)
    visit, sighting = visits_on(desk, case.child.id, on)[0]
    assert (visit.at, visit.standing, visit.announced) == (clock_time(14), "contact", False)
    assert (visit.with_worker_ids, visit.workers_needed) == ((other.id,), 2)
    assert (sighting.bedroom_seen, sighting.not_alone_reason) == (False, "Parent refused")
    assert not more.isVisible()
    assert more.content() == ("", "", "face to face", "statutory", "", "")


def test_the_second_row_is_filled_by_keys_and_a_time_that_is_none_is_asked_about(screen, desk, qtbot):
    case = held(desk)
    keys(f"{digits(case.child)} a {typed_day(free_day(desk, case.child))}")
    screen.entry.more_button.click()
    assert screen.entry.more.time.hasFocus()
    keys("25:00", RETURN)
    assert "is not a time" in screen.entry.question.text()
    assert screen.entry.more.time.hasFocus()
    screen.entry.more.time.clear()
    keys("9.30am", RETURN)
    line, _ = logged(screen, qtbot)
    assert line.visit.at == clock_time(9, 30)


def test_the_clock_is_said_and_that_a_manager_decides_after_a_second_try(screen, desk, qtbot):
    case = next(case for case in desk.outlook.held if case.plan == "cp" and case.last_seen < desk.today - timedelta(days=3))
    keys(f"{digits(case.child)} a")
    assert "then due" in screen.entry.clock.text()
    screen.entry.open_next()
    keys(f"{digits(case.child)} n1 yesterday", RETURN)
    logged(screen, qtbot)
    qtbot.waitUntil(lambda: len(tries(desk.outlook, desk.outlook.case_of(case.child.id))) == 1, timeout=10_000)
    screen.show_outlook(desk.outlook)
    keys(f"{digits(case.child)} n1 today")
    assert DECISION in screen.entry.clock.text()


# Never the wrong child


def test_part_of_a_reference_is_listed_and_never_taken(screen, desk):
    keys("1031", RETURN)
    assert screen.entry.matches.hasFocus()
    assert screen.lines.rows == []
    second = screen.entry.matches.children_model.row_at(1)
    keys(DOWN, RETURN)
    assert screen.entry.child.text() == second.reference
    assert screen.entry.about.text().startswith(f"{second.reference} – {second.initials}")
    assert screen.entry.outcome.typed.hasFocus()


def test_two_children_of_the_same_initials_are_listed_to_choose(screen, desk, qtbot):
    first, second = (case.child for case in desk.outlook.held[:2])
    before = desk.outlook
    desk.perform("Same initials", put, replace(second, initials=first.initials))
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=10_000)
    screen.show_outlook(desk.outlook)
    keys(f"{first.initials} a")
    listed = screen.entry.matches.children_model.rows
    assert {child.id for child in listed} >= {first.id, second.id}
    keys(DOWN, RETURN)
    assert screen.entry.child.text() == f"{listed[0].reference} a"
    assert screen.entry.checked().line.child_id == listed[0].id
    assert screen.lines.rows == []


def test_an_unknown_reference_is_said_and_kept(screen):
    keys("99999 a", RETURN)
    assert "is no child here" in screen.entry.question.text()
    assert screen.entry.child.text() == "99999 a"


def test_a_child_whose_case_was_not_open_that_day_is_asked_about(screen, desk):
    case = held(desk)
    keys(f"{digits(case.child)} a 1/1/2020", RETURN)
    assert "has no open case on" in screen.entry.question.text()
    assert screen.lines.rows == []


def test_a_child_of_another_team_is_logged_by_ctrl_enter_alone(screen, desk, qtbot):
    case = held(desk)
    before = desk.outlook
    desk.perform("Teams", put, replace(desk.workspace.person, team_ids=("another",)))
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=10_000)
    desk.workspace.sign_in(desk.workspace.person.id)
    on = free_day(desk, case.child)
    keys(f"{digits(case.child)} a {typed_day(on)}", RETURN)
    assert "is not a child of your teams" in screen.entry.question.text()
    assert screen.entry.again.text() == AGREE["other"]
    assert not visits_on(desk, case.child.id, on)
    QTest.keyClick(QApplication.focusWidget(), RETURN, Qt.KeyboardModifier.ControlModifier)
    logged(screen, qtbot)
    assert visits_on(desk, case.child.id, on)


# Households


def test_a_household_is_one_line(screen, desk, qtbot, family):
    screen.show_outlook(desk.outlook)
    on = free_day(desk, *family)
    keys(f"{digits(family[0])} all a {typed_day(on)}", RETURN)
    line, _ = logged(screen, qtbot)
    assert {child.id for child, _ in line.seen} == {child.id for child in family}


def test_siblings_are_offered_as_ticks_with_outcomes_of_their_own(screen, desk, qtbot, family):
    screen.show_outlook(desk.outlook)
    keys(digits(family[0]), RETURN, "a")
    rows = screen.entry.siblings.rows
    assert [row.child.id for row in rows] == [child.id for child in family[1:]]
    assert screen.entry.siblings.ticked == []
    keys(*[TAB] * 5)
    assert rows[0].tick.hasFocus()
    keys(Qt.Key.Key_Space, TAB, TAB, TAB, "n5")
    assert [row.child.id for row in screen.entry.siblings.ticked] == [child.id for child in family[1:]]
    keys(RETURN)
    line, row = logged(screen, qtbot)
    assert [outcome.how for _, outcome in line.seen] == ["alone", "alone", "not seen"]
    assert "not seen: Child asleep" in row.said.text()


# A second visit of one day


def test_a_second_visit_of_a_day_is_asked_about_and_logged_by_ctrl_enter_alone(screen, desk, qtbot):
    case = held(desk)
    on = free_day(desk, case.child)
    keys(f"{digits(case.child)} a {typed_day(on)}", RETURN)
    logged(screen, qtbot)
    keys(f"{digits(case.child)} a", RETURN, RETURN)
    assert "already" in screen.entry.question.text()
    assert len(visits_on(desk, case.child.id, on)) == 1
    QTest.keyClick(QApplication.focusWidget(), RETURN, Qt.KeyboardModifier.ControlModifier)
    logged(screen, qtbot, 2)
    assert len(visits_on(desk, case.child.id, on)) == 2


def test_a_line_refused_by_the_file_comes_back_as_it_was_typed(screen, desk, qtbot):
    case = held(desk)
    on = free_day(desk, case.child)
    line = f"{digits(case.child)} a {typed_day(on)} 25m"
    keys(line, RETURN, line, RETURN)
    qtbot.waitUntil(lambda: "already" in screen.entry.question.text(), timeout=10_000)
    line = screen.entry.checked().line
    assert (line.child_id, line.day, line.minutes) == (case.child.id, on, 25)
    assert screen.entry.again.isVisible()


def test_a_line_refused_while_the_next_is_typed_is_kept_and_can_be_put_back(screen, desk):
    first, second = held(desk), held(desk, 1)
    keys(f"{digits(first.child)} a 25m")
    kept = screen.entry.kept()
    screen.entry.open_next()
    keys(digits(second.child))
    screen.take_refused(kept, Refused("The disk is full. Nothing was logged."))
    row = screen.lines.refused[0]
    assert row.said.text() == "Not logged. The disk is full. Nothing was logged."
    assert screen.entry.child.text() == digits(second.child)
    row.button.click()
    line = screen.entry.checked().line
    assert (line.child_id, line.minutes) == (first.child.id, 25)
    assert [row.child.text() for row in screen.lines.refused] == [digits(second.child)]


# The way back


def test_each_of_the_last_lines_can_be_taken_back(screen, desk, qtbot):
    cases = desk.outlook.held[:3]
    on = free_day(desk, *(case.child for case in cases))
    for case in cases:
        keys(f"{digits(case.child)} a {typed_day(on)}", RETURN)
    logged(screen, qtbot, 3)
    oldest, row = screen.lines.rows[-1]
    row.button.click()
    qtbot.waitUntil(lambda: not visits_on(desk, cases[0].child.id, on), timeout=10_000)
    screen.show_outlook(desk.outlook)
    assert row.said.text().startswith(TAKEN_BACK)
    assert row.button.isHidden()
    assert desk.workspace.snapshot.find(Visit, oldest.visit.id) is None
    assert all(visits_on(desk, case.child.id, on) for case in cases[1:])


def test_twenty_lines_stand_on_the_page(screen, desk, qtbot):
    case = held(desk)
    on = free_day(desk, case.child)
    keys(f"{digits(case.child)} a {typed_day(on)}", RETURN)
    line, _ = logged(screen, qtbot)
    for _ in range(KEPT_LINES + 5):
        screen.lines.add(line)
    assert len(screen.lines.rows) == KEPT_LINES


# For everyone


def test_names_stand_nowhere_until_they_are_shown(screen, desk, qtbot):
    case = held(desk)
    keys(f"{digits(case.child)} a", RETURN)
    _, row = logged(screen, qtbot)
    words = [label.text() for label in screen.findChildren(QWidget) if hasattr(label, "text") and callable(label.text)]
    assert not any(case.child.name in one for one in words)
    assert case.child.initials in row.child.text()
    assert case.child.name not in desk.workspace.undoable


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_everything_has_a_name_and_can_be_hit(qapp, desk, qtbot, family, scale):
    apply_theme(qapp, "light", scale)
    screen = shown(desk, qtbot)
    keys(digits(family[0]), RETURN, "n")
    named = [widget for widget in screen.findChildren(QWidget) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    visible = [widget for widget in named if widget.isVisible()]
    assert len(visible) > 8
    for widget in visible:
        assert widget.accessibleName() or isinstance(widget, QPushButton) or getattr(widget, "text", str)(), widget
        assert widget.height() >= 24 or widget.parentWidget().height() >= 24
    apply_theme(qapp, "light")


def test_the_past_is_read_only_and_what_was_typed_stays(screen, desk, qtbot):
    case = held(desk)
    keys(f"{digits(case.child)} a")
    desk.look_at(on=desk.today - timedelta(days=2))
    qtbot.waitUntil(lambda: desk.outlook.on < desk.today, timeout=10_000)
    screen.show_outlook(desk.outlook)
    keys(RETURN)
    assert "looking at the past" in screen.entry.question.text()
    assert not screen.entry.is_blank


# Quick


def ten_visits(desk):
    """Ten visits of an afternoon, as keys with a thought before each chunk: child, what is new of it, and Enter."""
    cases = [case for case in desk.outlook.held if case.worker.id and not case.child.household][:10]
    day = free_day(desk, *(case.child for case in cases))
    rests = ["a", "a 40m", "a", "n1", "a school", "s2", "a", "a 1h", "n (dog loose)", "a"]
    visits = [
        [digits(case.child), RETURN, rest, RETURN] if rest == "a" else [f"{digits(case.child)} {rest}", RETURN]
        for case, rest in zip(cases, rests, strict=True)
    ]
    visits[0] = [f"{digits(cases[0].child)} a {typed_day(day)}", RETURN]
    thoughts = [2 + len(rest.split()) + (number == 0) for number, rest in enumerate(rests)]
    return visits, thoughts


def test_ten_visits_take_under_100_seconds_by_the_keystroke_level_model(screen, desk, qtbot):
    visits, thoughts = ten_visits(desk)
    seconds = 0.0
    for number, (visit, thought) in enumerate(zip(visits, thoughts, strict=True), start=1):
        seconds += KEY_SECONDS * keys(*visit) + THINK_SECONDS * thought
        logged(screen, qtbot, number)
    assert len(screen.lines.rows) == 10
    assert seconds < 100, f"{seconds:.1f} s"


def test_typing_a_line_among_1200_children_keeps_nobody_waiting(big_desk, qtbot, watchdog):
    screen = shown(big_desk, qtbot)
    case = big_desk.outlook.held[600]
    with watchdog() as longest:
        for key in f"{digits(case.child)} a 40m":
            QTest.keyClicks(screen.entry.child, key)
            qtbot.wait(1)
    assert case.child.reference in screen.entry.about.text()
    assert longest.cpu_ms < 100


def test_logging_among_1200_children_keeps_nobody_waiting(big_desk, qtbot, watchdog):
    screen = shown(big_desk, qtbot)
    cases = big_desk.outlook.held[100:105]
    on = typed_day(free_day(big_desk, *(case.child for case in cases)))
    with watchdog() as longest:
        for number, case in enumerate(cases, start=1):
            keys(f"{digits(case.child)} a {on}", RETURN)
            logged(screen, qtbot, number)
    assert longest.cpu_ms < 100


def test_a_child_is_a_child_of_the_workspace_whatever_the_page_shows(screen, desk):
    everyone = desk.workspace.snapshot.all(Child)
    assert all(screen.entry.known.roll.child(child_id) for child_id in everyone)


def test_in_a_small_window_a_line_stands_side_by_side_and_ends_where_the_header_does(desk, window_on, qtbot):
    window = window_on(desk, size=(1280, 720), first="log_visits")
    screen = window.workbench.screen_in_view

    def end_of(part: QWidget) -> int:
        return part.mapTo(window, part.rect().topRight()).x()

    qtbot.waitUntil(lambda: end_of(screen.entry.log) == end_of(screen.paste))
    assert len({cell.y() for cell in screen.entry.cells.values()}) == 1
