"""What can be done for one child, by name: the same tasks stand in the drawer, in the menu of a row and elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.core.closing import closing_of
from planner.core.intake import is_provisional
from planner.core.placement_terms import placement_on, terms_open_to
from planner.core.records import Child, Transfer
from planner.ui.clipboard import copy_text

if TYPE_CHECKING:
    from planner.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: its key, its words, and the call that does it or says why it cannot be done."""

    key: str
    title: str
    run: Callable[[], None]


def child_tasks(desk: "Desk", child_id: str, window: QWidget) -> tuple[Task, ...]:
    """The tasks for a child, the commonest first; dialogs open over `window`."""
    lead = desk.workspace.snapshot.lead(child_id, desk.on)
    tasks = [
        Task("log", "Log a visit", lambda: _log(desk, child_id, window)),
        Task("plan", "Plan visit", lambda: _plan(desk, child_id, window)),
        Task("allocate", "Change worker" if lead else "Allocate", lambda: _allocate(desk, child_id, window)),
    ]
    tasks.append(Task("compare", "Compare on Allocate", lambda: _compare(desk, child_id)))
    if lead is None and desk.workspace.snapshot.case(child_id, desk.on) is not None:
        tasks.append(Task("meanwhile", "Say who holds meanwhile", lambda: _meanwhile(desk, child_id, window)))
    if desk.workspace.snapshot.holders(child_id, desk.on):
        tasks.append(Task("end", "End an allocation", lambda: _end(desk, child_id, window)))
    tasks += [
        Task("story", "Say why it is late", lambda: _story(desk, child_id, window)),
        Task("frequency", "Say how often to visit", lambda: _frequency(desk, child_id, window)),
        Task("suspend", "Suspend a rule", lambda: _suspend(desk, child_id, window)),
    ]
    placement = placement_on(desk.workspace.snapshot, child_id, desk.on)
    if placement is not None and terms_open_to(placement.type):
        tasks.append(Task("placement", "Say what the placement is", lambda: _placement(desk, child_id, window)))
    tasks += [
        Task("school", "Say whether at school", lambda: _school(desk, child_id, window)),
        Task(
            "transfer",
            "Change the transfer" if _planned(desk, child_id) else "Plan a transfer",
            lambda: _transfer(desk, child_id, window),
        ),
        Task("close", "Close the case" if _closing(desk, child_id) else "Ready to close", lambda: _close(desk, child_id, window)),
    ]
    child = desk.workspace.snapshot.find(Child, child_id)
    if child is not None and is_provisional(child.reference):
        tasks.append(Task("reference", "Give the reference", lambda: _give_reference(desk, child_id, window)))
    tasks += decision_tasks(desk, child_id, window)
    tasks.append(Task("print", "Print", lambda: _print(desk, child_id)))
    return (*tasks, Task("copy", "Copy the reference", lambda: _copy(desk, child_id)))


def decision_tasks(desk: "Desk", child_id: str, window: QWidget) -> list[Task]:
    """What the manager can decide for the child just now."""
    from planner.ui.decision_tasks import decisions_for

    return [Task(one.key, one.title, one.run) for one in decisions_for(desk, child_id, window)]


def _may_edit(desk: "Desk", child_id: str) -> bool:
    """Whether the plan can be changed now, and the child has an open case; if not, say why."""
    refusal = desk.reason_not_to_edit()
    if not refusal and desk.workspace.snapshot.case(child_id, desk.on) is None:
        refusal = "This child has no open case on the day looked at. Receive the child again first."
    if refusal:
        desk.failed.emit(refusal)
    return not refusal


def _log(desk: "Desk", child_id: str, window: QWidget) -> None:
    from planner.ui.dialogs.log_visit import LogVisitDialog

    if _may_edit(desk, child_id):
        LogVisitDialog(desk, child_id, parent=window).show_up()


def _plan(desk: "Desk", child_id: str, window: QWidget) -> None:
    from planner.ui.dialogs.plan_visit import PlanVisitDialog

    if _may_edit(desk, child_id):
        PlanVisitDialog(desk, child_id, window).show_up()


def _allocate(desk: "Desk", child_id: str, window: QWidget) -> None:
    from planner.ui.dialogs.allocate import AllocateDialog

    if _may_edit(desk, child_id):
        AllocateDialog(desk, child_id, window).show_up()


def _meanwhile(desk: "Desk", child_id: str, window: QWidget) -> None:
    from planner.ui.dialogs.meanwhile import MeanwhileDialog

    if _may_edit(desk, child_id):
        MeanwhileDialog(desk, child_id, window).show_up()


def _compare(desk: "Desk", child_id: str) -> None:
    if _may_edit(desk, child_id):
        desk.allocate_child(child_id)


def _end(desk: "Desk", child_id: str, window: QWidget) -> None:
    from planner.ui.dialogs.end_allocation import EndAllocationDialog

    if _may_edit(desk, child_id):
        EndAllocationDialog(desk, child_id, window).show_up()


def _story(desk: "Desk", child_id: str, window: QWidget) -> None:
    from planner.ui.dialogs.story import StoryDialog, overdue

    if not _may_edit(desk, child_id):
        return
    if overdue(desk, child_id):
        StoryDialog(desk, child_id, window).show_up()
    else:
        desk.failed.emit("Nothing is overdue for this child, so there is no story to write.")


def _frequency(desk: "Desk", child_id: str, window: QWidget) -> None:
    from planner.ui.dialogs.own_frequency import OwnFrequencyDialog, visit_rules

    if not _may_edit(desk, child_id):
        return
    if visit_rules(desk, child_id):
        OwnFrequencyDialog(desk, child_id, window).show_up()
    else:
        desk.failed.emit("No visit is owed to this child under a rule, so there is none to set.")


def _suspend(desk: "Desk", child_id: str, window: QWidget) -> None:
    from planner.ui.dialogs.suspend import SuspendDialog

    if _may_edit(desk, child_id):
        SuspendDialog(desk, child_id, window).show_up()


def _placement(desk: "Desk", child_id: str, window: QWidget) -> None:
    from planner.ui.dialogs.placement_terms import PlacementTermsDialog

    if _may_edit(desk, child_id):
        PlacementTermsDialog(desk, child_id, window).show_up()


def _school(desk: "Desk", child_id: str, window: QWidget) -> None:
    from planner.ui.dialogs.at_school import AtSchoolDialog

    if _may_edit(desk, child_id):
        AtSchoolDialog(desk, child_id, window).show_up()


def _planned(desk: "Desk", child_id: str) -> str:
    """The id of the child's planned transfer, or an empty string."""
    planned = [one.id for one in desk.workspace.snapshot.by(Transfer, "child_id", child_id) if one.status == "planned"]
    return planned[-1] if planned else ""


def _closing(desk: "Desk", child_id: str) -> str:
    """The id of the closing that waits for the manager, or an empty string."""
    case = desk.workspace.snapshot.case(child_id, desk.on)
    closing = closing_of(desk.workspace.snapshot, case.id, desk.today) if case is not None else None
    return closing.id if closing is not None else ""


def _transfer(desk: "Desk", child_id: str, window: QWidget) -> None:
    from planner.ui.dialogs.plan_transfer import PlanTransferDialog

    if _may_edit(desk, child_id):
        PlanTransferDialog(desk, child_id, _planned(desk, child_id), parent=window).show_up()


def _close(desk: "Desk", child_id: str, window: QWidget) -> None:
    """Mark the case ready to close; one that is ready already is for the manager to close."""
    from planner.ui.dialogs.close_case import AuthoriseClosingDialog, ReadyToCloseDialog

    if not _may_edit(desk, child_id):
        return
    closing = _closing(desk, child_id)
    dialog = AuthoriseClosingDialog(desk, (closing,), window) if closing else ReadyToCloseDialog(desk, child_id, window)
    dialog.show_up()


def _give_reference(desk: "Desk", child_id: str, window: QWidget) -> None:
    from planner.ui.dialogs.give_reference import GiveReferenceDialog

    if _may_edit(desk, child_id):
        GiveReferenceDialog(desk, child_id, window).show_up()


def _print(desk: "Desk", child_id: str) -> None:
    from planner.reports.case_summary import CASE_SUMMARY
    from planner.reports.report import SheetOptions

    if desk.outlook is None or desk.outlook.case_of(child_id) is None:
        desk.failed.emit("This child has no open case in the teams looked at, so there is no summary to print.")
    else:
        desk.print_report(CASE_SUMMARY, SheetOptions(child_id=child_id))


def _copy(desk: "Desk", child_id: str) -> None:
    child = desk.workspace.snapshot.find(Child, child_id)
    if child is not None:
        copy_text(child.reference)
