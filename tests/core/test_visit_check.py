"""A typed line held against the plan: what is filled in, asked and warned of, and what the clocks become, before it is logged."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actions.shipped import reference
from planner.core.child_roll import Roll
from planner.core.obligations import Obligation
from planner.core.outlook import Outlook
from planner.core.records import Allocation, Case, Child, PlanSpell, Record, Sighting, Team, Visit, Worker
from planner.core.snapshot import Snapshot
from planner.core.visit_check import CheckedLine, Ground, checked_line
from planner.core.visit_effect import clocks_moved, needs_decision
from planner.core.visit_line import Known
from planner.core.visit_line_reading import read_line
from planner.core.visit_outcome import Outcome

TODAY = date(2026, 11, 23)
BEGAN = date(2026, 9, 1)
LAST = date(2026, 11, 5)
"""A Thursday: ten working days on is Thursday 19 November."""
ALONE, NOBODY = Outcome("alone"), Outcome("not seen", "No one at home")


def child(number: int, team_id: str, worker_id: str, plan: str = "cp") -> list[Record]:
    child_id = f"c{number}"
    held = [Allocation(id=f"a{number}", child_id=child_id, worker_id=worker_id, start=BEGAN)] if worker_id else []
    return [
        Child(id=child_id, reference=f"C1000{number}", initials="A.B." if number < 5 else "X.Y."),
        Case(id=f"k{number}", child_id=child_id, team_id=team_id, received_on=BEGAN, passed_to_team_on=BEGAN),
        PlanSpell(id=f"p{number}", child_id=child_id, plan=plan, start=BEGAN),
        *held,
    ]


def visit(visit_id: str, on: date, status: str = "made", child_id: str = "c1", **said: object) -> list[Record]:
    made = Visit(id=visit_id, on=on, status=status, worker_id="ada", role="lead", **said)  # type: ignore[arg-type]
    return [made, Sighting(id=f"s{visit_id}", visit_id=visit_id, child_id=child_id, seen=status == "made", seen_alone=True)]


WORKERS = {"ada": "Ada Amber", "ben": "Ben Blue", "cal": "Cal Cole"}


def ground(*records: Record, teams: tuple[str, ...] = (), day: date | None = TODAY) -> Ground:
    team_of = {"ada": "t1", "ben": "t1", "cal": "t2"}
    snapshot = Snapshot(
        [
            *(Team(id=one, name=f"Team {one[1]}") for one in ("t1", "t2")),
            *(Worker(id=one, name=name, team_id=team_of[one]) for one, name in WORKERS.items()),
            *child(1, "t1", "ada"),
            *child(2, "t1", "", "cin"),
            *child(3, "t2", "cal", "lac"),
            *child(5, "t1", "ada", "cin"),
            *visit("last", LAST),
            *records,
        ]
    )
    outlook = Outlook(snapshot, reference(), TODAY, TODAY)
    children = snapshot.all(Child)
    known = Known(Roll(children.values(), children), WORKERS, lambda one: [one], TODAY, outlook.calendar)
    return Ground(known, snapshot, outlook, frozenset(teams), day)


def check(typed: str, on: Ground) -> CheckedLine:
    return checked_line(read_line(typed, on.known), on)


# What is filled in


def test_day_worker_and_place_are_filled_in_where_the_line_does_not_say_them() -> None:
    checked = check("10001 a", ground())
    assert checked.is_sure
    assert (checked.line.day, checked.line.worker_id, checked.line.place) == (TODAY, "ada", "home")
    assert check("10003 a", ground()).line.place == "placement"
    said = check("10001 a school by ben 14/11", ground())
    assert (said.line.day, said.line.worker_id, said.line.place) == (date(2026, 11, 14), "ben", "school")


def test_the_visit_planned_for_the_day_is_the_one_that_was_made_with_whoever_was_to_go_along() -> None:
    planned = visit("plan", TODAY, "planned", with_worker_ids=("ben",))
    checked = check("10001 a", ground(*planned))
    assert (checked.visit_id, checked.line.with_worker_ids) == ("plan", ("ben",))
    other = Sighting(id="also", visit_id="plan", child_id="c2")
    assert check("10001 a", ground(*planned, other)).visit_id == ""
    assert check("10001 a with cal", ground(*planned)).line.with_worker_ids == ("cal",)


# What is asked


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", "child"),
        ("99999 a", "child"),
        ("1000 a", "child"),
        ("10001", "outcome"),
        ("10001 a tomorrow", "day"),
        ("10002 a", "worker"),
    ],
)
def test_what_is_missing_or_in_doubt_is_asked(typed: str, part: str) -> None:
    checked = check(typed, ground())
    assert [doubt.part for doubt in checked.asked][:1] == [part]
    assert checked.question
    assert not checked.is_sure


def test_a_line_must_say_its_day_where_none_is_given() -> None:
    assert [doubt.part for doubt in check("10001 a", ground(day=None)).asked] == ["day"]
    assert not check("10001 a fri", ground(day=None)).asked


# What must be agreed to


def parts(checked: CheckedLine) -> list[str]:
    return [doubt.part for doubt in checked.warned]


def test_a_child_of_another_team_is_said_with_the_team_and_never_taken_in_silence() -> None:
    checked = check("10003 a", ground(teams=("t1",)))
    assert parts(checked) == ["team"]
    assert "is not a child of your teams: Team 2" in checked.question
    assert check("10003 a", ground(teams=("t1", "t2"))).is_sure
    assert check("10003 a", ground()).is_sure


def test_a_closed_case_is_said() -> None:
    closed = replace(Case(id="k5", child_id="c5", team_id="t1", received_on=BEGAN), ended_on=date(2026, 11, 9))
    checked = check("10005 a by ada", ground(closed))
    assert parts(checked) == ["closed"]
    assert "it was closed on Mon 9 Nov" in checked.question
    assert check("10005 a by ada 6/11", ground(closed)).is_sure


def test_a_second_visit_or_try_on_a_day_is_said_but_not_a_visit_after_a_try() -> None:
    assert parts(check("10001 a 5/11", ground())) == ["again"]
    tried = ground(*visit("try", TODAY, "attempted"))
    assert parts(check("10001 a today", tried)) == []
    assert parts(check("10001 n1 today", tried)) == ["again"]


def test_initials_are_asked_about_even_where_only_one_child_has_them() -> None:
    checked = check("XY a", ground())
    assert parts(checked) == ["initials"]
    assert "C10005" in checked.question
    assert next(doubt.part for doubt in check("AB a", ground()).asked) == "child"


DIGITS = st.text(alphabet="C0123456789", min_size=1, max_size=7)


@given(DIGITS)
def test_no_child_is_sure_but_the_one_whose_whole_reference_or_number_was_typed(typed: str) -> None:
    checked = check(f"{typed} a", GROUND)
    if checked.is_sure:
        assert typed in {f"C1000{checked.line.child_id[1]}", f"1000{checked.line.child_id[1]}"}


GROUND = ground()


# What becomes of the clocks


def due(owed: Obligation | None) -> date | None:
    return owed.due_on if owed else None


def test_a_visit_moves_the_clock_as_logging_it_does() -> None:
    on = ground()
    line = check("10001 a fri", on).line
    moved = clocks_moved(on.outlook, line, "c1", ALONE)
    after = ground(*visit("new", date(2026, 11, 20), place="home")).outlook
    owed = {one.rule: one.due_on for one in after.owed_to("c1") if one.kind == "visit"}
    assert {one.after.rule: due(one.after) for one in moved if one.after} == owed
    cp = next(one for one in moved if one.after and one.after.rule == "CP-VISIT")
    assert (due(cp.before), due(cp.after), cp.has_moved) == (date(2026, 11, 19), date(2026, 12, 4), True)


@pytest.mark.parametrize("typed", ["10001 n1 fri", "10001 a fri contact only", "10001 a fri video", "10001 a 2/11"])
def test_a_visit_that_does_not_count_moves_nothing(typed: str) -> None:
    on = ground()
    checked = check(typed, on)
    moved = clocks_moved(on.outlook, checked.line, "c1", checked.outcomes["c1"])
    assert moved
    assert not any(one.has_moved for one in moved if one.after and one.after.rule == "CP-VISIT")


def test_the_second_try_in_a_row_on_a_cp_plan_needs_a_decision() -> None:
    tried = visit("try", date(2026, 11, 18), "attempted")
    line = check("10001 n1", ground()).line
    assert not needs_decision(ground().outlook, line, "c1", NOBODY)
    assert needs_decision(ground(*tried).outlook, line, "c1", NOBODY)
    assert not needs_decision(ground(*tried).outlook, line, "c1", ALONE)
    seen_since = visit("seen", date(2026, 11, 19))
    assert not needs_decision(ground(*tried, *seen_since).outlook, line, "c1", NOBODY)
    other = [*visit("one", TODAY, "attempted", "c5"), *visit("two", TODAY, "attempted", "c5")]
    assert not needs_decision(ground(*other).outlook, check("10005 n1", ground()).line, "c5", NOBODY)


@pytest.mark.parametrize(("typed", "parts"), [("23/8", []), ("22/8", ["old"]), ("1/9", [])])
def test_a_visit_of_more_than_three_months_ago_is_asked_about(typed, parts):
    found = checked_line(read_line(f"10001 a {typed}", ground().known), ground(day=None))
    assert [doubt.part for doubt in found.warned if doubt.part != "closed"] == parts
    assert all("working days ago" in doubt.sentence for doubt in found.warned if doubt.part == "old")
