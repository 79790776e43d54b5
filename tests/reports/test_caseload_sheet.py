"""The caseload sheet: every child, whose, and what is due."""

from collections.abc import Callable

from planner.core.outlook import Outlook
from planner.core.records import Allocation
from planner.core.snapshot import Snapshot
from planner.reports.as_pdf import pdf
from planner.reports.caseload_sheet import CASELOAD_SHEET
from planner.reports.document import Document
from tests.helpers.paper_team import MONDAY, TEAM
from tests.helpers.people import a_big_team
from tests.helpers.printed_words import text_of
from tests.reports.conftest import job, outlook_on


def test_a_workers_sheet_is_as_it_was(team: Outlook, agrees: Callable[[str, Document], None]) -> None:
    agrees("caseload_sheet_worker", CASELOAD_SHEET.build(team, job("dev"), MONDAY))


def test_every_child_of_the_worker_stands_on_it_and_no_other(team: Outlook) -> None:
    text = " ".join(text_of(pdf(CASELOAD_SHEET.build(team, job("dev"), MONDAY))))
    mine = {case.child.reference for case in team.held_by("dev")}
    assert all((case.child.reference in text) == (case.child.reference in mine) for case in team.cases)


def test_for_each_worker_every_open_case_is_printed_those_of_nobody_last(team: Outlook) -> None:
    found = text_of(pdf(CASELOAD_SHEET.build(team, job(each_worker=True), MONDAY)))
    assert all(case.child.reference in " ".join(found) for case in team.cases)
    assert "No worker: children who wait" in found[-1]
    assert "10 sheets follow" in found[0]


def test_who_else_holds_a_child_is_said_on_both_sheets(team: Outlook) -> None:
    shared = Allocation(id="shared", child_id="child35", worker_id="ben", role="co-worker", start=MONDAY)
    outlook = outlook_on(team.snapshot.patched([shared]))
    assert "with Ben Hartley" in " ".join(text_of(pdf(CASELOAD_SHEET.build(outlook, job("dev"), MONDAY))))
    assert "(co-worker; Dev Patel leads)" in " ".join(text_of(pdf(CASELOAD_SHEET.build(outlook, job("ben"), MONDAY))))


def test_a_worker_who_holds_no_one_gets_a_sheet_that_says_so(team: Outlook) -> None:
    free = Snapshot([TEAM, *(worker for worker in team.workers if worker.id == "dev")])
    (text,) = text_of(pdf(CASELOAD_SHEET.build(outlook_on(free), job("dev"), MONDAY)))
    assert "No children are held on this day." in text


def test_names_are_absent_unless_chosen(named_team: Outlook) -> None:
    assert "Surname" not in " ".join(text_of(pdf(CASELOAD_SHEET.build(named_team, job("dev"), MONDAY))))
    assert "Surname" in " ".join(text_of(pdf(CASELOAD_SHEET.build(named_team, job("dev", names=True), MONDAY))))


def test_many_children_of_many_workers_are_all_there_on_pages_of_their_own() -> None:
    outlook = outlook_on(a_big_team(workers=16, children=300))
    found = text_of(pdf(CASELOAD_SHEET.build(outlook, job(each_worker=True), MONDAY)))
    text = " ".join(found)
    assert all(case.child.reference in text for case in outlook.cases)
    assert len(found) >= len(outlook.workers) + 1
    assert {f"Page {number} of {len(found)}" in page for number, page in enumerate(found, start=1)} == {True}
