"""The last lines logged, newest first: what was said of each, and the way back; a line that was refused is kept there too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from planner.core.date_words import list_date
from planner.core.recording import TOOK_PLACE
from planner.core.records import Child, Visit
from planner.core.visit_outcome import Outcome
from planner.ui.logging.trip import Kept, LoggedStep
from planner.ui.logging.words import seen_words, visit_words
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

KEPT_LINES = 20
CHILD_WIDTH, DAY_WIDTH = 132, 92
BESIDE_BUTTON = 6
"""What the first line of a row stands lower by, to be level with the words of its button."""
TAKEN_BACK = "Taken back."


@dataclass(frozen=True, slots=True)
class Logged:
    """One line that was logged: the step to take back, the visit it made, and how each child was said to be seen."""

    step_id: str
    title: str
    visit: Visit
    seen: tuple[tuple[Child, Outcome], ...]


class LineRow(QFrame):
    """One line of the list: child, day, what was said, and a button."""

    def __init__(self, button: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.child, self.day, self.said = Words("", "strong"), Words(""), Words("")
        self.button = button
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        for words, stretch in ((self.child, 0), (self.day, 0), (self.said, 1)):
            words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            words.setContentsMargins(0, BESIDE_BUTTON, 0, 0)
            row.addWidget(words, stretch)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        line = QFrame()
        line.setProperty("line", "true")
        line.setFixedHeight(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(line)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed(current_theme())

    def say(self, child: str, day: str, said: str, tone: str = "") -> None:
        """Show the words of the line, and name the button by them."""
        self.child.setText(child)
        self.day.setText(day)
        self.said.setText(said)
        self.said.set_tone(tone)
        self.setAccessibleName(f"{child}, {day}: {said}")
        self.button.setAccessibleName(f"{self.button.text()}: {child}, {day}")

    def _on_theme_changed(self, theme: Theme) -> None:
        self.child.setFixedWidth(round(CHILD_WIDTH * theme.text_scale))
        self.day.setFixedWidth(round(DAY_WIDTH * theme.text_scale))


class LoggedLines(QWidget):
    """The list. `undo_asked` has the line to take back, `put_back_asked` what was typed in one that was refused."""

    undo_asked = Signal(object)
    put_back_asked = Signal(object)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.rows: list[tuple[Logged, LineRow]] = []
        self.refused: list[LineRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setAccessibleName("Lines logged, newest first")

    def add(self, logged: Logged) -> None:
        """Put a line first; the oldest beyond the last twenty goes from the page, and stays in the history."""
        row = LineRow(Button("Undo", lambda: self.undo_asked.emit(logged), small=True))
        self.rows.insert(0, (logged, row))
        self._column.insertWidget(len(self.refused), row)
        self._say(logged, row)
        for _, old in self.rows[KEPT_LINES:]:
            self._drop(old)
        del self.rows[KEPT_LINES:]

    def kept(self) -> tuple[LoggedStep, ...]:
        """The lines, newest first, as they can be kept while the planner is locked."""
        return tuple(
            LoggedStep(one.step_id, one.title, one.visit.id, tuple((child.id, how) for child, how in one.seen))
            for one, _ in self.rows
        )

    def put_back(self, steps: Sequence[LoggedStep]) -> None:
        """Show lines that were kept, where their visits still stand."""
        snapshot = self.desk.workspace.snapshot
        for step in reversed(steps):
            visit = snapshot.find(Visit, step.visit_id)
            seen = tuple((child, how) for one, how in step.seen if (child := snapshot.find(Child, one)) is not None)
            if visit is not None and visit.status in TOOK_PLACE and seen:
                self.add(Logged(step.step_id, step.title, visit, seen))

    def add_refused(self, kept: Kept, sentence: str) -> None:
        """Keep a line that could not be logged, with why, above all others."""
        row = LineRow(Button("Put back", small=True))
        row.button.clicked.connect(lambda _checked=False: self._on_put_back_pressed(row, kept))
        row.say(kept.child, kept.day_text, f"Not logged. {sentence}", "overdue")
        self.refused.insert(0, row)
        self._column.insertWidget(0, row)

    def show_again(self) -> None:
        """Say of each line how it stands now: logged, or taken back."""
        for logged, row in self.rows:
            self._say(logged, row)

    def _say(self, logged: Logged, row: LineRow) -> None:
        visit = self.desk.workspace.snapshot.find(Visit, logged.visit.id)
        is_there = visit is not None and visit.status in TOOK_PLACE
        words = self.desk.child_words
        first, *others = [child for child, _ in logged.seen]
        children = words(first) + "".join(f"\n{words(child)}" for child in others)
        seen = seen_words({words(child): outcome for child, outcome in logged.seen})
        said = f"{seen}. {visit_words(self.desk, visit if visit and is_there else logged.visit)}."
        row.say(
            children,
            list_date(logged.visit.on, self.desk.today),
            said if is_there else f"{TAKEN_BACK} {said}",
            "" if is_there else "muted",
        )
        row.button.setVisible(is_there)

    def _on_put_back_pressed(self, row: LineRow, kept: Kept) -> None:
        self.refused.remove(row)
        self._drop(row)
        self.put_back_asked.emit(kept)

    def _drop(self, row: LineRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
