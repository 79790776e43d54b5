"""Operations as values: how each is hashed, and what a row is when all of its operations are known."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Any

from planner.store.cells import DELETED, defaults_of, fields_of

INSERT, SET, DELETE, PURGE, SESSION = "insert", "set", "delete", "purge", "session"

ROW = ""
"""The column under which the heads of a whole insertion stand."""

SALT = 16
"""The bytes of an operation's salt."""

_quoted: Callable[[str], str] = encode_basestring
_in_ascii: Callable[[str], str] = encode_basestring_ascii
_decoded: Callable[[str], tuple[Any, int]] = json.JSONDecoder().raw_decode

Heads = dict[str, tuple[str, ...]]
"""The operations nobody has replaced, by column; a column not named has those of `ROW`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One line of the journal. `seq` counts from 1 within its stream.

    `values` are canonical texts by column. After a purge they are None, `salt` is gone, and `hash` is all that is left of them.
    """

    stream: str
    seq: int
    step: str
    at: str
    person: str
    device: str
    kind: str
    table: str = ""
    row: str = ""
    child: str = ""
    team: str = ""
    schema: str
    replaces: Mapping[str, Sequence[str]] = field(default_factory=dict)
    observed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    values: Mapping[str, str | None] = field(default_factory=dict)
    salt: bytes | None = None
    hash: bytes | None = None
    digest: bytes = b""
    chain: bytes = b""

    @property
    def id(self) -> str:
        """The stream and the place in it, 32 characters."""
        return operation_id(self.stream, self.seq)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it wrote, in order."""
        return tuple(sorted(self.values))

    @property
    def texts(self) -> str | None:
        """What it wrote in them, a line each; None once that is purged."""
        found = [text for name in self.columns if (text := self.values[name]) is not None]
        return "\n".join(found) if self.salt is not None and len(found) == len(self.values) else None


def operation_id(stream: str, seq: int) -> str:
    """The id of an operation."""
    return f"{stream}{seq:08x}"


def packed(cells: Mapping[str, Sequence[str]]) -> str:
    """Cells and the operations named for them, as canonical text: JSON, put together here because it is so often asked for."""
    listed = ",".join(f"{_in_ascii(name)}:[{','.join(map(_in_ascii, sorted(cells[name])))}]" for name in sorted(cells))
    return f"{{{listed}}}"


def unpacked(text: str) -> dict[str, tuple[str, ...]]:
    """The cells of such a text, with the operations named for them."""
    return {} if text == "{}" else {name: tuple(ids) for name, ids in _decoded(text)[0].items()}


HEADER = ("stream", "seq", "step", "at", "person", "device", "kind", "table", "row", "child", "team", "schema")


def digest_of(operation: Operation) -> bytes:
    """The hash of an operation's header, of what it replaces and observed, of its columns, and of the hash of its values."""
    header = (getattr(operation, name) for name in HEADER)
    told = (*header, packed(operation.replaces), packed(operation.observed), " ".join(operation.columns))
    return digest_of_line(told, kept_of(operation))


def kept_of(operation: Operation) -> bytes:
    """The hash that a purge leaves of an operation's values."""
    texts, salt = operation.texts, operation.salt
    return (operation.hash or b"") if texts is None or salt is None else hash_of_values(salt, texts)


def hash_of_values(salt: bytes, texts: str) -> bytes:
    """H(salt‖values), the values as texts of a line each: canonical JSON has no ends of lines, so it says them apart."""
    return hashlib.sha256(salt + texts.encode()).digest()


def digest_of_line(line: Sequence[Any], kept: bytes) -> bytes:
    """The hash of a line of the journal's table up to its columns, as canonical JSON, with what a purge leaves of its values."""
    stream, seq, *plain = line
    return hashlib.sha256(f'[{_quoted(stream)},{seq},{",".join(map(_quoted, plain))},"{kept.hex()}"]'.encode()).digest()


def chained(before: bytes, digest: bytes) -> bytes:
    """The chain after one more operation."""
    return hashlib.sha256(before + digest).digest()


@dataclass(frozen=True, slots=True)
class RowState:
    """A row as its operations leave it: its heads, its cells, whether it is there, and the cells that are in conflict."""

    heads: Heads
    texts: Mapping[str, str]
    is_here: bool
    conflicts: tuple[str, ...]


def row_state(kind: str, operations: Iterable[Operation]) -> RowState:
    """Fold all operations of one row, in whatever order they come; no clock decides anything but what is shown first."""
    known = {operation.id: operation for operation in operations}
    current = _heads(known)
    inserts = current.get(ROW, ())
    texts: dict[str, str] = {}
    conflicts = []
    is_plain = len(inserts) == 1 and current.keys() <= {ROW, DELETED}
    if is_plain:
        texts = _texts_inserted(kind, known[inserts[0]])
    for column in () if is_plain else _columns_of(kind, known):
        writers = current.get(column, inserts)
        values = {_text(kind, known[writer], column) for writer in writers}
        if len(values) > 1:
            conflicts.append(column)
        shown = max(writers, key=lambda writer: (known[writer].at, writer), default=None)
        text = None if shown is None else _text(kind, known[shown], column)
        if text is not None:
            texts[column] = text
    purged = any(operation.kind == PURGE for operation in known.values())
    gone, doubtful = _deletion(known, current)
    if doubtful and not purged:
        conflicts.append(DELETED)
    is_here = bool(inserts) and not gone and not purged
    return RowState(current, texts, is_here, tuple(sorted(conflicts)) if is_here else ())


def texts_seen(deletion: Operation, known: Mapping[str, Operation]) -> dict[str, str]:
    """The cells of a row as a deletion saw them, whatever was written since; from the operations it names, of those known."""
    found: dict[str, str] = {}
    for column in fields_of(deletion.table):
        writers = deletion.observed.get(column, deletion.observed.get(ROW, ()))
        shown = max((known[one] for one in writers if one in known), key=lambda one: (one.at, one.id), default=None)
        text = None if shown is None else _text(deletion.table, shown, column)
        if text is not None:
            found[column] = text
    return found


def insertions_unset(current: Mapping[str, Heads]) -> dict[str, str]:
    """By row, from the heads of rows: the insertion of each of which nothing but its deletion was written since."""
    return {
        row: heads[ROW][0] for row, heads in current.items() if len(heads.get(ROW, ())) == 1 and heads.keys() <= {ROW, DELETED}
    }


def _columns_of(kind: str, known: Mapping[str, Operation]) -> list[str]:
    """The columns that some operation names, those of a newer version and the deletion aside."""
    fields = fields_of(kind)
    named = {column for operation in known.values() for column in operation.values}
    return [column for column in fields if column in named]


def _texts_inserted(kind: str, insertion: Operation) -> dict[str, str]:
    """The cells of a row of which nothing was set since."""
    fields = fields_of(kind)
    return {name: text for name, text in insertion.values.items() if text is not None and name in fields}


def _text(kind: str, operation: Operation, column: str) -> str | None:
    return operation.values[column] if column in operation.values else defaults_of(kind)[column]


def _heads(known: Mapping[str, Operation]) -> Heads:
    superseded = {
        (writer, column) for operation in known.values() for column, ids in operation.replaces.items() for writer in ids
    }
    inserts = tuple(sorted(one.id for one in known.values() if one.kind == INSERT))
    found: dict[str, list[str]] = {}
    for operation in known.values():
        if operation.kind in (SET, DELETE):
            for column in operation.values:
                writers = found.setdefault(column, [] if column == DELETED else list(inserts))
                writers.append(operation.id)
    current = {
        column: tuple(sorted(writer for writer in writers if (writer, column) not in superseded))
        for column, writers in found.items()
    }
    return {ROW: inserts, **current} if inserts else current


def _deletion(known: Mapping[str, Operation], current: Heads) -> tuple[bool, bool]:
    """Whether the row is deleted, and whether a deletion stands against something else: an edit, or a restoration."""
    writers = [known[writer] for writer in current.get(DELETED, ())]
    deletions = [writer for writer in writers if writer.kind == DELETE]
    if not deletions:
        return False, False
    gone = len(deletions) == len(writers) and all(_has_seen_all(deletion, current) for deletion in deletions)
    return gone, not gone


def _has_seen_all(deletion: Operation, current: Heads) -> bool:
    """Whether whoever deleted the row had seen everything it now holds."""
    row = set(deletion.observed.get(ROW, ()))
    return all(
        set(writers) <= (set(deletion.observed.get(column, ())) | row) for column, writers in current.items() if column != DELETED
    )
