"""Where there is nothing, or something stands in the way: each has its words and a next step."""

import json
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from planner.actions.shipped import reference
from planner.core.records import Child, Team
from planner.settings import read_settings
from planner.ui.desk import Desk
from planner.ui.history_page import HistoryPage
from planner.ui.opening import Opening
from planner.ui.rows_page import RowsPage
from planner.ui.screens import SCREENS
from planner.ui.sign_in import SignInPage
from planner.ui.table import Column
from tests.helpers.people import PASSPHRASE, a_small_team, a_workspace_of
from tests.helpers.stores import HandClock, a_workspace, do, inside, on_its_thread, opened, put

ROOT = Path(__file__).parent.parent.parent


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


def test_a_filter_of_the_history_with_no_step_says_so_and_is_cleared_by_its_button(empty_desk, qtbot):
    page = HistoryPage(empty_desk)
    qtbot.addWidget(page)
    page.show()
    assert page.model.rowCount() > 0
    qtbot.keyClicks(page.filter, "zzz")
    assert page.empty.text() == "No step matches “zzz”. Clear the filter to see all."
    qtbot.mouseClick(page.clear, Qt.MouseButton.LeftButton)
    assert page.table.isVisible()
    assert not page.empty.isVisible()


# The sign-in page, on real files


@pytest.fixture
def page(themed, qtbot, tmp_path):
    """The sign-in page of a computer that has opened nothing."""
    page = SignInPage(Opening(lambda: datetime(2026, 11, 23, 9, tzinfo=UTC), "a laptop"), read_settings(tmp_path / "s.ini"))
    qtbot.addWidget(page)
    page.show()
    yield page
    page.close_threads()


def trouble_with(page, qtbot, path):
    """What is said when a file is opened with its passphrase."""
    page.ask_passphrase(path)
    page.unlock.passphrase.line.setText(PASSPHRASE)
    qtbot.keyClick(page.unlock.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.unlock.trouble.isVisible(), timeout=20_000)
    return page.unlock.trouble.text()


@pytest.fixture
def closed_file(tmp_path):
    """A workspace of a small team, closed."""
    path = tmp_path / "team.planner"
    a_workspace_of(a_small_team(), path).close()
    return path


def test_the_first_run_says_what_can_be_done_and_stands_on_it(page):
    page.start_again()
    assert page.welcome.first.isVisible()
    assert "Make a new one" in page.welcome.first.text()
    assert not page.welcome.recent.isVisible()


def test_a_file_that_is_no_workspace_says_so_and_offers_the_backup(page, qtbot, tmp_path):
    path = tmp_path / "damaged.planner"
    path.write_bytes(b"x" * 4096)
    assert "damaged.planner" in trouble_with(page, qtbot, path)
    assert page.unlock.backup.isVisible()


def test_a_file_of_a_newer_planner_names_the_version_that_opens_it(page, qtbot, closed_file):
    workspace = opened(closed_file, HandClock(), PASSPHRASE)
    on_its_thread(workspace, _made_newer, inside(workspace).database)
    workspace.close()
    said = trouble_with(page, qtbot, closed_file)
    assert said == "team.planner was written by a newer planner. Open it with version 9.1 or later; it was left as it is."


def _made_newer(database) -> None:
    database.driver.execute("UPDATE alembic_version SET version_num = '9999'")
    database.driver.execute("UPDATE layout SET value = '9.1' WHERE id = 'needs'")


def test_a_file_that_another_program_has_says_who_and_its_backup_can_be_read(page, qtbot, closed_file):
    command = [sys.executable, "-m", "tests.helpers.second_program", str(closed_file)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"open\n"
        said = trouble_with(page, qtbot, closed_file)
        assert said.startswith(f"team.planner is open on {platform.node()} by ")
        assert said.endswith("Close it there, or look at the newest backup.")
        qtbot.mouseClick(page.unlock.backup, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page.form is page.who, timeout=20_000)
        page.start_again()
        other.stdin.close()
        assert other.wait(20) == 0


def test_a_file_that_this_program_has_says_where_to_go_on(page, qtbot, closed_file):
    workspace = opened(closed_file, HandClock(), PASSPHRASE)
    said = trouble_with(page, qtbot, closed_file)
    assert "already open in this program. Go on in the window that has it" in said
    workspace.close()


def test_a_folder_that_is_synchronised_is_refused_with_a_better_place(page, qtbot, tmp_path):
    page.new.folder = tmp_path / "OneDrive - Westmere"
    page._on_new_asked()
    for line in (page.new.name, page.new.person, page.new.team):
        line.setText("Elm")
    for field in (page.new.passphrase, page.new.again):
        field.line.setText(PASSPHRASE)
    qtbot.mouseClick(page.new.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.new.trouble.isVisible(), timeout=20_000)
    assert "where two computers can damage it. Keep it on this computer, for example at " in page.new.trouble.text()
    assert not (tmp_path / "OneDrive - Westmere" / "Elm.planner").exists()


def test_on_a_full_disk_what_was_acknowledged_is_kept_what_was_not_is_said_and_the_window_goes_on(tmp_path):
    path = tmp_path / "full.planner"
    command = [sys.executable, "-m", "tests.helpers.full_disk", str(path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    not_made = (
        "The disk is full or failing, so this was not saved in elm.planner. Make room and do it again; nothing was changed."
    )
    assert told["unmade"] == [[not_made, []]] * 2
    assert told["said"] == [
        "The disk is full or failing, so this was not saved in full.planner. Make room and do it again; nothing was changed."
    ]
    assert told["bar"] == told["said"][0]
    assert told["after"] == 1
    assert len(told["done"]) > 1
    workspace = opened(path, HandClock())
    assert {f"Add {child.reference}" for child in workspace.snapshot.all(Child).values()} == set(told["done"])
    workspace.close()
