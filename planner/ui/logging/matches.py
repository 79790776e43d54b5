"""The children who may be meant, listed to choose from while what is typed does not decide."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from planner.core.records import Child
from planner.ui.logging.words import choice_columns
from planner.ui.table import RowsModel
from planner.ui.widgets.fitted_rows import FittedRows

if TYPE_CHECKING:
    from planner.ui.desk import Desk


class Matches(FittedRows):
    """The list; Enter or a click takes a child, Esc or Up from the first goes back to what was typed."""

    left = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        self.children_model = RowsModel(choice_columns(desk))
        super().__init__(self.children_model, "Children who may be meant", parent=parent)
        self.clicked.connect(lambda index: self.row_opened.emit(self.children_model.row_at(index)))
        self.hide()

    def show_children(self, children: tuple[Child, ...]) -> None:
        """List these children, or nothing."""
        if children != self.children_model.rows:
            self.children_model.set_rows(children)
            self.fit_height()
        self.setVisible(bool(children))

    def enter(self) -> None:
        """Stand on the first child."""
        self.selectRow(0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, and Up from the first row, leave the list."""
        is_up = event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0
        if is_up or event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
