"""What is corrected in the case system under its own id is the same thing here with another day, never a second one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.actions.import_matching import ids_after, paired
from planner.actions.imports import Preview, import_found, preview
from planner.actions.reconciling import GONE, VISIT_CHANGED, VISIT_HERE, differences
from planner.actions.shipped import reference
from planner.actions.visits import SeenAs, log_visit
from planner.actions.workspace import Workspace
from planner.core.found import Found, FoundChild, FoundPeriod
from planner.core.outlook import Outlook
from planner.core.records import Allocation, Case, Child, Event, LegalStatus, Placement, PlanSpell, Record, Sighting, Visit
from planner.core.snapshot import Snapshot
from planner.core.sources import TRACKER
from planner.formats.ssd import Ssd
from tests.helpers.ssd_tables import AS_AT, Rows, a_child, write_extract

THIRD, FIFTH, SIXTH = date(2026, 11, 3), date(2026, 11, 5), date(2026, 11, 6)
EARLIER = date(2026, 11, 13)
LEAD = {"role": "ALLOCATED CASE WORKER"}
Tables = Mapping[str, Rows]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Found]:
    """Reads tables as an extract."""

    def _read(tables: Tables) -> Found:
        return Ssd().read(write_extract(tmp_path / f"extract {len(list(tmp_path.iterdir()))}", tables))

    return _read


@pytest.fixture
def imported(read: Callable[..., Found]) -> Callable[..., Snapshot]:
    """A workspace's records after extracts one after another, by the working of the import alone."""

    def _imported(*extracts: Tables, snapshot: Snapshot | None = None) -> Snapshot:
        after = snapshot or Snapshot()
        for place, tables in enumerate(extracts):
            after = after.patched(puts(after, read(tables), EARLIER if place + 1 < len(extracts) else AS_AT))
        return after

    return _imported


def looked(snapshot: Snapshot, found: Found, as_at: date = AS_AT) -> Preview:
    return preview(snapshot, found, as_at)


def puts(snapshot: Snapshot, found: Found, as_at: date = AS_AT) -> list[Record]:
    reckoning = looked(snapshot, found, as_at).reckoning
    assert reckoning is not None
    return list(reckoning.ledger.puts.values())


def visits(snapshot: Snapshot) -> list[tuple[str, date | None, bool | None, str]]:
    """Every visit that counts, child by child: the day, whether seen, its standing."""
    return sorted(
        (child.reference, visit.on, sighting.seen, visit.status)
        for child in snapshot.all(Child).values()
        for visit, sighting in snapshot.visits_of(child.id)
        if visit.status != "cancelled"
    )


CORRECTED: Mapping[str, tuple[str, dict[str, Any], dict[str, Any], type[Record], str]] = {
    "a child in need plan, later": ("cin_plans", {"start": THIRD}, {"start": FIFTH}, PlanSpell, "start"),
    "a plan that had ended": (
        "cp_plans",
        {"start": THIRD, "end": SIXTH, "category": "NEG"},
        {"start": FIFTH, "end": SIXTH, "category": "NEG"},
        PlanSpell,
        "start",
    ),
    "an assessment": ("cin_assessments", {"start": THIRD}, {"start": FIFTH}, PlanSpell, "start"),
    "a placement": ("cla_placement", {"start": THIRD, "type": "U6"}, {"start": FIFTH, "type": "U6"}, Placement, "start"),
    "a legal status": ("legal_status", {"code": "C2", "start": THIRD}, {"code": "C2", "start": FIFTH}, LegalStatus, "start"),
    "a period of care": ("cla_episodes", {"start": THIRD, "reason": "S"}, {"start": FIFTH, "reason": "S"}, PlanSpell, "start"),
    "a review": ("cp_reviews", {"on": THIRD}, {"on": FIFTH}, Event, "on"),
    "an enquiry": ("s47_enquiry", {"start": THIRD}, {"start": FIFTH}, Event, "on"),
    "an involvement that had ended": (
        "involvements",
        {"worker": "P2", "start": THIRD, "end": date(2026, 11, 4), **LEAD},
        {"worker": "P2", "start": FIFTH, "end": SIXTH, **LEAD},
        Allocation,
        "start",
    ),
    "the worker of an involvement": (
        "involvements",
        {"worker": "P1", "start": FIFTH, **LEAD},
        {"worker": "P2", "start": FIFTH, **LEAD},
        Allocation,
        "start",
    ),
    "a referral": ("cin_episodes", {"start": THIRD}, {"start": FIFTH}, Case, "received_on"),
    "a former referral": (
        "cin_episodes",
        {"start": THIRD, "end": SIXTH, "closure": "RC7"},
        {"start": FIFTH, "end": SIXTH, "closure": "RC7"},
        Case,
        "received_on",
    ),
}


@pytest.mark.parametrize(("table", "before", "after", "kind", "day"), CORRECTED.values(), ids=CORRECTED)
def test_a_day_corrected_there_is_the_same_record_with_another_day(imported, read, table, before, after, kind, day):
    more = [{"id": "next", "start": date(2026, 11, 10)}] if "former" in str(before) or before.get("closure") else []
    first = imported(a_child(**{table: [{"id": "12"} | before, *more]}))
    corrected = a_child(**{table: [{"id": "12"} | after, *more]})
    second = first.patched(puts(first, read(corrected)))
    assert set(second.all(kind)) == set(first.all(kind))
    assert {getattr(one, day) for one in second.all(kind).values()} >= {FIFTH}
    assert THIRD not in {getattr(one, day) for one in second.all(kind).values()}
    assert puts(second, read(corrected)) == []


def test_a_visit_whose_day_and_outcome_were_corrected_is_one_visit(imported):
    seen = {"id": "9", "seen": "Y", "alone": "Y"}
    after = imported(a_child(cin_visits=[{"on": THIRD, **seen}]), a_child(cin_visits=[{"on": FIFTH, **seen, "alone": "N"}]))
    assert visits(after) == [("70001", FIFTH, True, "made")]
    assert [one.seen_alone for one in after.all(Sighting).values()] == [False]


def test_a_corrected_visit_is_one_undoable_step_and_one_line_of_reconcile(workspace: Workspace, read):
    first, second = (read(a_child(cin_visits=[{"id": "9", "on": day, "seen": "Y"}])) for day in (THIRD, FIFTH))
    workspace.perform("Import", import_found, first, EARLIER).result()
    before = visits(workspace.snapshot)
    seen = looked(workspace.snapshot, second)
    every = differences(seen, second, Outlook(workspace.snapshot, reference(), AS_AT, AS_AT))
    lines = [line for line in every if line.about == "70001"]
    assert [(line.kind, line.what, line.here, line.there) for line in lines] == [
        (VISIT_CHANGED, "visit, date", "3 November 2026", "5 November 2026")
    ]
    accepted = frozenset(line.put for line in lines)
    workspace.perform("Reconcile", import_found, second, AS_AT, seen=seen, accepted=accepted).result()
    assert visits(workspace.snapshot) == [("70001", FIFTH, True, "made")]
    assert looked(workspace.snapshot, second).is_known
    workspace.undo().result()
    assert visits(workspace.snapshot) == before


def test_an_extract_that_numbers_its_rows_anew_corrects_nothing(imported, read):
    first = imported(a_child(cin_visits=[{"id": "1", "on": FIFTH, "seen": "Y"}]))
    anew = a_child(cin_visits=[{"id": "1", "on": THIRD, "seen": "Y"}, {"id": "2", "on": FIFTH, "seen": "Y"}])
    second = first.patched(puts(first, read(anew)))
    assert [on for _, on, _, _ in visits(second)] == [THIRD, FIFTH]
    assert puts(second, read(anew)) == []
    moved = a_child(cin_visits=[{"id": "1", "on": THIRD, "seen": "Y"}, {"id": "2", "on": SIXTH, "seen": "Y"}])
    assert [on for _, on, _, _ in visits(second.patched(puts(second, read(moved))))] == [THIRD, SIXTH]


def siblings(first: date, second: date) -> dict[str, Rows]:
    """Two children, each with a visit under its own id."""
    each = [a_child(one, cin_visits=[{"id": one, "on": on, "seen": "Y"}]) for one, on in (("70001", first), ("70002", second))]
    return {name: [*each[0][name], *(each[1][name] if "person" in each[1][name][0] else [])] for name in each[0]}


@pytest.mark.parametrize(
    ("days", "trips"),
    [((THIRD, THIRD), 1), ((FIFTH, FIFTH), 1), ((FIFTH, THIRD), 2), ((FIFTH, SIXTH), 2)],
    ids=["as it was", "moved whole", "one of two moved", "each moved to another day"],
)
def test_a_trip_to_siblings_logged_here_follows_what_is_corrected_of_each(workspace, does, read, days, trips):
    nobody = {name: rows for name, rows in siblings(THIRD, THIRD).items() if name != "cin_visits"}
    workspace.perform("Import", import_found, read(nobody), EARLIER).result()
    children = {child.id: SeenAs(seen=True) for child in workspace.snapshot.all(Child).values() if child.source}
    own = set(workspace.snapshot.all(Visit))
    worker = next(iter(workspace.snapshot.all(Allocation).values())).worker_id
    does(log_visit, children, THIRD, worker)
    workspace.perform("Import", import_found, read(siblings(THIRD, THIRD)), EARLIER).result()
    workspace.perform("Import", import_found, read(siblings(*days)), AS_AT).result()
    imported = [one for one in visits(workspace.snapshot) if one[0] in ("70001", "70002")]
    assert imported == [("70001", days[0], True, "made"), ("70002", days[1], True, "made")]
    found = [visit for row, visit in workspace.snapshot.all(Visit).items() if row not in own]
    assert (len(found), {(visit.worker_id, visit.recorded_on) for visit in found}) == (trips, {(worker, EARLIER)})
    assert looked(workspace.snapshot, read(siblings(*days))).is_known


def test_a_visit_corrected_to_the_day_on_which_it_was_logged_here_is_one_visit(workspace, does, read):
    first, second = (read(a_child(cin_visits=[{"id": "9", "on": day, "seen": "Y"}])) for day in (THIRD, FIFTH))
    workspace.perform("Import", import_found, first, EARLIER).result()
    child = next(child for child in workspace.snapshot.all(Child).values() if child.source)
    does(log_visit, {child.id: SeenAs(seen=True)}, FIFTH, workspace.snapshot.by(Allocation, "child_id", child.id)[0].worker_id)
    workspace.perform("Import", import_found, second, AS_AT).result()
    assert [one for one in visits(workspace.snapshot) if one[0] == "70001"] == [("70001", FIFTH, True, "made")]
    assert looked(workspace.snapshot, second).is_known


def test_a_second_visit_logged_here_on_a_day_the_case_system_has_stays_a_second_one(workspace, does, read):
    found = read(a_child(cin_visits=[{"id": "9", "on": FIFTH, "seen": "Y"}]))
    workspace.perform("Import", import_found, found, EARLIER).result()
    child = next(child for child in workspace.snapshot.all(Child).values() if child.source)
    worker = workspace.snapshot.by(Allocation, "child_id", child.id)[0].worker_id
    for _ in range(6):  # their ids are drawn, and so is which of them comes first
        does(log_visit, {child.id: SeenAs(seen=True)}, FIFTH, worker, again=True)
    workspace.perform("Import", import_found, found, AS_AT).result()
    theirs = [visit for visit, _ in workspace.snapshot.visits_of(child.id) if visit.source]
    assert [visit.status for visit in theirs] == ["made"]
    assert not any(visit.recorded_on for visit, _ in workspace.snapshot.visits_of(child.id))


def test_a_visit_that_is_no_longer_there_is_asked_about_unless_the_extract_begins_later(imported, read):
    first = imported(a_child(cin_visits=[{"id": "8", "on": THIRD}, {"id": "9", "on": FIFTH}, {"id": "10", "on": SIXTH}]))
    fewer = {"cin_visits": [{"id": "8", "on": THIRD}, {"id": "10", "on": SIXTH}]}
    assert [row.code for row in looked(first, read(a_child(**fewer))).of_kind("ask")] == ["visit-gone"]
    assert not looked(first, read(a_child(cin_visits=[{"id": "10", "on": SIXTH}]))).of_kind("ask")


def test_a_day_comes_before_an_id_and_an_id_before_nothing():
    here = [("mon", ("a",)), ("tue", ("b",)), ("wed", ())]
    told = [("tue", ("a",)), ("fri", ("b",)), ("wed", ("c",)), ("thu", ("a",))]
    assert paired(told, here) == {0: 1, 2: 2, 3: 0}
    assert paired(told, []) == {}


@pytest.mark.parametrize(
    ("held", "told", "others", "after"),
    [
        ((), ("a",), (), ("a",)),
        (("a",), ("a", "b"), (), ("a", "b")),
        (("a", "b"), ("a",), ("b",), ("a",)),
        (("a",), ("b",), (), ("a",)),
        (("a",), ("b",), ("a",), ("b",)),
        (("a",), (), (), ("a",)),
    ],
    ids=["first", "one more", "one now another's", "made anew each time", "used again", "not said"],
)
def test_ids_stay_until_the_source_uses_them_for_something_else(held, told, others, after):
    assert ids_after(held, told, frozenset((*told, *others))) == after


def test_a_visit_taken_out_there_is_looked_at_and_one_logged_here_is_typed(workspace, does, read):
    kept, gone = {"id": "8", "on": THIRD, "seen": "Y"}, {"id": "9", "on": FIFTH, "seen": "Y"}
    workspace.perform("Import", import_found, read(a_child(cin_visits=[kept, gone])), EARLIER).result()
    child = next(child for child in workspace.snapshot.all(Child).values() if child.source)
    does(log_visit, {child.id: SeenAs(seen=True)}, SIXTH, workspace.snapshot.by(Allocation, "child_id", child.id)[0].worker_id)
    later = read(a_child(cin_visits=[kept]))
    lines = differences(looked(workspace.snapshot, later), later, Outlook(workspace.snapshot, reference(), AS_AT, AS_AT))
    assert [(line.kind, line.what, line.can_be_accepted) for line in lines if line.child_id == child.id] == [
        (VISIT_HERE, "visit", False),
        (GONE, "visit", False),
    ]


# A source that knows no first day


EXTRACT = Found(source="extract", format="ssd", children=(FoundChild("60001"),))


def tracker(plan: str) -> Found:
    """A tracker that says what plan a child is on now, or that the case is closed, and nothing of since when."""
    is_open = plan != "closed"
    periods = (FoundPeriod(what="plan", code=plan, start=None, end=None),) if is_open else ()
    one = FoundChild(reference="70001", status=plan, is_open=is_open, periods=periods)
    return Found(source="tracker.csv", format=TRACKER, children=(one,), holds=frozenset(("cin", "cp")))


def spells(snapshot: Snapshot) -> list[PlanSpell]:
    """All plans of the tracker's child."""
    (child,) = (child for child in snapshot.all(Child).values() if child.reference == "70001")
    return list(snapshot.by(PlanSpell, "child_id", child.id))


def plans_now(snapshot: Snapshot) -> list[str]:
    """Those that run."""
    return [spell.plan for spell in spells(snapshot) if spell.end is None]


@pytest.mark.parametrize("is_beside", [False, True], ids=["alone", "beside the case system"])
@pytest.mark.parametrize("course", ["cp cin cp", "cin cp cin", "cp cin cp cin cp", "cp cp", "cp cin cin", "cp closed cp"])
def test_a_plan_that_comes_back_runs_again_though_no_source_says_since_when(
    workspace: Workspace, course: str, is_beside: bool
) -> None:
    if is_beside:
        workspace.perform("Import", import_found, EXTRACT, date(2026, 10, 31)).result()
    for day, plan in enumerate(course.split(), start=1):
        for _ in range(2):
            workspace.perform("Import", import_found, tracker(plan), date(2026, 11, day)).result()
        assert plans_now(workspace.snapshot) == ([plan] if plan != "closed" else [])


@pytest.mark.parametrize("is_beside", [False, True], ids=["alone", "beside the case system"])
def test_a_plan_ended_here_since_the_last_import_stays_ended_and_is_asked(workspace: Workspace, is_beside: bool) -> None:
    for day in (1, 2):
        workspace.perform("Import", import_found, tracker("cp"), date(2026, 11, day)).result()
    (spell,) = spells(workspace.snapshot)
    workspace.perform("End the plan", lambda step: step.put(replace(spell, end=date(2026, 11, 3)))).result()
    if is_beside:
        workspace.perform("Import", import_found, EXTRACT, date(2026, 11, 4)).result()
    for _ in range(2):
        receipt = workspace.perform("Import", import_found, tracker("cp"), date(2026, 11, 5)).result().result
        assert [problem.code for problem in receipt.problems] == ["ended-here"]
        assert plans_now(workspace.snapshot) == []
