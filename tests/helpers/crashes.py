"""Killing a writing program, or leaving it no room, again and again; and what must hold each time the file is opened."""

import io
import multiprocessing
import os
import random
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from planner.core.records import Child
from tests.helpers import crash_writer
from tests.helpers.stores import HandClock, a_workspace, opened


@dataclass
class Tally:
    """What a run came to."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    unsound: int = 0


def crashed(folder: Path, kills: int, seed: int) -> Tally:
    """Kill a writer so many times at moments drawn from the seed, opening and checking the file after each."""
    chance, tally = random.Random(seed), Tally()
    path = folder / "crash.planner"
    a_workspace(path, HandClock()).close()
    next_number = 1
    for _ in range(kills):
        told = _killed(path, next_number, chance)
        tally.kills += 1
        tally.acknowledged += len(told)
        workspace = opened(path, HandClock())
        children = workspace.snapshot.all(Child)
        tally.lost += sum(f"c{number}" not in children for number in told)
        tally.unsound += len(workspace.check())
        workspace.close()
        next_number = max([next_number, *told]) + 2
    return tally


def _killed(path: Path, first: int, chance: random.Random) -> list[int]:
    """The numbers a writer acknowledged before it was killed, a few steps and a part of one after it began."""
    writer, told = _writer(path, first, 0)
    with told:
        numbers = [int(told.readline()) for _ in range(chance.randrange(1, 4))]
        writer.join(chance.random() * 0.02)
        writer.kill()
        writer.join()
        return numbers + [int(number) for number in told.read().split()]


def filled(folder: Path, room: int) -> tuple[list[int], str]:
    """Let a writer run into a limit of file size; what it acknowledged, and what it then said."""
    path = folder / "full.planner"
    a_workspace(path, HandClock()).close()
    writer, told = _writer(path, 1, path.stat().st_size + room)
    with told:
        lines = told.read().splitlines()
    writer.join()
    return [int(line) for line in lines if line.isdigit()], lines[-1]


def _writer(path: Path, first: int, largest: int) -> tuple[BaseProcess, io.TextIOWrapper]:
    """A writer in a process of its own, and what it says; forked from a server that has loaded the planner once."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([crash_writer.__name__])
    ours, its = context.Pipe(duplex=False)
    writer = context.Process(target=crash_writer.write, args=(path, os.environ["HOME"], first, largest, its))
    writer.start()
    its.close()
    told = os.fdopen(os.dup(ours.fileno()), encoding="utf-8")
    ours.close()
    return writer, told
