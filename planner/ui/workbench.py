"""The window while a workspace is open: navigation, the page in view under its header, the drawer, and the bars."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from planner.core.date_words import full_date
from planner.core.records import Team
from planner.core.workspace_settings import WORKSPACE_NAME
from planner.ui.arranging import arrange_columns
from planner.ui.background import is_alive
from planner.ui.columns_kept import ColumnMemory
from planner.ui.desk import ALL_TEAMS, THE_PAST, Desk
from planner.ui.exporting import copy_table, export_table
from planner.ui.inner_page import InnerPage
from planner.ui.keys import keys_in_force, spaced
from planner.ui.messages import BusyBar, MessageBar, UndoBar
from planner.ui.navigation import Navigation
from planner.ui.page_header import PageHeader, PastBand
from planner.ui.rows_page import RowsPage
from planner.ui.screen import Screen
from planner.ui.soon import soon
from planner.ui.table import RowsView
from planner.ui.widgets.beside import Beside
from planner.ui.widgets.button import Button
from planner.ui.widgets.page_area import PageArea
from planner.ui.widgets.tab_order import tab_last

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.reports.report import Report, SheetOptions


class Workbench(QWidget):
    """Shows screens of a desk. `drawer` has `show_child`, `show_worker`, `printable` and the signal `closed`."""

    privacy_pressed = Signal()
    help_pressed = Signal()

    def __init__(
        self,
        desk: Desk,
        screens: Sequence[type[Screen]],
        drawer: Any,
        menu: QMenu,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.drawer = drawer
        self.screen_types = tuple(screens)
        self._screens: dict[int, Screen] = {}
        self._pages: dict[int, QWidget] = {}
        self._actions: dict[int, list[QWidget]] = {}
        self._stale: set[int] = set()
        self._opened_from: QWidget | None = None
        self.current = -1
        self.first_page = 0
        self._inner: list[InnerPage] = []
        self.navigation = Navigation([screen.title for screen in self.screen_types], menu)
        self.header = PageHeader(desk.today, desk.reference.calendar)
        self._inner_export = Button("Export", self.export_table, parent=self.header)
        self._inner_export.hide()
        self.past = PastBand()
        self.message = MessageBar()
        self.busy = BusyBar()
        self.undo_bar = UndoBar()
        self.stack = QStackedWidget()
        self._is_comparing_all = False
        self._came_from: QWidget | None = None
        self._lay_out()
        self._connect()
        self.header.show_day(desk.on, desk.today)
        self.show_people()
        if desk.outlook is not None:
            self._on_outlook_changed(desk.outlook)

    def _lay_out(self) -> None:
        self._page = QWidget()
        self._page.setObjectName("page")
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.busy, self.past):
            column.addWidget(widget)
        beneath = QVBoxLayout()
        beneath.setContentsMargins(28, 0, 28, 0)
        beneath.addWidget(self.message)
        column.addLayout(beneath)
        column.addWidget(self.stack, 1)
        column.addWidget(self.undo_bar)
        self.beside = Beside(self._page, self.drawer)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.navigation)
        layout.addWidget(self.beside, 1)

    def _connect(self) -> None:
        desk = self.desk
        desk.outlook_changed.connect(self._on_outlook_changed)
        desk.privacy_changed.connect(self._on_privacy_changed)
        desk.failed.connect(self.message.say)
        desk.told.connect(lambda sentence: self.message.say(sentence, "news"))
        desk.done.connect(self._on_step_done)
        desk.undone.connect(self._on_step_undone)
        desk.backed_up.connect(self._show_saved)
        desk.busy_changed.connect(lambda busy, words: self.busy.set_busy(busy, words, desk.is_writing))
        desk.written.connect(self.busy.show_part)
        self.busy.stop_asked.connect(desk.stop_writing)
        desk.child_asked.connect(self._on_child_asked)
        desk.worker_asked.connect(self._on_worker_asked)
        desk.rows_asked.connect(self._on_rows_asked)
        desk.allocate_asked.connect(self._on_allocate_asked)
        desk.calendar_asked.connect(self.open_calendar)
        desk.page_asked.connect(self._on_page_asked)
        self.navigation.page_asked.connect(self._on_page_chosen)
        self.navigation.teams_asked.connect(self._on_teams_asked)
        self.navigation.compare_asked.connect(self.open_teams)
        self.navigation.privacy_asked.connect(self.privacy_pressed)
        self.navigation.help_asked.connect(self.help_pressed)
        keys_in_force().changed.connect(self.show_people)
        self.header.day_asked.connect(lambda day: desk.look_at(on=day))
        self.header.back.clicked.connect(lambda _checked=False: self.close_rows())
        self.past.today_asked.connect(lambda: desk.look_at(on=desk.today))
        self.undo_bar.undo_asked.connect(desk.undo)
        self.drawer.closed.connect(self._on_drawer_closed)
        self.beside.focus_covered.connect(self.drawer.hide)

    # Pages

    @property
    def screen_in_view(self) -> Screen | None:
        """The screen in view; None while the rows behind a figure are, or the teams."""
        return None if self._inner else self._screens.get(self.current)

    @property
    def inner_page(self) -> InnerPage | None:
        """The page opened from a screen that is in view, or None."""
        return self._inner[-1] if self._inner else None

    @property
    def rows_page(self) -> RowsPage | None:
        """The rows behind a figure, while they are in view."""
        return self.inner_page if isinstance(self.inner_page, RowsPage) else None

    def open_page(self, number: int) -> None:
        """Open a page by its place in the navigation column."""
        if not 0 <= number < len(self.screen_types):
            return
        while self._inner:
            self._drop_inner_page()
        is_new = number not in self._screens
        if is_new:
            self._screens[number] = self.screen_types[number](self.desk)
            self._pages[number] = self._put_on_the_stack(self._screens[number])
            self._actions[number] = self._header_actions(self._screens[number])
            self._stale.add(number)
            for name, table in self._screens[number].kept_tables().items():
                self._remember_columns(table, name)
            self.header.show_words(self._screens[number].title, "")
            soon(self, self._refresh)
        self.current = number
        self.stack.setCurrentWidget(self._pages[number])
        self.navigation.show_page(number)
        self.header.back.hide()
        self.header.show_actions(self._actions[number])
        if not is_new:
            self._refresh()

    def press(self, number: int, words: str) -> None:
        """Open a page, and once it is filled press its button of these words."""
        self.open_page(number)
        soon(self, lambda: self._press(words))

    def _press(self, words: str) -> None:
        parts = (self.header, self._screens[self.current])
        buttons = [button for part in parts for button in part.findChildren(QPushButton) if button.text() == words]
        for button in buttons[:1]:
            button.click()

    def _on_teams_asked(self, team_ids: frozenset[str]) -> None:
        self.desk.look_at(team_ids=team_ids)
        if self.desk.settings is not None:
            self.desk.settings.keep("teams_shown", " ".join(sorted(team_ids)) or ALL_TEAMS)

    def _on_page_chosen(self, number: int) -> None:
        """News of the page that is left goes with it; warnings and failures stay until dealt with."""
        if self.message.property("kind") == "news":
            self.message.hide()
        self.open_page(number)

    def _header_actions(self, screen: Screen) -> list[QWidget]:
        own = screen.header_actions()
        widgets = [Button("Export", self.export_table), *own] if screen.is_exported else own
        for widget in widgets:
            # A page that is left before it is shown has them still: what belongs to nothing would outlive the lock.
            widget.setParent(self.header)
        return widgets

    def _put_on_the_stack(self, screen: Screen) -> QWidget:
        if not screen.is_page_scrolled:
            self.stack.addWidget(screen)
            return screen
        area = PageArea()
        # On the stack before the page is in it, or every part of the page is styled once more.
        self.stack.addWidget(area)
        # The margin of the page gives the bar its room, so that the page ends where its header does.
        screen.setContentsMargins(0, 0, -area.bar_width(), 0)
        area.setWidget(screen)
        return area

    def _refresh(self) -> None:
        outlook, screen = self.desk.outlook, self.screen_in_view
        if outlook is None or screen is None:
            return
        if self.current in self._stale:
            self._stale.discard(self.current)
            screen.show_outlook(outlook)
        self.header.show_words(screen.title, screen.finding(outlook))

    def close_rows(self) -> None:
        """Leave the rows behind a figure, or the teams, and go back to where they were opened from."""
        if len(self._inner) > 1:
            self._drop_inner_page()
            self._show_inner_page()
        elif self._inner:
            self.open_page(self.current)
            before = self._came_from
            if before is not None and is_alive(before) and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_teams(self) -> None:
        """Show the teams looked at side by side, or all where only one is."""
        outlook = self.desk.outlook
        if outlook is None or len(outlook.teams) < 2:
            self._look_at_all_teams()
            return
        from planner.ui.teams_page import TeamsPage

        self._open_first_inner_page(TeamsPage(self.desk))

    def _look_at_all_teams(self) -> None:
        """Compare the teams once all are looked at; where there is one alone, say so."""
        if len(self.desk.workspace.snapshot.all(Team)) < 2:
            self.message.say("There is one team here. A second one comes with its workers, on the Case system page.", "news")
            return
        self._is_comparing_all = True
        self.desk.look_at(team_ids=())

    def open_calendar(self) -> None:
        """Show leave, duty, court and training of the workers looked at."""
        from planner.ui.calendar.page import CalendarPage

        self._open_first_inner_page(CalendarPage(self.desk))

    def open_settings(self, name: str) -> None:
        """Ask about what holds for the whole workspace: `names`, `people`, `team_list` or `holidays`."""
        from planner.ui.dialogs.holidays import HolidaysDialog
        from planner.ui.dialogs.names import NamesDialog
        from planner.ui.dialogs.person import PersonDialog
        from planner.ui.dialogs.team import TeamDialog

        dialogs = {"names": NamesDialog, "people": PersonDialog, "team_list": TeamDialog, "holidays": HolidaysDialog}
        dialogs[name](self.desk, self.window()).show_up()

    def open_history(self) -> None:
        """Show every step, to look at one and reverse it."""
        from planner.ui.history_page import HistoryPage

        page = HistoryPage(self.desk)
        self._remember_columns(page.table, "history")
        self._open_first_inner_page(page)

    def _open_first_inner_page(self, page: InnerPage) -> None:
        while self._inner:
            self._drop_inner_page()
        self._open_inner_page(page)

    def _open_inner_page(self, page: InnerPage) -> None:
        if not self._inner:
            self._came_from = QApplication.focusWidget()
        self._inner.append(page)
        self.stack.addWidget(page)
        self._show_inner_page()

    def _remember_columns(self, table: RowsView, name: str) -> None:
        if self.desk.settings is not None:
            ColumnMemory(table, self.desk.settings, name)

    def _show_inner_page(self) -> None:
        page = self._inner[-1]
        self.stack.setCurrentWidget(page)
        self.header.show_words(page.title, page.finding())
        if self.current >= 0:
            before = self._inner[-2].title if len(self._inner) > 1 else self.screen_types[self.current].title
            self.header.back.setText(f"Back to {before}")
            self.header.back.show()
        self.header.show_actions([self._inner_export] if isinstance(page.table, RowsView) else [])
        page.table.setFocus()

    def _drop_inner_page(self) -> None:
        page = self._inner.pop()
        self.stack.removeWidget(page)
        page.deleteLater()

    def regions(self) -> list[QWidget]:
        """Navigation, header and page, and the drawer while it is open, in the order F6 goes round."""
        found: list[QWidget] = [self.navigation, self.header, self.stack]
        return [*found, self.drawer] if self.drawer.isVisible() else found

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab comes to the undo bar and the drawer after the page, whichever was made first."""
        tab_last([part for part in (self.undo_bar, self.drawer) if part.isVisible()], self)
        return super().focusNextPrevChild(forward)

    def filter_field(self) -> QWidget | None:
        """Where Ctrl+F goes."""
        if self.inner_page is not None:
            return self.inner_page.filter_field()
        return self.screen_in_view.filter_field() if self.screen_in_view else None

    def printable(self) -> "tuple[Report, SheetOptions] | None":
        """The sheet of the drawer while the keyboard is in it, else that of the page in view; None where there is none."""
        focus = QApplication.focusWidget()
        if focus is not None and self.drawer.isAncestorOf(focus):
            return self.drawer.printable()
        return self.screen_in_view.printable() if self.screen_in_view else None

    def step_drawer_width(self, step: int) -> None:
        """Move the drawer's edge by some pixels, as dragging it does; say where it cannot go further."""
        before = self.beside.drawer_width
        self.beside.set_drawer_width(before + step)
        if not self.drawer.isVisible():
            self.message.say("Open a child or a worker first; the drawer is then made wider or narrower.", "news")
        elif self.beside.drawer_width == before:
            self.message.say(f"The drawer is as {'wide' if step > 0 else 'narrow'} as it can be here.", "news")

    def export_table(self) -> None:
        """Export the table in view, exactly as it is shown."""
        page = self._page_in_view()
        if page is not None:
            export_table(self.desk, page, page.title, self.screen_types[self.current].name)

    def copy_table(self) -> None:
        """Copy the table in view."""
        page = self._page_in_view()
        if page is not None:
            copy_table(self.desk, page)

    def arrange_columns(self) -> None:
        """Ask what the table in view is sorted by, and how its columns stand."""
        page = self._page_in_view()
        if page is not None:
            arrange_columns(self.desk, page)

    def _page_in_view(self) -> InnerPage | Screen | None:
        return self.inner_page or self.screen_in_view

    # What the navigation column says

    def show_people(self) -> None:
        """Teams, person, what is saved and who sees names."""
        snapshot = self.desk.workspace.snapshot
        person = self.desk.workspace.person
        teams = sorted(snapshot.all(Team).values(), key=lambda team: team.name)
        self.navigation.show_teams(teams, self.desk.team_ids, snapshot.setting(WORKSPACE_NAME))
        self.navigation.person.setText(person.name if person else "")
        key = keys_in_force().key("privacy")
        shown = f"Names shown ({spaced(key)})" if self.desk.are_names_first else "Names shown for 5 min"
        self.navigation.privacy.setText(f"Initials only ({spaced(key)})" if self.desk.initials_only else shown)
        self.navigation.privacy.setToolTip(f"Show or hide names ({key})")
        self._show_saved()

    def _show_saved(self) -> None:
        workspace = self.desk.workspace
        if workspace.read_only:
            taken = workspace.backup_taken
            self.navigation.saved.setText("Backup, to read only")
            self.navigation.saved.setToolTip(f"Made {full_date(taken.date())}, {taken.astimezone():%H:%M}" if taken else "")
            return
        backup = workspace.last_backup
        if backup is None:
            self.navigation.saved.setText("Saved. No backup yet")
            return
        path, at = backup
        local = at.astimezone()
        self.navigation.saved.setText(f"Saved. Backup {local:%H:%M}, in {path.parent.name}")
        self.navigation.saved.setToolTip(f"Newest verified backup: {full_date(local.date())}, {local:%H:%M}, at {path}")

    # Slots

    def _on_outlook_changed(self, outlook: "Outlook") -> None:
        kinds = self.desk.changed_kinds
        for number, screen in self._screens.items():
            if kinds is None or not screen.shows or screen.shows & kinds:
                self._stale.add(number)
        if self._is_comparing_all and len(outlook.teams) > 1:
            self._is_comparing_all = False
            soon(self, self.open_teams)
        today = self.desk.today
        if self.message.words.text() == THE_PAST and not outlook.is_past:
            self.message.hide()
        self.header.show_day(outlook.on, today)
        self.header.show_freshness(outlook.source_name, outlook.source_as_at, len(outlook.logged_since), today)
        self.past.show_day(outlook.on, today)
        self.navigation.model.set_counts([screen.count(outlook) for screen in self.screen_types])
        self.show_people()
        if self.current < 0:
            soon(self, self._on_first_page_due)
        elif self.rows_page is not None:
            self.rows_page.drop_decided(outlook.manager_queue)
            self.header.finding.say(f"{self.rows_page.finding()}, as they stood when this was opened")
        elif self.inner_page is not None:
            self.inner_page.show_outlook(outlook)
            self.header.finding.say(self.inner_page.finding())
        else:
            self._refresh()

    def _on_first_page_due(self) -> None:
        """In a moment of its own, so that opening a workspace keeps nobody waiting."""
        if self.current < 0:
            self.open_page(self.first_page)
            soon(self, self.beside.take_drawer)

    def _on_privacy_changed(self, _initials_only: bool) -> None:
        self._stale.update(self._screens)
        self.show_people()
        for page in self._inner:
            page.show_privacy()
        self._refresh()

    def _on_step_done(self, said: str) -> None:
        self.message.hide()
        self.undo_bar.say(said)
        self._show_saved()

    def _on_step_undone(self, said: str) -> None:
        self.message.hide()
        self.undo_bar.say(said, undoable=False)

    def _on_child_asked(self, child_id: str) -> None:
        self._remember_focus()
        self.beside.open_drawer()
        self.drawer.show_child(child_id)

    def _on_worker_asked(self, worker_id: str) -> None:
        self._remember_focus()
        self.beside.open_drawer()
        self.drawer.show_worker(worker_id)

    def _remember_focus(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and not self.drawer.isAncestorOf(focus):
            self._opened_from = focus

    def _on_drawer_closed(self) -> None:
        self.drawer.hide()
        came_from, self._opened_from = self._opened_from, None
        if came_from is not None and is_alive(came_from) and self.isAncestorOf(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_rows_asked(self, title: str, columns: Sequence[Any], rows: Sequence[Any]) -> None:
        if self.rows_page is not None:
            self._drop_inner_page()
        page = RowsPage(title, columns, rows)
        self._remember_columns(page.table, "rows: " + ", ".join(column.title for column in columns))
        page.subject_asked.connect(self._on_subject_asked)
        page.decision_asked.connect(self._on_decision_asked)
        self._open_inner_page(page)

    def _on_decision_asked(self, row: Any) -> None:
        # Here, for the dialogs are many, and the window is to stand there first.
        from planner.ui.decision_tasks import decide

        decide(self.desk, row, self.window())

    def _on_page_asked(self, name: str) -> None:
        self.open_page(next((number for number, screen in enumerate(self.screen_types) if screen.name == name), -1))

    def _on_allocate_asked(self, child_id: str) -> None:
        self._on_page_asked("allocate")
        # After the page's own first filling, which waits for a moment of its own.
        soon(self, lambda: self._show_on_allocate(child_id))

    def _show_on_allocate(self, child_id: str) -> None:
        screen = self.screen_in_view
        if screen is not None:
            screen.show_child(child_id)

    def _on_subject_asked(self, subject: str, subject_id: str) -> None:
        (self.desk.open_child if subject == "child" else self.desk.open_worker)(subject_id)
