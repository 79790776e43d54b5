"""Closing a case on a real workspace: who may, under which reason, and what goes with it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.actions.checklists import set_checklist, tick_items
from planner.actions.closing import authorise_closing, mark_ready, send_back, withdraw_closing
from planner.actions.step import Step
from planner.actions.transfers import plan_transfers
from planner.actions.visits import SeenAs, log_visit, plan_visit
from planner.actions.workspace import Workspace
from planner.core.checklists import CLOSING, USUAL
from planner.core.errors import Refused
from planner.core.flow_records import Closing, ItemDone
from planner.core.records import Allocation, Case, Person, PlanSpell, Sighting, Transfer, Visit
from planner.core.snapshot import Snapshot
from tests.helpers.small_workspace import TODAY, a_team

Does = Callable[..., Any]
ITEMS = USUAL[CLOSING]
TOMORROW = TODAY + timedelta(days=1)


def ready(does: Does, *child_ids: str, ticked: bool = True) -> list[str]:
    """Cases marked ready to close, with everything done or nothing."""
    marked = does(mark_ready, child_ids or ("c1",), TODAY)
    for closing in marked:
        if ticked:
            does(tick_items, closing.id, closing.checklist, True, TODAY)
    return [closing.id for closing in marked]


def test_a_closed_case_takes_everything_with_it(workspace: Workspace, does: Does) -> None:
    visit = does(plan_visit, ("c1",), TOMORROW, "ada")
    moved = does(plan_transfers, ("c1",), "first core group", TOMORROW, to_outside="Long-term team")[0]
    (closing_id,) = ready(does)
    does(authorise_closing, [closing_id], TODAY, "RC7")
    now = workspace.snapshot
    case = now.find(Case, "k1")
    assert (case.ended_on, case.outcome, case.closure_reason) == (TODAY, "closed", "RC7")
    assert now.find(Allocation, "a1").end == TODAY
    assert now.find(PlanSpell, "p1").end == TODAY
    assert (now.find(Visit, visit.id).status, now.find(Visit, visit.id).cancelled_reason) == ("cancelled", "Case closed, RC7")
    assert now.find(Transfer, moved.id).status == "withdrawn"
    closing = now.find(Closing, closing_id)
    assert (closing.status, closing.decided_on, closing.decided_by) == ("authorised", TODAY, "Test Person")


def test_the_statutory_episode_of_a_closed_case_has_no_code_of_a_change_of_worker(workspace: Workspace, does: Does) -> None:
    does(authorise_closing, ready(does), TODAY, "RC7")
    held = workspace.snapshot.find(Allocation, "a1")
    assert (held.end_code, held.end_reason) == ("", "Case closed, RC7")


def test_a_trip_to_a_brother_who_stays_open_goes_on_without_the_closed_child(workspace: Workspace, does: Does) -> None:
    visit = does(plan_visit, ("c1", "c2"), TOMORROW, "ada")
    does(authorise_closing, ready(does), TODAY, "RC7")
    assert workspace.snapshot.find(Visit, visit.id).status == "planned"
    assert [one.child_id for one in workspace.snapshot.by(Sighting, "visit_id", visit.id)] == ["c2"]


def test_a_trip_to_a_household_closed_at_once_is_cancelled_whole(workspace: Workspace, does: Does) -> None:
    visit = does(plan_visit, ("c1", "c2"), TOMORROW, "ada")
    does(authorise_closing, ready(does, "c1", "c2"), TODAY, "RC7")
    assert workspace.snapshot.find(Visit, visit.id).status == "cancelled"
    assert {one.child_id for one in workspace.snapshot.by(Sighting, "visit_id", visit.id)} == {"c1", "c2"}


def test_closing_is_one_step_that_is_taken_back_whole(workspace: Workspace, does: Does) -> None:
    does(plan_visit, ("c1", "c2"), TOMORROW, "ada")
    closings = ready(does, "c1", "c2")
    before = set(workspace.snapshot.records())
    does(authorise_closing, closings, TODAY, "RC7")
    workspace.undo().result()
    assert _course(set(workspace.snapshot.records())) == _course(before)


def _course(records: set[Any]) -> set[Any]:
    return {one for one in records if isinstance(one, Case | Allocation | PlanSpell | Visit | Sighting | Closing | Transfer)}


@pytest.mark.parametrize(
    ("code", "plan", "fits"),
    [
        ("RC1", "lac", True),
        ("RC7", "cin", True),
        ("RC7", "assessment", True),
        ("RC8", "assessment", True),
        ("RC9", "assessment", True),
        ("RC8", "cin", False),
        ("RC9", "cp", False),
        ("", "cin", False),
        ("RC10", "cin", False),
    ],
)
def test_rc8_and_rc9_are_for_cases_closed_straight_after_their_assessment(code: str, plan: str, fits: bool) -> None:
    """CIN census: RC8 closed after assessment, no further action; RC9 closed after assessment, to early help."""
    step = Step(_with_plan(plan), TODAY, Person(id="p"), _ids())
    (closing,) = mark_ready(step, ["c1"], TODAY)
    tick_items(step, closing.id, closing.checklist, True, TODAY)
    if fits:
        authorise_closing(step, [closing.id], TODAY, code)
        assert step.snapshot.find(Case, "k1").closure_reason == code  # type: ignore[union-attr]
    else:
        with pytest.raises(Refused, match=r"RC7|RC1 to RC9"):
            authorise_closing(step, [closing.id], TODAY, code)


def _with_plan(plan: str) -> Snapshot:
    records = [one for one in a_team() if not isinstance(one, PlanSpell)]
    return Snapshot([*records, PlanSpell(id="p1", child_id="c1", plan=plan, start=date(2026, 9, 1))])


def _ids() -> Callable[[], str]:
    count = iter(range(10_000))
    return lambda: f"new{next(count)}"


@pytest.mark.parametrize(
    "person",
    [
        Person(id="p", role="social worker"),
        Person(id="p", role="project co-ordinator"),
        Person(id="p", role="team manager", team_ids=("another",)),
        Person(id="p", role="team manager", worker_id="ada"),
    ],
    ids=["a worker", "a co-ordinator", "another team's manager", "a manager who holds the child"],
)
def test_only_a_manager_of_the_team_decides(person: Person) -> None:
    step = Step(Snapshot(a_team()), TODAY, person, _ids())
    (closing,) = mark_ready(step, ["c1"], TODAY)
    for decide in (
        lambda: authorise_closing(step, [closing.id], TODAY, "RC7", reason="All agreed"),
        lambda: send_back(step, closing.id, "Chronology"),
    ):
        with pytest.raises(Refused, match="A manager of the team decides"):
            decide()


def test_open_items_ask_for_a_reason(workspace: Workspace, does: Does) -> None:
    closings = ready(does, ticked=False)
    with pytest.raises(Refused, match="has items open"):
        does(authorise_closing, closings, TODAY, "RC7")
    does(authorise_closing, closings, TODAY, "RC7", reason="The family has moved away")
    assert workspace.snapshot.find(Closing, closings[0]).reason == "The family has moved away"


def test_a_case_is_not_closed_before_its_last_visit(workspace: Workspace, does: Does) -> None:
    closings = ready(does)
    does(log_visit, {"c1": SeenAs(seen=True)}, TODAY, "ada")
    with pytest.raises(Refused, match="C1 was visited on 23 November 2026"):
        does(authorise_closing, closings, TODAY - timedelta(days=1), "RC7")
    does(authorise_closing, closings, TODAY, "RC7")
    assert workspace.snapshot.find(Case, "k1").ended_on == TODAY


def test_a_tick_says_who_and_when_and_can_be_taken_back(workspace: Workspace, does: Does) -> None:
    (closing_id,) = ready(does, ticked=False)
    does(tick_items, closing_id, ITEMS[:2], True, TODAY - timedelta(days=3))
    ticks = workspace.snapshot.by(ItemDone, "about", closing_id)
    assert {(one.item, one.on, one.said_by) for one in ticks} == {
        (item, TODAY - timedelta(days=3), "Test Person") for item in ITEMS[:2]
    }
    does(tick_items, closing_id, ITEMS[:1], False, TODAY)
    assert [one.item for one in workspace.snapshot.by(ItemDone, "about", closing_id)] == [ITEMS[1]]


def test_a_case_sent_back_can_be_marked_again(workspace: Workspace, does: Does) -> None:
    (first,) = ready(does)
    assert does(send_back, first, "Chronology is short").reason == "Chronology is short"
    (second,) = ready(does)
    assert second != first
    does(withdraw_closing, second)
    assert workspace.snapshot.find(Case, "k1").ended_on is None


def test_a_councils_list_holds_from_its_day_and_leaves_what_is_under_way(workspace: Workspace, does: Does) -> None:
    (early,) = ready(does)
    does(set_checklist, CLOSING, ["Child seen", " Letters  sent "], TODAY)
    (late,) = ready(does, "c2")
    assert workspace.snapshot.find(Closing, early).checklist == ITEMS
    assert workspace.snapshot.find(Closing, late).checklist == ("Child seen", "Letters sent")


@pytest.mark.parametrize(
    ("action", "args", "sentence"),
    [
        (mark_ready, ((), TODAY), "at least one child"),
        (mark_ready, (("c1",), TOMORROW), "on or before today"),
        (mark_ready, (("c9",), TODAY), "no open case"),
        (authorise_closing, ((), TODAY, "RC7"), "at least one case"),
        (authorise_closing, (("gone",), TODAY, "RC7"), "no longer waits"),
        (send_back, ("gone", "why"), "no longer waits"),
        (set_checklist, (CLOSING, ["", " "], TODAY), "at least one item"),
        (set_checklist, (CLOSING, ["Seen", "seen"], TODAY), "each item once"),
        (tick_items, ("gone", ["x"], True, TODAY), "decided already"),
    ],
)
def test_what_does_not_fit_is_refused(action, args, sentence):
    step = Step(Snapshot(a_team()), TODAY, Person(id="p"), _ids())
    with pytest.raises(Refused, match=sentence):
        action(step, *args)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    trips=st.lists(st.tuples(st.sets(st.sampled_from(["c1", "c2", "c3"]), min_size=1), st.integers(-20, 40)), max_size=6),
    closing=st.sets(st.sampled_from(["c1", "c2"]), min_size=1),
)
def test_a_closed_case_has_no_planned_visit_and_the_others_keep_theirs(trips: Any, closing: set[str]) -> None:
    planned = []
    for number, (children, day) in enumerate(trips):
        planned.append(Visit(id=f"v{number}", on=TODAY + timedelta(days=day), worker_id="ada"))
        planned += [Sighting(id=f"s{number}{child}", visit_id=f"v{number}", child_id=child) for child in sorted(children)]
    step = Step(Snapshot([*a_team(), *planned]), TODAY, Person(id="p"), _ids())
    marked = mark_ready(step, sorted(closing), TODAY)
    authorise_closing(step, [one.id for one in marked], TODAY, "RC7", reason="Agreed")
    for child_id in ("c1", "c2", "c3"):
        left = [visit for visit, _ in step.snapshot.visits_of(child_id) if visit.status == "planned"]
        wanted = 0 if child_id in closing else sum(child_id in children for children, _ in trips)
        assert len(left) == wanted
