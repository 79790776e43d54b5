"""A disk that takes no more, where a file beside the database is written: each place says so, and what was there goes on."""

import pytest

from planner.actions.workspace import Workspace
from planner.core.errors import Environment
from planner.store.keys import keys_path
from planner.store.places import data_folder
from tests.helpers.stores import CHEAP, PASSPHRASE, HandClock, inside, opened


def blocked(path):
    """Put a folder where a file would be written, as whole files are: beside its name, then in its place."""
    path.with_name(path.name + ".part").mkdir()


def test_a_workspace_that_cannot_be_opened_for_want_of_room_says_so_and_opens_when_there_is_some(
    workspace: Workspace, path, clock: HandClock
) -> None:
    copy = data_folder(inside(workspace).workspace_id) / "slots.json"
    workspace.close()
    blocked(copy)
    with pytest.raises(Environment, match=r"was not opened: .*Make room on the disk"):
        opened(path, clock)
    copy.with_name(copy.name + ".part").rmdir()
    opened(path, clock).close()


def test_a_passphrase_that_cannot_be_written_stays_as_it_was(workspace: Workspace, path, clock: HandClock) -> None:
    blocked(keys_path(path))
    with pytest.raises(Environment, match="are as they were"):
        workspace.change_passphrase(PASSPHRASE, "amber lantern tuesday", CHEAP).result()
    keys_path(path).with_name(keys_path(path).name + ".part").rmdir()
    workspace.close()
    opened(path, clock).close()


def test_a_copy_that_cannot_be_written_hinders_no_change_of_passphrase(workspace: Workspace, path, clock: HandClock) -> None:
    copy = data_folder(inside(workspace).workspace_id) / "slots.json"
    blocked(copy)
    workspace.change_passphrase(PASSPHRASE, "amber lantern tuesday", CHEAP).result()
    copy.with_name(copy.name + ".part").rmdir()
    workspace.close()
    opened(path, clock, "amber lantern tuesday").close()
