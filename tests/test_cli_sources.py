"""What the command line reads and writes of other systems: trackers by their mapping, extracts and tables."""
# ruff: noqa: F811 - the fixtures are those of the command line's own tests

import os
import signal
import threading

import pytest
import xlsxwriter

from planner.actions.trackers import remember_columns
from planner.actions.workspace import Workspace
from planner.cli import main
from planner.cli_sources import found_in_sources, import_all
from planner.core.errors import Refused
from planner.formats.table import Tables
from planner.formats.tracker import column_key, shape_of
from tests.helpers.people import NOW
from tests.helpers.ssd_tables import AS_AT, START, a_child, write_extract
from tests.test_cli import PASSPHRASE, files, run, team  # noqa: F401

MAPPING = """dates = "month"
encoding = "cp850"
[columns]
"Who" = "reference"
"When last" = "visit_on"
"Kind" = "plan"
"SW" = ""
"Team" = "team"
"""
TRACKER = "Who;When last;Kind;SW\nC70;11/06/2026;CP;Dév Patel\nC71;10/30/2026;CIN;Dev Patel\n"


def test_a_tracker_is_imported_by_its_mapping(team, files, run):
    (files / "tracker.csv").write_text(TRACKER, encoding="cp850")
    (files / "ours.toml").write_text(MAPPING, encoding="utf-8-sig")
    asked = ("import", team, files / "tracker.csv", "--mapping", files / "ours.toml", "--as-at", "2026-11-20")
    status, told = run(*asked)
    assert (status, told["format"], told["added"]["child"], told["added"]["visit"]) == (0, "table", 2, 2)
    assert "worker" not in told["added"]
    assert told["problems"] == []
    assert "Headings of the mapping that tracker.csv does not have: team." in told["assumed"]
    _, again = run(*asked)
    assert (again["added"], again["changed"]) == ({}, {})


def test_a_command_stopped_by_keys_changes_nothing_and_says_so(team, files, capsys, run):
    (files / "tracker.csv").write_text(TRACKER, encoding="utf-8")
    before, never = run("due", team)[1], files / "never.toml"
    os.mkfifo(never)

    def press_keys():
        with never.open("wb"):  # It opens once the command reads from it.
            os.kill(os.getpid(), signal.SIGINT)

    keys = threading.Thread(target=press_keys, daemon=True)
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    keys.start()
    status = main(["import", str(team), str(files / "tracker.csv"), "--mapping", str(never)])
    keys.join(5)
    signal.signal(signal.SIGINT, heard)
    assert (status, capsys.readouterr().err.count("\n")) == (130, 1)
    assert run("due", team)[1] == before


def test_an_import_stopped_while_it_saves_changes_nothing(team, files):
    write_extract(files / "extract", a_child(cp_plans=[{"start": START}]))
    workspace = Workspace.open(team, PASSPHRASE, device_name="a laptop", clock=lambda: NOW)
    workspace.sign_in("p")
    before, stopped = workspace.snapshot, threading.Event()
    found = found_in_sources([files / "extract"], "", None, workspace)
    stopped.set()
    with pytest.raises(Refused, match="stopped"):
        workspace.perform("Import", import_all, [(one, AS_AT) for one in found], stopped).result()
    assert workspace.snapshot is before
    workspace.close()


def test_a_workbook_that_is_no_annex_a_is_a_tracker_as_it_was_answered_for_before(team, files, run):
    with xlsxwriter.Workbook(str(files / "tracker.xlsx")) as book:
        sheet = book.add_worksheet("Tracker")
        for place, line in enumerate(TRACKER.splitlines()):
            sheet.write_row(place, 0, line.split(";"))
    asked = ("import", team, files / "tracker.xlsx", "--as-at", "2026-11-20")
    assert "List 3" in run(*asked, "--as", "annex-a")[1]
    assert "Say which column holds" in run(*asked)[1]
    workspace = Workspace.open(team, PASSPHRASE, device_name="a laptop", clock=lambda: NOW)
    workspace.sign_in("p")
    shape = shape_of(Tables().read(files / "tracker.xlsx")[0])
    answers = {column_key("Who"): "reference", column_key("When last"): "visit_on"}
    workspace.perform("Remember", remember_columns, shape, answers).result()
    workspace.close()
    status, told = run(*asked)
    assert (status, told["added"]["child"], told["added"]["visit"]) == (0, 2, 2)


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("columns =", "ours.toml is not TOML"),
        ("sheet = 'May'", "tracker.csv has no sheet “May”. It has: tracker."),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused_by_what_is_wrong(team, files, run, mapping, sentence):
    (files / "tracker.csv").write_text(TRACKER, encoding="utf-8")
    (files / "ours.toml").write_text(mapping, encoding="utf-8")
    status, said = run("import", team, files / "tracker.csv", "--mapping", files / "ours.toml")
    assert status == 2
    assert sentence in said


@pytest.mark.parametrize("form", ["folder", "zip", "files"])
def test_an_ssd_extract_is_imported_as_a_folder_a_zip_or_its_files(team, files, run, form):
    extract = write_extract(
        files / ("extract.zip" if form == "zip" else "extract"), a_child("80001", cp_plans=[{"start": START}])
    )
    chosen = sorted(extract.glob("*.csv")) if form == "files" else [extract]
    status, said = run("import", team, *chosen, "--as-at", AS_AT.isoformat())
    assert (status, said["format"], said["added"]["child"], said["added"]["allocation"]) == (0, "ssd", 1, 1)
    assert list(said) == ["source", "format", "added", "changed", "same", "assumed", "problems"]
    again = run("import", team, *chosen, "--as", "ssd", "--as-at", AS_AT.isoformat())[1]
    assert (again["added"], again["changed"]) == ({}, {})


@pytest.mark.parametrize("name", ["tables.zip", "tables"])
def test_what_is_exported_as_tables_is_imported_into_another_workspace_as_it_was(team, files, run, name):
    status, told = run("export", team, "ssd", "--out", files / name, "--on", AS_AT.isoformat())
    assert (status, told["ok"], told["format"]) == (0, True, "ssd")
    assert told["children"] > 0
    other = files / "other.planner"
    run("new", other)
    _, back = run("import", other, files / name, "--as-at", told["as_at"])
    assert back["added"]["child"] == told["children"]


def test_tables_that_cannot_be_written_are_refused_with_what_to_do(team, files, run):
    (files / "taken").write_text("a file", encoding="utf-8")
    status, said = run("export", team, "ssd", "--out", files / "taken" / "tables.zip")
    assert status == 2
    assert "Choose another place." in said
