"""What a placement is in law beside its type: no code of a case system tells it, and it sets how often the child is visited."""

from datetime import date

from planner.core.records import Placement
from planner.core.snapshot import Snapshot

AGREEABLE = frozenset({"U1", "U4"})
"""Long-term foster placements, in which the child may agree to fewer visits (CPPCR reg 28(3A))."""

NO_CARER = frozenset({"K1", "K2", "K3", "H5", "P2", "P3", "R1", "R2", "R3", "R5", "S1"})
"""Homes, hospitals, schools and independent living: with no person whom anybody could approve."""


def placement_on(snapshot: Snapshot, child_id: str, on: date) -> Placement | None:
    """The child's placement that runs on the day, of two the later; one whose start nobody knows runs to its end."""
    for one in reversed(snapshot.by(Placement, "child_id", child_id)):
        if (one.start or date.min) <= on < (one.end or date.max):
            return one
    return None


def terms_open_to(kind: str) -> tuple[str, ...]:
    """The terms a placement of a type can be under, by the names of their fields (CPPCR regs 2, 19, 24 and 48)."""
    if kind == "P1":
        return ("regulation_19",)
    if kind.startswith("A"):
        return ()
    approved = () if kind in NO_CARER else ("regulation_24",)
    return (*approved, "intended_to_18", "short_break")
