"""Importing an SSD extract: histories are kept, what was decided here stays, and doing it twice changes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.actions.import_child import PLANS_OPEN
from planner.actions.imports import Receipt, import_found, preview
from planner.actions.samples import sample_records
from planner.actions.visits import SeenAs, log_visit
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.records import Allocation, Case, Child, Event, Placement, Record, StepTaken, Visit, Worker
from planner.core.snapshot import Snapshot
from planner.core.sources import held_by
from planner.formats.choosing import FORMATS
from planner.formats.ssd import Ssd
from planner.formats.ssd_children import INTERVIEWS, NOT_SEEN
from planner.formats.ssd_writing import write
from tests.helpers.annex_a_workbook import row, write_workbook
from tests.helpers.ssd_tables import AS_AT, START, Rows, a_child, write_extract
from tools.ssd_extract import many, sample_tables

EARLIER = date(2026, 11, 13)
LATER = date(2026, 10, 5)
LEAD = {"role": "ALLOCATED CASE WORKER"}


@pytest.fixture
def brought(workspace: Workspace, tmp_path: Path) -> Callable[..., Receipt]:
    """Imports tables into the workspace."""

    def _brought(tables: Mapping[str, Rows], as_at: date = AS_AT) -> Receipt:
        found = Ssd().read(write_extract(tmp_path / f"extract {len(list(tmp_path.iterdir()))}", tables))
        return workspace.perform("Import", import_found, found, as_at).result().result

    return _brought


def everything(snapshot: Snapshot) -> set[Record]:
    return {record for record in snapshot.records() if not isinstance(record, StepTaken)}


def of_child(workspace: Workspace, kind: type[Any], reference: str = "70001") -> tuple[Any, ...]:
    child = next(child for child in workspace.snapshot.all(Child).values() if child.reference == reference)
    return workspace.snapshot.by(kind, "child_id", child.id)


def held(workspace: Workspace) -> list[tuple[str, date | None, date | None]]:
    names = {worker.id: worker.name for worker in workspace.snapshot.all(Worker).values()}
    return [(names[one.worker_id], one.start, one.end) for one in of_child(workspace, Allocation)]


def test_the_history_of_allocations_visits_and_placements_is_kept(workspace, brought):
    brought(
        a_child(
            involvements=[
                {"worker": "P1", "start": START, "end": LATER, "reason": "LEFTRL", **LEAD},
                {"worker": "P2", "start": LATER, **LEAD},
            ],
            cp_plans=[{"start": START, "category": "NEG"}],
            cp_visits=[{"on": LATER, "seen": "Y", "alone": "Y", "bedroom": "N"}, {"on": EARLIER, "seen": "N"}],
            cla_episodes=[{"start": LATER, "reason": "S", "period": "L1", "placement": "H1"}],
            cla_placement=[{"id": "H1", "start": LATER, "type": "U6"}],
        )
    )
    assert held(workspace) == [("Lou Invented", START, LATER), ("Max Invented", LATER, None)]
    assert of_child(workspace, Allocation)[0].end_code == "LEFTRL"
    visits = workspace.snapshot.visits_of(of_child(workspace, Allocation)[0].child_id)
    assert [(one.on, one.status, seen.seen, seen.seen_alone, seen.bedroom_seen) for one, seen in visits] == [
        (LATER, "made", True, True, False),
        (EARLIER, "attempted", False, None, None),
    ]
    assert [(one.type, one.reason) for one in of_child(workspace, Placement)] == [("U6", "S")]
    [case] = of_child(workspace, Case)
    assert case.referral_source == "6"


def test_the_sample_extract_twice_changes_nothing_and_one_undo_takes_it_back(workspace, tmp_path):
    sample = sample_records("southampton")
    write(many(sample_tables(sample.records, sample.today), 40), tmp_path / "extract.zip")
    found = Ssd().read(tmp_path / "extract.zip")
    assert found.as_at is not None
    before = everything(workspace.snapshot)
    seen = preview(workspace.snapshot, found, found.as_at)
    receipt = workspace.perform("Import", import_found, found, found.as_at, seen=seen).result().result
    assert (dict(seen.added), seen.assumed) == (receipt.added, receipt.assumed)
    imported = everything(workspace.snapshot)
    assert receipt.added["child"] == 40
    again = workspace.perform("Import", import_found, found, found.as_at).result().result
    assert (again.added, again.changed, everything(workspace.snapshot)) == ({}, {}, imported)
    workspace.undo().result()
    assert everything(workspace.snapshot) == before
    workspace.redo().result()
    assert everything(workspace.snapshot) == imported


def away(**said: object) -> Rows:
    return [{"start": LATER, "end": EARLIER, "type": "M"} | said]


@pytest.mark.parametrize("said", ["offered", "accepted"])
def test_a_return_from_missing_owes_an_interview_until_the_extract_says_one_was_offered(workspace, brought, said):
    def events() -> list[tuple[str, date | None]]:
        return sorted((one.event, one.on) for one in of_child(workspace, Event) if one.event.startswith("return"))

    brought(a_child(missing=away(), pre_proceedings=[{"on": LATER}]), EARLIER)
    assert events() == [("returned_from_missing", EARLIER)]
    assert [one.on for one in of_child(workspace, Event) if one.event == "letter_before_proceedings"] == [LATER]
    for _ in range(2):
        receipt = brought(a_child(missing=away(**{said: "Y"}), pre_proceedings=[{"on": LATER}]))
        assert events() == [("return_interview_held", EARLIER), ("returned_from_missing", EARLIER)]
    assert receipt.added == {}


def test_an_interview_recorded_here_is_the_one_the_extract_has_no_day_of(workspace, brought):
    brought(a_child(missing=away()), EARLIER)
    here = Event(id="here", child_id=of_child(workspace, Event)[0].child_id, event="return_interview_held", on=AS_AT)
    workspace.perform("Interview", lambda step: step.put(here)).result()
    receipt = brought(a_child(missing=away(offered="N", accepted="Y")))
    assert (receipt.added, receipt.changed) == ({}, {})


@pytest.mark.parametrize(
    "row", [{"end": None, "offered": "Y"}, {"end": date(9999, 12, 31)}, {"type": "Absent"}, {"type": "A", "offered": "Y"}]
)
def test_who_is_still_missing_or_was_only_away_owes_no_interview(workspace, brought, row):
    receipt = brought(a_child(missing=away(**row)))
    assert not [one for one in of_child(workspace, Event) if one.event.startswith("return")]
    assert not [one for one in receipt.assumed if one.startswith(INTERVIEWS)]


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"cin_visits": [{"on": LATER, "seen": "N", "alone": "N"}, {"on": EARLIER, "seen": "N", "alone": "Y"}]}, NOT_SEEN),
        (
            {"cin_episodes": [{"start": START, "end": LATER}], "cin_assessments": [{"start": START}], "involvements": []},
            PLANS_OPEN,
        ),
    ],
    ids=["not seen, and seen alone", "an open assessment in a closed case"],
)
def test_what_contradicts_itself_is_settled_the_first_time_and_not_again(workspace, brought, tables, said):
    assert any(one.startswith(said) for one in brought(a_child(**tables)).assumed)
    imported = everything(workspace.snapshot)
    again = brought(a_child(**tables))
    assert (again.added, again.changed, everything(workspace.snapshot)) == ({}, {}, imported)
    assert not [problem for problem in again.problems if problem.code == "ended-here"]


def test_what_was_worked_out_for_the_preview_is_not_used_once_something_changed(workspace, tmp_path):
    found = Ssd().read(write_extract(tmp_path / "extract", a_child()))
    seen = preview(workspace.snapshot, found, AS_AT)
    workspace.perform("Import", import_found, found, AS_AT).result()
    receipt = workspace.perform("Import", import_found, found, AS_AT, seen=seen).result().result
    assert receipt.added == {}


def test_an_import_that_is_stopped_while_it_is_written_leaves_nothing(workspace, tmp_path):
    found = Ssd().read(write_extract(tmp_path / "extract", a_child()))
    before = workspace.snapshot

    def stop(part: float) -> None:
        raise Refused("Stopped.")

    with pytest.raises(Refused, match="Stopped"):
        workspace.perform("Import", import_found, found, AS_AT, watch=stop).result()
    assert workspace.snapshot is before
    assert workspace.undoable != "Import"
    assert workspace.perform("Import", import_found, found, AS_AT).result().result.added["child"] == 1


# A later extract


def test_a_handover_there_ends_the_one_and_begins_the_other_on_its_day(workspace, brought):
    brought(a_child(), EARLIER)
    moved = date(2026, 11, 17)
    first = {"worker": "P1", "start": START, "end": moved, "reason": "TSPROC", **LEAD}
    brought(a_child(involvements=[first, {"worker": "P2", "start": moved, **LEAD}]))
    assert held(workspace) == [("Lou Invented", START, moved), ("Max Invented", moved, None)]


def test_a_worker_given_here_since_is_kept_and_asked_about(workspace, brought, does):
    brought(a_child(), EARLIER)
    [lead] = of_child(workspace, Allocation)
    maker = Worker(id="e" * 32, name="Ada Invented")
    day = date(2026, 11, 17)

    def hand_over(step: Any) -> None:
        step.put(maker)
        step.put(replace(lead, end=day, end_reason="Has room"))
        step.put(Allocation(id="d" * 32, child_id=lead.child_id, worker_id=maker.id, start=day, reason="Has room"))

    does(hand_over)
    receipt = brought(a_child())
    assert [one[1:] for one in held(workspace)] == [(START, day), (day, None)]
    assert receipt.changed == {}


def test_nobody_holds_a_child_whom_nobody_holds_there(workspace, brought):
    brought(a_child(), EARLIER)
    brought(a_child(involvements=[{"worker": "P1", "start": START, "end": date(2026, 11, 17), **LEAD}]))
    assert [one[1:] for one in held(workspace)] == [(START, date(2026, 11, 17))]


def test_a_second_referral_closes_the_first_time_of_work_and_opens_another(workspace, brought):
    brought(a_child(), EARLIER)
    ended, again = date(2026, 11, 16), date(2026, 11, 18)
    brought(a_child(cin_episodes=[{"start": START, "end": ended, "closure": "RC7"}, {"start": again}], involvements=[]))
    assert [(one.received_on, one.ended_on, one.closure_reason) for one in of_child(workspace, Case)] == [
        (START, ended, "RC7"),
        (again, None, ""),
    ]


def test_an_allocation_an_annex_a_brought_gets_its_true_start(workspace, brought, tmp_path):
    annex = write_workbook(tmp_path / "annex a.xlsx", {7: [row(7, start=START, team="Locality", worker="Lou Invented")]})
    workspace.perform("Import", import_found, FORMATS[0].read(annex), EARLIER).result()
    brought(a_child(cp_plans=[{"start": START}]))
    assert held(workspace) == [("Lou Invented", START, None)]


# What was logged here


def test_a_visit_logged_here_and_one_tried_there_are_matched_by_day(workspace, brought, does):
    brought(a_child(), EARLIER)
    [lead] = of_child(workspace, Allocation)
    seen_on = date(2026, 11, 17)
    does(log_visit, {lead.child_id: SeenAs(seen=True, seen_alone=True)}, seen_on, lead.worker_id)
    brought(a_child(cin_visits=[{"on": seen_on, "seen": "N"}]))
    [(visit, sighting)] = workspace.snapshot.visits_of(lead.child_id)
    assert (visit.status, sighting.seen, visit.recorded_on) == ("made", True, AS_AT)


def test_a_visit_that_was_tried_and_is_put_right_there_was_made(workspace, brought):
    day = date(2026, 11, 10)
    brought(a_child(cin_visits=[{"on": day, "seen": "N"}]), EARLIER)
    brought(a_child(cin_visits=[{"on": day, "seen": "Y", "alone": "Y"}]))
    [visit] = workspace.snapshot.all(Visit).values()
    [(_, sighting)] = workspace.snapshot.visits_of(of_child(workspace, Case)[0].child_id)
    assert (visit.status, sighting.seen, sighting.seen_alone) == ("made", True, True)


# Workers


def test_a_worker_is_known_by_the_social_work_england_number_under_another_name(workspace, brought):
    brought(a_child(), EARLIER)
    married = [{"id": "P9", "name": "Louise Other", "swe": "sw 12345"}]
    brought(a_child(involvements=[{"worker": "P9", "start": START, **LEAD}]) | {"professionals": married})
    assert held(workspace) == [("Lou Invented", START, None)]


def test_two_workers_of_one_name_with_two_numbers_are_two(workspace, brought):
    brought(a_child(), EARLIER)
    other = [{"id": "P9", "name": "Lou Invented", "swe": "SW99999", "agency": "Y", "full_time": "0.5"}]
    brought(a_child("70002", involvements=[{"worker": "P9", "start": START, **LEAD}]) | {"professionals": other})
    workers = sorted(workspace.snapshot.all(Worker).values(), key=lambda worker: worker.swe_number)
    assert [(one.swe_number, one.supplier, one.pattern[0]) for one in workers if one.name == "Lou Invented"] == [
        ("SW12345", "", 74),
        ("SW99999", "Agency", 37),
    ]


def test_a_referral_source_of_an_annex_a_is_kept_too(workspace, tmp_path):
    annex = write_workbook(tmp_path / "annex a.xlsx", {3: [row(3, referral=START, nfa="b) No", source="a) 1A: Individual")]})
    workspace.perform("Import", import_found, FORMATS[0].read(annex), AS_AT).result()
    assert of_child(workspace, Case)[0].referral_source == "1A"


def test_a_source_without_a_table_cannot_know_what_stands_in_it():
    assert held_by("ssd without visit, icpc_held") == (held_by("ssd") or frozenset()) - {"visit", "icpc_held"}
    assert held_by("") is None
