"""Which column is which field: by heading, by what the cells hold, and how sure."""

from datetime import date

import pytest

from planner.formats.column_guess import Wanted, column_guesses
from planner.formats.dates import day_order
from planner.formats.table import pasted_table

TODAY = date(2026, 11, 23)
WANTED = (
    Wanted(key="reference", title="Child reference", aliases=("Case number", "Mosaic ID"), kind="reference", required=True),
    Wanted(key="initials", title="Initials", kind="initials"),
    Wanted(key="born", title="Date of birth", aliases=("DOB",), kind="born"),
    Wanted(key="referred", title="Date of referral", aliases=("Referred",), kind="recent"),
    Wanted(key="plan", title="Plan", kind="plan"),
    Wanted(key="alone", title="Seen alone", kind="yes-no"),
    Wanted(key="worker", title="Worker", aliases=("Social worker",), known=frozenset({"Dev Patel", "Chloe Rudd"})),
)


def keys(text: str) -> list[str]:
    return [guess.key for guess in column_guesses(pasted_table(text), WANTED, TODAY)]


def test_headings_are_found_under_other_names():
    text = "Mosaic ID\tDOB\tReferred\tShoe size\nC10432\t3/4/2019\t20/11/2026\t12"
    assert keys(text) == ["reference", "born", "referred", ""]


def test_without_headings_the_cells_say_what_they_are():
    text = "C10432\tA.B.\t13/4/2019\t20/11/2026\tCIN\tdev patel\nC10433\tC.D.\t2/1/2012\t20/11/2026\tCP\tChloe Rudd"
    assert keys(text) == ["reference", "initials", "born", "referred", "plan", "worker"]


def test_a_guess_from_cells_alone_is_not_sure_and_says_why():
    guess = column_guesses(pasted_table("C10432\tfell off a swing\nC10433\tmoved house"), WANTED, TODAY)[0]
    assert (guess.key, guess.is_sure, guess.reason) == ("reference", False, "2 of 2 cells look like references.")


def test_a_heading_over_cells_that_do_not_fit_is_doubtful():
    guess = column_guesses(pasted_table("Reference number\tDOB\nC1\tunknown yet\nC2\tlater"), WANTED, TODAY)[1]
    assert (guess.key, guess.is_sure) == ("born", False)
    assert guess.reason == "Headed “DOB”, but only 0 of 2 cells look like birth dates."


def test_no_field_is_given_to_two_columns():
    found = keys("DOB\tDate of birth\n3/4/2019\t3/4/2019")
    assert found.count("born") == 1


def test_referral_dates_are_not_taken_for_birth_dates():
    assert keys("20/11/2026\n19/11/2026") == ["referred"]


@pytest.mark.parametrize(
    ("columns", "day_first", "two_ways", "both"),
    [
        ([["03/04/2026"], ["13/04/2026"]], True, 1, False),
        ([["03/04/2026"], ["04/13/2026"]], False, 1, False),
        ([["03/04/2026", "05/05/2026"]], None, 1, False),
        ([["13/04/2026"], ["04/13/2026", "1/2/26"]], None, 0, True),
        ([["13/04/2026"], ["04/13/2026", "1/2/26"], ["3/4/26"]], None, 1, True),
        ([[date(2026, 4, 3)]], None, 0, False),
    ],
)
def test_the_order_of_day_and_month_is_one_question_a_file(columns, day_first, two_ways, both):
    order = day_order(columns)
    assert (order.day_first, order.two_ways, order.both) == (day_first, two_ways, both)


def test_shortened_words_and_a_dotted_heading_over_a_title_row_are_understood():
    table = pasted_table("Team tracker, Friday\t\t\t\nClient no.\tD.O.B\tNxt vis due\tWkr\nC10432\t13/4/2019\t20/11/2026\t1")
    assert table.heading_row == 2
    wanted = (
        *WANTED[1:3],
        Wanted(key="number", title="Client number", kind="reference"),
        Wanted(key="due", title="Next visit due", kind="date"),
    )
    assert [guess.key for guess in column_guesses(table, wanted, TODAY)][:3] == ["number", "born", "due"]
