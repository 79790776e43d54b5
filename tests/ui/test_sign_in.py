"""The page before a workspace is open, on real encrypted files."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from planner.core.records import Person, Team
from planner.settings import read_settings
from planner.ui.opening import Opening
from planner.ui.sign_in import SignInPage
from planner.ui.window import Window
from tests.helpers.people import PASSPHRASE, a_small_team
from tests.ui.test_window import focusable, spoken

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def closed_file(tmp_path, filled_files):
    """A workspace of two people, closed."""
    path = tmp_path / "Westmere.planner"
    workspace = filled_files.workspace(a_small_team, path)
    workspace.perform("Add person", lambda step: step.put(Person(id="5" * 32, name="Zoe Ode"))).result()
    workspace.close()
    return path


@pytest.fixture
def page(themed, qtbot, tmp_path, closed_file):
    """The sign-in page in its window, with one workspace opened lately."""
    settings = read_settings(tmp_path / "settings.ini")
    settings.opened(closed_file)
    window = Window(settings)
    qtbot.addWidget(window)
    page = SignInPage(Opening(lambda: NOW, "a laptop"), settings)
    window.show_page(page)
    window.show()
    qtbot.waitActive(window)
    page.start_again()
    yield page
    page.close_threads()


def unlock(page, qtbot, passphrase):
    """Type a passphrase and press Enter."""
    page.unlock.passphrase.line.setText(passphrase)
    qtbot.keyClick(page.unlock.passphrase.line, Qt.Key.Key_Return)


def test_recent_workspaces_are_named_without_their_folders(page, closed_file):
    assert [page.welcome.recent_model.index(0, 0).data()] == ["Westmere"]
    assert str(closed_file.parent) not in page.welcome.recent.copied_text()


def test_the_right_passphrase_and_a_person_lead_in(page, qtbot, closed_file):
    qtbot.keyClick(page.welcome.recent, Qt.Key.Key_Return)
    assert page.unlock.heading.text() == "Unlock Westmere"
    unlock(page, qtbot, PASSPHRASE)
    assert page.unlock.progress.text() == "Unlocking …"
    qtbot.waitUntil(lambda: page.form is page.who, timeout=10_000)
    page.who.people.selectRow([person.name for person in page.who.model.shown].index("Helen Marsh"))
    with qtbot.waitSignal(page.signed_in) as told:
        qtbot.keyClick(page.who.people, Qt.Key.Key_Return)
    workspace = told.args[0]
    assert workspace.person.name == "Helen Marsh"
    assert page.unlock.passphrase.text() == ""
    workspace.close()


def test_a_wrong_passphrase_says_so_and_makes_one_wait(page, qtbot, closed_file):
    page.ask_passphrase(closed_file)
    unlock(page, qtbot, "not this one at all")
    qtbot.waitUntil(lambda: "does not open the workspace" in page.unlock.trouble.text(), timeout=10_000)
    assert "The next try can be made in a second." in page.unlock.trouble.text()
    unlock(page, qtbot, PASSPHRASE)
    assert page.unlock.trouble.text() == "Wait a second before the next try."
    assert page.form is page.unlock


def test_a_file_open_elsewhere_offers_the_newest_backup(page, qtbot, closed_file):
    elsewhere = page.opening.open(closed_file, PASSPHRASE)
    try:
        page.ask_passphrase(closed_file)
        unlock(page, qtbot, PASSPHRASE)
        qtbot.waitUntil(lambda: page.unlock.backup.isVisible(), timeout=10_000)
        qtbot.mouseClick(page.unlock.backup, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page.form is page.who, timeout=10_000)
        with qtbot.waitSignal(page.signed_in) as told:
            page.who.person_chosen.emit(page.who.model.row_at(0))
        assert told.args[0].read_only
        told.args[0].close()
    finally:
        elsewhere.close()


def test_a_file_that_is_no_workspace_is_named_as_such(page, qtbot, tmp_path):
    path = tmp_path / "notes.planner"
    path.write_text("these are notes", encoding="utf-8")
    page.ask_passphrase(path)
    unlock(page, qtbot, PASSPHRASE)
    qtbot.waitUntil(lambda: bool(page.unlock.trouble.text()), timeout=10_000)
    assert "notes.planner" in page.unlock.trouble.text()


def test_a_new_workspace_is_made_with_its_person_and_team(page, qtbot, own_folders):
    page.new.folder = own_folders / "Planner"
    qtbot.mouseClick(page.welcome.new, Qt.MouseButton.LeftButton)
    page.new.name.setText("Long term: team 1")
    page.new.person.setText("Helen Marsh")
    page.new.team.setText("Team 1")
    page.new._on_passphrase_wanted()
    qtbot.mouseClick(page.new.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.form is page.recovery, timeout=20_000)
    with qtbot.waitSignal(page.signed_in, timeout=20_000) as told:
        qtbot.mouseClick(page.recovery.later, Qt.MouseButton.LeftButton)
    workspace = told.args[0]
    assert workspace.path.name == "Long term team 1.planner"
    assert [team.name for team in workspace.snapshot.all(Team).values()] == ["Team 1"]
    assert workspace.person.name == "Helen Marsh"
    workspace.close()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Give the workspace a name."),
        ({"name": "Elm"}, "Type your name, so that what you do is known as yours."),
        ({"name": "Elm", "person": "H"}, "Name your team."),
        ({"name": "Elm", "person": "H", "team": "T"}, "Type a passphrase, or have one made."),
    ],
)
def test_what_is_missing_is_said_one_thing_at_a_time(page, fields, sentence):
    for name, text in fields.items():
        getattr(page.new, name).setText(text)
    assert page.new.missing() == sentence


def test_two_passphrases_that_differ_are_refused(page):
    for name in ("name", "person", "team"):
        getattr(page.new, name).setText("Elm")
    page.new.passphrase.line.setText("violet kettle morning")
    page.new.again.line.setText("violet kettle mourning")
    assert page.new.missing() == "The two passphrases differ. Type the same one twice."


def test_a_weak_passphrase_is_refused_with_its_sentence(page, qtbot, own_folders):
    page.new.folder = own_folders / "Planner"
    page._on_new_asked()
    for name in ("name", "person", "team"):
        getattr(page.new, name).setText("Elm")
    for field in (page.new.passphrase, page.new.again):
        field.line.setText("password")
    qtbot.mouseClick(page.new.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "12 characters" in page.new.trouble.text(), timeout=10_000)


def test_a_passphrase_is_hidden_until_it_is_asked_to_be_seen(page, qtbot, closed_file):
    page.ask_passphrase(closed_file)
    field = page.unlock.passphrase
    assert field.line.echoMode() == field.line.EchoMode.Password
    qtbot.mouseClick(field.show_button, Qt.MouseButton.LeftButton)
    assert field.line.echoMode() == field.line.EchoMode.Normal


def test_every_control_of_every_form_has_a_name(page, qtbot, closed_file):
    for open_form in (page.start_again, lambda: page.ask_passphrase(closed_file), page._on_new_asked):
        open_form()
        assert [widget for widget in focusable(page) if not spoken(widget)] == []
