"""The journal: what a step writes, that it only grows, that its chain tells of any change, and that the tables follow."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from planner.actions.step import Step
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.records import KINDS, RECORDS, Child, Device, Person, Record, Setting, StepTaken, Visit, Worker
from planner.store import cells, reading
from planner.store.checking import chain_findings, projection_findings, state_digest
from planner.store.history import Effect
from planner.store.journal import Author
from planner.store.operation_rows import operations_where
from planner.store.operations import SALT, Operation, operation_id
from planner.store.projection import rebuild
from planner.store.purge import purge_rows
from tests.helpers.stores import (
    DAY,
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


def read(workspace: Workspace, question: Any) -> Any:
    """What a question about the connection answers, asked on the database's thread."""

    def ask() -> Any:
        with inside(workspace).database.transaction() as connection:
            return question(connection)

    return on_its_thread(workspace, ask)


def journal_of(workspace: Workspace) -> list[Operation]:
    return read(workspace, lambda connection: list(operations_where(connection)))


def operations_on(workspace: Workspace, kind: str) -> list[Operation]:
    return [one for one in journal_of(workspace) if one.table == kind]


def test_an_insertion_is_one_operation_that_states_what_differs_from_the_default(workspace: Workspace) -> None:
    do(workspace, put, a_child())
    (inserted,) = operations_on(workspace, "child")
    assert (inserted.kind, inserted.row, inserted.child, inserted.person) == ("insert", "c1", "c1", PRIYA.id)
    assert inserted.values == {
        "reference": '"C1"',
        "initials": '"A.B."',
        "born": '"2015-02-28"',
    }
    assert inserted.salt is not None
    assert len(inserted.salt) == SALT


def test_each_operation_has_a_salt_of_its_own(workspace: Workspace) -> None:
    do(workspace, put, a_child(), a_child(2))
    do(workspace, change, a_child(), initials="A.C.")
    salts = [one.salt for one in journal_of(workspace)]
    assert len(set(salts)) == len(salts) > 3


def test_a_change_writes_only_the_cells_that_differ_and_names_what_it_replaces(workspace: Workspace) -> None:
    do(workspace, put, a_child())
    do(workspace, change, a_child(), initials="A.C.", born=date(2015, 2, 28))
    do(workspace, change, a_child(), initials="A.D.", name="x")
    inserted, first, second = operations_on(workspace, "child")
    assert set(first.values) == {"initials"}
    assert first.replaces == {"initials": (inserted.id,)}
    assert set(second.values) == {"initials", "name"}
    assert second.replaces == {"initials": (first.id,), "name": (inserted.id,)}


def test_a_deletion_names_everything_it_saw_and_the_row_can_come_back(workspace: Workspace) -> None:
    do(workspace, put, a_child())
    do(workspace, change, a_child(), initials="A.C.")
    do(workspace, remove, a_child())
    inserted, changed, deleted = operations_on(workspace, "child")
    assert deleted.observed == {"": (inserted.id,), "initials": (changed.id,)}
    assert workspace.snapshot.find(Child, "c1") is None
    do(workspace, put, replace(a_child(), initials="A.E."))
    restored = operations_on(workspace, "child")[-1]
    assert set(restored.values) == {"_deleted", "initials"}
    assert restored.replaces == {"_deleted": (deleted.id,), "initials": (changed.id,)}
    assert read(workspace, projection_findings) == []


def test_a_step_is_a_record_of_the_same_transaction(workspace: Workspace, clock: HandClock) -> None:
    outcome = do(workspace, put, a_child(), title="Receive case")
    taken = workspace.snapshot.find(StepTaken, outcome.step_id)
    assert taken is not None
    assert (taken.title, taken.person_id, taken.at) == ("Receive case", PRIYA.id, clock.now)
    assert {one.step for one in operations_on(workspace, "child")} == {outcome.step_id}
    assert workspace.snapshot.find(Device, taken.device_id) is not None


def test_a_row_put_twice_in_a_step_is_written_once_and_one_that_came_and_went_is_not_written(workspace: Workspace) -> None:
    def coming_and_going(step: Any) -> None:
        step.put(a_child(1))
        step.put(replace(a_child(1), initials="Z.Z."))
        step.put(a_child(2))
        step.remove(a_child(2))

    do(workspace, coming_and_going)
    (only,) = operations_on(workspace, "child")
    assert only.values["initials"] == '"Z.Z."'


def test_a_step_that_changes_nothing_writes_nothing(workspace: Workspace) -> None:
    do(workspace, put, a_child())
    before = len(journal_of(workspace))
    assert do(workspace, put, a_child()).step_id == ""
    assert len(journal_of(workspace)) == before


def test_each_session_is_a_stream_whose_first_operation_holds_the_end_of_the_one_before(path: Path, clock: HandClock) -> None:
    for number in range(3):
        workspace = a_workspace(path, clock) if number == 0 else opened(path, clock)
        do(workspace, put, a_child(number))
        workspace.close()
    workspace = opened(path, clock)
    by_stream: dict[str, list[Operation]] = {}
    for one in journal_of(workspace):
        by_stream.setdefault(one.stream, []).append(one)
    streams = sorted(by_stream.values(), key=lambda own: own[0].at)
    assert len(streams) == 3
    assert [own[0].observed for own in streams] == [{}] + [{own[-1].stream: (own[-1].chain.hex(),)} for own in streams[:-1]]
    assert [[one.seq for one in own] for own in streams] == [list(range(1, len(own) + 1)) for own in streams]
    workspace.close()


def test_a_session_that_only_looks_writes_nothing(workspace: Workspace, path: Path, clock: HandClock) -> None:
    before = journal_of(workspace)
    workspace.close()
    again = opened(path, clock)
    assert journal_of(again) == before
    again.close()


@pytest.mark.parametrize("hours", [0, -87_600, 87_600])
def test_moments_in_the_journal_only_go_forward_whatever_the_clock_does(
    workspace: Workspace, clock: HandClock, hours: int
) -> None:
    do(workspace, put, a_child(1))
    clock.forward(hours=hours)
    do(workspace, put, a_child(2))
    clock.forward(hours=-hours)
    do(workspace, put, a_child(3))
    moments = [one.at for one in journal_of(workspace)]
    assert moments == sorted(set(moments))
    assert [step.title for step in workspace.history()] == ["Create workspace", "A step", "A step", "A step"]


def test_looking_is_written_down_but_is_no_step(workspace: Workspace) -> None:
    steps = workspace.history()
    workspace.note("viewed", "child", "c1").result()
    noted = journal_of(workspace)[-1]
    assert (noted.kind, noted.table, noted.row, noted.person) == ("viewed", "child", "c1", PRIYA.id)
    assert workspace.history() == steps
    assert read(workspace, chain_findings) == []
    assert read(workspace, projection_findings) == []


# Append only, and the chain


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operation SET person = 'x'",
        "DELETE FROM operation",
        "UPDATE operation SET texts = '\"x\"'",
        "UPDATE operation SET texts = NULL, salt = NULL",
        "UPDATE operation SET texts = NULL, salt = NULL, hash = x'00'",
        "UPDATE operation SET salt = NULL, hash = zeroblob(32)",
        "UPDATE operation SET texts = NULL, salt = NULL, hash = zeroblob(32), columns = 'x'",
        "UPDATE operation SET texts = NULL, salt = NULL, hash = zeroblob(32), chain = zeroblob(32)",
    ],
)
def test_the_database_itself_refuses_to_change_the_journal(workspace: Workspace, statement: str) -> None:
    do(workspace, put, a_child())
    with pytest.raises(DatabaseError, match="append only"):
        read(workspace, lambda connection: connection.execute(text(statement)))
    assert read(workspace, chain_findings) == []


def forced(workspace: Workspace, statement: str) -> list[str]:
    """What the check says after somebody with the key has taken the triggers away and run a statement."""

    def force() -> None:
        driver = inside(workspace).database.driver
        for trigger in ("operation_no_delete", "operation_only_purge"):
            driver.execute(f"DROP TRIGGER {trigger}")
        assert driver.execute(statement).rowcount == 1

    on_its_thread(workspace, force)
    return [str(finding) for finding in read(workspace, chain_findings)]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE operation SET person = 'someone else' WHERE id = '{id}'", "child c2) was altered"),
        ("UPDATE operation SET observed = '{{\"\":[\"x\"]}}' WHERE id = '{id}'", "child c2) was altered"),
        ("UPDATE operation SET texts = replace(texts, 'A.B.', 'X.X.') WHERE id = '{id}'", "child c2) was altered"),
        ("UPDATE operation SET columns = replace(columns, 'initials', 'name') WHERE id = '{id}'", "child c2) was altered"),
        ("UPDATE operation SET columns = replace(columns, ' initials', '') WHERE id = '{id}'", "child c2) was altered"),
        ("UPDATE operation SET salt = x'00' WHERE id = '{id}'", "child c2) was altered"),
        ("UPDATE operation SET texts = NULL, salt = NULL, hash = zeroblob(32) WHERE id = '{id}'", "child c2) was altered"),
        ("UPDATE operation SET chain = zeroblob(32) WHERE id = '{id}'", "child c2) is not chained"),
        ("DELETE FROM operation WHERE id = '{id}'", "does not follow"),
        ("UPDATE operation SET seq = 99 WHERE id = '{id}'", "child c2) does not follow"),
    ],
)
def test_any_change_of_the_journal_is_found_and_its_row_named(workspace: Workspace, statement: str, told: str) -> None:
    for number in (1, 2, 3):
        do(workspace, put, a_child(number))
    target = next(one for one in operations_on(workspace, "child") if one.row == "c2")
    findings = forced(workspace, statement.format(id=target.id))
    assert told in findings[0]
    assert "Restore a backup" in findings[0]


def test_an_end_that_was_cut_off_is_found_once_a_later_session_has_seen_it(path: Path, clock: HandClock) -> None:
    first = a_workspace(path, clock)
    do(first, put, a_child())
    last = journal_of(first)[-1]
    first.close()
    second = opened(path, clock)
    do(second, put, a_child(2))
    findings = forced(second, f"DELETE FROM operation WHERE id = '{operation_id(last.stream, last.seq)}'")
    assert any("which a later session saw, is missing" in finding for finding in findings)
    second.close()


# A purge


def test_a_purge_removes_what_was_said_and_the_chain_still_verifies(workspace: Workspace, path: Path, clock: HandClock) -> None:
    do(workspace, put, replace(a_child(), name="Canary Wren"), a_child(2))
    do(workspace, change, a_child(), initials="A.C.")
    on_its_thread(workspace, purge_rows, inside(workspace).journal, Author("step", PRIYA.id), "child", ["c1"])
    for one in operations_on(workspace, "child"):
        if one.row == "c1":
            assert one.texts is None
            assert one.salt is None
            assert len(one.hash or b"") == 32
    assert read(workspace, chain_findings) == []
    assert read(workspace, projection_findings) == []
    workspace.close()
    again = opened(path, clock)
    assert set(again.snapshot.all(Child)) == {"c2"}
    assert again.check() == []
    again.close()


def test_no_step_brings_back_what_was_purged(workspace: Workspace) -> None:
    do(workspace, put, replace(a_child(), name="Canary Wren"))
    do(workspace, remove, a_child())
    workspace.undo().result()
    do(workspace, remove, a_child())
    on_its_thread(workspace, purge_rows, inside(workspace).journal, Author("step", PRIYA.id), "child", ["c1"])
    steps = on_its_thread(workspace, inside(workspace).step_order)
    effects = [one for step in steps for one in on_its_thread(workspace, inside(workspace).effects_of, step, {})]
    assert [one for one in effects if one.row == "c1"] == [Effect("child", "c1")] * 4


# The tables follow from the journal


_FIELDS = {
    str: st.text(max_size=8),
    int: st.integers(-5, 5000),
    bool: st.booleans(),
    date: st.dates(),
    time: st.times(),
    datetime: st.datetimes(timezones=st.just(UTC)),
}


def records(kind: str) -> st.SearchStrategy[Record]:
    """Records of a kind with any values its fields may have."""
    fields = {}
    for name, field in cells.fields_of(kind).items():
        plain = st.lists(st.integers(0, 80) if name == "pattern" else st.text(max_size=4), max_size=3).map(tuple)
        values = plain if field.plain is tuple else _FIELDS[field.plain]
        fields[name] = st.none() | values if field.optional else values
    return st.builds(RECORDS[kind], id=st.sampled_from(["r1", "r2"]), **fields)


def test_every_kind_of_record_reads_back_from_its_table_and_from_its_cells(workspace: Workspace) -> None:
    @settings(max_examples=12, deadline=None)
    @given(st.tuples(*(records(kind) for kind in RECORDS if kind != "step_taken")))
    def reads_back(ones: tuple[Record, ...]) -> None:
        do(workspace, put, *ones)
        stored = read(workspace, reading.snapshot)
        for record in ones:
            kind = KINDS[type(record)]
            assert stored.find(type(record), record.id) == record
            assert cells.record_of(kind, record.id, cells.stated_cells(kind, record)) == record

    reads_back()
    assert read(workspace, projection_findings) == []


_STEPS = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["put", "remove"]),
            st.sampled_from([Child, Visit, Worker, Setting]),
            st.sampled_from(["a", "b", "c"]),
            st.sampled_from(["", "x", "y"]),
        ),
        min_size=1,
        max_size=4,
    ),
    max_size=12,
)
_CELL = {Child: "initials", Visit: "place", Worker: "name", Setting: "value"}


def play(step: Any, moves: list[tuple[str, type[Record], str, str]]) -> None:
    """Put and remove as the moves say; removing what is not there is nothing."""
    for move, kind, row, value in moves:
        current = step.snapshot.find(kind, row)
        if move == "put":
            step.put(replace(current, **{_CELL[kind]: value}) if current else kind(id=row, **{_CELL[kind]: value}))
        elif current is not None:
            step.remove(current)


def test_rebuilding_the_tables_from_the_journal_gives_the_same_tables(workspace: Workspace) -> None:

    @settings(max_examples=15, deadline=None)
    @given(_STEPS)
    def holds(steps: list[Any]) -> None:
        for moves in steps:
            do(workspace, play, moves)
        before = read(workspace, state_digest)
        assert read(workspace, projection_findings) == []
        assert set(read(workspace, reading.snapshot).records()) == set(workspace.snapshot.records())
        read(workspace, rebuild)
        assert read(workspace, state_digest) == before

    holds()
    assert read(workspace, chain_findings) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE child SET initials = 'X.X.'", "projection"),
        ("DELETE FROM child", "projection"),
        ("INSERT INTO setting VALUES ('planted', 'x')", "projection"),
        ("DELETE FROM heads WHERE \"row\" = 'c1'", "heads"),
        ("UPDATE heads SET operation = 'x' WHERE \"row\" = 'c1'", "heads"),
        ("INSERT INTO heads VALUES ('child', 'c1', 'name', 'x')", "heads"),
    ],
)
def test_a_table_that_says_something_else_than_the_journal_is_found(workspace: Workspace, statement: str, code: str) -> None:
    do(workspace, put, a_child())
    do(workspace, change, a_child(), initials="A.C.")
    read(workspace, lambda connection: connection.execute(text(statement)))
    assert [finding.code for finding in workspace.check()] == [code]
    read(workspace, rebuild)
    assert workspace.check() == []


def test_the_check_names_orphans_and_duplicates(workspace: Workspace) -> None:
    do(workspace, put, a_child(1), replace(a_child(2), reference="c1 "), replace(a_visit(), with_worker_ids=("w",)))
    do(workspace, put, Worker(id="w", name="Ada"), Worker(id="w2", name=" ada"), Person(id="p2", name="Sam", team_ids=("gone",)))
    found = {(finding.code, finding.table) for finding in workspace.check()}
    assert found == {("duplicate", "child"), ("duplicate", "worker"), ("orphan", "person")}


def test_every_kind_of_record_has_a_table_and_no_key_but_its_id(workspace: Workspace) -> None:
    from planner.store import schema

    for kind in KINDS.values():
        table = schema.RECORD_TABLES[kind]
        assert [column.name for column in table.primary_key] == ["id"]
        assert not table.foreign_keys
        assert [constraint for constraint in table.constraints if constraint is not table.primary_key] == []
        assert not table.indexes


def test_a_day_in_a_record_is_a_date_in_its_table(workspace: Workspace) -> None:
    do(workspace, put, a_visit())
    assert read(workspace, lambda connection: connection.execute(text('SELECT "on" FROM visit')).scalar()) == DAY.isoformat()


def _put_many(step: Step, visits: list[Visit], stop_at: float = 2.0) -> None:
    def watch(part: float) -> None:
        if part > stop_at:
            raise Refused("Stopped.")

    step.watch = watch
    for visit in visits:
        step.put(visit)


def test_many_new_rows_are_in_the_journal_as_if_put_one_by_one_and_a_stop_leaves_nothing(workspace: Workspace) -> None:
    visits = [Visit(id=f"{number:032x}", on=DAY, place="the “home”", minutes=number or None) for number in range(1_125)]
    do(workspace, _put_many, visits)
    assert read(workspace, lambda connection: [*chain_findings(connection), *projection_findings(connection)]) == []
    before = read(workspace, lambda connection: state_digest(connection))
    more = [replace(visit, id=f"{number:032x}") for number, visit in enumerate(visits, start=9_000)]
    with pytest.raises(Refused):
        do(workspace, _put_many, more, 0.5)
    assert read(workspace, lambda connection: state_digest(connection)) == before
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ahead")]
    assert len(workspace.snapshot.all(Visit)) == len(visits)
    do(workspace, _put_many, more)
    imported = set(workspace.snapshot.all(Visit).values())
    workspace.undo().result()
    assert set(workspace.snapshot.all(Visit).values()) == set(visits)
    workspace.redo().result()
    assert set(workspace.snapshot.all(Visit).values()) == imported == {*visits, *more}
    assert read(workspace, lambda connection: [*chain_findings(connection), *projection_findings(connection)]) == []


def _remove_all(step: Step) -> None:
    for visit in step.snapshot.all(Visit).values():
        step.remove(visit)


def test_many_rows_taken_away_and_put_back_are_as_the_journal_says_and_a_stop_leaves_nothing(workspace: Workspace) -> None:
    visits = {f"{number:032x}": Visit(id=f"{number:032x}", on=DAY, minutes=number or None) for number in range(1_125)}
    do(workspace, _put_many, list(visits.values()))
    edited = replace(visits[f"{7:032x}"], place="school")
    do(workspace, put, edited)
    visits[edited.id] = edited
    do(workspace, _remove_all)
    before, told = read(workspace, lambda connection: state_digest(connection)), []

    def stop(part: float) -> None:
        told.append(part)
        raise Refused("Stopped.")

    workspace.watch = stop
    with pytest.raises(Refused):
        workspace.undo().result()
    workspace.watch = None
    assert told == [0.0]
    assert read(workspace, lambda connection: state_digest(connection)) == before
    for take, left in ((workspace.undo, visits), (workspace.redo, {}), (workspace.undo, visits)):
        take().result()
        assert workspace.snapshot.all(Visit) == left
        assert read(workspace, lambda connection: [*chain_findings(connection), *projection_findings(connection)]) == []
