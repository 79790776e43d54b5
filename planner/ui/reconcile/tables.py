"""The lists of the comparison: kinds and lines, both chosen by Space or by a press on the first column."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.table import RowsModel, RowsView


class ChosenRows(RowsView):
    """A table whose selected rows Space chooses, or leaves again."""

    toggled = Signal()

    def __init__(self, model: RowsModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, name, parent=parent)
        self.gives_way = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses; all else is the table's own."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.toggled.emit()
        else:
            super().keyPressEvent(event)


class DifferenceRows(ChosenRows):
    """The differences: a press on what becomes of a line chooses it too."""

    def __init__(self, model: RowsModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, name, parent)
        self.clicked.connect(self._on_index_clicked)

    def _on_index_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0 and len(self.selectionModel().selectedRows()) == 1:
            self.toggled.emit()
