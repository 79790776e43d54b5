"""Days on which a worker is busy: duty, court, training, study or something else."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.workers import COMMITMENTS, PARTS, remove_commitment, set_commitment
from planner.core.date_words import range_words
from planner.core.records import Commitment, Worker
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form, MaybeDay
from planner.ui.dialogs.leave import WIDTH
from planner.ui.dialogs.question import read

if TYPE_CHECKING:
    from datetime import date

    from planner.ui.desk import Desk


class CommitmentDialog(Form):
    """Enters a commitment, of a `kind` and for `days`, first and last; with its id, changes it or takes it back."""

    def __init__(
        self,
        desk: "Desk",
        worker_id: str,
        commitment_id: str = "",
        parent: QWidget | None = None,
        kind: str = "duty",
        days: "tuple[date, date] | None" = None,
    ) -> None:
        snapshot = desk.workspace.snapshot
        worker = snapshot.find(Worker, worker_id)
        assert worker is not None
        self.worker, self.busy = worker, snapshot.find(Commitment, commitment_id)
        busy = self.busy
        title = f"{'Change' if busy else 'Add'} a commitment of {worker.name}"
        subject = f"{worker_id} {commitment_id}{f'{kind} {days}' if days else ''}"
        super().__init__(desk, title, "Save changes" if busy else "Add commitment", subject, WIDTH, parent)
        self.kind = ChoiceField("What", COMMITMENTS)
        self.kind.choose(busy.kind if busy and busy.kind in COMMITMENTS else "other" if busy else kind)
        self.words = TextField("In a word or two", "What everybody sees. Never why somebody is away.")
        self.words.edit.setText(busy.title if busy else "")
        self.first = DayField(desk, "First day", busy.first_day if busy else days[0] if days else desk.today)
        last = busy.last_day if busy else days[1] if days else None
        self.last = MaybeDay(desk, "Last day", last, "Empty for one day.")
        self.part_of_day = ChoiceField("Part of the day", PARTS)
        self.part_of_day.choose(busy.part if busy else "day")
        for field in (self.kind, self.words):
            self.add(field)
        self.add_row(self.first, self.last)
        self.add(self.part_of_day)
        if busy is not None:
            self.offer_removal("Take this commitment back", self._on_removal_pressed)
        self.body.addStretch(1)

    def act(self) -> None:
        """Enter or change it."""
        first = read(self.first, lambda: self.first.day)
        last = read(self.last, lambda: self.last.day_or_none) or first
        name, kind = self.worker.name, self.kind.value
        word = self.words.text or COMMITMENTS[kind]
        self.perform(
            f"{'Change' if self.busy else 'Add'} a commitment of {name}",
            set_commitment,
            self.worker.id,
            kind,
            first,
            last,
            part=self.part_of_day.value,
            words=self.words.text,
            commitment_id=self.busy.id if self.busy else "",
            said=f"{name}: {word} {range_words(first, last)}" if last >= first else name,
        )

    def _on_removal_pressed(self) -> None:
        assert self.busy is not None
        name = self.worker.name
        self.perform(
            f"Take back a commitment of {name}", remove_commitment, self.busy.id, said=f"Took back a commitment of {name}"
        )
