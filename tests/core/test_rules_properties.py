"""What is true of every course: dates move forward with the last visit, stricter is never later, and nothing rolls on."""

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from planner.core.duty_history import past_clocks, visit_clocks
from planner.core.facts_json import facts_from_json
from planner.core.obligations import is_overdue, owed
from planner.core.policy import with_changes

START = date(2026, 1, 5)
PLANS = st.sampled_from(["cp", "cin", "lac", "care_leaver", "private_fostering"])
VISITS = st.lists(st.tuples(st.integers(0, 500), st.booleans(), st.sampled_from([True, False, None])), max_size=12)
TYPES = st.sampled_from(["U6", "U4", "P1", "R5", "A4", "U3", "T3", "K2"])
CODES = st.sampled_from(["V2", "C1", "C2", "E1", "V4"])
LENGTHS = st.sampled_from(["1 week", "2 weeks", "5 weeks"])
"""What a child's own plan sets: none shorter than the week of a first visit, after which alone it counts."""
MOVES = st.lists(st.tuples(st.integers(1, 400), TYPES, st.sampled_from(["P", "L", "T", "S"]), st.booleans()), max_size=3)


def iso(days):
    return (START + timedelta(days=days)).isoformat()


@st.composite
def courses(draw):
    """A child with one or two plans, moves, orders, reviews and visits."""
    plans = draw(st.lists(PLANS, min_size=1, max_size=2, unique=True))
    moves = [(0, draw(TYPES), "S", draw(st.booleans())), *sorted(draw(MOVES))]
    ends = [*(iso(day) for day, *_ in moves[1:]), None]
    events = draw(st.lists(st.tuples(st.sampled_from(["lac_review_held", "core_group_held"]), st.integers(1, 400)), max_size=4))
    own = draw(st.lists(st.tuples(st.sampled_from(["CP-VISIT", "LAC-V6W"]), LENGTHS, st.integers(0, 400)), max_size=2))
    return {
        "spells": [{"plan": plan, "start": iso(0)} for plan in plans],
        "placements": [
            {"start": iso(day), "end": end, "type": kind, "reason": reason, "regulation_24": flag, "intended_to_18": flag}
            for (day, kind, reason, flag), end in zip(moves, ends, strict=True)
        ],
        "legal": [{"code": draw(CODES), "start": iso(0)}],
        "visits": [{"on": iso(day), "seen": seen, "seen_alone": alone} for day, seen, alone in draw(VISITS)],
        "events": [{"event": name, "on": iso(day)} for name, day in events],
        "visit_every": [{"rule": rule, "every": every, "from": iso(day)} for rule, every, day in own],
    }


DAYS = st.integers(0, 520)


def on(days):
    return START + timedelta(days=days)


@given(courses(), DAYS)
def test_what_is_owed_is_the_same_each_time_and_each_is_there_once(england, calendar, course, day):
    facts = facts_from_json(course)
    first, second = (owed(facts, england, calendar, on(day)) for _ in range(2))
    assert first == second
    assert len({one.id for one in first}) == len(first)


@given(courses(), DAYS)
def test_state_book_by_and_days_late_agree_with_the_date(england, calendar, course, day):
    for one in owed(facts_from_json(course), england, calendar, on(day)):
        if one.due_on is not None:
            assert calendar.is_working(one.book_by)
            assert one.book_by <= one.due_on
            assert calendar.between(one.book_by, one.due_on) == 0
            assert is_overdue(one.due, on(day)) is (one.state == "overdue")
            assert (one.days_late or 0) == max(0, (on(day) - one.due_on).days)


@given(courses(), DAYS, st.integers(1, 60))
def test_a_later_visit_never_makes_a_date_earlier(england, calendar, course, day, later):
    """A child seen once more, after every other visit: no visit due moves back."""
    last = max([0, *((date.fromisoformat(one["on"]) - START).days for one in course["visits"])]) + later
    seen = {**course, "visits": [*course["visits"], {"on": iso(last), "seen": True, "seen_alone": True}]}
    when = on(max(day, last))
    before = {(one.plan, one.kind): one.due_on for one in owed(facts_from_json(course), england, calendar, when)}
    after = {(one.plan, one.kind): one.due_on for one in owed(facts_from_json(seen), england, calendar, when)}
    for key in before.keys() & after.keys():
        if key[1] == "visit" and before[key] is not None:
            assert after[key] >= before[key]


@given(
    st.integers(1, 30),
    st.integers(0, 20),
    st.sampled_from(["working days", "days", "weeks"]),
    st.lists(st.integers(0, 200), max_size=6),
    DAYS,
)
def test_a_stricter_interval_is_never_later(england, calendar, count, more, unit, visits, day):
    facts = facts_from_json(
        {"spells": [{"plan": "cp", "start": iso(0)}], "visits": [{"on": iso(one), "seen": True} for one in visits]}
    )
    dates = []
    for length in (count, count + more):
        rules = with_changes(england, {"CP-VISIT": {"every": f"{length} {unit}"}}, "ours")
        (found,) = [one for one in owed(facts, rules, calendar, on(day)) if one.rule == "CP-VISIT"]
        dates.append(found.due_on)
    assert dates[0] <= dates[1]


@given(st.integers(1, 20), st.integers(0, 300), st.sampled_from(["weeks", "working days", "days"]))
def test_local_policy_never_makes_a_statutory_visit_later(england, calendar, count, last, unit):
    course = {
        "spells": [{"plan": "lac", "start": iso(0)}],
        "placements": [{"start": iso(0), "type": "U6"}],
        "visits": [{"on": iso(last), "seen": True}],
    }
    facts = facts_from_json(course)
    rules = with_changes(england, {"LAC-V6W": {"every": f"{count} {unit}"}}, "ours")
    day = on(last + 1)
    law, local = (
        min(one.due_on for one in owed(facts, one_set, calendar, day) if one.kind == "visit") for one_set in (england, rules)
    )
    assert local <= law


APPROVED_LATER = {
    "spells": [{"plan": "lac", "start": iso(0)}],
    "placements": [
        {"start": iso(0), "end": iso(1), "type": "U6", "reason": "S"},
        {"start": iso(1), "end": None, "type": "U6", "reason": "L", "regulation_24": True},
    ],
    "legal": [{"code": "V2", "start": iso(0)}],
    "visits": [],
    "events": [],
}
"""The rule of a visit changes before it falls due, and its date does not."""


REVIEWED_TOO_LATE = {
    "spells": [{"plan": "lac", "start": iso(0)}],
    "placements": [{"start": iso(0), "end": None, "type": "U6", "regulation_24": True}],
    "legal": [{"code": "V2", "start": iso(0)}],
    "visits": [{"on": iso(0), "seen": True, "seen_alone": True}],
    "events": [{"event": "lac_review_held", "on": iso(8)}],
}
"""A visit fell due before the review that allows a longer interval, and was not made."""


OWN_PLAN_BEFORE_AN_APPROVAL = {
    **REVIEWED_TOO_LATE,
    "placements": [
        {"start": iso(0), "end": iso(8), "type": "U6", "reason": "S"},
        {"start": iso(8), "end": None, "type": "U6", "reason": "L", "regulation_24": True},
    ],
    "events": [],
    "visit_every": [{"rule": "LAC-V6W", "every": "1 week", "from": iso(0)}],
}
"""A visit fell due by the child's own plan, under a rule that another took the place of on the day after."""


@example(APPROVED_LATER, 1)
@example(REVIEWED_TOO_LATE, 8)
@example(OWN_PLAN_BEFORE_AN_APPROVAL, 8)
@given(courses(), DAYS)
def test_the_open_intervals_of_a_history_are_what_is_owed(england, calendar, course, day):
    facts = facts_from_json(course)
    for kind in ("visit", "review"):
        due = {(one.rule, one.due_on) for one in owed(facts, england, calendar, on(day)) if one.kind == kind}
        history = past_clocks(facts, england, calendar, on(day), kind)
        still_open = [one for one in history if one.met_on is None and one.ended_on is None]
        assert {(one.rule, one.due) for one in still_open if one.due is None or one.due >= on(day)} == {
            one for one in due if one[1] is None or one[1] >= on(day)
        }
        assert {one.due for one in still_open} == {due_on for _, due_on in due}


@given(courses(), DAYS)
def test_every_interval_begins_before_it_is_met_and_each_visit_meets_one_at_most(england, calendar, course, day):
    history = visit_clocks(facts_from_json(course), england, calendar, on(day))
    for one in history:
        assert one.met_on is None or one.ended_on is None
        assert one.due is None or one.since is None or one.due >= one.since
        assert one.met_on is None or one.met_on <= on(day)
        assert one.met_on is None or one.since is None or one.met_on >= one.since
    met = [(one.plan, one.met_on) for one in history if one.met_on is not None]
    assert len(met) == len(set(met))
