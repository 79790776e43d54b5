"""How a workload is worked out, on paper: every line, every child, and never why somebody is away."""

import pytest

from planner.core.errors import Refused
from planner.core.outlook import Outlook
from planner.reports.as_pdf import pdf
from planner.reports.document import Table, as_plain
from planner.reports.report import SheetOptions
from planner.reports.workload_sheet import WORKLOAD_SHEET
from tests.helpers.printed_words import text_of
from tests.reports.conftest import job


def words(outlook: Outlook, worker_id: str, **more: bool) -> str:
    return str(as_plain(WORKLOAD_SHEET.build(outlook, job(worker_id, **more), outlook.today)))


def test_every_line_of_the_sum_stands_with_its_children(team: Outlook) -> None:
    load = team.load_of("dev")
    assert load is not None
    said = words(team, "dev")
    for line in load.lines:
        assert line.label in said
        for child_id in line.child_ids:
            child = next(case.child for case in team.cases if case.child.id == child_id)
            assert f"{child.reference} – {child.initials}" in said


def test_the_lines_add_up_to_what_is_used(team: Outlook) -> None:
    for load in team.loads:
        document = WORKLOAD_SHEET.build(team, job(load.worker.id), team.today)
        tables = [block for block in document.sheets[0].blocks if isinstance(block, Table) and len(block.columns) == 4]
        assert len(tables[0].rows) == len(load.lines) + 1
        assert sum(line.tenths for line in load.lines) == load.used


def test_nothing_says_why_somebody_is_away(team: Outlook) -> None:
    for worker in team.workers:
        said = words(team, worker.id)
        assert "reason" not in said.casefold()
        assert "sick" not in said.casefold()


def test_each_worker_has_a_sheet_and_none_is_chosen_by_chance(team: Outlook) -> None:
    document = WORKLOAD_SHEET.build(team, job(each_worker=True), team.today)
    assert len([sheet for sheet in document.sheets if sheet.what.startswith("Workload, ")]) == len(team.workers)
    with pytest.raises(Refused, match="Choose whose sheet"):
        WORKLOAD_SHEET.build(team, SheetOptions(), team.today)


def test_names_are_shown_only_where_the_council_allows(team: Outlook) -> None:
    with pytest.raises(Refused, match="names"):
        words(team, "dev", names=True)


def test_it_prints(team: Outlook) -> None:
    pages = text_of(pdf(WORKLOAD_SHEET.build(team, job("dev"), team.today)))
    assert "how the workload is worked out" in pages[0]
    assert "What is available" in " ".join(pages)
