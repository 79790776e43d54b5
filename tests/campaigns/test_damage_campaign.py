"""The long form of `tests/store/test_store_damage.py`: every page of larger files, damaged in every way, for as long as asked."""

from collections.abc import Callable
from pathlib import Path

from tests.helpers.damage import damaged, fill_with_noise, filled, flip_a_bit, put_another_page, recovery_s

CHILDREN = 600
LONGEST_RECOVERY_S = 30


def test_no_damaged_page_is_ever_taken_for_a_sound_one(
    tmp_path: Path, seed: int, time_is_left: Callable[[], bool], say: Callable[[str], None]
) -> None:
    path = tmp_path / "damage.planner"
    clock = filled(path, CHILDREN)
    pages, slowest = 0, 0.0
    while time_is_left():
        for damage in (flip_a_bit, fill_with_noise, put_another_page):
            found = damaged(path, clock, damage, seed)
            assert (found.undetected, found.changed) == (0, 0), f"{damage.__name__}, seed {seed}"
            pages += found.pages
            slowest = max(slowest, recovery_s(path, clock))
        assert slowest < LONGEST_RECOVERY_S
        seed += 1
    say(f"{pages} damaged pages, 0 undetected, slowest recovery {slowest:.1f} s; last seed {seed - 1}")
