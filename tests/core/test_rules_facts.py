"""Facts, from JSON and from the records: what is read, what is left out, what is unknown, suspended or over."""

from datetime import date, time

import pytest

from planner.core.errors import Refused
from planner.core.facts import facts_of, facts_of_worker
from planner.core.facts_json import facts_from_json
from planner.core.obligations import is_overdue, owed, rule_of, suspended
from planner.core.records import (
    Allocation,
    Case,
    Child,
    Event,
    LegalStatus,
    Placement,
    PlanSpell,
    Sighting,
    Suspension,
    Visit,
    VisitFrequency,
    Worker,
)
from planner.core.rules_check import rules_check
from planner.core.snapshot import Snapshot

ON = date(2026, 3, 25)
START = date(2026, 3, 2)
CHILD = Child(id="c", reference="C1")
CASE = Case(id="k", child_id="c", received_on=START, passed_to_team_on=START)
PLAN = PlanSpell(id="s", child_id="c", plan="cp", start=START)


def visit(day, status="made", seen=True, **also):
    """A visit on a day of March, and what it was for the child."""
    sighted = {key: also.pop(key) for key in ("seen_alone", "not_alone_reason") if key in also}
    row = f"v{day}{status}"
    made = Visit(id=row, on=date(2026, 3, day), status=status, **{"recorded_on": date(2026, 3, day), **also})
    return made, Sighting(id=f"g{row}", visit_id=row, child_id="c", seen=seen, **sighted)


@pytest.fixture
def owed_on(england, calendar):
    """What records owe the child on a day, by rule."""

    def answer(*records, on=ON):
        facts = facts_of(Snapshot([CHILD, CASE, PLAN, *records]), "c")
        return {one.rule: one for one in owed(facts, england, calendar, on)}

    return answer


@pytest.mark.parametrize(
    ("records", "counts_from"),
    [
        (visit(16), "v16made"),
        (visit(16, status="planned"), "s"),
        (visit(16, status="planned", seen=None), "s"),
        (visit(16, status="cancelled"), "s"),
        (visit(16, status="attempted", seen=False), "s"),
        (visit(16, seen=False), "s"),
        (visit(16, standing="contact"), "s"),
        (visit(30), "s"),
    ],
)
def test_planned_attempted_and_cancelled_visits_never_count(owed_on, records, counts_from):
    assert owed_on(*records)["CP-VISIT"].counts_from == counts_from


def test_an_obligation_is_one_subject_one_rule_and_two_records(owed_on):
    found = owed_on(*visit(16))["CP-VISIT"]
    assert (found.subject, found.subject_id, found.rule, found.started_by, found.counts_from) == (
        "child",
        "c",
        "CP-VISIT",
        "s",
        "v16made",
    )
    assert all(part in found.id for part in ("c", "CP-VISIT", "s", "v16made"))
    assert (found.last, found.start, found.on) == (date(2026, 3, 16), START, ON)


def test_the_version_of_the_rule_is_found_again(owed_on, england):
    found = owed_on(*visit(16))["CP-VISIT"]
    assert rule_of(found, england).title == "Child protection visit"


def test_planned_events_never_count(owed_on):
    core = Event(id="e", child_id="c", event="core_group_held", on=date(2026, 3, 12))
    assert "CP-CORE1" not in owed_on(core)
    planned = Event(id="e", child_id="c", event="core_group_held", on=date(2026, 3, 12), status="planned")
    assert "CP-CORE1" in owed_on(planned)


def test_a_child_with_no_open_case_owes_nothing(england, calendar):
    closed = Case(id="k", child_id="c", received_on=START, ended_on=date(2026, 3, 20))
    facts = facts_of(Snapshot([CHILD, closed, PLAN]), "c")
    assert owed(facts, england, calendar, date(2026, 3, 19))
    assert owed(facts, england, calendar, date(2026, 3, 20)) == []
    assert owed(facts, england, calendar, date(2026, 3, 1)) == []
    assert owed(facts_of(Snapshot([CHILD]), "c"), england, calendar, ON) == []
    assert owed(facts_of(Snapshot(), "nobody"), england, calendar, ON) == []


def test_what_a_closed_case_left_open_does_not_come_back_with_a_new_case(england, calendar):
    records = [
        CHILD,
        Case(id="k1", child_id="c", received_on=date(2025, 3, 3), ended_on=date(2025, 9, 1)),
        PlanSpell(id="s1", child_id="c", plan="cp", start=date(2025, 3, 10)),
        Case(id="k2", child_id="c", received_on=START, passed_to_team_on=START),
    ]
    facts = facts_of(Snapshot(records), "c")
    assert {one.rule for one in owed(facts, england, calendar, ON)} == {"ALLOC-1WD"}


def test_a_case_that_nobody_was_given_owes_an_allocation(owed_on):
    assert owed_on()["ALLOC-1WD"].due == date(2026, 3, 3)
    lead = Allocation(id="a", child_id="c", worker_id="w", start=date(2026, 3, 3))
    assert "ALLOC-1WD" not in owed_on(lead)
    assert "ALLOC-1WD" in owed_on(Allocation(id="a", child_id="c", worker_id="w", start=date(2026, 3, 3), role="co-worker"))


def test_the_day_a_case_was_received_is_its_referral(england, calendar):
    facts = facts_of(Snapshot([CHILD, Case(id="k", child_id="c", received_on=START)]), "c")
    assert [one.rule for one in owed(facts, england, calendar, ON)] == ["REF-1WD"]


def test_placements_and_orders_come_from_the_records(owed_on):
    records = [
        PlanSpell(id="l", child_id="c", plan="lac", start=START),
        LegalStatus(id="o", child_id="c", code="C2", start=START),
        Placement(id="p", child_id="c", type="U3", start=START, regulation_24=True),
    ]
    assert owed_on(*records)["LAC-V-R24"].due == date(2026, 3, 9)


def test_the_frequency_a_plan_sets_comes_from_the_records(owed_on):
    own = VisitFrequency(id="f", child_id="c", rule="CP-VISIT", every="5 working days", start=START)
    assert owed_on(own)["CP-VISIT"].due == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("suspension", "rules"),
    [
        ({"rule": "CP-VISIT"}, {"CP-VISIT"}),
        ({"kind": "visit"}, {"CP-VISIT"}),
        ({}, {"CP-VISIT", "CP-CORE1", "CP-RCPC1", "CP-DUR", "ALLOC-1WD"}),
        ({"rule": "CP-VISIT", "end": ON}, set()),  # on the day it ends it holds no longer
        ({"rule": "CP-VISIT", "start": date(2026, 3, 26)}, set()),
    ],
)
def test_what_is_suspended_is_not_owed_and_is_listed_with_its_reason(england, calendar, suspension, rules):
    pause = Suspension(**{"id": "x", "child_id": "c", "start": date(2026, 3, 10), "reason": "missing", **suspension})
    facts = facts_of(Snapshot([CHILD, CASE, PLAN, pause]), "c")
    kept = {one.rule for one in owed(facts, england, calendar, ON)}
    listed = suspended(facts, england, calendar, ON)
    assert {one.rule for one, _ in listed} == rules
    assert {why.reason for _, why in listed} <= {"missing"}
    assert not kept & rules


# What a source cannot know


@pytest.mark.parametrize(
    ("source", "rule", "state"),
    [
        ("annex-a", "CP-CORE1", "unknown"),  # an Annex A holds no core groups
        ("annex-a", "CP-VISIT", "overdue"),  # it holds the last visit
        ("ssda903", "CP-VISIT", "unknown"),  # it holds no visit at all
        ("cin-census", "CP-VISIT", "unknown"),
        ("table", "CP-VISIT", "overdue"),
        ("table", "CP-CORE1", "unknown"),
        ("", "CP-CORE1", "overdue"),  # typed in here
    ],
)
def test_what_the_source_cannot_know_is_unknown_and_not_overdue(england, calendar, source, rule, state):
    child = Child(id="c", source=source, tracked_from=date(2026, 3, 20))
    facts = facts_of(Snapshot([child, CASE, PLAN]), "c")
    found = {one.rule: one for one in owed(facts, england, calendar, ON)}
    assert found[rule].state == state


def test_what_falls_due_once_the_child_is_tracked_is_overdue(england, calendar):
    child = Child(id="c", source="annex-a", tracked_from=date(2026, 3, 10))
    facts = facts_of(Snapshot([child, CASE, PLAN]), "c")
    assert {one.rule: one.state for one in owed(facts, england, calendar, ON)}["CP-CORE1"] == "overdue"


@pytest.mark.parametrize(
    ("source", "held", "rule"),
    [
        ("annex-a", date(2026, 3, 27), "LAC-REV2"),  # within the limit of the first
        ("annex-a", date(2026, 6, 30), "LAC-REV3"),  # later than the first could be: a later one
        ("", date(2026, 6, 30), "LAC-REV2"),  # everything is known: the first, held late
    ],
)
def test_a_latest_review_later_than_the_first_limit_is_a_later_one(england, calendar, source, held, rule):
    child = Child(id="c", source=source, tracked_from=date(2026, 9, 1))
    records = [
        child,
        CASE,
        PlanSpell(id="l", child_id="c", plan="lac", start=START),
        Event(id="e", child_id="c", event="lac_review_held", on=held),
    ]
    found = [one.rule for one in owed(facts_of(Snapshot(records), "c"), england, calendar, date(2026, 9, 2))]
    assert [one for one in found if one.startswith("LAC-REV")] == [rule]


@pytest.mark.parametrize(
    ("source", "also", "is_owed"),
    [
        ("annex-a", {"recorded_on": None}, True),
        ("annex-a", {"recorded_on": date(2026, 3, 27)}, True),  # recorded since
        ("annex-a", {"recorded_on": date(2026, 3, 17)}, False),
        ("annex-a", {"recorded_on": None, "source": "annex-a"}, False),  # it came from there
        ("", {"recorded_on": None}, False),  # no case system beside
    ],
)
def test_a_visit_logged_here_is_to_be_recorded_in_the_case_system(england, calendar, source, also, is_owed):
    child = Child(id="c", source=source)
    facts = facts_of(Snapshot([child, CASE, PLAN, *visit(16, **also)]), "c")
    found = {one.rule: one for one in owed(facts, england, calendar, ON)}
    assert ("REC-48H" in found) is is_owed
    if is_owed:
        assert (found["REC-48H"].due, found["REC-48H"].started_by) == (date(2026, 3, 18), "v16made")


def test_each_visit_not_recorded_is_its_own_obligation(england, calendar):
    child = Child(id="c", source="annex-a")
    records = [*visit(16, recorded_on=None), *visit(18, recorded_on=None)]
    facts = facts_of(Snapshot([child, CASE, PLAN, *records]), "c")
    found = [one.id for one in owed(facts, england, calendar, ON) if one.rule == "REC-48H"]
    assert len(set(found)) == 2


def test_a_lead_who_is_no_social_worker_is_a_check_on_a_child_in_need(england, calendar):
    records = [
        CHILD,
        CASE,
        PlanSpell(id="n", child_id="c", plan="cin", start=START),
        Allocation(id="a", child_id="c", worker_id="w", start=START),
        Worker(id="w", name="Lee", role="family help lead practitioner"),
    ]
    assert "CIN-LEAD" in {one.rule for one in owed(facts_of(Snapshot(records), "c"), england, calendar, ON)}
    records[-1] = Worker(id="w", name="Lee", role="senior social worker")
    assert "CIN-LEAD" not in {one.rule for one in owed(facts_of(Snapshot(records), "c"), england, calendar, ON)}


# Workers


def supervision(worker, *days, on=ON):
    events = [Event(id=f"e{day}", worker_id="w", event="supervision_held", on=date(2026, 3, day)) for day in days]
    return facts_of_worker(Snapshot([worker, *events]), "w"), on


@pytest.mark.parametrize(
    ("worker", "days", "expected"),
    [
        (Worker(id="w"), (), {}),  # nothing known: nothing owed
        (Worker(id="w"), (9,), {"SUP-4W": date(2026, 4, 6)}),
        (Worker(id="w", assignment_start=START), (), {"SUP-4W": date(2026, 3, 30)}),
        (Worker(id="w", assignment_start=START, assignment_end=ON), (), {}),
        (Worker(id="w", assignment_start=START, stage="asye"), (9,), {"SUP-ASYE": date(2026, 3, 16)}),
        (Worker(id="w", assignment_start=date(2026, 1, 5), stage="asye"), (9,), {"SUP-ASYE-6M": date(2026, 3, 23)}),
        (Worker(id="w", assignment_start=date(2025, 1, 6), stage="asye"), (9,), {"SUP-4W": date(2026, 4, 6)}),
    ],
)
def test_supervision_is_the_workers_own(england, calendar, worker, days, expected):
    facts, on = supervision(worker, *days)
    found = owed(facts, england, calendar, on)
    assert {one.rule: one.due for one in found} == expected
    assert {(one.subject, one.subject_id) for one in found} <= {("worker", "w")}


# JSON


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"asat": "2026-01-01"}, "asat"),
        ({"child": {"name": "x"}}, "name"),
        ({"events": [{"event": "tea_drunk", "on": "2026-01-01"}]}, "tea_drunk"),
        ({"events": [{"event": "icpc_held", "on": "2026-01-01", "at": "x"}]}, "at"),
        ({"events": [{"event": "icpc_held"}]}, "on"),
        ({"events": {"event": "icpc_held"}}, "events"),
        ({"spells": [{"plan": "xx", "start": "2026-01-01"}]}, "xx"),
        ({"spells": [{"plan": "cp", "begin": "2026-01-01"}]}, "begin"),
        ({"spells": ["cp"]}, "spells"),
        ({"placements": [{"start": "1 May", "type": "U6"}]}, "1 May"),
        ({"placements": [{"kind": "U6"}]}, "kind"),
        ({"legal": [{"status": "C2"}]}, "status"),
        ({"legal": [{"code": 2, "start": "2026-01-01"}]}, "code"),
        ({"visits": [{"on": "2026-01-01", "saw": True}]}, "saw"),
        ({"suspended": [{"until": "2026-01-01"}]}, "until"),
        ({"visit_every": [{"rule": "CP-VISIT", "every": "often"}]}, "often"),
        ({"visit_every": [{"rule": "CP-VISIT", "each": "1 week"}]}, "each"),
        ({"policy": {"CP-VISIT": "weekly"}}, "policy"),
        ({"policy": {"CP-VISIT": {"evry": "1 week"}}}, "evry"),
        ({}, "as_at"),
    ],
)
def test_an_unknown_key_or_value_is_refused_by_its_name(england, calendar, facts, named):
    with pytest.raises(Exception, match=named) as refused:
        rules_check([{"id": "mine", "facts": {"as_at": "2026-01-01", **facts} if facts else facts}], england, calendar)
    assert "Traceback" not in str(refused.value)


def test_facts_that_are_no_table_are_refused():
    with pytest.raises(Refused):
        facts_from_json([])


def test_suspensions_of_the_facts_hold(owed_by):
    facts = {"spells": [{"plan": "cp", "start": "2026-03-02"}], "as_at": "2026-03-25"}
    pause = {"kind": "visit", "start": "2026-03-20", "end": "2026-04-01", "reason": "abroad"}
    assert "CP-VISIT" not in owed_by({**facts, "suspended": [pause]})
    assert "CP-VISIT" in owed_by({**facts, "suspended": [pause], "as_at": "2026-04-01"})


def test_the_answer_is_the_command_lines_json(england, calendar):
    facts = {"as_at": "2026-12-26", "events": [{"event": "returned_from_missing", "on": "2026-12-25T22:30"}]}
    (answer,) = rules_check([{"id": "mine", "facts": facts}], england, calendar)
    (row,) = answer["owed"]
    assert answer["id"] == "mine"
    assert list(row) == ["rule", "kind", "due", "book_by", "state", "why"]
    assert row["due"] == "2026-12-28T22:30"


@pytest.mark.parametrize("entries", [[{"id": "x"}], ["x"], [{"id": "x", "facts": []}]])
def test_entries_without_facts_are_refused(england, calendar, entries):
    with pytest.raises(Refused):
        rules_check(entries, england, calendar)


@pytest.mark.parametrize(
    ("due", "is_late"), [(date(2026, 3, 24), True), (date(2026, 3, 25), False), (date(2026, 3, 26), False), (None, True)]
)
def test_overdue_begins_the_day_after(due, is_late):
    assert is_overdue(due, ON) is is_late


def test_events_with_a_time_are_moments(england, calendar):
    back = Event(id="e", child_id="c", event="returned_from_missing", on=date(2026, 3, 24), at=time(22, 30))
    found = {one.rule: one for one in owed(facts_of(Snapshot([CHILD, CASE, back]), "c"), england, calendar, ON)}
    assert found["MIS-72H"].due.isoformat() == "2026-03-27T22:30:00"
    assert found["MIS-72H"].days_late == 0


@pytest.mark.parametrize(
    ("second", "begins"),
    [
        (PlanSpell(id="t", child_id="c", plan="cp", start=START), START),
        (PlanSpell(id="t", child_id="c", plan="cp", start=date(2026, 3, 9)), START),
        (PlanSpell(id="t", child_id="c", plan="cp", start=date(2026, 3, 9), end=date(2026, 3, 16)), START),
        (PlanSpell(id="t", child_id="c", plan="cp"), START),
        (PlanSpell(id="t", child_id="c", plan="cp", start=date(2026, 1, 5), end=date(2026, 2, 2)), START),
    ],
)
def test_a_plan_recorded_twice_has_one_set_of_clocks(england, calendar, second, begins):
    early = Case(id="k", child_id="c", received_on=date(2026, 1, 5))
    found = owed(facts_of(Snapshot([CHILD, early, PLAN, second]), "c"), england, calendar, ON)
    assert [one.start for one in found if one.rule == "CP-VISIT"] == [begins]
