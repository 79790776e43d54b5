"""Fewer hours of a worker for a time: how many, from when, until when; why is the line manager's to know."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.workers import remove_reduction, set_reduction
from planner.core.date_words import plain_date
from planner.core.records import Reduction, Worker
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import TextField
from planner.ui.dialogs.form import Form, MaybeDay, typed_tenths
from planner.ui.dialogs.leave import WIDTH, reason_field
from planner.ui.dialogs.question import read

if TYPE_CHECKING:
    from planner.ui.desk import Desk

ONE_DAY = timedelta(days=1)


class ReductionDialog(Form):
    """Enters reduced hours; with the id of a reduction, changes it or takes it back."""

    def __init__(self, desk: "Desk", worker_id: str, reduction_id: str = "", parent: QWidget | None = None) -> None:
        snapshot = desk.workspace.snapshot
        worker = snapshot.find(Worker, worker_id)
        assert worker is not None
        self.worker, self.reduction = worker, snapshot.find(Reduction, reduction_id)
        cut = self.reduction
        title = f"{'Change' if cut else 'Add'} reduced hours for {worker.name}"
        super().__init__(desk, title, "Save changes" if cut else "Add reduction", f"{worker_id} {reduction_id}", WIDTH, parent)
        self.remark(f"{worker.name} is contracted for {sum(worker.pattern) / 10:g} hours a week.")
        self.hours = TextField("Hours a week fewer", "The reduction, not what is left.", "7.4")
        self.hours.edit.setText(f"{cut.hours / 10:g}" if cut else "")
        self.first = DayField(desk, "From", cut.start if cut else desk.today)
        last = cut.end - ONE_DAY if cut and cut.end else None
        self.last = MaybeDay(desk, "Last day", last, "It ends by itself. Empty: until further notice.")
        self.add(self.hours)
        self.add_row(self.first, self.last)
        self.reason = reason_field(self, worker, reduction_id)
        if cut is not None:
            self.offer_removal("Take this reduction back", self._on_removal_pressed)
        self.body.addStretch(1)

    def act(self) -> None:
        """Enter or change it, as one step whose name does not say why."""
        hours = read(self.hours, lambda: typed_tenths(self.hours.text, "hours"))
        first, last = read(self.first, lambda: self.first.day), read(self.last, lambda: self.last.day_or_none)
        name = self.worker.name
        self.perform(
            f"{'Change' if self.reduction else 'Add'} reduced hours of {name}",
            set_reduction,
            self.worker.id,
            hours,
            first,
            last + ONE_DAY if last else None,
            reason=self.reason.text if self.reason is not None else None,
            reduction_id=self.reduction.id if self.reduction else "",
            said=f"{name} works {hours / 10:g} hours a week fewer from {plain_date(first)}",
        )

    def _on_removal_pressed(self) -> None:
        assert self.reduction is not None
        name = self.worker.name
        self.perform(
            f"Take back reduced hours of {name}", remove_reduction, self.reduction.id, said=f"Took back reduced hours of {name}"
        )
