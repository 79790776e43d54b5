"""What stands over the table of cases: chips, views that are kept, columns; and what several rows can have done."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from planner.actions.saved_views import keep_view, remove_view, rename_view
from planner.core.saved_views import SavedView, saved_views
from planner.ui.case_filters import KINDS, CaseFilters, choices
from planner.ui.case_rows import CaseRow
from planner.ui.dialogs.fields import TextField
from planner.ui.dialogs.question import Question
from planner.ui.table import RowsView
from planner.ui.widgets.button import Button
from planner.ui.widgets.chip import Chip
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

PAGE = "cases"


@dataclass(frozen=True, slots=True)
class ViewState:
    """What a view keeps, apart from its name."""

    text: str
    chosen: str
    chips: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Any]


class CaseTools(QWidget):
    """The row of chips and menus; it says what was chosen and leaves the doing to the page."""

    filters_changed = Signal(object)
    view_asked = Signal(object)
    keep_asked = Signal()

    def __init__(self, desk: "Desk", table: RowsView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.table = table
        self.filters = CaseFilters()
        self.chips = {kind: Chip(kind) for kind in KINDS}
        self.views = Button("Kept views", small=True)
        self.views.setMenu(self._menu(self._on_views_about_to_show))
        self.columns = Button("Columns", small=True)
        self.columns.setMenu(self._menu(self._on_columns_about_to_show))
        layout = FlowLayout(self, gap=8, line_gap=6)
        for kind, chip in self.chips.items():
            chip.toggled_value.connect(lambda value, chosen=kind: self.show_filters(self.filters.toggled(chosen, value)))
            chip.cleared.connect(lambda chosen=kind: self.show_filters(self.filters.with_chosen(chosen, frozenset())))
            layout.addWidget(chip)
        layout.addWidget(self.views)
        layout.addWidget(self.columns)
        self._rows: tuple[CaseRow, ...] = ()

    def show_rows(self, rows: tuple[CaseRow, ...]) -> None:
        """Offer what these rows have."""
        self._rows = rows
        self._show_chips()

    def show_filters(self, filters: CaseFilters) -> None:
        """Choose, and say so."""
        self.filters = filters
        self._show_chips()
        self.filters_changed.emit(filters)

    def _show_chips(self) -> None:
        for kind, chip in self.chips.items():
            chip.show_chosen(choices(kind, self._rows), self.filters.chosen(kind))

    def _menu(self, about_to_show: Any) -> QMenu:
        menu = QMenu(self)
        menu.aboutToShow.connect(about_to_show)
        return menu

    def _on_views_about_to_show(self) -> None:
        menu = self.views.menu()
        menu.clear()
        kept = saved_views(self.desk.workspace.snapshot, PAGE)
        for view in kept:
            menu.addAction(view.name).triggered.connect(lambda _checked=False, chosen=view: self.view_asked.emit(chosen))
        if kept:
            menu.addSeparator()
        menu.addAction("Keep this view").triggered.connect(lambda _checked=False: self.keep_asked.emit())
        if kept:
            for words, act in (("Rename a view", self._rename), ("Take a view away", self._take_away)):
                choice = menu.addMenu(words)
                for view in kept:
                    choice.addAction(view.name, partial(act, view))

    def _rename(self, view: SavedView) -> None:
        RenameViewDialog(self.desk, view, self.window()).show_up()

    def _take_away(self, view: SavedView) -> None:
        self.desk.perform(f"Take away the view {view.name}", remove_view, PAGE, view.id)

    def _on_columns_about_to_show(self) -> None:
        menu = self.columns.menu()
        menu.clear()
        for number, column in enumerate(self.table.rows_model().columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(column.title not in self.table.not_wanted)
            action.setEnabled(number > 0)
            action.toggled.connect(lambda on, title=column.title: self.table.want_column(title, on))


class KeepViewDialog(Question):
    """The name under which a view is kept."""

    def __init__(self, desk: "Desk", state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Keep this view?", "Keep the view", "", parent=parent)
        self.state = state
        hint = "Filter, sort and columns are kept in the workspace, for everyone who opens it. The same name replaces a view."
        self.name = TextField("Name", hint, "Overdue, child protection")
        self.add(self.name)

    def act(self) -> None:
        """Keep it."""
        state = self.state
        view = SavedView("", PAGE, self.name.text, state.text, state.chosen, state.chips, state.columns)
        self.perform(f"Keep the view {self.name.text}", keep_view, view)


class RenameViewDialog(Question):
    """Another name for a view that is kept."""

    def __init__(self, desk: "Desk", view: SavedView, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"Rename the view {view.name}?", "Rename the view", view.id, parent=parent)
        self.view = view
        self.name = TextField("Name", "For everyone who opens the workspace.")
        self.name.edit.setText(view.name)
        self.name.edit.selectAll()
        self.add(self.name)

    def act(self) -> None:
        """Rename it."""
        self.perform(f"Rename the view {self.view.name} to {self.name.text}", rename_view, PAGE, self.view.id, self.name.text)


class SelectionBar(QWidget):
    """What can be done for the selected rows together; it stands there while there is more than one."""

    allocate_asked = Signal()
    record_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Words("", "strong")
        self.words.setWordWrap(False)
        self.allocate = Button("Allocate to one worker", self.allocate_asked.emit, small=True)
        self.record = Button("Mark visits recorded", self.record_asked.emit, small=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.words, self.allocate, self.record):
            layout.addWidget(widget)
        self.count = 0
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many rows are selected."""
        self.count = count
        self.words.setText(f"{count_words(count, 'child', 'children')} selected")
        self.setVisible(count > 1)
