"""What each source can know: an Annex A holds no core groups, so a core group missing from it is unknown, not overdue."""

from functools import cache

IMPORTED = "As the case system has it"
"""The reason of an allocation that came with an import."""
CLOSED_THERE = "Case closed in the case system"
"""The reason for which an allocation ended, where the case system closed the case."""

_FRONT_DOOR = (
    "referral_received",
    "assessment_started",
    "assessment_authorised",
    "strategy_discussion",
    "icpc_held",
    "cp_review_held",
)

TRACKER = "table"
"""A team's own list, which is not the case system."""
ANNEX_A_WITHOUT_CONTACTS = "annex-a without contacts"
"""An Annex A whose List 9 has the older layout: it knows nothing of care leavers but that they are."""

SOURCES_HOLD = {
    ANNEX_A_WITHOUT_CONTACTS: frozenset(_FRONT_DOOR),
    "annex-a": frozenset((*_FRONT_DOOR, "visit", "lac_review_held", "health_assessment_held", "pathway_plan_reviewed")),
    "cin-census": frozenset(_FRONT_DOOR),
    "ssda903": frozenset(("lac_review_held",)),
    "ssd": frozenset(
        (
            *_FRONT_DOOR,
            "visit",
            "section_47_started",
            "section_47_ended",
            "lac_review_held",
            "health_assessment_held",
            "care_plan_made",
            "pathway_plan_reviewed",
        )
    ),
    TRACKER: frozenset(("visit",)),
}
"""By the format a child was imported from: the events it can hold, and `visit` where it holds the last visit at least."""

LATEST_ONLY = frozenset({"annex-a", ANNEX_A_WITHOUT_CONTACTS})
"""Sources that hold only the latest review, which may be the first or a later one."""

WITHOUT = " without "
"""What stands between a source's format and what this child's extract of it lacks: `ssd without visit, care_plan_made`."""


_LATEST = frozenset({"annex-a", TRACKER})
"""Formats that hold of a child's visits and reviews the latest only."""


def holds_history(source: str) -> bool:
    """Whether a child's source holds the visits and reviews before the latest too; what was typed in here does."""
    return source.partition(WITHOUT)[0] not in _LATEST


@cache
def held_by(source: str) -> frozenset[str] | None:
    """What a child's source can hold: its format's, less what it was said to be without; None for what was typed in here."""
    known = SOURCES_HOLD.get(source)
    if known is not None:
        return known
    base, _, lacking = source.partition(WITHOUT)
    whole = SOURCES_HOLD.get(base)
    return None if whole is None else whole - frozenset(lacking.split(", "))
