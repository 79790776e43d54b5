"""Who holds a child, as a source has it beside what is here: the present holder alone, or the whole history."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.actions.import_ledger import Ledger
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
    used: set[str] = set()
    for one in found.allocations or ():
        if one.start > ledger.as_at:
            message = f"An allocation from {plain_date(one.start)} is after the day the file speaks of, so it was left out."
            ledger.note("refused", "allocation", child.reference, one.source_row, message, "date-after", plain_date(one.start))
            continue
        worker_id = staff.known(one.worker_id)
        end = one.end if one.end is not None and one.end <= ledger.as_at else None
        if end is None and closed_on is not None:
            end = max(closed_on, one.start)
        same = next((held for held in here if held.id not in used and _is_same(held, one, worker_id, end)), None)
        if same is not None:
            used.add(same.id)
            ledger.change(same, _told(same, one, end), child.reference, one.source_row)
        elif end is None:
            _take_over(ledger, child, worker_id, one, here, found)
        else:
            _add(ledger, child, worker_id, one, end)
    _end_unheld(ledger, found, child, here, used)


def _is_same(held: Allocation, one: FoundAllocation, worker_id: str, end: date | None) -> bool:
    """Whether an allocation here is the source's: the same worker in the same role, for days that both have."""
    if (held.worker_id, held.role) != (worker_id, one.role) or held.start is None:
        return False
    return held.start == one.start or (held.start < (end or date.max) and one.start < (held.end or date.max))


def _told(held: Allocation, one: FoundAllocation, end: date | None) -> Allocation:
    """The allocation here with the source's days, so far as they came with an import."""
    start = one.start if held.reason == IMPORTED else held.start
    if end is None or (held.end is not None and held.end_reason not in _BY_IMPORT):
        return replace(held, start=start)
    last = max(end, start or end)
    return replace(held, start=start, end=last, end_code=one.end_code or held.end_code, end_reason=held.end_reason or ENDED)


def _take_over(
    ledger: Ledger, child: Child, worker_id: str, one: FoundAllocation, here: Sequence[Allocation], found: FoundChild
) -> None:
    """A worker who holds the child in the source and not here."""
    if not here:
        _add(ledger, child, worker_id, one, None)
    else:
        merge_holder(ledger, child, worker_id, one.role, found, one)


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
    )
    ledger.add(allocation, child.reference, one.source_row, ledger.words("worker_id", worker_id))


def _end_unheld(ledger: Ledger, found: FoundChild, child: Child, here: Sequence[Allocation], used: set[str]) -> None:
    """End what an import brought and the source no longer has: nobody holds the child there."""
    has_lead = any(one.role == "lead" and one.end is None for one in found.allocations or ())
    for held in here:
        is_ours = held.reason == IMPORTED and held.role == "lead" and held.end is None and held.id not in used
        if is_ours and not has_lead and found.is_open and (Allocation, held.id) not in ledger.puts:
            ended = replace(held, end=ledger.as_at, end_reason=ENDED)
            ledger.change(held, ended, child.reference, found.source_row)
