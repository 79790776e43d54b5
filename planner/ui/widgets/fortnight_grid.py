"""The grid of two weeks, a row a worker and a column a weekday, as a table that is painted as the design draws it."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.fortnight import WEEK_DAYS, FortnightRow, Span
from planner.ui.widgets.hatch import paint_hatch
from planner.ui.wording import full_date

Index = QModelIndex | QPersistentModelIndex
NAME_WIDTH = 104
WEEK_GAP = 6
HATCHED = frozenset({"away", "off", "holiday"})
HALVES = {"am": "Away in the morning", "pm": "Away in the afternoon"}
SPAN_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class FortnightModel(QAbstractTableModel):
    """The grid as a table: the worker's name, then ten days."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days: tuple[date, ...] = ()
        self.rows: tuple[FortnightRow, ...] = ()

    def show_rows(self, days: tuple[date, ...], rows: tuple[FortnightRow, ...]) -> None:
        """Show other weeks or workers."""
        self.beginResetModel()
        self.days, self.rows = days, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """The number of workers shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """The name and the days."""
        return 0 if parent.isValid() else 1 + len(self.days)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, or the word of a day."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], index.column() - 1
        span = row.at(column) if column >= 0 else None
        if role == SPAN_ROLE:
            return span
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.worker.name if column < 0 else span.word if span else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.worker.name if column < 0 else self._words(row, column, span)
        return None

    def _words(self, row: FortnightRow, column: int, span: Span | None) -> str:
        days = full_date(self.days[span.first if span else column])
        if span is not None and span.last > span.first:
            days += f" to {full_date(self.days[span.last])}"
        if span is None:
            return f"{row.worker.name}, {days}: free"
        kinds = {"holiday": "Off, bank holiday", "off": "Off, not a working day"}
        return f"{row.worker.name}, {days}: {HALVES.get(span.part) or kinds.get(span.kind, span.word)}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Each day's letter over its number; spoken in full."""
        if orientation != Qt.Orientation.Horizontal or section > len(self.days):
            return None
        if section == 0:
            return "Worker" if role == Qt.ItemDataRole.AccessibleTextRole else None
        day = self.days[section - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{'MTWTF'[day.weekday()]}\n{day.day}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return full_date(day)
        return None


class FortnightDelegate(QStyledItemDelegate):
    """Paints a day: empty, hatched with its word, or filled with its word."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The name, or the day with a gap about it and a wider one between the weeks."""
        painter.save()
        theme = current_theme()
        rect: QRect = option.rect
        view = option.widget
        if index.column() == 0:
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("text"))
            words = painter.fontMetrics().elidedText(index.data() or "", Qt.TextElideMode.ElideRight, rect.width() - 8)
            painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        else:
            self._paint_day(painter, self._box(rect, index), index.data(SPAN_ROLE))
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex() == index:
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus_ring")))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _box(self, rect: QRect, index: Index) -> QRect:
        span = index.data(SPAN_ROLE)
        last = span.last if span else index.column() - 1
        left = WEEK_GAP // 2 if index.column() - 1 == WEEK_DAYS else 1
        right = WEEK_GAP // 2 if last == WEEK_DAYS - 1 else 1
        return rect.adjusted(left, 1, -right, -1)

    def _paint_day(self, painter: QPainter, box: QRect, span: Span | None) -> None:
        theme = current_theme()
        kind = span.kind if span else ""
        fill = {"": "sunken", "duty": "duty_fill"}.get(kind, "sunken" if kind in HATCHED else "neutral_bg")
        painter.fillRect(box, theme.colour(fill))
        if span is None:
            return
        if kind in HATCHED:
            paint_hatch(painter, _half_of(box, span.part))
        painter.setFont(theme.font("small"))
        words = painter.fontMetrics().elidedText(span.word, Qt.TextElideMode.ElideRight, box.width() + 4)
        if kind in HATCHED:
            metrics = painter.fontMetrics()
            chip = QRect(0, 0, min(box.width(), metrics.horizontalAdvance(words) + 8), metrics.height())
            chip.moveCenter(box.center())
            painter.fillRect(chip, theme.colour("surface"))
        elif theme.name == "high_contrast":
            painter.setPen(theme.colour("text"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setPen(theme.colour({"duty": "duty_text"}.get(kind, "text" if kind in HATCHED else "neutral")))
        painter.drawText(box.adjusted(-2, 0, 2, 0), Qt.AlignmentFlag.AlignCenter, words)


def _half_of(box: QRect, part: str) -> QRect:
    """The half of a day's box that is not worked: the left for a morning, the right for an afternoon."""
    half = box.width() // 2
    return box.adjusted(half if part == "pm" else 0, 0, -half if part == "am" else 0, 0)


class FortnightHeader(QHeaderView):
    """The days: letter over number, small and muted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setMinimumSectionSize(16)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Two small lines in the middle of the column."""
        theme = current_theme()
        painter.fillRect(rect, theme.colour("surface"))
        words = self.model().headerData(section, Qt.Orientation.Horizontal)
        if words:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)


class FortnightView(QTableView):
    """The grid as a view: arrow keys move over days, Enter or a click opens the worker (`worker_opened`)."""

    worker_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = FortnightModel(self)
        self.setModel(self.grid)
        self.setItemDelegate(FortnightDelegate(self))
        self.setHorizontalHeader(FortnightHeader(self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Away, duty and court in two weeks")
        self.clicked.connect(self._on_index_opened)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_rows(self, days: tuple[date, ...], rows: tuple[FortnightRow, ...]) -> None:
        """Show these days and workers."""
        self.clearSpans()
        self.grid.show_rows(days, rows)
        for number, row in enumerate(rows):
            for span in row.spans:
                if span.last > span.first:
                    self.setSpan(number, span.first + 1, 1, span.last - span.first + 1)
        self._on_theme_changed()

    def keyPressEvent(self, event: Any) -> None:
        """Enter opens the worker of the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_index_opened(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        """The name keeps its width; the days share the rest."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.grid.columnCount() < 2:
            return
        metrics = QFontMetrics(current_theme().font("body"))
        widest = max((metrics.horizontalAdvance(row.worker.name) for row in self.grid.rows), default=0) + 8
        name = min(max(NAME_WIDTH, widest), int(self.viewport().width() * 0.34))
        each, left_over = divmod(max(0, self.viewport().width() - name), len(self.grid.days))
        self.setColumnWidth(0, name + left_over)
        for column in range(1, self.grid.columnCount()):
            self.setColumnWidth(column, each)

    def _on_index_opened(self, index: QModelIndex) -> None:
        self.worker_opened.emit(self.grid.rows[index.row()].worker.id)

    def _on_theme_changed(self) -> None:
        theme = current_theme()
        row = max(theme.size("target_minimum") + 2, theme.line("body") + 6)
        self.verticalHeader().setMinimumSectionSize(16)
        self.verticalHeader().setDefaultSectionSize(row)
        header = 2 * theme.line("small") + 4
        self.horizontalHeader().setFixedHeight(header)
        self.setFixedHeight(header + row * self.grid.rowCount())
        self._fit()
        self.viewport().update()
