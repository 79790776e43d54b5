"""What comes in from the front door: received, accepted as cases, or returned with a reason; and the intake weeks of teams."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from planner.actions.step import Step
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.family_line import reference_prefix, whole_reference
from planner.core.flow_records import Referral
from planner.core.intake import (
    ACCEPTED,
    QUOTA,
    RETURNED,
    TO_DECIDE,
    TURN,
    known_as,
    monday_of,
    provisional_reference,
)
from planner.core.records import Case, Child, Event, IntakeWeek, PlanSpell, Setting, Team
from planner.core.workspace_settings import CONTRACT_CAP, NAMES_ALLOWED

NOTHING = "Nothing was changed."


def receive(step: Step, team_id: str, referred: Sequence[Referral]) -> tuple[Referral, ...]:
    """Take children in, to decide on. Raises Refused for none, a team or days that are not so, or a child nobody could find."""
    if step.snapshot.find(Team, team_id) is None:
        raise Refused(f"Choose the team that takes these children in. {NOTHING}")
    if not referred:
        raise Refused(f"There is no child to take in. Paste the list, or type a family. {NOTHING}")
    keeps_names = step.snapshot.setting(NAMES_ALLOWED) == "yes"
    homes = {one.household: step.new_id() for one in referred if one.household}
    made = []
    for one in referred:
        check_referral(step, one)
        home, name = homes.get(one.household, ""), one.name if keeps_names else ""
        made.append(replace(one, id=step.new_id(), team_id=team_id, household=home, name=name))
        step.put(made[-1])
    return tuple(made)


def accept(step: Step, referral_ids: Sequence[str]) -> tuple[Case, ...]:
    """Accept children: each has a case from the day of referral, passed to the team when received, and an assessment.

    Those of a household share it, and wait for a worker. Raises Refused for a child who has an open case already.
    """
    return tuple(_accept(step, _undecided(step, referral_id)) for referral_id in _some(referral_ids))


def receive_and_accept(step: Step, team_id: str, referred: Sequence[Referral]) -> tuple[Case, ...]:
    """Take children in and accept them in one step; raises as both do, and then none is taken in."""
    return accept(step, [one.id for one in receive(step, team_id, referred)])


def return_to_sender(step: Step, referral_ids: Sequence[str], reason: str) -> tuple[Referral, ...]:
    """Return children to who sent them, with the reason. Raises Refused without one, or for one decided already."""
    if not reason.strip():
        raise Refused(f"Give the reason for the return: it is listed with the child. {NOTHING}")
    returned = []
    for referral_id in _some(referral_ids):
        former = _undecided(step, referral_id)
        returned.append(_decided(step, former, RETURNED, reason=reason.strip()))
    return tuple(returned)


def give_reference(step: Step, child_id: str, reference: str) -> Child:
    """Give a child the reference the case system now has. Raises Refused for none, or one that another child has."""
    child = step.snapshot.find(Child, child_id)
    typed = whole_reference(reference.strip(), reference_prefix(one.reference for one in step.snapshot.all(Child).values()))
    if child is None or not typed:
        raise Refused(f"Type the reference the case system has for the child. {NOTHING}")
    if any(other.id != child_id for other in step.snapshot.by(Child, "reference", typed)):
        raise Refused(f"{typed} is another child's reference here. Look it up in the case system. {NOTHING}")
    changed = replace(child, reference=typed)
    step.put(changed)
    return changed


# The intake weeks


def set_intake_week(step: Step, team_id: str, week_on: date, quota: int = QUOTA, *, week_id: str = "") -> IntakeWeek:
    """Put a team on intake in the week of a day, or change such a week (`week_id`). Raises Refused for one there already."""
    if step.snapshot.find(Team, team_id) is None:
        raise Refused(f"Choose the team that is on intake. {NOTHING}")
    if quota < 1:
        raise Refused(f"Enter how many children the week is for, 1 or more. {NOTHING}")
    monday = monday_of(week_on)
    same = [one for one in step.snapshot.by(IntakeWeek, "team_id", team_id) if one.week_on == monday and one.id != week_id]
    if same:
        raise Refused(f"The team is on intake in the week of {plain_date(monday)} already. {NOTHING}")
    week = IntakeWeek(id=week_id or step.new_id(), team_id=team_id, week_on=monday, quota=quota)
    step.put(week)
    return week


def plan_intake_weeks(
    step: Step, team_id: str, first_on: date, times: int, quota: int = QUOTA, every: int = TURN
) -> tuple[IntakeWeek, ...]:
    """Put a team on intake in one week of `every`, `times` times from the week of a day; weeks it has are left as they are."""
    if not 1 <= times <= 26:
        raise Refused(f"Plan from 1 to 26 intake weeks at a time. {NOTHING}")
    monday = monday_of(first_on)
    wanted = [monday + timedelta(weeks=every * number) for number in range(times)]
    held = {week.week_on for week in step.snapshot.by(IntakeWeek, "team_id", team_id)}
    made = tuple(set_intake_week(step, team_id, week, quota) for week in wanted if week not in held)
    if not made:
        raise Refused(f"The team is on intake in all of these weeks already. {NOTHING}")
    return made


def plan_turns(
    step: Step, team_ids: Sequence[str], first_on: date, times: int, quota: int = QUOTA, every: int = TURN
) -> tuple[IntakeWeek, ...]:
    """Put teams on intake in turn, a week each from the week of a day, every `every` weeks; raises as `plan_intake_weeks`.

    Raises Refused as well where there are more teams than weeks to take turns in.
    """
    if not team_ids or len(team_ids) > every:
        raise Refused(
            f"{len(team_ids)} teams cannot take turns in {every} weeks. Enter as many weeks as there are teams. {NOTHING}"
        )
    planned = (
        plan_intake_weeks(step, team_id, first_on + timedelta(weeks=number), times, quota, every)
        for number, team_id in enumerate(team_ids)
    )
    return tuple(week for weeks in planned for week in weeks)


def remove_intake_week(step: Step, week_id: str) -> None:
    """Take an intake week back; the children received in it stay. Raises Refused where it is gone already."""
    week = step.snapshot.find(IntakeWeek, week_id)
    if week is None:
        raise Refused(f"This intake week is gone already. {NOTHING}")
    step.remove(week)


def set_contract_cap(step: Step, cap: int | None) -> None:
    """Say how many cases may be open at one time under the contract; None for no such cap. Raises Refused for less than 1."""
    if cap is not None and cap < 1:
        raise Refused(f"Enter how many cases the contract allows, 1 or more, or leave it empty. {NOTHING}")
    step.put(Setting(id=CONTRACT_CAP, value="" if cap is None else str(cap)))


# How it is done


def _some(referral_ids: Sequence[str]) -> list[str]:
    if not referral_ids:
        raise Refused(f"Choose at least one child who waits for a decision. {NOTHING}")
    return list(dict.fromkeys(referral_ids))


def _undecided(step: Step, referral_id: str) -> Referral:
    referral = step.snapshot.find(Referral, referral_id)
    if referral is None or referral.status != TO_DECIDE:
        raise Refused(f"This child was decided on already. Undo that first. {NOTHING}")
    return referral


def check_referral(step: Step, one: Referral) -> None:
    """Raises Refused with what the child referred lacks, or what cannot be so."""
    called = one.reference or one.initials
    if not called:
        raise Refused(f"A child has neither reference nor initials. Give one of them. {NOTHING}")
    if one.referred_on is None or one.received_on is None:
        raise Refused(f"Give the day {called} was referred and the day received: the clocks run from them. {NOTHING}")
    if one.received_on > step.today or one.referred_on > one.received_on:
        raise Refused(f"{called}: the referral comes first, then the day received, and neither after today. {NOTHING}")
    if one.born is not None and one.born > one.received_on:
        raise Refused(f"{called}: the date of birth is after the day received. {NOTHING}")


def _accept(step: Step, referral: Referral) -> Case:
    child = _child(step, referral)
    assert referral.referred_on is not None
    case = Case(
        id=step.new_id(),
        child_id=child.id,
        team_id=referral.team_id,
        received_on=referral.referred_on,
        passed_to_team_on=referral.received_on,
        referral_source=referral.referral_source,
        priority=referral.priority,
        first_visit_by=referral.first_visit_by,
    )
    step.put(case)
    step.put(PlanSpell(id=step.new_id(), child_id=child.id, plan="assessment", start=referral.referred_on))
    step.put(Event(id=step.new_id(), child_id=child.id, event="referral_received", on=referral.referred_on))
    _decided(step, referral, ACCEPTED, child_id=child.id, case_id=case.id)
    return case


def _child(step: Step, referral: Referral) -> Child:
    """The child here, or a new one; siblings known and new come to share one household."""
    known = step.snapshot.find(Child, referral.child_id)
    if known is None:
        same = known_as(step.snapshot, referral.reference, "", None, step.today)
        known = same[0].child if same else None
    if known is not None and step.snapshot.case(known.id, step.today) is not None:
        raise Refused(
            f"{known.reference} has an open case here. Return this referral as the same one twice, "
            f"or close that case first. {NOTHING}"
        )
    home = _home(step, referral, known)
    if known is not None:
        child = replace(known, household=home or known.household, family=known.family or home)
    else:
        facts = {name: getattr(referral, name) for name in ("initials", "name", "born", "expected", "locality")}
        reference = referral.reference or provisional_reference(step.snapshot)
        child = Child(id=step.new_id(), reference=reference, household=home, family=home, **facts)
    step.put(child)
    return child


def _home(step: Step, referral: Referral, known: Child | None) -> str:
    """The household's own id: that of a sibling who is here already, else the referral's."""
    if not referral.household:
        return known.household if known else ""
    siblings = step.snapshot.by(Referral, "household", referral.household)
    children = [step.snapshot.find(Child, one.child_id) for one in siblings if one.child_id]
    homes = [child.household for child in (known, *children) if child is not None and child.household]
    return homes[0] if homes else referral.household


def _decided(step: Step, referral: Referral, status: str, **facts: str) -> Referral:
    decided = replace(referral, status=status, decided_on=step.today, decided_by=step.person.name, **facts)  # type: ignore[arg-type]
    step.put(decided)
    return decided
