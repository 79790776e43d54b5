"""What is taken from an SSD extract: each table, the worker who holds a child, and the forms it comes in."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.core.errors import Refused
from planner.core.found import Found, FoundChild
from planner.formats.apart import read_apart
from planner.formats.choosing import FORMATS, sources
from planner.formats.ssd import Ssd
from planner.formats.ssd_tables import TABLES, columns_of, named_table
from tests.helpers.ssd_tables import AS_AT, START, Rows, a_child, csv_text, write_extract

LATER = date(2026, 10, 5)


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Mapping[str, Rows]], Found]:
    """Writes tables to a folder and reads it."""
    return lambda tables: Ssd().read(write_extract(tmp_path / "extract", tables))


@pytest.fixture
def child(read: Callable[[Mapping[str, Rows]], Found]) -> Callable[..., FoundChild]:
    """The one child of tables."""

    def _child(**tables: Rows) -> FoundChild:
        [found] = read(a_child(**tables)).children
        return found

    return _child


def periods(child: FoundChild) -> list[tuple[str, str, date | None, date | None]]:
    return [(one.what, one.code, one.start, one.end) for one in child.periods]


def events(child: FoundChild) -> list[tuple[str, date]]:
    return [(one.event, one.on) for one in child.events]


def codes(found: Found) -> set[tuple[str, str]]:
    return {(one.sheet, one.code) for one in found.problems if one.code != "table-missing"}


def test_a_person_and_an_episode_make_an_open_child(child):
    found = child()
    assert (found.reference, found.initials, found.born) == ("70001", "I.I.", date(2015, 5, 4))
    assert (found.is_open, found.received_on, found.referral_source, found.team) == (True, START, "6", "Locality")
    assert (found.worker, found.adviser) == ("", "")
    assert events(found) == [("referral_received", START)]


def test_a_closed_episode_is_closed_with_its_reason(child):
    found = child(cin_episodes=[{"start": START, "end": LATER, "closure": "RC7"}])
    assert (found.status, found.ended_on, found.closure_reason) == ("closed", LATER, "RC7")


def test_former_episodes_stand_beside_the_present_one(child):
    before = {"start": date(2025, 1, 6), "end": date(2025, 6, 2), "closure": "RC7"}
    found = child(cin_episodes=[{"start": START}, before])
    assert (found.received_on, found.is_open) == (START, True)
    assert [(one.received_on, one.ended_on, one.closure_reason) for one in found.earlier] == [
        (date(2025, 1, 6), date(2025, 6, 2), "RC7")
    ]


def test_a_referral_without_further_action_opens_nothing(read):
    found = read(a_child(cin_episodes=[{"start": START, "nfa": "Y"}], involvements=[]))
    assert found.children == ()
    assert any("left out: 1" in sentence for sentence in found.assumed)


@pytest.mark.parametrize(
    ("table", "plan"), [("cin_plans", "cin"), ("cp_plans", "cp"), ("cin_assessments", "assessment"), ("cla_episodes", "lac")]
)
def test_each_plan_has_its_table(child, table, plan):
    found = child(**{table: [{"start": START, "category": "NEG", "reason": "S"}]})
    assert periods(found) == [("plan", plan, START, None)]
    assert found.status == plan


def test_assessments_enquiries_conferences_and_reviews_give_their_events(child):
    found = child(
        cin_assessments=[{"start": START, "end": LATER}],
        s47_enquiry=[{"start": START, "end": LATER}],
        initial_cp_conference=[{"on": LATER, "transfer_in": "N"}],
        cp_reviews=[{"on": AS_AT}],
    )
    assert set(events(found)) == {
        ("referral_received", START),
        ("assessment_started", START),
        ("assessment_authorised", LATER),
        ("strategy_discussion", START),
        ("section_47_started", START),
        ("section_47_ended", LATER),
        ("icpc_held", LATER),
        ("cp_review_held", AS_AT),
    }


def test_episodes_of_one_period_of_care_are_one_period(child):
    care = {"period": "L1", "reason": "S"}
    found = child(
        cla_episodes=[
            {"start": START, "end": LATER, "placement": "H1", **care},
            {"start": LATER, "placement": "H2", **care, "reason": "P"},
        ],
        cla_placement=[
            {"id": "H1", "start": START, "end": LATER, "type": "U6", "period": "L1"},
            {"id": "H2", "start": LATER, "type": "K2", "provider": "PR4", "period": "L1", "person": ""},
        ],
        legal_status=[{"code": "C2", "start": START}],
        cla_reviews=[{"period": "L1", "on": LATER, "cancelled": "N"}, {"period": "L1", "on": AS_AT, "cancelled": "Y"}],
    )
    assert periods(found) == [
        ("plan", "lac", START, None),
        ("legal", "C2", START, None),
        ("placement", "U6", START, LATER),
        ("placement", "K2", LATER, None),
    ]
    assert [one.reason for one in found.periods if one.what == "placement"] == ["S", "P"]
    assert ("lac_review_held", LATER) in events(found)
    assert ("lac_review_held", AS_AT) not in events(found)


def test_a_care_leaver_has_a_spell_a_contact_and_an_adviser(child):
    leaver = {"eligibility": "Former relevant", "contact": AS_AT, "pathway": LATER, "adviser": "P2"}
    found = child(person=[{"born": date(2007, 3, 1)}], care_leavers=[leaver])
    assert periods(found) == [("plan", "care_leaver", date(2025, 3, 1), None)]
    assert [(one.on, one.standing) for one in found.visits] == [(AS_AT, "contact")]
    assert found.adviser == "Max Invented"


# Visits


def test_every_visit_comes_with_what_was_seen(child):
    found = child(
        cp_visits=[
            {"on": LATER, "seen": "Y", "alone": "N", "bedroom": "Y"},
            {"on": AS_AT, "seen": "N"},
        ]
    )
    assert [(one.on, one.seen, one.seen_alone, one.bedroom_seen) for one in found.visits] == [
        (LATER, True, False, True),
        (AS_AT, False, None, None),
    ]


def test_one_visit_known_under_two_plans_is_one_visit(child):
    found = child(
        cin_visits=[{"id": "V1", "on": LATER, "seen": "Y", "alone": "N"}],
        cp_visits=[{"id": "V2", "on": LATER, "seen": "NULL", "alone": "Y"}],
    )
    [visit] = found.visits
    assert (visit.seen, visit.seen_alone, visit.source_ids) == (True, True, ("ssd cin_visits V1", "ssd cp_visits V2"))


# Who holds the child


def held(*rows: tuple[str, date, date | None]) -> Rows:
    return [
        {"id": str(number), "worker": worker, "role": "Allocated Case Worker", "start": start, "end": end}
        for number, (worker, start, end) in enumerate(rows, start=1)
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (held(("P1", START, None)), [("P1", START, None)]),
        (held(("P1", START, LATER), ("P2", LATER, None)), [("P1", START, LATER), ("P2", LATER, None)]),
        (held(("P2", LATER, None), ("P1", START, None)), [("P1", START, LATER), ("P2", LATER, None)]),
        (held(("P1", START, None), ("P2", START, None)), [("P2", START, None)]),
        (held(("P1", START, AS_AT), ("P2", LATER, None)), [("P1", START, LATER), ("P2", LATER, None)]),
        (held(("P1", START, None), ("P2", LATER, AS_AT)), [("P1", START, None)]),
    ],
)
def test_the_open_allocated_case_worker_with_the_latest_start_and_highest_id_holds_the_child(child, rows, expected):
    found = child(involvements=rows)
    assert [(one.worker_id, one.start, one.end) for one in found.allocations] == expected


def test_other_involvements_hold_nobody_and_are_counted(read):
    found = read(a_child(involvements=[{"worker": "P1", "role": "SCHOOL NURSE", "start": START}]))
    assert found.children[0].allocations == ()
    assert "Involvements in other roles, left out: SCHOOL NURSE: 1." in found.assumed


def test_the_reason_for_a_change_is_kept(child):
    rows = [{"worker": "P1", "role": "ALLOCATED CASE WORKER", "start": START, "end": LATER, "reason": "LEFTRL"}]
    assert child(involvements=rows).allocations[0].end_code == "LEFTRL"


def test_professionals_have_number_agency_hours_and_team(read):
    staff = [{"id": "P1", "name": "Lou Invented", "swe": "SW1", "agency": "Y", "full_time": "0.6"}]
    [worker] = read(a_child() | {"professionals": staff}).workers
    assert (worker.name, worker.swe_number, worker.is_agency, worker.full_time, worker.team) == (
        "Lou Invented",
        "SW1",
        True,
        0.6,
        "Locality",
    )


@pytest.mark.parametrize("team", ["T1", "Locality"])
def test_a_team_stands_by_its_id_or_by_its_name(child, team):
    row = {"worker": "P1", "role": "ALLOCATED CASE WORKER", "start": START, "team": team}
    assert child(involvements=[row]).team == "Locality"


def test_without_involvements_the_worker_is_that_of_the_plan(read):
    tables = a_child(cin_plans=[{"start": START, "worker": "P2"}])
    del tables["involvements"]
    found = read(tables)
    assert (found.children[0].allocations, found.children[0].worker) == (None, "Max Invented")


# What an extract cannot know


def test_a_child_s_source_says_which_tables_were_not_there(child):
    found = child(cp_plans=[{"start": START}], cp_reviews=[], s47_enquiry=[])
    assert found.source.startswith("ssd without ")
    assert "visit" in found.source
    assert "cp_review_held" not in found.source


def test_missing_tables_are_said_and_the_rest_is_read(read):
    found = read(a_child())
    missing = {one.message for one in found.problems if one.code == "table-missing"}
    assert "There is no table ssd_cp_visits, so no child protection visits were read." in missing
    assert len(found.children) == 1


# The forms it comes in


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("place", ["extract", "extract.zip"])
def test_a_folder_or_zip_is_read_in_any_encoding(tmp_path, encoding, place):
    tables = a_child() | {"professionals": [{"id": "P1", "name": "Zo\u00eb Invented"}]}
    path = write_extract(tmp_path / place, tables, encoding)
    assert Ssd().recognises(path)
    found = Ssd().read(path)
    assert [worker.name for worker in found.workers] == ["Zo\u00eb Invented"]
    assert len(found.children) == 1


def test_csv_files_chosen_one_by_one_are_read_together_apart(tmp_path):
    folder = write_extract(tmp_path / "extract", a_child(cp_visits=[{"on": LATER, "seen": "Y"}]))
    together = Ssd().of_files(sorted(folder.glob("*.csv")))
    assert together is not None
    found = read_apart(together, folder)
    assert found == replace(Ssd().read(folder), source=found.source)
    assert Ssd().of_files([folder / "budget.csv"]) is None


@pytest.mark.parametrize("form", ["folder", "zip", "files"])
def test_what_was_not_read_is_said(tmp_path, form):
    folder = write_extract(tmp_path / "extract", a_child())
    for name in ("ssd_contacts", "SSD_Mother_20261120", "ssd_cp_visit"):
        (folder / f"{name}.csv").write_text("id\r\n1\r\n", encoding="utf-8")
    files = sorted(folder.glob("*.csv"))
    if form == "zip":
        with zipfile.ZipFile(tmp_path / "extract.zip", "w") as archive:
            for file in files:
                archive.write(file, file.name)
    chosen = {"folder": [folder], "zip": [tmp_path / "extract.zip"], "files": files}[form]
    extract, *rest = sources(chosen)
    said = [one for one in extract.format.read(extract.path).assumed if "left out" in one]
    others = ["Files that were left out, as no table of the dataset has their names: ssd_cp_visit.csv."]
    assert said == [
        "Tables of the dataset that were left out, for the planner does not read them: ssd_contacts, ssd_mother.",
        *(others if form != "files" else []),
    ]
    assert [(one.format.name, one.path.name) for one in rest] == ([("table", "ssd_cp_visit.csv")] if form == "files" else [])


def test_a_table_that_is_not_read_is_no_tracker_either(tmp_path):
    path = tmp_path / "ssd_contacts.csv"
    path.write_text("cont_contact_id,cont_person_id\r\n1,70001\r\n", encoding="utf-8")
    (source,) = sources([path])
    with pytest.raises(Refused, match="none of the tables of an SSD extract"):
        source.format.read(source.path)


def test_headings_without_letters_before_them_and_in_capitals_are_found(tmp_path):
    folder = write_extract(tmp_path / "extract", a_child())
    renamed = {"on": "CP_VISIT_DATE", "seen": "Cp Visit Seen", "person": "PERSON_ID"}
    text = csv_text("cp_visits", [{"person": "70001", "on": LATER, "seen": "y"}], renamed=renamed)
    (folder / "CP_VISITS.CSV").write_text(text, encoding="utf-8", newline="")
    [child] = Ssd().read(folder).children
    assert [(one.on, one.seen) for one in child.visits] == [(LATER, True)]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("ssd_person", "person"),
        ("SSD_CP_Visits", "cp_visits"),
        ("dbo.ssd_cla_placement", "cla_placement"),
        ("cin_episodes_20261120", "cin_episodes"),
        ("hdm_ssd_s47_enquiry", "s47_enquiry"),
        ("ssd_assessment_factors", ""),
        ("list_7", ""),
        ("contact_person", ""),
    ],
)
def test_a_table_is_known_by_its_file_s_name(name, table):
    assert named_table(name) == table


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_field_is_found_under_its_own_name(name):
    table = TABLES[name]
    found, twice = columns_of(table, [table.heading(field).upper() for field in table.fields])
    assert found == {field.key: place for place, field in enumerate(table.fields) if field.is_read}
    assert twice == []


@pytest.mark.parametrize("written", ["2026-10-05 00:00:00.000", "2026-10-05", "2026-10-05T00:00:00", "05/10/2026", "5 Oct 2026"])
def test_a_day_is_read_however_it_is_written(child, written):
    visits: Any = [{"on": written, "seen": "Y"}, {"on": "2026-10-30", "seen": "Y"}, {"on": "31/10/2026", "seen": "Y"}]
    assert child(cp_visits=visits).visits[0].on == LATER


def test_the_guess_at_its_day_is_the_newest_day_it_knows(read):
    assert read(a_child(cp_visits=[{"on": AS_AT, "seen": "Y"}])).as_at == AS_AT


def test_what_is_no_extract_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    assert not Ssd().recognises(tmp_path / "empty")
    with pytest.raises(Refused, match="none of the tables"):
        Ssd().read(tmp_path / "empty")


def test_it_is_one_of_the_formats():
    assert "ssd" in [form.name for form in FORMATS]
