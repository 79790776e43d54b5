"""How a part is filled: a colour, or in high contrast the pattern of its kind in that colour."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush

from planner.ui.theme import Theme

PATTERNS = {"chart_2": Qt.BrushStyle.Dense4Pattern, "chart_3": Qt.BrushStyle.BDiagPattern, "late_2": Qt.BrushStyle.BDiagPattern}


def fill(theme: Theme, colour: str) -> QBrush:
    """The brush of a colour token of charts."""
    brush = QBrush(theme.colour(colour))
    if theme.name == "high_contrast":
        brush.setStyle(PATTERNS.get(colour, Qt.BrushStyle.SolidPattern))
    return brush
