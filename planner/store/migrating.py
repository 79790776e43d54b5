"""Bringing an older file up to this version: a copy is migrated and checked, then takes the file's place; the original stays."""

import shutil
from pathlib import Path

from sqlalchemy import Connection

from planner.core.errors import NotOurs
from planner.store import schema
from planner.store.checking import content_of
from planner.store.database import Database, check_shape, plain_sentences, revision_of
from planner.store.whole_files import put_in_place, sync_file

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(connection: Connection, scripts: Path = SCRIPTS) -> None:
    """Run the migrations that a database has not had; Alembic is imported only here."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def original_path(path: Path, revision: str) -> Path:
    """Where the file as it was before a migration is kept."""
    return path.with_name(f"{path.stem} before migration from {revision}{path.suffix}")


def migrate_file(path: Path, key: bytearray, scripts: Path = SCRIPTS) -> None:
    """Migrate a copy of a file, check it, and put it in the file's place. On any failure the file is as it was."""
    copy = path.with_name(path.name + ".migrating")
    copy.unlink(missing_ok=True)
    try:
        revision, content = _copied(path, key, copy)
        database = Database(copy, key)
        try:
            with database.transaction() as connection:
                migrate(connection, scripts)
            _check_migrated(database, content)
        finally:
            database.close()
        sync_file(copy)
        _keep(path, original_path(path, revision))
        put_in_place(copy, path)
    finally:
        copy.unlink(missing_ok=True)


def _copied(path: Path, key: bytearray, copy: Path) -> tuple[str, tuple[int, str]]:
    """Copy the file through SQLite; answers its revision and content."""
    database = Database(path, key)
    try:
        revision = revision_of(database)
        with database.transaction() as connection:
            content = content_of(connection)
        with plain_sentences(path.name):
            database.driver.execute("VACUUM INTO ?", (str(copy),))
        return revision, content
    finally:
        database.close()


def _keep(path: Path, original: Path) -> None:
    """Copy the closed file to the name it is kept under, so that there is a workspace at its path at every moment."""
    passing = original.with_name(original.name + ".part")
    shutil.copyfile(path, passing)
    sync_file(passing)
    put_in_place(passing, original)


def _check_migrated(database: Database, content: tuple[int, str]) -> None:
    database.quick_check()
    check_shape(database)
    with database.transaction() as connection:
        now = content_of(connection)
    if revision_of(database) != schema.REVISION or now != content:
        raise NotOurs(f"{database.path.name} could not be brought up to this version. The original was left as it is.")
