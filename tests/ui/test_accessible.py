"""Every page, the drawer, every dialog and the bars, walked through for whoever reads large, points badly, types or listens."""

import importlib
import pkgutil
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QTableView, QWidget

import planner.ui
from planner.actions.closing import mark_ready
from planner.actions.paper_sheets import number_sheet
from planner.actions.transfers import plan_transfers
from planner.actions.visits import plan_visit
from planner.core.flow_records import Referral
from planner.core.paper_sheets import chase_lines
from planner.core.records import Event, PolicyInForce, Record, Sighting, Story, Visit
from planner.settings import Settings
from planner.ui.allocate.choose_worker import ChooseWorkerDialog
from planner.ui.child_tasks import child_tasks
from planner.ui.decision_tasks import decide
from planner.ui.dialogs.allocate import AllocateDialog
from planner.ui.dialogs.assessment_day import CheckAssessmentDialog, SendAssessmentDialog
from planner.ui.dialogs.cancel_visit import CancelVisitDialog
from planner.ui.dialogs.change_referral import ChangeReferralDialog, TakeBackDialog
from planner.ui.dialogs.checklist import ChecklistDialog
from planner.ui.dialogs.close_case import AuthoriseClosingDialog, SendBackClosingDialog
from planner.ui.dialogs.commitment import CommitmentDialog
from planner.ui.dialogs.conflicts import ConflictsDialog
from planner.ui.dialogs.contract_end import ContractEndDialog
from planner.ui.dialogs.decide_transfer import AcceptTransferDialog, ReturnTransferDialog
from planner.ui.dialogs.export_tables import ExportTablesDialog
from planner.ui.dialogs.extra_work import ExtraWorkDialog
from planner.ui.dialogs.find_child import FindChildDialog
from planner.ui.dialogs.give_reference import GiveReferenceDialog
from planner.ui.dialogs.handover import HandoverDialog
from planner.ui.dialogs.intake_week import ContractCapDialog, IntakeWeekDialog
from planner.ui.dialogs.leave import LeaveDialog
from planner.ui.dialogs.may_hold import MayHoldDialog
from planner.ui.dialogs.passphrase import PassphraseDialog
from planner.ui.dialogs.policy_choice import EndPolicyDialog, ImportPolicyDialog, PolicyDialog
from planner.ui.dialogs.question import Question
from planner.ui.dialogs.recovery_code import RecoveryCodeDialog
from planner.ui.dialogs.reduction import ReductionDialog
from planner.ui.dialogs.return_referrals import ReturnDialog
from planner.ui.dialogs.scheme_choice import SchemeDialog
from planner.ui.dialogs.scheme_edit import SchemeEditDialog
from planner.ui.dialogs.school_dates import SchoolDatesDialog
from planner.ui.dialogs.transfer_point import TransferPointDialog
from planner.ui.dialogs.type_back import TypeBackDialog
from planner.ui.dialogs.type_sheet import TypeSheetDialog
from planner.ui.dialogs.week_returned import WeekReturnedDialog
from planner.ui.dialogs.worker import WorkerDialog
from planner.ui.drawer import Drawer
from planner.ui.fault_dialog import FaultDialog
from planner.ui.opening import Opening
from planner.ui.screens import SCREENS
from planner.ui.sign_in import SignInPage
from planner.ui.theme import apply_theme
from planner.ui.window import Window
from tests.helpers.accessible import (
    cut_text,
    misnamed,
    overlapping,
    shown,
    sideways,
    small_targets,
    told_by_colour_alone,
    unnamed,
    unreached,
    wrongly_told,
)
from tests.helpers.contrast import faint_words
from tests.helpers.people import NOW

SIZE = (1280, 720)
LOOKS = (("light", 1.0), ("dark", 1.5), ("high_contrast", 2.0))
"""Every theme and every text size that is checked; what depends on one does not depend on the other."""
NAMED = (unnamed, misnamed, wrongly_told, told_by_colour_alone)
DRAWN = (small_targets, cut_text, overlapping, faint_words)
POLICY = 'title = "Local visits"\n[[rule]]\nid = "CP-VISIT"\nevery = "10 working days"\n'


FIRST = next(number for number, screen in enumerate(SCREENS) if screen.name == "cases")
"""The page each window opens on: one of few parts, for every part there is takes its time in each look."""


@pytest.fixture
def window(desk, qtbot, tmp_path):
    """The window with every page there is, at the smallest size that is designed for."""
    window = Window(Settings(tmp_path / "settings.ini", {}))
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.show()
    bench = window.open_desk(desk, SCREENS, Drawer(desk))
    bench.first_page = FIRST
    qtbot.waitActive(window)
    qtbot.waitUntil(lambda: bool(bench.header.finding.text()))
    yield window
    window.close_desk()


def settle(qtbot, root: QWidget) -> None:
    """Let what is filled on a thread, and what is laid out afterwards, come to rest: thrice the same places."""
    window = root.window()
    screen = window.workbench.screen_in_view if isinstance(window, Window) and window.workbench else None
    if screen is not None:
        qtbot.waitUntil(lambda: screen.is_filled, timeout=20_000)
    seen: list[object] = []
    while len(seen) < 3 or len(set(seen[-3:])) > 1:
        qtbot.wait(40)
        seen.append(places(root))


def places(root: QWidget) -> tuple[object, ...]:
    """Where every part of a window stands that is shown."""
    return tuple((id(part), part.geometry().getRect()) for part in root.findChildren(QWidget) if part.isVisible())


def walk(qtbot, themed, root: QWidget, drawn=DRAWN, by_keys: bool = True) -> None:
    """Nothing is wrong with a window or a part of one: by name and by keys, then as it is drawn in every look."""
    root.window().activateWindow()
    qtbot.waitActive(root.window())
    settle(qtbot, root)
    by_name = [words for check in NAMED for words in check(root)]
    assert "\n".join(by_name + (unreached(root) if by_keys else [])) == ""
    for theme, scale in LOOKS:
        apply_theme(themed, theme, scale)
        settle(qtbot, root)
        assert "\n".join(f"{theme}, {scale:.0%}: {words}" for check in drawn for words in check(root)) == ""


# Pages

TWO_WAYS = {"allocate"}
"""Pages that are a table of workers compared, which WCAG 1.4.10 lets scroll both ways."""


@pytest.mark.parametrize("number", range(len(SCREENS)), ids=[screen.name for screen in SCREENS])
def test_a_page_is_there_for_everyone(window, qtbot, themed, number):
    window.workbench.open_page(number)
    walk(qtbot, themed, window, DRAWN if SCREENS[number].name in TWO_WAYS else (*DRAWN, sideways))


@pytest.mark.parametrize("form", ["welcome", "unlock", "new", "recovery", "fresh", "who"])
def test_a_form_of_the_sign_in_page_is_there_for_everyone(qtbot, themed, tmp_path, form):
    page = SignInPage(Opening(lambda: NOW, "a laptop"), Settings(tmp_path / "settings.ini", {}))
    qtbot.addWidget(page)
    page.resize(*SIZE)
    page._show(getattr(page, form))
    page.show()
    walk(qtbot, themed, page, (*DRAWN, sideways))
    page.close_threads()


def test_the_rows_behind_a_figure_are_there_for_everyone(window, desk, qtbot, themed):
    from planner.ui.table import Column

    columns = (Column("Child", desk.child_words, strong=True), Column("Born", lambda child: str(child.born), stretch=True))
    desk.open_rows("Children", columns, [case.child for case in desk.outlook.cases])
    walk(qtbot, themed, window)


def test_the_calendar_is_there_for_everyone_and_can_be_read_as_a_table(window, desk, qtbot, themed):
    desk.open_calendar()
    page = window.workbench.inner_page
    qtbot.waitUntil(lambda: page.calendar is not None, timeout=20_000)
    walk(qtbot, themed, window)
    page.toolbar.as_table.click()
    assert page.entry_model.rowCount() == len(page.calendar.entries) > 0


def test_the_bars_are_there_for_everyone(window, desk, qtbot, themed):
    bench = window.workbench
    bench.message.say("The file is open on another computer. Close it there first.", "warning", "Try again", lambda: None)
    bench.undo_bar.say("Allocated C10300 – A.D. to Chloe Rudd")
    for bar in (bench.message, bench.undo_bar):
        walk(qtbot, themed, bar)


def test_the_past_says_that_it_is_the_past(window, desk, qtbot, themed):
    desk.look_at(on=desk.today - timedelta(days=30))
    qtbot.waitUntil(lambda: window.workbench.past.isVisible())
    walk(qtbot, themed, window.workbench.past)


# The drawer


def test_the_drawer_on_a_child_is_there_for_everyone(window, desk, qtbot, themed):
    desk.open_child(desk.outlook.overdue_visits[0].case.child.id)
    walk(qtbot, themed, window.workbench.drawer)
    assert not _is_open_after_escape(window.workbench.drawer)


def test_the_drawer_on_a_worker_is_there_for_everyone(window, desk, qtbot, themed):
    desk.open_worker(desk.outlook.loads[0].worker.id)
    walk(qtbot, themed, window.workbench.drawer)


def _is_open_after_escape(widget: QWidget) -> bool:
    QTest.keyClick(widget, Qt.Key.Key_Escape)
    return widget.isVisible()


# Charts


def test_every_chart_can_be_read_as_a_table_beside_it(window, qtbot):
    from planner.ui.charts.chart_frame import ChartFrame

    window.workbench.open_page(_place("today"))
    qtbot.waitUntil(lambda: window.workbench.screen_in_view.is_filled, timeout=20_000)
    frames = [widget for widget in shown(window) if isinstance(widget, ChartFrame)]
    assert frames
    for frame in frames:
        frame.table_button.click()
        assert frame.table.isVisible()
        assert frame.table_model.rowCount() == len(frame.chart_shown(frame.chart).bars)


def test_the_board_can_be_read_as_a_table(window, qtbot):
    window.workbench.open_page(_place("visits"))
    page = window.workbench.screen_in_view
    qtbot.waitUntil(lambda: page.board is not None)
    assert isinstance(page.view, QTableView)
    page.toolbar.as_table.click()
    assert page.table.isVisible()
    assert page.table_model.rowCount() == len(page.board.rows) > 0


def test_the_course_of_a_child_can_be_read_as_a_table(window, desk, qtbot):
    desk.open_child(desk.outlook.overdue_visits[0].case.child.id)
    panel = window.workbench.drawer.child
    panel.switch.click()
    assert panel.course_table.isVisible()
    assert panel.course_table.model().rowCount()
    assert not panel.course.isVisible()


def _place(name: str) -> int:
    return next(number for number, screen in enumerate(SCREENS) if screen.name == name)


# Dialogs


def late_child(desk) -> str:
    """A child with an overdue visit."""
    return desk.outlook.overdue_visits[0].case.child.id


def task(key: str) -> Callable:
    """Opens the dialog of a task of a child."""
    return lambda window, desk, qtbot: next(one for one in child_tasks(desk, late_child(desk), window) if one.key == key).run()


def of_worker(kind: type[Question]) -> Callable:
    """Opens a dialog on a worker."""
    return lambda window, desk, qtbot: kind(desk, desk.outlook.loads[0].worker.id, parent=window).show_up()


def of_desk(kind: type[Question]) -> Callable:
    """Opens a dialog that is about nobody."""
    return lambda window, desk, qtbot: kind(desk, window).show_up()


def deciding(kind: str) -> Callable:
    """Puts one thing into the manager's queue, then opens the question it asks."""

    def _open(window, desk, qtbot) -> None:
        records = {"tries": two_tries, "sign": a_sent_assessment, "story": a_story_to_agree}.get(kind, lambda _desk: [])(desk)
        desk.perform("Fill in", lambda step: [step.put(record) for record in records])
        qtbot.waitUntil(lambda: any(row.kind == kind for row in desk.outlook.manager_queue), timeout=10_000)
        decide(desk, next(row for row in desk.outlook.manager_queue if row.kind == kind), window)

    return _open


def two_tries(desk) -> list[Record]:
    """A child on a child protection plan, tried today and yesterday."""
    child_id = next(case.child.id for case in desk.outlook.held if case.plan == "cp")
    found: list[Record] = []
    for number in range(2):
        visit_id = f"{number}{'e' * 31}"
        found.append(Visit(id=visit_id, on=desk.today - timedelta(days=number), status="attempted"))
        found.append(Sighting(id=f"{number}{'f' * 31}", visit_id=visit_id, child_id=child_id, seen=False))
    return found


def a_sent_assessment(desk) -> list[Record]:
    """An assessment with the manager."""
    child_id = next(case.child.id for case in desk.outlook.held if case.plan == "assessment")
    return [Event(id="a" * 32, child_id=child_id, event="assessment_to_manager", on=desk.today)]


def a_story_to_agree(desk) -> list[Record]:
    """A story that was carried for two weeks."""
    late = desk.outlook.overdue_visits[0]
    said = {"obligation": late.obligation.id, "child_id": late.case.child.id, "why": "The family is away until Wednesday"}
    return [Story(id=f"{days:032}", written_on=desk.today - timedelta(days=days), **said) for days in (15, 8)]


def open_type_sheet(window, desk, qtbot) -> None:
    """Type back a sheet that was printed, with a line typed and another refused."""
    worker_id = next(gap.worker.id for gap in desk.outlook.gaps if gap.worker)
    lines = chase_lines(desk.outlook, worker_id)
    desk.workspace.perform("Number", number_sheet, "chase", worker_id, desk.today, lines).result()
    dialog = TypeSheetDialog(desk, window)
    dialog.show_up()
    dialog.line.edit.setText("1 p thu")
    dialog.act_button.click()
    dialog.line.edit.setText("99 r")
    dialog.act_button.click()


def open_send(window, desk, qtbot) -> None:
    """Say when an assessment was sent."""
    SendAssessmentDialog(desk, next(case.child.id for case in desk.outlook.held if case.plan == "assessment"), window).show_up()


def open_check(window, desk, qtbot) -> None:
    """Record a check."""
    CheckAssessmentDialog(desk, next(case.child.id for case in desk.outlook.held), parent=window).show_up()


def action(name: str) -> Callable:
    """Opens what an action of the window opens."""
    return lambda window, desk, qtbot: window.actions_by_name[name].trigger()


def of_cases(method: str) -> Callable:
    """Opens a dialog of the page of cases, with two children selected."""

    def _open(window, desk, qtbot) -> None:
        window.workbench.open_page(_place("cases"))
        page = window.workbench.screen_in_view
        qtbot.waitUntil(lambda: bool(page.model.shown))
        page.table.selectRow(0)
        getattr(page, method)()

    return _open


def open_cancel(window, desk, qtbot) -> None:
    """Plan a visit, then ask why it is cancelled."""
    worker = desk.outlook.loads[0].worker.id
    made = desk.workspace.perform("Plan visit", plan_visit, [late_child(desk)], desk.today, worker).result()
    CancelVisitDialog(desk, late_child(desk), made.result.id, window).show_up()


def open_week_returned(window, desk, qtbot) -> None:
    """Plan a visit, then enter the printed week of who goes."""
    worker = desk.outlook.loads[0].worker.id
    desk.workspace.perform("Plan visit", plan_visit, [late_child(desk)], desk.today, worker).result()
    WeekReturnedDialog(desk, worker, desk.today, desk.today, window).show_up()


def open_handover(window, desk, qtbot) -> None:
    """Plan who takes a worker's children."""
    dialog = HandoverDialog(desk, desk.outlook.loads[0].worker, desk.today, "LEFTRL", window)
    dialog.show_up()
    qtbot.waitUntil(lambda: dialog.is_planned, timeout=10_000)


def open_move(window, desk, qtbot) -> None:
    """Move the first visit of the tray."""
    window.workbench.open_page(_place("visits"))
    page = window.workbench.screen_in_view
    qtbot.waitUntil(lambda: page.board is not None and bool(page.board.tray))
    page.tasks.move(page.board.tray[0])


def open_choose_worker(window, desk, qtbot) -> None:
    """Choose among the workers compared."""
    window.workbench.open_page(_place("allocate"))
    page = window.workbench.screen_in_view
    qtbot.waitUntil(lambda: page.is_compared)
    asked = page.pane.asked
    ChooseWorkerDialog(desk, "Compare which worker?", "Compare", asked.workers, lambda _worker: None, window).show_up()


def open_preview(window, desk, qtbot) -> None:
    """The allocation sheet as it will print."""
    from planner.ui.printing import print_report

    report, options = window.workbench.screen_in_view.printable()
    print_report(desk, report, options, clock=lambda: NOW, parent=window)


def open_end_policy(window, desk, qtbot) -> None:
    """End a policy that is in force."""
    record = next(iter(desk.workspace.snapshot.all(PolicyInForce).values()))
    EndPolicyDialog(desk, record, "Neutral scheme", window).show_up()


def of_transfer(opened: Callable) -> Callable:
    """Opens a dialog on the transfer of a child, planned for today."""

    def _open(window, desk, qtbot) -> None:
        transfers = desk.workspace.perform(
            "Plan", plan_transfers, (late_child(desk),), "first core group", desk.today, to_outside="Long-term team"
        )
        opened(desk, transfers.result().result[0].id, window).show_up()

    return _open


def of_closing(opened: Callable) -> Callable:
    """Opens a dialog on a child's case, ready to close."""

    def _open(window, desk, qtbot) -> None:
        closings = desk.workspace.perform("Ready", mark_ready, (late_child(desk),), desk.today)
        opened(desk, closings.result().result[0].id, window).show_up()

    return _open


ALONE: dict[str, Callable] = {
    "PlanTransferDialog": task("transfer"),
    "AcceptTransferDialog": of_transfer(lambda desk, row, window: AcceptTransferDialog(desk, [row], window)),
    "ReturnTransferDialog": of_transfer(ReturnTransferDialog),
    "ReadyToCloseDialog": task("close"),
    "AuthoriseClosingDialog": of_closing(lambda desk, row, window: AuthoriseClosingDialog(desk, [row], window)),
    "SendBackClosingDialog": of_closing(SendBackClosingDialog),
    "ChecklistDialog": lambda window, desk, qtbot: ChecklistDialog(desk, parent=window).show_up(),
    "TransferPointDialog": of_desk(TransferPointDialog),
    "ContractEndDialog": of_desk(ContractEndDialog),
    "TypeBackDialog": of_desk(TypeBackDialog),
    "LogVisitDialog": task("log"),
    "PlanVisitDialog": task("plan"),
    "AllocateDialog": lambda window, desk, qtbot: AllocateDialog(desk, late_child(desk), window).show_up(),
    "EndAllocationDialog": task("end"),
    "StoryDialog": task("story"),
    "SuspendDialog": task("suspend"),
    "DecideTriesDialog": deciding("tries"),
    "SignAssessmentDialog": deciding("sign"),
    "AgreeStoryDialog": deciding("story"),
    "SendAssessmentDialog": open_send,
    "TypeSheetDialog": open_type_sheet,
    "CheckAssessmentDialog": open_check,
    "FindChildDialog": of_desk(FindChildDialog),
    "ExportTablesDialog": of_desk(ExportTablesDialog),
    "CancelVisitDialog": open_cancel,
    "WorkerDialog": of_worker(WorkerDialog),
    "ConflictsDialog": of_worker(ConflictsDialog),
    "HandoverDialog": open_handover,
    "LeaveDialog": of_worker(LeaveDialog),
    "CommitmentDialog": of_worker(CommitmentDialog),
    "ReductionDialog": of_worker(ReductionDialog),
    "ExtraWorkDialog": of_worker(ExtraWorkDialog),
    "SchemeDialog": of_desk(SchemeDialog),
    "SchemeEditDialog": of_desk(SchemeEditDialog),
    "MayHoldDialog": of_desk(MayHoldDialog),
    "SchoolDatesDialog": of_desk(SchoolDatesDialog),
    "WeekReturnedDialog": open_week_returned,
    "PolicyDialog": of_desk(PolicyDialog),
    "EndPolicyDialog": open_end_policy,
    "PassphraseDialog": of_desk(PassphraseDialog),
    "RecoveryCodeDialog": of_desk(RecoveryCodeDialog),
    "ImportPolicyDialog": lambda window, desk, qtbot: ImportPolicyDialog(desk, "local.toml", POLICY, window).show_up(),
    "IntakeWeekDialog": lambda window, desk, qtbot: IntakeWeekDialog(desk, parent=window).show_up(),
    "GiveReferenceDialog": lambda window, desk, qtbot: GiveReferenceDialog(desk, late_child(desk), window).show_up(),
    "ContractCapDialog": of_desk(ContractCapDialog),
    "TakeBackDialog": lambda window, desk, qtbot: TakeBackDialog(desk, ["0" * 32], "C10432 – A.B.", window).show_up(),
    "ChangeReferralDialog": lambda window, desk, qtbot: ChangeReferralDialog(
        desk, Referral(id="0", initials="A.B."), "C10432 – A.B.", [Referral(id="1")], window
    ).show_up(),
    "ReturnDialog": lambda window, desk, qtbot: ReturnDialog(desk, ["0" * 32], "C10432 – A.B.", window).show_up(),
    "FaultDialog": lambda window, desk, qtbot: FaultDialog("at planner.core.rules, line 12", window).open(),
}
"""How each dialog is opened that needs no page beneath it. A new dialog needs a line here or below."""

FROM_A_PAGE: dict[str, Callable] = {
    "HelpDialog": action("help"),
    "Palette": action("find"),
    "QuickLine": action("quick_line"),
    "MoveVisitDialog": open_move,
    "ChooseWorkerDialog": open_choose_worker,
    "PrintPreview": open_preview,
    "KeepViewDialog": of_cases("_on_keep_asked"),
    "ExportDialog": of_cases("_on_export_clicked"),
    "AllocateSeveralDialog": of_cases("_on_allocate_several_asked"),
}

BY_ARROWS = {"Palette"}
"""Where Tab does something of its own: in the palette it offers what can be done for the row; arrows move, Esc closes."""


@pytest.mark.parametrize("name", ALONE)
def test_a_dialog_is_there_for_everyone(desk, qtbot, themed, name):
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(*SIZE)
    room.show()
    qtbot.waitActive(room)
    ALONE[name](room, desk, qtbot)
    _walk_dialog(room, qtbot, themed, name)


@pytest.mark.parametrize("name", FROM_A_PAGE)
def test_a_dialog_of_a_page_is_there_for_everyone(window, desk, qtbot, themed, name):
    FROM_A_PAGE[name](window, desk, qtbot)
    _walk_dialog(window, qtbot, themed, name)


def _walk_dialog(window: QWidget, qtbot, themed, name: str) -> None:
    dialog = next(found for found in window.findChildren(QDialog) if found.isVisible())
    assert type(dialog).__name__ == name
    walk(qtbot, themed, dialog, (*DRAWN, sideways) if isinstance(dialog, Question) else DRAWN, name not in BY_ARROWS)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not _is_alive_and_visible(window, name))


def _is_alive_and_visible(window: QWidget, name: str) -> bool:
    return any(found.isVisible() for found in window.findChildren(QDialog) if type(found).__name__ == name)


def test_every_dialog_there_is_is_walked_through():
    for module in pkgutil.walk_packages(planner.ui.__path__, "planner.ui."):
        importlib.import_module(module.name)
    there = {kind.__name__ for kind in _kinds(QDialog) if kind.__module__.startswith("planner.") and not _kinds_below(kind)}
    assert there == {*ALONE, *FROM_A_PAGE}


def _kinds(kind: type) -> set[type]:
    return {kind, *(below for child in kind.__subclasses__() for below in _kinds(child))}


def _kinds_below(kind: type) -> bool:
    return any(below.__module__.startswith("planner.") for below in kind.__subclasses__())
