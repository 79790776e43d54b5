"""What a manager decides about one duty to a child: its story while it is late, and that it does not run for a time."""

from dataclasses import replace
from datetime import date

from planner.actions.step import Step
from planner.core.errors import Refused
from planner.core.records import Child, Story, Suspension


def write_story(
    step: Step, child_id: str, obligation: str, *, why: str, doing: str = "", owner: str = "", by: date | None = None
) -> Story:
    """Say why an obligation (its id) is late, what is being done, by whom and by when; an earlier story is written over.

    Raises Refused without a why, or with a day to act by that has passed.
    """
    _child(step, child_id)
    if not why.strip():
        raise Refused("Say why it is late. Nothing was changed.")
    if by is not None and by < step.today:
        raise Refused("Enter a day to act by, from today on. Nothing was changed.")
    told = step.snapshot.by(Story, "obligation", obligation)
    former = told[-1] if told else Story(id=step.new_id(), obligation=obligation, child_id=child_id)
    story = replace(former, why=why.strip(), action=doing.strip(), owner=owner.strip(), by=by, written_on=step.today)
    step.put(story)
    return story


def suspend_rule(step: Step, child_id: str, rule: str, start: date, *, reason: str, end: date | None = None) -> Suspension:
    """Decide that one rule does not run for a child from a day, until `end` (the first day it runs again) or further notice.

    The person who works is who decided. Raises Refused without a rule or a reason, or for an end not after the start.
    """
    _child(step, child_id)
    if not rule:
        raise Refused("Choose the rule that does not run. Nothing was changed.")
    if not reason.strip():
        raise Refused("Give the reason: it is listed with every figure that leaves this child out. Nothing was changed.")
    if end is not None and end <= start:
        raise Refused("Enter a day after the first on which the rule runs again. Nothing was changed.")
    suspension = Suspension(
        id=step.new_id(),
        child_id=child_id,
        rule=rule,
        start=start,
        end=end,
        reason=reason.strip(),
        decided_by=step.person.name,
    )
    step.put(suspension)
    return suspension


def resume_rule(step: Step, suspension_id: str, on: date) -> Suspension:
    """Let a suspended rule run again from a day. Raises Refused for one that runs already, or a day before it stopped."""
    suspension = step.snapshot.find(Suspension, suspension_id)
    if suspension is None or (suspension.end is not None and suspension.end <= on):
        raise Refused("This rule runs already. Nothing was changed.")
    if suspension.start is not None and on < suspension.start:
        raise Refused("Enter a day on or after the one on which the rule stopped. Nothing was changed.")
    resumed = replace(suspension, end=on)
    step.put(resumed)
    return resumed


def _child(step: Step, child_id: str) -> Child:
    child = step.snapshot.find(Child, child_id)
    if child is None:
        raise Refused("This child is not in the workspace. Nothing was changed.")
    return child
