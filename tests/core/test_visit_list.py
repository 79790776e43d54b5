"""A pasted list: lines as e-mails and sheets have them, each sure or asked about, and no visit twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.visit_line import line_words
from planner.core.visit_list import TypedLine, checked_list, lines_of
from tests.core.test_visit_check import GROUND, ground
from tests.core.test_visit_line import VISITS


def listed(text, on=GROUND):
    return checked_list([TypedLine(number, line) for number, line in enumerate(lines_of(text), start=1)], on)


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        ("  10001 a  ", "10001 a"),
        ("> 10001 a", "10001 a"),
        (">> 10001 a", "10001 a"),
        ("- 10001 a", "10001 a"),
        ("• 10001 a", "10001 a"),
        ("3. 10001 a", "10001 a"),
        ("12) 10001 a", "10001 a"),
        ("10001\talone\t14/11/2026 00:00:00\t40m", "10001 alone 14/11/2026 40m"),
        ('"10001","alone"', "10001 , alone"),
    ],
)
def test_a_line_is_taken_out_of_what_a_mail_or_a_sheet_puts_round_it(pasted, line):
    assert lines_of(pasted) == (line,)


def test_lines_that_say_nothing_are_left_out():
    assert lines_of("\n  \n--\n10001 a\n\n>\n") == ("10001 a",)


def test_sure_lines_and_those_in_doubt_are_told_apart():
    found = listed("10001 a fri\n99999 a fri\n10005 seen fri\nHi team,\n1000 a")
    assert [line.is_sure for line in found] == [True, False, False, False, False]
    assert [line.doubt.part for line in found if line.doubt] == ["child", "outcome", "child", "child"]
    assert all(line.question for line in found if not line.is_sure)


@pytest.mark.parametrize(
    "text", ["14/11 10001 a", "14 nov 2026 10001 a", "2026-11-14, 10001, alone", "Sat 14 Nov 10001 a", "sat 14/11 10001 a"]
)
def test_a_date_may_stand_before_the_child(text):
    (line,) = listed(text)
    assert line.is_sure
    assert (line.checked.line.child_id, line.checked.line.day.isoformat()) == ("c1", "2026-11-14")


def test_a_date_that_is_not_on_its_day_of_the_week_is_asked_about():
    (line,) = listed("Sat 15 Nov 10001 a")
    assert "15 November 2026 is a Sunday, not a Saturday" in line.question


def test_the_same_child_and_day_on_two_lines_is_asked_about_with_the_line():
    found = listed("10001 a fri\n10005 a fri\n10001 n1 fri\n10001 a thu")
    assert [line.is_sure for line in found] == [True, True, False, True]
    assert "C10001 stands on line 1 with Fri 20 Nov" in found[2].question


def test_what_is_warned_of_is_sure_once_it_is_agreed_to():
    on = ground(teams=("t1",))
    assert not checked_list([TypedLine(1, "10003 a fri")], on)[0].is_sure
    assert checked_list([TypedLine(1, "10003 a fri", is_agreed=True)], on)[0].is_sure
    assert not checked_list([TypedLine(1, "99999 a fri", is_agreed=True)], on)[0].is_sure


@given(st.lists(VISITS, max_size=4))
def test_lines_built_from_visits_come_back_as_they_are_however_they_are_quoted(visits):
    from tests.core.test_visit_line import KNOWN, read

    text = "\n".join(f"> - {line_words(visit, KNOWN)}" for visit in visits)
    assert [read(line) for line in lines_of(text)] == visits
