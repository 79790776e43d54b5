"""The chart of caseload: what each worker holds by type of case, with other work hollow and capacity marked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from planner.core.codes import PLAN_MARKS, PLANS
from planner.core.outlook_rows import OpenCase
from planner.core.records import Worker
from planner.core.workload import Load, LoadLine
from planner.ui.charts.bars import Bar, BarChart, Behind, Kind, Part
from planner.ui.table import Column
from planner.ui.wording import count_words, names_in_a_row

OTHER_WORK = "other work"
OTHER_TYPES = "other types"
CAPACITY = "capacity"
DRAWN_TYPES = ("assessment", "cin", "cp", "lac")
COLOURS = {"assessment": "chart_1", "cin": "chart_2", "cp": "chart_3", "lac": "chart_4", OTHER_TYPES: "chart_other"}
TONES = {"over": "warning", "no capacity": "warning"}
STATES = {"over": "over capacity"}
MOST_NAMED = 2
DONE_BY_OTHERS = "done by others"

Held = Callable[[str], Sequence[OpenCase]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A child a worker leads, with what the child adds to the worker's load, in tenths."""

    case: OpenCase
    worker: Worker
    tenths: int


@dataclass(frozen=True, slots=True)
class LoadColumns:
    """The columns that children and lines of a sum are shown with."""

    children: tuple[Column, ...]
    lines: tuple[Column, ...]


def points(tenths: int) -> str:
    """Tenths as points: `8`, or `8.5` where there is a part."""
    return f"{tenths // 10:,}" if tenths % 10 == 0 else f"{tenths / 10:,.1f}"


def value_words(load: Load) -> str:
    """`111 of 100` in whole points, halves up, or `no capacity` where nothing is available."""
    if load.percent is None:
        return "no capacity"
    return f"{(load.used + 5) // 10:,} of {(load.available + 5) // 10:,}"


def unit_of(loads: Iterable[Load]) -> str:
    """The unit all the loads are counted in, or points where they differ or say nothing."""
    units = {load.scheme.unit for load in loads if load.scheme is not None}
    return units.pop() if len(units) == 1 else "points"


def capacity_chart(loads: Sequence[Load], held_by: Held, columns: LoadColumns) -> BarChart:
    """One bar a worker, fullest first and no capacity last; each part holds the children or lines it is made of."""
    ordered = sorted(loads, key=lambda load: (load.percent is None, -(load.percent or 0.0), load.worker.name, load.worker.id))
    unit = unit_of(ordered)
    weighed = [weighed_children(load, held_by(load.worker.id)) for load in ordered]
    bars = tuple(_bar(load, rows, unit, columns) for load, rows in zip(ordered, weighed, strict=True))
    kinds = _kinds([row for rows in weighed for row in rows], bars, columns)
    empty = "No workers are in this team yet. Their workload is drawn here once the Team page has them."
    return BarChart(capacity_finding(ordered), kinds, bars, "Worker", unit.capitalize(), empty)


def capacity_finding(loads: Sequence[Load]) -> str:
    """The finding as a title of at most ten words."""
    for state, words in (("over", "over capacity"), ("nearly full", "nearly full")):
        names = [load.worker.name for load in loads if load.state == state]
        if 0 < len(names) <= MOST_NAMED:
            return f"{names_in_a_row(names)} {'is' if len(names) == 1 else 'are'} {words}"
        if names:
            return f"{len(names)} of {len(loads)} workers are {words}"
    return "Workload by worker"


def weighed_children(load: Load, cases: Sequence[OpenCase]) -> tuple[Weighed, ...]:
    """The children a worker leads, each with what it adds; what co-workers do on them is taken off in proportion."""
    tenths = {case.child.id: 0 for case in cases}
    for line in load.lines:
        for child_id in line.child_ids:
            if child_id in tenths:
                tenths[child_id] += line.each
    for line in load.lines:
        if line.what == DONE_BY_OTHERS:
            shared = sum(tenths.get(child_id, 0) for child_id in line.child_ids)
            for child_id in line.child_ids:
                if shared and child_id in tenths:
                    tenths[child_id] += line.tenths * tenths[child_id] // shared
    return tuple(Weighed(case, load.worker, tenths[case.child.id]) for case in cases)


def _kind_of(plan: str) -> str:
    return plan if plan in DRAWN_TYPES else OTHER_TYPES


def _bar(load: Load, held: Sequence[Weighed], unit: str, columns: LoadColumns) -> Bar:
    parts = [
        _type_part(load, kind, rows, unit, columns)
        for kind in (*DRAWN_TYPES, OTHER_TYPES)
        if (rows := tuple(row for row in held if _kind_of(row.case.plan) == kind))
    ]
    rest = load.used - sum(row.tenths for row in held)
    if rest > 0:
        parts.insert(0, _other_work(load, rest, unit, columns))
    value = value_words(load)
    state = STATES.get(load.state, load.state)
    words = f"{load.worker.name}, {state}" if load.percent is None else f"{load.worker.name}, {value} {unit}, {state}"
    if load.unweighted:
        words += f", {count_words(len(load.unweighted), 'child', 'children')} not weighed"
    behind = Behind(f"How the {unit} of {load.worker.name} are worked out", columns.lines, load.lines)
    capacity = None if load.percent is None else load.available / 10
    return Bar(load.worker.name, tuple(parts), value, words, behind, TONES.get(load.state, ""), capacity)


def _other_work(load: Load, tenths: int, unit: str, columns: LoadColumns) -> Part:
    lines = tuple(line for line in load.lines if not is_of_a_child_led(line))
    words = f"{load.worker.name}, other work, {points(tenths)} {unit}"
    return Part(OTHER_WORK, tenths / 10, words, Behind(f"Other work of {load.worker.name}", columns.lines, lines), points(tenths))


def is_of_a_child_led(line: LoadLine) -> bool:
    """Whether a line of the sum is counted in the parts by type: it names children, at so much each, or takes off from them."""
    return bool(line.child_ids) and (line.each != 0 or line.what == DONE_BY_OTHERS)


def _type_part(load: Load, kind: str, rows: tuple[Weighed, ...], unit: str, columns: LoadColumns) -> Part:
    label = "other types" if kind == OTHER_TYPES else PLANS[kind].lower()
    tenths = sum(row.tenths for row in rows)
    words = f"{load.worker.name}, {label}, {count_words(len(rows), 'child', 'children')}, {points(tenths)} {unit}"
    return Part(kind, tenths / 10, words, Behind(f"{load.worker.name}, {label}", columns.children, rows), f"{len(rows)}")


def _kinds(held: Sequence[Weighed], bars: Iterable[Bar], columns: LoadColumns) -> tuple[Kind, ...]:
    """The key: other work where there is any, the four types with their children, other types where there are any, capacity."""
    drawn = {part.kind for bar in bars for part in bar.parts}
    kinds = [Kind(OTHER_WORK, "Other work")] if OTHER_WORK in drawn else []
    for key in (*DRAWN_TYPES, OTHER_TYPES):
        rows = tuple(row for row in held if _kind_of(row.case.plan) == key)
        if rows or key in DRAWN_TYPES:
            label, words = ("Other", "Other types") if key == OTHER_TYPES else (PLAN_MARKS[key], PLANS[key])
            kinds.append(Kind(key, label, COLOURS[key], len(rows), Behind(f"{words}, held by a worker", columns.children, rows)))
    return (*kinds, Kind(CAPACITY, "Capacity", mark=True))
