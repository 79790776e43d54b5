"""What the journal knows of past steps: their order, and what each did to which cell, so that it can be taken back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from planner.core.records import RECORDS, Record
from planner.store.cells import DELETED, decoded, defaults_of, fields_of, record_of, records_inserted
from planner.store.journal import Watch
from planner.store.operation_rows import lines_of, operations_of_rows
from planner.store.operations import DELETE, INSERT, PURGE, ROW, SET, Heads, Operation, insertions_unset, texts_seen
from planner.store.projection import heads_of
from planner.store.schema import operation as operation_table


@dataclass(frozen=True, slots=True)
class Effect:
    """What one step did to one row.

    `removed` is the record a deletion took away; `appeared` says that the row came with the step; `cells` holds what changed
    cells were before. `replaced_since` names the cells that others' operations have replaced since.
    """

    kind: str
    row: str
    appeared: bool = False
    removed: Record | None = None
    cells: Mapping[str, object] | None = None
    replaced_since: tuple[str, ...] = ()


def step_order(connection: Connection) -> list[str]:
    """The ids of all steps as the journal orders them, oldest first."""
    chosen = select(operation_table.c.row).where(operation_table.c.table == "step_taken", operation_table.c.kind == INSERT)
    return list(connection.execute(chosen.order_by(operation_table.c.at, operation_table.c.id)).scalars())


def effects_of(connection: Connection, step: str, undoes: Mapping[str, str], watch: Watch | None = None) -> list[Effect]:
    """What a step did, row by row; its own StepTaken is left out. `undoes` says which step each compensating one takes back.

    `watch` is told 0 now and then, for nothing is written yet; what it raises stops the looking.
    """
    found: list[Effect] = []
    for table, own in _written_by(connection, step).items():
        if watch is not None:
            watch(0.0)
        current = heads_of(connection, table, [one.row for one in own])
        unset = insertions_unset(current)
        plain = {one.row for one in own if one.is_kept and one.row in unset and _is_untouched(one, current[one.row])}
        removed = _records_inserted(
            connection, table, {one.row: unset[one.row] for one in own if one.row in plain and one.kind == DELETE}
        )
        past = operations_of_rows(connection, table, [one.row for one in own if one.row not in plain])
        for one in own:
            if one.row not in plain:
                found.append(_effect(Cells(one.id, current.get(one.row, {}), past[one.row], undoes)))
            elif one.kind == DELETE:
                found.append(Effect(table, one.row, removed=removed[one.row]))
            else:
                found.append(Effect(table, one.row, appeared=True))
    return found


def _records_inserted(connection: Connection, table: str, insertions: Mapping[str, str]) -> dict[str, Record]:
    """The records of rows as their insertions, given by row, wrote them."""
    lines = lines_of(connection, list(insertions.values()))
    return records_inserted(table, {row: lines[insertion] for row, insertion in insertions.items()})


class _Written(NamedTuple):
    """An operation of a step, without what it wrote; `is_kept` unless that was purged, with all that was written of the row."""

    table: str
    id: str
    row: str
    kind: str
    is_kept: bool


def _written_by(connection: Connection, step: str) -> dict[str, list[_Written]]:
    """What a step wrote, by table."""
    columns = operation_table.c
    chosen = select(columns.table, columns.id, columns.row, columns.kind, columns.texts.is_not(None)).where(columns.step == step)
    by_table: dict[str, list[_Written]] = defaultdict(list)
    for one in map(_Written._make, connection.execute(chosen.order_by(columns.id)).all()):
        if one.table in RECORDS and one.table != "step_taken" and one.kind in (INSERT, SET, DELETE):
            by_table[one.table].append(one)
    return by_table


def _is_untouched(one: _Written, current: Heads) -> bool:
    """Whether nothing at all came after an insertion, a deletion or a restoration of a row that nothing was ever set in."""
    if one.kind == INSERT:
        return current == {ROW: (one.id,)}
    return current.get(DELETED) == (one.id,)


class Cells:
    """The cells of one row since one operation: which of them hold what others wrote."""

    def __init__(self, own: str, current: Heads, past: Sequence[Operation], undoes: Mapping[str, str]) -> None:
        """`own` is the operation's id; `past` are all of the row's."""
        self._current = current
        self._undoes = undoes
        self.known = {one.id: one for one in past}
        self.one = self.known[own]

    def replaced(self, columns: Iterable[str], allowed: Set[str] = frozenset()) -> tuple[str, ...]:
        """Those of the columns that do not stand as the operation, or one of those allowed, left them."""
        own = {self.one.id, *allowed}
        return tuple(column for column in columns if not self._standing(column, self._current.get(column, ()), own) <= own)

    def edited(self) -> tuple[str, ...]:
        """Every column of the row that has heads of its own."""
        return tuple(column for column in self._current if column != ROW)

    def _standing(self, column: str, writers: Iterable[str], own: Set[str]) -> set[str]:
        """The operations whose values a cell shows: what was written and taken back again counts as never written."""
        found: set[str] = set()
        for writer in writers:
            taken_back = self._taken_back(column, writer, own) if writer not in own else frozenset()
            for one in taken_back:
                found |= self._standing(column, self.known[one].replaces.get(column, ()), own)
            if not taken_back:
                found.add(writer)
        return found

    def _taken_back(self, column: str, writer: str, own: Set[str]) -> Set[str]:
        """What an operation that undoes a step took back of a cell; nothing where it undoes none, or took others' with it."""
        operation = self.known.get(writer)
        target = self._undoes.get(operation.step) if operation is not None else None
        if operation is None or not target:
            return frozenset()
        of_target = {one.id for one in self.known.values() if one.step == target}
        shown = self._standing(column, operation.replaces.get(column, ()), own | of_target)
        return shown if shown <= of_target else frozenset()


def _effect(cells: Cells) -> Effect:
    one = cells.one
    if any(other.kind == PURGE for other in cells.known.values()):
        return Effect(one.table, one.row)
    if one.kind == INSERT:
        return Effect(one.table, one.row, appeared=True, replaced_since=cells.replaced(cells.edited()))
    if one.kind == DELETE:
        removed = record_of(one.table, one.row, texts_seen(one, cells.known))
        return Effect(one.table, one.row, removed=removed, replaced_since=cells.replaced((DELETED,)))
    if DELETED in one.values:
        seen = _seen_by_deletion(one, cells.known)
        return Effect(one.table, one.row, appeared=True, replaced_since=cells.replaced(cells.edited(), seen))
    return Effect(one.table, one.row, cells=_cells_before(one, cells.known), replaced_since=cells.replaced(one.values))


def _seen_by_deletion(restoration: Operation, known: Mapping[str, Operation]) -> set[str]:
    deletions = [known[deletion] for deletion in restoration.replaces.get(DELETED, ()) if deletion in known]
    return {seen for deletion in deletions for writers in deletion.observed.values() for seen in writers}


def _cells_before(one: Operation, known: Mapping[str, Operation]) -> dict[str, object]:
    fields, defaults = fields_of(one.table), defaults_of(one.table)
    found: dict[str, object] = {}
    for name in one.values:
        if name in fields:
            writers = [known[writer] for writer in one.replaces.get(name, ()) if writer in known]
            shown = max(writers, key=lambda writer: (writer.at, writer.id), default=None)
            text = shown.values.get(name) if shown is not None else None
            found[name] = decoded(fields[name], defaults[name] if text is None else text)
    return found
