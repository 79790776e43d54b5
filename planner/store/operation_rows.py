"""Operations to and from their tables."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Result, Row, select

from planner.store.bulk import append_rows
from planner.store.operations import Operation, packed, unpacked
from planner.store.schema import operation as operation_table

BATCH = 500
"""How many keys one statement names; under every dialect's limit of parameters."""
_FETCHED = 1_000


def in_batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """The keys, so many at a time as one statement may name."""
    for first in range(0, len(keys), BATCH):
        yield keys[first : first + BATCH]


def streamed(found: Result[Any]) -> Iterator[Row[Any]]:
    """The rows of an answer, fetched many at a time: one by one costs three times as much, all at once the memory."""
    for part in found.partitions(_FETCHED):
        yield from part


def add_operations(connection: Connection, operations: Sequence[Operation]) -> None:
    """Append operations with their values."""
    append_rows(connection, operation_table, [_line(one) for one in operations])


def _line(one: Operation) -> tuple[Any, ...]:
    """The line of an operation, in the order of the table's columns."""
    replaces, observed = packed(one.replaces), packed(one.observed)
    who = (one.step, one.at, one.person, one.device)
    what = (one.kind, one.table, one.row, one.child, one.team, one.schema)
    written = (" ".join(one.columns), one.texts, one.salt, one.hash)
    return (one.id, one.stream, one.seq, *who, *what, replaces, observed, one.digest, one.chain, *written)


def _values(columns: str, texts: str | None) -> dict[str, str | None]:
    """What an operation's line wrote, by column; nothing in any of them once it is purged, or was tampered with."""
    names = columns.split(" ") if columns else []
    lines = texts.split("\n") if texts else []
    return dict(zip(names, lines, strict=True)) if len(names) == len(lines) else dict.fromkeys(names)


def operations_where(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[Operation]:
    """The operations that meet the conditions (all, if none) with their values, stream by stream in their order."""
    chosen = select(operation_table).where(*conditions).order_by(operation_table.c.id)
    for row in streamed(connection.execute(chosen)):
        yield _operation_of(*row)


def _operation_of(_: str, *line: Any) -> Operation:
    """The operation of a line but its id."""
    stream, seq, step, at, person, device, kind, table, row, child, team, schema, *written = line
    replaces, observed, digest, chain, columns, texts, salt, kept = written
    return Operation(
        stream=stream,
        seq=seq,
        step=step,
        at=at,
        person=person,
        device=device,
        kind=kind,
        table=table,
        row=row,
        child=child,
        team=team,
        schema=schema,
        replaces=unpacked(replaces),
        observed=unpacked(observed),
        values=_values(columns, texts),
        salt=salt,
        hash=kept,
        digest=digest,
        chain=chain,
    )


def lines_of(connection: Connection, operations: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The columns that some operations wrote and the canonical texts, as their lines have them, by id; but for the purged."""
    columns = operation_table.c
    found: dict[str, tuple[str, str]] = {}
    for batch in in_batches(operations):
        chosen = select(columns.id, columns.columns, columns.texts).where(columns.id.in_(batch), columns.texts.is_not(None))
        found |= {written: (names, texts) for written, names, texts in connection.execute(chosen).all()}
    return found


def operations_of_rows(connection: Connection, table: str, rows: Sequence[str]) -> dict[str, list[Operation]]:
    """The operations of some rows of a table, by row."""
    found: dict[str, list[Operation]] = {}
    for batch in in_batches(rows):
        for one in operations_where(connection, operation_table.c.table == table, operation_table.c.row.in_(batch)):
            found.setdefault(one.row, []).append(one)
    return found
