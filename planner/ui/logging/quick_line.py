"""The quick line: over any page, one visit typed as one line, said back in words, and logged by Enter."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from planner.actions.visits import SameDay
from planner.core.date_words import list_date
from planner.core.errors import PlannerError
from planner.core.line_completion import completion
from planner.core.records import Child, Visit
from planner.core.visit_check import CheckedLine, checked_line
from planner.core.visit_line import Doubt, VisitLine, reference_words
from planner.core.visit_line_reading import read_line
from planner.ui.begun import begun_of
from planner.ui.keys import KeyWords
from planner.ui.logging.clock_words import clock_words
from planner.ui.logging.completed_edit import CompletedEdit
from planner.ui.logging.entry_reading import with_child
from planner.ui.logging.known import ground_of, known_of
from planner.ui.logging.matches import Matches
from planner.ui.logging.trip import log_trip, made_of, step_words
from planner.ui.logging.words import checked_words, child_line
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.focus_ring import FocusFollower
from planner.ui.widgets.words import Words
from planner.ui.wording import names_in_a_row

if TYPE_CHECKING:
    from planner.ui.desk import Desk

WIDTH, FROM_TOP, WIDEST_SCALE = 720, 80, 1.5
BEGUN = "quick line"
EXAMPLE = "C10432 seen alone home 14/3 40m"
HOW_TO_TYPE = (
    "Child first, by reference or number; then in any order how seen, place, date, length. Today, the lead worker and the "
    "usual place are taken where they are not said. “+” adds a child, “all” the household."
)
HINT = "Enter logs it. Tab adds what is grey, → one word of it. {} takes it back. Esc closes."
AGREE = "Log it all the same (Ctrl+Enter)"
AGREE_KEY = "Ctrl+Enter logs it all the same."


class QuickField(CompletedEdit):
    """Where the line is typed; Esc belongs to the quick line, not to the window under it."""

    entered = Signal(bool)
    """Enter was pressed; with Ctrl, to agree to what is warned of."""

    def event(self, event: QEvent) -> bool:
        """Take Esc before any shortcut does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the line's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            super().keyPressEvent(event)


class PendingLine(QObject):
    """A line on its way to the file."""

    def __init__(self, bar: "QuickLine", text: str) -> None:
        super().__init__(bar)
        self._bar, self._text = bar, text

    def on_logged(self, _result: tuple[str, Visit]) -> None:
        """Nothing more to say: the desk has said that it is done."""
        self.deleteLater()

    def on_refused(self, trouble: BaseException) -> None:
        """Give the line back."""
        self._bar.take_refused(self._text, trouble)
        self.deleteLater()


class QuickLine(QDialog):
    """The bar. It is made once and hidden when it is left, so that a line begun stands there when it is opened again."""

    def __init__(self, desk: "Desk", window: QWidget, open_list: Callable[[str], object]) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.desk, self._over, self._open_list = desk, window, open_list
        self.setObjectName("palette")
        self.setWindowTitle("Log a visit in one line")
        self.setAccessibleName("Log a visit in one line")
        self.checked = CheckedLine(VisitLine())
        self._last: VisitLine | None = None
        self.field = QuickField()
        self.field.setAccessibleName("Visit in one line")
        self.field.setPlaceholderText(EXAMPLE)
        self.matches = Matches(desk)
        self.about = Words("", "strong")
        self.says = Words("", "body", "muted")
        self.clock = Words("", "body")
        self.question = Words("", "strong", "warning")
        self.agree = Button(AGREE, lambda: self.enter(agrees=True), small=True)
        self.news = Words("", "body", "good")
        self.undo = Button("", desk.undo, small=True)
        self.hint = Words("", "small", "muted")
        self.undo_key = QShortcut(self)
        self.log = Button("Log the visit", self.enter, kind="primary")
        self._lay_out()
        self._connect()
        self._fit_width()
        begun_of(desk).watch(BEGUN, lambda: self.field.text() or None)
        self.field.setText(begun_of(desk).take(BEGUN) or "")
        FocusFollower(self)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(8)
        for part in (self.field, self.matches, self.about, self.says, self.clock, self.question):
            layout.addWidget(part)
        said = QHBoxLayout()
        said.setSpacing(12)
        said.addWidget(self.news, 1)
        said.addWidget(self.undo)
        layout.addLayout(said)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.agree)
        foot.addWidget(self.log)
        layout.addLayout(foot)
        self.news.hide()
        self.undo.hide()

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_line_typed)
        self.field.entered.connect(self.enter)
        self.field.list_asked.connect(self._on_list_asked)
        self.field.lines_pasted.connect(self._on_lines_pasted)
        self.matches.row_opened.connect(self._on_child_chosen)
        self.matches.left.connect(lambda: self.field.setFocus(Qt.FocusReason.OtherFocusReason))
        self.desk.done.connect(self._on_step_done)
        self.desk.undone.connect(self._on_step_undone)
        self.desk.outlook_changed.connect(self._on_outlook_changed)
        self.desk.privacy_changed.connect(self._on_outlook_changed)
        theme_changes.changed.connect(self._fit_width)
        self.undo_key.activated.connect(self.desk.undo)
        KeyWords(self, "undo", self._name_undo_key)

    def _name_undo_key(self, key: str) -> None:
        self.undo_key.setKey(QKeySequence(key))
        self.undo.setText(f"Undo ({key})")
        self.hint.setText(HINT.format(key))

    def show_up(self) -> None:
        """Open it near the top of its window, with the caret in the line."""
        over = self._over.window()
        self._refresh()
        self.move(over.mapToGlobal(QPoint((over.width() - self.width()) // 2, FROM_TOP)))
        self.show()
        self.raise_()
        self.activateWindow()
        self.field.setFocus()
        self.field.selectAll()

    # What is shown

    def _refresh(self) -> None:
        """Say back what was typed so far: whom it is about, the visit, the clock, and what is asked of what was typed."""
        text = self.field.text()
        known, ground = known_of(self.desk), ground_of(self.desk, self.desk.today)
        self.field.offer(completion(text, known, self._last))
        if not text.strip() or ground is None:
            self.checked = CheckedLine(VisitLine())
            self._show("", HOW_TO_TYPE, "", "")
            return
        self.checked = checked = checked_line(read_line(text, known), ground)
        children = [child for one, _ in checked.line.seen if (child := known.roll.child(one))]
        wrong = next((self._words(doubt) for doubt in checked.asked if doubt.typed), "")
        warned = [doubt.sentence for doubt in checked.warned]
        self._show(
            "\n".join(child_line(self.desk, child) for child in children),
            checked_words(self.desk, checked, known) if children else HOW_TO_TYPE,
            clock_words(self.desk, checked),
            " ".join([*warned, *([AGREE_KEY] if warned and not checked.asked else []), wrong]).strip(),
        )

    def _show(self, about: str, says: str, clock: str, question: str) -> None:
        self.about.say(about)
        self.says.say(says)
        self.clock.say(clock)
        self.question.say(question)
        self.agree.setVisible(bool(self.checked.warned) and not self.checked.asked)
        doubt = self._child_doubt()
        found = [known_of(self.desk).roll.child(one) for one in doubt.options] if doubt else []
        self.matches.show_children(tuple(child for child in found if child is not None))
        self._fit_height()

    def _child_doubt(self) -> Doubt | None:
        return next((doubt for doubt in self.checked.asked if doubt.part == "child" and doubt.options), None)

    def _words(self, doubt: Doubt) -> str:
        """A question, with the names of the workers it is between."""
        workers = known_of(self.desk).workers
        names = names_in_a_row([workers[one] for one in doubt.options if one in workers])
        return f"{doubt.sentence} Type more of the name: {names}." if names else doubt.sentence

    def _ask(self, sentence: str) -> None:
        self.question.say(sentence)
        announce(self, sentence)
        self._fit_height()

    # Enter

    def enter(self, agrees: bool = False) -> None:
        """Log the line, or say what stands in its way; what is warned of is agreed to by Ctrl+Enter alone."""
        self._refresh()
        checked = self.checked
        refusal = self.desk.reason_not_to_edit()
        if refusal:
            self._ask(refusal)
        elif checked.asked:
            warned = [doubt.sentence for doubt in checked.warned]
            self._ask(" ".join([*warned, self._words(checked.asked[0])]))
            if self._child_doubt() is not None:
                self.matches.enter()
        elif not checked.outcomes:
            self._ask(HOW_TO_TYPE)
        elif checked.warned and not agrees:
            announce(self, self.question.text())
        else:
            self._perform(checked)

    def _perform(self, checked: CheckedLine) -> None:
        assert checked.line.day is not None
        words = step_words(checked, known_of(self.desk))
        pending = PendingLine(self, self.field.text())
        self._last = read_line(self.field.text(), known_of(self.desk))
        self.field.setText("")  # not `clear`, which Ctrl+Z would take back in place of the visit
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.perform(
            f"Log {words}",
            log_trip,
            made_of(self.desk, checked, again=bool(checked.warned)),
            then=pending.on_logged,
            failed=pending.on_refused,
            said=f"Logged a {words} on {list_date(checked.line.day, self.desk.today)}",
        )

    def take_refused(self, text: str, trouble: BaseException) -> None:
        """Put a line back that could not be logged; beside one that is begun, it is said with its words."""
        if not isinstance(trouble, PlannerError):
            raise trouble
        begun = self.field.text().strip()
        if not begun:
            self.field.setText(text)
        if self.isVisible():
            asks_again = isinstance(trouble, SameDay) and not begun
            said = f"{trouble.sentence} {AGREE_KEY}" if asks_again else trouble.sentence
            self._ask(f"“{text}” is not logged. {trouble.sentence}" if begun else said)
        else:
            self.desk.failed.emit(f"“{text}” is not logged. {trouble.sentence}")

    # What happens

    def _on_line_typed(self, _text: str) -> None:
        self._refresh()
        if self.about.text():
            announce(self, self.about.text())

    def _on_list_asked(self) -> None:
        if self.matches.isVisible():
            self.matches.enter()

    def _on_lines_pasted(self, text: str) -> None:
        self.hide()
        self._open_list(text)

    def _on_child_chosen(self, child: Child | None) -> None:
        doubt = self._child_doubt()
        if child is not None and doubt is not None:
            self.field.setText(with_child(self.field.text(), doubt.typed, reference_words(child)))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.end(False)

    def _on_step_done(self, said: str) -> None:
        self._say_done(said, is_undoable=True)

    def _on_step_undone(self, said: str) -> None:
        self._say_done(said, is_undoable=False)

    def _say_done(self, said: str, *, is_undoable: bool) -> None:
        sentence = said if said.endswith(".") else f"{said}."
        self.news.say(sentence)
        self.undo.setVisible(is_undoable)
        if self.isVisible():
            announce(self, sentence)
            self._fit_height()

    def _on_outlook_changed(self, _: object = None) -> None:
        if self.isVisible():
            question = self.question.text()
            self._refresh()
            if question and self.question.isHidden():
                self._ask(question)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was done is news only while the line is open."""
        super().hideEvent(event)
        self.news.hide()
        self.undo.hide()

    def _fit_height(self) -> None:
        """As high as its words need at its width."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _fit_width(self, _theme: object = None) -> None:
        scale = min(current_theme().text_scale, WIDEST_SCALE)
        self.setFixedWidth(min(round(WIDTH * scale), max(WIDTH, self._over.window().width() - 40)))
        self._fit_height()


def open_quick_line(desk: "Desk", window: QWidget, open_list: Callable[[str], object]) -> QuickLine:
    """Open the quick line of a desk over its window, or go back to it; `open_list` is given several lines pasted into it."""
    found = [bar for bar in window.findChildren(QuickLine) if bar.desk is desk]
    bar = found[0] if found else QuickLine(desk, window, open_list)
    bar.show_up()
    return bar
