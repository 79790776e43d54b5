"""How a worker's load went: the same figure on the same day of the weeks before, by the records' own dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.records import Worker
from planner.core.snapshot import Snapshot
from planner.core.workload import Scheme, load, scheme_of

WEEKS = 12


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The load of a worker on one day, in tenths of the unit of the scheme in force then; None where nothing was available."""

    on: date
    used: int
    available: int
    percent: float | None
    children: int


def load_trend(
    snapshot: Snapshot, schemes: Mapping[str, Scheme], worker: Worker, on: date, weeks: int = WEEKS
) -> tuple[TrendPoint, ...]:
    """The load of each of the weeks before and of the day itself, oldest first; days before the assignment are left out."""
    points = []
    for number in range(weeks, -1, -1):
        then = on - timedelta(weeks=number)
        if worker.assignment_start is not None and then < worker.assignment_start:
            continue
        scheme = scheme_of(snapshot, schemes, worker.team_id, then)
        found = load(snapshot, worker, then, scheme)
        points.append(TrendPoint(then, found.used, found.available, found.percent, len(found.child_ids)))
    return tuple(points)
