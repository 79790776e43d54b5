"""The journal's lines of one transaction, many made at once: as `operations` says they are, and far faster than one by one."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice, repeat
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from planner.store.operations import SALT, operation_id
from planner.store.schema import REVISION

TICK = timedelta(microseconds=1)
"""How far apart the moments of a transaction's operations are."""
_SECOND = timedelta(seconds=1)
_SALTS_AT_ONCE = 4_096
_NOTHING_SEEN = "{}"
_quoted: Callable[[str], str] = encode_basestring


class Who(NamedTuple):
    """By whom an operation is: the step, the person, and the device."""

    step: str
    person: str
    device: str


class Content(NamedTuple):
    """What operations say, one value of each for each: which row, about whom, and the columns and texts they write.

    `replaces` and `observed` are canonical texts, None where none of the operations saw anything.
    """

    rows: Sequence[str]
    children: Sequence[str]
    teams: Sequence[str]
    columns: Sequence[str]
    texts: Sequence[str]
    replaces: Sequence[str] | None = None
    observed: Sequence[str] | None = None


class Lines:
    """The operations of one transaction, one after another in its stream."""

    def __init__(self, stream: str, seq: int, chain: bytes, first: datetime) -> None:
        """`seq` and `chain` are those of the operation before, `first` is the first's moment."""
        self.stream, self.seq, self.chain = stream, seq, chain
        self._next_at = first
        self._moments = _moments(first)
        self._salts = _salts()

    @property
    def at(self) -> datetime:
        """The last one's moment."""
        return self._next_at - TICK

    def made(self, who: Who, kind: str, table: str, content: Content) -> list[Sequence[Any]]:
        """More operations of one kind on one table, as the columns of the journal's; the chain goes on with them."""
        total = len(content.rows)
        numbers = range(self.seq + 1, self.seq + total + 1)
        moments, salts = list(islice(self._moments, total)), list(islice(self._salts, total))
        replaces, observed = (seen or [_NOTHING_SEEN] * total for seen in (content.replaces, content.observed))
        digests, chains = self._hashed(who, kind, table, zip(numbers, moments, salts, *content[:5], _seen(content), strict=False))
        self.seq += total
        self._next_at += TICK * total
        ids = [operation_id(self.stream, number) for number in numbers]
        place = [ids, [self.stream] * total, numbers]
        by = [[who.step] * total, moments, [who.person] * total, [who.device] * total]
        what = [[kind] * total, [table] * total, content.rows, content.children, content.teams, [REVISION] * total]
        written = [content.columns, content.texts, salts, [None] * total]
        return [*place, *by, *what, replaces, observed, digests, chains, *written]

    def _hashed(self, who: Who, kind: str, table: str, lines: Iterable[tuple[Any, ...]]) -> tuple[list[bytes], list[bytes]]:
        """The digests and the links of the chain of operations, of whose lines this is what differs."""
        step, person, device = map(_quoted, who)
        head, by, revision = f"[{_quoted(self.stream)},", f"{person},{device},{_quoted(kind)},{_quoted(table)}", _quoted(REVISION)
        chain, digests, chains = self.chain, [], []
        for number, at, salt, row, child, team, columns, texts, seen in lines:
            told = f"{_quoted(row)},{_quoted(child)},{_quoted(team)},{revision},{seen}"
            kept = sha256(salt + texts.encode()).hexdigest()
            digest = sha256(f'{head}{number},{step},"{at}",{by},{told},"{columns}","{kept}"]'.encode()).digest()
            chain = sha256(chain + digest).digest()
            digests.append(digest)
            chains.append(chain)
        self.chain = chain
        return digests, chains


def _seen(content: Content) -> Iterable[str]:
    """What each operation replaces and observed, as its digest has it; without end where none saw anything."""
    nothing = _quoted(_NOTHING_SEEN)
    if content.replaces is None and content.observed is None:
        return repeat(f"{nothing},{nothing}")
    replaces, observed = (repeat(nothing) if one is None else map(_quoted, one) for one in (content.replaces, content.observed))
    return map(",".join, zip(replaces, observed, strict=False))


def _moments(first: datetime) -> Iterator[str]:
    """The canonical texts of a moment and of those after it."""
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
