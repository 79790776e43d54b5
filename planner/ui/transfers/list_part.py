"""One of the page's three lists: its views with their numbers, its table, and what is said where it is empty."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.theme import current_theme
from planner.ui.transfers.rows import View
from planner.ui.widgets.view_bar import ViewBar
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words


class DecisionTable(RowsView):
    """A table whose letters and digits decide: they are passed on, and do not search.

    Where it is narrow it does without the columns `dropped_first`, by title, in that order.
    """

    key_pressed = Signal(str)
    dropped_first: tuple[str, ...] = ()

    def hide_unwanted(self) -> None:
        """Hide what there is no room for."""
        columns = self.rows_model().columns
        scale = current_theme().text_scale
        kept = {column.title: round(self.kept_widths.get(column.title, column.width or 0) * scale) for column in columns}
        for title in self.dropped_first:
            if sum(kept.values()) > self.viewport().width():
                kept.pop(title, None)
        for number, column in enumerate(columns):
            self.setColumnHidden(number, column.title not in kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter or digit without Ctrl or Alt is passed on; all else is the table's own."""
        typed = event.text().casefold()
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if is_plain and len(typed) == 1 and typed.isalnum():
            self.key_pressed.emit(typed)
        else:
            super().keyPressEvent(event)


class ListPart(QWidget):
    """Shows the rows of one view, narrowed by what is typed."""

    row_changed = Signal()
    row_opened = Signal(object)
    key_pressed = Signal(str)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        views: Sequence[View],
        dropped_first: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self._views = tuple(views)
        self._rows: tuple[Any, ...] = ()
        self._filter = ""
        self.views = ViewBar([view.title for view in views])
        self.views.setAccessibleName(f"Views of {name}")
        self.model = RowsModel(columns)
        self.table = DecisionTable(self.model, name)
        self.table.dropped_first = dropped_first
        self.empty = Words(tone="muted")
        self.footer = Words(role="small", tone="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.views)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty)
        layout.addStretch(0)
        layout.addWidget(self.footer)
        self.views.view_changed.connect(lambda _place: self._show(self.table.current_row()))
        self.table.row_opened.connect(self.row_opened)
        self.table.key_pressed.connect(self.key_pressed)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.row_changed.emit())

    @property
    def rows(self) -> tuple[Any, ...]:
        """Every row of the list, whatever the view shows."""
        return self._rows

    def show_rows(self, columns: Sequence[Column], rows: Sequence[Any]) -> None:
        """Take other rows; the child the keys stand on stays where it was."""
        current = self.table.current_row()
        self._rows = tuple(rows)
        self.model.set_columns(columns)
        for place, view in enumerate(self._views):
            self.views.say(place, f"{view.title} {sum(map(view.has, self._rows)):,}")
        self._show(current)

    def set_filter(self, text: str) -> None:
        """Show only rows with these words; the keys stay on their child where it is shown."""
        current = self.table.current_row()
        self._filter = text
        self.model.set_filter(text)
        self._say()
        self._stand_again(current)

    def stand_on(self, child_id: str) -> bool:
        """Select a child's row; False where it is not shown."""
        row = next((row for row in self.model.shown if row.case.child.id == child_id), None)
        return row is not None and self.table.select_row(row)

    def chosen(self) -> list[Any]:
        """The selected rows, in the order shown."""
        return self.table.selected_rows()

    def select_home(self) -> None:
        """Select the rows shown of the same households as those selected."""
        homes = {row.case.child.household or row.case.child.id for row in self.chosen()}
        wanted = QItemSelection()
        for place, row in enumerate(self.model.shown):
            if (row.case.child.household or row.case.child.id) in homes:
                wanted.select(self.model.index(place, 0), self.model.index(place, 0))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().select(wanted, flags)

    def _show(self, current: Any) -> None:
        view = self._views[self.views.current]
        self.model.set_rows(row for row in self._rows if view.has(row))
        self._say()
        self._stand_again(current)

    def _stand_again(self, current: Any) -> None:
        """Stand on the child of a row, or where it is not shown now on the first row there is."""
        if current is None or not self.stand_on(current.case.child.id):
            self.table.selectRow(0)
        self.row_changed.emit()

    def _say(self) -> None:
        shown, there = len(self.model.shown), len(self.model.rows)
        self.table.setVisible(bool(shown))
        filtered = f"No child here matches “{self._filter.strip()}”. There {'is' if there == 1 else 'are'} {there:,} without it."
        self.empty.say("" if shown else filtered if there else self._views[self.views.current].empty)
        of = "" if shown == there else f" of {there:,}"
        self.footer.say(f"{count_words(shown, 'child', 'children')}{of}." if shown else "")
