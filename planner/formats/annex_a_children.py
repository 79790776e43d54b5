"""From the rows of the lists to children: periods, events, visits, and who holds them. What is assumed is said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from planner.core.found import FoundChild, FoundEvent, FoundPeriod, FoundVisit
from planner.core.sources import ANNEX_A_WITHOUT_CONTACTS
from planner.formats.annex_a_lists import PRECEDENCE
from planner.formats.annex_a_rows import Row
from planner.formats.notes import Notes

STATUSES = {"a": "lac", "b": "cp", "c": "cin", "d": "assessment", "e": "closed"}
"""What List 6's case status says of a child's plan."""

_ADULT = 18

FROM_ONE_REFERRAL = "Children in List 3 alone and not closed there, taken as open from the day of referral"
STATUS_WORKED_OUT = "Children without a readable case status, worked out from their other dates"
ASSESSMENT_FROM_CIN = "Open assessments without a row in List 4, taken as begun on the CIN start date of List 6"
CARE_LEAVER_START = "Care leavers, taken as such from their 18th birthday, else from the first day the workbook knows"
CLOSED_BY_PLAN = "Children whose plans have all ended and who are not in List 6, taken as closed on the last of those days"
CLOSED_AT_ASSESSMENT = "Children assessed as not needing support and in no later list, taken as closed on that day"
CIN_FROM_EPISODE = "Child in need plans, taken as begun on the CIN start date of List 6, which is the episode's"
PLAN_WITHOUT_DAY = "Plans without a readable start, judged from the last visit; with none, overdue with no date"
NO_CONFERENCE = "Section 47 enquiries that needed no conference, taken as ended on the day they began"
NO_CONTACTS = "Care leavers in a layout without contacts and pathway reviews: what fell due before is unknown"
ELIGIBLE_LOOKED_AFTER = "Eligible children still looked after, for whom no care leaver's clock was opened"


@dataclass(slots=True)
class _Gathered:
    """What the lists say of one child, while it is put together; `lists_need` is whether there is a List 6 it could stand in."""

    rows: Mapping[int, list[Row]]
    lists_need: bool
    periods: list[FoundPeriod] = field(default_factory=list)
    events: dict[tuple[str, date], FoundEvent] = field(default_factory=dict)
    visits: dict[date, FoundVisit] = field(default_factory=dict)

    def event(self, name: str, on: date | None, row: Row, *, section_47: bool = False) -> None:
        """Add an event where it has a day; the same event of the same day stands once."""
        if on is not None:
            self.events.setdefault((name, on), FoundEvent(event=name, on=on, section_47=section_47, source_row=row.place))

    def visit(self, on: date | None, row: Row, *, alone: bool | None = None, standing: str = "statutory") -> None:
        """Add a visit where it has a day; of two on one day the one that says more stays."""
        if on is None:
            return
        known = self.visits.get(on)
        if known is None or (known.standing != "statutory" and standing == "statutory") or known.seen_alone is None is not alone:
            self.visits[on] = FoundVisit(on=on, seen=True, seen_alone=alone, standing=standing, source_row=row.place)

    def plan(self, plan: str, start: date | None, row: Row, *, end: date | None = None, category: str = "") -> None:
        """Add a spell on a plan; a row that says the same plan from the same day again adds only the end or the category."""
        new = FoundPeriod(what="plan", code=plan, start=start, end=end, category=category, source_row=row.place)
        for place, known in enumerate(self.periods):
            if (known.what, known.code, known.start) == ("plan", plan, start):
                self.periods[place] = known._replace(end=known.end or end, category=known.category or category)
                return
        self.periods.append(new)

    def has_open(self, plan: str) -> bool:
        """Whether a plan without an end is among the spells."""
        return any(period.what == "plan" and period.code == plan and period.end is None for period in self.periods)

    def open_plans(self) -> list[FoundPeriod]:
        """The spells without an end."""
        return [period for period in self.periods if period.what == "plan" and period.end is None]


def children_of(lists: Mapping[int, Iterable[Row]], notes: Notes) -> list[FoundChild]:
    """Every child of lists 3 to 9, in order of reference; each list's rows stay in their order."""
    grouped: dict[str, dict[int, list[Row]]] = {}
    for number, rows in lists.items():
        for row in rows:
            grouped.setdefault(row.child, {}).setdefault(number, []).append(row)
    return [_child(reference, grouped[reference], 6 in lists, notes) for reference in sorted(grouped)]


def _child(reference: str, rows: Mapping[int, list[Row]], lists_need: bool, notes: Notes) -> FoundChild:
    gathered = _Gathered(rows, lists_need)
    born = _born(rows, notes)
    _add_referrals_and_enquiries(gathered, notes)
    _add_assessments(gathered)
    _add_protection(gathered, notes)
    _add_care(gathered, notes)
    status = _add_need(gathered, notes)
    _add_care_leaver(gathered, born, notes)
    team, worker, adviser = _holders(rows)
    received, ended, closure, is_open = _course(gathered, status, notes)
    first = next(row for number in PRECEDENCE for row in rows.get(number, ()))
    return FoundChild(
        reference=reference,
        born=born,
        team=team,
        worker=worker,
        adviser=adviser,
        source=_lesser_source(gathered, notes),
        status=status if is_open else "closed",
        is_open=is_open,
        received_on=received,
        ended_on=ended,
        closure_reason=closure,
        referral_source=_referral_source(rows),
        periods=tuple(gathered.periods),
        events=tuple(sorted(gathered.events.values(), key=lambda event: (event.on, event.event))),
        visits=tuple(sorted(gathered.visits.values(), key=lambda visit: visit.on)),
        source_row=first.place,
    )


def _born(rows: Mapping[int, list[Row]], notes: Notes) -> date | None:
    """The birth date of the first list by precedence; other lists that say another are asked about, a missing one is noted."""
    said = [(row.day("born"), row) for number in PRECEDENCE for row in rows.get(number, ())]
    known = [(day, row) for day, row in said if day is not None]
    if not known:
        first = said[0][1]
        if any((row.sheet.name, row.number, "born") in notes.unread for _, row in said):
            return None
        message = "The date of birth is missing, so the child's age is not known. Add it in the case system."
        notes.problem(first.sheet, "born-missing", message, "accepted", row=first.number, heading="Date of Birth")
        return None
    for day, row in known[1:]:
        if day != known[0][0]:
            message = f"The child has another date of birth in {known[0][1].place}, which was taken. Correct it there."
            notes.problem(row.sheet, "born-differs", message, "ask", row=row.number, heading="Date of Birth", value=day)
            break
    return known[0][0]


def _referral_source(rows: Mapping[int, list[Row]]) -> str:
    """Who made the latest referral, as List 3 has it."""
    said = [(day, row.text("source")) for row in rows.get(3, ()) if (day := row.day("referral")) is not None]
    return max(said, default=(None, ""), key=lambda one: one[0] or date.min)[1]


def _add_referrals_and_enquiries(gathered: _Gathered, notes: Notes) -> None:
    """Lists 3 and 5: referrals, strategy discussions and initial conferences."""
    for row in gathered.rows.get(3, ()):
        gathered.event("referral_received", row.day("referral"), row)
    for row in gathered.rows.get(5, ()):
        gathered.event("strategy_discussion", row.day("strategy"), row, section_47=True)
        gathered.event("icpc_held", row.day("icpc"), row)
        if row.text("unnecessary") == "yes" and row.day("strategy"):
            gathered.event("section_47_ended", row.day("strategy"), row)
            notes.assumed[NO_CONFERENCE] += 1


def _add_assessments(gathered: _Gathered) -> None:
    """List 4: a spell for each assessment, from its start to its authorisation."""
    for row in gathered.rows.get(4, ()):
        start, authorised = row.day("start"), row.day("authorised")
        gathered.plan("assessment", start, row, end=authorised)
        gathered.event("assessment_started", start, row)
        gathered.event("assessment_authorised", authorised, row)


def _add_protection(gathered: _Gathered, notes: Notes) -> None:
    """List 7: the plan, the last statutory visit and the latest review."""
    for row in gathered.rows.get(7, ()):
        start = row.day("start")
        gathered.plan("cp", start, row, end=row.day("end"), category=row.text("category") or row.text("category_first"))
        gathered.visit(row.day("visit"), row, alone={"yes": True, "no": False}.get(row.text("alone")))
        gathered.event("cp_review_held", row.day("review"), row)
        if start is None and row.day("end") is None:
            notes.assumed[PLAN_WITHOUT_DAY] += 1


def _add_care(gathered: _Gathered, notes: Notes) -> None:
    """List 8: the period looked after, legal status, placement, last visit, review and health assessment."""
    for row in gathered.rows.get(8, ()):
        start, end = row.day("start"), row.day("end")
        gathered.plan("lac", start, row, end=end)
        if row.text("legal"):
            legal = FoundPeriod(
                what="legal", code=row.text("legal"), start=row.day("legal_start") or start, end=end, source_row=row.place
            )
            gathered.periods.append(legal)
        if row.day("placement_start") or row.text("placement"):
            gathered.periods.append(
                FoundPeriod(
                    what="placement",
                    code=row.text("placement"),
                    start=row.day("placement_start") or start,
                    end=end,
                    provider=row.text("provider"),
                    source_row=row.place,
                )
            )
        gathered.visit(row.day("visit"), row)
        gathered.event("lac_review_held", row.day("review"), row)
        gathered.event("health_assessment_held", row.day("health"), row)
        if start is None and end is None:
            notes.assumed[PLAN_WITHOUT_DAY] += 1


def _add_need(gathered: _Gathered, notes: Notes) -> str:
    """List 6: a child in need spell for status c only, the day last seen; the child's status, worked out where it is not said."""
    rows = gathered.rows.get(6, ())
    status = ""
    for row in rows:
        status = STATUSES.get(row.text("status"), "")
        if not status:
            status = _status_worked_out(gathered, row)
            notes.assumed[STATUS_WORKED_OUT] += 1
        _add_need_row(gathered, row, status, notes)
    return status or next((plan for plan in ("lac", "cp", "assessment") if gathered.has_open(plan)), "")


def _status_worked_out(gathered: _Gathered, row: Row) -> str:
    """The status a row without one has: closed, else the highest plan that is open, else child in need."""
    if row.day("closed"):
        return "closed"
    return next((plan for plan in ("lac", "cp", "assessment") if gathered.has_open(plan)), "cin")


def _add_need_row(gathered: _Gathered, row: Row, status: str, notes: Notes) -> None:
    start = row.day("start")
    if status == "cin":
        gathered.plan("cin", start, row, end=row.day("closed"), category=row.text("need"))
        notes.assumed[CIN_FROM_EPISODE if start else PLAN_WITHOUT_DAY] += 1
    elif status == "assessment" and not gathered.has_open("assessment"):
        gathered.plan("assessment", start, row)
        gathered.event("assessment_started", start, row)
        notes.assumed[ASSESSMENT_FROM_CIN] += 1
    higher = status in ("lac", "cp") and bool(gathered.visits)
    gathered.visit(row.day("seen"), row, standing="contact" if higher else "statutory")


def _add_care_leaver(gathered: _Gathered, born: date | None, notes: Notes) -> None:
    """List 9: the spell, the pathway review and the last contact; an eligible child still looked after opens none."""
    for row in gathered.rows.get(9, ()):
        eligibility = row.text("eligibility")
        if eligibility == "eligible" and gathered.has_open("lac"):
            notes.assumed[ELIGIBLE_LOOKED_AFTER] += 1
        else:
            days = [day for day in (row.day("pathway"), row.day("contact")) if day is not None]
            birthday = _birthday(born, _ADULT)
            start = birthday if birthday and eligibility != "relevant" else min(days, default=None)
            gathered.plan("care_leaver", start, row, category=eligibility)
            notes.assumed[CARE_LEAVER_START] += 1
        gathered.event("pathway_plan_reviewed", row.day("pathway"), row)
        gathered.visit(row.day("contact"), row, standing="contact")


def _lesser_source(gathered: _Gathered, notes: Notes) -> str:
    """What the source can know of a care leaver in the older layout of List 9, which has no days; empty for all others."""
    has_days = any(key in row.values for row in gathered.rows.get(9, ()) for key in ("contact", "pathway"))
    if has_days or [period.code for period in gathered.open_plans()] != ["care_leaver"]:
        return ""
    notes.assumed[NO_CONTACTS] += 1
    return ANNEX_A_WITHOUT_CONTACTS


def _birthday(born: date | None, age: int) -> date | None:
    """The day a child turns an age; of 29 February the 28th in a common year."""
    if born is None:
        return None
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return born.replace(year=born.year + age, day=28)


def _holders(rows: Mapping[int, list[Row]]) -> tuple[str, str, str]:
    """Team, worker and personal adviser, by the first list that names a worker, else a team; of several rows the last."""
    team = worker = ""
    for number in PRECEDENCE:
        for row in reversed(rows.get(number, [])):
            if row.text("worker"):
                return row.text("team") or team, row.text("worker"), _adviser(rows)
            team = team or row.text("team")
    return team, worker, _adviser(rows)


def _adviser(rows: Mapping[int, list[Row]]) -> str:
    return next((row.text("adviser") for row in rows.get(9, ()) if row.text("adviser")), "")


def _course(gathered: _Gathered, status: str, notes: Notes) -> tuple[date | None, date | None, str, bool]:
    """When the work began and ended, why it was closed, and whether it goes on."""
    referrals = [day for row in gathered.rows.get(3, ()) if (day := row.day("referral")) and row.text("nfa") != "yes"]
    need = gathered.rows.get(6, [])
    closed = max((day for row in need if (day := row.day("closed"))), default=None)
    closure = next((row.text("closure") for row in reversed(need) if row.text("closure")), "")
    starts = [day for row in need if (day := row.day("start"))]
    received = max(starts, default=None) or max(referrals, default=None) or _first_day(gathered)
    if gathered.open_plans() or (need and status != "closed"):
        return received, None, "", True
    if later := [day for day in referrals if closed is None or day > closed]:
        return _after_referral(gathered, later, bool(need), notes) or (max(later), None, "", True)
    if need and closed:
        return received, closed, closure, False
    ends = [period.end for period in gathered.periods if period.what == "plan" and period.end]
    if not ends and not gathered.rows.get(3):
        return received, None, "", status != "closed"
    if ends and not gathered.lists_need:
        return received, None, "", True
    notes.assumed[CLOSED_BY_PLAN] += bool(ends)
    return received, max(ends, default=None), closure, False


def _after_referral(
    gathered: _Gathered, referrals: list[date], known: bool, notes: Notes
) -> tuple[date | None, date | None, str, bool] | None:
    """The course of a child whose latest referral is after anything closed; None where work goes on from it."""
    for row in gathered.rows.get(4, ()):
        authorised = row.day("authorised")
        if authorised and authorised >= max(referrals) and row.text("needs_support") == "no":
            notes.assumed[CLOSED_AT_ASSESSMENT] += 1
            return max(referrals), authorised, "RC8", False
    if not known and not gathered.periods:
        notes.assumed[FROM_ONE_REFERRAL] += 1
    return None


def _first_day(gathered: _Gathered) -> date | None:
    """The first day anything is known of a child."""
    days = [period.start for period in gathered.periods if period.start] + [event.on for event in gathered.events.values()]
    return min(days, default=None)
