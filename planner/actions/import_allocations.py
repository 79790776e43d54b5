"""Who holds a child, as a source has it beside what is here: the present holder alone, or the whole history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.actions.import_ledger import Ledger
from planner.actions.import_matching import ids_after, saying
from planner.actions.import_people import Staff
from planner.core.date_words import plain_date
from planner.core.found import FoundAllocation, FoundChild
from planner.core.records import Allocation, Case, Child
from planner.core.snapshot import holds
from planner.core.sources import CLOSED_THERE, IMPORTED

HELD_FROM = "Allocations, which the file gives no start for, taken as held from the day it speaks of"
CHANGED = "Changed in the case system"
ENDED = "Ended in the case system"
_BY_IMPORT = frozenset((IMPORTED, CHANGED, ENDED, CLOSED_THERE))


def merge_holder(
    ledger: Ledger, child: Child, worker_id: str, role: str, found: FoundChild, one: FoundAllocation | None = None
) -> None:
    """The allocation as the source has it; one made here since the last import is kept, and said."""
    if not worker_id:
        return
    place = found.source_row if one is None else one.source_row
    roles = [held for held in ledger.snapshot.by(Allocation, "child_id", child.id) if held.role == role]
    since = [held for held in roles if held.start is not None and held.start > ledger.as_at]
    current = [held for held in roles if holds(held, ledger.as_at)]
    if any(held.worker_id == worker_id for held in current):
        ledger.keep()
        return
    if since:
        ledger.note("same", "allocation", child.reference, place, "Allocated here since that day.", "allocated-since")
        return
    held = current[-1] if current else None
    if held is not None and held.reason != IMPORTED and held.start is not None and held.start > (ledger.before or date.min):
        message = f"Allocated here on {plain_date(held.start)} to another worker than the case system has. It was kept."
        ledger.note("ask", "allocation", child.reference, place, message, "allocated-here")
        return
    start = ledger.as_at if one is None else one.start
    if held is not None and (Allocation, held.id) not in ledger.puts:
        ended = replace(held, end=max(start, held.start or start), end_reason=CHANGED)
        ledger.change(held, ended, child.reference, place)
    if one is not None:
        _add(ledger, child, worker_id, one, None)
        return
    ledger.assumed[HELD_FROM] += 1
    allocation = Allocation(
        id=ledger.new_id(), child_id=child.id, worker_id=worker_id, role=role, start=ledger.as_at, reason=IMPORTED
    )
    ledger.add(allocation, child.reference, place, ledger.words("worker_id", worker_id))


def merge_allocations(ledger: Ledger, staff: Staff, found: FoundChild, child: Child, case: Case | None) -> None:
    """The history of who held a child. What a person here decided stays; what came with an import is put right."""
    here = ledger.snapshot.by(Allocation, "child_id", child.id)
    closed_on = case.ended_on if case is not None else None
    told = [
        _Told(one, staff.known(one.worker_id), _end_there(ledger, one, closed_on))
        for one in found.allocations or ()
        if not _is_ahead(ledger, child, one)
    ]
    pairs = _pairs(told, here)
    all_told = frozenset(own for one in told for own in one.found.source_ids)
    for place, one in enumerate(told):
        if place in pairs:
            held = pairs[place]
            now = saying(_as_told(held, one, here), source_ids=ids_after(held.source_ids, one.found.source_ids, all_told))
            ledger.change(held, now, child.reference, one.found.source_row)
        elif one.end is None and here:
            merge_holder(ledger, child, one.worker_id, one.found.role, found, one.found)
        else:
            _add(ledger, child, one.worker_id, one.found, one.end)
    _end_unheld(ledger, found, child, here, {held.id for held in pairs.values()})


@dataclass(frozen=True, slots=True)
class _Told:
    """An allocation as the source has it: the worker here, and its end by the day the source speaks of."""

    found: FoundAllocation
    worker_id: str
    end: date | None


def _is_ahead(ledger: Ledger, child: Child, one: FoundAllocation) -> bool:
    """Whether an allocation begins after the day the source speaks of; it is then told as left out."""
    if one.start <= ledger.as_at:
        return False
    message = f"An allocation from {plain_date(one.start)} is after the day the file speaks of, so it was left out."
    ledger.note("refused", "allocation", child.reference, one.source_row, message, "date-after", plain_date(one.start))
    return True


def _end_there(ledger: Ledger, one: FoundAllocation, closed_on: date | None) -> date | None:
    if one.end is not None and one.end <= ledger.as_at:
        return one.end
    return None if closed_on is None else max(closed_on, one.start)


def _pairs(told: Sequence[_Told], here: Sequence[Allocation]) -> dict[int, Allocation]:
    """By its place in what is told, the allocation here that it is: of the same worker for days both have, else of one id."""
    pairs: dict[int, Allocation] = {}
    free = list(here)
    for fits in (_is_same, _is_corrected):
        for place, one in enumerate(told):
            held = next((held for held in free if fits(held, one)), None) if place not in pairs else None
            if held is not None:
                pairs[place] = held
                free.remove(held)
    return pairs


def _is_same(held: Allocation, one: _Told) -> bool:
    """Whether an allocation here is the source's: the same worker in the same role, for days that both have."""
    if (held.worker_id, held.role) != (one.worker_id, one.found.role) or held.start is None:
        return False
    start = one.found.start
    return held.start == start or (held.start < (one.end or date.max) and start < (held.end or date.max))


def _is_corrected(held: Allocation, one: _Told) -> bool:
    """Whether an import brought it under an id of the source, which has other days or another worker under that id by now."""
    if held.reason != IMPORTED or not set(held.source_ids) & set(one.found.source_ids):
        return False
    return held.start == one.found.start or (held.worker_id, held.role) == (one.worker_id, one.found.role)


def _as_told(held: Allocation, one: _Told, here: Sequence[Allocation]) -> Allocation:
    """The allocation here with the source's worker and days, so far as they came with an import."""
    if held.reason == IMPORTED:
        held = saying(held, worker_id=one.worker_id, role=one.found.role, start=one.found.start)
    if one.end is None:
        others = any(other.role == held.role and other.end is None for other in here)
        was_ended_there = held.reason == IMPORTED and held.end_reason in (ENDED, CLOSED_THERE) and not others
        return replace(held, end=None, end_code="", end_reason="") if was_ended_there else held
    if held.end is not None and held.end_reason not in _BY_IMPORT:
        return held
    last = max(one.end, held.start or one.end)
    return replace(held, end=last, end_code=one.found.end_code or held.end_code, end_reason=held.end_reason or ENDED)


def _add(ledger: Ledger, child: Child, worker_id: str, one: FoundAllocation, end: date | None) -> None:
    allocation = Allocation(
        id=ledger.new_id(),
        child_id=child.id,
        worker_id=worker_id,
        role=one.role,
        start=one.start,
        end=end,
        reason=IMPORTED,
        end_code=one.end_code if end else "",
        end_reason=ENDED if end else "",
        source_ids=one.source_ids,
    )
    ledger.add(allocation, child.reference, one.source_row, ledger.words("worker_id", worker_id))


def _end_unheld(ledger: Ledger, found: FoundChild, child: Child, here: Sequence[Allocation], told: set[str]) -> None:
    """End what an import brought and the source no longer has: nobody holds the child there."""
    has_lead = any(one.role == "lead" and one.end is None for one in found.allocations or ())
    for held in here:
        is_ours = held.reason == IMPORTED and held.role == "lead" and held.end is None and held.id not in told
        if is_ours and not has_lead and found.is_open and (Allocation, held.id) not in ledger.puts:
            ended = replace(held, end=ledger.as_at, end_reason=ENDED)
            ledger.change(held, ended, child.reference, found.source_row)
