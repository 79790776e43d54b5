"""The manager's own queue: what waits for a decision, and of assessments the day each is to be with the manager."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.core.away_reasons import manages
from planner.core.closing import ReadyToClose
from planner.core.manager_checks import LIMIT_RULE, CheckDue, checks_due
from planner.core.obligations import Obligation
from planner.core.outlook_rows import OpenCase
from planner.core.records import Event, Person
from planner.core.stories import Told
from planner.core.transfers import ToMove
from planner.core.tried_visits import TriedTwice, tried_twice

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

TO_MANAGER = "ASM-TOMGR"
"""The local rule of the day by which an assessment is to be with the manager."""


@dataclass(frozen=True, slots=True)
class ToSign:
    """An assessment sent to the manager and not yet authorised: since when, for how many working days, and its limit."""

    case: OpenCase
    sent_on: date
    working_days: int
    obligation: Obligation | None


@dataclass(frozen=True, slots=True)
class ToDecide:
    """One thing that waits for the manager, and `about` its own row.

    `kind` is `tries`, `sign`, `closing`, `transfer`, `story` or `check`.

    `since` is the day from which it waits, `working_days` how long that is.
    """

    kind: str
    case: OpenCase
    since: date
    working_days: int
    about: TriedTwice | ToSign | ReadyToClose | ToMove | Told | CheckDue


def manager_queue(outlook: "Outlook") -> tuple[ToDecide, ...]:
    """All that waits for the manager, in order of need: children not seen, assessments, closings, transfers, stories, checks."""
    return tuple(_to_decide(outlook))


def is_for(person: Person | None, row: ToDecide) -> bool:
    """Whether the person may decide it: the manager of the child's team, and of a transfer that of the receiving one too."""
    if isinstance(row.about, ToMove) and row.about.transfer is not None and manages(person, row.about.transfer.to_team_id):
        return True
    return manages(person, row.case.team_id)


def _to_decide(outlook: "Outlook") -> Iterator[ToDecide]:
    def waits(kind: str, row: TriedTwice | ToSign | ReadyToClose | ToMove | Told | CheckDue, since: date) -> ToDecide:
        return ToDecide(kind, row.case, since, outlook.calendar.between(since, outlook.on), row)

    for tried in tried_twice(outlook):
        yield waits("tries", tried, tried.days[-1])
    for sent in assessments_to_sign(outlook):
        yield waits("sign", sent, sent.sent_on)
    for ready in outlook.closures_to_authorise:
        yield waits("closing", ready, ready.closing.ready_on or outlook.on)
    for move in outlook.transfers_to_decide:
        yield waits("transfer", move, move.by or outlook.on)
    for told in outlook.told_stories:
        if not told.is_agreed:
            yield waits("story", told, told.story.written_on or outlook.on)
    for check in checks_due(outlook):
        yield waits("check", check, check.due_on)


def assessments_to_sign(outlook: "Outlook") -> tuple[ToSign, ...]:
    """Assessments that wait for the manager, nearest their limit first, then longest waiting."""
    rows = []
    for case in outlook.cases:
        sent = sent_to_manager_on(outlook, case)
        if sent is not None:
            limit = _owed(outlook, case, LIMIT_RULE)
            rows.append(ToSign(case, sent, outlook.calendar.between(sent, outlook.on), limit))
    return tuple(sorted(rows, key=lambda row: (_limit_day(row), row.sent_on, row.case.child.reference)))


def _limit_day(row: ToSign) -> date:
    return (row.obligation.due_on if row.obligation else None) or date.max


def sent_to_manager_on(outlook: "Outlook", case: OpenCase) -> date | None:
    """The day the open assessment was last sent to the manager; None where it was not, or has been authorised since."""
    days: dict[str, date] = {}
    for event in outlook.snapshot.by(Event, "child_id", case.child.id):
        if event.status == "held" and event.on is not None and (case.case.received_on or date.min) <= event.on <= outlook.on:
            days[event.event] = event.on
    sent, authorised = days.get("assessment_to_manager"), days.get("assessment_authorised")
    return sent if sent is not None and (authorised is None or authorised < sent) else None


def to_manager_by(outlook: "Outlook", case: OpenCase) -> date | None:
    """The day by which a child's assessment is to be with the manager; None where it is, or no rule says so."""
    owed = _owed(outlook, case, TO_MANAGER)
    return owed.due_on if owed is not None else None


def _owed(outlook: "Outlook", case: OpenCase, rule: str) -> Obligation | None:
    return next((one for one in outlook.owed_to(case.child.id) if one.rule == rule), None)
