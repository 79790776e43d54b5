"""Days away of a worker: from, to, and why, which the line manager alone is asked and shown."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.workers import PARTS, remove_absence, set_absence
from planner.core.away_reasons import is_line_manager, reason_of
from planner.core.date_words import plain_date, range_words
from planner.core.records import Absence, Worker
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form, MaybeDay
from planner.ui.dialogs.question import read

if TYPE_CHECKING:
    from datetime import date

    from planner.ui.desk import Desk

WIDTH = 640
KEPT_APART = "Only a line manager sees this. Everywhere else the word is “Away”."
NOT_ASKED = "Everybody sees “Away”, and nobody why. The reason is the line manager’s to enter."


def reason_field(form: Form, worker: Worker, about: str) -> TextField | None:
    """The field for the reason, for the line manager; for others a sentence that says whose it is."""
    person = form.desk.workspace.person
    if not is_line_manager(person, worker):
        form.remark(NOT_ASKED)
        return None
    field = TextField("Reason, for the line manager", KEPT_APART)
    field.edit.setText(reason_of(form.desk.workspace.snapshot, about, person, worker) if about else "")
    form.add(field)
    return field


class LeaveDialog(Form):
    """Enters days away, `days` first and last where they are known; with the id of an absence, changes it or takes it back."""

    def __init__(
        self,
        desk: "Desk",
        worker_id: str,
        absence_id: str = "",
        parent: QWidget | None = None,
        days: "tuple[date, date] | None" = None,
    ) -> None:
        snapshot = desk.workspace.snapshot
        worker = snapshot.find(Worker, worker_id)
        assert worker is not None
        self.worker, self.absence = worker, snapshot.find(Absence, absence_id)
        title = f"Change days away of {worker.name}" if self.absence else f"Add leave for {worker.name}"
        verb = "Save changes" if self.absence else "Add leave"
        super().__init__(desk, title, verb, f"{worker_id} {absence_id}{days or ''}", WIDTH, parent)
        first = self.absence.first_day if self.absence else days[0] if days else desk.today
        self.first = DayField(desk, "First day away", first)
        last = self.absence.last_day if self.absence else days[1] if days else None
        self.last = MaybeDay(desk, "Last day away", last, "Empty where nobody knows yet.")
        self.part_of_day = ChoiceField("Part of the day", PARTS)
        self.part_of_day.choose(self.absence.part if self.absence else "day")
        self.add_row(self.first, self.last)
        self.add(self.part_of_day)
        self.reason = reason_field(self, worker, absence_id)
        if self.absence is not None:
            self.offer_removal("Take this leave back", self._on_removal_pressed)
        self.body.addStretch(1)

    def act(self) -> None:
        """Enter or change it, as one step whose name does not say why."""
        first, last = read(self.first, lambda: self.first.day), read(self.last, lambda: self.last.day_or_none)
        name = self.worker.name
        when = f"{range_words(first, last)}" if last and last >= first else f"from {plain_date(first)}"
        self.perform(
            f"{'Change' if self.absence else 'Add'} days away of {name}",
            set_absence,
            self.worker.id,
            first,
            last,
            part=self.part_of_day.value,
            reason=self.reason.text if self.reason is not None else None,
            absence_id=self.absence.id if self.absence else "",
            said=f"{name} is away {when}",
        )

    def _on_removal_pressed(self) -> None:
        assert self.absence is not None
        name = self.worker.name
        self.perform(f"Take back days away of {name}", remove_absence, self.absence.id, said=f"Took back days away of {name}")
