"""Operations to and from their tables."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Result, Row, select

from planner.store.bulk import append_rows
from planner.store.operations import Operation, Value, packed
from planner.store.schema import operation as operation_table
from planner.store.schema import operation_value as value_table

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
    lines, values = [], []
    for one in operations:
        written = one.id
        lines.append(_line(written, one))
        values += [(written, column, value.salt, value.text, value.hash) for column, value in one.values.items()]
    append_rows(connection, operation_table, lines)
    append_rows(connection, value_table, values)


def _line(written: str, one: Operation) -> tuple[Any, ...]:
    """The line of an operation, in the order of the table's columns."""
    replaces, observed = packed(one.replaces), packed(one.observed)
    who = (one.step, one.at, one.person, one.device)
    what = (one.kind, one.table, one.row, one.child, one.team, one.schema)
    return (written, one.stream, one.seq, *who, *what, replaces, observed, one.digest, one.chain)


def operations_where(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[Operation]:
    """The operations that meet the conditions (all, if none) with their values, stream by stream in their order."""
    chosen = select(operation_table).where(*conditions).order_by(operation_table.c.id)
    values = select(value_table)
    if conditions:
        values = values.where(value_table.c.operation.in_(select(operation_table.c.id).where(*conditions)))
    written = _values_by_operation(streamed(connection.execute(values.order_by(value_table.c.operation))))
    waiting = next(written, None)
    for row in streamed(connection.execute(chosen)):
        while waiting is not None and waiting[0] < row.id:
            waiting = next(written, None)
        own = waiting[1] if waiting is not None and waiting[0] == row.id else {}
        yield _operation_of(row, own)


def _values_by_operation(rows: Iterable[Row[Any]]) -> Iterator[tuple[str, dict[str, Value]]]:
    current = ""
    found: dict[str, Value] = {}
    for operation, column, salt, text, kept in map(tuple, rows):
        if operation != current:
            if found:
                yield current, found
            current, found = operation, {}
        found[column] = Value(salt, text, kept)
    if found:
        yield current, found


def _operation_of(row: Row[Any], values: dict[str, Value]) -> Operation:
    _, stream, seq, step, at, person, device, kind, table, own, child, team, schema, replaces, observed, digest, chain = tuple(
        row
    )
    return Operation(
        stream=stream,
        seq=seq,
        step=step,
        at=at,
        person=person,
        device=device,
        kind=kind,
        table=table,
        row=own,
        child=child,
        team=team,
        schema=schema,
        replaces=_unpacked(replaces),
        observed=_unpacked(observed),
        values=values,
        digest=digest,
        chain=chain,
    )


def _unpacked(text: str) -> dict[str, tuple[str, ...]]:
    return {} if text == "{}" else {name: tuple(ids) for name, ids in json.loads(text).items()}


def operations_of_rows(connection: Connection, table: str, rows: Sequence[str]) -> dict[str, list[Operation]]:
    """The operations of some rows of a table, by row."""
    found: dict[str, list[Operation]] = {}
    for batch in in_batches(rows):
        for one in operations_where(connection, operation_table.c.table == table, operation_table.c.row.in_(batch)):
            found.setdefault(one.row, []).append(one)
    return found
