"""A worker's printed week comes back: which of the visits planned for them they confirmed, in one step."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.actions.confirming import confirm_visits
from planner.core.date_words import list_date
from planner.core.errors import Refused
from planner.core.records import Child, Sighting, Visit, Worker
from planner.core.snapshot import Snapshot
from planner.ui.dialogs.fields import Field
from planner.ui.dialogs.question import Draft, Question
from planner.ui.widgets.tick import Tick
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words, names_in_a_row

if TYPE_CHECKING:
    from planner.ui.desk import Desk

NONE_PLANNED = "No visit is planned for this worker in these days, so there is nothing to confirm."


def planned_visits(snapshot: Snapshot, worker_id: str, first: date, last: date) -> tuple[Visit, ...]:
    """The visits a worker leads that are planned from first to last, in order of day and time."""
    found = [
        visit
        for visit in snapshot.by(Visit, "worker_id", worker_id)
        if visit.status == "planned" and visit.on is not None and first <= visit.on <= last
    ]
    return tuple(sorted(found, key=lambda visit: (visit.on or first, str(visit.at or "~"), visit.id)))


class WeekReturnedDialog(Question):
    """A tick for each visit; those without one are to confirm."""

    def __init__(self, desk: "Desk", worker_id: str, first: date, last: date, parent: QWidget | None = None) -> None:
        """Raises Refused where no visit is planned."""
        worker = desk.workspace.snapshot.find(Worker, worker_id)
        assert worker is not None
        self._worker = worker
        visits = planned_visits(desk.workspace.snapshot, worker_id, max(first, desk.today), last)
        if not visits:
            raise Refused(NONE_PLANNED)
        super().__init__(desk, f"Which visits did {worker.name} confirm?", "Save", f"{worker_id} {first}", 560, parent)
        self.ticks: dict[str, Tick] = {}
        self.add(Field("Visits planned", self._ticks(visits), "As on the printed week. What has no tick is to confirm."))
        self.body.addWidget(Words("A visit that is moved is to confirm again.", "small", "muted"))
        self.body.addStretch(1)

    def _ticks(self, visits: Sequence[Visit]) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for visit in visits:
            tick = Tick(self._words(visit))
            tick.setChecked(True)
            self.ticks[visit.id] = tick
            column.addWidget(tick)
        holder.setFocusProxy(next(iter(self.ticks.values())))
        return holder

    def _words(self, visit: Visit) -> str:
        snapshot = self.desk.workspace.snapshot
        children = [snapshot.find(Child, one.child_id) for one in snapshot.by(Sighting, "visit_id", visit.id)]
        names = names_in_a_row([self.desk.child_words(child) for child in children if child is not None])
        day = list_date(visit.on, self.desk.today) if visit.on else ""
        return f"{day}{f' {visit.at:%H:%M}' if visit.at else ''}: {names}"

    def show_names(self) -> None:
        """Call each child as privacy allows just now."""
        for visit_id, tick in self.ticks.items():
            visit = self.desk.workspace.snapshot.find(Visit, visit_id)
            if visit is not None:
                tick.setText(self._words(visit))

    def act(self) -> None:
        """Keep what was confirmed."""
        confirmed = [visit_id for visit_id, tick in self.ticks.items() if tick.isChecked()]
        others = [visit_id for visit_id in self.ticks if visit_id not in confirmed]
        name = self._worker.name
        said = f"{name} confirmed {count_words(len(confirmed), 'visit')}" + (f"; {len(others)} to confirm" if others else "")
        self.perform(f"Confirm visits of {name}", confirm_visits, confirmed, others, said=said)

    def draft(self) -> Draft:
        """Which are ticked."""
        return {visit_id: tick.isChecked() for visit_id, tick in self.ticks.items()}

    def restore(self, draft: Draft) -> None:
        """Put the ticks back."""
        for visit_id, ticked in draft.items():
            if visit_id in self.ticks:
                self.ticks[visit_id].setChecked(ticked)
