"""Backups: one archive of database and key slots, opened and compared before it counts, kept for a time, and restored."""

import hashlib
import json
import os
import re
import shutil
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from planner.core.errors import Environment, NotOurs, Refused
from planner.store import keys, schema
from planner.store.checking import content_of
from planner.store.database import Database, check_shape, plain_sentences, revision_of
from planner.store.guesses import unlocked
from planner.store.journal import Watch
from planner.store.keys import KeySlots, keys_path
from planner.store.places import check_place, data_folder
from planner.store.whole_files import put_in_place, sync_file
from planner.store.workspace_file import Clock, WorkspaceFile, open_to_read

ENDING = ".planner-backup"
_DATABASE, _KEYS, _MANIFEST = "workspace.planner", "workspace.planner.keys", "manifest.json"
_MOST_KEYS = 64 * 1024
_STAMP = "%Y-%m-%dT%H%M%SZ"
_NAMED = re.compile(r" (\d{4}-\d\d-\d\dT\d{6}Z)(?:-\d+)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an archive says of itself: the workspace, the moment, what it holds, and the SHA-256 of its members."""

    workspace: str
    at: str
    operations: int
    digest: str
    revision: str
    database: str
    keys: str
    format: int = 1


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified backup: where it lies, when it was made, and what it holds."""

    path: Path
    at: datetime
    operations: int
    digest: str


def _go_on() -> None:
    """Nobody can stop it."""


def backup_folder(path: Path) -> Path:
    """Where the backups of a workspace lie: in a folder of their own beside it."""
    return path.with_name(f"{path.stem} backups")


def backup_place(path: Path) -> str:
    """Where the backups of a workspace lie, in words."""
    folder = backup_folder(path)
    return f"in the folder {folder.name} beside the workspace, on the same disk: {folder}"


def made_backup(file: WorkspaceFile, now: datetime, to: Path | None = None, watch: Watch | None = None) -> Backup:
    """Make a backup, verify it, and only then give it its name; `to` is a path, or None for the usual folder.

    `watch` is told 0 now and then, for nothing of a step is written yet; what it raises stops the making. Raises Environment
    or NotOurs with a sentence. Nothing is left behind then, and older backups are untouched.
    """
    folder = to.parent if to is not None else backup_folder(file.path)
    making = folder / f".making-{uuid.uuid4().hex}"
    try:
        making.mkdir(mode=0o700, parents=True)
        if to is None:
            _clear_unfinished(folder, making)
        archive, manifest = _made_archive(file, now, making, partial(watch, 0.0) if watch is not None else _go_on)
        path = to if to is not None else _free_name(folder, file.path.stem, now)
        put_in_place(archive, path)
    except OSError as denied:
        sentence = f"The backup could not be written to {folder}. Check the room there; the workspace itself is saved."
        raise Environment(sentence) from denied
    finally:
        shutil.rmtree(making, ignore_errors=True)
    if to is None:
        prune(folder, file.path.stem, now)
    return Backup(path, now, manifest.operations, manifest.digest)


def _clear_unfinished(folder: Path, making: Path) -> None:
    """Delete what a program that was killed while it made a backup left in the workspace's own folder of them."""
    for left in folder.glob(".making-*"):
        if left != making:
            shutil.rmtree(left, ignore_errors=True)


def _made_archive(file: WorkspaceFile, now: datetime, making: Path, look: Callable[[], object]) -> tuple[Path, Manifest]:
    copy, archive = making / _DATABASE, making / "archive"
    with plain_sentences(file.path.name), file.database.watched(look):
        file.database.driver.execute("VACUUM INTO ?", (str(copy),))
    sync_file(copy)
    with file.database.watched(look), file.database.transaction() as connection:
        operations, digest = content_of(connection)
    _check_copy(copy, file.key, operations, digest, look)
    slots = keys.slots_text(file.slots)
    manifest = Manifest(
        workspace=file.workspace_id,
        at=now.astimezone(UTC).isoformat(timespec="seconds"),
        operations=operations,
        digest=digest,
        revision=schema.REVISION,
        database=_file_digest(copy),
        keys=hashlib.sha256(slots).hexdigest(),
    )
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1))
        packed.writestr(_KEYS, slots)
        packed.write(copy, _DATABASE)
    sync_file(archive)
    look()
    with zipfile.ZipFile(archive) as packed:
        _check_archive(packed, manifest)
    look()
    return archive, manifest


def _check_copy(copy: Path, key: bytearray, operations: int, digest: str, look: Callable[[], object] = _go_on) -> None:
    """Open the copy as a restore would and compare it with what it was made from."""
    database = Database(copy, key, read_only=True)
    try:
        with database.watched(look):
            database.quick_check()
            with database.transaction() as connection:
                found = content_of(connection)
    finally:
        database.close()
    if found != (operations, digest):
        raise Environment("The backup does not hold what it should, so it was thrown away. Check the disk and back up again.")


def _check_archive(packed: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read the archive back from the disk and compare what it holds."""
    for member, expected in ((_DATABASE, manifest.database), (_KEYS, manifest.keys)):
        with packed.open(member) as stream:
            digest = hashlib.sha256()
            while piece := stream.read(1 << 20):
                digest.update(piece)
            if digest.hexdigest() != expected:
                raise NotOurs("The backup is damaged. Take an older one; nothing was changed.")


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _free_name(folder: Path, stem: str, now: datetime) -> Path:
    plain = f"{stem} {now.astimezone(UTC).strftime(_STAMP)}"
    path, number = folder / f"{plain}{ENDING}", 2
    while path.exists():
        path, number = folder / f"{plain}-{number}{ENDING}", number + 1
    return path


# Which backups there are, and how long they stay


def backups(folder: Path, stem: str) -> list[tuple[datetime, Path]]:
    """The backups of a workspace in a folder, newest first, with the moments their names tell."""
    found = []
    for path in folder.glob(f"*{ENDING}"):
        named = _NAMED.search(path.stem)
        if named and path.stem[: named.start()] == stem:
            found.append((datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC), path))
    return sorted(found, key=lambda pair: (pair[0], len(pair[1].name), pair[1].name), reverse=True)


def newest_backup(path: Path) -> Backup | None:
    """The newest backup of a workspace in the usual folder whose manifest can be read."""
    for _, archive in backups(backup_folder(path), path.stem):
        try:
            return _told(archive)
        except NotOurs:
            continue
    return None


def _told(archive: Path) -> Backup:
    with _unpacked(archive) as (_, manifest):
        return Backup(archive, datetime.fromisoformat(manifest.at), manifest.operations, manifest.digest)


def prune(folder: Path, stem: str, now: datetime) -> None:
    """Delete what no longer needs keeping: all of 48 hours stay, then the newest of 14 days, 8 weeks and 6 months."""
    dated = backups(folder, stem)
    kept = kept_backups([at for at, _ in dated], now)
    for at, path in dated:
        if at not in kept:
            path.unlink()


def kept_backups(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Which of some backups stay; the newest always does."""
    ordered = sorted(moments, reverse=True)
    kept = {at for at in ordered if now - at <= timedelta(hours=48)} | set(ordered[:1])
    for form, most in (("%Y-%m-%d", 14), ("%G-%V", 8), ("%Y-%m", 6)):
        newest: dict[str, datetime] = {}
        for at in ordered:
            newest.setdefault(at.strftime(form), at)
        kept |= set(list(newest.values())[:most])
    return kept


# Reading one again


@contextmanager
def _unpacked(archive: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """An archive and its manifest. Raises NotOurs when it is not a backup of ours."""
    try:
        with zipfile.ZipFile(archive) as packed:
            if sorted(packed.namelist()) != sorted((_MANIFEST, _KEYS, _DATABASE)) or packed.getinfo(_KEYS).file_size > _MOST_KEYS:
                raise ValueError("not of our parts")
            if any(member.compress_type != zipfile.ZIP_STORED for member in packed.infolist()):
                raise ValueError("compressed")
            manifest = Manifest(**json.loads(packed.read(_MANIFEST)))
            if manifest.format != 1:
                raise ValueError("of another format")
            yield packed, manifest
    except FileNotFoundError as missing:
        raise NotOurs(f"There is no backup at {archive}. Check the path.") from missing
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, EOFError) as odd:
        raise NotOurs(f"{archive.name} is not a backup, or it is damaged. Take an older one; nothing was changed.") from odd


def restore(archive: Path, path: Path, passphrase: str) -> None:
    """Bring a backup back to a path where nothing is.

    Raises Refused when something is there, WrongPassphrase, NotOurs or Environment; nothing is left behind then.
    """
    check_place(path)
    if path.exists() or keys_path(path).exists():
        raise Refused(
            f"There is already a {path.name} in this folder. Move it aside or choose another name; nothing was changed."
        )
    passing = path.with_name(path.name + ".restoring")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        key, slots = _extracted(archive, passing, lambda slots: keys.data_key(slots, passphrase))
        keys.wipe(key)
        keys.write_slots(keys_path(path), slots)
        put_in_place(passing, path)
    except OSError as denied:
        raise Environment(f"{path.name} cannot be written in this folder. Check its permissions and the room left.") from denied
    finally:
        passing.unlink(missing_ok=True)


def brought_back(archive: Path, copy: Path, key: bytearray) -> None:
    """Write the database of a backup to a path and check it there, with the data key of the open workspace.

    Raises NotOurs when it is not whole, Environment when it cannot be written.
    """
    _extracted(archive, copy, lambda _slots: key)


def _extracted(archive: Path, copy: Path, unlock: Callable[[KeySlots], bytearray]) -> tuple[bytearray, KeySlots]:
    """Write the database of a backup to a path, and check it there; answers its key and slots."""
    with _unpacked(archive) as (packed, manifest):
        slots = keys.slots_of_text(packed.read(_KEYS), archive.name)
        key = unlock(slots)
        _check_archive(packed, manifest)
        with (
            packed.open(_DATABASE) as source,
            os.fdopen(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target,
        ):
            shutil.copyfileobj(source, target)
    sync_file(copy)
    database = Database(copy, key, read_only=True)
    try:
        revision_of(database)
        check_shape(database)
    finally:
        database.close()
    _check_copy(copy, key, manifest.operations, manifest.digest)
    return key, slots


def opened_backup(path: Path, passphrase: str, clock: Clock) -> tuple[WorkspaceFile, Backup]:
    """The newest backup of a workspace that is whole (or the archive at the path itself), open to read.

    Its encrypted database lies in the person's own folder while it is looked at. Raises NotOurs when there is none.
    """
    archives = [path] if path.suffix == ENDING else [archive for _, archive in backups(backup_folder(path), path.stem)]
    _forget_left_behind(data_folder("reading"), clock())
    for archive in archives:
        reading = data_folder("reading") / f"{uuid.uuid4().hex}.planner"
        try:
            backup = _told(archive)
            key, slots = _extracted(archive, reading, lambda slots: unlocked(slots, passphrase, clock()))
            return open_to_read(reading, key, slots, clock), backup
        except NotOurs:
            reading.unlink(missing_ok=True)
            if archive == archives[-1]:
                raise
        except BaseException:
            reading.unlink(missing_ok=True)
            raise
    raise NotOurs(f"There is no backup of {path.name} yet. It is made when the workspace is opened and closed.")


def _forget_left_behind(folder: Path, now: datetime) -> None:
    """Delete what a program that was killed while it looked at a backup left more than a day ago."""
    for left in folder.iterdir():
        if now.timestamp() - left.stat().st_mtime > timedelta(days=1).total_seconds():
            left.unlink(missing_ok=True)
