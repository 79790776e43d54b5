"""A label in one of the design's type roles, which keeps its size when the theme or the text size changes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from planner.ui.theme import Theme, current_theme, theme_changes


class Words(QLabel):
    """Plain text in a role (`section`, `strong`, `small`, …) and a tone (`muted`, `overdue`, …); long text wraps."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.set_tone(tone)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed(current_theme())

    def set_tone(self, tone: str) -> None:
        """Take the colour of a state; an empty tone is plain text."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            if self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
                self.style().polish(self)  # sooner, or with unpolish, Qt would forget the font when the label is shown
                self._on_theme_changed(current_theme())  # and a label not shown yet falls back to the size it was made in

    def set_role(self, role: str) -> None:
        """Take another role of type."""
        if role != self._role:
            self._role = role
            self._on_theme_changed(current_theme())

    def say(self, text: str, tone: str | None = None) -> None:
        """Show a text, and no room where there is none."""
        self.setText(text)
        self.setVisible(bool(text))
        if tone is not None:
            self.set_tone(tone)

    def _on_theme_changed(self, theme: Theme) -> None:
        self.setFont(theme.font(self._role))
