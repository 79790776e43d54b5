"""The checks after opening: when they are due, what they find, what they say, and that they stand in nobody's way."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from planner.actions.workspace import Workspace
from planner.core.records import Child
from planner.store import checking
from planner.store.backup import backup_folder, newest_backup
from planner.store.last_checks import DRILL, PAGES, WHOLE, is_due
from planner.store.lock import lock_path
from planner.store.places import data_folder
from tests.helpers.stores import PASSPHRASE, HandClock, a_child, a_workspace, do, inside, on_its_thread, opened, put

CHECKS = (PAGES, WHOLE, DRILL)


def own(workspace: Workspace) -> Path:
    return data_folder(inside(workspace).workspace_id)


def due(workspace: Workspace, clock: HandClock) -> list[str]:
    return [check for check in CHECKS if is_due(own(workspace), check, clock())]


def health(workspace: Workspace) -> str:
    return workspace.check_health().result()


@pytest.fixture
def checked(path: Path, clock: HandClock) -> Workspace:
    """A workspace with a backup that has had all its checks."""
    made = a_workspace(path, clock)
    do(made, put, *(a_child(number) for number in range(5)))
    made.backup().result()
    assert health(made) == ""
    return made


def test_a_sound_workspace_has_nothing_to_say_and_is_not_checked_again_that_day(checked: Workspace, clock: HandClock) -> None:
    assert due(checked, clock) == []
    clock.forward(hours=23)
    assert due(checked, clock) == []
    checked.close()


def test_pages_are_due_daily_and_the_rest_weekly_and_all_when_the_clock_was_put_back(
    checked: Workspace, clock: HandClock
) -> None:
    clock.forward(days=1)
    assert due(checked, clock) == [PAGES]
    clock.forward(days=6)
    assert due(checked, clock) == list(CHECKS)
    assert health(checked) == ""
    assert due(checked, clock) == []
    clock.forward(days=-30)
    assert due(checked, clock) == list(CHECKS)
    checked.close()


def test_a_program_that_was_killed_makes_the_checks_due(checked: Workspace, path: Path, clock: HandClock) -> None:
    checked.close()
    opened(path, clock).close()
    assert [check for check in CHECKS if is_due(own(checked), check, clock())] == []
    lock_path(path).write_text("{}")
    again = opened(path, clock)
    assert due(again, clock) == [PAGES, WHOLE]
    assert health(again) == ""
    assert due(again, clock) == []
    again.close()


def test_what_was_checked_when_is_not_in_the_journal(checked: Workspace, clock: HandClock) -> None:
    clock.forward(days=8)
    before = on_its_thread(checked, inside(checked).content)
    assert health(checked) == ""
    assert on_its_thread(checked, inside(checked).content) == before
    checked.close()


@pytest.mark.parametrize("told", ["", "[]", "{", '{"pages": 7}', '{"pages": "2026-11-23T09:00:00"}'])
def test_a_memory_that_cannot_be_read_makes_everything_due(checked: Workspace, clock: HandClock, told: str) -> None:
    (own(checked) / "checks.json").write_text(told)
    assert due(checked, clock) == list(CHECKS)
    checked.close()


FLIP = (
    "import sys; f = open(sys.argv[1], 'r+b'); f.seek(int(sys.argv[2])); b = f.read(1); f.seek(-1, 1); f.write(bytes([b[0] ^ 1]))"
)


def test_a_page_that_decays_while_the_file_is_open_is_found_and_the_backup_named(
    checked: Workspace, path: Path, clock: HandClock
) -> None:
    checked.close()
    again = opened(path, clock)
    # In a process of its own: to open the live file in this one would cancel SQLite's locks.
    subprocess.run([sys.executable, "-c", FLIP, str(path), str(3 * 4096 + 100)], check=True)
    clock.forward(days=1)
    told = health(again)
    at = newest_backup(path).at.astimezone()  # type: ignore[union-attr]
    assert told.startswith("A page of team.planner cannot be read as written")
    assert f"restore the verified backup of {at:%H:%M} on 23 November 2026 from the folder team backups" in told
    assert due(again, clock) == [PAGES]
    inside(again).database.connection.close()


def tampered(workspace: Workspace, statement: str) -> None:
    def change() -> None:
        with inside(workspace).database.transaction() as connection:
            connection.exec_driver_sql(statement)

    on_its_thread(workspace, change)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE child SET reference = 'X' WHERE id = 'c3'",
        "INSERT INTO heads VALUES ('child', 'c1', 'name', 'x')",
        "DELETE FROM stream",
    ],
)
def test_tables_that_are_not_what_the_journal_says_are_found(checked: Workspace, clock: HandClock, statement: str) -> None:
    tampered(checked, statement)
    clock.forward(days=7)
    told = health(checked)
    assert "team.planner does not hold what its journal says: there " in told
    assert "restore the verified backup of" in told
    assert due(checked, clock) == [WHOLE, DRILL]
    checked.close()


def test_without_a_backup_the_sentence_says_so(workspace: Workspace, clock: HandClock) -> None:
    do(workspace, put, a_child())
    assert newest_backup(workspace.path) is None
    tampered(workspace, "DELETE FROM child")
    assert "There is no backup of it here" in health(workspace)


def test_without_a_backup_the_drill_stays_due(workspace: Workspace, clock: HandClock) -> None:
    assert health(workspace) == ""
    assert due(workspace, clock) == [DRILL]


def test_the_drill_finds_a_backup_that_cannot_be_brought_back_and_leaves_nothing(checked: Workspace, clock: HandClock) -> None:
    archive = newest_backup(checked.path)
    assert archive is not None
    with zipfile.ZipFile(archive.path) as packed:
        place = packed.getinfo("workspace.planner").header_offset + 20_000
    content = bytearray(archive.path.read_bytes())
    content[place] ^= 1
    archive.path.write_bytes(content)
    left = own(checked) / "drill-by-a-killed-program"
    left.mkdir()
    clock.forward(days=7)
    told = health(checked)
    assert "could not be brought back, so do not count on it. The workspace itself is sound: make a backup now" in told
    assert due(checked, clock) == [DRILL]
    assert list(own(checked).glob("drill-*")) == []
    checked.backup().result()
    assert health(checked) == ""
    checked.close()


def test_a_drill_that_finds_no_room_says_so(checked: Workspace, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    clock.forward(days=7)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfileobj", full)
        assert health(checked).startswith("There was no room to try out the backup of")
    assert due(checked, clock) == [DRILL]
    checked.close()


def test_the_checks_stand_back_for_a_step(checked: Workspace, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "SLICE", 2)
    do(checked, put, *(a_child(number) for number in range(50, 90)))
    clock.forward(days=7)
    answer = checked.check_health()
    outcome = checked.perform("Add child", put, a_child(100))
    outcome.result()
    assert not answer.done()
    assert answer.result() == ""
    assert "c100" in checked.snapshot.all(Child)
    checked.close()


def test_checks_asked_for_while_they_run_are_the_same(checked: Workspace, clock: HandClock) -> None:
    """Two drills at once would take each other's folder away, and a good backup would be called bad."""
    clock.forward(days=7)
    assert [answer.result() for answer in [checked.check_health() for _ in range(3)]] == ["", "", ""]
    assert due(checked, clock) == []
    checked.close()


def test_closing_breaks_the_checks_off_and_they_stay_due(checked: Workspace, clock: HandClock) -> None:
    clock.forward(days=7)
    answer = checked.check_health()
    checked.close()
    assert answer.result() == ""
    assert is_due(own(checked), DRILL, clock())
    assert list(own(checked).glob("drill-*")) == []


def test_a_backup_that_is_looked_at_is_not_checked(checked: Workspace, path: Path, clock: HandClock) -> None:
    checked.close()
    clock.forward(days=30)
    looked = Workspace.open_backup(path, PASSPHRASE, clock=clock)
    assert health(looked) == ""
    assert due(looked, clock) == list(CHECKS)
    looked.close()


def test_where_backups_lie_is_said_in_words(workspace: Workspace, path: Path) -> None:
    assert workspace.backup_place == f"in the folder team backups beside the workspace, on the same disk: {backup_folder(path)}"
