"""A child's course as a source has it beside what is here: plans, legal status, placements, events and visits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from planner.actions.import_ledger import Ledger
from planner.core.codes import EVENTS, LEGAL_STATUSES, PLACEMENT_TYPES, PLANS
from planner.core.date_words import plain_date
from planner.core.found import FoundChild, FoundPeriod, FoundVisit
from planner.core.records import Child, Event, LegalStatus, Placement, PlanSpell, Sighting, Visit

NO_LONGER_LISTED = "Plans the file no longer lists for a child, taken as ended when the present plan began, else on its day"
REPLACED = "Periods the file no longer has, taken as ended when the next began"
LEAVER_FROM = "Care leavers with no day to begin from, taken as such from the day the file speaks of"
END_BEFORE_START = "ends before it starts"

Period = TypeVar("Period", PlanSpell, LegalStatus, Placement)

# Plans, legal status, placements


def merge_periods(ledger: Ledger, found: FoundChild, child: Child, listed: frozenset[str]) -> None:
    """Match periods by their kind and start; open ones that another follows are ended. `listed` are the source's plans."""
    for period in found.periods:
        period = _plausible(ledger, found, period)
        if period.what == "plan":
            _merge_plan(ledger, child, period)
        elif period.what == "legal":
            held = ledger.snapshot.by(LegalStatus, "child_id", child.id)
            new = LegalStatus(id="", child_id=child.id, code=period.code, start=period.start, end=period.end)
            _merge_one(ledger, child, held, new, period)
        else:
            homes = ledger.snapshot.by(Placement, "child_id", child.id)
            home = Placement(
                id="",
                child_id=child.id,
                type=period.code,
                start=period.start,
                end=period.end,
                provider=period.provider,
                reason=period.reason,
            )
            _merge_one(ledger, child, homes, home, period)
    if found.is_open and ledger.before is not None:
        _end_unlisted(ledger, found, child, listed)


def _plausible(ledger: Ledger, found: FoundChild, period: FoundPeriod) -> FoundPeriod:
    """The period without an end that lies before its start."""
    if period.start and period.end and period.end < period.start:
        message = (
            f"The period {END_BEFORE_START} ({plain_date(period.end)}), so its end was left out. Correct it in the case system."
        )
        ledger.note("refused", _words(period), found.reference, period.source_row, message, "end-before-start")
        return replace(period, end=None)
    return period


def _merge_plan(ledger: Ledger, child: Child, period: FoundPeriod) -> None:
    if period.start is None and period.code == "care_leaver":
        held = [spell for spell in ledger.snapshot.by(PlanSpell, "child_id", child.id) if spell.plan == "care_leaver"]
        if not held:
            ledger.assumed[LEAVER_FROM] += 1
            period = replace(period, start=ledger.as_at)
    spells = [spell for spell in ledger.snapshot.by(PlanSpell, "child_id", child.id) if spell.plan == period.code]
    new = PlanSpell(id="", child_id=child.id, plan=period.code, start=period.start, end=period.end, category=period.category)
    _merge_one(ledger, child, spells, new, period)


def _merge_one(ledger: Ledger, child: Child, held: Sequence[Period], new: Period, period: FoundPeriod) -> None:
    """One period beside those held of its kind: the same start is the same period, an open earlier one is followed."""
    for record in held:
        if record.start == new.start or (new.start is None and record.end is None):
            _merge_same(ledger, child, record, new, period)
            return
    open_one = next((record for record in held if record.end is None and (type(record), record.id) not in ledger.puts), None)
    if open_one is not None and new.start is not None:
        if open_one.start is None or (new.start < open_one.start and new.end is None and ledger.is_own(child)):
            _merge_same(ledger, child, open_one, replace(new, start=new.start), period, moved=True)
            return
        if new.start > open_one.start:
            ledger.assumed[REPLACED] += 1
            ledger.change(open_one, replace(open_one, end=new.start), child.reference, period.source_row)
    ledger.add(replace(new, id=ledger.new_id()), child.reference, period.source_row, _words(period))


def _merge_same(ledger: Ledger, child: Child, record: Period, new: Period, period: FoundPeriod, *, moved: bool = False) -> None:
    """The same period: an end, a code or a category that is said now is taken; one that is not said is kept."""
    said = {
        name: getattr(new, name)
        for name in ("end", "category", "code", "type", "provider", "reason")
        if getattr(new, name, None) not in (None, "")
    }
    if moved:
        said["start"] = new.start
    if record.end is not None and new.end is None and record.end <= ledger.as_at:
        message = f"Ended here on {plain_date(record.end)}, while the case system has it open. It was left ended."
        ledger.note("ask", _words(period), child.reference, period.source_row, message, "ended-here")
    ledger.change(record, replace(record, **said), child.reference, period.source_row)


def _end_unlisted(ledger: Ledger, found: FoundChild, child: Child, listed: frozenset[str]) -> None:
    """End a plan that was open at the last import and that this source would list, but no longer does."""
    if found.status not in PLANS:
        return
    current = {period.code: period for period in found.periods if period.what == "plan" and period.end is None}
    present = current.get(found.status)
    for spell in ledger.snapshot.by(PlanSpell, "child_id", child.id):
        told = any(period.what == "plan" and period.code == spell.plan for period in found.periods)
        began = spell.start is None or spell.start <= (ledger.before or date.min)
        if spell.end is None and spell.plan in listed and not told and began:
            start = present.start if present else None
            end = start if start and spell.start and spell.start < start <= ledger.as_at else ledger.as_at
            ledger.assumed[NO_LONGER_LISTED] += 1
            ledger.change(spell, replace(spell, end=end), child.reference, found.source_row)


def _words(period: FoundPeriod) -> str:
    titles = {"plan": PLANS, "legal": LEGAL_STATUSES, "placement": PLACEMENT_TYPES}[period.what]
    since = f" from {plain_date(period.start)}" if period.start else ", start not known"
    until = f" to {plain_date(period.end)}" if period.end else ""
    return f"{titles.get(period.code, period.code)}{since}{until}"


# Events


def merge_events(ledger: Ledger, found: FoundChild, child: Child) -> None:
    """Match events by name and day; one planned here for that day was held."""
    held = {(event.event, event.on): event for event in ledger.snapshot.by(Event, "child_id", child.id)}
    for event in found.events:
        title = EVENTS.get(event.event, event.event)
        if event.on > ledger.as_at:
            message = f"{title} on {plain_date(event.on)} is after the day the file speaks of, so it was left out."
            ledger.note("refused", "event", child.reference, event.source_row, message, "date-after", plain_date(event.on))
            continue
        known = held.get((event.event, event.on))
        if known is not None:
            ledger.change(known, replace(known, status="held"), child.reference, event.source_row)
            continue
        record = Event(
            id=ledger.new_id(), child_id=child.id, event=event.event, on=event.on, status="held", section_47=event.section_47
        )
        ledger.add(record, child.reference, event.source_row, f"{title} on {plain_date(event.on)}")


# Visits


def merge_visits(ledger: Ledger, found: FoundChild, child: Child) -> None:
    """Match visits by day: one logged here is kept and marked recorded; one planned for that child alone was made.

    A visit after the source's day is left out; one before the work began is kept, counts for nothing, and is asked about.
    """
    of_child = ledger.snapshot.visits_of(child.id)
    began = _began(found)
    for visit in found.visits:
        if visit.on > ledger.as_at:
            message = f"A visit on {plain_date(visit.on)} is after the day the file speaks of, so it was left out."
            ledger.note("refused", "visit", child.reference, visit.source_row, message, "date-after", plain_date(visit.on))
            continue
        same_day = [(held, sighting) for held, sighting in of_child if held.on == visit.on]
        if not _is_matched(ledger, child, visit, same_day):
            _note_near(ledger, child, visit, of_child)
            _note_early(ledger, child, visit, began)
            _add_visit(ledger, child, visit)


def _is_matched(ledger: Ledger, child: Child, visit: FoundVisit, same_day: list[tuple[Visit, Sighting]]) -> bool:
    """Whether a visit of that day here is the one the source means; what the source adds to it is taken."""
    if visit.seen is False:
        return _is_attempt_known(ledger, child, visit, same_day)
    for held, sighting in same_day:
        was_tried = held.source == ledger.format and held.status == "attempted"
        if not was_tried and (held.status != "made" or sighting.seen is False):
            continue
        recorded = held if held.source or held.recorded_on else replace(held, recorded_on=ledger.as_at)
        told = replace(
            sighting,
            seen=visit.seen if sighting.seen is None or was_tried else sighting.seen,
            seen_alone=sighting.seen_alone if sighting.seen_alone is not None else visit.seen_alone,
            bedroom_seen=sighting.bedroom_seen if sighting.bedroom_seen is not None else visit.bedroom_seen,
        )
        _change_visit(ledger, child, visit, (held, replace(recorded, status="made")), (sighting, told))
        return True
    for held, sighting in same_day:
        alone_on_trip = len(ledger.snapshot.by(Sighting, "visit_id", held.id)) == 1
        if held.status == "planned" and alone_on_trip:
            done = replace(held, status="made", recorded_on=ledger.as_at)
            told = replace(sighting, seen=visit.seen, seen_alone=visit.seen_alone, bedroom_seen=visit.bedroom_seen)
            _change_visit(ledger, child, visit, (held, done), (sighting, told))
            return True
    return False


def _is_attempt_known(ledger: Ledger, child: Child, visit: FoundVisit, same_day: list[tuple[Visit, Sighting]]) -> bool:
    """Whether a visit on which the child was not seen is here: tried, or made and the child said to be seen, which stays."""
    for held, sighting in same_day:
        if held.status in ("made", "attempted"):
            recorded = held if held.source or held.recorded_on else replace(held, recorded_on=ledger.as_at)
            _change_visit(ledger, child, visit, (held, recorded), (sighting, sighting))
            return True
    return False


def _change_visit(
    ledger: Ledger, child: Child, visit: FoundVisit, trip: tuple[Visit, Visit], seen: tuple[Sighting, Sighting]
) -> None:
    """Put a visit and its sighting as one thing: changed, or the same."""
    if trip[0] == trip[1] and seen[0] == seen[1]:
        ledger.keep()
        return
    if trip[0] != trip[1]:
        ledger.change(*trip, child.reference, visit.source_row)
    if seen[0] != seen[1]:
        ledger.change(*seen, child.reference, visit.source_row)


def _note_near(ledger: Ledger, child: Child, visit: FoundVisit, of_child: Sequence[tuple[Visit, Sighting]]) -> None:
    """Say where a visit logged here a day before or after may be the same one."""
    near = timedelta(days=1)
    for held, _ in of_child:
        if held.on is not None and held.status == "made" and not held.source and abs(held.on - visit.on) <= near:
            message = f"A visit on {plain_date(held.on)} is logged here. It may be the same one; both are kept."
            ledger.note("duplicate", "visit", child.reference, visit.source_row, message, "visit-near")


def _began(found: FoundChild) -> date | None:
    """The first day the source knows anything of the child's case."""
    days = [found.received_on, *(event.on for event in found.events), *(one.received_on for one in found.earlier)]
    days += [period.start for period in found.periods if period.what == "plan"]
    return min((day for day in days if day is not None), default=None)


def _note_early(ledger: Ledger, child: Child, visit: FoundVisit, began: date | None) -> None:
    """Ask about a visit before the referral, or before the first thing the source knows of the child's case."""
    if began is not None and visit.on < began:
        message = (
            f"A visit on {plain_date(visit.on)} is before the work began on {plain_date(began)}. It was kept and meets no duty. "
            "Look at both days in the case system."
        )
        ledger.note("ask", "visit", child.reference, visit.source_row, message, "visit-before", plain_date(visit.on))


def _add_visit(ledger: Ledger, child: Child, visit: FoundVisit) -> None:
    status = "attempted" if visit.seen is False else "made"
    record = Visit(id=ledger.new_id(), on=visit.on, status=status, standing=visit.standing, source=ledger.format)
    seen = Sighting(
        id=ledger.new_id(),
        visit_id=record.id,
        child_id=child.id,
        seen=visit.seen,
        seen_alone=visit.seen_alone,
        bedroom_seen=visit.bedroom_seen,
    )
    words = {True: "Seen on", False: "Not seen on", None: "Visited on"}[visit.seen]
    ledger.add(record, child.reference, visit.source_row, f"{words} {plain_date(visit.on)}")
    ledger.puts[Sighting, seen.id] = seen
