"""What is exported as tables and imported again is the same: everything that the tables have a column for."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.actions.imports import preview
from planner.actions.samples import sample_records
from planner.core.found import Found
from planner.core.recording import TOOK_PLACE
from planner.core.records import (
    Allocation,
    Case,
    Child,
    Event,
    LegalStatus,
    Placement,
    PlanSpell,
    Record,
    Setting,
    Sighting,
    Team,
    Visit,
    Worker,
)
from planner.core.snapshot import Snapshot
from planner.core.workspace_settings import NAMES_ALLOWED
from planner.formats.ssd import Ssd
from planner.formats.ssd_writing import tables_of, write

AS_AT = date(2026, 11, 23)
WITH_NAMES = Setting(id=NAMES_ALLOWED, value="yes")
TEAMS = tuple(Team(id=f"team{number}", name=name) for number, name in enumerate(("North", "South")))
STAFF = tuple(
    Worker(
        id=f"w{number}",
        name=name,
        team_id=f"team{number % 2}",
        swe_number=f"SW{number}",
        supplier="Agency" if number == 1 else "",
        pattern=(37, 37, 37, 37, 37, 0, 0) if number == 2 else (74, 74, 74, 74, 74, 0, 0),
    )
    for number, name in enumerate(("Lou Invented", "Kim Invented", "Ash Invented", "Max Invented"))
)
ROLES = ("co-worker", "personal adviser", "lead child protection practitioner")
CHANGES = ("", "LEFTRL", "TSPROC")
MEETINGS = ("cp_review_held", "lac_review_held", "health_assessment_held", "care_plan_made", "icpc_held")
TOLD = frozenset(
    (
        *MEETINGS,
        *("section_47_started", "section_47_ended", "strategy_discussion", "child_died", "pathway_plan_reviewed"),
        *("returned_from_missing", "letter_before_proceedings"),
    )
)
"""Events that the tables hold, each with every one of its days; of a return interview they hold only that there was one."""

Days = list[date]


def days_after(first: date, gaps: Iterable[int], last: date) -> Days:
    """Days from the first on, each so many days after the one before, all before the last."""
    found = [first]
    for gap in gaps:
        found.append(found[-1] + timedelta(days=gap))
    return [day for day in found if day < last]


class Course:
    """One child's records while they are drawn."""

    def __init__(self, draw: st.DrawFn, number: int) -> None:
        self.draw, self.child_id, self.records = draw, f"c{number}", list[Record]()

    def id(self) -> str:
        return f"{self.child_id}-{len(self.records)}"

    def spans(self, first: date, ended: date | None) -> list[tuple[date, date | None]]:
        """Periods one after another from the first day on, the last to the end."""
        gaps = self.draw(st.lists(st.integers(1, 120), max_size=3))
        starts = days_after(first, gaps, ended or AS_AT)
        return list(zip(starts, [*starts[1:], ended], strict=True))

    def one(self, *values: str) -> str:
        return self.draw(st.sampled_from(values))

    def case(self, received: date, ended: date | None, team: str) -> None:
        source, reason = self.one("", "6", "2A"), self.one("RC7", "RC8") if ended else ""
        outcome = "closed" if ended else ""
        self.records += [
            Event(id=self.id(), child_id=self.child_id, event="referral_received", on=received),
            Case(
                id=f"{self.id()}c",
                child_id=self.child_id,
                team_id=team,
                received_on=received,
                referral_source=source,
                ended_on=ended,
                outcome=outcome,
                closure_reason=reason,
            ),
        ]

    def plans(self, first: date, ended: date | None) -> None:
        for start, end in self.spans(first, ended):
            plan = self.one("cin", "cp", "lac", "assessment")
            category = self.one("NEG", "PHY") if plan == "cp" else self.one("N1", "N4") if plan == "lac" else ""
            self.records.append(
                PlanSpell(id=self.id(), child_id=self.child_id, plan=plan, start=start, end=end, category=category)
            )
            if plan == "assessment":
                self.event("assessment_started", start)
                self.event("assessment_authorised", end)
            if plan == "lac":
                self.care(start, end)

    def event(self, name: str, on: date | None) -> None:
        if on is not None:
            event = Event(id=self.id(), child_id=self.child_id, event=name, on=on, section_47=name == "strategy_discussion")
            self.records.append(event)

    def care(self, first: date, ended: date | None) -> None:
        for place, (start, end) in enumerate(self.spans(first, ended)):
            reason, type_ = self.one("S", "P", "B", "") if not place else self.one("P", "T"), self.one("U6", "K2", "R1")
            home = Placement(id=self.id(), child_id=self.child_id, type=type_, start=start, end=end, reason=reason)
            self.records.append(replace(home, provider=self.one("", "PR1", "PR4")))
        for start, end in self.spans(first, ended):
            code = self.one("C1", "C2", "V2")
            self.records.append(LegalStatus(id=self.id(), child_id=self.child_id, code=code, start=start, end=end))
        for start, _ in self.spans(first, ended):
            self.event(self.one(*MEETINGS[1:4]), start)

    def meetings(self, first: date, ended: date | None) -> None:
        for start, end in self.spans(first, ended):
            self.event(self.one("icpc_held", "cp_review_held"), start)
            if self.draw(st.booleans()):
                self.event("strategy_discussion", start)
                self.event("section_47_started", start)
                self.event("section_47_ended", end and end - timedelta(days=1))
                self.event("letter_before_proceedings", start)
                self.event("returned_from_missing", start)
                self.event(
                    self.one("return_interview_held", "cin_meeting_held"), start + timedelta(days=self.draw(st.integers(0, 4)))
                )

    def holders(self, first: date, ended: date | None) -> None:
        for role in ("lead", *(self.one(*ROLES),)):
            for start, end in self.spans(first, ended):
                held = Allocation(id=self.id(), child_id=self.child_id, worker_id=self.one("w0", "w1", "w2", "w3"), role=role)
                self.records.append(replace(held, start=start, end=end, end_code=self.one(*CHANGES) if end else ""))

    def visits(self, first: date, ended: date | None) -> None:
        for on, _ in self.spans(first, ended):
            seen = self.draw(st.booleans())
            alone, bedroom = (self.draw(st.sampled_from((True, False, None))) for _ in range(2))
            status, trip = "made" if seen else "attempted", f"{self.id()}v"
            self.records += [
                Visit(id=trip, on=on, status=status, worker_id="w0", recorded_on=on),
                Sighting(id=f"s{trip}", visit_id=trip, child_id=self.child_id, seen=seen, seen_alone=alone if seen else None),
            ]
            self.records[-1] = replace(self.records[-1], bedroom_seen=bedroom if seen else None)  # type: ignore[call-arg]

    def leaver(self, since: date) -> date:
        """A care leaver from a day on, seen once out of duty, with one review of the pathway plan; the day of birth."""
        category = self.one("relevant", "former relevant", "qualifying")
        spell = PlanSpell(id=self.id(), child_id=self.child_id, plan="care_leaver", start=since, category=category)
        self.records.append(spell)
        self.event("pathway_plan_reviewed", since + timedelta(days=self.draw(st.integers(0, 9))))
        seen_on = since + timedelta(days=self.draw(st.integers(0, 9)))
        if not any(isinstance(one, Visit) and one.on == seen_on for one in self.records):
            trip = f"{self.id()}v"
            self.records += [
                Visit(id=trip, on=seen_on, status="made", standing="contact", recorded_on=seen_on),
                Sighting(id=f"s{trip}", visit_id=trip, child_id=self.child_id, seen=True),
            ]
        return since.replace(year=since.year - 18)


@st.composite
def children(draw: st.DrawFn, number: int) -> list[Record]:
    """A child with one or two times of work in two years, each with plans, holders, meetings and visits of its own."""
    course = Course(draw, number)
    received = AS_AT - timedelta(days=draw(st.integers(30, 700)))
    middle = received + timedelta(days=(AS_AT - received).days // 2)
    name, initials = draw(st.sampled_from((("Ivy Oak", "I.O."), ("Ann Mary Elm", "A.E."), ("", "B.C."), ("=Sum", "="))))
    born = received - timedelta(days=draw(st.integers(0, 6000)))
    course.records.append(
        Child(
            id=course.child_id,
            reference=f"C{100 + number}",
            name=name,
            initials=initials if initials != "=" else "=.",
            family=draw(st.sampled_from(("", "F1"))),
            born=None if draw(st.booleans()) else born,
        )
    )
    spans: Sequence[tuple[date, date | None]] = draw(
        st.sampled_from((((received, None),), ((received, middle),), ((received, middle), (middle + timedelta(days=3), None))))
    )
    for first, ended in spans:
        course.case(first, ended, draw(st.sampled_from(("team0", "team1"))))
        for part in (course.plans, course.meetings, course.holders, course.visits):
            part(first, ended)
    if spans[-1][1] is None and draw(st.booleans()):
        born = course.leaver(AS_AT - timedelta(days=draw(st.integers(10, 20))))
        course.records[0] = replace(course.records[0], born=born, expected=None)  # type: ignore[call-arg]
    return course.records


@st.composite
def services(draw: st.DrawFn) -> Snapshot:
    """A few children of two teams."""
    of_each = [draw(children(number)) for number in range(draw(st.integers(1, 3)))]
    return Snapshot((WITH_NAMES, *TEAMS, *STAFF, *(record for records in of_each for record in records)))


def read_back(snapshot: Snapshot, on: date) -> Found:
    """The snapshot, written as tables and read again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.zip"
        write(tables_of(snapshot, on), path)
        return Ssd().read(path, {})


def told(snapshot: Snapshot, on: date) -> set[tuple[object, ...]]:
    """What a workspace says of its children that the tables can say, whatever the ids of its records."""
    said: set[tuple[object, ...]] = set()
    for child in snapshot.all(Child).values():
        if any(case.received_on and case.received_on <= on for case in snapshot.by(Case, "child_id", child.id)):
            said |= {
                (child.reference, *one) for one in (*who(snapshot, child), *course(snapshot, child), *seen(snapshot, child, on))
            }
    return said


def who(snapshot: Snapshot, child: Child) -> Iterable[tuple[object, ...]]:
    yield "child", child.name, child.initials, child.born, child.family
    received = [event.on for event in snapshot.by(Event, "child_id", child.id) if event.event == "referral_received"]
    before = date.min
    for case in snapshot.by(Case, "child_id", child.id):
        assert case.received_on is not None
        on = max((day for day in received if day and before < day <= case.received_on), default=case.received_on)
        before = case.received_on
        yield "case", on, case.ended_on, case.closure_reason, case.referral_source
        if case.ended_on is not None or not snapshot.lead(child.id, AS_AT):
            yield "team", on, snapshot.all(Team)[snapshot.team_of(case, case.ended_on or AS_AT)].name
    for held in snapshot.by(Allocation, "child_id", child.id):
        if held.start != held.end:
            worker = snapshot.all(Worker)[held.worker_id]
            yield "worker", worker.name, worker.swe_number, round(sum(worker.pattern) / 370, 2), bool(worker.supplier)
            yield "held", worker.name, held.role, held.start, held.end, held.end_code


def course(snapshot: Snapshot, child: Child) -> Iterable[tuple[object, ...]]:
    events = snapshot.by(Event, "child_id", child.id)
    for event in events:
        if event.event in TOLD and event.status == "held":
            yield event.event, event.on
    for spell in snapshot.by(PlanSpell, "child_id", child.id):
        signed = [event.on for event in events if event.event == "assessment_authorised" and event.on and spell.start]
        later = [one.start for one in snapshot.by(PlanSpell, "child_id", child.id) if one.plan == spell.plan]
        until = min((day for day in later if day and spell.start and day > spell.start), default=date.max)
        days = [day for day in signed if day and spell.start and spell.start < day <= until]
        end = min(days) if spell.plan == "assessment" and days else spell.end
        yield spell.plan, spell.start, end, spell.category
    for home in snapshot.by(Placement, "child_id", child.id):
        yield "home", home.type, home.start, home.end, home.provider, home.reason
    for status in snapshot.by(LegalStatus, "child_id", child.id):
        yield "legal", status.code, status.start, status.end


def seen(snapshot: Snapshot, child: Child, on: date) -> Iterable[tuple[object, ...]]:
    """Visits that took place; those of one day as one, and the bedroom where the visit's table has it."""
    days: dict[date, list[Sighting]] = {}
    for visit, sighting in snapshot.visits_of(child.id):
        if visit.status in TOOK_PLACE and visit.on is not None and visit.on <= on:
            days.setdefault(visit.on, []).append(sighting)
            if visit.standing == "contact":
                yield "contact", visit.on
    for day, sightings in days.items():
        bedroom = any(one.bedroom_seen for one in sightings) and snapshot.plan(child.id, day) != "lac"
        yield "visit", day, any(one.seen for one in sightings), any(one.seen_alone for one in sightings), bedroom


def imported(found: Found, on: date) -> Snapshot:
    """What importing into an empty workspace makes."""
    reckoning = preview(Snapshot((WITH_NAMES,)), found, on).reckoning
    assert reckoning is not None
    return Snapshot(reckoning.ledger.puts.values())


QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@QUICK
@given(services())
def test_what_is_exported_and_imported_into_an_empty_workspace_is_the_same(snapshot):
    assert told(imported(read_back(snapshot, AS_AT), AS_AT), AS_AT) == told(snapshot, AS_AT)


@QUICK
@given(services())
def test_what_is_exported_and_imported_into_its_own_workspace_changes_nothing(snapshot):
    made = preview(snapshot, read_back(snapshot, AS_AT), AS_AT)
    assert [row for row in made.rows if row.put[0]] == []
    assert made.is_known


@pytest.mark.parametrize("name", ["southampton", "newcastle"])
def test_a_sample_project_taken_in_again_says_only_that_its_visits_are_recorded(name):
    sample = sample_records(name)
    snapshot = Snapshot(sample.records)
    rows = [row for row in preview(snapshot, read_back(snapshot, sample.today), sample.today).rows if row.put[0]]
    assert {(row.kind, row.what, row.field) for row in rows} == {("changed", "visit", "recorded on")}


@pytest.mark.parametrize("name", ["southampton", "newcastle"])
def test_a_whole_sample_project_comes_back_as_it_was(name):
    sample = sample_records(name, False)
    snapshot = Snapshot(sample.records)
    assert told(imported(read_back(snapshot, sample.today), sample.today), sample.today) == told(snapshot, sample.today)


@pytest.mark.parametrize(
    ("interviews", "offered"), [([], ["NULL", "NULL"]), ([0], ["Y", "NULL"]), ([6], ["Y", "NULL"]), ([7], ["NULL", "Y"])]
)
def test_an_interview_stands_beside_the_return_it_followed(interviews, offered):
    days = [("returned_from_missing", 0), ("returned_from_missing", 7), *(("return_interview_held", day) for day in interviews)]
    events = [
        Event(id=f"e{place}", child_id="c", event=event, on=AS_AT - timedelta(days=20 - day))
        for place, (event, day) in enumerate(days)
    ]
    case = Case(id="k", child_id="c", received_on=AS_AT - timedelta(days=20))
    tables = tables_of(Snapshot((Child(id="c", reference="C1"), case, *events)), AS_AT)
    assert [one["miss_missing_rhi_offered"] for one in tables["missing"]] == offered
