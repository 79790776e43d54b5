"""Assessments on their way: sent, checked, signed or sent back, on a real workspace."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from planner.actions.assessments import (
    check_assessment,
    check_assessments,
    send_assessment,
    send_back_assessment,
    sign_assessment,
)
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.flow_records import Decision
from planner.core.records import Event, Person
from tests.helpers.small_workspace import TODAY

Does = Callable[..., Any]
YESTERDAY = TODAY - timedelta(days=1)


def events(workspace: Workspace, status: str = "held") -> list[str]:
    return [event.event for event in workspace.snapshot.by(Event, "child_id", "c1") if event.status == status]


def test_an_assessment_is_signed_after_it_was_sent(workspace: Workspace, does: Does) -> None:
    does(send_assessment, "c1", YESTERDAY)
    does(sign_assessment, "c1", TODAY, limit_on=TODAY)
    assert events(workspace) == ["assessment_to_manager", "assessment_authorised"]
    assert not workspace.snapshot.all(Decision)


def test_signed_past_its_limit_it_needs_the_reason_which_is_recorded(workspace: Workspace, does: Does) -> None:
    does(send_assessment, "c1", YESTERDAY)
    with pytest.raises(Refused, match="Say why it took longer"):
        does(sign_assessment, "c1", TODAY, limit_on=YESTERDAY)
    does(sign_assessment, "c1", TODAY, limit_on=YESTERDAY, reason=" Family abroad ")
    (decision,) = workspace.snapshot.all(Decision).values()
    assert (decision.matter, decision.reason, decision.decided_by) == ("sign", "Family abroad", "Test Person")


def test_sent_back_it_waits_no_more_and_can_be_sent_again_on_the_same_day(workspace: Workspace, does: Does) -> None:
    does(send_assessment, "c1", TODAY)
    does(send_back_assessment, "c1", "Views of the father are missing")
    assert (events(workspace), events(workspace, "cancelled")) == ([], ["assessment_to_manager"])
    with pytest.raises(Refused, match="waits to be signed"):
        does(sign_assessment, "c1", TODAY)
    does(send_assessment, "c1", TODAY)
    does(sign_assessment, "c1", TODAY)


def test_a_check_is_kept_with_what_was_found(workspace: Workspace, does: Does) -> None:
    does(check_assessment, "c1", TODAY, "On course")
    assert events(workspace) == ["assessment_checked"]
    assert [one.reason for one in workspace.snapshot.by(Decision, "matter", "check")] == ["On course"]


def test_several_are_checked_in_one_step_or_none(workspace: Workspace, does: Does) -> None:
    does(check_assessments, ["c1", "c2", "c1"], TODAY)
    assert len(workspace.snapshot.by(Event, "event", "assessment_checked")) == 2
    with pytest.raises(Refused, match=r"no open case|for the manager"):
        does(check_assessments, ["c1", "nobody"], TODAY)
    assert len(workspace.snapshot.by(Event, "event", "assessment_checked")) == 2


@pytest.mark.parametrize(
    ("action", "args", "kwargs", "sentence"),
    [
        (send_assessment, ("c1", TODAY + timedelta(days=1)), {}, "on or before today"),
        (send_assessment, ("nobody", TODAY), {}, "no open case"),
        (check_assessment, ("c1", TODAY - timedelta(days=900)), {}, "no open case"),
        (sign_assessment, ("c1", TODAY), {}, "waits to be signed"),
        (send_back_assessment, ("c1", " "), {}, "Say what is missing"),
    ],
)
def test_what_cannot_be_is_refused(workspace, does, action, args, kwargs, sentence):
    with pytest.raises(Refused, match=f"{sentence}|for the manager"):
        does(action, *args, **kwargs)
    assert not workspace.snapshot.all(Event)


def test_only_the_manager_of_the_team_signs(workspace: Workspace, does: Does) -> None:
    does(send_assessment, "c1", YESTERDAY)
    does(lambda step: step.put(Person(id="p2", name="Co-ordinator", role="project co-ordinator")))
    does(lambda step: step.put(Person(id="p3", name="Other manager", role="team manager", team_ids=("other",))))
    for person in ("p2", "p3"):
        workspace.sign_in(person)
        with pytest.raises(Refused, match="for the manager of the child's team"):
            does(sign_assessment, "c1", TODAY)
