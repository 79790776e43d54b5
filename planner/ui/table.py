"""The one table: columns as data, a model that sorts and filters itself, and the view that shows it."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QToolTip, QWidget

from planner.core.codes import PLANS
from planner.core.sheet_text import neutral
from planner.ui.clipboard import copy_text
from planner.ui.rows_painting import RowsHeader, RowsPainting
from planner.ui.theme import current_theme, theme_changes

Index = QModelIndex | QPersistentModelIndex

_ALIGNMENT = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "centre": Qt.AlignmentFlag.AlignHCenter,
}

NARROWEST = 96
"""Pixels at 100% text that a column keeps where columns give way: a date or a short fact is read whole in it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column as data; every function is given a row.

    `text` is what is shown, copied and filtered by; `sort` a native value (None comes last), the text where it is not
    given; `tone` names a colour token; `mark` a plan code whose type mark stands before the text; `tag` a token whose
    light fill the text stands on (`warning`, `good`, `neutral`, ...), empty for none; `tip` what hovering adds.
    `width` is in pixels at 100% text size; a column that stretches takes what is left over. Text that `wraps` goes on in a
    second line of its row where the rows stand whole on a page (`FittedRows`).
    """

    title: str
    text: Callable[[Any], str]
    sort: Callable[[Any], Any] | None = None
    align: str = "left"
    width: int | None = None
    strong: bool = False
    tone: Callable[[Any], str] | None = None
    mark: Callable[[Any], str] | None = None
    tip: Callable[[Any], str] | None = None
    stretch: bool = False
    tag: Callable[[Any], str] | None = None
    wraps: bool = False


class RowsModel(QAbstractTableModel):
    """Rows under columns, in the order and the choice asked for; the rows themselves are never touched."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[Any] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: tuple[Any, ...] = tuple(rows)
        self._order: list[int] = list(range(len(self._rows)))
        self._shown: list[int] = self._order
        self._filter: tuple[str, ...] = ()
        self._texts: list[str] | None = None
        self.sorted_by: tuple[int, Qt.SortOrder] | None = None

    @property
    def rows(self) -> tuple[Any, ...]:
        """Every row, shown or not, as it was given."""
        return self._rows

    @property
    def shown(self) -> tuple[Any, ...]:
        """The rows that pass the filter, in the order they stand."""
        return tuple(self._rows[place] for place in self._shown)

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Take other rows; order and filter stay."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._texts = None
        self._order = self._sorted(list(range(len(self._rows))))
        self._shown = self._passing(self._order)
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Take other columns, for example when names give way to initials; the order of rows stays."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._texts = None
        if self.sorted_by and self.sorted_by[0] >= len(self.columns):
            self.sorted_by = None
        self._shown = self._passing(self._order)
        self.endResetModel()

    def read_again(self) -> None:
        """Read every cell anew, as when names give way to initials; order, filter and columns stay."""
        self.set_columns(self.columns)

    def set_filter(self, text: str) -> None:
        """Show only the rows that hold every word typed, in any of their cells; case does not matter."""
        words = tuple(text.casefold().split())
        if words == self._filter:
            return
        narrower = len(words) >= len(self._filter) and all(map(str.startswith, words, self._filter))
        self.beginResetModel()
        among = self._shown if narrower else self._order
        self._filter = words
        self._shown = self._passing(among)
        self.endResetModel()

    def row_at(self, index: Index | int) -> Any:
        """The row at an index, or at a place in the list shown; None where there is none."""
        place = index if isinstance(index, int) else index.row()
        return self._rows[self._shown[place]] if 0 <= place < len(self._shown) else None

    def shown_between(self, first: int, last: int) -> list[Any]:
        """The rows from one place in the list shown to another, which counts too; -1 for the last there is."""
        return [self._rows[number] for number in self._shown[first : last + 1 or None]]

    def place_of(self, row: Any) -> int:
        """Where a row stands in the list shown, or -1."""
        for place, number in enumerate(self._shown):
            if self._rows[number] is row:
                return place
        for place, number in enumerate(self._shown):
            if self._rows[number] == row:
                return place
        return -1

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """The number of rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """The number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One fact of one cell."""
        answer = _CELL.get(role)
        if answer is None or not index.isValid() or index.row() >= len(self._shown):
            return None
        return answer(self.columns[index.column()], self._rows[self._shown[index.row()]])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of columns and how they are aligned; rows have no heading."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[self.columns[section].align] | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column's native values; rows without one come last either way. Column -1: as given."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        stood = [(index, self._shown[index.row()]) for index in before if index.row() < len(self._shown)]
        self.sorted_by = (column, order) if column >= 0 else None
        self._order = self._sorted(list(range(len(self._rows))))
        self._shown = self._passing(self._order)
        if stood:
            places = {number: place for place, number in enumerate(self._shown)}
            for index, number in stood:
                self.changePersistentIndex(index, self.index(places[number], index.column()))
        self.layoutChanged.emit()

    # How it is done

    def _sorted(self, numbers: list[int]) -> list[int]:
        if self.sorted_by is None:
            return numbers
        column, order = self.sorted_by
        key = self.columns[column].sort or self.columns[column].text
        keys = [key(row) for row in self._rows]
        known = [number for number in numbers if keys[number] is not None]
        unknown = [number for number in numbers if keys[number] is None]
        known.sort(key=keys.__getitem__, reverse=order == Qt.SortOrder.DescendingOrder)
        return known + unknown

    def _passing(self, numbers: list[int]) -> list[int]:
        if not self._filter:
            return numbers
        texts = self._searched()
        first, *others = self._filter
        passing = [number for number in numbers if first in texts[number]]
        for word in others:
            passing = [number for number in passing if word in texts[number]]
        return passing

    def _searched(self) -> list[str]:
        if self._texts is None:
            readers = [column.text for column in self.columns]
            self._texts = ["\n".join([read(row) for read in readers]).casefold() for row in self._rows]
        return self._texts


def _spoken(column: Column, row: Any) -> str:
    text = column.text(row)
    if column.mark is not None:
        text = PLANS.get(column.mark(row), text)
    return f"{column.title}: {text}" if column.title and text else text


_CELL: dict[int, Callable[[Column, Any], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda column, row: column.text(row),
    Qt.ItemDataRole.ToolTipRole: lambda column, row: column.tip(row) if column.tip else None,
    Qt.ItemDataRole.TextAlignmentRole: lambda column, row: _ALIGNMENT[column.align] | Qt.AlignmentFlag.AlignVCenter,
    Qt.ItemDataRole.AccessibleTextRole: _spoken,
}


def _narrowed(widths: dict[int, int], least: int, lacking: int) -> dict[int, int]:
    """Widths in pixels that together give up what is lacking, the wider the more; none goes below `least`."""
    spare = {number: max(0, width - least) for number, width in widths.items()}
    part = min(1.0, lacking / max(1, sum(spare.values())))
    return {number: width - math.ceil(spare[number] * part) for number, width in widths.items()}


class RowsTips(QStyledItemDelegate):
    """Shows what a cell adds when the pointer rests on it. Qt asks a delegate for this alone, and passes the view all else."""

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show the tip, or none."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(view, RowsView):
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), view.tip_at(event.pos()), view)
        return True


class RowsView(QTableView):
    """A table of rows as the design draws it; Enter or a double click opens a row, Ctrl+C copies what is shown."""

    row_opened = Signal(object)
    row_selected = Signal(object)
    columns_changed = Signal()

    def __init__(
        self,
        model: RowsModel,
        name: str,
        row_size: str = "row_normal",
        parent: QWidget | None = None,
        outer_inset: int = 8,
    ) -> None:
        """`outer_inset` is the room in pixels before the first and after the last text of a row."""
        super().__init__(parent)
        self.outer_inset = outer_inset
        self.row_size = row_size
        self.hovered_row = -1
        self.kept_widths: dict[str, int] = {}
        self.not_wanted: set[str] = set()
        self.gives_way = False
        self._is_fitting = True
        self.setAccessibleName(name)
        self.setHorizontalHeader(RowsHeader(self))
        self.setItemDelegate(RowsTips(self))
        self.painting = RowsPainting(self)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setModel(model)
        self.doubleClicked.connect(self._on_index_opened)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        if model.sorted_by is None:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.sectionMoved.connect(lambda *_: self.columns_changed.emit())
        header.sortIndicatorChanged.connect(lambda *_: self.columns_changed.emit())
        header.sectionResized.connect(self._on_section_resized)
        self._is_fitting = False
        model.modelAboutToBeReset.connect(self._on_model_about_to_reset)
        model.modelReset.connect(self._on_model_reset)
        self._kept: tuple[Any, int] | None = None

    def rows_model(self) -> RowsModel:
        """The model, by its own type."""
        model = self.model()
        assert isinstance(model, RowsModel)
        return model

    def current_row(self) -> Any:
        """The row the keyboard stands on, or None."""
        return self.rows_model().row_at(self.currentIndex())

    def selected_rows(self) -> list[Any]:
        """The selected rows in the order shown."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows_model().row_at(place) for place in places]

    def selectRow(self, row: int) -> None:
        """Select one row and stand on it, whichever of Shift and Ctrl is held down while that is done."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        index = self.model().index(row, max(self.horizontalHeader().logicalIndexAt(0), 0))
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, flags)

    def select_row(self, row: Any) -> bool:
        """Stand on a row and show it; False where it is not in the list."""
        place = self.rows_model().place_of(row)
        if place >= 0:
            self.selectRow(place)
        return place >= 0

    def height_of_all(self) -> int:
        """The height in pixels at which no row is hidden; a short list is given exactly this much room."""
        rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
        header = self.horizontalHeader()
        return rows + (0 if header.isHidden() else header.sizeHint().height())

    def shown_columns(self) -> list[Column]:
        """The columns that are shown, from left to right."""
        header, columns = self.horizontalHeader(), self.rows_model().columns
        numbers = [header.logicalIndex(place) for place in range(header.count())]
        return [columns[number] for number in numbers if not self.isColumnHidden(number)]

    def copied_text(self) -> str:
        """The selected rows as lines of cells parted by tabs, safe to paste into a spreadsheet."""
        return self.text_of(self.selected_rows())

    def text_of(self, rows: Iterable[Any]) -> str:
        """Rows as lines of cells parted by tabs under their headings, safe to paste into a spreadsheet."""
        columns = self.shown_columns()
        lines = ["\t".join(neutral(column.title) for column in columns)]
        lines += ["\t".join(neutral(" ".join(column.text(row).split())) for column in columns) for row in rows]
        return "\n".join(lines)

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows; `painting` does it."""
        painter = QPainter(self.viewport())
        self.painting.paint(painter, event.rect())
        painter.end()

    def tip_at(self, point: QPoint) -> str:
        """What a cell adds, or its whole text where the cell is too narrow for it; empty where there is nothing to add."""
        index = self.indexAt(point)
        row = self.rows_model().row_at(index)
        if row is None:
            return ""
        place = next(place for place in self.painting.places() if place.number == index.column())
        tip = place.column.tip(row) if place.column.tip else None
        return tip or (place.column.text(row) if self.painting.is_cut(place, row) else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies, Shift+F10 has the menu of the row; all else is the table's own."""
        if event.matches(QKeySequence.StandardKey.Copy):
            if self.selectionModel().hasSelection():
                copy_text(self.copied_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_opened.emit(self.current_row())
        elif event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            # Not every system makes of it what it makes of the menu key.
            self.customContextMenuRequested.emit(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the whole row under the pointer light up."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: Any) -> None:
        """The pointer is on no row now."""
        super().leaveEvent(event)
        self._hover(-1)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Say which row the keyboard stands on, and repaint the whole of both rows."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.row() != previous.row():
            self.row_selected.emit(self.rows_model().row_at(current))

    def resizeEvent(self, event: Any) -> None:
        """Let the columns that stretch take the room."""
        super().resizeEvent(event)
        self.fit_columns()

    def want_column(self, title: str, is_wanted: bool) -> None:
        """Show a column or leave it out."""
        self.not_wanted = self.not_wanted - {title} if is_wanted else self.not_wanted | {title}
        self.fit_columns()
        self.columns_changed.emit()

    def hide_unwanted(self) -> None:
        """Hide the columns that are not wanted; a table that drops columns where it is narrow overrides this."""
        for number, column in enumerate(self.rows_model().columns):
            self.setColumnHidden(number, column.title in self.not_wanted)

    def fit_columns(self) -> None:
        """Give each column its width, the one a person chose where they did, and share what is left among those that stretch."""
        self._is_fitting = True
        self.hide_unwanted()
        scale = current_theme().text_scale
        columns = {number: column for number, column in enumerate(self.rows_model().columns) if not self.isColumnHidden(number)}
        widths = {
            number: round(self.kept_widths.get(column.title, column.width or 120) * scale) for number, column in columns.items()
        }
        free = self.viewport().width() - sum(widths.values())
        stretching = [number for number, column in columns.items() if column.stretch and column.title not in self.kept_widths]
        for number in stretching:
            widths[number] += max(0, free) // len(stretching)
        if self.gives_way and free < 0:
            giving = (n for n, column in columns.items() if not column.strong and column.title not in self.kept_widths)
            widths |= _narrowed({number: widths[number] for number in giving}, round(NARROWEST * scale), -free)
        self.set_widths(widths)

    def set_widths(self, widths: dict[int, int]) -> None:
        """Give columns widths in pixels that nobody chose, so that none is kept."""
        self._is_fitting = True
        for number, width in widths.items():
            self.setColumnWidth(number, width)
        self._is_fitting = False

    def _on_section_resized(self, number: int, _before: int, width: int) -> None:
        if not self._is_fitting and width > 0:
            title = self.rows_model().columns[number].title
            self.kept_widths[title] = max(24, round(width / current_theme().text_scale))
            self.columns_changed.emit()

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def _on_index_opened(self, index: QModelIndex) -> None:
        row = self.rows_model().row_at(index)
        if row is not None:
            self.row_opened.emit(row)

    def _on_theme_changed(self, _theme: object = None) -> None:
        self.setFont(current_theme().font("body"))
        self.verticalHeader().setMinimumSectionSize(16)
        self.verticalHeader().setDefaultSectionSize(current_theme().size(self.row_size))
        self.horizontalHeader().updateGeometry()
        self.fit_columns()
        self.viewport().update()

    def _on_model_about_to_reset(self) -> None:
        row = self.current_row()
        self._kept = (row, self.verticalScrollBar().value()) if row is not None else None

    def _on_model_reset(self) -> None:
        kept, self._kept = self._kept, None
        self.hovered_row = -1
        self.fit_columns()
        if kept is not None:
            self.select_row(kept[0])
            self.verticalScrollBar().setValue(kept[1])
