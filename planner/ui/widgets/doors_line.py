"""A line of figures in a sentence: what it is about, then each number with its noun as a link to its rows."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.words import Words


class DoorsLine(QWidget):
    """`Since Monday 16 November: 12 new, 9 closed`; `pressed` says which was opened. A line breaks where the width ends."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = Words(tone="muted")
        self.about.setWordWrap(False)
        self.links: dict[str, Button] = {}
        self._line = FlowLayout(self, gap=12, line_gap=0)
        self._line.addWidget(self.about)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def say(self, about: str) -> None:
        """Say what the figures are about; they stay until others come."""
        self.about.setText(about)

    def show_doors(self, doors: Iterable[tuple[str, int, str]]) -> None:
        """Show figures: a key, a number, and its noun. What is 0 is said too."""
        for key, count, noun in doors:
            if key not in self.links:
                self.links[key] = Button("", partial(self.pressed.emit, key), kind="link", parent=self)
                self._line.addWidget(self.links[key])
            link = self.links[key]
            link.setText(f"{count:,} {noun}")
            link.setAccessibleName(f"{self.about.text()} {count:,} {noun}")
            link.setAccessibleDescription("Opens the rows behind this figure")
            link.show()
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        least = current_theme().size("target_minimum")
        self.about.setMinimumHeight(least)
        for link in self.links.values():
            link.setMinimumHeight(least)
        self._line.invalidate()
        self.updateGeometry()
