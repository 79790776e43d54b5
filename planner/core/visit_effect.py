"""What logging a visit does to a child's visit clocks, worked out before it is logged, so that a line can say it."""

from dataclasses import dataclass, replace

from planner.core.facts import Seeing, facts_of, in_order
from planner.core.obligations import Obligation, owed
from planner.core.outlook import Outlook, by_due
from planner.core.tried_visits import TRIES_FOR_A_DECISION, tries
from planner.core.visit_check import role_on
from planner.core.visit_line import VisitLine
from planner.core.visit_outcome import Outcome


@dataclass(frozen=True, slots=True)
class ClockMoved:
    """One visiting duty before and after a visit; `after` is None where the visit fulfilled it for good."""

    before: Obligation | None
    after: Obligation | None

    @property
    def has_moved(self) -> bool:
        """Whether it is due on another day than before, or no more."""
        return (self.before and self.before.due) != (self.after and self.after.due)


def clocks_moved(outlook: Outlook, line: VisitLine, child_id: str, outcome: Outcome) -> tuple[ClockMoved, ...]:
    """Every visiting duty owed to a child on the day looked at, before and after this visit; earliest after it first.

    Only a visit in which the child was seen can move one (`domain.md`: an attempt does not reset the clock).
    """
    case = outlook.case_of(child_id)
    if case is None or line.day is None or line.day > outlook.on:
        return ()
    facts = facts_of(outlook.snapshot, child_id)
    seeing = Seeing(
        line.day.toordinal(),
        "",
        outcome.is_seen,
        {"alone": True, "not alone": False}.get(outcome.how),
        line.place,
        line.mode or "face to face",
        line.standing or "statutory",
        role_on(outlook.snapshot, child_id, line.worker_id, outlook.on),
        bool(outcome.why) and outcome.how == "not alone",
    )
    later = replace(facts, visits=in_order((*facts.visits, seeing)))
    before = {one.rule: one for one in outlook.owed_to(child_id) if one.kind == "visit"}
    found = [one for one in owed(later, outlook.policy(case.team_id), outlook.calendar, outlook.on) if one.kind == "visit"]
    after = {one.rule: one for one in sorted(found, key=by_due)}
    return tuple(ClockMoved(before.get(rule), after.get(rule)) for rule in dict.fromkeys([*after, *before]))


def needs_decision(outlook: Outlook, line: VisitLine, child_id: str, outcome: Outcome) -> bool:
    """Whether this try is the second or later without seeing a child on a child protection plan: a manager then decides."""
    case = outlook.case_of(child_id)
    if case is None or outcome.is_seen or line.day is None or not any(spell.plan == "cp" for spell in case.plans):
        return False
    after = case.last_seen or case.case.received_on
    is_since_seen = after is None or line.day > after
    return is_since_seen and len(tries(outlook, case)) + 1 >= TRIES_FOR_A_DECISION
