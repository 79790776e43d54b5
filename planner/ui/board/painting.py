"""How the board is painted: shading with its word, the pictures of the blocks, focus, and where a drop may go."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from planner.core.board import BoardCell, BoardTrip, FixedDate
from planner.core.worker_days import Shade
from planner.ui.board.blocks import face_of, picture_of
from planner.ui.board.layout import PAD, head_height, item_rects
from planner.ui.board.lettering import elided, font_of, metrics_of, width_of
from planner.ui.theme import Theme, current_theme
from planner.ui.widgets.hatch import paint_hatch

if TYPE_CHECKING:
    from planner.ui.board.view import BoardView

CENTRE = Qt.AlignmentFlag.AlignCenter
CARRIED = 0.6
MOST_KEPT = 512
"""Pictures of blocks kept: what a few windows full show."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell in view and where it lies."""

    row: int
    column: int
    cell: BoardCell
    rect: QRect


class BoardPainting:
    """Paints the part of a board that is asked for, in one go: a call for each cell would be slow. Blocks are drawn once."""

    def __init__(self, view: "BoardView") -> None:
        self._view = view
        self._boxes: dict[int, list[QRect]] = {}
        self._blocks: dict[tuple[int, str, float], QPixmap] = {}

    def forget(self) -> None:
        """Draw all anew: the board, its sizes or the theme are others."""
        self._boxes.clear()
        self._blocks.clear()

    def paint(self, painter: QPainter, part: QRect) -> None:
        """Ground, word, blocks, hairlines, where a drop may go, focus."""
        theme, places = current_theme(), list(self._places(part))
        for place in places:
            if place.cell.shades:
                _paint_ground(painter, place, theme)
        self._paint_lines(painter, places, theme)
        for place in places:
            if place.cell.items:
                self._paint_blocks(painter, place, theme)
        if self._view.carried is not None:
            for place in places:
                _paint_drop(painter, place.rect, place.cell, self._view.target == (place.row, place.column), theme)
        self._paint_focus(painter, theme)

    def boxes(self, cell: BoardCell, rect: QRect) -> list[QRect]:
        """Where the blocks of a cell lie; measured once, for the cell's own upper left corner."""
        found = self._boxes.get(id(cell))
        if found is None:
            found = item_rects(cell, QRect(QPoint(0, 0), rect.size()), self._view.are_names_shown)
            self._boxes[id(cell)] = found
        return [box.translated(rect.topLeft()) for box in found]

    def _places(self, part: QRect) -> Iterator[_Place]:
        view, board = self._view, self._view.board_model.board
        if board is None or not board.days:
            return
        lefts = [(column, view.columnViewportPosition(column), view.columnWidth(column)) for column in range(len(board.days))]
        columns = [(column, left, width) for column, left, width in lefts if left <= part.right() and left + width > part.left()]
        first, last = max(0, view.rowAt(part.top())), view.rowAt(part.bottom())
        for number in range(first, last + 1 if last >= 0 else len(board.rows)):
            row, top, height = board.rows[number], view.rowViewportPosition(number), view.rowHeight(number)
            for column, left, width in columns:
                yield _Place(number, column, row.cells[column], QRect(left, top, width, height))

    def _paint_lines(self, painter: QPainter, places: list[_Place], theme: Theme) -> None:
        if not places:
            return
        whole = places[0].rect.united(places[-1].rect)
        rows = {place.row: place.rect.bottom() for place in places}.values()
        columns = {place.column: place.rect.right() for place in places}.values()
        border = theme.colour("border")
        for y in rows:  # filled, for drawing long lines takes Qt ten times as long
            painter.fillRect(whole.left(), y, whole.width(), 1, border)
        for x in columns:
            painter.fillRect(x, whole.top(), 1, whole.height(), border)

    def _paint_blocks(self, painter: QPainter, place: _Place, theme: Theme) -> None:
        ground, ratio = _ground_of(place.cell), painter.device().devicePixelRatioF()
        for item, box in zip(place.cell.items, self.boxes(place.cell, place.rect), strict=True):
            picture = self._block(item, box, ground, ratio, theme)
            if item is self._view.carried:
                painter.setOpacity(CARRIED)
                painter.drawPixmap(box.topLeft(), picture)
                painter.setOpacity(1)
            else:
                painter.drawPixmap(box.topLeft(), picture)

    def _block(self, item: BoardTrip | FixedDate, box: QRect, ground: str, ratio: float, theme: Theme) -> QPixmap:
        key = (id(item), ground, ratio)
        found = self._blocks.get(key)
        if found is None:
            if len(self._blocks) >= MOST_KEPT:
                self._blocks.clear()
            face = face_of(item, self._view.are_names_shown)
            found = self._blocks[key] = picture_of(face, box.width(), box.height(), theme.colour(ground), ratio)
        return found

    def _paint_focus(self, painter: QPainter, theme: Theme) -> None:
        view, index = self._view, self._view.currentIndex()
        cell = view.cell_here()
        if cell is None or not view.hasFocus():
            return
        rect = view.visualRect(index)
        boxes = self.boxes(cell, rect)
        if 0 <= view.item < len(boxes):
            _ring(painter, boxes[view.item], "focus", theme)
        elif not boxes:
            _ring(painter, rect.adjusted(2, 2, -3, -3), "focus", theme)


# Ground


def _ground_of(cell: BoardCell) -> str:
    """The ground that shows at the corners of blocks."""
    whole = [shade for shade in cell.shades if shade.part == "day"]
    if not whole:
        return "surface"
    return "sunken" if whole[0].is_off else "duty_fill" if whole[0].kind == "duty" else "neutral_bg"


def _paint_ground(painter: QPainter, place: _Place, theme: Theme) -> None:
    cell, shaded = place.cell, False
    for shade in cell.shades:
        box = _part(place.rect, shade)
        if shade.is_off:
            paint_hatch(painter, box)
        elif not shaded:
            painter.fillRect(box, theme.colour("duty_fill" if shade.kind == "duty" else "neutral_bg"))
        shaded = True
    _paint_word(painter, place.rect, cell, theme)


def _part(rect: QRect, shade: Shade) -> QRect:
    if shade.part == "am":
        return rect.adjusted(0, 0, -rect.width() // 2, 0)
    return rect.adjusted(rect.width() // 2, 0, 0, 0) if shade.part == "pm" else rect


def _paint_word(painter: QPainter, rect: QRect, cell: BoardCell, theme: Theme) -> None:
    """The word in the middle of an empty day, or above the blocks that stand on it."""
    words = ", ".join(dict.fromkeys(shade.word for shade in cell.shades))
    room = QRect(rect.left(), rect.top() + 2, rect.width(), head_height(cell)) if cell.items else rect
    shown = elided(words, room.width() - 8)
    if any(shade.is_off for shade in cell.shades):
        chip = QRect(0, 0, min(room.width() - 4, width_of(shown) + 12), metrics_of("small").height() + (0 if cell.items else 4))
        chip.moveCenter(room.center())
        painter.fillRect(chip, theme.colour("surface"))
    painter.setFont(font_of("small"))
    first = cell.shades[0]
    painter.setPen(theme.colour("text" if first.is_off else "duty_text" if first.kind == "duty" else "neutral"))
    painter.drawText(room, CENTRE, shown)


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
