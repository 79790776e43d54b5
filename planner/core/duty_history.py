"""The due dates of a child's history, of visits, reviews and the rest: each interval, under which rule, and when it was met."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from planner.core.clocks import Clock, Course, course_at, duty_clock
from planner.core.event_clocks import starts_of
from planner.core.evidence import counted, has_happened
from planner.core.facts import Facts, Spell
from planner.core.policy import Duty, RuleSet, rules_for
from planner.core.rule import Rule
from planner.core.working_days import WorkingCalendar


class PastClock(NamedTuple):
    """One interval of one duty: counted from `since`, due on `due`, met on `met_on` or not at all.

    `ended_on` is the day the clock stopped unmet: the plan ended or a new placement began another. Where both are None
    the interval is still running. `due` is None where the start is not known. `reason` is that of a suspension that
    covered the day it was due, so that a measure can leave it out and say so.
    """

    rule: str
    plan: str
    since: date | None
    due: date | None
    met_on: date | None
    ended_on: date | None
    started_by: str
    counts_from: str
    reason: str = ""

    @property
    def is_met_in_time(self) -> bool:
        """Whether a visit, or the event it asks for, on or before the due date met it."""
        return self.met_on is not None and self.due is not None and self.met_on <= self.due


def visit_clocks(facts: Facts, rules: RuleSet, calendar: WorkingCalendar, until: date) -> list[PastClock]:
    """Every visiting interval that began on or before a day, oldest first within each duty.

    A due date is what was known of it when it fell: events and changes after it do not move it.
    """
    return past_clocks(facts, rules, calendar, until, "visit")


def past_clocks(facts: Facts, rules: RuleSet, calendar: WorkingCalendar, until: date, kind: str) -> list[PastClock]:
    """The same of any kind of duty that a visit or an event meets: `review`, `conference`, `assessment`, `allocation`.

    Of what an event asks for, those that it asks for once.
    """
    rules = rules_for(facts, rules)
    day = min(until.toordinal(), facts.over_from - 1)
    found: list[PastClock] = []
    for spell in facts.spells:
        if spell.start <= day:
            found += _of_spell(facts, spell, rules, calendar, day, kind)
    for name in facts.events:
        for rule in rules.rules_by_event(day).get(name, ()):
            asked_once = rule.counts.is_visit or not rule.every
            if rule.kind == kind and asked_once and (name == rule.trigger[0] or rule.trigger[0] not in facts.events):
                found += _of_events(facts, rule, calendar, day)
    return found


def _of_spell(facts: Facts, spell: Spell, rules: RuleSet, calendar: WorkingCalendar, until: int, kind: str) -> list[PastClock]:
    """The intervals of every duty of a kind of one spell, segment by segment between changes of course."""
    last_day = min(spell.end - 1, until)
    changes = {spell.start}
    turns = [day for stay in facts.stays for day in (stay.start, stay.end)]
    turns += [day for order in facts.orders for day in (order.start, order.end)]
    changes.update(day for day in turns if spell.start < day <= last_day)
    days = sorted(changes)
    found: list[PastClock] = []
    open_clocks: dict[tuple[str, object], Clock] = {}
    for place, day in enumerate(days):
        course = course_at(facts, spell, day)
        end = days[place + 1] if place + 1 < len(days) else last_day + 1
        duties = [duty for duty in rules.duties(day, course.state) if duty.kind == kind]
        for duty in duties:
            walk = _Walk(facts, rules, calendar, duty, course, day, end, until)
            running = open_clocks.pop(duty.family, None)
            clock = walk.run(running, found)
            if clock is not None:
                open_clocks[duty.family] = clock
        for family in [family for family in open_clocks if family not in {duty.family for duty in duties}]:
            found.append(_interval(open_clocks.pop(family), None, day, facts))
    stopped = spell.end if spell.end <= until else facts.over_from if facts.over_from <= until + 1 else None
    found += [_interval(clock, None, stopped, facts) for clock in open_clocks.values()]
    return found


@dataclass(slots=True)
class _Walk:
    """One duty between two changes of the child's course."""

    facts: Facts
    rules: RuleSet
    calendar: WorkingCalendar
    duty: Duty
    course: Course
    first_day: int
    end: int
    until: int

    def run(self, running: Clock | None, found: list[PastClock]) -> Clock | None:
        """Go through the visits of the segment, adding each finished interval; the clock that is still running."""
        clock = self._clock(self.first_day, self.first_day - 1)
        if clock is None:
            if running is not None:
                found.append(_interval(running, None, self.first_day, self.facts))
            return None
        if running is not None and (running.started_by, running.last) == (clock.started_by, clock.last):
            has_fallen_due = running.due is not None and running.due < self.first_day
            clock = running if has_fallen_due else clock
        elif running is not None:
            found.append(_interval(running, None, self.first_day, self.facts))
        for on in self._days_met():
            if self._has_lapsed(clock, on - 1, found):
                return None
            found.append(_interval(self._as_known(clock, on - 1), on, None, self.facts))
            after = self._clock(on, on)
            if after is None:
                return None
            clock = after
        return None if self._has_lapsed(clock, self.end - 1, found) else self._as_known(clock, self.end - 1)

    def _has_lapsed(self, clock: Clock, day: int, found: list[PastClock]) -> bool:
        """Whether by a day an event has ended the duty, as the authorisation ends the visits of an assessment; if so, add it."""
        names, since = clock.rule.lasts_events, clock.start
        days = sorted(event.on for name in names for event in self.facts.events.get(name, ()) if since <= event.on <= day)
        if not days or self._clock(max(day, self.first_day), max(clock.last, self.first_day - 1)) is not None:
            return False
        found.append(_interval(self._as_known(clock, days[0] - 1), None, days[0], self.facts))
        return True

    def _days_met(self) -> list[int]:
        """The days of the segment on which it was met; an event on the day a plan ends is what ends it, and belongs to it."""
        counts = self.duty.rules[0].counts
        ends_here = bool(counts.event) and self.end == self.course.spell.end <= self.until
        return [one.on for one in counted(self.facts, counts, self.first_day, self.end if ends_here else self.end - 1)]

    def _clock(self, day: int, seen_until: int) -> Clock | None:
        return duty_clock(self.duty, self.course, self.facts, self.rules, self.calendar, day, seen_until)

    def _as_known(self, clock: Clock, day: int) -> Clock:
        """The clock as it stood when it fell due, or was met: a review held before then may have changed its length."""
        if clock.due is None:
            return clock
        known_on, since = min(clock.due, day), clock.last or clock.start
        is_over = clock.rule.lasts_events and has_happened(self.facts, clock.rule.lasts_events, clock.start, known_on)
        if not is_over and not any(since < turn <= known_on for own in self.facts.frequencies for turn in (own.start, own.end)):
            return clock
        known = self._clock(max(known_on, self.first_day), max(clock.last, self.first_day - 1))
        return known if known is not None else clock


def _of_events(facts: Facts, rule: Rule, calendar: WorkingCalendar, until: int) -> list[PastClock]:
    """The intervals of what an event asks for once.

    An event that answers after the duty ended answers it all the same: a conference is held after the enquiry that led to it.
    """
    if rule.first is None:
        return []
    found = []
    days_met = [one.on for one in counted(facts, rule.counts, 0, until)]
    endings = sorted(event.on for name in rule.lasts_events for event in facts.events.get(name, ()))
    starts = starts_of(rule, facts, 0, until)
    closed = -1
    for start in starts:
        if start.on < closed:
            continue
        met, ended = _from(days_met, start.on), _from(endings, start.on + 1)
        ended = ended if ended is not None and ended <= until else None
        closed = ended if ended is not None else (until + 1 if rule.lasts_events else start.on + 1)
        case_end = _case_end(facts, start.on, until)
        if met is not None and ended is not None and ended < met:
            began_anew = any(ended < other.on <= met for other in starts)
            met = None if rule.counts.is_visit or began_anew else met
        if met is not None and case_end is not None and case_end < met:
            met = None
        if met is not None and not rule.counts.is_visit:
            closed = met
        ended = None if met is not None else _earlier(ended, case_end)
        clock = Clock(rule, "", rule.first.end(start.on, calendar), start.on, start.id)
        found.append(_interval(clock, met, ended, facts))
    return found


def _from(days: list[int], day: int) -> int | None:
    """The first of some days in order that is on or after a day."""
    place = bisect_left(days, day)
    return days[place] if place < len(days) else None


def _case_end(facts: Facts, on: int, until: int) -> int | None:
    """The day on which the case ended that was open on a day, where it has; what an event asked for ends with it."""
    return next((end for start, end in facts.cases or () if start <= on < end <= until), None)


def _earlier(one: int | None, other: int | None) -> int | None:
    return min(one, other) if one is not None and other is not None else one if other is None else other


def _interval(clock: Clock, met: int | None, ended: int | None, facts: Facts) -> PastClock:
    since = clock.last or clock.start
    reason = ""
    for pause in facts.pauses if clock.due is not None else ():
        if (
            pause.start <= (clock.due or 0) < pause.end
            and pause.rule in ("", clock.rule.id)
            and pause.kind in ("", clock.rule.kind)
        ):
            reason = pause.reason or "suspended"
    return PastClock(
        clock.rule.id,
        clock.plan,
        date.fromordinal(since) if since else None,
        date.fromordinal(clock.due) if clock.due is not None else None,
        date.fromordinal(met) if met is not None else None,
        date.fromordinal(ended) if ended is not None else None,
        clock.started_by,
        clock.counts_from or clock.started_by,
        reason,
    )
