"""Undo and redo: steps that compensate, in this person's order, across restarts, and never over what others did since."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.records import Allocation, Child, Record, StepTaken, Visit
from tests.helpers.stores import PRIYA, SAM, HandClock, a_child, a_visit, a_workspace, change, do, opened, put, records_of, remove


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "team.planner"


@pytest.fixture
def shared(path: Path, clock: HandClock) -> Any:
    """A workspace of two people; the first is signed in, and nothing can be undone yet."""
    made = a_workspace(path, clock)
    made._run("Add a colleague", put, (SAM,), {}, None, undoable=False)
    yield made
    made.close()


def shown(workspace: Workspace) -> set[Record]:
    """Everything a person sees; the steps themselves only add up."""
    return {record for record in records_of(workspace) if not isinstance(record, StepTaken)}


def test_undo_takes_the_newest_step_back_and_redo_does_it_again(shared: Workspace) -> None:
    start = shown(shared)
    do(shared, put, a_child(), title="Receive case")
    with_child = shown(shared)
    do(shared, change, a_child(), title="Change initials", initials="C.D.")
    changed = shown(shared)
    assert (shared.undoable, shared.redoable) == ("Change initials", "")
    assert shared.undo().result().title == "Undo: Change initials"
    assert shown(shared) == with_child
    assert (shared.undoable, shared.redoable) == ("Receive case", "Change initials")
    shared.undo().result()
    assert shown(shared) == start
    assert (shared.undoable, shared.redoable) == ("", "Receive case")
    assert shared.redo().result().title == "Redo: Receive case"
    assert shown(shared) == with_child
    shared.redo().result()
    assert shown(shared) == changed
    assert (shared.undoable, shared.redoable) == ("Change initials", "")
    assert shared.check() == []


def test_a_step_done_again_and_then_reversed_by_itself_is_not_undone_a_second_time(shared: Workspace) -> None:
    do(shared, put, a_child(), title="Receive case")
    changed = do(shared, change, a_child(), title="Change initials", initials="C.D.").step_id
    shared.undo().result()
    shared.redo().result()
    shared.undo_step(changed).result()
    assert (shared.undoable, shared.redoable) == ("Receive case", "Change initials")
    shared.redo().result()
    assert (shared.undoable, shared.snapshot.find(Child, "c1").initials) == ("Change initials", "C.D.")


def test_a_deletion_is_undone_with_every_cell_it_had(shared: Workspace) -> None:
    do(shared, put, a_visit())
    do(shared, change, a_visit(), minutes=45, place="school")
    before = shown(shared)
    do(shared, remove, a_visit())
    shared.undo().result()
    assert shown(shared) == before


def test_one_cell_changed_over_and_over_goes_back_and_forth_change_by_change(shared: Workspace) -> None:
    states = [shown(shared)]
    do(shared, put, a_child())
    for initials in ("C.D.", "E.F.", "G.H."):
        states.append(shown(shared))
        do(shared, change, a_child(), initials=initials)
    last = shown(shared)
    for _ in range(2):
        for before in reversed(states):
            shared.undo().result()
            assert shown(shared) == before
        for after in (*states[1:], last):
            shared.redo().result()
            assert shown(shared) == after


def test_undo_outlives_a_restart(shared: Workspace, path: Path, clock: HandClock) -> None:
    do(shared, put, a_child(), title="Receive case")
    do(shared, put, a_visit(), title="Log visit")
    shared.undo().result()
    shared.close()
    again = opened(path, clock)
    again.sign_in(PRIYA.id)
    assert (again.undoable, again.redoable) == ("Receive case", "Log visit")
    again.redo().result()
    assert again.snapshot.find(Visit, "v1") == a_visit()
    again.close()


def test_a_new_step_clears_what_could_be_redone(shared: Workspace) -> None:
    do(shared, put, a_child(), title="First")
    shared.undo().result()
    do(shared, put, a_visit(), title="Second")
    assert shared.redoable == ""
    with pytest.raises(Refused, match="nothing to redo"):
        shared.redo().result()


def test_there_is_nothing_to_undo_in_a_new_workspace(shared: Workspace) -> None:
    with pytest.raises(Refused, match="nothing to undo"):
        shared.undo().result()


def test_undo_takes_back_only_ones_own_steps(shared: Workspace) -> None:
    do(shared, put, a_child(1), title="Priya's")
    shared.sign_in(SAM.id)
    do(shared, put, a_child(2), title="Sam's")
    shared.sign_in(PRIYA.id)
    assert shared.undoable == "Priya's"
    shared.undo().result()
    assert set(shared.snapshot.all(Child)) == {"c2"}


def test_undo_refuses_to_overwrite_what_someone_changed_since_and_names_it(shared: Workspace) -> None:
    do(shared, put, a_visit())
    do(shared, change, a_visit(), title="Move visit", place="school", minutes=30, mode="video")
    shared.sign_in(SAM.id)
    do(shared, change, a_visit(), place="office", minutes=60)
    shared.sign_in(PRIYA.id)
    before = shown(shared)
    with pytest.raises(Refused) as refused:
        shared.undo().result()
    assert refused.value.sentence == (
        "“Move visit” cannot be taken back: minutes and place of a visit were changed since. Everything was kept. "
        "Press again for the step that comes next."
    )
    assert shown(shared) == before


def test_undo_and_redo_go_on_with_the_newest_step_that_still_can_be_taken_back(shared: Workspace) -> None:
    do(shared, put, a_child(), title="Receive case")
    do(shared, put, a_visit())
    do(shared, change, a_visit(), title="Move visit", place="school")
    shared.sign_in(SAM.id)
    do(shared, change, a_visit(), place="office")
    shared.sign_in(PRIYA.id)
    for title in ("Move visit", "A step", "Receive case"):
        assert shared.undoable == title
        if title == "Receive case":
            shared.undo().result()
        else:
            with pytest.raises(Refused, match="Press again"):
                shared.undo().result()
    assert set(shared.snapshot.all(Child)) == set()
    assert shared.snapshot.find(Visit, "v1").place == "office"
    assert (shared.undoable, shared.redoable) == ("", "Receive case")
    shared.redo().result()
    assert set(shared.snapshot.all(Child)) == {"c1"}


def test_what_someone_changed_and_took_back_again_is_no_obstacle(shared: Workspace) -> None:
    do(shared, put, a_visit())
    do(shared, change, a_visit(), title="Move visit", place="school")
    shared.sign_in(SAM.id)
    do(shared, change, a_visit(), place="office")
    shared.undo().result()
    shared.sign_in(PRIYA.id)
    shared.undo().result()
    assert shared.snapshot.find(Visit, "v1") == a_visit()


@pytest.mark.parametrize("again", ["", "y"])
def test_a_row_taken_away_put_again_and_all_that_undone_is_as_it_was(shared: Workspace, again: str) -> None:
    child = Child(id="b", initials="x")
    do(shared, put, child)
    do(shared, remove, child)
    do(shared, put, replace(child, initials=again))
    for _ in range(2):
        shared.undo().result()
    assert shared.snapshot.find(Child, "b") == child
    shared.redo().result()
    assert shared.snapshot.find(Child, "b") is None
    shared.redo().result()
    assert shared.snapshot.find(Child, "b") == replace(child, initials=again)


@pytest.mark.parametrize(
    "before",
    [["x", "undo"], ["x", None, "", "undo"], ["x", "y", "undo", None], ["x", None, "y", "undo", "undo", "redo", "redo", None]],
    ids=["came and went", "put again and taken back", "changed and taken back", "undone and redone"],
)
@pytest.mark.parametrize("again", ["", "x", "y"])
def test_a_removal_taken_back_gives_what_was_removed_whatever_the_row_went_through(
    shared: Workspace, before: list[str | None], again: str
) -> None:
    for move in before:
        if move in ("undo", "redo"):
            (shared.undo if move == "undo" else shared.redo)().result()
        else:
            do(shared, _set, [(Child, "b", move)])
    child = Child(id="b", initials=again, family="f")
    do(shared, put, child)
    do(shared, _set, [(Child, "b", None)])
    shared.undo().result()
    assert shared.snapshot.find(Child, "b") == child


def test_undo_refuses_to_take_away_what_a_later_entry_rests_on(shared: Workspace) -> None:
    do(shared, put, a_child(), title="Receive case")
    shared.sign_in(SAM.id)
    do(shared, put, Allocation(id="a", child_id="c1", worker_id="w"))
    shared.sign_in(PRIYA.id)
    with pytest.raises(Refused, match="a later allocation rests on what it added"):
        shared.undo().result()
    assert "c1" in shared.snapshot.all(Child)


def test_an_import_of_many_rows_is_taken_back_in_one_step(shared: Workspace) -> None:
    start = shown(shared)
    do(shared, put, *(a_child(number) for number in range(700)))
    shared.undo().result()
    assert shown(shared) == start
    shared.redo().result()
    assert len(shared.snapshot.all(Child)) == 700
    assert shared.check() == []


_KINDS = {Child: "initials", Visit: "place"}
_CELLS = st.tuples(st.sampled_from([Child, Visit]), st.sampled_from("ab"), st.sampled_from(["", "x", "y", None]))
_MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("step"), st.lists(_CELLS, max_size=3)),
        st.sampled_from([("undo", []), ("redo", []), ("restart", [])]),
    ),
    max_size=12,
)


def _set(step: Any, cells: list[tuple[type[Record], str, str | None]]) -> None:
    for kind, row, value in cells:
        current = step.snapshot.find(kind, row)
        if value is not None:
            step.put(replace(current or kind(id=row), **{_KINDS[kind]: value}))
        elif current is not None:
            step.remove(current)


def test_undo_and_redo_are_a_walk_along_the_states_a_person_saw(tmp_path: Path, clock: HandClock) -> None:
    path = tmp_path / "walk.planner"
    held = [a_workspace(path, clock)]

    @settings(max_examples=15, deadline=None)
    @given(_MOVES)
    def walks(moves: list[Any]) -> None:
        past: list[set[Record]] = []
        future: list[set[Record]] = []
        for move, cells in moves:
            workspace, now = held[0], shown(held[0])
            if move == "restart":
                workspace.close()
                held[0] = opened(path, clock)
            elif move == "undo" and past:
                workspace.undo().result()
                future.append(now)
                assert shown(workspace) == past.pop()
            elif move == "redo" and future:
                workspace.redo().result()
                past.append(now)
                assert shown(workspace) == future.pop()
            elif move == "step" and do(workspace, _set, cells).step_id:
                past.append(now)
                future.clear()

    walks()
    assert held[0].check() == []
    held[0].close()
