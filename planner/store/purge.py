"""Removing what a row said for good: values and salts go, headers and hashes stay, and the chain still verifies."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, bindparam, delete, update

from planner.store.journal import Author, Journal
from planner.store.operation_rows import in_batches, operations_of_rows
from planner.store.operations import Operation, kept_of
from planner.store.schema import RECORD_TABLES
from planner.store.schema import operation as operation_table


def purge_rows(journal: Journal, author: Author, table: str, rows: Sequence[str]) -> None:
    """Remove rows of a record table and every value ever written to them; each leaves one `purge` operation that says so."""

    def hide(connection: Connection) -> None:
        empty_values(connection, table, rows)
        for batch in in_batches(rows):
            connection.execute(delete(RECORD_TABLES[table]).where(RECORD_TABLES[table].c.id.in_(batch)))

    journal.purge(author, table, rows, hide)


def emptied(operation: Operation) -> Operation:
    """An operation with only the hash of its values left."""
    return replace(operation, values=dict.fromkeys(operation.values), salt=None, hash=kept_of(operation))


def empty_values(connection: Connection, table: str, rows: Sequence[str]) -> None:
    """Leave only the hashes of whatever was written to some rows."""
    operations = operations_of_rows(connection, table, rows).values()
    lines = [{"o": one.id, "h": kept_of(one)} for own in operations for one in own if one.texts is not None]
    if lines:
        emptying = update(operation_table).where(operation_table.c.id == bindparam("o"))
        connection.execute(emptying.values(hash=bindparam("h"), texts=None, salt=None), lines)
