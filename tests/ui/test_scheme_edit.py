"""A workload scheme changed in the window: its numbers, what follows for everyone, and what is kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.core.flow_records import LocalScheme
from planner.core.records import PolicyInForce
from planner.core.visit_week import visit_week
from planner.core.workload import own_schemes
from planner.ui.dialogs.scheme_edit import COURT, LIMIT, OPEN, TARGET, VISITS, SchemeEditDialog


@pytest.fixture
def over(qtbot):
    """A window for the dialog to lie over."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


@pytest.fixture
def dialog(desk, over, qtbot):
    """The dialog, looked at once."""
    made = SchemeEditDialog(desk, over)
    made.show_up()
    qtbot.waitUntil(lambda: made.is_looked_at, timeout=10_000)
    return made


def type_into(qtbot, edit, text):
    edit.clear()
    qtbot.keyClicks(edit, text)


def press(qtbot, dialog):
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)


def test_a_copy_with_nothing_changed_is_the_scheme(dialog, desk):
    scheme, base = dialog.scheme(), desk.reference.schemes["neutral"]
    for field in ("unit", "targets", "weights", "bands", "headcounts", "visits", "sibling", "travel", "co_work_share"):
        assert getattr(scheme, field) == getattr(base, field), field
    assert [change.before.used for change in dialog.model.rows] == [change.after.used for change in dialog.model.rows]


def test_a_heavier_type_of_case_is_seen_before_it_is_put_in_force(dialog, desk, qtbot):
    dialog.name.edit.setText("Westmere points")
    type_into(qtbot, dialog.weights.edits[(OPEN, "cp")], "200")
    type_into(qtbot, dialog.carried.edits[("asye", LIMIT)], "10")
    type_into(qtbot, dialog.carried.edits[("asye", VISITS)], "4")
    press(qtbot, dialog)
    assert "still being worked out" in dialog.trouble.text()
    qtbot.waitUntil(lambda: dialog.is_looked_at, timeout=10_000)
    assert "over capacity" in dialog.finding.text()
    assert any(change.after.used > change.before.used for change in dialog.model.rows)
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(desk.workspace.snapshot.all(LocalScheme)), timeout=10_000)
    (scheme,) = own_schemes(desk.workspace.snapshot).values()
    assert (scheme.title, scheme.weights["cp"]) == ("Westmere points", 2000)
    assert (scheme.headcounts["asye"], scheme.visits["asye"]) == (10, 4)
    qtbot.waitUntil(lambda: {load.scheme.id for load in desk.outlook.loads} == {scheme.id}, timeout=10_000)
    desk.undo()
    qtbot.waitUntil(lambda: not desk.workspace.snapshot.all(LocalScheme), timeout=10_000)
    assert scheme.id not in {one.policy for one in desk.workspace.snapshot.all(PolicyInForce).values()}


def test_fewer_visits_a_week_are_seen_before_and_after(dialog, desk, qtbot):
    dialog.carried.edits[("normal", VISITS)].setText("4")
    qtbot.waitUntil(lambda: any(change.visits_after != change.visits_before for change in dialog.model.rows), timeout=10_000)
    for change in dialog.model.rows:
        assert change.visits_before == visit_week(desk.outlook, change.before.worker).whole
        assert change.visits_after == 4


def test_a_type_without_a_weight_is_said(dialog, desk, qtbot):
    dialog.weights.edits[(OPEN, "cin")].clear()
    dialog.weights.edits[(COURT, "lac")].clear()
    qtbot.waitUntil(lambda: "no weight" in dialog.finding.text(), timeout=10_000)
    assert "cin" not in dialog.scheme().weights


@pytest.mark.parametrize(
    ("field", "at", "text", "said"),
    [
        ("weights", (OPEN, "cp"), "many", "Each child, Child protection: “many” is not a number"),
        ("carried", ("asye", LIMIT), "1.5", "ASYE, Children at most: “1.5” is not a whole number"),
        ("carried", ("normal", TARGET), "", "more than 0"),
    ],
)
def test_a_number_that_is_none_is_named_where_it_stands(dialog, qtbot, field, at, text, said):
    getattr(dialog, field).edits[at].setText(text)
    press(qtbot, dialog)
    assert said in getattr(dialog, field).trouble.text()


def test_bands_out_of_order_are_said_under_the_field(dialog, qtbot):
    dialog.nearly.edit.setText("110")
    press(qtbot, dialog)
    assert "less than the 100%" in dialog.nearly.trouble.text()


def test_what_was_typed_is_kept_when_the_dialog_is_left(dialog, desk, qtbot):
    dialog.weights.edits[(OPEN, "cp")].setText("9")
    dialog.reject()
    again = SchemeEditDialog(desk, dialog.parentWidget())
    again.show_up()
    assert again.weights.text_at(OPEN, "cp") == "9"
    again.reject()
