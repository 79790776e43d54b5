"""The sample files that lie beside the project; collected only where they do."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.labels import variants, verdicts
from planner.formats.choosing import FORMATS
from planner.formats.ssd_tables import TABLES

SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.parametrize(("name", "children"), [("Annex_A_liia-tools.xlsx", 38), ("Annex_A_broken.xlsx", 37)])
def test_a_sample_workbook_is_read(name, children):
    found = FORMATS[0].read(SHARED / "annex_a" / name)
    assert len(found.children) == children
    plans = Counter(period.code for child in found.children for period in child.periods if period.what == "plan")
    assert (plans["lac"], plans["cp"], plans["care_leaver"]) == (5, 7, 6)
    assert {period.code for child in found.children for period in child.periods if period.what == "legal"} == {"C1", "C2", "E1"}


def test_the_broken_workbook_s_faults_are_all_found():
    found = FORMATS[0].read(SHARED / "annex_a" / "Annex_A_broken.xlsx")
    places = {(problem.sheet, problem.row, problem.column, problem.outcome) for problem in found.problems}
    assert places >= {
        ("List 6", 2, "L", "ask"),
        ("List 6", 3, "G", "refused"),
        ("List 6", 4, "A", "refused"),
        ("List 7", 1, "Q", "accepted"),
        ("List 7", 2, "J", "refused"),
    }


def test_no_label_of_the_table_is_answered_wrongly_and_nine_in_ten_are_answered():
    table = SHARED / "mapping" / "annex_a_label_variants.csv"
    with table.open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.reader(file)) > 28_000
    for column, labels in variants(table).items():
        found = verdicts(column, labels)
        assert found["wrong"] == []
        assert len(found["answered"]) >= 0.9 * len(labels), column


def test_every_table_and_field_read_of_an_ssd_extract_is_one_of_the_data_set_s():
    with (SHARED / "ssd" / "ssd_fields_derived.csv").open(encoding="utf-8", newline="") as file:
        known = {(line["table"], line["field"]) for line in csv.DictReader(file)}
    ours = {(table.title, table.heading(field)) for table in TABLES.values() for field in table.fields}
    assert ours - known == set()
