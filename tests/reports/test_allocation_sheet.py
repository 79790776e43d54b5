"""The allocation sheet: who waits, who has room, and nothing that is nobody's business."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from planner.core.errors import Refused
from planner.core.outlook import Outlook
from planner.core.records import Allocation, Child
from planner.core.snapshot import Snapshot
from planner.reports.allocation_sheet import ALLOCATION_SHEET
from planner.reports.as_pdf import pdf
from planner.reports.document import Bar, Document, Table, Tick, WriteIn
from planner.reports.report import SheetOptions
from tests.helpers.paper_team import MONDAY, a_child, paper_team
from tests.helpers.people import a_big_team
from tests.helpers.printed_words import text_of
from tests.reports.conftest import job, outlook_on


def sheet(outlook: Outlook, options: SheetOptions) -> Document:
    return ALLOCATION_SHEET.build(outlook, options, MONDAY)


def tables(document: Document) -> list[Table]:
    return [block for one in document.sheets for block in one.blocks if isinstance(block, Table)]


def test_the_team_sheet_is_as_it_was(team: Outlook, agrees: Callable[[str, Document], None]) -> None:
    agrees("allocation_sheet_team", sheet(team, job()))


def test_a_workers_sheet_is_as_it_was(team: Outlook, agrees: Callable[[str, Document], None]) -> None:
    agrees("allocation_sheet_worker", sheet(team, job("dev")))


def test_every_waiting_child_stands_on_it_once_in_the_order_of_need(team: Outlook) -> None:
    text = " ".join(text_of(pdf(sheet(team, job()))))
    places = [text.index(f"{waiting.case.child.reference} – {waiting.case.child.initials}") for waiting in team.waiting]
    assert len(places) == 5
    assert places == sorted(places)
    assert all(text.count(waiting.case.child.reference) == 1 for waiting in team.waiting)


def test_a_waiting_child_the_scheme_does_not_weigh_is_not_nought(team: Outlook) -> None:
    outlook = outlook_on(team.snapshot.patched(a_child(99, "other", None)))
    assert "not weighed" in " ".join(text_of(pdf(sheet(outlook, job()))))


def test_each_waiting_child_has_room_for_a_decision_and_a_reason(team: Outlook) -> None:
    waiting = tables(sheet(team, job()))[0]
    for each in waiting.rows:
        pieces = [piece for one in each.cells if not isinstance(one, Bar) for line in one.lines for piece in line]
        assert [piece.label for piece in pieces if isinstance(piece, Tick)] == ["Allocate", "Keep waiting"]
        assert [piece.label for piece in pieces if isinstance(piece, WriteIn)] == ["", "From", "Reason"]


def test_initials_stand_on_it_and_names_do_not(named_team: Outlook) -> None:
    text = " ".join(text_of(pdf(sheet(named_team, job()))))
    assert "Surname" not in text
    assert "Initials only." in text


def test_names_stand_on_it_when_chosen_for_this_job_and_the_page_says_so(named_team: Outlook) -> None:
    text = " ".join(text_of(pdf(sheet(named_team, job(names=True)))))
    assert "Invented 86 Surname" in text
    assert "Names are shown." in text


def test_names_are_refused_where_the_council_does_not_let_them_be_kept(team: Outlook) -> None:
    with pytest.raises(Refused, match="Nothing was printed"):
        sheet(team, job(names=True))


def test_every_worker_has_a_bar_and_the_team_is_pooled(team: Outlook) -> None:
    workload = tables(sheet(team, job()))[1]
    assert len(workload.rows) == len(team.workers) + 1
    assert workload.rows[-1].kind == "sum"
    assert sum(load.used for load in team.loads) > 0
    for each, load in zip(workload.rows, sorted(team.loads, key=lambda load: load.worker.name), strict=False):
        (bar,) = [one for one in each.cells if isinstance(one, Bar)]
        assert sum(part.tenths for part in bar.parts) == load.used
        assert bar.capacity == (load.available if load.percent is not None else None)


@pytest.mark.parametrize(
    "note", ["Away 3 to 4 Dec", "ASYE", "Mon to Wed", "No new cases until 7 Dec", "Leaves 4 Dec", "no capacity Away"]
)
def test_a_note_says_what_bears_on_giving_a_child(team: Outlook, note: str) -> None:
    assert note in " ".join(text_of(pdf(sheet(team, job()))))


def test_why_someone_is_away_is_never_said(team: Outlook) -> None:
    for options in (job(), job(each_worker=True)):
        text = " ".join(text_of(pdf(sheet(team, options)))).casefold()
        assert "wedding" not in text
        assert "sick" not in text


def test_a_household_is_named_beside_the_child_who_waits(team: Outlook) -> None:
    sibling, waiting = team.snapshot.all(Child)["child35"], team.waiting[0].case.child
    housed = team.snapshot.patched([replace(waiting, household="one"), replace(sibling, household="one")])
    text = " ".join(text_of(pdf(sheet(outlook_on(housed), job()))))
    assert f"Household: {sibling.reference} – {sibling.initials}, held by Dev Patel" in text


def test_a_worker_sees_what_was_newly_allocated_to_them(team: Outlook) -> None:
    given = Allocation(id="new", child_id="child86", worker_id="dev", start=MONDAY, reason="Knows the school")
    text = " ".join(text_of(pdf(sheet(outlook_on(team.snapshot.patched([given])), job("dev")))))
    assert "Knows the school" in text
    assert "C10486 – " in text


def test_several_workers_start_pages_of_their_own_behind_a_cover(team: Outlook) -> None:
    document = sheet(team, job(each_worker=True))
    found = text_of(pdf(document))
    assert "9 sheets follow" in found[0]
    assert "– " not in found[0].replace("– ", "– ", 0).split("Printed by")[0]
    for worker in team.workers:
        assert sum(f"{worker.name}: allocation sheet" in text for text in found[1:]) >= 1
        assert worker.name in found[0]


def test_no_page_holds_the_children_of_two_workers(team: Outlook) -> None:
    found = text_of(pdf(sheet(team, job(each_worker=True))))
    holders = {case.child.reference: case.worker.id for case in team.held if case.worker is not None}
    for text in found:
        assert len({worker for reference, worker in holders.items() if reference in text}) <= 1


def test_a_worker_of_no_team_here_is_refused(team: Outlook) -> None:
    with pytest.raises(Refused, match="Choose the team first"):
        sheet(team, job("nobody"))


def test_an_empty_workspace_prints_a_sheet_that_says_so() -> None:
    (text,) = text_of(pdf(sheet(outlook_on(Snapshot()), job())))
    assert "No child waits for a worker." in text


def test_1200_children_fit_a_sheet_of_as_many_pages_as_it_takes() -> None:
    outlook = outlook_on(a_big_team())
    found = text_of(pdf(sheet(outlook, job())))
    text = " ".join(found)
    assert all(waiting.case.child.reference in text for waiting in outlook.waiting)
    assert all(load.worker.name in text for load in outlook.loads)
    assert f"Page {len(found)} of {len(found)}" in found[-1]


def test_initials_that_look_like_markup_are_printed_as_they_are() -> None:
    records = [replace(record, initials="#x$[]*/") if isinstance(record, Child) else record for record in a_child(86, "cp", None)]
    snapshot = paper_team().patched(records)
    assert "C10486 – #x$[]*/" in " ".join(text_of(pdf(sheet(outlook_on(snapshot), job()))))
