"""The one door to a workspace: opened, signed in to, changed step by step on one thread, and announced."""

import logging
import uuid
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from planner.actions.reversal import Preview, preview, reverse
from planner.actions.step import Step
from planner.actions.turns import in_turns
from planner.actions.undo import BuiltOn, Trail, take_back, trail_of
from planner.core.collecting import collection_put_off
from planner.core.errors import Environment, Refused
from planner.core.records import Device, Person, Record, Setting, StepTaken
from planner.core.snapshot import Snapshot
from planner.core.workspace_settings import SAMPLE_TODAY, WORKSPACE_ID, WORKSPACE_NAME
from planner.store.backup import Backup, backup_place, made_backup, newest_backup, opened_backup
from planner.store.backup import restore as restore
from planner.store.findings import Finding
from planner.store.health import checked_health
from planner.store.journal import Author, Change, Watch
from planner.store.keys import DEFAULT_COST, Cost, has_recovery_code
from planner.store.passphrases import check_passphrase
from planner.store.recovery_codes import plain_code
from planner.store.workspace_file import WorkspaceFile, create_file, open_file

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Clock = Callable[[], datetime]

_NOBODY = Person(id="", name="")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a step did, as announced: the snapshot after it, the records put and removed, and its title."""

    snapshot: Snapshot
    put: tuple[Record, ...]
    removed: tuple[Record, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `perform` comes to: the answer of the action, what changed, the step by id and title, and if undo takes it back."""

    result: Any
    changes: Changes
    step_id: str
    title: str
    is_undoable: bool = True


class Workspace:
    """An open workspace. Its methods return at once; the database has a thread of its own."""

    def __init__(self, file: WorkspaceFile, clock: Clock, executor: ThreadPoolExecutor) -> None:
        """Used by `create` and `open`."""
        self._file = file
        self._clock = clock
        self._executor = executor
        self.watch: Watch | None = None
        """Told, on the database thread, the part of any step that is written; it stops the step by raising."""
        self._subscribers: tuple[Callable[[Changes], None], ...] = ()
        self._closed = False
        self._last_backup = newest_backup(file.path)
        self._checking: Future[str] | None = None
        self._taken_at: datetime | None = None
        self.path = file.path
        self.opened_by_code = False
        self.snapshot = file.snapshot()
        self._order = file.step_order()
        self._person_id = ""
        self._trail = Trail()
        people = self.people()
        if len(people) == 1:
            self.sign_in(people[0].id)

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: str,
        *,
        name: str,
        person: Person,
        device_name: str,
        clock: Clock,
        cost: Cost = DEFAULT_COST,
        records: Iterable[Record] = (),
    ) -> "Workspace":
        """Make a workspace at a path where there is none, with its first person, who is signed in, and its first records.

        What it is made with cannot be undone. Raises Refused (weak passphrase, path taken) or Environment (network or
        synchronised folder, no room).
        """
        check_passphrase(passphrase, (name, person.name, device_name))
        first = (Setting(id=WORKSPACE_NAME, value=name), *records, person)
        return cls._start(lambda: create_file(path, passphrase, cost, clock), clock, device_name, first, person.id)

    @classmethod
    def open(cls, path: Path, passphrase: str, *, device_name: str, clock: Clock) -> "Workspace":
        """Open a workspace with its passphrase or recovery code.

        Raises WrongPassphrase, Refused (too soon after a wrong one), InUse, NotOurs or Environment, each with its sentence.
        """
        workspace = cls._start(lambda: open_file(path, passphrase, clock), clock, device_name)
        workspace.opened_by_code = workspace.has_recovery_code and bool(plain_code(passphrase))
        workspace.backup_if_changed().add_done_callback(_note_failed_backup)
        return workspace

    @classmethod
    def open_backup(cls, path: Path, passphrase: str, *, clock: Clock) -> "Workspace":
        """Look at the newest backup of a workspace, or at the backup at the path: read only, its time in `backup_taken`."""
        taken: list[Backup] = []

        def opening() -> WorkspaceFile:
            file, backup = opened_backup(path, passphrase, clock)
            taken.append(backup)
            return file

        workspace = cls._start(opening, clock, "")
        workspace._taken_at, workspace.path = taken[0].at, path
        return workspace

    @classmethod
    def _start(
        cls,
        opening: Callable[[], WorkspaceFile],
        clock: Clock,
        device_name: str,
        first: Sequence[Record] = (),
        person_id: str = "",
    ) -> "Workspace":
        executor = ThreadPoolExecutor(1, thread_name_prefix="database")

        def begin() -> "Workspace":
            file = opening()
            try:
                workspace = cls(file, clock, executor)
                workspace._enrol(device_name, first, person_id)
            except BaseException:
                (file.discard if first else file.close)()
                raise
            return workspace

        try:
            return executor.submit(begin).result()
        except BaseException:
            executor.shutdown(wait=False)
            raise

    def _enrol(self, device_name: str, first: Sequence[Record], person_id: str) -> None:
        """On the database thread: write this computer's Device record if it is missing, and a new workspace's first records."""
        if self.read_only:
            return
        self._file.tell_wrong_tries()
        device = self._file.device
        missing: list[Record] = []
        if first:
            missing += [*first, Setting(id=WORKSPACE_ID, value=self._file.workspace_id)]
        if self.snapshot.find(Device, device.id) is None:
            missing.append(Device(id=device.id, name=device_name, public_key=device.public_key, enrolled_at=self._now()))
        if missing:
            title = "Create workspace" if first else "Enrol this computer"
            self._run(title, _put_all, (missing,), {}, None, undoable=False)
        if person_id:
            self.sign_in(person_id)

    # Who works, and on which day

    @property
    def is_sample(self) -> bool:
        """Whether this is a sample project, which holds nothing real."""
        return bool(self.snapshot.setting(SAMPLE_TODAY))

    @property
    def today(self) -> date:
        """The sample's own day, else the clock's."""
        sample = self.snapshot.setting(SAMPLE_TODAY)
        return date.fromisoformat(sample) if sample else self._clock().astimezone().date()

    def people(self) -> tuple[Person, ...]:
        """Everyone who can sign in, by name."""
        here = [person for person in self.snapshot.all(Person).values() if not person.has_left]
        return tuple(sorted(here, key=lambda person: (person.name.casefold(), person.id)))

    @property
    def person(self) -> Person | None:
        """Who is working, as they are known now; None until someone has signed in."""
        return self.snapshot.find(Person, self._person_id)

    def sign_in(self, person_id: str) -> Person:
        """Say who is working from now on. Raises Refused when the workspace does not know them."""
        found = self.snapshot.find(Person, person_id)
        if found is None:
            raise Refused("This person is not in the workspace. Choose someone from the list.")
        self._person_id = found.id
        self._trail = trail_of(self.history(), found.id)
        return found

    # Doing

    def perform(
        self,
        title: str,
        action: Callable[Concatenate[Step, Parameters], Result],
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> "Future[Outcome]":
        """Run an action as one step on the database thread; the outcome, or what it raised, comes by the future.

        When the action raises, or the disk does, nothing is changed. Before an import is written (a step that puts a
        SourceRead) the workspace is backed up; who stops the step stops that too. Doing an import again needs none: the
        journal holds all of it.
        """
        return self._submit(self._run, title, action, args, kwargs, self.person)

    def _submit(self, work: Callable[..., Result], *args: Any) -> "Future[Result]":
        if self._closed:
            raise Environment("The workspace is closed. Open it again to go on.")
        return self._executor.submit(work, *args)

    def _run(
        self,
        title: str,
        action: Callable[..., Any],
        args: Sequence[Any],
        kwargs: dict[str, Any],
        person: Person | None,
        undoable: bool = True,
    ) -> Outcome:
        if self.read_only:
            raise Refused("This is a backup, open to read only. Open the workspace itself to change it; nothing was changed.")
        if undoable and person is None:
            raise Refused("Choose who is working first.")
        with collection_put_off():
            return self._written(title, action, args, kwargs, person or _NOBODY, undoable)

    def _written(
        self, title: str, action: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any], person: Person, undoable: bool
    ) -> Outcome:
        """What the action comes to, once its changes are in the file."""
        step = Step(self.snapshot, self.today, person, new_id, self._now())
        result = action(step, *args, **kwargs)
        changes = step.changes
        if not changes:
            return Outcome(result, Changes(self.snapshot, (), (), title), "", title)
        taken = StepTaken(
            id=step.id,
            title=f"{title}: {step.part}" if step.part else title,
            person_id=step.person.id,
            device_id=self._file.device.id,
            at=self._now(),
            undoes=step.undoes,
            undoable=undoable and step.is_undoable,
        )
        watch = _both(step.watch, self.watch)
        if not step.undoes and any(change.kind == "source_read" and change.after is not None for change in changes):
            self._back_up_if_changed(watch)
        changes = (*changes, Change("step_taken", None, taken))
        self._file.write(Author(step.id, step.person.id), changes, watch)
        return self._announce(result, changes, taken)

    def _announce(self, result: Any, changes: Sequence[Change], taken: StepTaken) -> Outcome:
        put = tuple(change.after for change in changes if change.after is not None)
        removed = tuple(change.before for change in changes if change.after is None and change.before is not None)
        self.snapshot = self.snapshot.patched(put, removed)
        self._order.append(taken.id)
        if taken.person_id == self._person_id:
            self._trail = self._trail.after(taken)
        told = Changes(self.snapshot, put, removed, taken.title)
        for subscriber in self._subscribers:
            try:
                subscriber(told)
            except Exception:
                logging.getLogger(__name__).exception("a subscriber failed after step %s", taken.id)
        return Outcome(result, told, taken.id, taken.title, taken.undoable)

    def subscribe(self, callback: Callable[[Changes], None]) -> Callable[[], None]:
        """Call back on the database thread after each step, once the snapshot is replaced; answers how to stop it."""
        self._subscribers = (*self._subscribers, callback)

        def stop() -> None:
            self._subscribers = tuple(one for one in self._subscribers if one is not callback)

        return stop

    def note(self, kind: str, table: str, row: str) -> "Future[None]":
        """Write that something was viewed, searched, printed or exported; it changes nothing and is no step.

        Of what is looked at in a backup nothing can be written.
        """
        if self.read_only:
            return self._submit(lambda: None)
        person = self.person.id if self.person is not None else ""
        return self._submit(self._file.journal.note, Author(new_id(), person), kind, table, row)

    # Taking back

    @property
    def undoable(self) -> str:
        """The title of the step that undo takes back, or an empty string."""
        return self._trail.undoable_title

    @property
    def redoable(self) -> str:
        """The title of the step that redo does again, or an empty string."""
        return self._trail.redoable_title

    def undo(self) -> "Future[Outcome]":
        """Take back this person's newest step by one that compensates. Raises BuiltOn once for each that can be no more."""
        return self._submit(self._take_back, "Undo")

    def redo(self) -> "Future[Outcome]":
        """Do again what was last taken back."""
        return self._submit(self._take_back, "Redo")

    def _take_back(self, word: str) -> Outcome:
        entries = self._trail.done if word == "Undo" else self._trail.undone
        if not entries:
            raise Refused(f"There is nothing to {word.lower()}.")
        target, title, _first = entries[-1]
        try:
            return self._run(f"{word}: {title}", take_back, (target, title, self._file, self.watch), {}, self.person)
        except BuiltOn:
            self._trail = self._trail.passing_by(entries[-1])
            raise

    def preview_undo(self, step_id: str) -> "Future[Preview]":
        """What reversing a step of anyone's would do now, with the cells it would keep."""
        return self._submit(lambda: preview(self.snapshot, self.history(), step_id, self._file, self.watch))

    def undo_step(self, step_id: str) -> "Future[Outcome]":
        """Reverse a step, however old, by one that compensates; cells that someone replaced since are kept."""
        return self._submit(self._reverse, step_id)

    def _reverse(self, step_id: str) -> Outcome:
        taken = self.snapshot.find(StepTaken, step_id)
        title = f"Undo: {taken.title}" if taken is not None else "Undo"
        return self._run(title, reverse, (self.history(), step_id, self._file, self.watch), {}, self.person)

    # The rest

    def check(self) -> list[Finding]:
        """Everything that is not sound in the file; empty when all is well. Takes seconds on a large workspace."""
        return self._submit(lambda: self._file.findings(self.snapshot)).result()

    def check_health(self) -> "Future[str]":
        """Do the checks that are due: daily, weekly, and after a program that was killed; in turns with what a person does.

        Comes to one sentence that says what is amiss and what to do, or to an empty string. While checks run, who asks
        for them is given these.
        """
        if self.read_only:
            return self._submit(str)
        if self._checking is None or self._checking.done():
            self._checking = in_turns(self._submit, checked_health(self._file, self._now()), "")
        return self._checking

    @property
    def backup_place(self) -> str:
        """Where backups lie, in words: `in the folder …`."""
        return backup_place(self.path)

    @property
    def last_backup(self) -> tuple[Path, datetime] | None:
        """Where the newest verified backup lies and when it was made; None while there is none."""
        return None if self._last_backup is None else (self._last_backup.path, self._last_backup.at)

    def backup(self, to: Path | None = None) -> "Future[Path]":
        """Make and verify a backup, at a path or in the workspace's own folder of backups."""
        return self._submit(self._back_up, to)

    def backup_if_changed(self) -> "Future[Path | None]":
        """Make a backup unless the newest one holds everything already."""
        return self._submit(self._back_up_if_changed)

    def _back_up(self, to: Path | None, watch: Watch | None = None) -> Path:
        made = made_backup(self._file, self._now(), to, watch)
        self._last_backup = made
        return made.path

    def _back_up_if_changed(self, watch: Watch | None = None) -> Path | None:
        last = self._last_backup
        if self.read_only or (last is not None and (last.operations, last.digest) == self._file.content()):
            return None
        return self._back_up(None, watch)

    def change_passphrase(self, old: str, new: str, cost: Cost = DEFAULT_COST) -> "Future[None]":
        """Change the passphrase; raises WrongPassphrase or Refused (weak), and nothing is changed then."""
        check_passphrase(new, (self.snapshot.setting(WORKSPACE_NAME), *(person.name for person in self.people())))
        return self._submit(self._file.change_passphrase, old, new, cost)

    @property
    def has_recovery_code(self) -> bool:
        """Whether a recovery code opens the workspace as well as the passphrase."""
        return has_recovery_code(self._file.slots)

    def add_recovery_code(self) -> "Future[str]":
        """Make a recovery code, which `open` takes in place of the passphrase; an older one opens until this is confirmed."""
        return self._submit(self._file.add_recovery_code, Author(new_id(), self.person.id if self.person else ""))

    def confirm_recovery_code(self, typed: str) -> "Future[None]":
        """Try the newest recovery code as typed back from paper; older ones stop opening, and a backup that knows it is made.

        Raises WrongPassphrase when it is not that code.
        """
        return self._submit(self._confirm_recovery_code, typed)

    def _confirm_recovery_code(self, typed: str) -> None:
        self._file.confirm_recovery_code(typed)
        self._back_up(None)

    @property
    def read_only(self) -> bool:
        """Whether this is a backup being looked at."""
        return self._file.database.read_only

    @property
    def backup_taken(self) -> datetime | None:
        """When what is shown was backed up, if this is a backup that is only looked at."""
        return self._taken_at

    def history(self) -> tuple[StepTaken, ...]:
        """Every step ever taken, oldest first, as the journal orders them."""
        found = (self.snapshot.find(StepTaken, step) for step in self._order)
        return tuple(step for step in found if step is not None)

    def close(self) -> None:
        """Finish what was asked for, then let the file go; that its last backup failed is noted in the log and stops nothing."""
        if not self._closed:
            self._closed = True
            last = self._executor.submit(self._back_up_if_changed)
            last.add_done_callback(_note_failed_backup)
            try:
                self._executor.submit(self._file.close).result()
            finally:
                self._executor.shutdown()

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)


def new_id() -> str:
    """A random id of 128 bits, as 32 hex digits."""
    return uuid.uuid4().hex


def _note_failed_backup(backup: "Future[Path | None]") -> None:
    """The backup on opening or closing stands in nobody's way; that it failed shows in `last_backup`, and in the log."""
    if not backup.cancelled() and backup.exception() is not None:
        logging.getLogger(__name__).warning("a backup was not made: %s", type(backup.exception()).__name__)


def _put_all(step: Step, records: Sequence[Record]) -> None:
    for record in records:
        step.put(record)


def _both(one: Watch | None, other: Watch | None) -> Watch | None:
    """Whoever watches a step, one after the other."""
    if one is None or other is None:
        return one or other

    def watch(part: float) -> None:
        one(part)
        other(part)

    return watch
