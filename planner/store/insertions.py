"""Many new rows at once: the operations that insert them, made as `operations` says they are, and far faster than one by one."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import compress, count, islice
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Connection, Dialect

from planner.core.records import Child, Record
from planner.store.bulk import Writing, ready_columns
from planner.store.cells import Field, encoded, fields_of, listed
from planner.store.operations import INSERT, SALT, operation_id
from planner.store.projection import ready_records, values_of
from planner.store.schema import REVISION
from planner.store.schema import operation as operation_table

_SECOND = timedelta(seconds=1)
_SALTS_AT_ONCE = 4_096
_BOOLEANS = {value: encoded(value) for value in (True, False)}
_quoted: Callable[[str], str] = encode_basestring


class Insertions:
    """The insertions of one step, one after another in its stream, made ready to be written to the journal and the tables."""

    def __init__(self, dialect: Dialect, who: tuple[str, str, str], stream: str, seq: int, first: datetime, chain: bytes) -> None:
        """`who` are step, person and device; `seq` and `chain` are those of the operation before, `first` the first's moment."""
        self._dialect, self._who, self._stream = dialect, who, stream
        self._numbers = count(seq + 1)
        self._moments = _moments(first)
        self._salts = _salts()
        self._text_of: dict[type, Callable[[Any], str]] = {
            str: _quoted,
            date: cache(encoded),
            bool: _BOOLEANS.__getitem__,
            tuple: listed,
        }
        self.chain = chain

    def ready(self, kind: str, records: Sequence[Record]) -> Writing:
        """What writes these new rows, with an operation for each; the chain goes on with them."""
        journalled = ready_columns(self._dialect, operation_table, self._columns(kind, records))
        projected = ready_records(self._dialect, kind, records)

        def write(connection: Connection) -> None:
            journalled(connection)
            projected(connection)

        return write

    def _columns(self, kind: str, records: Sequence[Record]) -> list[Sequence[Any]]:
        """The operations as the columns of their table."""
        fields, total = fields_of(kind), len(records)
        names = sorted(fields)
        rows, numbers = values_of(records, "id"), list(islice(self._numbers, total))
        children, teams = zip(*map(about, records), strict=True)
        moments, salts = list(islice(self._moments, total)), list(islice(self._salts, total))
        stated = list(zip(*(self._stated(fields[name], values_of(records, name)) for name in names), strict=True))
        columns = [" ".join(compress(names, texts)) for texts in stated]
        texts = ["\n".join(filter(None, own)) for own in stated]
        digests, chains = self._hashed(kind, zip(numbers, moments, rows, children, teams, columns, texts, salts, strict=True))
        step, person, device = self._who
        who = [[step] * total, moments, [person] * total, [device] * total]
        what = [[INSERT] * total, [kind] * total, rows, children, teams, [REVISION] * total, ["{}"] * total, ["{}"] * total]
        ids = [operation_id(self._stream, number) for number in numbers]
        return [ids, [self._stream] * total, numbers, *who, *what, digests, chains, columns, texts, salts, [None] * total]

    def _hashed(self, kind: str, lines: Iterable[tuple[Any, ...]]) -> tuple[list[bytes], list[bytes]]:
        """The digests and the links of the chain of operations, of whose lines this is what differs."""
        step, person, device = map(_quoted, self._who)
        head, by = f"[{_quoted(self._stream)},", f"{person},{device},{_quoted(INSERT)},{_quoted(kind)}"
        end = f'{_quoted(REVISION)},"{{}}","{{}}"'
        chain, digests, chains = self.chain, [], []
        for number, at, row, child, team, columns, texts, salt in lines:
            told = f"{_quoted(row)},{_quoted(child)},{_quoted(team)}"
            kept = sha256(salt + texts.encode()).hexdigest()
            digest = sha256(f'{head}{number},{step},"{at}",{by},{told},{end},"{columns}","{kept}"]'.encode()).digest()
            chain = sha256(chain + digest).digest()
            digests.append(digest)
            chains.append(chain)
        self.chain = chain
        return digests, chains

    def _stated(self, field: Field, values: Sequence[Any]) -> Sequence[str | None]:
        """The canonical texts of a column; None where a value is the default, which an insertion does not state."""
        default, kinds = field.default, set(map(type, values))
        defaults = values.count(default)
        if defaults == len(values):
            return [None] * defaults
        texts = list(map(self._text_of.get(kinds.pop(), encoded) if len(kinds) == 1 else encoded, values))
        return [None if value == default else text for value, text in zip(values, texts, strict=True)] if defaults else texts


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
