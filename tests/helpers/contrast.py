"""How well the words of a window stand out from their ground, measured in the picture that is drawn."""

from collections import Counter

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QFontMetrics, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from tests.helpers.accessible import known_as, shown

LEAST = 4.5
LEAST_LARGE = 3.0
LARGE_PX, LARGE_STRONG_PX = 24, 19
"""WCAG 2.2 calls text large from 18 pt, or 14 pt where it is bold."""


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [value / 255 for value in (colour.red(), colour.green(), colour.blue())]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio as WCAG 2.2 defines it, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faint_words(root: QWidget) -> list[str]:
    """Labels and controls in use whose words stand out less than WCAG 2.2 AA asks, in the colours they are drawn in."""
    picture = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ratio = picture.devicePixelRatio()
    found = []
    for widget in shown(root):
        if not isinstance(widget, QLabel | QAbstractButton | QLineEdit) or not widget.isEnabled() or not _words(widget).strip():
            continue
        seen = widget.visibleRegion().boundingRect()
        if seen.height() < QFontMetrics(widget.font()).height() or seen.width() < 8:
            continue
        place = QRect(widget.mapTo(root, seen.topLeft()), seen.size()).adjusted(2, 2, -2, -2)
        drawn = picture.copy(QRect(place.topLeft() * ratio, QPoint(place.right(), place.bottom()) * ratio))
        best = _best_contrast(drawn)
        if round(best, 1) < (LEAST_LARGE if _is_large(widget) else LEAST):
            found.append(f"{known_as(widget)} stands out from its ground by {best:.1f} to 1 only")
    return found


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _is_large(widget: QWidget) -> bool:
    size = widget.font().pixelSize()
    return size >= LARGE_PX or (widget.font().bold() and size >= LARGE_STRONG_PX)


def _best_contrast(drawn: QImage) -> float:
    """The ground is the colour most used; the words, the colour that stands out most from it: the heart of a stroke."""
    bits = bytes(drawn.constBits())
    line = drawn.bytesPerLine()
    pixels: Counter[int] = Counter()
    for row in range(drawn.height()):
        pixels.update(memoryview(bits)[row * line : row * line + 4 * drawn.width()].cast("I"))
    ground = QColor.fromRgb(pixels.most_common(1)[0][0] & 0xFFFFFF)
    return max(contrast(QColor.fromRgb(value & 0xFFFFFF), ground) for value in pixels)
