"""Workload: the arithmetic of the schemes, capacity, bands and what one more child would make."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.errors import PlannerError
from planner.core.records import (
    Absence,
    Allocation,
    Case,
    Child,
    Event,
    ExtraWork,
    Locality,
    PlanSpell,
    PolicyInForce,
    Reduction,
    Worker,
)
from planner.core.snapshot import Snapshot
from planner.core.workload import (
    HoursChange,
    Scheme,
    band,
    hours,
    load,
    load_after,
    next_change_of_hours,
    pooled,
    scheme_from_toml,
    scheme_of,
)
from planner.paths import resource

NAMES = ("neutral", "wirral", "count_of_children", "croydon", "devon", "western_australia")
SCHEMES = {name: scheme_from_toml(resource(f"schemes/{name}.toml").read_text(), name) for name in NAMES}
ON = date(2026, 11, 9)
MINUTES = replace(SCHEMES["neutral"], unit="minutes", targets={"normal": 21760}, weights={"cin": 19930, "cp": 630})
WORKER = Worker(id="w", name="Amber Lantern")


def worker_of(tenths: int) -> Worker:
    return replace(WORKER, pattern=(tenths, 0, 0, 0, 0, 0, 0))


def held(child: str, plan: str = "cin", worker: str = "w", **more) -> list:
    """A child with an open case on one plan, led by the worker; `more` are fields of the child."""
    records = [
        Child(id=child, reference=child, **more),
        Case(id=f"case {child}", child_id=child, received_on=date(2026, 10, 1)),
        Allocation(id=f"{worker} {child}", child_id=child, worker_id=worker, start=date(2026, 10, 2)),
    ]
    return records + ([PlanSpell(id=f"plan {child}", child_id=child, plan=plan, start=date(2026, 10, 1))] if plan else [])


@pytest.mark.parametrize(("tenths", "available"), [(352, 2070), (282, 1658), (339, 1993), (370, 2176), (0, 0)])
def test_available_is_the_target_pro_rata_to_hours_rounded_down(tenths, available):
    in_minutes = load(Snapshot(), worker_of(tenths), ON, MINUTES)
    assert in_minutes.available == available * 10
    in_points = load(Snapshot(), worker_of(tenths), ON, replace(MINUTES, unit="points", targets={"normal": 2176}))
    assert in_points.available == available


def test_1993_used_of_2176_is_91_6_and_63_more_makes_94_5():
    snapshot = Snapshot([WORKER, *held("a"), *held("b", "cp", worker="other")])
    before = load(snapshot, WORKER, ON, MINUTES)
    after = load_after(snapshot, WORKER, ON, MINUTES, ["b"])
    assert (before.used, before.available, round(before.percent or 0, 1)) == (19930, 21760, 91.6)
    assert (after.used, round(after.percent or 0, 1)) == (20560, 94.5)


def test_nothing_available_with_cases_held_is_no_capacity_and_no_percentage():
    found = load(Snapshot(held("a")), worker_of(0), ON, SCHEMES["neutral"])
    assert (found.percent, found.state, found.used) == (None, "no capacity", 40)


@pytest.mark.parametrize(
    ("scheme", "stage", "target", "limit"),
    [
        ("wirral", "experienced", 1000, None),
        ("wirral", "asye", 900, 12),
        ("devon", "asye", 600, None),
        ("croydon", "experienced", 160, None),
        ("western_australia", "experienced", 150, 18),
    ],
)
def test_what_councils_published_of_a_worker_ships(scheme, stage, target, limit):
    found = load(Snapshot(), replace(worker_of(370), stage=stage), ON, SCHEMES[scheme])
    assert (found.available, found.headcount_limit) == (target, limit)


@pytest.mark.parametrize("scheme", NAMES)
def test_a_case_already_held_leaves_the_figure_as_it_was(scheme):
    snapshot = Snapshot([*held("a", "cp"), *held("b", household="h"), *held("c", household="h")])
    assert load_after(snapshot, WORKER, ON, SCHEMES[scheme], ["b"]) == load(snapshot, WORKER, ON, SCHEMES[scheme])


@pytest.mark.parametrize(
    ("percent", "state"),
    [(0, "has room"), (89.99, "has room"), (90, "nearly full"), (100, "nearly full"), (100.01, "over"), (None, "no capacity")],
)
@pytest.mark.parametrize("scheme", NAMES)
def test_each_edge_lies_in_one_band(percent, state, scheme):
    assert band(percent, SCHEMES[scheme]) == state


@given(st.floats(0, 300), st.floats(0, 300))
def test_a_higher_percentage_is_never_in_a_lower_band(one, other):
    names = [step.name for step in SCHEMES["neutral"].bands]
    low, high = sorted((one, other))
    assert names.index(band(low, SCHEMES["neutral"])) <= names.index(band(high, SCHEMES["neutral"]))


def test_a_child_weighs_once_at_the_highest_level():
    records = [*held("a", "cp"), PlanSpell(id="l", child_id="a", plan="lac", start=date(2026, 11, 1))]
    found = load(Snapshot(records), WORKER, ON, SCHEMES["neutral"])
    assert (found.used, found.by_plan) == (50, {"lac": 1})


def test_proceedings_weigh_from_their_issue_until_their_end():
    issued = Event(id="e", child_id="a", event="care_application_issued", on=date(2026, 11, 2))
    over = Event(id="f", child_id="a", event="care_proceedings_ended", on=date(2026, 11, 9))
    snapshot = Snapshot([*held("a", "lac"), issued])
    assert load(snapshot, WORKER, date(2026, 11, 1), SCHEMES["neutral"]).used == 50
    assert load(snapshot, WORKER, ON, SCHEMES["neutral"]).used == 100
    assert load(snapshot.patched([over]), WORKER, ON, SCHEMES["neutral"]).used == 50


def test_further_siblings_of_a_household_weigh_as_the_scheme_says():
    family = [*held("a", "cin", household="h"), *held("b", "cp", household="h"), *held("c", "cin", household="h")]
    assert load(Snapshot(family), WORKER, ON, SCHEMES["neutral"]).used == 80 + 5 + 5
    on_top = replace(SCHEMES["neutral"], siblings_instead=False)
    assert load(Snapshot(family), WORKER, ON, on_top).used == 80 + 40 + 40 + 5 + 5
    counted = load(Snapshot(family), WORKER, ON, SCHEMES["count_of_children"])
    assert (counted.used, counted.families) == (30, 1)


def test_travel_of_more_than_an_hour_is_added_once_for_a_household():
    places = [Locality(id="1", name="Far", travel_minutes=61), Locality(id="2", name="Hour", travel_minutes=60)]
    far = [*held("a", household="h", locality="Far"), *held("b", household="h", locality="Far"), *held("c", locality="Hour")]
    found = load(Snapshot([*places, *far]), WORKER, ON, SCHEMES["neutral"])
    assert {line.what: line.tenths for line in found.lines} == {"cin": 80, "sibling": 5, "travel": 10}


def test_a_co_worked_case_is_shared_and_never_counted_twice():
    co = Allocation(id="co", child_id="a", worker_id="v", role="co-worker", start=date(2026, 10, 5))
    snapshot = Snapshot([*held("a", "cp"), co])
    lead = load(snapshot, WORKER, ON, SCHEMES["neutral"])
    other = load(snapshot, replace(WORKER, id="v"), ON, SCHEMES["neutral"])
    assert (lead.used, other.used, other.child_ids) == (40, 40, ())
    most = snapshot.patched([replace(co, share=75)])
    assert load(most, WORKER, ON, SCHEMES["neutral"]).used == 20
    assert load(most, replace(WORKER, id="v"), ON, SCHEMES["neutral"]).used == 60


def test_the_stable_element_is_pro_rata_and_extra_work_holds_in_its_dates():
    extra = ExtraWork(id="x", worker_id="w", title="Practice educator", points=50, start=date(2026, 11, 9), end=date(2026, 12, 1))
    half = load(Snapshot([extra]), worker_of(185), ON, SCHEMES["wirral"])
    assert [(line.what, line.tenths) for line in half.lines] == [("stable", 75), ("extra", 50)]
    assert load(Snapshot([extra]), worker_of(370), date(2026, 12, 1), SCHEMES["wirral"]).used == 150


def test_reductions_in_force_lessen_capacity_and_a_day_of_leave_does_not():
    leave = Absence(id="a", worker_id="w", first_day=ON, last_day=ON)
    cut = Reduction(id="r", worker_id="w", hours=185, start=date(2026, 11, 10), end=date(2026, 12, 1))
    snapshot = Snapshot([leave, cut])
    assert load(snapshot, WORKER, ON, SCHEMES["neutral"]).available == 1000
    assert load(snapshot, WORKER, date(2026, 11, 10), SCHEMES["neutral"]).available == 500
    assert next_change_of_hours(snapshot, WORKER, ON) == HoursChange(date(2026, 11, 10), 370, 185)
    assert next_change_of_hours(snapshot, WORKER, date(2026, 11, 10)) == HoursChange(date(2026, 12, 1), 185, 370)
    assert next_change_of_hours(snapshot, WORKER, date(2026, 12, 1)) is None


def test_a_leaver_has_no_hours_from_the_end_of_the_assignment():
    leaver = replace(WORKER, assignment_start=date(2026, 10, 1), assignment_end=date(2026, 11, 20))
    assert [hours(Snapshot(), leaver, day) for day in (date(2026, 9, 30), ON, date(2026, 11, 20))] == [0, 370, 0]


def test_the_asye_target_and_headcount_hold_until_the_stage_ends():
    asye = replace(WORKER, stage="asye", stage_ends_on=date(2027, 1, 1))
    found = load(Snapshot(), asye, ON, SCHEMES["wirral"])
    assert (found.available, found.headcount_limit) == (900, 12)
    later = load(Snapshot(), asye, date(2027, 1, 1), SCHEMES["wirral"])
    assert (later.available, later.headcount_limit) == (1000, None)


def test_a_headcount_limit_stands_beside_the_points():
    found = load(Snapshot([*held("a"), *held("b")]), replace(WORKER, headcount_limit=1), ON, SCHEMES["neutral"])
    assert (found.is_over_headcount, found.state) == (True, "has room")


def test_children_with_no_weight_are_counted_and_named():
    found = load(Snapshot([*held("a", ""), *held("b", "cp")]), WORKER, ON, SCHEMES["neutral"])
    assert (found.unweighted, found.child_ids, found.used) == (("a",), ("a", "b"), 80)


def test_a_closed_case_is_no_longer_held():
    closed = replace(held("a")[1], ended_on=ON)
    snapshot = Snapshot(held("a")).patched([closed])
    assert load(snapshot, WORKER, ON, SCHEMES["neutral"]).child_ids == ()
    assert load(snapshot, WORKER, date(2026, 11, 8), SCHEMES["neutral"]).child_ids == ("a",)


def test_a_team_is_pooled_and_not_the_mean_of_its_workers():
    snapshot = Snapshot([*held("a", "cp"), *held("b", "cp", worker="v")])
    loads = [load(snapshot, worker, ON, SCHEMES["neutral"]) for worker in (WORKER, replace(worker_of(37), id="v"))]
    assert [one.percent for one in loads] == [8.0, 80.0]
    used, available, percent, state = pooled(loads)
    assert (used, available, round(percent or 0, 2), state) == (160, 1100, 14.55, "has room")
    assert pooled([]) == (0, 0, None, "no capacity")


@given(st.lists(st.sampled_from(["lac", "cp", "cin", "assessment"]), max_size=8), st.sampled_from(NAMES))
def test_the_lines_add_up_to_what_is_used(plans, name):
    records = [record for place, plan in enumerate(plans) for record in held(f"c{place}", plan, household=f"h{place // 2}")]
    found = load(Snapshot(records), WORKER, ON, SCHEMES[name])
    assert found.used == sum(line.tenths for line in found.lines)
    assert all(line.tenths == line.count * line.each for line in found.lines)
    assert sum(found.by_plan.values()) == len(plans)


def test_a_team_works_under_its_own_scheme_then_the_workspaces_then_the_neutral_one():
    chosen = [
        PolicyInForce(id="1", kind="workload", policy="count_of_children", start=date(2026, 9, 28)),
        PolicyInForce(id="2", kind="workload", policy="wirral", team_id="t", start=date(2026, 11, 1)),
        PolicyInForce(id="3", kind="visiting", policy="newcastle", team_id="t", start=date(2026, 11, 1)),
    ]
    names = [scheme_of(Snapshot(chosen), SCHEMES, team, on).id for team, on in (("t", ON), ("u", ON), ("t", date(2026, 10, 1)))]
    assert names == ["wirral", "count_of_children", "count_of_children"]
    assert scheme_of(Snapshot(), SCHEMES, "t", ON).id == "neutral"


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_schemes_are_read(name):
    scheme = SCHEMES[name]
    assert isinstance(scheme, Scheme)
    assert set(scheme.weights) >= {"lac", "cp", "cin", "assessment", "care_leaver", "private_fostering"}
    assert scheme.standard_hours == 370


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('unit = "points"', 'unit = "stars"', "unit"),
        ("normal = 100", "normal = 100.05", "targets.normal"),
        ("cp = 8", "cp = -8", "weights.cp"),
        ("standard_week = 37", "standard_week = 0", "standard_week"),
        ("stable = 0", "stabel = 0", "stabel"),
        ("adds = 1", "add = 1", "travel.add"),
        ("below = 90", "below = 190", "bands"),
        ("title =", "title", "TOML"),
    ],
)
def test_a_scheme_that_cannot_be_read_names_its_file_and_key(old, new, named):
    text = resource("schemes/neutral.toml").read_text().replace(old, new)
    with pytest.raises(PlannerError) as refused:
        scheme_from_toml(text, "ours")
    assert "ours" in refused.value.sentence
    assert named in refused.value.sentence
