"""Bank holidays beyond the shipped ones: what is refused, and that a removal and its undo bring each back."""

from datetime import date

import pytest

from planner.actions.holidays import add_holiday, remove_holiday
from planner.core.errors import Refused
from planner.core.records import AddedHoliday

TUESDAY, SATURDAY, CHRISTMAS = date(2026, 12, 1), date(2026, 12, 5), date(2026, 12, 25)


@pytest.mark.parametrize(
    ("day", "title", "sentence"),
    [
        (TUESDAY, " ", "Say what"),
        (SATURDAY, "Jubilee", "5 December 2026 is no working day"),
        (CHRISTMAS, "Again", "no working day"),
    ],
)
def test_a_holiday_has_a_name_and_is_a_working_day_else(workspace, does, day, title, sentence):
    with pytest.raises(Refused, match=sentence):
        does(add_holiday, day, title)
    assert not workspace.snapshot.all(AddedHoliday)


def test_a_holiday_is_added_once_and_can_be_taken_back(workspace, does):
    added = does(add_holiday, TUESDAY, " Jubilee  day ")
    assert (added.on, added.title) == (TUESDAY, "Jubilee day")
    with pytest.raises(Refused, match="no working day as it is"):
        does(add_holiday, TUESDAY, "Another")
    does(remove_holiday, added.id)
    assert not workspace.snapshot.all(AddedHoliday)
    with pytest.raises(Refused, match="no longer there"):
        does(remove_holiday, added.id)
    workspace.undo().result()
    assert list(workspace.snapshot.all(AddedHoliday).values()) == [added]
