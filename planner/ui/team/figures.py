"""The strip of the Team screen: six facts, each with exactly the rows behind it."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from planner.core.codes import PLAN_MARKS
from planner.core.records import Child
from planner.core.team_changes import WorkerChange, children_to_place, falling_due, new_children
from planner.core.workload import Load, pooled
from planner.ui.charts.bars import Behind
from planner.ui.screens.today_columns import TodayColumns
from planner.ui.table import Column
from planner.ui.team.rows import TAGS, TeamRow, full_time_words, room_word, unit_of
from planner.ui.widgets.stat_strip import Figure
from planner.ui.wording import count_words, names_in_a_row

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

NAMED = 2
SOON, LATER = timedelta(days=14), timedelta(days=28)


class TeamFigures:
    """The facts of one outlook; every number is the length of the rows it opens, but for the percentage, whose rows sum to it."""

    def __init__(
        self,
        outlook: "Outlook",
        rows: tuple[TeamRow, ...],
        changes: tuple[WorkerChange, ...],
        child_words: Callable[[Child], str],
    ) -> None:
        self.outlook, self.rows, self.changes = outlook, rows, changes
        self.columns = TodayColumns(outlook, child_words)

    def doors(self) -> dict[str, tuple[Figure, Behind]]:
        """Each fact with what it opens, in order."""
        made = (self._workers(), self._children(), self._percent(), self._over(), self._without(), self._to_place())
        return {figure.key: (figure, behind) for figure, behind in made}

    def _workers(self) -> tuple[Figure, Behind]:
        count = len(self.rows)
        noun = "worker" if count == 1 else "workers"
        return Figure("workers", count, noun, full_time_words(self.rows)), Behind("Workers", self.whole(), self.rows)

    def _children(self) -> tuple[Figure, Behind]:
        held = self.outlook.held
        plans = [case.plan for case in held]
        parts = [f"{mark} {plans.count(plan)}" for plan, mark in PLAN_MARKS.items() if plan in plans]
        noun = "child held" if len(held) == 1 else "children held"
        return Figure("held", len(held), noun, ", ".join(parts)), Behind("Children held", self.columns.cases(), held)

    def _percent(self) -> tuple[Figure, Behind]:
        loads = [row.load for row in self.rows if row.load is not None]
        used, available, percent, state = pooled(loads)
        unit = unit_of(loads)
        detail = f"{(used + 5) // 10:,} of {(available + 5) // 10:,} {unit}" if percent is not None else state.capitalize()
        figure = Figure("percent", round(percent or 0), f"of {room_word(unit)} used", detail, unit="%")
        return figure, Behind(f"{unit.capitalize()} used", self.whole(), self.rows)

    def _over(self) -> tuple[Figure, Behind]:
        over = self.outlook.over_capacity
        named = f"{over[0].worker.name} {over[0].percent:.0f}%" if over else "Nobody"
        more = f", {len(over) - 1} more" if len(over) > 1 else ""
        figure = Figure("over", len(over), "over capacity", named + more, tone="warning")
        return figure, Behind("Over capacity", self.whole(), self._rows_of(over))

    def _without(self) -> tuple[Figure, Behind]:
        without = self.outlook.no_capacity
        held = sum(len(load.child_ids) for load in without)
        names = names_in_a_row([load.worker.name for load in without[:NAMED]])
        holds = f"{names} {'holds' if len(without) == 1 else 'hold'} {count_words(held, 'child', 'children')}"
        detail = (
            holds if 0 < len(without) <= NAMED else f"They hold {count_words(held, 'child', 'children')}" if without else "Nobody"
        )
        figure = Figure("without", len(without), "with no capacity", detail, tone="warning")
        return figure, Behind("Children held, and no capacity", self.whole(), self._rows_of(without))

    def _to_place(self) -> tuple[Figure, Behind]:
        cases = children_to_place(self.changes)
        kinds = {kind: len({case.child.id for one in self.changes if one.kind in kind for case in one.cases}) for kind in _KINDS}
        parts = [f"{words} {kinds[kind]}" for kind, words in _KINDS.items() if kinds[kind]]
        figure = Figure(
            "place", len(cases), "to place", _upper(", ".join(parts)) or "Nobody leaves or is long away", tone="warning"
        )
        return figure, Behind("Children of leavers and of workers long away", self.columns.cases(), cases)

    def _rows_of(self, loads: tuple[Load, ...]) -> tuple[TeamRow, ...]:
        by_worker = {row.worker.id: row for row in self.rows if row.worker is not None}
        return tuple(by_worker[load.worker.id] for load in loads)

    def whole(self) -> tuple[Column, ...]:
        """Workers with everything that stands beside the percentage: the team, what is new, what falls due."""
        on = self.outlook.on

        def new(row: TeamRow) -> int:
            return len(new_children(self.outlook, row.worker)) if row.worker else 0

        def due(row: TeamRow, ahead: timedelta) -> int:
            return len(falling_due(self.outlook, row.worker, on, on + ahead)) if row.worker else 0

        return (
            Column("Worker", lambda row: row.name, strong=True, width=140),
            Column("Team", lambda row: self.outlook.team_name(row.worker.team_id), width=150),
            Column("Role", lambda row: row.role, width=120),
            Column("Hours", lambda row: row.hours_words, sort=lambda row: row.hours, align="right", width=60),
            Column("Reductions", lambda row: row.reduction_words, sort=lambda row: row.reduction, align="right", width=84),
            Column("Children", lambda row: f"{row.children}", sort=lambda row: row.children, align="right", width=76),
            Column("Used", lambda row: row.used_words, sort=lambda row: row.used, align="right", width=96),
            Column("Full", lambda row: row.percent_words, sort=lambda row: row.percent, align="right", width=60),
            Column("Workload", lambda row: row.state, width=106, tag=lambda row: TAGS.get(row.state, "neutral")),
            Column("New, 7 days", lambda row: f"{new(row)}", sort=new, align="right", width=92),
            Column("Due, 14 days", lambda row: f"{due(row, SOON)}", sort=lambda row: due(row, SOON), align="right", width=96),
            Column("Due, 28 days", lambda row: f"{due(row, LATER)}", sort=lambda row: due(row, LATER), align="right", width=96),
            Column("Next change", lambda row: row.coming, width=150, stretch=True, tone=lambda _row: "text_muted"),
        )


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


_KINDS = {("left", "leaves"): "leavers", ("long away",): "away"}
