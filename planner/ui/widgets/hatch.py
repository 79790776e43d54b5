"""The hatch of a day off: lines at 45 degrees on the ground of what is not worked, drawn once and laid as tiles."""

from PySide6.QtCore import QLineF, QRect, QRectF
from PySide6.QtGui import QPainter, QPen, QPixmap

from planner.ui.theme import current_theme, kept_in_theme

PITCH = 6
TILE = 40 * PITCH
"""A whole number of pitches, so that one tile continues the next; large, for most boxes are then one copy."""


def paint_hatch(painter: QPainter, box: QRect) -> None:
    """Fill a box with it; the lines run on from one box to the next."""
    ratio = painter.device().devicePixelRatioF()
    tile = _tile(ratio)
    for top in range(box.top(), box.bottom() + 1, TILE):
        for left in range(box.left(), box.right() + 1, TILE):
            part = QRect(left, top, TILE, TILE).intersected(box)
            begins_at = (left % PITCH * ratio, top % PITCH * ratio)
            painter.drawPixmap(QRectF(part), tile, QRectF(*begins_at, part.width() * ratio, part.height() * ratio))


@kept_in_theme(most=8)
def _tile(ratio: float) -> QPixmap:
    theme, side = current_theme(), TILE + PITCH
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.colour("sunken"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("leave_hatch"), 1))
    painter.drawLines([QLineF(x, side, x + side, 0) for x in range(-side, side + 1, PITCH)])
    painter.end()
    return picture
