"""What goes with the end or the move of a case: allocations, plans, planned visits and transfers, before and after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.core.codes import ALLOCATION_ROLES, CLOSURE_REASONS, PLANS
from planner.core.date_words import plain_date
from planner.core.flow_records import Closing
from planner.core.records import (
    Allocation,
    Case,
    Child,
    LegalStatus,
    Placement,
    PlanSpell,
    Record,
    Sighting,
    Transfer,
    Visit,
    Worker,
)
from planner.core.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing of a child that is otherwise afterwards: what it is, and what becomes of it."""

    child: Child
    what: str
    becomes: str
    is_visit: bool = False


def case_effects(before: Snapshot, later: Snapshot, child_ids: Iterable[str]) -> tuple[Effect, ...]:
    """What differs between two snapshots for these children, planned visits first."""
    found: list[Effect] = []
    for child_id in child_ids:
        child = later.find(Child, child_id)
        if child is not None:
            found += _visits(before, later, child)
            found += _periods(before, later, child)
            found += _decisions(before, later, child)
    return tuple(sorted(found, key=lambda one: not one.is_visit))


def _visits(before: Snapshot, later: Snapshot, child: Child) -> Iterator[Effect]:
    for visit, sighting in before.visits_of(child.id):
        if visit.status != "planned":
            continue
        now, still = later.find(Visit, visit.id), later.find(Sighting, sighting.id)
        becomes = ""
        if now is None or now.status != "planned":
            becomes = "cancelled"
        elif still is None:
            becomes = "goes on without this child"
        elif now.worker_id != visit.worker_id:
            becomes = f"made by {_name(later, now.worker_id)}"
        if becomes and visit.on is not None:
            yield Effect(child, f"Visit planned for {plain_date(visit.on)}, {_name(before, visit.worker_id)}", becomes, True)


def _periods(before: Snapshot, later: Snapshot, child: Child) -> Iterator[Effect]:
    for held in later.by(Allocation, "child_id", child.id):
        if before.find(Allocation, held.id) is None and held.start is not None:
            yield Effect(child, _allocation_words(later, held), f"begins on {plain_date(held.start)}")
    for kind in (Allocation, PlanSpell, Placement, LegalStatus):
        for was in before.by(kind, "child_id", child.id):
            now = later.find(kind, was.id)
            end = getattr(now, "end", None)
            if now is None:
                yield Effect(child, _period_words(before, was), "does not begin")
            elif end is not None and end != getattr(was, "end", None):
                yield Effect(child, _period_words(before, was), f"ends on {plain_date(end)}")


def _decisions(before: Snapshot, later: Snapshot, child: Child) -> Iterator[Effect]:
    for case in before.by(Case, "child_id", child.id):
        now = later.find(Case, case.id)
        if now is not None and now.ended_on is not None and now.ended_on != case.ended_on:
            reason = f", {now.closure_reason}: {CLOSURE_REASONS.get(now.closure_reason, '')}" if now.closure_reason else ""
            yield Effect(child, "Case", f"{now.outcome} on {plain_date(now.ended_on)}{reason}")
    for transfer in before.by(Transfer, "child_id", child.id):
        status = getattr(later.find(Transfer, transfer.id), "status", "")
        if status != transfer.status:
            yield Effect(child, f"Transfer at {transfer.point}", status)
    for closing in before.by(Closing, "child_id", child.id):
        status = getattr(later.find(Closing, closing.id), "status", "")
        if status != closing.status:
            yield Effect(child, "Ready to close", status)


def _period_words(snapshot: Snapshot, record: Record) -> str:
    if isinstance(record, Allocation):
        return _allocation_words(snapshot, record)
    if isinstance(record, PlanSpell):
        return PLANS.get(record.plan, record.plan)
    return "Placement" if isinstance(record, Placement) else "Legal status"


def _allocation_words(snapshot: Snapshot, held: Allocation) -> str:
    return f"{ALLOCATION_ROLES.get(held.role, held.role)} {_name(snapshot, held.worker_id)}"


def _name(snapshot: Snapshot, worker_id: str) -> str:
    worker = snapshot.find(Worker, worker_id)
    return worker.name if worker is not None else "a worker not here yet"
