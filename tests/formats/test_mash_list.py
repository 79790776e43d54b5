"""The front door's list: columns, dates, siblings, and what is asked of each line."""

from datetime import date, datetime, time

import pytest

from planner.actions.shipped import reference
from planner.core.plain_table import PlainRow, PlainTable
from planner.formats.child_names import dotted
from planner.formats.mash_list import ReadingOf, guessed, lines_of, order_of_days
from planner.formats.table import pasted_table

TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)
HEAD = "Child ID\tChild\tDOB\tReferral date\tReferrer\tPriority\tVisit within\n"


def read(text, answers=None, day_first=None, prefix=""):
    table = pasted_table(text) if isinstance(text, str) else text
    columns = {guess.key: guess.column for guess in guessed(table, TODAY) if guess.key}
    how = ReadingOf(columns=columns, referred_on=TODAY, received_on=TODAY, day_first=day_first, answers=answers, prefix=prefix)
    return lines_of(table, how, TODAY, reference().calendar)


@pytest.mark.parametrize(
    ("typed", "prefix", "read_as"), [("50", "C", "C50"), ("c50", "C", "C50"), ("P/50", "C", "P/50"), ("50", "", "50")]
)
def test_a_reference_is_written_as_those_here(typed, prefix, read_as):
    (line,) = read(HEAD + f"{typed}\tAda Brown\t13/4/2019\t20/11/2026\tPolice\tHigh\t24h", prefix=prefix)
    assert line.referred.reference == read_as


def test_a_line_is_read_whole():
    (line,) = read(HEAD + "C50\tAda Brown\t13/4/2019\t20/11/2026\tPolice\tHigh\t24h")
    one = line.referred
    assert (one.reference, one.initials, one.name, one.born) == ("C50", "A.B.", "Ada Brown", date(2019, 4, 13))
    assert (one.referred_on, one.received_on, one.first_visit_by) == (FRIDAY, TODAY, date(2026, 11, 24))
    assert (one.referral_source, one.priority, line.doubts, line.row) == ("6", "high", (), 2)


@pytest.mark.parametrize(
    ("cells", "key", "says"),
    [
        ("C50\tA.B.\t31/02/2019\t20/11/2026\t\t\t", "born", "no such day"),
        ("C50\tA.B.\t13/4/2019\tsoon\t\t\t", "referred_on", "not a date"),
        ("C50\tA.B.\t13/4/2019\t25/11/2026\t\t\t", "referred_on", "after the day received"),
        ("C50\tA.B.\t13/4/1971\t20/11/2026\t\t\t", "born", "No child"),
        ("C50\tA.B.\t13/4/2019\t20/11/2026\tthe moon\t\t", "referral_source", "not a source"),
        ("C50\tA.B.\t13/4/2019\t20/11/2026\t\tmauve\t", "priority", "urgent, high, normal, low"),
        ("C50\tA.B.\t13/4/2019\t20/11/2026\t\t\twhenever", "first_visit_by", "not a date"),
        ("C50\tA.B.\t13/4/2019\t20/11/2026\t\t\t19/11/2026", "first_visit_by", "before the day received"),
        ("\t\t13/4/2019\t20/11/2026\t\t\t", "initials", "neither"),
        ("C50\tA.B.\t29/02/2019\t20/11/26\t\t\t", "born", "no such day"),
        ("Total: 11 children\tA.B.\t29/02/2020\t20/11/26\t\t\t", "reference", "no child's reference"),
    ],
)
def test_what_is_in_doubt_is_asked_of_its_cell_and_an_answer_settles_it(cells, key, says):
    answer = {"born": "13 4 2019", "referred_on": "20/11/2026", "priority": "low", "initials": "ab", "reference": "C50"}.get(
        key, ""
    )
    (line,) = read(HEAD + cells)
    assert [doubt.key for doubt in line.doubts] == [key]
    assert says in line.doubts[0].sentence
    (settled,) = read(HEAD + cells, {(2, key): answer})
    assert settled.doubts == ()


def test_siblings_are_put_together_by_family_else_address_else_surname():
    by_surname = read(
        "Name\tDate of referral\nAda Brown\t20/11/2026\nBen Brown\t20/11/2026\nCara Green\t20/11/2026\nDan Brown\t20/11/2026"
    )
    assert [line.together for line in by_surname] == ["surname", "surname", "", ""]
    assert by_surname[0].referred.household == by_surname[1].referred.household != ""
    by_family = read("Name\tFamily ID\nAda Brown\t7\nBen Green\t7\nCara Green\t8")
    assert [line.together for line in by_family] == ["family", "family", ""]
    by_address = read("Name\tPostcode\nAda Brown\tW1 1AA\nBen Green\tw1  1aa")
    assert [line.together for line in by_address] == ["address", "address"]


def test_a_name_with_the_surname_first_is_turned_round():
    (line,) = read("Name\tDate of referral\nBrown, Ada\t20/11/2026")
    assert (line.referred.name, line.referred.initials) == ("Ada Brown", "A.B.")


def test_a_child_not_yet_born_is_expected():
    (line,) = read(HEAD + "\tU.B.\t13/2/2027\t20/11/2026\t\t\t")
    assert (line.referred.born, line.referred.expected, line.doubts) == (None, date(2027, 2, 13), ())


def test_the_time_received_is_kept():
    rows = (PlainRow(1, ("Initials", "Received")), PlainRow(2, ("AB", datetime(2026, 11, 20, 14, 30))))
    (line,) = read(PlainTable(every_row=rows, heading_row=1))
    assert (line.referred.received_on, line.referred.received_at) == (FRIDAY, time(14, 30))


def test_headings_under_merged_titles_are_found_with_full_stops_and_twice_the_same():
    group = ["Child"] * 3 + ["Referral"] * 3
    heads = ["Mosaic ID", "Surname", "D.O.B", "Date of referral", "See within", "See within"]
    cells = ["C20002", "Jones", "29/02/20", "20.11.26", "5 wd", ""]
    table = pasted_table("\n".join("\t".join(row) for row in (["MASH list"] * 6, group, heads, cells)))
    assert (table.heading_row, table.headings[2]) == (3, "D.O.B")
    (line,) = read(table)
    one = line.referred
    assert (one.born, one.referred_on, one.first_visit_by) == (date(2020, 2, 29), FRIDAY, date(2026, 11, 30))


def test_notes_are_never_read():
    (line,) = read("Child ID\tInitials\tNotes\nC50\tA.B.\tA long story about somebody")
    assert "story" not in repr(line)


def test_one_answer_settles_the_order_of_day_and_month():
    text = "Child ID\tDOB\tReferral date\nC50\t3/4/2019\t2/11/2026"
    table = pasted_table(text)
    assert order_of_days(table, {"born": 1, "referred_on": 2}).two_ways == 2
    assert read(text)[0].referred.born == date(2019, 4, 3)
    assert read(text, day_first=False)[0].referred.born == date(2019, 3, 4)


@pytest.mark.parametrize(("typed", "made"), [("ab", "A.B."), ("A B", "A.B."), ("a.b.", "A.B."), ("Alexandra", "Alexandra")])
def test_initials_are_written_one_way(typed, made):
    assert dotted(typed) == made
