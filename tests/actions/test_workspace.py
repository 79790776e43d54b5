"""The one door to a workspace: who works and when, steps that are whole or nothing, and who is told."""

import threading
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from planner.actions.workspace import Changes, Workspace
from planner.core.errors import Environment, Refused
from planner.core.records import Child, Device, Person, Setting, StepTaken, Visit
from planner.core.workspace_settings import SAMPLE_TODAY, WORKSPACE_ID, WORKSPACE_NAME
from tests.helpers.stores import PRIYA, SAM, HandClock, a_child, a_visit, a_workspace, change, do, opened, put, records_of, remove


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "team.planner"


@pytest.fixture
def empty(path: Path, clock: HandClock) -> Any:
    made = a_workspace(path, clock)
    yield made
    made.close()


def test_a_new_workspace_knows_its_name_its_person_and_this_computer(empty: Workspace) -> None:
    assert empty.snapshot.setting(WORKSPACE_NAME) == "Long term 1"
    assert len(empty.snapshot.setting(WORKSPACE_ID)) == 32
    assert empty.people() == (PRIYA,)
    assert empty.person == PRIYA
    (device,) = empty.snapshot.all(Device).values()
    assert (device.name, len(device.public_key)) == ("a laptop", 64)


def test_opened_again_it_holds_the_same_and_this_computer_is_the_same(empty: Workspace, path: Path, clock: HandClock) -> None:
    do(empty, put, a_child(), a_visit())
    before = records_of(empty)
    empty.close()
    again = opened(path, clock)
    assert records_of(again) == before
    again.close()


def test_another_computer_enrols_itself_in_a_step_that_cannot_be_undone(
    empty: Workspace, path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    empty.close()
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setenv("XDG_DATA_HOME", str(elsewhere))
    monkeypatch.setenv("HOME", str(elsewhere))
    again = opened(path, clock)
    assert len(again.snapshot.all(Device)) == 2
    assert again.history()[-1].title == "Enrol this computer"
    assert again.undoable == ""
    again.close()


def test_with_several_people_nobody_works_until_someone_signs_in(empty: Workspace, path: Path, clock: HandClock) -> None:
    do(empty, put, SAM)
    empty.close()
    again = opened(path, clock)
    assert again.person is None
    assert again.people() == (PRIYA, SAM)
    with pytest.raises(Refused, match="Choose who is working"):
        do(again, put, a_child())
    with pytest.raises(Refused, match="not in the workspace"):
        again.sign_in("nobody")
    again.sign_in(SAM.id)
    outcome = do(again, put, a_child())
    taken = again.snapshot.find(StepTaken, outcome.step_id)
    assert taken is not None
    assert taken.person_id == SAM.id
    again.close()


def test_today_is_the_clocks_unless_a_sample_brings_its_own(empty: Workspace, clock: HandClock) -> None:
    assert empty.today == clock.now.astimezone().date()
    do(empty, put, Setting(id=SAMPLE_TODAY, value="2018-05-14"))
    assert empty.today == date(2018, 5, 14)


def test_an_action_sees_what_it_has_put_so_far_and_its_answer_comes_home(empty: Workspace) -> None:
    def action(step: Any, number: int, *, word: str) -> str:
        step.put(a_child(number))
        assert step.snapshot.find(Child, "c7") == a_child(7)
        step.put(replace(a_child(number), initials="Z.Z."))
        assert step.snapshot.by(Child, "initials", "Z.Z.") == (replace(a_child(7), initials="Z.Z."),)
        step.remove(a_child(number))
        assert step.snapshot.find(Child, "c7") is None
        step.put(a_child(number))
        assert (step.today, step.person, len(step.new_id())) == (empty.today, PRIYA, 32)
        return word

    outcome = empty.perform("Try", action, 7, word="done").result()
    assert (outcome.result, outcome.title) == ("done", "Try")
    assert set(outcome.changes.put) >= {a_child(7)}
    assert empty.snapshot.find(Child, "c7") == a_child(7)


@pytest.mark.parametrize("fault", [Refused("Not so."), ZeroDivisionError("a fault of ours")])
def test_when_an_action_fails_nothing_is_changed_and_nobody_is_told(empty: Workspace, fault: Exception) -> None:
    told: list[Changes] = []
    empty.subscribe(told.append)
    before, snapshot = records_of(empty), empty.snapshot

    def failing(step: Any) -> None:
        step.put(a_child())
        raise fault

    future = empty.perform("Fail", failing)
    assert future.exception() is fault
    assert empty.snapshot is snapshot
    assert records_of(empty) == before
    assert told == []
    assert empty.undoable == ""
    assert empty.check() == []


def test_perform_returns_before_the_action_has_run(empty: Workspace) -> None:
    gate, thread = threading.Event(), []

    def waiting(step: Any) -> None:
        thread.append(threading.current_thread())
        assert gate.wait(10)

    future: Future[Any] = empty.perform("Wait", waiting)
    assert not future.done()
    gate.set()
    future.result()
    assert thread[0] is not threading.current_thread()


def test_subscribers_are_told_on_the_database_thread_once_the_snapshot_is_replaced(empty: Workspace) -> None:
    told: list[tuple[Changes, bool, str]] = []
    stop = empty.subscribe(
        lambda changes: told.append((changes, empty.snapshot is changes.snapshot, threading.current_thread().name))
    )
    do(empty, put, a_child(), title="Receive case")
    do(empty, remove, a_child())
    stop()
    do(empty, put, a_child(2))
    (first, was_replaced, thread), (second, _, _) = told
    assert was_replaced
    assert thread.startswith("database")
    assert (first.title, a_child() in first.put, first.removed) == ("Receive case", True, ())
    assert second.removed == (a_child(),)


def test_a_subscriber_that_fails_does_not_undo_the_step(empty: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    def failing(_: Changes) -> None:
        raise ZeroDivisionError

    empty.subscribe(failing)
    outcome = do(empty, put, a_child())
    assert empty.snapshot.find(Child, "c1") is not None
    assert [record.getMessage() for record in caplog.records] == [f"a subscriber failed after step {outcome.step_id}"]
    caplog.clear()


def test_steps_are_done_in_the_order_they_were_asked_for(empty: Workspace) -> None:
    futures = [empty.perform(f"Step {number}", put, a_child(number)) for number in range(20)]
    for future in futures:
        future.result()
    assert [step.title for step in empty.history()[1:]] == [f"Step {number}" for number in range(20)]


def test_a_closed_workspace_says_so_and_closing_finishes_what_was_asked_for(path: Path, clock: HandClock) -> None:
    workspace = a_workspace(path, clock)
    futures = [workspace.perform("Put", put, a_child(number)) for number in range(5)]
    workspace.close()
    workspace.close()
    assert all(future.done() for future in futures)
    with pytest.raises(Environment, match="closed"):
        workspace.perform("Put", put, a_child())
    again = opened(path, clock)
    assert len(again.snapshot.all(Child)) == 5
    again.close()


def test_a_snapshot_taken_before_a_step_stays_as_it_was(empty: Workspace) -> None:
    do(empty, put, a_visit())
    before = empty.snapshot
    do(empty, change, a_visit(), place="school")
    assert before.all(Visit)["v1"].place == "home"
    assert empty.snapshot.all(Visit)["v1"].place == "school"


def test_a_backup_that_is_looked_at_cannot_be_changed(empty: Workspace, path: Path, clock: HandClock) -> None:
    do(empty, put, a_child())
    at = clock.now
    empty.backup().result()
    clock.forward(minutes=10)
    looked = Workspace.open_backup(path, "violet kettle morning", clock=clock)
    assert looked.read_only
    assert looked.backup_taken == at
    assert looked.snapshot.find(Child, "c1") == a_child()
    with pytest.raises(Refused, match="This is a backup"):
        do(looked, put, a_child(2))
    looked.note("viewed", "child", "c1").result()
    assert looked.path == path
    looked.close()
    assert empty.last_backup is not None
    assert empty.last_backup[1] == at


def test_moments_are_kept_in_utc_with_their_zone(empty: Workspace, path: Path, clock: HandClock) -> None:
    moment = datetime(2026, 7, 1, 10, 30, tzinfo=UTC)
    do(empty, put, Device(id="d", name="other", enrolled_at=moment), Person(id="p", team_ids=("a", "b")))
    empty.close()
    again = opened(path, clock)
    found = again.snapshot.find(Device, "d")
    assert found is not None
    assert found.enrolled_at == moment
    assert found.enrolled_at is not None
    assert found.enrolled_at.tzinfo is UTC
    again.close()
