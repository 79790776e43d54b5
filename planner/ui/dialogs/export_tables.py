"""Exporting everything as tables: what for and where to; recorded before the file is written."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from planner.core.snapshot import Snapshot
from planner.formats.ssd_writing import tables_of, write
from planner.ui.dialogs.export_rows import LONGEST_PURPOSE, WARNING, FileQuestion
from planner.ui.dialogs.fields import TextField
from planner.ui.dialogs.question import Wrong
from planner.ui.saving import written_whole
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

ABOUT = (
    "A zip of CSV files in the shape of the standard safeguarding dataset: every child of the workspace, with names where "
    "they are kept, referrals, plans, placements, conferences, reviews, statutory visits and who held whom. Import it into "
    "another workspace and they are there as they are here. That dataset has no place for core groups, for where a visit was "
    "and who made it, or for stories, checklists, leave, policies and what is planned: a backup holds all of that."
)


class ExportTablesDialog(FileQuestion):
    """Asks what for, says what the file is, and writes it."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Export everything as tables?", "Export", "tables", parent=parent)
        self.purpose = TextField("What for", "It stands in the record of exports.", "Moving to another computer")
        self.purpose.edit.setMaxLength(LONGEST_PURPOSE)
        self.body.addWidget(Words(ABOUT, tone="muted"))
        self.add(self.purpose)
        self.body.addWidget(Words(WARNING, tone="warning"))

    def act(self) -> None:
        """Ask where to, record it, write the file."""
        if not self.purpose.text:
            raise Wrong(self.purpose, "Say what the file is for. Nothing was written.")
        suggested = f"tables {self.desk.on:%Y-%m-%d}.zip"
        chosen, _ = QFileDialog.getSaveFileName(self, "Export as tables", suggested, "Zip of CSV files (*.zip)")
        if not chosen:
            return
        path = Path(chosen) if chosen.casefold().endswith(".zip") else Path(f"{chosen}.zip")
        self.act_button.setEnabled(False)
        self.desk.workspace.note("exported", "tables", f"names: {self.purpose.text}"[:64])
        self.desk.run_in_background(
            written_whole,
            path,
            partial(_write, self.desk.workspace.snapshot, self.desk.on),
            then=self._on_written,
            failed=self._on_not_written,
            words="Exporting",
        )


def _write(snapshot: Snapshot, on: date, path: Path) -> None:
    """Called on a thread."""
    write(tables_of(snapshot, on), path)
