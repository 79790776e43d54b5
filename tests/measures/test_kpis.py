"""Each KPI's figure on a table of cases; the figure is its rows; what is open is what the outlook calls overdue."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.actions.samples import sample_records
from planner.actions.shipped import reference
from planner.core.flow_records import KpiTarget
from planner.core.outlook import Outlook
from planner.core.records import (
    Allocation,
    Case,
    Child,
    Event,
    PlanSpell,
    Record,
    Sighting,
    Story,
    Suspension,
    Team,
    Visit,
    Worker,
)
from planner.core.snapshot import Snapshot
from planner.measures.duties import BEFORE_KNOWN, NO_START
from planner.measures.kpis import KPIS, Measured, measured
from planner.measures.period import Period, month_before, month_of
from planner.measures.seen_alone import NOT_SAID, UNBORN
from planner.measures.tally import Counted, Tally
from tests.helpers.compared_team import MONDAY, a_team, an_outlook

NOVEMBER = month_of(MONDAY)


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def a_plan(plan: str, start: date | None, end: date | None = None, **child: object) -> list[Record]:
    """A child of w1 from September on, with one plan."""
    began = date(2026, 9, 1)
    return [
        Child(id="c", reference="C1", initials="A.B.", born=date(2018, 1, 1), **child),  # type: ignore[arg-type]
        Case(id="case", child_id="c", team_id="t", received_on=began),
        PlanSpell(id="plan", child_id="c", plan=plan, start=start, end=end),
        Allocation(id="held", child_id="c", worker_id="w1", start=began),
    ]


def a_visit(on: date, seen: bool = True, alone: bool | None = None, status: str = "made", **more: object) -> list[Record]:
    name = f"visit {on} {status}"
    return [
        Visit(id=name, on=on, status=status, worker_id="w1", place="home", **more),  # type: ignore[arg-type]
        Sighting(id=f"of {name}", visit_id=name, child_id="c", seen=seen, seen_alone=alone, not_alone_reason="refused"),
    ]


def an_event(name: str, on: date, **more: object) -> Event:
    return Event(id=f"{name} {on}", child_id="c", event=name, on=on, **more)  # type: ignore[arg-type]


def of(kpi: str, *records: Record, on: date = MONDAY, period: Period = NOVEMBER, teams: tuple[str, ...] = ()) -> Measured:
    outlook = an_outlook(*a_team(), *records, on=on)
    if teams:
        outlook = Outlook(outlook.snapshot, outlook.reference, on, MONDAY, teams)
    return next(one for one in measured(outlook, period) if one.kpi.id == kpi)


def figure(one: Measured) -> tuple[int, int]:
    return one.tally.numerator, one.tally.denominator


CP = a_plan("cp", day(2))  # the first visit is due on Mon 16 Nov, 10 working days on
CP_SEEN = a_visit(day(16))  # in time on the day itself; the next is due on Mon 30 Nov


@pytest.mark.parametrize(
    ("records", "on", "expected"),
    [
        ([*CP, *CP_SEEN], MONDAY, (1, 1)),
        ([*CP, *CP_SEEN, *a_visit(day(18))], MONDAY, (1, 1)),  # a date to come is not judged, though it is met already
        ([*CP, *CP_SEEN, *a_visit(day(18))], day(30), (2, 2)),
        ([*CP, *a_visit(day(17))], MONDAY, (0, 1)),
        (CP, MONDAY, (0, 1)),
        (CP, day(16), (0, 0)),  # due today is not overdue, and not judged yet
        (CP, day(17), (0, 1)),
        ([*CP, *CP_SEEN], day(16), (1, 1)),
        ([*CP, *a_visit(day(16), status="attempted")], MONDAY, (0, 1)),
        ([*CP, *a_visit(day(16), seen=False)], MONDAY, (0, 1)),
        ([*CP, *a_visit(day(16), status="planned")], MONDAY, (0, 1)),
        (a_plan("cp", day(2), day(16)), MONDAY, (0, 0)),  # the plan ended on the day it was due: no longer owed
        (a_plan("cp", day(2), day(17)), MONDAY, (0, 1)),
        (a_plan("cp", None), MONDAY, (0, 1)),  # no date at all is overdue
        (a_plan("lac", day(2)), MONDAY, (0, 0)),  # of another plan
        (a_plan("cp", day(1, 10)), MONDAY, (0, 0)),  # fell due in October
    ],
    ids=lambda value: str(value) if isinstance(value, tuple | date) else "",
)
def test_visits_are_measured_by_the_dates_they_were_due(records: list[Record], on: date, expected: tuple[int, int]) -> None:
    assert figure(of("cp-visits", *records, on=on)) == expected


def test_what_fell_due_before_the_month_and_is_still_open_is_told_apart() -> None:
    tally = of("cp-visits", *a_plan("cp", day(1, 10))).tally
    assert [(row.due_on, row.is_open) for row in tally.earlier] == [(day(15, 10), True)]
    assert not tally.rows


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (
            [Suspension(id="s", child_id="c", rule="CP-VISIT", start=day(10), end=day(20), reason="Child missing. Note.")],
            "missing",
        ),
        ([replace(CP[0], source="annex-a", tracked_from=day(20)), *CP_SEEN], BEFORE_KNOWN),
        ([replace(CP[2], start=None), *CP_SEEN], NO_START),
    ],
    ids=("suspended", "an Annex A holds the last visit only", "no start"),
)
def test_what_is_left_out_is_counted_with_its_reason(more: list[Record], why: str) -> None:
    tally = of("cp-visits", *CP, *more).tally
    assert not tally.rows
    ((said, count),) = tally.left_out
    assert count == 1
    assert why in said
    assert "Note" not in said


def test_a_review_before_an_annex_a_was_imported_is_left_out_for_only_the_latest_is_in_it() -> None:
    known = [
        replace(a_plan("cp", date(2026, 8, 10))[0], source="annex-a", tracked_from=day(20)),
        an_event("cp_review_held", day(12)),
    ]
    tally = of("cp-reviews", *a_plan("cp", date(2026, 8, 10)), *known).tally
    assert (tally.rows, tally.left_out) == ((), ((BEFORE_KNOWN, 1),))


def test_a_late_visit_says_who_held_the_child_how_late_it_was_and_its_story() -> None:
    outlook = an_outlook(*a_team(), *CP, on=day(18))
    (owed,) = [one for one in outlook.obligations if one.rule == "CP-VISIT"]
    told = Story(id="story", obligation=owed.id, child_id="c", why="Nobody at home", written_on=day(17))
    moved = [
        Allocation(id="held", child_id="c", worker_id="w1", start=date(2026, 9, 1), end=day(18)),
        Allocation(id="next", child_id="c", worker_id="w2", start=day(18)),
    ]
    (row,) = of("cp-visits", *CP, *moved, told, *a_visit(day(19))).tally.missed
    assert (row.worker and row.worker.id, row.due_on, row.done_on, row.days_late) == ("w1", day(16), day(19), 3)
    assert row.story == told


def test_a_duty_is_the_teams_that_held_the_child_on_its_day() -> None:
    other = [Team(id="t2", name="Team 2"), Worker(id="x", name="Other", team_id="t2")]
    moved = [
        Allocation(id="held", child_id="c", worker_id="w1", start=date(2026, 9, 1), end=day(18)),
        Allocation(id="next", child_id="c", worker_id="x", start=day(18)),
    ]
    records = [*CP, *other, *moved]
    assert figure(of("cp-visits", *records, teams=("t",))) == (0, 1)
    assert figure(of("cp-visits", *records, teams=("t2",))) == (0, 0)
    assert figure(of("cp-visits", *records)) == (0, 1)


def test_an_authorised_assessment_is_owed_no_more_visits() -> None:
    assessed = [*a_plan("assessment", day(19, 10)), *a_visit(day(20, 10))]
    assert figure(of("assessment-visits", *assessed)) == (0, 1)
    assert figure(of("assessment-visits", *assessed, an_event("assessment_authorised", day(2)))) == (0, 0)
    assert figure(of("assessment-visits", *assessed, an_event("assessment_authorised", day(5)))) == (0, 1)


def an_assessment(signed: date | None) -> list[Record]:
    """Referred on Mon 14 Sep; 45 working days on is Mon 16 Nov."""
    child, case, plan, held = a_plan("assessment", date(2026, 9, 14), signed)
    return [child, replace(case, received_on=date(2026, 9, 14)), plan, held]


@pytest.mark.parametrize(
    ("signed", "on", "done", "with_open"),
    [
        (day(16), MONDAY, (1, 1), (1, 1)),
        (day(17), MONDAY, (0, 1), (0, 1)),
        (None, MONDAY, (0, 0), (0, 1)),
        (None, day(16), (0, 0), (1, 1)),
        (day(17), day(16), (0, 0), (1, 1)),  # what is to come is not known
    ],
)
def test_assessments_are_shown_with_and_without_the_open_ones(
    signed: date | None, on: date, done: tuple[int, int], with_open: tuple[int, int]
) -> None:
    records: list[Record] = an_assessment(signed)
    records += [an_event("assessment_authorised", signed)] if signed else []
    assert figure(of("assessments-45", *records, on=on)) == done
    assert figure(of("assessments-45-open", *records, on=on)) == with_open


def test_a_month_gone_by_counts_the_assessments_that_were_open_on_its_last_day() -> None:
    signed = [*an_assessment(day(17)), an_event("assessment_authorised", day(17))]
    assert figure(of("assessments-45-open", *signed, period=month_before(NOVEMBER))) == (1, 1)
    assert figure(of("assessments-45", *signed, period=month_before(NOVEMBER))) == (0, 0)


@pytest.mark.parametrize(
    ("kpi", "records", "expected"),
    [
        ("conferences-15", [an_event("strategy_discussion", day(26, 10), section_47=True)], (0, 1)),
        (
            "conferences-15",
            [an_event("strategy_discussion", day(26, 10), section_47=True), an_event("icpc_held", day(16))],
            (1, 1),
        ),
        (
            "conferences-15",
            [an_event("strategy_discussion", day(26, 10), section_47=True), an_event("section_47_ended", day(3))],
            (0, 0),
        ),
        (  # the enquiry ends with what it found, and then the conference is held
            "conferences-15",
            [
                an_event("strategy_discussion", day(26, 10), section_47=True),
                an_event("section_47_ended", day(3)),
                an_event("icpc_held", day(17)),
            ],
            (0, 1),
        ),
        (  # another enquiry began before it: the conference is that one's
            "conferences-15",
            [
                an_event("strategy_discussion", day(26, 10), section_47=True),
                an_event("section_47_ended", day(28, 10)),
                an_event("strategy_discussion", day(30, 10), section_47=True),
                an_event("icpc_held", day(17)),
            ],
            (1, 1),
        ),
        ("cp-reviews", a_plan("cp", date(2026, 8, 10)), (0, 1)),
        ("cp-reviews", [*a_plan("cp", date(2026, 8, 10)), an_event("cp_review_held", day(10))], (1, 1)),
        # The conference that ends the plan is its review.
        ("cp-reviews", [*a_plan("cp", date(2026, 8, 10), day(10)), an_event("cp_review_held", day(10))], (1, 1)),
        ("lac-reviews", [*a_plan("lac", day(12, 10)), an_event("lac_review_held", day(10))], (0, 1)),
        ("lac-reviews", [*a_plan("lac", day(12, 10)), an_event("lac_review_held", day(9))], (1, 1)),
    ],
)
def test_conferences_and_reviews_are_measured_by_the_dates_they_were_due(
    kpi: str, records: list[Record], expected: tuple[int, int]
) -> None:
    assert figure(of(kpi, *a_plan("cin", date(2026, 9, 1)), *records)) == expected


@pytest.mark.parametrize(
    ("picked_up", "ended", "expected"),
    [
        (day(16), None, (1, 1)),
        (day(17), None, (0, 1)),
        (None, None, (0, 1)),
        (None, day(16), (0, 0)),  # closed on the day it was to be picked up
    ],
)
def test_a_new_case_is_picked_up_by_the_next_working_day(
    picked_up: date | None, ended: date | None, expected: tuple[int, int]
) -> None:
    records: list[Record] = [
        Child(id="c", reference="C1"),
        Case(id="case", child_id="c", team_id="t", received_on=day(13), passed_to_team_on=day(13), ended_on=ended),
    ]
    records += [Allocation(id="held", child_id="c", worker_id="w1", start=picked_up)] if picked_up else []
    assert figure(of("picked-up", *records)) == expected


def test_seen_alone_is_of_the_visits_of_which_it_was_said() -> None:
    visits = [*a_visit(day(3), alone=True), *a_visit(day(10), alone=False), *a_visit(day(17))]
    measure = of("seen-alone", *CP, *visits, *a_visit(day(4), alone=True, standing="contact"), *a_visit(day(20), seen=False))
    assert figure(measure) == (1, 2)
    assert measure.tally.left_out == ((NOT_SAID, 1),)
    assert [row.said for row in measure.tally.missed] == ["refused"]
    unborn = replace(CP[0], born=day(25))
    assert of("seen-alone", *CP, unborn, *a_visit(day(3), alone=False)).tally.left_out == ((UNBORN, 1),)


@pytest.mark.parametrize(
    ("met", "of_all", "tenths"), [(0, 0, None), (1, 1, 1000), (2, 3, 667), (1, 8, 125), (1, 3, 333), (1, 1600, 1)]
)
def test_a_share_is_rounded_half_up_to_a_tenth(met: int, of_all: int, tenths: int | None) -> None:
    row = Counted(Child(id="c"), None, "", None, None, None, True, None)
    assert Tally((row,) * met + (replace(row, is_met=False),) * (of_all - met)).tenths == tenths


def test_a_target_of_the_contract_is_met_at_the_target_itself() -> None:
    def on_target(tenths: int) -> bool | None:
        return of("cp-visits", *CP, *CP_SEEN, KpiTarget(id="t", kpi="cp-visits", tenths=tenths, start=day(1))).is_met

    assert (on_target(1000), on_target(1001), of("cp-visits", *CP).is_met) == (True, False, None)


@pytest.mark.parametrize(("start", "end", "target"), [(day(30), None, 900), (day(1, 12), None, None), (day(1), day(30), None)])
def test_a_month_is_held_against_the_target_of_its_last_day(start: date, end: date | None, target: int | None) -> None:
    assert of("cp-visits", *CP, KpiTarget(id="t", kpi="cp-visits", tenths=900, start=start, end=end)).target == target


def test_of_two_targets_that_two_people_set_for_one_time_the_higher_holds() -> None:
    both = [KpiTarget(id=name, kpi="cp-visits", tenths=tenths, start=day(1)) for name, tenths in (("a", 950), ("b", 900))]
    assert of("cp-visits", *CP, *both).target == 950


def test_periods_are_calendar_months() -> None:
    assert (NOVEMBER, month_before(month_of(date(2026, 1, 5)))) == (
        Period(day(1), day(1, 12)),
        Period(date(2025, 12, 1), date(2026, 1, 1)),
    )
    assert (NOVEMBER.words, Period(day(2), day(9)).words) == ("November 2026", "2 November 2026 to 8 November 2026")
    assert day(30) in NOVEMBER
    assert day(1, 12) not in NOVEMBER


def test_every_kpi_has_a_name_and_a_definition_of_its_own() -> None:
    for said in ([kpi.id for kpi in KPIS], [kpi.title for kpi in KPIS], [kpi.definition for kpi in KPIS]):
        assert all(said)
        assert len(set(said)) == len(said)


def a_sample(name: str) -> Outlook:
    data = sample_records(name)
    return Outlook(Snapshot(data.records), reference(), data.today, data.today)


@pytest.fixture(scope="module")
def southampton() -> Outlook:
    return a_sample("southampton")


@pytest.fixture(scope="module", params=("southampton", "newcastle"))
def sample(request: pytest.FixtureRequest, southampton: Outlook) -> Outlook:
    return southampton if request.param == "southampton" else a_sample(request.param)


def test_what_is_open_in_a_sample_is_what_the_outlook_calls_overdue(sample: Outlook) -> None:
    found = {one.kpi.id: one.tally for one in measured(sample, month_of(sample.on))}
    kinds: dict[str, tuple[str, Callable[[str], bool]]] = {
        "cp-visits": ("visit", lambda plan: plan == "cp"),
        "lac-visits": ("visit", lambda plan: plan == "lac"),
        "cin-visits": ("visit", lambda plan: plan == "cin"),
        "assessment-visits": ("visit", lambda plan: plan == "assessment"),
        "cp-reviews": ("review", lambda plan: plan == "cp"),
        "lac-reviews": ("review", lambda plan: plan == "lac"),
    }
    for kpi, (kind, is_asked) in kinds.items():
        rows = [row for row in (*found[kpi].missed, *found[kpi].earlier) if row.is_open]
        overdue = [one for one in sample.obligations if one.kind == kind and is_asked(one.plan) and one.state == "overdue"]
        assert sorted((row.child.id, row.due_on) for row in rows) == sorted((one.subject_id, one.due_on) for one in overdue)
    assert sum(tally.denominator for tally in found.values()) > 300
    assert found["conferences-15"].denominator > 1


def test_the_teams_of_a_sample_make_up_the_whole(southampton: Outlook) -> None:
    period = month_of(southampton.on - timedelta(days=31))
    whole = [figure(one) for one in measured(southampton, period)]
    parts = [
        [
            figure(one)
            for one in measured(
                Outlook(southampton.snapshot, southampton.reference, southampton.on, southampton.today, (team.id,)), period
            )
        ]
        for team in southampton.teams
    ]
    assert whole == [(sum(met for met, _ in each), sum(of_all for _, of_all in each)) for each in zip(*parts, strict=True)]
