"""Damaging a closed workspace's file, page by page: it must be found at the door, change nothing, and be made good."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.actions.workspace import Workspace, restore
from planner.core.errors import NotOurs
from planner.store.backup import newest_backup
from planner.store.keys import keys_path
from tests.helpers.stores import PASSPHRASE, HandClock, a_child, a_workspace, do, opened, put, records_of

PAGE = 4096

Damage = Callable[[bytearray, int, random.Random], None]
"""Damages the page that begins at a place of a file's content."""


@dataclass
class Found:
    """What a run came to."""

    pages: int = 0
    undetected: int = 0
    changed: int = 0


def flip_a_bit(content: bytearray, place: int, chance: random.Random) -> None:
    """One bit, anywhere in the page."""
    content[place + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)


def fill_with_noise(content: bytearray, place: int, chance: random.Random) -> None:
    """The whole page, as a failing disk gives it."""
    content[place : place + PAGE] = chance.randbytes(PAGE)


def put_another_page(content: bytearray, place: int, chance: random.Random) -> None:
    """Another page of the same file, whose code is right but for its place."""
    others = [other for other in range(0, len(content), PAGE) if other != place]
    other = chance.choice(others)
    content[place : place + PAGE] = content[other : other + PAGE]


def filled(path: Path, children: int) -> HandClock:
    """A closed workspace with so many children, backed up when it was closed."""
    clock = HandClock()
    workspace = a_workspace(path, clock)
    do(workspace, put, *(a_child(number) for number in range(children)))
    workspace.close()
    return clock


def damaged(path: Path, clock: HandClock, damage: Damage, seed: int) -> Found:
    """Damage each page in turn; count those with which the workspace still opens, or is changed by being refused."""
    found, chance = Found(), random.Random(seed)
    sound = path.read_bytes()
    for place in range(0, len(sound), PAGE):
        content = bytearray(sound)
        damage(content, place, chance)
        path.write_bytes(content)
        found.pages += 1
        found.undetected += not is_refused(path, clock)
        found.changed += path.read_bytes() != content
    return found


def is_refused(path: Path, clock: HandClock) -> bool:
    """Whether the workspace does not open, with a sentence."""
    try:
        opened(path, clock).close()
    except NotOurs:
        return True
    return False


def recovery_s(path: Path, clock: HandClock) -> float:
    """The seconds it takes to bring the newest backup of a damaged workspace back beside it, open it and find it sound."""
    began = time.perf_counter()
    backup = newest_backup(path)
    assert backup is not None
    target = path.with_name(f"{path.stem} restored.planner")
    restore(backup.path, target, PASSPHRASE)
    again = opened(target, clock)
    taken = time.perf_counter() - began
    looked = Workspace.open_backup(path, PASSPHRASE, clock=clock)
    assert again.check() == []
    assert records_of(looked) <= records_of(again)
    for workspace in (looked, again):
        workspace.close()
    for left in (target, keys_path(target)):
        left.unlink()
    return taken
