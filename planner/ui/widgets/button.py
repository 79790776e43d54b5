"""Buttons in the design's three kinds, their words at weight 500."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from planner.ui.theme import Theme, current_theme, theme_changes


class Button(QPushButton):
    """A button that says a verb and its object; `kind` is empty, `primary` (one on a page), `link` or `foot` (small, muted)."""

    def __init__(
        self,
        text: str,
        on_pressed: Callable[[], object] | None = None,
        kind: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self.setProperty("small", "true" if small else "false")
        self.setAutoDefault(False)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if on_pressed is not None:
            self.clicked.connect(lambda _checked=False: on_pressed())
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed(current_theme())

    def take_letter(self, letter: str) -> None:
        """Be pressed by Alt and the letter from anywhere on its page; the letter alone is the list's to hear."""
        alt_letter(self, letter, self.click)

    def _on_theme_changed(self, theme: Theme) -> None:
        self.setFont(theme.font({"link": "body", "foot": "small"}.get(self.property("kind"), "button")))


def alt_letter(widget: QWidget, letter: str, act: Callable[[], object]) -> None:
    """Act by Alt and a letter (`A`, `Shift+A`) while the widget is seen, and let its tooltip say so beside the letter alone."""
    QShortcut(QKeySequence(f"Alt+{letter}"), widget, act)
    keys = f"{letter} in the list, Alt+{letter} anywhere on the page"
    told = widget.toolTip()
    widget.setToolTip(f"{told} ({keys})" if told else keys)
    widget.setAccessibleDescription(widget.toolTip())
