"""One child of a source beside the same child here: who they are, their case, and who holds them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from planner.actions.import_allocations import merge_allocations, merge_holder
from planner.actions.import_course import END_BEFORE_START, merge_events, merge_periods, with_plausible_periods
from planner.actions.import_ledger import Ledger
from planner.actions.import_matching import ids_after, paired
from planner.actions.import_people import Staff
from planner.actions.import_visits import merge_visits
from planner.core.date_words import plain_date
from planner.core.found import Found, FoundChild, FoundEpisode
from planner.core.records import Allocation, Case, Child, PlanSpell, Transfer
from planner.core.sources import CLOSED_THERE

RECEIVED_UNKNOWN = "Cases without a readable day received, taken as received on the day the file speaks of"
ENDED_UNKNOWN = "Cases the file closes without a day, taken as closed on the day it speaks of"
PLANS_OPEN = "Plans and assessments still open in a closed case, taken as ended with it"
UNBORN = "Children whose date of birth is after that day, taken as expected then"

_OLDEST_YEARS = 25
_LONGEST_EXPECTED = timedelta(days=300)
"""A date of birth further ahead than this is a slip of the pen, and no child who is expected."""


def merge_child(ledger: Ledger, staff: Staff, found: FoundChild, source: Found, known: Child | None) -> None:
    """Put what the source says of a child: the child, the case, periods, events, visits, and the worker."""
    found = with_plausible_periods(ledger, _with_plausible_close(ledger, found))
    child = _merged_identity(ledger, found, known)
    team_id = staff.team(found.team, found.source_row)
    case = _merged_case(ledger, staff, found, child, team_id)
    if found.is_open and case is not None and case.ended_on is not None:
        # The case was left closed, so nothing begins to run in it.
        found = found._replace(periods=tuple(period for period in found.periods if period.end is not None))
    elif case is not None and case.ended_on is not None:
        found = _with_plans_ended(ledger, found, case.ended_on)
    merge_periods(ledger, found, child, source.holds)
    merge_events(ledger, found, child)
    merge_visits(ledger, found, child)
    if found.allocations is not None:
        merge_allocations(ledger, staff, found, child, case)
    if case is None or case.ended_on is not None:
        _end_holding(ledger, found, child, case)
        return
    if found.allocations is None:
        merge_holder(ledger, child, staff.worker(found.worker, found.team, found.source_row, child), "lead", found)
    merge_holder(ledger, child, staff.worker(found.adviser, found.team, found.source_row, child), "personal adviser", found)


def _merged_identity(ledger: Ledger, found: FoundChild, known: Child | None) -> Child:
    born, expected = _plausible_birth(ledger, found)
    if known is None:
        child = Child(
            id=ledger.new_id(),
            reference=found.reference,
            initials=found.initials,
            name=found.name if ledger.has_names else "",
            family=found.family,
            born=born,
            expected=expected,
            source=found.source or ledger.format,
            tracked_from=ledger.as_at,
        )
        ledger.add(child, child.reference, found.source_row, f"Born {plain_date(born)}" if born else "")
        return child
    _tell_other_child(ledger, found, known, born)
    changed = replace(
        known,
        born=born or known.born,
        expected=expected or known.expected if born in (None, known.born) else None,
        initials=known.initials or found.initials,
        name=known.name or (found.name if ledger.has_names else ""),
        family=known.family or found.family,
    )
    if ledger.is_own(known):
        changed = replace(changed, source=found.source or ledger.format)
    ledger.change(known, changed, known.reference, found.source_row)
    return changed


def _tell_other_child(ledger: Ledger, found: FoundChild, known: Child, born: date | None) -> None:
    """Ask where the number is that of a child here with other initials and another birthday: it may be mistyped."""
    is_other = found.initials and known.initials and found.initials.casefold() != known.initials.casefold()
    if is_other and born and known.born and not is_near_day(born, known.born):
        message = (
            f"{known.initials}, born {plain_date(known.born)}, has this number here. See whether both are one child; if not, "
            "correct the number and import again."
        )
        ledger.note("ask", "child", found.reference, found.source_row, message, "child-differs", found.initials)


def is_near_day(one: date, other: date) -> bool:
    """Whether two days differ by one digit at most."""
    return sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True)) <= 1


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


def _with_plausible_close(ledger: Ledger, found: FoundChild) -> FoundChild:
    """The child with no case that closed before it was received: it was received that day at the latest, and it is said."""
    received, ended = found.received_on, found.ended_on
    if received is None or ended is None or received <= ended:
        return found
    days = f"received {plain_date(received)}, closed {plain_date(ended)}"
    message = f"The case {END_BEFORE_START}: {days}. It was taken as received when it closed. Correct the one that is wrong."
    ledger.note("ask", "case", found.reference, found.source_row, message, "end-before-start")
    return found._replace(received_on=ended)


def _merged_case(ledger: Ledger, staff: Staff, found: FoundChild, child: Child, team_id: str) -> Case | None:
    """The child's case as it stands after the import; None where there is none to speak of."""
    cases = _with_earlier(ledger, staff, found, child, ledger.snapshot.by(Case, "child_id", child.id))
    received = found.received_on
    if received is None or received > ledger.as_at:
        received = ledger.as_at
        if not cases:
            ledger.assumed[RECEIVED_UNKNOWN] += 1
    latest = cases[-1] if cases else None
    if found.is_open:
        return _merged_open(ledger, found, child, team_id, received, latest)
    return _merged_closed(ledger, found, child, team_id, received, latest)


def _with_earlier(ledger: Ledger, staff: Staff, found: FoundChild, child: Child, cases: Sequence[Case]) -> list[Case]:
    """The child's cases here with former times of work as the source has them: added, moved, or ended where they were open."""
    present = frozenset(found.source_ids)
    pairs = paired(
        [(episode.received_on, episode.source_ids) for episode in found.earlier],
        [(case.received_on, () if present & set(case.source_ids) else case.source_ids) for case in cases],
    )
    all_told = present.union(*(episode.source_ids for episode in found.earlier))
    here = {case.id: case for case in cases}
    for place, episode in enumerate(found.earlier):
        if place not in pairs:
            team_id = staff.team(episode.team or found.team, episode.source_row)
            case = _new_case(ledger, found, child, team_id, episode.received_on, episode.ended_on, episode)
        else:
            held = cases[pairs[place]]
            case = replace(
                held,
                received_on=episode.received_on if ledger.is_own(child) else held.received_on,
                source_ids=ids_after(held.source_ids, episode.source_ids, all_told),
            )
            if held.ended_on is None:
                closed = {"ended_on": episode.ended_on, "outcome": "closed", "closure_reason": episode.closure_reason}
                case = replace(case, **closed)  # type: ignore[arg-type]
            ledger.change(held, case, child.reference, episode.source_row)
        here[case.id] = case
    return sorted(here.values(), key=lambda case: case.received_on or date.min)


def _merged_open(
    ledger: Ledger, found: FoundChild, child: Child, team_id: str, received: date, latest: Case | None
) -> Case | None:
    if latest is None or (latest.ended_on is not None and received >= latest.ended_on):
        return _new_case(ledger, found, child, team_id, received)
    if latest.ended_on is not None:
        day = plain_date(latest.ended_on)
        message = f"Closed in the plan on {day}, while the case system has the case open. It was left closed."
        ledger.note("ask", "case", child.reference, found.source_row, message, "closed-here")
        return latest
    moved = ledger.snapshot.by(Transfer, "child_id", child.id)
    merged = replace(
        latest,
        received_on=received if found.received_on and found.received_on <= ledger.as_at else latest.received_on,
        team_id=team_id if team_id and not moved else latest.team_id,
        referral_source=latest.referral_source or found.referral_source,
        source_ids=ids_after(latest.source_ids, found.source_ids, frozenset(found.source_ids)),
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
    if latest is None or _is_later(latest, found):
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


def _is_later(latest: Case, found: FoundChild) -> bool:
    """Whether what the source has last is a time of work after the last one here, and not one that ended with it."""
    begins, ended = found.received_on, latest.ended_on
    if ended is None or begins is None or begins == latest.received_on or begins < ended:
        return False
    return found.ended_on is None or found.ended_on > ended


def _new_case(
    ledger: Ledger,
    found: FoundChild,
    child: Child,
    team_id: str,
    received: date,
    ended: date | None = None,
    of: FoundChild | FoundEpisode | None = None,
) -> Case:
    """A case that was not here: the present one, or `of` a former time of work."""
    of = of or found
    case = Case(
        id=ledger.new_id(),
        child_id=child.id,
        team_id=team_id,
        received_on=received,
        referral_source=of.referral_source,
        ended_on=ended,
        outcome="closed" if ended else "",
        closure_reason=of.closure_reason if ended else "",
        source_ids=of.source_ids,
    )
    words = f"Received {plain_date(received)}" + (f", closed {plain_date(ended)}" if ended else "")
    ledger.add(case, child.reference, of.source_row, words)
    return case


def _with_plans_ended(ledger: Ledger, found: FoundChild, on: date) -> FoundChild:
    """A child of a closed case whose plans end with it, where the source has them running."""
    running = [period for period in found.periods if period.what == "plan" and period.end is None]
    if running:
        ledger.assumed[PLANS_OPEN] += len(running)
    ended = {period: period._replace(end=max(on, period.start or on)) for period in running}
    return found._replace(periods=tuple(ended.get(period, period) for period in found.periods))


def _end_holding(ledger: Ledger, found: FoundChild, child: Child, case: Case | None) -> None:
    """End what still runs of a child whose case is closed: allocations, and spells the source says nothing more of."""
    if case is None or case.ended_on is None or found.is_open:
        return
    for held in ledger.snapshot.by(Allocation, "child_id", child.id):
        if held.end is None and (Allocation, held.id) not in ledger.puts:
            end = max(case.ended_on, held.start or case.ended_on)
            ended = replace(held, end=end, end_reason=CLOSED_THERE)
            ledger.change(held, ended, child.reference, found.source_row)
    for spell in ledger.snapshot.by(PlanSpell, "child_id", child.id):
        if spell.end is None and (PlanSpell, spell.id) not in ledger.puts:
            ended_spell = replace(spell, end=max(case.ended_on, spell.start or case.ended_on))
            ledger.change(spell, ended_spell, child.reference, found.source_row)
