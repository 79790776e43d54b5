"""The council's checklists: agreed from a day, and ticked item by item on a transfer or a closing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.actions.step import Step
from planner.core.checklists import items_of
from planner.core.errors import Refused
from planner.core.flow_records import Checklist, Closing, ItemDone
from planner.core.records import Transfer

KEPT = "Nothing was changed."


def set_checklist(step: Step, about: str, items: Sequence[str], start: date) -> Checklist:
    """Put a checklist in force from a day, for closing or a transfer point; what is under way keeps the items it has.

    Raises Refused without an item, and for the same item twice.
    """
    words = tuple(" ".join(item.split()) for item in items if item.strip())
    if not words:
        raise Refused(f"Write at least one item, each on a line of its own. {KEPT}")
    if len({item.casefold() for item in words}) < len(words):
        raise Refused(f"Write each item once. {KEPT}")
    for former in step.snapshot.by(Checklist, "about", about):
        if former.start is not None and former.start >= start:
            step.remove(former)
        elif former.end is None or former.end > start:
            step.put(replace(former, end=start))
    checklist = Checklist(id=step.new_id(), about=about, items=words, start=start)
    step.put(checklist)
    return checklist


def tick_items(step: Step, about: str, items: Sequence[str], is_done: bool, on: date) -> None:
    """Tick items of a transfer or a closing (`about`, its id) as done since a day, or take the ticks back.

    Raises Refused for one that is decided, and for an item that does not stand on it.
    """
    found = step.snapshot.find(Transfer, about) or step.snapshot.find(Closing, about)
    if found is None or found.status not in ("planned", "ready", "returned"):
        raise Refused(f"This is decided already, so its checklist stays as it is. {KEPT}")
    if not set(items) <= set(found.checklist):
        raise Refused(f"An item does not stand on this checklist. {KEPT}")
    if on > step.today:
        raise Refused(f"Enter the day it was done, on or before today. {KEPT}")
    ticked = {one.item: one for one in step.snapshot.by(ItemDone, "about", about)}
    said = found.done if isinstance(found, Transfer) else ()
    for item in items:
        if is_done and item not in ticked and item not in said:
            step.put(ItemDone(id=step.new_id(), about=about, item=item, on=on, said_by=step.person.name))
        elif not is_done and item in ticked:
            step.remove(ticked[item])
    if not is_done and isinstance(found, Transfer) and set(items) & set(said):
        step.put(replace(found, done=tuple(item for item in said if item not in items)))


def carry_ticks(step: Step, former: Transfer, later: Transfer) -> None:
    """Tick on a transfer planned again what was done when it was returned, by the same people on the same days."""
    for item in items_of(step.snapshot, former.id, former.checklist, step.today, former.done):
        if item.is_done and item.words in later.checklist:
            step.put(ItemDone(id=step.new_id(), about=later.id, item=item.words, on=item.on, said_by=item.said_by))
