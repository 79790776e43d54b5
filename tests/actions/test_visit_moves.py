"""Pinning, taking back, and who goes along: on a real workspace, and each can be undone."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from planner.actions.visits import Trip, log_visit, move_visit, need_workers, pin_visit, plan_visit, unplan_visit
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.records import Sighting, Visit
from tests.actions.test_visits import SEEN
from tests.helpers.small_workspace import TODAY

TOMORROW = TODAY + timedelta(days=1)
Does = Callable[..., Any]


def test_a_visit_is_pinned_and_unpinned(does: Does) -> None:
    planned = does(plan_visit, ["c1"], TODAY, "ada")
    assert does(pin_visit, planned.id, True).pinned
    assert not does(pin_visit, planned.id, False).pinned


def test_a_plan_taken_back_leaves_nothing_and_can_be_undone(workspace: Workspace, does: Does) -> None:
    planned = does(plan_visit, ["c1", "c2"], TODAY, "ada", Trip(at=time(14)))
    does(unplan_visit, planned.id)
    assert workspace.snapshot.find(Visit, planned.id) is None
    assert workspace.snapshot.by(Sighting, "visit_id", planned.id) == ()
    workspace.undo().result()
    assert workspace.snapshot.find(Visit, planned.id) == planned
    assert len(workspace.snapshot.by(Sighting, "visit_id", planned.id)) == 2


def test_a_visit_that_was_made_cannot_be_taken_back_or_pinned(does: Does) -> None:
    made = does(log_visit, {"c1": SEEN}, TODAY, "ada")
    for action, args in ((unplan_visit, ()), (pin_visit, (True,)), (need_workers, (2,))):
        with pytest.raises(Refused, match="no longer planned"):
            does(action, made.id, *args)


def test_moving_keeps_who_goes_along_unless_told_otherwise(does: Does) -> None:
    planned = does(plan_visit, ["c1"], TODAY, "ada", Trip(workers_needed=2, with_worker_ids=("ben",)))
    moved = does(move_visit, planned.id, TOMORROW)
    assert (moved.worker_id, moved.with_worker_ids, moved.workers_needed) == ("ada", ("ben",), 2)


def test_a_worker_who_now_leads_no_longer_goes_along(does: Does) -> None:
    planned = does(plan_visit, ["c1"], TODAY, "ada", Trip(workers_needed=2, with_worker_ids=("ben",)))
    assert does(move_visit, planned.id, TOMORROW, "ben").with_worker_ids == ()


def test_where_one_worker_will_do_the_second_is_taken_off(does: Does) -> None:
    planned = does(plan_visit, ["c1"], TODAY, "ada", Trip(workers_needed=2, with_worker_ids=("ben",)))
    alone = does(need_workers, planned.id, 1)
    assert (alone.workers_needed, alone.with_worker_ids) == (1, ())


def test_an_unknown_worker_cannot_go(does: Does) -> None:
    planned = does(plan_visit, ["c1"], TODAY, "ada")
    with pytest.raises(Refused, match="Choose a worker"):
        does(move_visit, planned.id, TOMORROW, "nobody")
