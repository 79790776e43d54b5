"""Guesses which column of somebody's table is which field: from its heading, from its cells, and how sure that is."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from planner.core.plain_table import Cell, PlainTable, written
from planner.formats.dates import date_column
from planner.formats.headings import Heading, plain, score
from planner.formats.words import cell_text, folded

SURE = 0.75
"""A guess of this confidence or more is taken without a word; a lesser one is asked."""

_LOOK_AT = 200
"""Cells of a column that are looked at."""
_REFERENCE = re.compile(r"[a-z]{0,4}[-/ ]?\d{2,12}(?:[-/]\d{1,4})?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.? ?){1,4}")
_PLANS = re.compile(
    r"(assessment|asmt|single assessment|cin|child in need|child protection|cp|cpp|lac|cla|cic|looked.after.*|in care|"
    r"care leaver|s\.? ?17|s\.? ?47|section 47|early help|private fostering)"
)
_SHORTENED = {
    "alloc": "allocated",
    "dt": "date",
    "fam": "family",
    "inits": "initials",
    "lst": "last",
    "no": "number",
    "num": "number",
    "nxt": "next",
    "tm": "team",
    "vis": "visit",
    "wkr": "worker",
}
"""How people shorten the words of headings, so that more columns fit on a screen."""
_YES_NO = frozenset(["y", "n", "yes", "no", "true", "false", "1", "0", "unknown"])
_CHILD_YEARS = 26
_LATEST_EXPECTED = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A field that is looked for: its key, its title, its other names, the kind of its cells.

    `kind` is one of `KINDS`. `known` are values that the field is likely to have, such as workers' names or references held.
    """

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    kind: str = "text"
    required: bool = False
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column (counted from 0) is taken for: a field's key or, where nothing fits, an empty string.

    `confidence` runs from 0 to 1; `reason` is a sentence.
    """

    column: int
    key: str
    confidence: float
    reason: str

    @property
    def is_sure(self) -> bool:
        """Whether it can be taken without asking."""
        return bool(self.key) and self.confidence >= SURE


def column_guesses(table: PlainTable, wanted: Sequence[Wanted], today: date) -> tuple[ColumnGuess, ...]:
    """One guess for each column, no field twice; the surest are settled first, of equals the one further left."""
    rated = [
        (*_rated(field, heading, cells, today), column, place)
        for column, heading in enumerate(table.headings)
        if (cells := _sample(table, column)) or heading
        for place, field in enumerate(wanted)
    ]
    guesses = {
        column: ColumnGuess(column, "", 0.0, "Nothing here looks like a field that is needed.") for column in range(table.width)
    }
    used: set[int] = set()
    for confidence, reason, column, place in sorted(rated, key=lambda entry: (-entry[0], entry[2], entry[3])):
        if confidence > 0 and not guesses[column].key and place not in used:
            used.add(place)
            guesses[column] = ColumnGuess(column, wanted[place].key, round(confidence, 2), reason)
    return tuple(guesses.values())


def _spelt_out(heading: str) -> str:
    """A heading with its shortened words whole: `Nxt vis due` is `next visit due`."""
    return " ".join(_SHORTENED.get(word, word) for word in plain(heading).split())


def _sample(table: PlainTable, column: int) -> list[Cell]:
    return [cell for cell in table.column(column)[:_LOOK_AT] if cell_text(cell)]


def _rated(field: Wanted, heading: str, cells: Sequence[Cell], today: date) -> tuple[float, str]:
    """How well a field fits a column, and why."""
    looked_for = Heading(field.title, field.key, field.kind, field.aliases)
    named = max(score(looked_for, heading), score(looked_for, _spelt_out(heading)))
    fits = _share(field, cells, today)
    if named and fits is None:
        return named, f"Headed “{heading}”."
    if fits is None:
        return 0.0, ""
    if named >= 0.95:
        if fits == 0 and field.kind == "yes-no":
            # A column of dates headed “Seen” says when, not whether: taken for yes or no, every date would be asked about.
            return 0.4, f"Headed “{heading}”, but no cell looks like {KINDS[field.kind][0]}."
        if fits < 0.5 and field.kind != "text":
            return 0.7, f"Headed “{heading}”, but only {_of(fits, cells)} look like {KINDS[field.kind][0]}."
        return named, f"Headed “{heading}”."
    if named:
        return 0.6 * named + 0.3 * fits, f"Headed “{heading}”, and {_of(fits, cells)} look like {KINDS[field.kind][0]}."
    most = KINDS[field.kind][1] if not field.known else 0.8
    if fits < 0.6 or not most:
        return 0.0, ""
    return most * fits, f"{_of(fits, cells)} look like {KINDS[field.kind][0]}."


def _of(share: float, cells: Sequence[Cell]) -> str:
    return f"{round(share * len(cells))} of {len(cells)} cells"


def _share(field: Wanted, cells: Sequence[Cell], today: date) -> float | None:
    """The part of the cells that can be the field's, 0 to 1; None for an empty column, or where any cell can."""
    if not cells:
        return None
    if field.known:
        known = {folded(value) for value in field.known}
        return sum(folded(written(cell)) in known for cell in cells) / len(cells)
    test = KINDS[field.kind][2]
    return None if test is None else test(cells, today)


def _part(pattern: re.Pattern[str]) -> Callable[[Sequence[Cell], date], float]:
    def share(cells: Sequence[Cell], _today: date) -> float:
        return sum(pattern.fullmatch(folded(written(cell))) is not None for cell in cells) / len(cells)

    return share


def _yes_no(cells: Sequence[Cell], _today: date) -> float:
    return sum(folded(written(cell)) in _YES_NO for cell in cells) / len(cells)


def _dates(cells: Sequence[Cell], today: date) -> float:
    return sum(day is not None for day in date_column(cells, latest=today).days) / len(cells)


def _births(cells: Sequence[Cell], today: date) -> float:
    """Dates on which children can be or are soon to be born, and not all within the last year: those are referrals."""
    days = [day for day in date_column(cells, latest=today).days if day is not None]
    born = [day for day in days if today.year - _CHILD_YEARS <= day.year and (day - today).days <= _LATEST_EXPECTED]
    is_old = any(day.year < today.year - 1 for day in born)
    return len(born) / len(cells) if is_old else 0.0


def _recent(cells: Sequence[Cell], today: date) -> float:
    """Dates within a year of today."""
    days = [day for day in date_column(cells, latest=today).days if day is not None]
    return sum(abs((day - today).days) <= 366 for day in days) / len(cells)


KINDS: dict[str, tuple[str, float, Callable[[Sequence[Cell], date], float] | None]] = {
    "text": ("words", 0.0, None),
    "reference": ("references", 0.65, _part(_REFERENCE)),
    "initials": ("initials", 0.6, _part(_INITIALS)),
    "born": ("birth dates", 0.65, _births),
    "recent": ("dates of this year", 0.55, _recent),
    "date": ("dates", 0.4, _dates),
    "plan": ("plans", 0.65, _part(_PLANS)),
    "yes-no": ("yes or no", 0.3, _yes_no),
}
"""Each kind of cell: what it is called, how sure its cells alone can make a guess, and what part of some cells are of it."""
