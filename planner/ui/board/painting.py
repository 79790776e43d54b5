"""How the board is painted: the pictures of its cells side by side, hairlines, focus, and where a drop may go."""

from collections.abc import Iterator
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from planner.core.board import BoardCell
from planner.ui.board.cells import BoardCells, Look, paint_ground
from planner.ui.board.layout import PAD, CellLayout, least_row_height
from planner.ui.board.lettering import elided, font_of, metrics_of, width_of
from planner.ui.theme import Theme, current_theme
from planner.ui.widgets.hatch import PITCH

if TYPE_CHECKING:
    from planner.ui.board.view import BoardView

CENTRE = Qt.AlignmentFlag.AlignCenter
CARRIED = 0.6


class _Place(NamedTuple):
    """A cell in view, where it lies, and the screen's pixels there: where they begin, and how many across and down."""

    row: int
    column: int
    worker_id: str
    cell: BoardCell
    rect: QRect
    begins_at: QPointF
    across: int
    down: int


class _Screen:
    """The pixels under a painter's coordinates: where a screen's ratio is no whole number, cells begin between two of them."""

    def __init__(self, painter: QPainter, viewport: QWidget) -> None:
        to_pixels = painter.deviceTransform()
        self.ratio = painter.device().devicePixelRatioF()
        self.in_view = round(viewport.width() * viewport.height() * self.ratio**2)
        self._dx, self._dy = to_pixels.dx(), to_pixels.dy()

    def across(self, left: int, width: int) -> tuple[float, int]:
        """Where the pixels nearest to a column begin, in the painter's coordinates, and how many they are."""
        return self._nearest(left, width, self._dx)

    def down(self, top: int, height: int) -> tuple[float, int]:
        """The same of a row."""
        return self._nearest(top, height, self._dy)

    def _nearest(self, start: int, length: int, offset: float) -> tuple[float, int]:
        first, beyond = (floor(at * self.ratio + offset + 0.5) for at in (start, start + length))
        return (first - offset) / self.ratio, beyond - first


class BoardPainting:
    """Paints the part of a board that is asked for, in one go: a call for each cell would be slow. Cells are drawn once."""

    def __init__(self, view: "BoardView") -> None:
        self._view = view
        self.cells = BoardCells()

    def paint(self, painter: QPainter, part: QRect) -> None:
        """Cells, hairlines, what is carried, where a drop may go, focus."""
        theme, screen = current_theme(), _Screen(painter, self._view.viewport())
        places = list(self._places(part, screen))
        whole = places[0].rect.united(places[-1].rect) if places else QRect()
        _paint_beyond(painter, part, whole, theme)
        for place in places:
            if place.cell.shades or place.cell.items:
                self._paint_cell(painter, place, screen)
            else:
                painter.fillRect(place.rect, theme.colour("surface"))
        self._paint_lines(painter, places, whole, theme)
        if self._view.carried is not None:
            for place in places:
                self._fade_carried(painter, place, screen, theme)
                _paint_drop(painter, place.rect, place.cell, self._view.target == (place.row, place.column), theme)
        self._paint_focus(painter, theme)

    def row_height(self, number: int) -> int:
        """What a row needs: room for its fullest cell, and at least for its two lines at the head."""
        layouts = (self._layout(number, column) for column in range(self._view.board_model.columnCount()))
        return max(least_row_height(), *(layout.height for layout in layouts if layout is not None))

    def boxes(self, row: int, column: int) -> list[QRect]:
        """Where the blocks of a cell lie in the viewport; none where there is no such cell."""
        layout = self._layout(row, column)
        corner = QPoint(self._view.columnViewportPosition(column), self._view.rowViewportPosition(row))
        return [box.translated(corner) for box in layout.boxes] if layout is not None else []

    def _layout(self, row: int, column: int) -> CellLayout | None:
        view = self._view
        found, cell = view.board_model.row(row), view.board_model.cell(row, column)
        if found is None or cell is None:
            return None
        return self.cells.layout(found.worker_id, cell, view.columnWidth(column), view.are_names_shown)

    def _places(self, part: QRect, screen: _Screen) -> Iterator[_Place]:
        view, board = self._view, self._view.board_model.board
        if board is None or not board.days:
            return
        lefts = [(column, view.columnViewportPosition(column), view.columnWidth(column)) for column in range(len(board.days))]
        seen = [(column, left, width) for column, left, width in lefts if left <= part.right() and left + width > part.left()]
        columns = [(column, left, width, *screen.across(left, width)) for column, left, width in seen]
        first, last = max(0, view.rowAt(part.top())), view.rowAt(part.bottom())
        for number in range(first, last + 1 if last >= 0 else len(board.rows)):
            row, top, height = board.rows[number], view.rowViewportPosition(number), view.rowHeight(number)
            y, down = screen.down(top, height)
            for column, left, width, x, across in columns:
                rect, at = QRect(left, top, width, height), QPointF(x, y)
                yield _Place(number, column, row.worker_id, row.cells[column], rect, at, across, down)

    def _paint_cell(self, painter: QPainter, place: _Place, screen: _Screen) -> None:
        layout = self.cells.layout(place.worker_id, place.cell, place.rect.width(), self._view.are_names_shown)
        look = Look(place.across, place.down, screen.ratio, place.rect.height(), *self._hatch_at(place))
        painter.drawPixmap(place.begins_at, self.cells.picture(layout, look, screen.in_view))

    def _hatch_at(self, place: _Place) -> tuple[int, int]:
        """Where a cell begins in the hatch, which runs on through the whole board."""
        if not place.cell.shades:
            return 0, 0
        across, down = self._view.horizontalHeader(), self._view.verticalHeader()
        return across.sectionPosition(place.column) % PITCH, down.sectionPosition(place.row) % PITCH

    def _paint_lines(self, painter: QPainter, places: list[_Place], whole: QRect, theme: Theme) -> None:
        rows = {place.row: place.rect.bottom() for place in places}.values()
        columns = {place.column: place.rect.right() for place in places}.values()
        border = theme.colour("border")
        for y in rows:  # filled, for drawing long lines takes Qt ten times as long
            painter.fillRect(whole.left(), y, whole.width(), 1, border)
        for x in columns:
            painter.fillRect(x, whole.top(), 1, whole.height(), border)

    def _fade_carried(self, painter: QPainter, place: _Place, screen: _Screen, theme: Theme) -> None:
        """Where a block is carried away, its ground with a shade of it."""
        numbers = [number for number, item in enumerate(place.cell.items) if item is self._view.carried]
        for number in numbers:
            corner = place.rect.topLeft() - QPoint(*self._hatch_at(place))
            painter.save()
            painter.setClipRect(self.boxes(place.row, place.column)[number])
            painter.fillRect(place.rect, theme.colour("surface"))
            painter.translate(corner)
            paint_ground(painter, place.rect.translated(-corner), place.cell, theme)
            painter.translate(-corner)
            painter.setOpacity(CARRIED)
            self._paint_cell(painter, place, screen)
            painter.restore()

    def _paint_focus(self, painter: QPainter, theme: Theme) -> None:
        view, index = self._view, self._view.currentIndex()
        cell = view.cell_here()
        if cell is None or not view.hasFocus():
            return
        rect, boxes = view.visualRect(index), self.boxes(index.row(), index.column())
        if 0 <= view.item < len(boxes):
            _ring(painter, boxes[view.item], "focus", theme)
        elif not boxes:
            _ring(painter, rect.adjusted(2, 2, -3, -3), "focus", theme)


def _paint_beyond(painter: QPainter, part: QRect, whole: QRect, theme: Theme) -> None:
    """The ground at the right of the days and beneath the rows."""
    beside, beneath = QRect(part), QRect(part)
    beside.setLeft(max(part.left(), whole.right() + 1))
    beneath.setTop(max(part.top(), whole.bottom() + 1))
    for beyond in (beside, beneath):
        if not beyond.isEmpty():
            painter.fillRect(beyond, theme.colour("surface"))


# Focus and drops


def _ring(painter: QPainter, box: QRect, colour: str, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(colour), theme.size("focus_ring")))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), theme.size("radius_block"), theme.size("radius_block"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_drop(painter: QPainter, rect: QRect, cell: BoardCell, is_target: bool, theme: Theme) -> None:
    """An outline where a drop is taken; over a day that refuses, its outline and its reason."""
    if cell.refusal and not is_target:
        return
    colour = theme.colour("drop_refused" if cell.refusal else "drop_ok")
    width = 2 if is_target else 1
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -2 - width // 2, -2 - width // 2))
    if cell.refusal:
        _paint_reason(painter, rect, cell.refusal, theme)


def _paint_reason(painter: QPainter, rect: QRect, reason: str, theme: Theme) -> None:
    shown = elided(reason, rect.width() - 2 * PAD - 8)
    chip = QRect(QPoint(0, 0), QRect(0, 0, width_of(shown) + 14, metrics_of("small").height() + 6).size())
    chip.moveCenter(rect.center())
    painter.fillRect(chip, theme.colour("surface"))
    painter.setPen(theme.colour("drop_refused"))
    painter.setFont(font_of("small"))
    painter.drawText(chip, CENTRE, shown)
