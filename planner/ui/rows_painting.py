"""How the rows and the header of a table are painted: hairlines, marks, tags, tones, hover, selection and focus."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from planner.ui.theme import Theme, current_theme, theme_changes

if TYPE_CHECKING:
    from planner.ui.table import RowsView

INSET = 8
MARK_SIDE = 9
ACCENT_BAR = 3
MOST_MEASURED = 4_000

_MARK, _STRONG = (int(Qt.ItemDataRole.UserRole) + number for number in (2, 3))
_SELECTED, _ELIDED = QStyle.StateFlag.State_Selected, Qt.TextElideMode.ElideRight
_ALIGNED = {
    name: int(across | Qt.AlignmentFlag.AlignVCenter)
    for name, across in (
        ("left", Qt.AlignmentFlag.AlignLeft),
        ("right", Qt.AlignmentFlag.AlignRight),
        ("centre", Qt.AlignmentFlag.AlignHCenter),
    )
}


def text_room(view: "RowsView", rect: QRect, column: int) -> QRect:
    """Where text may stand in a cell; the outer edges of a row have the view's own inset."""
    left = view.outer_inset if view.is_first_shown(column) else INSET
    right = view.outer_inset if view.is_last_shown(column) else INSET
    return rect.adjusted(left, 0, -right, 0)


class RowsDelegate(QStyledItemDelegate):
    """Paints one cell; a row's hover, selection and focus run through all its cells."""

    def __init__(self, view: "RowsView") -> None:
        super().__init__(view)
        self._view = view
        self._measured_in: Theme | None = None
        self._measured: dict[tuple[str, str, int], str] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Ground, content, hairline, focus."""
        painter.save()
        rect: QRect = option.rect
        selected = bool(option.state & _SELECTED)
        self._paint_ground(painter, rect, index, selected)
        self.paint_content(painter, rect, index, selected)
        theme = current_theme()
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("border"))
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            self._paint_focus(painter, rect, index, selected)
        painter.restore()

    def paint_content(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, selected: bool) -> None:
        """Mark, tag or text of a cell; a delegate for bars overrides this."""
        # The column is asked, not the model by role: a page has hundreds of cells, and each role would go through Qt.
        model = self._view.rows_model()
        column, row = model.columns[index.column()], model.row_at(index.row())
        text = column.text(row)
        mark = column.mark(row) if column.mark else ""
        if not text and not mark:
            return
        theme = current_theme()
        room = text_room(self._view, rect, index.column())
        if mark:
            painter.fillRect(room.left(), rect.center().y() - MARK_SIDE // 2, MARK_SIDE, MARK_SIDE, theme.plan_colour(mark))
            room.setLeft(room.left() + MARK_SIDE + 6)
        tag = column.tag(row) if column.tag else ""
        if tag and text:
            paint_tag(painter, room, text, tag, selected)
            return
        tone = column.tone(row) if column.tone else ""
        is_loud = tone == "overdue" or (tone == "warning" and column.align == "right")
        role = "strong" if column.strong or is_loud else "body"
        painter.setFont(theme.font(role))
        painter.setPen(_ink(tone, selected))
        painter.drawText(room, _ALIGNED[column.align], self._elided(painter, text, role, room.width()))

    def _elided(self, painter: QPainter, text: str, role: str, width: int) -> str:
        """The text as far as there is room; measured once, since measuring costs as much as painting."""
        theme = current_theme()
        if theme is not self._measured_in or len(self._measured) > MOST_MEASURED:
            self._measured_in, self._measured = theme, {}
        asked = (text, role, width)
        if asked not in self._measured:
            self._measured[asked] = painter.fontMetrics().elidedText(text, _ELIDED, width)
        return self._measured[asked]

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Show the cell's tip, or its whole text where the cell is too narrow for it."""
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        text = index.data(Qt.ItemDataRole.ToolTipRole) or ("" if self._fits(option.rect, index) else index.data())
        if text:
            QToolTip.showText(event.globalPos(), text, view)
        else:
            QToolTip.hideText()
        return True

    def _fits(self, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> bool:
        font = current_theme().font("strong" if index.data(_STRONG) else "body")
        room = text_room(self._view, rect, index.column()).width() - (MARK_SIDE + 6 if index.data(_MARK) else 0)
        return QFontMetrics(font).horizontalAdvance(index.data() or "") <= room

    def _paint_ground(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, selected: bool) -> None:
        theme = current_theme()
        if selected:
            painter.fillRect(rect, theme.colour("selection"))
            if self._view.is_first_shown(index.column()):
                painter.fillRect(rect.left(), rect.top(), ACCENT_BAR, rect.height(), theme.colour("accent"))
        elif index.row() == self._view.hovered_row:
            painter.fillRect(rect, theme.colour("hover"))

    def _paint_focus(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, selected: bool) -> None:
        theme = current_theme()
        colour = theme.colour("focus_on_selection" if selected else "focus")
        width = theme.size("focus_ring")
        painter.fillRect(rect.left(), rect.top(), rect.width(), width, colour)
        painter.fillRect(rect.left(), rect.bottom() - width, rect.width(), width, colour)
        if self._view.is_first_shown(index.column()):
            painter.fillRect(rect.left(), rect.top(), width, rect.height() - 1, colour)
        if self._view.is_last_shown(index.column()):
            painter.fillRect(rect.right() - width + 1, rect.top(), width, rect.height() - 1, colour)


def _ink(tone: str, selected: bool) -> QColor:
    theme = current_theme()
    if selected and (theme.name == "high_contrast" or not tone):
        return theme.colour("selection_text")
    return theme.colour(tone or "text")


def paint_tag(painter: QPainter, room: QRect, text: str, tag: str, selected: bool) -> None:
    """A status as a tag: light fill and dark text of one hue; in high contrast an outline on a selected row."""
    theme = current_theme()
    painter.setFont(theme.font("small"))
    metrics = painter.fontMetrics()
    height = theme.size("tag_height")
    width = min(room.width(), metrics.horizontalAdvance(text) + 14)
    box = QRect(room.left(), room.center().y() - height // 2, width, height)
    bare = selected and theme.name == "high_contrast"
    ink = theme.colour("selection_text") if bare else theme.colour(tag)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1) if bare or theme.name == "high_contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if bare else theme.colour(f"{tag}_bg"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(ink)
    elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 8)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), elided)


class RowsHeader(QHeaderView):
    """The titles of columns: small and muted; the sorted one in full text colour with an arrow."""

    def __init__(self, view: "RowsView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        theme_changes.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        """30 pixels at 100% text size."""
        return QSize(super().sizeHint().width(), current_theme().line("small") + 14)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Title, arrow, hairline; the ground is the style sheet's."""
        theme = current_theme()
        painter.save()
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("border"))
        is_sorted = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        font = theme.font("small")
        if is_sorted:
            strong = theme.font("strong")
            strong.setPixelSize(font.pixelSize())
            font = strong
        painter.setFont(font)
        painter.setPen(theme.colour("text" if is_sorted else "text_muted"))
        room = text_room(self._view, rect, section)
        align = self._data(section, Qt.ItemDataRole.TextAlignmentRole)
        title = self._data(section, Qt.ItemDataRole.DisplayRole) or ""
        arrow_room = 14 if is_sorted else 0
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room.width() - arrow_room)
        width = painter.fontMetrics().horizontalAdvance(shown)
        left = room.right() - width - arrow_room if align & Qt.AlignmentFlag.AlignRight else room.left()
        painter.drawText(QRect(left, rect.top(), width + 2, rect.height()), int(Qt.AlignmentFlag.AlignVCenter), shown)
        if is_sorted:
            self._paint_arrow(painter, left + width + 6, rect.center().y())
        painter.restore()

    def _data(self, section: int, role: Qt.ItemDataRole) -> Any:
        return self.model().headerData(section, Qt.Orientation.Horizontal, role)

    def _paint_arrow(self, painter: QPainter, left: int, middle: int) -> None:
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        tip, foot = (-2, 2) if up else (3, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(current_theme().colour("text"))
        triangle = [QPointF(left, middle + foot), QPointF(left + 8, middle + foot), QPointF(left + 4, middle + tip)]
        painter.drawPolygon(QPolygonF(triangle))

    def _on_theme_changed(self, _theme: object) -> None:
        self.updateGeometry()
        self.viewport().update()
