"""The fonts of the board and the calendar and how wide words are in them, each made and measured once for a theme."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

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
