"""What an Annex A cannot know: such a duty, fallen due before the child was tracked here, is unknown and never overdue."""

from datetime import date

import pytest

from planner.core.facts import facts_of
from planner.core.obligations import owed
from planner.core.policy import stacked
from planner.core.records import Case, Child, Event, LegalStatus, Placement, PlanSpell, Sighting, Visit
from planner.core.snapshot import Snapshot

TRACKED = date(2026, 11, 20)
ON = date(2026, 11, 23)
RECEIVED = date(2025, 3, 3)


def event(name, on=RECEIVED, **also):
    return Event(id=name, child_id="c", event=name, on=on, status="held", **also)


def plan(name, **also):
    return PlanSpell(id=name, child_id="c", plan=name, start=RECEIVED, **also)


def home(kind="U6"):
    return Placement(id="home", child_id="c", type=kind, start=RECEIVED)


def enquiry():
    return event("strategy_discussion", section_47=True)


@pytest.mark.parametrize(
    ("records", "rule", "state"),
    [
        ([], "REF-1WD", "unknown"),
        ([event("passed_to_team")], "ALLOC-1WD", "unknown"),
        ([plan("assessment")], "ASM-45", "overdue"),
        ([plan("assessment")], "ASM-SEEN", "overdue"),
        ([plan("assessment")], "ASM-TOMGR", "unknown"),
        ([enquiry()], "S47-SEEN", "unknown"),
        ([enquiry()], "CP-ICPC", "overdue"),
        ([plan("cin")], "CIN-VISIT", "overdue"),
        ([plan("cin")], "CIN-REV", "unknown"),
        ([plan("cin"), event("assessment_authorised")], "CIN-PLAN1", "unknown"),
        ([plan("cp")], "CP-VISIT", "overdue"),
        ([plan("cp")], "CP-VISIT-HOME", "unknown"),
        ([plan("cp")], "CP-CORE1", "unknown"),
        ([plan("cp"), event("core_group_held")], "CP-CORE2", "unknown"),
        ([plan("cp")], "CP-RCPC1", "overdue"),
        ([plan("cp"), event("cp_review_held", date(2025, 6, 3))], "CP-RCPC2", "overdue"),
        ([plan("lac"), home()], "LAC-V1", "overdue"),
        ([plan("lac"), home()], "LAC-REV1", "overdue"),
        ([plan("lac"), home()], "LAC-IHA", "overdue"),
        ([plan("lac"), home()], "LAC-CAREPLAN", "unknown"),
        ([plan("lac"), home()], "LAC-PLACPLAN", "unknown"),
        ([plan("lac"), home("A3")], "ADO-V", "overdue"),
        ([plan("lac"), home("A3")], "ADO-REV1", "unknown"),
        ([plan("lac"), home(), event("authority_to_place")], "ADO-REV0", "unknown"),
        ([plan("lac"), LegalStatus(id="o", child_id="c", code="C2", start=RECEIVED), home("P1")], "LAC-V-CO", "overdue"),
        ([plan("care_leaver")], "CL-TOUCH", "overdue"),
        ([plan("care_leaver")], "CL-PP", "overdue"),
        ([event("returned_from_missing")], "MIS-72H", "unknown"),
        ([event("transfer_in_notified")], "CP-TIN", "overdue"),
        ([event("care_application_issued")], "CT-26W", "unknown"),
    ],
)
def test_what_an_annex_a_cannot_know_is_unknown(england, shipped_policies, calendar, records, rule, state):
    child = Child(id="c", born=date(2012, 5, 4), source="annex-a", tracked_from=TRACKED)
    snapshot = Snapshot([child, Case(id="k", child_id="c", received_on=RECEIVED), *records])
    rules = stacked(england, shipped_policies["mosaic"])
    found = {one.rule: one.state for one in owed(facts_of(snapshot, "c"), rules, calendar, ON)}
    assert found[rule] == state


def test_a_duty_that_falls_due_once_the_child_is_tracked_is_overdue_whatever_the_source(england, calendar):
    child = Child(id="c", source="annex-a", tracked_from=TRACKED)
    records = [child, Case(id="k", child_id="c", received_on=RECEIVED), event("strategy_discussion", TRACKED, section_47=True)]
    found = {one.rule: one.state for one in owed(facts_of(Snapshot(records), "c"), england, calendar, date(2026, 11, 24))}
    assert found["S47-SEEN"] == "overdue"


def test_a_child_last_seen_since_the_enquiry_began_was_seen_in_it(england, calendar):
    seen = [Visit(id="v", on=date(2025, 3, 10), status="made"), Sighting(id="g", visit_id="v", child_id="c", seen=True)]
    child = Child(id="c", source="annex-a", tracked_from=TRACKED)
    records = [child, Case(id="k", child_id="c", received_on=RECEIVED), enquiry(), *seen]
    assert "S47-SEEN" not in {one.rule for one in owed(facts_of(Snapshot(records), "c"), england, calendar, ON)}
