"""What has changed since last Monday: children new and closed, visits newly late, and visits put right."""

from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.outlook import Outlook
from planner.core.outlook_rows import LateVisit, OpenCase
from planner.core.records import Case, Child, Worker


@dataclass(frozen=True, slots=True)
class Turn:
    """A child whose case came to these teams or left them, on which day, and how: `received`, an outcome, another team."""

    case: OpenCase
    on: date | None
    how: str


@dataclass(frozen=True, slots=True)
class SinceMonday:
    """What differs between two days, each figure the length of its rows. `put_right` were late on the Monday."""

    monday: date
    new: tuple[Turn, ...]
    closed: tuple[Turn, ...]
    newly_late: tuple[LateVisit, ...]
    put_right: tuple[LateVisit, ...]


def last_monday(on: date) -> date:
    """The latest Monday before a day; from a Monday, that of the week before."""
    return on - timedelta(days=on.weekday() or 7)


def since_last_monday(now: Outlook) -> SinceMonday:
    """The outlook beside the same records as they speak of last Monday.

    Days are the records' own: a visit of last Friday that was logged today had put its clock right on Friday. An overdue
    visit is newly late where that very clock was not late on the Monday; it was put right where the child was seen since.
    """
    then = Outlook(now.snapshot, now.reference, last_monday(now.on), now.today, now.team_ids)
    return SinceMonday(then.on, _new(now, then), _closed(now, then), _newly_late(now, then), _put_right(now, then))


def _new(now: Outlook, then: Outlook) -> tuple[Turn, ...]:
    known = {row.case.id for row in then.cases}
    still_here = [Turn(row, *_arrival(row, then)) for row in now.cases if row.case.id not in known]
    return _in_order([*still_here, *(Turn(row, row.case.received_on, "received") for row in _came_and_went(now, then))])


def _arrival(row: OpenCase, then: Outlook) -> tuple[date | None, str]:
    received = row.case.received_on
    if received is not None and received > then.on:
        return received, "received"
    days = [day for day in (row.since, row.case.passed_to_team_on) if day is not None and day > then.on]
    return min(days, default=None), "from another team"


def _closed(now: Outlook, then: Outlook) -> tuple[Turn, ...]:
    open_now = {row.case.id for row in now.cases}
    gone = [row for row in then.cases if row.case.id not in open_now]
    return _in_order([_departure(row, now) for row in (*gone, *_came_and_went(now, then))])


def _departure(row: OpenCase, now: Outlook) -> Turn:
    ended = row.case.ended_on
    if ended is not None and ended <= now.on:
        return Turn(row, ended, row.case.outcome or "closed")
    return Turn(row, None, "to another team")


def _came_and_went(now: Outlook, then: Outlook) -> list[OpenCase]:
    """Cases received after the Monday and ended by the day looked at, which are open on neither day."""
    rows = []
    for case in now.snapshot.all(Case).values():
        if case.received_on is None or case.ended_on is None or not then.on < case.received_on <= case.ended_on <= now.on:
            continue
        row = _row_of_ended(case, now)
        if row is not None and (not now.team_ids or row.team_id in now.team_ids):
            rows.append(row)
    return rows


def _row_of_ended(case: Case, now: Outlook) -> OpenCase | None:
    child = now.snapshot.find(Child, case.child_id)
    if child is None or case.ended_on is None or case.received_on is None:
        return None
    last_day = max(case.received_on, case.ended_on - timedelta(days=1))
    plans = now.snapshot.plans(child.id, last_day)
    lead = now.snapshot.lead(child.id, last_day)
    worker = now.snapshot.find(Worker, lead.worker_id) if lead else None
    team_id = worker.team_id if worker else now.snapshot.team_of(case, last_day)
    first = plans[0] if plans else None
    return OpenCase(
        child=child,
        case=case,
        plan=first.plan if first else "",
        plan_since=first.start if first else None,
        plans=plans,
        worker=worker,
        since=lead.start if lead else None,
        team_id=team_id,
        last_seen=None,
        next_visit=None,
    )


def _in_order(turns: list[Turn]) -> tuple[Turn, ...]:
    return tuple(sorted(turns, key=lambda turn: (turn.on or date.max, turn.case.child.reference, turn.case.case.id)))


def _late_ids(outlook: Outlook) -> set[str]:
    return {one.id for row in outlook.overdue_visits for one in (row.obligation, *row.others)}


def _newly_late(now: Outlook, then: Outlook) -> tuple[LateVisit, ...]:
    before = _late_ids(then)
    return tuple(row for row in now.overdue_visits if row.obligation.id not in before)


def _put_right(now: Outlook, then: Outlook) -> tuple[LateVisit, ...]:
    late = _late_ids(now)
    return tuple(row for row in then.overdue_visits if row.obligation.id not in late and _is_seen_since(row, now, then))


def _is_seen_since(row: LateVisit, now: Outlook, then: Outlook) -> bool:
    return any(
        visit.on is not None and then.on < visit.on <= now.on and visit.status == "made" and sighting.seen
        for visit, sighting in now.snapshot.visits_of(row.case.child.id)
    )
