"""A small line of how a figure went, its last point marked; the words beside it open the same as a table."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.core.load_trend import TrendPoint
from planner.ui.dialogs.worker_table import points
from planner.ui.theme import current_theme, theme_changes
from planner.ui.wording import list_date

WIDTH, EDGE, DOT = 120, 4, 3


class TrendLine(QWidget):
    """The line of what was used, from 0 up; nothing is drawn of fewer than two points."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points: tuple[TrendPoint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme_changes.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        """As high as a line of text."""
        return QSize(round(WIDTH * current_theme().text_scale), max(24, current_theme().line("body")))

    def show_points(self, found: tuple[TrendPoint, ...]) -> None:
        """Show these points, oldest first."""
        self.points = found
        self.setVisible(len(found) > 1)
        if len(found) > 1:
            first, last = found[0], found[-1]
            was = f"{points(first.used)} on {list_date(first.on, last.on)}"
            self.setAccessibleName(f"Trend: {was}, {points(last.used)} on {list_date(last.on, last.on)}; table follows")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line and its last point."""
        if len(self.points) < 2:
            return
        theme = current_theme()
        most = max((point.used for point in self.points), default=0) or 1
        step = (self.width() - 2 * EDGE) / (len(self.points) - 1)
        high = self.height() - 2 * EDGE
        line = [
            QPointF(EDGE + number * step, EDGE + high * (1 - max(0, point.used) / most))
            for number, point in enumerate(self.points)
        ]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("chart_1"), 2))
        painter.drawPolyline(QPolygonF(line))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("chart_1"))
        painter.drawEllipse(line[-1], DOT, DOT)
        painter.end()

    def _on_theme_changed(self, _theme: object) -> None:
        self.updateGeometry()
        self.update()
