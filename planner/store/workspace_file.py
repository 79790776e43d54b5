"""A workspace's file, opened: its key, its database, its journal and this computer's device, as one thing."""

import logging
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from planner.core.collecting import collection_put_off
from planner.core.errors import Environment, InUse, Refused
from planner.core.snapshot import Snapshot
from planner.store import history, keys, reading, sense
from planner.store.cells import encoded
from planner.store.checking import chain_findings, content_of, projection_findings
from planner.store.database import Database, check_header, check_shape, create_database, plain_sentences, revision_of
from planner.store.devices import OwnDevice, enrolled_device, own_device
from planner.store.findings import Finding
from planner.store.guesses import forget_told, guesses, unlocked
from planner.store.journal import Author, Change, Journal, Watch
from planner.store.keys import Cost, KeySlots, keys_path
from planner.store.last_checks import PAGES, WHOLE, forget
from planner.store.lock import holder, lock_path, remove_lock, write_lock
from planner.store.migrating import migrate_file
from planner.store.places import check_place, data_folder
from planner.store.recovery_codes import new_code
from planner.store.schema import REVISION
from planner.store.whole_files import put_in_place

Clock = Callable[[], datetime]


class WorkspaceFile:
    """An open workspace file. Everything here is called on one thread at a time."""

    def __init__(self, database: Database, key: bytearray, slots: KeySlots, clock: Clock) -> None:
        self.database = database
        self.path = database.path
        self.slots = slots
        self.key = key
        folder = data_folder(slots.workspace)
        known = own_device(folder, key)
        if known is None and not database.read_only:
            known = enrolled_device(folder, key, uuid.uuid4().hex)
        self.device = known or OwnDevice("", "")
        self._journal = Journal(database, self.device.id, clock)

    @property
    def workspace_id(self) -> str:
        """The id that all copies of this workspace share."""
        return self.slots.workspace

    @property
    def journal(self) -> Journal:
        """The journal as this device writes it."""
        if self.database.read_only:
            raise Refused(f"{self.path.name} is open to read only, so nothing was changed.")
        return self._journal

    def snapshot(self) -> Snapshot:
        """Everything the tables hold."""
        with self.database.transaction() as connection:
            return reading.snapshot(connection)

    def step_order(self) -> list[str]:
        """The ids of all steps in the journal's order, oldest first."""
        with self.database.transaction() as connection:
            return history.step_order(connection)

    def effects_of(self, step: str, undoes: Mapping[str, str], watch: Watch | None = None) -> list[history.Effect]:
        """What a step did to which row, and what was replaced since; `undoes` and `watch` as `history.effects_of` has them."""
        with self.database.transaction() as connection, collection_put_off():
            return history.effects_of(connection, step, undoes, watch)

    def write(self, author: Author, changes: Sequence[Change], watch: Watch | None = None) -> None:
        """Write one step, whole or not at all; `watch` as the journal has it."""
        self.journal.write(author, changes, watch)

    def tell_wrong_tries(self) -> None:
        """Write what passphrases were tried in vain since the journal was last told: how many, and when."""
        folder = data_folder(self.workspace_id)
        tried = guesses(folder)
        if tried.untold:
            cells = {"count": encoded(tried.untold), "times": encoded(tried.times)}
            self.journal.note(Author(uuid.uuid4().hex, ""), "unlock failed", "workspace", self.workspace_id, cells)
            forget_told(folder)

    def change_passphrase(self, old: str, new: str, cost: Cost) -> None:
        """Wrap the data key anew; the file itself stays as it is."""
        self._keep(keys.with_new_passphrase(self.slots, old, new, cost))

    def add_recovery_code(self, author: Author) -> str:
        """Let a new recovery code open the workspace; answers it, for it is kept nowhere. The journal is told."""
        self.journal.note(author, "recovery code", "workspace", self.workspace_id)
        code = new_code()
        self._keep(keys.with_recovery_code(self.slots, code, self.key))
        return code

    def confirm_recovery_code(self, typed: str) -> None:
        """Open the key file on the disk with the newest code as typed back, and forget older codes. Raises WrongPassphrase."""
        self._keep(keys.with_confirmed_code(keys.slots_of_file(keys_path(self.path)), typed, self.key))

    def _keep(self, slots: KeySlots) -> None:
        with _files_in_words(f"The ways into {self.path.name} are as they were"):
            keys.write_slots(keys_path(self.path), slots)
        self.slots = slots
        try:
            keys.write_slots(_copy_of_slots(slots), slots)
        except OSError as denied:
            # The next opening writes it anew.
            logging.getLogger(__name__).warning("the copy of the key slots was not written: %s", type(denied).__name__)

    def findings(self, snapshot: Snapshot) -> list[Finding]:
        """Everything that is not sound: journal, heads, tables, and what the records say."""
        with self.database.transaction() as connection:
            found = [*chain_findings(connection), *projection_findings(connection)]
        return [*found, *sense.orphans(snapshot), *sense.duplicates(snapshot)]

    def content(self) -> tuple[int, str]:
        """How many operations there are, and a digest of them all."""
        with self.database.transaction() as connection:
            return content_of(connection)

    def close(self) -> None:
        """Let the file go and forget its key."""
        try:
            self.database.close()
        finally:
            if self.database.read_only:
                self.path.unlink(missing_ok=True)
            else:
                remove_lock(self.path)
            keys.wipe(self.key)

    def discard(self) -> None:
        """Let go of a file that was never finished, and leave nothing of it: half a workspace bars the way of the next try."""
        try:
            self.close()
        finally:
            for left in (self.path, keys_path(self.path), *self.path.parent.glob(f"{self.path.name}-*")):
                left.unlink(missing_ok=True)


def create_file(path: Path, passphrase: str, cost: Cost, clock: Clock) -> WorkspaceFile:
    """Make a workspace file with its key slots, and open it. Raises Refused when something is already there."""
    check_place(path)
    if path.exists() or keys_path(path).exists():
        raise Refused(f"There is already a {path.name} or its key file in this folder. Choose another name; nothing was changed.")
    workspace = uuid.uuid4().hex
    key = keys.new_data_key()
    slots = KeySlots(workspace, (keys.passphrase_slot(workspace, passphrase, key, cost),))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with plain_sentences(path.name):
            _put_new(path, key, slots)
    except OSError as denied:
        raise Environment(f"{path.name} cannot be made in this folder. Check its permissions and the room left.") from denied
    return _opened(path, key, slots, clock)


def _put_new(path: Path, key: bytearray, slots: KeySlots) -> None:
    """Make the database under a passing name and put it in place once its key slots are there."""
    passing = path.with_name(path.name + ".new")
    passing.unlink(missing_ok=True)
    try:
        create_database(passing, key)
        keys.write_slots(keys_path(path), slots)
        put_in_place(passing, path)
    except BaseException:
        passing.unlink(missing_ok=True)
        keys_path(path).unlink(missing_ok=True)
        raise


def open_file(path: Path, passphrase: str, clock: Clock) -> WorkspaceFile:
    """Open a workspace file with a passphrase.

    Raises NotOurs, WrongPassphrase, InUse (naming who has it open) or Environment; none of them changes the file.
    """
    check_place(path)
    check_header(path)
    slots = slots_beside(path)
    with _files_in_words(f"{path.name} was not opened"):
        return _opened(path, unlocked(slots, passphrase, clock()), slots, clock)


@contextmanager
def _files_in_words(outcome: str) -> Iterator[None]:
    """Turn what the disk refuses into a sentence: what came of it, the reason, and what to do."""
    try:
        yield
    except OSError as denied:
        reason = denied.strerror or "the disk gave no reason"
        raise Environment(f"{outcome}: {reason}. Make room on the disk, or look at its permissions, and try again.") from denied


def slots_beside(path: Path) -> KeySlots:
    """The key slots of a workspace: beside it, or where they are gone or damaged, the copy in the person's own folder."""
    named = [copy for copy in data_folder("").glob("*/slots.json") if _path_noted(copy) == str(path.resolve())]
    return keys.slots_from([keys_path(path), *named])


def _opened(path: Path, key: bytearray, slots: KeySlots, clock: Clock) -> WorkspaceFile:
    database = _up_to_date(path, key)
    try:
        check_shape(database)
        database.quick_check()
        if not keys_path(path).exists():
            keys.write_slots(keys_path(path), slots)
        keys.write_slots(_copy_of_slots(slots), slots)
        _note_path(slots, path)
        if lock_path(path).exists():
            # Whoever wrote it is gone, for the file is ours alone now: that program was killed, or the power went.
            forget(data_folder(slots.workspace), PAGES, WHOLE)
        write_lock(path, clock())
        return WorkspaceFile(database, key, slots, clock)
    except BaseException:
        database.close()
        raise


def _up_to_date(path: Path, key: bytearray) -> Database:
    """The database at a path, migrated first when an older version wrote it."""
    database = _alone(path, key)
    try:
        revision = revision_of(database)
    except BaseException:
        database.close()
        raise
    if revision == REVISION:
        return database
    database.close()
    migrate_file(path, key)
    return _alone(path, key)


def _alone(path: Path, key: bytearray) -> Database:
    try:
        return Database(path, key)
    except InUse as held:
        who = holder(path)
        raise InUse(f"{path.name} is open {who or 'in another program'}. Close it there, or look at the newest backup.") from held


def open_to_read(path: Path, key: bytearray, slots: KeySlots, clock: Clock) -> WorkspaceFile:
    """Open a database brought out of a backup, to read it and no more; it goes when it is closed."""
    database = Database(path, key, read_only=True)
    try:
        check_shape(database)
        revision_of(database)
        database.quick_check()
        return WorkspaceFile(database, key, slots, clock)
    except BaseException:
        database.close()
        raise


def _copy_of_slots(slots: KeySlots) -> Path:
    return data_folder(slots.workspace) / "slots.json"


def _note_path(slots: KeySlots, path: Path) -> None:
    (data_folder(slots.workspace) / "path.txt").write_text(str(path.resolve()), encoding="utf-8")


def _path_noted(copy: Path) -> str:
    try:
        return (copy.parent / "path.txt").read_text(encoding="utf-8")
    except OSError:
        return ""
