"""Headings as councils type them."""

import pytest

from planner.formats.annex_a_lists import LISTS
from planner.formats.headings import Heading, matches, score


def found(number: int, typed: list[str]) -> dict[str, str]:
    return {match.heading.title: match.typed for match in matches(LISTS[number], typed)}


@pytest.mark.parametrize(
    ("number", "title", "typed"),
    [
        (3, "Date of Referral", "Date of referral"),
        (3, "Date of Referral", "DATE OF REFERRAL "),
        (3, "Allocated Worker", "Worker name"),
        (3, "Child Unique ID", "Child\u00a0Unique  ID"),
        (7, "Number of Previous Child Protection Plans", "Sum of Number of Previous Child Protection Plans"),
        (7, "Was the Child Seen Alone?", "Was the child seen alone"),
        (8, "Child's Legal Status", "Child’s Legal Status"),
        (
            8,
            "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
            "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))",
        ),
        (
            8,
            "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
            "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
        ),
        (9, "Allocated Personal Advisor", "Allocated Personal Adviser"),
    ],
)
def test_a_heading_is_found_as_it_varies(number, title, typed):
    assert found(number, [typed]) == {title: typed}


@pytest.mark.parametrize("number", LISTS)
def test_every_heading_finds_itself_in_any_order(number):
    typed = [heading.title for heading in LISTS[number]]
    assert found(number, typed) == dict(zip(typed, typed, strict=True))
    assert found(number, typed[::-1]) == dict(zip(typed, typed, strict=True))


def test_an_age_is_never_taken_for_a_date():
    assert score(Heading("Date of Birth", "born", "date"), "Age of Child (Years)") == 0
    assert found(7, ["Age at Date of Plan"]) == {}


def test_of_two_columns_the_better_fit_is_taken():
    typed = ["Date of the last visit statutory", "Date of the Last Statutory Visit"]
    assert found(7, typed)["Date of the Last Statutory Visit"] == typed[1]


def test_another_list_s_date_is_not_taken():
    assert "Date of Last Social Work Visit" not in found(8, ["Date of Last Dental Check", "Date of Last Health Assessment"])
