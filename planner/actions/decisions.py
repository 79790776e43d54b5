"""What is decided about a child: the story of what is late, what follows from failed visits, and that a rule does not run."""

from dataclasses import replace
from datetime import date

from planner.actions.authority import decides_for, must_decide_for
from planner.actions.in_force import make_way
from planner.actions.step import Step
from planner.core.durations import duration
from planner.core.errors import Refused
from planner.core.flow_records import Decision
from planner.core.records import Child, Story, Suspension, Visit, VisitFrequency
from planner.core.snapshot import holds
from planner.core.tried_visits import TRIES


def write_story(
    step: Step, child_id: str, obligation: str, *, why: str, doing: str = "", owner: str = "", by: date | None = None
) -> Story:
    """Say why an obligation (its id) is late, what is being done, by whom and by when.

    A story of an earlier day stays in its history; one of today is written over. What a manager writes is agreed by that.
    Raises Refused without a why, or with a day to act by that has passed.
    """
    _child(step, child_id)
    if not why.strip():
        raise Refused("Say why it is late. Nothing was changed.")
    if by is not None and by < step.today:
        raise Refused("Enter a day to act by, from today on. Nothing was changed.")
    told = step.snapshot.by(Story, "obligation", obligation)
    is_of_today = bool(told) and told[-1].written_on == step.today
    former = told[-1] if is_of_today else Story(id=step.new_id(), obligation=obligation, child_id=child_id)
    story = replace(former, why=why.strip(), action=doing.strip(), owner=owner.strip(), by=by, written_on=step.today)
    return _put_story(step, story)


def carry_story(step: Step, obligation: str, by: date | None = None) -> Story:
    """Carry a story on: the same words, said again today, with another day to act by where the first has passed.

    Raises Refused where there is none, where it was written today, or without a day where the one it names has passed.
    """
    told = _told(step, obligation)
    if told.written_on == step.today:
        raise Refused("This story was written today. Nothing was changed.")
    day = by or told.by
    if day is not None and day < step.today:
        raise Refused("The day to act by has passed. Enter another, from today on. Nothing was changed.")
    return _put_story(step, replace(told, id=step.new_id(), by=day, written_on=step.today))


def agree_story(step: Step, obligation: str, by: date | None = None) -> Story:
    """Agree the story of an obligation as it stands, with the day to act by where one is given.

    Raises Refused where there is none, it is agreed already, the day has passed, or the person is no manager.
    """
    told = _told(step, obligation)
    if told.agreed_on is not None:
        raise Refused("This story is agreed already. Nothing was changed.")
    must_decide_for(step, told.child_id)
    if by is not None and by < step.today:
        raise Refused("Enter a day to act by, from today on. Nothing was changed.")
    agreed = replace(told, by=by or told.by, agreed_on=step.today, agreed_by=step.person.name)
    step.put(agreed)
    return agreed


def _told(step: Step, obligation: str) -> Story:
    told = step.snapshot.by(Story, "obligation", obligation)
    if not told:
        raise Refused("No story is written of this yet. Write why it is late first. Nothing was changed.")
    return told[-1]


def _put_story(step: Step, story: Story) -> Story:
    """Keep a story: agreed where a manager says it, else waiting to be agreed."""
    manages = decides_for(step, story.child_id)
    said = replace(story, agreed_on=step.today if manages else None, agreed_by=step.person.name if manages else "")
    step.put(said)
    return said


def decide_tries(step: Step, child_id: str, visit_id: str, *, decided: str, reason: str, by: date | None = None) -> Decision:
    """Decide what follows from visits that did not see a child, the last of which is `visit_id`.

    Raises Refused without a choice or a reason, for a day gone by, where the visit was not made or tried, or for no manager.
    """
    _child(step, child_id)
    must_decide_for(step, child_id)
    visit = step.snapshot.find(Visit, visit_id)
    if visit is None or visit.status not in ("attempted", "made"):
        raise Refused("The visit this is about is no longer there. Look at the child again. Nothing was changed.")
    if not decided.strip() or not reason.strip():
        raise Refused("Choose what is to be done, and say why. Nothing was changed.")
    if by is not None and by < step.today:
        raise Refused("Enter a day to act by, from today on. Nothing was changed.")
    decision = Decision(
        id=step.new_id(),
        child_id=child_id,
        matter=TRIES,
        about=visit_id,
        decided=decided.strip(),
        reason=reason.strip(),
        on=step.today,
        by=by,
        decided_by=step.person.name,
    )
    step.put(decision)
    return decision


def suspend_rule(step: Step, child_id: str, rule: str, start: date, *, reason: str, end: date | None = None) -> Suspension:
    """Decide that one rule does not run for a child from a day, until `end`, the first day it runs again or is decided anew.

    The person who works is who decided. Raises Refused without a rule, a reason or an end, for an end not after the start,
    or for no manager.
    """
    _child(step, child_id)
    must_decide_for(step, child_id)
    if not rule:
        raise Refused("Choose the rule that does not run. Nothing was changed.")
    if not reason.strip():
        raise Refused("Give the reason: it is listed with every figure that leaves this child out. Nothing was changed.")
    if end is None:
        raise Refused("Enter the day on which the rule runs again, or is decided anew. Nothing was changed.")
    if end <= start:
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


def set_visit_frequency(step: Step, child_id: str, rule: str, every: str, start: date, set_by: str = "") -> None:
    """Say how often the child's own plan has them visited under a rule from a day, as `10 working days`; empty takes it back.

    What the plan said before ends on that day, and what is arranged for later ends the new. Raises Refused for what is no
    length, and where there is nothing to take back.
    """
    _child(step, child_id)
    length = str(duration(every)) if every.strip() else ""
    known = [one for one in step.snapshot.by(VisitFrequency, "child_id", child_id) if one.rule == rule]
    if not length and not any(holds(one, start) for one in known):
        raise Refused("The child's plan says nothing of its own under this rule then. Type how often. Nothing was changed.")
    end = make_way(step, known, start)
    if length:
        said_by = set_by.strip()
        step.put(
            VisitFrequency(id=step.new_id(), child_id=child_id, rule=rule, every=length, start=start, end=end, set_by=said_by)
        )


def _child(step: Step, child_id: str) -> Child:
    child = step.snapshot.find(Child, child_id)
    if child is None:
        raise Refused("This child is not in the workspace. Nothing was changed.")
    return child
