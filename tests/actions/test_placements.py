"""What a placement is in law, said by hand: the visits owed under it, and what is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from planner.actions.placements import set_placement_terms
from planner.actions.shipped import reference
from planner.actions.workspace import Workspace
from planner.core.errors import Refused
from planner.core.facts import facts_of
from planner.core.obligations import owed
from planner.core.placement_terms import placement_on
from planner.core.records import LegalStatus, Placement, PlanSpell, Sighting, Visit
from tests.helpers.small_workspace import STARTED, TODAY, put_all

Does = Callable[..., Any]
LONG_AGO = date(2024, 9, 2)
SEEN = date(2026, 11, 16)


def placed(does: Does, kind: str, start: date = STARTED, code: str = "V2") -> None:
    """C1 is looked after, lives in one placement and was seen a week ago."""
    records = [
        PlanSpell(id="p1", child_id="c1", plan="lac", start=start),
        LegalStatus(id="l", child_id="c1", code=code, start=start),
        Placement(id="home", child_id="c1", type=kind, start=start, reason="S"),
        Visit(id="v", on=SEEN, status="made", worker_id="ada", recorded_on=SEEN),
        Sighting(id="s", visit_id="v", child_id="c1", seen=True, seen_alone=True),
    ]
    does(put_all, records)


def dues(workspace: Workspace) -> dict[str, date | None]:
    shipped = reference()
    found = owed(facts_of(workspace.snapshot, "c1"), shipped.policies["england"], shipped.calendar, TODAY)
    return {one.rule: one.due for one in found}


@pytest.mark.parametrize(
    ("kind", "start", "code", "term", "days", "rule", "due"),
    [
        ("U3", STARTED, "V2", "", {}, "LAC-V6W", date(2026, 12, 28)),
        ("U3", STARTED, "V2", "regulation_24", {}, "LAC-V-R24", date(2026, 11, 23)),
        ("U3", STARTED, "V2", "regulation_24", {}, "LAC-R24-EXP", date(2026, 12, 21)),
        ("U3", STARTED, "V2", "regulation_24", {"extended_on": TODAY}, "LAC-R24-EXP", date(2027, 2, 15)),
        ("P1", STARTED, "C2", "", {}, "LAC-V-CO", date(2026, 12, 28)),
        ("P1", STARTED, "C2", "regulation_19", {}, "LAC-V-R19", date(2026, 11, 23)),
        ("U6", STARTED, "V4", "short_break", {}, "LAC-V-SB", date(2027, 5, 16)),
        ("U4", LONG_AGO, "C2", "", {}, "LAC-V6W2", date(2026, 12, 28)),
        ("U4", LONG_AGO, "C2", "intended_to_18", {}, "LAC-V3M", date(2027, 2, 16)),
        ("U4", LONG_AGO, "C2", "intended_to_18", {"agreed_on": SEEN}, "LAC-V6M", date(2027, 5, 16)),
        ("U6", LONG_AGO, "C2", "intended_to_18", {"agreed_on": TODAY}, "LAC-V3M", date(2027, 2, 16)),
    ],
)
def test_what_a_placement_is_sets_what_is_owed_and_is_taken_back(workspace, does, kind, start, code, term, days, rule, due):
    placed(does, kind, start, code)
    before = dues(workspace)
    does(set_placement_terms, "home", term, **days)
    assert dues(workspace)[rule] == due
    assert (rule in before) is (term == "")
    does(set_placement_terms, "home", "")
    assert dues(workspace) == before


@pytest.mark.parametrize(
    ("kind", "row", "term", "days", "sentence"),
    [
        ("U3", "gone", "regulation_24", {}, "no longer there"),
        ("U3", "home", "regulation_19", {}, "cannot be that"),
        ("P1", "home", "regulation_24", {}, "cannot be that"),
        ("K2", "home", "regulation_24", {}, "cannot be that"),
        ("A4", "home", "intended_to_18", {}, "cannot be that"),
        ("U3", "home", "type", {}, "cannot be that"),
        ("U3", "home", "regulation_24", {"extended_on": STARTED - timedelta(days=1)}, "to today"),
        ("U4", "home", "intended_to_18", {"agreed_on": TODAY + timedelta(days=1)}, "to today"),
    ],
)
def test_what_a_placement_cannot_be_is_refused(workspace, does, kind, row, term, days, sentence):
    placed(does, kind)
    before = workspace.snapshot.find(Placement, "home")
    with pytest.raises(Refused, match=sentence):
        does(set_placement_terms, row, term, **days)
    assert workspace.snapshot.find(Placement, "home") == before


@pytest.mark.parametrize(
    ("kind", "term", "kept"),
    [
        ("U3", "regulation_24", (SEEN, None)),
        ("U4", "intended_to_18", (None, SEEN)),
        ("U6", "intended_to_18", (None, None)),
        ("U4", "", (None, None)),
    ],
)
def test_a_day_is_kept_with_the_term_it_is_of_alone(workspace, does, kind, term, kept):
    placed(does, kind)
    does(set_placement_terms, "home", term, extended_on=SEEN, agreed_on=SEEN)
    home = workspace.snapshot.find(Placement, "home")
    assert (home.regulation_24_extended_on, home.child_agreed_fewer_visits_on) == kept


@pytest.mark.parametrize(("days", "found"), [(-1, "unknown"), (0, "first"), (9, "first"), (10, "second"), (99, "second")])
def test_the_placement_of_a_day_is_the_latest_that_runs(workspace, does, days, found):
    does(
        put_all,
        [
            Placement(id="unknown", child_id="c1", type="U6"),
            Placement(id="first", child_id="c1", type="U6", start=STARTED, end=STARTED + timedelta(days=10)),
            Placement(id="second", child_id="c1", type="U3", start=STARTED + timedelta(days=10)),
        ],
    )
    assert placement_on(workspace.snapshot, "c1", STARTED + timedelta(days=days)).id == found
    assert placement_on(workspace.snapshot, "c2", TODAY) is None
