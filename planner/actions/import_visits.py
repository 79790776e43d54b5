"""A child's visits as a source has them beside those that are here: matched by day, else by the source's own id."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from planner.actions.import_ledger import Ledger
from planner.actions.import_matching import ids_after, saying
from planner.core.date_words import plain_date
from planner.core.found import FoundChild, FoundVisit
from planner.core.recording import TOOK_PLACE, is_unrecorded
from planner.core.records import Child, Sighting, Visit

CORRECTED = "The case system has it on another day by now"
"""Why a visit that an import brought is cancelled, where its day there is that of another visit here."""

Seen = tuple[Visit, Sighting]


def merge_visits(ledger: Ledger, found: FoundChild, child: Child) -> None:
    """Match visits by day: one logged here is kept and marked recorded; one planned for that child alone was made.

    One whose day was corrected there moves to it. A visit after the source's day is left out; one before the work began is
    kept, counts for nothing, and is asked about.
    """
    of_child = ledger.snapshot.visits_of(child.id)
    told = [_plausible(visit) for visit in found.visits if not _is_ahead(ledger, child, visit)]
    began = _began(found)
    for visit in _not_here(ledger, child, told, of_child) if of_child else told:
        _note_near(ledger, child, visit, of_child)
        _note_early(ledger, child, visit, began)
        _add_visit(ledger, child, visit)


def _not_here(ledger: Ledger, child: Child, told: Sequence[FoundVisit], of_child: Sequence[Seen]) -> list[FoundVisit]:
    """The visits of the source that are none of the child's here; what it says of the others is taken."""
    here: dict[date | None, list[Seen]] = {}
    for held in of_child:
        here.setdefault(held[0].on, []).append(held)
    merging = _Merging(ledger, child, {one: visit for visit in told for one in visit.source_ids})
    rest = [visit for visit in told if not merging.is_matched(visit, here.get(visit.on, []))]
    rest = [visit for visit in rest if not merging.is_corrected(visit, of_child)]
    merging.settle_rest(of_child)
    return rest


def _is_ahead(ledger: Ledger, child: Child, visit: FoundVisit) -> bool:
    """Whether a visit is after the day the source speaks of; it is then told as left out."""
    if visit.on <= ledger.as_at:
        return False
    message = f"A visit on {plain_date(visit.on)} is after the day the file speaks of, so it was left out."
    ledger.note("refused", "visit", child.reference, visit.source_row, message, "date-after", plain_date(visit.on))
    return True


def _plausible(visit: FoundVisit) -> FoundVisit:
    """A child who was not seen was not seen alone either, nor not alone."""
    return visit._replace(seen_alone=None) if visit.seen is False and visit.seen_alone is not None else visit


class _Merging:
    """One child's visits on the way from the source: which of those here each is, and what that changes of it."""

    def __init__(self, ledger: Ledger, child: Child, told: dict[str, FoundVisit]) -> None:
        """`told` are the source's visits by their ids."""
        self.ledger, self.child, self.told = ledger, child, told
        self.all_told = frozenset(told)
        self.matched: set[str] = set()

    # The same day

    def is_matched(self, visit: FoundVisit, same_day: Sequence[Seen]) -> bool:
        """Whether a visit of that day here is the one the source means, one under its id before others; what it adds is taken."""
        own = set(visit.source_ids) if len(same_day) > 1 else set()
        first = sorted(same_day, key=lambda held: own.isdisjoint(held[1].source_ids))
        return any(self._is_same(visit, *held) for held in first if held[1].id not in self.matched)

    def _is_same(self, visit: FoundVisit, held: Visit, sighting: Sighting) -> bool:
        is_theirs = held.source == self.ledger.format
        if held.status == "planned":
            if visit.seen is False or len(self.ledger.snapshot.by(Sighting, "visit_id", held.id)) > 1:
                return False
            done = replace(held, status="made", recorded_on=self.ledger.as_at)
            told = replace(sighting, seen=visit.seen, seen_alone=visit.seen_alone, bedroom_seen=visit.bedroom_seen)
            self._put(visit, (held, done), (sighting, told))
            return True
        if not (is_theirs or held.status in TOOK_PLACE):
            return False
        if not is_theirs and visit.seen is not False and (held.status != "made" or sighting.seen is False):
            return False
        self._take(visit, held, sighting)
        return True

    def _take(self, visit: FoundVisit, held: Visit, sighting: Sighting) -> None:
        """What the source says of a visit that is here: all of it where an import brought it, else what is not said here."""
        recorded = self.ledger.now(held)
        told = self._told(visit, sighting, is_theirs=held.source == self.ledger.format)
        if held.source == self.ledger.format:
            status = "attempted" if told.seen is False and not self._has_others(held) else "made"
            recorded = saying(recorded, status=status, cancelled_reason="")
        elif is_unrecorded(recorded):
            recorded = replace(recorded, recorded_on=self.ledger.as_at)
        if visit.seen is False and told.seen:
            self._note_otherwise(visit)
        self._put(visit, (held, recorded), (sighting, told))

    def _told(self, visit: FoundVisit, sighting: Sighting, *, is_theirs: bool) -> Sighting:
        said = {"seen": visit.seen, "seen_alone": visit.seen_alone, "bedroom_seen": visit.bedroom_seen}
        for name, value in said.items():
            known = getattr(sighting, name)
            said[name] = known if value is None or (known is not None and not is_theirs) else value
        if is_theirs and visit.seen is False:
            said["seen_alone"] = None
        return saying(sighting, **said)

    def _has_others(self, held: Visit) -> bool:
        """Whether another child was on a visit too."""
        return any(one.child_id != self.child.id for one in self.ledger.snapshot.by(Sighting, "visit_id", held.id))

    def _note_otherwise(self, visit: FoundVisit) -> None:
        day = plain_date(visit.on)
        message = f"Seen on {day} as it was logged here, and not seen in the case system. What was logged here was kept."
        self.ledger.note("ask", "visit", self.child.reference, visit.source_row, message, "seen-otherwise", day)

    def _put(self, visit: FoundVisit, trip: tuple[Visit, Visit], seen: tuple[Sighting, Sighting]) -> None:
        """Put a visit and its sighting as one thing: changed, or the same."""
        held, told = seen
        told = saying(told, source_ids=ids_after(held.source_ids, visit.source_ids, self.all_told))
        self.matched.add(held.id)
        if trip[0] == trip[1] and held == told:
            self.ledger.keep()
            return
        for before, after in ((trip[0], trip[1]), (held, told)):
            if before != after:
                self.ledger.change(before, after, self.child.reference, visit.source_row)

    # The same id on another day

    def is_corrected(self, visit: FoundVisit, of_child: Sequence[Seen]) -> bool:
        """Whether a visit here is the source's on another day: it moves to the day the source has by now."""
        own = set(visit.source_ids)
        for held, sighting in of_child:
            if sighting.id in self.matched or not own & set(sighting.source_ids) or held.status not in TOOK_PLACE:
                continue
            self._take(visit, *self._moved(held, sighting, visit))
            return True
        return False

    def _moved(self, held: Visit, sighting: Sighting, visit: FoundVisit) -> Seen:
        """The visit on the source's day: moved whole, or this child taken out of it where others were seen on its day."""
        now = self.ledger.now(held)
        others = [
            one
            for one in self.ledger.snapshot.by(Sighting, "visit_id", held.id)
            if one.id != sighting.id and self.ledger.now(one).visit_id == held.id
        ]
        if now.on == visit.on or all(self.ledger.day_there(one.source_ids) == visit.on for one in others):
            self.ledger.change(now, replace(now, on=visit.on), self.child.reference, visit.source_row)
            return self.ledger.now(held), sighting
        apart = self.ledger.taken_apart.get((held.id, visit.on))
        if apart is None:
            apart = replace(held, id=self.ledger.new_id(), on=visit.on)
            self.ledger.taken_apart[held.id, visit.on] = apart
            words = f"Seen on {plain_date(visit.on)}, apart from the others"
            self.ledger.add(apart, self.child.reference, visit.source_row, words)
        self.ledger.change(sighting, replace(sighting, visit_id=apart.id), self.child.reference, visit.source_row)
        return apart, self.ledger.now(sighting)

    # No longer there

    def settle_rest(self, of_child: Sequence[Seen]) -> None:
        """What an import brought and the source no longer has: cancelled where its id is another visit here, else asked about."""
        for held, sighting in of_child:
            is_theirs = held.source == self.ledger.format and held.status in TOOK_PLACE and not self._has_others(held)
            if not is_theirs or not sighting.source_ids or sighting.id in self.matched or held.on is None:
                continue
            there = next((self.told[one] for one in sighting.source_ids if one in self.told), None)
            if there is not None and there.on != held.on:
                cancelled = replace(held, status="cancelled", cancelled_reason=CORRECTED)
                self.ledger.change(held, cancelled, self.child.reference, there.source_row)
            elif there is None and held.on >= self.ledger.first_visit_there():
                self._note_gone(held.on)

    def _note_gone(self, on: date) -> None:
        day = plain_date(on)
        message = f"The visit on {day} came with an earlier import and is no longer in the case system. It was kept; look there."
        self.ledger.note("ask", "visit", self.child.reference, "", message, "visit-gone", day)


def _note_near(ledger: Ledger, child: Child, visit: FoundVisit, of_child: Sequence[Seen]) -> None:
    """Say where a visit logged here a day before or after may be the same one."""
    near = timedelta(days=1)
    for held, _ in of_child:
        if held.on is not None and held.status == "made" and not held.source and abs(held.on - visit.on) <= near:
            message = f"A visit on {plain_date(held.on)} is logged here. It may be the same one; both are kept."
            ledger.note("duplicate", "visit", child.reference, visit.source_row, message, "visit-near")


def _began(found: FoundChild) -> date | None:
    """The first day the source knows anything of the child's case."""
    return min((day for day in _days_of_work(found) if day is not None), default=None)


def _days_of_work(found: FoundChild) -> Iterator[date | None]:
    yield found.received_on
    yield from (event.on for event in found.events)
    yield from (one.received_on for one in found.earlier)
    yield from (period.start for period in found.periods if period.what == "plan")


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
        source_ids=visit.source_ids,
    )
    words = {True: "Seen on", False: "Not seen on", None: "Visited on"}[visit.seen]
    ledger.add(record, child.reference, visit.source_row, f"{words} {plain_date(visit.on)}")
    ledger.puts[Sighting, seen.id] = seen
