"""From the tables of an SSD extract to children: episodes, plans, care, events, visits, and who held them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from planner.core.codes import PLAN_ORDER
from planner.core.found import FoundAllocation, FoundChild, FoundEpisode, FoundEvent, FoundPeriod, FoundVisit
from planner.core.sources import WITHOUT
from planner.formats.ssd_care import Care
from planner.formats.ssd_rows import Columns
from planner.formats.ssd_staff import Staffing

NO_REFERRAL_ONLY = "People without a referral that was taken on, a plan, care or an allocation, left out"
OPEN_BY_PLAN = "Children without an open episode whose plan or care is open, taken as open"
CARE_LEAVER_START = "Care leavers, taken as such from their 18th birthday, else from the first day the extract knows"
ELIGIBLE_LOOKED_AFTER = "Eligible children still looked after, for whom no care leaver's clock was opened"
NO_INVOLVEMENTS = "Children whose worker was taken from their plan, assessment or referral, for the extract has no involvements"
SAME_DAY = "Visits of one child on one day that stand under several plans, taken as one visit that serves each of them"
NOT_SEEN = "Visits on which the child was not seen, taken as attempted"
NOT_MISSING = "Times away without leave that were not missing, which owe no return interview, left out"
INTERVIEWS = "Return interviews offered or held, whose day the extract does not have, taken as on the day of the return"
BY_S47 = "Section 47 enquiries, whose start is taken for the day of the strategy discussion as well"
_ADULT = 18
_VISIT_TABLES = {"cin": "cin_visits", "cp": "cp_visits", "lac": "cla_visits"}
_EVENT_TABLES = {
    "cp_reviews": ("cp_review_held",),
    "cla_reviews": ("lac_review_held",),
    "cla_health": ("health_assessment_held",),
    "cla_care_plan": ("care_plan_made",),
    "initial_cp_conference": ("icpc_held",),
    "s47_enquiry": ("strategy_discussion", "section_47_started", "section_47_ended"),
    "care_leavers": ("pathway_plan_reviewed",),
    "cin_assessments": ("assessment_started", "assessment_authorised"),
    "cin_episodes": ("referral_received",),
}
"""What a child's source cannot hold where the table is not there."""


_EVENTS = (
    ("initial_cp_conference", "icpc_held"),
    ("cp_reviews", "cp_review_held"),
    ("pre_proceedings", "letter_before_proceedings"),
)
"""Tables of which each row is one event."""


@dataclass(slots=True)
class _Episode:
    """One time of work with a child."""

    start: date
    end: date | None
    closure: str
    source: str
    team: str
    ids: tuple[str, ...]
    row: str


@dataclass(slots=True)
class _Gathered:
    """What the tables say of one child, while it is put together."""

    reference: str
    periods: list[FoundPeriod] = field(default_factory=list)
    events: dict[tuple[str, date], FoundEvent] = field(default_factory=dict)
    visits: dict[tuple[date, str], FoundVisit] = field(default_factory=dict)
    episodes: list[_Episode] = field(default_factory=list)

    def event(
        self,
        name: str,
        table: Columns,
        place: int,
        key: str = "on",
        *,
        section_47: bool = False,
        is_day_guessed: bool = False,
    ) -> None:
        """Add an event where the row has a day under the key; the same event of the same day stands once."""
        on = table.day(key, place)
        if on is not None and (name, on) not in self.events:
            # A care leaver's row is written over by the next review, so its id is not that of one review.
            ids, row = () if key == "pathway" else table.ids(place), table.where(place)
            self.events[name, on] = FoundEvent(name, on, section_47, ids, row, is_day_guessed)

    def open_plans(self) -> list[str]:
        """The plans without an end, highest first."""
        plans = {period.code for period in self.periods if period.what == "plan" and period.end is None}
        return sorted(plans, key=lambda plan: PLAN_ORDER.get(plan, len(PLAN_ORDER)))


class Extract:
    """The tables of one extract and the children that come of them."""

    def __init__(self, tables: Mapping[str, Columns], staffing: Staffing) -> None:
        self.tables = tables
        self.staffing = staffing
        self.assumed: Counter[str] = Counter()
        self.care = Care(tables)
        self._by = {name: table.by("person") for name, table in tables.items() if "person" in table.values}
        self._lacking = {name for name in (*_EVENT_TABLES, *_VISIT_TABLES.values()) if name not in tables}
        self._latest = _latest_day(tables.values())

    def children(self) -> Iterable[FoundChild]:
        """Every child there is work with, in order of reference."""
        for reference in sorted(self._people()):
            child = self._child(reference)
            if child is None:
                self.assumed[NO_REFERRAL_ONLY] += 1
            else:
                yield child

    def _people(self) -> set[str]:
        """The people of the table of people; without it, whoever the other tables name."""
        if "person" in self.tables:
            return set(self._by["person"])
        return {person for name, people in self._by.items() if name != "family" for person in people}

    def _rows(self, name: str, person: str) -> Iterator[tuple[Columns, int]]:
        table = self.tables.get(name)
        if table is not None:
            for place in self._by[name].get(person, ()):
                yield table, place

    def _child(self, reference: str) -> FoundChild | None:
        got = _Gathered(reference)
        self._add_episodes(got)
        self._add_assessments(got)
        self._add_protection(got)
        got.periods += self.care.periods(reference)
        self._add_care_events(got)
        self._add_missing(got)
        self._add_visits(got)
        person = next(self._rows("person", reference), None)
        born = person[0].day("born", person[1]) if person else None
        leaver = self._add_care_leaver(got, born)
        allocations = self.staffing.allocations(reference)
        if not (got.periods or got.episodes or allocations):
            return None
        self._add_death(got, person)
        return self._found(got, born, person, allocations, leaver)

    def _found(
        self,
        got: _Gathered,
        born: date | None,
        person: tuple[Columns, int] | None,
        allocations: tuple[FoundAllocation, ...],
        leaver: tuple[Columns, int] | None,
    ) -> FoundChild:
        present, earlier = self._course(got)
        holder = next((held for held in reversed(allocations) if held.role == "lead" and held.end is None), None)
        is_open = present.end is None
        plans = got.open_plans()
        forename, surname = (person[0].text("forename", person[1]), person[0].text("surname", person[1])) if person else ("", "")
        return FoundChild(
            reference=got.reference,
            name="" if _is_initials(forename) else f"{forename} {surname}".strip(),
            initials=_initials(forename, surname),
            family=next((table.text("family", place) for table, place in self._rows("family", got.reference)), ""),
            born=born,
            expected=person[0].day("expected", person[1]) if person and born is None else None,
            team=self._team(got, holder, present, leaver),
            worker="" if "involvements" in self.tables else self._worker(got),
            adviser="" if any(held.role == "personal adviser" for held in allocations) else self._adviser(leaver),
            source=self._source(plans),
            status=(plans[0] if plans else "") if is_open else "closed",
            is_open=is_open,
            received_on=present.start,
            ended_on=present.end,
            closure_reason=present.closure if present.end else "",
            referral_source=present.source,
            source_ids=present.ids,
            periods=tuple(got.periods),
            events=tuple(sorted(got.events.values(), key=lambda event: (event.on, event.event))),
            visits=tuple(sorted(got.visits.values(), key=lambda visit: visit.on)),
            allocations=allocations if "involvements" in self.tables else None,
            earlier=earlier,
            source_row=person[0].where(person[1]) if person else present.row,
        )

    # What each table gives

    def _add_episodes(self, got: _Gathered) -> None:
        for table, place in self._rows("cin_episodes", got.reference):
            start = table.day("start", place)
            assert start is not None
            got.event("referral_received", table, place, "start")
            if table.flag("nfa", place):
                continue
            episode = _Episode(
                start=start,
                end=table.day("end", place),
                closure=table.text("closure", place),
                source=table.text("source", place),
                team=self.staffing.team(table.text("team", place)),
                ids=table.ids(place),
                row=table.where(place),
            )
            got.episodes.append(episode)
        got.episodes.sort(key=lambda episode: (episode.start, episode.end or date.max))

    def _add_assessments(self, got: _Gathered) -> None:
        for table, place in self._rows("cin_assessments", got.reference):
            got.periods.append(_plan("assessment", table, place, ""))
            got.event("assessment_started", table, place, "start")
            got.event("assessment_authorised", table, place, "end")

    def _add_protection(self, got: _Gathered) -> None:
        """Child in need and child protection plans, enquiries and conferences."""
        need = next((table.text("need", place) for table, place in self._rows("cin_episodes", got.reference)), "")
        for table, place in self._rows("cin_plans", got.reference):
            got.periods.append(_plan("cin", table, place, need))
        for table, place in self._rows("cp_plans", got.reference):
            category = table.text("category", place) or table.text("category_first", place)
            got.periods.append(_plan("cp", table, place, category))
        for table, place in self._rows("s47_enquiry", got.reference):
            got.event("strategy_discussion", table, place, "start", section_47=True)
            got.event("section_47_started", table, place, "start")
            got.event("section_47_ended", table, place, "end")
            self.assumed[BY_S47] += 1
        for name, event in _EVENTS:
            for table, place in self._rows(name, got.reference):
                got.event(event, table, place)

    def _add_care_events(self, got: _Gathered) -> None:
        for table, place in self.care.reviews(got.reference):
            got.event("lac_review_held", table, place)
        for table, place in self._rows("cla_health", got.reference):
            kind = table.text("type", place).casefold()
            if not kind or "health" in kind or "assess" in kind:
                got.event("health_assessment_held", table, place)
        for table, place in self._rows("cla_care_plan", got.reference):
            got.event("care_plan_made", table, place)

    def _add_missing(self, got: _Gathered) -> None:
        """Returns from missing, and that the interview each owes was offered; the SSDA903 calls other absence `A`."""
        for table, place in self._rows("missing", got.reference):
            if table.text("type", place).casefold().startswith("a"):
                self.assumed[NOT_MISSING] += 1
                continue
            got.event("returned_from_missing", table, place, "end")
            if (table.flag("offered", place) or table.flag("accepted", place)) and table.day("end", place) is not None:
                got.event("return_interview_held", table, place, "end", is_day_guessed=True)
                self.assumed[INTERVIEWS] += 1

    def _add_visits(self, got: _Gathered) -> None:
        """Visits of all plans; those of one day are one visit, and seen is what one of them says is seen."""
        for name in _VISIT_TABLES.values():
            for table, place in self._rows(name, got.reference):
                on = table.day("on", place)
                assert on is not None
                visit = FoundVisit(
                    on=on,
                    seen=table.flag("seen", place),
                    seen_alone=table.flag("alone", place),
                    bedroom_seen=table.flag("bedroom", place),
                    source_ids=table.ids(place),
                    source_row=table.where(place),
                )
                known = got.visits.get((on, "statutory"))
                if known is not None:
                    self.assumed[SAME_DAY] += 1
                self.assumed[NOT_SEEN] += visit.seen is False and known is None
                got.visits[on, "statutory"] = visit if known is None else _joined(known, visit)

    def _add_care_leaver(self, got: _Gathered, born: date | None) -> tuple[Columns, int] | None:
        """The care leavers' table: a spell from eighteen, the pathway review and the latest contact."""
        found = None
        for table, place in self._rows("care_leavers", got.reference):
            found = table, place
            row, eligibility = table.where(place), table.text("eligibility", place)
            if eligibility in ("eligible", "other", "") and any(plan == "lac" for plan in got.open_plans()):
                self.assumed[ELIGIBLE_LOOKED_AFTER] += 1
                continue
            start = _birthday(born, _ADULT)
            if start is None:
                days = [period.start for period in got.periods if period.start] + [event.on for event in got.events.values()]
                start = min(days, default=None)
            got.periods.append(_plan("care_leaver", table, place, eligibility)._replace(start=start, is_start_guessed=True))
            self.assumed[CARE_LEAVER_START] += 1
            got.event("pathway_plan_reviewed", table, place, "pathway")
            if (contact := table.day("contact", place)) is not None and (contact, "statutory") not in got.visits:
                got.visits[contact, "contact"] = FoundVisit(on=contact, standing="contact", source_row=row)
        return found

    def _add_death(self, got: _Gathered, person: tuple[Columns, int] | None) -> None:
        if person is not None:
            got.event("child_died", *person, "died")

    # What it comes to

    def _course(self, got: _Gathered) -> tuple[_Episode, tuple[FoundEpisode, ...]]:
        """The present or last time of work with a child, and those before it."""
        episodes = got.episodes
        plans = got.open_plans()
        if not episodes:
            starts = [period.start for period in got.periods if period.what == "plan" and period.start]
            ends = [period.end for period in got.periods if period.what == "plan" and period.end]
            first = min(starts, default=None) or min((event.on for event in got.events.values()), default=self._latest)
            is_open = bool(plans) or not ends
            self.assumed[OPEN_BY_PLAN] += is_open
            return _Episode(first, None if is_open else max(ends), "", "", "", (), ""), ()
        open_ones = [episode for episode in episodes if episode.end is None]
        present = open_ones[-1] if open_ones else episodes[-1]
        if present.end is not None and plans and plans != ["assessment"]:
            self.assumed[OPEN_BY_PLAN] += 1
            present = replace(present, end=None, closure="")
        return present, tuple(
            FoundEpisode(
                received_on=one.start,
                ended_on=one.end,
                team=one.team,
                closure_reason=one.closure,
                referral_source=one.source,
                source_ids=one.ids,
                source_row=one.row,
            )
            for one in episodes
            if one.end is not None and one.start < present.start and one.end <= present.start
        )

    def _team(
        self,
        got: _Gathered,
        holder: FoundAllocation | None,
        present: _Episode,
        leaver: tuple[Columns, int] | None,
    ) -> str:
        """The team: the holder's for this child, else of the plan, the assessment or the referral."""
        if holder is not None and (team := self.staffing.team_of(got.reference, holder)):
            return team
        if leaver is not None and (team := self.staffing.team(leaver[0].text("team", leaver[1]))):
            return team
        for name in ("cin_plans", "cin_assessments"):
            for table, place in self._rows(name, got.reference):
                if table.day("end", place) is None and (team := self.staffing.team(table.text("team", place))):
                    return team
        return present.team

    def _worker(self, got: _Gathered) -> str:
        """Who works with a child where no involvements say it, from the row of the highest of the other tables that names one."""
        for name in ("care_leavers", "cin_plans", "cin_assessments", "cin_episodes"):
            for table, place in self._rows(name, got.reference):
                worker = self.staffing.workers.get(self.staffing.worker_id(table.text("worker", place)))
                if worker is not None and table.day("end", place) is None:
                    self.assumed[NO_INVOLVEMENTS] += 1
                    return worker.name
        return ""

    def _adviser(self, leaver: tuple[Columns, int] | None) -> str:
        """A care leaver's personal adviser, by id or by name."""
        named = leaver[0].text("adviser", leaver[1]) if leaver is not None else ""
        known = self.staffing.workers.get(self.staffing.worker_id(named))
        return known.name if known is not None else named

    def _source(self, plans: Iterable[str]) -> str:
        """What this extract can know of a child: less, where a table is not in it."""
        lacking = [event for name, events in _EVENT_TABLES.items() if name in self._lacking for event in events]
        if any(_VISIT_TABLES.get(plan) in self._lacking for plan in plans):
            lacking.append("visit")
        return f"ssd{WITHOUT}{', '.join(sorted(lacking))}" if lacking else ""


def _plan(code: str, table: Columns, place: int, category: str) -> FoundPeriod:
    return FoundPeriod(
        what="plan",
        code=code,
        start=table.day("start", place),
        end=table.day("end", place),
        category=category,
        source_ids=table.ids(place),
        source_row=table.where(place),
    )


def _joined(one: FoundVisit, other: FoundVisit) -> FoundVisit:
    """Two records of one visit: what either says was so is so."""
    return FoundVisit(
        on=one.on,
        seen=_either(one.seen, other.seen),
        seen_alone=_either(one.seen_alone, other.seen_alone),
        bedroom_seen=_either(one.bedroom_seen, other.bedroom_seen),
        source_ids=one.source_ids + other.source_ids,
        source_row=one.source_row,
    )


def _initials(forename: str, surname: str) -> str:
    if _is_initials(forename):
        return forename + surname
    return "".join(f"{name[0].upper()}." for name in (forename, surname) if name)


def _is_initials(forename: str) -> bool:
    """Whether an extract without names has initials in their place, each with its point."""
    return forename.endswith(".") and len(forename) == len("A.")


def _either(one: bool | None, other: bool | None) -> bool | None:
    return other if one is None else one if other is None else one or other


def _birthday(born: date | None, age: int) -> date | None:
    """The day a child turns an age; of 29 February the 28th in a common year."""
    if born is None:
        return None
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return born.replace(year=born.year + age, day=28)


def _latest_day(tables: Iterable[Columns]) -> date:
    """The newest day on which something began or was done."""
    days = (
        value for table in tables for key in ("start", "on") for value in table.values.get(key, ()) if isinstance(value, date)
    )
    return max(days, default=date.min)
