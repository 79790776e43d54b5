"""Visits tried without seeing the child: the days since the child was last seen, and what a manager decided of them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.core.flow_records import Decision
from planner.core.outlook_rows import OpenCase
from planner.core.records import Visit

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

TRIES_FOR_A_DECISION = 2
"""So many tries without seeing a child on a child protection plan need a manager's decision."""
TRIES = "tries"


@dataclass(frozen=True, slots=True)
class TriedTwice:
    """A child on a child protection plan whom the visits on these days did not see; `former` is what was decided before."""

    case: OpenCase
    days: tuple[date, ...]
    last_visit_id: str
    former: Decision | None


def tries(outlook: "Outlook", case: OpenCase) -> tuple[Visit, ...]:
    """The visits since the child was last seen that were tried, or made without seeing the child, in order of day."""
    after = case.last_seen or case.case.received_on or date.min
    return tuple(
        visit
        for visit, sighting in outlook.snapshot.visits_of(case.child.id)
        if visit.on is not None and after < visit.on <= outlook.on
        if visit.status == "attempted" or (visit.status == "made" and not sighting.seen)
    )


def tried_on(outlook: "Outlook", case: OpenCase) -> list[date]:
    """The days of those visits, each once."""
    return sorted({visit.on for visit in tries(outlook, case) if visit.on is not None})


def decided_of_tries(outlook: "Outlook", child_id: str) -> tuple[Decision, ...]:
    """What managers decided of tries to see a child, by the day looked at, oldest first."""
    found = outlook.snapshot.by(Decision, "child_id", child_id)
    return tuple(one for one in found if one.matter == TRIES and (one.on or outlook.on) <= outlook.on)


def tried_twice(outlook: "Outlook") -> tuple[TriedTwice, ...]:
    """Children on a CP plan tried twice or more since last seen, where nothing is decided since the last try."""
    rows = [_row(outlook, case) for case in outlook.cases if any(spell.plan == "cp" for spell in case.plans)]
    return tuple(sorted((row for row in rows if row is not None), key=lambda row: (row.days[0], row.case.child.reference)))


def _row(outlook: "Outlook", case: OpenCase) -> TriedTwice | None:
    tried = tries(outlook, case)
    days = tuple(sorted({visit.on for visit in tried if visit.on is not None}))
    if len(tried) < TRIES_FOR_A_DECISION:
        return None
    decided, last = decided_of_tries(outlook, case.child.id), tried[-1]
    if any(one.about == last.id for one in decided):
        return None
    return TriedTwice(case, days, last.id, decided[-1] if decided else None)
