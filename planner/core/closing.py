"""Cases ready to close: what of the checklist is open, how long they have been stuck, and with whom."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.core.checklists import Item, items_of, open_items
from planner.core.codes import PLANS
from planner.core.flow_records import Closing
from planner.core.outlook_rows import OpenCase
from planner.core.records import Case, PlanSpell, Worker
from planner.core.snapshot import Snapshot

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

READY, AUTHORISED, SENT_BACK, WITHDRAWN = "ready", "authorised", "sent back", "withdrawn"
AFTER_ASSESSMENT = frozenset({"RC8", "RC9"})
"""Reasons for a case closed straight after its assessment: one that never came to a plan."""


@dataclass(frozen=True, slots=True)
class ReadyToClose:
    """A case marked ready to close, with its checklist; stuck for `working_days`, for as long as nobody closed it."""

    case: OpenCase
    closing: Closing
    items: tuple[Item, ...]
    working_days: int

    @property
    def open_items(self) -> tuple[str, ...]:
        """What of its checklist is not done."""
        return open_items(self.items)


@dataclass(frozen=True, slots=True)
class Stuck:
    """What of one worker's is ready to close and not closed; None is nobody's. `longest` is in working days."""

    worker: Worker | None
    rows: tuple[ReadyToClose, ...]

    @property
    def longest(self) -> int:
        """The most working days one of them has been stuck."""
        return max(row.working_days for row in self.rows)


def ready_to_close(outlook: "Outlook") -> tuple[ReadyToClose, ...]:
    """Every case marked ready on the day looked at, longest stuck first."""
    rows = []
    for case in outlook.cases:
        closing = closing_of(outlook.snapshot, case.case.id, outlook.on, as_past=outlook.is_past)
        if closing is not None:
            since = closing.ready_on or outlook.on
            items = items_of(outlook.snapshot, closing.id, closing.checklist, outlook.on)
            rows.append(ReadyToClose(case, closing, items, outlook.calendar.between(since, outlook.on)))
    return tuple(sorted(rows, key=lambda row: (-row.working_days, row.case.child.reference)))


def closures_to_authorise(outlook: "Outlook") -> tuple[ReadyToClose, ...]:
    """What waits for the manager: all that is ready to close, that with nothing open first, then longest waiting."""
    return tuple(sorted(outlook.ready_to_close, key=lambda row: (bool(row.open_items), -row.working_days)))


def stuck_by_worker(outlook: "Outlook") -> tuple[Stuck, ...]:
    """The cases ready to close of each worker, the one with the longest stuck first."""
    groups: dict[str, list[ReadyToClose]] = {}
    for row in outlook.ready_to_close:
        groups.setdefault(row.case.worker.id if row.case.worker is not None else "", []).append(row)
    stuck = [Stuck(rows[0].case.worker, tuple(rows)) for rows in groups.values()]
    return tuple(sorted(stuck, key=lambda one: (-one.longest, one.worker.name if one.worker is not None else "~")))


def closing_of(snapshot: Snapshot, case_id: str, on: date, *, as_past: bool = False) -> Closing | None:
    """The closing that waits for a decision; `as_past` takes one decided after the day for one that still waits on it."""
    for closing in reversed(snapshot.by(Closing, "case_id", case_id)):
        decided_later = as_past and closing.decided_on is not None and closing.decided_on > on
        if (closing.status == READY or decided_later) and (closing.ready_on is None or closing.ready_on <= on):
            return closing
    return None


def sent_back(snapshot: Snapshot, case_id: str) -> Closing | None:
    """The last closing of a case where the manager sent it back; None where it was not, or is ready again."""
    known = snapshot.by(Closing, "case_id", case_id)
    return known[-1] if known and known[-1].status == SENT_BACK else None


def against_reason(snapshot: Snapshot, case: Case, code: str, on: date) -> str:
    """Why a closure reason does not fit the course of a case, as a sentence; empty where it does."""
    since = case.received_on or date.min
    spells = snapshot.by(PlanSpell, "child_id", case.child_id)
    known = [one for one in spells if (one.end is None or one.end > since) and (one.start or date.min) <= on]
    plans = [PLANS.get(one.plan, one.plan).lower() for one in known if one.plan != "assessment"]
    if code in AFTER_ASSESSMENT and plans:
        return f"{code} is for a case closed straight after its assessment, and this child was on a plan: {plans[-1]}."
    return ""
