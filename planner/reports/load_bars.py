"""A worker's load on paper: its bar, its sum line by line, and the words beside it."""

from collections.abc import Iterable
from datetime import date, timedelta

from planner.core.outlook import Outlook
from planner.core.outlook_rows import Away
from planner.core.phrases import lower_first
from planner.core.snapshot import Snapshot
from planner.core.workload import Load, LoadLine, pooled, stage
from planner.reports.document import PATTERNS, Bar, BarPart, Block, Column, Key, Run, Table, paragraph, row
from planner.reports.wording import brief_day, counted, figure, working_days_of

AHEAD = timedelta(days=21)
"""How far ahead a note looks for days away."""
MOST_DAYS_NAMED = 3

PATTERN_WORDS = {
    "other": "Other work",
    "assessment": "Assessment",
    "cin": "Child in need",
    "cp": "Child protection",
    "lac": "Looked after",
}
PATTERN_KEY = Key(tuple(PATTERN_WORDS.items()))
_IN_PROCEEDINGS = "_in_proceedings"


def scale_of(loads: Iterable[Load]) -> int:
    """The tenths that a full bar stands for, so that all bars of a list share one scale."""
    return max((max(load.used, load.available) for load in loads), default=0)


def load_bar(load: Load, snapshot: Snapshot, on: date, scale: int) -> Bar:
    """The bar of one worker: other work, then the four types, then the mark where capacity ends."""
    tenths = _tenths_by_pattern(load, snapshot, on)
    parts = tuple(BarPart(pattern, tenths[pattern]) for pattern in PATTERNS if tenths[pattern] > 0)
    shown = ", ".join(f"{PATTERN_WORDS[part.pattern].lower()} {figure(part.tenths)}" for part in parts) or "nothing held"
    capacity = load.available if load.percent is not None else None
    return Bar(parts, capacity, scale, f"{load.worker.name}, {points_of(load)}: {shown}")


def _tenths_by_pattern(load: Load, snapshot: Snapshot, on: date) -> dict[str, int]:
    """What each pattern stands for; what co-workers take off is taken from other work first, then from the largest."""
    tenths = dict.fromkeys(PATTERNS, 0)
    for line in load.lines:
        for pattern, share in _shares(line, snapshot, on):
            tenths[pattern] += share
    off = -min(tenths["other"], 0)
    tenths["other"] += off
    for pattern in sorted(PATTERNS, key=lambda each: -tenths[each]):
        taken = min(off, tenths[pattern])
        tenths[pattern] -= taken
        off -= taken
    return tenths


def _shares(line: LoadLine, snapshot: Snapshot, on: date) -> list[tuple[str, int]]:
    """What a line adds to each pattern: by its own plan, else by the plan of each child it names."""
    pattern = line.what.removesuffix(_IN_PROCEEDINGS)
    if pattern in PATTERNS:
        return [(pattern, line.tenths)]
    if not line.each or len(line.child_ids) != line.count:
        return [("other", line.tenths)]
    plans = [snapshot.plan(child_id, on) for child_id in line.child_ids]
    return [(plan if plan in PATTERNS else "other", line.each) for plan in plans]


def unit_of(load: Load) -> str:
    """What the worker's scheme counts: points, minutes or children."""
    return load.scheme.unit if load.scheme is not None else "points"


def points_of(load: Load) -> str:
    """111 of 100, or no capacity."""
    return "no capacity" if load.percent is None else f"{figure(load.used)} of {figure(load.available)}"


def room_of(load: Load) -> str:
    """What is left or over, in words."""
    if load.percent is None:
        return f"{unit_of(load)} held, no capacity on this day"
    if load.left < 0:
        return f"{unit_of(load)}: over capacity by {figure(-load.left)}"
    return f"{unit_of(load)}: room for {figure(load.left)}"


def pooled_words(loads: tuple[Load, ...]) -> tuple[str, str]:
    """The team's points and percentage together, of the sums."""
    used, available, percent, state = pooled(loads)
    return (f"{figure(used)} of {figure(available)}", f"{percent:.0f}%, {state}" if percent is not None else state)


def sum_of_points(load: Load, on: date) -> tuple[Block, ...]:
    """Every line of the sum with its total and what is available, and a sentence on children with no weight."""
    rows = [row(line.label, _times(line), figure(line.tenths)) for line in load.lines]
    rows.append(row("Used", "", figure(load.used), kind="sum"))
    rows.append(row(_available_words(load, on), "", figure(load.available)))
    table = Table((Column(""), Column("", 20, "right"), Column("", 14, "right")), tuple(rows))
    if not load.unweighted:
        return (table,)
    told = f"{counted(len(load.unweighted), 'child', 'children')} with no weight under this scheme, counted as nothing."
    return table, paragraph(Run(told, "small"))


def _times(line: LoadLine) -> str:
    if line.each and line.child_ids:
        return f"{line.count} × {figure(line.each)}"
    return counted(line.count, "child", "children") if line.child_ids else ""


def _available_words(load: Load, on: date) -> str:
    if load.scheme is None:
        return "Available"
    target = load.scheme.target(stage(load.worker, on), load.worker.role)
    return f"Available: {figure(target)} × {figure(load.hours)} ÷ {figure(load.scheme.standard_hours)} hours"


def note_on(load: Load, outlook: Outlook) -> str:
    """What to know before giving this worker a child: stage, days, limits, days away. Never why someone is away."""
    worker, on = load.worker, outlook.on
    notes = ["ASYE"] if stage(worker, on).casefold() == "asye" else []
    notes += [words] if (words := working_days_of(worker)) else []
    if load.headcount_limit is not None and len(load.child_ids) >= load.headcount_limit:
        notes.append(f"limit {counted(load.headcount_limit, 'child', 'children')}")
    if worker.no_new_cases_until is not None and worker.no_new_cases_until > on:
        notes.append(f"no new cases until {brief_day(worker.no_new_cases_until, on)}")
    if worker.assignment_end is not None:
        left = worker.assignment_end <= on
        notes.append("has left" if left else f"leaves {brief_day(worker.assignment_end - timedelta(days=1), on)}")
    notes += _days_away(worker.id, outlook)
    return _capitalised("; ".join(notes))


def _days_away(worker_id: str, outlook: Outlook) -> list[str]:
    """The first days away and commitments of the next three weeks, such as `away 30 Nov to 4 Dec`."""
    rows = [away for away in outlook.away(outlook.on, outlook.on + AHEAD) if away.worker.id == worker_id]
    words = []
    for away in sorted(rows, key=lambda away: away.first_day)[:MOST_DAYS_NAMED]:
        words.append(f"{lower_first(away.word)} {_days(away, outlook.on)}".strip())
    return words


def _days(away: Away, on: date) -> str:
    if away.last_day >= on + AHEAD:
        return "" if away.first_day <= on else f"from {brief_day(away.first_day, on)}"
    if away.first_day < on:
        return f"until {brief_day(away.last_day, on)}"
    if away.first_day == away.last_day:
        return brief_day(away.first_day, on)
    same_month = (away.first_day.year, away.first_day.month) == (away.last_day.year, away.last_day.month)
    first = str(away.first_day.day) if same_month else brief_day(away.first_day, on)
    return f"{first} to {brief_day(away.last_day, on)}"


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
