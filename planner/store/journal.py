"""Writing the journal: each write session is a stream, each step is one transaction of operations and tables."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, func, insert, select, update

from planner.core.records import Record
from planner.store.bulk import Writing, one_ahead, ready_columns
from planner.store.cells import DELETED, changed_cells, encoded, fields_of, stated_cells
from planner.store.database import Database
from planner.store.insertions import Stating, about, ready_insertions
from planner.store.lines import TICK, Content, Lines, Who
from planner.store.operation_rows import lines_of, operations_of_rows
from planner.store.operations import DELETE, INSERT, PURGE, ROW, SESSION, SET, Heads, insertions_unset, packed, row_state
from planner.store.projection import heads_of, write_heads, write_records
from planner.store.schema import operation as operation_table
from planner.store.schema import stream as stream_table

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
            progress.add(0)
            pen = self._pen(connection, author)
            by_kind = _by_kind(changes)
            known = {kind: heads_of(connection, kind, [change.record.id for change in own]) for kind, own in by_kind.items()}
            new = {kind: _new_records(own, known[kind]) for kind, own in by_kind.items()}
            pen.insert_all(new, progress)
            pen.change_all({kind: _changes_of_known(own, known[kind]) for kind, own in by_kind.items()}, known, progress)
            session = pen.finish()
        self._session = session

    def note(self, author: Author, kind: str, table: str, row: str, cells: Mapping[str, str] | None = None) -> None:
        """Write one operation that changes nothing, such as `viewed`; `cells` say more of one about no record."""
        with self._database.transaction() as connection:
            pen = self._pen(connection, author)
            pen.add(kind, table, row, cells=cells)
            session = pen.finish()
        self._session = session

    def purge(self, author: Author, table: str, rows: Sequence[str], hide: Callable[[Connection], None]) -> None:
        """Write one purge operation a row, then let `hide` empty what the rows held, in the same transaction."""
        with self._database.transaction() as connection:
            pen = self._pen(connection, author)
            for row in rows:
                pen.add(PURGE, table, row)
            session = pen.finish()
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
            return _Pen(connection, self._session, author, self._device, self._clock())
        frontier = connection.execute(select(stream_table.c.id, stream_table.c.chain).where(stream_table.c.held.is_(False)))
        known: Heads = {row.id: (row.chain.hex(),) for row in frontier}
        connection.execute(update(stream_table).where(stream_table.c.id.in_(list(known))).values(held=True))
        fresh = Session(os.urandom(12).hex(), 0, self._newest, b"")
        pen = _Pen(connection, fresh, Author("", ""), self._device, self._clock())
        pen.add(SESSION, "", "", observed=known)
        pen.author = author
        return pen


def _new_records(changes: Sequence[Change], known: Mapping[str, Heads]) -> list[Record]:
    """The records of rows that the journal does not know."""
    new = [one.after for one in changes if one.before is None and one.after is not None and one.after.id not in known]
    # In order of their ids, which is the order the tables keep them in: random places cost three times the time.
    return sorted(new, key=attrgetter("id"))


def _changes_of_known(changes: Sequence[Change], known: Mapping[str, Heads]) -> list[Change]:
    """The changes of rows that the journal knows: set, deleted, or there again."""
    return [change for change in changes if change.before is not None or change.record.id in known]


class _Draft(NamedTuple):
    """An operation to be written: its kind, the record it is about, the cells it writes, the heads it replaces and observed."""

    operation: str
    record: Record
    cells: Mapping[str, str]
    replaces: Heads
    observed: Heads


def _draft(kind: str, change: Change, current: Heads, restored: Mapping[str, str] | None) -> _Draft:
    """The operation of a change; `restored` are the cells to write where a deleted row is there again."""
    if restored is not None:
        return _setting(change.record, restored, current)
    if change.before is None:
        # Inserted, though others have written to it.
        return _Draft(INSERT, change.record, stated_cells(kind, change.record), {}, {})
    if change.after is None:
        return _deletion(change.record, current)
    return _setting(change.after, changed_cells(kind, change.before, change.after), current)


def _setting(record: Record, cells: Mapping[str, str], current: Heads) -> _Draft:
    """New values of cells, replacing the heads that were seen."""
    replaces = {name: current.get(name, () if name == DELETED else current.get(ROW, ())) for name in cells}
    return _Draft(SET, record, cells, {name: ids for name, ids in replaces.items() if ids}, {})


def _deletion(record: Record, current: Heads) -> _Draft:
    """A row's deletion, with all that it held when it was seen."""
    replaces = {DELETED: current[DELETED]} if DELETED in current else {}
    observed = {column: ids for column, ids in current.items() if column != DELETED}
    return _Draft(DELETE, record, {DELETED: encoded(True)}, replaces, observed)


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
    """Writes the operations of one transaction, one after another in the session's stream."""

    def __init__(self, connection: Connection, session: Session, author: Author, device: str, now: datetime) -> None:
        self.author = author
        self._stating = Stating()
        self._connection = connection
        self._device = device
        self._is_new_stream = session.seq == 0
        now = now.astimezone(UTC)
        first = max(now, session.at + TICK) if session.at.year > 1 else now
        self._lines = Lines(session.stream, session.seq, session.chain, first)

    @property
    def _who(self) -> Who:
        return Who(self.author.step, self.author.person, self._device)

    def add(
        self, kind: str, table: str, row: str, *, observed: Heads | None = None, cells: Mapping[str, str] | None = None
    ) -> None:
        """Append one operation that is not about a record as it is."""
        columns, texts = _written_in(cells or {})
        self._append(kind, table, Content([row], [""], [""], [columns], [texts], None, [packed(observed or {})]))

    def _append(self, kind: str, table: str, content: Content) -> None:
        made = self._lines.made(self._who, kind, table, content)
        ready_columns(self._connection.dialect, operation_table, made)(self._connection)

    def insert_all(self, new: Mapping[str, Sequence[Record]], progress: "_Progress") -> None:
        """Many rows that were never there, by kind: their operations and table rows."""
        dialect = self._connection.dialect
        self._write_all(
            new, lambda kind, some: ready_insertions(dialect, self._lines, self._who, self._stating, kind, some), progress
        )

    def change_all(
        self, changes: Mapping[str, Sequence[Change]], known: Mapping[str, Mapping[str, Heads]], progress: "_Progress"
    ) -> None:
        """Changes of many rows that the journal knows, by kind, with the heads of the rows."""
        restored: dict[str, dict[str, dict[str, str]]] = {kind: {} for kind in changes}
        for kind, own in changes.items():
            for some in _in_chunks([one.record for one in own if one.before is None and ROW in known[kind][one.record.id]]):
                progress.add(0)
                restored[kind] |= _restored_cells(self._connection, self._stating, kind, some, known[kind])
        self._write_all(changes, lambda kind, some: self._ready_changes(kind, some, known[kind], restored[kind]), progress)

    def _write_all(
        self, by_kind: Mapping[str, Sequence[Item]], ready: Callable[[str, Sequence[Item]], Writing], progress: "_Progress"
    ) -> None:
        """Write much, some at a time; where there are many, on a thread more is made ready meanwhile."""
        chunks = [(kind, some) for kind, own in by_kind.items() for some in _in_chunks(own)]
        writings = ((len(some), ready(kind, some)) for kind, some in chunks)
        with closing(one_ahead(writings) if len(chunks) > len(by_kind) else writings) as made:
            for number, write in made:
                write(self._connection)
                progress.add(number)

    def _ready_changes(
        self, kind: str, changes: Sequence[Change], known: Mapping[str, Heads], restored: Mapping[str, Mapping[str, str]]
    ) -> Writing:
        """What writes changes of rows of one kind: operations, heads and the rows of the table."""
        drafts: dict[str, list[_Draft]] = defaultdict(list)
        for change in changes:
            row = change.record.id
            draft = _draft(kind, change, known.get(row, {}), restored.get(row))
            drafts[draft.operation].append(draft)
        journalled, lines = [], []
        for operation, own in drafts.items():
            made = self._lines.made(self._who, operation, kind, _content(own))
            journalled.append(ready_columns(self._connection.dialect, operation_table, made))
            if operation != INSERT:
                lines += [
                    (kind, one.record.id, name, (id_,)) for one, id_ in zip(own, made[0], strict=True) for name in one.cells
                ]
        put = [change.after for change in changes if change.after is not None]
        gone = [change.record.id for change in changes if change.before is not None]

        def write(connection: Connection) -> None:
            for writing in journalled:
                writing(connection)
            write_heads(connection, lines, known)
            write_records(connection, kind, put, gone)

        return write

    def finish(self) -> Session:
        """Note where the stream now ends, and answer it."""
        now = Session(self._lines.stream, self._lines.seq, self._lines.at, self._lines.chain)
        state = {"seq": now.seq, "at": now.at.isoformat(timespec="microseconds"), "chain": now.chain}
        if self._is_new_stream:
            self._connection.execute(insert(stream_table).values(id=now.stream, device=self._device, held=False, **state))
        else:
            self._connection.execute(update(stream_table).where(stream_table.c.id == now.stream).values(**state))
        return now


def _content(drafts: Sequence[_Draft]) -> Content:
    """What operations of one kind on one table say."""
    rows = [one.record.id for one in drafts]
    children, teams = zip(*(about(one.record) for one in drafts), strict=True)
    columns, texts = zip(*(_written_in(one.cells) for one in drafts), strict=True)
    replaces, observed = [packed(one.replaces) for one in drafts], [packed(one.observed) for one in drafts]
    return Content(rows, children, teams, columns, texts, replaces, observed)


def _written_in(cells: Mapping[str, str]) -> tuple[str, str]:
    """Columns and texts of cells, as an operation's line has them."""
    names = sorted(cells)
    return " ".join(names), "\n".join(cells[name] for name in names)


def _by_kind(changes: Iterable[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        found[change.kind].append(change)
    return found


def _in_chunks(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    """So many at a time as may be written between two looks at whether to stop."""
    for first in range(0, len(items), _CHUNK):
        yield items[first : first + _CHUNK]


def _restored_cells(
    connection: Connection, stating: Stating, kind: str, records: Sequence[Record], known: Mapping[str, Heads]
) -> dict[str, dict[str, str]]:
    """By row, what to write so that a deleted row is there again with the record's values.

    Only a row that was edited is folded from all its operations.
    """
    unset = insertions_unset({one.id: known[one.id] for one in records})
    lines = lines_of(connection, list(unset.values()))
    stated = dict(zip((one.id for one in records), stating.stated(kind, records), strict=True))
    as_inserted = {row for row, insertion in unset.items() if lines.get(insertion) == stated[row]}
    folded = operations_of_rows(connection, kind, [one.id for one in records if one.id not in as_inserted])
    texts = {row: row_state(kind, own).texts for row, own in folded.items()}
    back = {DELETED: encoded(False)}
    return {one.id: back if one.id in as_inserted else back | _cells_unlike(kind, one, texts[one.id]) for one in records}


def _cells_unlike(kind: str, record: Record, texts: Mapping[str, str]) -> dict[str, str]:
    """The cells of a record that are not as these texts say."""
    cells = {}
    for name, field in fields_of(kind).items():
        value, known = getattr(record, name), texts.get(name)
        if known is None and value == field.default:
            continue
        text = encoded(value)
        if text != known:
            cells[name] = text
    return cells
