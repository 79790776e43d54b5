"""The council's checklists of transfers and closings: which is in force, and what of one is done, since when, said by whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from planner.core.flow_records import Checklist, ItemDone
from planner.core.snapshot import Snapshot, holds

CLOSING = "closing"
ANY_TRANSFER = "transfer"
"""What the list of every transfer point without one of its own is `about`."""
USUAL = {
    CLOSING: (
        "Child seen and told",
        "Parents seen and told",
        "Plan ended or stepped down",
        "Closing letters sent",
        "Chronology up to date",
        "Read by the manager",
    ),
    ANY_TRANSFER: (
        "Chronology up to date",
        "Plan on file",
        "Family told",
        "Joint visit made",
    ),
}
"""What stands until a council agrees its own."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item as it stands on a day: `on` and `said_by` are known where it was ticked here."""

    words: str
    is_done: bool
    on: date | None = None
    said_by: str = ""


def checklist_for(snapshot: Snapshot, about: str, on: date) -> tuple[str, ...]:
    """The items in force on a day for closing, or for a transfer point; a point without its own takes that of every transfer."""
    for asked in (about, ANY_TRANSFER if about != CLOSING else CLOSING):
        agreed = [one for one in snapshot.by(Checklist, "about", asked) if holds(one, on)]
        if agreed:
            return agreed[-1].items
    return USUAL[CLOSING if about == CLOSING else ANY_TRANSFER]


def items_of(snapshot: Snapshot, about: str, words: Sequence[str], on: date, done: Iterable[str] = ()) -> tuple[Item, ...]:
    """The items of a transfer or closing (`about`, its id) on a day; `done` are those a source says are done."""
    said = set(done)
    ticked = {one.item: one for one in snapshot.by(ItemDone, "about", about) if one.on is None or one.on <= on}
    found = []
    for item in words:
        tick = ticked.get(item)
        found.append(Item(item, True, tick.on, tick.said_by) if tick is not None else Item(item, item in said))
    return tuple(found)


def open_items(items: Iterable[Item]) -> tuple[str, ...]:
    """What is still to be done."""
    return tuple(item.words for item in items if not item.is_done)
