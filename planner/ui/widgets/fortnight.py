"""What fills the days of two weeks: who is away, on duty, in court or at study, a row a worker. Never why."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.outlook_rows import Away
from planner.core.records import Worker

WEEK_DAYS = 5
RANK = {"away": 0, "duty": 1, "court": 2, "off": 9}
Cell = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one row that share a word: first and last column (both included), the word, its kind, and which half of a day."""

    first: int
    last: int
    word: str
    kind: str
    part: str = "day"


@dataclass(frozen=True, slots=True)
class FortnightRow:
    """One worker and the days that are not free."""

    worker: Worker
    spans: tuple[Span, ...]

    def at(self, column: int) -> Span | None:
        """What fills a column, or None."""
        return next((span for span in self.spans if span.first <= column <= span.last), None)


def fortnight_days(monday: date) -> tuple[date, ...]:
    """The ten weekdays of two weeks."""
    return tuple(monday + timedelta(days=day) for day in range(14) if day % 7 < WEEK_DAYS)


def fortnight_rows(days: Sequence[date], spells: Iterable[Away], is_working: Callable[[date], bool]) -> tuple[FortnightRow, ...]:
    """A row for each worker with a spell in these days; days not in the worker's pattern, and holidays, are `Off`."""
    by_worker: dict[str, list[Away]] = {}
    for spell in spells:
        by_worker.setdefault(spell.worker.id, []).append(spell)
    rows = []
    for found in by_worker.values():
        cells = [_cell(found, day, is_working) for day in days]
        if any(cell is not None and cell[1] not in ("off", "holiday") for cell in cells):
            rows.append(FortnightRow(found[0].worker, _spans(cells)))
    return tuple(sorted(rows, key=lambda row: (row.worker.name, row.worker.id)))


def _cell(spells: list[Away], day: date, is_working: Callable[[date], bool]) -> Cell | None:
    """The word, kind and half of a day: away before duty before court before the rest; None where it is free."""
    if not is_working(day):
        return "Off", "holiday", "day"
    pattern = spells[0].worker.pattern
    is_off = day.weekday() < len(pattern) and not pattern[day.weekday()]
    today = [spell for spell in spells if spell.first_day <= day <= spell.last_day]
    if not today:
        return ("Off", "off", "day") if is_off else None
    first = min(today, key=lambda spell: (RANK.get(spell.kind, 5), spell.part != "day", spell.first_day))
    if first.kind != "away":
        return first.kind.capitalize() or first.word, first.kind, "day"
    halves = {spell.part for spell in today if spell.kind == "away"}
    part = first.part if len(halves) == 1 else "day"
    return (first.word if part == "day" else part), first.kind, part


def _spans(cells: Sequence[Cell | None]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for column, cell in enumerate(cells):
        if cell is None:
            continue
        before = spans[-1] if spans else None
        joins = cell[1:] == ("away", "day") and before is not None and before.last == column - 1
        if before is not None and joins and (before.word, before.kind, before.part) == cell:
            spans[-1] = Span(before.first, column, *cell)
        else:
            spans.append(Span(column, column, *cell))
    return tuple(spans)
