"""A cell corrected on the way in is read as it should be, in every format, and that is said."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.found import Found
from planner.formats.annex_a import AnnexA
from planner.formats.corrections import column_index
from planner.formats.sheets import column_letter
from planner.formats.ssd import Ssd
from planner.formats.tracker import Tracker
from tests.helpers.annex_a_workbook import row, write_workbook
from tests.helpers.ssd_tables import a_child, write_extract

Reads = Callable[[Mapping[str, str]], Found]
SEEN_ON = date(2026, 11, 3)


def tracker(folder: Path) -> Reads:
    path = folder / "list.csv"
    path.write_text("Reference,Plan,Last visit\nC1,CP,31/11/2026\n", encoding="utf-8")
    return lambda answers: Tracker().read(path, answers)


def extract(folder: Path) -> Reads:
    path = write_extract(folder / "extract", a_child(cp_visits=[{"on": "31/11/2026", "seen": "Y"}]))
    return lambda answers: Ssd().read(path, answers)


def annex_a(folder: Path) -> Reads:
    path = write_workbook(folder / "annex a.xlsx", {7: [row(7, start=date(2026, 9, 1), visit="31/11/2026")]})
    return lambda answers: AnnexA().read(path, answers)


@pytest.mark.parametrize("source", [tracker, extract, annex_a])
def test_a_corrected_cell_is_read_and_told_and_the_file_stays_as_it_is(tmp_path, source):
    read = source(tmp_path)
    before = read({})
    problem = next(problem for problem in before.problems if problem.code == "date-not-a-day")
    beyond = problem.cell.rpartition(":")[0] + ":ZZ"
    after = read({problem.cell: "03/11/2026", "cell:no such sheet:2:A": "x", beyond: "x"})
    assert [visit.on for visit in after.children[0].visits] == [SEEN_ON]
    assert not [problem for problem in after.problems if problem.outcome == "refused"]
    assert any(one.startswith("Cells corrected on the way in") and one.endswith(": 1.") for one in after.assumed)
    assert (before.children[0].visits, after.digest) == ((), before.digest)


def test_a_problem_of_a_whole_row_or_file_has_no_cell_to_correct(tmp_path):
    found = Ssd().read(write_extract(tmp_path / "extract", a_child(cp_visits=[{"person": "nobody", "on": SEEN_ON}])))
    assert {problem.cell for problem in found.problems if not (problem.row and problem.column)} == {""}


@given(st.integers(0, 20_000))
def test_letters_of_columns_and_their_numbers_are_inverse(column):
    assert column_index(column_letter(column)) == column
