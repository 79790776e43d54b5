"""A box to tick, with an edge that can be seen in every theme."""

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from planner.ui.theme import current_theme


class Tick(QCheckBox):
    """A check box; the style takes its edge from the window's colour, which is lost on a dark page, so it is drawn here."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box as the style draws it, then its edge."""
        super().paintEvent(event)
        theme = current_theme()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        painter.setPen(QPen(theme.colour("border_control" if self.isEnabled() else "border"), 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.end()
