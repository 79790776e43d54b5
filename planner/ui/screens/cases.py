"""Cases: every open child of the teams looked at, in one table that filters as you type."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from planner.actions.several import SeveralDone, mark_several_recorded
from planner.core.date_words import full_date
from planner.core.records import Allocation, Case, Child, PlanSpell, Sighting, Transfer, Visit, Worker
from planner.core.saved_views import SavedView
from planner.reports.inspection_list import INSPECTION_LIST
from planner.reports.report import Report, SheetOptions
from planner.settings import Settings
from planner.ui.case_filters import CaseFilters, filters_of, recalled, remembered
from planner.ui.case_rows import DUE, VIEWS, CaseRow, case_rows, columns
from planner.ui.case_tools import PAGE, CaseTools, KeepViewDialog, SelectionBar, ViewState
from planner.ui.child_tasks import child_tasks
from planner.ui.columns_kept import ColumnMemory, columns_state, restore_columns
from planner.ui.dialogs.allocate_several import AllocateSeveralDialog, show_not_done
from planner.ui.dialogs.export_rows import ExportDialog
from planner.ui.keys import tip_with_key
from planner.ui.screen import Screen
from planner.ui.screens.case_table import CaseTable
from planner.ui.table import RowsModel
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.view_bar import ViewBar
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

FILTER_WIDTH = 190
MARGINS = (28, 12, 28, 12)


class CasesScreen(Screen):
    """The table of open cases with its filter, its views, and a sentence that counts what is shown."""

    name = "cases"
    title = "Cases"
    shows = frozenset({Child, Case, PlanSpell, Allocation, Visit, Sighting, Worker, Transfer})
    is_page_scrolled = False

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._rows: tuple[CaseRow, ...] = ()
        self._on: date = desk.on
        self.filter = QLineEdit()
        self.views = ViewBar([view.title for view in VIEWS])
        self.model = RowsModel(columns())
        self.table = CaseTable(self.model, "Cases")
        self.tools = CaseTools(desk, self.table)
        self.selection = SelectionBar()
        self._memory: ColumnMemory | None = None
        self.empty = Words()
        self.clear = Button("Clear the filter", small=True)
        self.begin = Button("Open the Case system page", lambda: desk.open_page("import"))
        self.footer = Words(role="small", tone="muted")
        self.inspection = Button("Print inspection list", lambda: desk.print_report(*self.printable()))
        self.export = Button("Export")
        self.log = Button("Log a visit", kind="primary")
        self._build()
        self._connect()

    # What the window asks

    def show_outlook(self, outlook: "Outlook") -> None:
        """Fill the table from the outlook; the child the keyboard stands on stays where it was."""
        if self._memory is None and self.desk.settings is not None:
            self._memory = ColumnMemory(self.table, self.desk.settings, PAGE)
            self._recall(self.desk.settings)
        current = self.table.current_row()
        self._on = outlook.on
        self._rows = case_rows(outlook, self.desk.child_words)
        self.table.show_teams(len(outlook.teams) > 1)
        for place, view in enumerate(VIEWS):
            self.views.say(place, f"{view.title} {sum(map(view.has, self._rows)):,}")
        self.tools.show_rows(self._rows)
        self._show_view()
        if current is not None:
            self.stand_on(current.child_id)

    def finding(self, outlook: "Outlook") -> str:
        """How many children, how many held, how many waiting."""
        children = count_words(len(outlook.cases), "open child", "open children")
        return f"{children}: {len(outlook.held):,} held, {len(outlook.waiting):,} waiting for a worker."

    @staticmethod
    def count(outlook: "Outlook") -> tuple[str, bool]:
        """The number of open cases."""
        return f"{len(outlook.cases):,}", False

    def header_actions(self) -> list[QWidget]:
        """The list for an inspection, exporting what is shown, and logging a visit to the child the keyboard stands on."""
        return [self.inspection, self.export, self.log]

    def printable(self) -> tuple[Report, SheetOptions]:
        """Every child with something overdue, and its story."""
        return INSPECTION_LIST, SheetOptions()

    def filter_field(self) -> QWidget:
        """Where Ctrl+F goes."""
        return self.filter

    # What tests and other parts of the window ask

    def stand_on(self, child_id: str) -> bool:
        """Select a child's row; False where it is not shown."""
        row = next((row for row in self.model.shown if row.child_id == child_id), None)
        return row is not None and self.table.select_row(row)

    # Building

    def _build(self) -> None:
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter cases")
        tip_with_key(self.filter, "filter", "Type parts of a reference, initials, a worker, a type or a status")
        self.filter.setClearButtonEnabled(True)
        self.views.setAccessibleName("Views of cases")
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.table.sortByColumn(DUE, Qt.SortOrder.AscendingOrder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.filter, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.tools, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(top)
        layout.addWidget(self.views)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty)
        for button in (self.clear, self.begin):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(0)
        # Beneath the list, so that no row moves from under the pointer while more are chosen.
        foot = QHBoxLayout()
        foot.addWidget(self.footer, 1)
        foot.addWidget(self.selection)
        layout.addLayout(foot)
        self._on_theme_changed(current_theme())

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._on_filter_changed)
        self.views.view_changed.connect(self._on_view_changed)
        self.clear.clicked.connect(self._on_clear_clicked)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.filter)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._on_filter_left)
        self.tools.filters_changed.connect(lambda _filters: self._show_view())
        self.tools.view_asked.connect(self._on_kept_view_asked)
        self.tools.keep_asked.connect(self._on_keep_asked)
        for changed in (self.table.selectionModel().selectionChanged, self.model.modelReset):
            changed.connect(self._on_selection_changed)
        self.selection.allocate_asked.connect(self._on_allocate_several_asked)
        self.selection.record_asked.connect(self._on_record_several_asked)
        self.export.clicked.connect(self._on_export_clicked)
        self.table.row_opened.connect(self._on_row_opened)
        self.table.clicked.connect(self._on_table_clicked)
        self.table.customContextMenuRequested.connect(self._on_menu_asked)
        self.log.clicked.connect(self._on_log_clicked)
        theme_changes.changed.connect(self._on_theme_changed)

    # What happens

    def _show_view(self) -> None:
        view = VIEWS[self.views.current]
        filters = self.tools.filters
        if self._memory is not None and self.desk.settings is not None:
            self.desk.settings.keep("cases_shown", remembered(view.title, filters))
        self.model.set_rows(row for row in self._rows if view.has(row) and filters.has(row, self._on))
        self._say_what_is_shown()

    def _say_what_is_shown(self) -> None:
        shown, there = self.model.shown, len(self.model.rows)
        self.table.setVisible(bool(shown))
        self.empty.say("" if shown else self._empty_words(there))
        self.clear.setVisible(not shown and (there > 0 or bool(self.tools.filters.as_chips())))
        self.begin.setVisible(not self._rows)
        late = sum(row.is_late for row in shown)
        children = count_words(len(shown), "child", "children")
        of = "" if len(shown) == there else f" of {there:,}"
        self.footer.say(f"{children}{of}, {late:,} with an overdue visit." if shown else "")

    def _empty_words(self, there: int) -> str:
        view = VIEWS[self.views.current]
        if there:
            without = f"There are {there:,} without the filter." if there > 1 else "There is 1 without the filter."
            return f"No child here matches “{self.filter.text().strip()}”. {without}"
        if self.tools.filters.as_chips() and any(map(view.has, self._rows)):
            return "No child here has all that is chosen above. Clear the filter, or choose less."
        if view.title == "Overdue":
            ahead = [row.due_on for row in self._rows if row.due_on is not None]
            return f"{view.empty} The next is due on {full_date(min(ahead))}." if ahead else view.empty
        if not self._rows:
            return f"{view.empty} Import the case system's list, or look at another team or day."
        return f"{view.empty} Choose another view."

    def _on_filter_left(self) -> None:
        """From the filter down into the list, on the child stood on or the first."""
        if self.table.current_row() is None and self.model.rowCount():
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_filter_changed(self, text: str) -> None:
        self.model.set_filter(text)
        self._say_what_is_shown()

    def _on_clear_clicked(self) -> None:
        self.filter.clear()
        self.tools.show_filters(CaseFilters())
        # The button that was pressed is gone with its reason; the keyboard goes on where more is typed.
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_view_changed(self, _place: int) -> None:
        self._show_view()

    def _on_row_opened(self, row: CaseRow) -> None:
        self.desk.open_child(row.child_id)

    def _on_table_clicked(self) -> None:
        chosen = self.table.selected_rows()
        if len(chosen) == 1 and not QApplication.keyboardModifiers():
            self.desk.open_child(chosen[0].child_id)

    def _on_menu_asked(self, at: QPoint) -> None:
        row = self.table.current_row()
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.selection.count > 1:
            menu.addAction(f"{self.selection.allocate.text()}: {self.selection.words.text()}", self._on_allocate_several_asked)
            menu.addAction(f"{self.selection.record.text()}: {self.selection.words.text()}", self._on_record_several_asked)
            menu.addSeparator()
        menu.addAction("Open", lambda: self.desk.open_child(row.child_id))
        for task in child_tasks(self.desk, row.child_id, self.window()):
            menu.addAction(task.title, task.run)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _on_log_clicked(self) -> None:
        row = self.table.current_row()
        if row is None:
            self.desk.failed.emit("Choose a child in the list first, then log the visit.")
            return
        next(task for task in child_tasks(self.desk, row.child_id, self.window()) if task.key == "log").run()

    # Views that are kept, several rows, export

    def _recall(self, settings: Settings) -> None:
        title, filters = recalled(settings.value("cases_shown"))
        self.tools.show_filters(filters)
        self._choose_view(title)

    def _choose_view(self, title: str) -> None:
        places = [place for place, own in enumerate(VIEWS) if own.title == title]
        self.views.choose(places[0] if places else 0)

    def _on_keep_asked(self) -> None:
        chips, view = self.tools.filters.as_chips(), VIEWS[self.views.current].title
        state = ViewState(self.filter.text().strip(), view, chips, columns_state(self.table))
        KeepViewDialog(self.desk, state, self.window()).show_up()

    def _on_kept_view_asked(self, view: SavedView) -> None:
        self._choose_view(view.chosen)
        restore_columns(self.table, view.columns)
        self.tools.show_filters(filters_of(view.chips))
        self.filter.setText(view.text)

    def _selected_ids(self) -> list[str]:
        return [row.child_id for row in self.table.selected_rows()]

    def _on_selection_changed(self) -> None:
        self.selection.show_count(len(self.table.selectionModel().selectedRows()))

    def _on_allocate_several_asked(self) -> None:
        AllocateSeveralDialog(self.desk, self._selected_ids(), self.window()).show_up()

    def _on_record_several_asked(self) -> None:
        ids = self._selected_ids()
        title = f"Mark visits of {count_words(len(ids), 'child', 'children')} recorded"
        self.desk.perform(title, mark_several_recorded, ids, self.desk.today, then=self._on_several_recorded)

    def _on_several_recorded(self, done: SeveralDone) -> None:
        show_not_done(self.desk, done, "changed")

    def _on_export_clicked(self) -> None:
        if not self.model.shown:
            self.desk.failed.emit("No row is shown, so there is nothing to export. Clear the filter first.")
        else:
            ExportDialog(self.desk, self.table, self.title, PAGE, self.window()).show_up()

    def _on_theme_changed(self, theme: Theme) -> None:
        self.filter.setFixedWidth(round(FILTER_WIDTH * theme.text_scale))
