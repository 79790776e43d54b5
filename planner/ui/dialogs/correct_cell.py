"""Correct one cell of a source on the way in; the file itself stays as it is."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.import_ledger import PreviewRow
from planner.ui.dialogs.fields import TextField
from planner.ui.dialogs.form import Form

if TYPE_CHECKING:
    from planner.ui.desk import Desk


class CorrectCellDialog(Form):
    """Asks what the cell should say; `answer` is told it under the key of the cell."""

    changes_plan = False

    def __init__(
        self, desk: "Desk", row: PreviewRow, answer: Callable[[dict[str, str]], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, "What should the cell say?", "Read it so", row.cell, parent=parent)
        self._key_of_cell, self._answer = row.cell, answer
        self.remark(row.message)
        self.value = TextField(f"{row.field or 'Cell'}, {row.place}", "The file is not changed. Correct it there too.")
        self.value.edit.setText(row.before)
        self.add(self.value)
        self.body.addStretch(1)

    def act(self) -> None:
        """Have the file read with what was typed."""
        self._on_step_done(None)
        self._answer({self._key_of_cell: self.value.text})
