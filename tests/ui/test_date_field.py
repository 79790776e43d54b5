"""The date field: typed first, echoed beneath."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from planner.core.working_days import WorkingCalendar
from planner.ui.widgets.date_field import DateField

TODAY = date(2026, 11, 23)


def not_after_today(day):
    """What is against a day."""
    return "" if day <= TODAY else "Enter a day on or before today."


@pytest.fixture
def field(themed, qtbot):
    """A field that refuses the future."""
    field = DateField(TODAY, WorkingCalendar(()), "Day of the visit", check=not_after_today)
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    return field


def test_what_was_understood_stands_beneath_as_one_types(field, qtbot):
    told = []
    field.date_changed.connect(told.append)
    qtbot.keyClicks(field.line, "-2w")
    assert field.echo.text() == "Monday 9 November 2026, 10 working days ago"
    assert (field.day, told[-1], field.trouble()) == (date(2026, 11, 9), date(2026, 11, 9), "")


def test_what_is_no_date_says_what_to_type(field, qtbot):
    qtbot.keyClicks(field.line, "soon")
    assert field.day is None
    assert field.echo.text().startswith("“soon” is not a date the planner knows.")
    assert field.echo.property("tone") == "overdue"


def test_a_day_that_will_not_do_says_why(field, qtbot):
    qtbot.keyClicks(field.line, "tomorrow")
    assert field.trouble() == "Enter a day on or before today."
    assert field.echo.text() == "Enter a day on or before today."


def test_a_date_stands_plainly_when_the_field_is_left(field, qtbot):
    qtbot.keyClicks(field.line, "fri")
    field.button.setFocus()
    field.line.clearFocus()
    assert field.line.text() == "Fri 27 Nov 2026"


def test_the_calendar_opens_by_alt_down_and_gives_its_day(field, qtbot, qapp):
    field.line.setFocus()
    qtbot.keyClick(field.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = qapp.activePopupWidget()
    assert popup is not None
    popup.close()


def test_the_name_of_the_field_is_spoken(field):
    assert field.line.accessibleName() == "Day of the visit"
    assert field.button.accessibleName() == "Day of the visit: calendar"
