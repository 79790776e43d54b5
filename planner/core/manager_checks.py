"""The manager's checks of an assessment, at the days the rule says: which are to be recorded, and which was done when."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.core.durations import Duration
from planner.core.outlook_rows import OpenCase
from planner.core.records import Event
from planner.core.rule import Rule

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

CHECK_RULE = "ASM-CHK"
CHECKED = "assessment_checked"
"""The event of a check that was held."""
LIMIT_RULE = "ASM-45"
EARLY = 5
"""A check held so many working days before its day, or fewer, is that check."""


@dataclass(frozen=True, slots=True)
class CheckDue:
    """A check that is to be recorded: on which working day of the assessment it was due, and which day that was."""

    case: OpenCase
    working_day: int
    due_on: date


def checks_due(outlook: "Outlook") -> tuple[CheckDue, ...]:
    """Checks whose day has come and that nobody recorded, one a child, the oldest first.

    A check stands until the next one takes its place; after the last it is let go with the reminder's interval.
    """
    rows = [_check_due(outlook, case) for case in outlook.cases if any(spell.plan == "assessment" for spell in case.plans)]
    return tuple(sorted((row for row in rows if row), key=lambda row: (row.due_on, row.case.child.reference)))


def _check_due(outlook: "Outlook", case: OpenCase) -> CheckDue | None:
    rule = outlook.policy(case.team_id).version(CHECK_RULE, outlook.on)
    limit = next((one for one in outlook.owed_to(case.child.id) if one.rule == LIMIT_RULE), None)
    if rule is None or not rule.switched_on or limit is None or limit.start is None:
        return None
    days = check_days(outlook, rule, limit.start)
    past = [(number, day) for number, day in days if day <= outlook.on]
    if not past:
        return None
    number, day = past[-1]
    let_go = _let_go(outlook, rule, limit.start, days, number)
    if outlook.on >= let_go or (case.child.tracked_from is not None and day < case.child.tracked_from):
        return None
    since = max((one for _, one in past[:-1]), default=limit.start)
    return None if _is_done(outlook, case, since, day) else CheckDue(case, number, day)


def check_days(outlook: "Outlook", rule: Rule, start: date) -> list[tuple[int, date]]:
    """The days of the rule's checks from the start of an assessment, each with its count of the rule's unit."""
    if rule.first is None:
        return []
    counts = [rule.first.count]
    while rule.every and rule.lasts_for is not None and counts[-1] + rule.every[0].count <= rule.lasts_for.count:
        counts.append(counts[-1] + rule.every[0].count)
    return [(count, _day(outlook, rule, start, count)) for count in counts]


def _day(outlook: "Outlook", rule: Rule, start: date, count: int) -> date:
    assert rule.first is not None
    return date.fromordinal(Duration(count, rule.first.unit).end(start.toordinal(), outlook.calendar))


def _let_go(outlook: "Outlook", rule: Rule, start: date, days: list[tuple[int, date]], number: int) -> date:
    """The day on which a check that was not recorded is no longer asked for."""
    later = [day for count, day in days if count > number]
    step = rule.every[0].count if rule.every else number
    return later[0] if later else _day(outlook, rule, start, number + step)


def _is_done(outlook: "Outlook", case: OpenCase, since: date, day: date) -> bool:
    """Whether a check was held for this day: on it, after it, or a few working days before it and after the one before."""
    held = [
        event.on
        for event in outlook.snapshot.by(Event, "child_id", case.child.id)
        if event.event == CHECKED and event.status == "held" and event.on is not None and event.on <= outlook.on
    ]
    return any(on >= day or (on > since and outlook.calendar.between(on, day) <= EARLY) for on in held)
