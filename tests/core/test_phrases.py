"""Words as they stand within a sentence."""

import pytest

from planner.core.phrases import lower_first


@pytest.mark.parametrize(
    ("alone", "within"),
    [("Nobody in", "nobody in"), ("ASYE study day", "ASYE study day"), ("PEP made", "PEP made"), ("", "")],
)
def test_a_small_letter_begins_what_stands_within_a_sentence_but_for_an_abbreviation(alone, within):
    assert lower_first(alone) == within
