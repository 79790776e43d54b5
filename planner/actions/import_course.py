"""A child's course as a source has it beside what is here: plans, legal status, placements and events."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from planner.actions.import_ledger import Ledger
from planner.actions.import_matching import Known, ids_after, paired, saying
from planner.core.codes import EVENTS, LEGAL_STATUSES, PLACEMENT_TYPES, PLANS
from planner.core.date_words import plain_date
from planner.core.found import FoundChild, FoundEvent, FoundPeriod
from planner.core.records import Case, Child, Event, LegalStatus, Placement, PlanSpell

NO_LONGER_LISTED = "Plans the file no longer lists for a child, taken as ended when the present plan began, else on its day"
REPLACED = "Periods the file no longer has, taken as ended when the next began"
LEAVER_FROM = "Care leavers with no day to begin from, taken as such from the day the file speaks of"
END_BEFORE_START = "ends before it starts"

Period = TypeVar("Period", PlanSpell, LegalStatus, Placement)

# Plans, legal status, placements


def merge_periods(ledger: Ledger, found: FoundChild, child: Child, listed: frozenset[str]) -> None:
    """Match periods by their kind and start, else by the source's id; open ones that another follows are ended.

    `listed` are the plans that the source would list.
    """
    kinds: dict[tuple[str, str], list[FoundPeriod]] = {}
    for period in found.periods:
        kind = period.what, period.code if period.what == "plan" else ""
        kinds.setdefault(kind, []).append(period)
    for (what, code), periods in kinds.items():
        if what == "legal":
            _merge_kind(ledger, child, ledger.snapshot.by(LegalStatus, "child_id", child.id), periods, _legal_status)
        elif what == "placement":
            _merge_kind(ledger, child, ledger.snapshot.by(Placement, "child_id", child.id), periods, _placement)
        else:
            spells = [spell for spell in ledger.snapshot.by(PlanSpell, "child_id", child.id) if spell.plan == code]
            told = [_with_start(ledger, spells, period) for period in periods]
            _merge_kind(ledger, child, spells, told, _spell)
    if found.is_open and ledger.before is not None:
        _end_unlisted(ledger, found, child, listed)


def with_plausible_periods(ledger: Ledger, found: FoundChild) -> FoundChild:
    """The child with no period that ends before it starts."""
    return found._replace(periods=tuple(_plausible(ledger, found, period) for period in found.periods))


def _plausible(ledger: Ledger, found: FoundChild, period: FoundPeriod) -> FoundPeriod:
    """The period without an end that lies before its start."""
    if period.start and period.end and period.end < period.start:
        message = (
            f"The period {END_BEFORE_START} ({plain_date(period.end)}), so its end was left out. Correct it in the case system."
        )
        ledger.note("refused", _words(period), found.reference, period.source_row, message, "end-before-start")
        return period._replace(end=None)
    return period


def _with_start(ledger: Ledger, spells: Sequence[PlanSpell], period: FoundPeriod) -> FoundPeriod:
    """A spell of the care leavers, whose start no source has: what is here stays, else it is the source's guess or its day."""
    if period.code != "care_leaver" or not (period.start is None or period.is_start_guessed):
        return period
    here = next((spell for spell in spells if spell.end in (None, period.end)), None)
    if here is not None:
        return period._replace(start=here.start)
    if (period.start is None or period.start > ledger.as_at) and not spells:
        ledger.assumed[LEAVER_FROM] += 1
        return period._replace(start=ledger.as_at)
    return period


def _spell(child: Child, period: FoundPeriod) -> PlanSpell:
    return PlanSpell(
        id="",
        child_id=child.id,
        plan=period.code,
        start=period.start,
        end=period.end,
        category=period.category,
        source_ids=period.source_ids,
    )


def _legal_status(child: Child, period: FoundPeriod) -> LegalStatus:
    return LegalStatus(
        id="", child_id=child.id, code=period.code, start=period.start, end=period.end, source_ids=period.source_ids
    )


def _placement(child: Child, period: FoundPeriod) -> Placement:
    return Placement(
        id="",
        child_id=child.id,
        type=period.code,
        start=period.start,
        end=period.end,
        provider=period.provider,
        reason=period.reason,
        source_ids=period.source_ids,
    )


def _merge_kind(
    ledger: Ledger,
    child: Child,
    held: Sequence[Period],
    told: Sequence[FoundPeriod],
    as_record: Callable[[Child, FoundPeriod], Period],
) -> None:
    """All periods of one kind beside those held: what is the same is told anew, what is not is added."""
    pairs = paired([(_begun(one), one.source_ids) for one in told], [(_begun(one), one.source_ids) for one in held])
    all_told = frozenset(one for period in told for one in period.source_ids)
    same = set(pairs.values())
    for place, period in enumerate(told):
        new = as_record(child, period)
        known = held[pairs[place]] if place in pairs else None
        rest = [record for number, record in enumerate(held) if number not in same]
        if known is None and new.start is None:
            known = next((record for record in rest if record.end is None or _was_ended_since(ledger, record, new)), None)
        if known is not None:
            new = replace(new, source_ids=ids_after(known.source_ids, period.source_ids, all_told))
            _merge_same(ledger, child, known, new, period)
        else:
            _merge_new(ledger, child, rest, new, period)


def _begun(one: Period | FoundPeriod) -> object:
    """The first day, by which periods are known; where nobody knows it, one that runs is never one that has ended."""
    return one.start or ("runs" if one.end is None else "has ended")


def _was_ended_since(ledger: Ledger, record: Period, new: Period) -> bool:
    """Whether somebody here ended what the source still has running; what had ended when it was last read runs anew."""
    last = ledger.last_read()
    return new.end is None and record.end is not None and (last is None or record.end > last)


def _merge_new(ledger: Ledger, child: Child, rest: Sequence[Period], new: Period, period: FoundPeriod) -> None:
    """A period that none of those held is; of the `rest` of them, which the source does not tell of, an open one is followed."""
    open_one = next((record for record in rest if record.end is None and (type(record), record.id) not in ledger.puts), None)
    if open_one is not None and new.start is not None:
        if open_one.start is None or (new.start < open_one.start and new.end is None and ledger.is_own(child)):
            _merge_same(ledger, child, open_one, new, period)
            return
        if new.start > open_one.start:
            ledger.assumed[REPLACED] += 1
            ledger.change(open_one, replace(open_one, end=new.start), child.reference, period.source_row)
    ledger.add(replace(new, id=ledger.new_id()), child.reference, period.source_row, _words(period))


def _merge_same(ledger: Ledger, child: Child, record: Period, new: Period, period: FoundPeriod) -> None:
    """The same period: a day, a code or a category that is said now is taken; one that is not said is kept."""
    said = {
        name: getattr(new, name)
        for name in ("start", "end", "category", "code", "type", "provider", "reason", "source_ids")
        if getattr(new, name, None) not in (None, "", ())
    }
    if _runs_on_after_signing(ledger, child, record, new):
        said.pop("end", None)
    if record.end is not None and new.end is None and record.end <= ledger.as_at:
        message = f"Ended here on {plain_date(record.end)}, while the case system has it open. It was left ended."
        ledger.note("ask", _words(period), child.reference, period.source_row, message, "ended-here")
    ledger.change(record, saying(record, **said), child.reference, period.source_row)


def _runs_on_after_signing(ledger: Ledger, child: Child, record: Period, new: Period) -> bool:
    """Whether an assessment here ran on after the day it was authorised, which is here too: the source knows that day only.

    One that still runs is left to do so for a child who was typed in here; of others the source says when it ended.
    """
    if not isinstance(record, PlanSpell) or record.plan != "assessment" or new.end is None:
        return False
    events = ledger.snapshot.by(Event, "child_id", child.id)
    is_signed = any(one.event == "assessment_authorised" and one.status == "held" and one.on == new.end for one in events)
    return is_signed and (not child.source if record.end is None else record.end > new.end)


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
    """Match events by name and day, else by name and the source's id; one planned here for that day was held.

    One whose day the source does not know is any of its name that was held since the day guessed for it.
    """
    told = [event for event in found.events if not _is_ahead(ledger, child, event)]
    held = ledger.snapshot.by(Event, "child_id", child.id)
    pairs = paired([_known(event) for event in told], [_known(event) for event in held])
    all_told = frozenset(one for event in told for one in event.source_ids)
    for place, event in enumerate(told):
        if place in pairs:
            known = held[pairs[place]]
            own = ids_after(known.source_ids, event.source_ids, all_told)
            on = known.on if event.is_day_guessed else event.on
            ledger.change(known, saying(known, status="held", on=on, source_ids=own), child.reference, event.source_row)
            continue
        if (event.is_day_guessed and any(_is_since(one, event) for one in held)) or _is_receipt(ledger, child, event):
            ledger.keep()
            continue
        record = Event(
            id=ledger.new_id(),
            child_id=child.id,
            event=event.event,
            on=event.on,
            status="held",
            section_47=event.section_47,
            source_ids=event.source_ids,
        )
        title = EVENTS.get(event.event, event.event)
        ledger.add(record, child.reference, event.source_row, f"{title} on {plain_date(event.on)}")


def _is_since(held: Event, event: FoundEvent) -> bool:
    """Whether an event here is the one the source knows no day of: held on the day it is guessed for, or since."""
    return held.event == event.event and held.status == "held" and held.on is not None and held.on >= event.on


def _is_receipt(ledger: Ledger, child: Child, event: FoundEvent) -> bool:
    """Whether a referral is what began a case that was typed in here, on that day and without a referral."""
    cases = ledger.snapshot.by(Case, "child_id", child.id)
    return event.event == "referral_received" and not child.source and any(case.received_on == event.on for case in cases)


def _known(event: Event | FoundEvent) -> Known:
    """What an event is matched by; several may come of one row of a source, and so be under one id."""
    return (event.event, event.on), tuple(f"{one} {event.event}" for one in event.source_ids)


def _is_ahead(ledger: Ledger, child: Child, event: FoundEvent) -> bool:
    """Whether an event is after the day the source speaks of; it is then told as left out."""
    if event.on <= ledger.as_at:
        return False
    title = EVENTS.get(event.event, event.event)
    message = f"{title} on {plain_date(event.on)} is after the day the file speaks of, so it was left out."
    ledger.note("refused", "event", child.reference, event.source_row, message, "date-after", plain_date(event.on))
    return True
