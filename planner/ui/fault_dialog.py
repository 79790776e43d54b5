"""What is shown when the planner itself is at fault: what was kept, and the details, which hold places in the program only."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

WIDTH = 480
WORDS = (
    "The planner met a fault of its own. What you did before is saved; the last action may not be. "
    "You can go on working. If it happens again, show the details to whoever looks after the planner. Nothing is sent."
)


class FaultDialog(QDialog):
    """Says that the planner is at fault, with the details behind a button."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("A fault in the planner")
        self.details = QPlainTextEdit(report)
        self.details.setReadOnly(True)
        self.details.setAccessibleName("Details")
        self.details.setMinimumHeight(160)
        self.details.hide()
        show = Button("Show details", self._on_details_asked)
        copy = Button("Copy details", lambda: QGuiApplication.clipboard().setText(report))
        close = Button("Go on working", self.accept, kind="primary")
        buttons = QHBoxLayout()
        buttons.addWidget(show)
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(Words("A fault in the planner", "section"))
        layout.addWidget(Words(WORDS))
        layout.addWidget(self.details)
        layout.addLayout(buttons)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed(current_theme())
        close.setFocus()

    def _on_theme_changed(self, theme: Theme) -> None:
        self.setMinimumWidth(round(WIDTH * theme.text_scale))
        self.adjustSize()

    def _on_details_asked(self) -> None:
        self.details.setVisible(not self.details.isVisible())
        self.adjustSize()
