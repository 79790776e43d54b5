"""History: every step with who and when; one is chosen, looked at and reversed."""

from threading import Event

import pytest
from PySide6.QtCore import Qt

from planner.actions.visits import mark_recorded
from planner.core.date_words import list_date
from planner.core.flow_records import Referral
from planner.core.records import Child, Visit
from planner.ui.desk import STOPPED
from planner.ui.history_page import HistoryPage
from planner.ui.theme import apply_theme
from tests.helpers.stores import change, put
from tests.ui.test_palette import opened  # noqa: F401


@pytest.fixture
def window(desk, opened):  # noqa: F811
    return opened(desk)


def done(desk, qtbot, title, action, *args, **kwargs):
    """Perform a step and wait until the outlook knows."""
    before = desk.outlook
    desk.perform(title, action, *args, **kwargs)
    qtbot.waitUntil(lambda: desk.outlook is not before)


def history(window, qtbot, row=0):
    """Open the page by its key and choose a step."""
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    page = window.workbench.inner_page
    assert isinstance(page, HistoryPage)
    page.table.selectRow(row)
    qtbot.waitUntil(lambda: page.preview is not None)
    return page


def test_every_step_stands_there_with_who_and_when(window, desk, qtbot):
    visit = next(visit for visit in desk.workspace.snapshot.all(Visit).values() if visit.status == "made")
    recorded = list_date(visit.recorded_on, desk.today)
    done(desk, qtbot, "Mark visit as recorded", mark_recorded, visit.id, desk.today)
    page = history(window, qtbot)
    row = page.model.row_at(0)
    assert row.step.title == "Mark visit as recorded"
    assert row.who == desk.workspace.person.name
    assert row.at.startswith("Mon 23 Nov")
    assert len(page.model.rows) == len(desk.workspace.history())
    line = page.lines_model.row_at(0)
    assert (line.fact, line.now, line.after) == ("recorded on", "Mon 23 Nov", recorded)


def test_an_older_step_is_reversed_from_the_page_and_what_was_changed_since_is_named(window, desk, qtbot):
    child = next(iter(desk.workspace.snapshot.all(Child).values()))
    done(desk, qtbot, "Change the child", change, child, initials="X.Y.", locality="North")
    done(desk, qtbot, "Change initials", change, child, initials="Z.Z.")
    page = history(window, qtbot, row=1)
    notes = {page.lines_model.row_at(place).note for place in range(page.lines_model.rowCount())}
    assert "stays: changed since" in notes
    assert "stays in part" in page.said.text()
    before = desk.outlook
    qtbot.mouseClick(page.reverse, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.outlook is not before)
    now = desk.workspace.snapshot.find(Child, child.id)
    assert (now.initials, now.locality) == ("Z.Z.", child.locality)
    qtbot.waitUntil(lambda: window.workbench.undo_bar.words.text() == "Reversed: Change the child.")
    assert page.model.row_at(0).step.title == "Undo: Change the child"
    assert page.model.row_at(2).state == "taken back"


@pytest.mark.parametrize("kind", [Child, Referral])
def test_no_name_of_a_child_stands_in_the_history(window, desk, qtbot, kind):
    if kind is Referral:
        done(desk, qtbot, "Receive", put, Referral(id="9" * 32, initials="S.E.", name="Somebody Early"))
    child = next(child for child in desk.workspace.snapshot.all(kind).values() if child.name)
    done(desk, qtbot, "Correct the name", change, child, name="Somebody Else")
    page = history(window, qtbot)
    shown = [page.lines_model.index(row, column).data() for row in range(page.lines_model.rowCount()) for column in range(5)]
    assert "not shown" in shown
    assert not any("Somebody" in words or child.name in words for words in shown)


def test_looking_at_a_step_can_be_stopped_and_begun_again(window, desk, qtbot):
    child = next(iter(desk.workspace.snapshot.all(Child).values()))
    done(desk, qtbot, "Change initials", change, child, initials="Z.Z.")
    page = history(window, qtbot)
    begun = Event()
    desk.workspace._submit(begun.wait)
    page._ask()
    desk.stop_writing()
    begun.set()
    qtbot.waitUntil(lambda: page.said.text().startswith(STOPPED))
    page.table.clicked.emit(page.model.index(0, 0))
    qtbot.waitUntil(lambda: page.preview is not None)


def test_at_large_text_every_column_stands_in_a_small_window(window, qtbot, themed):
    window.resize(1280, 720)
    page = history(window, qtbot)
    apply_theme(themed, "light", 1.5)
    for table in (page.table, page.lines):
        qtbot.waitUntil(lambda table=table: 0 < table.horizontalHeader().length() <= table.viewport().width())
