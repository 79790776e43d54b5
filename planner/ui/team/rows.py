"""The rows of the Team screen's table: a worker each with hours, load, band and what changes next; and the teams' sum."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.core.candidates import leaves_soon
from planner.core.coming_changes import STAGES, next_change
from planner.core.records import Reduction, Worker
from planner.core.snapshot import holds
from planner.core.workload import NO_CAPACITY, Load, pooled, stage
from planner.reports.document import Bar
from planner.reports.load_bars import load_bar, scale_of
from planner.ui.dialogs.worker_table import points
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

TAGS = {"over": "warning", NO_CAPACITY: "warning", "nearly full": "neutral", "has room": "good"}
LEAVING, NO_NEW_CASES = "leaving", "no new cases"
"""What stands in place of `has room` where what is left is none to give a child to."""
FULL_TIME = 370
"""Hours of a full-time post in tenths, where no scheme says its own."""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One worker of the table, or the sum of them (no worker). Hours, used and available are tenths."""

    worker: Worker | None
    load: Load | None
    name: str
    role: str
    hours: int
    reduction: int
    children: int
    bar: Bar | None
    used: int
    available: int
    percent: float | None
    state: str
    coming: str

    @property
    def used_words(self) -> str:
        """`101 of 100`, in whole points, halves up."""
        return f"{(self.used + 5) // 10:,} of {(self.available + 5) // 10:,}"

    @property
    def percent_words(self) -> str:
        """`101%`, a dash where nothing is available."""
        return "–" if self.percent is None else f"{self.percent:.0f}%"

    @property
    def hours_words(self) -> str:
        """`37.0`: what is contracted."""
        return f"{self.hours / 10:,.1f}"

    @property
    def reduction_words(self) -> str:
        """`−3.7`: fewer hours now, and never why."""
        return f"−{self.reduction / 10:.1f}" if self.reduction else ""


def role_words(worker: Worker, now_stage: str) -> str:
    """`Social worker`, or the stage where it says more: `ASYE`, `Senior social worker`."""
    role = worker.role[:1].upper() + worker.role[1:]
    if now_stage in ("", "experienced"):
        return role
    words = STAGES.get(now_stage, now_stage.capitalize())
    return words if now_stage in ("asye", "nqsw") else f"{words} {worker.role}"


def team_rows(outlook: "Outlook") -> tuple[TeamRow, ...]:
    """A row for every worker of the teams looked at, by name; all bars share one scale."""
    scale = scale_of(outlook.loads)
    return tuple(
        _row(outlook, load, scale) for load in sorted(outlook.loads, key=lambda load: (load.worker.name, load.worker.id))
    )


def _row(outlook: "Outlook", load: Load, scale: int) -> TeamRow:
    worker = load.worker
    cuts = [cut for cut in outlook.snapshot.by(Reduction, "worker_id", worker.id) if holds(cut, outlook.on)]
    contracted = sum(worker.pattern)
    return TeamRow(
        worker=worker,
        load=load,
        name=worker.name,
        role=role_words(worker, stage(worker, outlook.on)),
        hours=contracted,
        reduction=min(contracted, sum(cut.hours for cut in cuts)),
        children=len(load.child_ids),
        bar=load_bar(load, outlook.snapshot, outlook.on, scale),
        used=load.used,
        available=load.available,
        percent=load.percent,
        state=room_state(load, outlook.on),
        coming=next_change(outlook, worker),
    )


def room_state(load: Load, on: date) -> str:
    """The band; but whoever leaves soon or takes no new cases yet has no room, whatever is left."""
    worker = load.worker
    if TAGS.get(load.state) != "good":
        return load.state
    if leaves_soon(worker, on):
        return LEAVING
    is_closed = worker.no_new_cases_until is not None and worker.no_new_cases_until > on
    return NO_NEW_CASES if is_closed else load.state


def sum_row(rows: Iterable[TeamRow]) -> TeamRow:
    """The teams' sum: its percentage is of the sums, and says what points without capacity are in it."""
    rows = tuple(rows)
    loads = [row.load for row in rows if row.load is not None]
    used, available, percent, state = pooled(loads)
    without = [row for row in rows if row.load is not None and row.percent is None and row.used]
    stranded = sum(row.used for row in without)
    who = f"{without[0].name}’s" if len(without) == 1 else f"{count_words(len(without), 'worker')} without capacity:"
    return TeamRow(
        worker=None,
        load=None,
        name="Team",
        role="",
        hours=sum(row.hours for row in rows),
        reduction=sum(row.reduction for row in rows),
        children=sum(row.children for row in rows),
        bar=None,
        used=used,
        available=available,
        percent=percent,
        state=state if state not in TAGS else "",
        coming=f"Includes {who} {amount_words(stranded, unit_of(loads))}" if stranded else "",
    )


def unit_of(loads: Iterable[Load]) -> str:
    """The unit all the loads are counted in, or points where they differ."""
    units = {load.scheme.unit for load in loads if load.scheme is not None}
    return units.pop() if len(units) == 1 else "points"


def amount_words(tenths: int, unit: str) -> str:
    """`21 children`, `1 child`, `4.5 points`."""
    one = {"children": "child"}.get(unit, unit.removesuffix("s"))
    return f"{points(tenths)} {one if tenths == 10 else unit}"


def room_word(unit: str) -> str:
    """What is used of a capacity: points, minutes, or places where children are counted."""
    return "places" if unit == "children" else unit


def full_time_words(rows: Iterable[TeamRow]) -> str:
    """`9.5 full-time equivalent`: contracted hours of all, in full posts of the scheme."""
    rows = tuple(rows)
    standard = next((row.load.scheme.standard_hours for row in rows if row.load and row.load.scheme), FULL_TIME)
    return f"{sum(row.hours for row in rows) / standard:.1f} full-time equivalent"
