"""Allocating, handing over and ending allocations on a real workspace."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from planner.actions.allocations import allocate, end_allocation
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.records import Allocation, ConflictOfInterest, Record, Worker
from tests.helpers.small_workspace import STARTED, TODAY, put_all

Does = Callable[..., Any]


def test_a_waiting_child_is_allocated_with_the_reason_kept(workspace: Workspace, does: Does) -> None:
    does(allocate, "c3", "ben", TODAY, reason="Has room")
    lead = workspace.snapshot.lead("c3", TODAY)
    assert lead is not None
    assert (lead.worker_id, lead.reason) == ("ben", "Has room")


def test_a_change_of_lead_ends_the_former_on_the_day_of_handover(workspace: Workspace, does: Does) -> None:
    does(allocate, "c1", "ben", TODAY, reason="Closer to the family", end_code="MANAGE")
    former = workspace.snapshot.find(Allocation, "a1")
    assert former is not None
    assert (former.end, former.end_code, former.end_reason) == (TODAY, "MANAGE", "Closer to the family")
    leads = [workspace.snapshot.lead("c1", TODAY + timedelta(days=n)) for n in (-1, 0)]
    assert [lead.worker_id for lead in leads if lead] == ["ada", "ben"]


def test_a_child_can_go_back_to_a_former_worker(workspace: Workspace, does: Does) -> None:
    does(allocate, "c1", "ben", TODAY - timedelta(days=5), reason="Cover", end_code="ABSENC")
    does(allocate, "c1", "ada", TODAY, reason="Back from leave", end_code="ABSENC")
    lead = workspace.snapshot.lead("c1", TODAY)
    assert lead is not None
    assert lead.worker_id == "ada"
    assert len(workspace.snapshot.by(Allocation, "child_id", "c1")) == 3


def test_a_co_worker_stands_beside_the_lead(workspace: Workspace, does: Does) -> None:
    does(allocate, "c1", "ben", TODAY, role="co-worker", reason="Joint visits")
    assert {held.role for held in workspace.snapshot.holders("c1", TODAY)} == {"lead", "co-worker"}


def test_an_allocation_before_one_that_is_arranged_ends_where_that_begins(workspace: Workspace, does: Does) -> None:
    later = TODAY + timedelta(days=7)
    does(allocate, "c3", "ben", later, reason="After leave")
    held = does(allocate, "c3", "ada", TODAY, reason="Until then")
    assert held.end == later


def test_one_undo_takes_back_both_sides_of_a_handover(workspace: Workspace, does: Does) -> None:
    before = dict(workspace.snapshot.all(Allocation))
    does(allocate, "c1", "ben", TODAY, reason="Closer", end_code="MANAGE")
    workspace.undo().result()
    assert dict(workspace.snapshot.all(Allocation)) == before


def test_an_allocation_ends_under_its_statutory_code(workspace: Workspace, does: Does) -> None:
    ended = does(end_allocation, "a1", TODAY, end_code="LEFTRL", reason="Left the team")
    assert (ended.end, ended.end_code) == (TODAY, "LEFTRL")
    assert workspace.snapshot.lead("c1", TODAY) is None


CONFLICT = ConflictOfInterest(id="x", worker_id="ben", child_id="c3")
AGENCY = Worker(id="kit", name="Kit Cyan", team_id="t", supplier="A supplier", checks_complete_on=STARTED)
NOT_YET = replace(AGENCY, supplier="", assignment_start=TODAY + timedelta(days=1))
GONE = replace(AGENCY, supplier="", assignment_end=TODAY)


@pytest.mark.parametrize(
    ("first", "arguments", "keywords", "sentence"),
    [
        ([], ("c3", "ben", TODAY), {"reason": " "}, "Say why this worker"),
        ([], ("c3", "ben", TODAY), {"reason": "Room", "role": "friend"}, "Choose the role"),
        ([], ("c9", "ben", TODAY), {"reason": "Room"}, "not in the workspace"),
        ([], ("c3", "nobody", TODAY), {"reason": "Room"}, "Choose a worker"),
        ([], ("c1", "ada", TODAY), {"reason": "Room"}, "holds C1 in this role already"),
        ([], ("c1", "ben", TODAY), {"reason": "Room"}, "statutory reason"),
        ([], ("c3", "ben", STARTED - timedelta(days=1)), {"reason": "Room"}, "no open case"),
        (
            [CONFLICT],
            ("c3", "ben", TODAY),
            {"reason": "Room"},
            "conflict of interest",
        ),
        ([AGENCY], ("c3", "kit", TODAY), {"reason": "Room"}, "login"),
        ([GONE], ("c3", "kit", TODAY), {"reason": "Room"}, "Kit Cyan"),
        (
            [NOT_YET],
            ("c3", "kit", TODAY),
            {"reason": "Room"},
            "Starts on",
        ),
    ],
)
def test_an_allocation_that_may_not_be_is_refused_and_changes_nothing(
    workspace: Workspace, does: Does, first: list[Record], arguments: tuple[Any, ...], keywords: dict[str, str], sentence: str
) -> None:
    does(put_all, first)
    before = dict(workspace.snapshot.all(Allocation))
    with pytest.raises(Refused, match=sentence):
        does(allocate, *arguments, **keywords)
    assert dict(workspace.snapshot.all(Allocation)) == before


def test_an_allocation_that_has_ended_cannot_end_again(does: Does) -> None:
    does(end_allocation, "a1", TODAY, end_code="LEFTRL")
    with pytest.raises(Refused, match="ended already"):
        does(end_allocation, "a1", TODAY, end_code="LEFTRL")
