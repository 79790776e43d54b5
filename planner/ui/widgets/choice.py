"""A box to choose from, with the arrow that says so in the colour of the theme."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox

from planner.ui.theme import current_theme

ARROW = 5
FROM_RIGHT = 14


class Choice(QComboBox):
    """A combo box; a style sheet takes the style's arrow away, so it is drawn here."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, then a chevron at its right."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(current_theme().colour("text" if self.isEnabled() else "text_disabled"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tip = QPointF(self.width() - FROM_RIGHT, self.height() / 2 + ARROW / 2)
        painter.drawPolyline(QPolygonF([tip + QPointF(-ARROW, -ARROW), tip, tip + QPointF(ARROW, -ARROW)]))
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: what scrolls a dialog changes no answer on its way."""
        event.ignore()
