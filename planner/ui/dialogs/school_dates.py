"""The council's school holidays: typed, pasted or read from a file; what was understood stands beneath."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from planner.actions.school_dates import set_school_holidays
from planner.core.errors import Refused
from planner.core.school_dates import SchoolSpan, entered_holidays, read_holidays
from planner.ui.dialogs.fields import Field
from planner.ui.dialogs.question import Draft, Question, read
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words, list_date

if TYPE_CHECKING:
    from planner.ui.desk import Desk

LARGEST = 64 * 1024
LINES, ROWS = 7, 5
READABLE = "Lists (*.txt *.csv);;All files (*)"
HINT = "A line each, such as: Half term 26 to 30 October 2026. Where the list gives terms, the days between them are holidays."
NONE_YET = "No school holidays: after school is said on every school day."


class DatesField(Field):
    """Several lines of dates; Tab leaves it."""

    def __init__(self, text: str) -> None:
        self.editor = QPlainTextEdit(text)
        self.editor.setTabChangesFocus(True)
        super().__init__("School holidays or terms", self.editor, HINT)
        self.editor.setFixedHeight(LINES * self.editor.fontMetrics().lineSpacing() + 16)
        self.editor.textChanged.connect(self.changed)

    def holidays(self) -> tuple[SchoolSpan, ...]:
        """What the lines say. Raises Refused naming the line that cannot be read."""
        return read_holidays(self.editor.toPlainText())


class SchoolDatesDialog(Question):
    """Puts one list of holidays in the place of what is entered, as one step."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "When are the schools closed?", "Save the dates", "school dates", 640, parent)
        entered = entered_holidays(desk.workspace.snapshot)
        self.dates = DatesField("\n".join(span.words for span in entered))
        self.file = Button("Read a file", self._on_file_asked, small=True)
        self.found = Words("", "strong")
        self.model = RowsModel(self._columns())
        self.table = RowsView(self.model, "Holidays understood", "row_compact")
        self.table.setFixedHeight((ROWS + 1) * self.table.verticalHeader().defaultSectionSize())
        self.add(self.dates)
        self.body.addWidget(self.file, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.found, self.table):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.dates.changed.connect(self._on_dates_changed)
        self._on_dates_changed()

    def _columns(self) -> tuple[Column, ...]:
        today = self.desk.today
        return (
            Column("Holiday", lambda span: span.title, strong=True, width=200, stretch=True),
            Column("First day", lambda span: list_date(span.first, today), sort=lambda span: span.first, width=130),
            Column("Last day", lambda span: list_date(span.last, today), sort=lambda span: span.last, width=130),
        )

    def act(self) -> None:
        """Keep the list."""
        spans = read(self.dates, self.dates.holidays)
        said = f"Entered {count_words(len(spans), 'school holiday')}" if spans else "Took the school holidays back"
        self.perform("Enter school holidays", set_school_holidays, spans, said=said)

    def read_file(self, path: Path) -> None:
        """Put the lines of a text file in the field; what cannot be read is said under it."""
        try:
            with path.open("rb") as file:
                self.dates.editor.setPlainText(file.read(LARGEST).decode("utf-8-sig"))
        except OSError:
            self.dates.show_trouble(f"{path.name} could not be opened. Check that it is there and may be read.")
        except UnicodeDecodeError:
            self.dates.show_trouble(f"{path.name} is not a text file. Save the list as text or CSV, or copy its lines here.")

    def draft(self) -> Draft:
        """What was typed."""
        return {"dates": self.dates.editor.toPlainText()}

    def restore(self, draft: Draft) -> None:
        """Put it back."""
        self.dates.editor.setPlainText(draft["dates"])

    # What happens

    def _on_dates_changed(self) -> None:
        self.dates.show_trouble("")
        try:
            spans = self.dates.holidays()
        except Refused as refused:
            self.found.say(refused.sentence, "warning")
            spans = ()
        else:
            self.found.say(f"{count_words(len(spans), 'holiday')} understood." if spans else NONE_YET, "")
        self.model.set_rows(spans)

    def _on_file_asked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Choose the list of term dates", "", READABLE)
        if name:
            self.read_file(Path(name))
