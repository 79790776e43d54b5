"""Reading a whole workspace: Core rows into frozen records."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, select

from planner.core.collecting import collection_put_off
from planner.core.records import RECORDS, Record
from planner.core.snapshot import Snapshot
from planner.store.cells import records_of_cells
from planner.store.schema import RECORD_TABLES


def records_of(connection: Connection, kind: str, *conditions: ColumnElement[bool]) -> Iterator[Record]:
    """The records of one table that meet the conditions; all, if none."""
    return records_of_cells(kind, connection.execute(select(RECORD_TABLES[kind]).where(*conditions)).fetchall())


def snapshot(connection: Connection) -> Snapshot:
    """The workspace as its tables hold it."""
    with collection_put_off():
        return Snapshot(record for kind in RECORDS for record in records_of(connection, kind))
