"""Who may hold what: policy as data with dates, and the worker's own facts."""

from datetime import date, timedelta

import pytest

from planner.core.holding import must_have_worker, what_bars, what_forbids
from planner.core.records import Absence, Allocation, Case, Child, ConflictOfInterest, Event, PlanSpell, Worker
from planner.core.snapshot import Snapshot

ON = date(2026, 11, 23)
BASE = [Child(id="c"), Case(id="k", child_id="c", received_on=date(2026, 11, 2))]


def plan(name):
    return PlanSpell(id=name, child_id="c", plan=name, start=date(2026, 11, 2))


def worker(**also):
    return Worker(id="w", name="Priya Shah", **also)


@pytest.fixture
def forbids(england):
    """What stands in the way of one worker, in one sentence a line."""

    def answer(person, *records, role="lead", on=ON):
        return "\n".join(what_forbids(Snapshot([*BASE, person, *records]), england.holding, person, "c", on, role))

    return answer


@pytest.mark.parametrize(
    ("person", "plans", "said"),
    [
        (worker(), ["cp"], ""),
        (worker(stage="asye"), ["cin"], ""),
        (worker(stage="ASYE"), ["cp"], "newly qualified"),
        (worker(role="family help lead practitioner"), ["cin"], ""),
        (worker(role="family help lead practitioner"), ["cp"], "lead child protection practitioner"),
        (worker(role="family help lead practitioner"), ["lac"], "social worker"),
        (worker(role="personal adviser"), ["lac"], "social worker"),
    ],
)
def test_policy_says_who_may_lead_which_plan(forbids, person, plans, said):
    found = forbids(person, *[plan(name) for name in plans])
    assert (said in found) if said else found == ""


def test_a_newly_qualified_worker_leads_with_an_experienced_co_worker_beside(forbids):
    beside = Allocation(id="a", child_id="c", worker_id="x", role="co-worker", start=ON)
    experienced, newly = Worker(id="x", name="Dev Patel"), Worker(id="x", name="Dev Patel", stage="asye")
    assert forbids(worker(stage="asye"), plan("cp"), beside, experienced) == ""
    assert "newly qualified" in forbids(worker(stage="asye"), plan("cp"), beside, newly)
    assert forbids(worker(stage="asye"), plan("cp"), role="co-worker") == ""


def test_a_lead_child_protection_practitioner_beside_lets_a_lead_practitioner_hold_the_child(forbids):
    beside = Allocation(id="a", child_id="c", worker_id="x", role="lead child protection practitioner", start=ON)
    person = worker(role="family help lead practitioner")
    assert forbids(person, plan("cp"), beside, Worker(id="x", name="Dev Patel")) == ""


def test_a_newly_qualified_worker_holds_no_court_case_alone(forbids):
    issued = Event(id="e", child_id="c", event="care_application_issued", on=date(2026, 11, 3))
    ended = Event(id="f", child_id="c", event="care_proceedings_ended", on=date(2026, 11, 10))
    assert "newly qualified" in forbids(worker(stage="asye"), plan("cin"), issued)
    assert forbids(worker(stage="asye"), plan("cin"), issued, ended) == ""


def test_a_rule_holds_only_in_its_time(forbids):
    spell = PlanSpell(id="s", child_id="c", plan="cp", start=date(2023, 6, 1))
    person = worker(role="family help lead practitioner")
    assert forbids(person, spell, on=date(2023, 12, 31)) == ""
    assert forbids(person, spell, on=date(2024, 1, 1))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"no_new_cases_until": ON + timedelta(days=1)}, "no new cases until 24 November 2026"),
        ({"no_new_cases_until": ON}, ""),
        ({"headcount_limit": 0}, "the limit is 0"),
        ({"new_cases_a_week": 0}, "in the last 7 days"),
    ],
)
def test_a_workers_own_facts_stand_in_the_way(forbids, facts, said):
    found = forbids(worker(**facts))
    assert (said in found) if said else found == ""


def test_limits_count_children_led_and_new_ones_of_seven_days(forbids):
    held = [Allocation(id=f"a{n}", child_id=f"x{n}", worker_id="w", start=ON - timedelta(days=6 + n)) for n in range(2)]
    assert "holds 2 children, and the limit is 2" in forbids(worker(headcount_limit=2), *held)
    assert forbids(worker(headcount_limit=3), *held) == ""
    assert "took 1 new children" in forbids(worker(new_cases_a_week=1), *held)
    assert forbids(worker(headcount_limit=2), *held, role="co-worker") == ""


def test_a_child_already_held_is_not_a_new_one(forbids):
    held = Allocation(id="a", child_id="c", worker_id="w", start=ON)
    assert forbids(worker(headcount_limit=1), held) == ""


READY = {"checks_complete_on": ON, "login_complete_on": ON}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, []),
        ({"supplier": "Agency"}, ["Checks and case system login are not complete."]),
        ({"supplier": "Agency", "checks_complete_on": ON}, ["Checks and case system login are not complete."]),
        ({"supplier": "Agency"} | READY, []),
        (READY | {"checks_complete_on": ON + timedelta(days=1)}, ["Checks and case system login are not complete."]),
        ({"assignment_start": ON}, []),
        ({"assignment_start": ON + timedelta(days=1)}, ["Starts on 24 November 2026."]),
        ({"assignment_end": ON + timedelta(days=1)}, []),
        ({"assignment_end": ON}, ["Has left by 23 November 2026."]),
    ],
)
def test_no_reason_overrides_a_worker_who_is_not_there_or_not_ready(facts, said):
    assert what_bars(Snapshot([*BASE, worker(**facts)]), worker(**facts), "c", ON) == said


@pytest.mark.parametrize(("child_id", "said"), [("c", ["A conflict of interest is recorded."]), ("another", [])])
def test_a_conflict_of_interest_bars_that_child_and_no_other(child_id, said):
    records = [*BASE, worker(), ConflictOfInterest(id="x", worker_id="w", child_id=child_id)]
    assert what_bars(Snapshot(records), worker(), "c", ON) == said


@pytest.mark.parametrize(("last", "is_said"), [(ON, False), (ON + timedelta(days=1), True), (None, True)])
def test_an_urgent_case_goes_to_someone_in_within_a_day(england, last, is_said):
    case = Case(id="k", child_id="c", received_on=ON, priority="urgent")
    away = Absence(id="x", worker_id="w", first_day=ON, last_day=last)
    found = what_forbids(Snapshot([Child(id="c"), case, worker(), away]), england.holding, worker(), "c", ON)
    assert bool(found) is is_said


@pytest.mark.parametrize(("name", "must"), [("cp", True), ("lac", True), ("cin", False), ("assessment", False)])
def test_a_child_on_a_protection_plan_or_looked_after_is_never_without_a_worker(name, must):
    assert must_have_worker(Snapshot([*BASE, plan(name)]), "c", ON) is must
