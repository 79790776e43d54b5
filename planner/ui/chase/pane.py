"""One worker's gaps with what can be done about them: copy the message, note a promise, tell the story, mark visits recorded."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.actions.chase import note_chased, note_promise, record_visits
from planner.core.chase import KINDS, LATE, UNRECORDED, Gap
from planner.core.chase_message import again_after, message
from planner.core.paper_sheets import CHASE, DAY
from planner.ui.chase.rows import ChaseRow, gap_columns
from planner.ui.chase.tables import GapRows
from planner.ui.clipboard import copy_text
from planner.ui.dialogs.story import StoryDialog
from planner.ui.table import RowsModel
from planner.ui.widgets.button import Button, alt_letter
from planner.ui.widgets.date_field import DateField
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words, list_date

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

HINT = "Keys in the list: C copies, P notes a promise, S tells the story, R marks recorded, N is the next worker."
AGAIN_HINT = "Left empty: the working day after the promise, or in two working days."


class PromiseLine(DateField):
    """The day that was promised; Enter keeps it, Escape goes back to the list."""

    kept = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape are the line's; the date field's own come first."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ChasePane(QWidget):
    """The right side of the page; `next_asked` says that the next worker is wanted, `sheet_asked` which sheet of this one's."""

    next_asked = Signal()
    sheet_asked = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.row: ChaseRow | None = None
        self.heading, self.count = Words("", "section"), Words("", "body", "muted")
        self.model = RowsModel(())
        self.table = GapRows(self.model, "What is late or missing")
        self.copy = Button("Copy message", self.copy_message, kind="primary")
        self.record = Button("Mark recorded", self.record_selected)
        self.story = Button("Tell story", self.tell_story)
        self.promise = PromiseLine(desk.today, desk.reference.calendar, "Promised by", check=self._against)
        self.again = PromiseLine(desk.today, desk.reference.calendar, "Ask again on", check=self._against_again, hint=AGAIN_HINT)
        self.keep = Button("Keep the days", self.keep_promise)
        self.next = Button("Next worker", self.next_asked.emit)
        self.sheet = Button("Print sheet", lambda: self.sheet_asked.emit(CHASE))
        self.day = Button("Print day", lambda: self.sheet_asked.emit(DAY))
        self.hint = Words(HINT, "small", "muted")
        for button, letter in ((self.copy, "C"), (self.story, "S"), (self.record, "R"), (self.next, "N")):
            button.take_letter(letter)
        alt_letter(self.promise.line, "P", lambda: self._on_key_asked("promise"))
        self._build()

    def _build(self) -> None:
        label, again = Words("Promised by", "strong"), Words("Ask again on", "strong")
        label.setBuddy(self.promise.line)
        again.setBuddy(self.again.line)
        buttons, promise = QWidget(), QWidget()
        for room, parts in (
            (buttons, (self.copy, self.story, self.record, self.next, self.sheet, self.day)),
            (promise, (_under(label, self.promise), _under(again, self.again, self.keep))),
        ):
            flow = FlowLayout(room, gap=8, line_gap=8)
            for part in parts:
                flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.heading, self.count, buttons, self.table, promise, self.hint):
            column.addWidget(part)
        column.setStretchFactor(self.table, 1)
        column.addStretch(0)
        self.table.asked.connect(self._on_key_asked)
        self.table.row_opened.connect(self._on_row_opened)
        for line in (self.promise, self.again):
            line.kept.connect(self.keep_promise)
            line.left.connect(self.table.setFocus)

    # Showing

    def show_row(self, outlook: "Outlook", row: ChaseRow | None) -> None:
        """Show one worker's gaps, nobody's, or that there is nothing."""
        self.row = row
        self.setVisible(row is not None)
        if row is None:
            return
        self.heading.setText(row.name)
        counts = [f"{number:,} {KINDS[kind].lower()}" for kind in KINDS if (number := row.counts[kind])]
        self.count.say(f"{count_words(len(row.gaps), 'thing')}: {', '.join(counts)}.")
        self.table.setAccessibleName(f"Late or missing: {row.name}")
        self.model.set_columns(gap_columns(outlook.on, self.desk.child_words))
        self.model.set_rows(row.gaps)
        self.table.fit_most_height()
        if self.table.current_row() is None and row.gaps:
            self.table.selectRow(0)

    def selected(self) -> list[Gap]:
        """The gaps chosen in the list."""
        return list(self.table.selected_rows())

    # Doing

    def copy_message(self) -> None:
        """Copy the message about everything of this worker's, and note that it was asked for today."""
        outlook, row = self.desk.outlook, self.row
        if row is None or outlook is None:
            return
        copy_text(message(row.addressee, row.gaps, outlook.on))
        if self.desk.reason_not_to_edit():
            self.desk.told.emit("Copied the message. That it was asked for is noted only while you look at today.")
            return
        self.desk.perform(
            f"Ask {row.addressee} for {count_words(len(row.gaps), 'thing')}",
            note_chased,
            [gap.id for gap in row.gaps],
            row.worker_id,
            how="message",
            again_on=again_after(self.desk.today, outlook.calendar),
            said=f"Copied the message to {row.addressee}, and noted that it was asked for today",
        )

    def keep_promise(self) -> None:
        """Note of what is selected the day promised and the day to ask again; of the two, one may be left empty."""
        row, outlook, chosen = self.row, self.desk.outlook, self.selected()
        filled = [line for line in (self.promise, self.again) if line.line.text().strip()]
        against = next((line.trouble() for line in filled or [self.promise] if line.trouble()), "")
        if row is None or outlook is None or against:
            self.desk.failed.emit(against)
            return
        day = self.promise.day if self.promise in filled else None
        again_on = self.again.day if self.again in filled else None
        again_on = again_on or again_after(self.desk.today, outlook.calendar, day)
        things, today = count_words(len(chosen), "thing"), self.desk.today
        if day is None:
            said = f"Ask {row.addressee} again for {things} on {list_date(again_on, today)}"
            self._note(said, note_chased, chosen, how="", again_on=again_on)
        else:
            said = f"{row.addressee} promised {things} by {list_date(day, today)}"
            self._note(said, note_promise, chosen, promised_by=day, again_on=again_on)

    def _note(self, said: str, action: Callable[..., Any], chosen: list[Gap], **days: Any) -> None:
        assert self.row is not None
        ids = [gap.id for gap in chosen]
        self.desk.perform(said, action, ids, self.row.worker_id, then=self._on_noted, said=said, **days)

    def _on_noted(self, _noted: Any) -> None:
        for line in (self.promise, self.again):
            line.set_date(None)
        self.table.setFocus()

    def tell_story(self) -> None:
        """Write why the first late thing of what is selected is late, and what is done about it."""
        late = next((gap for gap in self.selected() if gap.kind == LATE), None)
        refusal = self.desk.reason_not_to_edit()
        if refusal or late is None:
            self.desk.failed.emit(refusal or "Choose something late in the list: a story is told of that.")
            return
        dialog = StoryDialog(self.desk, late.cases[0].child.id, self.window())
        dialog.duty.choose(late.about)
        dialog.show_up()

    def record_selected(self) -> None:
        """Mark the selected visits recorded in the case system today."""
        visits = [gap.about for gap in self.selected() if gap.kind == UNRECORDED]
        if not visits:
            self.desk.failed.emit("Choose visits in the list that are not yet in the case system.")
            return
        words = count_words(len(visits), "visit")
        self.desk.perform(
            f"Mark {words} recorded", record_visits, visits, self.desk.today, said=f"{words} marked as in the case system"
        )

    def _against(self, day: date) -> str:
        return "" if day >= self.desk.today else "Enter the day that was promised, from today on."

    def _against_again(self, day: date) -> str:
        return "" if day > self.desk.today else "Enter a day to ask again, after today."

    def _on_key_asked(self, task: str) -> None:
        if task == "promise":
            self.promise.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            tasks = {"copy": self.copy_message, "story": self.tell_story, "record": self.record_selected}
            tasks.get(task, self.next_asked.emit)()

    def _on_row_opened(self, gap: Gap) -> None:
        if gap.cases:
            self.desk.open_child(gap.cases[0].child.id)


def _under(label: Words, control: QWidget, beside: QWidget | None = None) -> QWidget:
    """A control under its label, and what stands beside it, level with its line."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(control, 1)
    if beside is not None:
        row.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(row)
    column.addStretch(1)
    return box
