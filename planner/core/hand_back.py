"""The hand-back plan: every case still open at a contract's end, where each is to go, in which week, and what is missing."""

from dataclasses import dataclass
from datetime import date

from planner.core.checklists import Item, items_of, open_items
from planner.core.closing import ReadyToClose
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.phrases import lower_first
from planner.core.recording import is_unrecorded
from planner.core.records import Transfer
from planner.core.snapshot import Snapshot
from planner.core.transfers import END_OF_CONTRACT, destination, is_of_this_work, is_planned, week_of
from planner.core.workspace_settings import CONTRACT_ENDS_ON

TO_CLOSE = "to close"


@dataclass(frozen=True, slots=True)
class HandBack:
    """An open case: its transfer out or its closing, where it goes (empty: not said), on which day, and what is missing.

    `items` are those of the transfer's checklist, or of the closing's.
    """

    case: OpenCase
    transfer: Transfer | None
    closing: ReadyToClose | None
    to: str
    on: date | None
    missing: tuple[str, ...]
    items: tuple[Item, ...] = ()

    @property
    def week_on(self) -> date | None:
        """The Monday of the week in which it goes."""
        return week_of(self.on)


def contract_ends_on(snapshot: Snapshot) -> date | None:
    """The last day of the contract, None where it is not set."""
    text = snapshot.setting(CONTRACT_ENDS_ON)
    return date.fromisoformat(text) if text else None


def hand_back(outlook: Outlook, ends_on: date) -> tuple[HandBack, ...]:
    """Every case open on the day looked at; those with no way out yet first, then by day, then by the child's reference."""
    closing = {row.case.child.id: row for row in outlook.ready_to_close}
    rows = [_row(outlook, case, closing.get(case.child.id), ends_on) for case in outlook.cases]
    return tuple(sorted(rows, key=lambda row: (bool(row.to), row.on or date.max, row.case.child.reference)))


def _row(outlook: Outlook, case: OpenCase, closing: ReadyToClose | None, ends_on: date) -> HandBack:
    transfer = _way_out(outlook, case)
    items: tuple[Item, ...] = ()
    to, day = "", None
    if transfer is not None:
        to, day = destination(outlook.snapshot, transfer), transfer.planned_on
        items = items_of(outlook.snapshot, transfer.id, transfer.checklist, outlook.on, transfer.done)
    elif closing is not None:
        to, items = TO_CLOSE, closing.items
    undone = [lower_first(item) for item in open_items(items)]
    missing = (*_not_settled(to, day, ends_on), *undone, *_not_up_to_date(outlook, case))
    return HandBack(case, transfer, closing, to, day, missing, items)


def _way_out(outlook: Outlook, case: OpenCase) -> Transfer | None:
    """The transfer that takes the child out of these teams: the one at the end of the contract, or another to outside."""
    known = [one for one in outlook.snapshot.by(Transfer, "child_id", case.child.id) if is_of_this_work(one, case)]
    leaving = [one for one in known if is_planned(outlook, one)]
    leaving = [one for one in leaving if one.point == END_OF_CONTRACT or (one.to_outside and not one.to_team_id)]
    return leaving[-1] if leaving else None


def _not_settled(to: str, day: date | None, ends_on: date) -> list[str]:
    if not to:
        return ["where to"]
    if to == TO_CLOSE:
        return []
    return ["a day"] if day is None else ["planned after the contract ends"] if day > ends_on else []


def _not_up_to_date(outlook: Outlook, case: OpenCase) -> list[str]:
    """What of the child's own work is not as it should be handed over."""
    found = []
    if case.next_visit is not None and case.next_visit.state == "overdue":
        found.append("a visit is overdue")
    unrecorded = sum(is_unrecorded(visit) for visit, _ in outlook.snapshot.visits_of(case.child.id))
    if unrecorded:
        found.append(f"{unrecorded} visit{'' if unrecorded == 1 else 's'} not in the case system")
    return found
