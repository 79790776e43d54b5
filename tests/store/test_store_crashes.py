"""A killed program and a full disk lose nothing that was acknowledged; the long form is in `tests/campaigns`."""

from pathlib import Path

import pytest

from planner.core.records import Child
from tests.helpers.crashes import crashed, filled
from tests.helpers.stores import HandClock, a_child, do, opened, put


def test_a_program_that_is_killed_while_it_writes_loses_no_acknowledged_step(tmp_path: Path) -> None:
    tally = crashed(tmp_path, kills=20, seed=11)
    assert tally.kills == 20
    assert tally.acknowledged >= 40
    assert (tally.lost, tally.unsound) == (0, 0)


@pytest.mark.parametrize("room", [0, 30_000, 200_000])
def test_a_disk_without_room_is_told_in_a_sentence_and_once_there_is_room_work_goes_on(tmp_path: Path, room: int) -> None:
    told, last = filled(tmp_path, room)
    assert told[-1] > 1000
    assert last.startswith("FULL ")
    assert "Make room" in last or "workspace itself is saved" in last
    again = opened(tmp_path / "full.planner", HandClock())
    assert {f"c{number}" for number in told} <= set(again.snapshot.all(Child))
    assert again.check() == []
    do(again, put, a_child(9999))
    again.close()
