"""The columns of a pasted list: what was typed, what was understood of it, and how each line stands."""

from typing import TYPE_CHECKING

from planner.core.date_words import list_date
from planner.core.visit_list import ListedLine
from planner.ui.logging.known import known_of
from planner.ui.logging.words import seen_words
from planner.ui.table import Column

if TYPE_CHECKING:
    from planner.ui.desk import Desk

SURE, AGREED, ASKED, REFUSED = "Sure", "Agreed to", "Asked", "Not logged"


def standing(listed: ListedLine) -> str:
    """How a line stands, in a word or two."""
    if listed.refusal:
        return REFUSED
    if not listed.is_sure:
        return ASKED
    return AGREED if listed.checked.warned else SURE


def list_columns(desk: "Desk") -> tuple[Column, ...]:
    """Rows are listed lines."""

    def _children(listed: ListedLine) -> str:
        roll = known_of(desk).roll
        return ", ".join(desk.child_words(child) for one, _ in listed.checked.line.seen if (child := roll.child(one)))

    def _seen(listed: ListedLine) -> str:
        roll = known_of(desk).roll
        said = {child.reference: how for one, how in listed.checked.outcomes.items() if (child := roll.child(one))}
        return seen_words(said) if said else ""

    def _worker(listed: ListedLine) -> str:
        return known_of(desk).workers.get(listed.checked.line.worker_id, "")

    return (
        Column("Line", lambda row: str(row.typed.number), sort=lambda row: row.typed.number, align="right", width=48),
        Column("As typed", lambda row: row.typed.text, width=180, stretch=True, tip=lambda row: row.typed.text),
        Column("Stands", standing, width=84, tag=lambda row: "good" if row.is_sure else "warning"),
        Column("Child", _children, width=132, strong=True),
        Column("Date", lambda row: list_date(row.checked.line.day, desk.today), sort=lambda row: row.checked.line.day, width=104),
        Column("Seen", _seen, width=130),
        Column("Who went", _worker, width=120),
        Column("What is asked", lambda row: row.question, width=180, stretch=True, tip=lambda row: row.question),
    )
