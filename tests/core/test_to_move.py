"""What is to move: planned, returned, or reached unplanned; each once, with the days it has waited."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actions.shipped import reference
from planner.core.checklists import ANY_TRANSFER, CLOSING, USUAL, checklist_for, items_of, open_items
from planner.core.flow_records import Checklist, Closing, ItemDone, TransferPoint
from planner.core.outlook import Outlook
from planner.core.records import Case, Event, Placement, Record, Team, Transfer
from planner.core.snapshot import Snapshot
from planner.core.team_rows import team_rows
from planner.core.transfers import ToMove, to_move
from tests.core.test_outlook import MONDAY, child, days, ground

POINT = TransferPoint(id="tp", name="assessment ends", happening="assessment_authorised", within=5, start=days(-300))
PLACED = TransferPoint(id="pp", name="placed", happening="placement", within=0, start=days(-300))


def outlook(*records: Record, on: date = MONDAY, today: date = MONDAY, teams: tuple[str, ...] = ()) -> Outlook:
    """C1 on a protection plan with Ada, and C2 in assessment since 20 days ago; both of team 1."""
    return Outlook(Snapshot([*ground(), *child("2", "assessment", "ada", since=-20), *records]), reference(), on, today, teams)


def rows(*records: Record, **more: object) -> list[ToMove]:
    """What of C2 is to move."""
    return [row for row in to_move(outlook(*records, **more)) if row.case.child.id == "c2"]  # type: ignore[arg-type]


def event(on: int, status: str = "held") -> Event:
    return Event(id=f"e{on}", child_id="c2", event="assessment_authorised", on=days(on), status=status)


def transfer(planned: int, status: str = "planned", decided: int | None = None, row: str = "t") -> Transfer:
    return Transfer(
        id=row,
        child_id="c2",
        point="assessment ends",
        planned_on=days(planned),
        to_team_id="t2",
        checklist=("Chronology", "Family told"),
        done=("Chronology",),
        status=status,
        decided_on=days(decided) if decided is not None else None,
    )


@pytest.mark.parametrize(
    ("records", "state"),
    [
        ([], None),
        ([POINT], None),
        ([POINT, event(-3)], "to plan"),
        ([POINT, event(10, "planned")], "to plan"),
        ([POINT, event(15, "planned")], None),
        ([POINT, event(-30)], None),
        ([POINT, event(-3), transfer(1)], "planned"),
        ([transfer(40)], "planned"),
        ([POINT, event(-3), transfer(-1, "returned", -1)], "returned"),
        ([POINT, event(-3), transfer(-1, "returned", -1), transfer(3, row="t9")], "planned"),
        ([POINT, event(-3), transfer(-1, "accepted", -1)], None),
        ([POINT, event(-3), transfer(-1, "withdrawn", -1)], None),
        ([POINT, event(-3), transfer(-60, "accepted", -60)], "to plan"),
        ([replace(POINT, start=days(-2)), event(-3)], None),
        ([replace(POINT, end=MONDAY), event(-3)], None),
        ([replace(POINT, from_function="long term"), event(-3)], None),
        ([PLACED, Placement(id="p", child_id="c2", start=days(-1))], "to plan"),
        ([PLACED, Placement(id="p", child_id="c2", start=days(-99))], None),
        ([POINT, event(-3), Closing(id="x", child_id="c2", case_id="k2", ready_on=days(-1))], None),
    ],
    ids=[
        "no point is agreed",
        "nothing has happened",
        "the point is reached",
        "it is planned within two weeks",
        "it is planned later",
        "it was reached in an earlier case",
        "a transfer is planned",
        "a transfer is planned without an agreed point",
        "the transfer was returned",
        "a returned one is planned again",
        "it was accepted",
        "it was withdrawn",
        "an earlier case was accepted",
        "it was agreed after the point was reached",
        "the agreement has ended",
        "the agreement is for other teams",
        "a placement began",
        "a placement began in an earlier case",
        "the case is ready to close",
    ],
)
def test_a_child_is_to_move_once_and_in_one_state(records: list[Record], state: str | None) -> None:
    assert [row.state for row in rows(*records)] == ([state] if state else [])


def test_an_assessment_near_its_limit_is_a_point_that_comes() -> None:
    """Working Together: 45 working days. The limit of a case received 60 days ago comes within two weeks."""
    late = child("3", "assessment", "ada", since=-60)
    (row,) = (one for one in to_move(outlook(POINT, *late)) if one.case.child.id == "c3")
    assert (row.state, row.reached_on) == ("to plan", None)


def test_the_wait_is_in_working_days_since_the_point_was_reached() -> None:
    (row,) = rows(POINT, event(-4), transfer(7))
    assert (row.reached_on, row.working_days, row.by) == (days(-4), 2, days(7))
    (unplanned,) = rows(POINT, event(-4))
    assert (unplanned.working_days, unplanned.by) == (2, outlook().calendar.after(days(-4), 5))


@pytest.mark.parametrize(
    ("planned", "to_decide", "due"), [(-1, True, True), (0, True, True), (1, False, True), (15, False, False)]
)
def test_a_transfer_is_to_decide_from_its_day_and_due_two_weeks_before(planned: int, to_decide: bool, due: bool) -> None:
    (row,) = rows(transfer(planned))
    assert (row.is_to_decide, row.is_due) == (to_decide, due)
    assert row.open_items == ("Family told",)


def test_the_day_before_it_was_decided_it_still_waited() -> None:
    decided = transfer(-5, "accepted", -2)
    (row,) = rows(decided, on=days(-3))
    assert row.state == "planned"
    assert rows(decided, on=MONDAY) == []


def test_the_receiving_team_sees_what_comes_to_it() -> None:
    found = to_move(outlook(transfer(1), teams=("t2",)))
    assert [(row.case.child.id, row.case.team_id) for row in found] == [("c2", "t1")]


def test_what_is_due_of_a_team_is_one_figure_on_every_page() -> None:
    found = outlook(transfer(3))
    planned_and_due = [row.transfer for row in to_move(found) if row.state == "planned" and row.is_due]
    assert [due.transfer for row in team_rows(found) for due in row.transfers] == planned_and_due


@given(days_to=st.lists(st.integers(-20, 20), min_size=1, max_size=6))
def test_every_row_stands_in_its_week_and_households_stand_together(days_to: list[int]) -> None:
    records: list[Record] = []
    for number, day in enumerate(days_to):
        made = child(f"9{number}", "cin", "ada")
        records += [replace(made[0], household=f"h{number % 2}"), *made[1:]]
        records.append(replace(transfer(day), id=f"t{number}", child_id=f"c9{number}"))
    found = to_move(outlook(*records))
    assert sorted(row.case.child.id for row in found) == sorted(f"c9{number}" for number in range(len(days_to)))
    weeks = [row.by.isocalendar()[:2] for row in found if row.by is not None]
    assert weeks == sorted(weeks)
    for week in set(weeks):
        houses = [row.case.child.household for row, one in zip(found, weeks, strict=True) if one == week]
        changes = sum(one != other for one, other in pairwise(houses))
        assert changes == len(set(houses)) - 1


# Checklists


@pytest.mark.parametrize(
    ("about", "on", "expected"),
    [
        (CLOSING, -10, USUAL[CLOSING]),
        (CLOSING, 0, ("Seen",)),
        (CLOSING, 5, ("Seen", "Letters")),
        ("conference", 0, ("Plan",)),
        ("core group", 0, ("Anything",)),
        ("core group", -10, USUAL[ANY_TRANSFER]),
    ],
)
def test_the_list_in_force_is_the_councils_from_its_day(about: str, on: int, expected: tuple[str, ...]) -> None:
    snapshot = Snapshot(
        [
            Checklist(id="1", about=CLOSING, items=("Seen",), start=days(-5), end=days(5)),
            Checklist(id="2", about=CLOSING, items=("Seen", "Letters"), start=days(5)),
            Checklist(id="3", about="conference", items=("Plan",), start=days(-5)),
            Checklist(id="4", about=ANY_TRANSFER, items=("Anything",), start=days(-5)),
        ]
    )
    assert checklist_for(snapshot, about, days(on)) == expected


def test_an_item_ticked_later_was_open_on_the_day_before() -> None:
    snapshot = Snapshot([ItemDone(id="i", about="t", item="Seen", on=days(-1), said_by="Dev")])
    words = ("Seen", "Letters", "Told")
    assert open_items(items_of(snapshot, "t", words, days(-2), ("Told",))) == ("Seen", "Letters")
    assert open_items(items_of(snapshot, "t", words, MONDAY, ("Told",))) == ("Letters",)


def test_teams_of_the_function_reached_have_nothing_to_move() -> None:
    point = replace(POINT, to_function="long term")
    assert rows(point, event(-3))
    assert not rows(point, event(-3), Team(id="t1", name="Team 1", function="long term"))


def test_a_closed_case_has_nothing_to_move() -> None:
    closed = Case(id="k2", child_id="c2", team_id="t1", received_on=days(-20), ended_on=MONDAY)
    assert rows(closed, POINT, event(-3), transfer(1)) == []
