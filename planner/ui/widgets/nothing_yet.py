"""What stands on a page while the workspace has nobody in it: a sentence, and the button to where they are brought in."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words


class NothingYet(QWidget):
    """Hidden until it is given a sentence to say; `open_page` is asked for the page of the case system by its name.

    `kind` is the button's: `primary` where the page has no other such button.
    """

    def __init__(self, open_page: Callable[[str], None], kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Words("", "body", "muted")
        self.begin = Button("Open the Case system page", lambda: open_page("import"), kind=kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def say(self, sentence: str) -> None:
        """Stand there with a sentence; with none take no room."""
        self.words.setText(sentence)
        self.setVisible(bool(sentence))

    def text(self) -> str:
        """The sentence said."""
        return self.words.text()
