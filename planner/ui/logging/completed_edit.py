"""A line that shows in grey, behind what is typed, what it can be completed by; Tab takes all of it, → its next word."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from planner.core.line_completion import next_word
from planner.ui.logging.fields import ChildEdit
from planner.ui.theme import current_theme


class CompletedEdit(ChildEdit):
    """Nothing that stands in grey is part of the line until it is taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offered = ""

    def offer(self, words: str) -> None:
        """Show what the line can be completed by, or nothing."""
        self.offered = words
        self.setAccessibleDescription(f"Tab adds: {words.strip()}" if words else "")
        self.update()

    def event(self, event: QEvent) -> bool:
        """Tab and → take what is offered; where nothing is, they go where they always do."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers() and self._is_shown():
            if event.key() == Qt.Key.Key_Tab:
                self._take(self.offered)
                return True
            if event.key() == Qt.Key.Key_Right:
                self._take(next_word(self.offered))
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, and behind its end what is offered."""
        super().paintEvent(event)
        if not self._is_shown():
            return
        caret = self.cursorRect()
        room = QRect(caret.center().x() + 1, 0, self.width() - caret.center().x() - 1 - self.textMargins().right(), self.height())
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(current_theme().colour("text_muted"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.offered)
        painter.end()

    def _take(self, words: str) -> None:
        """Add the words as one change: Ctrl+Z takes back what the key added, and not what was typed before it."""
        self.cursorBackward(False)
        self.cursorForward(False)
        self.insert(words)

    def _is_shown(self) -> bool:
        return bool(self.offered) and self.hasFocus() and self.cursorPosition() == len(self.text()) and not self.hasSelectedText()
