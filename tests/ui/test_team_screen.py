"""Team, as a manager uses it: the table, the sum, what needs a plan, and what is entered; and what is stored of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from planner.actions.policies import keep_scheme
from planner.core.flow_records import MayHold
from planner.core.records import (
    Absence,
    AwayReason,
    Commitment,
    ConflictOfInterest,
    ExtraWork,
    Person,
    PolicyInForce,
    Reduction,
    Worker,
)
from planner.core.workload import pooled
from planner.ui.dialogs.commitment import CommitmentDialog
from planner.ui.dialogs.conflicts import ConflictsDialog
from planner.ui.dialogs.extra_work import ExtraWorkDialog
from planner.ui.dialogs.handover import HandoverDialog
from planner.ui.dialogs.leave import LeaveDialog
from planner.ui.dialogs.question import Question
from planner.ui.dialogs.reduction import ReductionDialog
from planner.ui.dialogs.scheme_choice import SchemeDialog
from planner.ui.dialogs.worker import WorkerDialog
from planner.ui.rows_painting import INSET
from planner.ui.screens.team import TeamScreen
from planner.ui.theme import apply_theme, current_theme


@pytest.fixture
def screen(desk, qtbot):
    """The screen in a window, filled; it follows the outlook as the window would have it do."""
    made = TeamScreen(desk)
    qtbot.addWidget(made)
    desk.outlook_changed.connect(made.show_outlook)
    made.resize(1240, 860)
    made.show()
    made.show_outlook(desk.outlook)
    qtbot.waitUntil(lambda: made.is_filled, timeout=5_000)
    return made


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def put(step, *records):
    for record in records:
        step.put(record)


def changed(desk, qtbot, *records, screen=None):
    before = desk.outlook
    desk.perform("Step", put, *records)
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=10_000)
    if screen is not None:
        qtbot.waitUntil(lambda: screen.is_filled, timeout=10_000)


def dialog_of(screen, kind, qtbot):
    qtbot.waitUntil(lambda: any(one.isVisible() for one in screen.findChildren(kind)), timeout=5_000)
    return next(one for one in screen.findChildren(kind) if one.isVisible())


def stored(desk, qtbot, kind, count=1):
    qtbot.waitUntil(lambda: len(desk.workspace.snapshot.all(kind)) == count, timeout=10_000)
    return list(desk.workspace.snapshot.all(kind).values())


def stand_on(screen, worker):
    assert screen.table.stand_on(worker.id)
    assert screen.chosen.worker.id == worker.id


def here(desk):
    """A worker who is not away."""
    return next(one for one in desk.outlook.workers if not desk.outlook.snapshot.by(Absence, "worker_id", one.id))


def test_every_worker_has_a_row_and_the_sum_is_pooled(screen, desk):
    assert [row.worker.id for row in screen.table.model.shown] == [worker.id for worker in desk.outlook.workers]
    (total,) = screen.table.sum_model.rows
    used, available, percent, _ = pooled(desk.outlook.loads)
    assert (total.used, total.available, total.percent) == (used, available, percent)


def test_whoever_leaves_soon_or_takes_none_yet_has_no_room(screen, desk, qtbot):
    roomy = [row.worker for row in screen.table.model.shown if row.state == "has room"][:3]
    soon, late = desk.today + timedelta(days=42), desk.today + timedelta(days=43)
    leaver, later, closed = roomy
    changed(
        desk,
        qtbot,
        replace(leaver, assignment_end=soon),
        replace(later, assignment_end=late),
        replace(closed, no_new_cases_until=soon),
        screen=screen,
    )
    states = {row.worker.id: row.state for row in screen.table.model.shown}
    assert [states[worker.id] for worker in roomy] == ["leaving", "has room", "no new cases"]


def test_the_sum_stays_beneath_however_the_rows_are_sorted(screen):
    for column in range(10):
        screen.table.rows.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        assert len(screen.table.model.shown) == 6
        assert screen.table.sum_model.rows[0].name == "Team"


def test_every_figure_of_the_strip_opens_as_many_rows_as_it_says(screen, desk, qtbot):
    opened = []
    desk.rows_asked.connect(lambda title, columns, rows: opened.append((columns, rows)))
    for key, button in screen.strip.buttons.items():
        press(qtbot, button)
        columns, rows = opened[-1]
        if key != "percent":
            assert len(rows) == button.figure.count, key
        for row in rows:
            assert all(isinstance(column.text(row), str) for column in columns)


def test_arrow_keys_explain_the_next_worker(screen, desk, qtbot):
    rows = screen.table.rows
    rows.setFocus()
    rows.selectRow(0)
    first = screen.sum.heading.text()
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    second = screen.table.model.row_at(1)
    assert screen.sum.heading.text() != first
    assert second.worker.name in screen.sum.heading.text()
    assert second.worker.name in screen.days.heading.text()
    assert screen.days.kept.text().startswith("Stage: ")


def test_the_lines_shown_add_up_to_what_is_used(screen, desk):
    for worker in desk.outlook.workers:
        stand_on(screen, worker)
        load = desk.outlook.load_of(worker.id)
        lines = screen.sum.used.model.rows
        assert len(lines) == len(load.lines)
        assert sum(line.tenths for line in load.lines) == load.used


def test_no_figure_of_a_sum_is_cut(screen, desk, themed):
    for scale in (1.0, 1.5):
        apply_theme(themed, "light", scale)
        for worker in desk.outlook.workers:
            stand_on(screen, worker)
            for table in (screen.sum.used, screen.sum.available):
                metrics = QFontMetrics(current_theme().font("body"))
                for number, column in list(enumerate(table.model.columns))[1:]:
                    widest = max(metrics.horizontalAdvance(column.text(line)) for line in table.model.rows)
                    assert table.rows.columnWidth(number) >= widest + 2 * INSET


def test_a_line_of_the_sum_opens_its_children(screen, desk, qtbot):
    stand_on(screen, here(desk))
    opened = []
    desk.rows_asked.connect(lambda title, columns, rows: opened.append(rows))
    screen.sum.used.rows.setFocus()
    screen.sum.used.rows.selectRow(0)
    qtbot.keyClick(screen.sum.used.rows, Qt.Key.Key_Return)
    assert [case.child.id for case in opened[0]] == list(screen.sum.used.model.row_at(0).child_ids)


def test_what_is_new_and_due_and_the_trend_open_their_rows(screen, desk, qtbot):
    stand_on(screen, here(desk))
    opened = []
    desk.rows_asked.connect(lambda title, columns, rows: opened.append(rows))
    qtbot.waitUntil(lambda: screen.sum.trend_words.isVisible(), timeout=5_000)
    for door in (screen.sum.new, screen.sum.soon, screen.sum.later):
        press(qtbot, door)
        assert int(door.text().split()[0]) == len(opened[-1])
    press(qtbot, screen.sum.trend_words)
    assert len(opened[-1]) == 13


def test_changes_that_need_a_plan_open_the_children_they_concern(screen, desk, qtbot):
    opened = []
    desk.rows_asked.connect(lambda title, columns, rows: opened.append((title, rows)))
    button = screen.changes.buttons[0]
    press(qtbot, button)
    title, rows = opened[0]
    assert "no return date" in title
    assert len(rows) == len(button.change.cases) > 0
    assert button.details.startswith(f"{len(rows)} children to place")


def test_cover_for_somebody_long_away_is_planned_for_all_their_children_at_once(screen, desk, qtbot):
    button = screen.changes.buttons[0]
    place = screen.changes.places[button]
    assert (place.text(), button.change.kind) == ("Plan cover", "long away")
    assert button.change.worker.name in place.accessibleName()
    press(qtbot, place)
    dialog = dialog_of(screen, HandoverDialog, qtbot)
    qtbot.waitUntil(lambda: dialog.is_planned, timeout=10_000)
    assert (dialog.start.day, dialog.code.value) == (desk.today, "ABSENC")
    assert {row.line.case.child.id for row in dialog.model.rows} == {case.child.id for case in button.change.cases}


def test_a_leaver_shows_what_must_be_placed(screen, desk, qtbot):
    worker = here(desk)
    leaves = replace(worker, assignment_end=desk.today + timedelta(days=14))
    changed(desk, qtbot, leaves, screen=screen)
    leaver = next(one for one in screen.changes.buttons if one.change.worker.id == worker.id and one.change.kind == "leaves")
    held = desk.outlook.held_by(worker.id)
    assert leaver.title == f"{worker.name} leaves on Sunday 6 December 2026"
    assert leaver.details.startswith(f"{len(held)} child")
    assert screen.changes.places[leaver].isVisible()


def test_leave_is_added_as_one_step_and_its_reason_lies_apart(screen, desk, qtbot):
    worker = here(desk)
    stand_on(screen, worker)
    was = len(desk.workspace.snapshot.all(Absence))
    press(qtbot, screen.days.buttons["leave"])
    dialog = dialog_of(screen, LeaveDialog, qtbot)
    dialog.first.date_field.line.clear()
    qtbot.keyClicks(dialog.first.date_field.line, "3 dec")
    qtbot.keyClicks(dialog.last.date_field.line, "4 dec")
    qtbot.keyClicks(dialog.reason.edit, "An operation")
    press(qtbot, dialog.act_button)
    stored(desk, qtbot, Absence, was + 1)
    leave = next(one for one in desk.workspace.snapshot.by(Absence, "worker_id", worker.id))
    assert (leave.first_day, leave.last_day) == (date(2026, 12, 3), date(2026, 12, 4))
    assert [reason.reason for reason in stored(desk, qtbot, AwayReason)] == ["An operation"]
    assert desk.workspace.undoable == f"Add days away of {worker.name}"
    qtbot.waitUntil(lambda: screen.chosen.coming == "Away 3 to 4 Dec", timeout=10_000)
    qtbot.waitUntil(lambda: screen.is_filled, timeout=10_000)
    assert [row.what for row in screen.days.model.shown if isinstance(row.record, Absence)] == ["Away"]
    desk.undo()
    stored(desk, qtbot, AwayReason, 0)
    assert len(desk.workspace.snapshot.all(Absence)) == was


def all_words(widget):
    """Every text, name and cell of a widget and what is in it."""
    found = [widget.accessibleName()]
    for one in widget.findChildren(QWidget):
        found += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        found.append(one.text() if hasattr(one, "text") and callable(one.text) else "")
        model = one.model() if hasattr(one, "model") and callable(one.model) else None
        if model is not None:
            found += [str(model.index(r, c).data()) for r in range(model.rowCount()) for c in range(model.columnCount())]
    return " ".join(found)


def test_nowhere_on_the_screen_stands_why_somebody_is_away(screen, desk, qtbot):
    worker = here(desk)
    cut = Reduction(id="c" * 32, worker_id=worker.id, hours=74, start=desk.today)
    leave = Absence(
        id="b" * 32, worker_id=worker.id, first_day=desk.today + timedelta(days=2), last_day=desk.today + timedelta(days=9)
    )
    reasons = [
        AwayReason(id=f"{number:032x}", about=about, reason="Bereavement") for number, about in ((91, cut.id), (92, leave.id))
    ]
    changed(desk, qtbot, cut, leave, *reasons, screen=screen)
    stand_on(screen, worker)
    said = all_words(screen)
    assert "Away" in said
    assert "Reduced hours" in said
    assert "Bereavement" not in said


def test_the_reason_is_shown_to_the_line_manager_and_to_nobody_else(screen, desk, qtbot):
    worker = here(desk)
    leave = Absence(id="b" * 32, worker_id=worker.id, first_day=desk.today, last_day=desk.today)
    other = Person(id="e" * 32, name="Cora Lane", role="project co-ordinator")
    changed(desk, qtbot, leave, AwayReason(id="a" * 32, about=leave.id, reason="Bereavement"), other)
    stand_on(screen, worker)
    dialog = LeaveDialog(desk, worker.id, leave.id, screen)
    assert dialog.reason.text == "Bereavement"
    desk.workspace.sign_in(other.id)
    dialog = LeaveDialog(desk, worker.id, leave.id, screen)
    assert dialog.reason is None
    assert "Bereavement" not in all_words(dialog)


def test_a_row_of_days_opens_to_be_changed_or_taken_back(screen, desk, qtbot):
    worker = here(desk)
    court = Commitment(id="d" * 32, worker_id=worker.id, kind="court", first_day=desk.today, last_day=desk.today)
    changed(desk, qtbot, court, screen=screen)
    stand_on(screen, worker)
    place = next(n for n, row in enumerate(screen.days.model.shown) if row.record.id == "d" * 32)
    screen.days.rows.setFocus()
    screen.days.rows.selectRow(place)
    qtbot.keyClick(screen.days.rows, Qt.Key.Key_Return)
    dialog = dialog_of(screen, CommitmentDialog, qtbot)
    assert dialog.kind.value == "court"
    removal = next(one for one in dialog.findChildren(type(dialog.act_button)) if one.text() == "Take this commitment back")
    press(qtbot, removal)
    qtbot.waitUntil(lambda: desk.workspace.snapshot.find(Commitment, "d" * 32) is None, timeout=10_000)


def test_reduced_hours_start_and_end_by_themselves(screen, desk, qtbot):
    worker = here(desk)
    stand_on(screen, worker)
    press(qtbot, screen.days.buttons["reduction"])
    dialog = dialog_of(screen, ReductionDialog, qtbot)
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: "Enter more than 0" in dialog.trouble.text(), timeout=10_000)
    qtbot.keyClicks(dialog.hours.edit, "3.7")
    qtbot.keyClicks(dialog.last.date_field.line, "20 dec")
    press(qtbot, dialog.act_button)
    (cut,) = stored(desk, qtbot, Reduction)
    assert (cut.hours, cut.start, cut.end) == (37, desk.today, date(2026, 12, 21))
    qtbot.waitUntil(lambda: screen.chosen.reduction_words == "−3.7", timeout=10_000)
    assert screen.chosen.coming == "37 h from 21 Dec" or screen.chosen.coming.startswith("Away")


def test_a_responsibility_is_added_and_stands_in_the_sum(screen, desk, qtbot):
    worker = here(desk)
    stand_on(screen, worker)
    before = desk.outlook.load_of(worker.id).used
    press(qtbot, screen.days.buttons["extra"])
    dialog = dialog_of(screen, ExtraWorkDialog, qtbot)
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: "a word or two" in dialog.trouble.text(), timeout=10_000)
    qtbot.keyClicks(dialog.what.edit, "Practice educator")
    qtbot.keyClicks(dialog.points.edit, "10")
    press(qtbot, dialog.act_button)
    stored(desk, qtbot, ExtraWork)
    qtbot.waitUntil(lambda: desk.outlook.load_of(worker.id).used == before + 100, timeout=10_000)
    qtbot.waitUntil(lambda: "Practice educator" in [line.words for line in screen.sum.used.model.rows], timeout=10_000)
    qtbot.waitUntil(lambda: screen.is_filled, timeout=10_000)
    assert "Practice educator" in [row.what for row in screen.days.model.shown]


def test_a_worker_is_added_with_an_agency_and_limits(screen, desk, qtbot):
    press(qtbot, screen.add_worker)
    dialog = dialog_of(screen, WorkerDialog, qtbot)
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: "Enter the worker’s name" in dialog.trouble.text(), timeout=10_000)
    qtbot.keyClicks(dialog.name.edit, "Kit Cyan")
    qtbot.keyClicks(dialog.skills.edit, "Court, Disability")
    qtbot.keyClicks(dialog.headcount.edit, "twelve")
    press(qtbot, dialog.act_button)
    assert "not a whole number" in dialog.headcount.trouble.text()
    dialog.headcount.edit.setText("12")
    dialog.stage.choose("asye")
    dialog.supplier.edit.setText("A supplier")
    dialog.days[4].edit.setText("")
    qtbot.keyClicks(dialog.last.date_field.line, "26 mar 2027")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: any(one.name == "Kit Cyan" for one in desk.workspace.snapshot.all(Worker).values()), timeout=10_000)
    kit = next(one for one in desk.workspace.snapshot.all(Worker).values() if one.name == "Kit Cyan")
    assert (kit.skills, kit.headcount_limit, kit.stage, kit.supplier) == (("Court", "Disability"), 12, "asye", "A supplier")
    assert (kit.pattern, kit.assignment_end) == ((74, 74, 74, 74, 0, 0, 0), date(2027, 3, 27))
    qtbot.waitUntil(lambda: any(row.name == "Kit Cyan" for row in screen.table.model.shown), timeout=10_000)


def test_a_change_of_a_worker_stores_that_fact_alone(screen, desk, qtbot):
    worker = here(desk)
    stand_on(screen, worker)
    press(qtbot, screen.days.buttons["worker"])
    dialog = dialog_of(screen, WorkerDialog, qtbot)
    qtbot.keyClicks(dialog.none_until.date_field.line, "7 dec")
    press(qtbot, dialog.act_button)
    wanted = replace(worker, no_new_cases_until=date(2026, 12, 7))
    qtbot.waitUntil(lambda: desk.workspace.snapshot.find(Worker, worker.id) == wanted, timeout=10_000)


def test_children_a_worker_must_not_hold_are_typed_by_reference(screen, desk, qtbot):
    worker = here(desk)
    stand_on(screen, worker)
    child = desk.outlook.cases[3].child
    press(qtbot, screen.days.buttons["conflicts"])
    dialog = dialog_of(screen, ConflictsDialog, qtbot)
    qtbot.keyClicks(dialog.references.edit, "C99999")
    press(qtbot, dialog.act_button)
    assert "No child here has the reference C99999" in dialog.references.trouble.text()
    dialog.references.edit.setText(child.reference.lower())
    assert child.initials in dialog.echo.text()
    press(qtbot, dialog.act_button)
    (conflict,) = stored(desk, qtbot, ConflictOfInterest)
    assert (conflict.worker_id, conflict.child_id) == (worker.id, child.id)


def test_a_scheme_is_chosen_after_everyones_figures_were_seen(screen, desk, qtbot):
    press(qtbot, screen.schemes.choose)
    dialog = dialog_of(screen, SchemeDialog, qtbot)
    dialog.scheme.choose("wirral")
    assert "starter weights of this product" in dialog.about.text()
    assert "Children at most 12 for ASYE." in dialog.about.text()
    press(qtbot, dialog.act_button)
    assert "still being worked out" in dialog.trouble.text()
    qtbot.waitUntil(lambda: dialog.is_looked_at, timeout=10_000)
    assert len(dialog.model.rows) == len(desk.outlook.workers)
    assert "All together" in dialog.finding.text()
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(
        lambda: any(one.policy == "wirral" for one in desk.workspace.snapshot.all(PolicyInForce).values()), timeout=10_000
    )
    qtbot.waitUntil(lambda: {load.scheme.id for load in desk.outlook.loads} == {"wirral"}, timeout=10_000)
    qtbot.waitUntil(lambda: "Wirral" in screen.sum.scheme.text(), timeout=10_000)


def test_children_without_a_weight_are_said_and_open(screen, desk, qtbot):
    plan = next(case.plan for case in desk.outlook.cases if case.worker is not None)
    weights = {kind: weight for kind, weight in desk.reference.schemes["neutral"].weights.items() if kind != plan}
    desk.perform("Step", keep_scheme, replace(desk.reference.schemes["neutral"], title="Ours", weights=weights), desk.today, {})
    qtbot.waitUntil(lambda: screen.schemes.unweighted.isVisible(), timeout=10_000)
    opened = []
    desk.rows_asked.connect(lambda title, columns, rows: opened.append(rows))
    press(qtbot, screen.schemes.unweighted)
    assert int(screen.schemes.unweighted.text().split()[0]) == len(opened[0])
    assert {case.plan for case in opened[0]} == {plan}


def test_children_led_by_someone_who_may_not_are_said_and_open(screen, desk, qtbot):
    led = next(case for case in desk.outlook.cases if case.worker is not None)
    role = led.worker.role
    says = MayHold(id="5" * 32, role=role, plan=led.plan, says="may not", start=desk.today)
    changed(desk, qtbot, says, screen=screen)
    qtbot.waitUntil(lambda: screen.schemes.against.isVisible(), timeout=10_000)
    opened = []
    desk.rows_asked.connect(lambda title, columns, rows: opened.append((columns, rows)))
    press(qtbot, screen.schemes.against)
    columns, rows = opened[0]
    assert int(screen.schemes.against.text().split()[0]) == len(rows)
    assert led.child.id in {case.child.id for case in rows}
    assert columns[-1].text(next(case for case in rows if case.child.id == led.child.id)).startswith(role.capitalize())


def test_figures_of_days_gone_by_stay_as_they_were(screen, desk, qtbot):
    dialog = SchemeDialog(desk, screen)
    dialog.show_up()
    dialog.start.set_day(desk.today - timedelta(days=1))
    qtbot.waitUntil(lambda: "from today on" in dialog.details.text(), timeout=5_000)


def test_printing_is_of_the_worker_the_keyboard_stands_on(screen, desk, qtbot):
    worker = here(desk)
    stand_on(screen, worker)
    asked = []
    desk.print_asked.connect(lambda report, options: asked.append((report.name, options.worker_id)))
    press(qtbot, screen.sum.print)
    assert asked == [("workload-sheet", worker.id)]


def test_the_past_is_looked_at_and_not_changed(screen, desk, qtbot):
    desk.look_at(on=desk.today - timedelta(days=7))
    qtbot.waitUntil(lambda: desk.outlook.is_past, timeout=10_000)
    said = []
    desk.failed.connect(said.append)
    for button in screen.days.buttons.values():
        press(qtbot, button)
    qtbot.waitUntil(lambda: len(said) == len(screen.days.buttons))
    assert all("past" in sentence for sentence in said)
    assert not any(dialog.isVisible() for dialog in screen.findChildren(Question))


def test_everything_that_takes_the_keyboard_has_a_name(screen):
    for widget in screen.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            text = widget.text() if hasattr(widget, "text") else ""
            assert widget.accessibleName() or text, widget


def test_drafts_of_leave_are_kept(screen, desk, qtbot):
    stand_on(screen, here(desk))
    press(qtbot, screen.days.buttons["leave"])
    dialog = dialog_of(screen, LeaveDialog, qtbot)
    qtbot.keyClicks(dialog.last.date_field.line, "4 dec")
    dialog.part_of_day.choose("am")
    press(qtbot, dialog.cancel_button)
    press(qtbot, screen.days.buttons["leave"])
    again = dialog_of(screen, LeaveDialog, qtbot)
    assert (again.last.known_day(), again.part_of_day.value) == (date(2026, 12, 4), "am")


def test_models_keep_to_the_rules_of_qt(screen, qtmodeltester):
    for model in (screen.table.model, screen.table.sum_model, screen.days.model, screen.sum.used.model):
        qtmodeltester.check(model, force_py=True)


def test_65_workers_keep_nobody_waiting(big_desk, qtbot, watchdog):
    made = TeamScreen(big_desk)
    qtbot.addWidget(made)
    made.resize(1240, 860)
    made.show()
    with watchdog() as longest:
        made.show_outlook(big_desk.outlook)
        qtbot.waitUntil(lambda: made.is_filled, timeout=10_000)
        for place in (1, 20, 64):
            made.table.rows.selectRow(place)
            qtbot.wait(10)
    assert longest.cpu_ms < 100
    assert len(made.table.model.shown) == 65
    assert not made.findChildren(Question)
