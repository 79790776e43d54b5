"""Two copies of a workspace, joined at the level of operations: the same whichever way, nothing lost, conflicts shown."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.records import Child, Record, StepTaken, Visit
from planner.store.checking import chain_findings, content_of, projection_findings, state_digest
from planner.store.journal import Author
from planner.store.keys import keys_path
from planner.store.merge import Conflict, Merged, add, conflicts, merge
from planner.store.operation_rows import operations_where
from planner.store.operations import PURGE
from planner.store.purge import purge_rows
from planner.store.schema import operation as operation_table
from tests.helpers.stores import (
    PRIYA,
    HandClock,
    a_child,
    a_visit,
    a_workspace,
    change,
    do,
    inside,
    on_its_thread,
    opened,
    put,
    remove,
)

Copies = tuple[Workspace, Workspace]


def copied(path: Path, clock: HandClock, name: str) -> Workspace:
    """A copy of a closed workspace under another name, opened."""
    other = path.with_name(f"{name}.planner")
    for ending in (Path, keys_path):
        shutil.copyfile(ending(path), ending(other))
    return opened(other, clock)


@pytest.fixture
def copies(path: Path, clock: HandClock) -> Any:
    """Two copies that share a child and a visit."""
    first = a_workspace(path, clock)
    do(first, put, a_child(), a_visit())
    first.close()
    second = copied(path, clock, "other")
    first = opened(path, clock)
    yield first, second
    first.close()
    second.close()


def read(workspace: Workspace, question: Callable[..., Any]) -> Any:
    def ask() -> Any:
        with inside(workspace).database.transaction() as connection:
            return question(connection)

    return on_its_thread(workspace, ask)


def bring(into: Workspace, source: Workspace) -> Merged:
    """Merge one copy into another and read the merged one's tables anew."""

    def merging() -> Merged:
        file = inside(into)
        with inside(source).database.transaction() as theirs:
            merged = merge(file.database, theirs)
        file.journal.has_moved_on()
        into.snapshot = file.snapshot()
        return merged

    return on_its_thread(into, merging)


def both_ways(copies: Copies) -> None:
    first, second = copies
    bring(first, second)
    bring(second, first)
    assert read(first, state_digest) == read(second, state_digest)
    assert read(first, content_of) == read(second, content_of)
    for copy in copies:
        assert read(copy, chain_findings) == []
        assert read(copy, projection_findings) == []


def seen(workspace: Workspace) -> list[tuple[str, str, list[str | None]]]:
    return [(one.row, one.column, [writer.text for writer in one.writers]) for one in read(workspace, conflicts)]


def test_what_was_done_apart_stands_together(copies: Copies) -> None:
    first, second = copies
    do(first, put, a_child(2))
    do(second, put, a_child(3))
    do(first, change, a_child(), name="one")
    do(second, change, a_child(), initials="Z.Z.")
    both_ways(copies)
    assert set(first.snapshot.all(Child)) == {"c1", "c2", "c3"}
    assert first.snapshot.all(Child)["c1"] == replace(a_child(), name="one", initials="Z.Z.")
    assert seen(first) == []


def test_one_cell_set_to_two_values_is_a_conflict_that_is_shown_and_a_later_value_settles_it(copies: Copies) -> None:
    first, second = copies
    do(first, change, a_visit(), place="school", minutes=30)
    do(second, change, a_visit(), place="office", minutes=30)
    both_ways(copies)
    (found,) = read(first, conflicts)
    assert isinstance(found, Conflict)
    assert (found.table, found.row, found.column) == ("visit", "v1", "place")
    assert {writer.text for writer in found.writers} == {'"school"', '"office"'}
    assert {writer.person for writer in found.writers} == {PRIYA.id}
    assert first.snapshot.all(Visit)["v1"] == second.snapshot.all(Visit)["v1"]
    do(first, change, a_visit(), place="home again")
    both_ways(copies)
    assert seen(first) == seen(second) == []
    assert second.snapshot.all(Visit)["v1"].place == "home again"


@pytest.mark.parametrize("hours", [-87_600, 0, 87_600])
def test_no_clock_decides_which_value_stays(copies: Copies, clock: HandClock, hours: int) -> None:
    first, second = copies
    do(first, change, a_visit(), place="school")
    clock.forward(hours=hours)
    do(second, change, a_visit(), place="office")
    clock.forward(hours=-hours)
    both_ways(copies)
    assert [sorted(texts) for _, _, texts in seen(first)] == [['"office"', '"school"']]


def test_a_deletion_against_an_edit_leaves_the_row_and_shows_both(copies: Copies) -> None:
    first, second = copies
    do(first, remove, a_visit())
    do(second, change, a_visit(), place="school")
    both_ways(copies)
    assert first.snapshot.all(Visit)["v1"].place == "school"
    assert seen(first) == [("v1", "_deleted", ["true", None])]
    do(second, remove, replace(a_visit(), place="school"))
    both_ways(copies)
    assert "v1" not in first.snapshot.all(Visit)
    assert seen(first) == []


def test_a_deletion_nobody_edited_against_deletes_in_both(copies: Copies) -> None:
    first, second = copies
    do(first, remove, a_visit())
    do(second, remove, a_visit())
    both_ways(copies)
    assert "v1" not in second.snapshot.all(Visit)


def test_merging_again_brings_nothing(copies: Copies) -> None:
    first, second = copies
    do(second, put, a_child(2))
    assert bring(first, second).operations > 0
    before = read(first, state_digest)
    assert bring(first, second) == Merged(0, (), {})
    assert read(first, state_digest) == before


def test_a_merge_says_what_it_put_and_what_is_gone(copies: Copies) -> None:
    first, second = copies
    do(second, put, a_child(2))
    do(second, remove, a_visit())
    merged = bring(first, second)
    assert a_child(2) in merged.put
    assert merged.gone["visit"] == ("v1",)


def test_a_purge_wins_over_the_values_of_an_old_copy(copies: Copies) -> None:
    first, second = copies
    do(second, change, a_child(), name="Canary Wren")
    on_its_thread(first, purge_rows, inside(first).journal, Author("step", PRIYA.id), "child", ["c1"])
    both_ways(copies)
    for copy in copies:
        own = read(copy, lambda connection: list(operations_where(connection, operation_table.c.row == "c1")))
        assert {one.kind for one in own} >= {"insert", "set", PURGE}
        assert all(text is None for one in own for text in one.values.values())
        assert read(copy, chain_findings) == []


def test_a_copy_whose_journal_was_altered_is_refused_whole(copies: Copies) -> None:
    first, second = copies
    do(second, put, a_child(2))

    def alter() -> None:
        driver = inside(second).database.driver
        driver.execute("DROP TRIGGER operation_only_purge")
        driver.execute("UPDATE operation SET person = 'x' WHERE \"row\" = 'c2'")

    on_its_thread(second, alter)
    before = read(first, state_digest)
    with pytest.raises(Refused, match="was altered"):
        bring(first, second)
    assert read(first, state_digest) == before


def test_a_workspace_copied_while_closed_never_forks_its_streams(copies: Copies) -> None:
    first, second = copies
    do(first, put, a_child(2))
    do(second, put, a_child(3))
    streams = [{one.stream for one in read(copy, lambda connection: list(operations_where(connection)))} for copy in copies]
    assert len(streams[0] & streams[1]) == 1
    assert len(streams[0] | streams[1]) == 3


# Any two histories


_CELL = {Child: "initials", Visit: "place"}
_MOVES = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.lists(
            st.tuples(st.sampled_from([Child, Visit]), st.sampled_from(["r1", "r2"]), st.sampled_from(["", "x", "y", None])),
            min_size=1,
            max_size=3,
        ),
        st.sampled_from(["apart", "apart", "apart", "together"]),
    ),
    max_size=10,
)


def _play(step: Any, cells: list[tuple[type[Record], str, str | None]]) -> None:
    for kind, row, value in cells:
        current = step.snapshot.find(kind, row)
        if value is not None:
            step.put(replace(current or kind(id=row), **{_CELL[kind]: value}))
        elif current is not None:
            step.remove(current)


def test_any_two_histories_come_to_the_same_and_lose_nothing(copies: Copies) -> None:
    @settings(max_examples=8, deadline=None)
    @given(_MOVES)
    def converge(moves: list[Any]) -> None:
        by_name = dict(zip("ab", copies, strict=True))
        for who, cells, then in moves:
            do(by_name[who], _play, cells)
            if then == "together":
                bring(by_name[who], by_name["b" if who == "a" else "a"])
        before = [{one.id for one in read(copy, lambda connection: list(operations_where(connection)))} for copy in copies]
        both_ways(copies)
        after = {one.id for one in read(copies[0], lambda connection: list(operations_where(connection)))}
        assert after == before[0] | before[1]
        assert seen(copies[0]) == seen(copies[1])

    converge()
    for copy in copies:
        assert {finding.code for finding in copy.check()} <= {"orphan"}


def test_operations_that_arrive_in_any_order_come_to_the_same(copies: Copies, path: Path, clock: HandClock) -> None:
    first, second = copies
    do(second, put, a_child(2))
    do(second, change, a_child(2), initials="X.X.")
    do(second, change, a_child(2), initials="Y.Y.")
    do(second, remove, replace(a_child(2), initials="Y.Y."))
    do(second, change, a_visit(), place="school")
    known = {one.id for one in read(first, lambda connection: list(operations_where(connection)))}
    new = [one for one in read(second, lambda connection: list(operations_where(connection))) if one.id not in known]

    def arrive() -> None:
        with inside(first).database.transaction() as connection:
            for one in reversed(new):
                add(connection, [one])

    on_its_thread(first, arrive)
    assert read(first, state_digest) == read(second, state_digest)
    assert read(first, chain_findings) == []


def test_steps_of_both_copies_stand_in_the_history(copies: Copies) -> None:
    first, second = copies
    do(first, put, a_child(2), title="Here")
    do(second, put, a_child(3), title="There")
    both_ways(copies)
    assert {step.title for step in first.snapshot.all(StepTaken).values()} >= {"Here", "There"}
