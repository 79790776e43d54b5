"""Chasing on a real workspace: asked, promised, recorded, each one step."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from planner.actions.chase import note_chased, note_promise, record_visits
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.flow_records import Chased
from planner.core.records import Visit
from tests.helpers.small_workspace import TODAY

Does = Callable[..., Any]
TOMORROW = TODAY + timedelta(days=1)


def test_asked_and_promised_on_one_day_is_one_entry(workspace: Workspace, does: Does) -> None:
    does(note_chased, ["late:x"], "ada", how="message", again_on=TOMORROW)
    does(note_promise, ["late:x"], "ada", TOMORROW, again_on=TOMORROW + timedelta(days=1))
    (entry,) = workspace.snapshot.all(Chased).values()
    assert (entry.how, entry.on, entry.promised_by, entry.again_on) == (
        "message",
        TODAY,
        TOMORROW,
        TOMORROW + timedelta(days=1),
    )


def test_many_things_are_asked_for_in_one_step_that_is_taken_back_whole(workspace: Workspace, does: Does) -> None:
    does(note_chased, ["late:x", "late:y"], "ada", how="message", again_on=TOMORROW)
    assert len(workspace.snapshot.all(Chased)) == 2
    workspace.undo().result()
    assert not workspace.snapshot.all(Chased)


def test_many_visits_are_recorded_in_one_step(workspace: Workspace, does: Does) -> None:
    does(lambda step: [step.put(Visit(id=f"v{n}", on=TODAY, status="made", worker_id="ada")) for n in range(3)])
    does(record_visits, ["v0", "v2", "v0"], TODAY)
    assert [workspace.snapshot.find(Visit, f"v{n}").recorded_on for n in range(3)] == [TODAY, None, TODAY]


@pytest.mark.parametrize(
    ("action", "args", "kwargs", "sentence"),
    [
        (note_chased, ([], "ada"), {"how": "", "again_on": TOMORROW}, "Choose what to ask for"),
        (note_chased, (["x"], "ada"), {"how": "", "again_on": TODAY}, "after today"),
        (note_promise, (["x"], "ada", TODAY - timedelta(days=1)), {"again_on": TOMORROW}, "from today on"),
        (record_visits, ([], TODAY), {}, "not yet in the case system"),
        (record_visits, (["nothing"], TODAY), {}, "that took place"),
    ],
)
def test_what_cannot_be_is_refused(does, action, args, kwargs, sentence):
    with pytest.raises(Refused, match=sentence):
        does(action, *args, **kwargs)


@pytest.mark.parametrize(("promised", "kept"), [(TOMORROW, TOMORROW), (TODAY, TODAY), (TODAY - timedelta(days=1), None)])
def test_a_promise_still_to_come_outlives_another_message_and_a_broken_one_does_not(
    workspace: Workspace, does: Does, promised: date, kept: date | None
) -> None:
    later = TODAY + timedelta(days=9)
    asked = TODAY - timedelta(days=4)
    before = Chased(id="before", about="late:x", worker_id="ada", on=asked, promised_by=promised, again_on=later)
    does(lambda step: step.put(before))
    does(note_chased, ["late:x"], "ada", how="message", again_on=TOMORROW)
    assert [one.promised_by for one in workspace.snapshot.by(Chased, "about", "late:x")] == [promised, kept]
    assert workspace.snapshot.by(Chased, "about", "late:x")[-1].again_on == (later if kept else TOMORROW)
