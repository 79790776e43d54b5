"""Every page of the file can decay and is found out at the door; the verified backup brings all back. Long form: campaigns."""

import subprocess
import sys
from pathlib import Path

import pytest

from planner.core.records import Child
from tests.helpers.damage import Damage, damaged, fill_with_noise, filled, flip_a_bit, is_refused, put_another_page, recovery_s
from tests.helpers.stores import HandClock, a_child, a_workspace, do, opened, put

COPY = "import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2])"


@pytest.mark.parametrize("damage", [flip_a_bit, fill_with_noise, put_another_page])
def test_a_damaged_page_wherever_it_is_is_found_on_opening_and_the_backup_brings_all_back(path: Path, damage: Damage) -> None:
    clock = filled(path, 20)
    found = damaged(path, clock, damage, seed=5)
    assert found.pages > 60
    assert (found.undetected, found.changed) == (0, 0)
    assert recovery_s(path, clock) < 30


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.99])
def test_a_file_cut_short_is_found_on_opening(path: Path, kept: float) -> None:
    clock = filled(path, 5)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert is_refused(path, clock)
    assert recovery_s(path, clock) < 30


def test_a_log_that_decays_after_a_power_cut_leaves_a_sound_earlier_state(path: Path, clock: HandClock, tmp_path: Path) -> None:
    workspace = a_workspace(path, clock)
    for number in range(30):
        do(workspace, put, a_child(number))
    cut = tmp_path / "cut"
    # In a process of its own: to open the live file in this one would cancel SQLite's locks.
    subprocess.run([sys.executable, "-c", COPY, str(path.parent), str(cut)], check=True)
    workspace.close()
    log = cut / "team.planner-wal"
    content = bytearray(log.read_bytes())
    content[len(content) * 2 // 3] ^= 1
    log.write_bytes(content)
    again = opened(cut / "team.planner", clock)
    here = sorted(int(child.removeprefix("c")) for child in again.snapshot.all(Child))
    assert here == list(range(len(here)))
    assert 0 < len(here) < 30
    assert again.check() == []
    again.close()
