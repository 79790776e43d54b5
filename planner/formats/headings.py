"""Finding a layout's columns under headings as they vary: case, brackets, quotes, odd spaces and other councils' words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planner.formats.words import folded

_MARKS = re.compile(r"[^\w\s]+")
_STOP = frozenset(("the", "of", "a", "an", "for", "to", "from", "their", "this", "was", "is", "in", "within", "y", "n"))
_NEAR = 0.6
"""How alike two headings' words must be (the part they share of all their words) to be taken for the same."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a layout: its official title, the key it is read under (none for a column not read), other names, its kind.

    `kind` is `text`, `date`, or the name of a label set; a label that is not clear is `asked` about, or only noted.
    """

    title: str
    key: str = ""
    kind: str = "text"
    aliases: tuple[str, ...] = ()
    required: bool = False
    asked: bool = True

    @property
    def forms(self) -> tuple[str, ...]:
        """Every spelling the heading is known by, plain."""
        return tuple(plain(form) for form in (self.title, *self.aliases))


@dataclass(frozen=True, slots=True)
class Match:
    """A layout's heading found in a column (counted from 0), and how sure it is: 1 is letter for letter."""

    heading: Heading
    column: int
    typed: str
    score: float


def plain(text: str) -> str:
    """A heading without case, brackets, quotes and other marks."""
    return " ".join(_MARKS.sub(" ", folded(text).replace("'", "")).split())


def score(heading: Heading, typed: str) -> float:
    """How well a typed heading fits: 1 the same words, 0.95 another known name, less for words in common, 0 for no fit.

    A date is never found under a heading that does not speak of a date, nor an age under one that does.
    """
    words = plain(typed)
    forms = heading.forms
    if not words:
        return 0.0
    if words == forms[0]:
        return 1.0
    if words in forms:
        return 0.95
    ours, theirs = set(forms[0].split()) - _STOP, set(words.split()) - _STOP
    if ("date" in theirs) != ("date" in ours) or ("age" in theirs) != ("age" in ours):
        return 0.0
    shared = len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0
    return 0.9 * shared if shared >= _NEAR else 0.0


def matches(headings: Sequence[Heading], typed: Sequence[str]) -> list[Match]:
    """The best heading of each column, each heading and column used once; of equal fits the one in column order."""
    found = [
        (score(heading, text), -abs(place - column), place, column)
        for place, heading in enumerate(headings)
        for column, text in enumerate(typed)
        if text
    ]
    used_headings: set[int] = set()
    used_columns: set[int] = set()
    chosen = []
    for fit, _, place, column in sorted(found, key=lambda entry: (-entry[0], -entry[1], entry[2])):
        if fit and place not in used_headings and column not in used_columns:
            used_headings.add(place)
            used_columns.add(column)
            chosen.append(Match(headings[place], column, typed[column], fit))
    return sorted(chosen, key=lambda match: match.column)
