"""Workers, days away, reductions, commitments and conflicts on a real workspace: each one step, each taken back whole."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from planner.actions.shipped import reference
from planner.actions.workers import (
    add_worker,
    change_worker,
    remove_absence,
    remove_commitment,
    remove_extra_work,
    remove_reduction,
    set_absence,
    set_commitment,
    set_conflicts,
    set_extra_work,
    set_reduction,
)
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.records import Absence, AwayReason, Commitment, ConflictOfInterest, ExtraWork, Person, Record, Reduction, Worker
from planner.core.workload import hours, load
from tests.helpers.small_workspace import TODAY, put_all

Does = Callable[..., Any]
FRIDAY = TODAY + timedelta(days=4)


def kept(workspace: Workspace, kind: type[Record]) -> list[Record]:
    return list(workspace.snapshot.all(kind).values())


def test_a_worker_is_added_with_every_fact(workspace: Workspace, does: Does) -> None:
    worker = does(
        add_worker,
        name="  Kit   Cyan ",
        team_id="t",
        stage="asye",
        pattern=(74, 74, 74, 0, 0, 0, 0),
        skills=("Court", " ", "Court"),
        supplier="A supplier",
        headcount_limit=12,
        assignment_start=TODAY,
    )
    stored = workspace.snapshot.find(Worker, worker.id)
    assert stored is not None
    assert (stored.name, stored.skills, sum(stored.pattern), stored.headcount_limit) == ("Kit Cyan", ("Court",), 222, 12)
    workspace.undo().result()
    assert workspace.snapshot.find(Worker, worker.id) is None


def test_a_change_of_one_fact_leaves_the_others(workspace: Workspace, does: Does) -> None:
    does(change_worker, "ada", no_new_cases_until=FRIDAY)
    does(change_worker, "ada", visits_a_week=4)
    ada = workspace.snapshot.find(Worker, "ada")
    assert ada is not None
    assert (ada.name, ada.no_new_cases_until, ada.visits_a_week) == ("Ada Amber", FRIDAY, 4)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"name": " "}, "Enter the worker’s name"),
        ({"team_id": "nowhere"}, "Choose a team"),
        ({"pattern": (250, 0, 0, 0, 0, 0, 0)}, "from 0 to 24"),
        ({"pattern": (74, 74)}, "Monday to Sunday"),
        ({"headcount_limit": -1}, "0 or more"),
        ({"assignment_start": TODAY, "assignment_end": TODAY}, "Enter a last day"),
    ],
)
def test_facts_that_cannot_be_are_refused(workspace: Workspace, does: Does, facts: dict[str, Any], sentence: str) -> None:
    before = workspace.snapshot.find(Worker, "ada")
    with pytest.raises(Refused, match=sentence):
        does(change_worker, "ada", **facts)
    assert workspace.snapshot.find(Worker, "ada") == before


def test_two_workers_of_one_name_in_a_team_are_told_apart(does: Does) -> None:
    with pytest.raises(Refused, match="tells the two apart"):
        does(add_worker, name="ada amber", team_id="t")


def test_leave_lies_apart_from_its_reason(workspace: Workspace, does: Does) -> None:
    absence = does(set_absence, "ada", TODAY, FRIDAY, reason="An operation")
    assert absence == Absence(id=absence.id, worker_id="ada", first_day=TODAY, last_day=FRIDAY)
    (reason,) = kept(workspace, AwayReason)
    assert (reason.about, reason.reason) == (absence.id, "An operation")
    workspace.undo().result()
    assert kept(workspace, Absence) == kept(workspace, AwayReason) == []


def test_a_changed_absence_keeps_its_reason_until_the_manager_changes_it(workspace: Workspace, does: Does) -> None:
    absence = does(set_absence, "ada", TODAY, reason="An operation")
    does(set_absence, "ada", TODAY, FRIDAY, absence_id=absence.id)
    assert [reason.reason for reason in kept(workspace, AwayReason)] == ["An operation"]
    does(set_absence, "ada", TODAY, FRIDAY, absence_id=absence.id, reason="")
    assert kept(workspace, AwayReason) == []
    assert [one.last_day for one in kept(workspace, Absence)] == [FRIDAY]


def test_nobody_but_the_line_manager_enters_a_reason(workspace: Workspace, does: Does) -> None:
    does(put_all, [Person(id="co", name="Cora", role="project co-ordinator"), Person(id="own", name="Ada", worker_id="ada")])
    for person in ("co", "own"):
        workspace.sign_in(person)
        with pytest.raises(Refused, match="line manager"):
            does(set_absence, "ada", TODAY, reason="Told in the corridor")
        does(set_absence, "ada", TODAY, FRIDAY)
    assert kept(workspace, AwayReason) == []


def test_taking_leave_back_takes_its_reason_with_it(workspace: Workspace, does: Does) -> None:
    absence = does(set_absence, "ada", TODAY, reason="An operation")
    does(remove_absence, absence.id)
    assert kept(workspace, Absence) == kept(workspace, AwayReason) == []
    with pytest.raises(Refused, match="taken back already"):
        does(remove_absence, absence.id)


def test_a_reduction_starts_and_ends_by_itself(workspace: Workspace, does: Does) -> None:
    does(set_reduction, "ada", 74, TODAY, FRIDAY, reason="Phased return")
    ada = workspace.snapshot.find(Worker, "ada")
    assert ada is not None
    found = [hours(workspace.snapshot, ada, day) for day in (TODAY - timedelta(days=1), TODAY, FRIDAY)]
    assert found == [370, 296, 370]
    assert [reason.reason for reason in kept(workspace, AwayReason)] == ["Phased return"]


def test_a_responsibility_is_a_line_of_the_sum_in_its_days(workspace: Workspace, does: Does) -> None:
    extra = does(set_extra_work, "ada", " Practice  educator ", 100, TODAY, FRIDAY)
    ada = workspace.snapshot.find(Worker, "ada")
    assert ada is not None
    found = [load(workspace.snapshot, ada, day, reference().schemes["neutral"]).lines for day in (TODAY, FRIDAY)]
    assert [[line.label for line in lines if line.what == "extra"] for lines in found] == [["Practice educator"], []]
    does(set_extra_work, "ada", "Practice educator", 150, TODAY, extra_id=extra.id)
    assert [one.points for one in workspace.snapshot.all(ExtraWork).values()] == [150]
    does(remove_extra_work, extra.id)
    assert kept(workspace, ExtraWork) == []
    workspace.undo().result()
    assert len(kept(workspace, ExtraWork)) == 1


@pytest.mark.parametrize(
    ("action", "arguments", "sentence"),
    [
        (set_extra_work, ("ada", " ", 10, TODAY), "a word or two"),
        (set_extra_work, ("ada", "Educator", 0, TODAY), "more than 0"),
        (set_extra_work, ("ada", "Educator", 10, TODAY, TODAY), "at least that day"),
        (remove_extra_work, ("nowhere",), "taken back already"),
        (set_absence, ("ada", FRIDAY, TODAY), "on or after it"),
        (set_absence, ("nobody", TODAY), "Choose a worker"),
        (set_reduction, ("ada", 0, TODAY), "more than 0"),
        (set_reduction, ("ada", 371, TODAY), "no more than 37"),
        (set_reduction, ("ada", 10, TODAY, TODAY), "at least that day"),
        (set_commitment, ("ada", "party", TODAY, TODAY), "Choose what"),
        (set_commitment, ("ada", "other", TODAY, TODAY), "in a word or two"),
        (set_commitment, ("ada", "duty", FRIDAY, TODAY), "on or after it"),
    ],
)
def test_days_that_cannot_be_are_refused(does: Does, action: Callable[..., Any], arguments: Any, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        does(action, *arguments)


def test_a_commitment_is_entered_moved_and_taken_back(workspace: Workspace, does: Does) -> None:
    duty = does(set_commitment, "ada", "duty", TODAY, TODAY, part="am")
    does(set_commitment, "ada", "court", FRIDAY, FRIDAY, words="Family court", commitment_id=duty.id)
    (busy,) = kept(workspace, Commitment)
    assert isinstance(busy, Commitment)
    assert (busy.id, busy.kind, busy.title, busy.first_day, busy.part) == (duty.id, "court", "Family court", FRIDAY, "day")
    does(remove_commitment, duty.id)
    assert kept(workspace, Commitment) == []


def test_a_reduction_is_taken_back_with_its_reason(workspace: Workspace, does: Does) -> None:
    cut = does(set_reduction, "ada", 74, date(2026, 1, 5), reason="Secondment")
    does(remove_reduction, cut.id)
    assert kept(workspace, Reduction) == kept(workspace, AwayReason) == []


def test_conflicts_are_these_children_and_no_others(workspace: Workspace, does: Does) -> None:
    does(set_conflicts, "ada", frozenset({"c1", "c2"}))
    first = {one.child_id: one.id for one in workspace.snapshot.all(ConflictOfInterest).values()}
    does(set_conflicts, "ada", frozenset({"c2", "c3"}))
    second = {one.child_id: one.id for one in workspace.snapshot.all(ConflictOfInterest).values()}
    assert set(second) == {"c2", "c3"}
    assert second["c2"] == first["c2"]
    with pytest.raises(Refused, match="not in the workspace"):
        does(set_conflicts, "ada", frozenset({"c9"}))
