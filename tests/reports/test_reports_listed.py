"""The list of reports is whole."""

import ast
from pathlib import Path

import planner.reports
from planner.reports import REPORTS


def test_every_module_that_makes_a_report_is_listed() -> None:
    folder = Path(planner.reports.__file__).parent
    makers = {
        path.stem
        for path in folder.glob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "Report"
    }
    assert makers == {report.build.__module__.rpartition(".")[2] for report in REPORTS}


def test_each_has_a_name_of_its_own_for_the_command_line() -> None:
    assert [report.name for report in REPORTS] == [
        "allocation-sheet",
        "worker-week",
        "caseload-sheet",
        "workload-sheet",
        "case-summary",
        "intake-list",
        "monday-brief",
        "inspection-list",
        "kpi-exceptions",
        "chase-sheet",
        "day-sheet",
        "to-type",
        "transfer-sheet",
        "hand-back-plan",
    ]
