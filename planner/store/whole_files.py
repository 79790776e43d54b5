"""Files that are written whole or not at all, and are on the disk when the call returns."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the path, make sure of it, and put it in place; readable by this account alone."""
    passing = path.with_name(path.name + ".part")
    descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(passing, path)
    except BaseException:
        passing.unlink(missing_ok=True)
        raise


def put_in_place(passing: Path, path: Path) -> None:
    """Rename a finished file to its name and make sure of the folder."""
    os.replace(passing, path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Make sure a closed file is on the disk; never one that SQLite has open."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make sure of a folder's names, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
