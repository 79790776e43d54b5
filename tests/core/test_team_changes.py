"""What a team's changes come to: leavers, the long away, leave; what is coming for a worker; the trend; and policy previews."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.actions.shipped import reference
from planner.core.away_reasons import is_line_manager, reason_of
from planner.core.coming_changes import coming_changes, next_change
from planner.core.load_trend import load_trend
from planner.core.outlook import Outlook
from planner.core.policy_effects import PolicyEffects, policy_effects, scheme_effects
from planner.core.records import (
    Absence,
    AwayReason,
    ExtraWork,
    LocalRule,
    Person,
    PolicyInForce,
    Record,
    Reduction,
    Visit,
    Worker,
)
from planner.core.snapshot import Snapshot
from planner.core.team_changes import changes_to_plan, children_to_place, falling_due, new_children
from tests.helpers.people import TODAY, a_small_team

TEAM = a_small_team()
WORKERS = sorted(TEAM.all(Worker).values(), key=lambda worker: worker.name)
HERE = [worker for worker in WORKERS if not TEAM.by(Absence, "worker_id", worker.id)]
ONE = HERE[0]


def outlook(*put: Record, snapshot: Snapshot = TEAM, on: date = TODAY) -> Outlook:
    return Outlook(snapshot.patched(put), reference(), on, TODAY)


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def away(first: int, last: int | None, worker: Worker = ONE) -> Absence:
    return Absence(id="leave", worker_id=worker.id, first_day=days(first), last_day=days(last) if last is not None else None)


def test_a_leaver_brings_every_child_to_place() -> None:
    leaving = replace(ONE, assignment_end=days(12))
    found = outlook(leaving)
    change = next(one for one in changes_to_plan(found) if one.worker.id == ONE.id)
    assert (change.kind, change.first_day, change.last_day) == ("leaves", days(11), days(11))
    assert {case.child.id for case in change.cases} == {held.child_id for held in TEAM.held_by(ONE.id, TODAY)}
    assert {row.obligation.state for row in change.late} <= {"overdue"}
    assert all(TODAY <= row.obligation.due_on <= days(14) for row in change.due if row.obligation.due_on)


def test_somebody_gone_who_still_holds_children_stands_first() -> None:
    found = changes_to_plan(outlook(replace(ONE, assignment_end=days(-3))))
    assert (found[0].worker.id, found[0].kind) == (ONE.id, "left")


def test_a_day_of_leaving_a_long_way_off_asks_for_no_plan_yet() -> None:
    assert ONE.id not in {one.worker.id for one in changes_to_plan(outlook(replace(ONE, assignment_end=days(120))))}


def test_somebody_long_away_holds_children_to_place() -> None:
    found = [one for one in changes_to_plan(outlook()) if one.kind == "long away"]
    assert {one.worker.id for one in found} == {worker.id for worker in WORKERS} - {worker.id for worker in HERE}
    assert all(one.last_day is None for one in found)
    assert len(children_to_place(tuple(found))) == len(outlook().held_in_name_only)


def test_leave_counts_what_falls_due_while_away() -> None:
    found = outlook(away(3, 16))
    change = next(one for one in changes_to_plan(found) if one.kind == "leave")
    assert change.due == falling_due(found, ONE, days(3), days(16))
    assert {case.child.id for case in change.cases} == {row.case.child.id for row in change.due}
    assert change.cases
    assert not children_to_place((change,))


def test_leave_with_a_visit_planned_in_it_asks_for_a_plan() -> None:
    on = days(3)
    visit = Visit(id="v", worker_id=ONE.id, on=on, status="planned")
    found = [one for one in changes_to_plan(outlook(away(3, 3), visit)) if one.kind == "leave"]
    assert [one.planned for one in found] == [(visit,)]


def test_new_children_are_those_of_the_last_seven_days() -> None:
    assert new_children(outlook(), ONE) == ()
    held = TEAM.held_by(ONE.id, TODAY)[0]
    for start, count in ((days(-6), 1), (days(-7), 0), (TODAY, 1)):
        assert len(new_children(outlook(replace(held, start=start)), ONE)) == count


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ([], "None planned"),
        ([away(10, 11)], "Away 3 to 4 Dec"),
        ([away(4, 4)], "Away 27 Nov"),
        ([away(7, 11)], "Away 30 Nov to 4 Dec"),
        ([away(-2, None)], "Away, no return date"),
        ([away(-2, 2)], "Away to 25 Nov"),
        ([away(-9, -2)], "None planned"),
        ([Reduction(id="r", worker_id=ONE.id, hours=37, start=days(-9), end=days(28))], "37 h from 21 Dec"),
        ([replace(ONE, assignment_end=days(12))], "Leaves 4 Dec"),
        ([replace(ONE, stage="asye", stage_ends_on=date(2027, 3, 2))], "ASYE ends 1 Mar 2027"),
        ([replace(ONE, no_new_cases_until=days(5))], "No new cases until 28 Nov"),
        (
            [ExtraWork(id="x", worker_id=ONE.id, title="Practice educator", start=days(-9), end=days(1))],
            "Practice educator ends 23 Nov",
        ),
    ],
)
def test_the_next_change_is_said_shortly(records: list[Any], words: str) -> None:
    found = outlook(*records)
    worker = found.snapshot.find(Worker, ONE.id)
    assert worker is not None
    assert next_change(found, worker) == words


def test_changes_come_soonest_first_and_never_say_why() -> None:
    found = outlook(away(10, 11), AwayReason(id="w", about="leave", reason="Surgery"), replace(ONE, assignment_end=days(40)))
    worker = found.snapshot.find(Worker, ONE.id)
    assert worker is not None
    assert [change.on for change in coming_changes(found, worker)] == [days(10), days(39)]
    assert "Surgery" not in str(coming_changes(found, worker))


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (Person(id="m", role="team manager"), True),
        (Person(id="m", role="Service Manager", team_ids=(ONE.team_id,)), True),
        (Person(id="m", role="head of service"), True),
        (Person(id="m", role="team manager", team_ids=("another",)), False),
        (Person(id="m", role="team manager", worker_id=ONE.id), False),
        (Person(id="m", role="project co-ordinator"), False),
        (Person(id="m", role="social worker"), False),
        (None, False),
    ],
)
def test_only_the_line_manager_reads_why(person: Person | None, may: bool) -> None:
    snapshot = TEAM.patched([AwayReason(id="w", about="leave", reason="Surgery")])
    assert is_line_manager(person, ONE) is may
    assert reason_of(snapshot, "leave", person, ONE) == ("Surgery" if may else "")


def test_the_trend_is_the_same_figure_on_earlier_days() -> None:
    found = outlook()
    points = load_trend(TEAM, reference().schemes, ONE, TODAY)
    now = found.load_of(ONE.id)
    assert now is not None
    assert len(points) == 13
    assert (points[-1].on, points[-1].used, points[-1].percent) == (TODAY, now.used, now.percent)
    then = outlook(on=points[0].on).load_of(ONE.id)
    assert then is not None
    assert points[0].used == then.used
    started = replace(ONE, assignment_start=days(-15))
    assert len(load_trend(TEAM, reference().schemes, started, TODAY)) == 3


def effects(found: Outlook, *put: Record, removed: tuple[Record, ...] = (), start: date = TODAY) -> PolicyEffects:
    return policy_effects(found, found.snapshot.patched(put, removed), start)


BOLTON = PolicyInForce(id="p", kind="visiting", policy="bolton", start=date(2020, 1, 1))


def test_a_policy_changes_the_children_it_is_for_and_no_others() -> None:
    chosen = replace(BOLTON, start=TODAY)
    found = effects(outlook(), chosen)
    on_cp = {case.child.id for case in outlook().cases if case.plan == "cp"}
    assert {change.case.child.id for change in found.changes} == on_cp
    assert {(one.was_every, one.will_be) for one in found.changes} == {("every 10 working days", "every 4 weeks")}
    after = outlook(chosen)
    for change in found.changes:
        owed = {one.rule: one.due for one in after.owed_to(change.case.child.id)}
        assert change.after is not None
        assert owed[change.rule] == change.after.due


def test_a_clock_that_runs_keeps_its_date_until_the_next_visit() -> None:
    found = effects(outlook(), replace(BOLTON, start=TODAY))
    for change in found.changes:
        assert change.before is not None
        assert change.is_at_once == (change.before.last is None)
    assert 0 < found.at_once < len(found.changes)


def test_a_policy_from_a_later_day_is_looked_at_on_that_day() -> None:
    assert effects(outlook(), replace(BOLTON, start=days(30)), start=days(30)).on == days(30)


def test_the_same_policy_twice_changes_nothing() -> None:
    assert effects(outlook(BOLTON), replace(BOLTON, id="q")).changes == ()


def test_ending_a_policy_is_the_change_the_other_way_round() -> None:
    taken, given = effects(outlook(BOLTON), removed=(BOLTON,)), effects(outlook(), BOLTON)
    assert {(one.case.child.id, one.rule) for one in taken.changes} == {(one.case.child.id, one.rule) for one in given.changes}
    assert taken.changes
    assert {(one.was_every, one.will_be) for one in taken.changes} == {(one.will_be, one.was_every) for one in given.changes}


def test_what_a_policy_makes_late_or_no_longer_late_is_told() -> None:
    often = LocalRule(id="l", rule="CP-VISIT", toml='every = "1 day"', start=date(2020, 1, 1))
    given, taken = effects(outlook(), often), effects(outlook(often), removed=(often,))
    assert any(one.is_newly_late for one in given.changes)
    assert sum(one.is_newly_late for one in given.changes) == sum(one.is_no_longer_late for one in taken.changes)


def test_a_local_rule_looser_than_the_law_is_found() -> None:
    loose = LocalRule(id="l", rule="LAC-V6W", toml='every = "12 weeks"', start=TODAY)
    assert [one.rule for one in effects(outlook(), loose).looser] == ["LAC-V6W"]
    assert effects(outlook(loose)).looser == ()


WIRRAL = PolicyInForce(id="w", kind="workload", policy="wirral", start=TODAY)


def test_a_scheme_is_laid_beside_the_one_in_force_for_everyone() -> None:
    found = outlook()
    changed = scheme_effects(found, TEAM.patched([WIRRAL]), TODAY)
    assert [one.before.worker.id for one in changed.changes] == [load.worker.id for load in found.loads]
    working = [one for one in changed.changes if one.before.available]
    assert all(one.after.used - one.before.used == 150 for one in working)
    assert changed.before[0] == sum(one.before.used for one in changed.changes)
    assert changed.after[0] == sum(one.after.used for one in changed.changes)


def test_a_team_with_its_own_scheme_keeps_it_when_another_is_chosen_for_all() -> None:
    own = PolicyInForce(id="o", kind="workload", policy="neutral", team_id=ONE.team_id, start=date(2020, 1, 1))
    found = outlook(own)
    for_all = scheme_effects(found, found.snapshot.patched([WIRRAL]), TODAY)
    assert all(one.before == one.after for one in for_all.changes)
    mine = scheme_effects(found, found.snapshot.patched([replace(WIRRAL, team_id=ONE.team_id)]), TODAY, (ONE.team_id,))
    assert any(one.before != one.after for one in mine.changes)
