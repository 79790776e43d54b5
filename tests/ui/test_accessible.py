"""Every dialog, walked through for whoever reads large, points badly, types or listens."""

import importlib
import pkgutil
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

import planner.ui
from planner.actions.closing import mark_ready
from planner.actions.import_ledger import PreviewRow
from planner.actions.paper_sheets import number_sheet
from planner.actions.transfers import plan_transfers
from planner.actions.visits import plan_visit
from planner.core.flow_records import Referral
from planner.core.intake_given import NOBODY, Given
from planner.core.paper_sheets import TRANSFERS, chase_lines
from planner.core.records import Event, Placement, PolicyInForce, Record, Sighting, Story, Visit
from planner.core.saved_views import SavedView
from planner.ui.allocate.choose_worker import ChooseWorkerDialog
from planner.ui.case_tools import RenameViewDialog
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
from planner.ui.dialogs.correct_cell import CorrectCellDialog
from planner.ui.dialogs.decide_transfer import AcceptTransferDialog, ReturnTransferDialog
from planner.ui.dialogs.export_tables import ExportTablesDialog
from planner.ui.dialogs.extra_work import ExtraWorkDialog
from planner.ui.dialogs.find_child import FindChildDialog
from planner.ui.dialogs.give_out import GiveOutDialog
from planner.ui.dialogs.give_reference import GiveReferenceDialog
from planner.ui.dialogs.handover import HandoverDialog
from planner.ui.dialogs.holidays import HolidaysDialog
from planner.ui.dialogs.intake_week import ContractCapDialog, IntakeWeekDialog
from planner.ui.dialogs.kpi_targets import KpiTargetsDialog
from planner.ui.dialogs.leave import LeaveDialog
from planner.ui.dialogs.may_hold import MayHoldDialog
from planner.ui.dialogs.meanwhile import MeanwhileDialog
from planner.ui.dialogs.names import NamesDialog
from planner.ui.dialogs.own_rule import OwnRuleDialog
from planner.ui.dialogs.passphrase import PassphraseDialog
from planner.ui.dialogs.person import PersonDialog
from planner.ui.dialogs.policy_choice import EndPolicyDialog, ImportPolicyDialog, PolicyDialog
from planner.ui.dialogs.question import Question
from planner.ui.dialogs.recovery_code import RecoveryCodeDialog
from planner.ui.dialogs.reduction import ReductionDialog
from planner.ui.dialogs.return_referrals import ReturnDialog
from planner.ui.dialogs.scheme_choice import SchemeDialog
from planner.ui.dialogs.scheme_edit import SchemeEditDialog
from planner.ui.dialogs.school_dates import SchoolDatesDialog
from planner.ui.dialogs.team import TeamDialog
from planner.ui.dialogs.transfer_point import TransferPointDialog
from planner.ui.dialogs.type_back import TypeBackDialog
from planner.ui.dialogs.type_sheet import TypeSheetDialog
from planner.ui.dialogs.week_returned import WeekReturnedDialog
from planner.ui.dialogs.worker import WorkerDialog
from planner.ui.fault_dialog import FaultDialog
from planner.ui.screens import SCREENS
from tests.helpers.accessible import sideways
from tests.helpers.people import NOW
from tests.helpers.walk import DRAWN, SIZE, walk

POLICY = 'title = "Local visits"\n[[rule]]\nid = "CP-VISIT"\nevery = "10 working days"\n'


@pytest.fixture
def window(desk, window_on):
    """The window with every page there is, opened on one of few parts: every part there is takes its time in each look."""
    return window_on(desk, first="cases")


def _place(name: str) -> int:
    return next(number for number, screen in enumerate(SCREENS) if screen.name == name)


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


def open_type_back(window, desk, qtbot) -> None:
    """Type the transfer sheet back."""
    lines = (f"{late_child(desk)} - first core group",)
    desk.workspace.perform("Number", number_sheet, TRANSFERS, "", desk.today, lines).result()
    TypeBackDialog(desk, window).show_up()


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


def open_own_rule(window, desk, qtbot) -> None:
    """Change the rule of visits on a child protection plan."""
    rules = desk.outlook.policy(desk.outlook.teams[0].id).in_force(desk.outlook.on)
    OwnRuleDialog(desk, next(rule for rule in rules if rule.id == "CP-VISIT"), window).show_up()


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
    from planner.ui.dialogs.print_preview import print_report

    report, options = window.workbench.printable()
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


def open_placement(window, desk, qtbot) -> None:
    """Say what the placement of a child is, with the day that belongs to it."""
    home = Placement(id="home", child_id=late_child(desk), type="U3", start=desk.today, regulation_24=True)
    desk.perform("Place", lambda step: step.put(home))
    qtbot.waitUntil(lambda: desk.workspace.snapshot.find(Placement, "home") is not None, timeout=10_000)
    task("placement")(window, desk, qtbot)


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
    "NamesDialog": of_desk(NamesDialog),
    "PersonDialog": of_desk(PersonDialog),
    "TeamDialog": of_desk(TeamDialog),
    "HolidaysDialog": of_desk(HolidaysDialog),
    "MeanwhileDialog": lambda window, desk, qtbot: MeanwhileDialog(desk, desk.outlook.waiting[0].case.child.id, window).show_up(),
    "TypeBackDialog": open_type_back,
    "LogVisitDialog": task("log"),
    "PlanVisitDialog": task("plan"),
    "AllocateDialog": lambda window, desk, qtbot: AllocateDialog(desk, late_child(desk), window).show_up(),
    "EndAllocationDialog": task("end"),
    "StoryDialog": task("story"),
    "SuspendDialog": task("suspend"),
    "OwnFrequencyDialog": task("frequency"),
    "PlacementTermsDialog": open_placement,
    "AtSchoolDialog": task("school"),
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
    "OwnRuleDialog": open_own_rule,
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
    "CorrectCellDialog": lambda window, desk, qtbot: CorrectCellDialog(
        desk, PreviewRow("refused", "cell", "", "List 7, row 4", "Date", "30/02/2026", cell="cell:List 7:4:D"), print, window
    ).show_up(),
    "ContractCapDialog": of_desk(ContractCapDialog),
    "KpiTargetsDialog": of_desk(KpiTargetsDialog),
    "GiveOutDialog": lambda window, desk, qtbot: GiveOutDialog(
        desk, [Given(row, None, NOBODY) for row in desk.outlook.came_in[:3] if row.child], desk.outlook.workers, window
    ).show_up(),
    "TakeBackDialog": lambda window, desk, qtbot: TakeBackDialog(desk, ["0" * 32], "C10432 – A.B.", window).show_up(),
    "ChangeReferralDialog": lambda window, desk, qtbot: ChangeReferralDialog(
        desk, Referral(id="0", initials="A.B."), "C10432 – A.B.", [Referral(id="1")], window
    ).show_up(),
    "ReturnDialog": lambda window, desk, qtbot: ReturnDialog(desk, ["0" * 32], "C10432 – A.B.", window).show_up(),
    "RenameViewDialog": lambda window, desk, qtbot: RenameViewDialog(desk, SavedView("0", "cases", "Late"), window).show_up(),
    "FaultDialog": lambda window, desk, qtbot: FaultDialog("at planner.core.rules, line 12", window).open(),
}
"""How each dialog is opened that needs no page beneath it. A new dialog needs a line here or below."""

FROM_A_PAGE: dict[str, Callable] = {
    "HelpDialog": action("help"),
    "KeysDialog": action("keys"),
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
    qtbot.waitUntil(room.isActiveWindow)
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
