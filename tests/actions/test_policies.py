"""Policies in force from a day on a real workspace: shipped ones, schemes, a council's own, and their end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.actions.contract import set_kpi_targets
from planner.actions.policies import end_policy, import_policy, keep_scheme, put_in_force, set_may_hold, tried
from planner.actions.shipped import reference
from planner.actions.workspace import Workspace
from planner.core.errors import PlannerError, Refused
from planner.core.flow_records import KpiTarget, LocalScheme, MayHold
from planner.core.policy import policy_of
from planner.core.records import LocalRule, PolicyInForce
from planner.core.workload import Band, scheme_of
from tests.helpers.small_workspace import TODAY

Does = Callable[..., Any]
LATER = TODAY + timedelta(days=28)
OWN = """
title = "Westmere visiting policy"
source = "Westmere procedures, chapter 4"
certainty = "A"

[[rule]]
id = "CP-VISIT"
every = "10 working days"
counts = { seen_alone = true, place = ["home", "school"] }

[[rule]]
id = "W-CALL"
title = "A call after a move"
kind = "visit"
applies_to = { plan = "cin" }
every = "6 weeks"
first = "3 days"
note = "Said \\"gently\\"."
"""


def policies() -> Any:
    return reference().policies


def test_a_shipped_policy_holds_from_its_day_and_not_before(workspace: Workspace, does: Does) -> None:
    does(put_in_force, "visiting", "camden", LATER, policies())
    rules = policy_of(workspace.snapshot, policies(), "t")
    before, after = rules.version("CP-VISIT", LATER - timedelta(days=1)), rules.version("CP-VISIT", LATER)
    assert before is not None
    assert after is not None
    assert str(after.every[0]) == "10 working days"
    assert (before.layer, after.layer) == ("england", "camden")


def test_a_kpi_target_ends_the_one_before_it_and_gives_way_to_one_arranged_for_later(workspace: Workspace, does: Does) -> None:
    first, between = TODAY - timedelta(days=300), TODAY - timedelta(days=30)
    for tenths, start in ((900, first), (970, LATER), (950, between), (950, TODAY), (None, between), (940, between)):
        does(set_kpi_targets, {"cp-visits": tenths}, start)
    spans = sorted((one.start, one.end, one.tenths) for one in workspace.snapshot.all(KpiTarget).values())
    assert spans == [(first, between, 900), (between, LATER, 940), (LATER, None, 970)]


def test_a_policy_of_one_team_is_no_other_teams(workspace: Workspace, does: Does) -> None:
    does(put_in_force, "visiting", "camden", TODAY, policies(), team_id="t")
    found = [policy_of(workspace.snapshot, policies(), team).version("CP-VISIT", TODAY) for team in ("t", "u")]
    assert [rule.layer for rule in found if rule] == ["camden", "england"]


def test_a_scheme_ends_the_one_before(workspace: Workspace, does: Does) -> None:
    schemes = reference().schemes
    first = does(put_in_force, "workload", "neutral", TODAY, schemes)
    does(put_in_force, "workload", "wirral", LATER, schemes)
    assert workspace.snapshot.find(PolicyInForce, first.id).end == LATER
    found = [scheme_of(workspace.snapshot, schemes, "t", day).id for day in (TODAY, LATER - timedelta(days=1), LATER)]
    assert found == ["neutral", "neutral", "wirral"]


def test_a_scheme_before_one_arranged_for_later_ends_where_that_begins(does: Does) -> None:
    schemes = reference().schemes
    does(put_in_force, "workload", "wirral", LATER, schemes)
    assert does(put_in_force, "workload", "count_of_children", TODAY, schemes).end == LATER


def test_another_choice_for_the_same_day_takes_its_place(workspace: Workspace, does: Does) -> None:
    schemes = reference().schemes
    first = does(put_in_force, "workload", "wirral", LATER, schemes)
    does(put_in_force, "workload", "count_of_children", LATER, schemes)
    assert workspace.snapshot.find(PolicyInForce, first.id) is None


@pytest.mark.parametrize(
    ("arguments", "team", "sentence"),
    [
        (("visiting", "nowhere", TODAY), "", "come with the planner"),
        (("visiting", "england", TODAY), "", "come with the planner"),
        (("visiting", "camden", TODAY), "nobody", "Choose a team"),
        (("visiting", "leeds", TODAY), "", "in force on 23 November 2026 already"),
    ],
)
def test_what_cannot_be_put_in_force_is_refused(does: Does, arguments: Any, team: str, sentence: str) -> None:
    does(put_in_force, "visiting", "leeds", TODAY - timedelta(days=1), policies())
    with pytest.raises(Refused, match=sentence):
        does(put_in_force, *arguments, policies(), team_id=team)


def test_a_policy_ends_on_its_first_day_no_longer(workspace: Workspace, does: Does) -> None:
    chosen = does(put_in_force, "visiting", "camden", TODAY, policies())
    does(end_policy, chosen.id, LATER)
    found = [policy_of(workspace.snapshot, policies()).version("CP-VISIT", day) for day in (LATER - timedelta(days=1), LATER)]
    assert [rule.layer for rule in found if rule] == ["camden", "england"]
    with pytest.raises(Refused, match="already"):
        does(end_policy, chosen.id, LATER)


def test_a_policy_that_has_not_begun_is_taken_back(workspace: Workspace, does: Does) -> None:
    chosen = does(put_in_force, "visiting", "camden", LATER, policies())
    does(end_policy, chosen.id, TODAY)
    assert workspace.snapshot.find(PolicyInForce, chosen.id) is None


def test_a_councils_own_policy_holds_as_it_was_written(workspace: Workspace, does: Does) -> None:
    taken = does(import_policy, OWN, "westmere.toml", TODAY, policies(), agreed_by="Helen Marsh")
    assert [local.rule for local in taken] == ["CP-VISIT", "W-CALL"]
    assert {local.agreed_by for local in taken} == {"Helen Marsh"}
    rules = policy_of(workspace.snapshot, policies(), "t")
    visit, call = rules.version("CP-VISIT", TODAY), rules.version("W-CALL", TODAY)
    assert visit is not None
    assert call is not None
    assert (str(visit.every[0]), visit.counts.seen_alone, visit.counts.place) == (
        "10 working days",
        True,
        frozenset({"home", "school"}),
    )
    assert (visit.source, visit.certainty) == ("Westmere procedures, chapter 4", "A")
    assert (str(call.first), call.note) == ("3 days", 'Said "gently".')
    workspace.undo().result()
    assert not workspace.snapshot.all(LocalRule)


def test_a_later_version_of_a_rule_ends_the_one_before(workspace: Workspace, does: Does) -> None:
    does(import_policy, OWN, "westmere.toml", TODAY, policies())
    does(import_policy, OWN.replace("10 working days", "3 weeks"), "westmere.toml", LATER, policies())
    rules = policy_of(workspace.snapshot, policies(), "t")
    found = [rules.version("CP-VISIT", day) for day in (LATER - timedelta(days=1), LATER)]
    assert [str(rule.every[0]) for rule in found if rule] == ["10 working days", "3 weeks"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("not = [toml", "own.toml: this policy cannot be read"),
        ('title = "Empty"', "holds no rule"),
        ('[[rule]]\nid = "CP-VISIT"\nevery = "soon"', "own.toml, rule CP-VISIT, key “every”"),
        ('[[rule]]\nid = "CP-VISTI"\nevery = "2 weeks"', "no rule here is called CP-VISTI"),
        ('[[rule]]\nid = "A"\n[[rule]]\nid = "A"', "holds the rule A twice"),
        ('[[may_hold]]\nid = "A"\ntitle = "A"\n[[rule]]\nid = "CP-VISIT"', "either stages or roles"),
        ('[[may_hold]]\nid = "A"\ntitle = "A"\nstages = ["asye"]\nplans = ["cp"]\nunless = "nobody"', "co-worker"),
        ("x" * 200_001, "too long"),
    ],
)
def test_a_file_that_is_no_policy_changes_nothing(workspace: Workspace, does: Does, text: str, sentence: str) -> None:
    with pytest.raises(PlannerError, match=sentence):
        does(import_policy, text, "own.toml", TODAY, policies())
    assert not workspace.snapshot.all(LocalRule)


def test_what_is_tried_is_what_would_be_and_writes_nothing(workspace: Workspace, does: Does) -> None:
    assert workspace.person is not None
    before = workspace.snapshot
    later = tried(before, TODAY, workspace.person, put_in_force, "visiting", "camden", TODAY, policies())
    assert len(later.all(PolicyInForce)) == 1
    assert workspace.snapshot is before
    with pytest.raises(Refused, match="come with the planner"):
        tried(before, TODAY, workspace.person, put_in_force, "visiting", "nowhere", TODAY, policies())


def own(**fields: Any) -> Any:
    """A changed copy of the neutral scheme."""
    return replace(reference().schemes["neutral"], title="Westmere points", **fields)


def schemes() -> Any:
    return reference().schemes


def test_an_own_scheme_holds_from_its_day_and_its_next_version_after_it(workspace: Workspace, does: Does) -> None:
    does(keep_scheme, own(weights={"cp": 90}), TODAY, schemes())
    does(keep_scheme, own(weights={"cp": 100}), LATER, schemes())
    days = (TODAY - timedelta(days=1), TODAY, LATER)
    found = [scheme_of(workspace.snapshot, schemes(), "t", day) for day in days]
    assert [scheme.title for scheme in found] == ["Neutral", "Westmere points", "Westmere points, version 2"]
    assert [scheme.weights["cp"] for scheme in found] == [80, 90, 100]


def test_an_own_scheme_is_taken_back_whole(workspace: Workspace, does: Does) -> None:
    does(keep_scheme, own(), TODAY, schemes())
    workspace.undo().result()
    assert not workspace.snapshot.all(LocalScheme)
    assert not workspace.snapshot.all(PolicyInForce)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": "  "}, "name"),
        ({"title": "neutral"}, "comes with the planner"),
        ({"weights": {}}, "at least one"),
        ({"bands": (Band("has room", 100.0), Band("nearly full", 90.0, True), Band("over"))}, "begins below"),
    ],
)
def test_a_scheme_that_would_not_do_is_refused(does: Does, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        does(keep_scheme, replace(own(), **fields), TODAY, schemes())


def cell_said(says: str, **where: str) -> MayHold:
    return MayHold(id="", says=says, plan="cp", **(where or {"stage": "asye"}))


def test_what_is_said_of_a_cell_ends_what_was_said_before(workspace: Workspace, does: Does) -> None:
    does(set_may_hold, [cell_said("may")], TODAY, agreed_by=" The head of service ")
    does(set_may_hold, [cell_said("may not"), cell_said("may not", role="social worker")], LATER)
    found = {(one.stage, one.says): (one.start, one.end, one.agreed_by) for one in workspace.snapshot.all(MayHold).values()}
    assert found == {
        ("asye", "may"): (TODAY, LATER, "The head of service"),
        ("asye", "may not"): (LATER, None, ""),
        ("", "may not"): (LATER, None, ""),
    }
    does(set_may_hold, [cell_said("")], TODAY)
    assert {(one.stage, one.says) for one in workspace.snapshot.all(MayHold).values()} == {("asye", "may not"), ("", "may not")}
    workspace.undo().result()
    assert ("asye", "may") in {(one.stage, one.says) for one in workspace.snapshot.all(MayHold).values()}


@pytest.mark.parametrize(("end", "said"), [(TODAY, []), (LATER, [(TODAY, LATER)])])
def test_a_cell_keeps_within_days_of_its_own(workspace: Workspace, does: Does, end: date, said: list[tuple[date, date]]) -> None:
    does(set_may_hold, [replace(cell_said("may"), end=end)], TODAY)
    assert [(one.start, one.end) for one in workspace.snapshot.all(MayHold).values()] == said


@pytest.mark.parametrize("wrong", [{"says": "perhaps"}, {"plan": "any"}, {"stage": ""}, {"role": "social worker"}])
def test_a_cell_that_says_nothing_known_is_refused(does: Does, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused, match="kind of case"):
        does(set_may_hold, [replace(cell_said("may"), **wrong)], TODAY)


HOLDING = """
title = "Westmere allocation policy"

[[may_hold]]
id = "W-ASYE"
title = "ASYE and child in need"
stages = ["asye"]
plans = ["cin", "cp"]
court = true
unless = "co-worker"
until = 2027-09-01
"""


def test_a_policy_that_says_who_may_hold_what_is_taken_cell_by_cell(workspace: Workspace, does: Does) -> None:
    does(import_policy, HOLDING, "allocation.toml", TODAY, policies(), agreed_by="The board")
    said = workspace.snapshot.all(MayHold).values()
    assert {(one.stage, one.plan, one.says) for one in said} == {("asye", kind, "co-worker") for kind in ("cin", "cp", "court")}
    assert {(one.start, one.end, one.agreed_by) for one in said} == {(TODAY, date(2027, 9, 1), "The board")}
