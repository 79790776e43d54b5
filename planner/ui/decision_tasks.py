"""What the manager can decide for a child just now, as tasks: the same in Today's queue, the drawer and the menus of rows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.decisions import carry_story
from planner.core.closing import ReadyToClose
from planner.core.manager_checks import CheckDue
from planner.core.manager_queue import ToDecide, ToSign, is_for, sent_to_manager_on
from planner.core.stories import Told
from planner.core.tried_visits import TriedTwice
from planner.ui.dialogs.agree_story import AgreeStoryDialog
from planner.ui.dialogs.assessment_day import CheckAssessmentDialog, SendAssessmentDialog
from planner.ui.dialogs.decide_tries import DecideTriesDialog
from planner.ui.dialogs.question import discreet
from planner.ui.dialogs.sign_assessment import SignAssessmentDialog
from planner.ui.dialogs.story import StoryDialog
from planner.ui.transfers import decisions as transfers

if TYPE_CHECKING:
    from planner.ui.desk import Desk

TITLES = {
    "tries": "Decide on failed visits",
    "sign": "Sign the assessment",
    "transfer": "Accept the transfer",
    "story": "Agree the story",
    "check": "Record a manager's check",
}
"""What can be decided, by the kind of what waits; closing has its own task among those of every child."""
OTHERWISE = (("transfer", "return", "Return the transfer"), ("closing", "back", "Send the closing back"))
"""What else can be decided of a kind: the key it goes by on the Transfers page, and its words."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """One decision to be offered: its key, its words, and what opens it over a window."""

    key: str
    title: str
    run: Callable[[], None]


def decide(desk: "Desk", row: ToDecide, window: QWidget) -> None:
    """Open the question that one row of the queue asks, or say why nothing can be decided now."""
    refusal = desk.reason_not_to_edit()
    if not refusal and not is_for(desk.workspace.person, row):
        refusal = "This is for the manager of the child's team to decide."
    if refusal:
        desk.failed.emit(refusal)
        return
    about = row.about
    if isinstance(about, TriedTwice):
        DecideTriesDialog(desk, about, window).show_up()
    elif isinstance(about, ToSign):
        SignAssessmentDialog(desk, about, window).show_up()
    elif isinstance(about, Told):
        AgreeStoryDialog(desk, about, window).show_up()
    elif isinstance(about, CheckDue):
        CheckAssessmentDialog(desk, row.case.child.id, about, window).show_up()
    else:
        transfers.decide(desk, "close" if isinstance(about, ReadyToClose) else "accept", [about], window)


def decisions_for(desk: "Desk", child_id: str, window: QWidget) -> tuple[Deciding, ...]:
    """What waits for the manager about a child, then what may be said of the child's assessment and stories."""
    outlook = desk.outlook
    case = outlook.case_of(child_id) if outlook is not None else None
    if outlook is None or case is None:
        return ()
    rows = {row.kind: row for row in reversed(outlook.manager_queue) if row.case.child.id == child_id}
    found = [
        Deciding(f"decide {kind}", title, partial(decide, desk, rows[kind], window))
        for kind, title in TITLES.items()
        if kind in rows
    ]
    for kind, key, title in OTHERWISE:
        if kind in rows:
            found.append(Deciding(key, title, partial(transfers.decide, desk, key, [rows[kind].about], window)))
    if any(spell.plan == "assessment" for spell in case.plans) and sent_to_manager_on(outlook, case) is None:
        found.append(Deciding("send", "Assessment sent to the manager", lambda: _send(desk, child_id, window)))
        if "check" not in rows:
            found.append(Deciding("decide check", TITLES["check"], lambda: _check(desk, child_id, window)))
    old = [told for told in outlook.told_stories if told.case.child.id == child_id and told.story.written_on != outlook.today]
    if old and not old[0].is_promise_past:
        found.append(Deciding("carry", "Carry the story on", lambda: carry(desk, old[0])))
    return tuple(found)


def carry(desk: "Desk", told: Told) -> None:
    """Carry a story on as it is."""
    words = discreet(told.case.child)
    desk.perform(f"Carry on the story of {words}", carry_story, told.obligation.id, said=f"Carried on the story of {words}")


def carry_or_tell(desk: "Desk", told: Told, window: QWidget) -> None:
    """Open the story with its words put in, so that it is carried on with another day, or told anew."""
    if not _is_refused(desk):
        dialog = StoryDialog(desk, told.case.child.id, window)
        dialog.duty.choose(told.obligation.id)
        dialog.show_up()


def _send(desk: "Desk", child_id: str, window: QWidget) -> None:
    if not _is_refused(desk):
        SendAssessmentDialog(desk, child_id, window).show_up()


def _check(desk: "Desk", child_id: str, window: QWidget) -> None:
    if not _is_refused(desk):
        CheckAssessmentDialog(desk, child_id, parent=window).show_up()


def _is_refused(desk: "Desk") -> bool:
    refusal = desk.reason_not_to_edit()
    if refusal:
        desk.failed.emit(refusal)
    return bool(refusal)
