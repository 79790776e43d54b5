"""The columns of the mapping page and its sentences."""

from collections.abc import Mapping

from planner.core.found import Found, FoundColumn
from planner.formats.column_guess import SURE
from planner.formats.tracker import LIKELY, NOT_READ, column_key
from planner.formats.tracker_fields import WANTED
from planner.ui.table import Column
from planner.ui.wording import count_words

NOT_TAKEN = "Do not read"
FIELDS = {**{wanted.key: wanted.title for wanted in WANTED}, NOT_READ: NOT_TAKEN}
"""Every field a column can be taken for, and not at all."""
ORDERS = {"": "As the dates say", "day": "Day first: 31/1", "month": "Month first: 1/31"}
ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "mac_roman": "Macintosh",
    "cp850": "DOS (850)",
}
"""How the text of a CSV file can be read, by what Python calls it."""
LONGEST_SAMPLE = 32
NO_HEADING = "This column has no heading, so it cannot be chosen. Write a heading over it in the tracker."


def mapping_columns(answers: Mapping[str, str], initials_only: bool) -> tuple[Column, ...]:
    """Each column of the tracker: where it is, what it holds, what it is taken for, and why."""
    return (
        Column("Column", lambda column: column.letter, width=64),
        Column("Heading", lambda column: column.heading, strong=True, width=150, tip=lambda column: column.heading),
        Column(
            "For example",
            lambda column: samples_words(column, initials_only),
            width=130,
            stretch=True,
            tip=lambda column: samples_words(column, initials_only),
        ),
        Column(
            "Taken for",
            lambda column: FIELDS[column.field],
            width=142,
            tone=lambda column: "" if column.field else "text_muted",
            tag=lambda column: "neutral" if column.field else "",
        ),
        Column("How sure", lambda column: sure_words(column, answers), width=92),
        Column("Why", lambda column: why_words(column, answers), width=130, stretch=True, tip=lambda column: column.reason),
    )


def samples_words(column: FoundColumn, initials_only: bool) -> str:
    """Up to three values; a name as its initials while only these are shown, and of a long text only that it is one."""
    is_name = initials_only and "name" in (column.field, column.guess)
    shown = [_initials(sample) if is_name else _short(sample) for sample in column.samples]
    return ", ".join(shown) if shown else "Empty"


def _initials(name: str) -> str:
    return "".join(f"{word[0].upper()}." for word in name.replace(",", " ").split() if word[0].isalpha())


def _short(sample: str) -> str:
    return sample if len(sample) <= LONGEST_SAMPLE else f"text of {len(sample):,} letters"


def sure_words(column: FoundColumn, answers: Mapping[str, str]) -> str:
    """How sure the choice is."""
    if column.heading and column_key(column.heading) in answers:
        return "You said so"
    if not column.guess:
        return ""
    return "Sure" if column.confidence >= SURE else "Likely" if column.confidence >= LIKELY else "A guess"


def why_words(column: FoundColumn, answers: Mapping[str, str]) -> str:
    """Why a column is taken for what it is; of a guess that was not taken, what it might be."""
    if column.field == column.guess or (column.heading and column_key(column.heading) in answers):
        return column.reason if column.field == column.guess else ""
    return f"It may be the {FIELDS[column.guess].lower()}. {column.reason}"


def reads_words(found: Found) -> str:
    """How many children and visits a tracker reads."""
    visits = count_words(sum(len(child.visits) for child in found.children), "visit")
    left_out = sum(problem.outcome == "refused" for problem in found.problems)
    words = f"Reads {count_words(len(found.children), 'child', 'children')} and {visits}."
    return f"{words} {count_words(left_out, 'cell or row is', 'cells or rows are')} left out." if left_out else words
