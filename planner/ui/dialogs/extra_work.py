"""A responsibility of a worker beyond cases: what it is, what it weighs, from when, until when."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.workers import remove_extra_work, set_extra_work
from planner.core.date_words import plain_date
from planner.core.records import ExtraWork, Worker
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import TextField
from planner.ui.dialogs.form import Form, MaybeDay, typed_tenths
from planner.ui.dialogs.leave import WIDTH
from planner.ui.dialogs.question import read

if TYPE_CHECKING:
    from planner.ui.desk import Desk

ONE_DAY = timedelta(days=1)
NOT_COUNTED = "The scheme in force does not count responsibilities beyond cases. This is kept, and counted once one does."


class ExtraWorkDialog(Form):
    """Enters a responsibility; with the id of one, changes it or takes it back."""

    def __init__(self, desk: "Desk", worker_id: str, extra_id: str = "", parent: QWidget | None = None) -> None:
        snapshot = desk.workspace.snapshot
        worker = snapshot.find(Worker, worker_id)
        assert worker is not None
        self.worker, self.extra = worker, snapshot.find(ExtraWork, extra_id)
        extra = self.extra
        title = f"{'Change' if extra else 'Add'} a responsibility of {worker.name}"
        super().__init__(desk, title, "Save changes" if extra else "Add responsibility", f"{worker_id} {extra_id}", WIDTH, parent)
        self.what = TextField("What it is", "As it will stand in the sum of the workload.", "Practice educator")
        self.what.edit.setText(extra.title if extra else "")
        self.points = TextField("Points", "What it takes of the worker’s capacity.", "10")
        self.points.edit.setText(f"{extra.points / 10:g}" if extra else "")
        self.first = DayField(desk, "From", extra.start if extra else desk.today)
        last = extra.end - ONE_DAY if extra and extra.end else None
        self.last = MaybeDay(desk, "Last day", last, "It ends by itself. Empty: until further notice.")
        self.add_row(self.what, self.points)
        self.add_row(self.first, self.last)
        outlook = desk.outlook
        if outlook is not None and not outlook.scheme(worker.team_id).counts_extra_work:
            self.remark(NOT_COUNTED, "warning")
        if extra is not None:
            self.offer_removal("Take this responsibility back", self._on_removal_pressed)
        self.body.addStretch(1)

    def act(self) -> None:
        """Enter or change it, as one step."""
        points = read(self.points, lambda: typed_tenths(self.points.text, "points"))
        first, last = read(self.first, lambda: self.first.day), read(self.last, lambda: self.last.day_or_none)
        name, what = self.worker.name, self.what.text
        self.perform(
            f"{'Change' if self.extra else 'Add'} a responsibility of {name}",
            set_extra_work,
            self.worker.id,
            what,
            points,
            first,
            last + ONE_DAY if last else None,
            extra_id=self.extra.id if self.extra else "",
            said=f"{what} is counted with {points / 10:g} points for {name} from {plain_date(first)}",
        )

    def _on_removal_pressed(self) -> None:
        assert self.extra is not None
        name = self.worker.name
        self.perform(
            f"Take back a responsibility of {name}",
            remove_extra_work,
            self.extra.id,
            said=f"Took back {self.extra.title} of {name}",
        )
