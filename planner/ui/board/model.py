"""The board as a table: one row a worker and one for nobody, one cell a day; the same for eyes, keys and screen readers."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from planner.core.board import Board, BoardCell, BoardRow
from planner.core.date_words import full_date
from planner.ui.board.words import ChildWords, cell_name, cell_text, day_words, row_name, worker_name
from planner.ui.wording import count_words

Index = QModelIndex | QPersistentModelIndex


class BoardModel(QAbstractTableModel):
    """Holds one board; a later one replaces it whole."""

    def __init__(self, child_words: ChildWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.child_words = child_words
        self.board: Board | None = None

    def show_board(self, board: Board) -> None:
        """Take another board."""
        self.beginResetModel()
        self.board = board
        self.endResetModel()

    def row(self, number: int) -> BoardRow | None:
        """One row, or None where there is none."""
        rows = self.board.rows if self.board else ()
        return rows[number] if 0 <= number < len(rows) else None

    def cell(self, row: int, column: int) -> BoardCell | None:
        """One cell, or None where there is none."""
        found = self.row(row)
        return found.cells[column] if found and 0 <= column < len(found.cells) else None

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Workers and nobody."""
        return 0 if parent.isValid() or self.board is None else len(self.board.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Days."""
        return 0 if parent.isValid() or self.board is None else len(self.board.days)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell in one line, or in full for a screen reader."""
        cell, row = self.cell(index.row(), index.column()), self.row(index.row())
        if cell is None or row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cell_name(row, cell, self.child_words)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Days across, workers down."""
        if self.board is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        spoken = role == Qt.ItemDataRole.AccessibleTextRole
        if orientation == Qt.Orientation.Vertical:
            row = self.row(section)
            return (row_name(row) if spoken else worker_name(row)) if row else None
        if section >= len(self.board.days):
            return None
        day = self.board.days[section]
        if not spoken:
            return day_words(day)
        holiday = self.board.school_holidays[section] if self.board.school_holidays else ""
        said = [full_date(day), count_words(self.board.trips_on(section), "visit")]
        return ", ".join([*said, f"school holidays: {holiday}"] if holiday else said)
