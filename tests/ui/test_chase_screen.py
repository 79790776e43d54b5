"""Chase: workers and their gaps, by keys alone; what is put right vanishes, and what was promised is said."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from planner.core.chase import LATE, UNRECORDED
from planner.core.flow_records import Chased
from planner.core.paper_sheets import chase_lines, sheet_with
from planner.core.records import Visit
from planner.ui.chase.rows import what_words
from planner.ui.dialogs.print_preview import print_report
from planner.ui.dialogs.story import StoryDialog
from planner.ui.dialogs.type_sheet import TypeSheetDialog
from planner.ui.screens.chase import ChaseScreen


@pytest.fixture
def screen(desk, qtbot):
    """The page, with three visits of one worker not yet in the case system."""
    snapshot = desk.workspace.snapshot
    worker = desk.outlook.held[0].worker
    visits = [visit for visit in snapshot.by(Visit, "worker_id", worker.id) if visit.status == "made"][-3:]
    desk.perform("Fill in", lambda step: [step.put(replace(visit, recorded_on=None)) for visit in visits])
    made = ChaseScreen(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    desk.outlook_changed.connect(made.show_outlook)
    made.show_outlook(desk.outlook)
    made.show()
    qtbot.waitUntil(lambda: unrecorded(desk) == 3, timeout=10_000)
    made.workers.select_row(next(row for row in made.workers_model.shown if row.worker_id == worker.id))
    return made


def unrecorded(desk) -> int:
    return sum(gap.kind == UNRECORDED for gap in desk.outlook.gaps)


def press(qtbot, screen, key) -> None:
    screen.pane.table.setFocus()
    qtbot.keyClick(screen.pane.table, key)


def test_each_number_of_a_worker_is_that_of_the_rows_beside_it(screen, desk):
    for row in screen.workers_model.shown:
        screen.workers.select_row(row)
        assert screen.pane.model.rows == row.gaps
        assert screen.pane.heading.text() == row.name
    assert sum(len(row.gaps) for row in screen.workers_model.shown) == len(desk.outlook.gaps)


def test_r_marks_the_selected_visits_recorded_in_one_step_and_they_vanish(screen, desk, qtbot):
    screen.pane.table.selectAll()
    press(qtbot, screen, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: not unrecorded(desk), timeout=10_000)
    assert UNRECORDED not in {gap.kind for gap in screen.pane.model.rows}
    assert desk.workspace.undoable == "Mark 3 visits recorded"


def test_alt_and_the_letter_act_from_anywhere_on_the_page_and_the_button_says_so(screen, desk, qtbot):
    screen.activateWindow()
    qtbot.waitActive(screen)
    screen.workers.setFocus()
    qtbot.keyClick(screen.workers, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert screen.pane.promise.line.hasFocus()
    screen.pane.table.selectAll()
    qtbot.keyClick(screen.pane.promise.line, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not unrecorded(desk), timeout=10_000)
    assert "Alt+R anywhere on the page" in screen.pane.record.toolTip()


def test_c_copies_the_message_with_initials_only_and_notes_that_it_was_asked(screen, desk, qtbot):
    asked = screen.pane.row
    press(qtbot, screen, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: bool(desk.workspace.snapshot.all(Chased)), timeout=10_000)
    text = QGuiApplication.clipboard().text()
    assert text.startswith(f"{asked.name}: late or missing on Monday 23 November 2026.")
    assert "Invented" not in text
    qtbot.waitUntil(lambda: all(gap.last_chased for gap in screen.pane.model.rows), timeout=10_000)
    assert {row.to_chase for row in screen.workers_model.shown if row.worker_id == asked.worker_id} == {0}


def test_p_takes_the_day_that_was_promised_and_it_is_broken_when_that_has_passed(screen, desk, qtbot):
    screen.pane.table.selectAll()
    press(qtbot, screen, Qt.Key.Key_P)
    line = screen.pane.promise.line
    qtbot.keyClicks(line, "wed")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.workspace.snapshot.all(Chased)), timeout=10_000)
    assert {one.promised_by for one in desk.workspace.snapshot.all(Chased).values()} == {desk.today + timedelta(days=2)}
    desk.look_at(on=desk.today + timedelta(days=3))
    qtbot.waitUntil(lambda: desk.outlook.on > desk.today, timeout=10_000)
    shown = [screen.pane.model.index(row, 4).data() for row in range(screen.pane.model.rowCount())]
    assert "promise of Wed 25 Nov broken" in shown


def test_n_goes_to_the_next_worker_and_round(screen, qtbot):
    names = [row.name for row in screen.workers_model.shown]
    begun = names.index(screen.pane.heading.text())
    for step in range(1, len(names) + 1):
        press(qtbot, screen, Qt.Key.Key_N)
        assert screen.pane.heading.text() == names[(begun + step) % len(names)]


def test_a_big_service_is_all_there(big_desk, qtbot):
    made = ChaseScreen(big_desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.show_outlook(big_desk.outlook)
    assert sum(len(row.gaps) for row in made.workers_model.shown) == len(big_desk.outlook.gaps) > 1_000


def test_a_printed_sheet_is_typed_back_by_its_lines(screen, desk, qtbot):
    asked = []
    desk.print_asked.connect(lambda report, options: asked.append((report.name, options.worker_id)))
    qtbot.mouseClick(screen.pane.sheet, Qt.MouseButton.LeftButton)
    worker_id = screen.pane.row.worker_id
    assert asked == [("chase-sheet", worker_id)]
    report, options = screen.printable()
    preview = print_report(desk, report, options, clock=lambda: datetime(2026, 11, 23, 8, 45))
    qtbot.addWidget(preview)
    qtbot.waitUntil(lambda: preview.proof is not None, timeout=20_000)
    assert sheet_with(desk.workspace.snapshot, "chase", worker_id, chase_lines(desk.outlook, worker_id)).number == 1
    screen.type_sheet()
    dialog = screen.window().findChild(TypeSheetDialog)
    first = next(place for place, gap in enumerate(screen.pane.model.rows, start=1) if gap.kind == UNRECORDED)
    assert dialog.line.edit.text() == "1 "
    for _ in range(first - 1):
        qtbot.keyClick(dialog.line.edit, Qt.Key.Key_Return)
    assert dialog.line.echo.text().startswith(desk.child_words(screen.pane.model.rows[first - 1].cases[0].child))
    for text in ("r", "p wed"):
        qtbot.keyClicks(dialog.line.edit, text)
        qtbot.keyClick(dialog.line.edit, Qt.Key.Key_Return)
    dialog.line.edit.setText("3r")
    qtbot.keyClick(dialog.line.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.line.trouble.text().startswith("Type the number of the line")
    dialog.line.edit.clear()
    qtbot.keyClick(dialog.line.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: unrecorded(desk) == 2, timeout=10_000)
    assert desk.workspace.undoable == "Type back sheet 1"
    assert [one.promised_by for one in desk.workspace.snapshot.all(Chased).values()] == [desk.today + timedelta(days=2)]


def test_with_no_sheet_out_there_is_none_to_type_back(screen, desk, qtbot):
    with qtbot.waitSignal(desk.failed) as failed:
        screen.type_sheet()
    assert failed.args == ["No numbered sheet waits to be typed back. Print one here first."]


def test_a_day_to_ask_again_is_kept_without_a_promise(screen, desk, qtbot):
    line = screen.pane.again.line
    line.setFocus()
    qtbot.keyClicks(line, "thu")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.workspace.snapshot.all(Chased)), timeout=10_000)
    (entry,) = desk.workspace.snapshot.all(Chased).values()
    assert (entry.promised_by, entry.again_on) == (None, desk.today + timedelta(days=3))
    qtbot.waitUntil(lambda: not line.text(), timeout=10_000)


def test_s_tells_the_story_of_what_is_late_and_it_then_stands_in_its_row(screen, desk, qtbot):
    late = next(row for row in screen.workers_model.shown if row.counts[LATE])
    screen.workers.select_row(late)
    gap = next(gap for gap in late.gaps if gap.kind == LATE)
    screen.pane.table.select_row(gap)
    press(qtbot, screen, Qt.Key.Key_S)
    dialog = screen.findChild(StoryDialog)
    assert dialog.duty.value == gap.about
    dialog.why.edit.setText("Family away")
    dialog.act_button.click()
    qtbot.waitUntil(lambda: any(one.story for one in screen.pane.model.rows), timeout=10_000)
    (told,) = [one for one in screen.pane.model.rows if one.story]
    assert (told.id, what_words(told)) == (gap.id, f"{gap.words}. Family away")
