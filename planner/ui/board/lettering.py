"""The fonts of the board and the calendar and how wide words are in them, each made and measured once for a theme."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

from planner.ui.theme import current_theme


@lru_cache(maxsize=8)
def font_of(name: str) -> QFont:
    """A font of the theme; `block` is strong at the size of small."""
    if name != "block":
        return current_theme().font(name)
    strong = current_theme().font("strong")
    strong.setPixelSize(current_theme().font("small").pixelSize())
    return strong


@lru_cache(maxsize=8)
def metrics_of(name: str) -> QFontMetrics:
    """The metrics of such a font."""
    return QFontMetrics(font_of(name))


@lru_cache(maxsize=4096)
def width_of(text: str, font: str = "small") -> int:
    """How wide words are, in pixels."""
    return metrics_of(font).horizontalAdvance(text)


def elided(text: str, width: int, font: str = "small") -> str:
    """The text, ending in an ellipsis where it is wider than so many pixels."""
    return text if width_of(text, font) <= width else metrics_of(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


def forget_lettering() -> None:
    """Measure anew: the theme or the text size changed."""
    for kept in (metrics_of, font_of, width_of):
        kept.cache_clear()
