"""Whether a workspace is sound: the chain of its journal, its heads and tables against a fold, and what its records name."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, Connection, func, select

from planner.store import reading
from planner.store.cells import record_of
from planner.store.findings import Finding
from planner.store.operation_rows import operations_where
from planner.store.operations import ROW, SESSION, Operation, RowState, chained, digest_of, operation_id, row_state
from planner.store.schema import RECORD_TABLES
from planner.store.schema import heads as heads_table
from planner.store.schema import operation as operation_table
from planner.store.schema import stream as stream_table

SLICE = 1000
"""How many operations, or rows, are looked at in one go, so that a long check can stand back for a step of a person's."""


def chain_findings(connection: Connection) -> list[Finding]:
    """Where the journal is not as it was written: each broken stream by its first operation at fault, with table and row."""
    chains = Chains(connection)
    while chains.look_on(connection):
        pass
    return chains.findings()


class Chains:
    """The check of all streams, a slice at a time; what is written while it goes on is left to the next check."""

    def __init__(self, connection: Connection) -> None:
        """Note where every stream ends now."""
        columns = operation_table.c
        ends = select(columns.stream, func.max(columns.seq).label("newest")).group_by(columns.stream)
        self._ends: dict[str, int] = {row.stream: row.newest for row in connection.execute(ends)}
        self._noted = {row.id: (row.seq, row.chain) for row in connection.execute(select(stream_table))}
        self._found: list[Finding] = []
        self._seen: dict[str, set[bytes]] = defaultdict(set)
        self._held: dict[str, set[bytes]] = defaultdict(set)
        self._last: dict[str, Operation] = {}
        self._broken: set[str] = set()
        self._after: str | None = None

    def look_on(self, connection: Connection) -> bool:
        """Look at the next slice; whether there is more."""
        upto = _end_of_slice(connection, operation_table.c.id, self._after)
        for one in operations_where(connection, *_between(operation_table.c.id, self._after, upto)):
            if one.seq <= self._ends.get(one.stream, 0):
                self._look_at(one)
        self._after = upto
        return upto is not None

    def _look_at(self, one: Operation) -> None:
        before = self._last.get(one.stream)
        fault = "" if one.stream in self._broken else _fault(one, before)
        if fault:
            self._broken.add(one.stream)
            self._found.append(_broken(one, fault))
        self._last[one.stream] = one
        self._seen[one.stream].add(one.chain)
        if one.kind == SESSION:
            for stream, chains in one.observed.items():
                self._held[stream] |= {bytes.fromhex(chain) for chain in chains}

    def findings(self) -> list[Finding]:
        """What was found, once all slices have been looked at."""
        actual = {stream: (one.seq, one.chain) for stream, one in self._last.items()}
        return [*self._found, *_missing_ends(self._seen, self._held), *_streams_amiss(self._noted, actual)]


def _end_of_slice(
    connection: Connection, column: ColumnElement[str], after: str | None, *conditions: ColumnElement[bool]
) -> str | None:
    """The last of the next values of a column after one (None: from the first); None when the rest is no longer than that."""
    chosen = select(column).where(*conditions, *_between(column, after, None)).distinct()
    return connection.execute(chosen.order_by(column).offset(SLICE - 1).limit(1)).scalar()


def _between(column: ColumnElement[str], after: str | None, upto: str | None) -> list[ColumnElement[bool]]:
    """After the one and up to and including the other; None is no bound."""
    return ([] if after is None else [column > after]) + ([] if upto is None else [column <= upto])


def _fault(one: Operation, before: Operation | None) -> str:
    if one.seq != (before.seq + 1 if before is not None else 1):
        return "does not follow the one before it"
    if one.digest != digest_of(one):
        return "was altered"
    if one.chain != chained(before.chain if before is not None else b"", one.digest):
        return "is not chained to the one before it"
    return ""


def _broken(one: Operation, fault: str) -> Finding:
    where = f"{one.table} {one.row}" if one.table else "the session's beginning"
    sentence = f"Journal: operation {one.seq} of session {one.stream[:8]} ({one.kind}, {where}) {fault}. Restore a backup."
    return Finding("chain", one.table, one.row, sentence)


def _missing_ends(seen: dict[str, set[bytes]], held: dict[str, set[bytes]]) -> Iterator[Finding]:
    for stream, chains in held.items():
        if not chains <= seen.get(stream, set()):
            sentence = f"Journal: the end of session {stream[:8]}, which a later session saw, is missing. Restore a backup."
            yield Finding("chain", "", stream, sentence)


def _streams_amiss(noted: Mapping[str, tuple[int, bytes]], actual: Mapping[str, tuple[int, bytes]]) -> Iterator[Finding]:
    for stream in sorted(noted.keys() | actual.keys()):
        if noted.get(stream) != actual.get(stream):
            sentence = f"Journal: session {stream[:8]} does not end where it was left. Restore a backup."
            yield Finding("chain", "", stream, sentence)


def projection_findings(connection: Connection) -> list[Finding]:
    """Where heads or tables are not what the journal folds to."""
    found: list[Finding] = []
    for kind in RECORD_TABLES:
        own, after = projection_slice(connection, kind, None)
        found += own
        while after is not None:
            own, after = projection_slice(connection, kind, after)
            found += own
    return found


def projection_slice(connection: Connection, kind: str, after: str | None) -> tuple[list[Finding], str | None]:
    """The same for the next rows of one kind after one (None: from the first); and the last of them, None at the end."""
    columns, table = operation_table.c, RECORD_TABLES[kind]
    upto = _end_of_slice(connection, columns.row, after, columns.table == kind)
    states = _states(connection, kind, _between(columns.row, after, upto))
    noted: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    lines = select(heads_table).where(heads_table.c.table == kind, *_between(heads_table.c.row, after, upto))
    for _, row, column, operation in connection.execute(lines):
        noted[row][column].append(operation)
    records = {record.id: record for record in reading.records_of(connection, kind, *_between(table.c.id, after, upto))}
    found: list[Finding] = []
    for row in sorted(states.keys() | noted.keys() | records.keys()):
        state = states.get(row)
        heads = {column: tuple(sorted(ids)) for column, ids in noted.get(row, {}).items()}
        if heads != ({column: ids for column, ids in state.heads.items() if ids and column != ROW} if state else {}):
            found.append(Finding("heads", kind, row, f"The heads of {_words(kind)} {row} are not what its journal says."))
        record = record_of(kind, row, state.texts) if state and state.is_here else None
        if records.get(row) != record:
            found.append(Finding("projection", kind, row, f"The {_words(kind)} {row} is not what its journal says."))
    return found, upto


def _states(connection: Connection, kind: str, within: Iterable[ColumnElement[bool]]) -> dict[str, RowState]:
    """Rows of a kind, folded from the journal."""
    operations: dict[str, list[Operation]] = defaultdict(list)
    for one in operations_where(connection, operation_table.c.table == kind, *within):
        operations[one.row].append(one)
    return {row: row_state(kind, own) for row, own in operations.items()}


def _words(kind: str) -> str:
    return kind.replace("_", " ")


def content_of(connection: Connection) -> tuple[int, str]:
    """How many operations there are, and one digest of them all, from the last link of each stream's chain."""
    ends = connection.execute(
        select(operation_table.c.stream, func.count(), func.max(operation_table.c.seq)).group_by(operation_table.c.stream)
    ).all()
    chains = {row.stream: row for row in ends}
    total, digest = 0, hashlib.sha256()
    for stream in sorted(chains):
        _, count, newest = chains[stream]
        last = select(operation_table.c.chain).where(operation_table.c.id == operation_id(stream, newest))
        digest.update(f"{stream}:{count}:".encode() + (connection.execute(last).scalar() or b""))
        total += count
    return total, digest.hexdigest()


def state_digest(connection: Connection) -> str:
    """One digest of all heads and tables; copies with the same operations have the same."""
    digest = hashlib.sha256()
    columns = heads_table.c
    for head in connection.execute(select(heads_table).order_by(columns.table, columns.row, columns.column, columns.operation)):
        digest.update(repr(tuple(head)).encode())
    for kind in RECORD_TABLES:
        for record in sorted(reading.records_of(connection, kind), key=lambda record: record.id):
            digest.update(repr(record).encode())
    return digest.hexdigest()
