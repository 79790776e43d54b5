"""A tracker in hand: what a person says of its columns, how late it can speak, and what is kept for the next one."""

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from planner.core.snapshot import Snapshot
from planner.formats.table import Tables, pasted_table
from planner.formats.tracker_in_hand import TrackerInHand, in_hand, reading

TODAY = date(2026, 11, 20)
TWO_NUMBERS = "Reference\tMosaic ID\tPlan\nC1\t501\tCP"


def test_a_field_is_of_the_column_it_was_last_said_of():
    hand = TrackerInHand((pasted_table(TWO_NUMBERS),), {}, TODAY)
    first, second, plan = reading(hand).columns
    assert (first.field, second.field) == ("", "reference")
    asked = reading(hand.with_field(first, "reference", (first, second, plan)))
    assert [column.field for column in asked.columns] == ["reference", "", "plan"]
    assert asked.found is not None
    assert [child.reference for child in asked.found.children] == ["C1"]


@pytest.mark.parametrize("written_on", [date(2026, 11, 18), date(2026, 11, 25)])
def test_a_tracker_knows_no_day_after_it_was_written_nor_after_today(tmp_path: Path, written_on):
    path = tmp_path / "list.csv"
    path.write_text("Reference,Plan\nC1,CP\n", encoding="utf-8")
    at = datetime(written_on.year, written_on.month, written_on.day, 12).timestamp()
    os.utime(path, (at, at))
    assert in_hand(path, Tables().read(path), Snapshot(), TODAY).latest == min(written_on, TODAY)


def test_corrected_cells_are_not_kept_for_the_next_tracker():
    hand = TrackerInHand((), {"column:ref": "reference", "cell::2:C": "3/11/2026"}, TODAY)
    assert hand.kept_answers() == {"column:ref": "reference"}
