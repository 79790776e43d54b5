"""Stories and suspensions on a real workspace."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from planner.actions.decisions import (
    agree_story,
    carry_story,
    decide_tries,
    resume_rule,
    set_visit_frequency,
    suspend_rule,
    write_story,
)
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.records import Person, Story, Suspension, Visit, VisitFrequency
from tests.helpers.small_workspace import TODAY

Does = Callable[..., Any]
TOMORROW = TODAY + timedelta(days=1)


def test_a_story_says_why_what_who_and_by_when(workspace: Workspace, does: Does) -> None:
    story = does(write_story, "c1", "duty", why=" Family away ", doing="Visit at school", owner="Ada", by=TOMORROW)
    assert (story.why, story.action, story.owner, story.by, story.written_on) == (
        "Family away",
        "Visit at school",
        "Ada",
        TOMORROW,
        TODAY,
    )
    assert workspace.snapshot.by(Story, "obligation", "duty") == (story,)


def test_a_story_written_again_on_one_day_takes_the_place_of_the_first(workspace: Workspace, does: Does) -> None:
    first = does(write_story, "c1", "duty", why="Family away")
    second = does(write_story, "c1", "duty", why="Refused entry")
    assert second.id == first.id
    assert workspace.snapshot.by(Story, "obligation", "duty") == (second,)


def told_last_week(does: Does, **said: Any) -> Story:
    """A story a co-ordinator wrote a week ago."""
    story = Story(id="old", obligation="duty", child_id="c1", why="Family away", written_on=TODAY - timedelta(days=7), **said)
    does(lambda step: step.put(story))
    return story


def test_a_story_of_last_week_stays_when_another_is_written_or_it_is_carried_on(workspace: Workspace, does: Does) -> None:
    old = told_last_week(does, owner="Ada", by=TOMORROW)
    carried = does(carry_story, "duty")
    assert workspace.snapshot.by(Story, "obligation", "duty") == (old, carried)
    assert (carried.why, carried.owner, carried.by, carried.written_on) == (old.why, "Ada", TOMORROW, TODAY)
    with pytest.raises(Refused, match="written today"):
        does(carry_story, "duty")


def test_a_story_whose_day_has_passed_is_carried_on_with_another_day_only(does: Does) -> None:
    told_last_week(does, by=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="has passed"):
        does(carry_story, "duty")
    assert does(carry_story, "duty", TOMORROW).by == TOMORROW


def test_a_manager_agrees_a_story_and_what_a_manager_writes_is_agreed(workspace: Workspace, does: Does) -> None:
    told_last_week(does)
    agreed = does(agree_story, "duty")
    assert (agreed.agreed_on, agreed.agreed_by) == (TODAY, "Test Person")
    with pytest.raises(Refused, match="agreed already"):
        does(agree_story, "duty")
    assert does(write_story, "c1", "other duty", why="Refused entry").agreed_on == TODAY
    does(lambda step: step.put(Person(id="p2", name="Co-ordinator", role="project co-ordinator")))
    workspace.sign_in("p2")
    assert does(write_story, "c1", "third duty", why="Refused entry").agreed_on is None
    with pytest.raises(Refused, match="for the manager"):
        does(agree_story, "third duty")


def test_what_follows_from_failed_visits_is_decided_with_its_reason(workspace: Workspace, does: Does) -> None:
    does(lambda step: step.put(Visit(id="v", on=TODAY, status="attempted", worker_id="ada")))
    decision = does(decide_tries, "c1", "v", decided="Strategy discussion", reason="Third refusal", by=TOMORROW)
    assert (decision.about, decision.decided, decision.by, decision.decided_by) == (
        "v",
        "Strategy discussion",
        TOMORROW,
        "Test Person",
    )


def test_a_suspended_rule_says_who_decided_and_why(does: Does) -> None:
    suspension = does(suspend_rule, "c1", "CP-VISIT", TODAY, reason="Missing", end=TODAY + timedelta(days=7))
    assert (suspension.rule, suspension.reason, suspension.decided_by) == ("CP-VISIT", "Missing", "Test Person")


def test_a_suspension_ends_on_the_day_the_rule_runs_again(workspace: Workspace, does: Does) -> None:
    suspension = does(suspend_rule, "c1", "CP-VISIT", TODAY, reason="Abroad", end=TODAY + timedelta(days=30))
    does(resume_rule, suspension.id, TOMORROW)
    assert workspace.snapshot.find(Suspension, suspension.id).end == TOMORROW


@pytest.mark.parametrize(
    ("action", "args", "kwargs", "sentence"),
    [
        (write_story, ("c1", "duty"), {"why": " "}, "Say why it is late."),
        (write_story, ("c1", "duty"), {"why": "Away", "by": date(2020, 1, 1)}, "Enter a day to act by, from today on."),
        (write_story, ("nobody", "duty"), {"why": "Away"}, "This child is not in the workspace."),
        (suspend_rule, ("c1", "", TODAY), {"reason": "Missing"}, "Choose the rule"),
        (suspend_rule, ("c1", "CP-VISIT", TODAY), {"reason": ""}, "Give the reason"),
        (suspend_rule, ("c1", "CP-VISIT", TODAY), {"reason": "Missing"}, "on which the rule runs again"),
        (suspend_rule, ("c1", "CP-VISIT", TODAY), {"reason": "Missing", "end": TODAY}, "Enter a day after the first"),
        (carry_story, ("nothing",), {}, "No story is written"),
        (agree_story, ("nothing",), {}, "No story is written"),
        (decide_tries, ("c1", "gone"), {"decided": "Other", "reason": "So"}, "no longer there"),
        (resume_rule, ("nothing", TODAY), {}, "This rule runs already."),
    ],
)
def test_what_is_missing_is_refused_and_nothing_changes(workspace, does, action, args, kwargs, sentence):
    before = workspace.snapshot
    with pytest.raises(Refused, match=sentence):
        does(action, *args, **kwargs)
    assert set(workspace.snapshot.records()) == set(before.records())


def test_a_rule_cannot_run_again_before_it_stopped(does: Does) -> None:
    suspension = does(suspend_rule, "c1", "CP-VISIT", TODAY, reason="Abroad", end=TODAY + timedelta(days=30))
    with pytest.raises(Refused, match="on or after"):
        does(resume_rule, suspension.id, TODAY - timedelta(days=1))


def said_of_visits(workspace: Workspace) -> list[tuple[str, date | None, date | None]]:
    """What the plan of C1 says of its visits, and from when until when."""
    return [(one.every, one.start, one.end) for one in workspace.snapshot.by(VisitFrequency, "child_id", "c1")]


def test_what_a_plan_says_of_visits_ends_when_it_says_something_else_or_nothing(workspace: Workspace, does: Does) -> None:
    later = TODAY + timedelta(days=30)
    does(set_visit_frequency, "c1", "CP-VISIT", "2  Weeks", TODAY)
    does(set_visit_frequency, "c1", "CP-VISIT", "4 weeks", later)
    does(set_visit_frequency, "c1", "CP-VISIT", "1 week", TOMORROW)
    said = [("2 weeks", TODAY, TOMORROW), ("1 week", TOMORROW, later), ("4 weeks", later, None)]
    assert said_of_visits(workspace) == said
    does(set_visit_frequency, "c1", "CP-VISIT", "", TOMORROW)
    assert said_of_visits(workspace) == [said[0], said[2]]
    workspace.undo().result()
    assert said_of_visits(workspace) == said


@pytest.mark.parametrize(("every", "sentence"), [("often", "not a length of time"), ("", "says nothing of its own")])
def test_what_is_no_length_or_takes_nothing_back_is_refused(workspace: Workspace, does: Does, every: str, sentence: str) -> None:
    does(set_visit_frequency, "c1", "CP-VISIT", "2 weeks", TOMORROW)
    with pytest.raises(Refused, match=sentence):
        does(set_visit_frequency, "c1", "CP-VISIT", every, TODAY)
