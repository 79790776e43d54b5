"""People, teams and further bank holidays, as a manager enters them from the menu; and what follows at once."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.core.records import AddedHoliday, Team
from planner.ui.dialogs.holidays import HolidaysDialog
from planner.ui.dialogs.person import PersonDialog
from planner.ui.dialogs.team import TeamDialog


@pytest.fixture
def window(desk, window_on):
    return window_on(desk, size=(1280, 720))


def asked(window: QWidget, action: str, kind: type):
    """The dialog that an entry of the menu opens."""
    window.actions_by_name[action].trigger()
    return window.findChildren(kind)[-1]


def press(qtbot, dialog):
    with qtbot.waitSignal(dialog.finished, timeout=10_000):
        qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)


def test_a_co_ordinator_is_added_for_a_team_changed_and_let_go(desk, window, qtbot):
    team = next(iter(desk.workspace.snapshot.all(Team).values()))
    dialog = asked(window, "people", PersonDialog)
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert dialog.name.trouble.text() == "Type a name."
    qtbot.keyClicks(dialog.name.edit, "Ann Lee")
    assert dialog.role.value == "project co-ordinator"
    assert not dialog.here.isVisible()
    qtbot.keyClick(dialog.teams.ticks[team.id], Qt.Key.Key_Space)
    press(qtbot, dialog)
    added = next(person for person in desk.workspace.people() if person.name == "Ann Lee")
    assert added.team_ids == (team.id,)
    dialog = asked(window, "people", PersonDialog)
    dialog.person.choose(added.id)
    assert (dialog.name.text, dialog.role.value, dialog.teams.chosen) == ("Ann Lee", "project co-ordinator", (team.id,))
    dialog.here.choose("left")
    press(qtbot, dialog)
    assert added.id not in {person.id for person in desk.workspace.people()}


def test_what_was_ticked_stands_there_again_when_the_dialog_was_left(desk, window, qtbot):
    team = next(iter(desk.workspace.snapshot.all(Team)))
    dialog = asked(window, "people", PersonDialog)
    dialog.teams.choose((team,))
    dialog.reject()
    assert asked(window, "people", PersonDialog).teams.chosen == (team,)


def test_what_is_refused_is_said_in_the_dialog_and_what_was_entered_stays(desk, window, qtbot):
    dialog = asked(window, "people", PersonDialog)
    dialog.person.choose(desk.workspace.person.id)
    dialog.here.choose("left")
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.trouble.text().startswith("You are at work as this person."), timeout=10_000)
    assert dialog.here.value == "left"


def test_a_team_is_added_and_its_work_can_be_chosen_for_a_transfer_point(desk, window, qtbot):
    dialog = asked(window, "team_list", TeamDialog)
    qtbot.keyClicks(dialog.name.edit, "Court team")
    qtbot.keyClicks(dialog.work.edit, "court")
    press(qtbot, dialog)
    added = next(team for team in desk.workspace.snapshot.all(Team).values() if team.name == "Court team")
    dialog = asked(window, "team_list", TeamDialog)
    dialog.team.choose(added.id)
    assert (dialog.name.text, dialog.work.text) == ("Court team", "court")
    qtbot.keyClicks(dialog.manager.edit, "Bo Fox")
    press(qtbot, dialog)
    assert desk.workspace.snapshot.find(Team, added.id).manager == "Bo Fox"


def test_a_further_bank_holiday_is_no_working_day_until_it_is_taken_back(desk, window, qtbot):
    day = next(day for day in (desk.today + timedelta(days=ahead) for ahead in range(7)) if desk.outlook.calendar.is_working(day))
    dialog = asked(window, "holidays", HolidaysDialog)
    dialog.day.set_day(day)
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert dialog.title_field.trouble.text() == "Say what the holiday is called."
    qtbot.keyClicks(dialog.title_field.edit, "Jubilee")
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: not desk.outlook.calendar.is_working(day), timeout=10_000)
    dialog = asked(window, "holidays", HolidaysDialog)
    dialog.added.choose(next(iter(desk.workspace.snapshot.all(AddedHoliday))))
    with qtbot.waitSignal(dialog.finished, timeout=10_000):
        qtbot.mouseClick(dialog.removal, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.outlook.calendar.is_working(day), timeout=10_000)
