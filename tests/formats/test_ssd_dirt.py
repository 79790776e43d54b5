"""What is wrong with extracts: each fault is told by file, row and column, and the rest is read. Nothing is ever raised."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.core.errors import Refused
from planner.core.found import Found, Problem
from planner.formats.apart import Limits, read_apart
from planner.formats.csv_rows import csv_rows
from planner.formats.safety import checked_file
from planner.formats.ssd import Ssd
from planner.formats.ssd_staff import NO_SHARE
from planner.formats.ssd_tables import TABLES
from tests.helpers.ssd_tables import START, Rows, a_child, csv_text, write_extract

LATER = date(2026, 10, 5)
VISITS = [{"id": "V1", "on": START, "seen": "Y"}, {"id": "V2", "on": LATER, "seen": "Y"}]
HEADINGS = "cppv_cp_visit_id,cppv_person_id,cppv_cp_visit_date,cppv_cp_visit_seen,cppv_cp_visit_seen_alone,cppv_cp_visit_bedroom"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Found]:
    """Reads a sound extract of one child in which some tables are replaced by text or bytes."""

    def _read(files: Mapping[str, str | bytes] | None = None, **tables: Rows) -> Found:
        folder = write_extract(tmp_path / "extract", a_child(**tables))
        for name, content in (files or {}).items():
            raw = content if isinstance(content, bytes) else content.encode()
            (folder / f"ssd_{name}.csv").write_bytes(raw)
        return Ssd().read(folder)

    return _read


def told(found: Found, code: str) -> Problem:
    """The one problem of a code; every problem has a finished sentence."""
    assert all(problem.message.endswith(".") for problem in found.problems)
    return next(problem for problem in found.problems if problem.code == code)


def visits(found: Found) -> list[date]:
    return [visit.on for child in found.children for visit in child.visits]


GOOD = f"V1,70001,{START},Y,N,N"

BLANK = "\n"
FAULTS = {
    "half a row": (f"{HEADINGS}\n{GOOD}\nV2,70001,2026-10-05\n", "row-short", 3, "", "accepted", [START, LATER]),
    "cells beyond the headings": (f"{HEADINGS}\n{GOOD},more\n", "row-long", 2, "", "accepted", [START]),
    "an open quote": (f'{HEADINGS}\n"V0,70001,2026-10-05,Y,N,N\n{GOOD}\n', "quote-open", 2, "", "refused", [START]),
    "a quote closed far below": (
        f'{HEADINGS}\n{GOOD}\n"V0{BLANK * 41}",70001,2026-10-05,Y,N,N\n',
        *("quote-open", 3, "", "refused", [START]),
    ),
    "more open quotes than are read": (
        f"{HEADINGS}\n{GOOD}\n" + '"V0\n' * 1001 + f"V2,70001,{LATER},Y,N,N\n",
        *("quote-open", None, "", "refused", [START]),
    ),
    "letters of no encoding": (
        f"{HEADINGS}\n{GOOD}\n".encode() + b"V\x81,70001," + f"{LATER},Y,N,N\n".encode(),
        *("encoding-damaged", None, "", "ask", [START, LATER]),
    ),
    "NUL bytes": (f"{HEADINGS}\nV\0001,70001,{START},Y,N,N\n", "hidden-characters", 2, "", "accepted", [START]),
    "characters without width": (f"{HEADINGS}\nV1,700\u200b01,{START},Y,N,N\n", "hidden-characters", 2, "", "accepted", [START]),
    "turned writing": (f"{HEADINGS}\nV1,\u202e70001,{START},Y,N,N\n", "hidden-characters", 2, "", "accepted", [START]),
    "a day of 1900": (f"{HEADINGS}\n{GOOD}\nV2,70001,1900-01-01,Y,N,N\n", "date-1900", 3, "C", "accepted", [START]),
    "a day of 2099": (f"{HEADINGS}\n{GOOD}\nV2,70001,2099-01-01,Y,N,N\n", "date-far", 3, "C", "refused", [START]),
    "30 February": (f"{HEADINGS}\n{GOOD}\nV2,70001,30/02/2026,Y,N,N\n", "date-not-a-day", 3, "C", "refused", [START]),
    "no date": (f"{HEADINGS}\n{GOOD}\nV2,70001,soon,Y,N,N\n", "date-unreadable", 3, "C", "refused", [START]),
    "an empty needed cell": (f"{HEADINGS}\n{GOOD}\nV2,,{LATER},Y,N,N\n", "cell-needed", 3, "B", "refused", [START]),
    "an id twice": (f"{HEADINGS}\n{GOOD}\nV1,70001,{LATER},Y,N,N\n", "id-twice", 3, "A", "refused", [START]),
    "a row twice": (f"{HEADINGS}\n{GOOD}\n{GOOD}\n", "id-twice", 3, "A", "accepted", [START]),
    "a visit of nobody known": (f"{HEADINGS}\n{GOOD}\nV2,99999,{LATER},Y,N,N\n", "person-unknown", 3, "", "refused", [START]),
    "neither yes nor no": (f"{HEADINGS}\nV1,70001,{START},perhaps,N,N\n", "flag-unknown", 2, "D", "accepted", [START]),
    "a formula": (f"{HEADINGS}\n=1+1,70001,{START},Y,N,N\n", "formula-text", 2, "A", "accepted", [START]),
    "a column twice": (f"{HEADINGS},cppv_person_id\n{GOOD},80000\n", "column-twice", 1, "G", "accepted", [START]),
    "a column missing": (f"cppv_person_id,cppv_cp_visit_date\n70001,{START}\n", "column-missing", 1, "", "accepted", [START]),
    "a needed column missing": ("cppv_person_id,cppv_cp_visit_seen\n70001,Y\n", "column-missing", 1, "", "refused", []),
    "a million columns": (f"{HEADINGS}\n{GOOD}\n{',' * 1_000_000}x\n", "row-too-wide", 3, "", "refused", [START]),
    "nothing at all": ("\n\n", "table-empty", None, "", "accepted", []),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_by_its_place_and_the_rest_is_kept(read, fault):
    text, code, row, column, outcome, kept = FAULTS[fault]
    found = read({"cp_visits": text})
    problems = [one for one in found.problems if one.code == code and one.outcome == outcome]
    assert problems, [(one.code, one.outcome, one.row) for one in found.problems if one.code != "table-missing"]
    assert (problems[0].file, problems[0].sheet) == ("ssd_cp_visits.csv", "ssd_cp_visits")
    assert (problems[0].row, problems[0].column) == (row, column)
    assert visits(found) == kept
    assert len(found.children) == 1


def test_an_end_before_its_start_is_left_out(read):
    found = read(cp_plans=[{"start": LATER, "end": START}])
    problem = told(found, "end-before-start")
    assert (problem.sheet, problem.row, problem.outcome) == ("ssd_cp_plans", 2, "refused")
    assert [(one.start, one.end) for one in found.children[0].periods] == [(LATER, None)]


def test_a_person_who_stands_twice_is_read_once_and_named(read):
    text = csv_text("person", [{"person": "70001", "forename": "Ivy"}, {"person": "70001", "forename": "Ida"}])
    found = read({"person": text})
    problem = told(found, "id-twice")
    assert (problem.row, problem.column, problem.value, problem.outcome) == (3, "A", "70001", "refused")
    assert len(found.children) == 1


def test_part_of_a_week_that_is_none_is_said_and_counts_as_full_time(read):
    found = read({"professionals": csv_text("professionals", [{"id": "P1", "full_time": 37}, {"id": "P2", "full_time": 0.6}])})
    assert [worker.full_time for worker in found.workers] == [None, 0.6]
    assert any(one.startswith(NO_SHARE) and one.endswith(": 1.") for one in found.assumed)


def test_a_table_with_nothing_in_it_stops_nothing(tmp_path):
    folder = write_extract(tmp_path / "extract", a_child())
    (folder / "ssd_cla_visits.csv").touch()
    found = read_apart(Ssd(), folder)
    assert told(found, "table-empty").file == "ssd_cla_visits.csv"
    assert len(found.children) == 1


@pytest.mark.parametrize("never", ["9999-12-31", "2099-12-31 00:00:00.000", "31/12/9999"])
def test_an_end_far_ahead_is_open(read, never):
    found = read(cp_plans=[{"start": START, "end": never}])
    assert [(one.start, one.end) for one in found.children[0].periods] == [(START, None)]


def test_rows_in_two_encodings_are_both_read_and_the_odd_one_is_named(read):
    text = csv_text("professionals", [{"id": "P1", "name": "Zo\u00eb Invented"}, {"id": "P2", "name": "Ren\u00e9 Invented"}])
    first, second, third = text.splitlines()[:3]
    raw = b"\r\n".join([first.encode(), second.encode("utf-8"), third.encode("cp1252"), b""])
    found = read({"professionals": raw})
    assert [worker.name for worker in found.workers] == ["Zo\u00eb Invented", "Ren\u00e9 Invented"]
    assert told(found, "encoding-mixed").row == 3


def test_a_child_who_was_seen_alone_and_not_seen_was_not_seen_and_that_is_asked(read):
    found = read(cp_visits=[{"on": START, "seen": "N", "alone": "Y"}, {"on": LATER, "seen": "N", "alone": "N"}])
    assert (told(found, "alone-unseen").row, told(found, "alone-unseen").outcome) == (2, "ask")
    assert [(visit.seen, visit.seen_alone) for visit in found.children[0].visits] == [(False, None), (False, False)]


def test_a_code_nobody_knows_is_kept_and_said_once(read):
    rows = [{"code": "C2", "start": START}, {"code": "Q9", "start": LATER}]
    found = read(legal_status=rows)
    problem = told(found, "code-unknown")
    assert (problem.row, problem.column, problem.value) == (3, "C", "Q9")
    assert [one.code for one in found.children[0].periods if one.what == "legal"] == ["C2", "Q9"]


def test_dates_that_can_be_read_two_ways_are_a_question_that_an_answer_settles(tmp_path):
    folder = write_extract(tmp_path / "extract", a_child(cp_visits=[{"on": "03/04/2026", "seen": "Y"}]))
    found = Ssd().read(folder)
    assert (told(found, "date-two-ways").outcome, found.questions[0].default) == ("ask", "day first")
    again = Ssd().read(folder, {found.questions[0].key: "month first"})
    assert visits(again) == [date(2026, 3, 4)]
    assert not again.questions


def test_of_a_thousand_rows_with_one_fault_a_hundred_are_named_and_the_others_counted(read):
    lines = [f"V{number},nobody,{START},Y,N,N" for number in range(1000)]
    found = read({"cp_visits": "\n".join([HEADINGS, *lines])})
    problems = [one for one in found.problems if one.code == "person-unknown"]
    assert len(problems) == 101
    assert any("900 more rows" in problem.message for problem in problems)


def test_an_extract_without_people_is_read_by_whom_the_other_tables_name(tmp_path):
    tables = a_child(cp_plans=[{"start": START}])
    del tables["person"]
    found = Ssd().read(write_extract(tmp_path / "extract", tables))
    assert [child.reference for child in found.children] == ["70001"]
    assert any("no table ssd_person" in problem.message for problem in found.problems)


# Archives


def test_a_zip_that_unpacks_to_201_megabytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "extract.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("ssd_person.csv", "w") as member,
    ):
        for _ in range(201):
            member.write(b"0" * 2**20)
    assert path.stat().st_size < 2**20
    with pytest.raises(Refused, match="unpack to more than"):
        read_apart(Ssd(), path, Limits(seconds=20))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("extract.zip", b"no archive", "is not a zip archive"),
        ("extract.zip", b"PK\x03\x04 cut short", "is damaged"),
        ("ssd_person.csv", b"PK\x03\x04", "is not text"),
        ("ssd_person.csv", b"", "is empty"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused, match=words):
        checked_file(path)


def test_a_zip_with_parts_that_point_outside_is_refused(tmp_path):
    path = tmp_path / "extract.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../ssd_person.csv", "pers_person_id\n1\n")
    with pytest.raises(Refused, match="point outside"):
        checked_file(path)


# Anything at all

_TEXT = st.text(alphabet=st.one_of(st.sampled_from(',"\n\r\0;\t\u200b\u202e=+-/ 0123456789YN'), st.characters()), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.sampled_from(sorted(TABLES)), cells=st.lists(st.lists(_TEXT, max_size=9), max_size=6), junk=st.binary(max_size=80)
)
def test_no_text_and_no_bytes_make_the_reader_raise(tmp_path, table, cells, junk):
    headings = ",".join(TABLES[table].heading(field) for field in TABLES[table].fields)
    text = "\n".join([headings, *(",".join(row) for row in cells)])
    folder = write_extract(tmp_path / "extract", a_child())
    (folder / f"ssd_{table}.csv").write_bytes(text.encode("utf-8", "surrogatepass") + junk)
    found = Ssd().read(folder)
    assert all(problem.message.endswith(".") and problem.outcome in ("accepted", "refused", "ask") for problem in found.problems)


@settings(max_examples=80, deadline=None)
@given(raw=st.binary(max_size=300))
def test_no_bytes_make_the_rows_raise(raw):
    notes: list[str] = []
    found = csv_rows(raw, lambda row, code, message, outcome: notes.append(message))
    assert len(found.rows) == len(found.numbers)
    assert all(len(row) == len(found.headings) for row in found.rows)
