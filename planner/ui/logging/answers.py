"""Answers to what is asked of a pasted line, each as words and the line as it then reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.date_words import list_date
from planner.core.visit_line import Doubt, Known
from planner.core.visit_outcome import NOT_SEEN
from planner.ui.logging.entry_reading import with_child

if TYPE_CHECKING:
    from planner.core.visit_list import ListedLine

DAYS_OFFERED = 6
HOW_SEEN = {"Seen alone": "seen alone", "Seen, not alone": "not alone"}
REASONS_OFFERED = NOT_SEEN[:3]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its words, and the whole line with it."""

    words: str
    text: str


def answers_to(listed: "ListedLine", known: Known, today: date) -> tuple[Answer, ...]:
    """The answers offered to what is asked first; none where only typing will do, or a child is to be chosen from a list."""
    doubt = listed.doubt
    return tuple(_answers(doubt, listed.typed.text, known, today)) if doubt is not None else ()


def _answers(doubt: Doubt, text: str, known: Known, today: date) -> Iterator[Answer]:
    if doubt.part in ("worker", "with"):
        for worker_id in doubt.options or (tuple(known.workers) if not doubt.typed and len(known.workers) < DAYS_OFFERED else ()):
            name = known.workers[worker_id]
            yield Answer(name, with_child(text, doubt.typed, name) if doubt.typed else f"{text} by {name}")
    elif doubt.part == "day":
        for day in _latest_days(known, today):
            words = list_date(day, today)
            yield Answer(words, with_child(text, doubt.typed, words) if doubt.typed else f"{text} {words}")
    elif doubt.part == "outcome" and not doubt.typed.startswith("n"):
        for words, typed in HOW_SEEN.items():
            yield Answer(words, with_child(text, doubt.typed, typed) if doubt.typed else f"{text} {typed}")
        for reason in () if doubt.typed else REASONS_OFFERED:
            yield Answer(f"Not seen: {reason.lower()}", f"{text} not seen ({reason})")


def _latest_days(known: Known, today: date) -> list[date]:
    """Today and the working days before it."""
    days = [today]
    while len(days) < DAYS_OFFERED:
        days.append(known.calendar.before_or_on(days[-1] - timedelta(days=1)))
    return days
