"""The choices of a visit's fields: what is stored, and what a person reads."""

from typing import TYPE_CHECKING

from planner.core.candidates import household_of
from planner.core.records import Child
from planner.core.visit_check import role_on
from planner.core.visit_outcome import MODES as MODES
from planner.core.visit_outcome import NOT_ALONE as NOT_ALONE
from planner.core.visit_outcome import NOT_SEEN as NOT_SEEN
from planner.core.visit_outcome import PLACES as PLACES
from planner.core.visit_outcome import STANDINGS as STANDINGS

if TYPE_CHECKING:
    from planner.ui.desk import Desk

ANNOUNCED = {"": "Not said", "yes": "Announced", "no": "Unannounced"}
BEDROOM = {"": "Not said", "yes": "Bedroom seen", "no": "Bedroom not seen"}
TOLD = {"yes": True, "no": False}
"""What a choice of the two above means; None where it is not said."""
ROLES = {
    "lead": "Lead worker",
    "co-worker": "Co-worker",
    "lead child protection practitioner": "Lead child protection practitioner",
    "personal adviser": "Personal adviser",
    "duty worker": "Duty worker",
    "manager": "Manager",
    "other": "Someone else",
}


def workers_offered(desk: "Desk") -> dict[str, str]:
    """The workers of the teams looked at, by id and name, with nobody chosen first."""
    workers = desk.outlook.workers if desk.outlook is not None else ()
    return {"": "Choose"} | {worker.id: worker.name for worker in workers}


def household_open(desk: "Desk", child: Child) -> tuple[Child, ...]:
    """The child, then those of the household who have an open case: whom one trip can see."""
    snapshot = desk.workspace.snapshot
    return tuple(
        other
        for other in household_of(snapshot, child)
        if other.id == child.id or snapshot.case(other.id, desk.today) is not None
    )


def lead_of(desk: "Desk", child_id: str) -> str:
    """The id of the child's lead worker on the day looked at, or an empty string."""
    lead = desk.workspace.snapshot.lead(child_id, desk.on)
    return lead.worker_id if lead else ""


def role_of(desk: "Desk", child_id: str, worker_id: str) -> str:
    """In what role a worker goes to a child: the one they hold the child in, else someone else."""
    return role_on(desk.workspace.snapshot, child_id, worker_id, desk.on)
