"""Comparing workers for one child or a family: loads are those of the sum, families stay together, reasons are said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.core.comparing import Comparison, comparison, fixed_dates, waiting_families, workers_in_a_year
from planner.core.records import (
    Absence,
    Allocation,
    Child,
    Commitment,
    ConflictOfInterest,
    Event,
    Record,
    Worker,
)
from planner.core.snapshot import Snapshot
from planner.core.workload import load, load_after
from tests.helpers.compared_team import MONDAY, a_child, a_team, an_outlook, days


def of(asked: Comparison, worker: str):
    one = asked.of(worker)
    assert one is not None
    return one


def test_siblings_wait_together_by_family_or_household_and_families_are_counted() -> None:
    outlook = an_outlook(
        *a_team(),
        *a_child("1", family="F"),
        *a_child("2", "cp", household="H"),
        *a_child("3", household="H", family="F"),
        *a_child("4"),
    )
    families = waiting_families(outlook)
    together = [{one.child.id for one in family.children} for family in families]
    assert together == [{"1", "2", "3"}, {"4"}]
    assert families[0].children[0].child.id == "2"
    assert families[0].children[0].waiting.must_have_worker


def test_points_of_a_family_are_those_of_its_children_together() -> None:
    outlook = an_outlook(*a_team(), *a_child("1", "cp", household="H"), *a_child("2", "cin", household="H"))
    (family,) = waiting_families(outlook)
    assert {one.child.id: one.tenths for one in family.children} == {"1": 80, "2": 40}
    assert family.tenths == 85


def test_a_child_whose_plan_has_no_weight_is_not_weighed_and_not_nought() -> None:
    outlook = an_outlook(*a_team(), *a_child("1", "other"))
    assert waiting_families(outlook)[0].children[0].tenths is None


def test_every_worker_is_compared_and_points_after_are_those_of_the_load_with_all_the_children() -> None:
    outlook = an_outlook(*a_team(), *a_child("1", "cp", household="H"), *a_child("2", household="H"), *a_child("3", "lac", "w1"))
    asked = comparison(outlook, ["1", "2"], MONDAY)
    assert {one.worker.id for one in asked.workers} == {"w1", "w2", "w3"}
    for one in asked.workers:
        scheme = outlook.scheme("t")
        assert one.now == load(outlook.snapshot, one.worker, MONDAY, scheme)
        assert one.after == load_after(outlook.snapshot, one.worker, MONDAY, scheme, ["1", "2"])
        assert sum(tenths for _, tenths in one.added) == one.after.used - one.now.used


def test_what_a_co_worker_would_carry_is_their_share() -> None:
    outlook = an_outlook(*a_team(), *a_child("1", "cp", "w1"))
    one = of(comparison(outlook, ["1"], MONDAY, "co-worker"), "w2")
    assert one.after.used - one.now.used == 40
    assert one.added == (("cp", 40),)


def test_the_worker_who_holds_a_sibling_comes_first_and_one_who_held_the_child_is_known() -> None:
    outlook = an_outlook(
        *a_team(),
        *a_child("1", family="F"),
        *a_child("2", "cin", "w3", family="F"),
        Allocation(id="old", child_id="1", worker_id="w2", start=days(-200), end=days(-100), reason="x"),
    )
    asked = comparison(outlook, ["1"], MONDAY)
    assert [child.id for child in of(asked, "w3").siblings] == ["2"]
    assert [held.id for held in of(asked, "w2").former] == ["old"]
    assert {asked.workers[0].worker.id, asked.workers[1].worker.id} == {"w2", "w3"}


def test_a_reason_of_one_child_names_the_child_and_bars_the_family() -> None:
    outlook = an_outlook(
        *a_team(), *a_child("1", family="F"), *a_child("2", family="F"), ConflictOfInterest(id="c", worker_id="w1", child_id="2")
    )
    asked = comparison(outlook, ["1", "2"], MONDAY)
    assert of(asked, "w1").barred == ("C2: A conflict of interest is recorded.",)
    assert asked.workers[-1].worker.id == "w1"
    assert comparison(outlook, ["1"], MONDAY).of("w1").can_take


def test_the_worker_who_holds_the_child_cannot_be_chosen_again() -> None:
    outlook = an_outlook(*a_team(), *a_child("1", worker="w1"))
    assert of(comparison(outlook, ["1"], MONDAY), "w1").barred == ("Holds this child in this role already.",)


def test_over_capacity_is_said_of_all_the_children_and_only_once() -> None:
    held = [record for number in range(10, 22) for record in a_child(str(number), "cp", "w1", ago=60)]
    outlook = an_outlook(*a_team(), *held, *a_child("1", family="F"), *a_child("2", family="F"))
    said = of(comparison(outlook, ["1", "2"], MONDAY), "w1").against
    assert said == ("Over capacity with these 2 children.",)
    outlook = an_outlook(*a_team(), *held, *a_child("1", "cp"))
    assert of(comparison(outlook, ["1"], MONDAY), "w1").against == ("Over capacity with this child.",)


def test_who_leaves_soon_stands_after_who_stays_though_over_capacity() -> None:
    held = [record for number in range(10, 22) for record in a_child(str(number), "cp", "w1", ago=60)]
    team = [replace(one, assignment_end=days(14)) if one.id == "w2" else one for one in a_team()]
    asked = comparison(an_outlook(*team, *held, *a_child("1", "cp")), ["1"], MONDAY)
    assert len(of(asked, "w1").against) == len(of(asked, "w2").against) == 1
    assert asked.workers.index(of(asked, "w1")) < asked.workers.index(of(asked, "w2"))


def test_a_limit_on_children_stands_beside_the_points() -> None:
    team = a_team(Worker(id="w1", name="Worker 1", team_id="t", headcount_limit=2))
    held = a_child("10", "cin", "w1", ago=60)
    outlook = an_outlook(*team, *held, *a_child("1", family="F"), *a_child("2", family="F"))
    assert of(comparison(outlook, ["1"], MONDAY), "w1").against == ()
    said = of(comparison(outlook, ["1", "2"], MONDAY), "w1").against
    assert said == ("3 children with these 2 children, and the limit is 2.",)


def test_nobody_in_before_the_first_visit_is_said_against_the_choice() -> None:
    outlook = an_outlook(*a_team(), *a_child("1", "cp"))
    due = outlook.case_of("1").next_visit.due_on
    away = Absence(id="a", worker_id="w1", first_day=MONDAY, last_day=due)
    outlook = an_outlook(*a_team(), *a_child("1", "cp"), away)
    said = of(comparison(outlook, ["1"], MONDAY), "w1").against
    assert any(sentence.startswith("Not in before the first visit, due") for sentence in said)
    back = replace(away, last_day=due - timedelta(days=1))
    outlook = an_outlook(*a_team(), *a_child("1", "cp"), back)
    assert not any("first visit" in sentence for sentence in of(comparison(outlook, ["1"], MONDAY), "w1").against)


@pytest.mark.parametrize(
    ("record", "word"),
    [
        (Absence(id="x", worker_id="w1", first_day=days(2), last_day=days(4)), "Away"),
        (Commitment(id="x", worker_id="w1", kind="duty", first_day=days(3)), "Duty"),
        (Worker(id="w1", name="Worker 1", team_id="t", pattern=(74, 74, 74, 0, 0, 0, 0)), "Does not work"),
    ],
)
def test_a_fixed_date_that_the_worker_cannot_keep_is_said_with_a_word_and_never_why(record: Record, word: str) -> None:
    meeting = Event(id="e", child_id="1", event="core_group_held", on=days(3), status="planned")
    outlook = an_outlook(*a_team(), *a_child("1", "cp"), meeting, record)
    asked = comparison(outlook, ["1"], MONDAY)
    assert [fixed.event.id for fixed in asked.fixed] == ["e"]
    assert [clash.word for clash in of(asked, "w1").clashes] == [word]
    assert of(asked, "w2").clashes == ()


def test_another_childs_meeting_on_the_same_day_is_a_clash() -> None:
    outlook = an_outlook(
        *a_team(),
        *a_child("1", "cp"),
        *a_child("2", "cp", "w1"),
        Event(id="e", child_id="1", event="core_group_held", on=days(3), status="planned"),
        Event(id="f", child_id="2", event="cp_review_held", on=days(3), status="planned"),
    )
    assert [clash.word for clash in of(comparison(outlook, ["1"], MONDAY), "w1").clashes] == ["C2 has a date too"]


def test_only_what_is_planned_from_the_day_on_comes_with_a_child() -> None:
    def meeting(name: str, on: date, status: str) -> Event:
        return Event(id=name, child_id="1", event="core_group_held", on=on, status=status)

    records = [meeting("past", days(-1), "planned"), meeting("held", days(1), "held"), meeting("next", days(5), "planned")]
    outlook = an_outlook(*a_team(), *a_child("1", "cp"), meeting("first", days(0), "planned"), *records)
    child = outlook.snapshot.find(Child, "1")
    assert [one.event.id for one in fixed_dates(outlook, [child], MONDAY)] == ["first", "next"]


def test_workers_of_twelve_months_are_counted_once_each_and_only_those_who_led() -> None:
    def held(name: str, worker: str, start: date, end: date | None, role: str = "lead") -> Allocation:
        return Allocation(id=name, child_id="1", worker_id=worker, start=start, end=end, role=role)

    snapshot = Snapshot(
        [
            held("a", "w1", days(-500), days(-366)),
            held("b", "w2", days(-400), days(-300)),
            held("c", "w3", days(-300), days(-200)),
            held("d", "w2", days(-200), None),
            held("e", "w4", days(-200), None, "co-worker"),
            held("f", "w5", days(1), None),
        ]
    )
    assert workers_in_a_year(snapshot, "1", MONDAY) == 2


def test_leave_and_duty_of_three_weeks_and_a_change_of_hours_are_there() -> None:
    outlook = an_outlook(
        *a_team(),
        *a_child("1"),
        Absence(id="a", worker_id="w1", first_day=days(20), last_day=days(30)),
        Absence(id="b", worker_id="w1", first_day=days(22), last_day=days(23)),
        Commitment(id="c", worker_id="w1", kind="duty", first_day=days(1)),
    )
    assert [away.word for away in of(comparison(outlook, ["1"], MONDAY), "w1").away] == ["Duty", "Away"]


def test_a_child_with_no_open_case_is_not_compared() -> None:
    outlook = an_outlook(*a_team(), *a_child("1"))
    assert comparison(outlook, ["nobody"], MONDAY).workers == ()
