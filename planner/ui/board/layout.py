"""Where things stand within a cell of the board, in pixels at the text size in use."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from planner.core.board import BoardCell
from planner.ui.board.blocks import Face, face_of, has_two_lines
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


def block_width(day_width: int) -> int:
    """The width of a block in a day so wide."""
    return day_width - 2 * PAD - 1


@dataclass(slots=True, eq=False)
class CellLayout:
    """What the blocks of a cell say, and where they stand from the cell's upper left corner, in the order of `cell.items`.

    `height` is what the cell needs. It holds for days so wide, and for the theme it was made in.
    """

    cell: BoardCell
    width: int
    names: bool
    faces: tuple[Face, ...]
    boxes: tuple[QRect, ...]
    height: int

    def holds_for(self, cell: BoardCell, width: int, names: bool) -> bool:
        """Whether it would be the same laid out anew; the cell may be another that is equal."""
        if self.width != width or self.names != names or not (self.cell is cell or self.cell == cell):
            return False
        self.cell = cell  # to be known at once the next time
        return True


def laid_out(cell: BoardCell, width: int, names: bool) -> CellLayout:
    """A cell laid out in a day so wide; children by initials, or by name while names are shown."""
    faces = tuple(face_of(item, names) for item in cell.items)
    boxes, top, across = [], PAD + head_height(cell), block_width(width)
    for face in faces:
        boxes.append(QRect(PAD, top, across, block_height(has_two_lines(face, across))))
        top += boxes[-1].height() + GAP
    return CellLayout(cell, width, names, faces, tuple(boxes), top + PAD - GAP + 1)


@kept_in_theme()
def least_row_height() -> int:
    """Room for the two lines at the head of a row."""
    theme = current_theme()
    return theme.line("strong") + theme.line("small") + 16
