"""Stacked horizontal bars as plain values: what is drawn, what the table twin says, and the rows behind each part."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from planner.core.sheet_text import neutral
from planner.ui.table import Column


@dataclass(frozen=True, slots=True)
class Behind:
    """What lies behind a figure: a title, the columns its rows are shown with, and the rows."""

    title: str
    columns: tuple[Column, ...] = ()
    rows: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of part, in its order: its legend's words, the token it is filled with (none is hollow), its total."""

    key: str
    label: str
    colour: str = ""
    total: int | None = None
    behind: Behind | None = None
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: its kind, its length in the chart's unit, its count for the table, and its words."""

    kind: str
    length: float
    words: str
    behind: Behind
    shown: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar: a name, parts in order, the value at the right, and where its capacity is marked."""

    name: str
    parts: tuple[Part, ...]
    value: str
    words: str
    behind: Behind
    tone: str = ""
    capacity: float | None = None

    @cached_property
    def length(self) -> float:
        """The sum of its parts."""
        return sum(part.length for part in self.parts)

    def part(self, kind: str) -> Part | None:
        """The part of a kind, or None where the bar has none."""
        return next((part for part in self.parts if part.kind == kind), None)


@dataclass(frozen=True)
class BarChart:
    """A whole chart: the finding as its title, its key, its bars, and the heads of the table's first and last columns."""

    title: str
    kinds: tuple[Kind, ...]
    bars: tuple[Bar, ...]
    first_head: str
    value_head: str
    empty: str

    @cached_property
    def longest(self) -> float:
        """What the whole width stands for: the longest bar or the farthest capacity mark; at least 1."""
        return max([1.0, *(max(bar.length, bar.capacity or 0.0) for bar in self.bars)])


def table_columns(chart: BarChart) -> tuple[Column, ...]:
    """The columns of the table twin: the name, each kind with parts, the value."""
    first = Column(chart.first_head, lambda bar: bar.name, strong=True, stretch=True, width=104)
    longest = max(len(words) for words in (chart.value_head, *(bar.value for bar in chart.bars)))
    value = Column(
        chart.value_head,
        lambda bar: bar.value,
        sort=lambda bar: bar.length,
        align="right",
        tone=lambda bar: bar.tone,
        width=20 + 7 * longest,
    )
    return (first, *(_kind_column(kind) for kind in chart.kinds if not kind.mark), value)


def _kind_column(kind: Kind) -> Column:
    def shown(bar: Bar) -> str:
        part = bar.part(kind.key)
        return part.shown if part else "0"

    def length(bar: Bar) -> float:
        part = bar.part(kind.key)
        return part.length if part else 0.0

    return Column(kind.label, shown, sort=length, align="right", width=24 + 6 * len(kind.label))


def table_text(chart: BarChart) -> str:
    """The table twin as lines of cells parted by tabs, safe to paste into a spreadsheet."""
    columns = table_columns(chart)
    lines = ["\t".join(neutral(column.title) for column in columns)]
    lines += ["\t".join(neutral(column.text(bar)) for column in columns) for bar in chart.bars]
    return "\n".join(lines)
