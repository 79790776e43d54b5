"""Whether a workspace is sound: the chain of its journal, its heads and tables against a fold, and what its records name."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from planner.core.records import RECORDS
from planner.store import reading
from planner.store.cells import record_of
from planner.store.findings import Finding
from planner.store.operation_rows import operations_where
from planner.store.operations import SESSION, Operation, chained, digest_of, operation_id
from planner.store.projection import folded
from planner.store.schema import RECORD_TABLES
from planner.store.schema import heads as heads_table
from planner.store.schema import operation as operation_table
from planner.store.schema import stream as stream_table


def chain_findings(connection: Connection) -> list[Finding]:
    """Where the journal is not as it was written: each broken stream by its first operation at fault, with table and row."""
    found: list[Finding] = []
    seen: dict[str, set[bytes]] = defaultdict(set)
    held: dict[str, set[bytes]] = defaultdict(set)
    last: dict[str, Operation] = {}
    broken: set[str] = set()
    for one in operations_where(connection):
        before = last.get(one.stream)
        if one.stream not in broken:
            fault = _fault(one, before)
            if fault:
                broken.add(one.stream)
                found.append(_broken(one, fault))
        last[one.stream] = one
        seen[one.stream].add(one.chain)
        if one.kind == SESSION:
            for stream, chains in one.observed.items():
                held[stream] |= {bytes.fromhex(chain) for chain in chains}
    found += _missing_ends(seen, held)
    found += _streams_amiss(connection, last)
    return found


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


def _streams_amiss(connection: Connection, last: dict[str, Operation]) -> Iterator[Finding]:
    noted = {row.id: (row.seq, row.chain) for row in connection.execute(select(stream_table))}
    actual = {stream: (one.seq, one.chain) for stream, one in last.items()}
    for stream in sorted(noted.keys() | actual.keys()):
        if noted.get(stream) != actual.get(stream):
            sentence = f"Journal: session {stream[:8]} does not end where it was left. Restore a backup."
            yield Finding("chain", "", stream, sentence)


def projection_findings(connection: Connection) -> list[Finding]:
    """Where heads or tables are not what the journal folds to."""
    states = folded(connection)
    found: list[Finding] = []
    noted: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for table, row, column, operation in connection.execute(select(heads_table)):
        noted[table, row][column].append(operation)
    tables = {(kind, record.id): record for kind in RECORD_TABLES for record in reading.records_of(connection, kind)}
    rows = {(kind, row): state for kind, own in states.items() for row, state in own.items()}
    for kind, row in sorted(rows.keys() | noted.keys() | tables.keys()):
        state = rows.get((kind, row))
        heads = {column: tuple(sorted(ids)) for column, ids in noted.get((kind, row), {}).items()}
        expected = {column: ids for column, ids in state.heads.items() if ids} if state else {}
        if kind in RECORDS and heads != expected:
            found.append(Finding("heads", kind, row, f"The heads of {_words(kind)} {row} are not what its journal says."))
        record = record_of(kind, row, state.texts) if state and state.is_here else None
        if kind in RECORDS and tables.get((kind, row)) != record:
            found.append(Finding("projection", kind, row, f"The {_words(kind)} {row} is not what its journal says."))
    return found


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
