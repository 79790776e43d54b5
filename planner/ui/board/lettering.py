"""The fonts of the board and the calendar, how wide words are in them, and their shapes, each found once for a theme."""

from PySide6.QtCore import QPointF, QRect, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTransform

from planner.ui.theme import current_theme, kept_in_theme


@kept_in_theme()
def font_of(name: str) -> QFont:
    """A font of the theme; `block` is strong at the size of small."""
    if name != "block":
        return current_theme().font(name)
    strong = current_theme().font("strong")
    strong.setPixelSize(current_theme().font("small").pixelSize())
    return strong


@kept_in_theme()
def metrics_of(name: str) -> QFontMetrics:
    """The metrics of such a font."""
    return QFontMetrics(font_of(name))


@kept_in_theme()
def width_of(text: str, font: str = "small") -> int:
    """How wide words are, in pixels."""
    return metrics_of(font).horizontalAdvance(text)


def elided(text: str, width: int, font: str = "small") -> str:
    """The text, ending in an ellipsis where it is wider than so many pixels."""
    return text if width_of(text, font) <= width else metrics_of(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


@kept_in_theme()
def _shaped(text: str, font: str) -> tuple[QStaticText, QSizeF]:
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform(), font_of(font))
    return made, made.size()


def write(painter: QPainter, room: QRect, text: str, font: str = "small", is_right: bool = False) -> None:
    """Words in the middle of a room's height, at its left or its right; where they were shaped before, a third of the work."""
    shaped, size = _shaped(text, font)
    left = room.left() + (room.width() - size.width() if is_right else 0)
    painter.setFont(font_of(font))
    painter.drawStaticText(QPointF(left, room.top() + (room.height() - size.height()) / 2), shaped)
