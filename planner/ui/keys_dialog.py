"""Every key of the window, as a table (F1)."""

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.widgets.words import Words

IN_LISTS = (
    ("Open the row in the drawer", "Enter"),
    ("Copy the selected rows", "Ctrl+C"),
    ("Menu of the row", "Shift+F10"),
    ("Calendar of a date field", "Alt+Down"),
)
COLUMNS = (
    Column("What it does", lambda row: row[0], strong=True, stretch=True, width=280),
    Column("Key", lambda row: row[1], width=140),
)


class KeysDialog(QDialog):
    """What each key does."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        keys = ((action.text().partition(":")[0], action.shortcut().toString()) for action in actions if action.isVisible())
        rows = [(words, key) for words, key in keys if key]
        table = RowsView(RowsModel(COLUMNS, (*rows, *IN_LISTS), self), "Keys", "row_compact")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(Words("Keys of the window", "section"))
        layout.addWidget(table, 1)
        layout.addWidget(buttons)
        self.resize(560, 560)
        table.setFocus()
