"""The KPIs: each one's name, its definition in words, and the function that counts it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from planner.core.flow_records import KpiTarget
from planner.core.outlook import Outlook
from planner.core.snapshot import Snapshot, holds
from planner.measures.assessments import assessments
from planner.measures.duties import PeriodDuties
from planner.measures.period import Period
from planner.measures.seen_alone import seen_alone
from planner.measures.tally import Tally

CONFERENCE_RULE = "CP-ICPC"


@dataclass(frozen=True, slots=True)
class Kpi:
    """One measure. `definition` is printed beside the figure."""

    id: str
    title: str
    definition: str
    count: Callable[[PeriodDuties], Tally]


@dataclass(frozen=True, slots=True)
class Measured:
    """A KPI of a period; `target` is what the contract asks for on its last day, in tenths of a per cent, or None."""

    kpi: Kpi
    tally: Tally
    target: int | None

    @property
    def is_met(self) -> bool | None:
        """Whether the share is the target or more; None without a target or without a row."""
        tenths = self.tally.tenths
        return None if self.target is None or tenths is None else tenths >= self.target


def measured(outlook: Outlook, period: Period) -> tuple[Measured, ...]:
    """Every KPI of a period for the teams of an outlook, as known on its day."""
    duties = PeriodDuties(outlook, period)
    return tuple(Measured(kpi, kpi.count(duties), target_of(outlook.snapshot, kpi.id, period.last_day)) for kpi in KPIS)


def target_of(snapshot: Snapshot, kpi_id: str, on: date) -> int | None:
    """What the contract asks for on a day, in tenths of a per cent; None where it asks nothing. Of two from a merge the more."""
    return max((one.tenths for one in snapshot.by(KpiTarget, "kpi", kpi_id) if holds(one, on)), default=None)


def _visits(plan: str) -> Callable[[PeriodDuties], Tally]:
    return lambda duties: duties.due("visit", lambda clock: clock.plan == plan)


def _reviews(plan: str) -> Callable[[PeriodDuties], Tally]:
    return lambda duties: duties.due("review", lambda clock: clock.plan == plan)


def _conferences(duties: PeriodDuties) -> Tally:
    return duties.due("conference", lambda clock: clock.rule == CONFERENCE_RULE)


def _picked_up(duties: PeriodDuties) -> Tally:
    return duties.due("allocation", lambda _clock: True)


def _visits_defined(children: str) -> str:
    """The due-based definition of formats.md 6: there is no national one, and a late visit cannot repair it."""
    return (
        f"Due dates of visits to {children} that fell in the period and have come, met by a visit in which the child was seen "
        "on or before the date; late and never made both count against. A child with no date to count from counts as late."
    )


KPIS: tuple[Kpi, ...] = (
    Kpi("cp-visits", "Child protection visits in time", _visits_defined("children on a child protection plan"), _visits("cp")),
    Kpi("lac-visits", "Looked-after visits in time", _visits_defined("looked-after children"), _visits("lac")),
    Kpi("cin-visits", "Child in need visits in time", _visits_defined("children on a child in need plan"), _visits("cin")),
    Kpi("assessment-visits", "Assessment visits in time", _visits_defined("children in assessment"), _visits("assessment")),
    Kpi(
        "seen-alone",
        "Children seen alone",
        "Statutory visits made in the period in which a child on a child protection plan or looked after was seen, and seen "
        "alone; of those of which it was said whether they were.",
        seen_alone,
    ),
    Kpi(
        "assessments-45",
        "Assessments authorised within 45 working days",
        "Assessments authorised in the period, 45 working days or fewer after the referral. Bank holidays are not counted.",
        lambda duties: assessments(duties, with_open=False),
    ),
    Kpi(
        "assessments-45-open",
        "Assessments within 45 working days, open ones counted",
        "The same, and every assessment open at the end of the period, or on the day looked at where that is earlier: in time "
        "while its limit is not past.",
        lambda duties: assessments(duties, with_open=True),
    ),
    Kpi(
        "conferences-15",
        "Initial conferences within 15 working days",
        "Initial child protection conferences that were due in the period, held within 15 working days of the strategy "
        "discussion; not held counts against. The national figure counts by the day held.",
        _conferences,
    ),
    Kpi(
        "cp-reviews",
        "Child protection reviews in time",
        "Review conferences due in the period, first 3 months after the plan began and then 6 months apart, held by their date.",
        _reviews("cp"),
    ),
    Kpi(
        "lac-reviews",
        "Looked-after reviews in time",
        "Reviews due in the period, 20 working days after care began, then 3 and 6 months apart, held by their date.",
        _reviews("lac"),
    ),
    Kpi(
        "picked-up",
        "New cases picked up within one working day",
        "Cases passed to a team whose one working day ended in the period, with a named worker on or before that day.",
        _picked_up,
    ),
)
