"""The accepted children of an intake given to its workers by their shares: seen first, changed home by home, one step."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.several import SeveralDone, allocate_each
from planner.core.intake import PRIORITIES
from planner.core.intake_given import Given
from planner.core.records import Worker
from planner.ui.dialogs.allocate_several import show_not_done
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import Wrong
from planner.ui.intake.words import referred_words
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

WIDTH = 760
ROWS = 10
CHOSEN = "Chosen by hand"
NOT_NOW = {"": "Nobody now"}
REASON = "Share of the intake week"


class GiveOutDialog(Form):
    """Shows who would be given whom, lets a home be given to another, and allocates from today."""

    def __init__(self, desk: "Desk", given: Sequence[Given], workers: Sequence[Worker], parent: QWidget | None = None) -> None:
        super().__init__(desk, "Who takes the children accepted?", "Allocate", "", WIDTH, parent)
        self.given = tuple(given)
        self.found = Words("", "strong")
        self.model = RowsModel(self._columns())
        self.table = RowsView(self.model, "Children and who would take them", "row_compact")
        self.table.setFixedHeight((ROWS + 1) * self.table.verticalHeader().defaultSectionSize())
        offer = NOT_NOW | {worker.id: worker.name for worker in sorted(workers, key=lambda one: one.name)}
        self.worker = ChoiceField("Who takes the home the row is of", offer)
        self.reason = TextField("Reason for these choices", "Kept with each allocation.")
        self.reason.edit.setText(REASON)
        self.body.addWidget(self.found)
        self.body.addWidget(self.table)
        self.add_row(self.worker, self.reason)
        self.body.addStretch(1)
        self.table.row_selected.connect(self._on_row_selected)
        self.worker.changed.connect(self._on_worker_changed)
        self._show()

    def show_up(self) -> None:
        """Begin in the list."""
        super().show_up()
        self.table.setFocus()
        self.table.selectRow(0)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("Child", lambda one: referred_words(self.desk, one.row), strong=True, width=132),
            Column("Home", self._home, width=84),
            Column("Priority", lambda one: PRIORITIES.get(one.row.case.priority, "") if one.row.case else "", width=72),
            Column("Worker", lambda one: one.worker.name if one.worker else "Nobody now", width=144, tone=_tone),
            Column("Takes", self._count, align="right", width=60),
            Column("Why", lambda one: one.why, width=160, stretch=True, tip=lambda one: one.why),
        )

    def _home(self, one: Given) -> str:
        count = sum(one.row.household == other.row.household for other in self.given)
        return f"{count} children" if count > 1 else ""

    def _count(self, one: Given) -> str:
        """How many of these the worker would have."""
        return f"{sum(one.worker == other.worker for other in self.given)}" if one.worker is not None else ""

    def _show(self) -> None:
        """What is proposed now; the row stood on stays."""
        place = max(self.table.currentIndex().row(), 0)
        self.model.set_rows(self.given)
        if self.given:
            self.table.selectRow(place)
        placed = [one for one in self.given if one.worker is not None]
        workers = count_words(len({one.worker.id for one in placed if one.worker is not None}), "worker")
        left = len(self.given) - len(placed)
        more = f" {count_words(left, 'child waits', 'children wait')} on." if left else ""
        self.found.say(f"{count_words(len(placed), 'child', 'children')} to {workers}.{more}")
        self.act_button.setText(f"Allocate {count_words(len(placed), 'child', 'children')}")

    def _on_row_selected(self, one: Given | None) -> None:
        if one is not None:
            self.worker.box.blockSignals(True)
            self.worker.choose(one.worker.id if one.worker is not None else "")
            self.worker.box.blockSignals(False)

    def _on_worker_changed(self) -> None:
        chosen = self.table.current_row()
        if chosen is None:
            return
        worker = self.desk.workspace.snapshot.find(Worker, self.worker.value)
        self.given = tuple(
            replace(one, worker=worker, why=CHOSEN) if one.row.household == chosen.row.household else one for one in self.given
        )
        self._show()

    def act(self) -> None:
        """Allocate those who have somebody."""
        workers = {one.row.child.id: one.worker.id for one in self.given if one.worker is not None and one.row.child is not None}
        if not workers:
            raise Wrong(self.worker, "Choose a worker for at least one home.")
        if not self.reason.text:
            raise Wrong(self.reason, "Say why these workers, in a few words.")
        words = f"{count_words(len(workers), 'child', 'children')} to their workers"
        self.perform(f"Give {words}", allocate_each, workers, self.desk.today, reason=self.reason.text, said=f"Gave {words}")

    def _on_step_done(self, result: object) -> None:
        """Who could not be allocated after all is listed, with the reason."""
        super()._on_step_done(result)
        if isinstance(result, SeveralDone):
            show_not_done(self.desk, result, "allocated")


def _tone(one: Given) -> str:
    return "" if one.worker is not None else "warning"
