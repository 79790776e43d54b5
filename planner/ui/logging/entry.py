"""The line that is being typed: its fields, the child it is about, what was understood, and what is asked."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.core.records import Child
from planner.core.visit_check import CheckedLine, usual_place
from planner.core.visit_line import Doubt, Known, VisitLine, reference_words
from planner.core.visit_line_reading import read_line
from planner.core.visit_outcome import PLACES
from planner.ui.logging.clock_words import clock_words
from planner.ui.logging.entry_reading import checked_entry, standing_doubts, with_child
from planner.ui.logging.fields import Cell, ChildEdit, OfferBox, OutcomeBox, VisitDate
from planner.ui.logging.known import home_of, known_of
from planner.ui.logging.matches import Matches
from planner.ui.logging.more import More, says_more
from planner.ui.logging.siblings import Siblings
from planner.ui.logging.trip import Kept
from planner.ui.logging.words import checked_words, child_line
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

LEAD = {"": "Lead worker"}
HOW_TO_TYPE = (
    "Type a reference or initials, or the whole line: 10432 alone home 14/3 40m. “+” adds a child, “all” the household. "
    "Enter goes to what is missing, then logs the line."
)
PARTS = ("child", "day", "outcome", "worker", "minutes", "recorded", "time", "with")
"""The parts of a line in the order they are asked for."""
AGREE = {"again": "Log a second visit (Ctrl+Enter)", "other": "Log it all the same (Ctrl+Enter)"}
MORE_SAID = "Time, who went along, video, contact only, announced, bedroom"


class Entry(QWidget):
    """The fields of one line. `entered` says that Enter was pressed on a line that is whole; the next line is then opened."""

    entered = Signal(object, bool)
    """The `CheckedLine`, and whether what it warns of was agreed to."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.known: Known = known_of(desk)
        self._chosen: Child | None = None
        self._shown_child = ""
        self.child = ChildEdit()
        self.day = VisitDate(desk.today, self.known.calendar)
        self.day.set_date(desk.today)
        self.outcome = OutcomeBox()
        self.place = OfferBox(PLACES)
        self.worker = OfferBox(LEAD | dict(self.known.workers))
        self.minutes = QLineEdit()
        self.recorded = QLineEdit()
        self.cells = {
            "child": Cell("Child", self.child, 170),
            "day": Cell("Date", self.day, 142),
            "outcome": Cell("Seen", self.outcome, 206),
            "place": Cell("Place", self.place, 112),
            "worker": Cell("Who went", self.worker, 150),
            "minutes": Cell("Minutes", self.minutes, 72),
            "recorded": Cell("In case system", self.recorded, 112),
        }
        self.log = Button("Log the visit", self.enter, kind="primary")
        self.about = Words("", "strong")
        self.siblings = Siblings(self._watch)
        self.says = Words("", "body", "muted")
        self.clock = Words("", "body", "muted")
        self.question = Words("", "body", "warning")
        self.again = Button(AGREE["again"], lambda: self.enter(again=True), small=True)
        self.more: More | None = None
        self.more_button = Button("More", self._on_more_pressed, kind="link")
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        self.minutes.setPlaceholderText("40")
        self.recorded.setPlaceholderText("not yet")
        self.recorded.setToolTip("Since when the visit is in the case system: y for today, a date, or nothing for not yet")
        self.again.hide()
        self.more_button.setToolTip(MORE_SAID)
        self.more_button.setAccessibleDescription(MORE_SAID)
        self.more_button.setCheckable(True)
        fields = QWidget()
        flow = FlowLayout(fields, gap=12, line_gap=8)
        for cell in self.cells.values():
            flow.addWidget(cell)
        asked = QHBoxLayout()
        asked.setSpacing(12)
        asked.addWidget(self.question, 1, Qt.AlignmentFlag.AlignVCenter)
        asked.addStretch(0)
        asked.addWidget(self.more_button)
        asked.addWidget(self.again)
        asked.addWidget(self.log)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (fields, self.about, self.siblings, self.says, self.clock):
            layout.addWidget(part)
        layout.addLayout(asked)
        line = QFrame()
        line.setProperty("line", "true")
        line.setFixedHeight(1)
        layout.addWidget(line)

    def _connect(self) -> None:
        self.child.textEdited.connect(self._on_child_typed)
        self.child.left.connect(self._on_child_left)
        self.child.list_asked.connect(self._on_list_asked)
        self.day.understood.connect(self._on_field_changed)
        self.outcome.editTextChanged.connect(self._on_field_changed)
        self.place.chosen.connect(self._on_field_changed)
        self.worker.chosen.connect(self._on_field_changed)
        self.minutes.textChanged.connect(self._on_field_changed)
        self.recorded.textChanged.connect(self._on_field_changed)
        self.siblings.changed.connect(self._on_field_changed)
        for cell in self.cells.values():
            self._watch(cell.control)

    @cached_property
    def matches(self) -> Matches:
        """The list to choose a child from, made when there is first one to choose."""
        matches = Matches(self.desk, self)
        self._column.insertWidget(1, matches)
        QWidget.setTabOrder(self.child, matches)
        matches.row_opened.connect(self._on_child_chosen)
        matches.left.connect(lambda: self.child.setFocus(Qt.FocusReason.OtherFocusReason))
        return matches

    @property
    def _is_listing(self) -> bool:
        return "matches" in self.__dict__ and not self.matches.isHidden()

    def _watch(self, control: QWidget) -> None:
        """Let Enter in a control commit the line."""
        control.installEventFilter(self)
        line = getattr(control, "lineEdit", lambda: None)()
        if line is not None:
            line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter is the line's, wherever it is pressed; Ctrl+Enter agrees to a second visit."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        agrees = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self.enter(again=agrees and not self.again.isHidden())
        return True

    # What stands in the fields

    def take_outlook(self) -> None:
        """Read against the plan as it is now; what was typed stays."""
        self.known = known_of(self.desk)
        self.day.today = self.desk.today
        self.worker.offer(LEAD | dict(self.known.workers))
        if self.more is not None:
            self.more.offer_workers(self.known.workers)
        self._shown_child = ""
        self._refresh()

    @property
    def is_blank(self) -> bool:
        """Whether nothing of a line is typed yet."""
        return not (self.child.text().strip() or self.outcome.text or self.minutes.text() or self.recorded.text())

    @property
    def chosen(self) -> Child | None:
        """The child who is certain, whatever else stands in the child's field."""
        return self._chosen

    def checked(self) -> CheckedLine:
        """The line as the fields have it, held against the plan."""
        return checked_entry(self)

    def _child(self, line: VisitLine) -> Child | None:
        return self._chosen or self.known.roll.child(line.child_id)

    # The second row

    def show_more(self) -> More:
        """Show the second row of fields, made when it is first asked for."""
        if self.more is None:
            self.more = More(self.known.workers, self._watch)
            self.more.changed.connect(self._on_field_changed)
            self._column.insertWidget(self._column.indexOf(self.clock) + 1, self.more)
            self._set_tab_order()
        self.more.show()
        self.more_button.setChecked(True)
        return self.more

    def _on_more_pressed(self) -> None:
        if self.more_button.isChecked():
            self.show_more().controls[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.more is not None:
            self.more.hide()

    # A whole line typed in the child's field

    def _take_line(self) -> None:
        """Move what a whole line says to its fields, once nothing in it is in doubt; until then it stays as it was typed."""
        line = read_line(self.child.text(), self.known)
        child = self.known.roll.child(line.child_id)
        if self._chosen is not None or child is None or standing_doubts(line):
            return
        self.child.setText(reference_words(child))
        self._chosen = child
        self._show_child(child)
        if line.seen[0][1] is not None:
            self.outcome.show_outcome(line.seen[0][1])
        self._tick_others(line)
        if line.day is not None:
            self.day.set_date(line.day)
        for box, value in ((self.place, line.place), (self.worker, line.worker_id)):
            if value:
                box.choose(value)
        if line.minutes:
            self.minutes.setText(str(line.minutes))
        if line.recorded_on is not None:
            self.recorded.setText(self.day.shown_words(line.recorded_on))
        if says_more(line):
            self.show_more().show_line(line)
        self._refresh()

    def _tick_others(self, line: VisitLine) -> None:
        first = line.seen[0][1]
        others = {child_id: None if outcome == first else outcome for child_id, outcome in line.seen[1:]}
        offered = [row.child for row in self.siblings.rows]
        added = [child for one in others if (child := self.known.roll.child(one)) and child not in offered]
        self._offer([*offered, *added])
        self.siblings.tick(others)

    # Enter

    def enter(self, again: bool = False) -> None:
        """Go to what is missing, or commit the line."""
        self._take_line()
        checked = self.checked()
        asked = {doubt.part: doubt.sentence for doubt in reversed(checked.asked)}
        part = next((part for part in PARTS if part in asked), "")
        if part == "child" and self._is_listing:
            self.matches.enter()
        elif part:
            self.ask(" ".join([*(doubt.sentence for doubt in checked.warned), asked[part]]), part)
        else:
            self.entered.emit(checked, again)

    def ask(self, sentence: str, part: str = "", agree: str = "") -> None:
        """Say what is asked, and stand where it is answered; `agree` offers to log the line all the same, in those words."""
        if part:
            cell = self.cells.get(part) or self.show_more().cells[part]
            cell.control.setFocus(Qt.FocusReason.OtherFocusReason)
            cell.mark(sentence)
        self.question.say(sentence)
        self.again.setText(agree or AGREE["again"])
        self.again.setVisible(bool(agree))
        announce(self, sentence)

    def open_next(self) -> None:
        """An empty line, with date and worker kept."""
        self._chosen = None
        self.child.setText("")  # not `clear`, which Ctrl+Z would take back in place of the visit
        self.outcome.show_outcome(None)
        self.minutes.clear()
        self.recorded.clear()
        self.place.is_persons = False
        if self.more is not None:
            self.more.restore(())
            self.more.hide()
            self.more_button.setChecked(False)
        self._refresh()
        self.child.setFocus(Qt.FocusReason.OtherFocusReason)

    def kept(self) -> Kept:
        """Everything typed."""
        return Kept(
            child=self.child.text(),
            chosen_id=self._chosen.id if self._chosen else "",
            day=self.day.day,
            day_text=self.day.text(),
            outcome=self.outcome.text,
            siblings={row.child.id: row.outcome.text for row in self.siblings.ticked},
            place=self.place.value,
            worker_id=self.worker.value,
            minutes=self.minutes.text(),
            recorded=self.recorded.text(),
            more=self.more.content() if self.more is not None and not self.more.isHidden() else (),
        )

    def put_back(self, kept: Kept) -> None:
        """Everything as it was typed."""
        self._chosen = self.known.roll.child(kept.chosen_id)
        self.child.setText(kept.child)
        self.day.set_date(kept.day)
        if kept.day is None:
            self.day.setText(kept.day_text)
        self.outcome.setEditText(kept.outcome)
        self._refresh()
        added = [child for one in kept.siblings if (child := self.known.roll.child(one))]
        offered = [row.child for row in self.siblings.rows]
        self._offer([*offered, *(child for child in added if child not in offered)])
        self.siblings.tick(dict.fromkeys(kept.siblings))
        for row in self.siblings.ticked:
            row.outcome.setEditText(kept.siblings[row.child.id])
        self.place.choose(kept.place)
        self.worker.choose(kept.worker_id)
        self.minutes.setText(kept.minutes)
        self.recorded.setText(kept.recorded)
        if kept.more:
            self.show_more().restore(kept.more)
        self._refresh()

    # What is shown

    def _refresh(self) -> None:
        """Show whom the line is about and what it says so far; what was asked before is asked anew at Enter."""
        line = read_line(self.child.text(), self.known)
        child = self._child(line)
        self._show_child(child)
        checked = self.checked()
        doubts = line.doubts_about("child") if self._chosen is None else ()
        meant = self._meant(doubts)
        if meant or self._is_listing:
            self.matches.show_children(meant)
        words = checked_words(self.desk, checked, self.known) if child is not None else HOW_TO_TYPE
        self.says.setText(doubts[0].sentence if doubts else words)
        self.clock.say(clock_words(self.desk, checked))
        asked = {doubt.part: doubt.sentence for doubt in reversed(checked.asked)}
        cells = self.cells | (self.more.cells if self.more is not None else {})
        for part, cell in cells.items():
            cell.mark(self._live_question(part, asked.get(part, "")))
        wrong = [cell.control.accessibleDescription() for cell in cells.values()]
        self.question.say(next(filter(None, wrong), ""))
        self.again.hide()

    def _live_question(self, part: str, asked: str) -> str:
        """What is asked of a part while the line is typed: only of what is wrong, not of what is not there yet."""
        if part in ("day", "minutes", "recorded", "time") or (part == "outcome" and self.outcome.text):
            return asked
        is_left = bool(self.child.text().strip()) and not self.child.hasFocus()
        return asked if part in ("child", "worker") and is_left else ""

    def _meant(self, doubts: Sequence[Doubt]) -> tuple[Child, ...]:
        """The children to choose from: those the first doubt is between."""
        found = [self.known.roll.child(one) for one in doubts[0].options] if doubts else []
        return tuple(child for child in found if child is not None)

    def _show_child(self, child: Child | None) -> None:
        shown = child_line(self.desk, child) if child else ""
        self.about.say(shown)
        if (child.id if child else "") == self._shown_child and child is not None:
            return
        self._shown_child = child.id if child else ""
        if child is None:
            self._offer([])
            return
        announce(self, shown)
        snapshot = self.desk.workspace.snapshot
        self._offer([one for one in home_of(snapshot, child.id, self.desk.today) if one.id != child.id])
        self.place.suggest(usual_place(snapshot, child.id, self.desk.on))

    def _offer(self, children: list[Child]) -> None:
        self.siblings.show_children(
            children, lambda child: f"Also {self.desk.child_words(child)}", lambda child: _detail(child_line(self.desk, child))
        )
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        """As it is read: the fields, the household, the second row, the buttons."""
        more = self.more.controls if self.more is not None else []
        before: QWidget = self.recorded
        for widget in (*self.siblings.controls, *more, self.more_button, self.again, self.log):
            QWidget.setTabOrder(before, widget)
            before = widget

    # What happens

    def _on_child_typed(self, _text: str) -> None:
        self._chosen = None
        self._refresh()

    def _on_child_left(self) -> None:
        self._take_line()
        self._refresh()

    def _on_list_asked(self) -> None:
        if self._is_listing:
            self.matches.enter()

    def _on_child_chosen(self, child: Child | None) -> None:
        doubts = read_line(self.child.text(), self.known).doubts_about("child")
        if child is None or not doubts:
            return
        reference = reference_words(child)
        self.child.setText(with_child(self.child.text(), doubts[0].typed, reference))
        is_whole = self.child.text() == reference
        self._chosen = child if is_whole else None
        self._refresh()
        (self.outcome if is_whole else self.child).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_field_changed(self, *_: object) -> None:
        self._refresh()


def _detail(words: str) -> str:
    """What is said of a child after reference and initials."""
    return words.partition(", ")[2]
