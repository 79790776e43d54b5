"""What a program does to a workspace until it is killed or has no more room, saying after each step that it was acknowledged."""

import os
import resource
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from planner.actions.workspace import Workspace
from planner.core.errors import Environment
from planner.core.records import Visit
from tests.helpers.stores import HandClock, a_child, change, do, opened, put, remove

KEPT = Visit(id="kept", place="home")


def work(workspace: Workspace, number: int) -> None:
    """One of the things a person does, so that kills fall into all of them; its own child is put last of all."""
    passing = Visit(id=f"passing{number}", place="a place with a long name " * 30)
    turn = number % 6
    if turn == 1:
        do(workspace, change, KEPT, minutes=number)
    elif turn == 2:
        do(workspace, put, passing)
        workspace.undo().result()
        workspace.redo().result()
    elif turn == 3:
        do(workspace, put, passing)
        do(workspace, remove, passing)
    elif turn == 4:
        workspace.backup_if_changed().result()
    do(workspace, put, a_child(number), passing)


def limit(size: int) -> None:
    """Let no file grow beyond so many bytes: what a full disk looks like to a program."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def write(path: Path, home: str, first: int, largest: int, told: Connection) -> None:
    """Write until killed, or until there is no room; then write once more with room, and say what was said.

    `largest` is a size in bytes, or 0.
    """
    os.environ["HOME"] = os.environ["XDG_DATA_HOME"] = home
    workspace = opened(path, HandClock())
    if KEPT.id not in workspace.snapshot.all(Visit):
        do(workspace, put, KEPT)
    if largest:
        limit(largest)
    number = first
    while True:
        try:
            work(workspace, number)
        except Environment as full:
            limit(resource.RLIM_INFINITY)
            do(workspace, put, a_child(number + 1000))
            os.write(told.fileno(), f"{number + 1000}\nFULL {full.sentence}\n".encode())
            os._exit(0)
        os.write(told.fileno(), f"{number}\n".encode())
        number += 1
