"""Removing what a row said for good: values and salts go, headers and hashes stay, and the chain still verifies."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, update

from planner.store.journal import Author, Journal
from planner.store.operation_rows import in_batches, operations_of_rows
from planner.store.operations import Value
from planner.store.schema import RECORD_TABLES
from planner.store.schema import operation_value as value_table


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
        {"o": one.id, "c": column, "h": value.digest}
        for own in operations_of_rows(connection, table, rows).values()
        for one in own
        for column, value in one.values.items()
        if value.text is not None
    ]
    if lines:
        emptying = update(value_table).where(value_table.c.operation == bindparam("o"), value_table.c.column == bindparam("c"))
        connection.execute(emptying.values(hash=bindparam("h"), salt=None, value=None), lines)
