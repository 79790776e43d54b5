"""Everything a workspace holds at one moment, immutable and indexed, and what was so on a day by the records' own dates."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from types import MappingProxyType
from typing import Any

from planner.core.codes import PLAN_ORDER
from planner.core.records import (
    Allocation,
    AnyRecord,
    Case,
    PlanSpell,
    Record,
    Setting,
    Sighting,
    Transfer,
    Visit,
)

Table = dict[str, Any]
Index = dict[Any, tuple[Any, ...]]
"""Records of one kind, whose type the question says: by their ids, or by a field."""
Visits = tuple[tuple[Visit, Sighting], ...]
Touched = dict[type[Record], list[tuple[Record | None, Record | None]]]
"""What a patch changes, by kind: pairs of the record that was there and the one that is."""

_DATED_BY = ("start", "on", "first_day", "received_on", "week_on", "planned_on", "written_on", "ready_on")


def holds(period: Any, on: date) -> bool:
    """Whether a record with `start` and `end` holds on the day; the end day is the first on which it does not."""
    return period.start is not None and period.start <= on and (period.end is None or on < period.end)


def _holds_unbegun(spell: PlanSpell, on: date) -> bool:
    """Whether a spell that a source has without its first day still holds: its clocks run, with no date."""
    return spell.start is None and (spell.end is None or on < spell.end)


def is_away(absence: Any, on: date) -> bool:
    """Whether the day lies from `first_day` to `last_day`, both included; no last day means not known."""
    return absence.first_day is not None and absence.first_day <= on and (absence.last_day is None or on <= absence.last_day)


def _chronological(kind: type[Record]) -> Callable[[Record], tuple[date, str]]:
    """A sort key: the record's first date, then its id, so that every list has one order."""
    names = [name for name in _DATED_BY if name in kind.__dataclass_fields__]
    if not names:
        return lambda record: (date.min, record.id)
    name = names[0]
    return lambda record: (getattr(record, name) or date.min, record.id)


class Snapshot:
    """All records of a workspace; a later state is a new snapshot that shares what did not change."""

    __slots__ = ("_indexes", "_tables", "_visits")

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._tables: dict[type[Record], Table] = defaultdict(dict)
        for record in records:
            self._tables[type(record)][record.id] = record
        self._indexes: dict[tuple[type[Record], str], Index] = {}
        self._visits: dict[str, Visits] = {}

    def all(self, kind: type[AnyRecord]) -> Mapping[str, AnyRecord]:
        """Every record of the kind by its id."""
        return MappingProxyType(self._tables.get(kind, {}))

    def find(self, kind: type[AnyRecord], row: str) -> AnyRecord | None:
        """The record of that id, or None when it is not here (or not here yet)."""
        table = self._tables.get(kind)
        return None if table is None else table.get(row)

    def by(self, kind: type[AnyRecord], field: str, value: object) -> tuple[AnyRecord, ...]:
        """The records of a kind whose field has the value, oldest first; indexed at the first question."""
        index = self._indexes.get((kind, field))
        if index is None:
            index = self._indexes[kind, field] = self._index(kind, field)
        return index.get(value, ())

    def records(self) -> Iterable[Record]:
        """Every record, kind by kind."""
        for table in self._tables.values():
            yield from table.values()

    def patched(self, put: Iterable[Record] = (), removed: Iterable[Record] = ()) -> "Snapshot":
        """The snapshot after some records were put or removed.

        What was looked up before is carried over, but where most of a kind has changed it is looked up anew when it is asked for.
        """
        later = Snapshot()
        later._tables = defaultdict(dict, self._tables)
        touched: Touched = {}
        coming, going = _by_kind(put), _by_kind(removed)
        for kind in {**coming, **going}:
            table = later._tables[kind] = dict(self._tables.get(kind, {}))
            replaced = [(table.get(row), record) for row, record in coming[kind].items()]
            table |= coming[kind]
            touched[kind] = [*replaced, *((table.pop(row, None), None) for row in going[kind])]
        mostly_new = {kind for kind, pairs in touched.items() if 2 * len(pairs) > len(later._tables[kind])}
        for (kind, field), index in self._indexes.items():
            if kind not in mostly_new:
                later._indexes[kind, field] = _reindexed(index, kind, field, touched[kind]) if kind in touched else index
        if self._visits and mostly_new.isdisjoint((Visit, Sighting)):
            met = {child_id for state in (self, later) for child_id in state._met_in(touched)}
            later._visits = {child_id: visits for child_id, visits in self._visits.items() if child_id not in met}
        return later

    def _met_in(self, touched: Touched) -> Iterable[str]:
        """The children whose visits may read otherwise after these changes."""
        for pair in touched.get(Sighting, ()):
            yield from (sighting.child_id for sighting in pair if isinstance(sighting, Sighting))
        for pair in touched.get(Visit, ()):
            for visit_id in {visit.id for visit in pair if visit is not None}:
                yield from (sighting.child_id for sighting in self.by(Sighting, "visit_id", visit_id))

    def _index(self, kind: type[Record], field: str) -> Index:
        groups: dict[Any, list[Record]] = defaultdict(list)
        for record in self._tables.get(kind, {}).values():
            groups[getattr(record, field)].append(record)
        key = _chronological(kind)
        return {value: tuple(sorted(group, key=key)) if len(group) > 1 else tuple(group) for value, group in groups.items()}

    # What was so on a day

    def setting(self, name: str, default: str = "") -> str:
        """A setting the whole workspace shares."""
        found = self.find(Setting, name)
        return found.value if found else default

    def case(self, child_id: str, on: date) -> Case | None:
        """The child's open case on the day: the latest received on or before it and not ended by then."""
        for case in reversed(self.by(Case, "child_id", child_id)):
            if case.received_on is not None and case.received_on <= on and (case.ended_on is None or on < case.ended_on):
                return case
        return None

    def plans(self, child_id: str, on: date) -> tuple[PlanSpell, ...]:
        """The child's plan spells that hold on the day, highest level first; one whose start nobody knows holds to its end."""
        current = [spell for spell in self.by(PlanSpell, "child_id", child_id) if holds(spell, on) or _holds_unbegun(spell, on)]
        return tuple(sorted(current, key=lambda spell: PLAN_ORDER.get(spell.plan, len(PLAN_ORDER))))

    def plan(self, child_id: str, on: date) -> str:
        """The highest plan the child is on, or an empty string."""
        current = self.plans(child_id, on)
        return current[0].plan if current else ""

    def holders(self, child_id: str, on: date) -> tuple[Allocation, ...]:
        """The allocations of a child that hold on the day."""
        return tuple(held for held in self.by(Allocation, "child_id", child_id) if holds(held, on))

    def lead(self, child_id: str, on: date) -> Allocation | None:
        """The allocation of the worker who leads on the day; of two, the later start."""
        leads = [held for held in self.holders(child_id, on) if held.role == "lead"]
        return leads[-1] if leads else None

    def held_by(self, worker_id: str, on: date) -> tuple[Allocation, ...]:
        """What a worker holds on the day, in any role."""
        return tuple(held for held in self.by(Allocation, "worker_id", worker_id) if holds(held, on))

    def team_of(self, case: Case, on: date) -> str:
        """The team that has a case on the day: where it was last accepted, else the team that received it."""
        team = case.team_id
        for transfer in self.by(Transfer, "child_id", case.child_id):
            accepted = transfer.status == "accepted" and transfer.to_team_id and transfer.decided_on is not None
            if accepted and transfer.decided_on is not None and (case.received_on or date.min) <= transfer.decided_on <= on:
                team = transfer.to_team_id
        return team

    def visits_of(self, child_id: str) -> Visits:
        """Every visit a child was part of, planned ones included, in order of day and time; looked for once."""
        known = self._visits.get(child_id)
        if known is None:
            known = self._visits[child_id] = self._visits_found(child_id)
        return known

    def _visits_found(self, child_id: str) -> Visits:
        found = []
        for sighting in self.by(Sighting, "child_id", child_id):
            visit = self.find(Visit, sighting.visit_id)
            if visit is not None and visit.on is not None:
                found.append((visit, sighting))
        return tuple(sorted(found, key=lambda pair: (pair[0].on or date.min, pair[0].at or time.min, pair[0].id)))


def _by_kind(records: Iterable[Record]) -> dict[type[Record], Table]:
    """Records by kind and id; of two with one id the later."""
    found: dict[type[Record], Table] = defaultdict(dict)
    for record in records:
        found[type(record)][record.id] = record
    return found


def _reindexed(index: Index, kind: type[Record], field: str, changes: list[tuple[Record | None, Record | None]]) -> Index:
    """The index after records of its kind were replaced: pairs of what was there and what is."""
    later = dict(index)
    gone: dict[Any, set[str]] = defaultdict(set)
    come: dict[Any, dict[str, Record]] = defaultdict(dict)
    for old, new in changes:
        if old is not None:
            value = getattr(old, field)
            gone[value].add(old.id)
            come[value].pop(old.id, None)
        if new is not None:
            come[getattr(new, field)][new.id] = new
    key = _chronological(kind)
    for value in {*gone, *come}:
        kept = [record for record in later.get(value, ()) if record.id not in gone[value]]
        group = sorted((*kept, *come[value].values()), key=key)
        if group:
            later[value] = tuple(group)
        else:
            later.pop(value, None)
    return later
