"""How a child's work leaves, in a sentence or two: for the drawer."""

from typing import TYPE_CHECKING

from planner.core.closing import sent_back
from planner.core.date_words import plain_date
from planner.core.outlook_rows import OpenCase
from planner.core.transfers import RETURNED, TO_PLAN, ToMove
from planner.ui.transfers.rows import done_words, to_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook


def leaving_words(outlook: "Outlook", case: OpenCase) -> str:
    """The transfer planned, returned or still to plan; that the case is ready to close, or was sent back. Else nothing."""
    moving = [_move_words(outlook, row) for row in outlook.to_move if row.case.child.id == case.child.id]
    return " ".join([*moving, *_closing_words(outlook, case)])


def _move_words(outlook: "Outlook", row: ToMove) -> str:
    day = plain_date(row.by) if row.by is not None else "no day"
    if row.state == TO_PLAN:
        return f"To move at {row.point} by {day}; no transfer is planned."
    if row.state == RETURNED and row.transfer is not None:
        return f"Transfer at {row.point} returned: {row.transfer.reason}."
    done = f"; {done_words(row.items)} done" if row.items else ""
    return f"Moves at {row.point} on {day} to {to_words(outlook, row)}{done}."


def _closing_words(outlook: "Outlook", case: OpenCase) -> list[str]:
    ready = next((row for row in outlook.ready_to_close if row.case.child.id == case.child.id), None)
    if ready is not None:
        since = plain_date(ready.closing.ready_on) if ready.closing.ready_on is not None else "an unknown day"
        return [f"Ready to close since {since}; {done_words(ready.items)} done."]
    refused = sent_back(outlook.snapshot, case.case.id)
    if refused is not None and refused.decided_on is not None and refused.decided_on <= outlook.on:
        return [f"Not to be closed yet, since {plain_date(refused.decided_on)}: {refused.reason}."]
    return []
