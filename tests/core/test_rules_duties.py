"""Reviews, conferences, assessments, health, court and the other clocks, each from its source in `england.toml`."""

from datetime import datetime

import pytest


def event(name, on, **also):
    return {"event": name, "on": on, **also}


def due(owed, rule):
    return owed[rule].due.isoformat() if rule in owed else None


LAC = {
    "spells": [{"plan": "lac", "start": "2026-03-02"}],
    "legal": [{"code": "V2", "start": "2026-03-02"}],
    "placements": [{"start": "2026-03-02", "type": "U6"}],
}
CP = {"spells": [{"plan": "cp", "start": "2026-03-02"}]}
ASSESSED = [event("referral_received", "2026-03-02"), event("assessment_started", "2026-03-04")]


@pytest.mark.parametrize(
    ("reviews", "rule", "expected"),
    [
        ([], "LAC-REV1", "2026-03-30"),
        (["2026-03-27"], "LAC-REV2", "2026-06-27"),
        (["2026-04-20"], "LAC-REV2", "2026-07-20"),  # held late: counted from the day it was held
        (["2026-03-27", "2026-06-30"], "LAC-REV3", "2026-12-30"),
        (["2026-03-27", "2026-06-25", "2026-08-31"], "LAC-REV3", "2027-02-28"),
    ],
)
def test_looked_after_reviews_follow_one_another(owed_by, reviews, rule, expected):
    """Regulation 33; a move of placement does not restart the cycle."""
    moved = [
        {"start": "2026-03-02", "end": "2026-04-06", "type": "U6"},
        {"start": "2026-04-06", "type": "U6", "reason": "P"},
    ]
    for placements in (LAC["placements"], moved):
        events = [event("lac_review_held", on) for on in reviews]
        owed = owed_by({**LAC, "placements": placements, "events": events, "as_at": "2026-09-01"})
        assert [one for one in owed if one.startswith("LAC-REV")] == [rule]
        assert due(owed, rule) == expected


def test_short_breaks_are_reviewed_by_their_own_rule(owed_by):
    facts = {
        **LAC,
        "legal": [{"code": "V4", "start": "2026-03-02"}],
        "placements": [{"start": "2026-03-02", "type": "U6", "short_break": True}],
    }
    owed = owed_by({**facts, "as_at": "2026-03-03"})
    assert due(owed, "LAC-REV-SB") == "2026-06-02"
    assert "LAC-REV1" not in owed


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [([], "2026-03-30"), (["2026-03-27"], "2026-06-27"), (["2026-03-27", "2026-06-26"], "2026-12-26")],
)
def test_reviews_of_a_child_placed_for_adoption(owed_by, reviews, expected):
    """Adoption Agencies Regulations 2005 reg 36(3): 4 weeks, 3 months, then 6 months."""
    facts = {**LAC, "placements": [{"start": "2026-03-02", "type": "A4"}], "as_at": "2026-03-10"}
    events = [event("adoption_review_held", on) for on in reviews]
    owed = owed_by({**facts, "as_at": "2026-07-01", "events": events})
    assert due(owed, "ADO-REV1") == expected
    assert not {"LAC-REV1", "LAC-CAREPLAN", "LAC-IHA"} & owed.keys()


def test_a_child_who_may_be_placed_for_adoption_is_reviewed_until_placed(owed_by):
    """Reg 36(1): 3 months, then 6 months."""
    facts = {**LAC, "events": [event("authority_to_place", "2026-04-01")]}
    assert due(owed_by({**facts, "as_at": "2026-04-02"}), "ADO-REV0") == "2026-07-01"
    reviewed = [*facts["events"], event("adoption_review_held", "2026-06-30")]
    assert due(owed_by({**facts, "events": reviewed, "as_at": "2026-07-02"}), "ADO-REV0") == "2026-12-30"
    placed = {**facts, "placements": [{"start": "2026-05-01", "type": "A5"}], "as_at": "2026-05-02"}
    assert "ADO-REV0" not in owed_by(placed)


@pytest.mark.parametrize(("made", "is_owed"), [("2026-02-20", False), ("2026-03-10", False), (None, True), ("2025-03-10", True)])
def test_a_care_plan_made_before_the_placement_counts(owed_by, made, is_owed):
    """Regulation 4(2)."""
    events = [event("care_plan_made", made)] if made else []
    owed = owed_by({**LAC, "events": events, "as_at": "2026-03-11"})
    assert ("LAC-CAREPLAN" in owed) is is_owed


def test_a_child_under_a_care_order_owes_no_plan_by_regulation_4(owed_by):
    owed = owed_by({**LAC, "legal": [{"code": "C2", "start": "2026-03-02"}], "as_at": "2026-03-04"})
    assert "LAC-CAREPLAN" not in owed


@pytest.mark.parametrize(
    ("born", "held", "expected"),
    [
        ("2022-05-10", "2026-05-10", "2026-11-10"),
        ("2021-05-10", "2026-05-09", "2026-11-09"),  # the day before the fifth birthday: the rule of that day holds
        ("2021-05-10", "2026-05-10", "2027-05-10"),
        (None, "2026-05-10", "2026-11-10"),  # with no date of birth, the stricter
    ],
)
def test_health_assessments_turn_on_the_fifth_birthday(owed_by, born, held, expected):
    """Regulation 7(3)."""
    facts = {**LAC, "events": [event("health_assessment_held", held)], "as_at": "2026-06-01"}
    owed = owed_by({**facts, **({"child": {"born": born}} if born else {})})
    assert due(owed, "LAC-RHA") == expected
    assert "LAC-IHA" not in owed


@pytest.mark.parametrize(("extended", "expected"), [(None, "2026-06-21"), ("2026-06-01", "2026-08-16")])
def test_temporary_approval_ends_after_sixteen_weeks_or_twenty_four(owed_by, extended, expected):
    """Regulations 24(1) and 25(2), the first day counted."""
    stay = {"start": "2026-03-02", "type": "U3", "regulation_24": True, "regulation_24_extended_on": extended}
    assert due(owed_by({**LAC, "placements": [stay], "as_at": "2026-06-02"}), "LAC-R24-EXP") == expected


@pytest.mark.parametrize(
    ("held", "rule", "expected"),
    [
        ([], "CP-CORE1", "2026-03-16"),
        (["2026-03-12"], "CP-CORE2", "2026-04-23"),
        (["2026-03-12", "2026-04-20"], "CP-CORE2", "2026-06-01"),
    ],
)
def test_core_groups_follow_one_another(owed_by, held, rule, expected):
    events = [event("core_group_held", on) for on in held]
    owed = owed_by({**CP, "events": events, "as_at": "2026-05-01"})
    assert [one for one in owed if one.startswith("CP-CORE")] == [rule]
    assert due(owed, rule) == expected


@pytest.mark.parametrize(
    ("child", "on", "expected"),
    [
        ({"expected": "2026-04-20"}, "2026-03-10", "2026-06-02"),  # not born yet: three months from the conference
        ({"born": "2026-04-15", "expected": "2026-04-20"}, "2026-04-16", "2026-05-15"),  # one month after birth is earlier
        ({"born": "2026-05-20"}, "2026-05-21", "2026-06-02"),  # three months from the conference is earlier
    ],
)
def test_a_plan_made_before_birth_is_reviewed_a_month_after_birth_at_the_latest(owed_by, child, on, expected):
    """Rotherham."""
    owed = owed_by({**CP, "child": child, "as_at": on})
    assert due(owed, "CP-RCPC-UB") == expected
    assert "CP-RCPC1" not in owed


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-03-03", "2027-06-02"),
        ("2027-06-02", "2027-06-02"),
        ("2027-06-03", "2027-12-02"),
        ("2027-12-03", None),
    ],
)
def test_the_length_of_a_plan_is_looked_at_on_two_days_that_pass(owed_by, on, expected):
    assert due(owed_by({**CP, "as_at": on}), "CP-DUR") == expected


def test_a_conference_ends_the_clock_and_a_later_enquiry_starts_it_again(owed_by):
    first = [event("strategy_discussion", "2026-03-02", section_47=True), event("icpc_held", "2026-03-20")]
    assert "CP-ICPC" not in owed_by({"as_at": "2026-04-01", "events": first})
    again = [*first, event("strategy_discussion", "2026-06-01", section_47=True)]
    assert due(owed_by({"as_at": "2026-06-02", "events": again}), "CP-ICPC") == "2026-06-22"
    over = [*again, event("section_47_ended", "2026-06-10")]
    assert "CP-ICPC" not in owed_by({"as_at": "2026-06-11", "events": over})


def test_a_plan_that_begins_is_a_conference_held(owed_by):
    events = [event("transfer_in_notified", "2026-02-16")]
    assert due(owed_by({"as_at": "2026-02-17", "events": events}), "CP-TIN") == "2026-03-09"
    assert "CP-TIN" not in owed_by({**CP, "as_at": "2026-03-03", "events": events})


def test_the_earliest_referral_that_nobody_answered_is_owed(owed_by):
    events = [event("referral_received", "2026-03-02"), event("referral_received", "2026-03-05")]
    assert due(owed_by({"as_at": "2026-03-05", "events": events}), "REF-1WD") == "2026-03-03"
    answered = [*events, event("passed_to_team", "2026-03-03")]
    assert due(owed_by({"as_at": "2026-03-05", "events": answered}), "REF-1WD") == "2026-03-06"


def test_an_assessment_runs_from_the_referral_that_led_to_it(owed_by):
    owed = owed_by({"as_at": "2026-03-10", "events": ASSESSED})
    assert due(owed, "ASM-45") == "2026-05-07"
    assert (due(owed, "ASM-CHK"), due(owed, "ASM-TOMGR")) == ("2026-03-16", "2026-04-22")
    old = [event("referral_received", "2025-03-03"), event("assessment_started", "2026-03-04")]
    assert due(owed_by({"as_at": "2026-03-10", "events": old}), "ASM-45") == "2026-05-11"


def test_an_assessment_that_was_authorised_owes_nothing_more(owed_by):
    done = [*ASSESSED, event("assessment_authorised", "2026-04-01")]
    for spells in ([], [{"plan": "assessment", "start": "2026-03-04"}]):
        owed = owed_by({"as_at": "2026-04-02", "events": done, "spells": spells})
        assert not {"ASM-45", "ASM-CHK", "ASM-SEEN", "ASM-TOMGR"} & owed.keys()


@pytest.mark.parametrize(("on", "expected"), [("2026-03-17", "2026-03-30"), ("2026-03-31", None)])
def test_a_managers_check_is_a_reminder_whose_day_passes(owed_by, on, expected):
    assert due(owed_by({"as_at": on, "events": ASSESSED}), "ASM-CHK") == expected


def test_a_second_assessment_is_counted_from_its_own_start(owed_by):
    again = [*ASSESSED, event("assessment_authorised", "2026-04-01"), event("assessment_started", "2026-05-05")]
    assert due(owed_by({"as_at": "2026-05-06", "events": again}), "ASM-45") == "2026-07-08"


def test_the_first_child_in_need_meeting_follows_the_assessment(owed_by):
    facts = {"spells": [{"plan": "cin", "start": "2026-04-01"}], "events": [event("assessment_authorised", "2026-04-01")]}
    assert due(owed_by({**facts, "as_at": "2026-04-02"}), "CIN-PLAN1") == "2026-04-17"
    held = [*facts["events"], event("cin_meeting_held", "2026-04-15")]
    owed = owed_by({**facts, "events": held, "as_at": "2026-04-16"})
    assert "CIN-PLAN1" not in owed
    assert due(owed, "CIN-REV") == "2026-05-27"


def test_hours_run_through_weekends_and_from_the_minute(owed_by):
    back = [event("returned_from_missing", "2026-04-02T23:45")]
    owed = owed_by({"as_at": "2026-04-03", "events": back})
    assert owed["MIS-72H"].due == datetime(2026, 4, 5, 23, 45)
    assert owed["MIS-72H"].state == "due"
    assert owed_by({"as_at": "2026-04-06", "events": back})["MIS-72H"].state == "overdue"
    spoken = [*back, event("return_interview_held", "2026-04-04")]
    assert "MIS-72H" not in owed_by({"as_at": "2026-04-05", "events": spoken})


def test_hours_from_a_day_without_a_time_end_with_the_third_day(owed_by):
    owed = owed_by({"as_at": "2026-04-03", "events": [event("returned_from_missing", "2026-04-02")]})
    assert due(owed, "MIS-72H") == "2026-04-05"


def test_police_protection_is_shown_for_a_week(owed_by):
    """Children Act 1989 s.46(6): 72 hours at most."""
    events = [event("police_protection_started", "2026-04-02T10:00")]
    assert due(owed_by({"as_at": "2026-04-03", "events": events}), "PP-72H") == "2026-04-05T10:00:00"
    assert "PP-72H" not in owed_by({"as_at": "2026-04-10", "events": events})


def test_care_proceedings_are_owed_until_they_end(owed_by):
    events = [event("care_application_issued", "2026-01-05")]
    assert due(owed_by({"as_at": "2026-06-01", "events": events}), "CT-26W") == "2026-07-05"
    assert "CT-26W" not in owed_by({"as_at": "2026-06-02", "events": [*events, event("care_proceedings_ended", "2026-06-01")]})


def test_what_is_not_confirmed_ships_switched_off_and_can_be_switched_on(owed_by):
    facts = {**LAC, "as_at": "2026-03-04"}
    assert "LAC-PEP" not in owed_by(facts)
    assert due(owed_by({**facts, "policy": {"LAC-PEP": {"switched_on": True}}}), "LAC-PEP") == "2026-03-16"
    turned = {"child": {"born": "2010-03-03"}, "policy": {"CL-NA": {"switched_on": True}}}
    assert due(owed_by({**facts, **turned}), "CL-NA") == "2026-06-03"


def test_pathway_plans_are_reviewed_every_six_months(owed_by):
    facts = {"spells": [{"plan": "care_leaver", "start": "2026-01-05"}], "as_at": "2026-03-01"}
    assert due(owed_by(facts), "CL-PP") == "2026-07-05"
    assert due(owed_by({**facts, "events": [event("pathway_plan_reviewed", "2026-02-28")]}), "CL-PP") == "2026-08-28"
