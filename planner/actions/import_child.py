"""One child of a source beside the same child here: who they are, their case, and who holds them."""

from dataclasses import replace
from datetime import date, timedelta

from planner.actions.import_course import merge_events, merge_periods, merge_visits
from planner.actions.import_ledger import IMPORTED, Ledger
from planner.actions.import_people import Staff
from planner.core.date_words import plain_date
from planner.core.found import Found, FoundChild
from planner.core.records import Allocation, Case, Child, PlanSpell, Transfer
from planner.core.snapshot import holds

RECEIVED_UNKNOWN = "Cases without a readable day received, taken as received on the day the workbook speaks of"
HELD_FROM = "Allocations, which the workbook gives no start for, taken as held from the day it speaks of"
ENDED_UNKNOWN = "Cases the workbook closes without a day, taken as closed on the day it speaks of"
UNBORN = "Children whose date of birth is after that day, taken as expected then"

_OLDEST_YEARS = 25
_LONGEST_EXPECTED = timedelta(days=300)
"""A date of birth further ahead than this is a slip of the pen, and no child who is expected."""


def merge_child(ledger: Ledger, staff: Staff, found: FoundChild, source: Found, known: Child | None) -> None:
    """Put what the source says of a child: the child, the case, periods, events, visits, and the worker."""
    child = _merged_identity(ledger, found, known)
    team_id = staff.team(found.team, found.source_row)
    case = _merged_case(ledger, found, child, team_id)
    merge_periods(ledger, found, child, source.holds)
    merge_events(ledger, found, child)
    merge_visits(ledger, found, child)
    if case is None or case.ended_on is not None:
        _end_holding(ledger, found, child, case)
        return
    _merge_holder(ledger, child, staff.worker(found.worker, found.team, found.source_row), "lead", found)
    _merge_holder(ledger, child, staff.worker(found.adviser, found.team, found.source_row), "personal adviser", found)


def _merged_identity(ledger: Ledger, found: FoundChild, known: Child | None) -> Child:
    born, expected = _plausible_birth(ledger, found)
    if known is None:
        child = Child(
            id=ledger.new_id(),
            reference=found.reference,
            born=born,
            expected=expected,
            source=found.source or ledger.format,
            tracked_from=ledger.as_at,
        )
        ledger.add(child, child.reference, found.source_row, f"born {plain_date(born)}" if born else "")
        return child
    changed = replace(known, born=born or known.born, expected=None if born else expected or known.expected)
    if ledger.is_own(known):
        changed = replace(changed, source=found.source or ledger.format)
    ledger.change(known, changed, known.reference, found.source_row)
    return changed


def _plausible_birth(ledger: Ledger, found: FoundChild) -> tuple[date | None, date | None]:
    """When the child was born and is expected; a day no child of a caseload can have is left out or asked about, and said."""
    born = found.born
    if born is None or born <= ledger.as_at:
        if born is not None and is_over_age(born, ledger.as_at):
            message = f"Born on {plain_date(born)}, so over {_OLDEST_YEARS}. Look at the date of birth in the case system."
            ledger.note("ask", "child", found.reference, found.source_row, message, "born-long-ago", plain_date(born))
        return born, found.expected
    if born > ledger.as_at + _LONGEST_EXPECTED:
        message = (
            f"The date of birth, {plain_date(born)}, is too far ahead for a child who is expected, so it was left out. "
            "Correct it in the case system."
        )
        ledger.note("refused", "child", found.reference, found.source_row, message, "born-ahead", plain_date(born))
        return None, found.expected
    ledger.assumed[UNBORN] += 1
    return None, born


def is_over_age(born: date, on: date) -> bool:
    """Whether somebody is past every caseload of children and care leavers: 26 or more on the day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) > _OLDEST_YEARS


# The case


def _merged_case(ledger: Ledger, found: FoundChild, child: Child, team_id: str) -> Case | None:
    """The child's case as it stands after the import; None where there is none to speak of."""
    cases = ledger.snapshot.by(Case, "child_id", child.id)
    received = found.received_on
    if received is None or received > ledger.as_at:
        received = ledger.as_at
        if not cases:
            ledger.assumed[RECEIVED_UNKNOWN] += 1
    latest = cases[-1] if cases else None
    if found.is_open:
        return _merged_open(ledger, found, child, team_id, received, latest)
    return _merged_closed(ledger, found, child, team_id, received, latest)


def _merged_open(
    ledger: Ledger, found: FoundChild, child: Child, team_id: str, received: date, latest: Case | None
) -> Case | None:
    if latest is None or (latest.ended_on is not None and received >= latest.ended_on):
        return _new_case(ledger, found, child, team_id, received)
    if latest.ended_on is not None:
        message = f"Closed here on {plain_date(latest.ended_on)}, while the case system has the case open. It was left closed."
        ledger.note("ask", "case", child.reference, found.source_row, message, "closed-here")
        return latest
    moved = ledger.snapshot.by(Transfer, "child_id", child.id)
    merged = replace(
        latest,
        received_on=received if found.received_on and found.received_on <= ledger.as_at else latest.received_on,
        team_id=team_id if team_id and not moved else latest.team_id,
    )
    if not ledger.is_own(child):
        merged = replace(merged, received_on=latest.received_on)
    ledger.change(latest, merged, child.reference, found.source_row)
    return merged


def _merged_closed(
    ledger: Ledger, found: FoundChild, child: Child, team_id: str, received: date, latest: Case | None
) -> Case | None:
    ended = found.ended_on
    if ended is None or ended > ledger.as_at:
        ended = ledger.as_at
        if latest is None or latest.ended_on is None:
            ledger.assumed[ENDED_UNKNOWN] += 1
    if latest is None:
        return _new_case(ledger, found, child, team_id, min(received, ended), ended)
    if latest.ended_on is not None:
        merged = replace(latest, closure_reason=latest.closure_reason or found.closure_reason)
    elif latest.received_on is not None and latest.received_on > ended:
        message = (
            f"Closed in the case system on {plain_date(ended)}, before the case here was received on "
            f"{plain_date(latest.received_on)}. It was left open."
        )
        ledger.note("ask", "case", child.reference, found.source_row, message, "closed-before")
        return latest
    else:
        merged = replace(latest, ended_on=ended, outcome="closed", closure_reason=found.closure_reason)
    ledger.change(latest, merged, child.reference, found.source_row)
    return merged


def _new_case(ledger: Ledger, found: FoundChild, child: Child, team_id: str, received: date, ended: date | None = None) -> Case:
    case = Case(
        id=ledger.new_id(),
        child_id=child.id,
        team_id=team_id,
        received_on=received,
        ended_on=ended,
        outcome="closed" if ended else "",
        closure_reason=found.closure_reason if ended else "",
    )
    words = f"received {plain_date(received)}" + (f", closed {plain_date(ended)}" if ended else "")
    ledger.add(case, child.reference, found.source_row, words)
    return case


# Who holds the child


def _merge_holder(ledger: Ledger, child: Child, worker_id: str, role: str, found: FoundChild) -> None:
    """The allocation as the source has it; one made here since the last import is kept, and said."""
    if not worker_id:
        return
    roles = [held for held in ledger.snapshot.by(Allocation, "child_id", child.id) if held.role == role]
    since = [held for held in roles if held.start is not None and held.start > ledger.as_at]
    current = [held for held in roles if holds(held, ledger.as_at)]
    if any(held.worker_id == worker_id for held in current):
        ledger.keep()
        return
    if since:
        ledger.note("same", "allocation", child.reference, found.source_row, "Allocated here since that day.", "allocated-since")
        return
    held = current[-1] if current else None
    if held is not None and held.reason != IMPORTED and held.start is not None and held.start > (ledger.before or date.min):
        message = f"Allocated here on {plain_date(held.start)} to another worker than the case system has. It was kept."
        ledger.note("ask", "allocation", child.reference, found.source_row, message, "allocated-here")
        return
    if held is not None:
        ended = replace(held, end=ledger.as_at, end_reason="Changed in the case system")
        ledger.change(held, ended, child.reference, found.source_row)
    ledger.assumed[HELD_FROM] += 1
    allocation = Allocation(
        id=ledger.new_id(), child_id=child.id, worker_id=worker_id, role=role, start=ledger.as_at, reason=IMPORTED
    )
    ledger.add(allocation, child.reference, found.source_row, ledger.words("worker_id", worker_id))


def _end_holding(ledger: Ledger, found: FoundChild, child: Child, case: Case | None) -> None:
    """End what still runs of a child whose case is closed: allocations, and spells the source says nothing more of."""
    if case is None or case.ended_on is None or found.is_open:
        return
    for held in ledger.snapshot.by(Allocation, "child_id", child.id):
        if held.end is None:
            end = max(case.ended_on, held.start or case.ended_on)
            ended = replace(held, end=end, end_reason="Case closed in the case system")
            ledger.change(held, ended, child.reference, found.source_row)
    for spell in ledger.snapshot.by(PlanSpell, "child_id", child.id):
        if spell.end is None and (PlanSpell, spell.id) not in ledger.puts:
            ended_spell = replace(spell, end=max(case.ended_on, spell.start or case.ended_on))
            ledger.change(spell, ended_spell, child.reference, found.source_row)
