"""Many new rows at once: the operations that insert them, made as `operations` says they are, and far faster than one by one."""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import count
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Dialect

from planner.core.records import Child, Record
from planner.store.bulk import Writing, ready_rows
from planner.store.cells import encoded, fields_of
from planner.store.operations import INSERT, SALT
from planner.store.projection import ready_records
from planner.store.schema import REVISION
from planner.store.schema import operation as operation_table

_SECOND = timedelta(seconds=1)
_SALTS_AT_ONCE = 4_096
_quoted: Callable[[str], str] = encode_basestring


class Insertions:
    """The insertions of one step, one after another in its stream, made ready to be written to the journal and the tables."""

    def __init__(self, dialect: Dialect, who: tuple[str, str, str], stream: str, seq: int, first: datetime, chain: bytes) -> None:
        """`who` are step, person and device; `seq` and `chain` are those of the operation before, `first` the first's moment."""
        self._dialect, self._who, self._stream = dialect, who, stream
        self._numbers = count(seq + 1)
        self._moments = _moments(first)
        self._salts = _salts()
        self._text_of: dict[type, Callable[[Any], str]] = {str: _quoted, date: cache(encoded)}
        self.chain = chain

    def ready(self, kind: str, records: Sequence[Record]) -> Writing:
        """What writes these new rows, with an operation for each; the chain goes on with them."""
        journalled = ready_rows(self._dialect, operation_table, self._operations(kind, records))
        projected = ready_records(self._dialect, kind, records)

        def write(connection: Connection) -> None:
            journalled(connection)
            projected(connection)

        return write

    def _operations(self, kind: str, records: Sequence[Record]) -> list[tuple[Any, ...]]:
        """The lines of the operations, in the order of the table's columns."""
        step, person, device = self._who
        stream, chain, text_of = self._stream, self.chain, self._text_of
        fields = sorted((name, field.default) for name, field in fields_of(kind).items())
        values_of = attrgetter("id", *(name for name, _ in fields))
        head = f"[{_quoted(stream)},"
        by = f"{_quoted(person)},{_quoted(device)},{_quoted(INSERT)},{_quoted(kind)},"
        quoted_step, schema = _quoted(step), _quoted(REVISION)
        lines: list[tuple[Any, ...]] = []
        for record, seq, moment in zip(records, self._numbers, self._moments, strict=False):
            row, *values = values_of(record)
            names: list[str] = []
            texts: list[str] = []
            salts: list[bytes] = []
            listed: list[str] = []
            for (name, default), value in zip(fields, values, strict=True):
                if value is not default and value != default:
                    text, salt = text_of.get(type(value), encoded)(value), next(self._salts)
                    names.append(name)
                    texts.append(text)
                    salts.append(salt)
                    listed.append(f'["{name}","{sha256(salt + text.encode()).hexdigest()}"]')
            child, team = about(record)
            told = f"{_quoted(row)},{_quoted(child)},{_quoted(team)},{schema}"
            line = f'{head}{seq},{quoted_step},"{moment}",{by}{told},"{{}}","{{}}",[{",".join(listed)}]]'
            digest = sha256(line.encode()).digest()
            chain = sha256(chain + digest).digest()
            header = (f"{stream}{seq:08x}", stream, seq, step, moment, person, device, INSERT, kind, row, child, team, REVISION)
            lines.append((*header, "{}", "{}", digest, chain, " ".join(names), "\n".join(texts), b"".join(salts), None))
        self.chain = chain
        return lines


def _moments(first: datetime) -> Iterator[str]:
    """The canonical texts of a moment and of those after it, a microsecond apart."""
    at = first.astimezone(UTC)
    while True:
        second = at.strftime("%Y-%m-%dT%H:%M:%S")
        for micro in range(at.microsecond, 1_000_000):
            yield f"{second}.{micro:06d}+00:00"
        at = at.replace(microsecond=0) + _SECOND


def _salts() -> Iterator[bytes]:
    """Random salts without end, many drawn at once."""
    while True:
        drawn = os.urandom(SALT * _SALTS_AT_ONCE)
        for place in range(0, len(drawn), SALT):
            yield drawn[place : place + SALT]


def about(record: Record) -> tuple[str, str]:
    """The child and the team that a record speaks of, where it names them."""
    child = record.id if isinstance(record, Child) else getattr(record, "child_id", "")
    return child, getattr(record, "team_id", "")
