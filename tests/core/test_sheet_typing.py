"""A line typed of a sheet: what it says, and what it is refused for, each with what to type."""

from dataclasses import replace
from datetime import date

import pytest

from planner.core.chase import LATE, NO_OUTCOME, NO_REVIEW_DATE, NOT_ALONE, UNRECORDED
from planner.core.child_roll import Roll
from planner.core.errors import Refused
from planner.core.flow_records import PaperSheet
from planner.core.outlook import Outlook
from planner.core.paper_sheets import CHASE, DAY, TRANSFERS, chase_lines, day_lines, sheet_with, sheets_to_type
from planner.core.records import Child, Record, Sighting, Visit
from planner.core.sheet_typing import Said, said_of
from planner.core.snapshot import Snapshot
from planner.core.visit_line import Known
from tests.core.test_outlook import MONDAY, child, days, ground, outlook, seen


def records() -> list[Record]:
    """A visit to record of which alone is not said, one with no outcome, and two planned for today, of siblings."""
    made, sighting = seen("1", -1)
    planned = [
        Visit(id="past", on=days(-3), worker_id="ada"),
        Sighting(id="ps", visit_id="past", child_id="c1"),
        Visit(id="today", on=days(0), worker_id="ada", place="home"),
        Sighting(id="t1", visit_id="today", child_id="c1"),
        Sighting(id="t2", visit_id="today", child_id="c2"),
    ]
    return [*ground(), *child("2", "cin", held_by="ada"), made, replace(sighting, seen_alone=None), *planned]


def typed(text: str, kind: str = CHASE, gap: str = "") -> Said:
    """What was typed of a sheet; the number of the line is that of the first gap of a kind."""
    found = outlook(records())
    lines = chase_lines(found, "ada") if kind == CHASE else day_lines(found, "ada", MONDAY)
    sheet = PaperSheet(id="sheet", kind=kind, number=7, worker_id="ada", on=MONDAY, lines=lines)
    number = next((place for place, line in enumerate(lines, start=1) if line.startswith(f"{gap}:")), 1)
    return said_of(text.replace("#", str(number)), sheet, found, known(found))


def known(found: Outlook) -> Known:
    children = list(found.snapshot.all(Child).values())
    roll = Roll(children, frozenset(one.id for one in children))
    return Known(roll, {"ada": "Ada Amber"}, lambda _child: (), MONDAY, found.calendar)


@pytest.mark.parametrize(
    ("text", "kind", "gap", "what", "day"),
    [
        ("# r", CHASE, UNRECORDED, "record", days(0)),
        ("# r 22/11", CHASE, UNRECORDED, "record", days(-1)),
        ("# p thu", CHASE, UNRECORDED, "promise", days(3)),
        ("# p by 3/12", CHASE, NO_REVIEW_DATE, "promise", date(2026, 12, 3)),
        ("# a", CHASE, NOT_ALONE, "alone", None),
        ("# s a h", CHASE, NO_OUTCOME, "seen", days(-3)),
        ("# a h 20/11", CHASE, LATE, "seen", days(-3)),
        ("# x moved to 3/12", CHASE, NO_OUTCOME, "move", date(2026, 12, 3)),
        ("# x family away", CHASE, NO_OUTCOME, "cancel", None),
        ("2 s a h 40m", DAY, "", "seen", days(0)),
        ("1 x moved to tue", DAY, "", "move", days(1)),
    ],
)
def test_a_line_says_what_is_to_be_done_and_when(text: str, kind: str, gap: str, what: str, day: date | None) -> None:
    said = typed(text, kind, gap)
    assert (said.what, said.day) == (what, day)


def test_how_a_child_was_seen_comes_with_place_and_minutes() -> None:
    said = typed("2 s a h 40m", DAY)
    assert (said.outcome.how, said.line.place, said.line.minutes, said.child_ids, said.visit_id) == (
        "alone",
        "home",
        40,
        ("c2",),
        "today",
    )
    assert typed("1 n1", DAY).outcome.why == "No one at home"


def test_all_that_is_typed_of_a_visit_is_said_back() -> None:
    said = typed("2 a school video contact 22/11 at 14:00 40m bedroom seen by Ada rec", DAY)
    assert said.words == (
        "C2: seen alone, school, video, contact, Sun 22 Nov, at 14:00, 40 min, bedroom seen, by Ada Amber, recorded Mon 23 Nov"
    )


@pytest.mark.parametrize(
    ("text", "kind", "gap", "sentence"),
    [
        ("", CHASE, "", "Type the number"),
        ("r", CHASE, "", "Type the number"),
        ("3", CHASE, "", "Type the number"),
        ("99 r", CHASE, "", "Sheet 7 has lines 1 to"),
        ("# r", CHASE, NO_OUTCOME, "not about the case system"),
        ("# p", CHASE, UNRECORDED, "not a date"),
        ("# p 20/11", CHASE, UNRECORDED, "has passed"),
        ("# a h", CHASE, LATE, "on which day"),
        ("# n1", CHASE, NOT_ALONE, "seen alone"),
        ("# a", CHASE, UNRECORDED, "does not ask"),
        ("# a home 40m", CHASE, NOT_ALONE, "nothing more of the visit"),
        ("# x moved to thu", CHASE, UNRECORDED, "not a planned visit"),
        ("1 p thu", DAY, "", "a visit of the day"),
        ("1 x", DAY, "", "Say why"),
        ("1 x moved to 20/11", DAY, "", "has passed"),
        ("1 n", DAY, "", "Say why"),
        ("1 zebra", DAY, "", "not understood. Leave it out"),
    ],
)
def test_what_cannot_be_is_asked_about(text: str, kind: str, gap: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        typed(text, kind, gap)


def test_a_line_that_was_settled_since_is_said_to_be() -> None:
    before = outlook(records())
    sheet = PaperSheet(id="s", kind=CHASE, number=1, worker_id="ada", lines=chase_lines(before, "ada"))
    number = next(place for place, line in enumerate(sheet.lines, start=1) if line.startswith(UNRECORDED))
    visit = before.snapshot.find(Visit, "v1-1")
    after = outlook([*records(), replace(visit, recorded_on=MONDAY)])
    with pytest.raises(Refused, match="settled already"):
        said_of(f"{number} r", sheet, after, known(after))


def test_a_sheet_is_known_by_its_very_lines_until_it_is_typed_back() -> None:
    sheet = PaperSheet(id="s", kind=DAY, number=3, worker_id="ada", lines=("a", "b"))
    assert sheet_with(Snapshot([sheet]), DAY, "ada", ("a", "b")) == sheet
    assert sheet_with(Snapshot([sheet]), DAY, "ada", ("b", "a")) is None
    assert sheet_with(Snapshot([replace(sheet, typed_on=MONDAY)]), DAY, "ada", ("a", "b")) is None


def test_a_sheet_waits_to_be_typed_back_for_four_weeks_newest_first() -> None:
    sheets = [PaperSheet(id=f"s{n}", kind=DAY, number=n, on=days(on)) for n, on in ((1, -29), (2, -28), (3, 0), (4, 1))]
    done = PaperSheet(id="done", kind=DAY, number=5, on=MONDAY, typed_on=MONDAY)
    other = PaperSheet(id="other", kind=TRANSFERS, number=6, on=MONDAY)
    assert [one.number for one in sheets_to_type(Snapshot([*sheets, done, other]), MONDAY, CHASE, DAY)] == [4, 3, 2]
