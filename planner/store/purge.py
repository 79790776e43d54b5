"""Removing what a row said for good: values and salts go, headers and hashes stay, and the chain still verifies."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, update

from planner.store.journal import Author, Journal
from planner.store.operation_rows import in_batches, operations_of_rows
from planner.store.operations import Value
from planner.store.schema import RECORD_TABLES
from planner.store.schema import operation as operation_table


def purge_rows(journal: Journal, author: Author, table: str, rows: Sequence[str]) -> None:
    """Remove rows of a record table and every value ever written to them; each leaves one `purge` operation that says so."""

    def hide(connection: Connection) -> None:
        empty_values(connection, table, rows)
        for batch in in_batches(rows):
            connection.execute(delete(RECORD_TABLES[table]).where(RECORD_TABLES[table].c.id.in_(batch)))

    journal.purge(author, table, rows, hide)


def emptied(values: Mapping[str, Value]) -> dict[str, Value]:
    """Values with only their hashes left."""
    return {column: Value(None, None, value.digest) for column, value in values.items()}


def empty_values(connection: Connection, table: str, rows: Sequence[str]) -> None:
    """Leave only the hashes of whatever was written to some rows."""
    lines = [
        {"o": one.id, "h": b"".join(value.digest for value in one.values.values())}
        for own in operations_of_rows(connection, table, rows).values()
        for one in own
        if any(value.text is not None for value in one.values.values())
    ]
    if lines:
        emptying = update(operation_table).where(operation_table.c.id == bindparam("o"))
        connection.execute(emptying.values(hashes=bindparam("h"), texts=None, salts=None), lines)
