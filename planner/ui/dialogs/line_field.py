"""A line of a sheet that is typed back: Enter is its own, and what was understood of it stands beneath."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from planner.ui.dialogs.fields import TextField
from planner.ui.widgets.words import Words


class LineEdit(QLineEdit):
    """A line whose Enter is its own, and does not press the dialog's button; Ctrl+Enter is the dialog's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter enters the line."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            self.returnPressed.emit()
        else:
            event.ignore()


class LineField(TextField):
    """The line being typed, with what it says in full beneath."""

    def __init__(self, hint: str, example: str = "") -> None:
        super().__init__("Line", hint, example, edit=LineEdit())
        self.echo = Words("", "small", "muted")
        self._column.insertWidget(3, self.echo)

    @property
    def is_bare(self) -> bool:
        """Whether nothing stands there, or no more than the line's number."""
        return not self.text or self.text.isdecimal()
