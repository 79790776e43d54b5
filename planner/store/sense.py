"""What the records say that cannot be so: names of rows that are not here, and things that were probably entered twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import pairwise

from planner.core.records import KINDS, Allocation, Child, Device, Person, Record, Sighting, StepTaken, Team, Visit, Worker
from planner.core.snapshot import Snapshot
from planner.store.findings import Finding

_NAMED: dict[str, type[Record]] = {
    "child": Child,
    "worker": Worker,
    "team": Team,
    "visit": Visit,
    "person": Person,
    "device": Device,
}


def _reference_fields(kind: type[Record]) -> tuple[tuple[str, type[Record]], ...]:
    """The fields of a kind that hold ids, each with the kind of record it names."""
    found = []
    for field in fields(kind):
        stem = field.name.removesuffix("_ids").removesuffix("_id")
        named = _NAMED.get(stem.rsplit("_", 1)[-1])
        if stem != field.name and named is not None:
            found.append((field.name, named))
    return tuple(found)


_REFERENCES = {kind: _reference_fields(kind) for kind in KINDS}


def orphans(snapshot: Snapshot) -> Iterator[Finding]:
    """Records that name a child, worker, team, visit, person or device that is not in this copy, or not yet."""
    for record in snapshot.records():
        if isinstance(record, StepTaken):
            continue
        for name, named in _REFERENCES[type(record)]:
            value = getattr(record, name)
            for row in value if isinstance(value, tuple) else (value,):
                if row and snapshot.find(named, row) is None:
                    yield _orphan(record, named, row)


def _orphan(record: Record, named: type[Record], row: str) -> Finding:
    kind = KINDS[type(record)]
    sentence = f"The {kind.replace('_', ' ')} {record.id} names the {KINDS[named]} {row}, which is not here (or not here yet)."
    return Finding("orphan", kind, record.id, sentence)


def duplicates(snapshot: Snapshot) -> Iterator[Finding]:
    """Children of one reference, workers of one name in a team, one visit entered twice, two leads at a time."""
    references = ((child.reference.strip().casefold(), child) for child in snapshot.all(Child).values())
    yield from _twice("child", references, "have the same reference")
    names = (
        (f"{worker.name.strip().casefold()}/{worker.team_id}", worker) for worker in snapshot.all(Worker).values() if worker.name
    )
    yield from _twice("worker", names, "have the same name and team")
    yield from _twice("visit", _made(snapshot), "are by the same worker to the same child on the same day")
    yield from _double_leads(snapshot)


def _twice(kind: str, keyed: Iterable[tuple[str, Record]], how: str) -> Iterator[Finding]:
    groups: dict[str, list[Record]] = defaultdict(list)
    for key, record in keyed:
        if key:
            groups[key].append(record)
    for group in groups.values():
        if len(group) > 1:
            rows = " and ".join(sorted(record.id for record in group))
            yield Finding("duplicate", kind, group[0].id, f"The {kind} rows {rows} {how}. One may have been entered twice.")


def _made(snapshot: Snapshot) -> Iterator[tuple[str, Record]]:
    for sighting in snapshot.all(Sighting).values():
        visit = snapshot.find(Visit, sighting.visit_id)
        if visit is not None and visit.status == "made" and visit.on is not None and visit.at is None:
            yield f"{sighting.child_id}/{visit.on}/{visit.worker_id}", visit


def _double_leads(snapshot: Snapshot) -> Iterator[Finding]:
    for child_id in snapshot.all(Child):
        leads = [held for held in snapshot.by(Allocation, "child_id", child_id) if held.role == "lead" and held.start is not None]
        for earlier, later in pairwise(leads):
            if later.start is not None and (earlier.end is None or earlier.end > later.start):
                sentence = f"The allocations {earlier.id} and {later.id} both lead for the child {child_id} from {later.start}."
                yield Finding("duplicate", "allocation", later.id, sentence)
