"""The lock file beside a workspace: who has it open. It is for people to read; SQLite's exclusive lock is the guard."""

import getpass
import json
import os
import platform
from datetime import datetime
from pathlib import Path

from planner.store.whole_files import write_whole


def lock_path(path: Path) -> Path:
    """Where the lock file of a workspace lies: beside it."""
    return path.with_name(path.name + ".lock")


def write_lock(path: Path, since: datetime) -> None:
    """Say that this process has the workspace open."""
    told = {"host": platform.node(), "pid": os.getpid(), "user": _user(), "since": since.isoformat(timespec="seconds")}
    write_whole(lock_path(path), json.dumps(told).encode())


def remove_lock(path: Path) -> None:
    """Say that it no longer has."""
    lock_path(path).unlink(missing_ok=True)


def holder(path: Path) -> str:
    """Who has the workspace open, in words: `on LAPTOP-12 by pshah since 09:14`; empty when it cannot be told."""
    try:
        told = json.loads(lock_path(path).read_bytes())
        since = datetime.fromisoformat(told["since"]).astimezone()
        return f"on {told['host']} by {told['user']} since {since:%H:%M}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "someone"
