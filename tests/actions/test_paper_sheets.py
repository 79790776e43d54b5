"""Sheets on a real workspace: numbered when printed, typed back as one step or not at all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from planner.actions.paper_sheets import number_sheet, type_back
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.flow_records import Chased, PaperSheet
from planner.core.records import Sighting, Visit
from planner.core.sheet_typing import Said
from planner.core.visit_line import VisitLine
from planner.core.visit_outcome import Outcome
from tests.helpers.small_workspace import TODAY

Does = Callable[..., Any]
LATER = TODAY + timedelta(days=3)


@pytest.fixture
def sheet(does: Does) -> PaperSheet:
    """A sheet of Ada's, over a visit made, and one planned for two siblings today."""
    does(lambda step: step.put(Visit(id="made", on=TODAY, status="made", worker_id="ada")))
    does(lambda step: step.put(Sighting(id="alone", visit_id="made", child_id="c3", seen=True)))
    does(lambda step: step.put(Visit(id="plan", on=TODAY, worker_id="ada", place="home")))
    for number in (1, 2):
        does(lambda step, n=number: step.put(Sighting(id=f"s{n}", visit_id="plan", child_id=f"c{n}")))
    return does(number_sheet, "day", "ada", TODAY, ["a", "b", "c"])


BY_VIDEO = VisitLine(minutes=40, mode="video", standing="contact", worker_id="ben")


def said(number: int, what: str, about: str = "", children: tuple[str, ...] = (), **more: Any) -> Said:
    return Said(number=number, what=what, about=about, child_ids=children, worker_id="ada", words="", **more)


def test_the_same_lines_keep_their_number_and_others_take_the_next(does: Does, sheet: PaperSheet) -> None:
    assert does(number_sheet, "day", "ada", TODAY, ["a", "b", "c"]).id == sheet.id
    assert does(number_sheet, "chase", "ada", TODAY, ["a"]).number == sheet.number + 1


def test_a_sheet_is_typed_back_in_one_step_which_is_taken_back_whole(workspace: Workspace, does: Does, sheet: PaperSheet) -> None:
    lines = [
        said(1, "record", "made", day=TODAY),
        said(2, "alone", "alone", outcome=Outcome("not alone", "Parent refused")),
        said(3, "promise", "late:x", day=LATER),
        said(4, "seen", children=("c1",), visit_id="plan", day=TODAY, outcome=Outcome("alone"), line=BY_VIDEO),
        said(5, "seen", children=("c2",), visit_id="plan", day=TODAY, outcome=Outcome("not seen", "Child asleep")),
    ]
    before = workspace.snapshot
    does(type_back, sheet.id, lines, LATER + timedelta(days=1))
    now = workspace.snapshot
    assert now.find(Visit, "made").recorded_on == TODAY
    assert (now.find(Sighting, "alone").seen_alone, now.find(Sighting, "alone").not_alone_reason) == (False, "Parent refused")
    assert [one.promised_by for one in now.all(Chased).values()] == [LATER]
    visit = now.find(Visit, "plan")
    assert (visit.status, visit.place, visit.minutes) == ("made", "home", 40)
    assert (visit.mode, visit.standing, visit.worker_id) == ("video", "contact", "ben")
    assert [now.find(Sighting, f"s{n}").seen for n in (1, 2)] == [True, False]
    assert now.find(PaperSheet, sheet.id).typed_on == TODAY
    with pytest.raises(Refused, match="typed back already"):
        does(type_back, sheet.id, lines, LATER)
    workspace.undo().result()
    kinds = (Visit, Sighting, Chased, PaperSheet)
    assert [workspace.snapshot.all(kind) for kind in kinds] == [before.all(kind) for kind in kinds]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "Type a line"),
        ([said(4, "seen", children=("c1",), visit_id="plan", day=TODAY, outcome=Outcome("alone"))], "Line 4: C2 is of the same"),
        ([said(1, "record", "plan", day=TODAY)], "Line 1: Only a visit that took place"),
        (
            [
                said(4, "seen", children=("c1",), visit_id="plan", day=TODAY, outcome=Outcome("alone")),
                said(5, "move", children=("c2",), visit_id="plan", day=LATER),
            ],
            "Line 4: The lines of one visit",
        ),
    ],
)
def test_where_one_line_cannot_be_done_none_is(workspace, does, sheet, lines, sentence):
    before = set(workspace.snapshot.records())
    with pytest.raises(Refused, match=sentence):
        does(type_back, sheet.id, [said(9, "promise", "late:y", day=LATER), *lines] if lines else [], LATER)
    assert set(workspace.snapshot.records()) == before


@pytest.mark.parametrize(
    ("line", "status", "on"),
    [
        (said(1, "move", children=("c1",), visit_id="plan", day=LATER), "planned", LATER),
        (said(1, "cancel", children=("c1",), visit_id="plan", reason="Family away"), "cancelled", TODAY),
    ],
)
def test_a_visit_that_was_not_made_is_moved_or_cancelled(workspace, does, sheet, line, status, on):
    does(type_back, sheet.id, [line], LATER)
    visit = workspace.snapshot.find(Visit, "plan")
    assert (visit.status, visit.on) == (status, on)
