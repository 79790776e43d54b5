"""Reading a whole workspace: Core rows into frozen records."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from planner.core.records import RECORDS, Record
from planner.core.snapshot import Snapshot
from planner.store.schema import RECORD_TABLES


def records_of(connection: Connection, kind: str) -> Iterator[Record]:
    """Every record of one table."""
    record, table = RECORDS[kind], RECORD_TABLES[kind]
    names = [column.name for column in table.columns]
    for row in connection.execute(select(table)).fetchall():
        yield record(**dict(zip(names, row, strict=True)))


def snapshot(connection: Connection) -> Snapshot:
    """The workspace as its tables hold it."""
    return Snapshot(record for kind in RECORDS for record in records_of(connection, kind))
