"""The long form of `tests/store/test_store_crashes.py`: kills, and a full disk at every size."""

import random
from collections.abc import Callable
from pathlib import Path

from planner.core.records import Child
from tests.helpers.crashes import crashed, filled
from tests.helpers.stores import HandClock, opened

ROUND = 20
LARGEST_ROOM = 600_000


def test_no_kill_ever_loses_an_acknowledged_step(
    tmp_path: Path, seed: int, time_is_left: Callable[[], bool], say: Callable[[str], None]
) -> None:
    kills = acknowledged = 0
    while time_is_left():
        folder = tmp_path / str(seed)
        folder.mkdir()
        tally = crashed(folder, ROUND, seed)
        assert (tally.lost, tally.unsound) == (0, 0), f"seed {seed}"
        kills, acknowledged, seed = kills + tally.kills, acknowledged + tally.acknowledged, seed + 1
    say(f"{kills} kills, {acknowledged} acknowledged steps, 0 lost; last seed {seed - 1}")


def test_no_full_disk_ever_loses_an_acknowledged_step(
    tmp_path: Path, seed: int, time_is_left: Callable[[], bool], say: Callable[[str], None]
) -> None:
    rooms = list(range(0, LARGEST_ROOM, 4096))
    random.Random(seed).shuffle(rooms)
    runs = 0
    for room in rooms:
        if not time_is_left():
            break
        folder = tmp_path / str(room)
        folder.mkdir()
        told, last = filled(folder, room)
        workspace = opened(folder / "full.planner", HandClock())
        assert last.startswith("FULL "), f"room {room}: {last}"
        assert {f"c{number}" for number in told} <= set(workspace.snapshot.all(Child)), f"room {room}"
        assert workspace.check() == [], f"room {room}"
        workspace.close()
        runs += 1
    say(f"{runs} full disks of {len(rooms)} sizes, 0 acknowledged steps lost; seed {seed}")
