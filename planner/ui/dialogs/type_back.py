"""The transfer meeting's sheet typed back: a line number and what was decided, Enter, the next; all of it is one step."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from planner.actions.transfer_sheet import type_back
from planner.core.date_words import list_date
from planner.core.errors import Refused
from planner.core.flow_records import PaperSheet
from planner.core.paper_sheets import TRANSFERS, sheets_to_type
from planner.core.records import Worker
from planner.core.transfer_lines import ACCEPTED, HOW, PLAN, RETURNED, TypedDecision, line_of, lines_now, typed_decision
from planner.core.transfers import ToMove
from planner.ui.background import is_alive
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField
from planner.ui.dialogs.line_field import LineField
from planner.ui.dialogs.question import Draft, Question, Wrong, read
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

WIDTH = 760
ROWS = 8
HINT = (
    "3 a, 3 a Ben Blue, 5 r chronology short, 7 p 4 dec; item numbers to tick before it: 3 1 4 a, 3 all a. "
    "Ctrl+Enter keeps all lines."
)


class TypeBackDialog(Question):
    """Takes the lines of a sheet in order; a line typed again takes the place of the first."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Type the transfer sheet back", "Keep these lines", "", WIDTH, parent)
        self._sheets = {sheet.id: sheet for sheet in sheets_to_type(desk.workspace.snapshot, desk.today, TRANSFERS)}
        self.lines: tuple[ToMove | None, ...] = ()
        self._typed: dict[str, dict[int, TypedDecision]] = {}
        self._run = 0
        self.sheet = ChoiceField(
            "Sheet, as it says at the top", {one.id: self._sheet_words(one) for one in self._sheets.values()}
        )
        self.held = DayField(desk, "Day of the meeting", desk.today)
        self.line = LineField(HINT)
        self.found = Words("", "strong")
        self.model = RowsModel(self._columns())
        self.table = RowsView(self.model, "Lines typed", "row_compact")
        self.table.setFixedHeight(ROWS * self.table.verticalHeader().defaultSectionSize())
        self.add_row(self.sheet, self.held)
        self.add(self.line)
        self.body.addWidget(self.found)
        self.body.addWidget(self.table)
        self.body.addStretch(1)
        self.sheet.changed.connect(self._on_sheet_changed)
        self.line.edit.textChanged.connect(self._on_line_changed)
        self.line.edit.returnPressed.connect(self._on_line_entered)
        self._say()
        self._find_lines()

    def _sheet_words(self, sheet: PaperSheet) -> str:
        return f"Sheet {sheet.number}, {list_date(sheet.on, self.desk.today)}, {count_words(len(sheet.lines), 'line')}"

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("Line", lambda one: str(one.number), sort=lambda one: one.number, align="right", width=48),
            Column("Child", lambda one: self.desk.child_words(one.row.case.child), strong=True, width=124),
            Column("At", lambda one: one.row.point, width=150),
            Column("What was decided", self._words, width=300, stretch=True, tip=self._words),
        )

    def _words(self, decision: TypedDecision) -> str:
        said = []
        if decision.verdict == ACCEPTED:
            worker = self.desk.workspace.snapshot.find(Worker, decision.worker_id)
            said.append(f"accepted by {worker.name}" if worker is not None else "accepted")
        elif decision.verdict == RETURNED:
            said.append(f"returned: {decision.reason}")
        elif decision.verdict == PLAN and decision.day is not None:
            said.append(f"planned for {list_date(decision.day, self.desk.today)}")
        if decision.ticked:
            said.append(f"done: {', '.join(decision.ticked)}")
        return "; ".join(said)

    def show_up(self) -> None:
        """Begin at the line."""
        super().show_up()
        self.line.edit.setFocus()

    # Which sheet

    @property
    def typed(self) -> dict[int, TypedDecision]:
        """What was typed of the sheet chosen, by the number of the line."""
        return self._typed.setdefault(self.sheet.value, {})

    def _on_sheet_changed(self) -> None:
        self.lines = ()
        self.line.edit.clear()
        self._say()
        self._find_lines()

    def _find_lines(self) -> None:
        """The lines are those of the sheet as it was printed and numbered, whatever has been decided since."""
        sheet, outlook = self._sheets.get(self.sheet.value), self.desk.outlook
        if sheet is None or outlook is None:
            return
        self._run += 1
        self.desk.run_in_background(
            lines_now,
            sheet.lines,
            outlook,
            then=partial(_if_current, self, self._run),
        )

    def show_lines(self, lines: tuple[ToMove | None, ...]) -> None:
        """Take the lines of the sheet; what was typed stays, but for what is settled since."""
        self.lines = lines
        for number in [number for number in self.typed if number > len(lines) or lines[number - 1] is None]:
            del self.typed[number]
        self._say()
        if not self.line.edit.text():
            self._go_on(0)
        self._on_line_changed(self.line.edit.text())

    def show_names(self) -> None:
        """Say anew whom the line is about."""
        self._on_line_changed(self.line.edit.text())

    # Lines

    def _read(self, text: str) -> TypedDecision:
        outlook = self.desk.outlook
        calendar = outlook.calendar if outlook is not None else self.desk.reference.calendar
        workers = self.desk.workspace.snapshot.all(Worker).values()
        return typed_decision(text, self.lines, workers, self.desk.today, calendar)

    def _on_line_changed(self, text: str) -> None:
        self.line.show_trouble("")
        words = text.split()
        if not words:
            self.line.echo.setText(HOW)
            return
        try:
            _, row = line_of(words[0], self.lines)
            if len(words) == 1:
                leaves = " Enter leaves it and goes on to the next." if self.line.is_bare else ""
                self.line.echo.setText(f"{self._row_words(row)}.{leaves}")
                return
            decision = self._read(text)
        except Refused as refused:
            self.line.echo.setText(refused.sentence)
            return
        self.line.echo.setText(f"{self._row_words(decision.row)}: {self._words(decision)}. Enter keeps the line.")

    def _row_words(self, row: ToMove) -> str:
        items = ", ".join(f"{place} {item.words}" for place, item in enumerate(row.items, start=1) if not item.is_done)
        open_still = f" (open: {items})" if items else ""
        return f"{self.desk.child_words(row.case.child)}, {row.point}{open_still}"

    def _go_on(self, after: int) -> None:
        """Begin the next line of the sheet that is not typed yet."""
        left = next((number for number in self._left() if number > after), 0)
        self.line.edit.setText(f"{left} " if left else "")

    def _left(self) -> list[int]:
        """The numbers of the lines that are neither settled nor typed."""
        return [number for number, row in enumerate(self.lines, start=1) if row is not None and number not in self.typed]

    def _on_line_entered(self) -> None:
        if self.line.is_bare:
            self._go_on(int(self.line.text or 0))
            return
        try:
            decision = self._read(self.line.edit.text())
        except Refused as refused:
            self.line.show_trouble(refused.sentence)
            return
        self.typed[decision.number] = decision
        self._say()
        self._go_on(decision.number)
        announce(self, f"{self.desk.child_words(decision.row.case.child)}: {self._words(decision)}")

    def _say(self) -> None:
        self.model.set_columns(self._columns())
        self.model.set_rows(self._in_order())
        settled = self.lines.count(None)
        lines = count_words(len(self.lines), "line")
        said = f", {settled:,} settled already" if settled else ""
        self.found.setText(f"{len(self.typed):,} typed of {lines}, {len(self._left()):,} left{said}." if self.lines else "")
        self.act_button.setText(f"Keep {count_words(len(self.typed), 'line')}" if self.typed else "Keep these lines")

    def _in_order(self) -> list[TypedDecision]:
        return [self.typed[number] for number in sorted(self.typed)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete on a line typed takes it away; Ctrl+Enter keeps them all."""
        row = self.table.current_row() if self.table.hasFocus() else None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.act_button.click()
        elif event.key() == Qt.Key.Key_Delete and row is not None:
            self.typed.pop(row.number, None)
            self._say()
        else:
            super().keyPressEvent(event)

    def act(self) -> None:
        """Keep all lines as one step; a line half typed is asked about first."""
        held = read(self.held, lambda: self.held.day)
        if not self.line.is_bare:
            raise Wrong(self.line, "Press Enter to keep this line, or clear it.")
        if not self.typed:
            raise Wrong(self.line, "Type at least one line first.")
        said = f"Typed back {count_words(len(self.typed), 'line')} of the transfer sheet"
        self.perform("Type back the transfer sheet", type_back, self.sheet.value, self._in_order(), held, said=said)

    def draft(self) -> Draft:
        """The lines typed, and the one begun."""
        return {
            "sheet": self.sheet.value,
            "held": self.held.known_day(),
            "line": self.line.edit.text(),
            "typed": {sheet: dict(lines) for sheet, lines in self._typed.items() if lines},
        }

    def restore(self, draft: Draft) -> None:
        """Put them back."""
        self.held.set_day(draft["held"])
        if draft["sheet"] in self._sheets:
            self._typed = {sheet: dict(lines) for sheet, lines in draft["typed"].items()}
            self.sheet.choose(draft["sheet"])
            self.line.edit.setText(draft["line"])
            self._say()


def _if_current(dialog: TypeBackDialog, run: int, lines: tuple[ToMove | None, ...]) -> None:
    """Show the lines unless the dialog is gone, or another sheet is chosen."""
    if is_alive(dialog) and run == dialog._run:
        dialog.show_lines(lines)
