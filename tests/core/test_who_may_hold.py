"""What a council says of who may hold what, laid over the policies: it alone decides its cells, in its days."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actions.shipped import reference
from planner.core.flow_records import MayHold
from planner.core.holding import HoldingRule, what_forbids
from planner.core.holding_layers import COURT, MAY, MAY_NOT, laid_over, replaced
from planner.core.outlook import Outlook
from planner.core.policy import policy_of
from planner.core.records import Allocation, Case, Child, Event, PlanSpell, Team, Worker
from planner.core.snapshot import Snapshot
from planner.core.who_may_hold import BESIDE, KINDS, Who, cell, held_against, holding_effects, table_rows

ON = date(2026, 11, 23)
LATER = ON + timedelta(days=28)
STAGES, ROLES = ("asye", "nqsw", "senior"), ("social worker", "personal adviser", "lead practitioner")
WHO = (*(Who(stage=stage) for stage in STAGES), *(Who(role=role) for role in ROLES))
ASYE_CP = {"stage": "asye", "plan": "cp"}
DAYS = st.none() | st.integers(0, 30).map(lambda days: ON + timedelta(days=days))


def said(row: str = "m", says: str = MAY, start: date | None = ON, **where: str) -> MayHold:
    return MayHold(id=row, says=says, start=start, **where)


@st.composite
def rules(draw: st.DrawFn) -> HoldingRule:
    """A rule for some stages, for some roles, or for everyone but some roles."""
    kind = draw(st.sampled_from(["stages", "roles", "not_roles"]))
    names = draw(st.frozensets(st.sampled_from(STAGES if kind == "stages" else ROLES), min_size=1))
    start, end = draw(DAYS), draw(DAYS)
    if start and end and end <= start:
        end = None
    return HoldingRule(
        id=draw(st.uuids()).hex,
        title="A rule",
        plans=draw(st.frozensets(st.sampled_from(KINDS[:4]))),
        court=draw(st.booleans()),
        unless=draw(st.sampled_from(["", *BESIDE])),
        starts=start,
        ends=end,
        **{kind: names},
    )


@st.composite
def cells(draw: st.DrawFn) -> MayHold:
    """Something said of one cell for a time."""
    who = draw(st.sampled_from(WHO))
    start = ON + timedelta(days=draw(st.integers(0, 30)))
    end = draw(st.none() | st.integers(1, 20).map(lambda days: start + timedelta(days=days)))
    says = draw(st.sampled_from([MAY, MAY_NOT, *BESIDE]))
    return MayHold(
        id=draw(st.uuids()).hex,
        stage=who.stage,
        role=who.role,
        plan=draw(st.sampled_from(KINDS)),
        says=says,
        start=start,
        end=end,
    )


def holds(one: MayHold, on: date) -> bool:
    return one.start is not None and one.start <= on and (one.end is None or on < one.end)


@given(st.lists(rules(), max_size=4), st.lists(cells(), max_size=4), st.integers(0, 40))
def test_every_cell_is_as_it_was_said_last_and_else_as_the_policy_says(
    below: list[HoldingRule], over: list[MayHold], days: int
) -> None:
    on, laid = ON + timedelta(days=days), laid_over(below, over)
    for who in WHO:
        for kind in KINDS:
            mine = [one for one in over if (one.stage, one.role, one.plan) == (who.stage, who.role, kind) and holds(one, on)]
            mine.sort(key=lambda one: (one.start, one.id))
            assert cell(laid, who, kind, on) == (mine[-1].says if mine else cell(below, who, kind, on))


def test_a_rule_of_a_policy_holds_in_place_of_the_one_below_in_its_own_days_alone() -> None:
    below = HoldingRule(id="a", title="Below", stages=frozenset({"asye"}), plans=frozenset({"cp"}))
    over = replace(below, title="Over", starts=ON, ends=LATER)
    found = replaced([below], [over])
    days = (ON - timedelta(days=1), ON, LATER)
    assert [[rule.title for rule in found if rule.holds(day)] for day in days] == [["Below"], ["Over"], ["Below"]]


def forbidden(snapshot: Snapshot, worker: Worker, on: date) -> list[str]:
    return what_forbids(snapshot, policy_of(snapshot, reference().policies).holding, worker, "c", on)


ASYE = Worker(id="w", name="Priya Shah", team_id="t", stage="asye")
PLANS = PlanSpell(id="p", child_id="c", plan="cp", start=ON)
BASE = [Team(id="t"), Child(id="c"), Case(id="k", child_id="c", team_id="t", received_on=ON), PLANS, ASYE]


def test_what_the_council_says_frees_a_worker_from_its_day_on() -> None:
    snapshot = Snapshot([*BASE, said(start=LATER, **ASYE_CP)])
    assert "newly qualified" in forbidden(snapshot, ASYE, ON)[0]
    assert forbidden(snapshot, ASYE, LATER) == []
    in_court = Event(id="e", child_id="c", event="care_application_issued", status="held", on=ON)
    assert forbidden(snapshot.patched(put=[in_court]), ASYE, LATER) == ["ASYE: no case in court without a co-worker."]


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        (MAY_NOT, "Social worker: no child protection case."),
        (BESIDE[0], "Social worker: no child protection case without a co-worker."),
    ],
)
def test_what_the_council_says_forbids_in_a_sentence_of_its_own(says: str, sentence: str) -> None:
    worker = Worker(id="x", name="Dev Patel")
    snapshot = Snapshot([*BASE, worker, said(says=says, role="social worker", plan="cp")])
    assert forbidden(snapshot, worker, ON) == [sentence]


def test_the_table_has_the_stages_and_roles_here_and_those_a_rule_names() -> None:
    england = reference().policies["england"].holding
    rows = table_rows(england, [Worker(id="x", role="Senior practitioner", stage="advanced")])
    assert [who.stage for who in rows if who.stage] == ["asye", "nqsw", "advanced"]
    assert {"senior practitioner", "personal adviser"} <= {who.role for who in rows}
    assert cell(england, Who(stage="asye"), COURT, ON) == "co-worker"
    assert cell(england, Who(role="personal adviser"), "lac", ON) == MAY_NOT


def outlook(records: Iterable[object]) -> Outlook:
    return Outlook(Snapshot(records), reference(), ON, ON)  # type: ignore[arg-type]


def test_who_holds_what_they_may_not_is_found_and_what_a_change_settles() -> None:
    held = Allocation(id="a", child_id="c", worker_id="w", start=ON)
    view = outlook([*BASE, held])
    assert [one.case.child.id for one in held_against(view)] == ["c"]
    effects = holding_effects(view, Snapshot([*BASE, held, said(**ASYE_CP)]), ON)
    assert (effects.against, effects.newly, effects.settled) == (0, 0, 1)
    back = holding_effects(outlook([*BASE, held, said(**ASYE_CP)]), Snapshot([*BASE, held]), ON)
    assert (back.against, back.newly, back.settled) == (1, 1, 0)
