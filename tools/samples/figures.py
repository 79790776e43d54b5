"""The published figures of the two projects, counted from records by plain definitions, each with its denominator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.core.duty_history import visit_clocks
from planner.core.facts import facts_of
from planner.core.policy import policy_of
from planner.core.records import Case, Event, PlanSpell, Sighting, Visit
from planner.core.reference import Reference
from planner.core.snapshot import Snapshot


@dataclass(frozen=True)
class Figure:
    """A number out of a number; for a mean, the sum and how many."""

    numerator: float
    denominator: int

    @property
    def share(self) -> float:
        """The one divided by the other."""
        return self.numerator / self.denominator


def children(snapshot: Snapshot) -> int:
    """Children with a case in the project."""
    return len({case.child_id for case in snapshot.all(Case).values()})


def closed(snapshot: Snapshot) -> Figure:
    """Cases closed, of all."""
    cases = snapshot.all(Case).values()
    return Figure(sum(case.outcome == "closed" for case in cases), len(cases))


def turnover_weeks(snapshot: Snapshot, plan: str = "") -> Figure:
    """Weeks from receipt to end, of finished cases (closed or transferred, not handed back); of those that came to a plan."""
    cases = [case for case in snapshot.all(Case).values() if case.outcome in ("closed", "transferred")]
    if plan:
        cases = [case for case in cases if came_to(snapshot, case.child_id) == plan]
    days = [(case.ended_on - case.received_on).days for case in cases if case.ended_on and case.received_on]
    return Figure(sum(days) / 7, len(days))


def came_to(snapshot: Snapshot, child_id: str) -> str:
    """What a child's work came to: the highest plan there ever was."""
    plans = {spell.plan for spell in snapshot.by(PlanSpell, "child_id", child_id)}
    return next(plan for plan in ("lac", "cp", "cin", "assessment") if plan in plans)


def visits(snapshot: Snapshot) -> int:
    """Children seen on visits made: a trip to three siblings, all seen, is three."""
    made = {visit.id for visit in snapshot.by(Visit, "status", "made") if visit.worker_id}
    return sum(bool(sighting.seen) and sighting.visit_id in made for sighting in snapshot.all(Sighting).values())


def peak_open(snapshot: Snapshot, days: Iterable[date]) -> int:
    """The most cases open on one of the days."""
    return max(sum(is_open(case, day) for case in snapshot.all(Case).values()) for day in days)


def is_open(case: Case, on: date) -> bool:
    """Whether a case is open on a day."""
    return case.received_on is not None and case.received_on <= on and (case.ended_on is None or on < case.ended_on)


def authorised(snapshot: Snapshot) -> dict[str, tuple[date, date]]:
    """Referral and authorisation of every child whose assessment was authorised."""
    referred = {event.child_id: event.on for event in snapshot.by(Event, "event", "referral_received") if event.on}
    done = {event.child_id: event.on for event in snapshot.by(Event, "event", "assessment_authorised") if event.on}
    return {child: (referred[child], on) for child, on in done.items() if child in referred}


def closed_at_assessment(snapshot: Snapshot) -> Figure:
    """Children closed after assessment (RC8, RC9), of those whose assessment was authorised."""
    assessed = authorised(snapshot)
    cases = [case for case in snapshot.all(Case).values() if case.child_id in assessed]
    return Figure(sum(case.closure_reason in ("RC8", "RC9") for case in cases), len(assessed))


def assessments_under_eight_weeks(snapshot: Snapshot) -> Figure:
    """Assessments authorised less than eight weeks after the referral, of those authorised."""
    days = [(done - referred).days for referred, done in authorised(snapshot).values()]
    return Figure(sum(one < 56 for one in days), len(days))


def plans_closed(snapshot: Snapshot) -> Figure:
    """Cases closed, of all that came to a child in need or child protection plan and no higher."""
    cases = [case for case in snapshot.all(Case).values() if came_to(snapshot, case.child_id) in ("cin", "cp")]
    return Figure(sum(case.outcome == "closed" for case in cases), len(cases))


def visits_in_time(snapshot: Snapshot, reference: Reference, until: date) -> Figure:
    """Visits made on or before the day they fell due, of all due dates of open cases up to a day.

    Left out are due dates that a suspension covers, and those whose plan or case ended before them.
    """
    rules = policy_of(snapshot, reference.policies)
    met = due = 0
    for case in snapshot.all(Case).values():
        for clock in visit_clocks(facts_of(snapshot, case.child_id), rules, reference.calendar, until):
            is_ours = clock.due is not None and is_open(case, clock.due) and clock.due <= until
            stopped = (
                clock.met_on is None and clock.ended_on is not None and clock.due is not None and clock.ended_on <= clock.due
            )
            if is_ours and not clock.reason and not stopped:
                due += 1
                met += clock.is_met_in_time
    return Figure(met, due)
