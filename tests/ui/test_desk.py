"""The desk: steps go out to the database thread, results and outlooks come home, and nobody waits."""

import gc
import threading
import weakref
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from PySide6.QtCore import QObject, Qt, QThread

from planner.actions.names import INITIALS, NAMES, choose_names
from planner.core.errors import Refused
from planner.core.records import Child, Setting, Team, Visit, Worker
from planner.core.workspace_settings import NAMES_ALLOWED
from planner.ui.background import Home
from planner.ui.desk import SO_ALREADY, STOPPED, Desk
from planner.ui.messages import BusyBar
from tests.helpers.people import TODAY


def rename_team(step, name):
    """An action: the first team gets another name."""
    team = next(iter(step.snapshot.all(Team).values()))
    step.put(replace(team, name=name))
    return name


def refuse(step):
    """An action that may not be done."""
    raise Refused("The day lies after today. Nothing was changed.")


def put_setting(step, name, value):
    """An action: a setting of the workspace."""
    step.put(Setting(id=name, value=value))


def test_a_step_is_done_named_and_shown_in_a_new_outlook(desk, qtbot):
    results, said = [], []
    desk.done.connect(said.append)
    with qtbot.waitSignal(desk.outlook_changed):
        desk.perform("Rename team", rename_team, "Team Elm", then=results.append, said="Renamed the team to Team Elm")
    qtbot.waitUntil(lambda: results == ["Team Elm"])
    assert said == ["Renamed the team to Team Elm"]
    assert [team.name for team in desk.outlook.teams] == ["Team Elm"]
    assert desk.workspace.undoable == "Rename team"


def test_what_was_so_already_is_no_step_that_could_be_undone(desk, qtbot):
    done, results = [], []
    desk.done.connect(done.append)
    name = desk.outlook.teams[0].name
    with qtbot.waitSignal(desk.told) as told:
        desk.perform("Rename team", rename_team, name, then=results.append)
    qtbot.waitUntil(lambda: results == [name])
    assert told.args == [SO_ALREADY]
    assert (done, desk.workspace.undoable) == ([], "")


def test_undo_and_redo_go_through_the_same_door(desk, qtbot):
    before = desk.outlook.teams[0].name
    with qtbot.waitSignal(desk.outlook_changed):
        desk.perform("Rename team", rename_team, "Team Elm")
    with qtbot.waitSignals([desk.outlook_changed, desk.undone]):
        desk.undo()
    assert desk.outlook.teams[0].name == before
    with qtbot.waitSignals([desk.outlook_changed, desk.done]):
        desk.redo()
    assert desk.outlook.teams[0].name == "Team Elm"


def test_a_refusal_comes_as_its_sentence_and_nothing_changes(desk, qtbot):
    with qtbot.waitSignal(desk.failed) as told:
        desk.perform("Log visit", refuse)
    assert told.args == ["The day lies after today. Nothing was changed."]
    assert desk.workspace.undoable == ""


def test_a_fault_of_ours_is_raised_on_the_windows_thread(desk, qtbot):
    with qtbot.captureExceptions() as faults:
        desk.run_in_background(lambda: 1 // 0, then=print)
        qtbot.waitUntil(lambda: bool(faults))
    assert faults[0][0] is ZeroDivisionError


def test_results_arrive_on_the_windows_thread_and_work_does_not_run_there(desk, qtbot):
    ran_on, arrived_on = [], []
    desk.run_in_background(
        lambda: ran_on.append(threading.current_thread()), then=lambda _: arrived_on.append(QThread.currentThread())
    )
    qtbot.waitUntil(lambda: bool(arrived_on))
    assert ran_on != [threading.main_thread()]
    assert arrived_on == [desk.thread()]


def test_a_result_whose_owner_is_gone_is_dropped(qtbot, qapp):
    class Owner(QObject):
        """Someone who asks and leaves."""

        told: list[int] = []  # noqa: RUF012

        def take(self, value):
            """Keep what came."""
            self.told.append(value)

    home, gone, here = Home(), Owner(), Owner()
    home.call(gone.take, 1)
    home.call(partial(gone.take), 1)
    home.call(here.take, 2)
    gone.deleteLater()
    from shiboken6 import delete

    delete(gone)
    qtbot.waitUntil(lambda: bool(Owner.told))
    assert Owner.told == [2]


def test_the_past_can_be_looked_at_but_not_changed(desk, qtbot):
    with qtbot.waitSignal(desk.outlook_changed):
        desk.look_at(on=date(2026, 10, 1))
    assert desk.outlook.is_past
    with qtbot.waitSignal(desk.failed) as told:
        desk.perform("Rename team", rename_team, "Team Elm")
    assert told.args[0].startswith("You are looking at the past")
    with qtbot.waitSignal(desk.failed):
        desk.undo()


def test_the_future_can_be_changed(desk, qtbot):
    with qtbot.waitSignal(desk.outlook_changed):
        desk.look_at(on=date(2026, 12, 7))
    with qtbot.waitSignal(desk.done):
        desk.perform("Rename team", rename_team, "Team Elm")


def test_the_day_and_the_teams_stay_when_the_plan_changes(desk, qtbot):
    with qtbot.waitSignal(desk.outlook_changed):
        desk.look_at(on=date(2026, 12, 7), team_ids=[desk.outlook.teams[0].id])
    with qtbot.waitSignal(desk.outlook_changed):
        desk.perform("Rename team", rename_team, "Team Elm")
    assert (desk.outlook.on, desk.outlook.team_ids) == (date(2026, 12, 7), desk.team_ids)


def test_initials_stand_unless_names_are_asked_for_and_allowed(desk, qtbot):
    child = next(iter(desk.workspace.snapshot.all(Child).values()))
    assert desk.child_words(child) == f"{child.reference} – {child.initials}"
    with qtbot.waitSignal(desk.privacy_changed):
        desk.show_names()
    assert desk.child_words(child) == f"{child.reference} – {child.name}"
    with qtbot.waitSignal(desk.privacy_changed):
        desk._privacy_timer.timeout.emit()
    assert desk.child_words(child) == f"{child.reference} – {child.initials}"


def test_names_stay_hidden_where_the_council_does_not_allow_them(desk, qtbot):
    with qtbot.waitSignal(desk.outlook_changed):
        desk.perform("Set", put_setting, NAMES_ALLOWED, "no")
    with qtbot.waitSignal(desk.failed):
        desk.show_names()
    assert desk.initials_only


def test_where_the_workspace_begins_with_names_they_stay_until_initials_are_asked_for(desk, qtbot):
    child = next(iter(desk.workspace.snapshot.all(Child).values()))
    with qtbot.waitSignal(desk.privacy_changed):
        desk.perform("Choose", choose_names, NAMES)
    assert desk.child_words(child) == f"{child.reference} – {child.name}"
    desk.hide_names()
    desk.show_names()
    assert not desk.initials_only
    assert not desk._privacy_timer.isActive()
    with qtbot.waitSignal(desk.privacy_changed):
        desk.perform("Choose", choose_names, INITIALS)
    assert desk.initials_only


def test_there_is_nothing_to_undo_at_the_start(desk, qtbot):
    with qtbot.waitSignal(desk.failed) as told:
        desk.undo()
    assert told.args == ["There is nothing to undo."]


def test_the_window_stays_awake_while_1200_children_are_worked_out(big_desk: Desk, qtbot, watchdog):
    visit = next(iter(big_desk.workspace.snapshot.all(Visit).values()))
    with watchdog() as longest:
        with qtbot.waitSignal(big_desk.outlook_changed, timeout=20_000):
            big_desk.look_at(on=TODAY.replace(day=16))
        with qtbot.waitSignal(big_desk.outlook_changed, timeout=20_000):
            big_desk.look_at(on=TODAY)
        with qtbot.waitSignal(big_desk.outlook_changed, timeout=20_000):
            big_desk.perform("Touch", lambda step: step.put(replace(visit, pinned=True)))
    assert longest.cpu_ms < 100, longest


@pytest.mark.parametrize("action", [rename_team])
def test_what_changed_is_told_by_its_kinds(desk, qtbot, action):
    with qtbot.waitSignal(desk.outlook_changed):
        desk.perform("Rename team", action, "Team Oak")
    assert Team in desk.changed_kinds
    with qtbot.waitSignal(desk.outlook_changed):
        desk.look_at(on=TODAY)
    assert desk.changed_kinds is None


def test_an_outlook_is_spared_the_search_for_cycles_and_still_freed_when_another_takes_its_place(desk, qtbot):
    assert gc.get_freeze_count() > 10_000
    before = weakref.ref(desk.outlook)
    with qtbot.waitSignal(desk.outlook_changed):
        desk.look_at(on=desk.today + timedelta(days=1))
    qtbot.waitUntil(lambda: before() is None)


def test_what_the_checks_after_opening_find_is_said(desk, qtbot):
    def tamper():
        with desk.workspace._file.database.transaction() as connection:
            connection.exec_driver_sql("UPDATE team SET name = 'Another'")

    desk.workspace._submit(tamper).result()
    with qtbot.waitSignal(desk.failed, timeout=20_000) as told:
        desk._check_timer.start(0)
    assert "does not hold what its journal says" in told.args[0]


def test_checks_that_find_nothing_say_nothing(desk, qtbot):
    said, checked = [], []
    desk.failed.connect(said.append)
    desk._check_timer.start(0)
    desk._home.deliver(desk.workspace.check_health(), checked.append, said.append)
    qtbot.waitUntil(lambda: checked == [""], timeout=20_000)
    assert said == []


def test_a_step_can_be_stopped_while_it_is_written_and_the_next_one_is_not(desk, qtbot):
    worker = desk.outlook.workers[0]
    said, done = [], []
    desk.failed.connect(said.append)
    desk.done.connect(done.append)

    def stopped(step):
        step.put(replace(worker, name="Another"))
        desk.stop_writing()

    desk.perform("Stopped", stopped)
    assert desk.is_writing
    qtbot.waitUntil(lambda: said == [STOPPED], timeout=10_000)
    assert not desk.is_writing
    assert desk.workspace.snapshot.find(Worker, worker.id) == worker
    desk.perform("Written", lambda step: step.put(replace(worker, name="Another")))
    qtbot.waitUntil(lambda: done == ["Written"], timeout=10_000)


def test_the_busy_bar_says_how_far_a_step_is_and_offers_to_stop_it(qtbot):
    bar = BusyBar()
    qtbot.addWidget(bar)
    bar.set_busy(True, "Undo", can_stop=True)
    bar._on_wait_grown_long()
    bar.show_part(0.4)
    assert (bar.bar.value(), bar.words.text(), bar.stop.isVisible()) == (40, "Undo …", True)
    with qtbot.waitSignal(bar.stop_asked):
        qtbot.mouseClick(bar.stop, Qt.MouseButton.LeftButton)
    assert not bar.stop.isEnabled()
    bar.set_busy(False)
    assert not bar.isVisible()
