"""Why something is due: the rule, the sum and what did not count, in sentences, made only when asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.core.clocks import course_at, duty_clock
from planner.core.codes import EVENTS
from planner.core.date_words import MONTHS
from planner.core.durations import Duration
from planner.core.evidence import is_counted
from planner.core.facts import Facts, Seeing
from planner.core.obligations import Obligation
from planner.core.policy import RuleSet, duty_of, rules_for
from planner.core.rule import ANY_PLACEMENT, ORDER, PLACEMENT, SHORT_BREAKS, SPELL, VISIT_MADE, WORK, Counts, Rule
from planner.core.working_days import WorkingCalendar

_FORCES = {
    "REG": "regulation",
    "REG/SG": "regulation and guidance",
    "SG": "statutory guidance",
    "PRAC": "good practice",
    "LOCAL": "local policy",
}
_STARTS = {
    SPELL: ("the start of the plan", "The plan began on"),
    PLACEMENT: ("the start of the placement", "The placement began on"),
    ANY_PLACEMENT: ("the start or change of the placement", "The placement began or changed on"),
    ORDER: ("the order or the placement, the later", "The order was made, or the placement began, on"),
    SHORT_BREAKS: ("the first short break", "The first short break began on"),
    VISIT_MADE: ("the visit", "The visit was made on"),
    WORK: ("the start of work", "Work began on"),
}
_EVENTS = {
    "referral_received": "the referral",
    "passed_to_team": "reaching the team",
    "assessment_authorised": "the end of the assessment",
    "strategy_discussion": "the strategy discussion",
    "section_47_started": "the start of the enquiry",
    "transfer_in_notified": "the notice of transfer",
    "lac_review_held": "the review",
    "authority_to_place": "the authority to place",
    "private_fostering_notified": "the notification",
    "care_leaver_moved": "the move",
    "returned_from_missing": "the return",
    "letter_before_proceedings": "the letter",
    "care_application_issued": "the issue of the application",
    "police_protection_started": "its start",
    "emergency_protection_order_granted": "its grant",
}
"""What an event is called after “within 10 working days of”."""


def why(obligation: Obligation, facts: Facts, rules: RuleSet, calendar: WorkingCalendar) -> str:
    """Sentences that say under which rule the obligation stands and how its date comes about.

    The year of a date is given where it is not that of the day looked at. Other rules of the same duty that apply, and
    visits since that did not count, are named.
    """
    rules = rules_for(facts, rules)
    days = (obligation.last, obligation.start, obligation.on)
    rule = rules.ruling(obligation.rule, days, obligation.set_by == "law") or Rule(id=obligation.rule, title=obligation.rule)
    said = [_rule_words(obligation, rule, facts, calendar), _sum(obligation, rule, facts)]
    said += _uncounted(obligation, rule, facts)
    said += _others(obligation, rule, facts, rules, calendar)
    if obligation.due_on is not None and obligation.book_by is not None and obligation.book_by < obligation.due_on:
        said.append(f"That is no working day: book it by {_day(obligation.book_by, obligation)}.")
    if rule.confirm_locally:
        said.append("Confirm this rule locally.")
    return " ".join(one for one in said if one)


def _day(day: date | None, obligation: Obligation) -> str:
    if day is None:
        return "a day not known"
    year = f" {day.year}" if obligation.on is None or day.year != obligation.on.year else ""
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def _rule_words(obligation: Obligation, rule: Rule, facts: Facts, calendar: WorkingCalendar) -> str:
    """`Child protection visit every 10 working days (local policy).`"""
    force = "the child’s own plan" if obligation.set_by == "plan" else _FORCES.get(rule.force, rule.force)
    if obligation.set_by != "plan" and rule.layer not in ("england",) and rule.force != "LOCAL":
        force = "local policy, stricter than the law"
    if obligation.kind == "check":
        return f"{rule.title} ({force})."
    if obligation.set_by == "plan":
        own = [one.every for one in sorted(facts.frequencies, key=lambda one: (one.rule == rule.id, one.start), reverse=True)]
        is_day_counted = rule.count_visit_day and obligation.last is not None
        return f"{rule.title} {_each(_giving_its_date(own, obligation, calendar, is_day_counted))} ({force})."
    counted = ", the day itself counted" if rule.count_visit_day and rule.every else ""
    since_start = obligation.last is None or not rule.every
    if since_start and rule.first is not None:
        start = ", that day counted" if rule.beginning_with else ""
        return f"{rule.title} within {rule.first} of {_trigger_words(rule, obligation.plan)[0]}{start} ({force})."
    lengths = [*rule.every, *([rule.then] if rule.then is not None else [])]
    table = calendar if rule.bank_holidays == "out" else calendar.weekdays
    return f"{rule.title} {_each(_giving_its_date(lengths, obligation, table, rule.count_visit_day))}{counted} ({force})."


def _giving_its_date(lengths: Sequence[Duration], obligation: Obligation, table: WorkingCalendar, is_day_counted: bool) -> str:
    """The length that gives the date: of several, the one whose sum it is."""
    since, due = obligation.last or obligation.start, obligation.due_on
    if since is not None and due is not None:
        for length in lengths:
            if length.end(since.toordinal(), table, is_day_counted) == due.toordinal():
                return str(length)
    return str(lengths[0]) if lengths else "so often"


def _each(length: str) -> str:
    """`every week`, and not `every 1 week`."""
    return f"every {length.removeprefix('1 ')}"


def _trigger_words(rule: Rule, plan: str) -> tuple[str, str]:
    """What the clock runs from, and the words before the day on which that was."""
    trigger = rule.trigger[-1] if rule.trigger[0] == SPELL and len(rule.trigger) > 1 else rule.trigger[0]
    if trigger == SPELL and plan == "lac":
        return "becoming looked after", "Looked after from"
    if trigger in EVENTS:
        return _EVENTS.get(trigger, EVENTS[trigger].lower()), f"{EVENTS[trigger]} on"
    return _STARTS.get(trigger, (f"the {trigger}", f"The {trigger} was on"))


def _sum(obligation: Obligation, rule: Rule, facts: Facts) -> str:
    """`Last seen 6 November, so due 20 November.`"""
    due = obligation.due_on
    if obligation.kind == "check":
        if not rule.counts.seen_alone:
            return ""
        times = f"the last {rule.counts.among_last} visits" if rule.counts.among_last > 1 else "the last visit"
        return f"At {times}, the latest on {_day(obligation.last, obligation)}, the child was not seen alone."
    if due is None:
        seen = "no visit in which the child was seen is recorded" if obligation.kind == "visit" else "nothing is recorded"
        return f"The day the plan began is not known, and {seen}."
    minute = f" at {obligation.due:%H:%M}" if obligation.due is not due and obligation.due is not None else ""
    so_due = f"so due {_day(due, obligation)}{minute}."
    if obligation.last is not None and rule.every:
        last = "seen" if rule.counts.is_visit else "held"
        if rule.anchor != "last visit":
            return (
                f"Last {last} {_day(obligation.last, obligation)}; counted from the {rule.anchor.removeprefix('last ')}, {so_due}"
            )
        return f"Last {last} {_day(obligation.last, obligation)}, {so_due}"
    if rule.after_birth is not None and 0 < facts.born <= (obligation.on or due).toordinal():
        born = date.fromordinal(facts.born)
        start = f"The plan began on {_day(obligation.start, obligation)}, the child was born on {_day(born, obligation)}"
        return f"{start} and {rule.after_birth} after birth counts too, {so_due}"
    return f"{_start_words(obligation, rule, facts)} {_day(obligation.start, obligation)}, {so_due}"


def _start_words(obligation: Obligation, rule: Rule, facts: Facts) -> str:
    """What began on the day the clock started: the event where it was one."""
    for name in rule.trigger:
        if any(event.id == obligation.started_by for event in facts.events.get(name, ())):
            return f"{EVENTS[name]} on"
    if rule.trigger[0] == SPELL:
        return "Looked after from" if obligation.plan == "lac" else _STARTS[SPELL][1]
    return _trigger_words(rule, obligation.plan)[1]


def _uncounted(obligation: Obligation, rule: Rule, facts: Facts) -> list[str]:
    """The visits since the clock last started that did not count, and why."""
    since = obligation.last or obligation.start
    if not rule.counts.is_visit or obligation.kind != "visit" or obligation.on is None:
        return []
    first = since.toordinal() if since is not None else 0
    visits = [one for one in facts.visits if first <= one.on <= obligation.on.toordinal() and one.id != obligation.counts_from]
    return [
        f"The visit of {_day(date.fromordinal(one.on), obligation)} does not count: {_why_not(one, rule.counts)}."
        for one in visits
        if not is_counted(one, rule.counts)
    ]


def _why_not(visit: Seeing, counts: Counts) -> str:
    if not visit.seen:
        return "the child was not seen"
    if counts.seen_alone and visit.seen_alone is not True:
        return "the child was not seen alone"
    if counts.place and visit.place not in counts.place:
        return f"it was not at {_one_of(counts.place)}"
    if counts.mode and visit.mode not in counts.mode:
        return f"it was not {_one_of(counts.mode)}"
    if counts.standing and visit.standing not in counts.standing:
        return f"it was not a {_one_of(counts.standing)} visit"
    return f"it was not made by a {_one_of(counts.by)}"


def _one_of(words: frozenset[str]) -> str:
    return " or ".join(sorted(words))


def _others(obligation: Obligation, rule: Rule, facts: Facts, rules: RuleSet, calendar: WorkingCalendar) -> list[str]:
    """What else is said of the same duty: by other rules, by the law under a local rule, and by policy under the plan."""
    if obligation.on is None or not rule.is_course_rule:
        return []
    day = obligation.on.toordinal()
    plain = replace(facts, frequencies=())
    said: list[str] = []
    for spell in facts.spells:
        if spell.plan != obligation.plan or not spell.start <= day < spell.end:
            continue
        course = course_at(facts, spell, day)
        for duty in rules.duties(day, course.state):
            if obligation.rule not in duty.ids and duty.family != (rule.kind, rule.counts):
                continue
            for other in duty.rules:
                if obligation.set_by != "plan" and other.id == rule.id and other.layer == rule.layer:
                    continue
                one = duty_of(duty.family, (other,))
                clock = duty_clock(one, course, plain, rules, calendar, day, day)
                if clock is not None and clock.due is not None and clock.rule.id == other.id:
                    said.append(_other_words(obligation, other, clock.due))
    if obligation.looser and obligation.set_by != "plan":
        said.append("The child’s own plan is looser than the law, which holds.")
    return list(dict.fromkeys(said))


def _other_words(obligation: Obligation, other: Rule, due: int) -> str:
    """`CP-VISIT by local policy would be 20 November.`"""
    day = date.fromordinal(due)
    force = _FORCES.get(other.force, other.force) if other.is_statutory or other.force == "LOCAL" else "local policy"
    if obligation.set_by == "plan" and obligation.due_on is not None and obligation.due_on > day:
        return f"The plan is looser than {other.id} ({force}), which would be {_day(day, obligation)}."
    return f"{other.id} ({force}) would be {_day(day, obligation)}."
