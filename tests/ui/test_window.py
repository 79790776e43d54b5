"""The window: pages, header, drawer and bars, worked by mouse and by keyboard."""

from datetime import date
from itertools import groupby

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from planner.core.records import Child, Worker
from planner.settings import read_settings
from planner.ui.dialogs.names import NamesDialog
from planner.ui.drawer import Drawer
from planner.ui.screen import Screen
from planner.ui.screens import SCREENS
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.theme import apply_theme
from planner.ui.widgets.button import Button
from planner.ui.widgets.focus_ring import FocusRing
from planner.ui.window import Window
from tests.ui.test_desk import refuse, rename_team

NAMES = (Column("Child", lambda case: case.child.reference, strong=True), Column("Plan", lambda case: case.plan, stretch=True))


class CasesPage(Screen):
    """A page with one list."""

    name = "cases"
    title = "Cases"
    shows = frozenset({Child})
    is_page_scrolled = False

    def __init__(self, desk, parent=None):
        super().__init__(desk, parent)
        self.filled = 0
        self.model = RowsModel(NAMES, (), self)
        self.table = RowsView(self.model, "Cases")
        layout = QVBoxLayout(self)
        layout.addWidget(self.table)
        self.table.row_opened.connect(lambda case: desk.open_child(case.child.id))

    def show_outlook(self, outlook):
        self.filled += 1
        self.model.set_rows(outlook.cases)

    def finding(self, outlook):
        return f"{len(outlook.cases)} open children."

    @staticmethod
    def count(outlook):
        return str(len(outlook.cases)), False

    def header_actions(self):
        return [Button("Export"), Button("Add a child", kind="primary")]

    def filter_field(self):
        return self.table


class WorkersPage(Screen):
    """A page that shows workers only."""

    name = "team"
    title = "Team"
    shows = frozenset({Worker})

    def __init__(self, desk, parent=None):
        super().__init__(desk, parent)
        self.filled = 0

    def show_outlook(self, outlook):
        self.filled += 1

    @staticmethod
    def count(outlook):
        return f"{len(outlook.overdue_visits)} overdue", True


class SmallDrawer(QWidget):
    """A drawer with one button."""

    closed = Signal()

    def __init__(self):
        super().__init__()
        self.shown = []
        self.button = Button("Log a visit")
        QVBoxLayout(self).addWidget(self.button)

    def show_child(self, child_id):
        self.shown.append(("child", child_id))

    def show_worker(self, worker_id):
        self.shown.append(("worker", worker_id))


@pytest.fixture
def window(desk, qtbot, tmp_path):
    """A window at 1440 by 900 on two pages and a small drawer."""
    window = Window(read_settings(tmp_path / "settings.ini"))
    qtbot.addWidget(window)
    bench = window.open_desk(desk, (CasesPage, WorkersPage), SmallDrawer())
    window.resize(1440, 900)
    window.show()
    qtbot.waitActive(window)
    qtbot.waitUntil(lambda: bool(bench.header.finding.text()))
    yield window
    window.close_desk()


def press(qtbot, window, keys):
    """Press a key combination where the focus is."""
    sequence = QKeySequence(keys)[0]
    qtbot.keyClick(window.focusWidget() or window, sequence.key(), sequence.keyboardModifiers())


def test_the_first_page_stands_there_with_its_finding_and_its_count(window, desk):
    bench = window.workbench
    assert bench.header.title.text() == "Cases"
    assert bench.header.finding.text() == f"{len(desk.outlook.cases)} open children."
    assert bench.navigation.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == f"Cases, {len(desk.outlook.cases)}"
    assert bench.header.freshness.text().startswith("Case system as at Fri 20 Nov")
    assert window.windowTitle() == "Planner"


def test_pages_open_by_number_and_by_the_column(window, qtbot):
    bench = window.workbench
    press(qtbot, window, "Ctrl+2")
    assert bench.header.title.text() == "Team"
    bench.navigation.pages.setFocus()
    press(qtbot, window, "Up")
    assert bench.header.title.text() == "Cases"


def test_a_page_is_filled_again_only_when_what_it_shows_changed(window, desk, qtbot):
    bench = window.workbench
    bench.open_page(1)
    qtbot.wait(1)
    bench.open_page(0)
    cases, workers = bench._screens[0], bench._screens[1]
    filled = cases.filled, workers.filled
    with qtbot.waitSignal(desk.outlook_changed):
        desk.perform("Rename team", rename_team, "Team Elm")
    bench.open_page(1)
    assert (cases.filled, workers.filled) == filled
    with qtbot.waitSignal(desk.outlook_changed):
        desk.look_at(on=date(2026, 12, 1))
    bench.open_page(0)
    assert (cases.filled, workers.filled) == (filled[0] + 1, filled[1] + 1)


def test_the_undo_bar_names_the_step_and_takes_it_back(window, desk, qtbot):
    bench = window.workbench
    desk.perform("Rename team", rename_team, "Team Elm", said="Renamed the team")
    qtbot.waitUntil(bench.undo_bar.isVisible)
    assert bench.undo_bar.words.text() == "Renamed the team."
    assert window.actions_by_name["undo"].text() == "Undo: Rename team"
    with qtbot.waitSignal(desk.undone):
        press(qtbot, window, "Ctrl+Z")
    qtbot.waitUntil(lambda: window.actions_by_name["redo"].text() == "Redo: Rename team")
    with qtbot.waitSignal(desk.done):
        press(qtbot, window, "Ctrl+Y")


def test_a_refusal_stands_under_the_header_until_it_is_closed(window, desk, qtbot):
    bench = window.workbench
    with qtbot.waitSignal(desk.failed):
        desk.perform("Log visit", refuse)
    assert bench.message.isVisible()
    assert bench.message.accessibleName() == "The day lies after today. Nothing was changed."
    qtbot.mouseClick(bench.message.dismiss, Qt.MouseButton.LeftButton)
    assert not bench.message.isVisible()


def test_a_typed_day_is_looked_at_and_the_past_says_so(window, desk, qtbot):
    bench = window.workbench
    press(qtbot, window, "Ctrl+D")
    assert window.focusWidget() is bench.header.as_at
    qtbot.keyClicks(bench.header.as_at, "-2w")
    with qtbot.waitSignal(desk.outlook_changed):
        press(qtbot, window, "Return")
    assert desk.on == date(2026, 11, 9)
    assert bench.past.isVisible()
    assert "9 November 2026. You are looking at the past" in bench.past.words.text()
    with qtbot.waitSignal(desk.outlook_changed):
        qtbot.mouseClick(bench.past.back, Qt.MouseButton.LeftButton)
    assert not bench.past.isVisible()


def test_what_is_said_of_the_past_goes_with_it(window, desk, qtbot):
    bench = window.workbench
    desk.look_at(on=date(2026, 11, 1))
    qtbot.waitUntil(bench.past.isVisible)
    desk.perform("Refuse", refuse)
    assert bench.message.isVisible()
    qtbot.mouseClick(bench.past.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bench.past.isVisible())
    assert not bench.message.isVisible()


def test_escape_leaves_the_day_as_it_was(window, desk, qtbot):
    field = window.workbench.header.as_at
    field.setFocus()
    qtbot.keyClicks(field, "fri")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "Mon 23 Nov 2026"
    assert desk.on == date(2026, 11, 23)


def test_a_row_opens_the_drawer_and_escape_gives_the_focus_back(window, desk, qtbot):
    bench = window.workbench
    table = bench.screen_in_view.table
    table.setFocus()
    table.selectRow(3)
    press(qtbot, window, "Return")
    assert bench.drawer.isVisible()
    assert bench.drawer.shown == [("child", desk.outlook.cases[3].child.id)]
    bench.drawer.button.setFocus()
    press(qtbot, window, "Esc")
    assert not bench.drawer.isVisible()
    assert window.focusWidget() is table


@pytest.mark.parametrize(("width", "pushes"), [(1440, True), (1280, True), (1024, False)])
def test_the_drawer_pushes_the_page_where_there_is_room_for_both(window, desk, qtbot, width, pushes):
    bench = window.workbench
    window.resize(width, 720)
    desk.open_child("x")
    page, drawer = bench.beside.page.geometry(), bench.drawer.geometry()
    assert (page.right() < drawer.left()) == pushes
    assert drawer.width() >= 400
    if pushes:
        assert page.width() >= 640


def test_the_rows_behind_a_figure_are_exactly_those_and_there_is_a_way_back(window, desk, qtbot):
    bench = window.workbench
    table = bench.screen_in_view.table
    table.setFocus()
    desk.open_rows("Held by Dev Patel", NAMES, desk.outlook.cases[:5])
    assert bench.header.title.text() == "Held by Dev Patel"
    assert bench.rows_page.model.rowCount() == 5
    assert bench.header.back.text() == "Back to Cases"
    bench.rows_page.table.selectRow(1)
    press(qtbot, window, "Return")
    assert bench.drawer.shown[-1] == ("child", desk.outlook.cases[1].child.id)
    press(qtbot, window, "Esc")
    press(qtbot, window, "Esc")
    assert bench.header.title.text() == "Cases"
    assert window.focusWidget() is table


def test_escape_closes_the_drawer_after_the_page_it_was_opened_from_has_gone(window, desk, qtbot):
    bench = window.workbench
    desk.open_rows("Held by Dev Patel", NAMES, desk.outlook.cases[:5])
    came_from = bench.rows_page.table
    came_from.selectRow(1)
    press(qtbot, window, "Return")
    with qtbot.waitSignal(came_from.destroyed):
        bench.open_history()
    press(qtbot, window, "Esc")
    assert not bench.drawer.isVisible()


def test_a_drawer_over_the_page_gives_way_to_the_keyboard(window, desk, qtbot):
    bench = window.workbench
    window.resize(1024, 700)
    desk.open_child(desk.outlook.cases[0].child.id)
    bench.header.as_at.setFocus()
    covered = bench.drawer.geometry().contains(bench.header.as_at.geometry().translated(bench.header.pos()))
    assert covered
    assert not bench.drawer.isVisible()
    assert bench.header.as_at.hasFocus()


def test_f6_goes_round_navigation_header_page_and_drawer(window, desk, qtbot):
    bench = window.workbench
    desk.open_child("x")
    bench.navigation.pages.setFocus()
    seen = []
    for _ in range(5):
        seen.append(next(place for place, region in enumerate(bench.regions()) if region.isAncestorOf(window.focusWidget())))
        press(qtbot, window, "F6")
    assert seen == [0, 1, 2, 3, 0]
    press(qtbot, window, "Shift+F6")
    assert bench.navigation.isAncestorOf(window.focusWidget())


def test_names_are_shown_for_a_while_and_hidden_again_by_key(window, desk, qtbot):
    press(qtbot, window, "Ctrl+Shift+P")
    assert not desk.initials_only
    assert window.workbench.navigation.privacy.text() == "Names shown for 5 min"
    press(qtbot, window, "Ctrl+Shift+P")
    assert desk.initials_only


def test_the_menu_chooses_names_for_good(window, desk, qtbot):
    window.actions_by_name["names"].trigger()
    dialog = next(found for found in window.findChildren(NamesDialog) if found.isVisible())
    dialog.choice.choose("names")
    dialog.act_button.click()
    qtbot.waitUntil(lambda: not desk.initials_only)
    assert window.workbench.navigation.privacy.text() == "Names shown (Ctrl Shift P)"
    assert window.actions_by_name["privacy"].text() == "Show initials only"


def test_the_rows_behind_a_figure_stay_where_they_are_while_names_come_and_go(window, desk, qtbot):
    cases = desk.outlook.cases[:5]
    desk.open_rows("Held by Dev Patel", (Column("Child", lambda case: desk.child_words(case.child)),), cases)
    page = window.workbench.rows_page
    page.filter.setText("invented")
    assert not page.model.shown
    press(qtbot, window, "Ctrl+Shift+P")
    assert window.workbench.rows_page is page
    assert [page.model.index(row, 0).data() for row in range(5)] == [f"{one.child.reference} – {one.child.name}" for one in cases]
    press(qtbot, window, "Ctrl+Shift+P")
    assert not page.model.shown


def test_every_control_has_a_name(window, desk, qtbot):
    desk.open_child("x")
    nameless = [widget for widget in focusable(window) if not spoken(widget)]
    assert nameless == []


def test_tab_goes_through_every_region_in_order_and_comes_round(window, desk, qtbot):
    bench = window.workbench
    desk.open_child("x")
    bench.screen_in_view.layout().addWidget(Button("Later"))  # made after the drawer, which still comes last
    bench.undo_bar.say("Renamed the team")
    bench.navigation.find_button.setFocus()
    start, reached, walked = window.focusWidget(), [], 0
    while walked < 60:
        reached += [place for place, region in enumerate(_parts(bench)) if region.isAncestorOf(window.focusWidget())]
        press(qtbot, window, "Tab")
        walked += 1
        if window.focusWidget() is start:
            break
    assert [place for place, _ in groupby(reached)] == [0, 1, 2, 3, 4]
    assert walked < 60
    assert all(map(isValid, bench.findChildren(QScrollBar)))


def _parts(bench):
    return bench.navigation, bench.header, bench.stack, bench.undo_bar, bench.drawer


def test_keys_make_the_drawer_wider_and_narrower_and_say_where_it_ends(window, desk, qtbot):
    bench = window.workbench
    desk.open_child("x")
    before = bench.drawer.width()
    press(qtbot, window, "Ctrl+[")
    assert bench.drawer.width() == before + 40
    for _ in range(4):
        press(qtbot, window, "Ctrl+]")
    assert bench.drawer.width() == 400
    assert bench.message.words.text() == "The drawer is as narrow as it can be here."


def test_what_has_the_focus_wears_a_ring_and_lists_paint_their_own(window, qtbot):
    bench = window.workbench
    bench.header.as_at.setFocus()
    rings = [ring for ring in window.findChildren(FocusRing) if ring.isVisible()]
    assert len(rings) == 1
    bench.screen_in_view.table.setFocus()
    assert [ring for ring in window.findChildren(FocusRing) if ring.isVisible()] == []


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_target_is_smaller_than_24_pixels(window, qapp, qtbot, scale):
    apply_theme(qapp, "light", scale)
    window.workbench.undo_bar.say("Renamed the team")
    qtbot.wait(1)
    small = [
        (button.text(), button.width(), button.height())
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and (button.width() < 24 or button.height() < 24)
    ]
    apply_theme(qapp, "light")
    assert small == []


@pytest.mark.parametrize("size", [(1024, 640), (1280, 720), (1920, 1080)])
def test_the_window_fits_its_sizes(window, qtbot, size):
    window.resize(*size)
    assert (window.width(), window.height()) == size


def test_the_team_looked_at_is_chosen_from_the_menu(window, desk, qtbot):
    navigation = window.workbench.navigation
    team = desk.outlook.teams[0]
    with qtbot.waitSignal(desk.outlook_changed):
        next(action for action in navigation.teams_menu.actions() if action.text() == team.name).trigger()
    assert desk.team_ids == {team.id}
    assert navigation.team.text() == team.name


@pytest.mark.parametrize("name", ["policy", "team", "intake", "transfers"])
def test_the_columns_of_a_page_are_as_they_were_left_when_the_program_is_started_again(desk, window_on, qtbot, name):
    page = tuple(screen for screen in SCREENS if screen.name == name)
    before = window_on(desk, page)
    table = next(iter(before.workbench.screen_in_view.kept_tables().values()))
    column = table.shown_columns()[1]
    table.setColumnWidth(table.rows_model().columns.index(column), 123)
    qtbot.waitUntil(lambda: "123" in before.settings.value("columns"))
    later = Window(read_settings(before.settings.path))
    qtbot.addWidget(later)
    bench = later.open_desk(desk, page, Drawer(desk))
    bench.open_page(0)
    again = next(iter(bench.screen_in_view.kept_tables().values()))
    qtbot.waitUntil(lambda: again.kept_widths == {column.title: 123})
    later.close_desk()


def test_place_and_looks_are_remembered(window, qapp, tmp_path):
    window.resize(1200, 700)
    window._on_look_chosen("theme", "dark")
    window.close()
    settings = read_settings(tmp_path / "settings.ini")
    assert settings.value("theme") == "dark"
    again = Window(settings)
    assert again.height() == 700
    again.deleteLater()
    apply_theme(qapp, "light")


def test_the_window_stays_awake_with_1200_children(big_desk, qtbot, watchdog, tmp_path):
    """The best of three: what the machine's other work adds is not the window's."""
    taken = [longest_stretch(big_desk, qtbot, watchdog, tmp_path)]
    while len(taken) < 3 and min(taken) >= 100:
        taken.append(longest_stretch(big_desk, qtbot, watchdog, tmp_path))
    assert min(taken) < 100, taken


def longest_stretch(desk, qtbot, watchdog, tmp_path) -> float:
    """Milliseconds of the window's thread without a pause: every page opened, a step taken in, a child looked at."""
    window = Window(read_settings(tmp_path / "settings.ini"))
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    qtbot.waitExposed(window)
    drawer = Drawer(desk)
    drawer.make_ready()
    qtbot.waitUntil(lambda: "worker" in drawer.__dict__)
    with watchdog() as opening:
        bench = window.open_desk(desk, SCREENS, drawer)
        qtbot.waitUntil(lambda: bench.current == 0)
        for page in range(len(SCREENS)):
            bench.open_page(page)
            qtbot.wait(200)
    with watchdog() as later:
        with qtbot.waitSignal(desk.outlook_changed, timeout=20_000):
            desk.perform("Rename team", rename_team, f"Team {window.winId()}")
        desk.open_child(desk.outlook.cases[7].child.id)
        qtbot.wait(200)
    window.close_desk()
    return max(opening.cpu_ms, later.cpu_ms)


def focusable(window):
    """What the keyboard can reach."""
    return [
        widget for widget in window.findChildren(QWidget) if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def spoken(widget):
    """What a screen reader calls it."""
    named_by = [label for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
    return widget.accessibleName() or getattr(widget, "text", str)() or (named_by[0].text() if named_by else "")


def test_news_goes_with_the_page_it_was_told_on_and_a_failure_stays(window, desk):
    bench = window.workbench
    desk.told.emit("Copied the message.")
    bench.navigation.page_asked.emit(bench.current)
    assert bench.message.isHidden()
    desk.failed.emit("Enter a visit date on or before today.")
    bench.navigation.page_asked.emit(bench.current)
    assert not bench.message.isHidden()
