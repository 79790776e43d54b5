"""The children who came in, in views, decided on by key: A accepts, R returns, H takes the whole household."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from planner.core.intake import TO_DECIDE, Intake, IntakeRow, household_rows
from planner.ui.child_tasks import child_tasks
from planner.ui.intake.words import BORN, FROM, HOME, REFERRED, intake_columns
from planner.ui.table import RowsModel
from planner.ui.team.narrowing import NarrowingView
from planner.ui.theme import theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.view_bar import ViewBar
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

MOST_ROWS = 14
VIEWS: tuple[tuple[str, str, Callable[[Intake], tuple[IntakeRow, ...]], str], ...] = (
    (
        "waiting",
        "To decide",
        lambda found: found.waiting,
        "No child waits for a decision. Paste the list, or type a family above.",
    ),
    (
        "received",
        "Received",
        lambda found: found.received,
        "Nobody was received this week yet. Paste the list, or type a family above.",
    ),
    ("accepted", "Accepted", lambda found: found.accepted, "Nobody received this week was accepted yet."),
    ("returned", "Returned", lambda found: found.returned, "Nobody received this week was returned."),
    ("late", "Not picked up", lambda found: found.late, "Everybody was picked up within one working day."),
)
"""The views: key, title, whose rows they are, and what is said where there are none."""


class DecideView(NarrowingView):
    """The table; its letters act on the selected rows while it has the focus. Where it is narrow, whom it is from goes first."""

    key_pressed = Signal(str)
    dropped_first = (FROM, REFERRED, HOME, BORN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A, R and H decide; everything else is the table's own."""
        letter = event.text().upper() if event.modifiers() in _PLAIN else ""
        if letter in ("A", "R", "H"):
            self.key_pressed.emit(letter)
        else:
            super().keyPressEvent(event)

    def stand(self, most: int) -> None:
        """Be as high as the rows, up to `most` of them; then scroll."""
        row = self.verticalHeader().defaultSectionSize()
        rows = self.model().rowCount()
        spare = row * max(0, rows - most)
        bar = self.horizontalScrollBar().sizeHint().height() if self.horizontalScrollBar().maximum() else 0
        self.setFixedHeight(self.height_of_all() - spare + bar + 2)


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ShiftModifier)


class DecideTable(QWidget):
    """Views, the buttons that decide, and the table. `accept_asked` and `return_asked` give the rows chosen."""

    accept_asked = Signal(object)
    return_asked = Signal(object)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.found: Intake | None = None
        self.views = ViewBar([title for _, title, _, _ in VIEWS])
        self.views.setAccessibleName("Views of the intake")
        self.model = RowsModel(intake_columns(desk, ()))
        self.table = DecideView(self.model, "Children who came in")
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.accept = Button("Accept (A)", lambda: self.decide("A"), small=True)
        self.send_back = Button("Return (R)", lambda: self.decide("R"), small=True)
        self.household = Button("Select the whole home (H)", lambda: self.decide("H"), small=True)
        self.chosen = Words("", "small", "muted")
        self.chosen.setWordWrap(False)
        self.chosen.setMinimumHeight(28)
        self.empty = Words("", tone="muted")
        self._place = 0
        self._lay_out()
        self.views.view_changed.connect(lambda _: self._show_view())
        self.table.key_pressed.connect(self.decide)
        self.table.row_opened.connect(self._on_row_opened)
        self.table.customContextMenuRequested.connect(self._on_menu_asked)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        theme_changes.changed.connect(self._on_theme_changed)

    def _lay_out(self) -> None:
        self.tools = QWidget()
        flow = FlowLayout(self.tools, gap=8, line_gap=6)
        for part in (self.accept, self.send_back, self.household, self.chosen):
            flow.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.views, self.tools, self.empty, self.table):
            layout.addWidget(widget)

    def show_intake(self, found: Intake) -> None:
        """Show the intake; the place the keyboard stands on is kept, or the next row where its row has gone."""
        self.found = found
        for number, (_, title, rows, _) in enumerate(VIEWS):
            self.views.say(number, f"{title} {len(rows(found)):,}")
        self._show_view()

    def choose_view(self, key: str) -> None:
        """Use another view, by its key."""
        self.views.choose([one for one, *_ in VIEWS].index(key))

    def select_first(self) -> None:
        """Stand on the first row."""
        self.table.setFocus()
        if self.model.rowCount():
            self.table.selectRow(0)

    def _show_view(self) -> None:
        if self.found is None:
            return
        _, _, rows, empty = VIEWS[self.views.current]
        shown = rows(self.found)
        before, place = self.table.current_row(), self.table.currentIndex().row()
        self.model.set_columns(intake_columns(self.desk, shown))
        self.model.set_rows(shown)
        self.empty.say("" if shown else empty)
        self.table.setVisible(bool(shown))
        self.tools.setVisible(any(row.state == TO_DECIDE for row in shown))
        self.table.stand(MOST_ROWS)
        if before is not None and shown and not any(row.id == before.id for row in shown):
            self.table.selectRow(min(max(place, 0), len(shown) - 1))
        self._on_selection_changed()

    # Deciding

    def decide(self, letter: str) -> None:
        """Accept, return, or take the whole household of what is selected."""
        chosen = [row for row in self.table.selected_rows() if row.state == TO_DECIDE]
        if not chosen:
            self.desk.failed.emit("Choose children who wait for a decision first. Ctrl+A chooses all of them.")
        elif letter == "H":
            self._select(household_rows(self.model.shown, chosen))
        elif letter == "A":
            self.accept_asked.emit(tuple(chosen))
        else:
            self.return_asked.emit(tuple(chosen))

    def _select(self, rows: tuple[IntakeRow, ...]) -> None:
        wanted = QItemSelection()
        for row in rows:
            index = self.model.index(self.model.place_of(row), 0)
            wanted.select(index, index)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().select(wanted, flags)

    def _on_selection_changed(self, *_: Any) -> None:
        count = len(self.table.selectionModel().selectedRows()) if self.table.selectionModel() else 0
        self.chosen.setText(f"{count_words(count, 'child', 'children')} chosen" if count else "Ctrl+A chooses all")

    def _on_row_opened(self, row: IntakeRow) -> None:
        if row.child is not None:
            self.desk.open_child(row.child.id)
        else:
            self.desk.failed.emit(
                "This child is not yet accepted, so there is nothing more to open. Press A to accept, R to return."
            )

    def _on_menu_asked(self, at: QPoint) -> None:
        row = self.table.current_row()
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if row.state == TO_DECIDE:
            menu.addAction("Accept", lambda: self.decide("A"))
            menu.addAction("Return with a reason", lambda: self.decide("R"))
            menu.addAction("Select the whole home", lambda: self.decide("H"))
        if row.child is not None:
            child_id = row.child.id
            menu.addAction("Open", lambda: self.desk.open_child(child_id))
            for task in child_tasks(self.desk, child_id, self.window()):
                menu.addAction(task.title, task.run)
        if not menu.isEmpty():
            menu.popup(self.table.viewport().mapToGlobal(at))

    def _on_theme_changed(self) -> None:
        self.table.stand(MOST_ROWS)
