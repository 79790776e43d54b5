"""A snapshot answers by the records' own dates, and a patched one answers as one built anew."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.records import Allocation, Case, Child, PlanSpell, Record, Sighting, Transfer, Visit
from planner.core.snapshot import Snapshot, holds

MONDAY = date(2026, 11, 2)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("on", "expected"),
    [(day(-1), False), (day(0), True), (day(4), True), (day(5), False)],
    ids=["before", "first day", "last day", "the end day is the next holder's"],
)
def test_a_period_holds_from_its_start_until_the_day_before_its_end(on: date, expected: bool) -> None:
    assert holds(Allocation(id="a", start=day(0), end=day(5)), on) is expected


def test_a_period_without_a_start_never_holds() -> None:
    assert not holds(Allocation(id="a", end=day(5)), day(0))


def test_on_a_handover_day_the_new_worker_leads() -> None:
    snapshot = Snapshot(
        [
            Allocation(id="1", child_id="c", worker_id="old", start=day(0), end=day(5)),
            Allocation(id="2", child_id="c", worker_id="new", start=day(5)),
        ]
    )
    assert [snapshot.lead("c", day(n)).worker_id for n in (4, 5)] == ["old", "new"]  # type: ignore[union-attr]


def test_a_case_can_come_back_to_a_former_worker() -> None:
    spells = [("a", 0, 5), ("b", 5, 9), ("a", 9, None)]
    rows = [
        Allocation(id=str(n), child_id="c", worker_id=worker, start=day(start), end=None if end is None else day(end))
        for n, (worker, start, end) in enumerate(spells)
    ]
    snapshot = Snapshot(rows)
    assert [snapshot.lead("c", day(n)).worker_id for n in (1, 6, 12)] == ["a", "b", "a"]  # type: ignore[union-attr]


def test_the_highest_plan_is_named_when_several_run() -> None:
    spells = [PlanSpell(id=str(n), child_id="c", plan=plan, start=day(0)) for n, plan in enumerate(["cin", "lac", "cp"])]
    snapshot = Snapshot(spells)
    assert snapshot.plan("c", day(1)) == "lac"
    assert [spell.plan for spell in snapshot.plans("c", day(1))] == ["lac", "cp", "cin"]


def test_a_case_that_ended_is_open_no_more_on_its_end_day() -> None:
    snapshot = Snapshot([Case(id="k", child_id="c", received_on=day(0), ended_on=day(7))])
    assert snapshot.case("c", day(6)) is not None
    assert snapshot.case("c", day(7)) is None


def test_a_child_referred_again_has_the_later_case() -> None:
    cases = [Case(id="k1", child_id="c", received_on=day(0), ended_on=day(7)), Case(id="k2", child_id="c", received_on=day(20))]
    found = Snapshot(cases).case("c", day(30))
    assert found is not None
    assert found.id == "k2"


@pytest.mark.parametrize(
    ("status", "on", "team"), [("accepted", 9, "a"), ("accepted", 10, "b"), ("returned", 11, "a"), ("planned", 11, "a")]
)
def test_a_transfer_moves_the_case_on_the_day_it_is_accepted(status: str, on: int, team: str) -> None:
    case = Case(id="k", child_id="c", team_id="a", received_on=day(0))
    move = Transfer(id="t", child_id="c", to_team_id="b", status=status, planned_on=day(5), decided_on=day(10))
    assert Snapshot([case, move]).team_of(case, day(on)) == team


def test_visits_of_a_child_come_in_order_of_day_and_time() -> None:
    records: list[Record] = []
    for number, on in enumerate([5, 1, 3]):
        records += [Visit(id=f"v{number}", on=day(on)), Sighting(id=f"s{number}", visit_id=f"v{number}", child_id="c")]
    snapshot = Snapshot([*records, Sighting(id="s9", visit_id="not here yet", child_id="c")])
    assert [visit.id for visit, _ in snapshot.visits_of("c")] == ["v1", "v2", "v0"]


rows = st.builds(
    Allocation,
    id=st.sampled_from("abcdef"),
    child_id=st.sampled_from("12"),
    worker_id=st.sampled_from("xyz"),
    start=st.dates(date(2026, 1, 1), date(2026, 1, 9)),
)


@given(st.lists(rows), st.lists(st.tuples(rows, st.booleans())))
def test_a_patched_snapshot_answers_as_one_built_anew(first: list[Allocation], changes: list[tuple[Allocation, bool]]) -> None:
    snapshot = Snapshot(first)
    snapshot.by(Allocation, "child_id", "1")
    snapshot.by(Allocation, "worker_id", "x")
    table = {row.id: row for row in first}
    for row, is_put in changes:
        snapshot = snapshot.patched(put=[row]) if is_put else snapshot.patched(removed=[row])
        if is_put:
            table[row.id] = row
        else:
            table.pop(row.id, None)
    anew = Snapshot(table.values())
    assert dict(snapshot.all(Allocation)) == table
    for field, values in (("child_id", "12"), ("worker_id", "xyz")):
        for value in values:
            assert snapshot.by(Allocation, field, value) == anew.by(Allocation, field, value)


visits = st.builds(Visit, id=st.sampled_from("vw"), on=st.dates(date(2026, 1, 1), date(2026, 1, 9)))
sightings = st.builds(Sighting, id=st.sampled_from("st"), visit_id=st.sampled_from("vw"), child_id=st.sampled_from("12"))


@given(st.lists(st.tuples(st.one_of(visits, sightings), st.booleans())))
def test_the_visits_of_a_child_are_those_of_a_snapshot_built_anew(changes: list[tuple[Visit | Sighting, bool]]) -> None:
    snapshot, table = Snapshot(), dict[tuple[type[Record], str], Record]()
    for row, is_put in changes:
        snapshot = snapshot.patched(put=[row]) if is_put else snapshot.patched(removed=[row])
        table.pop((type(row), row.id), None)
        table |= {(type(row), row.id): row} if is_put else {}
        anew = Snapshot(table.values())
        assert [snapshot.visits_of(child) for child in "12"] == [anew.visits_of(child) for child in "12"]


def test_patching_leaves_the_snapshot_before_as_it_was() -> None:
    before = Snapshot([Child(id="1", reference="C1")])
    after = before.patched(put=[Child(id="1", reference="C2")], removed=())
    assert (before.all(Child)["1"].reference, after.all(Child)["1"].reference) == ("C1", "C2")
