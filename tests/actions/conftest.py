"""A real encrypted workspace with a small invented team, unlocked at the least cost."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.actions.workspace import Workspace
from planner.core.records import Person
from tests.helpers.people import NOW, PASSPHRASE, FilledFiles
from tests.helpers.small_workspace import CHEAP, a_team, put_all


@pytest.fixture
def workspace(tmp_path: Path, filled_files: FilledFiles) -> Iterator[Workspace]:
    made = filled_files.opened("a_team", tmp_path / "team.planner", _filled)
    yield made
    made.close()


def _filled(path: Path) -> Workspace:
    made = Workspace.create(
        path,
        PASSPHRASE,
        name="team",
        person=Person(id="p", name="Test Person"),
        device_name="a laptop",
        clock=lambda: NOW,
        cost=CHEAP,
    )
    made.perform("Fill", put_all, a_team()).result()
    return made


@pytest.fixture
def does(workspace: Workspace) -> Callable[..., Any]:
    """Performs an action as one step and gives its result."""

    def _does(action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return workspace.perform("A step", action, *args, **kwargs).result().result

    return _does
