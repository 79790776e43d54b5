"""The program on a disk that fills up, in a process of its own: files may grow no further, then there is room again."""

import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest

from planner.app import Planner, make_application
from planner.core.errors import Environment
from planner.settings import Settings
from tests.helpers.stores import HandClock, a_child, a_workspace, put

ROOM = 150_000
MOST_STEPS = 200
TOO_LITTLE = (100_000, 600_000)
"""Less than a workspace's tables take, and less than they take with its first records."""


def main(path: Path) -> None:
    """Add children until one is refused, make room, add it again; prints what was acknowledged and what was said."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    unmade = [_unmade(path.parent / "new", room) for room in TOO_LITTLE]
    planner = Planner(make_application(), Settings(path.with_suffix(".ini"), {}))
    planner.open_workspace(a_workspace(path, HandClock()))
    until(lambda: planner.window.workbench is not None and planner.window.workbench.current == 0)
    said: list[str] = []
    done: list[str] = []
    planner.desk.failed.connect(said.append)
    planner.desk.done.connect(done.append)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = path.with_name(path.name + "-wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + ROOM, hard))
    number = 0
    while not said and number < MOST_STEPS:
        number += 1
        _add(planner, number, done, said)
    bar = planner.window.workbench.message.words.text()
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    before = len(done)
    _add(planner, number, done, [])
    planner.finish()
    told = {"unmade": unmade, "done": done, "said": said, "bar": bar, "after": len(done) - before}
    sys.stdout.write(json.dumps(told))


def _unmade(folder: Path, room: int) -> tuple[str, list[str]]:
    """Try to make a workspace of many children where no file may be larger; answers what was said and what was left."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        a_workspace(folder / "elm.planner", HandClock(), records=[a_child(number) for number in range(2_000)])
    except Environment as full:
        return full.sentence, os.listdir(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    raise AssertionError("There was room.")


def _add(planner: Planner, number: int, done: list[str], said: list[str]) -> None:
    """Add a child and wait until it is acknowledged or refused."""
    before = len(done) + len(said)
    planner.desk.perform(f"Add C{number}", put, a_child(number))
    until(lambda: len(done) + len(said) > before)


def until(is_so: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    for _ in range(3_000):
        if is_so():
            return
        QTest.qWait(10)
    raise AssertionError("Waited in vain.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
