"""Where things stand within a cell of the board, in pixels at the text size in use."""

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QSize

from planner.core.board import BoardCell, BoardRow
from planner.ui.theme import current_theme

PAD = 4
GAP = 4
CARD_GAP = 6
DAY_LEAST = 112
NARROW = 128
"""Blocks narrower than this at 100% text show less."""


@lru_cache(maxsize=1)
def block_height() -> int:
    """The height of one block; never less than a target must have."""
    theme = current_theme()
    return max(theme.size("block_height"), theme.size("target_minimum"))


@lru_cache(maxsize=1)
def word_height() -> int:
    """The height of one small line."""
    return current_theme().line("small")


@lru_cache(maxsize=2)
def card_size(is_heading: bool) -> QSize:
    """The size of a card of the tray, which has two lines, or of a heading; asked for every one of them whenever it fills."""
    theme = current_theme()
    return QSize(100, theme.line("small") + (10 if is_heading else theme.line("strong") + 8 + CARD_GAP))


def forget_heights() -> None:
    """Measure anew: the theme or the text size changed."""
    for kept in (block_height, word_height, card_size):
        kept.cache_clear()


def head_height(cell: BoardCell) -> int:
    """Room for the word of what fills the day, above the blocks that stand there all the same."""
    return word_height() if cell.shades and cell.items else 0


def row_height(row: BoardRow) -> int:
    """The height of a row: its fullest cell, and at least its two lines at the head."""
    theme = current_theme()
    each = block_height() + GAP
    fullest = max((len(cell.items) * each + head_height(cell) for cell in row.cells), default=0)
    return max(fullest + 2 * PAD - GAP + 1, theme.line("strong") + theme.line("small") + 16)


def item_rects(cell: BoardCell, rect: QRect) -> list[QRect]:
    """Where the items of a cell stand, in the order of `cell.items`."""
    height = block_height()
    top = rect.top() + PAD + head_height(cell)
    return [
        QRect(rect.left() + PAD, top + number * (height + GAP), rect.width() - 2 * PAD - 1, height)
        for number in range(len(cell.items))
    ]


def item_at(cell: BoardCell, rect: QRect, at: QPoint) -> int:
    """The number of the item at a point of a cell, or -1."""
    return next((number for number, box in enumerate(item_rects(cell, rect)) if box.contains(at)), -1)
