"""A workspace without a file, for tests of the window: the same doors as the real one, the records in memory."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from typing import Any

from planner.core.records import Person, Record
from planner.core.snapshot import Snapshot
from tests.helpers.people import TODAY, a_person


@dataclass(frozen=True)
class PlainChanges:
    """What one step changed."""

    snapshot: Snapshot
    put: tuple[Record, ...]
    removed: tuple[Record, ...]
    title: str


@dataclass(frozen=True)
class PlainOutcome:
    """How one step ended."""

    result: Any
    changes: PlainChanges
    step_id: str
    title: str


class PlainStep:
    """One step under way."""

    def __init__(self, snapshot: Snapshot, today: date, person: Person, first_id: int) -> None:
        self.snapshot = snapshot
        self.today = today
        self.person = person
        self.put_so_far: list[Record] = []
        self.removed_so_far: list[Record] = []
        self._next = first_id

    def new_id(self) -> str:
        """An id no record has."""
        self._next += 1
        return f"{self._next:032x}"

    def put(self, record: Record) -> None:
        """Keep a record."""
        self.put_so_far.append(record)
        self.snapshot = self.snapshot.patched([record])

    def remove(self, record: Record) -> None:
        """Take a record away."""
        self.removed_so_far.append(record)
        self.snapshot = self.snapshot.patched((), [record])


class PlainWorkspace:
    """Records in memory behind the doors of a workspace; steps are done at once."""

    def __init__(self, snapshot: Snapshot, today: date = TODAY) -> None:
        self.snapshot = snapshot
        self.today = today
        self.person = a_person(snapshot)
        self.read_only = False
        self.last_backup: tuple[str, Any] | None = None
        self._callbacks: list[Callable[[PlainChanges], None]] = []
        self._done: list[tuple[str, Snapshot, Snapshot]] = []
        self._undone: list[tuple[str, Snapshot, Snapshot]] = []

    @property
    def undoable(self) -> str:
        """The title of the newest step."""
        return self._done[-1][0] if self._done else ""

    @property
    def redoable(self) -> str:
        """The title of the step last taken back."""
        return self._undone[-1][0] if self._undone else ""

    def subscribe(self, callback: Callable[[PlainChanges], None]) -> Callable[[], None]:
        """Call back after each step; answers how to stop it."""
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    def perform(self, title: str, action: Callable[..., Any], *args: Any, **kwargs: Any) -> "Future[PlainOutcome]":
        """Do a step."""
        future: Future[PlainOutcome] = Future()
        step = PlainStep(self.snapshot, self.today, self.person, 1_000_000 + 1000 * len(self._done))
        before = self.snapshot
        try:
            result = action(step, *args, **kwargs)
        except Exception as trouble:  # noqa: BLE001 - it travels in the future, as from the database thread
            future.set_exception(trouble)
            return future
        self._done.append((title, before, step.snapshot))
        self._undone.clear()
        changes = self._announce(step.snapshot, step.put_so_far, step.removed_so_far, title)
        future.set_result(PlainOutcome(result, changes, step.new_id(), title))
        return future

    def undo(self) -> "Future[PlainOutcome]":
        """Take the newest step back."""
        title, before, after = self._done.pop()
        self._undone.append((title, before, after))
        return self._replaced(title, after, before)

    def redo(self) -> "Future[PlainOutcome]":
        """Do again what was taken back."""
        title, before, after = self._undone.pop()
        self._done.append((title, before, after))
        return self._replaced(title, before, after)

    def note(self, kind: str, table: str, row: str) -> None:
        """Looking changes nothing."""

    def close(self) -> None:
        """There is no file to close."""

    def _replaced(self, title: str, old: Snapshot, new: Snapshot) -> "Future[PlainOutcome]":
        before, after = set(old.records()), set(new.records())
        kept = {(type(record), record.id) for record in after}
        gone = [record for record in before - after if (type(record), record.id) not in kept]
        changes = self._announce(new, list(after - before), gone, title)
        future: Future[PlainOutcome] = Future()
        future.set_result(PlainOutcome(None, changes, "", title))
        return future

    def _announce(self, snapshot: Snapshot, put: list[Record], removed: list[Record], title: str) -> PlainChanges:
        self.snapshot = snapshot
        changes = PlainChanges(snapshot, tuple(put), tuple(removed), title)
        for callback in self._callbacks:
            callback(changes)
        return changes
