"""The Monday brief, the inspection list, the chase sheet and the day sheet: every figure its rows, initials only."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.core.flow_records import Chased, PaperSheet
from planner.core.outlook import Outlook
from planner.core.paper_sheets import CHASE, DAY, chase_lines, day_lines, day_visits
from planner.core.records import Record, Story, Suspension
from planner.measures.kpis import measured
from planner.measures.period import month_of
from planner.reports.as_pdf import pdf
from planner.reports.chase_sheet import CHASE_SHEET
from planner.reports.day_sheet import DAY_SHEET
from planner.reports.document import Row, Table
from planner.reports.inspection_list import INSPECTION_LIST
from planner.reports.kpi_exceptions import KPI_EXCEPTIONS, exceptions
from planner.reports.monday_brief import MONDAY_BRIEF
from planner.reports.report import Report
from tests.helpers.paper_team import MONDAY
from tests.helpers.printed_words import text_of
from tests.reports.conftest import job, outlook_on


def text(report: Report, outlook: Outlook, worker: str = "") -> str:
    return " ".join(text_of(pdf(report.build(outlook, job(worker), MONDAY))))


def with_records(team: Outlook, records: Iterable[Record]) -> Outlook:
    return outlook_on(team.snapshot.patched(records))


def rows_of(report: Report, outlook: Outlook, worker: str = "") -> list[Row]:
    (sheet,) = report.build(outlook, job(worker), MONDAY).sheets
    return [row for block in sheet.blocks if isinstance(block, Table) for row in block.rows]


@pytest.fixture
def told(team: Outlook) -> Outlook:
    """The team with the story of its latest visit, carried for two weeks, its day past."""
    late = team.overdue_visits[0]
    said = {"obligation": late.obligation.id, "child_id": late.case.child.id, "why": "Family away since the fire", "owner": "Ada"}
    stories = [Story(id=f"s{n}", written_on=MONDAY - timedelta(days=n), by=MONDAY - timedelta(days=1), **said) for n in (15, 8)]
    return with_records(team, stories)


def test_the_brief_has_the_figures_of_today_and_the_story_with_its_age(told: Outlook) -> None:
    found = text(MONDAY_BRIEF, told)
    assert f"Overdue visits: {len(told.overdue_visits)}" in found
    assert f"For the manager to decide: {len(told.manager_queue)}" in found
    assert "Family away since the fire" in found
    assert "which has passed" in found
    assert "carried for 2 weeks, not yet agreed" in found
    assert "No story" in found


def test_the_inspection_list_has_every_child_with_something_overdue(told: Outlook) -> None:
    found = text(INSPECTION_LIST, told)
    assert all(row.case.child.reference in found for row in told.overdue_duties)
    assert len(rows_of(INSPECTION_LIST, told)) == len(told.overdue_duties)
    assert f"{len(told.overdue_without_story)} without a story" in found


def test_what_is_suspended_is_listed_with_its_reason_and_never_left_out_in_silence(team: Outlook) -> None:
    late = team.overdue_visits[0]
    stopped = Suspension(
        id="x", child_id=late.case.child.id, kind="visit", start=MONDAY, reason="Child missing", decided_by="Helen Marsh"
    )
    outlook = with_records(team, [stopped])
    found = text(INSPECTION_LIST, outlook)
    assert "Suspended by a manager's decision: 1" in found
    assert "Child missing Helen Marsh no end set" in found
    assert len(rows_of(INSPECTION_LIST, outlook)) == len(outlook.overdue_duties) + 1


def busiest(outlook: Outlook) -> str:
    return max((gap.worker.id for gap in outlook.gaps if gap.worker), key=lambda one: len(chase_lines(outlook, one)))


def test_the_chase_sheet_has_a_numbered_line_for_each_gap_and_its_own_number(team: Outlook) -> None:
    worker = busiest(team)
    lines = chase_lines(team, worker)
    asked = Chased(
        id="c", about=lines[0], worker_id=worker, on=MONDAY - timedelta(days=3), promised_by=MONDAY - timedelta(days=1)
    )
    outlook = with_records(team, [asked, PaperSheet(id="p", kind=CHASE, number=41, worker_id=worker, lines=lines)])
    rows = rows_of(CHASE_SHEET, outlook, worker)
    assert [row.cells[0].lines[0][0].text for row in rows] == [str(number) for number in range(1, len(lines) + 1)]
    found = text(CHASE_SHEET, outlook, worker)
    assert "Sheet 41" in found
    assert "broken" in found
    assert "Sheet 41" not in text(CHASE_SHEET, team, worker)


def test_the_day_sheet_has_a_line_for_each_child_of_each_visit_of_the_day(team: Outlook) -> None:
    worker = next(worker.id for worker in team.workers if day_visits(team, worker.id, MONDAY))
    lines = day_lines(team, worker, MONDAY)
    outlook = with_records(team, [PaperSheet(id="p", kind=DAY, number=42, worker_id=worker, lines=lines)])
    found = text(DAY_SHEET, outlook, worker)
    assert "Sheet 42" in found
    assert all(case.child.reference in found for _, case in day_visits(outlook, worker, MONDAY))
    free = replace(job(), worker_id=next(one.id for one in team.workers if not day_visits(team, one.id, MONDAY)))
    (page, *_) = text_of(pdf(DAY_SHEET.build(team, free, MONDAY)))
    assert "No visit is planned on this day." in page


# KPI exceptions


def test_the_exceptions_are_the_rows_of_the_figures_each_with_its_story_or_that_there_is_none(team: Outlook) -> None:
    late = team.overdue_visits[0]
    story = Story(
        id="s", obligation=late.obligation.id, child_id=late.case.child.id, why="Nobody in", action="Joint visit", owner="Dev",
        by=MONDAY + timedelta(days=2), written_on=MONDAY,
    )  # fmt: skip
    outlook = with_records(team, [story])
    found = measured(outlook, month_of(MONDAY))
    count = sum(len(exceptions(one.tally)) for one in found)
    assert count > 10
    table = KPI_EXCEPTIONS.table(outlook, job(), MONDAY) if KPI_EXCEPTIONS.table else None
    assert table is not None
    assert len(table.rows) == count
    (told,) = [row for row in table.rows if "Nobody in" in row]
    assert told[-5:] == ("Nobody in", "Joint visit", "Dev", "25 November 2026", "not yet agreed")
    written = text(KPI_EXCEPTIONS, outlook)
    assert f"{count} exceptions." in written
    assert written.count("Nobody in") == 1
    for one in found:
        assert one.kpi.title in written
    assert sum("No story yet" in str(row) for row in rows_of(KPI_EXCEPTIONS, outlook)) == count - 1


def test_a_workers_exceptions_are_that_workers_and_a_chosen_month_is_told_of(team: Outlook) -> None:
    worker = busiest(team)
    assert KPI_EXCEPTIONS.table is not None
    name = next(one.name for one in team.workers if one.id == worker)
    assert {row[3] for row in KPI_EXCEPTIONS.table(team, job(worker), MONDAY).rows} == {name}
    (sheet,) = KPI_EXCEPTIONS.build(team, replace(job(), month_on=date(2026, 10, 31)), MONDAY).sheets
    assert sheet.title == "KPI exceptions, October 2026"
    sheets = KPI_EXCEPTIONS.build(team, job(each_worker=True), MONDAY).sheets
    assert len(sheets) > 2


@pytest.mark.parametrize(
    "report", [MONDAY_BRIEF, INSPECTION_LIST, KPI_EXCEPTIONS, CHASE_SHEET, DAY_SHEET], ids=lambda report: report.name
)
def test_names_are_never_on_it_unless_chosen(named_team: Outlook, report: Report) -> None:
    assert "Surname" not in text(report, named_team, busiest(named_team) if report.needs_worker else "")
