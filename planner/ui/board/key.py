"""What the colours and shadings of the board mean, in a line beneath it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.core.codes import PLAN_MARKS, PLANS
from planner.ui.board.painting import LEFT, RIGHT, elided, paint_frame, paint_tick
from planner.ui.charts.fills import fill
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.fortnight_grid import paint_hatch

PLANS_SHOWN = {"assessment": "chart_1", "cin": "chart_2", "cp": "chart_3", "lac": "chart_4"}
HINT = "Ctrl+M moves, Ctrl+Enter confirms"


class BoardKey(QWidget):
    """Plans, away, duty, and the key that moves a visit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        plans = ", ".join(f"{PLAN_MARKS[plan]} {PLANS[plan].lower()}" for plan in PLANS_SHOWN)
        self.setAccessibleName(
            f"Key: {plans}; hatched: away or does not work; filled: duty; broken edge: to confirm; tick: confirmed. {HINT}"
        )
        theme_changes.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        """One small line."""
        return QSize(200, current_theme().line("small") + 14)

    def minimumSizeHint(self) -> QSize:
        """As narrow as may be: what has no room is left out from the right."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Mark and words, one after another, as far as there is room."""
        theme, painter = current_theme(), QPainter(self)
        painter.setFont(theme.font("small"))
        metrics, middle = painter.fontMetrics(), self.height() // 2
        short = self.width() < 1000 * theme.text_scale
        left = 14
        for plan, colour in PLANS_SHOWN.items():
            words = PLAN_MARKS[plan] if short else f"{PLANS[plan]} ({PLAN_MARKS[plan]})"
            painter.fillRect(QRect(left, middle - 4, 9, 9), fill(theme, colour))
            left = self._word(painter, left + 15, words)
        box = QRect(left, middle - 6, 18, 12)
        painter.fillRect(box, theme.colour("sunken"))
        paint_hatch(painter, box)
        left = self._word(painter, left + 24, "Away or does not work")
        painter.fillRect(QRect(left, middle - 6, 16, 12), theme.colour("duty_fill"))
        left = self._word(painter, left + 22, "Duty")
        left = self._confirming(painter, left, middle)
        painter.setPen(theme.colour("text_muted"))
        room = QRect(left, 0, self.width() - left - 12, self.height())
        if room.width() >= metrics.horizontalAdvance(HINT):
            painter.drawText(room, int(RIGHT), elided(HINT, room.width()))

    def _confirming(self, painter: QPainter, left: int, middle: int) -> int:
        theme = current_theme()
        paint_frame(painter, QRect(left, middle - 6, 18, 12), "", theme, is_open=True)
        left = self._word(painter, left + 24, "To confirm")
        paint_tick(painter, QRect(left, middle - 6, 12, 12), theme)
        return self._word(painter, left + 18, "Confirmed")

    def _word(self, painter: QPainter, left: int, words: str) -> int:
        painter.setPen(current_theme().colour("text_muted"))
        width = painter.fontMetrics().horizontalAdvance(words)
        painter.drawText(QRect(left, 0, width + 2, self.height()), int(LEFT | Qt.TextFlag.TextSingleLine), words)
        return left + width + 16

    def _on_theme_changed(self, _theme: object = None) -> None:
        self.updateGeometry()
        self.update()
