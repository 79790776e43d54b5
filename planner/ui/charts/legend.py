"""The key of a chart, in its title line: a sample of each kind with its total, and each total a door to its rows."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from planner.ui.charts.bars import BarChart, Behind, Kind
from planner.ui.charts.fills import fill
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.flow import FlowLayout

SAMPLE = 9
GAP = 5


def legend_words(kind: Kind) -> str:
    """`CP 24`, or `8 to 14 days: 3` where the words end in days."""
    if kind.total is None:
        return kind.label
    return f"{kind.label}: {kind.total:,}" if kind.label.count(" ") else f"{kind.label} {kind.total:,}"


class LegendButton(QAbstractButton):
    """One kind of the key: sample and words; a button where there are rows behind it, else words alone."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.setText(legend_words(kind))
        self.setAccessibleName(legend_words(kind) if kind.behind is None else f"{legend_words(kind)}. {kind.behind.title}")
        if kind.behind is None:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Sample, words, and at least 24 px of height."""
        metrics = QFontMetrics(current_theme().font("small"))
        least = current_theme().size("target_minimum")
        return QSize(max(least, SAMPLE + GAP + metrics.horizontalAdvance(self.text()) + 4), max(least, metrics.height() + 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A square of the kind's colour, hollow or a mark, then the words."""
        theme = current_theme()
        painter = QPainter(self)
        if self.kind.behind is not None and (self.underMouse() or self.isDown()):
            painter.fillRect(self.rect(), theme.colour("selection" if self.isDown() else "hover"))
        top = (self.height() - SAMPLE) / 2
        if self.kind.mark:
            painter.fillRect(QRectF(SAMPLE / 2 - 1, top - 2, 2, SAMPLE + 4), theme.colour("capacity_mark"))
        elif self.kind.colour:
            painter.fillRect(QRectF(0, top, SAMPLE, SAMPLE), fill(theme, self.kind.colour))
            if theme.name == "high_contrast":
                painter.setPen(QPen(theme.colour("text"), 1))
                painter.drawRect(QRectF(0.5, top + 0.5, SAMPLE - 1, SAMPLE - 1))
        else:
            painter.setPen(QPen(theme.colour("border_control"), 1))
            painter.drawRect(QRectF(0.5, top + 0.5, SAMPLE - 1, SAMPLE - 1))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text_muted"))
        words = self.rect().adjusted(SAMPLE + GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())


class Legend(QWidget):
    """The key of one chart; `opened` gives what lies behind the total that was pressed."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[LegendButton] = []
        self._line = FlowLayout(self, gap=8, line_gap=0)
        theme_changes.changed.connect(self._on_theme_changed)

    def show_chart(self, chart: BarChart) -> None:
        """Show the key of another chart."""
        for button in self.buttons:
            self._line.removeWidget(button)
            button.deleteLater()
        self.buttons = [LegendButton(kind, self) for kind in chart.kinds] if chart.bars else []
        for button in self.buttons:
            if button.kind.behind is not None:
                button.clicked.connect(lambda _=False, behind=button.kind.behind: self._open(behind))
            self._line.addWidget(button)
        self.updateGeometry()

    def _open(self, behind: Behind) -> None:
        self.opened.emit(behind)

    def _on_theme_changed(self) -> None:
        for button in self.buttons:
            button.updateGeometry()
            button.update()
        self._line.invalidate()
