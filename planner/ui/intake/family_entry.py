"""A family typed by keys: its children in one line, and what is so of all of them beside it; Enter takes them in."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.core.codes import REFERRAL_SOURCES
from planner.core.date_words import full_date
from planner.core.family_line import HOW_TO_TYPE, family_line, reference_prefix
from planner.core.flow_records import Referral
from planner.core.intake import PRIORITIES
from planner.core.records import Child
from planner.ui.intake.questions import IN, OUT, Asked, asked_of, settled
from planner.ui.logging.fields import Cell, OfferBox, VisitDate
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.date_field import TypedDate
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words, names_in_a_row

if TYPE_CHECKING:
    from planner.ui.desk import Desk

SOURCES = {"": "Not said", **{code: f"{code} {words}" for code, words in REFERRAL_SOURCES.items()}}


class ChildrenEdit(QLineEdit):
    """The line of children; a list that is pasted into it goes to the list's reader, and Down to the children beneath."""

    list_pasted = Signal(str)
    left_downwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at what is pasted first: several lines, or cells parted by tabs, are a list."""
        text = QGuiApplication.clipboard().text() if event.matches(QKeySequence.StandardKey.Paste) else ""
        if "\n" in text.strip() or "\t" in text:
            self.list_pasted.emit(text)
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


class FamilyEntry(QWidget):
    """The fields of one family. `entered` gives its children, and whether they are accepted at once (Ctrl+Enter)."""

    entered = Signal(object, bool, str)
    """A tuple of `Referral`, whether they are accepted, and the line as it was typed."""
    list_pasted = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._prefix = ""
        self._asked: Asked | None = None
        self._answers: dict[int, str] = {}
        calendar = desk.reference.calendar
        self.children_line = ChildrenEdit()
        self.children_line.setPlaceholderText("10432 ab 030419, cd 5/6/21")
        self.children_line.setToolTip("Down goes to the children beneath")
        self.referred = VisitDate(desk.today, calendar)
        self.received = VisitDate(desk.today, calendar)
        self.source = OfferBox(SOURCES)
        self.priority = OfferBox({"": "Not said", **PRIORITIES})
        self.visit_by = TypedDate(desk.today, calendar)
        self.visit_by.setPlaceholderText("+1wd")
        self.referred.set_date(desk.today)
        self.received.set_date(desk.today)
        self.cells = {
            "children": Cell("Children of one home", self.children_line, 264),
            "referred": Cell("Referred on", self.referred, 142),
            "received": Cell("Received on", self.received, 142),
            "source": Cell("From", self.source, 150),
            "priority": Cell("Priority", self.priority, 100),
            "visit_by": Cell("First visit by", self.visit_by, 142),
        }
        self.says = Words(HOW_TO_TYPE, tone="muted")
        self.question = Words("", tone="warning")
        self.answers = QWidget()
        self._answer_row = QHBoxLayout(self.answers)
        self.take_in = Button("Take in (Enter)", self.enter)
        self.accept_now = Button("Take in and accept (Ctrl+Enter)", lambda: self.enter(accepts=True))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        fields = QWidget()
        flow = FlowLayout(fields, gap=12, line_gap=8)
        for cell in self.cells.values():
            flow.addWidget(cell)
        self._answer_row.setContentsMargins(0, 0, 0, 0)
        self._answer_row.setSpacing(8)
        self.answers.hide()
        self.question.hide()
        buttons = QWidget()
        foot = FlowLayout(buttons, gap=12, line_gap=8)
        for button in (self.take_in, self.accept_now):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (fields, self.says, self.question, self.answers, buttons):
            layout.addWidget(part)

    def _connect(self) -> None:
        self.children_line.textChanged.connect(self._on_line_changed)
        self.children_line.list_pasted.connect(self.list_pasted)
        for cell in self.cells.values():
            cell.control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the family in from any field; with Ctrl its children are accepted too."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        self.enter(accepts=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        return True

    def take_outlook(self) -> None:
        """Read against the plan as it is now; what was typed stays."""
        for field in (self.referred, self.received, self.visit_by):
            field.today = self.desk.today
        self._prefix = reference_prefix(child.reference for child in self.desk.workspace.snapshot.all(Child).values())

    def enter(self, accepts: bool = False) -> None:
        """Take in what is typed, or ask what is missing."""
        line = family_line(self.children_line.text(), self.desk.today, self._prefix)
        doubt = line.doubt or self._lacks(line.children)
        if doubt:
            self._ask(doubt)
            return
        taken = []
        for place, child in enumerate(self._with_shared(line.children)):
            asked = asked_of(self.desk, child)
            answer = self._answers.get(place, "")
            if asked is not None and not answer:
                self._ask_known(asked, place, accepts)
                return
            if answer != OUT:
                taken.append(settled(child, asked, answer))
        typed = self.children_line.text()
        self._clear()
        if taken:
            self.entered.emit(tuple(taken), accepts, typed)

    def put_back(self, typed: str, sentence: str) -> None:
        """A line that could not be taken in stands there again, unless another is begun; why is said."""
        if not self.children_line.text().strip():
            self.children_line.setText(typed)
        self._ask(sentence)

    def _lacks(self, children: tuple[Referral, ...]) -> str:
        """What the fields still lack, having gone there; empty where they lack nothing."""
        if not children:
            self.children_line.setFocus()
            return f"Type the children first. {HOW_TO_TYPE}"
        for field, words in ((self.referred, "day of the referral"), (self.received, "day the referral was received")):
            if field.day is None:
                field.setFocus()
                return f"Type the {words}, such as fri or 20/11."
        assert self.referred.day is not None
        assert self.received.day is not None
        if self.received.day > self.desk.today or self.referred.day > self.received.day:
            self.referred.setFocus()
            return "The referral comes first, then the day received, and neither after today."
        if self.visit_by.text().strip() and self.visit_by.day is None:
            self.visit_by.setFocus()
            return "The first visit has no day the planner knows. Type one such as +1wd or fri, or leave it empty."
        return ""

    def _with_shared(self, children: tuple[Referral, ...]) -> tuple[Referral, ...]:
        return tuple(
            replace(
                child,
                household="home" if len(children) > 1 else "",
                referred_on=self.referred.day,
                received_on=self.received.day,
                referral_source=self.source.value,
                priority=self.priority.value,
                first_visit_by=self.visit_by.day,
            )
            for child in children
        )

    def _ask(self, sentence: str) -> None:
        self.question.say(sentence)
        announce(self, sentence)

    def _ask_known(self, asked: Asked, place: int, accepts: bool) -> None:
        self._ask(asked.sentence)
        self._drop_answers()
        for answer, words in asked.answers:
            self._answer_row.addWidget(Button(words, partial(self._on_answer, place, answer, accepts), small=True))
        self._answer_row.addStretch(1)
        self.answers.show()
        first = self._answer_row.itemAt(0)
        if first is not None and (button := first.widget()) is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_answer(self, place: int, answer: str, accepts: bool) -> None:
        self._answers[place] = answer or IN
        self._drop_answers()
        self.question.say("")
        self.enter(accepts)

    def _drop_answers(self) -> None:
        self.answers.hide()
        while (item := self._answer_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()

    def _clear(self) -> None:
        """The next family; the days stay, the rest is this family's own."""
        self.children_line.clear()
        self._answers = {}
        self.question.say("")
        self.source.choose("")
        self.priority.choose("")
        self.visit_by.set_date(None)
        self.children_line.setFocus()

    def _on_line_changed(self, text: str) -> None:
        self._answers = {}
        self._drop_answers()
        self.question.say("")
        line = family_line(text, self.desk.today, self._prefix)
        self.says.setText(_echo(line.children) + (f" {line.doubt}" if line.doubt and line.children else "") or HOW_TO_TYPE)


def _echo(children: tuple[Referral, ...]) -> str:
    """What was understood: `2 children: C10432, A.B., born Wednesday 3 April 2019, and …`."""
    if not children:
        return ""
    return f"{count_words(len(children), 'child', 'children')}: {names_in_a_row([_child_words(child) for child in children])}."


def _child_words(child: Referral) -> str:
    day = child.born or child.expected
    born = f"{'born' if child.born else 'expected'} {full_date(day)}" if day else "no date of birth"
    called = " ".join(part for part in (child.reference or "no reference yet", child.initials) if part)
    return f"{called}, {born}"
