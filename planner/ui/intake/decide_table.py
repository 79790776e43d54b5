"""The children who came in, in views, decided on by key: one, a run of rows, or with Shift the whole household."""

from collections.abc import Callable, Sequence
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
from planner.ui.widgets.stat_strip import EDGE as INSET
from planner.ui.widgets.view_bar import ViewBar
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

MOST_ROWS = 14
HOW = "2 to 9 choose so many rows, H the home, Ctrl+A all"
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
        "Nobody was received in the week yet. Paste the list, or type a family above.",
    ),
    ("accepted", "Accepted", lambda found: found.accepted, "Nobody received in the week was accepted yet."),
    ("returned", "Returned", lambda found: found.returned, "Nobody received in the week was returned."),
    ("late", "Not picked up", lambda found: found.late, "Everybody was picked up within one working day."),
)
"""The views: key, title, whose rows they are, and what is said where there are none."""


class DecideView(NarrowingView):
    """The table; its letters act on the selected rows while it has the focus, with Shift on their whole homes.

    A digit selects so many rows from the one stood on. Where it is narrow, whom it is from goes first.
    """

    key_pressed = Signal(str)
    dropped_first: tuple[int, ...] = (FROM, REFERRED, HOME, BORN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A, R, H, C, D, G and the digits are passed on, as `Shift+A` with Shift; everything else is the table's own."""
        typed = event.text().upper() if event.modifiers() in _PLAIN else ""
        is_shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if typed and typed in "ARHCDG":
            self.key_pressed.emit(f"Shift+{typed}" if is_shifted else typed)
        elif typed and typed in "23456789":
            self.key_pressed.emit(typed)
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
    """Views, the buttons that decide, and the table. `accept_asked` and the others give the rows they are about."""

    accept_asked = Signal(object)
    return_asked = Signal(object)
    change_asked = Signal(object)
    take_back_asked = Signal(object)
    give_out_asked = Signal()

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
        self.accept_home = Button("Accept the home (Shift+A)", lambda: self.decide("Shift+A"), small=True)
        self.return_home = Button("Return the home (Shift+R)", lambda: self.decide("Shift+R"), small=True)
        self.change = Button("Change (C)", lambda: self.decide("C"), small=True)
        self.again = Button("Decide again (D)", lambda: self.decide("D"), small=True)
        self.chosen = Words("", "small", "muted")
        self.chosen.setWordWrap(False)
        self.chosen.setMinimumHeight(28)
        self.empty = Words("", tone="muted")
        self._place = 0
        for button, letter in (*zip(self._deciding, ("A", "R", "Shift+A", "Shift+R"), strict=True), (self.change, "C")):
            button.take_letter(letter)
        self.again.take_letter("D")
        self._lay_out()
        self.views.view_changed.connect(lambda _: self._show_view())
        self.table.key_pressed.connect(self.decide)
        self.table.row_opened.connect(self._on_row_opened)
        self.table.customContextMenuRequested.connect(self._on_menu_asked)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        theme_changes.changed.connect(self._on_theme_changed)

    @property
    def _deciding(self) -> tuple[Button, ...]:
        return self.accept, self.send_back, self.accept_home, self.return_home

    def _lay_out(self) -> None:
        self.tools = QWidget()
        flow = FlowLayout(self.tools, gap=8, line_gap=6)
        for part in (*self._deciding, self.change, self.again, self.chosen):
            flow.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.views, self.tools, self.empty, self.table):
            layout.addWidget(widget)
        for widget in (self.views, self.tools, self.empty):
            widget.setContentsMargins(INSET, 0, INSET, 0)

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
        """Stand on the first row, where there is one."""
        if self.model.rowCount():
            self.table.setFocus()
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
        is_waiting = any(row.state == TO_DECIDE for row in shown)
        for button in self._deciding:
            button.setVisible(is_waiting)
        self.again.setVisible(any(row.referral is not None and row.state != TO_DECIDE for row in shown))
        self.tools.setVisible(any(row.referral is not None for row in shown))
        self.table.stand(MOST_ROWS)
        if before is not None and shown and not any(row.id == before.id for row in shown):
            self.table.selectRow(min(max(place, 0), len(shown) - 1))
        self._on_selection_changed()

    # Deciding

    def decide(self, key: str) -> None:
        """Do what a key says with the rows selected: accept, return, change; select their homes, or a run of rows."""
        if key.endswith("G"):
            self.give_out_asked.emit()
            return
        selected = self.table.selected_rows()
        if key.isdigit():
            self._select_run(int(key))
            return
        if key.endswith(("C", "D")):
            self._put_right(key[-1], [row for row in selected if row.referral is not None])
            return
        chosen = [row for row in selected if row.state == TO_DECIDE]
        if key != "A" and key != "R":
            chosen = [row for row in household_rows(self.model.shown, chosen) if row.state == TO_DECIDE]
        if not chosen:
            self.desk.failed.emit("Choose children who wait for a decision first. Ctrl+A chooses all of them.")
        elif key.endswith("H"):
            self._select(chosen)
        elif key.endswith("A"):
            self.accept_asked.emit(tuple(chosen))
        else:
            self.return_asked.emit(tuple(chosen))

    def _put_right(self, letter: str, known: Sequence[IntakeRow]) -> None:
        """What was typed of one child, or the decision on those who were decided on."""
        decided = [row for row in known if row.state != TO_DECIDE]
        if letter == "C" and known:
            self.change_asked.emit(known[0])
        elif letter == "D" and decided:
            self.take_back_asked.emit(tuple(decided))
        elif known:
            self.desk.failed.emit("Nobody chosen was decided on yet. Press A to accept, R to return.")
        else:
            self.desk.failed.emit("Choose a child who came in through this page first.")

    def _select_run(self, count: int) -> None:
        """So many rows from the one stood on."""
        place = max(self.table.currentIndex().row(), 0)
        self._select(self.model.shown[place : place + count])

    def _select(self, rows: Sequence[IntakeRow]) -> None:
        wanted = QItemSelection()
        for row in rows:
            index = self.model.index(self.model.place_of(row), 0)
            wanted.select(index, index)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().select(wanted, flags)

    def _on_selection_changed(self, *_: Any) -> None:
        count = len(self.table.selectionModel().selectedRows()) if self.table.selectionModel() else 0
        self.chosen.setText(f"{count_words(count, 'child', 'children')} chosen" if count else HOW)

    def _on_row_opened(self, row: IntakeRow) -> None:
        if row.child is not None:
            self.desk.open_child(row.child.id)
        else:
            self.desk.failed.emit(
                "This child is not yet accepted, so there is nothing more to open. Press A to accept, R to return, C to change."
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
            menu.addAction("Accept the whole home", lambda: self.decide("Shift+A"))
            menu.addAction("Return the whole home", lambda: self.decide("Shift+R"))
            menu.addAction("Select the whole home", lambda: self.decide("H"))
        if row.referral is not None:
            menu.addAction("Change what was typed", lambda: self.change_asked.emit(row))
        if row.referral is not None and row.state != TO_DECIDE:
            menu.addAction("Decide again", lambda: self.take_back_asked.emit((row,)))
        if row.child is not None:
            child_id = row.child.id
            menu.addAction("Open", lambda: self.desk.open_child(child_id))
            for task in child_tasks(self.desk, child_id, self.window()):
                menu.addAction(task.title, task.run)
        if not menu.isEmpty():
            menu.popup(self.table.viewport().mapToGlobal(at))

    def _on_theme_changed(self) -> None:
        self.table.stand(MOST_ROWS)
