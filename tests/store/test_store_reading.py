"""Rows become records without their constructors, so a table must have every field of its kind."""

import gc
from dataclasses import fields

import pytest

from planner.actions.workspace import Workspace
from planner.core.records import RECORDS
from planner.store.schema import RECORD_TABLES
from tests.helpers.stores import a_child, a_visit, do, inside, on_its_thread, put, records_of


@pytest.mark.parametrize("kind", RECORDS)
def test_a_table_has_a_column_for_every_field_of_its_kind(kind: str) -> None:
    assert {field.name for field in fields(RECORDS[kind])} == {column.name for column in RECORD_TABLES[kind].columns}


def test_a_record_that_is_read_is_the_one_that_was_put(workspace: Workspace) -> None:
    do(workspace, put, a_child(), a_visit())
    read = on_its_thread(workspace, inside(workspace).snapshot)
    assert set(read.records()) == records_of(workspace)
    assert {repr(record) for record in read.records()} == {repr(record) for record in records_of(workspace)}


def test_reading_leaves_the_collection_of_garbage_as_it_was(workspace: Workspace) -> None:
    on_its_thread(workspace, inside(workspace).snapshot)
    assert gc.isenabled()
    gc.disable()
    try:
        on_its_thread(workspace, inside(workspace).snapshot)
        assert not gc.isenabled()
    finally:
        gc.enable()
