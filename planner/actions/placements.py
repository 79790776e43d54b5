"""What is said here of a child's placement, whose period comes from the case system."""

from dataclasses import replace
from datetime import date

from planner.actions.step import Step
from planner.core.errors import Refused
from planner.core.placement_terms import AGREEABLE, terms_open_to
from planner.core.records import Placement


def set_placement_terms(
    step: Step, placement_id: str, term: str, *, extended_on: date | None = None, agreed_on: date | None = None
) -> None:
    """Say which term a placement is under, of those open to its type, in place of what was said before; empty for none.

    `extended_on` is kept with a temporary approval, `agreed_on`, the day the child agreed to fewer visits, with a long-term
    foster placement until 18. Raises Refused for another term, and for a day before the placement or after today.
    """
    placement = step.snapshot.find(Placement, placement_id)
    if placement is None:
        raise Refused("This placement is no longer there. Nothing was changed.")
    if term and term not in terms_open_to(placement.type):
        raise Refused("A placement of this type cannot be that. Choose again. Nothing was changed.")
    extended_on = extended_on if term == "regulation_24" else None
    agreed_on = agreed_on if term == "intended_to_18" and placement.type in AGREEABLE else None
    for day in filter(None, (extended_on, agreed_on)):
        if not (placement.start or date.min) <= day <= step.today:
            raise Refused("Enter a day from the start of the placement to today. Nothing was changed.")
    said = replace(
        placement,
        intended_to_18=term == "intended_to_18",
        regulation_19=term == "regulation_19",
        regulation_24=term == "regulation_24",
        short_break=term == "short_break",
        regulation_24_extended_on=extended_on,
        child_agreed_fewer_visits_on=agreed_on,
    )
    step.put(said)
