"""Reading a whole workspace: Core rows into frozen records."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, select

from planner.core.collecting import collection_put_off
from planner.core.records import RECORDS, Record
from planner.core.snapshot import Snapshot
from planner.store.schema import RECORD_TABLES


def records_of(connection: Connection, kind: str, *conditions: ColumnElement[bool]) -> Iterator[Record]:
    """The records of one table that meet the conditions; all, if none.

    Each is filled slot by slot: a table has a column for every field, so the checks and defaults of the constructor have
    nothing to add, and take twice as long.
    """
    record, table = RECORDS[kind], RECORD_TABLES[kind]
    setters = [getattr(record, column.name).__set__ for column in table.columns]
    for row in connection.execute(select(table).where(*conditions)).fetchall():
        made = object.__new__(record)
        for set_field, value in zip(setters, row, strict=True):
            set_field(made, value)
        yield made


def snapshot(connection: Connection) -> Snapshot:
    """The workspace as its tables hold it."""
    with collection_put_off():
        return Snapshot(record for kind in RECORDS for record in records_of(connection, kind))
