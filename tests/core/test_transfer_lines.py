"""What is written on a line of the transfer meeting's sheet is read back as it was decided."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.actions.shipped import reference
from planner.core.errors import Refused
from planner.core.outlook import Outlook
from planner.core.records import Transfer, Worker
from planner.core.transfer_lines import TypedDecision, lines_now, sheet_lines, typed_decision, written_line
from planner.core.transfers import PLANNED, RETURNED, TO_PLAN, ToMove
from tests.helpers.moving_team import LEE, LONG, a_moving_team
from tests.helpers.people import TODAY


@pytest.fixture(scope="module")
def lines() -> tuple[ToMove, ...]:
    return sheet_lines(Outlook(a_moving_team(), reference(), TODAY, TODAY))


WORKERS = (
    Worker(id=LEE, name="Lee Lime", team_id=LONG),
    Worker(id="leo", name="Leo Loach", team_id=LONG),
    Worker(id="other", name="Olive Oak", team_id="another"),
)


def number_of(lines: tuple[ToMove, ...], state: str) -> int:
    return next(place for place, row in enumerate(lines, start=1) if row.state == state)


def read(lines: tuple[ToMove, ...], text: str, state: str = PLANNED) -> TypedDecision:
    typed = f"{number_of(lines, state)} {text}"
    return typed_decision(typed, lines, WORKERS, TODAY, reference().calendar)


@pytest.mark.parametrize(
    ("text", "state", "expected"),
    [
        ("a", PLANNED, {"verdict": "accepted"}),
        ("A", PLANNED, {"verdict": "accepted"}),
        ("a lee", PLANNED, {"verdict": "accepted", "worker_id": LEE}),
        ("a loach", PLANNED, {"verdict": "accepted", "worker_id": "leo"}),
        ("r chronology short", PLANNED, {"verdict": "returned", "reason": "chronology short"}),
        ("p 4 dec", PLANNED, {"verdict": "plan", "day": date(2026, 12, 4)}),
        ("p +5wd", TO_PLAN, {"verdict": "plan", "day": TODAY + timedelta(days=7)}),
        ("p fri", RETURNED, {"verdict": "plan", "day": TODAY + timedelta(days=4)}),
        ("1 3", PLANNED, {"ticked": ("Chronology up to date", "Family told")}),
        ("1 3 a", PLANNED, {"verdict": "accepted", "ticked": ("Chronology up to date", "Family told")}),
        (
            "all r no room",
            PLANNED,
            {
                "verdict": "returned",
                "reason": "no room",
                "ticked": ("Chronology up to date", "Plan on file", "Family told", "Joint visit made"),
            },
        ),
    ],
)
def test_a_line_says_what_was_decided(lines: tuple[ToMove, ...], text: str, state: str, expected: dict[str, object]) -> None:
    decision = read(lines, text, state)
    number = number_of(lines, state)
    assert decision == TypedDecision(number, lines[number - 1], **expected)  # type: ignore[arg-type]


def test_a_reference_stands_for_its_number(lines: tuple[ToMove, ...]) -> None:
    number = number_of(lines, PLANNED)
    row = lines[number - 1]
    typed = typed_decision(f"{row.case.child.reference.lower()} a", lines, WORKERS, TODAY, reference().calendar)
    assert typed == TypedDecision(number, row, "accepted")


@pytest.mark.parametrize(
    ("text", "state", "sentence"),
    [
        ("", PLANNED, "Type the line's number"),
        ("x", PLANNED, "Type the line's number"),
        ("r", PLANNED, "Type why it is returned"),
        ("a l", PLANNED, "is not one worker"),
        ("a olive", PLANNED, "is not one worker"),
        ("a", TO_PLAN, "has no transfer planned"),
        ("r late", RETURNED, "has no transfer planned"),
        ("9", PLANNED, "There is no item 9"),
        ("1", TO_PLAN, "has no checklist yet"),
        ("p", PLANNED, "[Tt]ype a date"),
        ("p thu 4 dec", PLANNED, "is a Friday, not a Thursday"),
    ],
)
def test_what_cannot_be_read_is_asked_again(lines: tuple[ToMove, ...], text: str, state: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read(lines, text, state)


@pytest.mark.parametrize("text", ["99 a", "C99999 a", "0 a", "-1 a"])
def test_a_line_that_is_not_there_is_refused(lines: tuple[ToMove, ...], text: str) -> None:
    with pytest.raises(Refused, match="There is no line"):
        typed_decision(text, lines, WORKERS, TODAY, reference().calendar)


def test_nothing_typed_is_refused(lines: tuple[ToMove, ...]) -> None:
    with pytest.raises(Refused, match="Type the line's number"):
        typed_decision("  ", lines, WORKERS, TODAY, reference().calendar)


def test_a_printed_number_keeps_its_child_whatever_is_decided_and_planned_since(lines: tuple[ToMove, ...]) -> None:
    written = [written_line(row) for row in lines]
    team = a_moving_team()
    decided, unplanned = lines[number_of(lines, PLANNED) - 1], lines[number_of(lines, TO_PLAN) - 1]
    assert decided.transfer is not None
    planned = Transfer(
        id="new", child_id=unplanned.case.child.id, point=unplanned.point, planned_on=TODAY + timedelta(days=90), to_team_id=LONG
    )
    accepted = replace(decided.transfer, status="accepted", decided_on=TODAY)
    now = lines_now(written, Outlook(team.patched([accepted, planned]), reference(), TODAY, TODAY))
    assert [row and row.case.child.id for row in now] == [None if row is decided else row.case.child.id for row in lines]
    assert now[lines.index(unplanned)].transfer == planned  # type: ignore[union-attr]
    with pytest.raises(Refused, match=f"Line {lines.index(decided) + 1} is settled already"):
        typed_decision(f"{lines.index(decided) + 1} a", now, WORKERS, TODAY, reference().calendar)
