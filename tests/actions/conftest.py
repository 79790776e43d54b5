"""A real encrypted workspace with a small invented team, unlocked at the least cost."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from planner.actions.workspace import Workspace
from planner.core.records import Person
from tests.helpers.small_workspace import CHEAP, a_team, put_all


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(
        tmp_path / "team.planner",
        "three random words",
        name="team",
        person=Person(id="p", name="Test Person"),
        device_name="a laptop",
        clock=lambda: datetime(2026, 11, 23, 9, tzinfo=UTC),
        cost=CHEAP,
    )
    made.perform("Fill", put_all, a_team()).result()
    yield made
    made.close()


@pytest.fixture
def does(workspace: Workspace) -> Callable[..., Any]:
    """Performs an action as one step and gives its result."""

    def _does(action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return workspace.perform("A step", action, *args, **kwargs).result().result

    return _does
