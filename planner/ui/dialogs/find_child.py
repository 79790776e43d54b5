"""Which child? A child by reference or initials, with the matches shown as they are typed."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.ui.case_rows import CaseRow, case_rows, columns
from planner.ui.child_tasks import child_tasks
from planner.ui.dialogs.fields import TextField
from planner.ui.dialogs.question import Question, Wrong
from planner.ui.table import RowsModel, RowsView

if TYPE_CHECKING:
    from planner.ui.desk import Desk

CHILD_TYPE_WORKER = (0, 2, 3)
ROWS = 6


class FindChildDialog(Question):
    """Finds one child among the open cases, then goes on with the task it was opened for."""

    changes_plan = False

    def __init__(
        self,
        desk: "Desk",
        parent: QWidget | None = None,
        task: str = "log",
        title: str = "Log a visit to which child?",
    ) -> None:
        """`task` is the key of the task that is done for the child found."""
        super().__init__(desk, title, "Continue", task, parent=parent)
        self._task = task
        self.typed = TextField("Child", "Type a number, initials or a worker.", "10432")
        every = columns()
        self.model = RowsModel([every[place] for place in CHILD_TYPE_WORKER], self._case_rows())
        self.table = RowsView(self.model, "Children who match")
        self.table.setFixedHeight((ROWS + 1) * self.table.verticalHeader().defaultSectionSize())
        self.add(self.typed)
        self.body.addWidget(self.table)
        self.typed.edit.textChanged.connect(self._on_text_changed)
        self.table.row_opened.connect(self._on_row_opened)
        self.table.selectRow(0)
        self.typed.edit.setFocus()

    def show_names(self) -> None:
        """Call each child as privacy allows just now."""
        self.model.set_rows(self._case_rows())

    def _case_rows(self) -> tuple[CaseRow, ...]:
        return case_rows(self.desk.outlook, self.desk.child_words) if self.desk.outlook is not None else ()

    def act(self) -> None:
        """Go on with the child the list stands on."""
        row = self.table.current_row()
        if row is None:
            raise Wrong(self.typed, "No open case matches. Type part of a reference, initials or a worker's name.")
        self._go_on(row)

    def _go_on(self, row: CaseRow) -> None:
        window = self.parentWidget() or self
        task = next(task for task in child_tasks(self.desk, row.child_id, window) if task.key == self._task)
        self.accept()
        task.run()

    def _on_text_changed(self, text: str) -> None:
        self.model.set_filter(text)
        self.table.selectRow(0)
        self.typed.show_trouble("")

    def _on_row_opened(self, row: CaseRow) -> None:
        self._go_on(row)
