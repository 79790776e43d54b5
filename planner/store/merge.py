"""Joining two copies of a workspace: the union of their operations; what disagrees is shown, and no clock decides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select

from planner.core.errors import Refused
from planner.core.records import RECORDS, Record
from planner.store.bulk import append_rows
from planner.store.cells import DELETED
from planner.store.checking import chain_findings
from planner.store.database import Database
from planner.store.operation_rows import add_operations, in_batches, operations_of_rows, operations_where
from planner.store.operations import DELETE, INSERT, PURGE, ROW, SESSION, Operation, row_state
from planner.store.projection import refold
from planner.store.purge import emptied, empty_values
from planner.store.schema import heads as heads_table
from planner.store.schema import operation as operation_table
from planner.store.schema import stream as stream_table


@dataclass(frozen=True, slots=True)
class Writer:
    """One side of a conflict: the operation, who wrote it and when, and the cell's canonical text (None: purged)."""

    operation: str
    person: str
    at: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell with heads of different value; the column `_deleted` is a deletion against an edit."""

    table: str
    row: str
    column: str
    writers: tuple[Writer, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge brought: how many operations, the records put, and the rows that are no longer here, by table."""

    operations: int
    put: tuple[Record, ...]
    gone: Mapping[str, tuple[str, ...]]


def merge(database: Database, source: Connection) -> Merged:
    """Bring in every operation of another copy that is not here. Doing it twice, or the other way round, gives the same.

    Raises Refused, changing nothing, when the other copy's journal is broken or says something else of the same operation.
    """
    faults = chain_findings(source)
    if faults:
        raise Refused(f"The other copy was not merged. {faults[0].sentence} Nothing was changed here.")
    with database.transaction() as connection:
        known = {row.id: row.digest for row in connection.execute(select(operation_table.c.id, operation_table.c.digest))}
        theirs = list(operations_where(source))
        forked = [one for one in theirs if known.get(one.id, one.digest) != one.digest]
        if forked:
            raise Refused(
                f"The other copy tells session {forked[0].stream[:8]} differently, so it was not merged. Nothing was changed."
            )
        return add(connection, [one for one in theirs if one.id not in known])


def add(connection: Connection, operations: Sequence[Operation]) -> Merged:
    """Add operations that are not here, and fold the rows they concern; a purge on either side wins over values."""
    rows = _rows_by_table(operations)
    purged = {(one.table, one.row) for one in operations if one.kind == PURGE} | _purged_here(connection, rows)
    add_operations(connection, [emptied(one) if (one.table, one.row) in purged else one for one in operations])
    for table, row in purged:
        empty_values(connection, table, (row,))
    note_streams(connection)
    put: list[Record] = []
    gone: dict[str, tuple[str, ...]] = {}
    for table, own in rows.items():
        if table in RECORDS:
            here, missing = refold(connection, table, sorted(own))
            put += here
            gone[table] = tuple(missing)
    return Merged(len(operations), tuple(put), gone)


def _rows_by_table(operations: Iterable[Operation]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in operations:
        if one.table and one.row:
            found[one.table].add(one.row)
    return found


def _purged_here(connection: Connection, rows: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for table, own in rows.items():
        for batch in in_batches(sorted(own)):
            columns = operation_table.c
            chosen = select(columns.row).where(columns.table == table, columns.row.in_(batch), columns.kind == PURGE)
            found |= {(table, row) for row in connection.execute(chosen).scalars()}
    return found


def note_streams(connection: Connection) -> None:
    """Write down anew where each stream ends, and which ends a later session holds."""
    columns = operation_table.c
    newest = select(columns.stream, func.max(columns.seq).label("seq")).group_by(columns.stream).subquery()
    last = select(operation_table).join(newest, (columns.stream == newest.c.stream) & (columns.seq == newest.c.seq))
    held = {
        (stream, bytes.fromhex(chain))
        for one in operations_where(connection, columns.kind == SESSION)
        for stream, chains in one.observed.items()
        for chain in chains
    }
    lines = [
        (row.stream, row.device, row.seq, row.at, row.chain, (row.stream, row.chain) in held) for row in connection.execute(last)
    ]
    connection.execute(delete(stream_table))
    append_rows(connection, stream_table, lines)


def conflicts(connection: Connection) -> list[Conflict]:
    """Every cell that has heads of different value, and every row both deleted and edited."""
    columns = heads_table.c
    several = select(columns.table, columns.row).group_by(columns.table, columns.row, columns.column).having(func.count() > 1)
    deleted = select(columns.table, columns.row).where(columns.column == DELETED)
    written = operation_table.c
    inserted = select(written.table, written.row).where(written.kind == INSERT).group_by(written.table, written.row)
    doubtful: dict[str, set[str]] = defaultdict(set)
    for table, row in connection.execute(several.union(deleted, inserted.having(func.count() > 1))):
        if table in RECORDS:
            doubtful[table].add(row)
    found: list[Conflict] = []
    for table in sorted(doubtful):
        for row, own in sorted(operations_of_rows(connection, table, sorted(doubtful[table])).items()):
            found += _conflicts_of_row(table, row, own)
    return found


def _conflicts_of_row(table: str, row: str, operations: Sequence[Operation]) -> list[Conflict]:
    state = row_state(table, operations)
    known = {one.id: one for one in operations}
    found = []
    for column in state.conflicts:
        ids = state.heads.get(column, state.heads.get(ROW, ()))
        if column == DELETED:
            ids = (*(one for one in ids if known[one].kind == DELETE), *_edits(state.heads, known))
        found.append(Conflict(table, row, column, tuple(_writer(known[one], column) for one in ids)))
    return found


def _edits(heads: Mapping[str, Sequence[str]], known: Mapping[str, Operation]) -> list[str]:
    """The heads that the row's deletions had not seen."""
    deletions = [known[one] for one in heads.get(DELETED, ()) if known[one].kind == DELETE]
    seen = {one for deletion in deletions for ids in deletion.observed.values() for one in ids}
    others = {one for column, ids in heads.items() for one in ids if one not in seen and known[one].kind != DELETE}
    return sorted(others)


def _writer(one: Operation, column: str) -> Writer:
    return Writer(one.id, one.person, one.at, one.values.get(column))
