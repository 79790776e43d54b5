"""The encrypted file: how it is opened, what is refused, and who is let in."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from planner.actions.workspace import Workspace
from planner.core.errors import Environment, InUse, NotOurs, Refused, WrongPassphrase
from planner.core.records import Child
from planner.store.database import Database, create_database
from planner.store.keys import keys_path
from planner.store.lock import lock_path
from tests.helpers.stores import PASSPHRASE, HandClock, a_child, a_workspace, do, inside, on_its_thread, opened, put

KEY = bytearray(range(32))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("locking_mode", "exclusive"),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("temp_store", 2),
        ("mmap_size", 0),
        ("cache_size", -65536),
        ("foreign_keys", 0),
    ],
)
def test_an_open_file_is_set_as_it_must_be(workspace: Workspace, pragma: str, value: object) -> None:
    database = inside(workspace).database
    found = on_its_thread(workspace, database.value, f"PRAGMA {pragma}")
    assert found in (value, None if pragma == "mmap_size" else value)


def test_no_file_holds_a_plain_database(workspace: Workspace, path: Path) -> None:
    do(workspace, put, a_child())
    workspace.close()
    assert path.read_bytes()[:16] != b"SQLite format 3\x00"


class Keyless(sqlcipher.Connection):
    """A connection to which somebody forgot to give its key."""

    def execute(self, statement: str, *arguments: object) -> object:
        return super().execute("SELECT 1" if statement.startswith("PRAGMA key") else statement, *arguments)


def test_a_forgotten_key_makes_no_file_and_opens_none(
    workspace: Workspace, path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.close()
    real = sqlcipher.connect
    monkeypatch.setattr(sqlcipher, "connect", lambda *args, **kwargs: real(*args, factory=Keyless, **kwargs))
    with pytest.raises(NotOurs, match="encryption is not in force"):
        create_database(path.with_name("new"), KEY)
    with pytest.raises(NotOurs):
        opened(path, clock)
    assert not path.with_name("new").exists()


def test_a_plain_database_is_refused_by_its_header(path: Path, clock: HandClock) -> None:
    connection = sqlcipher.connect(str(path))
    connection.execute("CREATE TABLE child (id)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NotOurs, match="not encrypted"):
        opened(path, clock)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 8192])
def test_a_file_that_is_no_workspace_is_refused(path: Path, clock: HandClock, content: bytes) -> None:
    a_workspace(path, clock).close()
    path.write_bytes(content)
    with pytest.raises(NotOurs):
        opened(path, clock)
    assert path.read_bytes() == content


def test_a_missing_file_is_named(path: Path, clock: HandClock) -> None:
    with pytest.raises(NotOurs, match="no workspace at"):
        opened(path, clock)
    assert list(path.parent.iterdir()) == []


def test_a_wrong_passphrase_opens_nothing_and_changes_nothing(workspace: Workspace, path: Path, clock: HandClock) -> None:
    workspace.close()
    before = path.read_bytes()
    with pytest.raises(WrongPassphrase):
        opened(path, clock, "violet kettle evening")
    assert path.read_bytes() == before


def test_a_path_that_is_taken_is_refused(workspace: Workspace, path: Path, clock: HandClock) -> None:
    with pytest.raises(Refused, match="already"):
        a_workspace(path, clock)


def test_a_file_from_a_newer_planner_is_refused_naming_the_version_it_needs(
    workspace: Workspace, path: Path, clock: HandClock
) -> None:
    def newer() -> None:
        with inside(workspace).database.transaction() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
            connection.exec_driver_sql("UPDATE layout SET value = '7.2' WHERE id = 'needs'")

    on_its_thread(workspace, newer)
    workspace.close()
    with pytest.raises(NotOurs, match=r"version 7\.2 or later"):
        opened(path, clock)


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TRIGGER evil AFTER INSERT ON child BEGIN DELETE FROM visit; END",
        "CREATE VIEW evil AS SELECT 1",
        "CREATE TABLE evil (a)",
        "CREATE INDEX evil ON child (reference)",
        "ALTER TABLE child ADD COLUMN evil TEXT",
        "DROP TRIGGER operation_only_purge",
    ],
)
def test_a_schema_that_is_not_ours_is_refused(workspace: Workspace, path: Path, clock: HandClock, planted: str) -> None:
    on_its_thread(workspace, inside(workspace).database.driver.execute, planted)
    workspace.close()
    with pytest.raises(NotOurs, match="no planner made"):
        opened(path, clock)


def test_a_damaged_page_is_found_on_opening(path: Path, clock: HandClock) -> None:
    workspace = a_workspace(path, clock)
    do(workspace, put, *(a_child(number) for number in range(300)))
    workspace.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(NotOurs, match="Restore the newest backup"):
        opened(path, clock)


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("{}")])
def test_the_key_slots_are_found_in_the_data_folder_when_those_beside_the_file_are_gone_or_damaged(
    workspace: Workspace, path: Path, clock: HandClock, damage: Callable[[Path], object]
) -> None:
    do(workspace, put, a_child())
    workspace.close()
    damage(keys_path(path))
    again = opened(path, clock)
    assert again.snapshot.find(Child, "c1") is not None
    again.close()
    assert keys_path(path).exists()


def test_without_any_key_slots_the_person_is_told_what_to_do(
    workspace: Workspace, path: Path, clock: HandClock, own_folders: Path
) -> None:
    workspace.close()
    keys_path(path).unlink()
    for copy in own_folders.rglob("slots.json"):
        copy.unlink()
    with pytest.raises(NotOurs, match="Put it back beside the workspace"):
        opened(path, clock)


def test_a_file_opened_twice_in_one_program_is_refused_and_goes_on_working(
    workspace: Workspace, path: Path, clock: HandClock
) -> None:
    with pytest.raises(InUse):
        opened(path, clock)
    do(workspace, put, a_child())


_SECOND = """
import sys
from collections.abc import Callable
from pathlib import Path
from datetime import UTC, datetime
from planner.actions.workspace import Workspace
from planner.core.errors import InUse
from planner.core.records import Child
try:
    Workspace.open(Path(sys.argv[1]), sys.argv[2], device_name="b", clock=lambda: datetime.now(UTC))
except InUse as held:
    print(held.sentence)
looked = Workspace.open_backup(Path(sys.argv[1]), sys.argv[2], clock=lambda: datetime.now(UTC))
print(looked.read_only, looked.backup_taken.isoformat(), sorted(looked.snapshot.all(Child)))
looked.close()
"""


def test_a_second_program_is_refused_by_name_and_reads_the_newest_backup(
    workspace: Workspace, path: Path, clock: HandClock
) -> None:
    do(workspace, put, a_child(1))
    workspace.backup().result()
    do(workspace, put, a_child(2))
    told = json.loads(lock_path(path).read_text())
    run = subprocess.run([sys.executable, "-c", _SECOND, str(path), PASSPHRASE], capture_output=True, text=True, check=True)
    refused, looked = run.stdout.splitlines()
    assert refused.startswith(f"team.planner is open on {told['host']} by {told['user']} since ")
    assert looked == f"True {clock.now.isoformat()} ['c1']"
    do(workspace, put, a_child(3))


def test_the_lock_file_goes_when_the_workspace_is_closed_and_one_left_behind_does_no_harm(
    workspace: Workspace, path: Path, clock: HandClock
) -> None:
    workspace.close()
    assert not lock_path(path).exists()
    lock_path(path).write_text("left behind")
    opened(path, clock).close()


def test_a_failed_transaction_leaves_nothing_of_itself(workspace: Workspace) -> None:
    database = inside(workspace).database

    def failing() -> None:
        with database.transaction() as connection:
            connection.exec_driver_sql("CREATE TABLE half (a)")
            connection.exec_driver_sql("INSERT INTO half VALUES (1)")
            raise Refused("stop")

    with pytest.raises(Refused):
        on_its_thread(workspace, failing)
    assert on_its_thread(workspace, database.value, "SELECT count(*) FROM sqlite_master WHERE name = 'half'") == 0


def test_opening_by_the_wrong_key_says_the_key_file_is_anothers(workspace: Workspace, path: Path) -> None:
    workspace.close()
    with pytest.raises(NotOurs, match="belongs to another workspace"):
        Database(path, KEY)


def test_a_folder_that_cannot_be_written_is_the_environments_fault(tmp_path: Path, clock: HandClock) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(Environment):
        a_workspace(blocked / "team.planner", clock)
