"""Writing the journal: each write session is a stream, each step is one transaction of operations and tables."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, func, insert, select, update

from planner.core.records import Record
from planner.store.bulk import append_rows, one_ahead
from planner.store.cells import DELETED, changed_cells, encoded, fields_of, stated_cells
from planner.store.database import Database
from planner.store.insertions import Insertions, about
from planner.store.operation_rows import operations_of_rows, texts_of
from planner.store.operations import (
    DELETE,
    INSERT,
    PURGE,
    ROW,
    SALT,
    SESSION,
    SET,
    Heads,
    chained,
    digest_of_line,
    hash_of_values,
    insertions_unset,
    operation_id,
    packed,
    row_state,
)
from planner.store.projection import HeadLine, heads_of, write_heads, write_records
from planner.store.schema import REVISION
from planner.store.schema import operation as operation_table
from planner.store.schema import stream as stream_table

_TICK = timedelta(microseconds=1)
_CHUNK = 1_000

Item = TypeVar("Item")
Watch = Callable[[float], None]
"""Told the part of a step that is written, 0 to 1; it stops the writing by raising."""


class Change(NamedTuple):
    """One row of a step: what it was (None: not there) and what it is (None: no longer there)."""

    kind: str
    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record that is, or that was."""
        record = self.after if self.after is not None else self.before
        assert record is not None
        return record


@dataclass(frozen=True, slots=True)
class Session:
    """Where this write session stands: its stream, its last operation's place, moment and chain."""

    stream: str
    seq: int
    at: datetime
    chain: bytes


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: the step, and the person it is done by."""

    step: str
    person: str


class Journal:
    """The journal of one open workspace, as one device writes to it."""

    def __init__(self, database: Database, device: str, clock: Callable[[], datetime]) -> None:
        """`clock` answers moments with a zone; `device` is the id of this computer's Device record."""
        self._database = database
        self._device = device
        self._clock = clock
        with database.transaction() as connection:
            newest = connection.execute(select(func.max(stream_table.c.at))).scalar()
        self._session: Session | None = None
        self._newest = datetime.fromisoformat(newest) if newest else datetime.min.replace(tzinfo=UTC)

    def write(self, author: Author, changes: Sequence[Change], watch: Watch | None = None) -> None:
        """Write one step: operations, heads and tables, in one transaction. On any failure nothing is written.

        `watch` is told now and then the part that is written, 0 to 1; what it raises stops the writing.
        """
        progress = _Progress(len(changes), watch)
        with self._database.transaction() as connection:
            pen = self._pen(connection, author)
            by_kind = _by_kind(changes)
            known = {kind: heads_of(connection, kind, [change.record.id for change in own]) for kind, own in by_kind.items()}
            new = {kind: _new_records(own, known[kind]) for kind, own in by_kind.items()}
            pen.insert_all(connection, new, progress)
            for kind, own in by_kind.items():
                _write_known(connection, pen, kind, own, known[kind], progress)
            session = pen.finish(connection)
        self._session = session

    def note(self, author: Author, kind: str, table: str, row: str, cells: Mapping[str, str] | None = None) -> None:
        """Write one operation that changes nothing, such as `viewed`; `cells` say more of one about no record."""
        with self._database.transaction() as connection:
            pen = self._pen(connection, author)
            pen.add(kind, table, row, cells=cells)
            session = pen.finish(connection)
        self._session = session

    def purge(self, author: Author, table: str, rows: Sequence[str], hide: Callable[[Connection], None]) -> None:
        """Write one purge operation a row, then let `hide` empty what the rows held, in the same transaction."""
        with self._database.transaction() as connection:
            pen = self._pen(connection, author)
            for row in rows:
                pen.add(PURGE, table, row)
            session = pen.finish(connection)
            hide(connection)
        self._session = session

    def has_moved_on(self) -> None:
        """Begin a new stream with the next step, after operations of others have come in."""
        with self._database.transaction() as connection:
            newest = connection.execute(select(func.max(stream_table.c.at))).scalar()
        self._newest = datetime.fromisoformat(newest) if newest else self._newest
        self._session = None

    def _pen(self, connection: Connection, author: Author) -> "_Pen":
        if self._session is not None:
            return _Pen(self._session, author, self._device, self._clock())
        frontier = connection.execute(select(stream_table.c.id, stream_table.c.chain).where(stream_table.c.held.is_(False)))
        known = {row.id: (row.chain.hex(),) for row in frontier}
        connection.execute(update(stream_table).where(stream_table.c.id.in_(list(known))).values(held=True))
        fresh = Session(os.urandom(12).hex(), 0, self._newest, b"")
        pen = _Pen(fresh, Author("", ""), self._device, self._clock())
        pen.add(SESSION, "", "", observed=known)
        pen.author = author
        return pen


def _new_records(changes: Sequence[Change], known: Mapping[str, Heads]) -> list[Record]:
    """The records of rows that the journal does not know."""
    new = [one.after for one in changes if one.before is None and one.after is not None and one.after.id not in known]
    # In order of their ids, which is the order the tables keep them in: random places cost three times the time.
    return sorted(new, key=attrgetter("id"))


def _write_known(
    connection: Connection,
    pen: "_Pen",
    kind: str,
    changes: Sequence[Change],
    known: Mapping[str, Heads],
    progress: "_Progress",
) -> None:
    """Write the changes of rows that the journal knows: set, deleted, or there again."""
    for some in _in_chunks([change for change in changes if change.before is not None or change.record.id in known]):
        _write_some(connection, pen, kind, some, known)
        progress.add(len(some))


def _write_some(connection: Connection, pen: "_Pen", kind: str, changes: Sequence[Change], known: Mapping[str, Heads]) -> None:
    returning = [change.record.id for change in changes if change.before is None and ROW in known.get(change.record.id, {})]
    past = _texts_before(connection, kind, returning, known)
    lines: list[HeadLine] = []
    for change in changes:
        row = change.record.id
        current = known.get(row, {})
        if row in past:
            cells = _restored_cells(kind, change.record, past[row])
            lines += pen.set(kind, change.record, cells, current)
        elif change.before is None:
            pen.insert(kind, change.record)
        elif change.after is None:
            lines.append(pen.delete(kind, change.record, current))
        else:
            lines += pen.set(kind, change.after, changed_cells(kind, change.before, change.after), current)
    write_heads(connection, lines)
    put = [change.after for change in changes if change.after is not None]
    write_records(connection, kind, put, [change.record.id for change in changes if change.before is not None])


class _Progress:
    """How much of a step is written, told to whoever watches."""

    def __init__(self, total: int, watch: Watch | None) -> None:
        self._total, self._watch, self._done = max(total, 1), watch, 0

    def add(self, count: int) -> None:
        """So many more are written."""
        self._done += count
        if self._watch is not None:
            self._watch(self._done / self._total)


class _Pen:
    """Makes the operations of one transaction, one after another in the session's stream."""

    def __init__(self, session: Session, author: Author, device: str, now: datetime) -> None:
        self.author = author
        self._session = session
        self._device = device
        self._now = now.astimezone(UTC)
        self._is_new_stream = session.seq == 0
        self._lines: list[tuple[Any, ...]] = []

    def add(
        self,
        kind: str,
        table: str,
        row: str,
        *,
        child: str = "",
        team: str = "",
        replaces: Mapping[str, Sequence[str]] | None = None,
        observed: Mapping[str, Sequence[str]] | None = None,
        cells: Mapping[str, str] | None = None,
    ) -> str:
        """Append one operation; answers its id. Its moment is the clock's, or just after the newest known."""
        before = self._session
        written = sorted((cells or {}).items())
        columns, texts, salt = " ".join(name for name, _ in written), "\n".join(text for _, text in written), os.urandom(SALT)
        at = max(self._now, before.at + _TICK) if before.at.year > 1 else self._now
        who = self.author.step, at.isoformat(timespec="microseconds"), self.author.person, self._device
        what = kind, table, row, child, team, REVISION, packed(replaces or {}), packed(observed or {})
        header = (before.stream, before.seq + 1, *who, *what)
        digest = digest_of_line((*header, columns), hash_of_values(salt, texts))
        chain = chained(before.chain, digest)
        named = operation_id(before.stream, before.seq + 1)
        self._lines.append((named, *header, digest, chain, columns, texts, salt, None))
        self._session = Session(before.stream, before.seq + 1, at, chain)
        return named

    def insert(self, kind: str, record: Record) -> None:
        """A row that is inserted, though others have written to it."""
        child, team = about(record)
        self.add(INSERT, kind, record.id, child=child, team=team, cells=stated_cells(kind, record))

    def insert_all(self, connection: Connection, new: Mapping[str, Sequence[Record]], progress: "_Progress") -> None:
        """Many rows that were never there, by kind: their operations and table rows, straight into the file."""
        before = self._session
        first = max(self._now, before.at + _TICK) if before.at.year > 1 else self._now
        who = self.author.step, self.author.person, self._device
        insertions = Insertions(connection.dialect, who, before.stream, before.seq, first, before.chain)
        chunks = [(kind, chunk) for kind, records in new.items() for chunk in _in_chunks(records)]
        ready = ((len(chunk), insertions.ready(kind, chunk)) for kind, chunk in chunks)
        with closing(one_ahead(ready) if len(chunks) > len(new) else ready) as made:
            for number, write in made:
                write(connection)
                progress.add(number)
        total = sum(map(len, new.values()))
        if total:
            self._session = Session(before.stream, before.seq + total, first + _TICK * (total - 1), insertions.chain)

    def set(self, kind: str, record: Record, cells: Mapping[str, str], current: Heads) -> list[HeadLine]:
        """New values of cells, replacing the heads that were seen; a heads' line for each."""
        child, team = about(record)
        replaces = {name: () if name == DELETED else current.get(ROW, ()) for name in cells}
        replaces |= {name: current[name] for name in cells if name in current}
        replaces = {name: ids for name, ids in replaces.items() if ids}
        written = self.add(SET, kind, record.id, child=child, team=team, replaces=replaces, cells=cells)
        return [(kind, record.id, name, (written,)) for name in cells]

    def delete(self, kind: str, record: Record, current: Heads) -> HeadLine:
        """The row's deletion, with all that it held when it was seen; the heads' line."""
        child, team = about(record)
        replaces = {DELETED: current[DELETED]} if DELETED in current else {}
        observed = {column: ids for column, ids in current.items() if column != DELETED}
        cells = {DELETED: encoded(True)}
        written = self.add(DELETE, kind, record.id, child=child, team=team, replaces=replaces, observed=observed, cells=cells)
        return kind, record.id, DELETED, (written,)

    def finish(self, connection: Connection) -> Session:
        """Put what was written into the journal; answers where the session now stands."""
        append_rows(connection, operation_table, self._lines)
        now = self._session
        state = {"seq": now.seq, "at": now.at.isoformat(timespec="microseconds"), "chain": now.chain}
        if self._is_new_stream:
            connection.execute(insert(stream_table).values(id=now.stream, device=self._device, held=False, **state))
        else:
            connection.execute(update(stream_table).where(stream_table.c.id == now.stream).values(**state))
        return now


def _by_kind(changes: Iterable[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        found[change.kind].append(change)
    return found


def _in_chunks(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    """So many at a time as may be written between two looks at whether to stop."""
    for first in range(0, len(items), _CHUNK):
        yield items[first : first + _CHUNK]


def _texts_before(
    connection: Connection, kind: str, rows: Sequence[str], known: Mapping[str, Heads]
) -> Mapping[str, Mapping[str, str]]:
    """The cells of deleted rows as they last were, by row; only a row that was edited is folded from all its operations."""
    unset = insertions_unset({row: known[row] for row in rows})
    texts = texts_of(connection, list(unset.values()))
    found = {row: texts[insertion] for row, insertion in unset.items() if insertion in texts}
    folded = operations_of_rows(connection, kind, [row for row in rows if row not in found])
    return {**found, **{row: row_state(kind, own).texts for row, own in folded.items()}}


def _restored_cells(kind: str, record: Record, texts: Mapping[str, str]) -> dict[str, str]:
    """What to write so that a deleted row, whose cells were these, is there again with the record's values."""
    cells = {DELETED: encoded(False)}
    for name, field in fields_of(kind).items():
        value, known = getattr(record, name), texts.get(name)
        if known is None and value == field.default:
            continue
        text = encoded(value)
        if text != known:
            cells[name] = text
    return cells
