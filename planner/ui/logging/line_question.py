"""What is asked of one line of a pasted list, answered where it stands: choose, mend the words, agree, or leave it out."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.core.records import Child
from planner.core.visit_line import reference_words
from planner.core.visit_list import ListedLine
from planner.ui.logging.answers import answers_to
from planner.ui.logging.clock_words import clock_words
from planner.ui.logging.entry_reading import with_child
from planner.ui.logging.known import known_of
from planner.ui.logging.matches import Matches
from planner.ui.logging.words import checked_words, child_line
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.ui.desk import Desk


class LineQuestion(QWidget):
    """One line: its number, what is asked or understood, its words to mend, and answers."""

    mended = Signal(int, str)
    """The number of the line, and its words now."""
    agreed = Signal(int)
    left_out = Signal(int)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.listed: ListedLine | None = None
        self.number = Words("", "section")
        self.asked = Words("", "strong", "warning")
        self.field = QLineEdit()
        self.field.setAccessibleName("The line, to mend")
        self.matches = Matches(desk)
        self.answers = QWidget()
        self.answers.setAccessibleName("Answers")
        self.about = Words("", "strong")
        self.says = Words("", "body", "muted")
        self.agree = Button("Log it all the same", self._on_agree_pressed, small=True)
        self.leave_out = Button("Leave it out", self._on_leave_out_pressed, small=True)
        self._flow = FlowLayout(self.answers, gap=8, line_gap=6)
        self.buttons: list[Button] = []
        self._lay_out()
        self.field.returnPressed.connect(self._on_line_entered)
        self.matches.row_opened.connect(self._on_child_chosen)
        self.matches.left.connect(lambda: self.field.setFocus(Qt.FocusReason.OtherFocusReason))
        self.hide()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.field, 1)
        line.addWidget(self.agree)
        line.addWidget(self.leave_out)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(8)
        for part in (self.number, self.asked, self.matches, self.answers):
            layout.addWidget(part)
        layout.addLayout(line)
        layout.addWidget(self.about)
        layout.addWidget(self.says)

    def show_line(self, listed: ListedLine | None) -> None:
        """Ask about a line, or about none."""
        self.setVisible(listed is not None)
        is_same = listed is not None and self.listed is not None and listed.typed == self.listed.typed
        self.listed = listed
        if listed is None:
            return
        known = known_of(self.desk)
        self.number.setText(f"Line {listed.typed.number}")
        self.asked.say(listed.question)
        if not is_same:
            self.field.setText(listed.typed.text)
        doubt = listed.doubt
        found = [known.roll.child(one) for one in doubt.options] if doubt is not None and doubt.part == "child" else []
        self.matches.show_children(tuple(child for child in found if child is not None))
        self._show_answers(listed)
        self.agree.setVisible(not listed.checked.asked and not listed.is_sure)
        children = [child for one, _ in listed.checked.line.seen if (child := known.roll.child(one))]
        self.about.say("\n".join(child_line(self.desk, child) for child in children))
        understood = checked_words(self.desk, listed.checked, known) if children else ""
        self.says.say(" ".join(filter(None, [understood, clock_words(self.desk, listed.checked)])))
        if not is_same:
            announce(self, f"{self.number.text()}. {listed.question}")

    def _show_answers(self, listed: ListedLine) -> None:
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        answers = answers_to(listed, known_of(self.desk), self.desk.today)
        self.buttons = [Button(answer.words, small=True) for answer in answers]
        before: QWidget = self.matches
        for button, answer in zip(self.buttons, answers, strict=True):
            button.clicked.connect(lambda _checked=False, text=answer.text: self._mend(text))
            self._flow.addWidget(button)
            QWidget.setTabOrder(before, button)
            before = button
        for widget in (self.field, self.agree, self.leave_out):
            QWidget.setTabOrder(before, widget)
            before = widget
        self.answers.setVisible(bool(answers))

    def stand(self) -> None:
        """Stand where the question is answered."""
        if self.listed is None:
            return
        if not self.matches.isHidden():
            self.matches.enter()
        elif self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.agree.isHidden():
            self.agree.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.field.end(False)

    # What happens

    def _mend(self, text: str) -> None:
        if self.listed is not None:
            self.field.setText(text)
            self.mended.emit(self.listed.typed.number, text)

    def _on_line_entered(self) -> None:
        self._mend(self.field.text())

    def _on_child_chosen(self, child: Child | None) -> None:
        doubt = self.listed.doubt if self.listed is not None else None
        if child is not None and doubt is not None:
            self._mend(with_child(self.field.text(), doubt.typed, reference_words(child)))

    def _on_agree_pressed(self) -> None:
        if self.listed is not None:
            self.agreed.emit(self.listed.typed.number)

    def _on_leave_out_pressed(self) -> None:
        if self.listed is not None:
            self.left_out.emit(self.listed.typed.number)
