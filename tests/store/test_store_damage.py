"""Every page of the file can decay and is found out at the door; the verified backup brings all back. Long form: campaigns."""

from pathlib import Path

import pytest

from tests.helpers.damage import Damage, damaged, fill_with_noise, filled, flip_a_bit, is_refused, put_another_page, recovery_s


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
