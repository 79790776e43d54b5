"""Who takes a leaver's children: siblings together, those who know the family first, nobody over capacity, each with its why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.outlook import Outlook
from planner.core.records import Allocation, ConflictOfInterest, Record, Worker
from planner.planning.handover import HandoverLine, plan_handover, takers
from tests.helpers.compared_team import MONDAY, a_child, a_team, an_outlook, days

START = days(12)
LEAVER = Worker(id="w1", name="Worker 1", team_id="t", assignment_end=START)


def planned(outlook: Outlook, start: date = START) -> tuple[HandoverLine, ...]:
    return plan_handover(outlook, next(one for one in outlook.workers if one.id == "w1"), start)


def chosen(*records: Record, workers: int = 3) -> dict[str, str]:
    lines = planned(an_outlook(*a_team(workers=workers), LEAVER, *records))
    return {line.case.child.id: line.suggested.worker.id if line.suggested else "" for line in lines}


def many(count: int, plan: str = "cin", worker: str = "w1", start: int = 0) -> list[Record]:
    return [record for number in range(start, start + count) for record in a_child(f"{worker}{number}", plan, worker)]


def test_every_child_of_the_leaver_has_a_line_and_the_room_is_shared() -> None:
    found = chosen(*many(6))
    assert len(found) == 6
    assert sorted(found.values()) == ["w2"] * 3 + ["w3"] * 3


def test_siblings_go_together() -> None:
    family = [record for name in "abc" for record in a_child(name, "cp", "w1", family="F")]
    found = chosen(*family, *many(2))
    assert len({found[name] for name in "abc"}) == 1


def test_who_has_a_sibling_or_knew_the_child_goes_before_who_has_more_room() -> None:
    busy = many(8, worker="w3")
    assert chosen(*busy, *a_child("s", "cin", "w3", family="F"), *a_child("a", "cin", "w1", family="F"))["a"] == "w3"
    before = Allocation(id="old", child_id="a", worker_id="w3", start=days(-90), end=days(-30))
    assert chosen(*busy, before, *a_child("a", "cin", "w1"))["a"] == "w3"


def test_a_conflict_of_interest_is_never_suggested_and_a_child_nobody_takes_says_why() -> None:
    conflicts = [ConflictOfInterest(id=f"x{worker}", worker_id=worker, child_id="a") for worker in ("w2", "w3")]
    assert chosen(conflicts[0], *a_child("a", "cin", "w1")) == {"a": "w3"}
    line = planned(an_outlook(*a_team(), LEAVER, *conflicts, *a_child("a", "cin", "w1")))[0]
    assert line.suggested is None
    assert "A conflict of interest is recorded." in line.why


def test_a_worker_who_leaves_soon_after_is_no_new_worker() -> None:
    soon = Worker(id="w2", name="Worker 2", team_id="t", assignment_end=START + timedelta(days=7))
    assert set(chosen(soon, *many(4)).values()) == {"w3"}


def test_children_given_to_another_from_that_day_already_are_not_planned_again() -> None:
    held = replace(next(one for one in a_child("a", "cin", "w1") if isinstance(one, Allocation)), end=START)
    after = Allocation(id="next", child_id="a", worker_id="w2", start=START, reason="Room")
    assert list(chosen(*a_child("a", "cin", "w1"), held, after, *a_child("b", "cin", "w1"))) == ["b"]


@pytest.mark.parametrize("limits", [{"headcount_limit": 2}, {"new_cases_a_week": 2}])
def test_a_workers_own_limits_count_those_who_come_beside(limits: dict[str, int]) -> None:
    limited = Worker(id="w2", name="Worker 2", team_id="t", **limits)
    found = chosen(limited, *many(5), workers=2)
    assert sorted(found.values()) == ["", "", "", "w2", "w2"]


@given(st.lists(st.sampled_from(["cp", "cin", "lac", "assessment"]), min_size=1, max_size=30), st.integers(2, 4))
def test_nobody_comes_over_capacity_by_a_suggestion(plans: list[str], workers: int) -> None:
    children = [record for number, plan in enumerate(plans) for record in a_child(f"{number}", plan, "w1")]
    outlook = an_outlook(*a_team(workers=workers), LEAVER, *children)
    lines = planned(outlook)
    assert {line.case.child.id for line in lines} == {f"{number}" for number in range(len(plans))}
    given_to = {line.case.child.id: line.suggested.worker.id for line in lines if line.suggested}
    assert all(taker.after.left >= 0 for taker in takers(outlook, given_to))
    assert all(line.why for line in lines)


def test_asked_for_all_it_names_whoever_has_least_against_it_and_says_what() -> None:
    children = many(60, "cp")
    outlook = an_outlook(*a_team(), LEAVER, *children)
    worker = next(one for one in outlook.workers if one.id == "w1")
    assert any(line.suggested is None for line in plan_handover(outlook, worker, START))
    lines = plan_handover(outlook, worker, START, for_all=True)
    assert all(line.suggested is not None for line in lines)
    assert "Against it: Over capacity with this child." in lines[-1].why


def test_the_plan_of_one_day_is_the_same_every_time() -> None:
    outlook = an_outlook(*a_team(), LEAVER, *many(9), on=MONDAY)
    assert planned(outlook) == planned(outlook)
