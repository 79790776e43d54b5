"""A child's rows of SSD tables: who it is, referrals, assessments, plans, conferences, visits, and who held the child."""

from datetime import date, timedelta

from planner.core.recording import TOOK_PLACE, is_unrecorded
from planner.core.records import Allocation, Case, Child, Event, PlanSpell, Sighting, Visit, Worker
from planner.formats.ssd_staff import LEAD_PRACTITIONER
from planner.formats.ssd_written import Known, Written, covering
from planner.formats.ssd_written_care import period_id, write_care

A_DAY = timedelta(days=1)
ROLES = {
    "lead": "ALLOCATED CASE WORKER",
    "co-worker": "CO-WORKER",
    "personal adviser": "PERSONAL ADVISER",
    "lead child protection practitioner": LEAD_PRACTITIONER.upper(),
}


def write_child(written: Written, child: Child) -> None:
    """Everything the tables can hold of a child; nothing of one with whom no work had begun."""
    cases = written.cases(child)
    if not cases:
        return
    _person(written, child)
    referrals = _episodes(written, child, cases)
    _assessments(written, child, referrals)
    _plans(written, child, referrals)
    _enquiries(written, child, referrals)
    write_care(written, child)
    _returns(written, child)
    _visits(written, child)
    _leaver(written, child)
    _involvements(written, child, referrals)


# Who


def _person(written: Written, child: Child) -> None:
    forename, surname = parts_of_name(child)
    died = written.held(child, "child_died")
    written.put(
        "person",
        child,
        person=child.reference,
        forename=forename,
        surname=surname,
        born=child.born,
        expected=None if child.born else child.expected,
        died=died[-1][1] if died else None,
    )
    if family := child.family or child.household:
        written.put("family", child, family=family, person=child.reference)


def parts_of_name(child: Child) -> tuple[str, str]:
    """A forename and a surname that give the child's initials; of a child kept without a name the initials themselves."""
    if not child.name:
        first, dot, rest = child.initials.partition(".")
        return f"{first}{dot}", rest
    words = child.name.split(" ")
    splits = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    wanted = child.initials.replace(".", "").casefold()
    fitting = (split for split in splits if "".join(part[:1] for part in split).casefold() == wanted)
    return next(fitting, splits[0] if splits else (child.name, ""))


# Referrals and plans

Referrals = list[tuple[str, date]]
"""The child's referrals: their id and the day from which what begins belongs to them."""


def _episodes(written: Written, child: Child, cases: list[tuple[Case, date, date | None]]) -> Referrals:
    """A row for each time of work, from the day of its referral; a referral that opened none needed no further action."""
    received = written.held(child, "referral_received")
    used: set[str] = set()
    need = next((spell.category for spell, _, _ in written.spells(child, "cin") if spell.category), "")
    found = []
    before = date.min
    for case, start, end in cases:
        of_case = [(event, on) for event, on in received if before < on <= start and event.id not in used]
        on = of_case[-1][1] if of_case else start
        used |= {of_case[-1][0].id} if of_case else set()
        last = end or written.as_at
        referral = written.put(
            "cin_episodes",
            case,
            person=child.reference,
            start=on,
            need=need,
            source=case.referral_source,
            nfa=False,
            closure=case.closure_reason if end else None,
            end=end,
            team=written.team(written.snapshot.team_of(case, last)),
            worker=written.lead_on(child, end - A_DAY if end else written.as_at),
        )
        found.append((referral, on))
        before = start
    for event, on in received:
        if event.id not in used:
            written.put("cin_episodes", event, person=child.reference, start=on, nfa=True)
    return found


def _of(referrals: Referrals, on: date) -> str:
    """The referral to which what began on a day belongs."""
    return next((referral for referral, start in reversed(referrals) if start <= on), referrals[0][0])


def _asked_on(written: Written, start: date, end: date | None) -> date:
    """The day on which to ask whose something is: as it is now of what still runs, else as it was when it began."""
    return written.as_at if end is None else start


def _assessments(written: Written, child: Child, referrals: Referrals) -> None:
    """Assessments to the day they were authorised, or, where that is not known, to their end."""
    authorised = written.held(child, "assessment_authorised")
    spells = written.spells(child, "assessment")
    for place, (spell, start, end) in enumerate(spells):
        until = spells[place + 1][1] if place + 1 < len(spells) else date.max
        days = [on for _, on in authorised if start < on <= until]
        written.put(
            "cin_assessments",
            spell,
            person=child.reference,
            referral=_of(referrals, start),
            start=start,
            end=days[0] if days else end,
            team=written.team_on(child, _asked_on(written, start, end)),
            worker=written.lead_on(child, _asked_on(written, start, end)),
        )


def _plans(written: Written, child: Child, referrals: Referrals) -> None:
    for spell, start, end in written.spells(child, "cin"):
        written.put(
            "cin_plans",
            spell,
            person=child.reference,
            referral=_of(referrals, start),
            start=start,
            end=end,
            team=written.team_on(child, _asked_on(written, start, end)),
            worker=written.lead_on(child, _asked_on(written, start, end)),
        )
    protection = written.spells(child, "cp")
    for spell, start, end in protection:
        written.put(
            "cp_plans",
            spell,
            person=child.reference,
            referral=_of(referrals, start),
            start=start,
            end=end,
            category_first=spell.category,
            category=spell.category,
        )
    for event, on in written.held(child, "cp_review_held"):
        written.put("cp_reviews", event, person=child.reference, plan=_plan_id(written, protection, on), on=on)


def _plan_id(written: Written, protection: list[Known[PlanSpell]], on: date) -> str:
    return written.id_of("cp_plans", covering(protection, on))


def _enquiries(written: Written, child: Child, referrals: Referrals) -> None:
    """Section 47 enquiries from the strategy discussion that began them, and initial conferences."""
    started = {on: event for event, on in written.held(child, "section_47_started", "strategy_discussion") if _begins_one(event)}
    ended = [on for _, on in written.held(child, "section_47_ended")]
    enquiries = []
    for place, on in enumerate(days := sorted(started)):
        until = days[place + 1] if place + 1 < len(days) else date.max
        end = next((day for day in ended if on <= day < until), None)
        enquiry = written.put("s47_enquiry", started[on], person=child.reference, referral=_of(referrals, on), start=on, end=end)
        enquiries.append((enquiry, on))
    protection = written.spells(child, "cp")
    for event, on in written.held(child, "icpc_held"):
        plan = next((spell for spell, start, _ in protection if start >= on), None)
        written.put(
            "initial_cp_conference",
            event,
            person=child.reference,
            enquiry=next((enquiry for enquiry, day in reversed(enquiries) if day <= on), ""),
            plan=written.id_of("cp_plans", plan),
            referral=_of(referrals, on),
            on=on,
            transfer_in=False,
        )


def _begins_one(event: Event) -> bool:
    """Whether an event is the start of an enquiry; a strategy discussion alone need not be."""
    return event.event == "section_47_started" or event.section_47


def _returns(written: Written, child: Child) -> None:
    """Returns from missing, and whether an interview followed before the next; letters before proceedings."""
    returns = written.held(child, "returned_from_missing")
    interviews = [on for _, on in written.held(child, "return_interview_held")]
    for place, (event, on) in enumerate(returns):
        until = returns[place + 1][1] if place + 1 < len(returns) else date.max
        offered = any(on <= day < until for day in interviews) or None
        written.put("missing", event, person=child.reference, type="Missing", end=on, offered=offered)
    for event, on in written.held(child, "letter_before_proceedings"):
        written.put("pre_proceedings", event, person=child.reference, on=on)


# Visits


def _visits(written: Written, child: Child) -> None:
    """Statutory visits that took place, each under the highest plan of its day."""
    for visit, sighting in written.snapshot.visits_of(child.id):
        if visit.on is None or not _is_to_write(written, visit) or visit.standing != "statutory":
            continue
        plan = written.snapshot.plan(child.id, visit.on)
        _visit(written, child, visit.on, sighting, {"cp": "cp_visits", "lac": "cla_visits"}.get(plan, "cin_visits"))


def _visit(written: Written, child: Child, on: date, sighting: Sighting, table: str) -> None:
    of_plan = {
        "cp_visits": lambda: {"plan": _plan_id(written, written.spells(child, "cp"), on)},
        "cla_visits": lambda: {"period": period_id(written, covering(written.spells(child, "lac"), on))},
    }
    written.put(
        table,
        sighting,
        person=child.reference,
        on=on,
        seen=sighting.seen,
        alone=sighting.seen_alone,
        bedroom=sighting.bedroom_seen,
        **(of_plan[table]() if table in of_plan else {}),
    )


def _is_to_write(written: Written, visit: Visit) -> bool:
    if visit.on is None or visit.on > written.as_at or visit.status not in TOOK_PLACE:
        return False
    return not (written.recorded_only and is_unrecorded(visit, written.as_at))


# Care leavers


def _leaver(written: Written, child: Child) -> None:
    """One row, as the table has it: the last contact and the last review of the pathway plan."""
    for spell, _, end in written.spells(child, "care_leaver")[-1:]:
        contacts = [
            visit.on
            for visit, sighting in written.snapshot.visits_of(child.id)
            if visit.standing == "contact" and sighting.seen and _is_to_write(written, visit)
        ]
        reviews = written.held(child, "pathway_plan_reviewed")
        last = end or written.as_at
        advisers = [one for one in written.snapshot.holders(child.id, last) if one.role == "personal adviser"]
        written.put(
            "care_leavers",
            spell,
            person=child.reference,
            eligibility=spell.category,
            contact=contacts[-1] if contacts else None,
            pathway=reviews[-1][1] if reviews else None,
            adviser=written.staff(advisers[-1].worker_id) if advisers else None,
            team=written.team_on(child, last),
            worker=written.lead_on(child, last),
        )


# Who held the child


def _involvements(written: Written, child: Child, referrals: Referrals) -> None:
    for held, start, end in written.periods(Allocation, child):
        worker = written.snapshot.find(Worker, held.worker_id)
        if worker is not None:
            written.put(
                "involvements",
                held,
                worker=written.staff(worker.id),
                role=ROLES.get(held.role, held.role.upper()),
                team=written.team_on(child, _asked_on(written, start, end)) or written.team(worker.team_id),
                start=start,
                end=end,
                reason=held.end_code if end else None,
                person=child.reference,
                referral=_of(referrals, start),
            )
