"""Where things stand within a cell of the board, in pixels at the text size in use."""

from PySide6.QtCore import QRect, QSize

from planner.core.board import BoardCell, BoardRow
from planner.ui.board.blocks import face_of, has_two_lines
from planner.ui.theme import current_theme, kept_in_theme

PAD = 4
GAP = 4
CARD_GAP = 6
DAY_LEAST = 138
NARROW = 128
"""Days narrower than this at 100% text have less room at their edges."""


@kept_in_theme()
def block_height(has_second: bool = False) -> int:
    """The height of a block of one line or of two; never less than a target must have."""
    theme = current_theme()
    one = max(theme.size("block_height"), theme.size("target_minimum"))
    return one + theme.line("small") if has_second else one


@kept_in_theme()
def word_height() -> int:
    """The height of one small line."""
    return current_theme().line("small")


@kept_in_theme()
def card_size(is_heading: bool) -> QSize:
    """The size of a card of the tray, which has two lines, or of a heading; asked for every one of them whenever it fills."""
    theme = current_theme()
    return QSize(100, theme.line("small") + (10 if is_heading else theme.line("strong") + 8 + CARD_GAP))


def head_height(cell: BoardCell) -> int:
    """Room for the word of what fills the day, above the blocks that stand there all the same."""
    return word_height() if cell.shades and cell.items else 0


def row_height(row: BoardRow, width: int, names: bool) -> int:
    """The height of a row whose days are so wide: its fullest cell, and at least its two lines at the head."""
    theme = current_theme()
    fullest = max((_height(cell, width, names) for cell in row.cells), default=0)
    return max(fullest + 2 * PAD - GAP + 1, theme.line("strong") + theme.line("small") + 16)


def _height(cell: BoardCell, width: int, names: bool) -> int:
    return head_height(cell) + sum(height + GAP for height in _heights(cell, block_width(width), names))


def block_width(day_width: int) -> int:
    """The width of a block in a day so wide."""
    return day_width - 2 * PAD - 1


def _heights(cell: BoardCell, width: int, names: bool) -> list[int]:
    return [block_height(has_two_lines(face_of(item, names), width)) for item in cell.items]


def item_rects(cell: BoardCell, rect: QRect, names: bool) -> list[QRect]:
    """Where the items of a cell stand, in the order of `cell.items`."""
    top, width = rect.top() + PAD + head_height(cell), block_width(rect.width())
    found = []
    for height in _heights(cell, width, names):
        found.append(QRect(rect.left() + PAD, top, width, height))
        top += height + GAP
    return found
