"""Workspaces on real encrypted files for tests of the store: a clock that is set by hand, and the least a passphrase may cost."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from planner.actions.step import Step
from planner.actions.workspace import Workspace
from planner.core.records import Child, Person, Record, Visit
from planner.store.keys import Cost
from planner.store.workspace_file import WorkspaceFile

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "violet kettle morning"
PRIYA = Person(id="priya", name="Priya Shah")
SAM = Person(id="sam", name="Sam Doyle")
DAY = date(2026, 11, 23)


class HandClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


def a_workspace(path: Path, clock: HandClock, person: Person = PRIYA, records: Iterable[Record] = ()) -> Workspace:
    """A new workspace with one person, who is signed in, and its first records."""
    return Workspace.create(
        path,
        PASSPHRASE,
        name="Long term 1",
        person=person,
        device_name="a laptop",
        clock=clock,
        cost=CHEAP,
        records=records,
    )


def opened(path: Path, clock: HandClock, passphrase: str = PASSPHRASE) -> Workspace:
    """The workspace at a path, opened again."""
    return Workspace.open(path, passphrase, device_name="a laptop", clock=clock)


def inside(workspace: Workspace) -> WorkspaceFile:
    """The file below a workspace; its database belongs to the workspace's thread, so only while nothing is being done."""
    return workspace._file


def on_its_thread(workspace: Workspace, work: Any, *args: Any) -> Any:
    """What work answers on the workspace's database thread."""
    return workspace._submit(work, *args).result()


def put(step: Step, *records: Record) -> None:
    """Put records."""
    for record in records:
        step.put(record)


def remove(step: Step, *records: Record) -> None:
    """Remove records."""
    for record in records:
        step.remove(record)


def change(step: Step, record: Record, **cells: Any) -> None:
    """Set cells of a record as it is now."""
    current = step.snapshot.find(type(record), record.id)
    assert current is not None
    step.put(replace(current, **cells))


def do(workspace: Workspace, action: Any, *args: Any, title: str = "A step", **kwargs: Any) -> Any:
    """Perform a step and wait for it."""
    return workspace.perform(title, action, *args, **kwargs).result()


def a_child(number: int = 1) -> Child:
    """An invented child."""
    return Child(id=f"c{number}", reference=f"C{number}", initials="A.B.", born=date(2015, 2, 28))


def a_visit(number: int = 1) -> Visit:
    """An invented visit."""
    return Visit(id=f"v{number}", on=DAY, worker_id="w", place="home", with_worker_ids=("x", "y"))


def records_of(workspace: Workspace) -> set[Record]:
    """Everything a snapshot holds."""
    return set(workspace.snapshot.records())
