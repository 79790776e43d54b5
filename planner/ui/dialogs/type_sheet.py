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
from planner.core.sheet_typing import HOW, PROMISE, Asked, Said, asked_of, said_of
from planner.ui.dialogs.fields import ChoiceField
from planner.ui.dialogs.line_field import LineField
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
    """Enter adds the line typed and goes on to the next; Ctrl+Enter, or Enter on an empty line, keeps the whole sheet."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Which sheet came back?", "Keep the sheet", "", WIDTH, parent)
        self._sheets = {sheet.id: sheet for sheet in sheets_to_type(desk.workspace.snapshot, desk.today, CHASE, DAY)}
        self._typed: dict[str, dict[int, Said]] = {}
        self.sheet = ChoiceField("Sheet", {sheet.id: self._sheet_words(sheet) for sheet in self._sheets.values()})
        self.line = LineField(HOW, "3 r")
        self.add_line_button = Button("Add the line", self._on_add_pressed, small=True)
        self.model = RowsModel(COLUMNS)
        self.table = TypedLines(self.model, self)
        self.count = Words("", "small", "muted")
        for field in (self.sheet, self.line):
            self.add(field)
        self.body.addWidget(self.add_line_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.table)
        self.body.addWidget(self.count)
        self.body.addStretch(1)
        self.sheet.changed.connect(self._on_sheet_changed)
        self.line.changed.connect(self.show_names)
        self.line.edit.returnPressed.connect(self._on_line_entered)
        self._show_lines()
        self._go_on(0)
        self.line.edit.setFocus()

    @property
    def lines(self) -> dict[int, Said]:
        """What was typed of the sheet chosen, by the number of the line."""
        return self._typed.setdefault(self.sheet.value, {})

    def _sheet_words(self, sheet: PaperSheet) -> str:
        worker = self.desk.workspace.snapshot.find(Worker, sheet.worker_id)
        kind = "late or missing" if sheet.kind == CHASE else "day"
        return f"Sheet {sheet.number}: {worker.name if worker else 'a worker'}, {kind}, {list_date(sheet.on, self.desk.today)}"

    def add_line(self) -> None:
        """Read the line and add it. Raises Wrong with what to type."""
        try:
            said = self._read()
        except Refused as refused:
            raise Wrong(self.line, refused.sentence) from refused
        self.lines[said.number] = said
        self._show_lines()
        self._go_on(said.number)

    def _go_on(self, after: int) -> None:
        """Begin the next line that is neither typed nor settled; after the last one the line is empty."""
        sheet = self._sheets.get(self.sheet.value)
        numbers = range(after + 1, len(sheet.lines) + 1) if sheet is not None else ()
        left = next((number for number in numbers if number not in self.lines and self._asked(number) is not None), 0)
        self.line.edit.setText(f"{left} " if left else "")

    def _asked(self, number: int) -> Asked | None:
        """What a line of the sheet asks for now; None where it is settled, or there is none."""
        outlook, sheet = self.desk.outlook, self._sheets.get(self.sheet.value)
        if outlook is None or sheet is None or not 1 <= number <= len(sheet.lines):
            return None
        try:
            return asked_of(sheet, number, outlook)
        except Refused:
            return None

    def show_names(self) -> None:
        """Say whom the line that is typed is about and what it asks, or what was understood of it."""
        self.line.show_trouble("")
        self.line.echo.setText(self._line_words())

    def _line_words(self) -> str:
        outlook, number = self.desk.outlook, self.line.text.partition(" ")[0]
        asked = self._asked(int(number)) if number.isdecimal() else None
        if outlook is None or asked is None:
            return ""
        children = names_in_a_row([self.desk.child_words(case.child) for case in asked.cases])
        try:
            return f"{children}: {self._read().words.partition(': ')[2]}. Enter adds the line."
        except Refused:
            what = gap_words(asked.gap, outlook.on) if asked.gap is not None else "the visit of the day"
            return f"{children}: {what}.{' Enter leaves it and goes on to the next.' if self.line.is_bare else ''}"

    def _read(self) -> Said:
        """The line as typed. Raises Refused with what to type."""
        assert self.desk.outlook is not None
        return said_of(self.line.text, self._sheets[self.sheet.value], self.desk.outlook, known_of(self.desk))

    def take_out(self, said: Said) -> None:
        """Take a line out again, and put the number back to be typed anew."""
        self.lines.pop(said.number, None)
        self.line.edit.setText(f"{said.number} ")
        self.line.edit.setFocus()
        self._show_lines()

    def act(self) -> None:
        """Add the line that stands there; with none, or only its number, keep the sheet as one step."""
        if not self.line.is_bare:
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
        typed = {sheet: dict(lines) for sheet, lines in self._typed.items() if lines}
        return {"sheet": self.sheet.value, "typed": typed, "line": self.line.edit.text()}

    def restore(self, draft: Draft) -> None:
        """Put it back, where that sheet still waits."""
        if draft["sheet"] in self._sheets:
            self._typed = {sheet: dict(lines) for sheet, lines in draft["typed"].items()}
            self.sheet.choose(draft["sheet"])
            self.line.edit.setText(draft["line"])
            self._show_lines()

    def _show_lines(self) -> None:
        self.model.set_rows(self.lines[number] for number in sorted(self.lines))
        self.table.setVisible(bool(self.lines))
        self.table.fit_height()
        sheet = self._sheets.get(self.sheet.value)
        of = f" of {len(sheet.lines)}" if sheet is not None else ""
        self.count.say(f"{len(self.lines)}{of} lines typed. Ctrl+Enter keeps the sheet; lines not typed stay open.")

    def _on_sheet_changed(self) -> None:
        self._show_lines()
        self._go_on(0)

    def _on_line_entered(self) -> None:
        """Add the line; a bare number is left for the next, and with nothing there the sheet is kept."""
        if not self.line.text:
            self.act_button.click()
        elif self.line.is_bare:
            self._go_on(int(self.line.text))
        else:
            self._on_add_pressed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps the sheet."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.act_button.click()
        else:
            super().keyPressEvent(event)

    def _on_add_pressed(self) -> None:
        try:
            self.add_line()
        except Wrong as wrong:
            wrong.field.show_trouble(wrong.sentence)
        self.line.edit.setFocus()
