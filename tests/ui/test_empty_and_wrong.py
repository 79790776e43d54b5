"""Where there is nothing, or something stands in the way: each has its words and a next step."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from planner.actions.shipped import reference
from planner.core.records import Team
from planner.settings import read_settings
from planner.ui.desk import Desk
from planner.ui.opening import Opening
from planner.ui.rows_page import RowsPage
from planner.ui.screens import SCREENS
from planner.ui.sign_in import SignInPage
from planner.ui.table import Column
from tests.helpers.stores import HandClock, a_workspace, do, put


@pytest.fixture
def empty_desk(themed, qtbot, tmp_path):
    """A desk on a new workspace: a person and a team, and nobody else."""
    workspace = a_workspace(tmp_path / "new.planner", HandClock())
    do(workspace, put, Team(id="a" * 32, name="Team Alder"))
    desk = Desk(workspace, reference())
    qtbot.waitUntil(lambda: desk.outlook is not None, timeout=20_000)
    yield desk
    desk.close()
    workspace.close()


@pytest.mark.parametrize("kind", SCREENS, ids=[screen.name for screen in SCREENS])
def test_every_page_of_an_empty_team_opens_and_says_something(empty_desk, qtbot, kind):
    screen = kind(empty_desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 700)
    screen.show_outlook(empty_desk.outlook)
    screen.show()
    qtbot.wait(150)
    said = [label.text() for label in screen.findChildren(QLabel) if label.isVisible() and len(label.text()) > 20]
    assert said or screen.finding(empty_desk.outlook)


def test_a_filter_with_no_rows_says_so_and_is_cleared_by_its_button(themed, qtbot):
    page = RowsPage("Overdue visits", (Column("Child", str),), ("C1 – A.B.", "C2 – C.D."))
    qtbot.addWidget(page)
    page.show()
    qtbot.keyClicks(page.filter, "zzz")
    assert page.empty.text() == "No row here matches “zzz”. There are 2 without the filter."
    qtbot.mouseClick(page.clear, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == 2
    assert not page.empty.isVisible()


def test_a_figure_of_nothing_says_so(themed, qtbot):
    page = RowsPage("Overdue visits", (Column("Child", str),), ())
    qtbot.addWidget(page)
    page.show()
    assert page.empty.text().startswith("There is nothing behind this figure")
    assert not page.clear.isVisible()


def test_a_file_that_is_no_workspace_says_so_and_offers_the_backup(themed, qtbot, tmp_path):
    path = tmp_path / "damaged.planner"
    path.write_bytes(b"x" * 4096)
    page = SignInPage(Opening(lambda: datetime(2026, 11, 23, 9, tzinfo=UTC), "a laptop"), read_settings(tmp_path / "s.ini"))
    qtbot.addWidget(page)
    page.show()
    page.ask_passphrase(path)
    page.unlock.passphrase.line.setText("violet kettle morning")
    qtbot.keyClick(page.unlock.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.unlock.trouble.isVisible(), timeout=20_000)
    assert "damaged.planner" in page.unlock.trouble.text()
    assert page.unlock.backup.isVisible()
    page.close_threads()
