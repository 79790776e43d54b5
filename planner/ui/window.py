"""The one window: the sign-in page, or a workspace at work; its actions and its keys."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QPushButton, QStackedWidget, QWidget

from planner.settings import Settings
from planner.ui.clipboard import copied
from planner.ui.idle import MEETINGS, IdleWatch
from planner.ui.keys import PAGE_KEYS, keys_in_force
from planner.ui.soon import soon
from planner.ui.theme import apply_theme
from planner.ui.widgets.focus_ring import FocusFollower
from planner.ui.window_menu import AT_WORK, SETTINGS, WindowMenu

if TYPE_CHECKING:
    # What a workspace needs is loaded once the window stands there.
    from planner.ui.desk import Desk
    from planner.ui.screen import Screen
    from planner.ui.screens.log_visits import LogVisitsScreen
    from planner.ui.workbench import Workbench

TITLE = "Planner"
SMALLEST = (1024, 640)
DESIGNED = (1440, 900)
DRAWER_STEP = 40
"""Pixels by which a key makes the drawer wider or narrower."""
OF_A_WORKSPACE = (*AT_WORK, *SETTINGS, "lock", "leave", "wider", "narrower", *(f"meeting_{minutes}" for minutes in MEETINGS))
"""Actions that there is nothing for while no workspace is open."""
LOCKS_SOON = "The planner locks in half a minute. Move the mouse or press a key to go on; for a meeting, the menu puts it off."
NO_LIST = "This page has no list to filter. {} finds any child or worker."
READ_ONLY_KEYS = "This is a backup, opened to be read. Open the workspace itself to change how it is opened."
SAMPLE_KEYS = "A sample project keeps its own passphrase, which is no secret. Make a workspace of your own for that."


class Window(QMainWindow):
    """Holds the sign-in page and, while a workspace is open, the workbench. It never names a child in its title."""

    close_asked = Signal()
    leave_asked = Signal()
    lock_asked = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.workbench: Workbench | None = None
        self.watch: IdleWatch | None = None
        self._page_names: list[str] = []
        self.on_printing: Callable[[Desk, Any, Any], None] | None = None
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*SMALLEST)
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.actions_by_name: dict[str, QAction] = {}
        self._make_actions()
        self.menu = WindowMenu(settings, self.actions_by_name, self)
        self.menu.chosen.connect(self._on_look_chosen)
        self._name_pages(())
        self._focus = FocusFollower(self)
        self._restore_place()
        copied().seconds = int(settings.value("clipboard_seconds"))
        self._enable()

    # What it shows

    @property
    def desk(self) -> "Desk | None":
        """The desk of the open workspace."""
        return self.workbench.desk if self.workbench else None

    def show_page(self, page: QWidget) -> None:
        """Show a page over the whole window, such as the sign-in page."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    def open_desk(self, desk: "Desk", screens: "Sequence[type[Screen]]", drawer: Any, first_page: int = 0) -> "Workbench":
        """Put a workspace to work, on one of its pages."""
        from planner.ui.workbench import Workbench

        desk.settings = self.settings
        bench = Workbench(desk, screens, drawer, self.menu)
        bench.first_page = first_page
        bench.navigation.show_page(first_page)
        bench.privacy_pressed.connect(self._on_privacy_pressed)
        bench.help_pressed.connect(self._on_help_asked)
        bench.navigation.find_asked.connect(self._on_find_asked)
        bench.navigation.meeting_over_asked.connect(self._on_meeting_over)
        bench.beside.set_drawer_width(int(self.settings.value("drawer_width")))
        desk.print_asked.connect(self._on_print_asked)
        desk.privacy_changed.connect(self._enable)
        desk.done.connect(self._enable)
        desk.undone.connect(self._enable)
        desk.failed.connect(self._enable)
        desk.outlook_changed.connect(self._enable)
        self.workbench = bench
        self._page_names = [screen.name for screen in screens]
        self._name_pages([screen.title for screen in screens])
        self.show_page(bench)
        self._enable()
        if self.watch is not None:
            self.watch.start()
        bench.navigation.pages.setFocus()
        return bench

    def close_desk(self) -> None:
        """Take the workbench away, with every dialog over it and what we copied; whoever opened the desk closes it."""
        if self.watch is not None:
            self.watch.stop()
        for dialog in self.findChildren(QDialog):
            dialog.hide()
            dialog.deleteLater()
        if self.workbench is not None:
            _clear_clipboard(self.workbench.desk)
            self.settings.keep("drawer_width", str(self.workbench.beside.wanted_width))
            self.stack.removeWidget(self.workbench)
            self.workbench.drawer.deleteLater()
            self.workbench.deleteLater()
            self.workbench = None
            self._name_pages(())
            self._enable()

    def take_watch(self, watch: IdleWatch) -> None:
        """Lock when a watch says that nobody is here; it watches while a workspace is open."""
        self.watch = watch
        watch.setParent(self)
        watch.idle.connect(self.lock_asked)
        watch.idle_soon.connect(self._on_idle_soon)
        watch.stayed.connect(self._on_stayed)
        watch.meeting_changed.connect(self._on_meeting_changed)

    def on_session_left(self) -> None:
        """The computer was locked or goes to sleep: lock too, meeting or not."""
        if self.watch is not None:
            self.watch.leave()

    # Actions

    def _make_actions(self) -> None:
        of = self._of_bench
        for name, words, slot in (
            ("find", "Find anything", self._on_find_asked),
            ("undo", "Undo", self._on_undo_asked),
            ("redo", "Redo", self._on_redo_asked),
            ("filter", "Filter this list", self._on_filter_asked),
            ("sort", "Sort and arrange the table in view", of(lambda bench: bench.arrange_columns())),
            ("log_visit", "Log many visits", self._on_log_visit_asked),
            ("quick_line", "Log a visit in one line", self._on_quick_line_asked),
            ("visit_list", "Log a pasted list of visits", self._on_visit_list_asked),
            ("day", "Look at another day", self._on_day_asked),
            ("history", "History of all steps", of(lambda bench: bench.open_history())),
            ("teams", "Compare the teams", of(lambda bench: bench.open_teams())),
            ("calendar", "Calendar of leave, duty, court and training", of(lambda bench: bench.open_calendar())),
            ("print", "Print what is shown", self._on_print_shown_asked),
            ("export", "Export the table in view", of(lambda bench: bench.export_table())),
            ("copy_table", "Copy the table in view", of(lambda bench: bench.copy_table())),
            ("privacy", "Show names for 5 minutes", self._on_privacy_pressed),
            ("names", "Names or initials", of(lambda bench: bench.open_settings("names"))),
            ("people", "Who works here", of(lambda bench: bench.open_settings("people"))),
            ("team_list", "Teams of this workspace", of(lambda bench: bench.open_settings("team_list"))),
            ("holidays", "Further bank holidays", of(lambda bench: bench.open_settings("holidays"))),
            ("next_region", "Next region", lambda: self._go_round(1)),
            ("previous_region", "Previous region", lambda: self._go_round(-1)),
            ("wider", "Make the drawer wider", of(lambda bench: bench.step_drawer_width(DRAWER_STEP))),
            ("narrower", "Make the drawer narrower", of(lambda bench: bench.step_drawer_width(-DRAWER_STEP))),
            ("back", "Close what is open", self._on_escape),
            ("passphrase", "Change the passphrase", self._on_passphrase_asked),
            ("recovery", "Recovery code", self._on_recovery_asked),
            ("lock", "Lock now", self.lock_asked.emit),
            ("leave", "Close this workspace", self.leave_asked.emit),
            ("help", "Help on this page", self._on_help_asked),
            ("keys", "Change the keys", self._on_keys_asked),
        ):
            self._add_action(name, words, slot)
        for minutes in MEETINGS:
            words = f"Do not lock, for a meeting of {minutes} minutes"
            self._add_action(f"meeting_{minutes}", words, partial(self._on_meeting_asked, minutes))
        for number in range(len(PAGE_KEYS)):
            self._add_action(f"page_{number + 1}", f"Page {number + 1}", self._page_opener(number))
        keys_in_force().changed.connect(self._show_keys)
        keys_in_force().take(self.settings, frozenset(self.actions_by_name))

    def _show_keys(self) -> None:
        for name, action in self.actions_by_name.items():
            action.setShortcut(QKeySequence(keys_in_force().key(name)))

    def _add_action(self, name: str, words: str, slot: Callable[[], object]) -> None:
        action = QAction(words, self)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False: slot())
        self.addAction(action)
        self.actions_by_name[name] = action

    def _name_pages(self, titles: Sequence[str]) -> None:
        for number in range(len(PAGE_KEYS)):
            action = self.actions_by_name[f"page_{number + 1}"]
            action.setVisible(number < len(titles))
            action.setText(titles[number] if number < len(titles) else "")

    def _page_opener(self, number: int) -> Callable[[], None]:
        def _open() -> None:
            if self.workbench is not None:
                self.workbench.open_page(number)

        return _open

    def _enable(self, *_: object) -> None:
        """Let the menu say what can be done now, undo and redo by the name of their step."""
        desk = self.desk
        for name in OF_A_WORKSPACE:
            self.actions_by_name[name].setEnabled(desk is not None)
        self.actions_by_name["privacy"].setText(desk.names_step if desk else "Show names for 5 minutes")
        undoable = desk.workspace.undoable if desk else ""
        redoable = desk.workspace.redoable if desk else ""
        self.actions_by_name["undo"].setText(f"Undo: {undoable}" if undoable else "Undo")
        self.actions_by_name["undo"].setEnabled(bool(undoable))
        self.actions_by_name["redo"].setText(f"Redo: {redoable}" if redoable else "Redo")
        self.actions_by_name["redo"].setEnabled(bool(redoable))

    # Slots

    def _of_bench(self, act: "Callable[[Workbench], object]") -> Callable[[], None]:
        """A slot that has the workbench do something, while there is one."""

        def _on_action_asked() -> None:
            if self.workbench is not None:
                act(self.workbench)

        return _on_action_asked

    def _on_undo_asked(self) -> None:
        if self.desk is not None:
            self.desk.undo()

    def _on_redo_asked(self) -> None:
        if self.desk is not None:
            self.desk.redo()

    def _on_find_asked(self) -> None:
        # Here, for what the palette knows takes a while to import, and the window is to stand there first.
        from planner.ui.palette import Palette
        from planner.ui.palette_rows import action_rows, child_rows, choice_rows, offer_rows, report_rows, worker_rows

        bench, desk = self.workbench, self.desk
        if bench is None or desk is None or desk.outlook is None:
            return
        buttons = bench.header.findChildren(QPushButton) if bench.screen_in_view else []
        rows = [
            *child_rows(desk, desk.outlook, self),
            *worker_rows(desk, desk.outlook, self),
            *action_rows(self.actions_by_name, [button for button in buttons if bench.header.is_action(button)]),
            *report_rows(desk),
            *offer_rows(bench),
            *choice_rows([*self.menu.findChildren(QMenu), bench.navigation.teams_menu]),
        ]
        Palette(rows, self).show_up()

    def _on_filter_asked(self) -> None:
        if self.workbench is None:
            return
        field = self.workbench.filter_field()
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.workbench.message.say(NO_LIST.format(keys_in_force().key("find")), "news")

    def _on_log_visit_asked(self) -> None:
        page = self._log_visits_page()
        if page is not None:
            soon(page, page.begin_line)  # after the page's own first filling

    def _on_quick_line_asked(self) -> None:
        from planner.ui.logging.quick_line import open_quick_line

        if self.desk is not None and self.desk.outlook is not None:
            open_quick_line(self.desk, self, self._on_visit_list_asked)

    def _on_visit_list_asked(self, text: str = "") -> None:
        page = self._log_visits_page()
        if page is not None:
            page.open_list(text)

    def _log_visits_page(self) -> "LogVisitsScreen | None":
        from planner.ui.screens.log_visits import LogVisitsScreen

        if self.workbench is None or LogVisitsScreen.name not in self._page_names:
            return None
        self.workbench.open_page(self._page_names.index(LogVisitsScreen.name))
        page = self.workbench.screen_in_view
        return page if isinstance(page, LogVisitsScreen) else None

    def _on_day_asked(self) -> None:
        if self.workbench is not None:
            self.workbench.header.as_at.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_print_shown_asked(self) -> None:
        bench = self.workbench
        if bench is None:
            return
        report = bench.printable()
        if report is None:
            bench.message.say("This page has no sheet to print. Open a child or a worker and print from the drawer.", "news")
        else:
            bench.desk.print_report(*report)

    def _on_print_asked(self, report: Any, options: Any) -> None:
        if self.desk is not None and self.on_printing is not None:
            self.on_printing(self.desk, report, options)

    def _on_passphrase_asked(self) -> None:
        from planner.ui.dialogs.passphrase import PassphraseDialog

        if self.desk is not None and self._may_change_keys():
            PassphraseDialog(self.desk, self).show_up()

    def _on_recovery_asked(self) -> None:
        from planner.ui.dialogs.recovery_code import RecoveryCodeDialog

        if self.desk is not None and self._may_change_keys():
            RecoveryCodeDialog(self.desk, self).show_up()

    def _may_change_keys(self) -> bool:
        """Whether the ways into the workspace can be changed; if not, say why."""
        assert self.desk is not None
        workspace = self.desk.workspace
        refusal = READ_ONLY_KEYS if workspace.read_only else SAMPLE_KEYS if workspace.is_sample else ""
        if refusal:
            self.desk.failed.emit(refusal)
        return not refusal

    def _on_privacy_pressed(self) -> None:
        if self.desk is None:
            return
        if self.desk.initials_only:
            self.desk.show_names()
        else:
            self.desk.hide_names()

    def _on_escape(self) -> None:
        bench = self.workbench
        if bench is None:
            return
        if bench.drawer.isVisible():
            bench.drawer.closed.emit()
        elif bench.inner_page is not None:
            bench.close_rows()
        else:
            bench.message.hide()

    def _on_meeting_asked(self, minutes: int) -> None:
        if self.watch is not None and self.workbench is not None:
            self.watch.begin_meeting(minutes)

    def _on_idle_soon(self) -> None:
        if self.workbench is not None:
            self.workbench.message.say(LOCKS_SOON, "warning")

    def _on_stayed(self) -> None:
        if self.workbench is not None and self.workbench.message.words.text() == LOCKS_SOON:
            self.workbench.message.hide()

    def _on_meeting_over(self) -> None:
        if self.watch is not None:
            self.watch.end_meeting()

    def _on_meeting_changed(self) -> None:
        if self.workbench is not None and self.watch is not None:
            self.workbench.navigation.show_meeting(self.watch.meeting_until)

    def _on_help_asked(self) -> None:
        from planner.ui.dialogs.help import HelpDialog
        from planner.ui.help_pages import FIRST

        place = self.workbench.current if self.workbench is not None else -1
        HelpDialog(self.actions_by_name.values(), self._page_names[place] if place >= 0 else FIRST, self).show()

    def _on_keys_asked(self) -> None:
        from planner.ui.dialogs.keys import KeysDialog

        KeysDialog(self.actions_by_name, self).open()

    def _on_look_chosen(self, setting: str, value: str) -> None:
        self.settings.keep(setting, value)
        if setting == "lock_minutes" and self.watch is not None:
            self.watch.minutes = int(value)
        elif setting == "clipboard_seconds":
            copied().seconds = int(value)
        elif setting in ("theme", "text_percent"):
            self._show_theme()

    def _show_theme(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, self.settings.value("theme"), int(self.settings.value("text_percent")) / 100)

    def _go_round(self, step: int) -> None:
        if self.workbench is None:
            return
        regions = self.workbench.regions()
        focus = QApplication.focusWidget()
        here = next((place for place, region in enumerate(regions) if focus and region.isAncestorOf(focus)), 0)
        for distance in range(1, len(regions) + 1):
            if _focus_first(regions[(here + step * distance) % len(regions)]):
                return

    # The window's place

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window stood; whoever runs the application closes the workspace."""
        self.settings.keep("window", bytes(self.saveGeometry().toHex().data()).decode("ascii"))
        if self.workbench is not None:
            self.settings.keep("drawer_width", str(self.workbench.beside.wanted_width))
        super().closeEvent(event)
        self.close_asked.emit()

    def _restore_place(self) -> None:
        kept = self.settings.value("window")
        if not kept or not self.restoreGeometry(QByteArray.fromHex(QByteArray(kept.encode("ascii")))):
            self.resize(*DESIGNED)


def _clear_clipboard(desk: "Desk") -> None:
    """Take away what was copied from here: what the clipboard says we own, or what names a child of the workspace."""
    from planner.core.records import Child

    copied().empty()
    clipboard = QGuiApplication.clipboard()
    text = clipboard.text()
    references = (child.reference for child in desk.workspace.snapshot.all(Child).values())
    if text and (clipboard.ownsClipboard() or any(reference and reference in text for reference in references)):
        clipboard.clear()


def _focus_first(region: QWidget) -> bool:
    """Give the focus to the first widget of a region that takes it by Tab."""
    for widget in region.findChildren(QWidget):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
    return False
