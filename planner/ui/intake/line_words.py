"""How the lines of a front-door list are shown: their columns, what was understood, and what is in doubt."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.core.codes import REFERRAL_SOURCES
from planner.core.date_words import list_date
from planner.core.intake import PRIORITIES
from planner.ui.intake.list_lines import CheckedLine, ListInHand
from planner.ui.table import Column
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk


HOME, RECEIVED, FROM = 3, 5, 6
"""Places of columns that narrow lines do without."""


def list_words(hand: ListInHand) -> str:
    """How many lines are ready, in doubt and left out, and what was done to read the list."""
    doubtful, out = len(hand.in_doubt), sum(line.is_left_out for line in hand.lines)
    homes = {line.line.referred.household for line in hand.ready} - {""}
    alone = sum(not line.line.referred.household for line in hand.ready)
    families = count_words(len(homes) + alone, "family", "families")
    said = [f"{len(hand.ready):,} ready, of {families}"]
    said += [f"{doubtful:,} in doubt"] if doubtful else []
    said += [f"{out:,} left out"] if out else []
    notes = dict.fromkeys(note.message for note in hand.table.notes)
    known = ["The columns are as you said of the last list with these headings."] if hand.is_remembered else []
    return " ".join([f"{', '.join(said)}.", "Notes in the list are not read.", *known, *notes])


def line_columns(desk: "Desk") -> tuple[Column, ...]:
    """The columns of the lines of a list."""
    today = desk.today
    return (
        Column("Row", lambda row: str(row.line.row), sort=lambda row: row.line.row, align="right", width=48),
        Column("Child", lambda row: _called(desk, row), strong=True, width=150, tone=_tone_of("initials", "reference")),
        Column("Born", lambda row: _cell(row, "born", _birth(row)), width=108, tone=_tone_of("born")),
        Column("Home", lambda row: f"by {row.line.together}" if row.line.together else "", width=98),
        Column(
            "Referred",
            lambda row: _cell(row, "referred_on", list_date(row.line.referred.referred_on, today)),
            width=92,
            tone=_tone_of("referred_on"),
        ),
        Column(
            "Received",
            lambda row: _cell(row, "received_on", list_date(row.line.referred.received_on, today)),
            width=92,
            tone=_tone_of("received_on"),
        ),
        Column(
            "From",
            lambda row: _cell(row, "referral_source", REFERRAL_SOURCES.get(row.line.referred.referral_source, "")),
            width=110,
            stretch=True,
            tone=_tone_of("referral_source"),
        ),
        Column(
            "Priority",
            lambda row: _cell(row, "priority", PRIORITIES.get(row.line.referred.priority, "")),
            width=78,
            tone=_tone_of("priority"),
        ),
        Column(
            "Visit by",
            lambda row: _cell(row, "first_visit_by", list_date(row.line.referred.first_visit_by, today)),
            width=92,
            tone=_tone_of("first_visit_by"),
        ),
        Column("State", _state, width=104, tag=_tag, tip=lambda row: row.needs),
    )


def _called(desk: "Desk", row: CheckedLine) -> str:
    one = row.line.referred
    name = one.name if one.name and not desk.initials_only and desk.are_names_allowed else one.initials
    return " – ".join(part for part in (one.reference, name) if part) or "Nobody yet"


def _birth(row: CheckedLine) -> str:
    day = row.line.referred.born or row.line.referred.expected
    return f"{day:%d %b %Y}".lstrip("0") if day else ""


def _cell(row: CheckedLine, key: str, words: str) -> str:
    """What was understood, or as typed where it is in doubt."""
    return next((f"{doubt.typed}?" for doubt in row.doubts if doubt.key == key), words)


def _tone_of(*keys: str) -> Callable[[CheckedLine], str]:
    return lambda row: "warning" if any(doubt.key in keys for doubt in row.doubts) else ""


def _state(row: CheckedLine) -> str:
    if row.is_left_out:
        return "Left out"
    if row.doubts:
        return "In doubt"
    return "Known here?" if row.needs else "Ready"


def _tag(row: CheckedLine) -> str:
    return "neutral" if row.is_left_out else "warning" if row.needs else "good"
