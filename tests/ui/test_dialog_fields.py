"""Fields of a dialog: times and lengths as people type them, what is wrong with them, and choices."""

from datetime import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from planner.core.date_words import typed_time
from planner.core.errors import Refused
from planner.ui.dialogs.fields import ChoiceField, TextField, typed_minutes


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("14:00", time(14)),
        ("1400", time(14)),
        ("9.30", time(9, 30)),
        ("2pm", time(14)),
        ("12am", time(0)),
        ("12pm", time(12)),
        (" 8 ", time(8)),
        ("4:05 pm", time(16, 5)),
    ],
)
def test_a_time_is_read_as_it_is_typed(typed, found):
    assert typed_time(typed) == found


@pytest.mark.parametrize("typed", ["25:00", "9:75", "noon", "", "13:00:00"])
def test_what_is_no_time_is_refused_with_what_to_type(typed):
    with pytest.raises(Refused, match="Type a time such as 14:00"):
        typed_time(typed)


@pytest.mark.parametrize(
    ("typed", "found"), [("", None), ("45", 45), ("45 min", 45), ("1 h 45", 105), ("1h", 60), ("2 hours 5 minutes", 125)]
)
def test_a_length_is_read_as_it_is_typed(typed, found):
    assert typed_minutes(typed) == found


@pytest.mark.parametrize("typed", ["long", "1:45", "-5"])
def test_what_is_no_length_is_refused_with_what_to_type(typed):
    with pytest.raises(Refused, match="Type minutes"):
        typed_minutes(typed)


def test_what_is_wrong_stands_under_the_field_and_is_its_description(themed, qtbot):
    field = TextField("Reason", "Kept with the allocation.")
    qtbot.addWidget(field)
    field.show_trouble("Say why.")
    assert field.trouble.text() == "Say why."
    assert field.edit.accessibleDescription() == "Say why."
    assert field.objectName() == "fieldTrouble"
    field.show_trouble("")
    assert field.edit.accessibleDescription() == "Kept with the allocation."


def test_the_wheel_that_scrolls_a_dialog_changes_no_choice(themed, qtbot):
    field = ChoiceField("Reason", {"a": "One", "b": "Another"})
    qtbot.addWidget(field)
    field.show()
    field.box.setFocus()
    turned, still = QPoint(0, -120), Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), turned, Qt.MouseButton.NoButton, still, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(field.box, wheel)
    assert (field.value, wheel.isAccepted()) == ("a", False)
