"""The list of what still has to be typed into the case system, on paper."""

from dataclasses import replace
from datetime import timedelta

from planner.core.outlook import Outlook
from planner.core.records import Sighting, Visit
from planner.core.to_type import to_type
from planner.reports.as_pdf import pdf
from planner.reports.document import Table
from planner.reports.to_type import NOTHING, TO_TYPE
from tests.helpers.paper_team import MONDAY
from tests.helpers.printed_words import text_of
from tests.reports.conftest import job, outlook_on


def with_two_visits(team: Outlook) -> Outlook:
    case = next(case for case in team.cases if case.worker is not None)
    visits = [Visit(id=f"v{n}", on=MONDAY - timedelta(days=n), status="made", worker_id=case.worker.id) for n in (1, 4)]
    seen = [Sighting(id=f"s{n}", visit_id=f"v{n}", child_id=case.child.id, seen=True) for n in (1, 4)]
    return outlook_on(team.snapshot.patched([*visits, *seen]))


def lines(outlook: Outlook, worker: str = "") -> int:
    (sheet,) = TO_TYPE.build(outlook, job(worker), MONDAY).sheets
    return sum(len(block.rows) for block in sheet.blocks if isinstance(block, Table))


def test_there_is_a_line_for_each_thing_and_a_box_to_tick(team: Outlook) -> None:
    outlook = with_two_visits(team)
    assert lines(outlook) == len(to_type(outlook))
    text = " ".join(text_of(pdf(TO_TYPE.build(outlook, job(), MONDAY))))
    assert text.count("Typed") == len(to_type(outlook))


def test_a_workers_list_has_what_that_worker_did(team: Outlook) -> None:
    outlook = with_two_visits(team)
    mine = next(one.worker for one in to_type(outlook) if one.about == "v1")
    assert lines(outlook, mine.id) == sum(one.worker is not None and one.worker.id == mine.id for one in to_type(outlook))


def test_an_empty_list_says_that_all_is_there(team: Outlook) -> None:
    recorded = [replace(one, recorded_on=MONDAY) for one in team.snapshot.all(Visit).values()]
    outlook = outlook_on(team.snapshot.patched(recorded))
    said = " ".join(text_of(pdf(TO_TYPE.build(outlook, job(), MONDAY))))
    assert (NOTHING in said) is not bool(to_type(outlook))
