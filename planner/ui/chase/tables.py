"""The two lists of the Chase page: columns always fit, rows scroll; of one worker's gaps, letters act while it has the keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.table import RowsModel
from planner.ui.widgets.fitted_rows import FittedRows

KEYS = {
    Qt.Key.Key_C: "copy",
    Qt.Key.Key_P: "promise",
    Qt.Key.Key_S: "story",
    Qt.Key.Key_R: "record",
    Qt.Key.Key_N: "next",
}


class ScrolledRows(FittedRows):
    """A list that takes the height there is."""

    def __init__(self, model: RowsModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, name, parent=parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)


class GapRows(ScrolledRows):
    """One worker's gaps. C, P, S, R and N act only while the list itself has the focus (WCAG 2.1.4); each has its button."""

    asked = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter alone acts; all else is the table's own."""
        task = KEYS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if task is not None and plain:
            self.asked.emit(task)
        else:
            super().keyPressEvent(event)

    def fit_most_height(self) -> None:
        """Take no more height than the rows there are need, so that what stands beneath follows them."""
        self.setMaximumHeight(max(self.minimumHeight(), self.height_of_all()))

    def _on_theme_changed(self, theme: object = None) -> None:
        super()._on_theme_changed(theme)
        self.fit_most_height()
