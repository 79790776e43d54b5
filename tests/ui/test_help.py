"""Help: a page for each page of the window, its pictures there and small, and the keys as they are."""

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument

from planner.settings import Settings
from planner.ui.dialogs.help import HelpDialog
from planner.ui.drawer import Drawer
from planner.ui.help_pages import HELP, help_folder, help_pages
from planner.ui.keys import PAGE_KEYS
from planner.ui.screens import SCREENS
from planner.ui.window import Window

MOST_BYTES = 2_000_000
NOT_OUR_WORDS = ("please", "sorry", "invalid", "error", "oops", "successfully", "click here", "!")


@pytest.fixture
def window(themed, qtbot, tmp_path):
    """The window before a workspace is open."""
    window = Window(Settings(tmp_path / "settings.ini", {}))
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    return window


def test_every_page_of_the_window_has_a_page_of_help_in_the_same_order():
    of_pages = [name for name in HELP if name not in ("first_steps", "recovery", "keys")]
    assert of_pages == [screen.name for screen in SCREENS]
    assert {path.stem for path in help_folder().glob("*.md")} == set(HELP)


@pytest.mark.parametrize("name", HELP)
def test_a_page_has_its_pictures_and_leads_nowhere_else(name):
    text = (help_folder() / f"{name}.md").read_text("utf-8")
    for link in re.findall(r"\]\(([^)]*)\)", text):
        assert (help_folder() / link).is_file()
    assert not any(word in re.sub(r"!\[", "[", text.casefold()) for word in NOT_OUR_WORDS)


def test_the_pictures_are_small_and_all_of_them_are_shown():
    pictures = {path.name: path.stat().st_size for path in (help_folder() / "pictures").iterdir()}
    assert sum(pictures.values()) < MOST_BYTES
    texts = "".join((help_folder() / f"{name}.md").read_text("utf-8") for name in HELP)
    assert all(f"pictures/{name}" in texts for name in pictures)


def test_every_key_of_the_window_stands_on_the_page_of_keys(window):
    text = help_pages(window.actions_by_name.values())[-1].text
    for action in window.actions_by_name.values():
        if action.isVisible() and action.text() and not action.shortcut().isEmpty():
            assert f"| {action.text()} | {action.shortcut().toString()} |" in text


def test_every_page_of_the_window_has_a_key_with_ctrl():
    assert len(PAGE_KEYS) >= len(SCREENS)
    assert PAGE_KEYS.startswith("1234567890")


def test_no_two_actions_have_the_same_key(window):
    keys = [action.shortcut().toString() for action in window.actions_by_name.values() if not action.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))


def test_f1_opens_the_first_steps_where_no_workspace_is_open_and_links_lead_on(window, qtbot):
    window.actions_by_name["help"].trigger()
    dialog = window.findChild(HelpDialog)
    assert not dialog.isModal()
    assert dialog.list.current_row().name == "first_steps"
    dialog.text.anchorClicked.emit(QUrl("team.md"))
    assert dialog.list.current_row().name == "team"
    assert "points" in dialog.text.toPlainText().casefold()
    found = dialog.text.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("pictures/team.png"))
    assert found is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(HelpDialog) is None)


def test_help_opens_on_the_page_that_is_in_view(window, desk, qtbot):

    bench = window.open_desk(desk, SCREENS, Drawer(desk))
    qtbot.waitUntil(lambda: bench.current == 0, timeout=20_000)
    cases = [screen.name for screen in SCREENS].index("cases")
    bench.open_page(cases)
    window.actions_by_name["help"].trigger()
    assert window.findChild(HelpDialog).list.current_row().name == "cases"
    window.close_desk()
