"""A table whose numbers are doors: each cell that has rows behind it opens them, by a click or by Enter on the cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView

from planner.ui.rows_painting import RowsDelegate
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.theme import current_theme

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of figures: `behind` answers the title, the columns and the rows behind one; None where nothing opens."""

    column: Column
    behind: Callable[[Any], tuple[str, Sequence[Column], Sequence[Any]] | None] | None = None


class FiguresDelegate(RowsDelegate):
    """Rows with the focus on one cell instead of the whole row."""

    def _paint_focus(self, painter: Any, rect: QRect, index: Index, selected: bool) -> None:
        if index.column() != self._view.currentIndex().column():
            return
        theme = current_theme()
        painter.setPen(theme.colour("focus_on_selection" if selected else "focus"))
        for inset in range(theme.size("focus_ring")):
            painter.drawRect(rect.adjusted(inset, inset, -1 - inset, -2 - inset))


class FiguresTable(RowsView):
    """Left and Right go from figure to figure; Enter or a click opens the rows behind one."""

    figure_opened = Signal(object, object)

    def __init__(self, figures: Sequence[Figure], name: str) -> None:
        self.figures = tuple(figures)
        super().__init__(RowsModel([figure.column for figure in figures]), name)
        self.setItemDelegate(FiguresDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.clicked.connect(self.open_figure)

    def is_door(self, index: Index) -> bool:
        """Whether something stands behind a cell."""
        return index.isValid() and self.figures[index.column()].behind is not None

    def open_figure(self, index: Index) -> None:
        """Open the rows behind a cell."""
        if self.is_door(index):
            self.figure_opened.emit(self.rows_model().row_at(index), self.figures[index.column()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the figure the keyboard stands on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.open_figure(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what opens."""
        super().mouseMoveEvent(event)
        door = self.is_door(self.indexAt(event.position().toPoint()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if door else Qt.CursorShape.ArrowCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first of two clicks has opened it."""
        event.accept()
