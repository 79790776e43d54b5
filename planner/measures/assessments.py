"""Assessments against their limit: those authorised in a period, alone or with those that were open at its end."""

from datetime import date

from planner.core.duty_history import PastClock
from planner.core.manager_checks import LIMIT_RULE
from planner.core.obligations import is_overdue
from planner.core.records import Child
from planner.measures.duties import PeriodDuties, Sums
from planner.measures.tally import Tally

UNSIGNED = "ended without being authorised"


def assessments(duties: PeriodDuties, with_open: bool) -> Tally:
    """Assessments authorised in the period, met within their limit; those that ended in it unsigned are left out.

    `with_open` adds those open on the last day of the period, or on the day looked at where that is earlier: met while
    their limit is not past.
    """
    sums = Sums()
    for child in duties.children:
        for clock in duties.clocks(child, "assessment"):
            if clock.rule == LIMIT_RULE:
                _judge(sums, duties, child, clock, with_open)
    return sums.tally()


def _judge(sums: Sums, duties: PeriodDuties, child: Child, clock: PastClock, with_open: bool) -> None:
    last = min(duties.period.last_day, duties.outlook.on)
    over = clock.met_on or clock.ended_on
    if over is not None and over <= last:
        if over in duties.period:
            _add(sums, duties, child, clock, over, clock.is_met_in_time, "" if clock.met_on else UNSIGNED)
    elif with_open and clock.since is not None and clock.since <= last:
        _add(sums, duties, child, clock, last, not is_overdue(clock.due, last), "")


def _add(sums: Sums, duties: PeriodDuties, child: Child, clock: PastClock, day: date, is_met: bool, unsigned: str) -> None:
    """The team is the one that has the child on the day; on the day a case ends it is the one that had it the day before."""
    held_on = day if duties.outlook.snapshot.case(child.id, day) is not None else date.fromordinal(day.toordinal() - 1)
    if not duties.is_ours(child, held_on):
        return
    why = duties.left_out(child, clock) or unsigned
    if why:
        sums.left_out[why] += 1
    else:
        sums.rows.append(duties.row(child, clock, held_on, is_met))
