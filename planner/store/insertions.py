"""Many new rows at once: the operations that insert them, made as `operations` says they are, and far faster than one by one."""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection

from planner.core.records import Child, Record
from planner.store.bulk import append_rows
from planner.store.cells import encoded, fields_of
from planner.store.operations import INSERT, ROW
from planner.store.schema import REVISION
from planner.store.schema import heads as heads_table
from planner.store.schema import operation as operation_table
from planner.store.schema import operation_value as value_table

_SALT = 16
_TICK = timedelta(microseconds=1)
_quoted: Callable[[str], str] = encode_basestring


class Insertions:
    """The insertion operations of one kind of record within one stream, as rows of the journal's tables."""

    def __init__(self, stream: str, step: str, person: str, device: str, kind: str) -> None:
        self._stream, self._step, self._person, self._device, self._kind = stream, step, person, device, kind
        self._fields = [(name, field.default) for name, field in fields_of(kind).items()]
        self._ordered = sorted(range(len(self._fields)), key=lambda place: self._fields[place][0])
        self._days: dict[date, str] = {}
        self._operations: list[tuple[Any, ...]] = []
        self._values: list[tuple[Any, ...]] = []
        self._heads: list[tuple[str, str, str, str]] = []

    def add_all(self, records: Sequence[Record], seq: int, first: datetime, chain: bytes) -> bytes:
        """Add an insertion for each record, after the operation of place `seq` and its chain; answers the last one's chain.

        `first` is the moment of the first of them; each later one is a microsecond on.
        """
        names = [self._fields[place][0] for place in self._ordered]
        defaults = [self._fields[place][1] for place in self._ordered]
        values_of = attrgetter("id", *names)
        head = f"[{_quoted(self._stream)},"
        who = f"{_quoted(self._person)},{_quoted(self._device)},{_quoted(INSERT)},{_quoted(self._kind)},"
        step, schema = _quoted(self._step), _quoted(REVISION)
        at = first.astimezone(UTC)
        for record in records:
            seq += 1
            written = f"{self._stream}{seq:08x}"
            cells = [
                (name, self._text(value))
                for name, default, value in zip(names, defaults, values_of(record)[1:], strict=True)
                if value != default
            ]
            salts = os.urandom(_SALT * len(cells))
            listed = []
            for place, (name, text) in enumerate(cells):
                salt = salts[_SALT * place : _SALT * place + _SALT]
                listed.append(f'["{name}","{sha256(salt + text.encode()).hexdigest()}"]')
                self._values.append((written, name, salt, text, None))
            child, team = about(record)
            moment = at.isoformat(timespec="microseconds")
            at += _TICK
            told = f"{_quoted(record.id)},{_quoted(child)},{_quoted(team)},{schema}"
            line = f'{head}{seq},{step},"{moment}",{who}{told},"{{}}","{{}}",[{",".join(listed)}]]'
            digest = sha256(line.encode()).digest()
            chain = sha256(chain + digest).digest()
            row = (record.id, child, team, REVISION, "{}", "{}", digest, chain)
            self._operations.append(
                (written, self._stream, seq, self._step, moment, self._person, self._device, INSERT, self._kind, *row)
            )
            self._heads.append((self._kind, record.id, ROW, written))
        return chain

    def _text(self, value: Any) -> str:
        """The canonical text of a value, as `cells.encoded` has it."""
        if type(value) is str:
            return _quoted(value)
        if type(value) is bool:
            return "true" if value else "false"
        if type(value) is date:
            if value not in self._days:
                self._days[value] = encoded(value)
            return self._days[value]
        return encoded(value)

    def write(self, connection: Connection) -> None:
        """Append them to the journal and its heads."""
        append_rows(connection, operation_table, self._operations)
        append_rows(connection, value_table, self._values)
        append_rows(connection, heads_table, self._heads)


def about(record: Record) -> tuple[str, str]:
    """The child and the team that a record speaks of, where it names them."""
    child = record.id if isinstance(record, Child) else getattr(record, "child_id", "")
    return child, getattr(record, "team_id", "")
