"""What can be done with the days chosen on the calendar: the menu twins of keys and mouse, through the dialogs of Team."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.workers import COMMITMENTS, remove_absence, remove_commitment
from planner.core.date_words import day_and_month
from planner.core.records import Absence, Worker
from planner.core.team_calendar import Entry, entries_on, entry_word
from planner.ui.child_tasks import Task
from planner.ui.dialogs.commitment import CommitmentDialog
from planner.ui.dialogs.leave import LeaveDialog

if TYPE_CHECKING:
    from planner.ui.desk import Desk

ADDED = ("duty", "court", "training", "study", "other")
NOTHING_HERE = "Nothing is entered on this day. Press Enter to add leave, duty, court or training. Nothing was changed."
SEVERAL_HERE = "More than one thing is entered on this day. Choose in the menu which to take back. Nothing was changed."


class CalendarTasks:
    """The tasks of one page; dialogs open over its window, and each step goes through the desk."""

    def __init__(self, desk: "Desk", page: QWidget) -> None:
        self._desk, self._page = desk, page

    def entries(self, worker: Worker, days: tuple[date, ...]) -> tuple[Entry, ...]:
        """What is entered on any of the days, each once."""
        found = [entry for day in days for entry in entries_on(self._desk.workspace.snapshot, worker.id, day)]
        return tuple(dict.fromkeys(found))

    def of(self, worker: Worker, days: tuple[date, ...]) -> tuple[Task, ...]:
        """The menu of some days of a worker: change what is there, add, take back, open."""
        entries = self.entries(worker, days)
        return (
            *(Task("change", f"Change {_named(entry)}", partial(self.change, worker, entry)) for entry in entries),
            *self.additions(worker, days),
            *(Task("remove", f"Take back {_named(entry)}", partial(self.remove, worker, entry)) for entry in entries),
            Task("open", f"Open {worker.name}", lambda: self._desk.open_worker(worker.id)),
        )

    def additions(self, worker: Worker, days: tuple[date, ...]) -> tuple[Task, ...]:
        """What can be added on the days."""
        return (
            Task("leave", "Add leave", lambda: self.add_leave(worker, days)),
            *(Task(kind, f"Add {COMMITMENTS[kind].lower()}", partial(self.add_commitment, worker, kind, days)) for kind in ADDED),
        )

    # What they do

    def add_leave(self, worker: Worker, days: tuple[date, ...]) -> None:
        """Ask about days away, first and last as chosen."""
        if self._may():
            LeaveDialog(self._desk, worker.id, parent=self._page.window(), days=(days[0], days[-1])).show_up()

    def add_commitment(self, worker: Worker, kind: str, days: tuple[date, ...]) -> None:
        """Ask about duty, court and the rest, first and last day as chosen."""
        if self._may():
            days_chosen = days[0], days[-1]
            CommitmentDialog(self._desk, worker.id, parent=self._page.window(), kind=kind, days=days_chosen).show_up()

    def change(self, worker: Worker, entry: Entry) -> None:
        """Open an entry."""
        if self._may():
            kind = LeaveDialog if isinstance(entry, Absence) else CommitmentDialog
            kind(self._desk, worker.id, entry.id, self._page.window()).show_up()

    def remove(self, worker: Worker, entry: Entry) -> None:
        """Take an entry back."""
        if not self._may():
            return
        if isinstance(entry, Absence):
            said = f"Took back days away of {worker.name}"
            self._desk.perform(f"Take back days away of {worker.name}", remove_absence, entry.id, said=said)
        else:
            said = f"Took back a commitment of {worker.name}"
            self._desk.perform(f"Take back a commitment of {worker.name}", remove_commitment, entry.id, said=said)

    def remove_only(self, worker: Worker, days: tuple[date, ...]) -> None:
        """Take back what is entered on the days, where it is one thing; else say why not."""
        entries = self.entries(worker, days)
        if len(entries) == 1:
            self.remove(worker, entries[0])
        else:
            self._desk.failed.emit(SEVERAL_HERE if entries else NOTHING_HERE)

    def _may(self) -> bool:
        refusal = self._desk.reason_not_to_edit()
        if refusal:
            self._desk.failed.emit(refusal)
        return not refusal


def _named(entry: Entry) -> str:
    """`Away 27 Nov`, `Duty 27 Nov`."""
    return f"{entry_word(entry)} {day_and_month(entry.first_day)}" if entry.first_day else entry_word(entry)
