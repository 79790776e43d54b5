"""The front-door list as it was read: a table of lines, each doubtful cell asked in place, and the lines taken in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.actions.trackers import remember_columns
from planner.core.column_answers import remembered_answers
from planner.core.date_words import plain_date
from planner.core.plain_table import PlainTable
from planner.core.workspace_settings import INTAKE_LIST
from planner.formats.apart import read_apart
from planner.formats.dates import date_column
from planner.formats.mash_list import WANTED, WORDS
from planner.formats.sheets import column_letter
from planner.formats.table import Tables
from planner.formats.tracker import shape_of
from planner.ui.intake.decide_table import DecideView
from planner.ui.intake.line_words import FROM, HOME, RECEIVED, line_columns, list_words
from planner.ui.intake.list_lines import (
    KNOWN,
    TITLES,
    CheckedLine,
    ListInHand,
    best_table,
    pasted_through,
    read_through,
    read_whole,
)
from planner.ui.intake.questions import OUT
from planner.ui.logging.fields import Cell, OfferBox
from planner.ui.table import RowsModel
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.stat_strip import EDGE as INSET
from planner.ui.widgets.tab_order import tab_through
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

MOST_ROWS = 10
NO_COLUMN = "none"
READING = "Reading the list"
READ_AT_ONCE = 100
"""So many rows, a week's intake and more, are read anew at once; a longer list on a thread."""


class AnswerEdit(QLineEdit):
    """Where the answer is typed; Enter gives it, Esc leaves it."""

    given = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter gives the answer."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.given.emit(self.text())
        else:
            super().keyPressEvent(event)


class LinesView(DecideView):
    """The lines; where they are narrow, whom a child is from and with goes first."""

    dropped_first = (FROM, HOME, RECEIVED)


class ListReader(QWidget):
    """Shown while there is a list in hand. `taken` gives the children who are ready, and whether they are accepted."""

    taken = Signal(object, bool)
    shown = Signal(bool)
    """Whether there is a list in hand now."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.hand: ListInHand | None = None
        self._wanted: ListInHand | None = None
        """The list as it was last answered, which is shown once it is read."""
        self._goes_on = False
        """Whether the next thing is asked then."""
        self._rest: frozenset[int] = frozenset()
        self._is_asked = False
        """Whether a person saw the columns and said, or let stand, what they are."""
        self.heading, self.about = Words("", "section"), Words("", tone="muted")
        self.question = Words("", "strong", "warning")
        self.answer = AnswerEdit()
        self.answer.setAccessibleName("Answer")
        self.answer.setMaximumWidth(260)
        self.answers = QWidget()
        self._answer_flow = FlowLayout(self.answers, gap=8, line_gap=6)
        self._buttons: list[Button] = []
        self.columns = QWidget()
        self._column_flow = FlowLayout(self.columns, gap=12, line_gap=8)
        self.boxes: dict[str, OfferBox] = {}
        self.model = RowsModel(line_columns(desk))
        self.table = LinesView(self.model, "Lines of the list")
        self.take_in = Button("", lambda: self._take(accepts=False), kind="primary")
        self.accept = Button("", lambda: self._take(accepts=True))
        self.which = Button("Columns", self._on_columns_pressed)
        self.drop = Button("Drop the list", self._on_drop_pressed)
        self._lay_out()
        self.answer.given.connect(self._on_answer_given)
        self.table.row_selected.connect(self._on_row_selected)
        self.hide()

    def _lay_out(self) -> None:
        buttons = QWidget()
        foot = FlowLayout(buttons, gap=12, line_gap=8)
        for button in (self.take_in, self.accept, self.which, self.drop):
            foot.addWidget(button)
        asking = QHBoxLayout()
        asking.setSpacing(12)
        asking.addWidget(self.answer)
        asking.addWidget(self.answers, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.heading, self.about, self.columns, self.question):
            layout.addWidget(part)
        for inset in (self.heading, self.about, self.columns, self.question, asking, buttons):
            inset.setContentsMargins(INSET, 0, INSET, 0)
        layout.addLayout(asking)
        layout.addWidget(self.table)
        layout.addWidget(buttons)

    # Reading

    def read_text(self, text: str, referred_on: date, received_on: date) -> None:
        """Read a list that was pasted, on a thread."""
        read = partial(pasted_through, self.desk, text, referred_on, received_on)
        self.desk.run_in_background(read, then=self.show_hand, words=READING)

    def read_file(self, path: Path, referred_on: date, received_on: date) -> None:
        """Read a file in a process of its own."""

        def _file_through() -> ListInHand:
            table = best_table(read_apart(Tables(), path), self.desk.today)
            return read_through(self.desk, table, referred_on, received_on)

        self.desk.run_in_background(_file_through, then=self.show_hand, words=READING)

    def show_hand(self, hand: ListInHand) -> None:
        """Show a list; its columns stand open where one of them was guessed with doubt."""
        self._build_columns(hand.table)
        self._is_asked = not hand.is_remembered and not hand.is_sure
        self.columns.setVisible(self._is_asked)
        self._wanted = hand
        self._show(hand)
        self.show()
        self.shown.emit(True)
        self.answer.clear()
        self._go_to_next()

    def apart(self) -> dict[str, Any]:
        """The list in hand as plain values; nothing where there is none."""
        return self._wanted.apart() if self._wanted is not None else {}

    def take_up(self, apart: dict[str, Any]) -> None:
        """Show a list that was in hand before the planner locked; it is read anew on a thread."""
        self.desk.run_in_background(read_whole, ListInHand(desk=self.desk, **apart), then=self.show_hand, words=READING)

    def take_outlook(self) -> None:
        """Check the lines against the plan as it is now."""
        if self._wanted is not None:
            self._read_anew(replace(self._wanted), goes_on=False)

    def _read_anew(self, hand: ListInHand, *, goes_on: bool) -> None:
        """Show another reading of the list, and where it goes on, ask the next thing."""
        self._wanted, self._goes_on = hand, self._goes_on or goes_on
        if len(hand.table.every_row) <= READ_AT_ONCE:
            self._on_read(hand)
        else:
            self.desk.run_in_background(read_whole, hand, then=self._on_read)

    def _on_read(self, hand: ListInHand) -> None:
        if hand is not self._wanted:
            return
        goes_on, self._goes_on = self._goes_on, False
        self._show(hand)
        if goes_on:
            self._go_to_next()

    # What is shown

    def _show(self, hand: ListInHand) -> None:
        self.hand = hand
        where = f"{hand.table.file}, sheet {hand.table.sheet}" if hand.table.sheet else hand.table.file
        self.heading.setText(f"{where}: {count_words(len(hand.lines), 'child', 'children')}")
        self.about.setText(list_words(hand))
        self.model.set_rows(hand.lines)
        self.table.stand(MOST_ROWS)
        ready = count_words(len(hand.ready), "child", "children")
        self.take_in.setText(f"Take in {ready}")
        self.accept.setText(f"Take in and accept {ready}")
        for key, box in self.boxes.items():
            box.blockSignals(True)
            box.choose(str(hand.columns[key]) if key in hand.columns else NO_COLUMN)
            box.blockSignals(False)
        self._show_question(self._current())

    def _current(self) -> CheckedLine | None:
        """The line that is asked about: the one the table stands on, else the first in doubt."""
        assert self.hand is not None
        row = self.table.current_row()
        return row if row is not None and row.needs else next(iter(self.hand.in_doubt), None)

    def _show_question(self, line: CheckedLine | None) -> None:
        assert self.hand is not None
        if self.hand.asks_order:
            self._ask_order(self.hand)
        elif line is None:
            self._ask("", (), False)
        elif line.doubts:
            doubt = line.doubts[0]
            typed = f" “{doubt.typed}”" if doubt.typed else ""
            column = self.hand.columns.get(doubt.key)
            where = f" in column {column_letter(column)}," if column is not None and typed else ""
            about = f"Row {line.line.row}, {TITLES[doubt.key].casefold()}{where}{typed}: {doubt.sentence}"
            self._ask(about, (("Leave this line out", partial(self._answer_line, line, KNOWN, OUT)),), True)
        elif line.asked is not None:
            words = tuple((words, partial(self._answer_line, line, KNOWN, answer)) for answer, words in line.asked.answers)
            self._ask(f"Row {line.line.row}: {line.asked.sentence}", words, False)

    def _ask_order(self, hand: ListInHand) -> None:
        example = hand.order.example
        count = count_words(hand.order.two_ways, "date")
        readings = [date_column([example], day_first=day_first).days[0] for day_first in (True, False)]
        words = tuple(
            (plain_date(day), partial(self._on_order_chosen, day_first))
            for day_first, day in zip((True, False), readings, strict=True)
            if day is not None
        )
        self._ask(f"{count} could be read two ways. What does {example} mean?", words, False)

    def _ask(self, sentence: str, answers: tuple[tuple[str, Callable[[], object]], ...], is_typed: bool) -> None:
        if sentence != self.question.text():
            announce(self, sentence)
        self.question.say(sentence)
        self.answer.setVisible(is_typed)
        self.answer.setAccessibleDescription(sentence)
        for button in self._buttons:
            self._answer_flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [Button(words, act, small=True) for words, act in answers]
        for button in self._buttons:
            self._answer_flow.addWidget(button)
            button.show()
        self.answers.setVisible(bool(answers))
        self.answers.updateGeometry()
        self.set_tab_order()

    def set_tab_order(self) -> None:
        """Columns, the answer and its buttons, then the lines and what is done with them."""
        after = (self.table, self.take_in, self.accept, self.which, self.drop)
        tab_through((self.columns, self.answer, *self._buttons, *after))

    # Answers

    def _go_to_next(self) -> None:
        """Stand where the next thing is answered; where nothing is left to ask, on the button that takes them in."""
        assert self.hand is not None
        line = next(iter(self.hand.in_doubt), None)
        if line is not None and not self.hand.asks_order:
            self.table.select_row(line)
        self._show_question(line)
        if not self.answer.isHidden():
            self.answer.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_in.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer_line(self, line: CheckedLine, key: str, answer: str) -> None:
        """Give an answer; while the one before is being read, what is pressed or typed waits."""
        if self._wanted is None or self._goes_on:
            return
        self._is_asked = self._is_asked or key in WORDS
        self.answer.clear()
        self._read_anew(self._wanted.answered(line, key, answer), goes_on=True)

    def _on_answer_given(self, typed: str) -> None:
        line = self._current() if self.hand is not None else None
        if line is not None and line.doubts:
            self._answer_line(line, line.doubts[0].key, typed.strip())

    def _on_order_chosen(self, day_first: bool) -> None:
        if self._wanted is not None:
            self._is_asked = True
            self._read_anew(replace(self._wanted, day_first=day_first), goes_on=True)

    def _on_row_selected(self, row: CheckedLine | None) -> None:
        if self.hand is not None and row is not None and row.needs and not self.hand.asks_order:
            self._show_question(row)

    # Columns

    def _build_columns(self, table: PlainTable) -> None:
        for old in self.columns.findChildren(Cell):
            self._column_flow.removeWidget(old)
            old.deleteLater()
        offer = {NO_COLUMN: "Not in the list"}
        for number, heading in enumerate(table.headings):
            offer[str(number)] = f"{column_letter(number)}  {heading}".strip()
        self.boxes = {}
        for wanted in WANTED:
            box = OfferBox(offer)
            box.chosen.connect(partial(self._on_column_chosen, wanted.key))
            self.boxes[wanted.key] = box
            cell = Cell(wanted.title, box, 168)
            self._column_flow.addWidget(cell)
            cell.show()

    def _on_column_chosen(self, key: str) -> None:
        value = self.boxes[key].value
        if self._wanted is not None:
            self._is_asked = True
            self._read_anew(self._wanted.with_column(key, None if value == NO_COLUMN else int(value)), goes_on=False)

    def _on_columns_pressed(self) -> None:
        self.columns.setVisible(self.columns.isHidden())

    # The end of it

    def _take(self, accepts: bool) -> None:
        if self.hand is None or self.hand is not self._wanted:
            return
        if self.hand.asks_order:
            self._go_to_next()
        elif not self.hand.ready:
            self.desk.failed.emit("No line of the list can be taken in yet. Answer what is asked above the table.")
        else:
            self._remember(self.hand)
            self._rest = frozenset(line.line.row for line in self.hand.in_doubt)
            self.taken.emit(tuple(line.referred for line in self.hand.ready), accepts)

    def _remember(self, hand: ListInHand) -> None:
        """Keep what was said of the columns, for the next list with these headings."""
        shape, told = shape_of(hand.table), hand.told
        known = remembered_answers(self.desk.workspace.snapshot, shape, INTAKE_LIST)
        if self._is_asked and told and told != known and not self.desk.reason_not_to_edit():
            self._is_asked = False
            self.desk.perform(f"Remember the columns of {hand.table.file}", remember_columns, shape, told, INTAKE_LIST)

    def keep_the_rest(self) -> None:
        """After the ready lines were taken in: the list goes, or stays with the lines still in doubt."""
        rest = self._rest
        if not rest or self.hand is None:
            self._on_drop_pressed()
            return
        kept = tuple(row for row in self.hand.table.every_row if row.number in rest or row.number <= self.hand.table.heading_row)
        day_first = self.hand.order.day_first if self.hand.day_first is None else self.hand.day_first
        table = replace(self.hand.table, every_row=kept)
        self._read_anew(replace(self.hand, table=table, day_first=day_first), goes_on=True)

    def _on_drop_pressed(self) -> None:
        self.hand = self._wanted = None
        self._goes_on = False
        self.model.set_rows(())
        self.hide()
        self.shown.emit(False)
