"""Moving a child's work on a real workspace: planned, accepted here or outside, returned, withdrawn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from planner.actions.checklists import tick_items
from planner.actions.closing import mark_ready
from planner.actions.step import Step
from planner.actions.transfers import (
    accept_transfers,
    agree_point,
    change_transfer,
    end_point,
    plan_transfers,
    return_transfer,
    withdraw_transfer,
)
from planner.actions.visits import plan_visit
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.flow_records import Closing, ItemDone, TransferPoint
from planner.core.records import Allocation, Case, Person, PlanSpell, Sighting, Team, Transfer, Visit, Worker
from planner.core.snapshot import Snapshot
from planner.core.transfers import END_OF_CONTRACT, points_in_force
from tests.helpers.small_workspace import TODAY, a_team, put_all

Does = Callable[..., Any]
POINT = "first core group"
TOMORROW = TODAY + timedelta(days=1)
LONG_TERM = [Team(id="long", name="Long term"), Worker(id="lee", name="Lee Lime", team_id="long")]


@pytest.fixture
def two_teams(does: Does) -> None:
    does(put_all, LONG_TERM)


@pytest.fixture
def planned(two_teams: None, does: Does) -> list[str]:
    """C1 and C2, one household, are to go to the long-term team today."""
    return [one.id for one in does(plan_transfers, ("c1", "c2"), POINT, TODAY, to_team_id="long")]


def test_a_plan_says_from_whom_to_whom_and_what_is_to_be_done_first(workspace: Workspace, planned: list[str]) -> None:
    transfer = workspace.snapshot.find(Transfer, planned[0])
    assert (transfer.from_team_id, transfer.from_worker_id, transfer.to_team_id) == ("t", "ada", "long")
    assert (transfer.status, transfer.point, transfer.planned_on) == ("planned", POINT, TODAY)
    assert "Chronology up to date" in transfer.checklist


def test_an_accepted_household_is_with_the_other_team_and_its_worker(
    workspace: Workspace, does: Does, planned: list[str]
) -> None:
    visit = does(plan_visit, ("c1", "c2"), TOMORROW, "ada")
    does(accept_transfers, planned, TODAY, to_worker_id="lee")
    now = workspace.snapshot
    assert {now.lead(child, TODAY).worker_id for child in ("c1", "c2")} == {"lee"}
    assert {now.team_of(now.case(child, TODAY), TODAY) for child in ("c1", "c2")} == {"long"}
    former = now.find(Allocation, "a1")
    assert (former.end, former.end_code) == (TODAY, "TSPROC")
    assert now.find(Visit, visit.id).worker_id == "lee"
    assert now.find(Case, "k1").ended_on is None


def test_a_trip_to_a_brother_who_stays_remains_with_the_former_worker(
    workspace: Workspace, does: Does, planned: list[str]
) -> None:
    visit = does(plan_visit, ("c1", "c2"), TOMORROW, "ada")
    does(accept_transfers, planned[:1], TODAY, to_worker_id="lee")
    assert workspace.snapshot.find(Visit, visit.id).worker_id == "ada"
    assert [one.child_id for one in workspace.snapshot.by(Sighting, "visit_id", visit.id)] == ["c2"]


def test_a_child_on_a_protection_plan_is_not_accepted_without_a_worker(does: Does, planned: list[str]) -> None:
    with pytest.raises(Refused, match="must always have a worker"):
        does(accept_transfers, planned, TODAY)


def test_another_child_waits_with_the_team_that_took_it(workspace: Workspace, does: Does, planned: list[str]) -> None:
    visit = does(plan_visit, ("c1",), TOMORROW, "ada")
    does(put_all, [PlanSpell(id="p1", child_id="c1", plan="cin", start=TODAY - timedelta(days=60))])
    does(accept_transfers, planned[:1], TODAY)
    assert workspace.snapshot.lead("c1", TODAY) is None
    assert workspace.snapshot.find(Case, "k1").held_meanwhile == "Long term"
    assert workspace.snapshot.find(Visit, visit.id).status == "cancelled"


@pytest.mark.parametrize(("point", "outcome"), [(POINT, "transferred"), (END_OF_CONTRACT, "handed back")])
def test_a_case_that_goes_outside_ends_here(workspace: Workspace, does: Does, point: str, outcome: str) -> None:
    visit = does(plan_visit, ("c1",), TOMORROW, "ada")
    (closing,) = does(mark_ready, ("c1",), TODAY)
    (transfer,) = does(plan_transfers, ("c1",), point, TODAY, to_outside="Council team")
    does(accept_transfers, [transfer.id], TODAY)
    now = workspace.snapshot
    case, held = now.find(Case, "k1"), now.find(Allocation, "a1")
    assert (case.ended_on, case.outcome, case.closure_reason) == (TODAY, outcome, "")
    assert (held.end, held.end_code) == (TODAY, "TSPROC")
    assert now.find(Visit, visit.id).status == "cancelled"
    assert now.find(Closing, closing.id).status == "withdrawn"


def test_acceptance_is_one_step_that_is_taken_back_whole(workspace: Workspace, does: Does, planned: list[str]) -> None:
    does(plan_visit, ("c1", "c2"), TOMORROW, "ada")
    kinds = (Case, Allocation, PlanSpell, Visit, Sighting, Transfer)
    before = {one for one in workspace.snapshot.records() if isinstance(one, kinds)}
    does(accept_transfers, planned, TODAY, to_worker_id="lee")
    workspace.undo().result()
    assert {one for one in workspace.snapshot.records() if isinstance(one, kinds)} == before


def test_one_returned_and_planned_again_keeps_its_ticks(workspace: Workspace, does: Does, planned: list[str]) -> None:
    does(tick_items, planned[0], ["Family told"], True, TODAY - timedelta(days=2))
    returned = does(return_transfer, planned[0], "  Chronology   is short ", TODAY)
    assert (returned.status, returned.reason, returned.decided_on) == ("returned", "Chronology is short", TODAY)
    (again,) = does(plan_transfers, ("c1",), POINT, TOMORROW, to_team_id="long")
    ticks = workspace.snapshot.by(ItemDone, "about", again.id)
    assert [(one.item, one.on) for one in ticks] == [("Family told", TODAY - timedelta(days=2))]


def test_a_tick_that_a_source_brought_can_be_taken_back(workspace: Workspace, does: Does, planned: list[str]) -> None:
    brought = workspace.snapshot.find(Transfer, planned[0])
    does(put_all, [replace(brought, done=("Family told",))])
    does(tick_items, brought.id, ["Family told"], False, TODAY)
    assert workspace.snapshot.find(Transfer, brought.id).done == ()


def test_a_plan_can_be_changed_and_withdrawn(workspace: Workspace, does: Does, planned: list[str]) -> None:
    does(change_transfer, planned[0], TOMORROW, to_outside="Council team")
    changed = workspace.snapshot.find(Transfer, planned[0])
    assert (changed.planned_on, changed.to_team_id, changed.to_outside) == (TOMORROW, "", "Council team")
    assert does(withdraw_transfer, planned[0]).status == "withdrawn"


def test_a_point_agreed_anew_holds_from_its_day(workspace: Workspace, does: Does) -> None:
    does(agree_point, "Core group", "core_group_held", TODAY - timedelta(days=9), within=5)
    does(agree_point, "Core group", "core_group_held", TODAY, within=10)
    assert [one.within for one in points_in_force(workspace.snapshot, TODAY - timedelta(days=1))] == [5]
    assert [one.within for one in points_in_force(workspace.snapshot, TODAY)] == [10]
    does(end_point, "Core group", TODAY)
    assert points_in_force(workspace.snapshot, TODAY) == ()
    assert len(workspace.snapshot.all(TransferPoint)) == 1


@pytest.mark.parametrize(
    ("action", "args", "kwargs", "sentence"),
    [
        (plan_transfers, ((), POINT, TODAY), {"to_team_id": "long"}, "at least one child"),
        (plan_transfers, (("c3",), " ", TODAY), {"to_team_id": "long"}, "Choose the point"),
        (plan_transfers, (("c3",), POINT, TODAY), {}, "Say where the work goes"),
        (plan_transfers, (("c3",), POINT, TODAY), {"to_team_id": "t"}, "with this team already"),
        (plan_transfers, (("c3",), POINT, TODAY), {"to_team_id": "gone"}, "a team of this workspace"),
        (plan_transfers, (("c3",), POINT, TODAY), {"to_team_id": "long", "to_worker_id": "ben"}, "of the receiving team"),
        (plan_transfers, (("c1",), POINT, TODAY), {"to_team_id": "long"}, "has a transfer planned"),
        (accept_transfers, ((), TODAY), {}, "at least one transfer"),
        (accept_transfers, (("gone",), TODAY), {}, "no longer planned"),
        (accept_transfers, (("gone",), TOMORROW), {}, "on or before today"),
        (return_transfer, ("gone", "", TODAY), {}, "Say why"),
        (return_transfer, ("gone", "why", TODAY), {}, "no longer planned"),
        (withdraw_transfer, ("gone",), {}, "decided already"),
        (agree_point, (" ", "icpc_held", TODAY), {}, "a name of its own"),
        (agree_point, ("end of contract", "icpc_held", TODAY), {}, "a name of its own"),
        (agree_point, ("Conference", "tea", TODAY), {}, "what the point waits for"),
    ],
)
def test_what_does_not_fit_is_refused(action, args, kwargs, sentence):
    step = Step(Snapshot([*a_team(), *LONG_TERM]), TODAY, Person(id="p"), iter("123456789").__next__)
    plan_transfers(step, ("c1",), POINT, TODAY, to_team_id="long")
    with pytest.raises(Refused, match=sentence):
        action(step, *args, **kwargs)
