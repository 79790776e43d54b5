"""Reversing any step: shown beforehand, and never over what someone replaced since."""

from pathlib import Path
from typing import Any

import pytest

from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.records import Child, Sighting, Visit
from tests.helpers.stores import SAM, HandClock, a_child, a_visit, a_workspace, change, do, put, remove


@pytest.fixture
def shared(tmp_path: Path) -> Any:
    """A workspace of two people with one child and one visit."""
    made = a_workspace(tmp_path / "team.planner", HandClock())
    made._run("Add a colleague", put, (SAM,), {}, None, undoable=False)
    do(made, put, a_child(), title="Receive case")
    do(made, put, a_visit(), Sighting(id="s1", visit_id="v1", child_id="c1"), title="Plan visit")
    yield made
    made.close()


def step_named(workspace: Workspace, title: str) -> str:
    """The id of the newest step of that title."""
    return next(step.id for step in reversed(workspace.history()) if step.title == title)


def test_an_older_step_is_reversed_and_later_ones_stand(shared: Workspace) -> None:
    do(shared, change, a_visit(), title="Move visit", place="school")
    do(shared, change, a_child(), title="Change initials", initials="C.D.")
    outcome = shared.undo_step(step_named(shared, "Move visit")).result()
    assert outcome.title == "Undo: Move visit"
    assert shared.snapshot.find(Visit, "v1").place == "home"
    assert shared.snapshot.find(Child, "c1").initials == "C.D."
    assert shared.undoable == "Change initials"
    assert shared.redoable == "Move visit"


def test_a_cell_that_was_replaced_since_is_kept_and_named(shared: Workspace) -> None:
    do(shared, change, a_visit(), title="Move visit", place="school", minutes=40)
    do(shared, change, a_visit(), title="Move again", place="office")
    step = step_named(shared, "Move visit")
    (reversal,) = shared.preview_undo(step).result().reversals
    assert reversal.kept == ("place",)
    assert (reversal.now.minutes, reversal.after.minutes) == (40, None)
    shared.undo_step(step).result()
    visit = shared.snapshot.find(Visit, "v1")
    assert (visit.place, visit.minutes) == ("office", None)


def test_a_preview_changes_nothing(shared: Workspace) -> None:
    before = shared.snapshot
    assert shared.preview_undo(step_named(shared, "Plan visit")).result().refusal == ""
    assert shared.snapshot is before


def test_a_visit_changed_since_keeps_its_child_and_so_nothing_is_left_to_reverse(shared: Workspace) -> None:
    do(shared, change, a_visit(), title="Move visit", place="school")
    preview = shared.preview_undo(step_named(shared, "Plan visit")).result()
    assert [reversal.is_kept_whole for reversal in preview.reversals] == [True, True]
    assert "all of it was changed since" in preview.refusal
    with pytest.raises(Refused, match="Everything was kept"):
        shared.undo_step(step_named(shared, "Plan visit")).result()
    assert shared.snapshot.find(Sighting, "s1") is not None


def test_what_later_entries_rest_on_is_not_taken_away(shared: Workspace) -> None:
    assert "rests on what it added" in shared.preview_undo(step_named(shared, "Receive case")).result().refusal


def test_what_was_removed_is_put_back(shared: Workspace) -> None:
    do(shared, remove, Sighting(id="s1", visit_id="v1", child_id="c1"), a_visit(), title="Cancel visit")
    do(shared, change, a_child(), title="Change initials", initials="C.D.")
    shared.undo_step(step_named(shared, "Cancel visit")).result()
    assert shared.snapshot.find(Visit, "v1") == a_visit()


def test_a_colleague_can_reverse_a_step_and_it_leaves_the_trail_of_whoever_took_it(shared: Workspace) -> None:
    do(shared, change, a_visit(), title="Move visit", place="school")
    shared.sign_in(SAM.id)
    step = step_named(shared, "Move visit")
    shared.undo_step(step).result()
    assert shared.preview_undo(step).result().refusal == "This step is taken back already."
    shared.sign_in("priya")
    assert shared.undoable == "Plan visit"


def test_the_planners_own_steps_are_not_reversed(shared: Workspace) -> None:
    assert "planner's own step" in shared.preview_undo(step_named(shared, "Create workspace")).result().refusal
