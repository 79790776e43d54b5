"""The table of who may lead what: stages and roles down, kinds of case across; a click or Space says the next thing of a cell."""

from collections.abc import Mapping
from functools import partial
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from planner.core.codes import PLAN_MARKS, PLANS
from planner.core.holding_layers import COURT, MAY, MAY_NOT
from planner.core.who_may_hold import BESIDE, KINDS, Who
from planner.ui.rows_painting import INSET
from planner.ui.theme import current_theme, theme_changes

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Cell: TypeAlias = tuple[Who, str]
SAID = (MAY, *BESIDE, MAY_NOT)
SHORT = {MAY: "✓ yes", BESIDE[0]: "co-worker", BESIDE[1]: "lead CP", MAY_NOT: "✗ no"}
LONG = {MAY: "may", BESIDE[0]: "only with a co-worker", BESIDE[1]: "only with a lead CP practitioner", MAY_NOT: "may not"}
HEADS = {**PLAN_MARKS, COURT: "Court"}
HEADS_LONG = {**PLANS, COURT: "In court"}
ROOM = 12


class HoldingModel(QAbstractTableModel):
    """What is said of each cell, and which cells are other than they were."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Who, ...] = ()
        self.before: dict[Cell, str] = {}
        self.now: dict[Cell, str] = {}

    def show_cells(self, rows: tuple[Who, ...], before: Mapping[Cell, str], now: Mapping[Cell, str]) -> None:
        """Show a table: `before` is what holds without a change."""
        self.beginResetModel()
        self.rows, self.before, self.now = rows, dict(before), dict(now)
        self.endResetModel()

    def changes(self) -> dict[Cell, str]:
        """The cells that are other than before."""
        return {cell: says for cell, says in self.now.items() if says != self.before[cell]}

    def say(self, index: Index, says: str) -> None:
        """Say something of a cell."""
        self.now[self._cell(index)] = says
        self.dataChanged.emit(index, index)

    def said(self, index: Index) -> str:
        """What is said of a cell."""
        return self.now[self._cell(index)]

    def is_changed(self, index: Index) -> bool:
        """Whether it is other than before."""
        return self.now[self._cell(index)] != self.before[self._cell(index)]

    def _cell(self, index: Index) -> Cell:
        return self.rows[index.row()], KINDS[index.column() - 1]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Stages, then roles."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """The name, then the kinds of case."""
        return 0 if parent.isValid() else 1 + len(KINDS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The stage or role, or what is said."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        who = self.rows[index.row()].words
        if index.column() == 0:
            roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
            return who if role in roles else None
        if role == Qt.ItemDataRole.DisplayRole:
            return SHORT[self.said(index)]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            changed = f", changed from {LONG[self.before[self._cell(index)]]}" if self.is_changed(index) else ""
            return f"{who}, {HEADS_LONG[KINDS[index.column() - 1]].lower()}: {LONG[self.said(index)]}{changed}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The letters of each kind of case; spoken in full."""
        if orientation != Qt.Orientation.Horizontal or section > len(KINDS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADS[KINDS[section - 1]] if section else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return HEADS_LONG[KINDS[section - 1]] if section else "Stage or role"
        return None


class HoldingDelegate(QStyledItemDelegate):
    """Paints a cell: plain where the worker may, on a ground with its words where not, strong where it was changed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, words, hairline, focus."""
        painter.save()
        theme, rect = current_theme(), QRect(option.rect)
        view = option.widget
        assert isinstance(view, HoldingGrid)
        is_name = index.column() == 0
        changed = not is_name and view.grid.is_changed(index)
        bars = not is_name and view.grid.said(index) != MAY
        if changed or bars:
            painter.fillRect(rect.adjusted(1, 1, -1, -2), theme.colour("info_bg" if changed else "neutral_bg"))
        colour = "info" if changed else "neutral" if bars else "text" if is_name else "text_muted"
        painter.setFont(theme.font("strong" if changed else "body" if is_name else "small"))
        painter.setPen(theme.colour(colour))
        room = rect.adjusted(INSET if is_name else 2, 0, -2, 0)
        words = painter.fontMetrics().elidedText(index.data() or "", Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignLeft if is_name else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("border"))
        if view.hasFocus() and view.currentIndex() == index:
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus_ring")))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()


class HoldingHeader(QHeaderView):
    """The letters of the kinds of case, small and muted, on whatever ground the table lies."""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One word in the middle of its column."""
        theme = current_theme()
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.model().headerData(section, Qt.Orientation.Horizontal))


class HoldingGrid(QTableView):
    """The table as a view. Arrows move; a click, Space or Enter says the next thing, Shift+F10 offers all; `changed` follows."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = HoldingModel(self)
        self.setModel(self.grid)
        self.setItemDelegate(HoldingDelegate(self))
        self.setHorizontalHeader(HoldingHeader(Qt.Orientation.Horizontal, self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Who may lead what")
        theme_changes.changed.connect(self._on_theme_changed)

    def show_cells(self, rows: tuple[Who, ...], before: Mapping[Cell, str], now: Mapping[Cell, str]) -> None:
        """Show a table; the cell the keyboard stood on stays."""
        at = self.currentIndex()
        line, column = (at.row(), at.column()) if at.isValid() else (0, 1)
        self.grid.show_cells(rows, before, now)
        self._on_theme_changed()
        self.setCurrentIndex(self.grid.index(line, column))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click says the next thing."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._say_next(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter say the next thing."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._say_next(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Everything that can be said of the cell."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        self.offer(index)

    def offer(self, index: Index) -> None:
        """Open the menu of a cell beneath it."""
        if not index.isValid() or index.column() == 0:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for says in SAID:
            menu.addAction(f"{LONG[says][:1].upper()}{LONG[says][1:]}", partial(self.say, index, says))
        menu.popup(self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))

    def say(self, index: Index, says: str) -> None:
        """Say something of a cell."""
        self.grid.say(index, says)
        self.changed.emit()

    def _say_next(self, index: Index) -> None:
        if index.isValid() and index.column() > 0:
            self.say(index, SAID[(SAID.index(self.grid.said(index)) + 1) % len(SAID)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name keeps its width; the kinds share the rest."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(current_theme().font("body"))
        widest = max((metrics.horizontalAdvance(who.words) for who in self.grid.rows), default=0) + INSET + ROOM
        least = min(widest, self.viewport().width() // 3)
        each, over = divmod(max(0, self.viewport().width() - least), len(KINDS))
        self.setColumnWidth(0, least + over)
        for column in range(1, 1 + len(KINDS)):
            self.setColumnWidth(column, each)

    def _on_theme_changed(self) -> None:
        theme = current_theme()
        line = max(28, theme.line("body") + 8)
        self.verticalHeader().setDefaultSectionSize(line)
        self.horizontalHeader().setFixedHeight(line)
        self.setFixedHeight(line * (1 + self.grid.rowCount()) + 2)
        self._fit()
