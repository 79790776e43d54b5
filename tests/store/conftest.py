"""A new workspace on a real encrypted file, and a clock that is moved by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.actions.workspace import Workspace
from tests.helpers.stores import HandClock, a_workspace


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    return folder / "team.planner"


@pytest.fixture
def workspace(path: Path, clock: HandClock) -> Iterator[Workspace]:
    made = a_workspace(path, clock)
    yield made
    made.close()
