"""A table whose numbers are doors: each cell that has rows behind it opens them, by a click or by Enter on the cell."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView

from planner.ui.rows_painting import Place, RowsPainting
from planner.ui.table import Column, RowsModel, RowsView

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of figures: `behind` answers the title, the columns and the rows behind one; None where nothing opens."""

    column: Column
    behind: Callable[[Any], tuple[str, Sequence[Column], Sequence[Any]] | None] | None = None


class FiguresPainting(RowsPainting):
    """Rows of which one cell is selected and has the focus instead of the whole row."""

    def selected(self, number: int) -> Container[int]:
        """The columns in which a row is selected."""
        return {index.column() for index in self._view.selectionModel().selectedIndexes() if index.row() == number}

    def paint_focus(self, painter: QPainter, line: QRect, places: Sequence[Place], selected: bool) -> None:
        """The ring around the cell the keyboard stands on."""
        cell = next(place for place in places if place.number == self._view.currentIndex().column())
        super().paint_focus(painter, QRect(cell.left, line.top(), cell.width, line.height()), places, selected)


class FiguresTable(RowsView):
    """Left and Right go from figure to figure; Enter or a click opens the rows behind one."""

    figure_opened = Signal(object, object)

    def __init__(self, figures: Sequence[Figure], name: str) -> None:
        self.figures = tuple(figures)
        super().__init__(RowsModel([figure.column for figure in figures]), name)
        self.painting = FiguresPainting(self)
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
