"""The calendar of leave, duty, court and training: what it shows, and what is entered on it by keys and by mouse."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from planner.core.records import Absence, Allocation, Commitment
from planner.settings import read_settings
from planner.ui.board.period import Period
from planner.ui.calendar.page import EMPTY, CalendarPage
from planner.ui.calendar.painting import runs_of
from planner.ui.calendar.tasks import NOTHING_HERE, SEVERAL_HERE
from planner.ui.dialogs.commitment import CommitmentDialog
from planner.ui.dialogs.leave import LeaveDialog
from tests.helpers.people import TODAY
from tests.helpers.visits_page import put

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def day(number):
    return TODAY + timedelta(days=number)


class Calendar:
    """A calendar page, with what a person does on it."""

    def __init__(self, desk, qtbot, span="three months"):
        self.desk, self.qtbot, self.refused = desk, qtbot, []
        desk.failed.connect(self.refused.append)
        self.page = CalendarPage(desk)
        qtbot.addWidget(self.page)
        self.page.resize(1240, 700)
        self.page.show()
        desk.outlook_changed.connect(self.page.show_outlook)
        if span:
            self.page.show_period(Period(span, TODAY))
        self.settled(lambda: self.page.calendar is not None)

    def settled(self, condition):
        self.qtbot.waitUntil(condition, timeout=10_000)

    @property
    def view(self):
        return self.page.table

    def stand(self, number, on):
        self.view.setCurrentIndex(self.view.calendar_model.index(number, self.page.calendar.days.index(on)))
        return self.page.calendar.rows[number].worker

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.view, key, modifier)

    def words(self, number, on):
        return ", ".join(self.page.calendar.rows[number].cells[self.page.calendar.days.index(on)].words)

    def menu(self):
        return [menu for menu in self.page.findChildren(QMenu) if menu.isVisible()][-1]

    def choose(self, words):
        menu = self.menu()
        next(action for action in menu.actions() if action.text().startswith(words)).trigger()
        menu.close()

    def dialog(self, kind):
        return [one for one in self.page.findChildren(kind) if one.isVisible()][-1]

    def all(self, kind, worker):
        return self.desk.workspace.snapshot.by(kind, "worker_id", worker.id)


@pytest.fixture
def calendar(desk, qtbot):
    made = Calendar(desk, qtbot)
    yield made
    desk.outlook_changed.disconnect(made.page.show_outlook)


def test_days_chosen_by_keys_become_leave_in_one_step(calendar):
    worker = calendar.stand(0, day(7))
    calendar.key(Qt.Key.Key_Right, SHIFT)
    calendar.key(Qt.Key.Key_Right, SHIFT)
    assert calendar.view.chosen_days() == (day(7), day(8), day(9))
    calendar.key(Qt.Key.Key_Return)
    calendar.choose("Add leave")
    dialog = calendar.dialog(LeaveDialog)
    dialog.act_button.click()
    calendar.settled(lambda: calendar.words(0, day(8)) == "Away")
    (leave,) = calendar.all(Absence, worker)
    assert (leave.first_day, leave.last_day) == (day(7), day(9))
    calendar.desk.undo()
    calendar.settled(lambda: calendar.words(0, day(8)) == "")


def test_days_drawn_over_by_mouse_become_training(calendar):
    row = calendar.view.calendar_model
    cells = [calendar.view.visualRect(row.index(0, calendar.page.calendar.days.index(day(number)))).center() for number in (7, 8)]
    viewport = calendar.view.viewport()
    QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, cells[0])
    QTest.mouseMove(viewport, cells[1])
    QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, cells[1])
    assert calendar.view.chosen_days() == (day(7), day(8))
    calendar.key(Qt.Key.Key_F10, SHIFT)
    calendar.choose("Add training")
    dialog = calendar.dialog(CommitmentDialog)
    assert dialog.kind.value == "training"
    dialog.act_button.click()
    calendar.settled(lambda: calendar.words(0, day(7)) == "Training")
    assert calendar.words(0, day(8)) == "Training"


def test_enter_changes_the_one_thing_that_is_there_and_delete_takes_it_back(calendar):
    worker = calendar.stand(0, day(7))
    put_court(calendar, worker)
    calendar.stand(0, day(7))
    calendar.key(Qt.Key.Key_Return)
    dialog = calendar.dialog(CommitmentDialog)
    dialog.part_of_day.choose("am")
    dialog.act_button.click()
    calendar.settled(lambda: calendar.all(Commitment, worker)[-1].part == "am")
    calendar.settled(lambda: "Court in the morning" in calendar.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
    calendar.key(Qt.Key.Key_Delete)
    calendar.settled(lambda: calendar.words(0, day(7)) == "")


def put_court(calendar, worker, *more):
    before = calendar.page.calendar
    court = Commitment(id="e" * 32, worker_id=worker.id, kind="court", first_day=day(7), last_day=day(7))
    calendar.desk.perform("Court", put, court, *more)
    calendar.settled(lambda: calendar.page.calendar is not before)


def test_delete_takes_back_nothing_where_there_is_none_or_more_than_one(calendar):
    worker = calendar.stand(0, day(7))
    calendar.key(Qt.Key.Key_Delete)
    assert calendar.refused == [NOTHING_HERE]
    half = Absence(id="d" * 32, worker_id=worker.id, first_day=day(7), last_day=day(7), part="pm")
    put_court(calendar, worker, half)
    calendar.stand(0, day(7))
    calendar.key(Qt.Key.Key_Delete)
    assert calendar.refused[-1] == SEVERAL_HERE
    calendar.key(Qt.Key.Key_F10, SHIFT)
    calendar.choose("Take back Away")
    calendar.settled(lambda: calendar.words(0, day(7)) == "Court")


def test_the_past_is_read_only(calendar):
    calendar.desk.look_at(on=day(-7))
    calendar.settled(lambda: calendar.desk.outlook.on == day(-7))
    worker = calendar.stand(0, TODAY)
    calendar.page.tasks.add_leave(worker, (TODAY,))
    assert "looking at the past" in calendar.refused[-1]
    assert calendar.page.findChildren(LeaveDialog) == []


def test_a_month_or_three_are_shown_and_remembered(desk, qtbot, tmp_path):
    desk.settings = read_settings(tmp_path / "settings.ini")
    first = Calendar(desk, qtbot, span="")
    assert first.page.toolbar.days.text() == "November 2026"
    qtbot.mouseClick(first.page.toolbar.spans["three months"], LEFT)
    first.settled(lambda: len(first.page.calendar.days) == 65)
    assert first.page.toolbar.days.text() == "November 2026 to January 2027"
    qtbot.mouseClick(first.page.toolbar.next, LEFT)
    first.settled(lambda: first.page.calendar.days[0].month == 2)
    desk.settings = read_settings(tmp_path / "settings.ini")
    assert CalendarPage(desk).period == Period("three months", TODAY)
    desk.outlook_changed.disconnect(first.page.show_outlook)


def test_the_table_twin_has_a_row_for_each_entry_and_opens_it(calendar, qtbot):
    qtbot.mouseClick(calendar.page.toolbar.as_table, LEFT)
    assert calendar.page.entries.isVisible()
    shown = calendar.page.entry_model.shown
    assert len(shown) == len(calendar.page.calendar.entries) > 0
    calendar.page.entries.row_opened.emit(next(entry for entry in shown if entry.word == "Away"))
    assert calendar.dialog(LeaveDialog).isVisible()


def test_the_header_says_who_is_in_and_cells_say_all_in_words(calendar):
    model, column = calendar.view.calendar_model, calendar.page.calendar.days.index(TODAY)
    said = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Monday 23 November 2026, 5 of 6 at work"
    away = next(number for number, row in enumerate(calendar.page.calendar.rows) if row.cells[column].words == ("Away",))
    name = calendar.page.calendar.rows[away].worker.name
    assert model.index(away, column).data(Qt.ItemDataRole.AccessibleTextRole) == f"{name}, Monday 23 November 2026: Away"
    assert calendar.page.finding() == "5 of 6 workers at work on Mon 23 Nov."


def test_one_word_stands_for_days_that_are_alike_within_a_week(calendar):
    days = calendar.page.calendar.days
    row = next(row for row in calendar.page.calendar.rows if row.cells[days.index(TODAY)].words == ("Away",))
    run = runs_of(row)[days.index(day(2))]
    assert (days[run.first], days[run.last]) == (TODAY, day(4))
    assert runs_of(calendar.page.calendar.rows[0])[days.index(day(7))] is None


def test_nothing_keeps_the_window_waiting_with_65_workers(big_desk, qtbot, watchdog):
    with watchdog() as longest:
        made = Calendar(big_desk, qtbot)
        made.settled(lambda: len(made.page.calendar.days) > 30)
    big_desk.outlook_changed.disconnect(made.page.show_outlook)
    assert longest.cpu_ms < 100


def test_a_team_without_workers_says_what_to_do(calendar):
    workers = [row.worker for row in calendar.page.calendar.rows]
    calendar.desk.perform("Leave", put, *[replace(worker, assignment_end=day(-30)) for worker in workers])
    calendar.desk.perform("End", _take_off)
    calendar.settled(lambda: calendar.page.calendar.rows == ())
    assert calendar.page.note.text() == EMPTY
    calendar.key(Qt.Key.Key_Return)
    calendar.key(Qt.Key.Key_Delete)
    assert calendar.page.findChildren(QMenu) == []


def _take_off(step):
    for held in step.snapshot.all(Allocation).values():
        step.put(replace(held, end=day(-30)))
