"""Locking: nothing of any child is left in the program, the file is closed, and the passphrase alone brings it back."""

import gc
import weakref
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from planner.core.records import Child, Person, Team
from planner.ui.board.lettering import width_of
from planner.ui.idle import IdleWatch
from planner.ui.logging.logged import TAKEN_BACK
from planner.ui.logging.quick_line import QuickLine
from planner.ui.screen import Screen
from planner.ui.session_watch import SessionWatch
from planner.ui.workbench import Workbench
from tests.helpers.people import PASSPHRASE, a_small_team
from tests.ui.test_planner import planner  # noqa: F401


@pytest.fixture
def at_work(planner, qtbot, tmp_path, filled_files):  # noqa: F811
    """The program with a workspace open on its Cases page."""
    planner.open_workspace(filled_files.workspace(a_small_team, tmp_path / "small.planner"))
    qtbot.waitUntil(lambda: planner.window.workbench is not None and planner.window.workbench.current == 0, timeout=20_000)
    bench = planner.window.workbench
    bench.open_page([screen.name for screen in bench.screen_types].index("cases"))
    qtbot.waitUntil(lambda: bench.header.finding.text() != "")
    return planner


def lock(planner, qtbot):  # noqa: F811
    """Lock, and wait until what was torn down is gone."""
    planner.window.actions_by_name["lock"].trigger()
    assert planner.sign_in.isVisible()
    qtbot.wait(50)


def test_locking_leaves_no_widget_and_no_word_of_any_child(at_work, qtbot):
    references = [child.reference for child in at_work.desk.workspace.snapshot.all(Child).values()]
    bench = at_work.window.workbench
    bench.open_page(bench.current)
    QGuiApplication.clipboard().setText(references[0])
    at_work.desk.open_child(at_work.desk.outlook.cases[0].child.id)
    dialog = QDialog(at_work.window)
    QLabel(references[1], dialog)
    dialog.show()
    lock(at_work, qtbot)
    left = [widget for widget in QApplication.allWidgets() if isinstance(widget, Workbench | Screen | QDialog)]
    assert left == []
    words = [widget.text() for widget in QApplication.allWidgets() if isinstance(widget, QLabel)]
    assert not any(reference in said for reference in references for said in words)
    assert not any(reference in QGuiApplication.clipboard().text() for reference in references)
    assert at_work.desk is None


@pytest.fixture
def on_search():
    """What is called when memory is searched for what nobody holds, which is only when the planner asks for it."""
    asked = []

    def _on_search(phase, _about):
        for one in asked if phase == "start" else ():
            one()

    gc.callbacks.append(_on_search)
    gc.disable()
    yield asked
    gc.enable()
    gc.callbacks.remove(_on_search)


def test_locking_leaves_no_record_in_memory_for_the_search_to_find(at_work, qtbot, on_search):
    window, desk = at_work.window, at_work.desk
    for number in range(len(window.workbench.screen_types)):
        window.workbench.open_page(number)
        qtbot.waitUntil(
            lambda: getattr(window.workbench.screen_in_view, "is_filled", window.workbench.screen_in_view is not None)
        )
    desk.open_child(desk.outlook.cases[0].child.id)
    held = [weakref.ref(one) for one in (desk, desk.workspace, desk.outlook)]
    assert width_of(desk.outlook.cases[0].child.reference)
    desk = None
    alive_at_search = []
    on_search.append(lambda: alive_at_search.append([one() is not None for one in held]))
    lock(at_work, qtbot)
    qtbot.waitUntil(lambda: bool(alive_at_search))
    assert alive_at_search[0] == [False, False, False]
    assert width_of.cache_info().currsize == 0


def test_the_file_is_closed_and_the_passphrase_alone_leads_back_to_the_page(at_work, qtbot):
    workspace, page = at_work.desk.workspace, at_work.window.workbench.current
    person = workspace.person
    lock(at_work, qtbot)
    qtbot.waitUntil(lambda: workspace._closed)
    unlock = at_work.sign_in.unlock
    assert unlock.heading.text() == "small is locked"
    unlock.passphrase.line.setText(PASSPHRASE)
    qtbot.keyClick(unlock.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at_work.window.workbench is not None and at_work.window.workbench.current == page, timeout=20_000)
    assert at_work.desk.workspace.person == person


def unlocked(planner, qtbot):  # noqa: F811
    """Unlock, and wait for the page that was in view."""
    unlock = planner.sign_in.unlock
    unlock.passphrase.line.setText(PASSPHRASE)
    qtbot.keyClick(unlock.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: planner.desk is not None and planner.desk.outlook is not None, timeout=20_000)
    qtbot.waitUntil(lambda: planner.window.workbench is not None and planner.window.workbench.screen_in_view is not None)
    return planner.window.workbench


def test_lines_half_typed_are_there_again_for_the_same_person_and_for_nobody_else(at_work, qtbot):
    window, bench = at_work.window, at_work.window.workbench
    bench.open_page([screen.name for screen in bench.screen_types].index("log_visits"))
    qtbot.waitUntil(lambda: bench.screen_in_view.is_filled)
    reference = at_work.desk.outlook.held[0].child.reference
    for day in ("14/11", "15/11"):
        bench.screen_in_view.entry.child.setText(f"{reference} alone school {day} 20m")
        qtbot.keyClick(bench.screen_in_view.entry.child, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(bench.screen_in_view.lines.rows) == 2)
    said = [row.accessibleName() for _, row in bench.screen_in_view.lines.rows]
    bench.screen_in_view.entry.child.setText(f"{reference} alone school")
    bench.screen_in_view.open_list("99999 alone")
    window.actions_by_name["quick_line"].trigger()
    quick = window.findChild(QuickLine)
    quick.field.setText(f"{reference} a 20")
    typed = bench.screen_in_view.entry.kept()
    lock(at_work, qtbot)
    page = unlocked(at_work, qtbot).screen_in_view
    qtbot.waitUntil(lambda: page.list_pane is not None)
    assert [line.text for line in page.list_pane.lines] == ["99999 alone"]
    assert not page.list_pane.isHidden()
    assert page.entry.kept() == typed
    assert [row.accessibleName() for _, row in page.lines.rows] == said
    page.lines.rows[0][1].button.click()
    qtbot.waitUntil(lambda: TAKEN_BACK in page.lines.rows[0][1].said.text())
    window.actions_by_name["quick_line"].trigger()
    assert window.findChild(QuickLine).field.text() == f"{reference} a 20"
    lock(at_work, qtbot)
    at_work._locked = replace(at_work._locked, person_id="somebody else")
    page = unlocked(at_work, qtbot).screen_in_view
    assert page.list_pane is None
    assert page.entry.child.text() == ""
    assert page.lines.rows == []


def test_the_teams_looked_at_are_those_of_before(at_work, qtbot):
    team, person = next(iter(at_work.desk.workspace.snapshot.all(Team))), at_work.desk.workspace.person
    at_work.desk.perform("Join", lambda step: step.put(replace(person, team_ids=(team,))))
    qtbot.waitUntil(lambda: at_work.desk.workspace.snapshot.find(Person, person.id).team_ids == (team,))
    for teams in (frozenset({team}), frozenset()):
        at_work.window.workbench.navigation.teams_asked.emit(teams)
        assert at_work.desk.team_ids == teams
        lock(at_work, qtbot)
        unlocked(at_work, qtbot)
        assert at_work.desk.team_ids == teams


def test_a_wrong_passphrase_keeps_it_locked_and_says_so(at_work, qtbot):
    lock(at_work, qtbot)
    unlock = at_work.sign_in.unlock
    unlock.passphrase.line.setText("not the passphrase")
    qtbot.keyClick(unlock.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: unlock.trouble.isVisible() and bool(unlock.trouble.text()), timeout=20_000)
    assert at_work.window.workbench is None


def test_a_meeting_stands_in_the_navigation_column_and_is_ended_there(at_work, qtbot):
    at_work.window._on_meeting_asked(60)
    meeting = at_work.window.workbench.navigation.meeting
    assert meeting.isVisible()
    assert meeting.text().startswith("Meeting until ")
    qtbot.mouseClick(meeting, Qt.MouseButton.LeftButton)
    assert not meeting.isVisible()


class HandClock:
    """A clock set by hand."""

    def __init__(self):
        self.now = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def __call__(self):
        return self.now

    def forward(self, minutes):
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def watched(qapp, qtbot):
    """A watch of five minutes over a window, with its clock and how often it said that nobody was here."""
    window = QDialog()
    qtbot.addWidget(window)
    window.show()
    clock, said = HandClock(), []
    watch = IdleWatch(clock, 5)
    watch.idle.connect(lambda: said.append(clock.now))
    watch.start()
    yield watch, clock, said, window
    watch.stop()


def pass_time(watch, clock, minutes):
    """Let time go by, with the watch looking at the clock as it does."""
    for _ in range(2 * minutes):
        clock.forward(0.5)
        watch.look()


def test_five_minutes_without_a_key_lock(watched):
    watch, clock, said, _ = watched
    pass_time(watch, clock, 4)
    assert said == []
    pass_time(watch, clock, 1)
    assert len(said) == 1


def test_a_key_begins_the_five_minutes_anew(watched):
    watch, clock, said, window = watched
    pass_time(watch, clock, 4)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    pass_time(watch, clock, 4)
    assert said == []


def test_half_a_minute_before_it_is_said_and_a_key_takes_it_back(watched):
    watch, clock, said, window = watched
    told, stayed = [], []
    watch.idle_soon.connect(lambda: told.append(clock.now))
    watch.stayed.connect(lambda: stayed.append(clock.now))
    pass_time(watch, clock, 4)
    assert told == []
    clock.forward(0.5)
    watch.look()
    watch.look()
    assert (len(told), said) == (1, [])
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert len(stayed) == 1
    pass_time(watch, clock, 4)
    assert said == []


def test_the_message_that_it_will_lock_goes_with_the_next_key(at_work, qtbot):
    window, message = at_work.window, at_work.window.workbench.message
    window.watch.idle_soon.emit()
    assert "locks in half a minute" in message.words.text()
    window.watch.stayed.emit()
    assert not message.isVisible()


def test_a_meeting_begins_from_the_palettes_action_and_is_shown(at_work):
    at_work.window.actions_by_name["meeting_60"].trigger()
    assert at_work.window.watch.meeting_until is not None
    at_work.window.watch.end_meeting()


def test_a_meeting_puts_the_lock_off_and_then_five_minutes_count_again(watched):
    watch, clock, said, _ = watched
    watch.begin_meeting(30)
    pass_time(watch, clock, 29)
    assert said == []
    pass_time(watch, clock, 1)
    assert watch.meeting_until is None
    assert said == []
    pass_time(watch, clock, 5)
    assert len(said) == 1


def test_a_computer_that_slept_locks_on_waking_whatever_meeting_was_on(watched):
    watch, clock, said, _ = watched
    watch.begin_meeting(90)
    pass_time(watch, clock, 1)
    assert said == []
    clock.forward(20)
    watch.look()
    assert len(said) == 1
    assert watch.meeting_until is None


def test_the_lock_of_the_computers_session_locks_the_planner(at_work, qtbot):
    session = SessionWatch()
    at_work.take_session(session)
    session._on_state_changed(True)
    assert at_work.sign_in.isVisible()
    assert at_work.desk is None


@pytest.mark.parametrize("value", ["0", "-1", "61", "never", ""])
def test_the_lock_can_not_be_turned_off_in_the_settings(tmp_path, value):
    from planner.settings import read_settings

    path = tmp_path / "settings.ini"
    path.write_text(f"[planner]\nlock_minutes = {value}\n", "utf-8")
    assert read_settings(path).value("lock_minutes") == "5"
