"""Today's export of the case system beside the plan: what differs, and what a person accepts of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from planner.actions.chase import record_visits
from planner.actions.imports import Receipt, import_found, preview
from planner.actions.reconciling import (
    CLOSED,
    DUE,
    GONE,
    HERE,
    MOVED,
    NEW,
    PLAN,
    TO_TYPE,
    VISIT_HERE,
    VISIT_THERE,
    WORKER,
    Difference,
    differences,
)
from planner.actions.shipped import reference
from planner.actions.visits import SeenAs, log_visit
from planner.core.errors import Refused
from planner.core.found import Found, FoundChild, FoundPeriod, FoundVisit
from planner.core.outlook import Outlook
from planner.core.records import Allocation, Case, Child, PlanSpell, Sighting, SourceRead, Team, Visit, Worker
from planner.core.workspace_settings import SOURCE_AS_AT

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
SEEN = FoundVisit(on=date(2026, 11, 6))


def child(reference_: str, **values: object) -> FoundChild:
    """An open child of the export, on a child in need plan."""
    told: dict[str, object] = {
        "initials": "X.Y.",
        "team": "North",
        "worker": "Lou Invented",
        "source": "table",
        "status": "cin",
        "received_on": date(2026, 9, 1),
        "periods": (FoundPeriod(what="plan", code="cin", start=date(2026, 9, 10)),),
        "visits": (SEEN,),
    }
    return FoundChild(reference=reference_, **{**told, **values})  # type: ignore[arg-type]


def export(*children: FoundChild, as_at: date = MONDAY) -> Found:
    return Found(source="export.csv", format="table", as_at=as_at, children=children, holds=frozenset(("cin", "cp", "lac")))


FIRST = (child("C101"), child("C102"), child("C103"))


@pytest.fixture
def held(workspace):
    """A workspace that took the export of Friday."""
    workspace.perform("Import", import_found, export(*FIRST, as_at=FRIDAY), FRIDAY).result()
    return workspace


def compared(workspace, found: Found) -> tuple[Difference, ...]:
    outlook = Outlook(workspace.snapshot, reference(), MONDAY, MONDAY)
    return differences(preview(workspace.snapshot, found, MONDAY), found, outlook)


def kinds(lines: tuple[Difference, ...]) -> list[tuple[str, str]]:
    return [(line.kind, line.about) for line in lines]


def accept(workspace, found: Found, which) -> Receipt:
    seen = preview(workspace.snapshot, found, MONDAY)
    outlook = Outlook(workspace.snapshot, reference(), MONDAY, MONDAY)
    accepted = frozenset(line.put for line in differences(seen, found, outlook) if line.can_be_accepted and which(line))
    return workspace.perform("Reconcile", import_found, found, MONDAY, seen=seen, accepted=accepted).result().result


def the(workspace, reference_: str) -> Child:
    return next(one for one in workspace.snapshot.all(Child).values() if one.reference == reference_)


def log(workspace, reference_: str, on: date = FRIDAY, alone: bool | None = None) -> None:
    """Log a visit here on which the child was seen."""
    seen = {the(workspace, reference_).id: SeenAs(seen=True, seen_alone=alone)}
    workspace.perform("Log", log_visit, seen, on, next(iter(workspace.snapshot.all(Worker)))).result()


def test_the_same_export_has_no_difference(held):
    assert compared(held, export(*FIRST)) == ()


CHANGES: Mapping[str, tuple[FoundChild, str]] = {
    "closed": (child("C101", is_open=False, status="closed", ended_on=FRIDAY, closure_reason="RC8", periods=()), CLOSED),
    "moved": (child("C101", team="South"), MOVED),
    "another worker": (child("C101", worker="Kim Invented"), WORKER),
    "another plan": (
        child("C101", status="cp", periods=(FoundPeriod(what="plan", code="cp", start=FRIDAY),)),
        PLAN,
    ),
    "a visit": (child("C101", visits=(SEEN, FoundVisit(on=FRIDAY))), VISIT_THERE),
}


@pytest.mark.parametrize(("changed", "kind"), CHANGES.values(), ids=CHANGES)
def test_each_difference_is_told_under_its_kind(held, changed, kind):
    lines = compared(held, export(changed, *FIRST[1:]))
    assert kind in {line.kind for line in lines}
    assert {line.about for line in lines} == {"C101"}
    assert all(line.child_id == the(held, "C101").id for line in lines)


def test_a_new_child_is_one_line_and_comes_whole(held):
    found = export(*FIRST, child("C104", worker="New Person"))
    lines = compared(held, found)
    assert kinds(lines) == [(NEW, "C104")]
    accept(held, found, lambda line: line.kind == NEW)
    new = the(held, "C104")
    snapshot = held.snapshot
    assert [spell.plan for spell in snapshot.by(PlanSpell, "child_id", new.id)] == ["cin"]
    assert [case.ended_on for case in snapshot.by(Case, "child_id", new.id)] == [None]
    (allocation,) = snapshot.by(Allocation, "child_id", new.id)
    assert snapshot.all(Worker)[allocation.worker_id].name == "New Person"
    assert [visit.on for visit, sighting in snapshot.visits_of(new.id) if sighting.seen] == [SEEN.on]
    assert compared(held, found) == ()


def test_a_line_is_accepted_alone_and_the_others_stay(held):
    found = export(child("C101", visits=(SEEN, FoundVisit(on=FRIDAY))), child("C102", worker="Kim Invented"), FIRST[2])
    accept(held, found, lambda line: line.kind == VISIT_THERE)
    assert [visit.on for visit, _ in held.snapshot.visits_of(the(held, "C101").id)] == [SEEN.on, FRIDAY]
    assert kinds(compared(held, found))[0] == (WORKER, "C102")
    assert not any(worker.name == "Kim Invented" for worker in held.snapshot.all(Worker).values())


def test_the_figures_are_as_old_as_they_were_until_all_of_the_export_is_taken(held):
    found = export(child("C101", visits=(SEEN, FoundVisit(on=FRIDAY))), child("C102", worker="Kim Invented"), FIRST[2])
    accept(held, found, lambda line: line.kind == VISIT_THERE)
    assert held.snapshot.setting(SOURCE_AS_AT) == FRIDAY.isoformat()
    accept(held, found, lambda line: True)
    assert held.snapshot.setting(SOURCE_AS_AT) == MONDAY.isoformat()


def test_a_tracker_beside_the_case_system_leaves_its_day_as_it_was(workspace):
    case_system = replace(export(*FIRST, as_at=FRIDAY), format="ssd")
    workspace.perform("Import", import_found, case_system, FRIDAY).result()
    tracker = export(child("C101", visits=(FoundVisit(on=FRIDAY),)))
    receipts = [workspace.perform("Import", import_found, tracker, MONDAY).result().result for _ in range(2)]
    assert [receipt.added.get("visit", 0) for receipt in receipts] == [1, 0]
    assert workspace.snapshot.setting(SOURCE_AS_AT) == FRIDAY.isoformat()
    assert [read.format for read in workspace.snapshot.all(SourceRead).values()] == ["ssd", "table"]


def test_a_visit_that_only_a_tracker_has_is_to_be_typed(held):
    visits = (FoundVisit(on=date(2026, 10, 1), source_ids=("1",)), FoundVisit(on=FRIDAY, source_ids=("2",)))
    case_system = replace(export(*(one._replace(source="ssd", visits=visits) for one in FIRST)), format="ssd")
    lines = [line for line in compared(held, case_system) if line.kind == VISIT_HERE]
    assert [(line.about, line.here) for line in lines] == [
        (one.reference, "Seen on Fri 6 Nov, as a tracker has it") for one in FIRST
    ]


def test_a_tracker_s_last_visit_says_nothing_of_those_before_it(held):
    log(held, "C101", on=date(2026, 11, 16))
    later = export(child("C101", visits=(FoundVisit(on=FRIDAY),)), *FIRST[1:])
    assert VISIT_HERE not in {line.kind for line in compared(held, later)}
    assert VISIT_HERE in {line.kind for line in compared(held, export(*FIRST))}


def test_an_accepted_worker_comes_with_the_allocation(held):
    found = export(child("C101", worker="Kim Invented", team="South"), *FIRST[1:])
    accept(held, found, lambda line: line.kind == WORKER and line.what == "allocation")
    lead = held.snapshot.lead(the(held, "C101").id, MONDAY)
    worker = held.snapshot.all(Worker)[lead.worker_id]
    assert worker.name == "Kim Invented"
    assert held.snapshot.all(Team)[worker.team_id].name == "South"


def test_accepting_nothing_writes_nothing_of_a_child(held):
    found = export(child("C101", worker="Kim Invented"), *FIRST[1:])
    before = (held.snapshot.all(Allocation), held.snapshot.all(Worker), held.snapshot.all(Visit))
    receipt = accept(held, found, lambda line: False)
    assert (held.snapshot.all(Allocation), held.snapshot.all(Worker), held.snapshot.all(Visit)) == before
    assert (receipt.added, receipt.changed) == ({}, {})


def test_accepting_is_one_step_that_undo_takes_back(held):
    found = export(child("C101", visits=(SEEN, FoundVisit(on=FRIDAY))), *FIRST[1:], child("C104"))
    before = {kind: dict(held.snapshot.all(kind)) for kind in (Child, Case, Visit, Sighting, Allocation, PlanSpell)}
    accept(held, found, lambda line: True)
    assert the(held, "C104")
    held.undo().result()
    assert {kind: dict(held.snapshot.all(kind)) for kind in before} == before


def test_what_was_chosen_of_a_plan_that_changed_since_is_not_written(held):
    found = export(*FIRST, child("C104"))
    seen = preview(held.snapshot, found, MONDAY)
    held.perform(
        "Log", log_visit, {the(held, "C101").id: SeenAs(seen=True)}, FRIDAY, next(iter(held.snapshot.all(Worker)))
    ).result()
    accepted = frozenset({("child", "whoever")})
    with pytest.raises(Refused, match="changed since the two were compared"):
        held.perform("Reconcile", import_found, found, MONDAY, seen=seen, accepted=accepted).result()


def test_a_visit_logged_here_is_to_be_typed_until_the_case_system_has_it(held):
    one = the(held, "C101")
    held.perform(
        "Log", log_visit, {one.id: SeenAs(seen=True, seen_alone=True)}, FRIDAY, next(iter(held.snapshot.all(Worker)))
    ).result()
    (line,) = compared(held, export(*FIRST))
    assert (line.kind, line.about, line.here) == (VISIT_HERE, "C101", "Seen on Fri 20 Nov, alone")
    assert (line.kind in TO_TYPE, line.can_be_accepted) == (True, False)
    (visit,) = [one for one, _ in held.snapshot.visits_of(one.id) if one.on == FRIDAY]
    held.perform("Mark recorded", record_visits, [visit.id], FRIDAY).result()
    (line,) = compared(held, export(*FIRST))
    assert (line.kind, line.here) == (VISIT_HERE, "Seen on Fri 20 Nov, alone, said to be recorded Fri 20 Nov")
    recorded = export(child("C101", visits=(SEEN, FoundVisit(on=FRIDAY, seen_alone=True))), *FIRST[1:])
    accept(held, recorded, lambda line: True)
    assert compared(held, recorded) == ()


def test_a_case_closed_here_and_open_there_is_to_be_typed(held):
    one = the(held, "C101")
    (case,) = held.snapshot.by(Case, "child_id", one.id)
    held.perform("Close", lambda step: step.put(replace(case, ended_on=FRIDAY, outcome="closed", closure_reason="RC8"))).result()
    assert (HERE, "C101") in kinds(compared(held, export(*FIRST)))


@pytest.mark.parametrize(("source", "format_"), [("table", "table"), ("ssd", "ssd"), ("table", "ssd")])
def test_a_child_whom_the_case_system_no_longer_has_is_asked_about(workspace, source, format_):
    first = [one._replace(source=source) for one in FIRST]
    workspace.perform("Import", import_found, replace(export(*first, as_at=FRIDAY), format=source), FRIDAY).result()
    lines = compared(workspace, replace(export(*first[1:]), format=format_))
    assert [line.kind for line in lines if line.about == "C101"] == [GONE]


@pytest.mark.parametrize(
    ("format_", "received", "ended", "is_told"),
    [
        ("ssd", MONDAY, None, True),
        ("table", MONDAY, None, False),
        ("ssd", date(2026, 11, 24), None, False),
        ("ssd", FRIDAY, MONDAY, False),
    ],
)
def test_a_child_typed_in_here_whom_the_case_system_has_not_is_told(workspace, format_, received, ended, is_told):
    records = Child(id="k", reference="T-1"), Case(id="kc", child_id="k", received_on=received, ended_on=ended)
    workspace.perform("Type in", lambda step: [step.put(record) for record in records]).result()
    found = replace(export(child("C101")), format=format_)
    seen = preview(workspace.snapshot, found, MONDAY)
    lines = differences(seen, found, Outlook(workspace.snapshot, reference(), MONDAY, MONDAY))
    told = [(line.kind, line.there, line.can_be_accepted) for line in lines if line.about == "T-1"]
    assert told == ([(GONE, "Not there", False)] if is_told else [])


def test_another_next_date_is_only_compared(held):
    outlook = Outlook(held.snapshot, reference(), MONDAY, MONDAY)
    due = {row.child.reference: row.next_visit.due_on for row in outlook.cases}
    same = export(FIRST[0]._replace(next_due=due["C101"]), *FIRST[1:])
    assert compared(held, same) == ()
    found = export(FIRST[0]._replace(next_due=date(2026, 12, 31)), *FIRST[1:])
    (line,) = compared(held, found)
    assert (line.kind, line.there, line.can_be_accepted) == (DUE, "31 December 2026", False)
