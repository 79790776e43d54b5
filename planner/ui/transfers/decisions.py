"""What the buttons and keys of the Transfers page do for the rows chosen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from planner.actions.checklists import tick_items
from planner.actions.closing import withdraw_closing
from planner.actions.transfers import withdraw_transfer
from planner.core.closing import ReadyToClose
from planner.core.hand_back import HandBack
from planner.core.transfers import END_OF_CONTRACT, PLANNED, ToMove
from planner.ui.dialogs.close_case import AuthoriseClosingDialog, SendBackClosingDialog
from planner.ui.dialogs.decide_transfer import AcceptTransferDialog, ReturnTransferDialog
from planner.ui.dialogs.plan_transfer import PlanTransferDialog
from planner.ui.dialogs.question import discreet

if TYPE_CHECKING:
    from planner.ui.desk import Desk

Rows = Sequence[Any]
KEYS = {"a": "accept", "r": "return", "p": "plan", "c": "close", "b": "back"}
"""The letter of each decision, in a list."""
CHOOSE = "Choose a row in the list first."


def decide(desk: "Desk", key: str, rows: Rows, window: QWidget) -> None:
    """Do what a button says for the rows chosen, or say why it cannot be done."""
    refusal = desk.reason_not_to_edit() or ("" if rows else CHOOSE)
    if refusal:
        desk.failed.emit(refusal)
        return
    _DECISIONS[key](desk, rows, window)


def tick(desk: "Desk", row: Any, item: str, is_done: bool) -> None:
    """Tick an item of a row's checklist, or take the tick back."""
    about = _checked(row)
    words = discreet(row.case.child)
    said = f"{item}: {'done' if is_done else 'not done'} for {words}"
    desk.perform(
        f"{'Tick' if is_done else 'Untick'} “{item}” for {words}", tick_items, about, [item], is_done, desk.today, said=said
    )


def _checked(row: Any) -> str:
    """The id of the transfer or closing whose checklist a row shows."""
    transfer = getattr(row, "transfer", None)
    closing = _closing_of(row)
    return transfer.id if transfer is not None else closing.closing.id if closing is not None else ""


def _accept(desk: "Desk", rows: Rows, window: QWidget) -> None:
    """All rows chosen that go to the same place; others would need a worker of their own."""
    planned = [row.transfer for row in rows if isinstance(row, ToMove) and row.state == PLANNED and row.transfer is not None]
    if not planned:
        desk.failed.emit("No transfer is planned here yet. Plan it first.")
    elif len({(one.to_team_id, one.to_outside) for one in planned}) > 1:
        desk.failed.emit("These go to different teams. Choose those of one team, then accept them together.")
    else:
        AcceptTransferDialog(desk, [one.id for one in planned], window).show_up()


def _return(desk: "Desk", rows: Rows, window: QWidget) -> None:
    row = rows[0]
    if isinstance(row, ToMove) and row.state == PLANNED and row.transfer is not None:
        ReturnTransferDialog(desk, row.transfer.id, window).show_up()
    else:
        desk.failed.emit("Only a transfer that is planned can be returned.")


def _plan(desk: "Desk", rows: Rows, window: QWidget) -> None:
    """Plan a transfer for the rows chosen, or change the one that the row has."""
    row = rows[0]
    transfer = row.transfer if isinstance(row, HandBack) or getattr(row, "state", "") == PLANNED else None
    point = row.point if isinstance(row, ToMove) else END_OF_CONTRACT if isinstance(row, HandBack) else ""
    others = [one.case.child.id for one in rows[1:]] if transfer is None else []
    transfer_id = transfer.id if transfer is not None else ""
    PlanTransferDialog(desk, row.case.child.id, transfer_id, point, others, parent=window).show_up()


def _withdraw(desk: "Desk", rows: Rows, window: QWidget) -> None:
    transfer, words = rows[0].transfer, discreet(rows[0].case.child)
    desk.perform(f"Withdraw the transfer of {words}", withdraw_transfer, transfer.id, said=f"{words} does not move")


def _close(desk: "Desk", rows: Rows, window: QWidget) -> None:
    ready = [_closing_of(row) for row in rows]
    closings = [row.closing.id for row in ready if row is not None]
    if closings:
        AuthoriseClosingDialog(desk, closings, window).show_up()
    else:
        desk.failed.emit("This case is not marked ready to close.")


def _send_back(desk: "Desk", rows: Rows, window: QWidget) -> None:
    ready = _closing_of(rows[0])
    if ready is not None:
        SendBackClosingDialog(desk, ready.closing.id, window).show_up()
    else:
        desk.failed.emit("Only a case marked ready to close can be sent back.")


def _unready(desk: "Desk", rows: Rows, window: QWidget) -> None:
    ready = _closing_of(rows[0])
    if ready is not None:
        words = discreet(ready.case.child)
        desk.perform(f"{words} is not ready to close", withdraw_closing, ready.closing.id, said=f"{words} stays open")


def _closing_of(row: Any) -> ReadyToClose | None:
    return row if isinstance(row, ReadyToClose) else row.closing if isinstance(row, HandBack) else None


_DECISIONS = {
    "accept": _accept,
    "return": _return,
    "plan": _plan,
    "change": _plan,
    "withdraw": _withdraw,
    "close": _close,
    "back": _send_back,
    "unready": _unready,
}
