"""A tracker as teams keep them, read to what it says of each child; every child here is invented."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.errors import Refused
from planner.core.found import Found, FoundVisit
from planner.formats.apart import read_apart
from planner.formats.table import pasted_table
from planner.formats.tracker import Tracker, answers_of_mapping, column_key, columns_of, found_in, shape_of

WRITTEN = date(2026, 11, 20)
HEADINGS = "Mosaic ID\tYoung person\tDOB\tSW\tCase type\tOpened\tLast seen\tSeen alone\tNext due\tComments"
ROWS = (
    "C10432\tBrown, Ada\t14/03/2019\tDev Patel\tCP plan\t02/09/2026\t06/11/2026\tY\t20/11/2026\tmother not in",
    "C10433\tB.B.\t30/01/2021\tDev Patel\tChild in need\t02/09/2026\t\t\t\t",
    "C10500\tCal Nowak\t01/07/2012\tEwa Tully\tLAC\t13/10/2025\t19/10/2026\tN\t30/11/2026\t",
)


def found(*rows: str, headings: str = HEADINGS, **answers: str) -> Found:
    return found_in(pasted_table("\n".join((headings, *(rows or ROWS)))), answers, WRITTEN)


def test_the_columns_of_a_common_tracker_are_known_and_the_comments_are_never_read():
    read = found()
    assert {column.heading: column.field for column in read.columns} == {
        "Mosaic ID": "reference",
        "Young person": "name",
        "DOB": "born",
        "SW": "worker",
        "Case type": "plan",
        "Opened": "received_on",
        "Last seen": "visit_on",
        "Seen alone": "seen_alone",
        "Next due": "next_due",
        "Comments": "",
    }
    assert "mother" not in repr(read.children)
    assert "Columns not read: Comments." in read.assumed


def test_a_row_becomes_a_child_with_a_plan_and_a_last_visit():
    child = found().children[0]
    assert (child.reference, child.name, child.initials, child.worker) == ("C10432", "Ada Brown", "A.B.", "Dev Patel")
    assert (child.born, child.received_on, child.status) == (date(2019, 3, 14), date(2026, 9, 2), "cp")
    assert [(period.what, period.code, period.start) for period in child.periods] == [("plan", "cp", None)]
    assert [(visit.on, visit.seen, visit.seen_alone) for visit in child.visits] == [(date(2026, 11, 6), True, True)]


def test_next_due_is_kept_to_be_compared_and_is_no_visit():
    child = found().children[0]
    assert child.next_due == date(2026, 11, 20)
    assert len(child.visits) == 1


def test_a_name_that_is_only_initials_is_no_name():
    assert [(child.name, child.initials) for child in found().children][1] == ("", "B.B.")


def test_a_log_with_a_row_for_each_visit_gathers_them_by_child():
    read = found(
        "C101\t01/10/2026\tY\tN",
        "C102\t02/10/2026\tNot seen\t",
        "C101\t28/10/2026\tN\t",
        headings="Case number\tDate of visit\tChild seen\tSeen alone",
    )
    one, other = read.children
    assert [(visit.on.day, visit.seen, visit.seen_alone) for visit in one.visits] == [(1, True, False), (28, False, None)]
    assert [visit.seen for visit in other.visits] == [False]


def test_a_closed_child_is_closed():
    read = found("C101\tClosed\t03/11/2026", "C102\tCIN\t", headings="Reference\tStatus\tDate closed")
    assert [(child.status, child.is_open, child.ended_on) for child in read.children] == [
        ("closed", False, date(2026, 11, 3)),
        ("cin", True, None),
    ]


@pytest.mark.parametrize(
    ("words", "plan"),
    [
        ("CP", "cp"),
        ("CPP", "cp"),
        ("Child Protection", "cp"),
        ("CIN", "cin"),
        ("s17", "cin"),
        ("Section 17", "cin"),
        ("LAC", "lac"),
        ("CLA", "lac"),
        ("CIC", "lac"),
        ("Looked-after", "lac"),
        ("Single assessment", "assessment"),
        ("S47", "assessment"),
        ("Care leaver", "care_leaver"),
        ("NFA", "closed"),
        ("Closed - was CP", "closed"),
    ],
)
def test_the_words_of_a_plan_are_understood(words, plan):
    read = found(f"C101\t{words}", headings="Reference\tPlan")
    assert not [question for question in read.questions if question.key.startswith("label:")]
    assert read.children[0].status == plan


def test_a_plan_in_words_of_their_own_is_asked_about():
    read = found("C101\tTier 4", headings="Reference\tPlan")
    (question,) = [question for question in read.questions if question.key.startswith("label:")]
    assert "Tier 4" in question.message
    answered = found_in(pasted_table("Reference\tPlan\nC101\tTier 4"), {question.key: "cin"}, WRITTEN)
    assert answered.children[0].status == "cin"


def test_dates_that_can_be_read_two_ways_are_asked_about_once_for_the_whole_table():
    rows = ("C101\t03/04/2026\t05/06/2026", "C102\t02/01/2026\t04/05/2026")
    headings = "Reference\tDate opened\tLast visit"
    read = found(*rows, headings=headings)
    (question,) = read.questions
    assert (question.key, question.default, question.rows) == ("dates", "day", 4)
    assert read.children[0].received_on == date(2026, 4, 3)
    assert found(*rows, headings=headings, dates="month").children[0].received_on == date(2026, 3, 4)


def test_a_column_that_is_likely_but_not_sure_is_taken_and_asked_about():
    read = found("C101\tTier 4", "C102\tTier 3", headings="Reference\tPlan")
    (question,) = [question for question in read.questions if question.key == column_key("Plan")]
    assert question.default == "plan"
    assert ("", "Nothing: do not read it") in question.options


def test_a_person_says_what_a_column_is_and_that_another_is_not_read():
    table = pasted_table("Who\tWhen\tSW\nC10432\t06/11/2026\tDev Patel")
    answers = {column_key("Who"): "reference", column_key("When"): "visit_on", column_key("SW"): ""}
    child = found_in(table, answers, WRITTEN).children[0]
    assert (child.reference, child.worker) == ("C10432", "")
    assert [visit.on for visit in child.visits] == [date(2026, 11, 6)]


def test_columns_are_offered_even_where_none_names_the_child():
    name, age = columns_of(pasted_table("Name\tAge\nAllie\t30\nBob\t40"), {}, WRITTEN)
    assert (name.field, name.letter, name.samples) == ("name", "A", ("Allie", "Bob"))
    assert (age.field, age.samples) == ("", ("30", "40"))


def test_a_table_that_names_no_child_is_refused_with_what_to_do():
    with pytest.raises(Refused, match="Say which column holds the case system's number of the child"):
        found("Allie\t30", headings="Name\tAge")
    with pytest.raises(Refused, match="No row of Pasted text looks like headings"):
        found("A\tB\t12/10/2026\t13/10/2026", headings="Name\tName\tLast visit\tLast visit")


def test_a_row_without_a_number_and_a_visit_to_come_are_left_out_by_row_and_column():
    read = found("\t01/10/2026", "C102\t24/11/2026", headings="Reference\tLast visit")
    told = [(problem.row, problem.column, problem.code, problem.outcome) for problem in read.problems]
    assert told == [(2, "A", "reference-missing", "refused"), (3, "B", "date-after", "refused")]
    assert [child.visits for child in read.children] == [()]


def test_a_date_that_is_none_is_told_by_its_cell_and_the_row_is_kept():
    read = found("C101\t31/02/2026\tCP", headings="Reference\tLast visit\tPlan")
    (problem,) = [problem for problem in read.problems if problem.outcome == "refused"]
    assert (problem.row, problem.column, problem.value) == (2, "B", "31/02/2026")
    assert read.children[0].status == "cp"


def test_what_is_asked_stands_among_the_problems_by_its_cell_until_it_is_answered():
    rows = ("C101\tTier 4\t03/04/2026", "C102\tTier 4\t02/01/2026")
    headings = "Reference\tPlan\tLast visit"
    read = found(*rows, headings=headings)
    assert [(problem.row, problem.column, problem.code, problem.outcome) for problem in read.problems] == [
        (1, "B", "column-unsure", "ask"),
        (2, "C", "date-two-ways", "ask"),
        (2, "B", "label-unclear", "ask"),
    ]
    answers = {question.key: question.default or "cp" for question in read.questions}
    assert not found_in(pasted_table("\n".join((headings, *rows))), answers, WRITTEN).problems


def test_a_column_with_both_orders_of_date_is_not_settled_by_an_answer():
    rows = ("C101\t03/04/2026\t13/10/2026", "C102\t02/01/2026\t10/14/2026", "C103\t\t11/12/2025")
    read = found(*rows, headings="Reference\tDate opened\tLast visit", dates="month")
    (refused,) = read.problems
    assert (refused.row, refused.column, refused.code) == (4, "C", "date-mixed-order")
    assert read.children[0].received_on == date(2026, 3, 4)
    assert "dates" in {one.key for one in found(*rows, headings="Reference\tDate opened\tLast visit").questions}


def test_a_total_under_the_rows_is_no_child():
    read = found("C101\tCP", "C102\tCIN", "Total\t2", headings="Reference\tPlan")
    assert [child.reference for child in read.children] == ["C101", "C102"]
    assert [(one.row, one.column, one.value) for one in read.problems if one.code == "reference-unlike"] == [(4, "A", "Total")]
    assert len(found("Ada\tCP", "Ben\tCIN", headings="Reference\tPlan").children) == 2


def test_headings_without_rows_are_refused():
    with pytest.raises(Refused, match="no rows under them"):
        found_in(pasted_table(HEADINGS), {}, WRITTEN)


def test_what_stands_for_nothing_is_nothing():
    read = found("C101\tNULL\t#N/A\tNULL\tNA", "NULL\tAda\t\t\t", headings="Reference\tSW\tTeam\tDOB\tInitials")
    (child,) = read.children
    assert (child.reference, child.worker, child.team, child.born, child.initials) == ("C101", "", "", None, "N.A.")
    assert [(problem.row, problem.code) for problem in read.problems] == [(3, "reference-missing")]
    assert read.questions == ()


def test_a_row_that_says_another_child_under_the_same_number_is_told():
    rows = ("C1\tAda\t01/02/2019\tDev", "C1\tBo\t13/02/2019\tKim", "C1\tbo\t\tDev")
    read = found(*rows, headings="Reference\tChild\tDOB\tSW")
    assert [(problem.row, problem.column, problem.code) for problem in read.problems if problem.code == "child-differs"] == [
        (3, "B", "child-differs"),
        (3, "C", "child-differs"),
    ]
    assert read.children[0].born == date(2019, 2, 13)


def test_a_first_name_of_three_letters_is_a_name_and_capitals_are_initials():
    read = found("C1\tIvy", "C2\tIVY", "C3\tiv", headings="Reference\tChild")
    assert [(child.name, child.initials) for child in read.children] == [("Ivy", "I."), ("", "I.V.Y."), ("", "I.V.")]


def test_the_shape_of_a_tracker_does_not_hang_on_the_order_or_case_of_its_headings():
    one, other = pasted_table("Reference\tPlan\nC101\tCP"), pasted_table("PLAN\tReference\nCP\tC101\nCIN\tC102")
    assert shape_of(one) == shape_of(other)
    assert shape_of(one) != shape_of(pasted_table("Reference\tTeam\nC101\tNorth"))


def test_a_tracker_is_read_apart_like_any_file(tmp_path: Path):
    path = tmp_path / "tracker.csv"
    path.write_text("Reference,Plan,Next due\nC101,CP,\n", encoding="utf-16")
    assert [child.status for child in read_apart(Tracker(), path).children] == ["cp"]


BREAKS = ("Cc", "Zl", "Zp", "Cs")
"""Kinds of characters that would end a line or a cell of the text."""
CELLS = st.text(st.characters(exclude_categories=BREAKS, exclude_characters='"'), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=6))
def test_nothing_in_a_cell_breaks_the_reader(rows):
    lines = ["Reference\tPlan\tLast visit\tSeen", "C1\tCP\t\t", *("\t".join(row) for row in rows)]
    text = "\n".join(lines)
    read = found_in(pasted_table(text), {column_key("Reference"): "reference"}, WRITTEN)
    for child in read.children:
        assert child.reference
        assert all(isinstance(visit, FoundVisit) and visit.on <= WRITTEN for visit in child.visits)


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("[columns]\n'Who' = 'number'", "takes “Who” for 'number', which is no field. The fields are: reference,"),
        ("dates = 'year'", "Write “day” or “month”"),
        ("columns = ['Who']", 'Write [columns], and under it lines of "heading" = "field".'),
        ("[columns]\n'Who' = ['reference']", "takes “Who” for ['reference'], which is no field."),
        ("[columns]\n'Who' = 'name'\n'SW' = 'name'", "takes both “Who” and “SW” for name."),
        ("colums = {}", "has colums, which no mapping has. It may have: columns, dates, sheet, encoding."),
        ("encoding = 'klingon'", "has encoding = 'klingon', which is none."),
    ],
)
def test_a_mapping_is_refused_by_what_in_it_cannot_be_followed(mapping, sentence):
    with pytest.raises(Refused, match=re.escape(sentence)):
        answers_of_mapping(mapping, "ours.toml")
