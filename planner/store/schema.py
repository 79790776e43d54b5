"""The tables: one for each kind of record, derived from its fields, and the journal's own."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    Time,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from planner.core.records import RECORDS
from planner.store.cells import Field, encoded, fields_of

REVISION = "0001"
"""The revision this version writes."""
REVISIONS = ("0001",)
"""Every revision this version can open, oldest first."""
NEEDS = "0.1.0"
"""The oldest version of the program that can open a file of `REVISION`."""


class Moment(TypeDecorator[datetime]):
    """A moment, kept in UTC and given back with its zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, without its zone, as databases that know none want it."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


class Listed(TypeDecorator[tuple[Any, ...]]):
    """A tuple, kept as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> str | None:
        """The tuple as JSON text."""
        return None if value is None else encoded(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Any, ...] | None:
        """The tuple of the JSON text."""
        if value is None:
            return None
        return () if value == "[]" else tuple(json.loads(value))


_TYPES: dict[type, TypeEngine[Any]] = {
    str: Text(),
    int: Integer(),
    bool: Boolean(),
    date: Date(),
    time: Time(),
    datetime: Moment(),
    tuple: Listed(),
}

metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"})


def _column(field: Field) -> Column[Any]:
    return Column(field.name, _TYPES[field.plain], nullable=field.optional)


def _record_table(kind: str) -> Table:
    """The table of a kind of record: no key but the id, nothing that a merge could offend."""
    return Table(
        kind, metadata, Column("id", String(64), primary_key=True), *(_column(field) for field in fields_of(kind).values())
    )


RECORD_TABLES: dict[str, Table] = {kind: _record_table(kind) for kind in RECORDS}

operation = Table(
    "operation",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("stream", String(24), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("step", String(32), nullable=False),
    Column("at", String(32), nullable=False),
    Column("person", String(64), nullable=False),
    Column("device", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("table", String(64), nullable=False),
    Column("row", String(64), nullable=False),
    Column("child", String(64), nullable=False),
    Column("team", String(64), nullable=False),
    Column("schema", String(16), nullable=False),
    Column("replaces", Text, nullable=False),
    Column("observed", Text, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("chain", LargeBinary(32), nullable=False),
    Column("columns", Text, nullable=False),
    Column("texts", Text),
    Column("salt", LargeBinary(16)),
    Column("hash", LargeBinary(32)),
    Index(None, "table", "row", "kind"),
    Index(None, "step"),
    sqlite_with_rowid=False,
)
"""The journal. An operation's id is its stream and its place in it, so that a session's operations lie together.

What it wrote lies behind its header: the names of the columns, parted by spaces, in the same order their values' canonical
texts, a line each, and a salt. A purge takes all that was written of a row, so the values of an operation are hashed together:
it removes texts and salt and leaves the hash.
"""

heads = Table(
    "heads",
    metadata,
    Column("table", String(64), primary_key=True),
    Column("row", String(64), primary_key=True),
    Column("column", String(64), primary_key=True),
    Column("operation", String(32), primary_key=True),
    sqlite_with_rowid=False,
)
"""The operations nobody has replaced, by cell; a cell without a line of its own has those that inserted its row."""

stream = Table(
    "stream",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("device", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", String(32), nullable=False),
    Column("chain", LargeBinary(32), nullable=False),
    Column("held", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""Each write session with its last operation; `held` when a later session's first operation holds its last hash."""

layout = Table("layout", metadata, Column("id", String(16), primary_key=True), Column("value", String(64), nullable=False))
"""What a program must know before it reads the rest: under `needs`, the oldest version that can."""

revision = Table("alembic_version", metadata, Column("version_num", String(32), nullable=False))
"""The revision of these tables, where Alembic looks for it."""
revision.append_constraint(PrimaryKeyConstraint("version_num", name="alembic_version_pkc"))

_FIXED = " AND ".join(f'NEW."{column}" = OLD."{column}"' for column in operation.c.keys()[:-3])
_REFUSE = "BEGIN SELECT RAISE(ABORT, 'The journal is append only.'); END"
TRIGGERS: dict[str, str] = {
    "operation_no_delete": f"CREATE TRIGGER operation_no_delete BEFORE DELETE ON operation {_REFUSE}",
    "operation_only_purge": (
        f"CREATE TRIGGER operation_only_purge BEFORE UPDATE ON operation WHEN ({_FIXED} AND OLD.texts IS NOT NULL "
        "AND NEW.texts IS NULL AND NEW.salt IS NULL AND length(NEW.hash) = 32) IS NOT TRUE "
        f"{_REFUSE}"
    ),
}
"""What SQLite refuses by itself, by name: every change of the journal but values giving way to their hashes."""


def index_names() -> Iterable[str]:
    """The indexes of all tables."""
    return (str(index.name) for table in metadata.tables.values() for index in table.indexes)
