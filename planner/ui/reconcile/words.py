"""The columns of the comparison and of what is still to be typed, and what is said of each kind of difference."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.actions.reconciling import DUE, GONE, KINDS, TO_TYPE, Difference
from planner.core.date_words import list_date
from planner.core.records import Child
from planner.core.to_type import KINDS as KINDS_TO_TYPE
from planner.ui.table import Column
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

ALL = ""
"""The kind that stands for every kind."""
CHOSEN, NOT_CHOSEN, TYPED_THERE, LOOKED_AT, COMPARED = "✓ Chosen", "Not chosen", "Type it there", "Look there", "Only compared"
SAME = "Nothing that the file says differs from the plan."
COMPARING = "Comparing the file with the plan."

Key = tuple[str, str, str, str, str]


def key_of(line: Difference) -> Key:
    """What a line is known by when the two are compared again: ids of what would be new are made anew each time."""
    return line.kind, line.about, line.what, line.there, line.place


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of difference, how many there are, and how many of them are chosen."""

    kind: str
    count: int
    chosen: int

    @property
    def title(self) -> str:
        """The kind in words."""
        return KINDS[self.kind] if self.kind else "Every difference"


def kind_rows(lines: Iterable[Difference], chosen: frozenset[Key]) -> tuple[KindRow, ...]:
    """Every difference together, then each kind there is, in the order in which they are gone through."""
    listed = tuple(lines)
    of_kind = {ALL: listed} | {kind: tuple(line for line in listed if line.kind == kind) for kind in KINDS}
    return tuple(
        KindRow(kind, len(found), sum(key_of(line) in chosen for line in found)) for kind, found in of_kind.items() if found
    )


def kind_columns() -> tuple[Column, ...]:
    """What differs, how often, and how much of it is chosen."""

    def number(title: str, of: Callable[[KindRow], int], width: int) -> Column:
        return Column(title, lambda row: f"{of(row):,}" if of(row) else "", sort=of, align="right", width=width)

    return (
        Column("Kind", lambda row: row.title, strong=True, stretch=True, width=150, tip=lambda row: row.title),
        number("Lines", lambda row: row.count, 54),
        number("Chosen", lambda row: row.chosen, 66),
    )


def state_words(line: Difference, chosen: frozenset[Key]) -> str:
    """What becomes of a line."""
    if line.can_be_accepted:
        return CHOSEN if key_of(line) in chosen else NOT_CHOSEN
    return TYPED_THERE if line.kind in TO_TYPE else LOOKED_AT if line.kind == GONE else COMPARED


_TAGS = {CHOSEN: "good", TYPED_THERE: "warning", LOOKED_AT: "warning"}


def difference_columns(desk: "Desk", chosen: Callable[[], frozenset[Key]]) -> tuple[Column, ...]:
    """What becomes of the line, whose it is, and what is so here and there."""

    def child(line: Difference) -> str:
        known = desk.workspace.snapshot.find(Child, line.child_id) if line.child_id else None
        return desk.child_words(known) if known is not None else line.about

    def what(line: Difference) -> str:
        return line.what[:1].upper() + line.what[1:]

    def state(line: Difference) -> str:
        return state_words(line, chosen())

    return (
        Column(
            "Accept",
            state,
            width=108,
            tag=lambda line: _TAGS.get(state(line), ""),
            tone=lambda line: "" if line.can_be_accepted else "text_muted",
        ),
        Column("Child", child, strong=True, width=124, tip=child),
        Column("What", what, width=124, tip=lambda line: f"{KINDS[line.kind]}: {what(line)}"),
        Column("Here", lambda line: line.here, width=126, stretch=True, tip=lambda line: line.here),
        Column("There", lambda line: line.there, width=168, stretch=True, tip=lambda line: line.there),
        Column("Row", lambda line: line.place.rpartition(", row ")[2], align="right", width=58, tip=lambda line: line.place),
    )


def kind_words(kind: str) -> str:
    """What is done about a kind of difference, where that is not accepting it here."""
    if kind in TO_TYPE:
        return "These are put right in the case system. Print what is to type, and they go when the next export has them."
    if kind == GONE:
        return "These stay as they are here. Look in the case system why it has them no longer."
    if kind == DUE:
        return "These are only compared: the planner works out what is due from the visits and the rules in force."
    return ""


def accept_words(count: int) -> str:
    """The button that accepts."""
    return f"Accept {count_words(count, 'chosen line')}" if count else "Accept chosen"


def to_type_columns(desk: "Desk") -> tuple[Column, ...]:
    """What is to be typed: of whom, what, when it was done and by whom."""
    return (
        Column("Child", lambda one: desk.child_words(one.child), sort=lambda one: one.child.reference, strong=True, width=140),
        Column("What", lambda one: KINDS_TO_TYPE[one.kind], width=90),
        Column("Done", lambda one: one.words, stretch=True, width=160, tip=lambda one: one.words),
        Column("On", lambda one: list_date(one.on, desk.on), sort=lambda one: one.on, width=110),
        Column("By", lambda one: one.worker.name if one.worker is not None else "", width=150),
    )
