"""Stories and suspensions on a real workspace."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from planner.actions.decisions import resume_rule, suspend_rule, write_story
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.records import Story, Suspension
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


def test_a_story_written_again_takes_the_place_of_the_first(workspace: Workspace, does: Does) -> None:
    first = does(write_story, "c1", "duty", why="Family away")
    second = does(write_story, "c1", "duty", why="Refused entry")
    assert second.id == first.id
    assert workspace.snapshot.by(Story, "obligation", "duty") == (second,)


def test_a_suspended_rule_says_who_decided_and_why(does: Does) -> None:
    suspension = does(suspend_rule, "c1", "CP-VISIT", TODAY, reason="Missing", end=TODAY + timedelta(days=7))
    assert (suspension.rule, suspension.reason, suspension.decided_by) == ("CP-VISIT", "Missing", "Test Person")


def test_a_suspension_ends_on_the_day_the_rule_runs_again(workspace: Workspace, does: Does) -> None:
    suspension = does(suspend_rule, "c1", "CP-VISIT", TODAY, reason="Abroad")
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
        (suspend_rule, ("c1", "CP-VISIT", TODAY), {"reason": "Missing", "end": TODAY}, "Enter a day after the first"),
        (resume_rule, ("nothing", TODAY), {}, "This rule runs already."),
    ],
)
def test_what_is_missing_is_refused_and_nothing_changes(workspace, does, action, args, kwargs, sentence):
    before = workspace.snapshot
    with pytest.raises(Refused, match=sentence):
        does(action, *args, **kwargs)
    assert set(workspace.snapshot.records()) == set(before.records())


def test_a_rule_cannot_run_again_before_it_stopped(does: Does) -> None:
    suspension = does(suspend_rule, "c1", "CP-VISIT", TODAY, reason="Abroad")
    with pytest.raises(Refused, match="on or after"):
        does(resume_rule, suspension.id, TODAY - timedelta(days=1))
