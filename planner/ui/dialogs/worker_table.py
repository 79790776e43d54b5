"""The workers who could take a child, as a table: points now and after, children, whom they know, what is against it."""

from planner.core.candidates import Candidate
from planner.core.date_words import range_words
from planner.core.workload import Load
from planner.ui.table import Column
from planner.ui.wording import names_in_a_row


def points(tenths: int) -> str:
    """Whole tenths as a number: `111`, `4.5`."""
    return f"{tenths // 10:,}" if tenths % 10 == 0 else f"{tenths / 10:,.1f}"


def load_words(load: Load | None) -> str:
    """`84 of 100`, or that there is no capacity."""
    if load is None:
        return "not known"
    return "no capacity" if load.percent is None else f"{points(load.used)} of {points(load.available)}"


def _after_words(candidate: Candidate) -> str:
    after = candidate.after
    return load_words(after) if after is None or after.percent is None else points(after.used)


def _after_tone(candidate: Candidate) -> str:
    after = candidate.after
    return "warning" if after is not None and (after.percent is None or after.left < 0) else ""


def _children_words(candidate: Candidate) -> str:
    if candidate.now is None:
        return ""
    children = len(candidate.now.child_ids)
    limit = candidate.now.headcount_limit
    return f"{children} of {limit}" if limit is not None else str(children)


def knows_words(candidate: Candidate) -> str:
    """Whom of the family the worker holds, or when they held the child."""
    said = []
    if candidate.siblings:
        said.append(f"Holds {names_in_a_row([child.reference for child in candidate.siblings])} of the family")
    former = candidate.former
    if former is not None and former.start is not None and former.end is not None:
        said.append(f"Held this child, {range_words(former.start, former.end)}")
    return ". ".join(said) or "No"


def against_words(candidate: Candidate) -> str:
    """What stands against the choice, or that nothing does."""
    if candidate.barred:
        return f"Cannot take this child. {' '.join(candidate.barred)}"
    return " ".join(candidate.against) or "Nothing"


def _against_tone(candidate: Candidate) -> str:
    return "text_muted" if candidate.barred else "warning" if candidate.against else ""


def _part(load: Load | None) -> float:
    return (load.percent if load is not None else None) or float("inf")


COLUMNS = (
    Column("Worker", lambda one: one.worker.name, strong=True, width=128),
    Column("Load now", lambda one: load_words(one.now), sort=lambda one: _part(one.now), align="right", width=96),
    Column("After", _after_words, sort=lambda one: _part(one.after), align="right", tone=_after_tone, width=84),
    Column("Children", _children_words, sort=lambda one: len(one.now.child_ids) if one.now else 0, align="right", width=72),
    Column("New, 7 days", lambda one: str(one.new_cases), sort=lambda one: one.new_cases, align="right", width=96),
    Column("Knows the family", knows_words, width=120, tip=knows_words),
    Column("Against it", against_words, tone=_against_tone, width=130, stretch=True, tip=against_words),
)
