"""The sample projects that ship are what their seeds draw."""

import pytest

from planner.paths import resource
from tools.make_samples import plain, project_files
from tools.samples.dice import Dice


@pytest.mark.parametrize("name", ["southampton", "newcastle"])
def test_the_files_that_ship_are_what_the_seed_draws(name):
    for file, content in project_files(name).items():
        shipped = resource(f"samples/{file}").read_bytes()
        assert plain(shipped) == plain(content), f"{file}: run make samples"
        assert len(shipped) < 1_000_000


def test_the_same_seed_draws_the_same_and_another_does_not():
    def draws(seed):
        dice = Dice(seed)
        return [dice.number(0, 9) for _ in range(40)], dice.lognormal(36, 7), dice.shuffled("abcdefgh")

    assert draws(7) == draws(7)
    assert draws(7) != draws(8)


def test_a_weighted_draw_follows_its_weights():
    dice = Dice(1)
    drawn = [dice.weighted({"often": 0.9, "seldom": 0.1, "never": 0.0}) for _ in range(2000)]
    assert 1700 < drawn.count("often") < 1900
    assert "never" not in drawn


def test_lognormal_lengths_have_the_mean_asked_for():
    dice = Dice(1)
    lengths = [dice.lognormal(36, 7) for _ in range(4000)]
    assert 35.5 < sum(lengths) / len(lengths) < 36.5
    assert min(lengths) > 0
