"""A family is given to one worker in one step, or not at all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from planner.actions.allocations import end_allocation
from planner.actions.families import allocate_family, name_meanwhile
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.records import Allocation, ConflictOfInterest
from tests.helpers.small_workspace import TODAY, put_all

Does = Callable[..., Any]


def leads(workspace: Workspace) -> dict[str, str]:
    """Who leads each child today."""
    found = {child_id: workspace.snapshot.lead(child_id, TODAY) for child_id in ("c1", "c2", "c3")}
    return {child_id: held.worker_id for child_id, held in found.items() if held is not None}


def test_children_go_to_one_worker_with_one_reason_and_one_undo_takes_all_back(workspace: Workspace, does: Does) -> None:
    before = dict(workspace.snapshot.all(Allocation))
    made = does(allocate_family, ("c1", "c2", "c3"), "ben", TODAY, reason="One worker for all", end_code="MANAGE")
    assert leads(workspace) == {"c1": "ben", "c2": "ben", "c3": "ben"}
    assert {held.reason for held in made} == {"One worker for all"}
    workspace.undo().result()
    assert dict(workspace.snapshot.all(Allocation)) == before


def test_one_child_who_must_not_go_to_the_worker_keeps_all_where_they_are(workspace: Workspace, does: Does) -> None:
    does(put_all, [ConflictOfInterest(id="x", worker_id="ben", child_id="c3")])
    before = dict(workspace.snapshot.all(Allocation))
    with pytest.raises(Refused, match="C3"):
        does(allocate_family, ("c1", "c2", "c3"), "ben", TODAY, reason="Together", end_code="MANAGE")
    assert dict(workspace.snapshot.all(Allocation)) == before


def test_the_code_ends_only_those_who_had_a_lead(workspace: Workspace, does: Does) -> None:
    later = TODAY + timedelta(days=3)
    does(allocate_family, ("c2", "c3"), "ben", later, reason="Together", end_code="LEFTRL")
    ended = [held for held in workspace.snapshot.all(Allocation).values() if held.end is not None]
    assert [(held.id, held.end, held.end_code) for held in ended] == [("a2", later, "LEFTRL")]


def test_no_child_at_all_is_refused(does: Does) -> None:
    with pytest.raises(Refused, match="at least one child"):
        does(allocate_family, (), "ben", TODAY, reason="Nobody")


def meanwhile(workspace: Workspace) -> dict[str, str]:
    """Who holds each child meanwhile."""
    found = {child_id: workspace.snapshot.case(child_id, TODAY) for child_id in ("c1", "c2", "c3")}
    return {child_id: case.held_meanwhile for child_id, case in found.items() if case is not None and case.held_meanwhile}


def test_who_holds_a_child_meanwhile_is_said_until_there_is_a_worker_and_not_again_after(
    workspace: Workspace, does: Does
) -> None:
    does(name_meanwhile, ("c3",), " Duty worker ", TODAY)
    assert meanwhile(workspace) == {"c3": "Duty worker"}
    made = does(allocate_family, ("c3",), "ben", TODAY, reason="Room")
    does(end_allocation, made[0].id, TODAY + timedelta(days=1), end_code="LEFTRL")
    assert meanwhile(workspace) == {}
    workspace.undo().result()
    assert meanwhile(workspace) == {"c3": "Duty worker"}


@pytest.mark.parametrize(("children", "sentence"), [((), "at least one child"), (("c3", "c2"), "C2 has a worker by now")])
def test_nobody_is_named_for_no_child_or_for_one_with_a_worker(
    workspace: Workspace, does: Does, children: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        does(name_meanwhile, children, "Duty worker", TODAY)
    assert meanwhile(workspace) == {}
