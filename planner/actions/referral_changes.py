"""What was typed or decided wrong of a child referred is put right: its facts, also once accepted, and the decision itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from planner.actions.intake import NOTHING, check_referral
from planner.actions.step import Step
from planner.core.errors import Refused
from planner.core.flow_records import Referral
from planner.core.intake import TO_DECIDE
from planner.core.records import Allocation, Case, Child, Event, Placement, PlanSpell, Record, Transfer


def change_referrals(step: Step, changed: Sequence[Referral]) -> None:
    """Put the facts of referrals right; of one that was accepted, those of its child, case and assessment as well.

    Raises Refused for one that is gone, for days that cannot be, and for another child's reference.
    """
    for one in changed:
        _change(step, one)


def take_back_decision(step: Step, referral_ids: Sequence[str], reason: str) -> tuple[Referral, ...]:
    """Put children back among those to decide, with the reason; the case of one accepted goes, where no work was done in it.

    Raises Refused without a reason, for one not decided, and where a worker was named, or anything recorded, since.
    """
    if not reason.strip():
        raise Refused(f"Say why the decision is taken back: it is listed with the child. {NOTHING}")
    if not referral_ids:
        raise Refused(f"Choose a child who was accepted or returned. {NOTHING}")
    return tuple(_taken_back(step, referral_id, reason.strip()) for referral_id in dict.fromkeys(referral_ids))


def _change(step: Step, changed: Referral) -> None:
    former = step.snapshot.find(Referral, changed.id)
    if former is None:
        raise Refused(f"This referral is gone. {NOTHING}")
    check_referral(step, changed)
    child, case = step.snapshot.find(Child, former.child_id), step.snapshot.find(Case, former.case_id)
    if case is not None and child is not None:
        _change_child(step, child, changed)
        _change_case(step, former, changed, case)
    step.put(changed)


def _change_child(step: Step, child: Child, changed: Referral) -> None:
    reference = changed.reference or child.reference
    if any(other.id != child.id for other in step.snapshot.by(Child, "reference", reference)):
        raise Refused(f"{reference} is another child's reference here. Look it up in the case system. {NOTHING}")
    initials = changed.initials or child.initials
    step.put(replace(child, reference=reference, initials=initials, born=changed.born, expected=changed.expected))


def _change_case(step: Step, former: Referral, changed: Referral, case: Case) -> None:
    """The clocks run from the days as they are now: case, assessment and referral begin on the same day."""
    assert changed.referred_on is not None
    for record in _made_with(step, former, case):
        if isinstance(record, PlanSpell):
            step.put(replace(record, start=changed.referred_on))
        elif isinstance(record, Event):
            step.put(replace(record, on=changed.referred_on))
    facts = {name: getattr(changed, name) for name in ("referral_source", "priority", "first_visit_by")}
    step.put(replace(case, received_on=changed.referred_on, passed_to_team_on=changed.received_on, **facts))


def _taken_back(step: Step, referral_id: str, reason: str) -> Referral:
    former = step.snapshot.find(Referral, referral_id)
    if former is None or former.status == TO_DECIDE:
        raise Refused(f"This child waits for a decision already. {NOTHING}")
    case = step.snapshot.find(Case, former.case_id)
    waiting = replace(
        former,
        status=TO_DECIDE,
        decided_on=None,
        decided_by=step.person.name,
        reason=f"Was {former.status}; taken back: {reason}",
        child_id=_without_case(step, former, case) if case is not None else former.child_id,
        case_id="",
    )
    step.put(waiting)
    return waiting


def _without_case(step: Step, referral: Referral, case: Case) -> str:
    """Remove what accepting made; the id of the child, empty where it was first made then, and goes too."""
    child = step.snapshot.find(Child, case.child_id)
    made = _made_with(step, referral, case)
    since = case.received_on or date.min
    if case.ended_on is not None or any(day >= since for day in _days_of_work(step, case.child_id, made)):
        called = child.reference if child is not None else "This child"
        raise Refused(
            f"{called} has been given to a worker, or work was recorded since, so the decision stands. Close the case or "
            f"plan a transfer, with the reason. {NOTHING}"
        )
    for record in made:
        step.remove(record)
    if child is None or len(step.snapshot.by(Case, "child_id", case.child_id)):
        return case.child_id
    step.remove(child)
    return ""


def _made_with(step: Step, referral: Referral, case: Case) -> list[Record]:
    """The case of a referral with the assessment and the event that accepting made."""
    spells = [
        one
        for one in step.snapshot.by(PlanSpell, "child_id", case.child_id)
        if one.plan == "assessment" and one.start == referral.referred_on
    ]
    events = [
        one
        for one in step.snapshot.by(Event, "child_id", case.child_id)
        if one.event == "referral_received" and one.on == referral.referred_on
    ]
    return [case, *spells[-1:], *events[-1:]]


def _days_of_work(step: Step, child_id: str, but: Sequence[Record]) -> Iterator[date]:
    """The days of what was done or planned for a child, without some records."""
    snapshot, without = step.snapshot, {record.id for record in but}
    dated: list[tuple[Record, date | None]] = [(visit, visit.on) for visit, _ in snapshot.visits_of(child_id)]
    dated += [(one, one.start) for one in snapshot.by(Allocation, "child_id", child_id)]
    dated += [(one, one.start) for one in snapshot.by(PlanSpell, "child_id", child_id)]
    dated += [(one, one.start) for one in snapshot.by(Placement, "child_id", child_id)]
    dated += [(one, one.planned_on) for one in snapshot.by(Transfer, "child_id", child_id)]
    dated += [(one, one.on) for one in snapshot.by(Event, "child_id", child_id)]
    return (day for record, day in dated if day is not None and record.id not in without)
