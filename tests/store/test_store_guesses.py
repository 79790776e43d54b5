"""Wrong passphrases make the next try wait, and the journal is told of them."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from planner.actions.workspace import Workspace
from planner.core.errors import NotOurs, Refused, WrongPassphrase
from planner.store import keys
from planner.store.guesses import guesses
from planner.store.keys import keys_path
from planner.store.operation_rows import operations_where
from planner.store.operations import Operation
from planner.store.places import data_folder
from planner.store.schema import operation as operation_table
from tests.helpers.stores import PASSPHRASE, HandClock, a_workspace, inside, on_its_thread, opened

WRONG = "violet kettle evening"


@pytest.fixture
def closed(path: Path, clock: HandClock) -> Path:
    a_workspace(path, clock).close()
    return path


def wrong(path: Path, clock: HandClock) -> int:
    with pytest.raises(WrongPassphrase) as raised:
        opened(path, clock, WRONG)
    return raised.value.wait_s


def folder(path: Path) -> Path:
    return data_folder(keys.slots_of_file(keys_path(path)).workspace)


def told(workspace: Workspace) -> list[Operation]:
    def found() -> list[Operation]:
        with inside(workspace).database.transaction() as connection:
            return list(operations_where(connection, operation_table.c.kind == "unlock failed"))

    operations: list[Operation] = on_its_thread(workspace, found)
    return operations


def test_each_wrong_try_doubles_the_wait_up_to_a_minute(closed: Path, clock: HandClock) -> None:
    waits = []
    for _ in range(9):
        waits.append(wrong(closed, clock))
        clock.forward(seconds=waits[-1])
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_until_then_even_the_right_passphrase_is_not_tried(closed: Path, clock: HandClock) -> None:
    wrong(closed, clock)
    clock.forward(seconds=1)
    wrong(closed, clock)
    with pytest.raises(Refused, match="Wait 2 seconds"):
        opened(closed, clock)
    with pytest.raises(Refused, match="Wait 2 seconds"):
        Workspace.open_backup(closed, PASSPHRASE, clock=clock)
    clock.forward(seconds=1.5)
    with pytest.raises(Refused, match="Wait a second"):
        opened(closed, clock)
    clock.forward(seconds=0.5)
    opened(closed, clock).close()
    assert wrong(closed, clock) == 1


def test_a_clock_that_was_put_back_locks_nobody_out(closed: Path, clock: HandClock) -> None:
    for _ in range(8):
        clock.forward(seconds=wrong(closed, clock))
    clock.forward(days=-400)
    opened(closed, clock).close()


def test_the_next_opening_tells_the_journal_how_often_and_when(closed: Path, clock: HandClock) -> None:
    start = clock.now
    wrong(closed, clock)
    clock.forward(seconds=5)
    wrong(closed, clock)
    clock.forward(seconds=5)
    again = opened(closed, clock)
    (one,) = told(again)
    assert (one.table, one.row, one.person) == ("workspace", inside(again).workspace_id, "")
    assert one.values["count"] == "2"
    times = [start.isoformat(), (start + timedelta(seconds=5)).isoformat()]
    assert json.loads(one.values["times"] or "") == times
    assert again.check() == []
    again.close()
    last = opened(closed, clock)
    assert len(told(last)) == 1
    last.close()


def test_looking_at_a_backup_tells_nobody_yet(closed: Path, clock: HandClock) -> None:
    with pytest.raises(WrongPassphrase):
        Workspace.open_backup(closed, WRONG, clock=clock)
    clock.forward(seconds=1)
    Workspace.open_backup(closed, PASSPHRASE, clock=clock).close()
    again = opened(closed, clock)
    assert [one.values["count"] for one in told(again)] == ["1"]
    again.close()


@pytest.mark.parametrize("text", ["", "[]", '{"in_a_row": 3}', '{"in_a_row": 3, "untold": 3, "times": [7]}'])
def test_a_record_of_tries_that_cannot_be_read_locks_nobody_out(closed: Path, clock: HandClock, text: str) -> None:
    wrong(closed, clock)
    (folder(closed) / "guesses.json").write_text(text)
    opened(closed, clock).close()


def test_a_time_without_a_zone_is_taken_for_this_computers(closed: Path, clock: HandClock) -> None:
    (folder(closed) / "guesses.json").write_text('{"in_a_row": 1, "untold": 1, "times": ["2026-01-01T09:00:00"]}')
    opened(closed, clock).close()


def test_only_the_newest_hundred_moments_are_kept_and_all_are_counted(closed: Path, clock: HandClock) -> None:
    for _ in range(104):
        clock.forward(seconds=60)
        wrong(closed, clock)
    found = guesses(folder(closed))
    assert (found.untold, len(found.times)) == (104, 100)


@pytest.mark.parametrize("name", ["../../away", "", "a/b", "a" * 65, "..", "a\n"])
def test_a_key_file_whose_workspace_would_lead_out_of_the_persons_own_folder_is_refused(name: str) -> None:
    slots = keys.KeySlots(name, (keys.passphrase_slot(name, PASSPHRASE, keys.new_data_key(), keys.Cost(64, 1, 1)),))
    with pytest.raises(NotOurs):
        keys.slots_of_text(keys.slots_text(slots), "team.keys")
