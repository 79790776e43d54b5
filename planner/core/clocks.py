"""The clocks of a child's course: which rules run on a day, from when, until when, and which of them sets the date."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.core.durations import Duration
from planner.core.evidence import Evidence, counted, has_happened, latest
from planner.core.facts import NEVER, Facts, Frequency, Order, Seeing, Spell, Stay
from planner.core.policy import Duty, RuleSet, State
from planner.core.rule import ANY_PLACEMENT, ORDER, PLACEMENT, SHORT_BREAKS, SPELL, Rule, also_on
from planner.core.sources import LATEST_ONLY
from planner.core.working_days import WorkingCalendar

_NOTHING: frozenset[str] = frozenset()
_AGREED = frozenset({"child_agreed_fewer_visits"})
_LEADING_EVENT_REACH = 183
"""How many days before a spell the event that led to it may lie; an older one belongs to other work."""


@dataclass(slots=True)
class Clock:
    """One running clock. Days are ordinals; `due` is None where the start is not known, and for a check.

    `set_by` is `law`, `policy` or `plan` (the child's own); `looser` says that the child's own plan asks less than policy.
    """

    rule: Rule
    plan: str
    due: int | None
    start: int
    started_by: str
    last: int = 0
    counts_from: str = ""
    minute: int | None = None
    set_by: str = "policy"
    looser: bool = False


@dataclass(slots=True)
class Course:
    """Where a child stands on a day: the spell, the placement and order in force, and the state that selects duties.

    Since `steady_since`, an ordinal, nothing of it has changed.
    """

    spell: Spell
    stay: Stay | None
    order: Order | None
    state: State
    steady_since: int


def course_at(facts: Facts, spell: Spell, day: int) -> Course:
    """The child's course under a spell on a day, given as an ordinal."""
    flags, stay, order, since = facts.flags, None, None, spell.start
    kind, codes = "", _NOTHING
    if facts.stays or spell.plan == "lac":
        stay = _stay_at(facts, spell, day)
    if stay is not None:
        kind, flags, since = stay.type, flags | stay.flags, max(since, stay.start)
        if stay.agreed_on <= day:
            flags, since = flags | _AGREED, max(since, stay.agreed_on)
    for one in reversed(facts.orders):
        if one.start <= day:
            if day < one.end:
                order, codes = one, one.codes
            since = max(since, one.start if order is not None else one.end)
            break
    if len(facts.spells) > 1:
        others = [one.plan for one in facts.spells if one.start <= day < one.end and one.plan != spell.plan]
        flags = flags.union(also_on(plan) for plan in others) if others else flags
        since = max(since, *(turn for one in facts.spells for turn in (one.start, one.end) if turn <= day))
    if facts.expected or facts.born > spell.start:
        flags = flags | _birth_flags(facts, spell, day)
        since = max(since, facts.born) if facts.born <= day else since
    return Course(spell, stay, order, (spell.plan, kind, codes, flags), since)


def _birth_flags(facts: Facts, spell: Spell, day: int) -> frozenset[str]:
    """`began_unborn` where the plan began before the birth, and `unborn` while the child is not born."""
    born = facts.born if 0 < facts.born <= day else NEVER
    found = [name for name, is_so in (("began_unborn", born > spell.start), ("unborn", born > day)) if is_so]
    return frozenset(found)


def _stay_at(facts: Facts, spell: Spell, day: int) -> Stay | None:
    """The placement on a day; for a looked-after child with none recorded, a placement of unknown type stands for it.

    Between two short breaks the child is at home and the clock of the breaks runs on: no new placement has begun.
    """
    ended, last = 0, None
    for stay in reversed(facts.stays):
        if stay.start <= day:
            if day < stay.end:
                return stay
            if stay.end > ended:
                ended, last = stay.end, stay
    if spell.plan != "lac":
        return None
    start = max(ended, spell.start)
    if last is not None and "short_break" in last.flags and last.start >= spell.start:
        return replace(last, start=start, end=NEVER)
    return Stay("", start, NEVER, spell.id, clock_start=start, clock_id=spell.id)


def clock_start(rule: Rule, course: Course, facts: Facts) -> tuple[int, str]:
    """The day on which the rule's clock started in this course, and the record that started it."""
    spell, stay, order = course.spell, course.stay, course.order
    trigger = rule.trigger[0]
    if trigger == SPELL or stay is None:
        return _led_to(rule, spell, facts) if len(rule.trigger) > 1 else (spell.start, spell.id)
    if trigger == PLACEMENT:
        found = (stay.clock_start, stay.clock_id)
    elif trigger == ANY_PLACEMENT:
        found = (stay.start, stay.id)
    elif trigger == ORDER and order is not None:
        found = max((order.start, order.id), (stay.clock_start, stay.clock_id), key=lambda one: one[0])
    elif trigger == SHORT_BREAKS:
        return next(((one.start, one.id) for one in facts.stays if "short_break" in one.flags), (spell.start, spell.id))
    else:
        found = (stay.clock_start, stay.clock_id)
    return found if found[0] >= spell.start else (spell.start, spell.id)


def _led_to(rule: Rule, spell: Spell, facts: Facts) -> tuple[int, str]:
    """The event that led to the spell, since an earlier spell of the plan ended; the spell itself where there is none."""
    since = spell.start - _LEADING_EVENT_REACH
    for other in facts.spells:
        if other.plan == spell.plan and other.end <= spell.start:
            since = max(since, other.end)
    for name in rule.trigger[1:]:
        for event in reversed(facts.events.get(name, ())):
            if since <= event.on <= spell.start:
                return event.on, event.id
    return spell.start, spell.id


def course_clocks(facts: Facts, rules: RuleSet, calendar: WorkingCalendar, day: int) -> list[Clock]:
    """The clocks that a child's plans, placements and orders keep running on a day, given as an ordinal."""
    found = []
    for spell in facts.spells:
        if spell.start <= day < spell.end:
            course = course_at(facts, spell, day)
            for duty in rules.duties(day, course.state):
                clock = duty_clock(duty, course, facts, rules, calendar, day, day)
                if clock is not None:
                    found.append(clock)
    return found


def duty_clock(
    duty: Duty, course: Course, facts: Facts, rules: RuleSet, calendar: WorkingCalendar, day: int, seen_until: int
) -> Clock | None:
    """The clock of a duty on a day: the earliest date any of its rules sets, or None where nothing more is owed.

    Events are known to the day, and what counts as fulfilled to `seen_until`. The interval after a visit is that of the
    rules in force on the day of that visit; where none were, that of the rules of the day.
    """
    if duty.kind == "check":
        return _check(duty.rules[0], course, facts, day)
    best: Clock | None = None
    last: Evidence | None = None
    own = _own_under(facts, duty.ids)
    rule = duty.rules[0]
    start, started_by = clock_start(rule, course, facts)
    found = latest(facts, rule.counts, start - rule.early_days, seen_until)
    for rule in duty.rules:
        if not duty.is_uniform:
            start, started_by = clock_start(rule, course, facts)
            found = latest(facts, rule.counts, start - rule.early_days, seen_until)
        if found is None:
            if rule.first is not None:
                best = _earlier(best, _first_clock(rule, course, facts, calendar, day, start, started_by, own))
        elif last is None or found.on > last.on:
            last = found
    if last is None:
        return best
    return _earlier(best, _since_last(duty, course, facts, rules, calendar, last, day, own))


def _since_last(
    duty: Duty,
    course: Course,
    facts: Facts,
    rules: RuleSet,
    calendar: WorkingCalendar,
    last: Evidence,
    day: int,
    own: Sequence[Frequency],
) -> Clock | None:
    """The clock since something last counted, by the rules of that day."""
    if last.on < course.steady_since or rules.changed_between(last.on, day):
        then = course_at(facts, course.spell, max(last.on, course.spell.start))
        ruling = next((other for other in rules.duties(last.on, then.state) if other.family == duty.family), None)
        if ruling is not None:
            own_then = _own_under(facts, duty.ids | ruling.ids)
            after = _after(ruling, then, facts, calendar, last, day, own_then)
            if after is not None and rules.is_in_force(after.rule.id, day):
                return after
    return _after(duty, course, facts, calendar, last, day, own)


def _own_under(facts: Facts, rules: frozenset[str]) -> Sequence[Frequency]:
    """What the child's own plan sets under some rules, whenever."""
    return [one for one in facts.frequencies if one.rule in rules] if facts.frequencies else ()


def _earlier(one: Clock | None, other: Clock | None) -> Clock | None:
    """The clock that sets the earlier date; a date nobody knows is earliest, and of two equal the first holds."""
    if one is None or other is None:
        return one or other
    return other if (other.due or 0) < (one.due or 0) else one


def _first_clock(
    rule: Rule,
    course: Course,
    facts: Facts,
    calendar: WorkingCalendar,
    day: int,
    start: int,
    started_by: str,
    own: Sequence[Frequency],
) -> Clock | None:
    """The clock before anything has counted: the first date from the trigger."""
    if rule.first is None or (rule.is_conditional and not is_in_scope(rule, facts, start, start, calendar, 0)):
        return None
    if rule.is_limited and rule.then is None and is_over(rule, facts, start, start, day, calendar):
        return None
    clock = Clock(rule, course.spell.plan, None, start, started_by, set_by="law" if rule.is_statutory else "policy")
    if start <= 0:
        return clock
    table = calendar if rule.bank_holidays == "out" else calendar.weekdays
    if rule.counts.nothing:
        clock.due = _next_reminder(rule, start, day, table)
        return clock if clock.due is not None else None
    first = rule.first
    if rule.extension is not None and course.stay is not None and course.stay.extended_on <= day:
        first = Duration(first.count + rule.extension.count, first.unit)
    clock.due = first.end(start, table, rule.beginning_with)
    if rule.after_birth is not None and 0 < facts.born <= day:
        clock.due = min(clock.due, rule.after_birth.end(facts.born, table))
    if own and rule.is_statutory:
        _lay_own_beside_law(clock, own, start, day, calendar)
        clock.looser = False  # what the law asks first is no interval that a plan could loosen
    elif own and rule.first_follows_every:
        _lay_own(clock, own, start, day, calendar)
    return clock


def _check(rule: Rule, course: Course, facts: Facts, day: int) -> Clock | None:
    """A duty with no date, owed while none of the last visits was as it asks; what was not said is not held against anyone."""
    start, started_by = clock_start(rule, course, facts)
    plan = course.spell.plan
    if not rule.counts.seen_alone:
        return Clock(rule, plan, None, start, started_by)
    visits: list[Seeing] = []
    for visit in reversed(facts.visits):
        if len(visits) == rule.counts.among_last or visit.on < start:
            break
        if visit.on <= day and visit.seen:
            if visit.seen_alone is not False or visit.excused:
                return None
            visits.append(visit)
    if len(visits) < rule.counts.among_last:
        return None
    return Clock(rule, plan, None, start, started_by, visits[0].on, visits[0].id)


def _next_reminder(rule: Rule, start: int, day: int, table: WorkingCalendar) -> int | None:
    """The next day of a reminder that has not passed; None once it no longer lasts."""
    first = rule.first
    if first is None:
        return None
    due, step = first.end(start, table, rule.beginning_with), 0
    while due < day and rule.every:
        step += 1
        every = rule.every[0]
        total = Duration(first.count + step * every.count, first.unit)
        due = total.end(start, table) if every.unit == first.unit else every.end(due, table)
    last = rule.lasts_for.end(start, table) if rule.lasts_for is not None else NEVER
    return due if day <= due <= last else None


def _after(
    duty: Duty, course: Course, facts: Facts, calendar: WorkingCalendar, last: Evidence, day: int, own: Sequence[Frequency]
) -> Clock | None:
    """The clock since something last counted: the earliest of what the law, and policy or the child's own plan, say."""
    best: Clock | None = None
    plan = course.spell.plan
    start, started_by = clock_start(duty.rules[0], course, facts)
    for rule in duty.rules:
        if not rule.every:
            continue
        if not duty.is_uniform:
            start, started_by = clock_start(rule, course, facts)
        found: tuple[Evidence, ...] = ()
        count = 1
        if rule.asks_count:
            found = counted(facts, rule.counts, start - rule.early_days, last.on)
            count = len(found) + _earlier_reviews(duty, facts, found, start, calendar)
        if rule.is_conditional and not is_in_scope(rule, facts, start, last.on, calendar, count):
            continue
        usual = rule.every[min(max(count, 1), len(rule.every)) - 1]
        every: Duration | None = usual
        table = calendar if rule.bank_holidays == "out" else calendar.weekdays
        if rule.is_limited:
            # What had fallen due before a review allowed a longer interval stays due.
            known_on = min(day, _next_due(rule, usual, start, last, found, table)) if rule.then is not None else day
            every = rule.then if is_over(rule, facts, start, last.on, known_on, calendar) else usual
        if every is None:
            continue
        due = _next_due(rule, every, start, last, found, table)
        set_by = "law" if rule.is_statutory else "policy"
        clock = Clock(rule, plan, due, start, started_by, last.on, last.id, None, set_by)
        if own and not rule.is_statutory:
            _lay_own(clock, own, last.on, day, calendar, is_day_counted=rule.count_visit_day)
        best = clock if best is None else _earlier(best, clock)
    if own and best is not None and best.set_by == "law" and all(rule.is_statutory for rule in duty.rules):
        _lay_own_beside_law(best, own, best.last, day, calendar, is_day_counted=best.rule.count_visit_day)
    return best


def _earlier_reviews(duty: Duty, facts: Facts, found: tuple[Evidence, ...], start: int, calendar: WorkingCalendar) -> int:
    """One more, where a source knows only the latest review, and that is later than the limit of the first."""
    if facts.source not in LATEST_ONLY or not found or not found[0].on < facts.tracked_from:
        return 0
    limits = [rule.first.end(start, calendar) for rule in duty.rules if rule.first is not None]
    return int(bool(limits) and found[0].on > min(limits))


def _own_dues(
    own: Sequence[Frequency], since: int, day: int, calendar: WorkingCalendar, *, is_day_counted: bool
) -> list[int | None]:
    """What the child's own plan as it was when the clock last started asks of that clock, and last what the plan of the day does.

    Between the two stands what fell due while the plan asked for it. Nothing is due before the plan says it; of several that
    hold at once, which only a merge leaves, the strictest.
    """
    dated = [(max(one.every.end(since, calendar, is_day_counted), one.start), one) for one in own if one.start <= day]
    then, now = (min((due for due, one in dated if one.start <= on < one.end), default=None) for on in (since, day))
    return [then, *(due for due, one in dated if since < one.start and due < one.end <= day), now]


def _lay_own(
    clock: Clock, own: Sequence[Frequency], since: int, day: int, calendar: WorkingCalendar, *, is_day_counted: bool = False
) -> None:
    """The child's own plan in place of policy; said or taken back since the clock last started, it holds only where stricter."""
    dues = _own_dues(own, since, day, calendar, is_day_counted=is_day_counted)
    policy = clock.due if clock.due is not None else NEVER
    due = min(policy if one is None else one for one in dues)
    if due in dues:
        clock.due, clock.set_by, clock.looser = due, "plan", due > policy


def _lay_own_beside_law(
    clock: Clock, own: Sequence[Frequency], since: int, day: int, calendar: WorkingCalendar, *, is_day_counted: bool = False
) -> None:
    """The earlier of the law's date and the own plan's; a looser own plan is marked and sets nothing."""
    dues = _own_dues(own, since, day, calendar, is_day_counted=is_day_counted)
    law = clock.due if clock.due is not None else NEVER
    due = min(law if one is None else one for one in dues)
    if due < law:
        clock.due, clock.set_by = due, "plan"
    else:
        clock.looser = dues[-1] is not None and dues[-1] > law


def _next_due(rule: Rule, every: Duration, start: int, last: Evidence, found: Sequence[Evidence], table: WorkingCalendar) -> int:
    """The next date at an interval, from where the rule counts it; `found` is everything that counted, where it asks for that."""
    if rule.anchor == "last visit":
        return every.end(last.on, table, rule.count_visit_day)
    return _anchored(rule, every, start, [one.on for one in found], table)


def _anchored(rule: Rule, every: Duration, start: int, met: list[int], table: WorkingCalendar) -> int:
    """The next date where each runs from the last date due, or from the start, and not from the visit itself.

    A visit meets the date of the interval it lies in, one early visit as well as several; a late one meets the date it
    is late for, and no date it has passed is asked for again.
    """
    first = rule.first if rule.first is not None else every
    earlier, due, step = start - 1, first.end(start, table, rule.beginning_with), 0
    for on in met:
        if on <= earlier:
            continue
        passed = False
        while not passed:
            step += 1
            total = Duration(first.count + step * every.count, first.unit)
            from_start = rule.anchor == "start" and every.unit == first.unit
            earlier, due = due, total.end(start, table, rule.beginning_with) if from_start else every.end(due, table)
            passed = due > on
    return due


def is_in_scope(rule: Rule, facts: Facts, start: int, ref: int, calendar: WorkingCalendar, count: int) -> bool:
    """Whether the age, the time the clock has run and the times it was met are as the rule asks, on a day."""
    scope = rule.applies_to
    if scope.within is not None and start and ref >= scope.within.end(start, calendar):
        return False
    if scope.after is not None and (not start or ref < scope.after.end(start, calendar)):
        return False
    if scope.times_held is not None and count != scope.times_held:
        return False
    if count < scope.times_held_from:
        return False
    if (scope.age_from is not None or scope.age_under is not None) and facts.born:
        if scope.age_from is not None and ref < Duration(scope.age_from, "year").end(facts.born, calendar):
            return False
        if scope.age_under is not None and ref >= Duration(scope.age_under, "year").end(facts.born, calendar):
            return False
    return True


def is_over(rule: Rule, facts: Facts, start: int, ref: int, day: int, calendar: WorkingCalendar) -> bool:
    """Whether what the rule `lasts` for is past: an event held by the day, or an age or length of time on the day `ref`."""
    if rule.lasts_events and has_happened(facts, rule.lasts_events, start, day):
        return True
    if rule.lasts_age is not None and facts.born:
        return ref >= Duration(rule.lasts_age, "year").end(facts.born, calendar)
    if rule.lasts_for is not None and not rule.counts.nothing and start:
        return ref >= rule.lasts_for.end(start, calendar)
    return False
