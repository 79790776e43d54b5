"""What is exported as tables and imported again is the same: children, plans, visits with who was seen, and who held whom."""

import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.actions.imports import preview
from planner.actions.samples import sample_records
from planner.core.found import Found
from planner.core.records import Allocation, Case, Child, Event, PlanSpell, Record, Sighting, Team, Visit, Worker
from planner.core.snapshot import Snapshot
from planner.formats.ssd import Ssd
from planner.formats.ssd_writing import tables_of, write

AS_AT = date(2026, 11, 23)
WORKERS = ("Lou Invented", "Kim Invented", "Ash Invented")
TEAM = Team(id="team", name="North")
STAFF = tuple(Worker(id=f"w{place}", name=name, team_id="team") for place, name in enumerate(WORKERS))

Days = list[date]


def days_after(first: date, gaps: Iterable[int]) -> Days:
    """Days from the first on, each so many days after the one before, none after the day of the tables."""
    found = [first]
    for gap in gaps:
        found.append(found[-1] + timedelta(days=gap))
    return [day for day in found if day <= AS_AT]


@st.composite
def children(draw: st.DrawFn, number: int) -> list[Record]:
    """A child whose case began within two years, with plans and workers one after another and visits on days of their own."""
    child_id, gaps = f"c{number}", st.lists(st.integers(1, 120), min_size=1, max_size=4)
    received = AS_AT - timedelta(days=draw(st.integers(1, 700)))
    ended = draw(st.sampled_from((None, received + timedelta(days=(AS_AT - received).days // 2 + 1))))
    last = ended or AS_AT
    records: list[Record] = [
        Child(id=child_id, reference=f"C{100 + number}", born=received - timedelta(days=draw(st.integers(0, 6000)))),
        Case(
            id=f"case{number}",
            child_id=child_id,
            team_id="team",
            received_on=received,
            ended_on=ended,
            outcome="closed" if ended else "",
            closure_reason="RC8" if ended else "",
        ),
        Event(id=f"e{number}", child_id=child_id, event="referral_received", on=received),
    ]
    for kind in ("plan", "held"):
        starts = [day for day in days_after(received, draw(gaps)) if day < last]
        for place, start in enumerate(starts):
            end = starts[place + 1] if place + 1 < len(starts) else ended
            record_id = f"{kind}{number}-{place}"
            if kind == "plan":
                plan = draw(st.sampled_from(("cin", "cp")))
                category = draw(st.sampled_from(("NEG", "PHY"))) if plan == "cp" else ""
                records.append(PlanSpell(id=record_id, child_id=child_id, plan=plan, start=start, end=end, category=category))
            else:
                worker = draw(st.sampled_from(STAFF))
                records.append(Allocation(id=record_id, child_id=child_id, worker_id=worker.id, start=start, end=end))
    for place, on in enumerate(day for day in days_after(received + timedelta(days=2), draw(gaps)) if day < last):
        seen = draw(st.booleans())
        alone = draw(st.sampled_from((True, False, None))) if seen else None
        visit = Visit(id=f"v{number}-{place}", on=on, status="made" if seen else "attempted", worker_id="w0", recorded_on=on)
        records += [visit, Sighting(id=f"s{visit.id}", visit_id=visit.id, child_id=child_id, seen=seen, seen_alone=alone)]
    return records


@st.composite
def services(draw: st.DrawFn) -> Snapshot:
    """A few children of one team."""
    of_each = [draw(children(number)) for number in range(draw(st.integers(1, 3)))]
    return Snapshot((TEAM, *STAFF, *(record for records in of_each for record in records)))


def read_back(snapshot: Snapshot, on: date) -> Found:
    """The snapshot, written as tables and read again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.zip"
        write(tables_of(snapshot, on), path)
        return Ssd().read(path, {})


def told(snapshot: Snapshot) -> dict[str, set[object]]:
    """What a workspace says of its children, whatever the ids of its records."""
    said: dict[str, set[object]] = {"child": set(), "case": set(), "plan": set(), "visit": set(), "held": set()}
    for child in snapshot.all(Child).values():
        about = child.reference
        said["child"].add((about, child.born))
        for case in snapshot.by(Case, "child_id", child.id):
            said["case"].add((about, case.received_on, case.ended_on, case.closure_reason))
        for spell in snapshot.by(PlanSpell, "child_id", child.id):
            said["plan"].add((about, spell.plan, spell.start, spell.end, spell.category))
        for visit, sighting in snapshot.visits_of(child.id):
            if visit.status in ("made", "attempted"):
                said["visit"].add((about, visit.on, bool(sighting.seen), sighting.seen_alone))
        for one in snapshot.by(Allocation, "child_id", child.id):
            if one.start != one.end:
                said["held"].add((about, snapshot.all(Worker)[one.worker_id].name, one.role, one.start, one.end))
    return said


def imported(found: Found, on: date) -> Snapshot:
    """What importing into an empty workspace makes."""
    reckoning = preview(Snapshot(()), found, on).reckoning
    assert reckoning is not None
    return Snapshot(reckoning.ledger.puts.values())


QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@QUICK
@given(services())
def test_what_is_exported_and_imported_into_an_empty_workspace_is_the_same(snapshot):
    assert told(imported(read_back(snapshot, AS_AT), AS_AT)) == told(snapshot)


@QUICK
@given(services())
def test_what_is_exported_and_imported_into_its_own_workspace_changes_nothing(snapshot):
    made = preview(snapshot, read_back(snapshot, AS_AT), AS_AT)
    assert [row for row in made.rows if row.put[0]] == []
    assert made.is_known


@pytest.fixture(scope="module")
def sample():
    return sample_records("newcastle", False)


def test_a_whole_sample_project_comes_back_as_it_was(sample):
    snapshot = Snapshot(sample.records)
    ours, theirs = told(snapshot), told(imported(read_back(snapshot, sample.today), sample.today))
    known = {child.reference for child in snapshot.all(Child).values() if snapshot.case(child.id, sample.today)}
    for kind in ("case", "plan", "visit"):
        assert {one for one in theirs[kind] if one[0] in known} == {one for one in ours[kind] if one[0] in known}
