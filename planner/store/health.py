"""The checks that a workspace has once it is open: daily, weekly, and after a program that did not end as it should."""

import shutil
import uuid
from collections.abc import Generator
from datetime import datetime

from planner.core.date_words import plain_date
from planner.core.errors import Environment
from planner.store.backup import Backup, brought_back, newest_backup
from planner.store.checking import Chains, projection_slice
from planner.store.findings import Finding
from planner.store.last_checks import DRILL, PAGES, WHOLE, is_due, note_passed
from planner.store.places import data_folder
from planner.store.schema import RECORD_TABLES
from planner.store.workspace_file import WorkspaceFile

Turns = Generator[None, None, str]
"""Work that stands back at each `yield`, so that a step of a person's can go first; its answer is a sentence, or nothing."""


def checked_health(file: WorkspaceFile, now: datetime) -> Turns:
    """Do the checks that are due; a sentence on the first that fails, with what to do, or an empty string.

    A check that fails, or is broken off, stays due.
    """
    folder = data_folder(file.workspace_id)
    for check, work in ((PAGES, _pages), (WHOLE, _whole), (DRILL, _drill)):
        if is_due(folder, check, now):
            sentence = yield from work(file)
            if sentence:
                return sentence
            if check != DRILL or newest_backup(file.path) is not None:
                note_passed(folder, check, now)
    return ""


def _pages(file: WorkspaceFile) -> Turns:
    yield
    damaged = file.database.damaged_pages()
    what = "A page" if damaged == 1 else f"{damaged} pages"
    return f"{what} of {file.path.name} cannot be read as written: the disk may be failing. {_way_out(file)}" if damaged else ""


def _whole(file: WorkspaceFile) -> Turns:
    yield
    if not file.database.is_sound():
        return f"The structure of {file.path.name} is damaged. {_way_out(file)}"
    found = yield from _journal_findings(file)
    if not found:
        return ""
    number = "is one finding" if len(found) == 1 else f"are {len(found)} findings"
    return f"{file.path.name} does not hold what its journal says: there {number}, listed by planner check. {_way_out(file)}"


def _journal_findings(file: WorkspaceFile) -> Generator[None, None, list[Finding]]:
    """What is amiss in the journal, or in tables and heads against it; a slice at a time."""
    with file.database.transaction() as connection:
        chains = Chains(connection)
    more = True
    while more:
        yield
        with file.database.transaction() as connection:
            more = chains.look_on(connection)
    found = chains.findings()
    for kind in RECORD_TABLES:
        yield
        own, after = _slice(file, kind, None)
        found += own
        while after is not None:
            yield
            own, after = _slice(file, kind, after)
            found += own
    return found


def _slice(file: WorkspaceFile, kind: str, after: str | None) -> tuple[list[Finding], str | None]:
    with file.database.transaction() as connection:
        return projection_slice(connection, kind, after)


def _drill(file: WorkspaceFile) -> Turns:
    """Bring the newest backup back into a folder of the person's own, which goes afterwards."""
    yield
    folder = data_folder(file.workspace_id)
    for left in folder.glob("drill-*"):
        shutil.rmtree(left, ignore_errors=True)
    backup = newest_backup(file.path)
    if backup is None:
        return ""
    place = folder / f"drill-{uuid.uuid4().hex}"
    try:
        place.mkdir(mode=0o700)
        yield
        brought_back(backup.path, place / "workspace.planner", file.key)
    except Environment:
        return (
            f"The backup of {_moment(backup)} could not be brought back, so do not count on it. "
            f"The workspace itself is sound: make a backup now, and keep a copy of it on another disk."
        )
    except OSError:
        return (
            f"There was no room to try out the backup of {_moment(backup)}. Make room on this disk; it is tried again next time."
        )
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return ""


def _way_out(file: WorkspaceFile) -> str:
    backup = newest_backup(file.path)
    if backup is None:
        return "There is no backup of it here: print what you need while it is open, and look for a backup elsewhere."
    return (
        f"Close it and restore the verified backup of {_moment(backup)} from the folder {backup.path.parent.name}; "
        f"keep this file, for what was entered since."
    )


def _moment(backup: Backup) -> str:
    at = backup.at.astimezone()
    return f"{at:%H:%M} on {plain_date(at.date())}"
