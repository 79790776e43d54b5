"""A planned visit is to confirm until the worker says yes, and again once it is moved; one step, which can be undone."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from planner.actions.confirming import confirm_visits
from planner.actions.visits import Trip, cancel_visit, move_visit, plan_visit
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.records import Visit
from tests.helpers.small_workspace import TODAY

TOMORROW = TODAY + timedelta(days=1)
Does = Callable[..., Any]


def confirmed(workspace: Workspace, visit: Visit) -> bool:
    found = workspace.snapshot.find(Visit, visit.id)
    assert found is not None
    return found.confirmed_on is not None


def test_a_week_is_confirmed_in_one_step_and_undone_in_one(workspace: Workspace, does: Does) -> None:
    planned = [does(plan_visit, [child], TODAY, "ada") for child in ("c1", "c2")]
    assert [confirmed(workspace, visit) for visit in planned] == [False, False]
    does(confirm_visits, [visit.id for visit in planned])
    assert [confirmed(workspace, visit) for visit in planned] == [True, True]
    workspace.undo().result()
    assert [confirmed(workspace, visit) for visit in planned] == [False, False]


def test_a_confirmed_visit_can_be_to_confirm_again(workspace: Workspace, does: Does) -> None:
    planned = does(plan_visit, ["c1"], TODAY, "ada")
    does(confirm_visits, [planned.id])
    does(confirm_visits, [], [planned.id])
    assert not confirmed(workspace, planned)


@pytest.mark.parametrize(
    ("on", "worker", "at", "stays"),
    [(TODAY, "", time(14), True), (TOMORROW, "", time(14), False), (TODAY, "ben", time(14), False), (TODAY, "", None, False)],
)
def test_a_visit_moved_to_another_day_worker_or_time_is_to_confirm_again(
    workspace: Workspace, does: Does, on: Any, worker: str, at: Any, stays: bool
) -> None:
    planned = does(plan_visit, ["c1"], TODAY, "ada", Trip(at=time(14)))
    does(confirm_visits, [planned.id])
    does(move_visit, planned.id, on, worker, at)
    assert confirmed(workspace, planned) is stays


def test_a_cancelled_visit_cannot_be_confirmed(does: Does) -> None:
    planned = does(plan_visit, ["c1"], TODAY, "ada")
    does(cancel_visit, planned.id, "Family away")
    with pytest.raises(Refused, match="no longer planned"):
        does(confirm_visits, [planned.id])
