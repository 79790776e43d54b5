"""A visit typed as one line: what is understood, what is asked, and that no child is ever taken who was not typed."""

import re
from dataclasses import fields
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.child_roll import Roll, digits_of, typed_key
from planner.core.errors import Refused
from planner.core.line_completion import completion, next_word
from planner.core.records import Child
from planner.core.visit_line import (
    Known,
    VisitLine,
    line_words,
    minutes_of,
    minutes_words,
    recorded_day,
    visit_day,
)
from planner.core.visit_line_reading import read_line, workers_named
from planner.core.visit_outcome import HOWS, MODES, PLACES, REASONS, STANDINGS, Outcome, outcome_of, outcome_words
from planner.core.working_days import WorkingCalendar

TODAY = date(2026, 3, 16)
"""A Monday."""
CALENDAR = WorkingCalendar(())
CHILDREN = [
    Child(id="ab", reference="C10432", initials="A.B.", household="H1"),
    Child(id="cb", reference="C10433", initials="C.B.", household="H1"),
    Child(id="ab2", reference="C10440", initials="A.B."),
    Child(id="xy", reference="C10551", initials="X.Y."),
    Child(id="p", reference="P/7781", initials="Q."),
    Child(id="twin", reference="P10551", initials="R.S."),
    Child(id="far", reference="C20001", initials="Z.Z."),
]
NEAR = {child.id for child in CHILDREN} - {"far"}
WORKERS = {"dev": "Dev Patel", "dew": "Dewi Hughes", "amara": "Amara O'Neill-Okafor", "s": "Dev Shah"}
KNOWN = Known(
    roll=Roll(CHILDREN, NEAR),
    workers=WORKERS,
    household=lambda child_id: ("ab", "cb") if child_id in ("ab", "cb") else (child_id,),
    today=TODAY,
    calendar=CALENDAR,
)
SAID = [one.name for one in fields(VisitLine) if one.name not in ("seen", "doubts", "by_initials")]
ALONE, NOT_ALONE = Outcome("alone"), Outcome("not alone")
NOBODY = Outcome("not seen", "No one at home")


def read(text):
    return read_line(text, KNOWN)


# What is understood


@pytest.mark.parametrize(
    ("typed", "children", "said"),
    [
        ("C10432 seen alone home 14/3 40m", {"ab": ALONE}, {"place": "home", "day": date(2026, 3, 14), "minutes": 40}),
        ("10432 a", {"ab": ALONE}, {}),
        ("C10432 – A.B. a", {"ab": ALONE}, {}),
        ("C10432 - ab: a", {"ab": ALONE}, {}),
        ("C10432 (A.B.) + C10433 C.B. a", {"ab": ALONE, "cb": ALONE}, {}),
        ("C10432 – a fri 13/3", {"ab": ALONE}, {"day": date(2026, 3, 13)}),
        ("c10432 ALONE School Fri", {"ab": ALONE}, {"place": "school", "day": date(2026, 3, 13)}),
        ("X.Y. alone today", {"xy": ALONE}, {"day": TODAY}),
        ("p/7781 a placement", {"p": ALONE}, {"place": "placement"}),
        ("7781 a yesterday 1h15", {"p": ALONE}, {"day": date(2026, 3, 15), "minutes": 75}),
        ("10432 n1", {"ab": NOBODY}, {}),
        ("10432 not seen no one at home home", {"ab": NOBODY}, {"place": "home"}),
        ("10432 not seen (dog in the garden)", {"ab": Outcome("not seen", "dog in the garden")}, {}),
        ("10432 s2", {"ab": Outcome("not alone", "Parent refused")}, {}),
        ("10432 not alone", {"ab": NOT_ALONE}, {}),
        ("10432 seen, not said", {"ab": Outcome("seen")}, {}),
        ("10432 a by dev p 1 h 5 min", {"ab": ALONE}, {"worker_id": "dev", "minutes": 65}),
        ("10432 a 12 mar 40 min", {"ab": ALONE}, {"day": date(2026, 3, 12), "minutes": 40}),
        ("10432 a 1h 12 mar", {"ab": ALONE}, {"day": date(2026, 3, 12), "minutes": 60}),
        ("10432 a 12/3 1 h 10 min", {"ab": ALONE}, {"day": date(2026, 3, 12), "minutes": 70}),
        ("10432 by dewi a", {"ab": ALONE}, {"worker_id": "dew"}),
        ("10432 by amara a", {"ab": ALONE}, {"worker_id": "amara"}),
        ("10432 a recorded", {"ab": ALONE}, {"recorded_on": TODAY}),
        ("10432 a 12/3 recorded on 13/3", {"ab": ALONE}, {"day": date(2026, 3, 12), "recorded_on": date(2026, 3, 13)}),
        ("10432 a not recorded", {"ab": ALONE}, {}),
        ("10432+10433 a", {"ab": ALONE, "cb": ALONE}, {}),
        ("10432 + 10433 a home", {"ab": ALONE, "cb": ALONE}, {"place": "home"}),
        ("10432 a + 10433 n5", {"ab": ALONE, "cb": Outcome("not seen", "Child asleep")}, {}),
        ("10433 all a", {"cb": ALONE, "ab": ALONE}, {}),
        ("10432 a mon 2 mar 2026", {"ab": ALONE}, {"day": date(2026, 3, 2)}),
        ("C20001 a", {"far": ALONE}, {}),
        ("10432 a 14:00 video", {"ab": ALONE}, {"at": time(14), "mode": "video"}),
        ("10432 a at 2.30pm at home", {"ab": ALONE}, {"at": time(14, 30), "place": "home"}),
        ("10432 bedroom not seen alone 14/3", {"ab": ALONE}, {"bedroom_seen": False, "day": date(2026, 3, 14)}),
        ("10432 a unannounced bedroom", {"ab": ALONE}, {"announced": False, "bedroom_seen": True}),
        (
            "10432 a contact only by dev p with amara with dewi",
            {"ab": ALONE},
            {"standing": "contact", "worker_id": "dev", "with_worker_ids": ("amara", "dew")},
        ),
    ],
)
def test_a_line_is_understood(typed, children, said):
    line = read(typed)
    assert line.doubts == ()
    assert dict(line.seen) == children
    found = {name: getattr(line, name) for name in SAID if getattr(line, name) not in (None, "", ())}
    assert found == said


# What is asked


@pytest.mark.parametrize(
    ("typed", "part", "options"),
    [
        ("AB alone", "child", ("ab", "ab2")),
        ("1043 alone", "child", ("ab", "cb")),
        ("C1044 alone", "child", ("ab2",)),
        ("10551 alone", "child", ("xy", "twin")),
        ("99999 alone", "child", ()),
        ("ZZ alone", "child", ()),
        ("10432 C.B. alone", "child", ()),
        ("C10432 – (C.B.): alone", "child", ()),
        ("10432 a wed 12 mar", "day", ()),
        ("10432", "outcome", ()),
        ("10432 seen", "outcome", ()),
        ("10432 not seen", "outcome", ()),
        ("10432 n home", "outcome", ()),
        ("10432 + 10433 a + 10440", "outcome", ()),
        ("10432 a n1", "outcome", ()),
        ("10432 a tomorrow", "day", ()),
        ("10432 a 17/3", "day", ()),
        ("10432 a 29/2", "day", ()),
        ("10432 a 31.11.2025", "day", ()),
        ("10432 a today yesterday", "day", ()),
        ("10432 a home school", "place", ()),
        ("10432 a 40m 50m", "minutes", ()),
        ("10432 a by dev", "worker", ("dev", "s")),
        ("10432 a by nobody", "worker", ()),
        ("10432 a with dev", "with", ("dev", "s")),
        ("10432 a at 25:00", "time", ()),
        ("10432 a video f2f", "mode", ()),
        ("10432 a recorded 14/3", "recorded", ()),
        ("10432 a recorded on tomorrow", "recorded", ()),
        ("10432 a 13/3 recorded on 12/3", "recorded", ()),
        ("10432 a kitchen", "line", ()),
        ("10432 a 40", "line", ()),
        ("10432 a 10433", "line", ()),
    ],
)
def test_what_is_not_certain_is_asked_and_never_guessed(typed, part, options):
    doubts = read(typed).doubts
    assert [doubt.part for doubt in doubts][:1] == [part]
    assert doubts[0].options == options
    assert doubts[0].sentence.endswith((".", "?", "”."))


def test_nothing_typed_says_nothing():
    assert read("  ,") == read("")
    assert read("").seen == ()


def test_a_child_in_doubt_is_not_on_the_line():
    assert read("AB alone").seen == ()
    assert read("AB alone").child_id == ""


# The parts by themselves


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("fri", date(2026, 3, 13)),
        ("mon", TODAY),
        ("last mon", date(2026, 3, 9)),
        ("tu", date(2026, 3, 10)),
        ("15/3", date(2026, 3, 15)),
        ("28 dec", date(2025, 12, 28)),
    ],
)
def test_the_day_of_a_visit_is_never_ahead(typed, day):
    assert visit_day(typed, TODAY, CALENDAR) == day


@pytest.mark.parametrize("typed", ["tomorrow", "17/3", "+1", "next mon", "17 mar 2026", "tue 17 mar"])
def test_a_day_to_come_is_refused_with_its_name(typed):
    with pytest.raises(Refused, match="2026 is still to come"):
        visit_day(typed, TODAY, CALENDAR)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("", None), ("no", None), ("n", None), ("not yet", None), ("y", TODAY), ("yes", TODAY), ("fri", date(2026, 3, 13))],
)
def test_when_a_visit_was_recorded(typed, day):
    assert recorded_day(typed, date(2026, 3, 12), TODAY, CALENDAR) == day


def test_a_visit_is_not_recorded_before_it_was_made():
    with pytest.raises(Refused, match="is before the visit"):
        recorded_day("wed", date(2026, 3, 12), TODAY, CALENDAR)


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("a", ALONE),
        (" Seen Alone ", ALONE),
        ("s", NOT_ALONE),
        ("Seen, not alone", NOT_ALONE),
        ("s 3", Outcome("not alone", "Child too young")),
        ("s parent refused", Outcome("not alone", "Parent refused")),
        ("n1", NOBODY),
        ("N: Gate  locked", Outcome("not seen", "Gate locked")),
        ("unseen", Outcome("not seen")),
        ("not seen - child asleep", Outcome("not seen", "Child asleep")),
        ("Seen, not said whether alone", Outcome("seen")),
    ],
)
def test_how_a_child_was_seen(typed, outcome):
    assert outcome_of(typed) == outcome


@pytest.mark.parametrize("typed", ["", "seen", "x", "a1", "n9", "alone in the park", "nobody"])
def test_what_does_not_say_how_a_child_was_seen_is_asked(typed):
    with pytest.raises(Refused):
        outcome_of(typed)


@pytest.mark.parametrize(("typed", "minutes"), [("40m", 40), ("1h", 60), ("1h05", 65), ("2 hours 5 mins", 125), ("40", None)])
def test_lengths_have_their_unit(typed, minutes):
    assert minutes_of(typed) == minutes


def test_a_worker_is_found_by_the_beginnings_of_names():
    assert workers_named("d pat", WORKERS) == ("dev",)
    assert workers_named("dev", WORKERS) == ("dev", "s")
    assert workers_named("patel dev", WORKERS) == ()


# Properties

WORDS = st.sampled_from(
    [
        "C10432",
        "10433",
        "AB",
        "X.Y.",
        "1043",
        "10551",
        "7781",
        "all",
        "+",
        "&",
        "and",
        "a",
        "s",
        "n",
        "n1",
        "s2",
        "seen",
        "alone",
        "not",
        "unseen",
        "(asleep)",
        "(gate,locked)",
        "home",
        "at",
        "school",
        "pl",
        "14/3",
        "fri",
        "yesterday",
        "40m",
        "1h15",
        "1",
        "by",
        "dev",
        "patel",
        "amara",
        "recorded",
        "on",
        "rec",
        "today",
        "kitchen",
        "2/3",
        "mar",
        "14:00",
        "2pm",
        "video",
        "f2f",
        "contact",
        "only",
        "unannounced",
        "bedroom",
        "with",
    ]
)
LINES = st.lists(WORDS, max_size=9).map(" ".join)
REASON = st.text(max_size=20).map(lambda text: " ".join(text.split()).lstrip(":,;–- "))


@given(LINES)
def test_what_is_echoed_reads_back_as_the_same_line(typed):
    line = read(typed)
    if not line.doubts:
        assert read(line_words(line, KNOWN)) == line


OWN_REASON = st.text(st.characters(codec="utf-8", exclude_characters="()"), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()).lstrip(":,;–- ")
)
OUTCOMES = st.one_of(
    st.sampled_from([Outcome("alone"), Outcome("seen"), Outcome("not alone")]),
    st.builds(Outcome, st.sampled_from(sorted(REASONS)), OWN_REASON.filter(bool)),
    st.sampled_from([Outcome(how, why) for how, reasons in REASONS.items() for why in reasons]),
)
VISITS = st.builds(
    VisitLine,
    seen=st.lists(
        st.tuples(st.sampled_from([child.id for child in CHILDREN[:5]]), OUTCOMES), min_size=1, unique_by=lambda one: one[0]
    ).map(tuple),
    day=st.integers(0, 500).map(lambda days: TODAY - timedelta(days=days)),
    place=st.sampled_from(["", *PLACES]),
    minutes=st.one_of(st.none(), st.integers(1, 600)),
    worker_id=st.sampled_from(["", *WORKERS]),
    at=st.one_of(st.none(), st.times().map(lambda at: at.replace(second=0, microsecond=0))),
    mode=st.sampled_from(["", *MODES]),
    standing=st.sampled_from(["", *STANDINGS]),
    announced=st.sampled_from([None, True, False]),
    bedroom_seen=st.sampled_from([None, True, False]),
    with_worker_ids=st.lists(st.sampled_from(sorted(WORKERS)), unique=True, max_size=2).map(tuple),
    recorded_on=st.just(None) | st.just(TODAY),
)


@given(VISITS)
def test_any_line_built_from_a_visit_reads_back_as_that_visit(visit):
    assert read(line_words(visit, KNOWN)) == visit


@given(st.one_of(LINES, st.text(max_size=40)))
def test_no_child_is_taken_who_was_not_typed(typed):
    keys = {typed_key(word) for word in re.split(r"[\s,;()+]", typed)}
    named = [
        child.id
        for child in CHILDREN
        if keys & {typed_key(child.reference), digits_of(child.reference), typed_key(child.initials) if child.id in NEAR else "-"}
    ]
    allowed = set(named) | ({one for child in named for one in KNOWN.household(child)} if "all" in keys else set())
    assert {child_id for child_id, _ in read(typed).seen} <= allowed


@given(st.text(alphabet="C0123456789AB. ", max_size=8))
def test_part_of_a_reference_never_decides(typed):
    match = KNOWN.roll.matches(typed)
    if match.child is not None:
        key = typed_key(typed)
        assert key in (typed_key(match.child.reference), digits_of(match.child.reference), typed_key(match.child.initials))


@given(st.sampled_from(sorted(HOWS)), REASON)
def test_an_outcome_reads_back_as_it_is_written(how, reason):
    outcome = Outcome(how, reason if how in REASONS else "")
    read_back = outcome_of(outcome_words(outcome))
    assert (read_back.how, read_back.why.casefold()) == (how, outcome.why.casefold())


@given(st.integers(min_value=1, max_value=900))
def test_a_length_reads_back_as_it_is_written(minutes):
    assert minutes_of(minutes_words(minutes)) == minutes


@pytest.mark.parametrize(
    ("typed", "day"), [("14/3", date(2026, 3, 14)), ("14 mar", date(2026, 3, 14)), ("23/11", date(2026, 11, 23))]
)
def test_a_day_without_a_year_is_this_years_where_that_is_past(typed, day):
    assert visit_day(typed, date(2026, 11, 23), CALENDAR) == day


@pytest.mark.parametrize("typed", ["24/11", "24 nov", "tue 24 nov", "31/12"])
def test_a_day_without_a_year_that_is_to_come_this_year_is_not_taken_for_last_years(typed):
    with pytest.raises(Refused, match=r"2026 is still to come\. .* If you mean 2025, type the year too"):
        visit_day(typed, date(2026, 11, 23), CALENDAR)
    assert visit_day(f"{typed} 2025", date(2026, 11, 23), CALENDAR).year == 2025


LAST = read_line("10432 a school 12/3 40m by Dewi", KNOWN)


@pytest.mark.parametrize(
    ("typed", "added"),
    [
        ("1043", ""),  # no child is completed
        ("10432", ""),
        ("10432 ", ""),  # how the child was seen is never taken from the last line
        ("10432 a", "lone school 12/3/2026 40 min by Dewi Hughes"),
        ("10432 se", "en alone school 12/3/2026 40 min by Dewi Hughes"),
        ("10432 seen n", "ot alone school 12/3/2026 40 min by Dewi Hughes"),
        ("10432 s", " school 12/3/2026 40 min by Dewi Hughes"),
        ("10432 n", "ot seen"),  # and then it is asked why
        ("10432 n1 ", "school 12/3/2026 40 min by Dewi Hughes"),
        ("10432 a h", "ome 12/3/2026 40 min by Dewi Hughes"),
        ("10432 a home 11/3 20m", " by Dewi Hughes"),
        ("10432 a 14/", ""),  # what is not understood yet is not gone past
        ("10432 a by Am", "ara O'Neill-Okafor school 12/3/2026 40 min"),
        ("99999 a", ""),
        ("", ""),
    ],
)
def test_a_line_is_completed_by_what_the_last_one_said(typed, added):
    assert completion(typed, KNOWN, LAST) == added
    whole = read_line(typed + added, KNOWN)
    assert not added or not whole.doubts_about("line", "day", "place", "worker")


def test_without_a_line_before_only_the_word_begun_is_completed():
    assert completion("10432 a", KNOWN, None) == "lone"
    assert completion("10432 alone", KNOWN, None) == ""


@pytest.mark.parametrize(("added", "word"), [("lone home 12/3", "lone"), (" home 12/3", " home"), ("", "")])
def test_the_next_word_is_taken_with_the_space_before_it(added, word):
    assert next_word(added) == word
