"""The sample projects: the published figures with their denominators, and a Monday on which every list has something."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from planner.actions.samples import SampleData, sample_records, sample_workspace
from planner.actions.shipped import reference
from planner.core.errors import Refused
from planner.core.flow_records import Referral
from planner.core.intake import families, intake, team_on_intake
from planner.core.outlook import Outlook
from planner.core.records import (
    KINDS,
    Absence,
    Allocation,
    Case,
    Child,
    ConflictOfInterest,
    Event,
    ExtraWork,
    LegalStatus,
    Person,
    Placement,
    Reduction,
    Sighting,
    Story,
    Suspension,
    Transfer,
    Visit,
    VisitFrequency,
    Worker,
)
from planner.core.snapshot import Snapshot
from planner.core.tried_visits import tried_twice
from planner.core.workspace_settings import NAMES_ALLOWED, SAMPLE_TODAY, SOURCE_AS_AT, WORKSPACE_NAME
from tests.helpers.small_workspace import CHEAP
from tools.samples import figures

SAMPLES = [(name, whole) for name in ("southampton", "newcastle") for whole in (False, True)]


@cache
def sample(name: str, whole: bool = False) -> SampleData:
    return sample_records(name, whole)


@cache
def snapshot(name: str, whole: bool = False) -> Snapshot:
    return Snapshot(sample(name, whole).records)


@cache
def monday(name: str) -> Outlook:
    today = sample(name).today
    return Outlook(snapshot(name), reference(), today, today)


def test_southampton_is_365_children_half_of_them_closed():
    whole = snapshot("southampton", True)
    closed = figures.closed(whole)
    assert figures.children(whole) == 365
    assert (closed.numerator, closed.denominator) == (183, 365)
    assert round(closed.share * 100) == 50


def test_southampton_turns_finished_cases_over_in_7_1_weeks_and_child_in_need_in_7_4():
    whole = snapshot("southampton", True)
    finished, in_need = figures.turnover_weeks(whole), figures.turnover_weeks(whole, "cin")
    assert (round(finished.share, 1), finished.denominator) == (7.1, 234)
    assert (round(in_need.share, 1), in_need.denominator) == (7.4, 42)


def test_southampton_makes_over_950_visits_and_never_holds_more_than_294():
    whole = snapshot("southampton", True)
    assert 950 < figures.visits(whole) < 1000
    days = [date(2026, 9, 28) + timedelta(days=number) for number in range(82)]
    assert 270 <= figures.peak_open(whole, days) <= 294


def test_newcastle_is_450_cases_at_the_start_and_1200_in_all():
    whole = snapshot("newcastle", True)
    start = date(2018, 5, 14)
    taken_over = [case for case in whole.all(Case).values() if case.received_on and case.received_on < start + timedelta(weeks=5)]
    assert (len(taken_over), figures.children(whole)) == (450, 1200)


def test_newcastle_closes_52_in_100_at_assessment_and_98_in_100_are_under_eight_weeks():
    whole = snapshot("newcastle", True)
    closed, quick = figures.closed_at_assessment(whole), figures.assessments_under_eight_weeks(whole)
    assert (closed.denominator, quick.denominator) == (750, 750)
    assert (round(closed.share * 100), round(quick.share * 100)) == (52, 98)


def test_newcastle_closes_74_in_100_child_in_need_and_child_protection_cases():
    closed = figures.plans_closed(snapshot("newcastle", True))
    assert closed.denominator == 730
    assert round(closed.share * 100) == 74


def test_newcastle_makes_over_8000_visits_95_in_100_of_those_due_in_time():
    whole = snapshot("newcastle", True)
    in_time = figures.visits_in_time(whole, reference(), sample("newcastle", True).today)
    assert 8000 < figures.visits(whole) < 8700
    assert in_time.denominator > 8000
    assert round(in_time.share * 100) == 95


def test_newcastle_takes_ninety_children_in_each_intake_week():
    received = Counter(
        case.received_on - timedelta(days=case.received_on.weekday())
        for case in snapshot("newcastle", True).all(Case).values()
        if case.received_on and case.received_on > date(2018, 7, 1)
    )
    assert sorted(received.values(), reverse=True) == [90] * 8 + [30]


def test_newcastle_has_65_workers_and_managers_over_its_life():
    whole = snapshot("newcastle", True)
    managers = [person for person in whole.all(Person).values() if "manager" in person.role]
    assert len(whole.all(Worker)) + len(managers) == 65


@pytest.mark.parametrize("name", ["southampton", "newcastle"])
def test_no_child_loses_its_worker_when_one_leaves(name):
    whole = snapshot(name, True)
    left = {worker.id: worker.assignment_end for worker in whole.all(Worker).values() if worker.assignment_end}
    for held in whole.all(Allocation).values():
        if held.role != "lead" or held.end is None or held.end != left.get(held.worker_id):
            continue
        case = whole.case(held.child_id, held.end)
        assert case is None or whole.lead(held.child_id, held.end) is not None
        assert case is None or held.end_code == "LEFTRL"


@pytest.mark.parametrize("name", ["southampton", "newcastle"])
def test_the_monday_has_overdue_visits_of_different_lateness(name):
    late = monday(name).overdue_visits
    assert 9 <= len(late) <= 15
    days = [row.days_late for row in late if row.days_late is not None]
    assert len(set(days)) >= 5
    assert min(days) <= 3
    assert max(days) >= 9


@pytest.mark.parametrize("name", ["southampton", "newcastle"])
def test_the_monday_has_something_in_every_list(name):
    outlook = monday(name)
    assert 4 <= len(outlook.waiting) <= 9
    assert 1 <= len(outlook.assessments_near_limit) <= 12
    assert outlook.over_capacity
    assert len(outlook.over_capacity) <= 4
    assert any(row.state == "has room" for row in outlook.loads)
    assert outlook.no_capacity
    assert outlook.held_in_name_only
    assert tried_twice(outlook)
    assert outlook.reviews_due or outlook.section_47_and_conferences
    assert 5 <= len(outlook.logged_since) <= 60
    away = outlook.away(outlook.today, outlook.today + timedelta(days=11))
    assert {row.kind for row in away} >= {"away", "duty"}
    assert len(outlook.visits_planned(outlook.today, outlook.today + timedelta(days=4))) >= 15
    assert {row.plan for row in outlook.cases} == {"assessment", "cin", "cp", "lac"}


@pytest.mark.parametrize("name", ["southampton", "newcastle"])
def test_other_duties_look_as_in_a_well_run_project(name):
    outlook = monday(name)
    overdue = Counter(one.rule for one in outlook.obligations if one.state == "overdue" and one.kind != "visit")
    assert sum(overdue.values()) <= len(outlook.cases) * 0.12, overdue
    assert not outlook.unknown


@pytest.mark.parametrize(("name", "whole"), SAMPLES)
def test_every_record_finds_the_records_it_names(name, whole):
    records = snapshot(name, whole)
    ids = {record.id for record in records.records()}
    assert len(ids) == len(sample(name, whole).records)
    for record in records.records():
        for field in ("child_id", "worker_id", "visit_id", "team_id", "logged_by", "about", "organisation_id", "to_team_id"):
            named = getattr(record, field, "")
            assert not named or named in ids, (KINDS[type(record)], field)


@pytest.mark.parametrize("name", ["southampton", "newcastle"])
def test_nothing_of_the_monday_has_happened_later(name):
    today = sample(name).today
    for visit in snapshot(name).all(Visit).values():
        assert visit.on is not None
        assert (visit.status == "planned") == (visit.on >= today)
    for event in snapshot(name).all(Event).values():
        assert event.on is not None
        assert event.status == "planned" or event.on <= today
    for case in snapshot(name).all(Case).values():
        assert case.ended_on is None or case.ended_on < today


@pytest.mark.parametrize(("name", "whole"), SAMPLES)
def test_the_settings_say_what_the_sample_is(name, whole):
    records, today = snapshot(name, whole), sample(name, whole).today
    assert "sample" in records.setting(WORKSPACE_NAME)
    assert records.setting(SAMPLE_TODAY) == today.isoformat()
    assert records.setting(NAMES_ALLOWED) == "no"
    assert today - timedelta(days=7) < date.fromisoformat(records.setting(SOURCE_AS_AT)) < today
    assert sample(name, whole).person in sample(name, whole).records
    assert all(child.name.endswith("(sample)") for child in records.all(Child).values())


def test_a_third_of_the_children_and_more_have_a_sibling_with_the_same_worker():
    records = snapshot("southampton", True)
    children = records.all(Child).values()
    sizes = Counter(child.family for child in children)
    siblings = [child for child in children if sizes[child.family] > 1]
    assert 0.30 <= len(siblings) / len(children) <= 0.40
    for child in siblings:
        leads = {held.worker_id for held in records.by(Allocation, "child_id", child.id) if held.role == "lead"}
        others = records.by(Child, "family", child.family)
        assert all(
            {one.worker_id for one in records.by(Allocation, "child_id", other.id) if one.role == "lead"} == leads
            for other in others
        )


def test_southampton_s_monday_has_an_intake_under_way_that_is_in_no_other_figure():
    outlook = monday("southampton")
    found = intake(outlook, team_on_intake(outlook.snapshot, outlook.teams, outlook.on))
    assert (len(found.waiting), families(found.waiting), found.quota, found.cap) == (7, 4, 20, 294)
    assert [row.reference for row in found.late] == ["C10403"]
    assert len(found.open_cases) == len(outlook.cases)
    assert not snapshot("southampton", True).all(Referral)


@pytest.mark.parametrize("name", ["southampton", "newcastle"])
def test_half_of_the_overdue_visits_have_a_story(name):
    stories = snapshot(name).all(Story).values()
    late = {row.obligation.id for row in monday(name).overdue_visits}
    assert stories
    assert all(story.obligation in late for story in stories)


def test_an_absence_does_not_say_why():
    absences = snapshot("southampton").all(Absence).values()
    assert absences
    assert not any(hasattr(absence, "reason") for absence in absences)


def test_an_unknown_sample_is_refused_by_name():
    with pytest.raises(Refused, match="atlantis"):
        sample_records("atlantis")


def test_a_sample_workspace_holds_every_record_and_cannot_be_undone_empty(tmp_path):
    made = sample_workspace(
        tmp_path / "sample.planner",
        "southampton",
        device_name="a laptop",
        clock=lambda: datetime(2026, 11, 23, 9, tzinfo=UTC),
        cost=CHEAP,
    )
    try:
        held = {record.id for record in made.snapshot.records()}
        assert {record.id for record in sample("southampton").records} <= held
        assert (made.today, made.undoable) == (sample("southampton").today, "")
        assert made.person == sample("southampton").person
    finally:
        made.close()


@pytest.mark.parametrize(("name", "whole"), SAMPLES)
def test_visits_lie_on_working_days_and_are_made_by_a_worker_in_post(name, whole):
    records, calendar = snapshot(name, whole), reference().calendar
    for visit in records.all(Visit).values():
        assert visit.on is not None
        assert calendar.is_working(visit.on)
        worker = records.find(Worker, visit.worker_id)
        if worker is None:
            assert not visit.worker_id
            continue
        assert worker.assignment_start is None or worker.assignment_start <= visit.on
        assert worker.assignment_end is None or visit.on < worker.assignment_end


@pytest.mark.parametrize("name", ["southampton", "newcastle"])
def test_a_child_not_seen_or_not_seen_alone_has_a_reason(name):
    records = snapshot(name)
    for sighting in records.all(Sighting).values():
        visit = records.find(Visit, sighting.visit_id)
        assert visit is not None
        if visit.status == "planned":
            assert (sighting.seen, sighting.not_seen_reason) == (None, "")
        else:
            assert sighting.seen or sighting.not_seen_reason
            assert not sighting.seen or sighting.seen_alone or sighting.not_alone_reason


@pytest.mark.parametrize("name", ["southampton", "newcastle"])
def test_the_monday_has_the_odd_things_that_a_manager_meets(name):
    records = snapshot(name)
    visits = records.all(Visit).values()
    assert any(visit.pinned for visit in visits)
    assert any(visit.status == "attempted" for visit in visits)
    assert any(visit.status == "made" and visit.recorded_on is None for visit in visits)
    assert any(len(records.by(Sighting, "visit_id", visit.id)) > 2 for visit in visits)
    assert {transfer.status for transfer in records.all(Transfer).values()} == {"planned", "accepted", "returned"}
    assert {held.role for held in records.all(Allocation).values()} == {"lead", "co-worker"}
    assert any(child.expected for child in records.all(Child).values())
    workers = records.all(Worker).values()
    assert any(worker.stage == "asye" for worker in workers)
    assert any(sum(worker.pattern) < 370 for worker in workers)
    for kind in (ConflictOfInterest, Suspension, VisitFrequency, ExtraWork, Reduction, Placement, LegalStatus):
        assert records.all(kind), kind
    assert any(event.status == "planned" for event in records.all(Event).values())
