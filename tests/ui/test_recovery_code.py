"""The recovery code as a person meets it: made with the workspace or from the menu, printed, typed back, and opening."""

from datetime import UTC, datetime

import pytest
from PySide6 import QtPrintSupport
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from planner.reports.document import as_plain
from planner.reports.recovery_sheet import recovery_sheet
from planner.settings import read_settings
from planner.ui import printing
from planner.ui.dialogs.passphrase import PassphraseDialog
from planner.ui.dialogs.recovery_code import RecoveryCodeDialog
from planner.ui.opening import Opening
from planner.ui.sign_in import SignInPage
from tests.helpers.people import PASSPHRASE, a_small_team, a_workspace_of

FRESH = "amber lantern tuesday"


@pytest.fixture
def page(themed, qtbot, tmp_path):
    """The sign-in page of a computer that has seen no workspace."""
    opening = Opening(lambda: datetime(2026, 11, 23, 9, tzinfo=UTC), "a laptop")
    page = SignInPage(opening, read_settings(tmp_path / "settings.ini"))
    qtbot.addWidget(page)
    page.show()
    yield page
    page.close_threads()


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def shown_code(steps):
    """The code as it stands on the page."""
    return "-".join(words.text() for words in steps.groups)


def type_back(steps, code):
    """Type the groups that are asked for."""
    for place, line in zip(steps.asked, steps.typed, strict=True):
        line.setText(code.split("-")[place].lower())


def make_workspace(page, qtbot, folder):
    """Make one, as far as the offer of a recovery code."""
    page.new.folder = folder
    page._on_new_asked()
    page.new.name.setText("Long term 1")
    page.new.person.setText("Helen Marsh")
    page.new.team.setText("Team 1")
    for field in (page.new.passphrase, page.new.again):
        field.line.setText(PASSPHRASE)
    press(qtbot, page.new.make)
    qtbot.waitUntil(lambda: page.form is page.recovery, timeout=20_000)


def test_a_new_workspace_comes_with_a_code_that_is_typed_back(page, qtbot, own_folders):
    make_workspace(page, qtbot, own_folders / "Planner")
    steps, forward = page.recovery.steps, page.recovery.forward
    press(qtbot, forward)
    qtbot.waitUntil(lambda: shown_code(steps) != "--------")
    code = shown_code(steps)
    press(qtbot, forward)
    assert not any(words.isVisible() for words in steps.groups)
    type_back(steps, code)
    with qtbot.waitSignal(page.signed_in, timeout=20_000) as told:
        press(qtbot, forward)
    workspace = told.args[0]
    assert workspace.has_recovery_code
    assert workspace.last_backup is not None
    assert shown_code(steps) == "--------"
    assert page.new.passphrase.text() == ""
    workspace.close()


def test_the_code_can_be_left_for_later_and_nothing_is_made_then(page, qtbot, own_folders):
    make_workspace(page, qtbot, own_folders / "Planner")
    with qtbot.waitSignal(page.signed_in, timeout=20_000) as told:
        press(qtbot, page.recovery.later)
    assert not told.args[0].has_recovery_code
    told.args[0].close()


@pytest.fixture
def file_with_code(tmp_path):
    """A workspace that is closed, and its code."""
    path = tmp_path / "Westmere.planner"
    workspace = a_workspace_of(a_small_team(), path)
    code = workspace.add_recovery_code().result()
    workspace.confirm_recovery_code(code).result()
    workspace.close()
    return path, code


def test_whoever_opens_with_the_code_sets_a_new_passphrase(page, qtbot, file_with_code):
    path, code = file_with_code
    opened = []
    page.ask_passphrase(path)
    page.unlock.passphrase.line.setText(code)
    press(qtbot, page.unlock.unlock)
    qtbot.waitUntil(lambda: page.form is page.fresh, timeout=20_000)
    page.fresh.passphrase.line.setText("password")
    page.fresh.again.line.setText("password")
    press(qtbot, page.fresh.keep)
    qtbot.waitUntil(lambda: "12 characters" in page.fresh.trouble.text(), timeout=20_000)
    for field in (page.fresh.passphrase, page.fresh.again):
        field.line.setText(FRESH)
    press(qtbot, page.fresh.keep)
    qtbot.waitUntil(lambda: page.form is page.who, timeout=20_000)
    page.start_again()
    page.run_in_background(page.opening.open, path, FRESH, then=opened.append, failed=opened.append)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    opened[0].close()


# In the window


def test_a_code_made_from_the_menu_opens_once_its_groups_are_typed_right(desk, qtbot):
    dialog = RecoveryCodeDialog(desk)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show_up()
    steps = dialog.steps
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: dialog.act_button.text() == "I have it on paper")
    code = shown_code(steps)
    press(qtbot, dialog.act_button)
    press(qtbot, dialog.act_button)
    assert dialog.trouble.text() == "Type both groups as they stand on the sheet."
    type_back(steps, "-".join(["AAAA"] * 9))
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: "newest recovery code" in dialog.trouble.text(), timeout=20_000)
    type_back(steps, code)
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        press(qtbot, dialog.act_button)
    assert desk.workspace.has_recovery_code


def test_the_code_is_printed_from_memory_and_the_journal_is_told(desk, qtbot, monkeypatch):
    painted = []
    monkeypatch.setattr(QtPrintSupport.QPrintDialog, "exec", lambda _self: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(printing, "paint", lambda _printer, all_pages: painted.extend(all_pages) or len(all_pages))
    dialog = RecoveryCodeDialog(desk)
    qtbot.addWidget(dialog)
    dialog.show_up()
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: dialog.act_button.text() == "I have it on paper")
    press(qtbot, dialog.steps.print_button)
    qtbot.waitUntil(lambda: len(painted) == 1 and "Collect" in dialog.progress.text(), timeout=20_000)
    dialog.reject()


def test_the_sheet_has_the_code_and_nothing_of_the_workspace(desk):
    code = "MFRG-GZDF-MZTW-Q2LK-NNWG-23TP-OBYX-E43U-APVD"
    sheet = str(as_plain(recovery_sheet(code, desk.today)))
    assert all(group in sheet for group in code.split("-"))
    assert not any(worker.name in sheet for worker in desk.outlook.workers)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("", FRESH, FRESH), "Type the passphrase that opens the workspace now."),
        ((PASSPHRASE, "", ""), "Type a new passphrase, or have one made."),
        ((PASSPHRASE, FRESH, "amber lantern wednesday"), "The two new passphrases differ. Type the same one twice."),
        (("not the passphrase", FRESH, FRESH), "does not open the workspace"),
        ((PASSPHRASE, "password", "password"), "12 characters"),
    ],
)
def test_a_passphrase_is_not_changed_and_the_field_says_why(desk, qtbot, typed, sentence):
    dialog = PassphraseDialog(desk)
    qtbot.addWidget(dialog)
    dialog.show_up()
    fields = (dialog.now, dialog.new, dialog.again)
    for field, text in zip(fields, typed, strict=True):
        field.passphrase.line.setText(text)
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: any(sentence in field.trouble.text() for field in fields), timeout=20_000)
    dialog.reject()


def test_the_passphrase_is_changed_and_opens_from_then_on(desk, qtbot):
    dialog = PassphraseDialog(desk)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show_up()
    dialog.now.passphrase.line.setText(PASSPHRASE)
    dialog._on_made_wanted()
    fresh = dialog.new.text
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        press(qtbot, dialog.act_button)
    desk.workspace.change_passphrase(fresh, PASSPHRASE).result()
