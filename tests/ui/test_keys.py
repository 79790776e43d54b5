"""Keys that are changed: which are refused, that the others hold at once and after a restart, and that all words say them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from planner.settings import Settings, read_settings
from planner.ui.dialogs.keys import KeyEdit, KeysDialog
from planner.ui.help_pages import help_pages
from planner.ui.keys import SHIPPED, chosen_keys, kept_back, keys_in_force, spaced
from planner.ui.logging.quick_line import QuickLine
from planner.ui.palette import Palette
from planner.ui.window import Window

NAMES = frozenset({*SHIPPED, "names"})
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(desk, window_on):
    """The window on one page, with the keys as shipped before and after."""
    yield window_on(desk, first="cases")
    keys_in_force().put_all_back()


@pytest.fixture
def dialog(window, qtbot):
    """The dialog, opened from the menu, with the action of the palette chosen."""
    window.actions_by_name["keys"].trigger()
    dialog = window.findChild(KeysDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    choose(dialog, "find")
    dialog.edit.setFocus()
    return dialog


def choose(dialog, name: str) -> None:
    """Stand on an action in the list."""
    dialog.list.select_row(next(row for row in dialog.model.rows if row.name == name))


@pytest.mark.parametrize(
    ("key", "why"),
    [
        *((key, "Hold Ctrl with it, or take an F key") for key in ("A", "5", "Shift+A", "Space", "Meta+L", "[")),
        *((key, "with Alt, letters act on Intake") for key in ("Alt+A", "Alt+Shift+R")),
        *((key, "belongs to lists, fields and dialogs") for key in ("Tab", "Return", "Ctrl+Return", "Esc", "Del", "Ctrl+PgUp")),
        ("Ctrl+M", "it moves the selected visit or case"),
        *((key, "is kept: it") for key in ("Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+A", "Shift+F10", "Alt+F4")),
        *((key, "is not a key") for key in ("", "Nonsense", "Ctrl+K, Ctrl+L")),
        *((key, "") for key in ("F9", "Shift+F9", "Ctrl+Space", "Ctrl+U", "Ctrl+Shift+U", "Ctrl+;", "Alt+1")),
    ],
)
def test_a_key_is_refused_with_its_reason_or_is_free(key, why):
    assert why in kept_back(key)
    assert bool(kept_back(key)) == bool(why)


@pytest.mark.parametrize(
    ("written", "chosen"),
    [
        ("", {}),
        ("find=Ctrl+Space; names=F9", {"find": "Ctrl+Space", "names": "F9"}),
        ("find=Ctrl+;; names=Ctrl+=", {"find": "Ctrl+;", "names": "Ctrl+="}),
        ("find=Ctrl+L; log_visit=Ctrl+K", {"find": "Ctrl+L", "log_visit": "Ctrl+K"}),
        ("find=A; nothing=F9; back=F8; undo; %%; names=F7", {"names": "F7"}),
        ("find=Ctrl+L; names=F7", {"names": "F7"}),
        ("find=F7; names=F7", {}),
        ("find=F7; names=Ctrl+K; filter=F7", {}),
    ],
)
def test_what_cannot_be_or_clashes_in_the_file_falls_back_to_what_is_shipped(written, chosen):
    assert chosen_keys(written, NAMES) == chosen


def test_a_key_on_a_button_is_parted_by_spaces():
    assert [spaced(key) for key in ("Ctrl+Shift+P", "F1", "Ctrl++")] == ["Ctrl Shift P", "F1", "Ctrl +"]


def test_a_changed_key_holds_at_once_and_after_a_restart_and_is_said_everywhere(window, dialog, qtbot):
    bench = window.workbench
    qtbot.keyClick(dialog.edit, Qt.Key.Key_U, CTRL | SHIFT)
    assert dialog.field.trouble.text() == ""
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(KeysDialog) is None)
    assert bench.navigation.find_button.text() == "Find (Ctrl Shift U)"
    assert "Ctrl+Shift+U finds any child" in help_pages(window.actions_by_name.values())[0].text
    assert "| Find anything | Ctrl+Shift+U |" in help_pages(window.actions_by_name.values())[-1].text
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert window.findChild(Palette) is None
    qtbot.keyClick(window, Qt.Key.Key_U, CTRL | SHIFT)
    assert window.findChild(Palette) is not None
    keys_in_force().take(Settings(window.settings.path, {}), NAMES)
    again = Window(read_settings(window.settings.path))
    qtbot.addWidget(again)
    assert again.actions_by_name["find"].shortcut() == QKeySequence("Ctrl+Shift+U")


def test_words_that_name_a_key_follow_it(window):
    bench = window.workbench
    window.actions_by_name["quick_line"].trigger()
    line = window.findChild(QuickLine)
    for name, key in (("undo", "F7"), ("privacy", "F8"), ("day", "F9"), ("help", "F10"), ("filter", "Ctrl+U")):
        keys_in_force().choose(name, key)
    assert bench.undo_bar.undo.text() == line.undo.text() == "Undo (F7)"
    assert "F7 takes it back" in line.hint.text()
    assert line.undo_key.key() == QKeySequence("F7")
    assert "(F8)" in bench.navigation.privacy.text()
    assert "(F9)" in bench.header.as_at.toolTip()
    assert bench.navigation.help.text() == "Help F10"
    assert bench.screen_in_view.filter.toolTip().endswith("(Ctrl+U)")
    keys_in_force().choose("names", "Ctrl+|")
    assert "| Names or initials | Ctrl+&#124; |" in help_pages(window.actions_by_name.values())[-1].text


@pytest.mark.parametrize(
    ("pressed", "held", "key"),
    [
        (Qt.Key.Key_Control, CTRL, ""),
        (Qt.Key.Key_Exclam, CTRL | SHIFT, "Ctrl+!"),
        (Qt.Key.Key_Space, CTRL | SHIFT, "Ctrl+Shift+Space"),
        (Qt.Key.Key_F9, SHIFT, "Shift+F9"),
        (Qt.Key.Key_Return, CTRL, "Ctrl+Return"),
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, "Backspace"),
    ],
)
def test_the_field_hears_a_key_as_it_will_act(qtbot, themed, pressed, held, key):
    edit, heard = KeyEdit(), []
    qtbot.addWidget(edit)
    edit.key_pressed.connect(heard.append)
    qtbot.keyClick(edit, pressed, held)
    assert "".join(heard) == key


def test_a_refused_key_says_why_beneath_the_field_and_changes_nothing(window, dialog, qtbot):
    qtbot.keyClick(dialog.edit, Qt.Key.Key_L, CTRL)
    assert dialog.field.trouble.text() == "Ctrl+L is the key of “Log many visits”. Give that another key first."
    qtbot.keyClick(dialog.edit, Qt.Key.Key_M, CTRL)
    assert dialog.field.trouble.text().startswith("Ctrl+M is kept")
    assert dialog.edit.text() == window.actions_by_name["find"].shortcut().toString() == "Ctrl+K"
    assert window.settings.value("keys") == ""


def test_keys_come_back_as_shipped_one_or_all_unless_another_action_took_them(window, dialog, qtbot):
    assert not dialog.all_back.isEnabled()
    qtbot.keyClick(dialog.edit, Qt.Key.Key_F9)
    choose(dialog, "names")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_K, CTRL)
    choose(dialog, "find")
    dialog.one_back.click()
    assert dialog.field.trouble.text() == "Ctrl+K is the key of “Names or initials”. Give that another key first."
    choose(dialog, "names")
    dialog.one_back.click()
    assert window.settings.value("keys") == "find=F9"
    dialog.all_back.click()
    assert window.settings.value("keys") == ""
    assert not dialog.one_back.isEnabled()
    assert not dialog.all_back.isEnabled()
