"""What fills the days of two weeks: who is away, on duty, in court or at study, a row a worker. Never why."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.outlook_rows import Away
from planner.core.records import Worker

WEEK_DAYS = 5
RANK = {"away": 0, "duty": 1, "court": 2, "off": 9}


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one row that share a word: first and last column (both included), the word, and its kind."""

    first: int
    last: int
    word: str
    kind: str


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


def _cell(spells: list[Away], day: date, is_working: Callable[[date], bool]) -> tuple[str, str] | None:
    """The word and kind of a day: away before duty before court before the rest; None where it is free."""
    if not is_working(day):
        return "Off", "holiday"
    today = [spell for spell in spells if spell.first_day <= day <= spell.last_day]
    if today:
        first = min(today, key=lambda spell: (RANK.get(spell.kind, 5), spell.first_day))
        word = first.word if first.kind == "away" else first.kind.capitalize() or first.word
        return word, first.kind
    pattern = spells[0].worker.pattern
    return ("Off", "off") if day.weekday() < len(pattern) and not pattern[day.weekday()] else None


def _spans(cells: Sequence[tuple[str, str] | None]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for column, cell in enumerate(cells):
        if cell is None:
            continue
        before = spans[-1] if spans else None
        joins = before is not None and before.last == column - 1 and (before.word, before.kind) == cell and cell[1] == "away"
        if before is not None and joins:
            spans[-1] = Span(before.first, column, *cell)
        else:
            spans.append(Span(column, column, *cell))
    return tuple(spans)
