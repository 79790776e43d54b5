"""What is owed on a day, under which rule, and why; the one definition of overdue."""

from datetime import date, datetime, time
from typing import NamedTuple

from planner.core.clocks import Clock, course_clocks
from planner.core.event_clocks import event_clocks
from planner.core.facts import Facts, Pause
from planner.core.policy import RuleSet, rules_for
from planner.core.rule import Rule
from planner.core.sources import held_by
from planner.core.working_days import WorkingCalendar

SOON_DAYS = 14
"""From the day itself to so many days on, an obligation is `due`; later it is `upcoming`."""


class Obligation(NamedTuple):
    """One duty: one subject, one rule, the record that started it and the record it counts from.

    A named tuple, for thousands are made at once, and a frozen dataclass of this width takes five times as long.

    `due` is a date, a local date and time where the rule counts hours, or None (a clock with no start, or a check).
    `started_by` and `counts_from` are record ids, or a name of the fact where there is no record; `start` and `last` are
    their days. `on` is the day looked at. `set_by` is `law`, `policy` or `plan` (the child's own), and `looser` says
    that the child's own plan asks less than policy or the law.
    """

    id: str
    subject: str
    subject_id: str
    rule: str
    kind: str
    due: date | datetime | None
    book_by: date | None
    state: str
    started_by: str
    counts_from: str
    last: date | None = None
    start: date | None = None
    on: date | None = None
    plan: str = ""
    set_by: str = "policy"
    looser: bool = False

    @property
    def due_on(self) -> date | None:
        """The day it is due, without the time."""
        return self.due.date() if isinstance(self.due, datetime) else self.due

    @property
    def days_late(self) -> int | None:
        """Calendar days since it was due: 0 where it is not overdue, None where its date is not known."""
        due = self.due_on
        if due is None or self.on is None:
            return None
        return max(0, (self.on - due).days)


def is_overdue(due: date | datetime | None, on: date) -> bool:
    """Whether something due is overdue on a day: its day is past. Due today is not overdue; no date is."""
    if due is None:
        return True
    return (due.date() if isinstance(due, datetime) else due) < on


def owed(facts: Facts, rules: RuleSet, calendar: WorkingCalendar, on: date) -> list[Obligation]:
    """Everything the subject is owed on a day, in no particular order. A closed case, a death or a move owes nothing.

    Raises PlannerError where the facts' own policy cannot be read.
    """
    day = on.toordinal()
    clocks = _clocks(facts, rules, calendar, day)
    if facts.pauses:
        clocks = [clock for clock in clocks if pause_of(clock.rule, facts, day) is None]
    return [_obligation(clock, facts, calendar, on, day) for clock in clocks]


def suspended(facts: Facts, rules: RuleSet, calendar: WorkingCalendar, on: date) -> list[tuple[Obligation, Pause]]:
    """What would be owed on a day but for a suspension, each with the one that holds."""
    day = on.toordinal()
    found = [(clock, pause_of(clock.rule, facts, day)) for clock in _clocks(facts, rules, calendar, day) if facts.pauses]
    return [(_obligation(clock, facts, calendar, on, day), pause) for clock, pause in found if pause is not None]


def _clocks(facts: Facts, rules: RuleSet, calendar: WorkingCalendar, day: int) -> list[Clock]:
    """Every clock that runs on a day, suspended or not; none without an open case."""
    opened = facts.open_since(day)
    if opened is None:
        return []
    rules = rules_for(facts, rules)
    clocks = course_clocks(facts, rules, calendar, day)
    if facts.events or facts.records_elsewhere or facts.born or facts.subject == "worker":
        clocks += event_clocks(facts, rules, calendar, day, opened)
    return clocks


def pause_of(rule: Rule, facts: Facts, day: int) -> Pause | None:
    """The suspension that covers a rule on a day, given as an ordinal: of the rule, of its kind, or of everything."""
    for pause in facts.pauses:
        if pause.start <= day < pause.end and pause.rule in ("", rule.id) and pause.kind in ("", rule.kind):
            return pause
    return None


def _obligation(clock: Clock, facts: Facts, calendar: WorkingCalendar, on: date, day: int) -> Obligation:
    rule, due = clock.rule, clock.due
    due_on: date | datetime | None = None
    book_by: date | None = None
    if due is not None:
        due_on = date.fromordinal(due)
        booked = calendar.ordinal_before_or_on(due)
        book_by = due_on if booked == due else date.fromordinal(booked)
        if clock.minute is not None:
            due_on = datetime.combine(due_on, time(clock.minute // 60, clock.minute % 60))
    counts_from = clock.counts_from or clock.started_by
    return Obligation(
        obligation_id(facts.subject_id, rule.id, clock.started_by, counts_from),
        "worker" if rule.applies_to.subject == "worker" else "child",
        facts.subject_id,
        rule.id,
        rule.kind,
        due_on,
        book_by,
        _state(clock, facts, day),
        clock.started_by,
        counts_from,
        date.fromordinal(clock.last) if clock.last else None,
        date.fromordinal(clock.start) if clock.start else None,
        on,
        clock.plan,
        clock.set_by,
        clock.looser,
    )


def obligation_id(subject_id: str, rule: str, started_by: str, counts_from: str) -> str:
    """What an obligation is called, today and when it is history: by this a story is told of it."""
    return f"{subject_id}:{rule}:{started_by}:{counts_from}"


def _state(clock: Clock, facts: Facts, day: int) -> str:
    """`overdue`, `due`, `upcoming` or `unknown`, on a day given as an ordinal."""
    due = clock.due
    if due is None:
        if clock.rule.kind == "check":
            return "due"
        return "overdue" if clock.rule.kind == "visit" else "unknown"
    if due < day:
        if due < facts.tracked_from and not is_knowable(clock.rule, facts.source):
            return "unknown"
        return "overdue"
    return "due" if due - day <= SOON_DAYS else "upcoming"


def is_knowable(rule: Rule, source: str) -> bool:
    """Whether the child's source can hold what fulfils or ends the rule; what was typed in here can hold everything.

    No source says where a visit was or who made it, and none can say that an event's clock was met by another event than
    those it holds: what of this a rule asks for cannot be known.
    """
    held = held_by(source)
    if held is None or rule.counts.end or rule.counts.nothing:
        return True
    if not rule.counts.is_visit:
        return rule.counts.event <= held
    ends_are_known = rule.is_course_rule or rule.lasts_events <= held
    return "visit" in held and ends_are_known and not rule.counts.place and not rule.counts.by


def rule_of(obligation: Obligation, rules: RuleSet) -> Rule:
    """The version of the rule that set the date: in force when the clock last started, else on the day looked at."""
    days = (obligation.last, obligation.start, obligation.on)
    found = rules.ruling(obligation.rule, days, obligation.set_by == "law")
    return found or Rule(id=obligation.rule, title=obligation.rule, kind=obligation.kind)
