"""The words of a row of Team."""

import pytest

from planner.ui.team.rows import amount_words


@pytest.mark.parametrize(
    ("tenths", "unit", "words"),
    [(10, "children", "1 child"), (210, "children", "21 children"), (10, "points", "1 point"), (0, "minutes", "0 minutes")],
)
def test_one_of_a_unit_is_said_as_one(tenths, unit, words):
    assert amount_words(tenths, unit) == words
