"""Views of a list side by side, one of them chosen: a word, its number, and a line under the one in use."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.flow import FlowLayout

PADDING = 2
UNDERLINE = 2
GAP = 16


class ViewButton(QAbstractButton):
    """One view: accent while it is not in use, strong and underlined while it is."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setCheckable(True)
        self.setProperty("paintsFocus", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme_changes.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        """Room for the words at their heavier weight, so that nothing moves when one is chosen."""
        metrics = QFontMetrics(current_theme().font("strong"))
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * PADDING, max(metrics.height() + 10, 28))

    def minimumSizeHint(self) -> QSize:
        """No view is cut off; the bar breaks its line instead."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, line and focus."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setFont(theme.font("strong" if self.isChecked() else "body"))
        painter.setPen(theme.colour("text" if self.isChecked() else "accent_hover" if self.underMouse() else "accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.isChecked():
            painter.fillRect(0, self.height() - UNDERLINE, self.width(), UNDERLINE, theme.colour("accent"))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus_ring")))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _on_theme_changed(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()


class ViewBar(QWidget):
    """The views in lines, broken where the width ends; Left and Right choose the next."""

    view_changed = Signal(int)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = [ViewButton(name) for name in names]
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group = QButtonGroup(self)
        layout = FlowLayout(self, gap=GAP, line_gap=2)
        for number, button in enumerate(self.buttons):
            self._group.addButton(button, number)
            layout.addWidget(button)
        self.buttons[0].setChecked(True)
        self._group.idToggled.connect(self._on_button_toggled)

    @property
    def current(self) -> int:
        """The place of the view in use."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Use another view."""
        self.buttons[number].setChecked(True)

    def say(self, number: int, words: str) -> None:
        """Other words for a view, such as a new count."""
        self.buttons[number].setText(words)
        self.buttons[number].updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right choose the view beside."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        number = min(max(self.current + step, 0), len(self.buttons) - 1)
        self.choose(number)
        self.buttons[number].setFocus()

    def _on_button_toggled(self, number: int, is_chosen: bool) -> None:
        if is_chosen:
            self.view_changed.emit(number)
