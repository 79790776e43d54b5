"""The Transfers page as a person uses it: lists whose numbers are their rows, ticks, decisions by key and by button."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from planner.actions.paper_sheets import number_sheet
from planner.core.flow_records import Checklist, Closing, ItemDone, TransferPoint
from planner.core.hand_back import contract_ends_on
from planner.core.paper_sheets import TRANSFERS, lines_of
from planner.core.records import Case, Setting, Transfer
from planner.core.transfers import END_OF_CONTRACT
from planner.core.workspace_settings import CONTRACT_ENDS_ON
from planner.ui.desk import Desk
from planner.ui.dialogs.checklist import ChecklistDialog
from planner.ui.dialogs.close_case import AuthoriseClosingDialog, ReadyToCloseDialog, SendBackClosingDialog
from planner.ui.dialogs.contract_end import ContractEndDialog
from planner.ui.dialogs.decide_transfer import AcceptTransferDialog, ReturnTransferDialog
from planner.ui.dialogs.plan_transfer import OUTSIDE, PlanTransferDialog
from planner.ui.dialogs.transfer_point import TransferPointDialog
from planner.ui.dialogs.type_back import TypeBackDialog
from planner.ui.drawer import Drawer
from planner.ui.screens.transfers import TransfersScreen
from planner.ui.transfers.panel import NOTHING
from tests.helpers.moving_team import LEE, LONG, POINT, a_moving_team
from tests.helpers.people import TODAY, a_workspace_of
from tests.helpers.small_workspace import put_all
from tests.ui.conftest import _desk_on

MOVE, CLOSE, HAND_BACK = range(3)


@pytest.fixture
def moving_desk(themed, qtbot, tmp_path: Path) -> Iterator[Desk]:
    yield from _desk_on(a_workspace_of(a_moving_team(), tmp_path / "moving.planner"), qtbot)


@pytest.fixture
def page(moving_desk, qtbot) -> TransfersScreen:
    made = TransfersScreen(moving_desk)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    moving_desk.outlook_changed.connect(made.show_outlook)
    made.show()
    for button in made.header_actions():
        button.setParent(made)
        button.show()
    made.show_outlook(moving_desk.outlook)
    qtbot.waitUntil(lambda: made.is_filled)
    return made


def dialog_of(page, kind, qtbot):
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.window().findChildren(kind)))
    return next(one for one in page.window().findChildren(kind) if one.isVisible())


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def counted(words: str) -> int:
    return int(words.rsplit(" ", 1)[1].replace(",", ""))


def test_every_number_of_a_view_is_its_rows(page):
    for place, part in enumerate(page.lists):
        page.parts.choose(place)
        assert counted(page.parts.buttons[place].text()) == len(part.rows) > 0
        for number, button in enumerate(part.views.buttons):
            part.views.choose(number)
            assert counted(button.text()) == len(part.model.shown)


def test_the_page_shows_what_is_to_move_in_every_state(page, moving_desk):
    words = [part.text() for part in page.moving.views.buttons]
    assert (words[1], words[4]) == ("To decide 1", "Returned 1")
    unplanned = [row for row in moving_desk.outlook.to_move if row.transfer is None]
    assert words[3] == f"Nothing planned {len(unplanned)}"
    assert [row.reached_on for row in unplanned if row.reached_on is not None] == [TODAY - timedelta(days=7)]
    assert page.count(moving_desk.outlook) == ("3", False)


def test_a_digit_ticks_an_item_and_the_panel_says_who_did(page, moving_desk, qtbot):
    page.moving.views.choose(1)
    page.moving.table.setFocus()
    qtbot.keyClicks(page.moving.table, "1")
    qtbot.waitUntil(lambda: len(moving_desk.outlook.snapshot.by(ItemDone, "about", "t1")) == 1, timeout=5000)
    (tick,) = moving_desk.outlook.snapshot.by(ItemDone, "about", "t1")
    assert (tick.item, tick.on) == ("Chronology up to date", TODAY)
    assert "Helen Marsh" in page.panel.when[0].text()
    assert page.moving.chosen()[0].transfer.id == "t1"


def test_a_accepts_what_is_chosen_and_undo_brings_it_back(page, moving_desk, qtbot):
    page.moving.views.choose(1)
    child_id = page.moving.chosen()[0].case.child.id
    qtbot.keyClicks(page.moving.table, "a")
    dialog = dialog_of(page, AcceptTransferDialog, qtbot)
    dialog.worker.choose(LEE)
    qtbot.waitUntil(lambda: dialog.is_looked_at, timeout=5000)
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: moving_desk.outlook.snapshot.lead(child_id, TODAY).worker_id == LEE, timeout=5000)
    assert page.moving.views.buttons[1].text() == "To decide 0"
    moving_desk.undo()
    qtbot.waitUntil(lambda: page.moving.views.buttons[1].text() == "To decide 1", timeout=5000)
    assert moving_desk.outlook.snapshot.find(Transfer, "t1").status == "planned"


def test_r_returns_with_a_reason(page, moving_desk, qtbot):
    page.moving.views.choose(1)
    qtbot.keyClicks(page.moving.table, "r")
    dialog = dialog_of(page, ReturnTransferDialog, qtbot)
    press(qtbot, dialog.act_button)
    assert dialog.reason.trouble.text().startswith("Say why it is returned")
    qtbot.keyClicks(dialog.reason.edit, "No plan on file")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: moving_desk.outlook.snapshot.find(Transfer, "t1").status == "returned", timeout=5000)


def test_what_is_not_planned_is_planned_where_the_agreement_leads(page, moving_desk, qtbot):
    page.moving.views.choose(3)
    unplanned = len(page.moving.model.shown)
    child_id = page.moving.chosen()[0].case.child.id
    qtbot.keyClicks(page.moving.table, "p")
    dialog = dialog_of(page, PlanTransferDialog, qtbot)
    assert (dialog.point.value, dialog.to.value) == (POINT, LONG)
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: bool(moving_desk.outlook.snapshot.by(Transfer, "child_id", child_id)), timeout=5000)
    assert page.moving.views.buttons[3].text() == f"Nothing planned {unplanned - 1}"


def test_a_case_with_its_checklist_done_is_closed_with_what_goes_along_seen_first(page, moving_desk, qtbot):
    page.parts.choose(CLOSE)
    page.closing.views.choose(1)
    child_id = page.closing.chosen()[0].case.child.id
    qtbot.keyClicks(page.closing.table, "c")
    dialog = dialog_of(page, AuthoriseClosingDialog, qtbot)
    press(qtbot, dialog.act_button)
    assert dialog.code.trouble.text() == "Choose the reason for closing, RC1 to RC9."
    dialog.code.choose("RC7")
    qtbot.waitUntil(lambda: dialog.is_looked_at, timeout=5000)
    assert any(effect.what == "Case" for effect in dialog.model.rows)
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: moving_desk.outlook.case_of(child_id) is None, timeout=5000)
    assert page.closing.views.buttons[0].text() == "All 1"


def test_with_items_open_it_is_said_why_and_what_stands_against_a_reason_is_said_where_it_is_pressed(page, qtbot):
    page.parts.choose(CLOSE)
    page.closing.views.choose(2)
    qtbot.keyClicks(page.closing.table, "c")
    dialog = dialog_of(page, AuthoriseClosingDialog, qtbot)
    dialog.code.choose("RC8")
    press(qtbot, dialog.act_button)
    assert dialog.reason.trouble.text() == "Tick what is done, or say why the case is closed with items open."
    dialog.reason.edit.setText("The family moved")
    qtbot.waitUntil(lambda: "RC8 is for a case closed straight after" in dialog.details.text())
    press(qtbot, dialog.act_button)
    assert "RC8 is for a case closed straight after" in dialog.trouble.text()


def test_stuck_cases_open_by_worker(page, moving_desk, qtbot):
    page.parts.choose(CLOSE)
    with qtbot.waitSignal(moving_desk.rows_asked) as asked:
        press(qtbot, page.by_worker)
    assert sum(len(row.rows) for row in asked.args[2]) == len(moving_desk.outlook.ready_to_close)


def test_b_sends_a_case_back(page, moving_desk, qtbot):
    page.parts.choose(CLOSE)
    qtbot.keyClicks(page.closing.table, "b")
    dialog = dialog_of(page, SendBackClosingDialog, qtbot)
    qtbot.keyClicks(dialog.reason.edit, "Chronology")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: page.closing.views.buttons[0].text() == "All 1", timeout=5000)


def test_several_cases_are_planned_for_the_end_of_the_contract_at_once(page, moving_desk, qtbot):
    page.parts.choose(HAND_BACK)
    page.handing.views.choose(1)
    before = len(page.handing.model.shown)
    page.handing.table.selectAll()
    qtbot.keyClicks(page.handing.table, "p")
    dialog = dialog_of(page, PlanTransferDialog, qtbot)
    assert dialog.point.value == END_OF_CONTRACT
    dialog.to.choose(OUTSIDE)
    qtbot.keyClicks(dialog.outside.edit, "Council team")
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: page.handing.views.buttons[1].text() == "Nowhere to go yet 0", timeout=5000)
    planned = moving_desk.outlook.snapshot.by(Transfer, "point", END_OF_CONTRACT)
    assert len(planned) == before


def test_the_checklist_of_a_case_to_close_is_ticked_on_the_hand_back_plan_too(page, moving_desk, qtbot):
    page.parts.choose(HAND_BACK)
    page.handing.views.choose(3)
    row = next(row for row in page.handing.model.shown if "chronology up to date" in row.missing)
    assert page.handing.table.select_row(row)
    place = [item.words for item in row.items].index("Chronology up to date")
    qtbot.keyClicks(page.handing.table, str(place + 1))
    about = row.closing.closing.id
    qtbot.waitUntil(lambda: any(one.item == row.items[place].words for one in ticks_of(moving_desk, about)), timeout=5000)


def test_h_chooses_the_whole_home(page, moving_desk, qtbot):
    page.parts.choose(HAND_BACK)
    siblings = [page.handing.model.shown[place].case.child for place in (0, 3)]
    moving_desk.perform("Home", lambda step: [step.put(replace(child, household="home")) for child in siblings])
    qtbot.waitUntil(lambda: sum(row.case.child.household == "home" for row in page.handing.model.shown) == 2, timeout=5000)
    page.handing.table.selectRow(0)
    qtbot.keyClicks(page.handing.table, "h")
    assert [row.case.child.id for row in page.handing.chosen()] == [child.id for child in siblings]


def ticks_of(desk, about):
    return desk.outlook.snapshot.by(ItemDone, "about", about)


def test_what_is_typed_narrows_the_list_in_view(page):
    reference = page.moving.rows[-1].case.child.reference
    page.filter.setText(reference)
    assert [row.case.child.reference for row in page.moving.model.shown] == [reference]
    assert page.panel.child.text().startswith(reference)
    page.filter.setText("nothing like it")
    assert page.moving.empty.text().startswith("No child here matches")
    assert (page.panel.child.text(), page.panel.said.text()) == ("", "")
    page.filter.clear()
    assert page.panel.child.text().startswith(page.moving.chosen()[0].case.child.reference)
    page.moving.table.clearSelection()
    assert page.panel.said.text() == NOTHING


def test_agreements_are_edited_in_dialogs(page, moving_desk, qtbot):
    snapshot = lambda: moving_desk.outlook.snapshot  # noqa: E731
    actions = {action.text(): action for action in page.agreements.menu().actions()}
    actions["Checklists"].trigger()
    checklist = dialog_of(page, ChecklistDialog, qtbot)
    checklist.items.show_items(("Child seen", "Letters sent"))
    press(qtbot, checklist.act_button)
    qtbot.waitUntil(lambda: bool(snapshot().all(Checklist)), timeout=5000)
    actions["Transfer points"].trigger()
    point = dialog_of(page, TransferPointDialog, qtbot)
    point.point.choose(POINT)
    qtbot.keyClicks(point.within.edit, "0")
    press(qtbot, point.act_button)
    qtbot.waitUntil(lambda: {one.within for one in snapshot().by(TransferPoint, "name", POINT)} == {5, 50}, timeout=5000)
    actions["End of the contract"].trigger()
    ends = dialog_of(page, ContractEndDialog, qtbot)
    ends.day.edit.clear()
    press(qtbot, ends.act_button)
    qtbot.waitUntil(lambda: contract_ends_on(snapshot()) is None, timeout=5000)


def test_a_case_is_marked_ready_with_the_checklist_in_force(moving_desk, page, qtbot):
    child_id = moving_desk.outlook.cases[-1].child.id
    dialog = ReadyToCloseDialog(moving_desk, child_id, page)
    dialog.show_up()
    press(qtbot, dialog.act_button)
    qtbot.waitUntil(lambda: bool(moving_desk.outlook.snapshot.by(Closing, "child_id", child_id)), timeout=5000)
    assert moving_desk.outlook.snapshot.find(Case, moving_desk.outlook.cases[-1].case.id).ended_on is None


def test_nothing_can_be_decided_while_looking_at_the_past(page, moving_desk, qtbot):
    moving_desk.on = TODAY.replace(day=1)
    with qtbot.waitSignal(moving_desk.failed) as failed:
        qtbot.keyClicks(page.moving.table, "a")
    assert "past" in failed.args[0]


@pytest.fixture
def sheet(moving_desk):
    """The transfer sheet as it was printed, with its number."""
    lines = lines_of(moving_desk.outlook, TRANSFERS, "")
    return moving_desk.workspace.perform("Number", number_sheet, TRANSFERS, "", TODAY, lines).result().result


def test_a_sheet_that_was_not_printed_is_not_typed_back(page, moving_desk, qtbot):
    with qtbot.waitSignal(moving_desk.failed) as failed:
        press(qtbot, page.type_back)
    assert "Print the sheet here first" in failed.args[0]


def test_the_sheet_is_typed_back_line_by_line_as_one_step(page, moving_desk, sheet, qtbot):
    press(qtbot, page.type_back)
    dialog = dialog_of(page, TypeBackDialog, qtbot)
    qtbot.waitUntil(lambda: bool(dialog.lines))
    assert dialog.sheet.box.currentText() == f"Sheet 1, Mon 23 Nov, {len(sheet.lines)} lines"
    number = next(place for place, row in enumerate(dialog.lines, start=1) if row.is_to_decide)
    unplanned = next(place for place, row in enumerate(dialog.lines, start=1) if row.transfer is None)
    assert dialog.line.edit.text() == "1 "
    dialog.line.edit.setText(f"{number} ")
    assert "open: 1 Chronology up to date, 2 Plan on file, 4 Joint visit made" in dialog.line.echo.text()
    qtbot.keyClicks(dialog.line.edit, "2 a lee")
    assert "accepted by Lee Lime; done: Plan on file" in dialog.line.echo.text()
    qtbot.keyClick(dialog.line.edit, Qt.Key.Key_Return)
    dialog.line.edit.setText(f"{unplanned} a")
    qtbot.keyClick(dialog.line.edit, Qt.Key.Key_Return)
    assert "has no transfer planned" in dialog.line.trouble.text()
    dialog.line.edit.setText(f"{unplanned} p +3wd")
    qtbot.keyClick(dialog.line.edit, Qt.Key.Key_Return)
    assert dialog.act_button.text() == "Keep 2 lines"
    qtbot.keyClick(dialog.line.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: moving_desk.outlook.snapshot.find(Transfer, "t1").status == "accepted", timeout=5000)
    assert moving_desk.workspace.undoable == "Type back the transfer sheet"
    moving_desk.undo()
    qtbot.waitUntil(lambda: moving_desk.outlook.snapshot.find(Transfer, "t1").status == "planned", timeout=5000)


def test_ctrl_p_prints_the_sheet_of_the_list_in_view(page):
    assert page.printable()[0].name == "transfer-sheet"
    page.parts.choose(HAND_BACK)
    assert page.printable()[0].name == "hand-back-plan"


def test_enter_on_a_bare_number_leaves_the_line_and_goes_on_but_nothing_else_typed_is_lost(page, sheet, qtbot):
    press(qtbot, page.type_back)
    dialog = dialog_of(page, TypeBackDialog, qtbot)
    qtbot.waitUntil(lambda: dialog.line.edit.text() == "1 ")
    qtbot.keyClick(dialog.line.edit, Qt.Key.Key_Return)
    assert dialog.line.edit.text() == "2 "
    assert dialog.typed == {}
    for keys in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
        dialog.line.edit.setText("2a")
        qtbot.keyClick(dialog.line.edit, Qt.Key.Key_Return, keys)
        assert dialog.line.edit.text() == "2a"
        assert dialog.line.trouble.text()


def test_what_was_typed_of_one_sheet_is_there_again_after_a_look_at_another(page, moving_desk, sheet, qtbot):
    other = moving_desk.workspace.perform("Number", number_sheet, TRANSFERS, "", TODAY, sheet.lines[:1]).result().result
    press(qtbot, page.type_back)
    dialog = dialog_of(page, TypeBackDialog, qtbot)

    def look_at(one):
        dialog.sheet.choose(one.id)
        qtbot.waitUntil(lambda: len(dialog.lines) == len(one.lines))

    look_at(sheet)
    number = next(place for place, row in enumerate(dialog.lines, start=1) if row.transfer is None)
    dialog.line.edit.setText(f"{number} p +3wd")
    qtbot.keyClick(dialog.line.edit, Qt.Key.Key_Return)
    look_at(other)
    assert (dialog.typed, dialog.line.edit.text()) == ({}, "1 ")
    look_at(sheet)
    assert list(dialog.typed) == [number]
    dialog.reject()
    press(qtbot, page.type_back)
    assert dialog_of(page, TypeBackDialog, qtbot).act_button.text() == "Keep 1 line"


def test_1200_children_to_move_to_close_and_to_hand_back_do_not_hold_the_window(big_desk, qtbot, watchdog):
    point = TransferPoint(id="tp", name=POINT, happening="core_group_held", start=TODAY - timedelta(days=400))
    ends = Setting(id=CONTRACT_ENDS_ON, value="2026-12-24")
    big_desk.workspace.perform("Agree", put_all, [point, ends]).result()
    qtbot.waitUntil(lambda: big_desk.outlook is not None and len(big_desk.outlook.to_move) > 100, timeout=30_000)
    with watchdog() as longest:
        page = TransfersScreen(big_desk)
        qtbot.addWidget(page)
        page.resize(1280, 720)
        page.show()
        qtbot.wait(1)
        page.show_outlook(big_desk.outlook)
        qtbot.waitUntil(lambda: page.is_filled, timeout=30_000)
        page.parts.choose(HAND_BACK)
        qtbot.wait(1)
    assert len(page.handing.rows) == 1200
    assert longest.cpu_ms < 100


def test_the_drawer_says_how_a_childs_work_leaves(moving_desk, page, qtbot):
    outlook = moving_desk.outlook
    drawer = Drawer(moving_desk)
    qtbot.addWidget(drawer)
    said = {}
    for row in (*outlook.to_move, *outlook.ready_to_close):
        drawer.show_child(row.case.child.id)
        said[getattr(row, "state", "ready")] = drawer.child.leaving.text()
    assert said["returned"].endswith("returned: Chronology is short.")
    assert "no transfer is planned" in said["to plan"]
    assert "to Long term 1" in said["planned"]
    assert said["ready"].startswith("Ready to close since")
