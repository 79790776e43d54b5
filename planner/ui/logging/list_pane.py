"""A pasted list of visits: every line checked, doubtful ones asked in place, all sure ones logged in one step."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from planner.actions.visits import VisitsLogged, log_visits
from planner.core.errors import PlannerError
from planner.core.visit_list import ListedLine, TypedLine, checked_list, lines_of
from planner.ui.dialogs.form import MaybeDay
from planner.ui.logging.known import ground_of
from planner.ui.logging.line_question import LineQuestion
from planner.ui.logging.list_columns import list_columns
from planner.ui.logging.trip import made_of
from planner.ui.table import RowsModel, RowsView
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

EXAMPLE = "C10432 seen alone home 14/3 40m\nC10551 not seen (no one at home) fri\n16 March C10433 alone school by Dev"
HOW_TO_PASTE = (
    "One visit a line, from an e-mail or a sheet: child by reference or number, how seen, date. Nothing is logged yet: "
    "each line is checked first, and what is in doubt is asked."
)
PASTE_LINES, PASTE_LINES_AFTER, LEAST_ROWS = 5, 2, 8
WIDEST_BESIDE = 1.5
"""The largest text at which the date stands beside the lines; above it there is no room for both."""
IN_THE_FUTURE = "Enter a day on or before today."


class PendingList(QObject):
    """Lines on their way to the file."""

    def __init__(self, pane: "ListPane", lines: Sequence[ListedLine]) -> None:
        super().__init__(pane)
        self._pane, self._lines = pane, tuple(lines)

    def on_logged(self, logged: VisitsLogged) -> None:
        """Take the lines that were logged off the list; the others stay with the reason."""
        self._pane.take_logged(self._lines, logged)
        self.deleteLater()

    def on_refused(self, trouble: BaseException) -> None:
        """All stay."""
        self._pane.take_refused(trouble)
        self.deleteLater()


class PasteBox(QPlainTextEdit):
    """Where lines are pasted; Ctrl+Enter checks them, Tab goes on."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter is the button beside it."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class ListPane(QWidget):
    """Lines are checked on a thread, whenever one of them or the plan changes; a stale answer is dropped."""

    left = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.lines: list[TypedLine] = []
        self.refusals: dict[TypedLine, str] = {}
        self._last_number = 0
        self._asked_for = 0
        self._is_logging = False
        self._goes_on = False
        self.box = PasteBox()
        self.box.setAccessibleName("Lines to check")
        self.box.setTabChangesFocus(True)
        self.day = MaybeDay(desk, "Date of lines without one", empty="May be left empty: each is then asked about.")
        self.check = Button("Check the lines", self.check_pasted)
        self.back = Button("Back to single lines", self.left.emit, kind="link")
        self.trouble = Words("", "body", "overdue")
        self.summary = Words("", "section")
        self.model = RowsModel(list_columns(desk))
        self.table = RowsView(self.model, "Lines of the list", parent=self)
        self.question = LineQuestion(desk)
        self.log = Button("", self.log_sure, kind="primary")
        self.next = Button("Next line in doubt", self.go_to_doubt, small=True)
        self.put_back = Button("Put back as text", self._on_put_back_pressed, small=True)
        self._lay_out()
        self._connect()
        self._show_counts()

    def _lay_out(self) -> None:
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        beside = QVBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.day)
        beside.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addStretch(1)
        self._paste = paste = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        paste.setSpacing(16)
        paste.addWidget(self.box, 2)
        paste.setAlignment(self.box, Qt.AlignmentFlag.AlignTop)
        paste.addLayout(beside, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.summary, 1)
        for button in (self.next, self.put_back, self.log):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(Words(HOW_TO_PASTE, "body", "muted"))
        layout.addLayout(paste)
        layout.addWidget(self.trouble)
        layout.addLayout(foot)
        layout.addWidget(self.question)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        self.trouble.hide()

    def _connect(self) -> None:
        self.box.entered.connect(self.check_pasted)
        self.day.date_field.line.installEventFilter(self)
        self.table.row_selected.connect(self._on_row_selected)
        self.table.row_opened.connect(lambda _row: self.question.stand())
        self.question.mended.connect(self._on_line_mended)
        self.question.agreed.connect(self._on_line_agreed)
        self.question.left_out.connect(self._on_line_left_out)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed(current_theme())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the date is the button beneath it."""
        is_key = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_key and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self.check_pasted()
            return True
        return False

    # Checking

    def take_text(self, text: str) -> None:
        """Add pasted lines to the list, and check it."""
        for line in lines_of(text):
            self._last_number += 1
            self.lines.append(TypedLine(self._last_number, line))
        self.recheck()

    def take_begun(self, box: str, lines: Sequence[TypedLine]) -> None:
        """Put back what stood in the box and in the list."""
        self.box.setPlainText(box)
        self.lines = list(lines)
        self._last_number = max((line.number for line in lines), default=0)
        self.recheck()

    def check_pasted(self) -> None:
        """Take the lines out of the box."""
        day = self.day.known_day()
        self.day.show_trouble(IN_THE_FUTURE if day is not None and day > self.desk.today else "")
        if day is not None and day > self.desk.today:
            self.day.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        text = self.box.toPlainText()
        self.box.clear()
        self._goes_on = bool(lines_of(text))
        self.take_text(text)

    def recheck(self) -> None:
        """Check every line anew, on a thread."""
        ground = ground_of(self.desk, self.day.known_day())
        if ground is None:
            return
        self._asked_for += 1
        asked_for, refusals = self._asked_for, dict(self.refusals)

        def _checked() -> tuple[int, list[ListedLine]]:
            found = checked_list(lines, ground)
            return asked_for, [replace(listed, refusal=refusals.get(listed.typed, "")) for listed in found]

        lines = tuple(self.lines)
        self.desk.run_in_background(_checked, then=self._on_lines_checked, words="Checking the lines")

    def _on_lines_checked(self, found: tuple[int, list[ListedLine]]) -> None:
        asked_for, listed = found
        if asked_for != self._asked_for:
            return
        shown = self.question.listed.typed.number if self.question.listed is not None else 0
        self.model.set_rows(listed)
        self._show_counts()
        row = next((row for row in listed if row.typed.number == shown), None)
        self.question.show_line(row)
        if row is not None:
            self.table.select_row(row)
        if self._goes_on:
            self._goes_on = False
            announce(self, self.summary.text())
            self.go_to_doubt()

    @property
    def rows(self) -> tuple[ListedLine, ...]:
        """Every line with what was understood of it."""
        return self.model.rows

    @property
    def is_checked(self) -> bool:
        """Whether what is shown is of the lines there are now."""
        return [row.typed for row in self.rows] == self.lines

    def _sure(self) -> list[ListedLine]:
        return [row for row in self.rows if row.is_sure]

    def _show_counts(self) -> None:
        sure, asked = len(self._sure()), len(self.rows) - len(self._sure())
        for widget in (self.table, self.log, self.next, self.put_back):
            widget.setVisible(bool(self.rows))
        self._fit_box()
        self.log.setText(f"Log {count_words(sure, 'visit')}" if sure else "Log the visits")
        self.next.setVisible(asked > 0)
        self.summary.setText(f"{count_words(sure, 'line')} sure, {asked:,} asked about" if self.rows else "")

    # Doubts

    def go_to_doubt(self) -> None:
        """Stand on the next line in doubt after the one that is shown, or on the button when there is none."""
        number = self.question.listed.typed.number if self.question.listed is not None else 0
        doubtful = [row for row in self.rows if not row.is_sure]
        later = [row for row in doubtful if row.typed.number > number]
        if not doubtful:
            self.log.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.table.select_row((later or doubtful)[0])
        self.question.stand()

    def _change(self, number: int, changed: TypedLine | None) -> None:
        self.lines = [changed if line.number == number else line for line in self.lines] if changed else self._without({number})
        self._goes_on = True
        self.recheck()

    def _without(self, numbers: set[int]) -> list[TypedLine]:
        return [line for line in self.lines if line.number not in numbers]

    # Logging

    def log_sure(self) -> None:
        """Log every sure line in one step that can be taken back as one."""
        sure, refusal = self._sure(), self.desk.reason_not_to_edit()
        if refusal or not sure or self._is_logging or not self.is_checked:
            self.trouble.say(refusal or ("" if sure else "No line is sure yet. Answer what is asked of the lines first."))
            announce(self, self.trouble.text())
            return
        self.trouble.say("")
        self._is_logging = True
        pending = PendingList(self, sure)
        visits = count_words(len(sure), "visit")
        made = [made_of(self.desk, row.checked, again=row.typed.is_agreed) for row in sure]
        self.desk.perform(
            f"Log {visits} from a list",
            log_visits,
            made,
            then=pending.on_logged,
            failed=pending.on_refused,
            said=f"Logged {visits} from a list",
        )

    def take_logged(self, lines: Sequence[ListedLine], logged: VisitsLogged) -> None:
        """Lines that were logged go; one that was refused stays with the reason."""
        self._is_logging = False
        self.refusals |= {lines[place].typed: sentence for place, sentence in logged.refused.items()}
        self.lines = self._without({lines[place].typed.number for place in logged.visits})
        self.recheck()

    def take_refused(self, trouble: BaseException) -> None:
        """Say why nothing was logged; every line stays."""
        self._is_logging = False
        if not isinstance(trouble, PlannerError):
            raise trouble
        self.trouble.say(trouble.sentence)
        announce(self, trouble.sentence)

    # What happens

    def _on_row_selected(self, row: ListedLine | None) -> None:
        if row is not None:
            self.question.show_line(row)

    def _on_line_mended(self, number: int, text: str) -> None:
        self._change(number, TypedLine(number, " ".join(text.split())))

    def _on_line_agreed(self, number: int) -> None:
        line = next(line for line in self.lines if line.number == number)
        self._change(number, replace(line, is_agreed=True))

    def _on_line_left_out(self, number: int) -> None:
        self._change(number, None)

    def _on_put_back_pressed(self) -> None:
        self.box.setPlainText("\n".join([*(line.text for line in self.lines), self.box.toPlainText()]).strip())
        self.lines, self.refusals = [], {}
        self.recheck()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_theme_changed(self, theme: Theme) -> None:
        is_large = theme.text_scale > WIDEST_BESIDE
        self._paste.setDirection(QBoxLayout.Direction.TopToBottom if is_large else QBoxLayout.Direction.LeftToRight)
        self._fit_box()
        self.table.setMinimumHeight(LEAST_ROWS * theme.size("row_normal"))

    def _fit_box(self) -> None:
        """Room for a list to be pasted, and less once there is one to look at."""
        lines = PASTE_LINES_AFTER if self.rows else PASTE_LINES
        self.box.setPlaceholderText("More lines" if self.rows else EXAMPLE)
        self.box.setFixedHeight(lines * self.box.fontMetrics().lineSpacing() + 20)
