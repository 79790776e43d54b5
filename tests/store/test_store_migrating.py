"""Migrations: what they make is what a new file has, and an older file is brought up to date by way of a copy."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from planner.actions.workspace import Workspace
from planner.core.errors import NotOurs
from planner.store import database, schema
from planner.store.database import Database, check_shape, create_database, revision_of
from planner.store.migrating import SCRIPTS, migrate, migrate_file, original_path
from tests.helpers.stores import HandClock, a_child, do, inside, on_its_thread, opened, put, records_of

KEY = bytearray(range(32))
_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"


def empty_database(path: Path) -> Database:
    path.touch()
    connection = database._keyed(path, KEY, read_only=False)
    connection.execute("CREATE TABLE passing (a)")
    connection.execute("DROP TABLE passing")
    connection.close()
    return Database(path, KEY)


def plain(rows: list[Any]) -> list[Any]:
    return [(kind, name, table, " ".join((sql or "").split())) for kind, name, table, sql in rows]


def test_a_migrated_file_has_the_tables_constraints_indexes_and_triggers_of_a_new_one(tmp_path: Path) -> None:
    create_database(tmp_path / "new", KEY)
    new, migrated = Database(tmp_path / "new", KEY), empty_database(tmp_path / "migrated")
    with migrated.transaction() as connection:
        migrate(connection)
    assert plain(migrated.driver.execute(_OBJECTS).fetchall()) == plain(new.driver.execute(_OBJECTS).fetchall())
    for table in ("layout", "alembic_version"):
        assert (
            migrated.driver.execute(f"SELECT * FROM {table}").fetchall()
            == new.driver.execute(f"SELECT * FROM {table}").fetchall()
        )
    check_shape(migrated)
    assert revision_of(migrated) == schema.REVISION
    new.close()
    migrated.close()


def test_a_migration_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    fresh = empty_database(tmp_path / "fresh")

    def breaking() -> None:
        with fresh.transaction() as connection:
            migrate(connection)
            raise NotOurs("stop")

    with pytest.raises(NotOurs):
        breaking()
    assert fresh.driver.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    fresh.close()


_NEXT = '''
"""A later revision, made up for this test."""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    op.add_column("child", sa.Column("later", sa.Text(), nullable=True))
    {fault}
'''


def later_scripts(folder: Path, fault: str = "pass") -> Path:
    """The migrations with one more after them."""
    versions = folder / "versions"
    versions.mkdir(parents=True)
    for name in ("env.py", "script.py.mako", "versions/revision_0001.py"):
        (folder / name).write_text((SCRIPTS / name).read_text())
    (versions / "revision_0002.py").write_text(_NEXT.format(fault=fault))
    return folder


@pytest.fixture
def later(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program as it might be one revision on, after the workspace was made."""
    child = schema.metadata.tables["child"]
    monkeypatch.setattr(schema, "REVISION", "0002")
    monkeypatch.setattr(schema, "REVISIONS", ("0001", "0002"))
    known = database._has_our_columns

    def with_later(opened: Database, table: str) -> bool:
        found = {row[1] for row in opened.driver.execute("SELECT * FROM pragma_table_xinfo(?)", (table,))}
        return known(opened, table) or (table == "child" and found == {column.name for column in child.columns} | {"later"})

    monkeypatch.setattr(database, "_has_our_columns", with_later)


@pytest.mark.usefixtures("later")
def test_an_older_file_is_migrated_by_way_of_a_copy_and_the_original_is_kept(
    workspace: Workspace, path: Path, tmp_path: Path
) -> None:
    do(workspace, put, a_child())
    key = bytearray(inside(workspace).key)
    workspace.close()
    migrate_file(path, key, later_scripts(tmp_path / "scripts"))
    migrated, original = Database(path, key), Database(original_path(path, "0001"), key)
    assert revision_of(migrated) == "0002"
    assert migrated.driver.execute("SELECT reference, later FROM child").fetchall() == [("C1", None)]
    assert revision_of(original) == "0001"
    assert original.driver.execute("SELECT reference FROM child").fetchall() == [("C1",)]
    migrated.close()
    original.close()
    assert not path.with_name(path.name + ".migrating").exists()


@pytest.mark.usefixtures("later")
def test_a_migration_that_cannot_be_done_leaves_the_file_as_it_was(workspace: Workspace, path: Path, tmp_path: Path) -> None:
    key = bytearray(inside(workspace).key)
    workspace.close()
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError):
        migrate_file(path, key, later_scripts(tmp_path / "scripts", "1 / 0"))
    assert path.read_bytes() == before
    assert not original_path(path, "0001").exists()
    assert not path.with_name(path.name + ".migrating").exists()


def test_alembic_is_not_loaded_for_a_file_that_is_up_to_date() -> None:
    program = "import sys; import planner.actions.workspace; print('alembic' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_an_up_to_date_file_is_opened_as_it_is(workspace: Workspace, path: Path, clock: HandClock) -> None:
    before = records_of(workspace)
    on_its_thread(workspace, lambda: None)
    workspace.close()
    again = opened(path, clock)
    assert records_of(again) == before
    assert not original_path(path, schema.REVISION).exists()
    again.close()
