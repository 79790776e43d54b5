"""Chase: for each worker what is late, missing or not yet in the case system, and what was promised."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from planner.core.paper_sheets import CHASE, DAY, sheets_to_type
from planner.reports.chase_sheet import CHASE_SHEET
from planner.reports.day_sheet import DAY_SHEET
from planner.reports.kpi_exceptions import KPI_EXCEPTIONS
from planner.reports.report import Report, SheetOptions
from planner.ui.chase.pane import ChasePane
from planner.ui.chase.rows import ChaseRow, chase_rows, finding, worker_columns
from planner.ui.chase.tables import ScrolledRows
from planner.ui.dialogs.type_sheet import TypeSheetDialog
from planner.ui.screen import Screen
from planner.ui.table import RowsModel
from planner.ui.theme import current_theme
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

MARGINS = (28, 12, 28, 12)
WORKERS_WIDTH, GAP = 376, 24
UNDER_EACH_OTHER = 900
SHORT_LIST, LEAST_LIST = 5, 3
"""Rows of the list of workers where it stands over the other."""
NOTHING = "Whatever is late, missing or not in the case system appears here by itself, and goes when it is put right."


class ChaseScreen(Screen):
    """Workers at the left, what is missing of one of them at the right. What is put right vanishes by itself."""

    name = "chase"
    title = "Chase"
    offers = ("Type a sheet back",)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.workers_model = RowsModel(worker_columns())
        self.workers = ScrolledRows(self.workers_model, "Workers")
        self.pane = ChasePane(desk)
        self.nothing = Words("", "body", "muted")
        self._chosen: str | None = None
        self._is_showing = False
        self._beside = QWidget()
        self._row = QHBoxLayout(self._beside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addWidget(self.workers)
        self._row.addWidget(self.pane, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*MARGINS)
        column.addWidget(self.nothing)
        column.addWidget(self._beside, 1)
        column.addStretch(0)
        self.workers.row_selected.connect(self._on_worker_selected)
        self.workers.row_opened.connect(lambda _row: self.pane.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.pane.next_asked.connect(self.open_next_worker)
        self.pane.sheet_asked.connect(self.print_sheet)

    # What the window asks

    def finding(self, outlook: "Outlook") -> str:
        """How much is late, missing and not recorded, and how much of it to ask for today."""
        return finding(outlook)

    @staticmethod
    def count(outlook: "Outlook") -> tuple[str, bool]:
        """How many things are to be asked for today."""
        due = len(outlook.gaps_to_chase)
        return (f"{due:,}" if due else ""), False

    def show_outlook(self, outlook: "Outlook") -> None:
        """Show the workers, and stay with the one in view while anything of theirs is missing."""
        rows = chase_rows(outlook)
        self._is_showing = True
        self.workers_model.set_rows(rows)
        self._is_showing = False
        self.nothing.say("" if rows else NOTHING)
        self._beside.setVisible(bool(rows))
        self._show_worker(next((row for row in rows if row.worker_id == self._chosen), rows[0] if rows else None))

    # Workers

    def open_next_worker(self) -> None:
        """Stand on the next worker of the list, the first after the last."""
        rows = self.workers_model.shown
        if not rows:
            return
        place = next((place for place, row in enumerate(rows) if row.worker_id == self._chosen), -1)
        self._show_worker(rows[(place + 1) % len(rows)])
        self.pane.table.selectRow(0)
        self.pane.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_worker(self, row: ChaseRow | None) -> None:
        outlook = self.desk.outlook
        if outlook is None:
            return
        self._chosen = row.worker_id if row is not None else self._chosen
        self._is_showing = True
        if row is not None:
            self.workers.select_row(row)
        self._is_showing = False
        self.pane.show_row(outlook, row)

    def _on_worker_selected(self, row: Any) -> None:
        if row is not None and not self._is_showing:
            self._show_worker(row)

    # Sheets

    def header_actions(self) -> list[QWidget]:
        """What the KPIs of the month missed, and a sheet that comes back filled in."""
        exceptions = Button("Print KPI exceptions", lambda: self.desk.print_report(KPI_EXCEPTIONS, SheetOptions()))
        return [exceptions, Button("Type a sheet back", self.type_sheet)]

    def printable(self) -> tuple[Report, SheetOptions] | None:
        """The chase sheet of the worker in view."""
        row = self.pane.row
        return (CHASE_SHEET, SheetOptions(worker_id=row.worker_id)) if row is not None and row.worker is not None else None

    def print_sheet(self, kind: str) -> None:
        """Show the sheet of the worker in view as it will print; there it gets its number, so that it can be typed back."""
        row = self.pane.row
        if row is None or row.worker is None:
            self.desk.failed.emit("Choose a worker: what is nobody's has no sheet of its own.")
            return
        self.desk.print_report(CHASE_SHEET if kind == CHASE else DAY_SHEET, SheetOptions(worker_id=row.worker_id))

    def type_sheet(self) -> None:
        """Type back a sheet that was filled in by hand."""
        refusal = self.desk.reason_not_to_edit()
        if not refusal and not sheets_to_type(self.desk.workspace.snapshot, self.desk.today, CHASE, DAY):
            refusal = "No numbered sheet waits to be typed back. Print one here first."
        if refusal:
            self.desk.failed.emit(refusal)
        else:
            TypeSheetDialog(self.desk, self.window()).show_up()

    # Beside or under each other

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two lists side by side where there is room, else one under the other."""
        super().resizeEvent(event)
        scale = current_theme().text_scale
        narrow = self.width() < UNDER_EACH_OTHER * scale
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        row = self.workers.verticalHeader().defaultSectionSize()
        self.workers.setMaximumWidth(16_777_215 if narrow else round(WORKERS_WIDTH * scale))
        self.workers.setMinimumWidth(0 if narrow else round(WORKERS_WIDTH * scale))
        self.workers.setMinimumHeight((LEAST_LIST + 1) * row if narrow else 0)
        self.pane.table.setMinimumHeight((LEAST_LIST + 1) * row)
        self.workers.setMaximumHeight((SHORT_LIST + 1) * row if narrow else 16_777_215)
