"""Who may decide for a child: whoever manages the team that has the case."""

from planner.actions.step import Step
from planner.core.away_reasons import manages
from planner.core.errors import Refused
from planner.core.records import Worker


def decides_for(step: Step, child_id: str) -> bool:
    """Whether the person who works manages the team that has the child's case today."""
    lead, case = step.snapshot.lead(child_id, step.today), step.snapshot.case(child_id, step.today)
    worker = step.snapshot.find(Worker, lead.worker_id) if lead else None
    team_id = worker.team_id if worker else step.snapshot.team_of(case, step.today) if case else ""
    return manages(step.person, team_id)


def must_decide_for(step: Step, child_id: str) -> None:
    """Raises Refused unless the person who works manages the team that has the child's case."""
    if not decides_for(step, child_id):
        raise Refused("This is for the manager of the child's team to decide. Nothing was changed.")
