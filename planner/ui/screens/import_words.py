"""The import page's columns and sentences: what each row of a preview or a receipt says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.actions.import_ledger import PreviewRow
from planner.actions.imports import Preview, Receipt
from planner.core.errors import Refused
from planner.core.found import Found, Problem
from planner.formats.choosing import FORMATS, Source, sources
from planner.ui.table import Column
from planner.ui.wording import count_words

PLURALS = {
    "child": ("child", "children"),
    "case": ("case", "cases"),
    "plan_spell": ("plan", "plans"),
    "legal_status": ("legal status", "legal statuses"),
    "placement": ("placement", "placements"),
    "event": ("event", "events"),
    "visit": ("visit", "visits"),
    "sighting": ("visit's child", "visits' children"),
    "allocation": ("allocation", "allocations"),
    "worker": ("worker", "workers"),
    "team": ("team", "teams"),
}
OUTCOMES = {"accepted": "Read", "refused": "Left out", "ask": "To settle"}
TONES = {"refused": "warning", "ask": "warning"}


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind of rows of the preview: its title, its columns, and what is said where it has none."""

    kind: str
    title: str
    columns: tuple[Column, ...]
    empty: str


def _field(name: str) -> Callable[[Any], str]:
    return lambda row: getattr(row, name)


def _what(row: PreviewRow) -> str:
    return row.of or row.what[:1].upper() + row.what[1:]


_ABOUT = Column("Child, worker or team", _field("about"), width=170, strong=True)
_WHAT = Column("What", _what, width=110)
_PLACE = Column("Row", _field("place"), width=200, tip=_field("place"))
_SENTENCE = Column("Why, and what to do", _field("message"), stretch=True, tip=_field("message"))
_OF_CELLS = (
    Column("Where", lambda row: row.place or row.about, width=210, strong=True),
    Column("Heading", lambda row: row.field or _what(row), width=190, tip=_field("field")),
    Column("Value", lambda row: row.before or row.about, width=160, tip=_field("before")),
    _SENTENCE,
)

TABS = (
    Tab("new", "New", (_ABOUT, _WHAT, Column("Says", _field("after"), stretch=True), _PLACE), "Nothing is new."),
    Tab(
        "changed",
        "Changed",
        (
            _ABOUT,
            _WHAT,
            Column("Field", _field("field"), width=130),
            Column("Here now", _field("before"), width=170),
            Column("In the file", _field("after"), stretch=True),
            _PLACE,
        ),
        "Nothing that is here would change.",
    ),
    Tab("same", "Same", (_ABOUT, _WHAT, _SENTENCE, _PLACE), "Nothing of it is here yet."),
    Tab("duplicate", "Look at", (_ABOUT, _WHAT, _SENTENCE, _PLACE), "No child and no visit looks like another."),
    Tab("refused", "Left out", _OF_CELLS, "Every row and cell could be read."),
    Tab("ask", "To settle", _OF_CELLS, "There is nothing to settle."),
)

PROBLEM_COLUMNS = (
    Column("Where", lambda problem: problem_place(problem), width=210, strong=True),
    Column("Heading", _field("heading"), width=190, tip=_field("heading")),
    Column("Value", _field("value"), width=150, tip=_field("value")),
    Column("Why, and what to do", _field("message"), stretch=True, tip=_field("message")),
    Column(
        "Outcome",
        lambda problem: OUTCOMES[problem.outcome],
        width=92,
        align="right",
        tone=lambda problem: TONES.get(problem.outcome, ""),
    ),
)


def problem_place(problem: Problem) -> str:
    """Where a problem stands: `List 7, row 12, column J`, or the file."""
    row = f", row {problem.row}" if problem.row else ""
    column = f", column {problem.column}" if problem.column else ""
    return f"{problem.sheet or problem.file}{row}{column}"


def counted(counts: Mapping[str, int]) -> str:
    """`37 children, 12 teams`, the most first; `nothing` where there is none."""
    parts = [count_words(number, *PLURALS[kind]) for kind, number in sorted(counts.items(), key=lambda item: -item[1]) if number]
    return ", ".join(parts) or "nothing"


def found_words(found: Found) -> str:
    """What the file holds, in a sentence."""
    open_ones = sum(child.is_open for child in found.children)
    children = count_words(len(found.children), "child", "children")
    return f"{children}: {open_ones:,} with work open, {len(found.children) - open_ones:,} closed."


def same_words(preview: Preview) -> str:
    """What is said under the tab of what is here already."""
    if not preview.same:
        return "Nothing of it is here yet."
    return f"{count_words(preview.same, 'fact', 'facts')} of the file {'is' if preview.same == 1 else 'are'} here already."


def receipt_words(receipt: Receipt) -> tuple[str, str, str]:
    """What was added, changed, and here already."""
    return f"Added: {counted(receipt.added)}.", f"Changed: {counted(receipt.changed)}.", f"Here already: {receipt.same:,}."


KINDS_KNOWN = (
    "Choose an Annex A workbook, the folder, zip or CSV files of an SSD extract, or a tracker as CSV, Excel or OpenDocument."
)


def source_of(paths: Sequence[Path]) -> Source:
    """What several paths chosen together are read as. Raises Refused where they are not one source the planner knows."""
    known = [path for path in paths if path.exists()]
    if not known:
        raise Refused(f"{paths[0].name} is not there any more. {KINDS_KNOWN}")
    try:
        found = sources(known)
    except Refused as refusal:
        unknown = next((path for path in known if not any(form.recognises(path) for form in FORMATS)), known[0])
        raise Refused(f"{unknown.name} is not a file the planner reads. {KINDS_KNOWN}") from refusal
    if len(found) > 1:
        raise Refused(f"{found[0].path.name} and {found[1].path.name} are two sources. Import one, then the other.")
    return found[0]
