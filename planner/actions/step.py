"""A step: what one action of a person puts and removes, gathered until it is written as a whole."""

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from struct import unpack

from planner.core.records import KINDS, Person, Record
from planner.core.snapshot import Snapshot
from planner.store.journal import Change

_Key = tuple[type[Record], str]
_IDS_AT_ONCE = 1_024
_ALL_IDS = 1 << 128


def ascending_ids() -> Iterator[str]:
    """Ids of 32 hex digits without end, from a random one on, each higher than the one before by a random step of 64 bits.

    Tables keep rows in the order of their ids: what was made in that order is written in two thirds of the time.
    """
    value = int.from_bytes(os.urandom(16), "big")
    while True:
        for step in unpack(f"{_IDS_AT_ONCE}Q", os.urandom(8 * _IDS_AT_ONCE)):
            value = (value + step + 1) % _ALL_IDS
            yield f"{value:032x}"


class Step:
    """What an action is given; nothing else can write."""

    def __init__(
        self, snapshot: Snapshot, today: date, person: Person, new_id: Callable[[], str], at: datetime | None = None
    ) -> None:
        """`new_id` answers random ids of 32 hex digits; `at` is the clock's moment, None for a step that is only tried out."""
        self.id = new_id()
        self.today = today
        self.at = at
        self.person = person
        self.undoes = ""
        self.part = ""
        """`59 of 60 done`, where not all could be; it then stands after the step's title."""
        self.is_undoable = True
        """Whether undo takes it back; what printing needs, such as the number of a sheet, is no step of a person."""
        self.watch: Callable[[float], None] | None = None
        """Told the part of a long step that is written, 0 to 1; it stops the step by raising, and nothing is changed then."""
        self._new_id = new_id
        self._start = snapshot
        self._now = snapshot
        self._pending: dict[_Key, Record | None] = {}
        self._changed: dict[_Key, Record | None] = {}

    @property
    def snapshot(self) -> Snapshot:
        """The workspace as it is, with what this step has put and removed so far."""
        if self._pending:
            put = [record for record in self._pending.values() if record is not None]
            removed = [gone for kind, row in self._pending if (gone := self._removed(kind, row)) is not None]
            self._now = self._now.patched(put, removed)
            self._pending = {}
        return self._now

    def _removed(self, kind: type[Record], row: str) -> Record | None:
        return self._now.find(kind, row) if self._pending[kind, row] is None else None

    def new_id(self) -> str:
        """A random id for a record that is made here."""
        return self._new_id()

    def put(self, record: Record) -> None:
        """Insert a record, or set the cells of it that differ from what is there."""
        self._note(record, record)

    def remove(self, record: Record) -> None:
        """Delete a record; in the journal, and in every copy, it stays known."""
        self._note(record, None)

    def _note(self, record: Record, after: Record | None) -> None:
        key = type(record), record.id
        self._pending[key] = after
        self._changed[key] = after

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the step comes to, a change for each row that is not as it was."""
        tables = {kind: self._start.all(kind) for kind in {kind for kind, _ in self._changed}}
        found = []
        for (kind, row), after in self._changed.items():
            before = tables[kind].get(row)
            if before is not after and before != after:
                found.append(Change(KINDS[kind], before, after))
        return tuple(found)
