"""History: every step, who took it and when; what one changed, what reversing it would do, and the button that does it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.actions.reversal import Preview, taken_back
from planner.core.errors import PlannerError
from planner.core.records import Person, StepTaken
from planner.ui.history_words import history_lines, preview_words
from planner.ui.inner_page import InnerPage
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.theme import current_theme
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words, list_date

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

TITLE = "History"
CHOOSE = "Choose a step to see what it changed and what reversing it would do."
WORKING = "Looking at what it changed …"


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step with the words of its cells."""

    step: StepTaken
    at: str
    who: str
    state: str


STEP_COLUMNS = (
    Column("When", lambda row: row.at, sort=lambda row: row.step.at, width=160),
    Column("What", lambda row: row.step.title, strong=True, stretch=True, width=180, tip=lambda row: row.step.title),
    Column("Who", lambda row: row.who, width=190),
    Column("State", lambda row: row.state, width=110, align="right"),
)
LINE_COLUMNS = (
    Column("What it changed", lambda line: line.what, strong=True, stretch=True, width=150, tip=lambda line: line.what),
    Column("Fact", lambda line: line.fact, width=100),
    Column("Now", lambda line: line.now, width=120),
    Column("Once reversed", lambda line: line.after, width=120),
    Column("", lambda line: line.note, width=150, tone=lambda _line: "warning"),
)


class HistoryPage(InnerPage):
    """All steps, newest first; the chosen one beneath, with what reversing it would do now."""

    table: RowsView

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(TITLE)
        self.title = TITLE
        self.desk = desk
        self.preview: Preview | None = None
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter the history")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(320)
        self.model = RowsModel(STEP_COLUMNS, (), self)
        self.table = RowsView(self.model, "Steps, newest first", "row_compact")
        self.lines_model = RowsModel(LINE_COLUMNS, (), self)
        self.lines = RowsView(self.lines_model, "What the step changed, and what reversing it would do", "row_compact")
        self.chosen = Words("", "section")
        self.said = Words(CHOOSE, "body", "muted")
        self.reverse = Button("Reverse this step", self._on_reverse_pressed)
        self.empty = Words("")
        self.clear = Button("Clear the filter", self._on_clear_pressed, small=True)
        self._lay_out()
        self.filter.textChanged.connect(self._on_filter_changed)
        self.table.row_selected.connect(self._on_step_chosen)
        self.table.clicked.connect(lambda index: self._on_step_chosen(self.model.row_at(index)))
        self._fill()

    def _lay_out(self) -> None:
        about = QHBoxLayout()
        about.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.chosen)
        words.addWidget(self.said)
        about.addLayout(words, 1)
        about.addWidget(self.reverse, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 12, 28, 16)
        layout.setSpacing(12)
        layout.addWidget(self.filter)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.empty)
        layout.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(about)
        layout.addWidget(self.lines, 2)
        self._show_preview(None)

    def show_outlook(self, _outlook: "Outlook") -> None:
        """Something changed: there is a new step, and the preview may differ."""
        self._fill()
        self._ask()

    def filter_field(self) -> QWidget:
        """The field over the rows."""
        return self.filter

    def finding(self) -> str:
        """How many steps there are."""
        return f"{count_words(len(self.model.rows), 'step')}, newest first. Any of them can be looked at and reversed."

    def _fill(self) -> None:
        snapshot, today = self.desk.workspace.snapshot, self.desk.today
        steps = self.desk.workspace.history()
        gone = taken_back(steps)
        people = snapshot.all(Person)
        self.model.set_rows(
            StepRow(step, _moment(step.at, today), _who(step, people), _state(step, gone)) for step in reversed(steps)
        )
        self._show_emptiness()

    def _on_filter_changed(self, text: str) -> None:
        self.model.set_filter(text)
        self._show_emptiness()

    def _on_clear_pressed(self) -> None:
        self.filter.clear()
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_emptiness(self) -> None:
        """Say so where the filter leaves no step."""
        is_empty = not self.model.shown
        self.table.setVisible(not is_empty)
        self.clear.setVisible(is_empty)
        self.empty.say(f"No step matches “{self.filter.text().strip()}”. Clear the filter to see all." if is_empty else "")

    def _chosen_step(self) -> StepTaken | None:
        row = self.table.current_row()
        return row.step if row is not None else None

    def _on_step_chosen(self, row: StepRow | None) -> None:
        shown = self.preview.step.id if self.preview else ""
        if row is not None and row.step.id != shown:
            self._ask()

    def _ask(self) -> None:
        step = self._chosen_step()
        if step is None:
            self._show_preview(None)
            return
        self.preview = None
        self.chosen.say(step.title)
        self.said.say(WORKING)
        self.desk.preview_undo(step.id, self._on_preview_made, self._on_preview_failed)

    def _on_preview_made(self, preview: Preview) -> None:
        step = self._chosen_step()
        if step is not None and step.id == preview.step.id:
            self._show_preview(preview)

    def _on_preview_failed(self, trouble: BaseException) -> None:
        if not isinstance(trouble, PlannerError):
            raise trouble
        self.said.say(f"{trouble.sentence} Choose the step again to look at it.", "warning")

    def _show_preview(self, preview: Preview | None) -> None:
        self.preview = preview
        snapshot, today = self.desk.workspace.snapshot, self.desk.today
        self.lines_model.set_rows(history_lines(preview, snapshot, today) if preview else ())
        self.lines.setVisible(bool(self.lines_model.rows))
        self.chosen.say(preview.step.title if preview else "")
        self.said.say(preview_words(preview) if preview else CHOOSE, "warning" if preview and preview.refusal else "muted")
        self.reverse.setVisible(preview is not None and not preview.refusal)
        self.lines.setMinimumHeight(4 * current_theme().size("row_compact"))

    def _on_reverse_pressed(self) -> None:
        if self.preview is not None:
            self.table.setFocus()  # the button goes with what it was for
            self.desk.undo_step(self.preview.step.id, self.preview.step.title)


def _moment(at: datetime | None, today: Any) -> str:
    local = at.astimezone() if at else None
    return f"{list_date(local.date(), today)}, {local:%H:%M}" if local else ""


def _who(step: StepTaken, people: Any) -> str:
    person = people.get(step.person_id)
    return person.name if person else "The planner"


def _state(step: StepTaken, gone: frozenset[str]) -> str:
    if step.id in gone:
        return "taken back"
    return "takes one back" if step.undoes else ""
