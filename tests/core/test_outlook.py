"""The figures of a day: each has one definition, and an outlook patched after a change equals one made anew."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actions.shipped import reference
from planner.core.outlook import Outlook
from planner.core.records import (
    Absence,
    AddedHoliday,
    Allocation,
    Case,
    Child,
    Commitment,
    Event,
    PlanSpell,
    PolicyInForce,
    Record,
    Setting,
    Sighting,
    SourceRead,
    Suspension,
    Team,
    Visit,
    VisitFrequency,
    Worker,
)
from planner.core.snapshot import Snapshot
from planner.core.workspace_settings import SOURCE_AS_AT

MONDAY = date(2026, 11, 23)


def days(number: int) -> date:
    return MONDAY + timedelta(days=number)


def ground() -> list[Record]:
    """Two teams, a worker each, and C1 on a child protection plan since long ago, held by Ada."""
    return [
        Team(id="t1", name="Team 1"),
        Team(id="t2", name="Team 2"),
        Worker(id="ada", name="Ada Amber", team_id="t1"),
        Worker(id="ben", name="Ben Blue", team_id="t2"),
        *child("1", "cp", held_by="ada"),
    ]


def child(number: str, plan: str, held_by: str = "", since: int = -200) -> list[Record]:
    """A child with an open case and a plan, held or not."""
    found: list[Record] = [
        Child(id=f"c{number}", reference=f"C{number}"),
        Case(id=f"k{number}", child_id=f"c{number}", team_id="t1", received_on=days(since), passed_to_team_on=days(since)),
        PlanSpell(id=f"p{number}", child_id=f"c{number}", plan=plan, start=days(since)),
    ]
    if held_by:
        found.append(Allocation(id=f"a{number}", child_id=f"c{number}", worker_id=held_by, start=days(since)))
    return found


def seen(number: str, on: int, was_seen: bool = True) -> list[Record]:
    """A visit to the child, made or tried."""
    visit = Visit(id=f"v{number}{on}", on=days(on), status="made" if was_seen else "attempted", worker_id="ada", logged_by="p")
    return [visit, Sighting(id=f"s{number}{on}", visit_id=visit.id, child_id=f"c{number}", seen=was_seen)]


def outlook(records: Iterable[Record], on: date = MONDAY, teams: Iterable[str] = ()) -> Outlook:
    return Outlook(Snapshot(records), reference(), on, MONDAY, teams)


def references(rows: Iterable[Any]) -> list[str]:
    return [(row.case if hasattr(row, "case") and hasattr(row.case, "child") else row).child.reference for row in rows]


def test_each_team_is_judged_by_the_policy_it_chose() -> None:
    newcastle = PolicyInForce(id="p", kind="visiting", policy="newcastle", team_id="t2", start=days(-300))
    of_team_2 = [*child("2", "cp", held_by="ben"), *seen("2", -17)]
    looked_at = outlook([*ground(), *seen("1", -17), *of_team_2, newcastle])
    assert references(looked_at.overdue_visits) == ["C1"]
    later = looked_at.after(looked_at.snapshot.patched([replace(newcastle, team_id="")]), [newcastle])
    assert references(later.overdue_visits) == []


def test_the_rule_that_is_named_is_of_the_policy_that_set_the_date() -> None:
    newcastle = PolicyInForce(id="p", kind="visiting", policy="newcastle", team_id="t2", start=days(-300))
    looked_at = outlook([*ground(), *child("2", "cp", held_by="ben"), *seen("2", -17), newcastle])
    held_elsewhere = looked_at.case_of("c2")
    visit = held_elsewhere.next_visit if held_elsewhere else None
    assert visit is not None
    assert (visit.due_on, str(looked_at.rule_of(visit).every[0])) == (days(11), "4 weeks")


@pytest.mark.parametrize(
    ("last_seen", "late"), [(-13, []), (-14, []), (-15, ["C1"])], ids=["due tomorrow", "due today", "due on Sunday"]
)
def test_a_visit_due_today_is_not_overdue(last_seen: int, late: list[str]) -> None:
    assert references(outlook([*ground(), *seen("1", last_seen)]).overdue_visits) == late


def test_an_attempted_visit_does_not_put_it_right() -> None:
    found = outlook([*ground(), *seen("1", -20), *seen("1", -1, was_seen=False)])
    assert references(found.overdue_visits) == ["C1"]
    assert found.cases[0].last_seen == days(-20)


def test_a_planned_visit_never_counts_as_made() -> None:
    planned = [Visit(id="v", on=days(-1), worker_id="ada"), Sighting(id="s", visit_id="v", child_id="c1")]
    assert references(outlook([*ground(), *seen("1", -20), *planned]).overdue_visits) == ["C1"]


def test_a_child_late_on_two_clocks_is_one_row_with_the_earliest_first() -> None:
    both = PlanSpell(id="p9", child_id="c1", plan="lac", start=days(-200))
    rows = outlook([*ground(), both, *seen("1", -60)]).overdue_visits
    assert references(rows) == ["C1"]
    assert rows[0].others
    assert all((row.due or date.min) >= (rows[0].obligation.due or date.min) for row in rows[0].others)  # type: ignore[operator]


def test_the_latest_comes_first() -> None:
    records = [*ground(), *child("2", "cp", held_by="ada"), *seen("1", -20), *seen("2", -40)]
    assert references(outlook(records).overdue_visits) == ["C2", "C1"]


def test_a_day_in_the_future_shows_what_will_be_overdue() -> None:
    records = [*ground(), *seen("1", -5)]
    assert not outlook(records).overdue_visits
    assert references(outlook(records, on=days(12)).overdue_visits) == ["C1"]


def test_a_suspended_clock_is_not_overdue() -> None:
    missing = Suspension(id="x", child_id="c1", kind="visit", start=days(-30), end=days(5), reason="missing")
    assert not outlook([*ground(), *seen("1", -20), missing]).overdue_visits


def test_children_nobody_leads_for_wait_by_risk_and_first_visit() -> None:
    records = [*ground(), *child("2", "cin"), *child("3", "cp"), *child("4", "cin"), *seen("2", -3), *seen("4", -12)]
    waiting = outlook(records).waiting
    assert references(waiting) == ["C3", "C4", "C2"]
    assert [row.must_have_worker for row in waiting] == [True, False, False]


def test_waiting_counts_working_days_since_the_last_worker_let_go() -> None:
    ended = [replace(row, end=days(-4), end_code="LEFTRL") if isinstance(row, Allocation) else row for row in ground()]
    [row] = outlook(ended).waiting
    assert (row.since, row.working_days) == (days(-4), 2)


def test_an_allocation_on_the_day_ends_the_wait() -> None:
    records = [*ground(), *child("2", "cin")]
    assert references(outlook(records).waiting) == ["C2"]
    assert not outlook([*records, Allocation(id="a", child_id="c2", worker_id="ben", start=MONDAY)]).waiting


@pytest.mark.parametrize(
    ("last_day", "rows"), [(None, ["C1"]), (days(30), ["C1"]), (days(4), [])], ids=["not known", "long", "this week"]
)
def test_children_of_a_worker_long_away_are_held_in_name_only(last_day: date | None, rows: list[str]) -> None:
    away = Absence(id="x", worker_id="ada", first_day=days(-7), last_day=last_day)
    assert references(outlook([*ground(), away]).held_in_name_only) == rows


def assessed(since: date) -> list[Record]:
    events = [Event(id="e1", child_id="c2", event="referral_received", on=since)]
    return [*child("2", "assessment", held_by="ada", since=(since - MONDAY).days), *events]


def test_an_assessment_is_near_its_limit_with_ten_working_days_left() -> None:
    calendar = reference().calendar
    for left, is_near in ((11, False), (10, True), (0, True), (-3, True)):
        since = MONDAY
        while calendar.between(since, MONDAY) < 45 - left:
            since -= timedelta(days=1)
        rows = outlook([*ground(), *assessed(since)]).assessments_near_limit
        assert bool(rows) is is_near, left
        if rows:
            assert (rows[0].day, rows[0].limit) == (45 - left, 45)


def test_a_child_in_assessment_is_unseen_until_seen_since_the_referral() -> None:
    records = [*ground(), *assessed(days(-10))]
    assert references(outlook([*records, *seen("2", -12)]).not_seen_in_assessment) == ["C2"]
    assert not outlook([*records, *seen("2", -9)]).not_seen_in_assessment


def test_only_the_teams_looked_at_are_counted() -> None:
    records = [*ground(), *child("2", "cp", held_by="ben"), *child("3", "cin")]
    assert references(outlook(records, teams=["t1"]).cases) == ["C1", "C3"]
    assert references(outlook(records, teams=["t2"]).cases) == ["C2"]
    assert [row.worker.name for row in outlook(records, teams=["t2"]).loads] == ["Ben Blue"]


def test_a_worker_who_left_is_shown_while_children_are_held() -> None:
    records = [replace(row, assignment_end=days(-1)) if isinstance(row, Worker) else row for row in ground()]
    assert [worker.id for worker in outlook(records).workers] == ["ada"]


def test_away_is_a_word_and_never_why() -> None:
    rows = [
        Absence(id="x", worker_id="ada", first_day=days(1), last_day=days(2)),
        Absence(id="y", worker_id="ada", first_day=days(20), last_day=days(21)),
        Commitment(id="z", worker_id="ben", kind="duty", first_day=days(3), last_day=days(3)),
    ]
    found = outlook([*ground(), *rows]).away(MONDAY, days(13))
    assert [(row.worker.id, row.word, row.first_day, row.last_day) for row in found] == [
        ("ada", "Away", days(1), days(2)),
        ("ben", "Duty", days(3), days(3)),
    ]


def test_visits_logged_here_since_the_case_systems_day_are_counted() -> None:
    from_source = replace(seen("1", -1)[0], id="v", source="annex-a")
    records = [*ground(), *seen("1", -4), *seen("1", -1), from_source, Setting(id=SOURCE_AS_AT, value=days(-3).isoformat())]
    found = outlook(records)
    assert (found.source_as_at, [visit.on for visit in found.logged_since]) == (days(-3), [days(-1)])
    reads = [SourceRead(id="r", format="table"), SourceRead(id="s", format="ssd")]
    names = [outlook([*records, *reads[:count]]).source_name for count in (0, 1, 2)]
    assert names == ["Case system", "Tracker", "Case system"]


def test_every_obligation_says_why_and_names_its_rule() -> None:
    found = outlook([*ground(), *child("2", "lac", held_by="ben"), *seen("1", -20)])
    assert found.obligations
    for obligation in found.obligations:
        assert found.rule_of(obligation).id == obligation.rule
        assert found.why(obligation).endswith(".")


changes = st.one_of(
    st.builds(lambda n, on, ok: seen(n, -on, ok), st.sampled_from("12"), st.integers(0, 40), st.booleans()),
    st.builds(
        lambda n, start: [Allocation(id=f"new{n}", child_id=f"c{n}", worker_id="ben", start=days(-start))],
        st.sampled_from("12"),
        st.integers(0, 9),
    ),
    st.builds(
        lambda end: [Case(id="k2", child_id="c2", team_id="t1", received_on=days(-200), ended_on=days(end))], st.integers(-9, 9)
    ),
    st.builds(
        lambda every: [VisitFrequency(id="f", child_id="c1", rule="CP-VISIT", every=every, start=days(-90))],
        st.sampled_from(["5 working days", "3 weeks"]),
    ),
    st.just([PlanSpell(id="p8", child_id="c2", plan="lac", start=days(-30))]),
)


@given(st.lists(changes, max_size=4))
def test_an_outlook_after_changes_equals_one_made_anew(steps: list[list[Record]]) -> None:
    records = [*ground(), *child("2", "cin", held_by="ada")]
    snapshot = Snapshot(records)
    now = Outlook(snapshot, reference(), MONDAY, MONDAY)
    assert now.obligations
    for step in steps:
        snapshot = snapshot.patched(put=step)
        now = now.after(snapshot, step)
    anew = Outlook(Snapshot(snapshot.records()), reference(), MONDAY, MONDAY)
    assert now.obligations == anew.obligations
    assert now.overdue_visits == anew.overdue_visits
    assert now.waiting == anew.waiting


def test_a_day_the_workspace_adds_as_a_holiday_moves_what_counts_working_days():
    seen = [Visit(id="v", on=days(-3), status="made"), Sighting(id="g", visit_id="v", child_id="c1", seen=True)]
    plain = Snapshot([*ground(), *seen])
    before = Outlook(plain, reference(), MONDAY, MONDAY)
    added = AddedHoliday(id="h", on=days(2))
    after = before.after(plain.patched([added]), [added])

    def next_visit(outlook: Outlook) -> date | None:
        return next(one.due_on for one in outlook.owed_to("c1") if one.rule == "CP-VISIT")

    assert (next_visit(before), next_visit(after)) == (days(11), days(14))


@pytest.mark.parametrize(
    ("start", "end", "due"),
    [
        (None, None, 25),  # Bolton: 4 weeks
        (days(-3), None, 25),  # in force on the day of the last visit
        (days(-2), None, 11),  # after it: the stricter rule of that day holds to the next visit
        (None, days(-3), 11),  # no longer in force on the day of the last visit
    ],
)
def test_a_policy_sets_the_interval_after_a_visit_in_its_time(start, end, due):
    seen = [Visit(id="v", on=days(-3), status="made"), Sighting(id="g", visit_id="v", child_id="c1", seen=True)]
    policy = PolicyInForce(id="b", kind="visiting", policy="bolton", start=start, end=end)
    outlook = Outlook(Snapshot([*ground(), *seen, policy]), reference(), MONDAY, MONDAY)
    assert next(one.due_on for one in outlook.owed_to("c1") if one.rule == "CP-VISIT") == days(due)
