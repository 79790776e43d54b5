"""The cells of a board, each laid out and painted once: the board that comes after takes what is the same in both."""

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

from planner.core.board import Board, BoardCell
from planner.core.worker_days import Shade
from planner.ui.board.blocks import paint_block
from planner.ui.board.layout import CellLayout, head_height, laid_out
from planner.ui.board.lettering import elided, font_of, metrics_of, width_of
from planner.ui.theme import Theme, current_theme
from planner.ui.widgets.hatch import paint_hatch

CENTRE = Qt.AlignmentFlag.AlignCenter
WINDOWS_KEPT = 3
LEAST_KEPT = 10_000_000
"""Pictures are kept for so many times what is in view, and for no less than so many pixels of four bytes."""


class Look(NamedTuple):
    """What a picture hangs on besides the layout: its pixels, the screen's ratio, its height, and where its hatch begins."""

    across: int
    down: int
    ratio: float
    height: int
    hatch_x: int
    hatch_y: int

    @property
    def pixels(self) -> int:
        """How many it takes to keep."""
        return self.across * self.down


class BoardCells:
    """The layouts of a board's cells, by worker and day, and the pictures of those that were in view last."""

    def __init__(self) -> None:
        self._layouts: dict[tuple[str, date], CellLayout] = {}
        self._pictures: dict[CellLayout, tuple[Look, QPixmap]] = {}
        self._pixels = 0

    def forget(self) -> None:
        """Lay out and paint all anew: the theme is another."""
        self._layouts.clear()
        self._pictures.clear()
        self._pixels = 0

    def show_board(self, board: Board) -> None:
        """Keep what this board shows too."""
        for place in self._layouts.keys() - {(row.worker_id, cell.day) for row in board.rows for cell in row.cells}:
            self._drop(place)

    def layout(self, worker_id: str, cell: BoardCell, width: int, names: bool) -> CellLayout:
        """How a cell of a worker is laid out in a day so wide."""
        place = worker_id, cell.day
        found = self._layouts.get(place)
        if found is None or not found.holds_for(cell, width, names):
            self._drop(place)
            found = self._layouts[place] = laid_out(cell, width, names)
        return found

    def picture(self, layout: CellLayout, look: Look, in_view: int) -> QPixmap:
        """The picture of a cell, where so many pixels of the board are in view."""
        kept = self._taken(layout)
        if kept is None or kept[0] != look:
            kept = look, _painted(layout, look)
        self._pictures[layout] = kept  # what was asked for last stands last
        self._pixels += look.pixels
        while self._pixels > max(WINDOWS_KEPT * in_view, LEAST_KEPT):
            self._taken(next(iter(self._pictures)))
        return kept[1]

    def _drop(self, place: tuple[str, date]) -> None:
        layout = self._layouts.pop(place, None)
        if layout is not None:
            self._taken(layout)

    def _taken(self, layout: CellLayout) -> tuple[Look, QPixmap] | None:
        """The picture of a cell, which is kept no longer."""
        kept = self._pictures.pop(layout, None)
        self._pixels -= kept[0].pixels if kept is not None else 0
        return kept


def _painted(layout: CellLayout, look: Look) -> QPixmap:
    theme, picture = current_theme(), QPixmap(look.across, look.down)
    picture.setDevicePixelRatio(look.ratio)
    picture.fill(theme.colour("surface"))
    rect = QRect(look.hatch_x, look.hatch_y, layout.width, look.height)
    painter = QPainter(picture)
    painter.translate(-rect.topLeft())
    paint_ground(painter, rect, layout.cell, theme)
    if layout.cell.shades:
        _paint_word(painter, rect, layout.cell, theme)
    for face, box in zip(layout.faces, layout.boxes, strict=True):
        paint_block(painter, box.translated(rect.topLeft()), face)
    painter.end()
    return picture


# Ground


def paint_ground(painter: QPainter, rect: QRect, cell: BoardCell, theme: Theme) -> None:
    """What fills the day, or half of it; a day off is hatched."""
    for number, shade in enumerate(cell.shades):
        box = _part(rect, shade)
        if shade.is_off:
            paint_hatch(painter, box)
        elif number == 0:
            painter.fillRect(box, theme.colour("duty_fill" if shade.kind == "duty" else "neutral_bg"))


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
