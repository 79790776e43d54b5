"""The weekly transfer meeting's sheet: its lines in their order, and what was written on a line, as it is typed back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING

from planner.core.date_words import against_weekday, typed_date
from planner.core.errors import Refused
from planner.core.records import Worker
from planner.core.transfers import PLANNED, ToMove
from planner.core.working_days import WorkingCalendar

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

ACCEPTED, RETURNED, PLAN, ONLY_TICKS = "accepted", "returned", "plan", ""
HOW = "Type the line's number, then a (accepted), r and the reason (returned), or p and the day (planned for)."


@dataclass(frozen=True, slots=True)
class TypedDecision:
    """What one line says: the items ticked, and whether the child is accepted, returned, or to be planned for a day."""

    number: int
    row: ToMove
    verdict: str = ONLY_TICKS
    reason: str = ""
    worker_id: str = ""
    day: date | None = None
    ticked: tuple[str, ...] = ()


def sheet_lines(outlook: "Outlook") -> tuple[ToMove, ...]:
    """What the meeting goes through, as it is numbered: all that is to move within two weeks, by week and point."""
    return tuple(row for row in outlook.to_move if row.is_due)


def written_line(row: ToMove) -> str:
    """What a line asks, as it is kept with the sheet's number: the child, the transfer planned, if any, and the point."""
    return f"{row.case.child.id} {row.transfer.id if row.transfer is not None else '-'} {row.point}"


def lines_now(written: Iterable[str], outlook: "Outlook") -> tuple[ToMove | None, ...]:
    """What each line of a printed sheet asks now; None for one that is settled, or that no team looked at has any more.

    A child whose transfer was planned since, or planned again, is the same line: the point is.
    """
    rows = {written_line(row): row for row in outlook.to_move}
    of_point = {(row.case.child.id, row.point): row for row in reversed(outlook.to_move)}
    return tuple(rows.get(line) or of_point.get((line.split(" ", 2)[0], line.split(" ", 2)[2])) for line in written)


def typed_decision(
    text: str, lines: Sequence[ToMove | None], workers: Iterable[Worker], today: date, calendar: WorkingCalendar
) -> TypedDecision:
    """`3 a`, `3 1 4 a Ben Blue`, `5 r chronology short`, `7 p 4 dec`, `2 all` as what was decided of a line of the sheet.

    The number may be a child's reference. Raises Refused with what to type, where the line says nothing that can be done.
    """
    line, *words = text.split() or [""]
    if not line:
        raise Refused(HOW)
    number, row = line_of(line, lines)
    ticks = list(takewhile(_is_tick, words))
    ticked = _ticks([tick.casefold() for tick in ticks], row)
    letter, *others = words[len(ticks) :] or [""]
    verdict, rest = _verdict(letter.casefold()), " ".join(others)
    if verdict == ONLY_TICKS:
        if not ticked:
            raise Refused(HOW)
        return TypedDecision(number, row, ticked=ticked)
    if verdict == PLAN:
        day = typed_date(rest, today, calendar)
        if against := against_weekday(rest, day):
            raise Refused(against)
        return TypedDecision(number, row, PLAN, day=day, ticked=ticked)
    if row.state != PLANNED or row.transfer is None:
        raise Refused(f"{row.case.child.reference} has no transfer planned. Type p and the day it is planned for.")
    if verdict == RETURNED:
        if not rest:
            raise Refused("Type why it is returned, after the r.")
        return TypedDecision(number, row, RETURNED, reason=rest, ticked=ticked)
    return TypedDecision(number, row, ACCEPTED, worker_id=_worker(rest, row.transfer.to_team_id, workers), ticked=ticked)


def line_of(typed: str, lines: Sequence[ToMove | None]) -> tuple[int, ToMove]:
    """The number and line of that number, or of the child with that reference. Raises Refused for none, or one settled."""
    text = typed.rstrip(".)")
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= len(lines):
        number = next((n for n, row in enumerate(lines, start=1) if row and _is_named(row, typed)), 0)
    if not number:
        raise Refused(f"There is no line {typed} on this sheet, which has {len(lines):,}. Type a number or a reference of it.")
    row = lines[number - 1]
    if row is None:
        raise Refused(f"Line {number} is settled already, or of a team not looked at. Go on to the next.")
    return number, row


def _is_named(row: ToMove, typed: str) -> bool:
    return row.case.child.reference.casefold() == typed.casefold()


def _is_tick(word: str) -> bool:
    return word.casefold() == "all" or (word.isascii() and word.isdigit() and len(word) <= 2)


def _ticks(typed: Sequence[str], row: ToMove) -> tuple[str, ...]:
    items = [item.words for item in row.items]
    if "all" in typed:
        return tuple(items)
    beyond = [place for place in typed if not 1 <= int(place) <= len(items)]
    if beyond:
        told = f"has {len(items)} items" if items else "has no checklist yet"
        raise Refused(f"There is no item {beyond[0]}: this line {told}.")
    return tuple(items[int(place) - 1] for place in typed)


def _verdict(letter: str) -> str:
    known = {"": ONLY_TICKS, "a": ACCEPTED, "accepted": ACCEPTED, "r": RETURNED, "returned": RETURNED, "p": PLAN, "plan": PLAN}
    if letter not in known:
        raise Refused(HOW)
    return known[letter]


def _worker(typed: str, team_id: str, workers: Iterable[Worker]) -> str:
    """The receiving team's worker of that name or of its beginning; an empty string where nobody was named."""
    if not typed:
        return ""
    known = [worker for worker in workers if worker.team_id == team_id]
    exact = [worker for worker in known if worker.name.casefold() == typed.casefold()]
    meant = exact or [worker for worker in known if _begins(worker.name, typed)]
    if len(meant) != 1:
        named = ", ".join(sorted(worker.name for worker in meant or known)) or "nobody"
        raise Refused(f"“{typed}” is not one worker of the receiving team. It has: {named}.")
    return meant[0].id


def _begins(name: str, typed: str) -> bool:
    parts = [name, *name.split()]
    return any(part.casefold().startswith(typed.casefold()) for part in parts)
