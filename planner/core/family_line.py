"""A family typed in one line: each child by reference, initials and date of birth, for example `10432 ab 030419, cd 5/6/21`."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.core.errors import Refused
from planner.core.flow_records import Referral
from planner.core.intake import is_provisional

HOW_TO_TYPE = (
    "Each child by reference, initials and date of birth, with a comma before the next: 10432 ab 030419, cd 5/6/21. "
    "A child without a reference is not yet in the case system."
)

_PARTS = re.compile(r"[,+;]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?){1,4}")
_TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_APART = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_REFERENCE = re.compile(r"[^\W\d_]{0,4}[-/]?\d{2,12}")
_LONGEST_EXPECTED = 300
_OLDEST = 25


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """What was understood of a line: its children, and what is in doubt, as a sentence, empty where nothing is."""

    children: tuple[Referral, ...]
    doubt: str = ""


def family_line(text: str, today: date, prefix: str = "") -> FamilyLine:
    """The children of a line as far as it is understood; `prefix` are the letters the council's references begin with."""
    children: list[Referral] = []
    for part in _PARTS.split(text):
        if not part.strip():
            continue
        try:
            child = _child(part, today, prefix)
            if child.reference and any(one.reference == child.reference for one in children):
                raise Refused(f"{child.reference} stands twice in the line. Type each child once.")
            children.append(child)
        except Refused as refused:
            return FamilyLine(tuple(children), refused.sentence)
    return FamilyLine(tuple(children))


def reference_prefix(references: Iterable[str]) -> str:
    """The letters that most references begin with, which need not be typed; empty where they differ.

    One that only stands in until the case system has another does not count.
    """
    numbered = (reference for reference in references if reference[-1:].isdigit() and not is_provisional(reference))
    starts = Counter(reference.rstrip("0123456789") for reference in numbered)
    common, count = next(iter(starts.most_common(1)), ("", 0))
    return common if 2 * count > starts.total() else ""


def whole_reference(typed: str, prefix: str) -> str:
    """A reference as those here are written: a bare number has their letters before it, and their letters are in their case."""
    number = typed[len(prefix) :] if typed.casefold().startswith(prefix.casefold()) else typed
    return f"{prefix}{number}" if number.isdecimal() else typed


def _child(text: str, today: date, prefix: str) -> Referral:
    reference, initials, born = "", "", None
    for word in text.split():
        if _INITIALS.fullmatch(word) and not initials:
            initials = "".join(f"{letter.upper()}." for letter in word if letter.isalpha())
        elif (initials or reference or _APART.fullmatch(word)) and born is None and _is_date(word):
            born = _day(word, today)
        elif _REFERENCE.fullmatch(word) and not reference:
            reference = whole_reference(word.upper(), prefix)
        else:
            raise Refused(f"“{word}” is not understood. {HOW_TO_TYPE}")
    if not reference and not initials:
        raise Refused(f"“{text.strip()}” names no child. {HOW_TO_TYPE}")
    is_born = born is None or born <= today
    return Referral(
        id="", reference=reference, initials=initials, born=born if is_born else None, expected=None if is_born else born
    )


def _is_date(word: str) -> bool:
    return _APART.fullmatch(word) is not None or _TOGETHER.fullmatch(word) is not None


def _day(word: str, today: date) -> date:
    """The date of birth; two digits of a year are the last such year that a child now born or expected can have."""
    found = _APART.fullmatch(word) or _TOGETHER.fullmatch(word)
    assert found is not None
    year = int(found[3]) if len(found[3]) == 4 else 2000 + int(found[3])
    try:
        day = date(year, int(found[2]), int(found[1]))
    except ValueError:
        raise Refused(f"“{word}” is no day of the calendar. Type the date of birth as day, month and year.") from None
    if (day - today).days > _LONGEST_EXPECTED or today.year - day.year > _OLDEST:
        raise Refused(f"“{word}” cannot be a child's date of birth. Type it as day, month and year.")
    return day
