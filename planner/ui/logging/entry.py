"""The line that is being typed: its fields, the child it is about, what was understood, and what is asked."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.core.errors import Refused
from planner.core.records import Child
from planner.core.visit_line import Doubt, Known, VisitLine, recorded_day, reference_words
from planner.core.visit_line_reading import read_line
from planner.core.visit_outcome import PLACES, reasons_listed
from planner.ui.dialogs.fields import typed_minutes
from planner.ui.logging.fields import Cell, ChildEdit, OfferBox, OutcomeBox, VisitDate
from planner.ui.logging.matches import Matches
from planner.ui.logging.siblings import Siblings
from planner.ui.logging.trip import Kept, TypedTrip
from planner.ui.logging.words import child_line, day_words, home_of, known_of, recorded_words, seen_words
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
PARTS = ("child", "day", "outcome", "siblings", "place", "worker", "minutes", "recorded")
"""The parts of a line in the order they are asked for."""


class Entry(QWidget):
    """The fields of one line. `entered` says that Enter was pressed on a line that is whole; the next line is then opened."""

    entered = Signal(object, bool)
    """The `TypedTrip`, and whether a second visit on that day was agreed to."""

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
            "day": Cell("Date", self.day, 130),
            "outcome": Cell("Seen", self.outcome, 210),
            "place": Cell("Place", self.place, 112),
            "worker": Cell("Who went", self.worker, 150),
            "minutes": Cell("Minutes", self.minutes, 72),
            "recorded": Cell("In case system", self.recorded, 112),
        }
        self.log = Button("Log the visit", self.enter, kind="primary")
        self.matches = Matches(desk)
        self.about = Words("", "strong")
        self.siblings = Siblings(self._watch)
        self.says = Words("", "body", "muted")
        self.question = Words("", "body", "warning")
        self.again = Button("Log a second visit (Ctrl+Enter)", lambda: self.enter(again=True), small=True)
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        self.minutes.setPlaceholderText("40")
        self.recorded.setPlaceholderText("not yet")
        self.recorded.setToolTip("Since when the visit is in the case system: y for today, a date, or nothing for not yet")
        self.again.hide()
        fields = QWidget()
        flow = FlowLayout(fields, gap=12, line_gap=8)
        for cell in self.cells.values():
            flow.addWidget(cell)
        asked = QHBoxLayout()
        asked.setSpacing(12)
        asked.addWidget(self.question, 1, Qt.AlignmentFlag.AlignVCenter)
        asked.addStretch(0)
        asked.addWidget(self.again)
        asked.addWidget(self.log)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (fields, self.matches, self.about, self.siblings, self.says):
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
        self.matches.row_opened.connect(self._on_child_chosen)
        self.matches.left.connect(lambda: self.child.setFocus(Qt.FocusReason.OtherFocusReason))
        self.day.understood.connect(self._on_field_changed)
        self.outcome.editTextChanged.connect(self._on_field_changed)
        self.place.chosen.connect(self._on_field_changed)
        self.worker.chosen.connect(self._on_field_changed)
        self.minutes.textChanged.connect(self._on_field_changed)
        self.recorded.textChanged.connect(self._on_field_changed)
        self.siblings.changed.connect(self._on_field_changed)
        for cell in self.cells.values():
            self._watch(cell.control)

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

    def take_outlook(self, children_changed: bool) -> None:
        """Read against the plan as it is now; what was typed stays."""
        self.known = known_of(self.desk, None if children_changed else self.known.roll)
        self.day.today = self.desk.today
        self.worker.offer(LEAD | dict(self.known.workers))
        self._shown_child = ""
        self._refresh()

    @property
    def is_blank(self) -> bool:
        """Whether nothing of a line is typed yet."""
        return not (self.child.text().strip() or self.outcome.text or self.minutes.text() or self.recorded.text())

    def trip(self) -> TypedTrip:
        """The line as the fields have it, with what is asked of each part."""
        line = read_line(self.child.text(), self.known)
        trip = TypedTrip(child=self._child(line), place=line.place or self.place.value, day=line.day)
        if trip.day is None and not line.doubts_about("day"):
            trip.day = self.day.day
            if trip.day is None:
                trip.asked["day"] = self._day_question()
        self._read_child(line, trip)
        self._read("outcome", trip, lambda trip: self._read_outcomes(line, trip))
        if not line.doubts_about("worker"):
            trip.worker_id = line.worker_id or self.worker.value or self._lead(trip.child)
        if trip.child is not None and not trip.worker_id:
            trip.asked["worker"] = f"{trip.child.reference} has no worker. Choose who went."
        self._read("minutes", trip, self._read_minutes)
        self._read("recorded", trip, self._read_recorded)
        trip.minutes = line.minutes or trip.minutes
        trip.recorded_on = line.recorded_on or trip.recorded_on
        return trip

    def _read(self, part: str, trip: TypedTrip, reader: Callable[[TypedTrip], None]) -> None:
        try:
            reader(trip)
        except Refused as refused:
            trip.asked.setdefault(part, refused.sentence)

    def _child(self, line: VisitLine) -> Child | None:
        if self._chosen is not None:
            return self._chosen
        return self.known.roll.child(line.child_id)

    def _read_child(self, line: VisitLine, trip: TypedTrip) -> None:
        doubts = [] if self._chosen is not None else _standing_doubts(line)
        if doubts:
            trip.asked["child"] = doubts[0].sentence
        elif trip.child is None:
            trip.asked["child"] = "Type the child's reference or initials."
        elif trip.day is not None and self.desk.workspace.snapshot.case(trip.child.id, trip.day) is None:
            trip.asked["child"] = f"{trip.child.reference} has no open case on {day_words(trip.day, self.known)}."

    def _read_outcomes(self, line: VisitLine, trip: TypedTrip) -> None:
        """How each child was seen, from the fields, or from the line while it still stands whole in the child's field."""
        if trip.child is None and not self.outcome.text:
            return
        said = {child: outcome for one, outcome in line.seen if outcome and (child := self.known.roll.child(one))}
        first = self.outcome.outcome() if self.outcome.text or trip.child not in said else said[trip.child]
        if trip.child is not None:
            trip.seen |= {trip.child: first} | {child: outcome for child, outcome in said.items() if child != trip.child}
        for row in self.siblings.ticked:
            trip.seen[row.child] = row.seen_as(first)
        for child, outcome in trip.seen.items():
            if outcome.lacks_why:
                raise Refused(f"Why was {child.reference} not seen? {reasons_listed('not seen')}, or your own words after n.")

    def _read_minutes(self, trip: TypedTrip) -> None:
        trip.minutes = typed_minutes(self.minutes.text())

    def _read_recorded(self, trip: TypedTrip) -> None:
        trip.recorded_on = recorded_day(self.recorded.text(), trip.day, self.desk.today, self.known.calendar)

    def _day_question(self) -> str:
        try:
            self.day.understood_day(self.day.text())
        except Refused as refused:
            return refused.sentence
        return "Type the date of the visit, such as fri, 14/3 or yesterday."

    def _lead(self, child: Child | None) -> str:
        lead = self.desk.workspace.snapshot.lead(child.id, self.day.day or self.desk.on) if child else None
        return lead.worker_id if lead else ""

    # A whole line typed in the child's field

    def _take_line(self) -> None:
        """Move what a whole line says to its fields, once nothing in it is in doubt; until then it stays as it was typed."""
        line = read_line(self.child.text(), self.known)
        child = self.known.roll.child(line.child_id)
        if self._chosen is not None or child is None or _standing_doubts(line):
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
        trip = self.trip()
        part = next((part for part in PARTS if part in trip.asked), "")
        if part == "child" and self.matches.isVisible():
            self.matches.enter()
        elif part:
            self.ask(trip.asked[part], part)
        else:
            self.entered.emit(trip, again)

    def ask(self, sentence: str, part: str = "", second: bool = False) -> None:
        """Say what is asked, and stand where it is answered; `second` offers to log a second visit on the day."""
        self.question.say(sentence)
        self.again.setVisible(second)
        announce(self, sentence)
        if part:
            self.cells[part].mark(sentence)
            self.cells[part].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_next(self) -> None:
        """An empty line, with date and worker kept."""
        self._chosen = None
        self.child.clear()
        self.outcome.show_outcome(None)
        self.minutes.clear()
        self.recorded.clear()
        self.place.is_persons = False
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
        self._refresh()

    # What is shown

    def _refresh(self) -> None:
        """Show whom the line is about and what it says so far; what was asked before is asked anew at Enter."""
        line = read_line(self.child.text(), self.known)
        child = self._child(line)
        self._show_child(child)
        trip = self.trip()
        doubts = line.doubts_about("child") if self._chosen is None else ()
        self.matches.show_children(self._meant(doubts))
        self.says.setText(doubts[0].sentence if doubts else self._sentence(trip) if child is not None else HOW_TO_TYPE)
        for part, cell in self.cells.items():
            cell.mark(self._live_question(part, trip))
        wrong = [cell.control.accessibleDescription() for cell in self.cells.values()]
        self.question.say(next(filter(None, wrong), ""))
        self.again.hide()

    def _live_question(self, part: str, trip: TypedTrip) -> str:
        """What is asked of a part while the line is typed: only of what is wrong, not of what is not there yet."""
        if part == "day" or (part == "outcome" and self.outcome.text) or part in ("minutes", "recorded"):
            return trip.asked.get(part, "")
        is_left = bool(self.child.text().strip()) and not self.child.hasFocus()
        return trip.asked.get(part, "") if part in ("child", "worker") and is_left else ""

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
        self._offer([one for one in home_of(self.desk, child.id) if one.id != child.id])
        is_looked_after = self.desk.workspace.snapshot.plan(child.id, self.desk.on) == "lac"
        self.place.suggest("placement" if is_looked_after else "home")

    def _offer(self, children: list[Child]) -> None:
        self.siblings.show_children(
            children, lambda child: f"Also {self.desk.child_words(child)}", lambda child: _detail(child_line(self.desk, child))
        )
        before: QWidget = self.recorded
        for widget in (*self.siblings.controls, self.again, self.log):
            QWidget.setTabOrder(before, widget)
            before = widget

    def _sentence(self, trip: TypedTrip) -> str:
        """`Seen alone, home, Friday 20 November 2026 (1 working day ago), 40 min, by Dev Patel, not yet in the case system.`"""
        seen = seen_words({child.reference: outcome for child, outcome in trip.seen.items()}) if trip.seen else ""
        worker = self.known.workers.get(trip.worker_id, "")
        lead = self._lead(trip.child)
        beside = (
            f" (the lead worker is {self.known.workers[lead]})" if lead in self.known.workers and lead != trip.worker_id else ""
        )
        parts = [
            seen,
            PLACES.get(trip.place, "").casefold(),
            day_words(trip.day, self.known) if trip.day else "",
            f"{trip.minutes} min" if trip.minutes else "",
            f"by {worker}{beside}" if worker else "",
            recorded_words(trip.recorded_on, self.desk.today),
        ]
        words = ", ".join(filter(None, parts))
        return f"{words[:1].upper()}{words[1:]}."

    # What happens

    def _on_child_typed(self, _text: str) -> None:
        self._chosen = None
        self._refresh()

    def _on_child_left(self) -> None:
        self._take_line()
        self._refresh()

    def _on_list_asked(self) -> None:
        if self.matches.isVisible():
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


def with_child(text: str, typed: str, reference: str) -> str:
    """The line with a child's reference in place of the word that did not decide who was meant."""
    word = rf"(?<![^\s+,;()]){re.escape(typed)}(?![^\s+,;()])"
    return re.sub(word, lambda _found: reference, text.strip(), count=1)


def _standing_doubts(line: VisitLine) -> list[Doubt]:
    """The doubts about what was typed; that how a child was seen is not said yet is none, for it has a field."""
    return [doubt for doubt in line.doubts if doubt.typed or doubt.part != "outcome"]


def _detail(words: str) -> str:
    """What is said of a child after reference and initials."""
    return words.partition(", ")[2]
