"""The command palette: everything is found from one field, by keys alone."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from planner.core.records import Child, Worker
from planner.settings import read_settings
from planner.ui.dialogs.handover import HandoverDialog
from planner.ui.dialogs.worker import WorkerDialog
from planner.ui.palette import Palette
from planner.ui.screens import SCREENS
from planner.ui.window import Window
from tests.helpers.costs import costs_ms
from tests.ui.test_window import SmallDrawer


@pytest.fixture
def opened(qtbot, tmp_path):
    """A function that puts a desk into a window and answers it."""
    windows = []

    def _open(desk):
        window = Window(read_settings(tmp_path / "settings.ini"))
        qtbot.addWidget(window)
        window.open_desk(desk, SCREENS, SmallDrawer())
        window.resize(1440, 900)
        window.show()
        qtbot.waitUntil(lambda: bool(window.workbench.header.finding.text()))
        assert window.isActiveWindow()
        windows.append(window)
        return window

    yield _open
    for window in windows:
        window.close_desk()


@pytest.fixture
def window(desk, opened):
    return opened(desk)


def palette(window, qtbot):
    """Press Ctrl+K and answer the palette."""
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    return next(found for found in window.findChildren(Palette) if found.isVisible())


def words(found):
    return [found.model.index(line).data() for line in range(found.model.rowCount())]


def test_a_reference_opens_the_child(window, desk, qtbot):
    child = sorted(desk.workspace.snapshot.all(Child).values(), key=lambda child: child.reference)[3]
    found = palette(window, qtbot)
    qtbot.keyClicks(found.field, child.reference)
    assert found.current().words == desk.child_words(child)
    with qtbot.waitSignal(desk.child_asked) as asked:
        qtbot.keyClick(found.field, Qt.Key.Key_Return)
    assert asked.args == [child.id]


def test_initials_find_a_child_with_and_without_full_stops(window, desk, qtbot):
    child = next(iter(desk.workspace.snapshot.all(Child).values()))
    found = palette(window, qtbot)
    for typed in (child.initials, child.initials.replace(".", "").lower()):
        found.field.setText(typed)
        assert desk.child_words(child) in words(found)


def test_names_are_found_only_while_they_are_shown(window, desk, qtbot):
    child = next(child for child in desk.workspace.snapshot.all(Child).values() if child.name)
    found = palette(window, qtbot)
    found.field.setText(child.name)
    assert found.nothing.isVisible()
    qtbot.keyClick(found.field, Qt.Key.Key_Escape)
    desk.show_names()
    found = palette(window, qtbot)
    found.field.setText(child.name)
    assert found.current().words == desk.child_words(child)


def test_nothing_typed_shows_pages_and_actions_and_no_child(window, qtbot):
    found = palette(window, qtbot)
    assert words(found)[0] == "Pages"
    assert "Children" not in words(found)
    assert "Log many visits" in words(found)


def test_tab_offers_what_can_be_done_for_a_child(window, desk, qtbot):
    child = desk.outlook.held[0].child
    found = palette(window, qtbot)
    found.field.setText(child.reference)
    qtbot.keyClick(found.field, Qt.Key.Key_Tab)
    assert words(found)[:4] == ["Open", "Log a visit", "Plan visit", "Change worker"]
    qtbot.keyClick(found.field, Qt.Key.Key_Escape)
    assert found.isVisible()
    assert found.subject is None


def test_the_week_of_a_worker_is_printed_from_the_palette(window, desk, qtbot):
    worker = next(iter(desk.workspace.snapshot.all(Worker).values()))
    found = palette(window, qtbot)
    found.field.setText(worker.name)
    qtbot.keyClick(found.field, Qt.Key.Key_Tab)
    qtbot.keyClick(found.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(desk.print_asked) as asked:
        qtbot.keyClick(found.field, Qt.Key.Key_Return)
    assert asked.args[1].worker_id == worker.id


def test_the_move_of_a_workers_children_is_planned_from_the_palette(window, desk, qtbot):
    worker = next(iter(desk.workspace.snapshot.all(Worker).values()))
    found = palette(window, qtbot)
    found.field.setText(worker.name)
    qtbot.keyClick(found.field, Qt.Key.Key_Tab)
    assert words(found)[-2:] == ["Change the worker’s facts", "Plan the move of the children"]
    qtbot.keyClick(found.field, Qt.Key.Key_Up)
    qtbot.keyClick(found.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(one.is_planned for one in window.findChildren(HandoverDialog)), timeout=10_000)


def test_a_page_is_opened_by_its_name(window, qtbot):
    found = palette(window, qtbot)
    qtbot.keyClicks(found.field, "cases")
    qtbot.keyClick(found.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workbench.header.title.text() == "Cases")


def test_a_button_of_another_page_is_pressed_from_the_palette(window, desk, qtbot):
    found = palette(window, qtbot)
    qtbot.keyClicks(found.field, "add worker")
    assert found.current().detail == "On Team"
    qtbot.keyClick(found.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in window.findChildren(WorkerDialog)))
    assert window.workbench.screen_in_view.title == "Team"


@pytest.mark.parametrize("screen", [screen for screen in SCREENS if screen.offers], ids=lambda screen: screen.name)
def test_what_a_page_offers_is_a_button_there(window, qtbot, screen):
    bench = window.workbench
    bench.open_page(SCREENS.index(screen))
    qtbot.waitUntil(lambda: bench.screen_in_view.is_filled)
    there = [button.text() for part in (bench.header, bench.screen_in_view) for button in part.findChildren(QPushButton)]
    assert set(screen.offers) <= set(there)


def test_what_the_menus_offer_is_chosen_from_the_palette(window, qtbot):
    found = palette(window, qtbot)
    qtbot.keyClicks(found.field, "text size 150")
    assert found.current().words == "Text size: 150%"
    qtbot.keyClick(found.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.settings.value("text_percent") == "150")


def test_up_and_down_pass_over_the_names_of_groups(window, qtbot):
    found = palette(window, qtbot)
    seen = set()
    for _ in range(found.model.rowCount()):
        seen.add(found.current().words)
        qtbot.keyClick(found.field, Qt.Key.Key_Down)
    assert "Actions" not in seen
    assert len(seen) == len(found.model.places())


def test_the_palette_names_its_rows_for_a_screen_reader(window, desk, qtbot):
    case = desk.outlook.held[0]
    found = palette(window, qtbot)
    found.field.setText(case.child.reference)
    spoken = found.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(f"{desk.child_words(case.child)}, ")
    assert case.worker.name in spoken


def test_it_answers_within_a_frame_for_1200_children(big_desk, opened, qtbot, watchdog):
    window = opened(big_desk)
    with watchdog() as longest:
        found = palette(window, qtbot)
    assert longest.cpu_ms < 100
    assert costs_ms(partial(found.field.setText, typed) for typed in ("1", "10", "104", "a", "a.b"))[2] < 16
