"""The words for children, dates and numbers as every screen writes them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.core.date_words import day_and_month, full_date, list_date, range_words

if TYPE_CHECKING:
    from planner.core.records import Child

__all__ = [
    "child_words",
    "count_words",
    "day_and_month",
    "full_date",
    "list_date",
    "names_in_a_row",
    "range_words",
    "share_words",
]


def child_words(child: "Child", initials_only: bool = True) -> str:
    """`C10432 – A.B.`; the reference and the name while names are shown and there is one."""
    called = child.initials if initials_only or not child.name else child.name
    return f"{child.reference} – {called}" if called else child.reference


def count_words(count: int, one: str, many: str = "") -> str:
    """`1 visit`, `1,204 visits`; the plural adds an s where it is not given."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def names_in_a_row(names: Sequence[str]) -> str:
    """`Dev Patel, Amara Okafor and Chloe Rudd`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def share_words(part: int, whole: int) -> str:
    """`94.0% (141 of 150)`; fewer than 10 have no percentage."""
    if whole < 10:
        return f"{part:,} of {whole:,}"
    return f"{100 * part / whole:.1f}% ({part:,} of {whole:,})"
