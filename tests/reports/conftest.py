"""What tests of paper have: the invented team's outlook, and files of what sheets held before."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from planner.actions.shipped import reference
from planner.core.outlook import Outlook
from planner.core.snapshot import Snapshot
from planner.reports.document import Document, as_plain
from planner.reports.report import SheetOptions
from tests.helpers.paper_team import MONDAY, paper_team

KEPT = Path(__file__).parent.parent / "reference"
PRINTED_AT = datetime(2026, 11, 23, 8, 45)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest tests/reports --accept` writes the files of reference anew, so that a change is read as a diff."""
    parser.addoption("--accept", action="store_true", help="keep what the sheets hold now as their reference")


def outlook_on(snapshot: Snapshot) -> Outlook:
    """A team on its Monday, under the shipped rules."""
    return Outlook(snapshot, reference(), MONDAY, MONDAY)


@pytest.fixture(scope="session")
def team() -> Outlook:
    """The invented team, whose council does not let names be kept."""
    return outlook_on(paper_team())


@pytest.fixture(scope="session")
def named_team() -> Outlook:
    """The same team, where names may be shown."""
    return outlook_on(paper_team(names=True))


def job(worker_id: str = "", **more: bool) -> SheetOptions:
    """A job of Helen Marsh's at a quarter to nine."""
    return SheetOptions(worker_id=worker_id, printed_by="Helen Marsh", printed_at=PRINTED_AT, **more)


@pytest.fixture
def agrees(request: pytest.FixtureRequest) -> Callable[[str, Document], None]:
    """Compares a document with the one kept under a name, or keeps it with `--accept`."""

    def _agrees(name: str, document: Document) -> None:
        path = KEPT / f"{name}.json"
        held = json.dumps(as_plain(document), ensure_ascii=False, indent=1) + "\n"
        if request.config.getoption("--accept", default=False):
            path.write_text(held, "utf-8")
        assert json.loads(held) == json.loads(path.read_text("utf-8")), f"{name} differs; read it, then run with --accept"

    return _agrees
