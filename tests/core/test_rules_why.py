"""Why something is due, in sentences a manager can say aloud."""

import pytest

from planner.core.facts_json import facts_from_json
from planner.core.obligations import owed
from planner.core.policy import stacked
from planner.core.why import why


@pytest.fixture
def sentence(england, calendar):
    """Why a rule's obligation stands."""

    def answer(facts, rule, rules=None):
        read = facts_from_json(facts)
        rules = rules or england
        (found,) = [one for one in owed(read, rules, calendar, read.as_at) if one.rule == rule]
        return why(found, read, rules, calendar)

    return answer


CP = {"as_at": "2026-11-23", "spells": [{"plan": "cp", "start": "2026-08-03"}], "visits": [{"on": "2026-11-06", "seen": True}]}


def test_a_visit_says_its_rule_and_its_sum(sentence):
    assert sentence(CP, "CP-VISIT") == (
        "Child protection visit every 10 working days (local policy). Last seen 6 November, so due 20 November."
    )


def test_a_year_is_said_where_it_is_another(sentence):
    facts = {**CP, "as_at": "2026-12-29", "visits": [{"on": "2026-12-18", "seen": True}]}
    assert sentence(facts, "CP-VISIT").endswith("Last seen 18 December, so due 6 January 2027.")


def test_a_visit_that_does_not_count_is_named_with_its_reason(sentence):
    facts = {**CP, "visits": [*CP["visits"], {"on": "2026-11-17", "seen": False}]}
    assert "The visit of 17 November does not count: the child was not seen." in sentence(facts, "CP-VISIT")


@pytest.mark.parametrize(
    ("counts", "visit", "said"),
    [
        ("seen alone", {}, "the child was not seen alone"),
        ({"place": "home"}, {"place": "school"}, "it was not at home"),
        ({}, {"mode": "video"}, "it was not face to face"),
        ({}, {"standing": "contact"}, "it was not a statutory visit"),
        ({"by": "social worker"}, {"by": "support worker"}, "it was not made by a social worker"),
    ],
)
def test_what_a_visit_lacked_is_said(sentence, counts, visit, said):
    facts = {**CP, "visits": [{"on": "2026-11-17", "seen": True, **visit}], "policy": {"CP-VISIT": {"counts": counts}}}
    assert f"The visit of 17 November does not count: {said}." in sentence(facts, "CP-VISIT")


def test_a_first_date_says_from_what_it_runs(sentence):
    assert sentence({**CP, "visits": []}, "CP-VISIT").startswith(
        "Child protection visit within 10 working days of the start of the plan (local policy)."
        " The plan began on 3 August, so due 17 August."
    )


def test_an_event_is_named(sentence):
    facts = {"as_at": "2026-11-23", "events": [{"event": "referral_received", "on": "2026-11-20"}]}
    assert sentence(facts, "REF-1WD") == (
        "Decision on a referral within 1 working day of the referral (statutory guidance)."
        " Referral received on 20 November, so due 23 November."
    )


def test_hours_are_said_to_the_minute(sentence):
    facts = {"as_at": "2026-12-26", "events": [{"event": "returned_from_missing", "on": "2026-12-25T22:30"}]}
    assert "so due 28 December at 22:30." in sentence(facts, "MIS-72H")


def test_a_date_on_a_weekend_says_when_to_book(sentence):
    facts = {**CP, "spells": [{"plan": "cp", "start": "2026-08-28"}]}
    assert sentence(facts, "CP-RCPC1").endswith("so due 28 November. That is no working day: book it by 27 November.")


def test_weekly_is_said_as_people_say_it(sentence):
    facts = {
        "as_at": "2026-11-17",
        "spells": [{"plan": "lac", "start": "2026-11-02"}],
        "placements": [{"start": "2026-11-02", "type": "U3", "regulation_24": True}],
        "visits": [{"on": "2026-11-16", "seen": True}],
    }
    assert "every week (regulation)" in sentence(facts, "LAC-V-R24")
    assert "every 4 weeks (regulation)" in sentence(
        {**facts, "events": [{"event": "lac_review_held", "on": "2026-11-17"}]}, "LAC-V-R24"
    )


def test_other_rules_that_apply_are_named(sentence, england, shipped_policies):
    facts = {
        "as_at": "2026-11-17",
        "spells": [{"plan": "lac", "start": "2026-08-03"}],
        "placements": [{"start": "2026-08-03", "type": "U6"}],
        "visits": [{"on": "2026-11-06", "seen": True}],
    }
    said = sentence(facts, "LAC-V-LOCAL", stacked(england, shipped_policies["redbridge"]))
    assert "every 4 weeks (local policy)" in said
    assert "LAC-V6W (regulation) would be 18 December." in said
    said = sentence(facts, "LAC-V6W", stacked(england, shipped_policies["newcastle"]))
    assert "every 4 weeks (local policy, stricter than the law)" in said
    assert "LAC-V6W (regulation) would be 18 December." in said


def test_the_childs_own_plan_is_named_and_marked_where_looser(sentence):
    own = {"rule": "CP-VISIT", "from": "2026-08-03"}
    stricter = sentence({**CP, "visit_every": [{**own, "every": "5 working days"}]}, "CP-VISIT")
    assert stricter.startswith("Child protection visit every 5 working days (the child’s own plan).")
    changed = [{**own, "every": "3 working days"}, {**own, "every": "5 working days", "from": "2026-10-01"}]
    assert sentence({**CP, "visit_every": changed}, "CP-VISIT") == stricter
    at_once = [{**own, "every": "5 working days"}, {**own, "every": "2 days", "from": "2026-11-10"}]
    assert sentence({**CP, "visit_every": at_once}, "CP-VISIT").startswith("Child protection visit every 2 days (")
    looser = sentence({**CP, "visit_every": [{**own, "every": "4 weeks"}]}, "CP-VISIT")
    assert "The plan is looser than CP-VISIT (local policy), which would be 20 November." in looser


def test_a_clock_without_a_start_says_so(sentence):
    said = sentence({"as_at": "2026-11-23", "spells": [{"plan": "cp"}]}, "CP-VISIT")
    assert "The day the plan began is not known" in said


def test_a_check_says_what_was_not_so(sentence):
    visits = [{"on": day, "seen": True, "seen_alone": False} for day in ("2026-11-02", "2026-11-16")]
    said = sentence({**CP, "visits": visits}, "CP-ALONE")
    assert "At the last 2 visits, the latest on 16 November, the child was not seen alone." in said


def test_a_rule_not_confirmed_says_so(sentence):
    facts = {"as_at": "2026-11-23", "spells": [{"plan": "care_leaver", "start": "2026-10-05"}]}
    assert sentence(facts, "CL-TOUCH").endswith("Confirm this rule locally.")


def test_birth_is_part_of_the_sum(sentence):
    facts = {"as_at": "2026-11-23", "child": {"born": "2026-11-16"}, "spells": [{"plan": "cp", "start": "2026-10-05"}]}
    assert "the child was born on 16 November and 1 month after birth counts too, so due 16 December." in sentence(
        facts, "CP-RCPC-UB"
    )
