"""The command line as a person or a script runs it: real runs of `main`, its JSON, its exit statuses and its sentences."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from planner.actions.workspace import Workspace
from planner.cli import main
from planner.core.records import Child, Event, Person, Sighting, Team, Visit, Worker
from tests.helpers.annex_a_workbook import AS_AT, row, write_workbook
from tests.helpers.people import NOW, FilledFiles
from tests.helpers.small_workspace import TODAY, a_team, put_all

PASSPHRASE = "violet kettle marmalade orbit"
DUE_KEYS = [
    "id",
    "subject",
    "child",
    "name",
    "worker",
    "team",
    "plan",
    "rule",
    "kind",
    "due",
    "book_by",
    "state",
    "days_late",
    "last",
    "why",
]
LOAD_KEYS = [
    "worker",
    "team",
    "cases",
    "families",
    "by_plan",
    "unweighted",
    "used",
    "available",
    "percent",
    "state",
    "overdue_visits",
]
PROBLEM_KEYS = ["file", "sheet", "row", "column", "heading", "value", "code", "message", "outcome"]

Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cheap_passphrases: None) -> Path:
    """A folder to work in, and the passphrase and the person as a script gives them."""
    monkeypatch.setenv("PLANNER_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("PLANNER_PERSON", "Ann Manager")
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def team(files: Path, filled_files: FilledFiles) -> Path:
    """A workspace of two teams with a worker of the same name in each; C1 and C2 on a child protection plan, C3 with nobody."""
    seen = Visit(id="v", on=date(2026, 11, 6), status="made", recorded_on=date(2026, 11, 6))
    others = [
        Team(id="u", name="Team 2"),
        Worker(id="ada2", name="Ada Amber", team_id="u"),
        seen,
        Sighting(id="g", visit_id="v", child_id="c1", seen=True),
        Event(id="m", child_id="c3", event="returned_from_missing", on=TODAY, at=time(9, 30), status="held"),
        Event(id="s", worker_id="ben", event="supervision_held", on=date(2026, 11, 2), status="held"),
    ]

    def _filled(path: Path) -> Workspace:
        person = Person(id="p", name="Ann Manager")
        made = Workspace.create(path, PASSPHRASE, name="team", person=person, device_name="a laptop", clock=lambda: NOW)
        made.perform("Fill", put_all, [*a_team(), *others]).result()
        return made

    return filled_files.copied("a team of the command line", files / "team.planner", _filled)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command with --json; answers its exit status and the document, or the sentence on standard error."""

    def answer(*words: object, as_json: bool = True) -> tuple[int, Any]:
        status = main([str(word) for word in words] + ["--json"] * as_json)
        printed = capsys.readouterr()
        if status == 2:
            assert printed.out == ""
            assert printed.err.count("\n") == 1
            return status, printed.err.strip()
        assert printed.err == ""
        return status, json.loads(printed.out) if as_json else printed.out

    return answer


def cp(**values: Any) -> dict[str, Any]:
    return row(7, **({"start": date(2026, 9, 1), "team": "Team 1", "worker": "Ben Blue"} | values))


# What is owed


def test_due_has_the_keys_of_the_contract_and_one_row_for_each_obligation(team, run):
    status, said = run("due", team)
    assert (status, list(said)) == (0, ["as_at", "source_as_at", "rows"])
    assert (said["as_at"], said["source_as_at"]) == ("2026-11-23", None)
    assert all(list(one) == DUE_KEYS for one in said["rows"])
    assert len({one["id"] for one in said["rows"]}) == len(said["rows"])
    (visit,) = [one for one in said["rows"] if (one["child"], one["rule"]) == ("C1", "CP-VISIT")]
    assert visit | {"id": "", "why": ""} == {
        "id": "",
        "subject": "child",
        "child": "C1",
        "name": "1.X.",
        "worker": "Ada Amber",
        "team": "Team 1",
        "plan": "cp",
        "rule": "CP-VISIT",
        "kind": "visit",
        "due": "2026-11-20",
        "book_by": "2026-11-20",
        "state": "overdue",
        "days_late": 3,
        "last": "2026-11-06",
        "why": "",
    }
    assert all(words in visit["why"] for words in ("10 working days", "20 November"))


def test_a_workers_own_duty_has_no_child_and_a_duty_of_hours_its_minute(team, run):
    _, said = run("due", team)
    (own,) = [one for one in said["rows"] if one["subject"] == "worker"]
    assert (own["child"], own["worker"], own["rule"], own["due"]) == (None, "Ben Blue", "SUP-4W", "2026-11-30")
    (interview,) = [one for one in said["rows"] if one["rule"] == "MIS-72H"]
    assert (interview["due"], interview["state"], interview["days_late"]) == ("2026-11-26T09:30", "due", None)


@pytest.mark.parametrize(
    ("on", "as_at", "state"),
    [
        ("2026-11-20", "2026-11-20", "due"),
        ("20/11/2026", "2026-11-20", "due"),
        ("20 Nov", "2026-11-20", "due"),
        ("today", "2026-11-23", "overdue"),
        ("2026-11-06", "2026-11-06", "due"),
    ],
)
def test_the_day_looked_at_is_typed_as_people_type_it(team, run, on, as_at, state):
    _, said = run("due", team, "--on", on)
    assert said["as_at"] == as_at
    assert [one["state"] for one in said["rows"] if (one["child"], one["rule"]) == ("C1", "CP-VISIT")] == [state]


def test_until_worker_and_team_narrow_what_is_due(team, run):
    everything = run("due", team)[1]["rows"]
    until = run("due", team, "--until", "2026-11-20")[1]["rows"]
    assert until == [one for one in everything if one["due"] is None or one["due"][:10] <= "2026-11-20"]
    assert {one["worker"] for one in run("due", team, "--worker", "ben")[1]["rows"]} == {"Ben Blue"}
    assert {one["child"] for one in run("due", team, "--worker", "Ada Amber", "--team", "Team 1")[1]["rows"]} == {"C1", "C2"}
    assert run("due", team, "--worker", "Ada Amber", "--team", "Team 2")[1]["rows"] == []


def test_caseload_has_the_keys_of_the_contract(team, run):
    status, said = run("caseload", team)
    assert (status, list(said)) == (0, ["as_at", "workers", "unallocated"])
    assert all(list(one) == LOAD_KEYS for one in said["workers"])
    ada = next(one for one in said["workers"] if (one["worker"], one["team"]) == ("Ada Amber", "Team 1"))
    assert (ada["cases"], ada["families"], ada["by_plan"], ada["unweighted"], ada["overdue_visits"]) == (2, 1, {"cp": 2}, 0, 2)
    assert all((one["percent"] is None) == (one["state"] == "no capacity") for one in said["workers"])
    assert [one["child"] for one in said["unallocated"]] == ["C3"]


# Refusals


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("due", "TEAM", "--on", "29/02/2027"), "is not a date"),
        (("due", "TEAM", "--until", "soon"), "is not a date"),
        (("due", "TEAM", "--worker", "Ada Amber"), "Name their team with --team"),
        (("due", "TEAM", "--worker", "Zed"), "No worker is called Zed"),
        (("due", "TEAM", "--team", "team"), "fits 2: Team 1, Team 2"),
        (("due", "TEAM", "--me", "Zed"), "No person is called Zed"),
        (("caseload", "TEAM", "--team", "Team 9"), "No team is called Team 9"),
        (("due", "FOLDER/none.planner"), "There is no workspace"),
        (("due", "FOLDER/plain.planner"), "not encrypted"),
        (("due", "FOLDER/empty.planner"), "not a workspace"),
        (("check", "FOLDER"), ""),
        (("new", "TEAM"), "already"),
        (("new", "FOLDER/Dropbox/x.planner"), "another program copies"),
        (("new", "FOLDER/x.planner", "--me", " "), "--me"),
        (("demo", "southampton", "TEAM"), "already"),
        (("demo", "york", "FOLDER/y.planner"), "not known: 'york'"),
        (("import", "TEAM", "FOLDER/none.xlsx"), "is not there"),
        (("due", "FOLDER"), "is a folder"),
        (("import", "TEAM", "FOLDER/notes.txt"), "not a file the planner knows"),
        (("import", "TEAM", "FOLDER/notes.txt", "--as", "ssd2"), "No format is called ssd2"),
        (("import", "TEAM"), "SOURCE"),
        (("print", "TEAM", "allocation"), "--out"),
        (("print", "TEAM", "nothing", "--out", "FOLDER/o.pdf"), "No report is called nothing"),
        (("print", "TEAM", "allocation-sheet", "--out", "FOLDER"), "cannot be written"),
        (("print", "TEAM", "kpi-exceptions", "--out", "FOLDER/o.docx"), "and not as .docx"),
        (("print", "TEAM", "monday-brief", "--worker", "Ben Blue", "--out", "FOLDER/o.pdf"), "Leave --worker out"),
        (("restore", "FOLDER/notes.txt", "FOLDER/r.planner"), ""),
        (("rules", "check"), "Name the file of facts"),
        (("rules", "check", "FOLDER/none.json"), "cannot be read"),
        (("rules", "check", "FOLDER/notes.txt"), "is not JSON"),
        (("rules", "check", "FOLDER/number.json"), "no list"),
        (("rules", "list", "--policy", "FOLDER/latin.toml"), "UTF-8"),
        (("rules", "list", "--policy", "FOLDER/odd.toml"), "odd"),
        (("fnord",), "not known: 'fnord'"),
        (("due",), "FILE"),
        (("due", "TEAM", "--colour", "red"), "known: --colour red"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(team, files, run, words, sentence):
    (files / "plain.planner").write_bytes(b"SQLite format 3\0" + bytes(4096))
    (files / "empty.planner").touch()
    (files / "notes.txt").write_text("some notes", encoding="utf-8")
    (files / "number.json").write_text("5", encoding="utf-8")
    (files / "latin.toml").write_bytes("title = “Übung”".encode("utf-16"))
    (files / "odd.toml").write_text('[[rule]]\nid = "CP-VISIT"\ncolour = "red"\n', encoding="utf-8")
    before = team.stat().st_mtime_ns
    status, said = run(*(word.replace("TEAM", str(team)).replace("FOLDER", str(files)) for word in words))
    assert status == 2
    assert sentence in said
    assert said.endswith(".")
    assert not {"invalid", "error", "please", "sorry"} & set(said.lower().split())
    assert team.stat().st_mtime_ns == before or words[0] == "due"


def test_a_wrong_passphrase_and_none_at_all_are_refused(team, files, run, monkeypatch):
    (files / "ours").write_text(PASSPHRASE, encoding="utf-8-sig")
    assert run("due", team, "--passphrase-file", files / "ours")[0] == 0
    (files / "wrong").write_text("a quite different phrase\n", encoding="utf-8")
    assert "does not open" in run("due", team, "--passphrase-file", files / "wrong")[1]
    assert "no passphrase" in run("due", team, "--passphrase-file", files / "missing")[1]
    monkeypatch.delenv("PLANNER_PASSPHRASE")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert "PLANNER_PASSPHRASE" in run("due", team)[1]


def test_a_second_program_on_the_same_workspace_is_told_who_has_it(team):
    held = Workspace.open(team, PASSPHRASE, device_name="a laptop", clock=lambda: NOW)
    try:
        other = subprocess.run(
            [sys.executable, "-m", "planner", "due", str(team), "--json"], capture_output=True, text=True, check=False
        )
    finally:
        held.close()
    assert (other.returncode, other.stdout) == (2, "")
    assert "is open" in other.stderr
    assert "newest backup" in other.stderr


# Making, checking, backing up


def test_a_new_workspace_is_empty_sound_and_opens_again(files, run):
    status, said = run("new", files / "one.planner", "--me", "Zoe")
    assert (status, said["ok"], said["person"]) == (0, True, "Zoe")
    status, found = run("check", files / "one.planner", "--me", "Zoe")
    assert (status, found["ok"], found["findings"]) == (0, True, [])
    assert "one backups" in found["backups"]
    assert run("due", files / "one.planner", "--me", "Zoe")[1]["rows"] == []


def test_a_backup_comes_back_as_the_same_workspace_and_never_over_another(team, files, run):
    status, said = run("backup", team, "--to", files / "kept.planner-backup")
    assert (status, said["ok"], Path(said["backup"])) == (0, True, files / "kept.planner-backup")
    assert run("restore", said["backup"], team)[0] == 2
    assert run("restore", said["backup"], files / "back.planner")[0] == 0
    assert run("due", files / "back.planner") == run("due", team)


# Importing


def test_an_import_has_the_keys_of_the_contract_and_twice_changes_nothing(team, files, run):
    source = write_workbook(files / "annex a.xlsx", {7: [cp(child="80001", visit=date(2026, 11, 9)), cp(child="80002")]})
    status, said = run("import", team, source, "--as-at", AS_AT.isoformat())
    assert (status, list(said)) == (0, ["source", "format", "added", "changed", "same", "assumed", "problems"])
    assert (said["source"], said["format"], said["added"]["child"], said["changed"]) == ("annex a.xlsx", "annex-a", 2, {})
    assert all(list(one) == PROBLEM_KEYS for one in said["problems"])
    again = run("import", team, source, "--as-at", AS_AT.isoformat())[1]
    assert (again["added"], again["changed"]) == ({}, {})
    assert run("due", team)[1]["source_as_at"] == AS_AT.isoformat()


def test_a_row_that_needs_a_person_is_exit_status_1_with_its_place(team, files, run):
    source = write_workbook(files / "dates.xlsx", {7: [cp(child="80001", visit="29/02/2027")]})
    status, said = run("import", team, source, "--as-at", AS_AT.isoformat())
    (problem,) = [one for one in said["problems"] if one["outcome"] == "refused"]
    assert status == 1
    assert (problem["sheet"], problem["row"], problem["column"], problem["value"]) == ("List 7", 2, "J", "29/02/2027")


def test_a_dry_run_says_what_would_change_and_changes_nothing(team, files, run):
    source = write_workbook(files / "annex a.xlsx", {7: [cp(child="80001")]})
    before = run("due", team)
    said = run("import", team, source, "--as-at", AS_AT.isoformat(), "--dry-run")[1]
    assert said["added"]["child"] == 1
    assert run("due", team) == before


@pytest.mark.parametrize("second", ["garbage", "older"])
def test_of_two_sources_both_are_imported_or_neither(team, files, run, second):
    good = write_workbook(files / "good.xlsx", {7: [cp(child="80001", visit=date(2026, 11, 9))]})
    bad = write_workbook(files / "bad.xlsx", {7: [cp(child="80002", visit=date(2026, 10, 1))]})
    if second == "garbage":
        bad.write_bytes(b"no workbook")
    before = run("due", team)
    assert run("import", team, good, bad)[0] == 2
    assert run("due", team) == before


def test_two_sources_are_one_step_and_two_documents(team, files, run):
    older = write_workbook(files / "older.xlsx", {7: [cp(child="80001", visit=date(2026, 10, 1))]})
    newer = write_workbook(files / "newer.xlsx", {7: [cp(child="80001", visit=date(2026, 11, 9))]})
    _, said = run("import", team, older, newer)
    assert [one["source"] for one in said] == ["older.xlsx", "newer.xlsx"]
    opened = Workspace.open(team, PASSPHRASE, device_name="a laptop", clock=lambda: NOW)
    opened.undo().result()
    references = {child.reference for child in opened.snapshot.all(Child).values()}
    opened.close()
    assert references == {"C1", "C2", "C3"}


def test_a_plan_that_stands_twice_in_a_list_has_one_set_of_clocks(team, files, run):
    source = write_workbook(files / "twice.xlsx", {7: [cp(child="80001", visit=date(2026, 11, 9)), cp(child="80001")]})
    run("import", team, source, "--as-at", AS_AT.isoformat())
    rules = [one["rule"] for one in run("due", team)[1]["rows"] if one["child"] == "80001"]
    assert sorted(rules) == sorted(set(rules))


# Printing and rules


def test_a_sheet_is_written_as_a_pdf(team, files, run):
    listed = run("print", "--list")[1]["reports"]
    assert {"allocation-sheet", "worker-week", "caseload-sheet"} <= {one["report"] for one in listed}
    status, said = run("print", team, "worker-week", "--worker", "ben", "--out", files / "ben.pdf")
    assert (status, said["ok"], Path(said["out"])) == (0, True, files / "ben.pdf")
    assert "Ben Blue" in PdfReader(files / "ben.pdf").pages[0].extract_text()


def test_a_sheet_that_is_typed_back_has_its_number_and_one_that_is_not_written_has_none(team, files, run):
    ada = ("print", team, "chase-sheet", "--worker", "ada", "--team", "Team 1")
    sheet = (*ada, "--out")
    assert run(*sheet, files)[0] == 2
    for _ in range(2):
        assert run(*sheet, files / "ben.pdf")[0] == 0
        assert "Sheet 1" in PdfReader(files / "ben.pdf").pages[0].extract_text()
    assert run(*ada, "--on", "2026-11-20", "--out", files / "past.pdf")[0] == 0
    assert "Sheet" not in PdfReader(files / "past.pdf").pages[0].extract_text()


def test_a_report_with_rows_is_written_as_a_spreadsheet_and_for_the_month_asked(team, files, run):
    asked = ("print", team, "kpi-exceptions", "--month", "2026-10-05", "--out", files / "kpis.csv")
    assert run(*asked)[0] == 0
    written = (files / "kpis.csv").read_text("utf-8-sig")
    assert "October 2026" in written.splitlines()[1]
    assert "Child protection visits in time" in written
    assert run(*asked[:-1], files / "kpis.pdf")[0] == 0
    assert "October 2026" in PdfReader(files / "kpis.pdf").pages[0].extract_text()
    status, sentence = run("print", team, "monday-brief", "--out", files / "brief.xlsx")
    assert (status, "no rows for a spreadsheet" in sentence) == (2, True)


def test_kpis_are_answered_in_the_shape_of_the_contract(team, run):
    status, answer = run("kpis", team, "--from", "2026-11-01", "--to", "2026-11-20")
    assert (status, answer["from"], answer["to"]) == (0, "2026-11-01", "2026-11-20")
    names = ["id", "title", "value", "unit", "numerator", "denominator", "target", "met", "definition", "excluded"]
    assert all(list(one) == names for one in answer["measures"])
    assert run("kpis", team)[1]["to"] == "2026-11-30"
    assert run("kpis", team, "--from", "2026-11-20", "--to", "2026-11-01")[0] == 2


def test_facts_in_a_file_are_answered_in_the_shape_of_the_contract(files, run):
    facts = {"as_at": "2026-11-23", "spells": [{"plan": "cp", "start": "2026-11-06"}]}
    (files / "facts.json").write_text(json.dumps([{"id": "one", "facts": facts}]), encoding="utf-8-sig")
    status, (answer,) = run("rules", "check", files / "facts.json")
    assert (status, list(answer), answer["id"]) == (0, ["id", "owed"], "one")
    assert all(list(one) == ["rule", "kind", "due", "book_by", "state", "why"] for one in answer["owed"])
    visit = next(one for one in answer["owed"] if one["rule"] == "CP-VISIT")
    assert (visit["due"], visit["state"]) == ("2026-11-20", "overdue")


def test_a_councils_policy_is_laid_over_englands_and_what_is_looser_is_said(files, run):
    (files / "ours.toml").write_text('title = "Ours"\n[[rule]]\nid = "LAC-V6W"\nevery = "8 weeks"\n', encoding="utf-8-sig")
    plain, ours = run("rules", "list")[1], run("rules", "list", "--policy", files / "ours.toml")[1]
    assert (plain["ok"], ours["ok"]) == (True, False)
    assert "LAC-V6W" in ours["looser"][0]


def test_without_json_an_answer_is_lines_for_a_person(team, run):
    lines = run("due", team, as_json=False)[1].splitlines()
    assert lines[0] == "As at 2026-11-23"
    assert lines[1].split() == ["child", "plan", "rule", "due", "state", "worker"]
    assert run("check", team, as_json=False)[1].startswith("ok: True")
    first_visit = next(line for line in run("rules", "list", as_json=False)[1].splitlines() if line.startswith("LAC-V1 "))
    cells = ["LAC-V1", "First visit of a placement", "1 week", "-", "yes", "CPPCR reg 28(2)(a)"]
    assert re.split(" {2,}", first_visit) == cells
