"""A pasted list of visits, one a line: each line read and held against the plan, and against the other lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.core.date_words import list_date
from planner.core.visit_check import CheckedLine, Ground, checked_line
from planner.core.visit_line import Doubt, Known
from planner.core.visit_line_reading import is_date, read_line

_BEFORE = re.compile(r"(?:\s*(?:[>•*·–-]|\d{1,3}[.)])\s+)+|\s*>+\s*")
"""What stands before a line of an e-mail or a list: marks of quoting, bullets, numbers."""
_MIDNIGHT = re.compile(r"(?<!at )\b00:00(?::00)?\b")
"""A time of day that a sheet puts after a date; nobody visits at midnight."""
_LONGEST_DATE = 4


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line as it was pasted or mended: its number in the list, and whether what is warned of was agreed to."""

    number: int
    text: str
    is_agreed: bool = False


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line of the list with what was understood of it; `refusal` is why it could not be logged when that was tried."""

    typed: TypedLine
    checked: CheckedLine
    refusal: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether it can be logged as it stands: nothing is asked, and what is warned of is agreed to."""
        return not self.checked.asked and not self.refusal and (not self.checked.warned or self.typed.is_agreed)

    @property
    def question(self) -> str:
        """What is asked of it, as a sentence; an empty string for a sure line."""
        return "" if self.is_sure else self.refusal or self.checked.question

    @property
    def doubt(self) -> Doubt | None:
        """What is asked first; None where it only has to be agreed to, or nothing is asked."""
        return self.checked.asked[0] if self.checked.asked else None


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a pasted text that say anything, without bullets, numbers, marks of quoting and a sheet's quotes."""
    lines = (_BEFORE.sub("", line, count=1) if _BEFORE.match(line) else line for line in text.splitlines())
    cleaned = (" ".join(_MIDNIGHT.sub(" ", _unquoted(line)).split()) for line in lines)
    return tuple(line for line in cleaned if any(sign.isalnum() for sign in line))


def _unquoted(line: str) -> str:
    """A line whose cells a sheet has put in quotes, without them."""
    return line.replace('"', " ") if line.lstrip().startswith('"') else line


def checked_list(lines: Sequence[TypedLine], ground: Ground) -> tuple[ListedLine, ...]:
    """Every line held against the plan; a second line for the same child and day is asked about."""
    first: dict[tuple[str, date], int] = {}
    found = []
    for line in lines:
        checked = checked_line(read_line(child_first(line.text, ground.known), ground.known), ground)
        twice = _lines_before(checked, first)
        if twice:
            doubt = Doubt("again", _twice(checked, twice, ground))
            checked = replace(checked, warned=(*checked.warned, doubt))
        found.append(ListedLine(line, checked))
        for child_id, _ in checked.line.seen:
            if checked.line.day is not None:
                first.setdefault((child_id, checked.line.day), line.number)
    return tuple(found)


def child_first(text: str, known: Known) -> str:
    """The line with its child before its date, where a list has them the other way round."""
    words = text.replace(",", " ").replace(";", " ").split()
    for count in range(min(_LONGEST_DATE, len(words) - 1), 0, -1):
        before = " ".join(words[:count])
        if known.roll.names(words[count]) and is_date(before, known) and not known.roll.names(before):
            return " ".join([*words[count:], *words[:count]])
    return text


def _lines_before(checked: CheckedLine, first: dict[tuple[str, date], int]) -> dict[str, int]:
    """The children of a line who stand on an earlier line with the same day, and on which."""
    day = checked.line.day
    if day is None:
        return {}
    return {child_id: first[child_id, day] for child_id, _ in checked.line.seen if (child_id, day) in first}


def _twice(checked: CheckedLine, twice: dict[str, int], ground: Ground) -> str:
    child_id, number = next(iter(twice.items()))
    child = ground.known.roll.child(child_id)
    reference = child.reference if child else "The child"
    day = list_date(checked.line.day, ground.known.today)
    return f"{reference} stands on line {number} with {day} as well. Log this one too only if there were two."
