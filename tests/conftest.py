"""What every test has: Qt without a screen, and folders of its own for everything the planner would write."""

import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from planner.actions.samples import sample_workspace
from planner.actions.workspace import Workspace
from planner.core.collecting import collection_put_off
from tests.helpers.people import FilledFiles
from tests.helpers.small_workspace import CHEAP

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Where it is forbidden to keep what is compiled, every process that a test starts would compile the whole planner anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests are made, and all are held: to search them for what nobody holds takes seconds in each process."""
    with collection_put_off():
        return (yield)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home, settings and data folder that belong to the test alone."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home))
    return home


@pytest.fixture(scope="session")
def filled_files(tmp_path_factory: pytest.TempPathFactory) -> FilledFiles:
    """The files that are filled once for many tests."""
    return FilledFiles(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program itself makes in this test is unlocked at the least cost, not at the dear one it has by default."""
    for making in (Workspace.create, sample_workspace):
        monkeypatch.setitem(making.__kwdefaults__, "cost", CHEAP)
    monkeypatch.setattr(Workspace.change_passphrase, "__defaults__", (CHEAP,))
