"""The sheet typed back is one step: all of its lines, or none."""

from collections.abc import Callable

import pytest

from planner.actions.shipped import reference
from planner.actions.step import Step
from planner.actions.transfer_sheet import type_back
from planner.core.errors import Refused
from planner.core.flow_records import ItemDone, PaperSheet
from planner.core.outlook import Outlook
from planner.core.records import Person, Transfer
from planner.core.transfer_lines import TypedDecision, sheet_lines
from planner.core.transfers import PLANNED, RETURNED, TO_PLAN, ToMove
from tests.helpers.moving_team import LEE, a_moving_team, days
from tests.helpers.people import TODAY

TEAM = a_moving_team()


@pytest.fixture
def lines() -> dict[str, ToMove]:
    """The first line of each state; of the planned, the one of today."""
    found: dict[str, ToMove] = {}
    for row in sheet_lines(Outlook(TEAM, reference(), TODAY, TODAY)):
        found.setdefault(row.state, row)
    return found


@pytest.fixture
def step() -> Step:
    team = TEAM.patched([PaperSheet(id="sheet", kind="transfers", number=1, on=TODAY)])
    return Step(team, TODAY, Person(id="p", name="Helen Marsh"), _ids())


def _ids() -> Callable[[], str]:
    numbers = iter(range(1000))
    return lambda: f"new{next(numbers)}"


def test_each_line_is_done_as_it_says(step: Step, lines: dict[str, ToMove]) -> None:
    done = type_back(
        step,
        "sheet",
        [
            TypedDecision(1, lines[PLANNED], "accepted", worker_id=LEE, ticked=("Plan on file",)),
            TypedDecision(1, lines[TO_PLAN], "plan", day=days(3)),
            TypedDecision(1, lines[RETURNED], "plan", day=days(8)),
        ],
        TODAY,
    )
    now = step.snapshot
    assert done == 3
    assert now.find(Transfer, "t1").status == "accepted"  # type: ignore[union-attr]
    assert [one.item for one in now.by(ItemDone, "about", "t1")] == ["Plan on file"]
    for state, day in ((TO_PLAN, days(3)), (RETURNED, days(8))):
        planned = now.by(Transfer, "child_id", lines[state].case.child.id)[-1]
        assert (planned.status, planned.planned_on, planned.to_team_id) == ("planned", day, "long")


def test_another_day_changes_what_is_planned(step: Step, lines: dict[str, ToMove]) -> None:
    type_back(step, "sheet", [TypedDecision(1, lines[PLANNED], "plan", day=days(5))], TODAY)
    assert step.snapshot.find(Transfer, "t1").planned_on == days(5)  # type: ignore[union-attr]


def test_a_line_only_ticked_decides_nothing(step: Step, lines: dict[str, ToMove]) -> None:
    type_back(step, "sheet", [TypedDecision(1, lines[PLANNED], ticked=("Plan on file",))], TODAY)
    assert step.snapshot.find(Transfer, "t1").status == "planned"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("decisions", "sentence"),
    [
        (lambda lines: [], "at least one line"),
        (lambda lines: [TypedDecision(1, lines[PLANNED], "returned", reason=" ")], "C10.*Say why"),
        (lambda lines: [TypedDecision(1, lines[TO_PLAN], ticked=("Plan on file",))], "C10.*No transfer is planned"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_child(step, lines, decisions, sentence):
    with pytest.raises(Refused, match=sentence):
        type_back(step, "sheet", decisions(lines), TODAY)


def test_a_sheet_is_typed_back_once(step: Step, lines: dict[str, ToMove]) -> None:
    ticked = [TypedDecision(1, lines[PLANNED], ticked=("Plan on file",))]
    type_back(step, "sheet", ticked, TODAY)
    assert step.snapshot.find(PaperSheet, "sheet").typed_on == TODAY  # type: ignore[union-attr]
    with pytest.raises(Refused, match="typed back already"):
        type_back(step, "sheet", ticked, TODAY)
