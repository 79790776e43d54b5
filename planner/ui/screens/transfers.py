"""Transfers: what is to move and at which point, what is ready to close, and the plan to hand every open case back."""

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QLineEdit, QMenu, QStackedWidget, QVBoxLayout, QWidget

from planner.core.closing import stuck_by_worker
from planner.core.date_words import plain_date
from planner.core.flow_records import Checklist, Closing, ItemDone, TransferPoint
from planner.core.hand_back import HandBack, contract_ends_on, hand_back
from planner.core.paper_sheets import TRANSFERS, sheets_to_type
from planner.core.records import Allocation, Case, Child, Event, Placement, PlanSpell, Setting, Sighting, Transfer, Visit, Worker
from planner.core.transfers import ToMove
from planner.reports.hand_back_plan import HAND_BACK_PLAN
from planner.reports.report import Report, SheetOptions
from planner.reports.transfer_sheet import TRANSFER_SHEET
from planner.ui.child_tasks import child_tasks
from planner.ui.dialogs.checklist import ChecklistDialog
from planner.ui.dialogs.contract_end import ContractEndDialog
from planner.ui.dialogs.export_rows import ExportDialog
from planner.ui.dialogs.transfer_point import TransferPointDialog
from planner.ui.dialogs.type_back import TypeBackDialog
from planner.ui.keys import tip_with_key
from planner.ui.screen import Screen
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.transfers.decisions import KEYS, decide, tick
from planner.ui.transfers.list_part import ListPart
from planner.ui.transfers.panel import DecisionPanel
from planner.ui.transfers.rows import CLOSE_VIEWS, HAND_BACK_VIEWS, MOVE_VIEWS, TransferColumns
from planner.ui.widgets.button import Button
from planner.ui.widgets.view_bar import ViewBar
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk
    from planner.ui.table import RowsView

MARGINS = (28, 12, 28, 12)
FILTER_WIDTH = 190
PANEL_WIDTH, BESIDE_FROM = 430, 1370
PARTS = ("To move", "Ready to close", "Hand-back")
KEYS_TOLD = "Keys: A accept, R return, P plan or change, C close, B send back, H the whole home, 1 to 9 tick an item"
NO_END = "No end of the contract is agreed. Every open case is listed; agree the day under Agreements."


class TransfersScreen(Screen):
    """Three lists, one in view; beside it the row chosen, its checklist and its decisions."""

    name = "transfers"
    title = "Transfers"
    offers = ("Type the sheet back",)
    shows = frozenset(
        {
            Child,
            Case,
            PlanSpell,
            Placement,
            Allocation,
            Event,
            Visit,
            Sighting,
            Worker,
            Transfer,
            Closing,
            ItemDone,
            Checklist,
            TransferPoint,
            Setting,
        }
    )
    is_page_scrolled = False

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._outlook: Outlook | None = None
        self._run = 0
        self._shown_run = 0
        self.parts = ViewBar(PARTS)
        self.parts.setAccessibleName("Parts of the page")
        self.filter = QLineEdit()
        self.moving = ListPart("What is to move", (), MOVE_VIEWS, ("Week of", "Type", "From", "Done", "Worker", "Waiting"))
        self.closing = ListPart("Ready to close", (), CLOSE_VIEWS, ("Reason", "Type", "Worker"))
        self.handing = ListPart("Hand-back", (), HAND_BACK_VIEWS, ("Week of", "Missing", "Type", "Worker"))
        self.lists = (self.moving, self.closing, self.handing)
        self.pages = QStackedWidget()
        self.panel = DecisionPanel(desk)
        self.about = Words(tone="muted")
        self.agreements = Button("Agreements", small=True)
        self.by_worker = Button("Stuck by worker", self._on_by_worker_pressed, small=True)
        self.export = Button("Export", self._on_export_pressed)
        self.type_back = Button("Type the sheet back", self._on_type_back_pressed)
        self.print = Button("Print the sheet", lambda: desk.print_report(*self.printable()), kind="primary")
        self._build()
        self._connect()

    # What the window asks

    def show_outlook(self, outlook: "Outlook") -> None:
        """Fill what is to move and to close; what is to be handed back is worked out on a thread."""
        self._outlook = outlook
        self._run += 1
        columns = TransferColumns(self.desk, outlook)
        self.moving.show_rows(columns.to_move(), outlook.to_move)
        self.closing.show_rows(columns.ready(), outlook.ready_to_close)
        self._say_parts()
        self.desk.run_in_background(hand_back, outlook, self._ends_on(), then=partial(self._on_hand_back_made, self._run))

    @property
    def is_filled(self) -> bool:
        """Whether the hand-back plan is there too."""
        return self._shown_run == self._run

    def finding(self, outlook: "Outlook") -> str:
        """How many move soon, how many wait for a decision, how many are ready to close."""
        due = sum(row.is_due for row in outlook.to_move)
        moves = "child is" if due == 1 else "children are"
        decide_now = len(outlook.transfers_to_decide)
        ready = len(outlook.ready_to_close)
        said = f"{due:,} {moves} to move in the next two weeks, {decide_now:,} to decide now."
        return f"{said} {count_words(ready, 'case is', 'cases are')} ready to close."

    @staticmethod
    def count(outlook: "Outlook") -> tuple[str, bool]:
        """How many transfers and closings wait for a decision."""
        return f"{len(outlook.transfers_to_decide) + len(outlook.closures_to_authorise):,}", False

    def kept_tables(self) -> "dict[str, RowsView]":
        """The three lists."""
        return {f"{self.name}: {part.name}": part.table for part in self.lists}

    def header_actions(self) -> list[QWidget]:
        """Export what is shown, type the meeting's sheet back, print it."""
        return [self.export, self.type_back, self.print]

    def printable(self) -> tuple[Report, SheetOptions]:
        """The meeting's sheet; while the hand-back plan is in view, that."""
        return (HAND_BACK_PLAN if self.part is self.handing else TRANSFER_SHEET), SheetOptions()

    def filter_field(self) -> QWidget:
        """Where Ctrl+F goes."""
        return self.filter

    @property
    def part(self) -> ListPart:
        """The list in view."""
        return self.lists[self.parts.current]

    def stand_on(self, child_id: str) -> bool:
        """Select a child's row in the list in view; False where it is not shown."""
        return self.part.stand_on(child_id)

    # Building

    def _build(self) -> None:
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter this list")
        tip_with_key(self.filter, "filter", "Type parts of a reference, a worker, a point or a team")
        self.filter.setClearButtonEnabled(True)
        self.agreements.setMenu(self._agreements_menu())
        for part in self.lists:
            part.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            part.table.setToolTip(KEYS_TOLD)
            part.table.setAccessibleDescription(KEYS_TOLD)
            self.pages.addWidget(part)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.parts, 1)
        top.addWidget(self.by_worker)
        top.addWidget(self.agreements)
        top.addWidget(self.filter)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(24)
        self._across.addWidget(self.pages, 1)
        self._across.addWidget(self.panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.about)
        layout.addLayout(self._across, 1)
        self._on_theme_changed(current_theme())

    def _agreements_menu(self) -> QMenu:
        menu = QMenu(self)
        for words, dialog in (
            ("Transfer points", TransferPointDialog),
            ("Checklists", lambda desk, window: ChecklistDialog(desk, parent=window)),
            ("End of the contract", ContractEndDialog),
        ):
            menu.addAction(words, partial(self._open_dialog, dialog))
        return menu

    def _connect(self) -> None:
        self.parts.view_changed.connect(self._on_part_changed)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.panel.asked.connect(self._on_decision_asked)
        self.panel.ticked.connect(self._on_item_ticked)
        for part in self.lists:
            part.row_changed.connect(self._show_row)
            part.row_opened.connect(lambda row: self.desk.open_child(row.case.child.id))
            part.key_pressed.connect(self._on_key_pressed)
            part.table.clicked.connect(self._on_table_clicked)
            part.table.customContextMenuRequested.connect(self._on_menu_asked)
        theme_changes.changed.connect(self._on_theme_changed)

    # Filling

    def _ends_on(self) -> date:
        known = contract_ends_on(self.desk.workspace.snapshot)
        return known if known is not None else date.max

    def _on_hand_back_made(self, run: int, rows: tuple[HandBack, ...]) -> None:
        if run == self._run and self._outlook is not None:
            self._shown_run = run
            self.handing.show_rows(TransferColumns(self.desk, self._outlook).hand_back(), rows)
            self._say_parts()

    def _say_parts(self) -> None:
        for place, (words, part) in enumerate(zip(PARTS, self.lists, strict=True)):
            self.parts.say(place, f"{words} {len(part.rows):,}")
        self._say_about()

    def _say_about(self) -> None:
        self.by_worker.setVisible(self.part is self.closing and bool(self.closing.rows))
        if self.part is not self.handing or self._outlook is None:
            self.about.say("")
            return
        ends_on = self._ends_on()
        if ends_on == date.max:
            self.about.say(NO_END)
            return
        if ends_on < self._outlook.on:
            cases = count_words(len(self.handing.rows), "case is", "cases are")
            self.about.say(f"The contract ended on {plain_date(ends_on)}; {cases} still open.")
            return
        left = (ends_on - self._outlook.on) // timedelta(weeks=1)
        ready = sum(not row.missing for row in self.handing.rows)
        done = f"{ready:,} of {count_words(len(self.handing.rows), 'case')} with nothing missing"
        self.about.say(f"The contract ends on {plain_date(ends_on)}, in {count_words(left, 'week')}: {done}.")

    def _show_row(self) -> None:
        rows = self.part.chosen()
        row = rows[0] if rows else None
        if row is None or self._outlook is None:
            self.panel.show_nothing(bool(self.part.model.shown))
        elif isinstance(row, ToMove):
            self.panel.show_move(self._outlook, row)
        elif isinstance(row, HandBack):
            self.panel.show_hand_back(self._outlook, row)
        else:
            self.panel.show_closing(self._outlook, row)

    # What happens

    def _on_part_changed(self, place: int) -> None:
        self.pages.setCurrentIndex(place)
        self.part.set_filter(self.filter.text())
        self._say_about()
        self._show_row()

    def _on_filter_changed(self, text: str) -> None:
        self.part.set_filter(text)

    def _on_decision_asked(self, key: str) -> None:
        decide(self.desk, key, self.part.chosen(), self.window())

    def _on_key_pressed(self, typed: str) -> None:
        if typed.isdigit():
            self.panel.tick(int(typed) - 1)
        elif typed == "h":
            self.part.select_home()
        elif typed in KEYS:
            self._on_decision_asked(KEYS[typed])

    def _on_item_ticked(self, item: str, is_done: bool) -> None:
        rows = self.part.chosen()
        if rows:
            tick(self.desk, rows[0], item, is_done)

    def _on_table_clicked(self) -> None:
        rows = self.part.chosen()
        if len(rows) == 1 and not QApplication.keyboardModifiers():
            self._show_row()

    def _on_menu_asked(self, at: QPoint) -> None:
        row = self.part.table.current_row()
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open", lambda: self.desk.open_child(row.case.child.id))
        for key, button in self.panel.buttons.items():
            if not button.isHidden():
                menu.addAction(button.text(), partial(self._on_decision_asked, key))
        menu.addSeparator()
        for task in child_tasks(self.desk, row.case.child.id, self.window()):
            menu.addAction(task.title, task.run)
        menu.popup(self.part.table.viewport().mapToGlobal(at))

    def _on_by_worker_pressed(self) -> None:
        if self._outlook is not None:
            columns = TransferColumns(self.desk, self._outlook).stuck()
            self.desk.open_rows("Ready to close, by worker", columns, stuck_by_worker(self._outlook))

    def _on_export_pressed(self) -> None:
        part = self.part
        if not part.model.shown:
            self.desk.failed.emit("No row is shown, so there is nothing to export. Choose another view first.")
        else:
            ExportDialog(self.desk, part.table, f"{self.title}, {part.name.lower()}", self.name, self.window()).show_up()

    def _open_dialog(self, made: Any) -> None:
        made(self.desk, self.window()).show_up()

    def _on_type_back_pressed(self) -> None:
        if sheets_to_type(self.desk.workspace.snapshot, self.desk.today, TRANSFERS):
            self._open_dialog(TypeBackDialog)
        else:
            self.desk.failed.emit("No transfer sheet waits to be typed back. Print the sheet here first.")

    # Shape

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The row chosen beside the list, or under it where the page is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        scale = current_theme().text_scale
        is_beside = self.width() >= BESIDE_FROM * scale
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom)
        self.panel.lay_out(is_beside)
        self.panel.setMinimumWidth(round(PANEL_WIDTH * scale) if is_beside else 0)
        self.panel.setMaximumWidth(round(PANEL_WIDTH * scale) if is_beside else 16_777_215)

    def _on_theme_changed(self, theme: Theme) -> None:
        self.filter.setFixedWidth(round(FILTER_WIDTH * theme.text_scale))
        self._arrange()
