"""What comes in: received, accepted into cases whose clocks run, returned, reopened; and the weeks a team is on intake."""

from dataclasses import replace
from datetime import date

import pytest

from planner.actions.allocations import allocate
from planner.actions.intake import (
    accept,
    give_reference,
    plan_intake_weeks,
    plan_turns,
    receive,
    receive_and_accept,
    remove_intake_week,
    return_to_sender,
    set_contract_cap,
    set_intake_week,
)
from planner.actions.referral_changes import change_referrals, take_back_decision
from planner.actions.shipped import reference
from planner.actions.visits import SeenAs, log_visit
from planner.core.errors import Refused
from planner.core.flow_records import Referral
from planner.core.intake import intake, known_as, monday_of
from planner.core.outlook import Outlook
from planner.core.records import Case, Child, Event, IntakeWeek, PlanSpell, Setting, StepTaken, Team
from planner.core.workspace_settings import NAMES_ALLOWED

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 20)
ONE = Referral(
    id="", reference="C50", initials="A.B.", born=date(2019, 4, 3), referred_on=FRIDAY, received_on=MONDAY, priority="high"
)
OTHER = replace(ONE, reference="", initials="C.D.", born=date(2021, 5, 6))


def at(workspace, day=MONDAY):
    return Outlook(workspace.snapshot, reference(), day, day)


def family(*children):
    return [replace(child, household="h") for child in children]


def test_children_received_wait_for_a_decision_and_are_in_no_other_figure(workspace, does):
    does(receive, "t", family(ONE, OTHER))
    found = intake(at(workspace), "t")
    assert [row.initials for row in found.received] == ["A.B.", "C.D."]
    assert (len(found.waiting), len(found.accepted), len(found.open_cases)) == (2, 0, 3)
    assert len({row.household for row in found.received}) == 1


def test_accepting_opens_a_case_whose_clocks_run_from_referral_and_from_receipt(workspace, does):
    made = does(receive, "t", [ONE])
    (case,) = does(accept, [made[0].id])
    outlook = at(workspace)
    assert (case.received_on, case.passed_to_team_on, case.priority) == (FRIDAY, MONDAY, "high")
    owed = {one.rule: one for one in outlook.owed_to(case.child_id)}
    assert owed["ASM-45"].due_on == outlook.calendar.after(FRIDAY, 45)
    assert owed["ALLOC-1WD"].due_on == outlook.calendar.after(MONDAY, 1)
    assert case.child_id in [row.case.child.id for row in outlook.waiting]


def test_siblings_accepted_together_share_family_and_household_in_one_step(workspace, does):
    does(receive_and_accept, "t", family(ONE, OTHER))
    first, second = [child for child in workspace.snapshot.all(Child).values() if child.initials in ("A.B.", "C.D.")]
    assert first.household == second.household == first.family != ""
    workspace.undo().result()
    assert len(workspace.snapshot.all(Child)) == 3
    assert not workspace.snapshot.all(Referral)


def test_a_child_not_yet_in_the_case_system_has_a_reference_that_stands_in_until_it_is_given(workspace, does):
    does(receive_and_accept, "t", [OTHER, replace(OTHER, initials="E.F.")])
    assert {child.reference for child in workspace.snapshot.all(Child).values()} >= {"NEW1", "NEW2"}
    child = workspace.snapshot.by(Child, "reference", "NEW1")[0]
    does(give_reference, child.id, " C77 ")
    assert workspace.snapshot.by(Child, "reference", "C77")
    with pytest.raises(Refused, match="another child's"):
        does(give_reference, child.id, "c1")


def test_a_return_needs_a_reason_and_is_counted_apart(workspace, does):
    made = does(receive, "t", family(ONE, OTHER))
    with pytest.raises(Refused, match="reason"):
        does(return_to_sender, [made[0].id], " ")
    does(return_to_sender, [made[0].id], "Not enough information")
    found = intake(at(workspace), "t")
    assert [(row.referral.reason, row.referral.decided_by) for row in found.returned] == [
        ("Not enough information", "Test Person")
    ]
    assert (len(found.received), len(found.waiting), len(found.accepted)) == (2, 1, 0)


@pytest.mark.parametrize("way", ["undo", "reverse"])
def test_an_acceptance_is_taken_back_whole_though_the_referral_names_its_case(workspace, does, way):
    before = workspace.snapshot
    made = does(receive, "t", family(ONE, OTHER))
    does(accept, [one.id for one in made])
    if way == "undo":
        workspace.undo().result()
    else:
        workspace.undo_step(list(workspace.snapshot.all(StepTaken))[-1]).result()
    assert workspace.snapshot.all(Case) == before.all(Case)
    assert {one.status for one in workspace.snapshot.all(Referral).values()} == {"to decide"}


def test_what_is_decided_is_not_decided_again(workspace, does):
    made = does(receive, "t", [ONE])
    does(accept, [made[0].id])
    with pytest.raises(Refused, match="already"):
        does(return_to_sender, [made[0].id], "Too late")
    with pytest.raises(Refused, match="at least one"):
        does(accept, [])


def test_a_closed_child_comes_back_as_the_same_child_with_another_case(workspace, does):
    former = workspace.snapshot.find(Case, "k3")
    does(lambda step: step.put(replace(former, ended_on=date(2026, 10, 1), outcome="closed")))
    (case,) = does(receive_and_accept, "t", [replace(ONE, reference="C3")])
    assert case.child_id == "c3"
    assert len(workspace.snapshot.by(Case, "child_id", "c3")) == 2
    assert len(workspace.snapshot.all(Child)) == 3


def test_a_child_whose_case_is_open_is_not_opened_twice(workspace, does):
    made = does(receive, "t", [replace(ONE, reference="C1")])
    with pytest.raises(Refused, match="C1 has an open case"):
        does(accept, [made[0].id])
    does(return_to_sender, [made[0].id], "The same referral twice")


def test_a_new_sibling_joins_the_household_of_one_who_is_known(workspace, does):
    known = workspace.snapshot.find(Child, "c3")
    former = workspace.snapshot.find(Case, "k3")
    does(lambda step: (step.put(replace(known, household="home")), step.put(replace(former, ended_on=date(2026, 10, 1)))))
    made = does(receive, "t", family(replace(ONE, reference="C3", child_id="c3"), OTHER))
    does(accept, [one.id for one in made])
    assert {child.reference for child in workspace.snapshot.by(Child, "household", "home")} == {"C3", "NEW1"}


def test_a_child_is_known_by_reference_or_by_initials_and_date_of_birth(workspace, does):
    does(receive_and_accept, "t", [ONE])
    snapshot = workspace.snapshot
    assert [(found.by_reference, found.case is not None) for found in known_as(snapshot, "C50", "", None, MONDAY)] == [
        (True, True)
    ]
    assert [found.by_reference for found in known_as(snapshot, "", "AB", ONE.born, MONDAY)] == [False]
    assert known_as(snapshot, "C99", "AB", ONE.born, MONDAY) == ()
    assert known_as(snapshot, "", "AB", None, MONDAY) == ()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"reference": "", "initials": ""}, "neither"),
        ({"referred_on": None}, "the clocks run"),
        ({"received_on": date(2026, 11, 24)}, "neither after today"),
        ({"referred_on": MONDAY, "received_on": FRIDAY}, "comes first"),
        ({"born": date(2026, 12, 1)}, "date of birth"),
    ],
)
def test_what_cannot_be_so_is_refused_and_nobody_is_taken_in(workspace, does, wrong, says):
    with pytest.raises(Refused, match=says):
        does(receive, "t", [OTHER, replace(ONE, **wrong)])
    assert not workspace.snapshot.all(Referral)


def test_names_are_kept_only_where_the_council_allows_it(workspace, does):
    assert does(receive, "t", [replace(ONE, name="Invented Name")])[0].name == ""
    does(lambda step: step.put(Setting(id=NAMES_ALLOWED, value="yes")))
    assert does(receive, "t", [replace(ONE, name="Invented Name")])[0].name == "Invented Name"


def test_who_is_not_picked_up_in_one_working_day_is_late_until_a_worker_is_named(workspace, does):
    def late(day):
        return [row.initials for row in intake(at(workspace, day), "t").late if row.reference != "C3"]

    tuesday = date(2026, 11, 24)
    made = does(receive, "t", family(replace(ONE, received_on=FRIDAY), OTHER))
    assert (late(MONDAY), late(tuesday)) == ([], ["A.B."])
    (case,) = does(accept, [made[0].id])
    assert late(tuesday) == ["A.B."]
    does(allocate, case.child_id, "ben", MONDAY, reason="Has room")
    assert late(tuesday) == []
    picked_up = [row.picked_up_on for row in intake(at(workspace), "t", monday_of(FRIDAY)).accepted]
    assert picked_up == [MONDAY]


def test_cases_that_came_another_way_count_in_their_week(workspace):
    found = intake(at(workspace), "t", monday_of(date(2026, 9, 1)))
    assert [row.reference for row in found.accepted] == ["C1", "C2", "C3"]
    assert [row.picked_up_on for row in found.accepted] == [date(2026, 9, 1), date(2026, 9, 1), None]


def test_over_the_cap_is_said_and_nothing_is_stopped(workspace, does):
    does(set_contract_cap, 3)
    assert not intake(at(workspace)).is_over_cap
    does(receive_and_accept, "t", [ONE])
    found = intake(at(workspace))
    assert (found.is_over_cap, len(found.open_cases), found.cap) == (True, 4, 3)
    does(set_contract_cap, None)
    assert intake(at(workspace)).cap is None


def test_a_team_is_on_intake_in_one_week_of_six_from_a_day(workspace, does):
    weeks = does(plan_intake_weeks, "t", date(2026, 11, 25), 3)
    assert [week.week_on for week in weeks] == [date(2026, 11, 23), date(2027, 1, 4), date(2027, 2, 15)]
    assert does(plan_intake_weeks, "t", date(2026, 11, 25), 4)[0].week_on == date(2027, 3, 29)
    with pytest.raises(Refused, match="already"):
        does(set_intake_week, "t", date(2026, 11, 27))
    with pytest.raises(Refused, match="already"):
        does(plan_intake_weeks, "t", date(2026, 11, 25), 2)
    does(set_intake_week, "t", date(2026, 11, 23), 60, week_id=weeks[0].id)
    assert intake(at(workspace), "t").quota == 60
    does(remove_intake_week, weeks[0].id)
    assert intake(at(workspace), "t").quota is None
    assert len(workspace.snapshot.all(IntakeWeek)) == 3


def test_the_quota_counts_what_was_accepted_in_the_week(workspace, does):
    does(set_intake_week, "t", MONDAY, 1)
    does(receive_and_accept, "t", family(ONE, OTHER))
    assert intake(at(workspace), "t").is_over_quota
    assert workspace.snapshot.all(PlanSpell)
    assert [event.on for event in workspace.snapshot.all(Event).values()] == [FRIDAY, FRIDAY]


def test_the_day_a_first_visit_is_asked_for_orders_who_waits_until_the_child_is_seen(workspace, does):
    pressing = replace(ONE, reference="C60", first_visit_by=date(2026, 11, 24))
    does(receive_and_accept, "t", [ONE, pressing])
    waiting = [row.case for row in at(workspace).waiting if row.case.plan == "assessment"]
    assert [case.child.reference for case in waiting] == ["C60", "C50"]
    assert waiting[0].first_visit_by == date(2026, 11, 24)
    does(log_visit, {waiting[0].child.id: SeenAs(seen=True, seen_alone=True)}, MONDAY, "ben")
    assert at(workspace).case_of(waiting[0].child.id).first_visit_by is None


def test_teams_take_turns_a_week_each(workspace, does):
    does(lambda step: step.put(Team(id="u", name="Team 2")))
    weeks = does(plan_turns, ["t", "u"], MONDAY, 2, 45)
    assert [(week.team_id, (week.week_on - MONDAY).days // 7) for week in weeks] == [("t", 0), ("t", 6), ("u", 1), ("u", 7)]
    with pytest.raises(Refused, match="cannot take turns"):
        does(plan_turns, ["t", "u"], MONDAY, 2, 45, 1)


# Put right afterwards


def test_what_was_typed_wrong_is_put_right_and_the_clocks_of_an_accepted_child_run_from_there(workspace, does):
    waiting, accepted = does(receive, "t", [replace(ONE, reference="C51"), ONE])
    (case,) = does(accept, [accepted.id])
    wednesday = date(2026, 11, 18)
    facts = {"referred_on": wednesday, "priority": "urgent", "first_visit_by": date(2026, 11, 25), "born": date(2018, 2, 28)}
    now = [replace(workspace.snapshot.find(Referral, one.id), **facts) for one in (waiting, accepted)]
    does(change_referrals, now)
    outlook = at(workspace)
    changed = workspace.snapshot.find(Case, case.id)
    assert (changed.received_on, changed.passed_to_team_on, changed.priority) == (wednesday, MONDAY, "urgent")
    owed = {one.rule: one for one in outlook.owed_to(case.child_id)}
    assert owed["ASM-45"].due_on == outlook.calendar.after(wednesday, 45)
    assert workspace.snapshot.find(Child, case.child_id).born == date(2018, 2, 28)
    assert [row.referral.priority for row in intake(outlook, "t").waiting] == ["urgent"]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"referred_on": date(2026, 11, 24)}, "the referral comes first"),
        ({"reference": "C1"}, "another child's"),
        ({"reference": "", "initials": ""}, "neither reference nor initials"),
    ],
)
def test_a_change_that_cannot_be_is_refused(workspace, does, facts, why):
    (made,) = does(receive, "t", [ONE])
    does(accept, [made.id])
    with pytest.raises(Refused, match=why):
        does(change_referrals, [replace(workspace.snapshot.find(Referral, made.id), **facts)])


def test_a_decision_is_taken_back_with_its_reason_and_the_case_that_was_opened_goes(workspace, does):
    before = workspace.snapshot
    first, second = does(receive, "t", family(ONE, OTHER))
    does(accept, [first.id])
    does(return_to_sender, [second.id], "Not enough information")
    with pytest.raises(Refused, match="Say why"):
        does(take_back_decision, [first.id], " ")
    does(take_back_decision, [first.id, second.id], "Police sent more")
    found = intake(at(workspace), "t")
    assert [row.referral.reason for row in found.waiting] == [
        "Was accepted; taken back: Police sent more",
        "Was returned; taken back: Police sent more",
    ]
    for kind in (Case, Child, PlanSpell, Event):
        assert workspace.snapshot.all(kind) == before.all(kind)
    does(accept, [first.id, second.id])
    assert len(intake(at(workspace), "t").accepted) == 2


def test_a_decision_stands_once_somebody_was_given_the_child(workspace, does):
    (made,) = does(receive, "t", [ONE])
    (case,) = does(accept, [made.id])
    does(allocate, case.child_id, "ben", MONDAY, reason="Has room")
    with pytest.raises(Refused, match="so the decision stands"):
        does(take_back_decision, [made.id], "Too many")
