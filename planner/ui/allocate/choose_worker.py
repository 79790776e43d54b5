"""Which worker? All of them in a list that filters as you type; those who cannot be chosen stay listed with their reason."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.core.comparing import Compared
from planner.ui.allocate.words import against_words
from planner.ui.dialogs.fields import TextField
from planner.ui.dialogs.question import Question, Wrong
from planner.ui.dialogs.worker_table import load_words, points
from planner.ui.table import Column, RowsModel, RowsView

if TYPE_CHECKING:
    from planner.ui.desk import Desk

ROWS = 9


def _after(one: Compared) -> str:
    return "no capacity" if one.after.percent is None else points(one.after.used)


def _tone(one: Compared) -> str:
    return "warning" if one.after.percent is None or one.after.left < 0 else ""


COLUMNS = (
    Column("Worker", lambda one: one.worker.name, strong=True, width=150),
    Column("Now", lambda one: load_words(one.now), align="right", width=96, sort=lambda one: one.now.percent),
    Column("After", _after, align="right", width=84, tone=_tone, sort=lambda one: one.after.percent),
    Column(
        "Against it",
        lambda one: against_words(one).text,
        tone=lambda one: against_words(one).tone,
        tip=lambda one: against_words(one).text,
        stretch=True,
    ),
)


class ChooseWorkerDialog(Question):
    """Chooses one worker of a comparison and hands it to `then`; `may_be_barred` lets someone be looked at all the same."""

    changes_plan = False

    def __init__(
        self,
        desk: "Desk",
        title: str,
        verb: str,
        workers: tuple[Compared, ...],
        then: Callable[[str], None],
        parent: QWidget | None = None,
        may_be_barred: bool = False,
    ) -> None:
        super().__init__(desk, title, verb, "", width=640, parent=parent)
        self._then, self._may_be_barred = then, may_be_barred
        self.typed = TextField("Worker", "Type part of a name, then Enter.", "dev")
        self.model = RowsModel(COLUMNS, workers)
        self.table = RowsView(self.model, "Workers who match")
        self.table.setFixedHeight((ROWS + 1) * self.table.verticalHeader().defaultSectionSize())
        self.add(self.typed)
        self.body.addWidget(self.table)
        self.typed.edit.textChanged.connect(self._on_text_changed)
        self.table.row_opened.connect(lambda _row: self.act_button.click())
        self.table.selectRow(0)
        self.typed.edit.setFocus()

    def act(self) -> None:
        """Go on with the worker the list stands on."""
        one = self.table.current_row()
        if one is None:
            raise Wrong(self.typed, "No worker matches. Type part of a name.")
        if one.barred and not self._may_be_barred:
            raise Wrong(self.typed, f"{one.worker.name} cannot be chosen. {' '.join(one.barred)}")
        self.accept()
        self._then(one.worker.id)

    def _on_text_changed(self, text: str) -> None:
        self.model.set_filter(text)
        self.table.selectRow(0)
        self.typed.show_trouble("")
