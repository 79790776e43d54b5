"""Type a sheet back that was filled in by hand: a line by its number, Enter for the next; the whole sheet is one step."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from planner.actions.paper_sheets import type_back
from planner.core.chase_message import again_after, gap_words
from planner.core.date_words import list_date
from planner.core.errors import Refused
from planner.core.flow_records import PaperSheet
from planner.core.paper_sheets import CHASE, DAY, sheets_to_type
from planner.core.records import Worker
from planner.core.sheet_typing import HOW, PROMISE, Said, asked_of, said_of
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.question import Draft, Question, Wrong
from planner.ui.logging.known import known_of
from planner.ui.table import Column, RowsModel
from planner.ui.widgets.button import Button
from planner.ui.widgets.fitted_rows import FittedRows
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words, names_in_a_row

if TYPE_CHECKING:
    from planner.ui.desk import Desk

WIDTH = 640
COLUMNS = (
    Column("Line", lambda said: str(said.number), sort=lambda said: said.number, align="right", width=56, strong=True),
    Column("What is typed in", lambda said: said.words, stretch=True, tip=lambda said: said.words),
)


class TypedLines(FittedRows):
    """The lines typed so far; Delete takes one out again."""

    def __init__(self, model: RowsModel, dialog: "TypeSheetDialog") -> None:
        super().__init__(model, "Lines typed; Delete takes one out", "row_compact")
        self._dialog = dialog

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the line out; all else is the table's own."""
        if event.key() == Qt.Key.Key_Delete and self.current_row() is not None:
            self._dialog.take_out(self.current_row())
        else:
            super().keyPressEvent(event)


class TypeSheetDialog(Question):
    """Enter adds the line typed; on an empty line it keeps the whole sheet."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Which sheet came back?", "Keep the sheet", "", WIDTH, parent)
        self._sheets = {sheet.id: sheet for sheet in sheets_to_type(desk.workspace.snapshot, desk.today, CHASE, DAY)}
        self.lines: dict[int, Said] = {}
        self.sheet = ChoiceField("Sheet", {sheet.id: self._sheet_words(sheet) for sheet in self._sheets.values()})
        self.line = TextField("Line", HOW, "3 r")
        self.echo = Words("", "small", "muted")
        self.add_line_button = Button("Add the line", self._on_add_pressed, small=True)
        self.model = RowsModel(COLUMNS)
        self.table = TypedLines(self.model, self)
        self.count = Words("", "small", "muted")
        for field in (self.sheet, self.line):
            self.add(field)
        self.body.addWidget(self.echo)
        self.body.addWidget(self.add_line_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.table)
        self.body.addWidget(self.count)
        self.body.addStretch(1)
        self.sheet.changed.connect(self._on_sheet_changed)
        self.line.changed.connect(self.show_names)
        self._show_lines()
        self.line.edit.setFocus()

    def _sheet_words(self, sheet: PaperSheet) -> str:
        worker = self.desk.workspace.snapshot.find(Worker, sheet.worker_id)
        kind = "late or missing" if sheet.kind == CHASE else "day"
        return f"Sheet {sheet.number}: {worker.name if worker else 'a worker'}, {kind}, {list_date(sheet.on, self.desk.today)}"

    def add_line(self) -> None:
        """Read the line and add it. Raises Wrong with what to type."""
        outlook = self.desk.outlook
        assert outlook is not None
        try:
            said = said_of(self.line.text, self._sheets[self.sheet.value], outlook, known_of(self.desk))
        except Refused as refused:
            raise Wrong(self.line, refused.sentence) from refused
        self.lines[said.number] = said
        self.line.edit.clear()
        self.line.show_trouble("")
        self._show_lines()

    def show_names(self) -> None:
        """Say whom the line that is typed is about and what it asks, or what was understood of it."""
        self.echo.say(self._line_words())

    def _line_words(self) -> str:
        outlook, sheet = self.desk.outlook, self._sheets.get(self.sheet.value)
        number = self.line.text.partition(" ")[0]
        if outlook is None or sheet is None or not number.isdecimal() or not 1 <= int(number) <= len(sheet.lines):
            return ""
        try:
            asked = asked_of(sheet, int(number), outlook)
        except Refused as refused:
            return refused.sentence
        children = names_in_a_row([self.desk.child_words(case.child) for case in asked.cases])
        try:
            return f"{children}: {said_of(self.line.text, sheet, outlook, known_of(self.desk)).words.partition(': ')[2]}."
        except Refused:
            return f"{children}: {gap_words(asked.gap, outlook.on) if asked.gap is not None else 'the visit of the day'}."

    def take_out(self, said: Said) -> None:
        """Take a line out again, and put the number back to be typed anew."""
        self.lines.pop(said.number, None)
        self.line.edit.setText(f"{said.number} ")
        self.line.edit.setFocus()
        self._show_lines()

    def act(self) -> None:
        """Add the line that stands there; with none, keep the sheet as one step."""
        if self.line.text:
            self.add_line()
            return
        if not self.lines:
            raise Wrong(self.line, "Type a line of the sheet first.")
        outlook, sheet = self.desk.outlook, self._sheets[self.sheet.value]
        assert outlook is not None
        promised = [said.day for said in self.lines.values() if said.what == PROMISE and said.day is not None]
        lines = [self.lines[number] for number in sorted(self.lines)]
        self.perform(
            f"Type back sheet {sheet.number}",
            type_back,
            sheet.id,
            lines,
            again_after(self.desk.today, outlook.calendar, max(promised, default=None)),
            said=f"Typed back sheet {sheet.number}: {count_words(len(lines), 'line')}",
        )

    def draft(self) -> Draft:
        """The sheet and what was typed of it."""
        return {"sheet": self.sheet.value, "lines": dict(self.lines), "line": self.line.text}

    def restore(self, draft: Draft) -> None:
        """Put it back, where that sheet still waits."""
        if draft["sheet"] in self._sheets:
            self.sheet.choose(draft["sheet"])
            self.lines = dict(draft["lines"])
            self.line.edit.setText(draft["line"])
            self._show_lines()

    def _show_lines(self) -> None:
        self.model.set_rows(self.lines[number] for number in sorted(self.lines))
        self.table.setVisible(bool(self.lines))
        self.table.fit_height()
        sheet = self._sheets.get(self.sheet.value)
        of = f" of {len(sheet.lines)}" if sheet is not None else ""
        self.count.say(f"{len(self.lines)}{of} lines typed. Enter on an empty line keeps the sheet; lines not typed stay open.")

    def _on_sheet_changed(self) -> None:
        self.lines = {}
        self._show_lines()
        self.show_names()

    def _on_add_pressed(self) -> None:
        try:
            self.add_line()
        except Wrong as wrong:
            wrong.field.show_trouble(wrong.sentence)
        self.line.edit.setFocus()
