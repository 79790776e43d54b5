"""Policies: what the shipped files hold, how they stack, and what is refused or marked."""

import re
from datetime import date

import pytest

from planner.core.errors import PlannerError
from planner.core.policy import policy_of, ruleset_from_toml, stacked, with_changes
from planner.core.records import LocalRule, PolicyInForce
from planner.core.rule_words import interval_words
from planner.core.snapshot import Snapshot

CP = {"spells": [{"plan": "cp", "start": "2026-01-12"}], "visits": [{"on": "2026-04-01", "seen": True}], "as_at": "2026-04-07"}
LAC = {
    "spells": [{"plan": "lac", "start": "2026-03-02"}],
    "placements": [{"start": "2026-03-02", "type": "U6"}],
    "visits": [{"on": "2026-04-01", "seen": True}],
    "as_at": "2026-04-07",
}
LISTED = re.findall(
    r"[A-Z0-9-]+",
    """LAC-V1 LAC-V6W LAC-V3M LAC-V6W2 LAC-V6M LAC-V-R19 LAC-V-R24 LAC-V-ICO LAC-V-CO LAC-V-OTH LAC-V-REQ LAC-V-30A LAC-V-SB
LAC-V-ALONE LAC-V-CONC ADO-V LAC-V-LOCAL LAC-REV1 LAC-REV2 LAC-REV3 LAC-REV-EARLY LAC-REV-LTF LAC-REV-SB ADO-REV0 ADO-REV1
LAC-CAREPLAN LAC-PLACPLAN LAC-R24-EXP LAC-R19-ASM LAC-IHA LAC-RHA LAC-PEP LAC-IRO-REC REF-1WD ALLOC-1WD ASM-45 ASM-CHK
ASM-SEEN REC-48H ASM-TOMGR S47-SEEN CIN-PLAN1 CIN-VISIT CIN-REV CIN-STEPDN CIN-LEAD CP-ICPC CP-TIN CP-CORE1 CP-CORE2 CP-RCPC1
CP-RCPC2 CP-RCPC-UB CP-VISIT CP-ALONE CP-DUR PF-INIT PF-6W PF-12W PF-CLOCK PF-ALONE MIS-72H CL-MOVE CL-TOUCH CL-PP CL-NA
CT-26W CT-CMH PLO-16W PP-72H EPO-8D SUP-4W SUP-ASYE DUTY-6W AUD""",
)
OFF = {"LAC-V-30A", "LAC-R19-ASM", "LAC-PEP", "LAC-IRO-REC", "CL-NA", "CT-CMH", "PLO-16W", "EPO-8D"}
CONFIRM = {"CL-TOUCH", "PF-INIT", "LAC-PLACPLAN", "LAC-V-OTH", "LAC-V-SB"}


def due(owed, rule):
    return owed[rule].due.isoformat() if rule in owed else None


@pytest.mark.parametrize("rule", LISTED)
def test_every_rule_ships_with_its_source_and_how_sure_it_is(england, rule):
    found = england.version(rule, date(2026, 11, 23))
    assert found.title
    assert found.source
    assert found.certainty
    assert found.switched_on is (rule not in OFF)
    assert found.confirm_locally is (rule in OFF or rule in CONFIRM)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("LAC-V-ICO", "every week until looked-after review, after that every 4 weeks"),
        ("LAC-V-OTH", "1 week, then every 6 weeks up to 1 year, after that every 3 months"),
        ("LAC-RHA", "every 6 months until age 5, after that every 12 months"),
        ("ASM-CHK", "every 10 working days until assessment authorised or up to 20 working days"),
        ("CP-RCPC-UB", "within 3 months, or 1 month after birth if earlier"),
        ("ASM-45", "within 45 working days"),
    ],
)
def test_the_lengths_of_a_rule_say_how_long_each_holds(england, rule, words):
    assert interval_words(england.version(rule, date(2026, 11, 23))) == words


def test_undated_duties_are_checks(england):
    for rule in ("LAC-V-ALONE", "CP-ALONE", "CIN-LEAD", "PF-ALONE"):
        assert england.version(rule, date(2026, 11, 23)).kind == "check"


def test_a_rule_that_puts_another_aside_names_one_that_exists(england):
    assert {other for rule in england.all() for other in rule.replaces} <= england.versions.keys()


def test_every_shipped_policy_stacks_on_the_national_rules_without_loosening_the_law(england, shipped_policies):
    assert {"newcastle", "leeds", "calderdale", "torbay", "mosaic", "camden", "bolton", "redbridge"} <= shipped_policies.keys()
    for name, policy in shipped_policies.items():
        assert policy.source, name
        assert policy.layers[-1].certainty, name
        if name != "england":
            assert stacked(england, policy).looser == (), name


@pytest.mark.parametrize(
    ("policy", "rule", "expected"),
    [
        ("newcastle", "CP-VISIT", "2026-04-29"),
        ("bolton", "CP-VISIT", "2026-04-29"),
        ("camden", "CP-VISIT", "2026-04-17"),
        ("fortnightly", "CP-VISIT", "2026-04-15"),
        ("visit_day_counts", "CP-VISIT", "2026-04-16"),
        ("mosaic", "CP-VISIT", "2026-04-15"),
    ],
)
def test_a_councils_rule_replaces_a_local_default(owed_by, england, shipped_policies, policy, rule, expected):
    assert due(owed_by(CP, rules=stacked(england, shipped_policies[policy])), rule) == expected


def test_two_clocks_run_on_one_plan(owed_by, england, shipped_policies):
    mosaic = stacked(england, shipped_policies["mosaic"])
    visits = [
        {"on": "2026-03-02", "seen": True, "seen_alone": True, "place": "home"},
        {"on": "2026-04-01", "seen": True, "standing": "contact", "place": "school"},
    ]
    owed = owed_by({**CP, "visits": visits}, rules=mosaic)
    assert (due(owed, "CP-VISIT"), due(owed, "CP-VISIT-HOME")) == ("2026-04-15", "2026-04-13")
    alone = [*visits, {"on": "2026-04-02", "seen": True, "seen_alone": True, "place": "home"}]
    owed = owed_by({**CP, "visits": alone}, rules=mosaic)
    assert (due(owed, "CP-VISIT"), due(owed, "CP-VISIT-HOME")) == ("2026-04-16", "2026-05-14")


def test_a_stricter_council_rule_holds_over_the_law(owed_by, england, shipped_policies):
    owed = owed_by(LAC, rules=stacked(england, shipped_policies["newcastle"]))
    assert due(owed, "LAC-V6W") == "2026-04-29"
    assert owed["LAC-V6W"].set_by == "policy"
    owed = owed_by(LAC, rules=stacked(england, shipped_policies["redbridge"]))
    assert due(owed, "LAC-V-LOCAL") == "2026-04-29"
    assert "LAC-V6W" not in owed


def test_calderdale_visits_weekly_at_first_and_then_every_six_weeks(owed_by, england, shipped_policies):
    rules = stacked(england, shipped_policies["calderdale"])
    assert due(owed_by({**LAC, "as_at": "2026-03-10", "visits": [{"on": "2026-03-09", "seen": True}]}, rules=rules), "LAC-V6W")
    weekly = owed_by({**LAC, "as_at": "2026-03-10", "visits": [{"on": "2026-03-09", "seen": True}]}, rules=rules)
    assert due(weekly, "LAC-V6W") == "2026-03-16"
    assert due(owed_by(LAC, rules=rules), "LAC-V6W") == "2026-05-13"


@pytest.mark.parametrize(
    ("changes", "expected", "said"),
    [
        ({"LAC-V6W": {"every": "8 weeks"}}, "2026-05-13", "then every 8 weeks where the law says 6 weeks"),
        ({"LAC-V6W": {"switched_on": False}}, "2026-05-13", "switches it off"),
        ({"LAC-V6W": {"every": "5 weeks"}}, "2026-05-06", ""),
        ({"LAC-V6W": {"every": "30 working days"}}, "2026-05-13", ""),  # may fall later at Easter: the law's date holds
    ],
)
def test_a_statutory_value_is_replaced_only_by_a_stricter_one(owed_by, england, changes, expected, said):
    rules = with_changes(england, changes, "local")
    assert due(owed_by(LAC, rules=rules), "LAC-V6W") == expected
    assert (said in " ".join(one.sentence for one in rules.looser)) if said else rules.looser == ()


def test_a_local_rule_cannot_put_a_statutory_one_aside(owed_by):
    own = {"kind": "visit", "applies_to": {"plan": "lac"}, "every": "10 weeks", "replaces": ["LAC-V6W"], "force": "LOCAL"}
    counts = {"standing": "statutory", "mode": "face to face"}
    owed = owed_by({**LAC, "policy": {"OURS": {**own, "counts": counts}}})
    assert due(owed, "LAC-V6W") == "2026-05-13"
    assert "OURS" not in owed


def test_a_councils_own_rule_can_put_a_local_default_aside(owed_by):
    own = {"kind": "visit", "applies_to": {"plan": "cp"}, "every": "15 working days", "replaces": ["CP-VISIT"]}
    owed = owed_by({**CP, "policy": {"OURS": own}})
    assert due(owed, "OURS") == "2026-04-24"
    assert "CP-VISIT" not in owed


@pytest.mark.parametrize(
    ("own", "rule", "expected", "set_by", "looser"),
    [
        ({"rule": "CP-VISIT", "every": "5 working days", "from": "2026-03-02"}, "CP-VISIT", "2026-04-10", "plan", False),
        ({"rule": "CP-VISIT", "every": "4 weeks", "from": "2026-03-02"}, "CP-VISIT", "2026-04-29", "plan", True),
        ({"rule": "CP-VISIT", "every": "5 working days", "from": "2026-04-02"}, "CP-VISIT", "2026-04-10", "plan", False),
        ({"rule": "CP-VISIT", "every": "4 weeks", "from": "2026-04-02"}, "CP-VISIT", "2026-04-17", "policy", False),
        ({"rule": "CP-VISIT", "every": "5 working days", "from": "2026-05-01"}, "CP-VISIT", "2026-04-17", "policy", False),
    ],
)
def test_the_childs_own_plan_replaces_policy_and_is_marked_where_looser(owed_by, own, rule, expected, set_by, looser):
    owed = owed_by({**CP, "visit_every": [own]})
    assert (due(owed, rule), owed[rule].set_by, owed[rule].looser) == (expected, set_by, looser)


WEEKLY = {"rule": "CP-VISIT", "every": "1 week", "from": "2026-03-02"}
EVERY_THREE_WEEKS = {"rule": "CP-VISIT", "every": "3 weeks", "from": "2026-03-02"}


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([WEEKLY, {**EVERY_THREE_WEEKS, "from": "2026-04-01"}], "2026-04-22"),
        ([WEEKLY, {**EVERY_THREE_WEEKS, "from": "2026-04-02"}], "2026-04-08"),
        ([EVERY_THREE_WEEKS, {**WEEKLY, "from": "2026-04-02"}], "2026-04-08"),
        ([EVERY_THREE_WEEKS, {**EVERY_THREE_WEEKS, "from": "2026-04-02"}], "2026-04-22"),
        ([{**WEEKLY, "every": "2 days", "from": "2026-04-06"}], "2026-04-06"),
        (
            [{**WEEKLY, "every": "2 days", "from": "2026-04-02"}, {**WEEKLY, "every": "2 days", "from": "2026-04-07"}],
            "2026-04-03",
        ),
    ],
)
def test_a_plan_changed_since_the_last_visit_keeps_the_stricter_date_until_the_next(owed_by, own, expected):
    owed = owed_by({**CP, "visit_every": own})
    assert (due(owed, "CP-VISIT"), owed["CP-VISIT"].set_by) == (expected, "plan")


@pytest.mark.parametrize(
    ("every", "expected", "set_by", "looser"),
    [("4 weeks", "2026-04-29", "plan", False), ("8 weeks", "2026-05-13", "law", True)],
)
def test_the_childs_own_plan_never_loosens_the_law(owed_by, every, expected, set_by, looser):
    owed = owed_by({**LAC, "visit_every": [{"rule": "LAC-V6W", "every": every, "from": "2026-03-02"}]})
    found = owed["LAC-V6W"]
    assert (due(owed, "LAC-V6W"), found.set_by, found.looser) == (expected, set_by, looser)


def test_the_childs_own_plan_sets_the_first_visit_too(owed_by):
    own = [{"rule": "CP-VISIT", "every": "5 working days", "from": "2026-01-12"}]
    assert due(owed_by({**CP, "visits": [], "visit_every": own}), "CP-VISIT") == "2026-01-19"


@pytest.mark.parametrize(
    ("every", "expected", "set_by"), [("3 working days", "2026-03-05", "plan"), ("4 weeks", "2026-03-09", "law")]
)
def test_the_first_visit_of_the_law_is_made_sooner_where_the_childs_own_plan_says_so(owed_by, every, expected, set_by):
    own = [{"rule": "LAC-V6W", "every": every, "from": "2026-03-02"}]
    owed = owed_by({**LAC, "visits": [], "visit_every": own})
    found = next(one for one in owed.values() if one.set_by == set_by and one.kind == "visit")
    assert (str(found.due), found.looser) == (expected, False)


@pytest.mark.parametrize(
    ("last", "expected"),
    [("2026-04-30", "2026-05-15"), ("2026-05-01", "2026-05-26")],
)
def test_a_rule_that_changes_holds_from_the_first_visit_in_its_time(owed_by, england, last, expected):
    text = '[[rule]]\nid = "CP-VISIT"\nevery = "15 working days"\nfrom = 2026-05-01\n'
    rules = stacked(england, ruleset_from_toml(text, "ours"))
    owed = owed_by({**CP, "as_at": "2026-05-05", "visits": [{"on": last, "seen": True}]}, rules=rules)
    assert due(owed, "CP-VISIT") == expected


def test_a_rule_that_is_out_of_force_is_owed_no_more(owed_by):
    own = {"kind": "visit", "applies_to": {"plan": "cp"}, "every": "3 weeks", "counts": {"seen_alone": True}}
    policy = {"OURS": {**own, "until": "2026-04-01"}}
    assert "OURS" in owed_by({**CP, "as_at": "2026-03-31", "policy": policy})
    assert "OURS" not in owed_by({**CP, "as_at": "2026-04-01", "policy": policy})


@pytest.mark.parametrize(("held", "expected"), [("2026-02-09", "2026-03-09"), ("2026-02-10", "2026-02-09")])
def test_what_was_due_from_the_last_date_due_stays_due_after_a_later_review(owed_by, held, expected):
    """Seen early, so a fortnight from the visit is 3 February, and from the date it was due 9 February."""
    fortnightly = {"first": "2 weeks", "every": "2 weeks", "lasts": "core_group_held", "then": "6 weeks", "anchor": "last due"}
    facts = {**CP, "visits": [{"on": "2026-01-20", "seen": True}], "events": [{"event": "core_group_held", "on": held}]}
    assert due(owed_by({**facts, "as_at": "2026-02-11", "policy": {"CP-VISIT": fortnightly}}), "CP-VISIT") == expected


@pytest.mark.parametrize(
    ("anchor", "visits", "expected"),
    [
        ("last due", ["2026-01-20"], "2026-02-09"),  # early: the next runs from the day it was due
        ("last due", ["2026-01-28"], "2026-02-09"),  # late: the same
        ("last due", ["2026-01-20", "2026-01-22"], "2026-02-09"),  # twice in one interval
        ("last due", ["2026-01-20", "2026-02-06"], "2026-02-23"),
        ("last due", ["2026-02-12"], "2026-02-23"),  # the interval that was missed whole is not asked for again
        ("start", ["2026-01-20"], "2026-02-09"),
        ("last visit", ["2026-01-20"], "2026-02-03"),
    ],
)
def test_the_next_date_runs_from_what_the_rule_is_anchored_to(owed_by, anchor, visits, expected):
    facts = {**CP, "as_at": "2026-02-13", "visits": [{"on": on, "seen": True} for on in visits]}
    assert due(owed_by({**facts, "policy": {"CP-VISIT": {"anchor": anchor}}}), "CP-VISIT") == expected


def test_months_from_the_start_do_not_drift(owed_by):
    facts = {"spells": [{"plan": "cp", "start": "2026-01-31"}], "as_at": "2026-03-10"}
    policy = {"CP-VISIT": {"every": "1 month", "anchor": "start"}}
    visits = [{"on": "2026-02-20", "seen": True}]
    assert due(owed_by({**facts, "visits": visits, "policy": policy}), "CP-VISIT") == "2026-03-31"


def test_where_bank_holidays_count_they_are_working_days(owed_by):
    assert due(owed_by({**CP, "policy": {"CP-VISIT": {"bank_holidays": "in"}}}), "CP-VISIT") == "2026-04-15"


@pytest.mark.parametrize(
    ("counts", "visit", "is_counted"),
    [
        ("seen alone", {"seen_alone": True}, True),
        ("seen alone", {"seen_alone": False}, False),
        ("seen alone", {}, False),
        ({"place": "home"}, {"place": "home"}, True),
        ({"place": ["home", "placement"]}, {"place": "school"}, False),
        ({"place": "home"}, {}, False),
        ({"mode": ["face to face", "video"]}, {"mode": "video"}, True),
        ({"standing": ["statutory", "contact"]}, {"standing": "contact"}, True),
        ({"by": "social worker"}, {"by": "support worker"}, False),
        ({"by": "social worker"}, {"by": "social worker"}, True),
        ({"seen": False}, {"seen": False}, True),  # a council that accepts an attempt
    ],
)
def test_a_rule_may_ask_where_how_and_by_whom(owed_by, counts, visit, is_counted):
    facts = {**CP, "visits": [{"on": "2026-04-01", "seen": True, **visit}], "policy": {"CP-VISIT": {"counts": counts}}}
    assert due(owed_by(facts), "CP-VISIT") == ("2026-04-17" if is_counted else "2026-01-26")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[[rule]]\nid = "X"\nevry = "1 week"\n', "evry"),
        ('[[rule]]\nid = "X"\nevery = "weekly"\n', "weekly"),
        ('[[rule]]\nid = "X"\nkind = "call"\n', "call"),
        ('[[rule]]\nid = "X"\ntrigger = "full moon"\n', "full moon"),
        ('[[rule]]\nid = "X"\nforce = "MAYBE"\n', "MAYBE"),
        ('[[rule]]\nid = "X"\napplies_to = { plan = "lca" }\n', "lca"),
        ('[[rule]]\nid = "X"\napplies_to = { height = 3 }\n', "height"),
        ('[[rule]]\nid = "X"\napplies_to = { age = "young" }\n', "under 5"),
        ('[[rule]]\nid = "X"\ncounts = "handshake"\n', "handshake"),
        ('[[rule]]\nid = "X"\ncounts = { event = "tea_drunk" }\n', "tea_drunk"),
        ('[[rule]]\nid = "X"\nfrom = "soon"\n', "soon"),
        ('[[rule]]\nid = "X"\nbeginning_with = "yes"\n', "yes"),
        ('[[rule]]\nid = "X"\nbank_holidays = "some"\n', "some"),
        ('[[rule]]\nid = "X"\nanchor = "boat"\n', "boat"),
        ('[[rule]]\nid = "X"\nlasts = "a while"\n', "a while"),
        ('[[rule]]\nid = "X"\ntitle = 3\n', "3"),
        ('[[rule]]\ntitle = "X"\n', "no id"),
        ('colour = "red"\n', "colour"),
        ("[[rule]\n", "cannot be read"),
        ('[[may_hold]]\nid = "X"\ntitle = "Y"\nplan = "cp"\n', "plan"),
        ('[[may_hold]]\nid = "X"\n', "title"),
    ],
)
def test_a_policy_that_cannot_be_read_is_refused_by_file_rule_and_key(text, named):
    with pytest.raises(PlannerError) as refused:
        ruleset_from_toml(text, "ours")
    assert "ours" in refused.value.sentence
    assert named in refused.value.sentence


def test_a_workspaces_policies_stack_in_order(shipped_policies):
    records = [
        PolicyInForce(id="1", policy="newcastle", start=date(2026, 1, 1)),
        PolicyInForce(id="2", policy="camden", team_id="north", start=date(2026, 6, 1), end=date(2026, 9, 1)),
        PolicyInForce(id="3", kind="workload", policy="neutral"),
        LocalRule(id="4", rule="CIN-VISIT", toml='every = "15 working days"', start=date(2026, 2, 1)),
    ]
    snapshot = Snapshot(records)
    north, south = policy_of(snapshot, shipped_policies, "north"), policy_of(snapshot, shipped_policies, "south")

    def every(rules, rule, day):
        return str(rules.version(rule, date.fromisoformat(day)).every[0])

    assert every(south, "CP-VISIT", "2025-12-31") == "10 working days"
    assert every(south, "CP-VISIT", "2026-07-01") == "4 weeks"
    assert every(north, "CP-VISIT", "2026-05-31") == "4 weeks"
    assert every(north, "CP-VISIT", "2026-07-01") == "10 working days"
    assert every(north, "CP-VISIT", "2026-09-01") == "4 weeks"
    assert every(south, "CIN-VISIT", "2026-01-31") == "4 weeks"
    assert every(south, "CIN-VISIT", "2026-02-01") == "15 working days"
    assert north.name == "this workspace"


@pytest.mark.parametrize(
    "record",
    [
        PolicyInForce(id="1", policy="atlantis"),
        LocalRule(id="1", rule="CP-VISIT", toml="every = "),
        LocalRule(id="1", rule="CP-VISIT", toml='evry = "1 week"'),
    ],
)
def test_a_workspaces_policy_that_cannot_be_read_is_refused(shipped_policies, record):
    with pytest.raises(PlannerError):
        policy_of(Snapshot([record]), shipped_policies)


def test_a_mistyped_rule_id_is_refused_and_not_taken_for_a_new_rule(england):
    with pytest.raises(PlannerError, match="CP-VIST"):
        with_changes(england, {"CP-VIST": {"every": "14 days"}}, "policy")


@pytest.mark.parametrize(("born", "is_owed"), [("2010-03-02", True), ("2010-03-03", False)])
def test_a_rule_may_be_for_an_age(owed_by, born, is_owed):
    rule = {"kind": "visit", "applies_to": {"plan": "cp", "age": "from 16"}, "every": "3 weeks", "counts": "seen alone"}
    facts = {"spells": [{"plan": "cp", "start": "2026-03-02"}], "child": {"born": born}, "as_at": "2026-03-04"}
    assert ("OURS" in owed_by({**facts, "policy": {"OURS": rule}})) is is_owed
