"""The calendar as a table: one row a worker, one cell a day; the same for eyes, keys and screen readers."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from planner.core.date_words import full_date
from planner.core.team_calendar import CalendarCell, CalendarRow, TeamCalendar
from planner.core.worker_days import Shade
from planner.ui.wording import names_in_a_row

Index = QModelIndex | QPersistentModelIndex
PARTS = {"am": "in the morning", "pm": "in the afternoon"}


def shade_words(shade: Shade) -> str:
    """`Away in the morning`."""
    return f"{shade.word} {PARTS[shade.part]}" if shade.part in PARTS else shade.word


def cell_name(row: CalendarRow, cell: CalendarCell) -> str:
    """A cell in full: `Dev Patel, Monday 23 November 2026: Court in the morning`."""
    said = names_in_a_row([shade_words(shade) for shade in cell.shades]) or "free"
    return f"{row.worker.name}, {full_date(cell.day)}: {said}"


class CalendarModel(QAbstractTableModel):
    """Holds one calendar; a later one replaces it whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.calendar: TeamCalendar | None = None

    def show_calendar(self, calendar: TeamCalendar) -> None:
        """Take another calendar."""
        self.beginResetModel()
        self.calendar = calendar
        self.endResetModel()

    def row(self, number: int) -> CalendarRow | None:
        """One worker's days, or None where there is no such row."""
        rows = self.calendar.rows if self.calendar else ()
        return rows[number] if 0 <= number < len(rows) else None

    def cell(self, row: int, column: int) -> CalendarCell | None:
        """One cell, or None where there is none."""
        found = self.row(row)
        return found.cells[column] if found and 0 <= column < len(found.cells) else None

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Workers."""
        return 0 if parent.isValid() or self.calendar is None else len(self.calendar.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Days."""
        return 0 if parent.isValid() or self.calendar is None else len(self.calendar.days)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What fills a day, in full for a screen reader and under the pointer."""
        cell, row = self.cell(index.row(), index.column()), self.row(index.row())
        if cell is None or row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return ", ".join(cell.words)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return cell_name(row, cell)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Days across, with how many are in; workers down."""
        shown = role == Qt.ItemDataRole.DisplayRole
        if self.calendar is None or not (shown or role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)):
            return None
        if orientation == Qt.Orientation.Vertical:
            row = self.row(section)
            return row.worker.name if row else None
        if section >= len(self.calendar.days):
            return None
        day = self.calendar.days[section]
        if shown:
            return str(day.day)
        holiday = self.calendar.school_holidays[section]
        said = [full_date(day), f"{self.calendar.at_work(section)} of {len(self.calendar.rows)} at work"]
        return ", ".join([*said, f"school holidays: {holiday}"] if holiday else said)
