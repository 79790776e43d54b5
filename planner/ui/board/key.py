"""What the colours and shadings of the board mean, in a line beneath it."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.core.codes import PLAN_MARKS, PLANS
from planner.ui.board.blocks import LEFT, RIGHT, paint_corner, paint_frame, paint_tick
from planner.ui.board.lettering import width_of
from planner.ui.charts.fills import fill
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.hatch import paint_hatch

PLANS_SHOWN = {"assessment": "chart_1", "cin": "chart_2", "cp": "chart_3", "lac": "chart_4"}
HINT = "Ctrl+M moves, Ctrl+Enter confirms"
LEFT_EDGE, RIGHT_EDGE = 14, 12


def _paint_duty(painter: QPainter, box: QRect) -> None:
    painter.fillRect(box, current_theme().colour("duty_fill"))


def _paint_open(painter: QPainter, box: QRect) -> None:
    paint_frame(painter, box, "", current_theme(), is_open=True)


def _paint_confirmed(painter: QPainter, box: QRect) -> None:
    paint_tick(painter, box.adjusted(0, 0, -4, 0), current_theme())


def _paint_pinned(painter: QPainter, box: QRect) -> None:
    paint_frame(painter, box, "", current_theme())
    paint_corner(painter, box, current_theme())


MARKS: dict[str, Callable[[QPainter, QRect], None]] = {
    "Away or does not work": paint_hatch,
    "Duty": _paint_duty,
    "To confirm": _paint_open,
    "Confirmed": _paint_confirmed,
    "Pinned": _paint_pinned,
}
"""What is shaded or marked, and how it is painted into a small box."""


class BoardKey(QWidget):
    """Plans, away, duty, and the key that moves a visit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        plans = ", ".join(f"{PLAN_MARKS[plan]} {PLANS[plan].lower()}" for plan in PLANS_SHOWN)
        self.setAccessibleName(
            f"Key: {plans}; hatched: away or does not work; filled: duty; broken edge: to confirm; tick: confirmed; "
            f"filled corner: pinned. {HINT}"
        )
        theme_changes.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        """One small line."""
        return QSize(200, current_theme().line("small") + 14)

    def minimumSizeHint(self) -> QSize:
        """As narrow as may be: what has no room is left out from the right."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Mark and words, one after another; the plans by their letters alone where the rest would have no room."""
        theme, painter = current_theme(), QPainter(self)
        painter.setFont(theme.font("small"))
        hint = width_of(HINT) + RIGHT_EDGE
        whole = self._paint_marks(None, plan_words=True) + hint <= self.width()
        left = self._paint_marks(painter, plan_words=whole)
        if left + hint <= self.width():
            painter.drawText(self.rect().adjusted(left, 0, -RIGHT_EDGE, 0), int(RIGHT), HINT)

    def _paint_marks(self, painter: QPainter | None, plan_words: bool) -> int:
        """Paint them, or only measure; answers where they end."""
        theme, middle, left = current_theme(), self.height() // 2, LEFT_EDGE
        for plan, colour in PLANS_SHOWN.items():
            if painter is not None:
                painter.fillRect(QRect(left, middle - 4, 9, 9), fill(theme, colour))
            words = f"{PLANS[plan]} ({PLAN_MARKS[plan]})" if plan_words else PLAN_MARKS[plan]
            left = self._word(painter, left + 15, words)
        for words, paint in MARKS.items():
            if painter is not None and left + 24 + width_of(words) > self.width():
                break  # whole, or not at all
            if painter is not None:
                paint(painter, QRect(left, middle - 6, 18, 12))
            left = self._word(painter, left + 24, words)
        return left

    def _word(self, painter: QPainter | None, left: int, words: str) -> int:
        width = width_of(words)
        if painter is not None:
            painter.setPen(current_theme().colour("text_muted"))
            painter.drawText(QRect(left, 0, width + 2, self.height()), int(LEFT | Qt.TextFlag.TextSingleLine), words)
        return left + width + 16

    def _on_theme_changed(self, _theme: object = None) -> None:
        self.updateGeometry()
        self.update()
