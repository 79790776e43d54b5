"""The whole program in one process: from the sign-in page into a workspace and back."""

import sys

import pytest

from planner.app import Planner, make_application
from planner.settings import read_settings
from tests.helpers.people import PASSPHRASE, a_small_team, a_workspace_of


@pytest.fixture
def planner(qapp, qtbot, tmp_path):
    """The program, started without a file."""
    planner = Planner(make_application(), read_settings(tmp_path / "settings.ini"))
    qtbot.addWidget(planner.window)
    planner.start()
    qtbot.waitUntil(lambda: planner.sign_in is not None and planner.sign_in.isVisible(), timeout=20_000)
    yield planner
    planner.finish()


def test_a_workspace_opens_into_today_and_can_be_left_and_opened_again(planner, qtbot, tmp_path):
    path = tmp_path / "small.planner"
    planner.open_workspace(a_workspace_of(a_small_team(), path))
    qtbot.waitUntil(lambda: planner.window.workbench is not None and planner.window.workbench.current == 0, timeout=20_000)
    assert planner.window.workbench.header.title.text() == "Today"
    planner.window.actions_by_name["leave"].trigger()
    assert planner.sign_in.isVisible()
    assert planner.window.workbench is None
    planner.sign_in.ask_passphrase(path)
    planner.sign_in.unlock.passphrase.line.setText(PASSPHRASE)
    planner.sign_in.unlock.unlock.click()
    qtbot.waitUntil(lambda: planner.sign_in.form is planner.sign_in.who, timeout=20_000)


def test_a_fault_of_ours_shows_one_dialog_without_the_text_of_the_exception(planner, qtbot):
    for _ in range(2):
        sys.excepthook(ValueError, ValueError("Anna Beispiel"), None)
    dialog = planner._faults._dialog
    assert dialog.isVisible()
    assert "Anna Beispiel" not in dialog.details.toPlainText()
    dialog.accept()


def test_the_hooks_are_given_back_at_the_end(qapp, tmp_path):
    before = sys.excepthook
    planner = Planner(make_application(), read_settings(tmp_path / "settings.ini"))
    assert sys.excepthook is not before
    planner.finish()
    assert sys.excepthook is before
