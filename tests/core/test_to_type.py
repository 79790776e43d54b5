"""What was done here and is not in the case system yet: until it is recorded, or its figures are of a later day."""

from dataclasses import replace

import pytest

from planner.core.records import Allocation, Case, Record, Setting, Sighting, Team, Transfer, Visit
from planner.core.sources import CLOSED_THERE, IMPORTED
from planner.core.to_type import to_type
from planner.core.workspace_settings import SOURCE_AS_AT
from tests.core.test_outlook import days, ground, outlook


def as_at(on: int) -> Setting:
    return Setting(id=SOURCE_AS_AT, value=days(on).isoformat())


def told(records: list[Record]) -> list[tuple[str, str]]:
    return [(one.kind, one.words) for one in to_type(outlook(records))]


def visit(**values: object) -> list[Record]:
    made: dict[str, object] = {"on": days(-1), "status": "made", "worker_id": "ben", "place": "home", **values}
    return [
        Visit(id="v", **made),  # type: ignore[arg-type]
        Sighting(id="s", visit_id="v", child_id="c1", seen=made["status"] == "made", seen_alone=True),
    ]


def test_a_visit_made_here_is_to_be_typed() -> None:
    (one,) = to_type(outlook([*ground(), *visit()]))
    assert (one.words, one.worker.name, one.on) == ("Seen alone at home", "Ben Blue", days(-1))


@pytest.mark.parametrize(
    "values",
    [{"recorded_on": days(0)}, {"source": "annex-a"}, {"status": "planned"}, {"status": "cancelled"}, {"on": days(1)}],
    ids=["recorded", "from the case system", "planned", "cancelled", "to come"],
)
def test_a_visit_is_not_once_it_is_there_or_while_it_is_not_made(values) -> None:
    assert told([*ground(), *visit(**values)]) == []


def test_a_visit_tried_says_why_the_child_was_not_seen() -> None:
    tried, seen = visit(status="attempted")
    assert told([*ground(), tried, replace(seen, not_seen_reason="Nobody in")]) == [("visit", "Not seen, nobody in")]


@pytest.mark.parametrize(("start", "reason", "listed"), [(-1, "Has room", True), (-5, "Has room", False), (-1, IMPORTED, False)])
def test_an_allocation_made_here_is_until_the_figures_are_of_a_later_day(start, reason, listed) -> None:
    given = Allocation(id="a9", child_id="c1", worker_id="ben", role="co-worker", start=days(start), reason=reason)
    found = told([*ground(), given, as_at(-3)])
    assert [kind for kind, _ in found] == (["allocation"] if listed else [])
    assert all("Given to Ben Blue" in words for _, words in found)


def test_where_nothing_was_imported_only_visits_are_to_be_typed() -> None:
    given = Allocation(id="a9", child_id="c1", worker_id="ben", start=days(-1), reason="Has room")
    assert [kind for kind, _ in told([*ground(), given, *visit()])] == ["visit"]


@pytest.mark.parametrize(("why", "listed"), [("", True), (CLOSED_THERE, False)])
def test_a_case_closed_here_is_and_one_the_case_system_closed_is_not(why, listed) -> None:
    records = ground()
    case = next(one for one in records if isinstance(one, Case) and one.child_id == "c1")
    held = Allocation(id="a9", child_id="c1", worker_id="ben", start=days(-300), end=days(-1), reason=IMPORTED, end_reason=why)
    closed = replace(case, ended_on=days(-1), outcome="closed", closure_reason="RC8")
    others = [one for one in records if one is not case]
    assert bool(told([*others, closed, held, as_at(-3)])) is listed


def test_a_transfer_accepted_here_says_where_the_child_went() -> None:
    moved = Transfer(id="t9", child_id="c1", to_team_id="other", status="accepted", decided_on=days(0))
    assert told([*ground(), moved, Team(id="other", name="Long term 2"), as_at(-3)]) == [("transfer", "Moved to Long term 2")]
