"""Exporting exactly the rows and columns shown: what for, as what, where to; recorded before the file is written."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from planner.core.date_words import full_date
from planner.core.errors import PlannerError
from planner.reports.as_csv import csv_bytes
from planner.reports.as_xlsx import xlsx_bytes
from planner.reports.plain_table import PlainTable
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.question import Question, Wrong
from planner.ui.saving import written_whole
from planner.ui.table import RowsView
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

MADE: dict[str, tuple[str, Callable[[PlainTable], bytes]]] = {
    "xlsx": ("Excel workbook", xlsx_bytes),
    "csv": ("Comma-separated values", csv_bytes),
}
LONGEST_PURPOSE = 60
WARNING = (
    "The file is not encrypted: whoever has it can read it. Keep it only where the council allows, "
    "and delete it when it has served its purpose."
)


def plain_table(table: RowsView, title: str, about: tuple[str, ...]) -> PlainTable:
    """The rows and columns of a table as they are shown now, in their order."""
    columns = table.shown_columns()
    rows = tuple(tuple(" ".join(column.text(row).split()) for column in columns) for row in table.rows_model().shown)
    return PlainTable(title, about, tuple(column.title for column in columns), rows)


class FileQuestion(Question):
    """Asks before a file is written that is not encrypted, and says afterwards where it lies, or why there is none."""

    changes_plan = False

    def _on_written(self, path: Path) -> None:
        self.desk.told.emit(f"Exported to {path}. Delete the file when it has served its purpose.")
        self._on_step_done(None)

    def _on_not_written(self, trouble: BaseException) -> None:
        self.act_button.setEnabled(True)
        if isinstance(trouble, PlannerError):
            self._say_trouble(trouble.sentence)
        else:
            raise trouble


class ExportDialog(FileQuestion):
    """Asks what for, says what the file is, and writes it."""

    def __init__(self, desk: "Desk", table: RowsView, title: str, name: str, parent: QWidget | None = None) -> None:
        count = count_words(len(table.rows_model().shown), "row")
        super().__init__(desk, f"Export {count} of {title}?", "Export", name, parent=parent)
        self.table, self.name, self.page_title = table, name, title
        self.purpose = TextField(
            "What for", "It stands in the file, and in the record of exports.", "Performance meeting on Thursday"
        )
        self.purpose.edit.setMaxLength(LONGEST_PURPOSE)
        self.format = ChoiceField("As", {key: words for key, (words, _) in MADE.items()})
        shown = "reference and initials" if desk.initials_only else "names, because names are shown now"
        self.body.addWidget(Words(f"Exactly the rows and columns shown, with {shown}.", tone="muted"))
        self.add(self.purpose)
        self.add(self.format)
        self.body.addWidget(Words(WARNING, tone="warning"))

    def act(self) -> None:
        """Ask where to, record it, write the file."""
        if not self.purpose.text:
            raise Wrong(self.purpose, "Say what the file is for. Nothing was written.")
        words, made = MADE[self.format.value]
        suggested = f"{_fit_for_a_file(self.page_title)} {self.desk.on:%Y-%m-%d}.{self.format.value}"
        chosen, _ = QFileDialog.getSaveFileName(self, "Export", suggested, f"{words} (*.{self.format.value})")
        if not chosen:
            return
        path = Path(chosen)
        self.act_button.setEnabled(False)
        shown = "" if self.desk.initials_only else "names: "
        self.desk.workspace.note("exported", self.name, f"{shown}{self.purpose.text}"[:64])
        table = plain_table(self.table, self.page_title, self._about())
        self.desk.run_in_background(
            written_whole,
            path,
            lambda beside: beside.write_bytes(made(table)),
            then=self._on_written,
            failed=self._on_not_written,
            words="Exporting",
        )

    def _about(self) -> tuple[str, ...]:
        person = self.desk.workspace.person
        who = f", by {person.name}" if person else ""
        return (f"As at {full_date(self.desk.on)}{who}", f"For: {self.purpose.text}", WARNING)


def _fit_for_a_file(title: str) -> str:
    """A title without what a file's name cannot hold on some systems."""
    return " ".join("".join(letter if letter.isalnum() or letter in " ,.-'" else " " for letter in title).split())
