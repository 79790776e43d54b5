"""What the fields of a line say together, as one line held against the plan."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from planner.core.errors import Refused
from planner.core.records import Child
from planner.core.visit_check import WHAT_TO_TYPE, CheckedLine, checked_line, why_question
from planner.core.visit_line import Doubt, VisitLine, recorded_day
from planner.core.visit_line_reading import read_line
from planner.core.visit_outcome import Outcome
from planner.ui.dialogs.fields import typed_minutes
from planner.ui.logging.known import ground_of

if TYPE_CHECKING:
    from planner.ui.logging.entry import Entry

Value = TypeVar("Value")
WHICH_DAY = "Type the date of the visit, such as fri, 14/3 or yesterday."


def checked_entry(entry: "Entry") -> CheckedLine:
    """The line in the fields of an entry; what is wrong with a field is asked under the name of its part."""
    ground = ground_of(entry.desk, None)
    if ground is None:
        return CheckedLine(VisitLine(), (Doubt("child", WHAT_TO_TYPE),))
    typed = read_line(entry.child.text(), entry.known)
    child = entry.chosen or entry.known.roll.child(typed.child_id)
    doubts = [] if entry.chosen is not None else [replace(doubt, part="child") for doubt in standing_doubts(typed)]

    line = replace(
        typed,
        place=typed.place or entry.place.value,
        worker_id=typed.worker_id or entry.worker.value,
        by_initials=(),
        doubts=(),
    )
    is_day_in_doubt = entry.chosen is None and bool(typed.doubts_about("day"))
    if typed.day is None and not is_day_in_doubt:
        line = replace(line, day=entry.day.day)
        if line.day is None:
            doubts.append(Doubt("day", _day_question(entry)))
    line = replace(line, seen=_seen(entry, typed, child, doubts))
    minutes = _read("minutes", doubts, lambda: typed_minutes(entry.minutes.text()))
    recorded = _read(
        "recorded", doubts, lambda: recorded_day(entry.recorded.text(), line.day, entry.desk.today, entry.known.calendar)
    )
    line = replace(line, minutes=line.minutes or minutes, recorded_on=line.recorded_on or recorded, doubts=tuple(doubts))
    checked = checked_line(entry.more.said(line) if entry.more is not None else line, ground)
    if is_day_in_doubt:  # it is asked where it was typed
        checked = replace(checked, asked=tuple(doubt for doubt in checked.asked if doubt.part != "day"))
    return checked


def standing_doubts(line: VisitLine) -> list[Doubt]:
    """The doubts about what was typed; that how a child was seen is not said yet is none, for it has a field."""
    return [doubt for doubt in line.doubts if doubt.typed or doubt.part != "outcome"]


def with_child(text: str, typed: str, reference: str) -> str:
    """The line with a child's reference in place of the word that did not decide who was meant."""
    word = rf"(?<![^\s+,;()]){re.escape(typed)}(?![^\s+,;()])"
    return re.sub(word, lambda _found: reference, text.strip(), count=1)


def _read(part: str, doubts: list[Doubt], reader: Callable[[], Value]) -> Value | None:
    try:
        return reader()
    except Refused as refused:
        doubts.append(Doubt(part, refused.sentence))
        return None


def _seen(entry: "Entry", typed: VisitLine, child: Child | None, doubts: list[Doubt]) -> tuple[tuple[str, Outcome | None], ...]:
    """How each child was seen, from the fields, or from the line while it still stands whole in the child's field."""
    said = dict(typed.seen)
    if child is None:
        return ()
    first = said.get(child.id)
    if first is None or entry.outcome.text:
        first = _read("outcome", doubts, entry.outcome.outcome)
    seen: dict[str, Outcome | None] = {child.id: first}
    if entry.chosen is None:
        seen |= {one: outcome for one, outcome in said.items() if one != child.id}
    for row in entry.siblings.ticked:
        seen[row.child.id] = _read("outcome", doubts, row.outcome.outcome) if row.outcome.text else first
    for child_id, outcome in seen.items():
        one = entry.known.roll.child(child_id)
        if outcome is not None and outcome.lacks_why and one is not None:
            doubts.append(Doubt("outcome", why_question(one.reference)))
    return tuple(seen.items())


def _day_question(entry: "Entry") -> str:
    try:
        entry.day.understood_day(entry.day.text())
    except Refused as refused:
        return refused.sentence
    return WHICH_DAY
