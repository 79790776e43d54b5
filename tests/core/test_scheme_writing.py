"""A workload scheme, written and read again, is the same scheme; the workspace's own are found by their id."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actions.shipped import reference
from planner.core.errors import PlannerError
from planner.core.flow_records import LocalScheme
from planner.core.outlook import Outlook
from planner.core.records import PolicyInForce, Team, Worker
from planner.core.scheme_writing import scheme_text
from planner.core.snapshot import Snapshot
from planner.core.visit_week import visit_week
from planner.core.workload import Band, Scheme, own_scheme, own_schemes, scheme_by_id, scheme_from_toml, scheme_of
from planner.core.workload_scheme import NORMAL

NEUTRAL = reference().schemes["neutral"]
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
TENTHS = st.integers(0, 2000)
COUNTS = st.dictionaries(NAMES, st.integers(0, 40), max_size=3)


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Any scheme the language can say."""
    full = draw(st.integers(51, 120))
    sibling = draw(st.none() | TENTHS)
    return Scheme(
        id="x",
        title=draw(NAMES),
        source=draw(NAMES),
        unit=draw(st.sampled_from(["points", "minutes", "children"])),
        standard_hours=draw(st.integers(1, 500)),
        stable=draw(TENTHS),
        targets={NORMAL: draw(TENTHS), **draw(st.dictionaries(NAMES, TENTHS, max_size=3))},
        weights=draw(st.dictionaries(NAMES, TENTHS, min_size=1, max_size=4)),
        bands=(Band("has room", float(draw(st.integers(1, 50)))), Band("nearly full", float(full), True), Band("over")),
        sibling=sibling,
        siblings_instead=draw(st.booleans()),
        travel=draw(TENTHS),
        travel_over_minutes=draw(st.integers(0, 240)),
        co_work_share=draw(st.integers(0, 100)),
        headcounts=draw(COUNTS),
        counts_extra_work=draw(st.booleans()),
        visits=draw(COUNTS),
        visits_from_history=draw(st.booleans()),
    )


@given(schemes())
def test_a_scheme_written_and_read_is_the_scheme(scheme: Scheme) -> None:
    assert scheme_from_toml(scheme_text(scheme), "x") == scheme


def test_every_shipped_scheme_can_be_written() -> None:
    for scheme in reference().schemes.values():
        assert scheme_from_toml(scheme_text(scheme), scheme.id) == scheme


def _own(row: str = "s", **fields: object) -> LocalScheme:
    scheme = replace(NEUTRAL, title="Our points", weights={"cp": 90})
    return LocalScheme(id=row, title="Our points", toml=scheme_text(scheme), **fields)  # type: ignore[arg-type]


def test_a_scheme_of_the_workspace_holds_in_its_days() -> None:
    chosen = PolicyInForce(id="p", kind="workload", policy="s", start=date(2026, 11, 1))
    snapshot = Snapshot([Team(id="t"), _own(), chosen])
    assert scheme_of(snapshot, reference().schemes, "t", date(2026, 11, 1)).weights == {"cp": 90}
    assert scheme_of(snapshot, reference().schemes, "t", date(2026, 10, 31)) == NEUTRAL
    assert scheme_by_id(snapshot, reference().schemes, "nowhere") is None


def test_a_later_version_says_its_number_and_keeps_its_id() -> None:
    scheme = own_scheme(_own("s", version=2))
    assert (scheme.id, scheme.title) == ("s", "Our points, version 2")


def test_a_scheme_that_cannot_be_read_is_named() -> None:
    with pytest.raises(PlannerError, match="Our points"):
        own_schemes(Snapshot([LocalScheme(id="s", title="Our points", toml="unit = 7")]))


@pytest.mark.parametrize(("visits", "allowance"), [({}, 6), ({NORMAL: 5}, 5), ({NORMAL: 5, "asye": 4}, 4)])
def test_the_allowance_of_visits_is_the_schemes(visits: dict[str, int], allowance: int) -> None:
    monday = date(2026, 11, 23)
    worker = Worker(id="w", team_id="t", stage="asye")
    text = scheme_text(replace(NEUTRAL, visits=visits))
    chosen = PolicyInForce(id="p", kind="workload", policy="s", start=monday)
    snapshot = Snapshot([Team(id="t"), worker, LocalScheme(id="s", title="Ours", toml=text), chosen])
    assert visit_week(Outlook(snapshot, reference(), monday, monday), worker).allowance == allowance
