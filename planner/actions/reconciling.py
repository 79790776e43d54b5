"""The case system beside the plan: where today's export and what is held here differ, line by line, and by kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from planner.actions.import_ledger import PreviewRow, is_of
from planner.actions.imports import Preview
from planner.core.date_words import list_date, plain_date
from planner.core.found import Found
from planner.core.outlook import Outlook
from planner.core.recording import TOOK_PLACE, is_unrecorded
from planner.core.records import Child, Sighting, Visit
from planner.core.sources import TRACKER, held_by, holds_history

NEW, CLOSED, MOVED, WORKER, PLAN, VISIT_THERE, VISIT_CHANGED, MEETING, DETAIL = (
    "new",
    "closed",
    "moved",
    "worker",
    "plan",
    "visit there",
    "visit changed",
    "meeting",
    "detail",
)
VISIT_HERE, HERE, GONE, DUE = "visit here", "here", "gone", "due"
KINDS = {
    NEW: "New in the case system",
    CLOSED: "Closed in the case system",
    MOVED: "In another team",
    WORKER: "Another worker",
    PLAN: "Plans, status and placements",
    VISIT_THERE: "Visits there and not here",
    VISIT_CHANGED: "Visits recorded or corrected",
    MEETING: "Meetings and assessments",
    DETAIL: "Other details",
    VISIT_HERE: "Visits here and not there",
    HERE: "Decided otherwise here",
    GONE: "Here and not there",
    DUE: "Another next date due",
}
"""Every kind of difference, in the order in which they are gone through."""
TO_TYPE = frozenset((VISIT_HERE, HERE))
"""Kinds that are put right in the case system, not here."""

ENDED_ON = "ended on"
_BY_WHAT = {"visit": VISIT_THERE, "allocation": WORKER, "plan": PLAN, "legal status": PLAN, "placement": PLAN, "event": MEETING}
_BY_CODE = {
    "closed-here": HERE,
    "allocated-here": HERE,
    "ended-here": HERE,
    "seen-otherwise": HERE,
    "visit-gone": GONE,
    "not-in-source": GONE,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which the two differ: what is so `here` and what `there`, in words; `about` is a reference or a name.

    `put` is what accepting it would write, with an empty kind where there is nothing to accept; `place` is the source's row.
    """

    kind: str
    about: str
    what: str
    here: str
    there: str
    place: str = ""
    put: tuple[str, str] = ("", "")
    child_id: str = ""

    @property
    def can_be_accepted(self) -> bool:
        """Whether the plan can be made to say what the case system says."""
        return bool(self.put[0])


def differences(preview: Preview, found: Found, outlook: Outlook) -> tuple[Difference, ...]:
    """Every difference, by kind in the order of `KINDS`; `outlook` is of every team, on the day of the plan.

    The preview must be of `found` and of the outlook's snapshot. A child who is new is one line, whatever comes with the child.
    """
    children = {child.reference.casefold(): child for child in outlook.snapshot.all(Child).values()}
    new = {row.about for row in preview.rows if row.kind == "new" and row.what == "child"}
    lines = [
        *_there(preview.rows, new),
        *_children_here(found, outlook, children, preview.as_at),
        *_visits_here(found, outlook, children, preview.as_at),
        *_other_dates(found, outlook, children),
    ]
    order = list(KINDS)
    named = [
        line
        if (known := children.get(line.about.casefold())) is None
        else Difference(line.kind, line.about, line.what, line.here, line.there, line.place, line.put, known.id)
        for line in lines
    ]
    return tuple(sorted(named, key=lambda line: (order.index(line.kind), line.about)))


def _there(rows: Sequence[PreviewRow], new: set[str]) -> Iterator[Difference]:
    """What the case system says otherwise, and what was decided here that it does not say; what is of one record is one line."""
    closing = {row.about for row in rows if row.what == "case" and row.field == ENDED_ON}
    of_record: dict[tuple[str, str], list[PreviewRow]] = {}
    for row in rows:
        if row.kind == "changed" and row.about not in new:
            of_record.setdefault(row.put, []).append(row)
    for row in rows:
        if row.code in _BY_CODE:
            yield Difference(_BY_CODE[row.code], row.about, row.what, row.message, "", row.place)
        elif row.put[0] and row.what == "child" and row.kind == "new":
            yield Difference(NEW, row.about, "child", "Not here", row.after or "Open", row.place, row.put)
        elif row.put[0] and row.about not in new and row.what not in ("worker", "team"):
            together = of_record.get(row.put, [row])
            if row is together[0]:
                kind = CLOSED if row.about in closing and row.field.startswith("end") else _kind(row)
                there = ", ".join(one.after for one in together if one.after and one.field not in _NOISE) or "Nothing"
                yield Difference(kind, row.about, _what(row), _here(row), there, row.place, row.put)


_NOISE = frozenset(("outcome", "end reason"))
"""Fields that say no more than that something ended."""


def _kind(row: PreviewRow) -> str:
    if row.what == "case":
        if row.kind == "new":
            return NEW
        return {ENDED_ON: CLOSED, "outcome": CLOSED, "closure reason": CLOSED, "team": MOVED}.get(row.field, DETAIL)
    if row.what == "visit" and row.kind == "changed":
        return VISIT_CHANGED
    return _BY_WHAT.get(row.what, DETAIL)


def _what(row: PreviewRow) -> str:
    return f"{row.of or row.what}, {row.field}" if row.field else row.what


def _here(row: PreviewRow) -> str:
    if row.before or row.kind == "new":
        return row.before or "Not here"
    return "Open" if row.field.startswith("end") else "Nothing"


def _children_here(found: Found, outlook: Outlook, children: dict[str, Child], as_at: date) -> Iterator[Difference]:
    """Children who came otherwise, whose work had begun by the day of the case system's export, which has not got them."""
    there = {child.reference.casefold() for child in found.children}
    for reference, child in children.items():
        case = outlook.snapshot.case(child.id, as_at)
        is_others = found.format != TRACKER and not is_of(child, found.format)
        if is_others and reference not in there and case and case.received_on:
            yield Difference(GONE, child.reference, "child", f"Open since {list_date(case.received_on, outlook.on)}", "Not there")


def _visits_here(found: Found, outlook: Outlook, children: dict[str, Child], as_at: date) -> Iterator[Difference]:
    """Visits logged here up to the day of the export that the case system, which would have them, has not.

    Those that were said to be recorded by then, and a tracker's, are among them from the oldest visit of the export on.
    """
    first = min((visit.on for there in found.children for visit in there.visits), default=date.max)
    for there in found.children:
        child = children.get(there.reference.casefold())
        if child is None or "visit" not in (held_by(there.source or found.format) or ()):
            continue
        days = {visit.on for visit in there.visits}
        latest = max(days, default=None)
        for visit, sighting in outlook.snapshot.visits_of(child.id):
            if visit.on is None or visit.on > as_at or visit.on in days:
                continue
            is_told = visit.on >= first and (_is_said_recorded(visit, as_at) or _is_of_tracker(visit, found))
            if not is_unrecorded(visit) and not is_told:
                continue
            is_latest_only = not holds_history(there.source or found.format)
            if is_latest_only and (sighting.seen is not True or (latest is not None and visit.on < latest)):
                continue
            yield Difference(
                VISIT_HERE, there.reference, "visit", _visit_words(visit, sighting, outlook.on), "Not there", there.source_row
            )


def _is_said_recorded(visit: Visit, as_at: date) -> bool:
    """Whether a visit was logged here and said to be in the case system by a day."""
    is_there = visit.recorded_on is not None and visit.recorded_on <= as_at
    return not visit.source and visit.status in TOOK_PLACE and is_there


def _is_of_tracker(visit: Visit, found: Found) -> bool:
    """Whether a visit is known from a tracker alone, and the export is the case system's."""
    return visit.source == TRACKER != found.format and visit.status in TOOK_PLACE


def _visit_words(visit: Visit, sighting: Sighting, on: date) -> str:
    seen = {True: "Seen", False: "Not seen", None: "Visited"}[sighting.seen]
    alone = ", alone" if sighting.seen_alone else ""
    tracker = ", as a tracker has it" if visit.source == TRACKER else ""
    recorded = f", said to be recorded {list_date(visit.recorded_on, on)}" if visit.recorded_on else ""
    return f"{seen} on {list_date(visit.on, on)}{alone}{tracker}{recorded}" if visit.on else seen


def _other_dates(found: Found, outlook: Outlook, children: dict[str, Child]) -> Iterator[Difference]:
    """Children whose next visit the source calls due on another day than it is owed here."""
    if not any(there.next_due for there in found.children):
        return
    due = {row.child.id: row.next_visit.due_on for row in outlook.cases if row.next_visit is not None}
    for there in found.children:
        child = children.get(there.reference.casefold())
        here = due.get(child.id) if child is not None else None
        if child is not None and there.next_due is not None and there.next_due != here:
            words = plain_date(here) if here else "No visit owed"
            yield Difference(DUE, there.reference, "next visit due", words, plain_date(there.next_due), there.source_row)
