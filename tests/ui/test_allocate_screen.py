"""Allocate as a person works it: choose a child, compare, say why, give; by drag, key and menu; and what is stored then."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu

from planner.actions.families import name_meanwhile
from planner.core.comparing import comparison
from planner.core.errors import Refused
from planner.core.outlook_rows import Away
from planner.core.records import Allocation, ConflictOfInterest, Event
from planner.core.visit_week import VisitWeek
from planner.reports.allocation_sheet import ALLOCATION_SHEET
from planner.ui.allocate.choose_worker import ChooseWorkerDialog
from planner.ui.allocate.compare_pane import SCROLL_ROOM, TITLES
from planner.ui.allocate.words import away_words, visits_words
from planner.ui.child_tasks import child_tasks
from planner.ui.dialogs.meanwhile import MeanwhileDialog
from planner.ui.drawer_rows import contact_rows
from planner.ui.screens import SCREENS
from planner.ui.screens.allocate import AllocateScreen
from tests.helpers.allocate_page import WAIT, changed, of_one_family, shown_on


@pytest.fixture
def window(desk, window_on):
    """The whole window on all its pages."""
    return window_on(desk, size=(1440, 900))


@pytest.fixture
def screen(desk, qtbot):
    return shown_on(desk, qtbot)


@pytest.fixture
def family(desk, qtbot):
    return of_one_family(desk, qtbot)


def lead(desk, child_id):
    return desk.workspace.snapshot.lead(child_id, desk.today)


def press(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def open_names(screen):
    return [column.one.worker.name for column in screen.pane.grid.columns]


def compared(screen, qtbot):
    qtbot.waitUntil(lambda: screen.is_compared, timeout=WAIT)


def test_the_page_stands_after_the_intake_that_fills_it():
    assert [page.name for page in SCREENS][1:3] == ["intake", "allocate"]


def test_waiting_children_stand_by_risk_and_their_number_is_the_count(screen, desk):
    cards = screen.list.cards_model.cards
    assert [card.child_id for card in cards] == [row.case.child.id for row in desk.outlook.waiting]
    assert screen.count(desk.outlook) == (str(len(cards)), False)
    assert screen.finding(desk.outlook).startswith(f"{len(cards)} children wait")


def test_the_sum_of_those_who_wait_is_said_only_where_it_is_more_than_their_number(screen, desk):
    units = {desk.outlook.scheme(row.case.team_id).unit for row in desk.outlook.waiting}
    assert ("in all" in screen.finding(desk.outlook)) == (units != {"children"})


def test_a_child_who_must_have_a_worker_says_so_loudly_and_who_holds_them_meanwhile(screen, desk):
    for card, row in zip(screen.list.cards_model.cards, desk.outlook.waiting, strict=True):
        assert card.loud == ("Must have a worker" if row.case.plan in ("cp", "lac") else "")
        assert card.lines[-1] == f"Meanwhile: {row.held_meanwhile or 'Nobody named'}"
        assert card.loud in card.spoken


def test_the_best_four_are_compared_and_everyone_else_stands_below_with_a_reason(screen, desk):
    asked = comparison(desk.outlook, [screen.list.current_card().child_id], desk.today)
    able = [one.worker.name for one in asked.workers if one.can_take]
    assert open_names(screen) == able[:4]
    below = [one.worker.name for one in screen.pane.model.shown]
    assert sorted(below + open_names(screen)) == sorted(worker.name for worker in desk.outlook.workers)
    assert all(screen.pane.model.columns[2].text(one) for one in screen.pane.model.shown)
    assert screen.pane.heading.text() == f"Not compared {len(below)}"


def test_the_workers_stand_still_at_every_height_of_the_window(screen, qtbot):
    inside, ends = screen.pane.widget(), set()
    for height in range(420, 1_000, 8):
        screen.resize(1_250, height)
        qtbot.waitUntil(lambda: inside.width() == screen.pane.viewport().width())
        ends.add(screen.pane.others.mapTo(screen.pane, screen.pane.others.rect().topRight()).x() - screen.pane.width())
    assert ends == {-1 - SCROLL_ROOM}


def test_the_sum_of_a_column_has_every_line_of_the_load(screen):
    for column in screen.pane.grid.columns:
        one = column.one
        figures = {line.what: line.figure for line in column.sum.lines}
        assert figures["Now"] == f"{one.now.used // 10}"
        assert figures["After"] == f"{one.after.used // 10}"
        for line in one.now.lines:
            assert figures[line.label] == f"{line.tenths // 10}"


def test_a_waiting_child_is_given_to_the_chosen_worker_with_the_reason_as_one_step(screen, desk, qtbot):
    child = desk.outlook.waiting[0].case.child
    press(qtbot, screen.pane.grid.columns[1])
    name = open_names(screen)[1]
    assert screen.terms.act_button.text() == f"Allocate to {name}"
    qtbot.keyClicks(screen.terms.reason.edit, "Has room and knows the school")
    press(qtbot, screen.terms.act_button)
    qtbot.waitUntil(lambda: lead(desk, child.id) is not None, timeout=WAIT)
    held = lead(desk, child.id)
    assert (held.start, held.reason, held.role) == (desk.today, "Has room and knows the school", "lead")
    assert desk.workspace.undoable == f"Allocate {child.reference} – {child.initials} to {name}"
    qtbot.waitUntil(lambda: len(screen.list.cards_model.cards) == 1, timeout=WAIT)
    assert screen.terms.reason.text == ""
    desk.undo()
    qtbot.waitUntil(lambda: lead(desk, child.id) is None, timeout=WAIT)


def test_without_a_reason_nothing_is_changed_and_the_reason_is_asked_for(screen, desk, qtbot):
    press(qtbot, screen.terms.act_button)
    assert screen.terms.reason.trouble.text().startswith("Say why ")
    assert screen.focusWidget() is screen.terms.reason.edit
    assert desk.workspace.undoable == ""


def test_the_keyboard_alone_gives_a_child(screen, desk, qtbot):
    child = desk.outlook.waiting[0].case.child
    screen.list.setFocus()
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    column = next(column for column in screen.pane.grid.columns if column.is_chosen)
    qtbot.keyClick(column, Qt.Key.Key_Right)
    chosen = next(column for column in screen.pane.grid.columns if column.is_chosen)
    assert chosen is screen.pane.grid.columns[1] or len(screen.pane.grid.columns) == 1
    qtbot.keyClick(chosen, Qt.Key.Key_Return)
    qtbot.keyClicks(screen.terms.reason.edit, "Room")
    qtbot.keyClick(screen.terms.reason.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lead(desk, child.id) is not None, timeout=WAIT)
    assert lead(desk, child.id).worker_id == chosen.one.worker.id


def dropped(screen, column):
    """Drag the card the list stands on over a column and let it go; whether the column took it."""
    mime = screen.list.cards_model.mimeData([screen.list.currentIndex()])
    at = QPointF(column.rect().center())
    terms = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(at.toPoint(), *terms)
    QApplication.sendEvent(column, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(at, *terms)
    QApplication.sendEvent(column, drop)
    return drop.isAccepted()


def test_a_card_dropped_on_a_column_asks_for_the_reason_and_then_gives(screen, desk, qtbot):
    child = desk.outlook.waiting[0].case.child
    column = screen.pane.grid.columns[-1]
    worker = column.one.worker
    assert dropped(screen, column)
    assert column.is_chosen
    assert f"Say why {worker.name} takes {child.reference}" in screen.terms.reason.trouble.text()
    qtbot.keyClicks(screen.terms.reason.edit, "Lives near\r")
    qtbot.waitUntil(lambda: lead(desk, child.id) is not None, timeout=WAIT)
    assert lead(desk, child.id).worker_id == worker.id


def test_a_column_that_cannot_take_the_child_refuses_the_drop_and_says_why(screen, desk, qtbot):
    child = desk.outlook.waiting[0].case.child
    worker = screen.pane.grid.columns[0].one.worker
    changed(desk, qtbot, ConflictOfInterest(id="c" * 32, worker_id=worker.id, child_id=child.id))
    qtbot.waitUntil(lambda: bool(screen.pane.worker(worker.id).barred), timeout=WAIT)
    screen.pane.compare_with(worker.id)
    column = next(column for column in screen.pane.grid.columns if column.one.worker.id == worker.id)
    assert not dropped(screen, column)
    assert column.refusal.text() == "A conflict of interest is recorded."
    assert column.words[0].text() == "Cannot be chosen. A conflict of interest is recorded."
    refusals = []
    desk.failed.connect(refusals.append)
    qtbot.keyClicks(screen.terms.reason.edit, "Nobody else\r")
    assert "cannot be given" in refusals[-1]
    assert lead(desk, child.id) is None


def test_ctrl_m_chooses_a_worker_by_typing(screen, desk, qtbot):
    screen.activateWindow()
    screen.list.setFocus()
    qtbot.waitUntil(screen.isActiveWindow, timeout=WAIT)
    qtbot.keyClick(screen.list, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    dialog = screen.findChild(ChooseWorkerDialog)
    assert {one.worker.id for one in dialog.model.shown} == {worker.id for worker in desk.outlook.workers}
    able = next(one for one in reversed(screen.pane.asked.workers) if one.can_take)
    qtbot.keyClicks(dialog.typed.edit, able.worker.name)
    qtbot.keyClick(dialog.typed.edit, Qt.Key.Key_Return)
    assert screen.pane.chosen_id == able.worker.id
    assert f"Say why {able.worker.name}" in screen.terms.reason.trouble.text()


def test_the_menu_of_a_card_offers_the_compared_workers(screen, qtbot):
    screen.list.customContextMenuRequested.emit(screen.list.rect().center())
    menu = next(menu for menu in screen.findChildren(QMenu) if menu.isVisible())
    said = [action.text() for action in menu.actions()]
    assert [f"Allocate to {name}" for name in open_names(screen)] == [text for text in said if text.startswith("Allocate to ")][
        :-1
    ]
    assert "Allocate to another worker\tCtrl+M" in said
    menu.close()


def test_the_menu_of_a_column_opens_what_the_week_of_visits_is_made_of(screen, qtbot):
    column = screen.pane.grid.columns[0]
    at = column.rect().center()
    QApplication.sendEvent(column, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, column.mapToGlobal(at)))
    menu = next(menu for menu in column.findChildren(QMenu) if menu.isVisible())
    week = column.one.visits
    with qtbot.waitSignal(screen.desk.rows_asked) as asked:
        next(action for action in menu.actions() if action.text().startswith("Show what the allowance")).trigger()
    menu.close()
    title, _, rows = asked.args
    assert title == f"Visits of {column.one.worker.name}: {week.words}"
    assert len([row for row in rows if row.what.startswith("Visit ")]) == week.used


def test_a_column_is_closed_and_another_opened_in_its_place(screen, qtbot):
    first = open_names(screen)[0]
    press(qtbot, screen.pane.grid.columns[0].close_button)
    assert first not in open_names(screen)
    assert first in [one.worker.name for one in screen.pane.model.shown]
    assert screen.pane.chosen_id == screen.pane.grid.columns[0].one.worker.id
    screen.pane.others.select_row(next(one for one in screen.pane.model.shown if one.worker.name == first))
    qtbot.keyClick(screen.pane.others, Qt.Key.Key_Return)
    assert open_names(screen)[-1] == first
    assert len(open_names(screen)) <= 4


def test_a_fifth_worker_takes_the_place_of_one_who_is_not_chosen(screen):
    rest = screen.pane.model.shown
    kept = screen.pane.chosen_id
    for one in rest:
        screen.pane.compare_with(one.worker.id)
        assert len(screen.pane.open_ids) == 4
        assert screen.pane.chosen_id == one.worker.id
    assert kept not in screen.pane.open_ids or len(rest) < 4


def test_siblings_are_given_together_in_one_step(family, desk, qtbot):
    one, other = (row.case.child for row in desk.outlook.waiting)
    assert [box.isChecked() for box in family.siblings.boxes.values()] == [True, True]
    assert family.list.cards_model.cards[0].heading.startswith("Family of 2, ")
    assert family.finding(desk.outlook).startswith("2 children in 1 family wait, ")
    assert f"{one.reference} – {one.initials} and {other.reference}" in family.heading.text()
    column = family.pane.grid.columns[0]
    assert column.words[6].text().startswith("Holds sibling ")
    assert sum(tenths for _, tenths in column.one.added) == column.one.after.used - column.one.now.used
    qtbot.keyClicks(family.terms.reason.edit, "One worker for the family\r")
    qtbot.waitUntil(lambda: lead(desk, other.id) is not None, timeout=WAIT)
    assert lead(desk, one.id).worker_id == lead(desk, other.id).worker_id == column.one.worker.id
    qtbot.waitUntil(lambda: not desk.outlook.waiting, timeout=WAIT)
    desk.undo()
    qtbot.waitUntil(lambda: len(desk.outlook.waiting) == 2, timeout=WAIT)


def test_the_sheet_of_siblings_who_wait_has_the_sum_of_the_page(family, desk):
    sheet = ALLOCATION_SHEET.build(desk.outlook, ALLOCATION_SHEET.options(), desk.today).sheets[0]
    said = "".join(run.text for run in sheet.blocks[0].line)
    assert said.replace(" for a worker", "").startswith(family.finding(desk.outlook).split(".")[0])


def test_who_holds_siblings_meanwhile_is_said_for_all_of_them_and_stands_on_their_cards(family, desk, qtbot):
    one = desk.outlook.waiting[0].case.child
    next(task for task in child_tasks(desk, one.id, family) if task.key == "meanwhile").run()
    dialog = next(found for found in family.findChildren(MeanwhileDialog) if found.isVisible())
    dialog.who.choose("Duty worker")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: [row.held_meanwhile for row in desk.outlook.waiting] == ["Duty worker"] * 2, timeout=WAIT)
    qtbot.waitUntil(lambda: all("Meanwhile: Duty worker" in card.lines for card in family.list.cards_model.cards), timeout=WAIT)
    qtbot.waitUntil(lambda: not any(found.isVisible() for found in family.findChildren(MeanwhileDialog)))
    next(task for task in child_tasks(desk, one.id, family) if task.key == "meanwhile").run()
    again = next(found for found in family.findChildren(MeanwhileDialog) if found.isVisible())
    again.other.edit.setText("Ada Byrne")
    again.whose.choose("")
    press(qtbot, again.act_button)
    told = [("Holds meanwhile", "Ada Byrne"), ("Team manager", "Helen Marsh")]
    qtbot.waitUntil(lambda: [(row.role, row.who) for row in contact_rows(desk.outlook, one.id)] == told, timeout=WAIT)
    assert sorted(row.held_meanwhile for row in desk.outlook.waiting) == ["Ada Byrne", "Duty worker"]


def test_nobody_holds_meanwhile_a_child_who_has_a_worker(desk):
    held = desk.outlook.held[0].child.id
    assert "meanwhile" not in [task.key for task in child_tasks(desk, held, None)]
    with pytest.raises(Refused, match="has a worker"):
        desk.workspace.perform("Name", name_meanwhile, (held,), "Duty worker", desk.today).result()


def test_a_sibling_left_out_goes_on_waiting(family, desk, qtbot):
    one, other = (row.case.child for row in desk.outlook.waiting)
    family.siblings.boxes[other.id].setChecked(False)
    compared(family, qtbot)
    assert family.heading.text() == f"{one.reference} – {one.initials}"
    qtbot.keyClicks(family.terms.reason.edit, "Only this one\r")
    qtbot.waitUntil(lambda: lead(desk, one.id) is not None, timeout=WAIT)
    assert lead(desk, other.id) is None
    qtbot.waitUntil(lambda: [card.child_id for card in family.list.cards_model.cards] == [other.id], timeout=WAIT)


def test_the_last_ticked_sibling_stays_ticked(family):
    for box in family.siblings.boxes.values():
        box.setChecked(False)
    assert len(family.siblings.ticked()) == 1


def test_a_child_who_has_a_worker_changes_to_another_under_the_statutory_code(screen, desk, qtbot):
    case = desk.outlook.held[0]
    former = lead(desk, case.child.id)
    screen.show_child(case.child.id)
    compared(screen, qtbot)
    assert screen.list.current_card().heading == "Change of worker"
    assert screen.end_button.isVisible()
    assert screen.pane.worker(case.worker.id).barred == ("Holds this child in this role already.",)
    wanted = screen.pane.grid.columns[0].one.worker
    qtbot.keyClicks(screen.terms.reason.edit, "Cover\r")
    assert screen.terms.code.trouble.text() == "Choose the statutory reason for the change of worker."
    screen.terms.code.choose("ABSENC")
    qtbot.keyClicks(screen.terms.reason.edit, "\r")
    qtbot.waitUntil(lambda: lead(desk, case.child.id).worker_id == wanted.id, timeout=WAIT)
    ended = desk.workspace.snapshot.find(Allocation, former.id)
    assert (ended.end, ended.end_code) == (desk.today, "ABSENC")
    qtbot.waitUntil(lambda: screen.list.cards_model.place_of(case.child.id) < 0, timeout=WAIT)


def test_a_case_goes_back_to_a_former_worker_who_is_compared(screen, desk, qtbot):
    case = desk.outlook.held[0]
    before = next(worker for worker in desk.outlook.workers if worker.id != case.worker.id)
    ago = [desk.today - timedelta(days=days) for days in (300, 200)]
    changed(desk, qtbot, Allocation(id="a" * 32, child_id=case.child.id, worker_id=before.id, start=ago[0], end=ago[1]))
    screen.show_child(case.child.id)
    compared(screen, qtbot)
    column = next(column for column in screen.pane.grid.columns if column.one.worker.id == before.id)
    assert column.words[6].text().startswith("Held this child, ")
    screen.terms.code.choose("OTHERS")
    screen.give_to(before.id)
    qtbot.keyClicks(screen.terms.reason.edit, "Knows the child\r")
    qtbot.waitUntil(lambda: lead(desk, case.child.id).worker_id == before.id, timeout=WAIT)


@pytest.mark.parametrize("role", ["co-worker", "lead child protection practitioner", "personal adviser"])
def test_another_role_is_added_beside_the_lead_without_a_code(screen, desk, qtbot, role):
    case = desk.outlook.held[0]
    screen.show_child(case.child.id)
    screen.terms.role.choose(role)
    compared(screen, qtbot)
    assert not screen.terms.code.isVisible()
    wanted = next(one for one in screen.pane.asked.workers if one.can_take and one.worker.id != case.worker.id).worker
    screen.give_to(wanted.id)
    qtbot.keyClicks(screen.terms.reason.edit, "Beside the lead\r")
    qtbot.waitUntil(lambda: len(desk.workspace.snapshot.holders(case.child.id, desk.today)) == 2, timeout=WAIT)
    assert lead(desk, case.child.id).worker_id == case.worker.id
    assert {held.role for held in desk.workspace.snapshot.holders(case.child.id, desk.today)} == {"lead", role}


def test_compare_on_allocate_opens_the_page_on_the_child_from_anywhere(window, desk, qtbot):
    child = desk.outlook.held[0].child
    next(task for task in child_tasks(desk, child.id, window) if task.key == "compare").run()
    bench = window.workbench
    qtbot.waitUntil(lambda: bench.screen_in_view is not None and bench.screen_in_view.name == "allocate", timeout=WAIT)
    screen = bench.screen_in_view
    qtbot.waitUntil(lambda: screen.is_compared, timeout=WAIT)
    assert screen.list.current_card().child_id == child.id
    assert screen.heading.text() == f"{child.reference} – {child.initials}"


def test_a_start_that_is_no_date_is_said_under_its_field(screen, desk, qtbot):
    screen.terms.start.edit.clear()
    qtbot.keyClicks(screen.terms.start.edit, "soon")
    qtbot.keyClicks(screen.terms.reason.edit, "Room\r")
    assert desk.workspace.undoable == ""


def test_fixed_dates_come_with_the_child(desk, qtbot):
    child = desk.outlook.waiting[0].case.child
    day = desk.today + timedelta(days=2)
    changed(desk, qtbot, Event(id="e" * 32, child_id=child.id, event="core_group_held", on=day, status="planned"))
    screen = shown_on(desk, qtbot)
    assert screen.fixed.text() == "Fixed dates that come along: Core group Wed 25 Nov."
    place = TITLES.index("Fixed dates") - 2
    said = {column.one.worker.name: column.words[place].text() for column in screen.pane.grid.columns}
    on_duty = {one.worker.name for one in screen.pane.asked.workers if one.clashes}
    for name, words in said.items():
        assert words == ("Duty 25 Nov" if name in on_duty else "Free that day")


def test_a_week_with_too_little_left_says_by_how_much(screen):
    one = screen.pane.grid.columns[0].one
    said = visits_words(replace(one, visits=VisitWeek(screen.desk.today, whole=6, allowance=6, due=8)))
    assert (said.text, said.tone) == ("Allowance 6, used 0, left 6. 8 due with no day, 2 too many", "warning")


def test_nobody_away_is_said_why(screen):
    said = " ".join(words.text() for column in screen.pane.grid.columns for words in column.words).casefold()
    assert "sick" not in said


@pytest.mark.parametrize(
    ("spells", "said"),
    [
        (((0, 0, "Duty"), (8, 8, "Duty"), (16, 16, "Duty")), "Duty 23 Nov, 1 and 9 Dec"),
        (((10, 11, "Away"), (-3, 1, "Away")), "Away 3 to 4 Dec and to 24 Nov"),
        (((7, 11, "Away"), (2, 2, "Duty")), "Away 30 Nov to 4 Dec. Duty 25 Nov"),
    ],
)
def test_leave_and_duty_are_said_by_kind_and_a_month_once(desk, spells, said):
    worker, first = desk.outlook.workers[0], desk.today
    one = comparison(desk.outlook, [desk.outlook.cases[0].child.id], first).workers[0]
    away = tuple(
        Away(worker, first + timedelta(days=begins), first + timedelta(days=ends), word, "x", "day")
        for begins, ends, word in spells
    )
    assert away_words(replace(one, away=away, hours_change=None), first).text == said


def test_the_sums_of_all_columns_call_a_line_the_same(desk, qtbot):
    screen = shown_on(desk, qtbot, width=900)
    names = [[column.sum.shown_words(place) for place in range(len(column.sum.lines))] for column in screen.pane.grid.columns]
    assert names
    assert all(one == names[0] for one in names)


def test_the_sheet_is_printed_from_the_page(screen, desk, qtbot):
    with qtbot.waitSignal(desk.print_asked) as asked:
        press(qtbot, screen.print_button)
    assert asked.args[0] is ALLOCATION_SHEET
    assert screen.printable()[0] is ALLOCATION_SHEET


def test_the_past_cannot_be_changed_and_the_page_says_so(desk, qtbot):
    screen = shown_on(desk, qtbot)
    before = desk.outlook
    desk.look_at(on=desk.today - timedelta(days=1))
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=WAIT)
    refusals = []
    desk.failed.connect(refusals.append)
    if screen.list.cards_model.cards:
        compared(screen, qtbot)
    screen.give_to(screen.pane.chosen_id)
    assert "past" in refusals[-1]


def test_names_are_shown_only_while_they_are_asked_for(screen, desk):
    def said():
        return " ".join([screen.heading.text(), *(card.spoken for card in screen.list.cards_model.cards)])

    assert "Invented" not in said()
    desk.show_names()
    screen.show_outlook(desk.outlook)
    assert "Invented" in said()
    screen.ask_who_takes()
    assert "Invented" not in screen.findChild(ChooseWorkerDialog).windowTitle()


def test_the_cards_keep_to_the_rules_of_qt(screen, qtmodeltester):
    qtmodeltester.check(screen.list.cards_model, force_py=True)


def test_65_workers_and_1200_children_never_hold_the_window_for_100_ms(big_desk, qtbot, watchdog):
    screen = AllocateScreen(big_desk)
    qtbot.addWidget(screen)
    screen.resize(1250, 820)
    screen.show()
    with watchdog() as longest:
        screen.show_outlook(big_desk.outlook)
        qtbot.waitUntil(lambda: screen.is_compared, timeout=WAIT)
    assert longest.cpu_ms < 100
    with watchdog() as longest:
        qtbot.keyClick(screen.list, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: screen.is_compared, timeout=WAIT)
    assert longest.cpu_ms < 100
    assert len(screen.pane.model.rows) == 61
