"""What a manager decides: the story of what is late, a rule that does not run, a visit that is cancelled."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.core.board import is_school_age
from planner.core.records import Child, Event, Placement, PlanSpell, Sighting, Story, Suspension, Visit, VisitFrequency
from planner.ui.child_tasks import child_tasks
from planner.ui.decision_tasks import decide
from planner.ui.dialogs.at_school import AtSchoolDialog
from planner.ui.dialogs.cancel_visit import CancelVisitDialog
from planner.ui.dialogs.own_frequency import OwnFrequencyDialog
from planner.ui.dialogs.placement_terms import PlacementTermsDialog
from planner.ui.dialogs.sign_assessment import SignAssessmentDialog
from planner.ui.dialogs.story import StoryDialog
from planner.ui.dialogs.suspend import SuspendDialog
from planner.ui.drawer import Drawer
from planner.ui.widgets.button import Button


@pytest.fixture
def window(desk, qtbot):
    made = QWidget()
    made.resize(1280, 720)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def drawer(desk, qtbot):
    made = Drawer(desk)
    qtbot.addWidget(made)
    made.resize(480, 860)
    made.show()
    return made


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_story_is_kept_and_stands_under_the_reason(desk, window, drawer, qtbot):
    late = desk.outlook.overdue_visits[0]
    drawer.show_child(late.case.child.id)
    dialog = StoryDialog(desk, late.case.child.id, window)
    dialog.show_up()
    press(qtbot, dialog.act_button)
    assert dialog.why.trouble.text() == "Say why it is late."
    dialog.duty.choose(late.obligation.id)
    qtbot.keyClicks(dialog.why.edit, "Family away")
    qtbot.keyClicks(dialog.doing.edit, "Visit at school")
    qtbot.keyClicks(dialog.by.edit, "+2wd")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: bool(desk.outlook.snapshot.by(Story, "obligation", late.obligation.id)), timeout=10_000)
    drawer.show_child(late.case.child.id)
    item = next(item for item in drawer.child.due.items if item.row.property("obligation") == late.obligation.id)
    item.row.setChecked(False)
    item.row.setChecked(True)
    assert "Story: Family away. Visit at school, by 25 November 2026." in item.why.text()


def test_a_story_is_only_for_what_is_overdue(desk, window, qtbot):
    late = {row.case.child.id for row in desk.outlook.overdue_visits}
    calm = next(
        case
        for case in desk.outlook.held
        if case.child.id not in late and not any(one.state == "overdue" for one in desk.outlook.owed_to(case.child.id))
    )
    with qtbot.waitSignal(desk.failed) as failed:
        next(task for task in child_tasks(desk, calm.child.id, window) if task.key == "story").run()
    assert failed.args == ["Nothing is overdue for this child, so there is no story to write."]


def test_a_suspended_rule_is_no_longer_owed_and_is_listed_with_its_reason(desk, window, drawer, qtbot):
    late = desk.outlook.overdue_visits[0]
    dialog = SuspendDialog(desk, late.case.child.id, window)
    dialog.show_up()
    dialog.rule.choose(late.obligation.rule)
    press(qtbot, dialog.act_button)
    assert dialog.reason.trouble.text() == "Choose the reason."
    dialog.reason.choose("Child missing")
    press(qtbot, dialog.act_button)
    assert "There is no date yet." in dialog.end.date_field.echo.text() + dialog.end.trouble.text()
    dialog.end.set_day(desk.today + timedelta(days=14))
    press(qtbot, dialog.act_button)
    child_id = late.case.child.id
    qtbot.waitUntil(lambda: bool(desk.outlook.snapshot.by(Suspension, "child_id", child_id)), timeout=10_000)
    assert late.obligation.rule not in {one.rule for one in desk.outlook.owed_to(child_id)}
    drawer.show_child(child_id)
    assert not drawer.child.due.paused_heading.isHidden()
    again = next(button for button in drawer.child.due.findChildren(Button) if button.text() == "Let it run again")
    assert "Child missing. Decided by" in again.accessibleName()
    again.click()
    qtbot.waitUntil(lambda: late.obligation.rule in {one.rule for one in desk.outlook.owed_to(child_id)}, timeout=10_000)


def test_the_childs_own_plan_says_how_often_they_are_visited_and_is_taken_back(desk, window, qtbot):
    late = desk.outlook.overdue_visits[0]
    child_id, rule = late.case.child.id, late.obligation.rule

    def set_by():
        return next(one.set_by for one in desk.outlook.owed_to(child_id) if one.rule == rule)

    def say(every):
        dialog = OwnFrequencyDialog(desk, child_id, window)
        dialog.show_up()
        dialog.rule.choose(rule)
        dialog.start.set_day(desk.today - timedelta(days=90))
        dialog.every.edit.setText(every)
        dialog.decided.edit.setText("Core group of 20 November")
        press(qtbot, dialog.act_button)
        return dialog

    refused = say("often")
    assert "is not a length of time" in refused.every.trouble.text()
    refused.reject()
    say("3 working days")
    qtbot.waitUntil(lambda: set_by() == "plan", timeout=10_000)
    shown = OwnFrequencyDialog(desk, child_id, window)
    shown.rule.choose(rule)
    assert (shown.every.text, shown.decided.text) == ("3 working days", "Core group of 20 November")
    say("")
    qtbot.waitUntil(lambda: set_by() != "plan", timeout=10_000)
    assert desk.workspace.snapshot.by(VisitFrequency, "child_id", child_id) == ()


def test_a_temporarily_approved_placement_has_the_child_visited_weekly_until_it_is_undone(desk, window, qtbot):
    child_id, begun = desk.outlook.held[0].child.id, desk.today - timedelta(days=100)
    plan = PlanSpell(id="lac", child_id=child_id, plan="lac", start=begun)
    home = Placement(id="home", child_id=child_id, type="U4", start=begun)

    def rules():
        return {one.rule for one in desk.outlook.owed_to(child_id)}

    def tasks():
        return {task.key for task in child_tasks(desk, child_id, window)}

    assert "placement" not in tasks()
    desk.perform("Place", lambda step: [step.put(plan), step.put(home)])
    qtbot.waitUntil(lambda: "placement" in tasks() and "LAC-V6W" in rules(), timeout=10_000)
    dialog = PlacementTermsDialog(desk, child_id, window)
    dialog.show_up()
    assert dialog.extended.isHidden()
    dialog.term.choose("intended_to_18")
    assert "every 3 months" in dialog.visits.text()
    dialog.agreed.set_day(desk.today)
    assert "every 6 months" in dialog.visits.text()
    qtbot.keyClicks(dialog.agreed.edit, "no day")
    dialog.term.choose("regulation_24")
    assert not dialog.extended.isHidden()
    assert "every week until" in dialog.visits.text()
    for day, echo in ((desk.today, "Monday 23 November 2026, today"), (None, "Empty: it was not extended.")):
        dialog.extended.set_day(day)
        assert dialog.extended.date_field.echo.text() == echo
    dialog.extended.set_day(desk.today)
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: {"LAC-V-R24", "LAC-R24-EXP"} <= rules(), timeout=10_000)
    assert desk.workspace.snapshot.find(Placement, "home").regulation_24_extended_on == desk.today
    desk.undo()
    qtbot.waitUntil(lambda: "LAC-V6W" in rules(), timeout=10_000)
    assert desk.workspace.snapshot.find(Placement, "home") == home


def test_a_child_of_school_age_who_is_not_at_school_is_marked_and_goes_by_the_age_again(desk, window, qtbot):
    child_id = next(
        case.child.id for case in desk.outlook.held if is_school_age(replace(case.child, school_age=None), desk.today)
    )
    heard = []
    desk.done.connect(heard.append)

    def say(mark):
        dialog = AtSchoolDialog(desk, child_id, window)
        dialog.show_up()
        assert dialog.mark.box.itemText(0) == "As the age says: at school"
        dialog.mark.choose(mark)
        press(qtbot, dialog.act_button)
        marked, said = {"": (None, "by the age again"), "no": (False, "is not at school"), "yes": (True, "is at school")}[mark]
        qtbot.waitUntil(lambda: desk.outlook.snapshot.find(Child, child_id).school_age is marked)
        qtbot.waitUntil(lambda: said in " ".join(heard[-1:]))
        return AtSchoolDialog(desk, child_id, window).mark.value

    assert [say(mark) for mark in ("no", "", "yes")] == ["no", "", "yes"]


def test_another_decision_needs_its_words(desk, window, qtbot):
    dialog = SuspendDialog(desk, desk.outlook.held[0].child.id, window)
    dialog.show_up()
    dialog.reason.choose("Manager's decision")
    press(qtbot, dialog.act_button)
    assert dialog.more.trouble.text() == "Say what was decided, and why."


def test_a_planned_visit_is_cancelled_with_its_reason(desk, window, qtbot):
    case = desk.outlook.held[0]
    visit = Visit(id="e" * 32, on=desk.today + timedelta(days=1), worker_id=case.worker.id)

    def put(step):
        step.put(visit)
        for number, held in enumerate(desk.outlook.held[:3]):
            step.put(Sighting(id=f"{number}" * 32, visit_id=visit.id, child_id=held.child.id))

    desk.perform("Plan", put)
    qtbot.waitUntil(lambda: desk.workspace.snapshot.find(Visit, visit.id) is not None, timeout=10_000)
    dialog = CancelVisitDialog(desk, case.child.id, visit.id, window)
    dialog.show_up()
    assert f"{case.child.initials} and 2 more on" in dialog.title.text()
    press(qtbot, dialog.act_button)
    assert dialog.reason.trouble.text() == "Say why the visit is cancelled."
    qtbot.keyClicks(dialog.reason.edit, "Family away")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: desk.workspace.snapshot.find(Visit, visit.id).status == "cancelled", timeout=10_000)
    assert desk.workspace.snapshot.find(Visit, visit.id).cancelled_reason == "Family away"


def test_what_waits_for_the_manager_is_among_the_tasks_of_the_child_each_with_a_key_of_its_own(desk, window, qtbot):
    late, held = desk.outlook.overdue_visits[0], desk.outlook.held
    assessed = next(case.child.id for case in held if case.plan == "assessment" and case.child.id != late.case.child.id)
    story = Story(id="a" * 32, obligation=late.obligation.id, child_id=late.case.child.id, why="Away", written_on=desk.today)
    sent = Event(id="b" * 32, child_id=assessed, event="assessment_to_manager", on=desk.today)
    desk.perform("Fill in", lambda step: [step.put(record) for record in (story, sent)])
    qtbot.waitUntil(lambda: len({row.kind for row in desk.outlook.manager_queue} & {"story", "sign"}) == 2, timeout=10_000)
    for child_id, title in ((late.case.child.id, "Agree the story"), (assessed, "Sign the assessment")):
        tasks = child_tasks(desk, child_id, window)
        assert title in [task.title for task in tasks]
        assert len({task.key for task in tasks}) == len(tasks)


def test_an_assessment_is_sent_back_with_a_reason_and_leaves_the_queue(desk, window, qtbot):
    assessed = next(case.child.id for case in desk.outlook.held if case.plan == "assessment")
    sent = Event(id="b" * 32, child_id=assessed, event="assessment_to_manager", on=desk.today)
    desk.perform("Fill in", lambda step: step.put(sent))
    qtbot.waitUntil(lambda: any(row.kind == "sign" for row in desk.outlook.manager_queue), timeout=10_000)
    decide(desk, next(row for row in desk.outlook.manager_queue if row.kind == "sign"), window)
    dialog = window.findChild(SignAssessmentDialog)
    dialog.choice.choose("back")
    assert dialog.on.isHidden()
    press(qtbot, dialog.act_button)
    assert dialog.reason.trouble.text() == "Say what is missing, so that the worker can put it right."
    dialog.reason.edit.setText("The father's view")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: all(row.kind != "sign" for row in desk.outlook.manager_queue), timeout=10_000)
    assert desk.workspace.snapshot.find(Event, "b" * 32).status == "cancelled"
