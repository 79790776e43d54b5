"""Visits: what resets a clock, what starts one, and which rule sets the date. A table of facts for each rule of law."""

import pytest

CP = [{"plan": "cp", "start": "2026-01-12"}]
LAC = [{"plan": "lac", "start": "2026-03-02"}]


def seen(*days, **also):
    return [{"on": day, "seen": True, **also} for day in days]


def due(owed, rule):
    found = owed[rule].due
    return found.isoformat() if found is not None else None


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        ({"on": "2026-04-01", "seen": True}, "2026-04-17"),
        ({"on": "2026-04-01", "seen": False}, "2026-01-26"),
        ({"on": "2026-04-01", "seen": None}, "2026-01-26"),
        ({"on": "2026-04-01", "seen": True, "standing": "contact"}, "2026-01-26"),
        ({"on": "2026-04-01", "seen": True, "mode": "video"}, "2026-01-26"),
        ({"on": "2026-04-01", "seen": True, "standing": "statutory", "mode": "face to face"}, "2026-04-17"),
        ({"on": "2026-01-11", "seen": True}, "2026-01-26"),  # before the plan
        ({"on": "2026-01-12", "seen": True}, "2026-01-26"),  # on its first day: it counts, and gives the same date
        ({"on": "2026-04-08", "seen": True}, "2026-01-26"),  # after the day looked at
    ],
)
def test_only_a_visit_in_which_the_child_was_seen_resets_the_clock(owed_by, visit, expected):
    owed = owed_by({"as_at": "2026-04-07", "spells": CP, "visits": [visit]})
    assert due(owed, "CP-VISIT") == expected


def test_a_visit_on_the_first_day_of_a_plan_counts(owed_by):
    owed = owed_by({"as_at": "2026-01-13", "spells": CP, "visits": seen("2026-01-12")})
    assert owed["CP-VISIT"].last is not None


def test_after_a_late_visit_the_next_is_counted_from_the_day_it_was_made(owed_by):
    owed = owed_by({"as_at": "2026-05-05", "spells": CP, "visits": seen("2026-03-02", "2026-05-01")})
    assert due(owed, "CP-VISIT") == "2026-05-18"


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2026-04-02", "upcoming"),
        ("2026-04-03", "due"),  # 14 days before
        ("2026-04-17", "due"),  # due today is not overdue
        ("2026-04-18", "overdue"),
    ],
)
def test_the_state_turns_on_the_boundary_days(owed_by, on, state):
    owed = owed_by({"as_at": on, "spells": CP, "visits": seen("2026-04-01")})
    assert owed["CP-VISIT"].state == state


def test_a_plan_without_a_start_date_owes_a_visit_now(owed_by):
    owed = owed_by({"as_at": "2026-04-07", "spells": [{"plan": "cp"}]})
    assert (owed["CP-VISIT"].state, owed["CP-VISIT"].due, owed["CP-VISIT"].days_late) == ("overdue", None, None)
    assert owed["CP-RCPC1"].state == "unknown"


def test_a_plan_without_a_start_date_is_judged_by_its_last_visit(owed_by):
    owed = owed_by({"as_at": "2026-04-07", "spells": [{"plan": "cp"}], "visits": seen("2026-04-01")})
    assert due(owed, "CP-VISIT") == "2026-04-17"


def test_nothing_rolls_forward_from_a_weekend_and_the_day_to_book_by_is_before(owed_by):
    policy = {"CP-VISIT": {"every": "4 weeks"}}
    owed = owed_by({"as_at": "2026-10-05", "spells": CP, "visits": seen("2026-10-03"), "policy": policy})
    assert due(owed, "CP-VISIT") == "2026-10-31"
    assert owed["CP-VISIT"].book_by.isoformat() == "2026-10-30"


# Steps up and down


def test_stepping_up_to_child_protection_ends_the_child_in_need_clock(owed_by):
    spells = [{"plan": "cin", "start": "2026-01-05", "end": "2026-03-02"}, {"plan": "cp", "start": "2026-03-02"}]
    owed = owed_by({"as_at": "2026-03-02", "spells": spells, "visits": seen("2026-02-27")})
    assert due(owed, "CP-VISIT") == "2026-03-16"
    assert "CIN-VISIT" not in owed


def test_on_the_day_a_plan_ends_it_holds_no_longer(owed_by):
    spells = [{"plan": "cp", "start": "2026-01-12", "end": "2026-03-02"}]
    assert "CP-VISIT" in owed_by({"as_at": "2026-03-01", "spells": spells})
    assert owed_by({"as_at": "2026-03-02", "spells": spells}) == {}


def test_while_a_child_is_on_a_child_protection_plan_the_child_in_need_clock_stands_still(owed_by):
    spells = [{"plan": "cin", "start": "2026-01-05"}, {"plan": "cp", "start": "2026-02-02", "end": "2026-06-01"}]
    assert "CIN-VISIT" not in owed_by({"as_at": "2026-03-02", "spells": spells})
    assert "CIN-VISIT" in owed_by({"as_at": "2026-06-01", "spells": spells})


def test_a_child_both_looked_after_and_on_a_plan_is_owed_both_visits_and_one_visit_serves_both(owed_by):
    facts = {"as_at": "2026-06-08", "spells": [*LAC, {"plan": "cp", "start": "2026-02-02"}], "visits": seen("2026-06-05")}
    owed = owed_by({**facts, "placements": [{"start": "2026-03-02", "type": "U6"}]})
    assert (due(owed, "CP-VISIT"), due(owed, "LAC-V6W")) == ("2026-06-19", "2026-07-17")
    assert {"CP-RCPC1", "LAC-REV1"} <= owed.keys()


def test_records_of_one_plan_without_a_gap_are_one_clock(owed_by):
    spells = [{"plan": "cp", "start": "2026-01-12", "end": "2026-02-02"}, {"plan": "cp", "start": "2026-02-02"}]
    owed = owed_by({"as_at": "2026-02-03", "spells": spells, "visits": seen("2026-01-30")})
    assert due(owed, "CP-VISIT") == "2026-02-13"


def test_a_death_or_a_move_away_ends_everything(owed_by):
    for event in ("child_died", "child_moved_away"):
        facts = {"spells": CP, "events": [{"event": event, "on": "2026-03-02"}]}
        assert owed_by({**facts, "as_at": "2026-03-01"})
        assert owed_by({**facts, "as_at": "2026-03-02"}) == {}


# Looked-after children: regulation 28 and its selection order


def looked_after(on, placements, legal="C2", visits=(), events=(), start="2026-03-02"):
    codes = legal if isinstance(legal, list) else [{"code": legal, "start": start}]
    return {
        "as_at": on,
        "spells": [{"plan": "lac", "start": start}],
        "legal": codes,
        "placements": placements,
        "visits": seen(*visits),
        "events": [{"event": "lac_review_held", "on": day} for day in events],
    }


@pytest.mark.parametrize(
    ("placement", "legal", "rule"),
    [
        ({"type": "A4"}, "E1", "ADO-V"),
        ({"type": "A4", "regulation_24": True}, "C2", "ADO-V"),
        ({"type": "U6", "short_break": True}, "V4", "LAC-V-SB"),
        ({"type": "U6", "short_break": True}, "V3", "LAC-V-SB"),
        ({"type": "U6", "short_break": True}, "V2", "LAC-V1"),
        ({"type": "R5"}, "C2", "LAC-V-OTH"),
        ({"type": "R2"}, "C1", "LAC-V-OTH"),
        ({"type": "R5"}, "V2", "LAC-V1"),  # accommodated, not in care
        ({"type": "P1"}, "C1", "LAC-V-ICO"),
        ({"type": "P1", "regulation_19": True}, "C1", "LAC-V-ICO"),
        ({"type": "P1", "regulation_19": True}, "C2", "LAC-V-R19"),
        ({"type": "P1"}, "C2", "LAC-V-CO"),
        ({"type": "U3", "regulation_24": True}, "V2", "LAC-V-R24"),
        ({"type": "U3"}, "V2", "LAC-V1"),
        ({"type": "U4", "intended_to_18": True}, "C2", "LAC-V1"),
    ],
)
def test_the_first_rule_of_the_selection_order_that_fits_is_the_only_one(owed_by, placement, legal, rule):
    owed = owed_by(looked_after("2026-03-04", [{"start": "2026-03-02", **placement}], legal))
    assert [one.rule for one in owed.values() if one.kind == "visit"] == [rule]


@pytest.mark.parametrize(
    ("placement", "last", "rule", "expected"),
    [
        ({}, "2027-03-01", "LAC-V6W", "2027-04-12"),  # the last day of the first year
        ({}, "2027-03-02", "LAC-V6W2", "2027-04-13"),  # its anniversary
        ({"intended_to_18": True}, "2027-03-01", "LAC-V6W", "2027-04-12"),
        ({"intended_to_18": True}, "2027-03-02", "LAC-V3M", "2027-06-02"),
        ({"type": "U4", "child_agreed_fewer_visits_on": "2027-03-01"}, "2027-03-02", "LAC-V6M", "2027-09-02"),
        ({"type": "U4", "child_agreed_fewer_visits_on": "2027-03-03"}, "2027-03-02", "LAC-V6W2", "2027-04-13"),
        ({"type": "U6", "child_agreed_fewer_visits_on": "2027-03-01"}, "2027-03-02", "LAC-V6W2", "2027-04-13"),  # not long term
        ({"type": "U4", "child_agreed_fewer_visits_on": "2026-06-01"}, "2027-03-01", "LAC-V6W", "2027-04-12"),  # not a year
    ],
)
def test_the_interval_is_that_of_the_rule_in_force_on_the_day_of_the_last_visit(owed_by, placement, last, rule, expected):
    """Regulation 28(2) and (3A); the law is silent on an interval that crosses the anniversary."""
    owed = owed_by(looked_after("2027-03-20", [{"start": "2026-03-02", "type": "U6", **placement}], visits=[last]))
    assert due(owed, rule) == expected


def test_the_year_of_a_placement_that_began_on_a_leap_day_ends_on_28_february(owed_by):
    placements = [{"start": "2028-02-29", "type": "U6"}]
    owed = owed_by(looked_after("2029-03-01", placements, visits=["2029-02-28"], start="2028-02-29"))
    assert "LAC-V6W2" in owed
    owed = owed_by(looked_after("2029-03-01", placements, visits=["2029-02-27"], start="2028-02-29"))
    assert "LAC-V6W" in owed


@pytest.mark.parametrize("reason", ["S", "P", "B", ""])
def test_a_new_carer_restarts_the_first_visit_and_the_year(owed_by, reason):
    moved = [
        {"start": "2026-03-02", "end": "2026-06-01", "type": "U6"},
        {"start": "2026-06-01", "type": "U6", "reason": reason},
    ]
    owed = owed_by(looked_after("2026-06-02", moved, visits=["2026-05-29"]))
    assert due(owed, "LAC-V1") == "2026-06-08"


@pytest.mark.parametrize("reason", ["L", "T", "U"])
def test_a_change_with_the_same_carer_does_not_restart_the_placement_clock(owed_by, reason):
    same = [{"start": "2026-03-02", "end": "2026-06-01", "type": "U6"}, {"start": "2026-06-01", "type": "U4", "reason": reason}]
    owed = owed_by(looked_after("2026-06-02", same, visits=["2026-05-29"]))
    assert due(owed, "LAC-V6W") == "2026-07-10"
    owed = owed_by(looked_after("2027-03-20", same, visits=["2027-03-02"]))
    assert "LAC-V6W2" in owed


def test_a_temporary_placement_and_the_return_from_it_restart_nothing(owed_by):
    away = [
        {"start": "2026-03-02", "end": "2026-06-01", "type": "U6"},
        {"start": "2026-06-01", "end": "2026-06-15", "type": "T3", "reason": "P"},
        {"start": "2026-06-15", "type": "U6", "reason": "P"},
    ]
    for on in ("2026-06-02", "2026-06-16"):
        owed = owed_by(looked_after(on, away, visits=["2026-05-29"]))
        assert due(owed, "LAC-V6W") == "2026-07-10"


def test_from_a_temporary_placement_to_another_kind_of_home_is_a_move(owed_by):
    away = [
        {"start": "2026-03-02", "end": "2026-06-01", "type": "U6"},
        {"start": "2026-06-01", "end": "2026-06-15", "type": "T3", "reason": "P"},
        {"start": "2026-06-15", "type": "K2", "reason": "P"},
    ]
    assert due(owed_by(looked_after("2026-06-16", away, visits=["2026-05-29"])), "LAC-V1") == "2026-06-22"


def test_between_placements_the_clock_of_an_unknown_one_runs(owed_by):
    owed = owed_by(looked_after("2026-06-02", [{"start": "2026-03-02", "end": "2026-06-01", "type": "U6"}]))
    assert due(owed, "LAC-V1") == "2026-06-08"


def test_a_looked_after_child_with_no_placement_recorded_is_visited_from_the_start(owed_by):
    assert due(owed_by(looked_after("2026-03-04", [])), "LAC-V1") == "2026-03-09"


def test_a_care_order_with_a_child_at_home_restarts_the_first_week(owed_by):
    """Regulation 28(5)(a)."""
    legal = [{"code": "C1", "start": "2026-03-02", "end": "2026-06-01"}, {"code": "C2", "start": "2026-06-01"}]
    home = [{"start": "2026-03-02", "type": "P1"}]
    owed = owed_by(looked_after("2026-06-03", home, legal, visits=["2026-05-29"], events=["2026-03-20"]))
    assert due(owed, "LAC-V-CO") == "2026-06-08"
    owed = owed_by(looked_after("2026-06-10", home, legal, visits=["2026-05-29", "2026-06-05"], events=["2026-03-20"]))
    assert due(owed, "LAC-V-CO") == "2026-07-17"


def test_a_change_of_legal_status_away_from_home_restarts_nothing(owed_by):
    legal = [{"code": "V2", "start": "2026-03-02", "end": "2026-06-01"}, {"code": "C1", "start": "2026-06-01"}]
    owed = owed_by(looked_after("2026-06-02", [{"start": "2026-03-02", "type": "U6"}], legal, visits=["2026-05-29"]))
    assert due(owed, "LAC-V6W") == "2026-07-10"


@pytest.mark.parametrize(
    ("placement", "legal", "rule", "after"),
    [
        ({"type": "U3", "regulation_24": True}, "V2", "LAC-V-R24", "2026-04-20"),
        ({"type": "P1"}, "C1", "LAC-V-ICO", "2026-04-20"),
        ({"type": "P1", "regulation_19": True}, "C2", "LAC-V-R19", "2026-05-04"),
    ],
)
def test_weekly_until_the_first_review_then_looser_from_the_last_visit(owed_by, placement, legal, rule, after):
    """Regulation 28(3) and (4)."""
    placements = [{"start": "2026-03-02", **placement}]
    weekly = owed_by(looked_after("2026-03-25", placements, legal, visits=["2026-03-09", "2026-03-23"]))
    assert due(weekly, rule) == "2026-03-30"
    held = owed_by(looked_after("2026-03-27", placements, legal, visits=["2026-03-09", "2026-03-23"], events=["2026-03-27"]))
    assert due(held, rule) == after
    late = owed_by(looked_after("2026-04-02", placements, legal, visits=["2026-03-09", "2026-03-23"], events=["2026-04-01"]))
    assert due(late, rule) == "2026-03-30", "the visit missed before the review is still to be made"


def test_a_child_whom_another_body_accommodates_is_visited_anew_after_any_change(owed_by):
    moved = [{"start": "2026-03-02", "end": "2026-06-01", "type": "R5"}, {"start": "2026-06-01", "type": "R5", "reason": "T"}]
    assert due(owed_by(looked_after("2026-06-02", moved, visits=["2026-05-29"])), "LAC-V-OTH") == "2026-06-08"


def test_after_a_year_a_child_whom_another_body_accommodates_is_visited_every_three_months(owed_by):
    stay = [{"start": "2026-03-02", "type": "R5"}]
    assert due(owed_by(looked_after("2027-02-02", stay, visits=["2027-02-01"])), "LAC-V-OTH") == "2027-03-15"
    assert due(owed_by(looked_after("2027-03-05", stay, visits=["2027-03-02"])), "LAC-V-OTH") == "2027-06-02"


def test_short_breaks_count_from_the_first(owed_by):
    stays = [
        {"start": "2026-03-02", "end": "2026-03-05", "type": "U6", "short_break": True},
        {"start": "2026-05-01", "type": "U6", "short_break": True},
    ]
    assert due(owed_by(looked_after("2026-05-02", stays, "V4")), "LAC-V-SB") == "2026-06-02"


def test_between_two_short_breaks_the_child_is_at_home_and_no_placement_begins(owed_by):
    stays = [{"start": "2026-03-02", "end": "2026-03-05", "type": "U6", "short_break": True}]
    found = owed_by(looked_after("2026-04-20", stays, "V4"))
    assert due(found, "LAC-V-SB") == "2026-06-02"
    assert not {"LAC-V1", "LAC-REV1"} & found.keys()


def test_a_child_placed_for_adoption_is_visited_weekly_until_the_review_and_then_as_agreed(owed_by):
    """Adoption Agencies Regulations 2005 reg 36(4)."""
    facts = looked_after("2026-04-01", [{"start": "2026-03-02", "type": "A4"}], "E1", visits=["2026-03-30"])
    assert due(owed_by(facts), "ADO-V") == "2026-04-06"
    reviewed = {**facts, "events": [{"event": "adoption_review_held", "on": "2026-03-30"}]}
    assert due(owed_by(reviewed), "ADO-V-AGREED") == "2026-04-06"
    agreed = {**reviewed, "visit_every": [{"rule": "ADO-V-AGREED", "every": "4 weeks", "from": "2026-03-30"}]}
    assert due(owed_by(agreed), "ADO-V-AGREED") == "2026-04-27"


# Other children's visits


@pytest.mark.parametrize(
    ("visits", "on", "rule", "expected"),
    [
        ([], "2026-03-04", "PF-INIT", "2026-03-11"),
        (["2026-03-05"], "2026-03-06", "PF-6W", "2026-04-16"),
        (["2027-03-01"], "2027-03-03", "PF-6W", "2027-04-12"),
        (["2027-03-02"], "2027-03-03", "PF-12W", "2027-05-25"),
    ],
)
def test_private_fostering_visits(owed_by, visits, on, rule, expected):
    """SI 2005/1533 reg 7 and 8."""
    facts = {"as_at": on, "spells": [{"plan": "private_fostering", "start": "2026-03-02"}], "visits": seen(*visits)}
    owed = owed_by(facts)
    assert [one for one in owed if one.startswith("PF") and owed[one].kind == "visit"] == [rule]
    assert due(owed, rule) == expected


def test_a_care_leaver_is_visited_within_seven_days_of_a_move_beside_the_eight_weeks(owed_by):
    facts = {"spells": [{"plan": "care_leaver", "start": "2026-01-05"}], "visits": seen("2026-03-02")}
    moved = {**facts, "as_at": "2026-03-12", "events": [{"event": "care_leaver_moved", "on": "2026-03-10"}]}
    owed = owed_by(moved)
    assert (due(owed, "CL-MOVE"), due(owed, "CL-TOUCH")) == ("2026-03-17", "2026-04-27")
    assert "CL-MOVE" not in owed_by({**moved, "visits": seen("2026-03-02", "2026-03-11")})


def test_a_child_in_a_section_47_enquiry_is_seen_within_a_working_day(owed_by):
    events = [
        {"event": "strategy_discussion", "on": "2026-03-06", "section_47": True},
        {"event": "section_47_started", "on": "2026-03-06"},
    ]
    assert due(owed_by({"as_at": "2026-03-06", "events": events}), "S47-SEEN") == "2026-03-09"
    assert "S47-SEEN" not in owed_by({"as_at": "2026-03-09", "events": events, "visits": seen("2026-03-07")})
    ended = [*events, {"event": "section_47_ended", "on": "2026-03-08"}]
    assert "S47-SEEN" not in owed_by({"as_at": "2026-03-09", "events": ended})


def test_a_child_is_seen_while_an_assessment_is_open(owed_by):
    events = [{"event": "referral_received", "on": "2026-03-02"}, {"event": "assessment_started", "on": "2026-03-03"}]
    assert due(owed_by({"as_at": "2026-03-04", "events": events}), "ASM-SEEN") == "2026-03-09"
    owed = owed_by({"as_at": "2026-03-12", "events": events, "visits": seen("2026-03-06")})
    assert due(owed, "ASM-SEEN") == "2026-03-20"
    done = [*events, {"event": "assessment_authorised", "on": "2026-03-11"}]
    assert "ASM-SEEN" not in owed_by({"as_at": "2026-03-12", "events": done, "visits": seen("2026-03-06")})


# Checks


@pytest.mark.parametrize(
    ("alone", "is_owed"),
    [
        ([False, False], True),
        ([True, False], False),
        ([False, True], False),
        ([True, False, False], True),
        ([False], False),
        ([None, False], False),  # what was not said is not held against anyone
    ],
)
def test_a_child_on_a_plan_is_seen_alone_at_alternate_visits_at_least(owed_by, alone, is_owed):
    visits = [{"on": f"2026-02-0{place}", "seen": True, "seen_alone": value} for place, value in enumerate(alone, start=2)]
    owed = owed_by({"as_at": "2026-02-10", "spells": CP, "visits": visits})
    assert ("CP-ALONE" in owed) is is_owed
    if is_owed:
        assert (owed["CP-ALONE"].kind, owed["CP-ALONE"].due, owed["CP-ALONE"].state) == ("check", None, "due")


def test_a_looked_after_child_not_seen_alone_at_the_last_visit_is_a_check(owed_by):
    """Regulation 29."""
    facts = looked_after("2026-03-20", [{"start": "2026-03-02", "type": "U6"}])
    assert "LAC-V-ALONE" in owed_by({**facts, "visits": seen("2026-03-05", seen_alone=False)})
    assert "LAC-V-ALONE" not in owed_by({**facts, "visits": seen("2026-03-05", seen_alone=True)})


def test_an_unborn_child_is_visited_and_not_asked_to_be_alone(owed_by):
    facts = {"child": {"expected": "2026-06-15"}, "spells": CP, "visits": seen("2026-02-02", "2026-02-10", seen_alone=False)}
    owed = owed_by({**facts, "as_at": "2026-02-12"})
    assert due(owed, "CP-VISIT") == "2026-02-24"
    assert "CP-ALONE" not in owed
