"""What every test has: Qt without a screen, and folders of its own for everything the planner would write."""

import os
import sys
from pathlib import Path

import pytest

from tests.helpers.people import FilledFiles

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Where it is forbidden to keep what is compiled, every process that a test starts would compile the whole planner anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


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
