"""A family typed in one line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.family_line import family_line, reference_prefix

TODAY = date(2026, 11, 23)


def read(text, prefix="C"):
    line = family_line(text, TODAY, prefix)
    return [(child.reference, child.initials, child.born or child.expected) for child in line.children], line.doubt


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("10432 ab 030419", [("C10432", "A.B.", date(2019, 4, 3))]),
        ("c10432 a.b. 3/4/2019", [("C10432", "A.B.", date(2019, 4, 3))]),
        ("ab 030419, cd 5/6/21", [("", "A.B.", date(2019, 4, 3)), ("", "C.D.", date(2021, 6, 5))]),
        ("100432 ab", [("C100432", "A.B.", None)]),
        ("100432 030419", [("C100432", "", date(2019, 4, 3))]),
        ("ub 130227", [("", "U.B.", date(2027, 2, 13))]),
        ("ab 10432 030419", [("C10432", "A.B.", date(2019, 4, 3))]),
        (" , ", []),
    ],
)
def test_each_child_by_reference_initials_and_birth(text, children):
    assert read(text) == (children, "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("10432 ab 310219", "no day"),
        ("10432 ab 030470", "cannot be"),
        ("10432 ab somebody", "not understood"),
        ("ab, 3/4/19", "names no child"),
        ("10432 ab, 10433 cd, c10432 ab", "C10432 stands twice"),
    ],
)
def test_what_is_not_understood_is_said_and_children_before_it_stand(text, says):
    assert says in read(text)[1]


def test_the_letters_most_references_begin_with_need_not_be_typed():
    assert reference_prefix(["C1", "C22", "P3"]) == "C"
    assert reference_prefix(["C1", "P3"]) == ""
    assert reference_prefix(["C1", "NEW1", "NEW2"]) == "C"
    assert reference_prefix(["NONE"]) == reference_prefix([]) == ""


@given(st.dates(date(2003, 1, 1), TODAY), st.integers(10, 10**9))
def test_any_reference_and_birth_is_read_as_typed(born, number):
    assert read(f"{number} ab {born:%d%m%y}") == ([(f"C{number}", "A.B.", born)], "")
