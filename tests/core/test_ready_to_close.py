"""What is ready to close, how long it has been stuck and with whom; and the plan to hand everything back."""

from datetime import date

import pytest

from planner.actions.shipped import reference
from planner.core.closing import closures_to_authorise, ready_to_close, sent_back, stuck_by_worker
from planner.core.flow_records import Closing, ItemDone
from planner.core.hand_back import TO_CLOSE, hand_back
from planner.core.outlook import Outlook
from planner.core.records import Record, Transfer
from planner.core.snapshot import Snapshot
from planner.core.transfers import END_OF_CONTRACT
from tests.core.test_outlook import MONDAY, child, days, ground

ENDS_ON = days(30)


def outlook(*records: Record, on: date = MONDAY) -> Outlook:
    made = [*ground(), *child("2", "cin", "ada", since=-40), *child("3", "cin", since=-40), *records]
    return Outlook(Snapshot(made), reference(), on, MONDAY)


def closing(number: str, since: int, status: str = "ready", decided: int | None = None) -> Closing:
    return Closing(
        id=f"x{number}",
        child_id=f"c{number}",
        case_id=f"k{number}",
        ready_on=days(since),
        checklist=("Seen", "Letters"),
        status=status,
        decided_on=days(decided) if decided is not None else None,
    )


def done(number: str, *items: str) -> list[ItemDone]:
    return [ItemDone(id=f"i{number}{item}", about=f"x{number}", item=item, on=days(-1)) for item in items]


@pytest.mark.parametrize(
    ("marked", "on", "is_ready"),
    [
        (closing("2", -4), 0, True),
        (closing("2", 0), 0, True),
        (closing("2", -4), -5, False),
        (closing("2", -4, "sent back", -2), 0, False),
        (closing("2", -4, "sent back", -2), -3, True),
        (closing("2", -4, "withdrawn", -2), 0, False),
    ],
)
def test_a_case_is_ready_from_its_day_until_it_is_decided(marked: Closing, on: int, is_ready: bool) -> None:
    assert [row.closing for row in ready_to_close(outlook(marked, on=days(on)))] == ([marked] if is_ready else [])


def test_those_stuck_longest_stand_first_and_those_with_nothing_open_are_decided_first() -> None:
    found = outlook(closing("1", -4), closing("2", -11), closing("3", -7), *done("1", "Seen", "Letters"), *done("2", "Seen"))
    assert [(row.case.child.id, row.working_days) for row in ready_to_close(found)] == [("c2", 7), ("c3", 5), ("c1", 2)]
    assert [row.case.child.id for row in closures_to_authorise(found)] == ["c1", "c2", "c3"]
    assert [row.open_items for row in closures_to_authorise(found)] == [(), ("Letters",), ("Seen", "Letters")]


def test_every_ready_case_is_stuck_with_one_worker_or_nobody() -> None:
    found = outlook(closing("1", -4), closing("2", -11), closing("3", -7))
    stuck = [(one.worker.name if one.worker else "", len(one.rows), one.longest) for one in stuck_by_worker(found)]
    assert stuck == [("Ada Amber", 2, 7), ("", 1, 5)]


def test_what_was_sent_back_is_known_until_it_is_ready_again() -> None:
    refused = closing("2", -4, "sent back", -2)
    assert sent_back(outlook(refused).snapshot, "k2") == refused
    again = Closing(id="later", child_id="c2", case_id="k2", ready_on=days(-1))
    assert sent_back(outlook(refused, again).snapshot, "k2") is None


# Handing back


def way_out(planned: int | None, **more: str) -> Transfer:
    day = days(planned) if planned is not None else None
    fields = {"point": END_OF_CONTRACT, "to_outside": "Council"} | more
    return Transfer(id="t", child_id="c2", planned_on=day, checklist=("Chronology",), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("records", "to", "missing"),
    [
        ([], "", ("where to",)),
        ([way_out(10)], "Council", ("chronology",)),
        ([way_out(40)], "Council", ("planned after the contract ends", "chronology")),
        ([way_out(None)], "Council", ("a day", "chronology")),
        ([way_out(10, point="first core group")], "Council", ("chronology",)),
        ([way_out(10, point="first core group", to_outside="", to_team_id="t2")], "", ("where to",)),
        ([closing("2", -4), *done("2", "Seen")], TO_CLOSE, ("letters",)),
    ],
)
def test_every_open_case_says_where_it_goes_and_what_is_missing(records: list[Record], to: str, missing: tuple[str, ...]) -> None:
    found = outlook(*records)
    rows = {row.case.child.id: row for row in hand_back(found, ENDS_ON)}
    assert set(rows) == {case.child.id for case in found.cases}
    assert (rows["c2"].to, tuple(one for one in rows["c2"].missing if one != "a visit is overdue")) == (to, missing)


def test_cases_with_nowhere_to_go_stand_first() -> None:
    found = hand_back(outlook(way_out(10)), ENDS_ON)
    assert [bool(row.to) for row in found] == [False, False, True]
