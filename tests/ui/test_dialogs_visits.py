"""Planning and logging visits: what is typed is what is stored, what is wrong is said under its field, drafts are kept."""

from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QScrollArea, QWidget

from planner.core.records import Absence, Child, Sighting, Visit
from planner.core.visit_week import visit_week
from planner.ui.dialogs.find_child import FindChildDialog
from planner.ui.dialogs.log_visit import FUTURE, LogVisitDialog
from planner.ui.dialogs.plan_visit import PlanVisitDialog
from planner.ui.dialogs.question import Question


@pytest.fixture
def opened(desk, qtbot):
    """Opens dialogs over a window of their own, as a person would."""
    window = QWidget()
    window.resize(1280, 720)
    qtbot.addWidget(window)
    window.show()

    def _open(kind, *args, **kwargs):
        dialog = kind(desk, *args, parent=window, **kwargs)
        dialog.show_up()
        return dialog

    return _open


def put(step, *records):
    for record in records:
        step.put(record)


def fields_of(record):
    return {name: getattr(record, name) for name in type(record).__dataclass_fields__}


@pytest.fixture
def household(desk, qtbot):
    """Two held children of one home: their cases."""
    cases = [case for case in desk.outlook.held if case.worker is desk.outlook.held[0].worker][:2]
    together = [Child(**{**fields_of(case.child), "household": "H-one-home"}) for case in cases]
    before = desk.outlook
    desk.perform("Move in", put, *together)
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=10_000)
    return cases


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def typed(qtbot, edit, text):
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def visits_on(desk, child_id, on):
    return [(visit, sighting) for visit, sighting in desk.workspace.snapshot.visits_of(child_id) if visit.on == on]


def saved(qtbot, desk, child_id, on, count=1):
    qtbot.waitUntil(lambda: len(visits_on(desk, child_id, on)) == count, timeout=10_000)
    return visits_on(desk, child_id, on)[-1]


# Logging


def test_a_visit_made_to_a_household_is_stored_with_an_outcome_for_each_child(opened, desk, qtbot, household):
    first, second = household
    dialog = opened(LogVisitDialog, first.child.id)
    typed(qtbot, dialog.day.edit, "yesterday")
    typed(qtbot, dialog.time.edit, "3.30pm")
    dialog.outcomes[0].outcome.choose("alone")
    dialog.outcomes[0].bedroom.choose("yes")
    dialog.outcomes[1].outcome.choose("not seen")
    dialog.outcomes[1].reason.box.setEditText("At school")
    dialog.announced.choose("no")
    typed(qtbot, dialog.minutes.edit, "1 h 15")
    press(qtbot, dialog.act_button)
    on = desk.today - timedelta(days=1)
    visit, sighting = saved(qtbot, desk, first.child.id, on)
    assert (visit.status, visit.at, visit.worker_id, visit.role) == ("made", time(15, 30), first.worker.id, "lead")
    assert (visit.announced, visit.minutes, visit.recorded_on) == (False, 75, None)
    assert (sighting.seen, sighting.seen_alone, sighting.bedroom_seen) == (True, True, True)
    other = visits_on(desk, second.child.id, on)[0][1]
    assert (other.seen, other.not_seen_reason) == (False, "At school")
    assert desk.workspace.undoable == f"Log visit to {first.child.reference} – {first.child.initials} and 1 more"


def test_who_went_along_and_a_bedroom_not_seen_are_stored(opened, desk, qtbot):
    case = next(case for case in desk.outlook.held if not visits_on(desk, case.child.id, desk.today))
    other = next(worker for worker in desk.outlook.workers if worker.id != case.worker.id)
    dialog = opened(LogVisitDialog, case.child.id)
    for outcome in dialog.outcomes:
        outcome.outcome.choose("not alone")
        outcome.reason.box.setEditText("Child too young")
        outcome.bedroom.choose("no")
    dialog.along.choose(case.worker.id)
    press(qtbot, dialog.act_button)
    assert "other than who went" in dialog.along.trouble.text()
    dialog.along.choose(other.id)
    dialog.mode.choose("video")
    press(qtbot, dialog.act_button)
    visit, sighting = saved(qtbot, desk, case.child.id, desk.today)
    assert (visit.with_worker_ids, visit.mode) == ((other.id,), "video")
    assert (sighting.bedroom_seen, sighting.not_alone_reason) == (False, "Child too young")


def test_a_visit_where_nobody_was_seen_is_logged_as_tried_and_does_not_reset_the_clock(opened, desk, qtbot):
    late = desk.outlook.overdue_visits[0].case
    dialog = opened(LogVisitDialog, late.child.id)
    for outcome in dialog.outcomes:
        outcome.outcome.choose("not seen")
        outcome.reason.box.setEditText("No one at home")
    assert "does not count" in dialog.tried.text()
    before = desk.outlook
    press(qtbot, dialog.act_button)
    visit, _ = saved(qtbot, desk, late.child.id, desk.today)
    assert visit.status == "attempted"
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=10_000)
    assert late.child.id in {row.case.child.id for row in desk.outlook.overdue_visits}


@pytest.mark.parametrize("what", ["tomorrow", "+3d", "+1w"])
def test_a_day_to_come_is_refused_with_its_sentence(opened, desk, qtbot, what):
    dialog = opened(LogVisitDialog, desk.outlook.held[0].child.id)
    typed(qtbot, dialog.day.edit, what)
    dialog.outcomes[0].outcome.choose("alone")
    press(qtbot, dialog.act_button)
    assert FUTURE in (dialog.day.date_field.echo.text(), dialog.day.trouble.text())
    assert dialog.focusWidget() is dialog.day.edit
    assert desk.workspace.undoable == ""


def test_a_child_not_seen_needs_a_reason_and_an_outcome(opened, desk, qtbot):
    dialog = opened(LogVisitDialog, desk.outlook.held[0].child.id)
    press(qtbot, dialog.act_button)
    assert dialog.outcomes[0].outcome.trouble.text() == "Say whether the child was seen."
    dialog.outcomes[0].outcome.choose("not seen")
    press(qtbot, dialog.act_button)
    assert dialog.outcomes[0].outcome.trouble.text() == ""
    assert dialog.outcomes[0].reason.trouble.text() == "Say why the child was not seen."


def test_a_second_visit_on_one_day_is_asked_about_and_can_be_logged(opened, desk, qtbot):
    case = desk.outlook.held[0]
    for count in (1, 2):
        dialog = opened(LogVisitDialog, case.child.id)
        typed(qtbot, dialog.day.edit, "yesterday")
        dialog.outcomes[0].outcome.choose("seen")
        for other in dialog.outcomes[1:]:
            other.outcome.choose("out")
        already = len(visits_on(desk, case.child.id, desk.today - timedelta(days=1)))
        press(qtbot, dialog.act_button)
        if count == 2:
            assert f"{case.child.reference} has a visit logged on Sun 22 Nov already." in dialog.trouble.text()
            assert len(visits_on(desk, case.child.id, desk.today - timedelta(days=1))) == already
            press(qtbot, dialog.act_button)
        saved(qtbot, desk, case.child.id, desk.today - timedelta(days=1), already + 1)


def test_changing_the_day_takes_the_question_back(opened, desk, qtbot):
    case = desk.outlook.held[0]
    visit = Visit(id="v" * 32, on=desk.today, status="made", worker_id=case.worker.id)
    desk.perform("Step", put, visit, Sighting(id="s" * 32, visit_id=visit.id, child_id=case.child.id, seen=True))
    qtbot.waitUntil(lambda: bool(visits_on(desk, case.child.id, desk.today)), timeout=10_000)
    dialog = opened(LogVisitDialog, case.child.id)
    for outcome in dialog.outcomes:
        outcome.outcome.choose("seen")
    press(qtbot, dialog.act_button)
    assert dialog.act_button.text() == "Log a second visit"
    typed(qtbot, dialog.day.edit, "-3d")
    assert dialog.act_button.text() == "Log the visit"


def test_a_planned_visit_becomes_the_visit_that_was_made(opened, desk, qtbot):
    case = desk.outlook.held[0]
    planned = Visit(id="p" * 32, on=desk.today, at=time(14, 0), worker_id=case.worker.id, place="school")
    desk.perform("Plan", put, planned, Sighting(id="t" * 32, visit_id=planned.id, child_id=case.child.id))
    qtbot.waitUntil(lambda: desk.workspace.snapshot.find(Visit, planned.id) is not None, timeout=10_000)
    dialog = opened(LogVisitDialog, case.child.id, planned.id)
    assert (dialog.time.text, dialog.place.value) == ("14:00", "school")
    dialog.outcomes[0].outcome.choose("alone")
    dialog.recorded.setChecked(True)
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: desk.workspace.snapshot.find(Visit, planned.id).status == "made", timeout=10_000)
    assert desk.workspace.snapshot.find(Visit, planned.id).recorded_on == desk.today


def test_what_was_typed_is_kept_when_the_dialog_is_left(opened, desk, qtbot):
    case = desk.outlook.held[0]
    dialog = opened(LogVisitDialog, case.child.id)
    typed(qtbot, dialog.day.edit, "-2d")
    dialog.outcomes[0].outcome.choose("not seen")
    dialog.outcomes[0].reason.box.setEditText("Family away")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    again = opened(LogVisitDialog, case.child.id)
    assert again.day.known_day() == desk.today - timedelta(days=2)
    assert again.outcomes[0].draft()[:2] == ("not seen", "Family away")
    assert again.restored.text() == "What you had typed before is put back here."
    fresh = opened(LogVisitDialog, desk.outlook.held[1].child.id)
    assert fresh.restored.text() == ""


def test_a_logged_visit_can_be_undone_in_one_step(opened, desk, qtbot):
    case = desk.outlook.held[0]
    dialog = opened(LogVisitDialog, case.child.id)
    for outcome in dialog.outcomes:
        outcome.outcome.choose("alone")
    press(qtbot, dialog.act_button)
    saved(qtbot, desk, case.child.id, desk.today)
    desk.undo()
    qtbot.waitUntil(lambda: not visits_on(desk, case.child.id, desk.today), timeout=10_000)


def test_no_title_names_a_child_while_names_are_shown(opened, desk):
    case = desk.outlook.held[0]
    desk.show_names()
    for kind in (LogVisitDialog, PlanVisitDialog):
        dialog = opened(kind, case.child.id)
        assert case.child.name not in dialog.windowTitle()
        assert case.child.reference in dialog.windowTitle()


@pytest.mark.parametrize("kind", [LogVisitDialog, PlanVisitDialog])
def test_a_dialog_that_stands_open_lets_go_of_names_when_they_are_hidden(opened, desk, kind):
    child = desk.outlook.held[0].child
    desk.show_names()
    dialog = opened(kind, child.id)
    assert child.name in all_words(dialog)
    desk.hide_names()
    assert child.name not in all_words(dialog)


def all_words(dialog):
    parts = dialog.findChildren(QWidget)
    said = [part.text() for part in parts if isinstance(part, QAbstractButton | QLabel)]
    return "\n".join([*said, *map(QWidget.accessibleName, parts)])


# Planning


def test_a_visit_is_planned_for_the_children_ticked(opened, desk, qtbot, household):
    first, second = household
    dialog = opened(PlanVisitDialog, first.child.id)
    assert [tick.isChecked() for tick in dialog.children_ticks.values()] == [True, True]
    dialog.children_ticks[second.child.id].setChecked(False)
    typed(qtbot, dialog.day.edit, "fri")
    typed(qtbot, dialog.time.edit, "16:00")
    dialog.two.setChecked(True)
    press(qtbot, dialog.act_button)
    visit, _ = saved(qtbot, desk, first.child.id, date(2026, 11, 27))
    assert (visit.status, visit.at, visit.workers_needed, visit.worker_id) == ("planned", time(16), 2, first.worker.id)
    assert visits_on(desk, second.child.id, date(2026, 11, 27)) == []


@pytest.mark.parametrize(
    ("spoil", "field", "sentence"),
    [
        (lambda d, q: typed(q, d.day.edit, "yesterday"), "day", "Enter a visit date on or after today."),
        (lambda d, q: [tick.setChecked(False) for tick in d.children_ticks.values()], "children_field", "Choose at least one"),
        (lambda d, q: d.worker.choose(""), "worker", "Choose who goes on the visit."),
        (lambda d, q: typed(q, d.time.edit, "late"), "time", "“late” is not a time the planner knows."),
    ],
)
def test_what_is_missing_from_a_plan_is_said_under_its_field(opened, desk, qtbot, spoil, field, sentence):
    dialog = opened(PlanVisitDialog, desk.outlook.held[0].child.id)
    spoil(dialog, qtbot)
    press(qtbot, dialog.act_button)
    wrong = getattr(dialog, field)
    said = [wrong.trouble.text()]
    if field == "day":
        said.append(wrong.date_field.echo.text())
    assert any(words.startswith(sentence) for words in said)
    assert desk.workspace.undoable == ""


def test_a_worker_who_is_away_that_day_is_said_to_be_away(opened, desk):
    absence = next(iter(desk.workspace.snapshot.all(Absence).values()))
    dialog = opened(PlanVisitDialog, desk.outlook.held[0].child.id)
    dialog.worker.choose(absence.worker_id)
    assert " is away on " in dialog.away.text()


def test_a_second_worker_is_named_only_where_two_are_needed_and_is_another(opened, desk, qtbot):
    case = desk.outlook.held[0]
    other = next(worker for worker in desk.outlook.workers if worker.id != case.worker.id)
    dialog = opened(PlanVisitDialog, case.child.id)
    assert not dialog.second.isVisible()
    dialog.two.setChecked(True)
    assert (dialog.second.isVisible(), dialog.second.box.currentText()) == (True, "Not yet named")
    typed(qtbot, dialog.day.edit, "fri")
    dialog.second.choose(case.worker.id)
    press(qtbot, dialog.act_button)
    assert "other than the worker who leads" in dialog.second.trouble.text()
    dialog.second.choose(other.id)
    press(qtbot, dialog.act_button)
    visit, _ = saved(qtbot, desk, case.child.id, date(2026, 11, 27))
    assert (visit.workers_needed, visit.with_worker_ids) == (2, (other.id,))
    qtbot.waitUntil(lambda: [visit_week(desk.outlook, going).used for going in (case.worker, other)] == [1, 1])


# Finding a child


def test_a_child_is_found_by_number_and_its_log_opens(opened, desk, qtbot):
    dialog = opened(FindChildDialog)
    window = dialog.parentWidget()
    qtbot.keyClicks(dialog.typed.edit, "10312")
    assert dialog.table.current_row().case.child.reference == "C10312"
    qtbot.keyClick(dialog.typed.edit, Qt.Key.Key_Return)
    assert [type(shown) for shown in window.findChildren(Question) if shown.isVisible()] == [LogVisitDialog]


def test_nothing_found_is_said(opened, qtbot):
    dialog = opened(FindChildDialog)
    qtbot.keyClicks(dialog.typed.edit, "zzz")
    press(qtbot, dialog.act_button)
    assert dialog.typed.trouble.text().startswith("No open case matches.")


@pytest.mark.parametrize("kind", [LogVisitDialog, PlanVisitDialog])
def test_every_control_of_a_dialog_has_a_name(opened, desk, kind):
    dialog = opened(kind, desk.outlook.held[0].child.id)
    for control in dialog.findChildren(QWidget):
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus and not control.objectName().startswith("qt_"):
            inside = isinstance(control.parentWidget(), QComboBox) or isinstance(control, QScrollArea)
            assert inside or control.accessibleName() or getattr(control, "text", str)(), control


def test_a_dialog_is_no_higher_than_its_window(opened, desk, household):
    dialog = opened(LogVisitDialog, household[0].child.id)
    assert dialog.height() <= 720


def test_a_whole_household_is_seen_alone_in_one_press(opened, desk, qtbot, household):
    dialog = opened(LogVisitDialog, household[0].child.id)
    dialog.outcomes[1].outcome.choose("out")
    press(qtbot, dialog.everyone)
    assert [outcome.outcome.value for outcome in dialog.outcomes] == ["alone", "out"]
    press(qtbot, dialog.act_button)
    saved(qtbot, desk, household[0].child.id, desk.today)
    assert visits_on(desk, household[1].child.id, desk.today) == []
