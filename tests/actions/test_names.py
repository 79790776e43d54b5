"""Names or initials: what is kept and what the screens begin with is one choice of the workspace's, and can be taken back."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.actions.names import choose_names
from planner.core.errors import Refused
from planner.core.flow_records import Referral
from planner.core.records import Child
from planner.core.workspace_settings import NAMES_ALLOWED, NAMES_FIRST
from tests.helpers.stores import HandClock, a_child, a_workspace


@pytest.fixture
def workspace(tmp_path: Path):
    named = [replace(a_child(), name="Ada Byrne"), Referral(id="r", name="Ben Byrne")]
    made = a_workspace(tmp_path / "names.planner", HandClock(), records=named)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("choice", "kept", "first", "names"),
    [
        ("initials", "no", "no", ["", ""]),
        ("asked", "yes", "no", ["Ada Byrne", "Ben Byrne"]),
        ("names", "yes", "yes", ["Ada Byrne", "Ben Byrne"]),
    ],
)
def test_what_is_chosen_is_kept_and_undo_brings_back_what_was_taken_out(workspace, choice, kept, first, names):
    workspace.perform("Choose", choose_names, choice).result()
    snapshot = workspace.snapshot
    assert (snapshot.setting(NAMES_ALLOWED), snapshot.setting(NAMES_FIRST)) == (kept, first)
    assert [snapshot.find(Child, "c1").name, snapshot.find(Referral, "r").name] == names
    workspace.undo().result()
    assert [workspace.snapshot.find(Child, "c1").name, workspace.snapshot.find(Referral, "r").name] == ["Ada Byrne", "Ben Byrne"]


def test_anything_else_is_refused(workspace):
    with pytest.raises(Refused, match="Choose names or initials"):
        workspace.perform("Choose", choose_names, "").result()
