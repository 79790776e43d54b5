"""The tables and heads as the journal's projection: reading heads, writing rows, and folding them anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Dialect, delete, literal, select

from planner.core.records import RECORDS, Record
from planner.store.bulk import Writing, append_rows, ready_columns
from planner.store.cells import fields_of, record_of
from planner.store.operation_rows import in_batches, operations_of_rows, operations_where
from planner.store.operations import INSERT, ROW, Heads, Operation, RowState, row_state
from planner.store.schema import RECORD_TABLES
from planner.store.schema import heads as heads_table
from planner.store.schema import operation as operation_table

HeadLine = tuple[str, str, str, Sequence[str]]
"""Table, row, column, and the operations that are that cell's heads; those of a whole row are its insertions, and not noted."""

_MANY = 1_000
"""From so many rows on it is quicker to look through all of their table."""


def heads_of(connection: Connection, table: str, rows: Sequence[str]) -> dict[str, Heads]:
    """The heads of some rows of a table; a row that was never written is not in the answer."""
    found: dict[str, Heads] = defaultdict(dict)
    columns = operation_table.c
    inserted = select(columns.row, literal(ROW), columns.id).where(columns.table == table, columns.kind == INSERT)
    noted = select(heads_table.c.row, heads_table.c.column, heads_table.c.operation).where(heads_table.c.table == table)
    chosen = [inserted, noted]
    if len(rows) < _MANY:
        batches = list(in_batches(rows))
        chosen = [inserted.where(columns.row.in_(batch)) for batch in batches]
        chosen += [noted.where(heads_table.c.row.in_(batch)) for batch in batches]
    wanted = frozenset(rows)
    for one in chosen:
        for row, column, operation in connection.execute(one).all():
            if row in wanted:
                own = found[row]
                own[column] = tuple(sorted((*own[column], operation))) if column in own else (operation,)
    return dict(found)


def write_heads(connection: Connection, lines: Sequence[HeadLine], known: Mapping[str, Heads]) -> None:
    """Replace the heads of cells; `known` are those of the rows until now."""
    noted: dict[tuple[str, str], list[str]] = defaultdict(list)
    for table, row, column, _ in lines:
        if column in known.get(row, {}):
            noted[table, column].append(row)
    columns = heads_table.c
    for (table, column), rows in noted.items():
        of_cell = delete(heads_table).where(columns.table == table, columns.column == column)
        for batch in in_batches(rows):
            connection.execute(of_cell.where(columns.row.in_(batch)))
    add_heads(connection, lines)


def add_heads(connection: Connection, lines: Iterable[HeadLine]) -> None:
    """Add heads to cells that have none of their own."""
    new = [(table, row, column, operation) for table, row, column, operations in lines for operation in operations]
    append_rows(connection, heads_table, new)


def write_records(connection: Connection, kind: str, put: Sequence[Record], gone: Sequence[str]) -> None:
    """Put records into their table, in place of what was there, and take those gone out of it."""
    table = RECORD_TABLES[kind]
    for batch in in_batches(list(gone)):
        connection.execute(delete(table).where(table.c.id.in_(batch)))
    if put:
        ready_records(connection.dialect, kind, put)(connection)


def ready_records(dialect: Dialect, kind: str, put: Sequence[Record]) -> Writing:
    """What puts records, of which there are some, into their table, where they are not."""
    return ready_columns(dialect, RECORD_TABLES[kind], [values_of(put, name) for name in ("id", *fields_of(kind))])


def values_of(records: Sequence[Record], field: str) -> list[Any]:
    """One field of each."""
    return list(map(attrgetter(field), records))


def refold(connection: Connection, kind: str, rows: Sequence[str]) -> tuple[list[Record], list[str]]:
    """Fold some rows anew from the journal into heads and table; answers the records that are there and the rows not."""
    states = {row: row_state(kind, own) for row, own in operations_of_rows(connection, kind, rows).items()}
    for batch in in_batches(rows):
        connection.execute(delete(heads_table).where(heads_table.c.table == kind, heads_table.c.row.in_(batch)))
    add_heads(connection, _head_lines(kind, states))
    here = _records(kind, states)
    write_records(connection, kind, here, rows)
    present = {record.id for record in here}
    return here, [row for row in rows if row not in present]


def _head_lines(kind: str, states: Mapping[str, RowState]) -> Iterable[HeadLine]:
    return ((kind, row, column, ids) for row, state in states.items() for column, ids in state.heads.items() if column != ROW)


def _records(kind: str, states: Mapping[str, RowState]) -> list[Record]:
    return [record_of(kind, row, state.texts) for row, state in states.items() if state.is_here]


def folded(connection: Connection) -> dict[str, dict[str, RowState]]:
    """Every row of every kind this version knows, folded from the whole journal; the tables are not looked at."""
    operations: dict[str, dict[str, list[Operation]]] = defaultdict(lambda: defaultdict(list))
    for one in operations_where(connection, operation_table.c.table != ""):
        if one.table in RECORDS:
            operations[one.table][one.row].append(one)
    return {kind: {row: row_state(kind, own) for row, own in rows.items()} for kind, rows in operations.items()}


def rebuild(connection: Connection) -> None:
    """Empty the tables and heads and make them anew from the journal."""
    states = folded(connection)
    connection.execute(delete(heads_table))
    for kind in RECORD_TABLES:
        connection.execute(delete(RECORD_TABLES[kind]))
        own = states.get(kind, {})
        add_heads(connection, _head_lines(kind, own))
        write_records(connection, kind, _records(kind, own), ())
