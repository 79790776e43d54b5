"""Planning, moving, cancelling and logging visits on a real workspace."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest

from planner.actions.visits import (
    SameDay,
    SeenAs,
    Trip,
    VisitMade,
    cancel_visit,
    log_visit,
    log_visits,
    mark_recorded,
    move_visit,
    plan_visit,
)
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.records import Sighting, Visit
from tests.helpers.small_workspace import TODAY

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
SEEN = SeenAs(seen=True, seen_alone=True)
Does = Callable[..., Any]


def sightings(workspace: Workspace, visit: Visit) -> dict[str, Sighting]:
    return {sighting.child_id: sighting for sighting in workspace.snapshot.by(Sighting, "visit_id", visit.id)}


def test_one_trip_to_two_siblings_is_one_visit_with_an_outcome_each(workspace: Workspace, does: Does) -> None:
    out = SeenAs(seen=False, not_seen_reason="At a friend's")
    visit = does(log_visit, {"c1": SEEN, "c2": out}, TODAY, "ada", Trip(place="home", at=time(15, 30), minutes=45))
    assert (visit.status, visit.logged_by, visit.minutes) == ("made", "p", 45)
    outcomes = sightings(workspace, visit)
    assert (outcomes["c1"].seen, outcomes["c1"].seen_alone, outcomes["c2"].seen) == (True, True, False)


def test_a_visit_on_which_no_child_was_seen_is_attempted(does: Does) -> None:
    assert does(log_visit, {"c1": SeenAs(seen=False, not_seen_reason="No one at home")}, TODAY, "ada").status == "attempted"


def test_a_planned_visit_that_was_made_is_one_visit_still(workspace: Workspace, does: Does) -> None:
    planned = does(plan_visit, ["c1", "c2"], TOMORROW, "ada", Trip(pinned=True))
    made = does(log_visit, {"c1": SEEN}, TODAY, "ben", visit_id=planned.id)
    assert made.id == planned.id
    assert dict(workspace.snapshot.all(Visit)) == {made.id: made}
    assert set(sightings(workspace, made)) == {"c1"}


def test_a_visit_can_be_moved_to_another_day_and_worker(does: Does) -> None:
    planned = does(plan_visit, ["c1"], TODAY, "ada")
    moved = does(move_visit, planned.id, TOMORROW, "ben", time(10, 0))
    assert (moved.on, moved.worker_id, moved.at) == (TOMORROW, "ben", time(10, 0))


def test_a_cancelled_visit_keeps_its_reason(does: Does) -> None:
    planned = does(plan_visit, ["c1"], TODAY, "ada")
    assert does(cancel_visit, planned.id, " Family away ").cancelled_reason == "Family away"


def test_a_visit_can_be_said_to_be_in_the_case_system(does: Does) -> None:
    made = does(log_visit, {"c1": SEEN}, YESTERDAY, "ada")
    assert made.recorded_on is None
    assert does(mark_recorded, made.id, TODAY).recorded_on == TODAY


def test_a_second_visit_on_one_day_is_asked_about_and_then_allowed(does: Does) -> None:
    does(log_visit, {"c1": SEEN}, TODAY, "ada")
    with pytest.raises(SameDay, match="C1 has a visit logged on 23 November 2026 already"):
        does(log_visit, {"c1": SEEN}, TODAY, "ada")
    assert does(log_visit, {"c1": SEEN}, TODAY, "ada", again=True).status == "made"


def test_an_attempt_and_a_visit_on_one_day_are_not_asked_about(does: Does) -> None:
    does(log_visit, {"c1": SeenAs(seen=False, not_seen_reason="Out")}, TODAY, "ada")
    assert does(log_visit, {"c1": SEEN}, TODAY, "ada").status == "made"


@pytest.mark.parametrize(
    ("action", "arguments", "sentence"),
    [
        (log_visit, ({"c1": SEEN}, TOMORROW, "ada"), "Enter a visit date on or before today"),
        (log_visit, ({}, TODAY, "ada"), "Choose at least one child"),
        (log_visit, ({"c1": SEEN}, TODAY, "nobody"), "Choose who goes"),
        (log_visit, ({"c9": SEEN}, TODAY, "ada"), "not in the workspace"),
        (log_visit, ({"c1": SeenAs(seen=False)}, TODAY, "ada"), "Say why C1 was not seen"),
        (plan_visit, (["c1"], YESTERDAY, "ada"), "22 November 2026 has passed"),
        (plan_visit, ([], TODAY, "ada"), "Choose at least one child"),
        (move_visit, ("no such visit", TODAY), "no longer planned"),
        (cancel_visit, ("no such visit", ""), "Say why"),
        (mark_recorded, ("no such visit", TODAY), "Only a visit that took place"),
    ],
)
def test_what_cannot_be_so_is_refused_and_changes_nothing(
    workspace: Workspace, does: Does, action: Callable[..., Any], arguments: tuple[Any, ...], sentence: str
) -> None:
    before = workspace.snapshot
    with pytest.raises(Refused, match=sentence):
        does(action, *arguments)
    assert workspace.snapshot is before


def test_a_visit_that_took_place_cannot_be_moved(does: Does) -> None:
    made = does(log_visit, {"c1": SEEN}, TODAY, "ada")
    with pytest.raises(Refused, match="no longer planned"):
        does(move_visit, made.id, date(2026, 12, 1))


# A list in one step

OUT = SeenAs(seen=False, not_seen_reason="No one at home")


def made(child_id: str, on: date = YESTERDAY, seen: SeenAs = SEEN, **said: Any) -> VisitMade:
    return VisitMade(seen={child_id: seen}, on=on, worker_id="ada", **said)


def test_a_list_is_logged_in_one_step_that_is_taken_back_as_one(workspace: Workspace, does: Does) -> None:
    done = does(log_visits, [made("c1"), made("c2"), made("c1", TODAY)])
    assert [done.visits[place].on for place in range(3)] == [YESTERDAY, YESTERDAY, TODAY]
    assert len(workspace.snapshot.all(Visit)) == 3
    workspace.undo().result()
    assert not workspace.snapshot.all(Visit)


def test_what_cannot_be_logged_of_a_list_is_answered_and_the_rest_is_logged(workspace: Workspace, does: Does) -> None:
    done = does(log_visits, [made("c1"), made("c1"), made("nobody"), made("c2", TOMORROW), made("c2", seen=SeenAs(seen=False))])
    assert (set(done.visits), set(done.refused)) == ({0}, {1, 2, 3, 4})
    assert "twice" in done.refused[1]
    assert len(workspace.snapshot.all(Visit)) == 1
    assert len(workspace.snapshot.all(Sighting)) == 1


def test_a_child_may_be_visited_twice_on_a_day_of_a_list_when_that_is_said(does: Does) -> None:
    assert len(does(log_visits, [made("c1"), made("c1", again=True)]).visits) == 2


def test_two_tries_on_the_day_of_one_planned_visit_are_two_visits(workspace: Workspace, does: Does) -> None:
    planned = does(plan_visit, ["c1"], TODAY, "ada")
    done = does(log_visits, [made("c1", TODAY, OUT, visit_id=planned.id), made("c1", TODAY, OUT, visit_id=planned.id)])
    assert done.visits[0].id == planned.id
    assert {visit.status for visit in workspace.snapshot.all(Visit).values()} == {"attempted"}
    assert len(workspace.snapshot.all(Visit)) == 2


def test_a_list_of_which_nothing_can_be_logged_is_refused(does: Does) -> None:
    with pytest.raises(Refused, match="Choose who goes"):
        does(log_visits, [VisitMade(seen={"c1": SEEN}, on=TODAY, worker_id="nobody")])


def test_whoever_went_along_must_be_a_worker(does: Does) -> None:
    with pytest.raises(Refused, match="Choose who goes"):
        does(log_visit, {"c1": SEEN}, TODAY, "ada", Trip(with_worker_ids=("nobody",)))
