"""How well the words of a window stand out from their ground, measured in the picture that is drawn."""

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from tests.helpers.accessible import known_as, shown

LEAST = 4.5
LEAST_LARGE = 3.0
LARGE_PX, LARGE_STRONG_PX = 24, 19
"""WCAG 2.2 calls text large from 18 pt, or 14 pt where it is bold."""


def luminances(pixels: np.ndarray) -> np.ndarray:
    """Relative luminance as WCAG 2.2 defines it, of pixels as RGB32 holds them."""
    parts = (pixels[:, None] >> np.array((16, 8, 0), np.uint32) & 0xFF) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)


def faint_words(root: QWidget) -> list[str]:
    """Labels and controls in use whose words stand out less than WCAG 2.2 AA asks, in the colours they are drawn in."""
    picture = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ratio = picture.devicePixelRatio()
    pixels = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1)
    found = []
    for widget in shown(root):
        if not isinstance(widget, QLabel | QAbstractButton | QLineEdit) or not widget.isEnabled() or not _words(widget).strip():
            continue
        seen = widget.visibleRegion().boundingRect()
        if seen.height() < QFontMetrics(widget.font()).height() or seen.width() < 8:
            continue
        place = QRect(widget.mapTo(root, seen.topLeft()), seen.size()).adjusted(2, 2, -2, -2)
        part = QRect(place.topLeft() * ratio, place.bottomRight() * ratio).intersected(picture.rect())
        best = _best_contrast(pixels[part.top() : part.bottom() + 1, part.left() : part.right() + 1])
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


def _best_contrast(drawn: np.ndarray) -> float:
    """Contrast ratio as WCAG 2.2 defines it, from 1 to 21, of the ground, which is the colour most used, and the words.

    Theirs is the colour that stands out most from the ground: the heart of a stroke.
    """
    pixels, counts = np.unique(drawn, return_counts=True)
    seen = luminances(pixels)
    ground = seen[counts.argmax()]
    return float(np.max((np.maximum(seen, ground) + 0.05) / (np.minimum(seen, ground) + 0.05)))
