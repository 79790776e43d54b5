"""The dialog for the planner's own faults."""

import sys

from planner.logs import fault_report
from planner.ui.fault_dialog import FaultDialog

CHILD = "Anna Beispiel"


def a_report():
    """The report of a fault whose text holds a name."""
    try:
        raise KeyError(CHILD)
    except KeyError:
        kind, _, trace = sys.exc_info()
        return fault_report(kind, trace)


def test_the_report_names_the_kind_and_the_place_and_no_child():
    assert a_report().startswith("KeyError\n  test_fault_dialog.py:")
    assert CHILD not in a_report()


def test_the_details_stand_behind_a_button(themed, qtbot):
    dialog = FaultDialog(a_report())
    qtbot.addWidget(dialog)
    dialog.open()
    assert not dialog.details.isVisible()
    next(button for button in dialog.findChildren(type(dialog.focusWidget())) if button.text() == "Show details").click()
    assert dialog.details.isVisible()
