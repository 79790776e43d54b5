"""Importing: what is matched, what is kept, and that doing it twice changes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.actions.imports import Choices, Receipt, import_found, is_near, preview
from planner.actions.visits import SeenAs, log_visit
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.found import Found, FoundChild, FoundPeriod
from planner.core.records import (
    Allocation,
    Case,
    Child,
    Event,
    LegalStatus,
    Placement,
    PlanSpell,
    Record,
    Sighting,
    SourceRead,
    StepTaken,
    Team,
    Visit,
    Worker,
)
from planner.core.snapshot import Snapshot
from planner.core.workspace_settings import SOURCE_AS_AT
from planner.formats.choosing import FORMATS
from tests.helpers.annex_a_workbook import AS_AT, Rows, a_service, row, write_workbook

START = date(2026, 9, 1)
EARLIER = date(2026, 11, 13)
STAFF = {"team": "Locality", "worker": "Lou Invented"}


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., Found]:
    """Lists as they come out of a workbook."""

    def _found(lists: Mapping[int, Rows]) -> Found:
        return FORMATS[0].read(write_workbook(tmp_path / "annex a.xlsx", lists))

    return _found


@pytest.fixture
def brought(workspace: Workspace, found: Callable[..., Found]) -> Callable[..., Receipt]:
    """Imports lists into the workspace."""

    def _brought(lists: Mapping[int, Rows], as_at: date = AS_AT, choices: Choices | None = None) -> Receipt:
        return workspace.perform("Import", import_found, found(lists), as_at, choices).result().result

    return _brought


def everything(snapshot: Snapshot) -> set[Record]:
    """All records but the list of steps itself."""
    return {record for record in snapshot.records() if not isinstance(record, StepTaken)}


def child(workspace: Workspace, reference: str = "70001") -> Child:
    return next(child for child in workspace.snapshot.all(Child).values() if child.reference == reference)


def of_child(workspace: Workspace, kind: type[Any], reference: str = "70001") -> tuple[Any, ...]:
    return workspace.snapshot.by(kind, "child_id", child(workspace, reference).id)


def cp(**values: Any) -> dict[int, Rows]:
    return {7: [row(7, **({"start": START} | STAFF | values))]}


def test_a_new_child_comes_with_case_plan_worker_and_visit(workspace, brought):
    receipt = brought(cp(visit=date(2026, 11, 10), alone="a) Yes"))
    made = child(workspace)
    assert (made.source, made.tracked_from, made.born) == ("annex-a", AS_AT, date(2015, 5, 4))
    case = workspace.snapshot.case(made.id, AS_AT)
    assert case is not None
    assert case.received_on == START
    assert workspace.snapshot.plan(made.id, AS_AT) == "cp"
    lead = workspace.snapshot.lead(made.id, AS_AT)
    assert lead is not None
    assert lead.start == AS_AT
    worker = workspace.snapshot.find(Worker, lead.worker_id)
    assert worker is not None
    assert (worker.name, worker.team_id) == ("Lou Invented", case.team_id)
    [(visit, sighting)] = workspace.snapshot.visits_of(made.id)
    assert (visit.status, visit.source, sighting.seen, sighting.seen_alone) == ("made", "annex-a", True, True)
    assert receipt.added == {"child": 1, "team": 1, "case": 1, "plan_spell": 1, "visit": 1, "worker": 1, "allocation": 1}
    assert any("Allocations" in sentence for sentence in receipt.assumed)
    assert workspace.snapshot.setting(SOURCE_AS_AT) == AS_AT.isoformat()


def test_the_preview_says_what_the_import_does_and_changes_nothing(workspace, found):
    before = everything(workspace.snapshot)
    seen = preview(workspace.snapshot, found(a_service(30)), AS_AT)
    assert everything(workspace.snapshot) == before
    receipt = workspace.perform("Import", import_found, found(a_service(30)), AS_AT).result().result
    assert (seen.added, seen.changed, seen.same, seen.assumed) == (receipt.added, receipt.changed, receipt.same, receipt.assumed)
    assert seen.counts()["new"] == sum(receipt.added.values())
    assert not seen.is_known


def test_importing_twice_changes_nothing_at_all(workspace, brought):
    brought(a_service(60))
    before = everything(workspace.snapshot)
    receipt = brought(a_service(60))
    assert everything(workspace.snapshot) == before
    assert (receipt.added, receipt.changed) == ({}, {})
    assert receipt.same > 200
    assert len(workspace.snapshot.all(SourceRead)) == 1


def test_one_undo_takes_the_whole_import_back(workspace, brought):
    before = everything(workspace.snapshot)
    brought(a_service(30))
    workspace.undo().result()
    assert everything(workspace.snapshot) == before


# A later workbook


def test_a_later_workbook_closes_the_case_and_ends_what_ran(workspace, brought):
    brought(cp(), EARLIER)
    closed = [row(6, start=START, closed=date(2026, 11, 18), closure="RC7", status="e) Closed episode")]
    brought({6: closed} | cp(end=date(2026, 11, 18)))
    [case] = of_child(workspace, Case)
    assert (case.ended_on, case.outcome, case.closure_reason) == (date(2026, 11, 18), "closed", "RC7")
    assert [spell.end for spell in of_child(workspace, PlanSpell)] == [date(2026, 11, 18)]
    assert [held.end for held in of_child(workspace, Allocation)] == [date(2026, 11, 18)]


def test_a_step_up_ends_the_child_in_need_plan_when_the_other_began(workspace, brought):
    brought({6: [row(6, start=START, status="c) Child in need plan", **STAFF)]}, EARLIER)
    brought({6: [row(6, start=START, status="b) Child Protection plan", **STAFF)]} | cp(start=date(2026, 11, 16)))
    spells = {spell.plan: (spell.start, spell.end) for spell in of_child(workspace, PlanSpell)}
    assert spells == {"cin": (START, date(2026, 11, 16)), "cp": (date(2026, 11, 16), None)}


def test_a_new_worker_takes_over_on_the_day_the_workbook_speaks_of(workspace, brought):
    brought(cp(), EARLIER)
    brought(cp(worker="Max Invented"))
    held = of_child(workspace, Allocation)
    names = [workspace.snapshot.find(Worker, one.worker_id).name for one in held]
    assert names == ["Lou Invented", "Max Invented"]
    assert [(one.start, one.end) for one in held] == [(EARLIER, AS_AT), (AS_AT, None)]


def test_a_move_ends_the_placement_and_a_new_status_the_old(workspace, brought):
    care = {"start": START, "legal_start": START, "legal": "V2", "placement_start": START, "placement": "U6"} | STAFF
    brought({8: [row(8, **care)]}, EARLIER)
    moved = date(2026, 11, 17)
    brought({8: [row(8, **(care | {"legal_start": moved, "legal": "C1", "placement_start": moved, "placement": "K2"}))]})
    assert [(one.code, one.start, one.end) for one in of_child(workspace, LegalStatus)] == [
        ("V2", START, moved),
        ("C1", moved, None),
    ]
    assert [(one.type, one.start, one.end) for one in of_child(workspace, Placement)] == [
        ("U6", START, moved),
        ("K2", moved, None),
    ]


def test_an_open_child_that_is_gone_from_the_workbook_stays_open_and_is_said(workspace, brought):
    brought(cp(), EARLIER)
    receipt = brought({7: [row(7, child="80002", born=date(2010, 1, 1), start=START)]})
    assert of_child(workspace, Case)[0].ended_on is None
    assert [problem.value for problem in receipt.problems if problem.code == "not-in-source"] == ["70001"]


def test_an_older_workbook_and_one_of_tomorrow_are_refused(workspace, brought):
    brought(cp())
    before = everything(workspace.snapshot)
    with pytest.raises(Refused, match="is older"):
        brought(cp(), EARLIER)
    with pytest.raises(Refused, match="has not come yet"):
        brought(cp(), date(2026, 11, 24))
    assert everything(workspace.snapshot) == before


# What was logged here


def test_a_visit_logged_here_is_matched_by_child_and_day_and_marked_recorded(workspace, brought, does):
    brought(cp(), EARLIER)
    worker = of_child(workspace, Allocation)[0].worker_id
    seen_on = date(2026, 11, 17)
    does(log_visit, {child(workspace).id: SeenAs(seen=True)}, seen_on, worker)
    receipt = brought(cp(visit=seen_on, alone="a) Yes"))
    [(visit, sighting)] = workspace.snapshot.visits_of(child(workspace).id)
    assert (visit.worker_id, visit.recorded_on, visit.source) == (worker, AS_AT, "")
    assert (sighting.seen, sighting.seen_alone) == (True, True)
    assert "visit" not in receipt.added


def test_a_visit_logged_since_is_kept(workspace, brought, does):
    brought(cp(visit=date(2026, 11, 10)), EARLIER)
    worker = of_child(workspace, Allocation)[0].worker_id
    does(log_visit, {child(workspace).id: SeenAs(seen=True)}, date(2026, 11, 19), worker)
    brought(cp(visit=date(2026, 11, 10)))
    days = [visit.on for visit, _ in workspace.snapshot.visits_of(child(workspace).id)]
    assert days == [date(2026, 11, 10), date(2026, 11, 19)]
    assert workspace.snapshot.visits_of(child(workspace).id)[1][0].recorded_on is None


def test_a_visit_planned_for_the_child_alone_was_made(workspace, brought, does):
    brought(cp(), EARLIER)
    planned = Visit(id="v", on=date(2026, 11, 18), status="planned", worker_id="ada")
    does(lambda step: [step.put(planned), step.put(Sighting(id="s", visit_id="v", child_id=child(workspace).id))])
    brought(cp(visit=date(2026, 11, 18)))
    [(visit, sighting)] = workspace.snapshot.visits_of(child(workspace).id)
    assert (visit.id, visit.status, visit.recorded_on, sighting.seen) == ("v", "made", AS_AT, True)


def test_an_attempted_visit_of_the_day_is_not_the_one_where_the_child_was_seen(workspace, brought, does):
    brought(cp(), EARLIER)
    tried = Visit(id="v", on=date(2026, 11, 18), status="attempted", worker_id="ada")
    does(lambda step: [step.put(tried), step.put(Sighting(id="s", visit_id="v", child_id=child(workspace).id, seen=False))])
    brought(cp(visit=date(2026, 11, 18)))
    assert [visit.status for visit, _ in workspace.snapshot.visits_of(child(workspace).id)].count("made") == 1
    assert workspace.snapshot.find(Visit, "v").status == "attempted"


def test_a_visit_of_the_day_before_is_flagged_and_both_are_kept(workspace, brought, does):
    brought(cp(), EARLIER)
    does(log_visit, {child(workspace).id: SeenAs(seen=True)}, date(2026, 11, 17), of_child(workspace, Allocation)[0].worker_id)
    receipt = brought(cp(visit=date(2026, 11, 18)))
    assert len(workspace.snapshot.visits_of(child(workspace).id)) == 2
    assert "visit-near" in {problem.code for problem in receipt.problems}


def test_an_allocation_made_here_since_is_kept(workspace, brought, does):
    brought(cp(), EARLIER)
    [held] = of_child(workspace, Allocation)
    day = date(2026, 11, 16)
    theirs = Allocation(id="own", child_id=held.child_id, worker_id="ada", start=day, reason="Knows the family")
    does(lambda step: [step.put(replace(held, end=day)), step.put(theirs)])
    receipt = brought(cp())
    assert workspace.snapshot.lead(held.child_id, AS_AT).worker_id == "ada"
    assert "allocated-here" in {problem.code for problem in receipt.problems}


def test_a_case_closed_here_stays_closed_and_is_asked(workspace, brought, does):
    brought(cp(), EARLIER)
    [case] = of_child(workspace, Case)
    does(lambda step: step.put(replace(case, ended_on=date(2026, 11, 16), outcome="closed")))
    receipt = brought(cp())
    assert of_child(workspace, Case)[0].ended_on == date(2026, 11, 16)
    assert "closed-here" in {problem.code for problem in receipt.problems}


def test_a_review_planned_here_for_that_day_was_held(workspace, brought, does):
    brought(cp(), EARLIER)
    day = date(2026, 11, 17)
    does(lambda step: step.put(Event(id="e", child_id=child(workspace).id, event="cp_review_held", on=day, status="planned")))
    brought(cp(review=day))
    assert [(event.id, event.status) for event in of_child(workspace, Event)] == [("e", "held")]


# Keys


def test_a_worker_is_known_by_folded_name_and_team(workspace, brought):
    receipt = brought(cp(team="TEAM  1", worker="amber, ADA"))
    assert "worker" not in receipt.added
    assert "team" not in receipt.added
    assert of_child(workspace, Allocation)[0].worker_id == "ada"


def test_a_namesake_of_another_team_is_another_worker_until_mapped(workspace, brought):
    receipt = brought(cp(team="Team 2", worker="Ada Amber"), EARLIER)
    assert receipt.added["worker"] == 1
    assert "worker-namesake" in {problem.code for problem in receipt.problems}
    workspace.undo().result()
    brought(cp(team="Team 2", worker="Ada Amber"), EARLIER, Choices(workers={("Ada Amber", "Team 2"): "ada"}))
    assert of_child(workspace, Allocation)[0].worker_id == "ada"


def test_a_mapped_name_is_known_from_then_on(workspace, brought):
    brought(cp(team="Team 1", worker="A. Amber"), EARLIER, Choices(workers={("A. Amber", "Team 1"): "ada"}))
    assert workspace.snapshot.find(Worker, "ada").other_names == ("A. Amber",)
    brought({7: [row(7, child="80002", born=date(2010, 1, 1), start=START, team="Team 9", worker="a. amber")]})
    assert of_child(workspace, Allocation, "80002")[0].worker_id == "ada"


def test_a_child_who_is_here_keeps_initials_and_gains_the_birthday(workspace, brought):
    brought({7: [row(7, child="C3", start=date(2026, 9, 1))]})
    assert replace(child(workspace, "C3"), born=None) == Child(id="c3", reference="C3", initials="3.X.")
    assert child(workspace, "C3").born == date(2015, 5, 4)
    assert len(of_child(workspace, PlanSpell, "C3")) == 1


def test_children_who_look_alike_are_flagged_and_never_joined(workspace, brought):
    rows = [row(7, child=reference, start=START) for reference in ("70001", "70010", "070001", "95551")]
    receipt = brought({7: rows})
    flagged = [problem for problem in receipt.problems if problem.code == "child-alike"]
    assert len(flagged) == 3
    assert receipt.added["child"] == 4


@pytest.mark.parametrize(
    ("name", "born", "is_told"),
    [
        ("ivy  Invented ", date(2015, 5, 4), True),
        ("Ivy Invented", date(2015, 5, 14), True),
        ("Ivy Invented", date(2015, 6, 14), False),
        ("Iva Invented", date(2015, 5, 4), False),
        ("", date(2015, 5, 4), False),
    ],
)
def test_a_name_that_is_here_under_another_number_is_told_where_the_birthday_is_nearly_the_same(workspace, name, born, is_told):
    here = FoundChild("70001", name="Ivy Invented", born=date(2015, 5, 4))
    new = FoundChild("99852", name=name, born=born)
    for children in ((here,), (here, new), (here, new)):
        source = Found(source="list.csv", format="table", children=children)
        receipt = workspace.perform("Import", import_found, source, AS_AT).result().result
        told = [problem.code for problem in receipt.problems]
        assert ("child-alike" in told) == (is_told and "child" in receipt.added and new in children)


def test_a_child_whose_birthday_was_put_right_is_not_told_to_be_like_themselves(workspace):
    for born in (date(2015, 5, 4), date(2015, 5, 14)):
        receipt = workspace.perform("Import", import_found, of_a_tracker(name="Ivy Invented", born=born), AS_AT).result().result
    assert (receipt.changed, receipt.problems) == ({"child": 1}, ())


@pytest.mark.parametrize(
    ("initials", "born", "is_asked"),
    [
        ("Z.M.", date(2012, 8, 14), True),
        ("I.I.", date(2012, 8, 14), False),
        ("Z.M.", date(2015, 5, 14), False),
        ("Z.M.", None, False),
    ],
)
def test_another_child_under_the_number_of_one_who_is_here_is_asked_about(workspace, initials, born, is_asked):
    for child in (FoundChild("70001", initials="I.I.", born=date(2015, 5, 4)), FoundChild("70001", initials=initials, born=born)):
        source = Found(source="list.csv", format="table", children=(child,))
        receipt = workspace.perform("Import", import_found, source, AS_AT).result().result
    assert [problem.code for problem in receipt.problems] == (["child-differs"] if is_asked else [])


def of_a_tracker(**said: Any) -> Found:
    return Found(source="list.csv", format="table", children=(FoundChild("70001", **said),))


@pytest.mark.parametrize(
    "said",
    [
        {"received_on": date(2026, 6, 18), "ended_on": date(2026, 6, 3)},
        {"ended_on": EARLIER, "periods": (FoundPeriod("plan", "cin", AS_AT, EARLIER),)},
    ],
    ids=["closed before it was received", "a plan from after the closing"],
)
def test_days_of_a_closed_case_that_cannot_be_are_told_and_settled_once(workspace, said):
    for _ in range(2):
        found = of_a_tracker(is_open=False, status="closed", **said)
        receipt = workspace.perform("Import", import_found, found, AS_AT).result().result
        assert [problem.code for problem in receipt.problems] == ["end-before-start"]
    assert (receipt.added, receipt.changed) == ({}, {})
    assert [case.ended_on for case in of_child(workspace, Case)] == [said["ended_on"]]


def test_a_case_said_to_be_received_the_day_it_closed_closes_the_one_here_and_is_no_second_one(workspace):
    day = date(2026, 6, 18)
    closed = of_a_tracker(is_open=False, status="closed", received_on=day, ended_on=day)
    for found in (of_a_tracker(received_on=date(2026, 6, 3)), closed, closed):
        workspace.perform("Import", import_found, found, AS_AT).result()
    assert [(case.received_on, case.ended_on) for case in of_child(workspace, Case)] == [(date(2026, 6, 3), day)]


def test_a_name_of_two_workers_here_makes_one_more_and_not_one_each_time(workspace):
    for reference, team, is_asked in (
        *(("70001", "Team 1", False), ("70001", "", False), ("70001", "Team 2", True)),
        *(("70002", "", True), ("70002", "", False), ("70003", "", True), ("70001", "Team 1", False)),
    ):
        child = FoundChild(reference, worker="Sam Same", team=team)
        found = Found(source="list.csv", format="table", children=(child,))
        receipt = workspace.perform("Import", import_found, found, AS_AT).result().result
        assert ("worker-namesake" in {problem.code for problem in receipt.problems}) == is_asked
    sams = [worker for worker in workspace.snapshot.all(Worker).values() if worker.name == "Sam Same"]
    assert len(sams) == 3


def test_a_source_that_tells_of_nobody_changes_nothing_and_makes_nothing_newer(workspace):
    with pytest.raises(Refused, match="tells of no child"):
        workspace.perform("Import", import_found, Found(source="list.csv", format="table"), AS_AT).result()
    assert workspace.snapshot.setting(SOURCE_AS_AT) == ""


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("70001", "70010", True),
        ("70001", "70002", True),
        ("70001", "7001", True),
        ("0070001", "70001", True),
        ("70001", "90002", False),
        ("701", "702", False),
        ("70001", "7", False),
    ],
)
def test_references_are_near_by_one_slip(one, other, near):
    assert is_near(one, other) is near
    assert is_near(other, one) is near


def test_a_child_left_out_is_not_imported(workspace, brought):
    receipt = brought(a_service(6), choices=Choices(left_out=frozenset({"800000"})))
    assert receipt.added["child"] == 5


# What cannot be


def test_a_visit_after_the_day_is_refused(workspace, brought):
    receipt = brought(cp(visit=date(2026, 11, 22)))
    assert not workspace.snapshot.visits_of(child(workspace).id)
    assert [(one.sheet, one.row, one.outcome) for one in receipt.problems if one.code == "date-after"] == [
        ("List 7", 2, "refused")
    ]


def test_an_end_before_its_start_is_left_out_and_said(workspace, brought):
    receipt = brought(cp(end=date(2026, 8, 1)))
    assert of_child(workspace, PlanSpell)[0].end is None
    assert "end-before-start" in {problem.code for problem in receipt.problems}


def test_an_unborn_child_is_expected(workspace, brought):
    brought(cp(born=date(2027, 1, 10)))
    assert (child(workspace).born, child(workspace).expected) == (None, date(2027, 1, 10))


def test_no_worker_is_no_allocation(workspace, brought):
    brought(cp(worker="#N/A"))
    assert of_child(workspace, Allocation) == ()
    assert workspace.snapshot.all(Team)


def test_a_plan_without_its_first_day_is_a_plan_all_the_same(workspace, brought):
    brought(cp(start="31/02/2026"))
    assert workspace.snapshot.plan(child(workspace).id, AS_AT) == "cp"


def test_a_care_leaver_of_a_closed_case_without_days_is_the_same_one_the_next_time(workspace):
    found = of_a_tracker(is_open=False, status="closed", periods=(FoundPeriod("plan", "care_leaver", None),))
    for _ in range(2):
        receipt = workspace.perform("Import", import_found, found, AS_AT).result().result
    assert (receipt.added, receipt.changed, len(of_child(workspace, PlanSpell))) == ({}, {}, 1)


def test_the_reading_keeps_when_it_was_read(workspace, brought):
    brought(cp())
    (reading,) = workspace.snapshot.all(SourceRead).values()
    assert reading.read_at == datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("born", "kept", "expected", "code", "outcome"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), None, None, None),
        (date(2000, 11, 21), date(2000, 11, 21), None, None, None),
        (date(2000, 11, 20), date(2000, 11, 20), None, "born-long-ago", "ask"),
        (date(2027, 9, 16), None, date(2027, 9, 16), None, None),
        (date(2051, 5, 4), None, None, "born-ahead", "refused"),
    ],
)
def test_a_birth_no_child_of_a_caseload_can_have_is_a_problem(workspace, brought, born, kept, expected, code, outcome):
    receipt = brought(cp(born=born))
    assert (child(workspace).born, child(workspace).expected) == (kept, expected)
    assert [(one.code, one.outcome) for one in receipt.problems if one.code.startswith("born")] == [(code, outcome)] * bool(code)


@pytest.mark.parametrize(
    ("seen", "code", "outcome", "visits"),
    [
        (START, None, None, 1),
        (START - timedelta(days=1), "visit-before", "ask", 1),
        (AS_AT, None, None, 1),
        (AS_AT + timedelta(days=1), "date-after", "refused", 0),
    ],
)
def test_a_visit_before_the_work_began_or_still_to_come_is_a_problem(workspace, brought, seen, code, outcome, visits):
    receipt = brought(cp(visit=seen))
    said = [one for one in receipt.problems if one.code in ("visit-before", "date-after")]
    assert [(one.code, one.outcome, one.sheet, one.row) for one in said] == [(code, outcome, "List 7", 2)] * bool(code)
    assert len(workspace.snapshot.visits_of(child(workspace).id)) == visits
