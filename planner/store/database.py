"""One encrypted database: opened by its key alone, checked, locked, and reached through a single connection."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, NullPool, create_engine, create_mock_engine, event, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError

from planner.core.errors import Environment, InUse, NotOurs, PlannerError
from planner.store import schema

_PLAIN = b"SQLite format 3\x00"
_open_files: set[Path] = set()
"""Files this process has open: reading one of them other than through SQLite would cancel its locks."""

LOOKS_EVERY = 50_000
"""How many of SQLite's own instructions lie between two looks at whether to stop."""

_ON_OPENING = (
    "PRAGMA foreign_keys=OFF",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA mmap_size=0",
    "PRAGMA cache_size=-65536",
)


def check_header(path: Path) -> None:
    """Raise NotOurs when the file cannot be an encrypted database; reads it, so only ever before SQLite has opened it."""
    if path.resolve() in _open_files:
        raise InUse(f"{path.name} is already open in this program. Go on in the window that has it, or close it there first.")
    if path.is_dir():
        raise NotOurs(f"{path.name} is a folder. Choose the file of the workspace in it, whose name ends in .planner.")
    try:
        with path.open("rb") as file:
            start = file.read(len(_PLAIN))
    except FileNotFoundError as missing:
        raise NotOurs(f"There is no workspace at {path}. Check the path, or restore a backup.") from missing
    except OSError as denied:
        raise Environment(f"{path.name} cannot be read from this account. Check its permissions.") from denied
    if start == _PLAIN:
        raise NotOurs(f"{path.name} is a database that is not encrypted, so it is not a workspace. It was left as it is.")
    if len(start) < len(_PLAIN):
        raise NotOurs(f"{path.name} is cut short or not a workspace. Restore the newest backup; this file was left as it is.")


def _keyed(path: Path, key: bytearray, *, read_only: bool) -> Any:
    """A driver connection that has been given its key; the key is passed once and kept nowhere here."""
    address = f"{path.absolute().as_uri()}?mode={'ro&immutable=1' if read_only else 'rw'}"
    connection = sqlcipher.connect(address, uri=True, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level=none")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        _check_cipher(connection)
        for pragma in _ON_OPENING:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_cipher(connection: Any) -> None:
    """Refuse a library without encryption, and a connection that has been given no key."""
    version = connection.execute("PRAGMA cipher_version").fetchone()
    status = connection.execute("PRAGMA cipher_status").fetchone()
    if not version or not status or status[0] != "1":
        raise NotOurs("The workspace was not opened: encryption is not in force in this installation. Install the planner again.")


def _lock(connection: Any) -> None:
    """Take the file for this connection alone, in WAL mode, and read back that commits will be safe."""
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("COMMIT")
    synchronous = connection.execute("PRAGMA synchronous").fetchone()
    if mode != ("wal",) or synchronous != (2,):
        raise Environment(
            "The disk does not let the workspace be written safely. Move it to a folder on this computer's own disk."
        )


@contextmanager
def plain_sentences(name: str) -> Iterator[None]:
    """Turn what the driver raises into a sentence: in use, full, read-only, damaged. Anything else is our bug and passes."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as raised:
        told = _environment(raised.orig if isinstance(raised, DBAPIError) else raised, name)
        if told is None:
            raise
        raise told from None


def _environment(raised: BaseException | None, name: str) -> Environment | None:
    text = str(raised)
    if "locked" in text:
        return InUse(f"{name} is open in another program. Nothing was changed.")
    if "full" in text or "disk I/O" in text:
        return Environment(
            f"The disk is full or failing, so this was not saved in {name}. Make room and do it again; nothing was changed."
        )
    if "readonly" in text or "unable to open" in text:
        return Environment(f"{name} cannot be written here. Check the permissions of its folder.")
    if "not a database" in text or "malformed" in text or "encrypted" in text:
        return NotOurs(
            f"{name} is damaged, or its key file belongs to another workspace. Restore the newest backup; it was left as it is."
        )
    return None


class Database:
    """The one connection to a workspace's file; every use of it is on one thread at a time."""

    def __init__(self, path: Path, key: bytearray, *, read_only: bool = False) -> None:
        """Open an existing file. Raises NotOurs, InUse or Environment with a finished sentence."""
        check_header(path)
        self.path = path
        self.read_only = read_only
        with plain_sentences(path.name):
            driver = _keyed(path, key, read_only=read_only)
            try:
                driver.execute("SELECT count(*) FROM sqlite_master").fetchone()
                if not read_only:
                    _lock(driver)
            except BaseException:
                driver.close()
                raise
        _open_files.add(path.resolve())
        self.connection = _connection(driver)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction: all of it is on disk when the block ends, or nothing is."""
        with plain_sentences(self.path.name), self.connection.begin():
            yield self.connection

    @contextmanager
    def watched(self, look: Callable[[], object]) -> Iterator[None]:
        """Call `look` now and then while statements run; a PlannerError it raises stops them, and is raised here."""
        raised: list[PlannerError] = []

        def stops() -> bool:
            try:
                look()
            except PlannerError as stop:
                raised.append(stop)
            return bool(raised)

        self.driver.set_progress_handler(stops, LOOKS_EVERY)
        try:
            yield
        except (DBAPIError, sqlcipher.Error):
            if raised:
                raise raised[0] from None
            raise
        finally:
            self.driver.set_progress_handler(None, LOOKS_EVERY)

    def value(self, statement: str, *arguments: object) -> Any:
        """The first cell of what a statement answers, outside any transaction."""
        row = self.driver.execute(statement, arguments).fetchone()
        return None if row is None else row[0]

    @property
    def driver(self) -> Any:
        """The driver's own connection, for what may not run in a transaction."""
        return self.connection.connection.driver_connection

    def quick_check(self) -> None:
        """Read every page and its authentication code; raise NotOurs when one is damaged."""
        with plain_sentences(self.path.name):
            found = self.value("PRAGMA quick_check(1)")
        if found != "ok":
            raise NotOurs(f"{self.path.name} is damaged. Restore the newest backup; this file was left as it is.")

    def damaged_pages(self) -> int:
        """How many pages on the disk do not have the code that their content asks for."""
        with plain_sentences(self.path.name):
            return len(self.driver.execute("PRAGMA cipher_integrity_check").fetchall())

    def is_sound(self) -> bool:
        """Whether every table and index is whole and they agree; slower than `quick_check`."""
        with plain_sentences(self.path.name):
            return bool(self.value("PRAGMA integrity_check(1)") == "ok")

    def close(self) -> None:
        """Write the log back into the file and let it go."""
        try:
            self.connection.close()
        finally:
            _open_files.discard(self.path.resolve())


_just_opened: ContextVar[Any] = ContextVar("just_opened")


def _connection(driver: Any) -> Connection:
    opening = _just_opened.set(driver)
    try:
        return _engine().connect()
    finally:
        _just_opened.reset(opening)


@cache
def _engine() -> Engine:
    """One for every file, so that a statement is compiled once and not anew for each file: half of what opening one takes."""
    engine = create_engine("sqlite://", module=sqlcipher, creator=_just_opened.get, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", _on_engine_begin)
    return engine


def _on_engine_begin(connection: Connection) -> None:
    """Begin in so many words: the driver's own transactions leave a failed migration half applied."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def create_database(path: Path, key: bytearray) -> None:
    """Make an empty workspace file at a path where there is none, and see that it is encrypted."""
    path.touch(mode=0o600, exist_ok=False)
    try:
        _fill_new(path, key)
        check_header(path)
    except BaseException:
        path.unlink()
        raise


def _fill_new(path: Path, key: bytearray) -> None:
    connection = _connection(_keyed(path, key, read_only=False))
    try:
        with connection.begin():
            create_tables(connection)
    finally:
        connection.close()


def create_tables(connection: Connection) -> None:
    """Create every table and trigger of this version and say which revision it is."""
    for statement in (*_tables_and_indexes(), *schema.TRIGGERS.values()):
        connection.exec_driver_sql(statement)
    connection.execute(insert(schema.revision).values(version_num=schema.REVISION))
    connection.execute(insert(schema.layout).values(id="needs", value=schema.NEEDS))


@cache
def _tables_and_indexes() -> tuple[str, ...]:
    """What creates every table and index; writing these statements takes longer than having them done."""
    statements: list[str] = []
    dialect = sqlite.dialect()
    engine = create_mock_engine(
        "sqlite://", lambda made, *_args, **_kwargs: statements.append(str(made.compile(dialect=dialect)))
    )
    schema.metadata.create_all(engine, checkfirst=False)
    return tuple(statements)


def revision_of(database: Database) -> str:
    """The revision of an open file; raises NotOurs, naming the version needed, when it is too new or has none."""
    name = database.path.name
    tables = {row[0] for row in database.driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"alembic_version", "layout"} <= tables:
        raise NotOurs(f"{name} is not a planner workspace. It was left as it is.")
    with database.transaction() as connection:
        found = connection.execute(select(schema.revision.c.version_num)).scalar()
        needs = connection.execute(select(schema.layout.c.value).where(schema.layout.c.id == "needs")).scalar()
    if found not in schema.REVISIONS:
        raise NotOurs(f"{name} was written by a newer planner. Open it with version {needs} or later; it was left as it is.")
    return str(found)


def check_shape(database: Database) -> None:
    """Raise NotOurs unless the file has our tables, columns, indexes and triggers, and nothing that could run on its own."""
    rows = database.driver.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    found = {(kind, name) for kind, name, _ in rows}
    expected = (
        {("table", name) for name in schema.metadata.tables}
        | {("index", name) for name in schema.index_names()}
        | {("trigger", name) for name in schema.TRIGGERS}
    )
    odd = found ^ expected
    odd |= {("trigger", name) for kind, name, sql in rows if kind == "trigger" and sql != schema.TRIGGERS.get(name)}
    odd |= {
        ("table", name)
        for kind, name, _ in rows
        if kind == "table" and ("table", name) in expected and not _has_our_columns(database, name)
    }
    if odd:
        parts = ", ".join(f"{kind} {name}" for kind, name in sorted(odd)[:3])
        raise NotOurs(f"{database.path.name} has parts that no planner made ({parts}). Restore a backup; it was left as it is.")


def _has_our_columns(database: Database, table: str) -> bool:
    found = {row[1] for row in database.driver.execute("SELECT * FROM pragma_table_xinfo(?)", (table,))}
    return found == {column.name for column in schema.metadata.tables[table].columns}
