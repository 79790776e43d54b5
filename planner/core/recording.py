"""Which visits took place, and which of these the case system does not have yet."""

from datetime import date

from planner.core.records import Visit

TOOK_PLACE = ("made", "attempted")
"""The standings of a visit that somebody went on."""


def is_unrecorded(visit: Visit, on: date | None = None) -> bool:
    """Whether a visit was logged here and took place, and is not known to be in the case system: at all, or on a day."""
    is_there = visit.recorded_on is not None and (on is None or visit.recorded_on <= on)
    return visit.status in TOOK_PLACE and not visit.source and not is_there
