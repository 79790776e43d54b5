"""Clocks that an event starts (a referral, a strategy discussion, a return from missing), and a worker's supervision."""

from collections.abc import Iterator

from planner.core.clocks import Clock, course_at, is_in_scope
from planner.core.durations import Duration
from planner.core.evidence import latest
from planner.core.facts import Facts, Happening
from planner.core.policy import RuleSet
from planner.core.rule import VISIT_MADE, WORK, Rule
from planner.core.working_days import WorkingCalendar


def event_clocks(facts: Facts, rules: RuleSet, calendar: WorkingCalendar, day: int, opened: int) -> list[Clock]:
    """The clocks of a subject that events keep running on a day; only events since the case opened start one."""
    by_event = rules.rules_by_event(day)
    found: dict[str, Clock] = {}
    others: list[Clock] = []
    if facts.subject != "worker":
        for name in facts.events:
            for rule in by_event.get(name, ()):
                if name == rule.trigger[0] or rule.trigger[0] not in facts.events:
                    _keep_earliest(found, rule.id, _event_clock(rule, facts, calendar, day, opened))
        if facts.records_elsewhere:
            others += _unrecorded(by_event.get(VISIT_MADE, ()), facts, calendar, day, opened)
        if facts.born:
            others += _birthdays(rules, facts, calendar, day)
    if facts.subject == "worker" or "supervision_held" in facts.events:
        supervision = _supervision(by_event.get(WORK, ()), facts, calendar, day)
        if supervision is not None:
            others.append(supervision)
    return [*found.values(), *others]


def _keep_earliest(found: dict[str, Clock], rule: str, clock: Clock | None) -> None:
    if clock is not None and (rule not in found or (clock.due or 0) < (found[rule].due or 0)):
        found[rule] = clock


def starts_of(rule: Rule, facts: Facts, since: int, until: int) -> list[Happening]:
    """The events that start the rule's clock, from a day to a day, both included."""
    found = []
    for name in rule.trigger:
        for event in facts.events.get(name, ()):
            enquiry = name != "strategy_discussion" or event.section_47 or "section_47" not in rule.applies_to.flags
            if since <= event.on <= until and enquiry:
                found.append(event)
    return sorted(found, key=lambda event: event.on) if len(rule.trigger) > 1 else found


def _event_clock(rule: Rule, facts: Facts, calendar: WorkingCalendar, day: int, opened: int) -> Clock | None:
    """The clock of the earliest event that nothing has answered or ended since."""
    plan = _plan_in_force(rule, facts, day)
    if plan is None or rule.applies_to.subject == "worker":
        return None
    pending = _pending(rule, facts, day, starts_of(rule, facts, opened, day))
    if pending is None or not is_in_scope(rule, facts, pending.on, pending.on, calendar, 0):
        return None
    table = calendar if rule.bank_holidays == "out" else calendar.weekdays
    if rule.lasts_for is not None and day > rule.lasts_for.end(pending.on, table):
        return None
    clock = Clock(rule, plan, None, pending.on, pending.id, set_by="law" if rule.is_statutory else "policy")
    last = latest(facts, rule.counts, pending.on, day) if rule.every else None
    if last is not None:
        clock.last, clock.counts_from = last
        clock.due = rule.every[0].end(last.on, table, rule.count_visit_day)
    elif rule.first is not None:
        _set_first(clock, rule.first, pending, table)
    return clock if clock.due is not None else None


def _set_first(clock: Clock, first: Duration, start: Happening, table: WorkingCalendar) -> None:
    """The first date; hours run on from the minute, weekends and holidays included."""
    clock.due = first.end(start.on, table, clock.rule.beginning_with)
    if first.unit == "hour" and start.minute is not None:
        minutes = start.minute + 60 * first.count
        clock.due, clock.minute = start.on + minutes // 1440, minutes % 1440


def _plan_in_force(rule: Rule, facts: Facts, day: int) -> str | None:
    """The plan the rule is for, if the child is on it on the day; an empty text where it is for any; None where not."""
    scope = rule.applies_to
    if not scope.plan:
        return ""
    for spell in facts.spells:
        if spell.plan in scope.plan and spell.start <= day < spell.end:
            _, placement_type, legal_codes, flags = course_at(facts, spell, day).state
            return spell.plan if scope.matches(placement_type, legal_codes, flags) else None
    return None


def _pending(rule: Rule, facts: Facts, day: int, starts: list[Happening]) -> Happening | None:
    """The first start that nothing ended or answered. Starts between two endings are one: the first of them counts."""
    ending = rule.lasts_events if rule.every else rule.lasts_events | rule.counts.event
    closed = max((event.on for name in ending for event in facts.events.get(name, ()) if event.on <= day), default=0)
    for spell in facts.spells if rule.counts.plan_start else ():
        if spell.plan in rule.counts.plan_start and closed < spell.start <= day:
            closed = spell.start
    open_starts = [event for event in starts if event.on > closed]
    if not open_starts or rule.every or not rule.counts.is_visit:
        return open_starts[0] if open_starts else None
    if rule.lasts_events:
        return open_starts[0] if latest(facts, rule.counts, open_starts[0].on, day) is None else None
    return next((event for event in open_starts if latest(facts, rule.counts, event.on, day) is None), None)


def _unrecorded(rules: tuple[Rule, ...], facts: Facts, calendar: WorkingCalendar, day: int, opened: int) -> Iterator[Clock]:
    """One clock for each visit logged here that was not in the case system by the day."""
    for rule in rules:
        for visit in facts.visits:
            if visit.recorded > day and opened <= visit.on <= day and visit.seen and rule.first is not None:
                due = rule.first.end(visit.on, calendar)
                yield Clock(rule, "", due, visit.on, visit.id, visit.on, visit.id)


def _birthdays(rules: RuleSet, facts: Facts, calendar: WorkingCalendar, day: int) -> Iterator[Clock]:
    """Clocks from a birthday, for children on the plan the rule is for."""
    for years, rule in rules.birthday_rules(day):
        start = Duration(years, "year").end(facts.born, calendar)
        plan = _plan_in_force(rule, facts, day)
        if start <= day and plan is not None and rule.first is not None and latest(facts, rule.counts, start, day) is None:
            yield Clock(rule, plan, rule.first.end(start, calendar), start, f"birthday {years}")


def _supervision(rules: tuple[Rule, ...], facts: Facts, calendar: WorkingCalendar, day: int) -> Clock | None:
    """A worker's own clock: the earliest of those for their stage. Without a start or a session there is none."""
    best: Clock | None = None
    for rule in rules:
        last = latest(facts, rule.counts, 0, day)
        start = facts.work_start or (last.on if last else 0)
        ref = last.on if last else start
        if not start or start > day or not rule.applies_to.flags <= facts.flags:
            continue
        if not is_in_scope(rule, facts, start, ref, calendar, 0):
            continue
        clock = Clock(rule, "", None, start, "start of work", set_by="policy")
        if last is not None:
            clock.last, clock.counts_from = last
        length = rule.every[0] if rule.every else rule.first
        clock.due = length.end(ref, calendar) if length is not None else None
        if clock.due is not None and (best is None or clock.due < (best.due or 0)):
            best = clock
    return best
