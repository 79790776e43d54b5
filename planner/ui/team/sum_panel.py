"""How a worker's figure is made: every line of what is used and what is available, what is new and due, and the trend."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from planner.core.date_words import plain_date
from planner.core.load_trend import TrendPoint
from planner.core.records import PolicyInForce
from planner.core.snapshot import holds
from planner.core.team_changes import falling_due, new_children
from planner.core.workload import Load, stage
from planner.ui.dialogs.worker_table import points
from planner.ui.drawer_rows import times_words
from planner.ui.rows_painting import INSET
from planner.ui.table import Column, RowsModel
from planner.ui.team.rows import amount_words, role_words, unit_of
from planner.ui.team.trend_line import TrendLine
from planner.ui.theme import current_theme
from planner.ui.widgets.button import Button
from planner.ui.widgets.fitted_rows import FittedRows
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

SOON, LATER = 14, 28
HEAD = 28
"""The height of a heading with a link beside it, so that headings side by side stand on one line."""


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of a sum: its words, how often what, and its figure; `child_ids` are the children behind it."""

    words: str
    times: str
    figure: str
    child_ids: tuple[str, ...] = ()


LEAST_WORDS, LEAST_FIGURE = 120, 48
SHORT = {"sibling": "Further siblings"}
"""Lines whose words on paper are too long for a column here."""


def columns_of(lines: tuple[SumLine, ...]) -> tuple[Column, ...]:
    """Words, how often, and the figure: the last two as wide as what stands in them, so that nothing of a sum is cut."""
    times = Column("Times", lambda line: line.times, width=_wide(line.times for line in lines), tone=_muted, align="right")
    figure = max(LEAST_FIGURE, _wide(line.figure for line in lines))
    return (
        Column("What", lambda line: line.words, width=LEAST_WORDS, stretch=True, tip=_whole),
        *((times,) if any(line.times for line in lines) else ()),
        Column("Points", lambda line: line.figure, width=figure, align="right"),
    )


def _wide(texts: Iterable[str]) -> int:
    """The width of the widest in pixels at 100% text, with the room of a cell."""
    theme = current_theme()
    metrics = QFontMetrics(theme.font("body"))
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
    return ceil(widest / theme.text_scale) + 2 * INSET + 2


def _muted(_line: SumLine) -> str:
    return "text_muted"


def _whole(line: SumLine) -> str:
    return f"{line.words} {line.times}".strip()


def signed(tenths: int) -> str:
    """Tenths as a number, with a true minus."""
    return f"−{points(-tenths)}" if tenths < 0 else points(tenths)


def used_lines(load: Load) -> tuple[SumLine, ...]:
    """What is used, line by line."""
    lines = []
    for line in load.lines:
        children = count_words(line.count, "child", "children") if line.child_ids and not line.each else ""
        lines.append(
            SumLine(SHORT.get(line.what, line.label), times_words(line) or children, signed(line.tenths), line.child_ids)
        )
    return tuple(lines)


def available_lines(outlook: "Outlook", load: Load) -> tuple[SumLine, ...]:
    """What is available: the target of the stage or role, and the hours worked of a full week."""
    if load.scheme is None:
        return ()
    now = stage(load.worker, outlook.on)
    target = load.scheme.target(now, load.worker.role)
    contracted = sum(load.worker.pattern)
    share = load.hours / load.scheme.standard_hours
    lines = [SumLine(f"Target, {role_words(load.worker, now)}", _not_normal(load, target), points(target))]
    if load.hours != contracted:
        lines.append(SumLine("Contracted", "", f"{contracted / 10:g} h"))
        lines.append(SumLine("Reductions", "", f"−{(contracted - load.hours) / 10:g} h"))
    lines.append(SumLine(f"Hours, {load.hours / 10:g} of {load.scheme.standard_hours / 10:g}", "", f"× {share:.2f}"))
    return tuple(lines)


def _not_normal(load: Load, target: int) -> str:
    normal = load.scheme.targets["normal"] if load.scheme else target
    return f"not {points(normal)}" if normal != target else ""


def scheme_sentence(outlook: "Outlook", load: Load) -> str:
    """Which scheme, from when, and whether every child has a weight."""
    if load.scheme is None:
        return ""
    chosen = [
        one
        for team in (load.worker.team_id, "")
        for one in outlook.snapshot.by(PolicyInForce, "team_id", team)
        if one.kind == "workload" and one.policy == load.scheme.id and holds(one, outlook.on)
    ]
    since = f", in force from {plain_date(chosen[0].start)}" if chosen and chosen[0].start else ""
    missing = len(load.unweighted)
    if missing:
        has = "has" if missing == 1 else "have"
        weights = f"{count_words(missing, 'child', 'children')} {has} no weight and {has} not been counted."
    else:
        held = len(load.child_ids)
        weights = f"All {held} children have a weight." if held > 1 else "The child has a weight." if held else ""
    return f"Scheme: {load.scheme.title}{since}. {weights}".strip()


class SumTable(QWidget):
    """Lines under a small heading, with their total beneath a line. A click or Enter opens the children of a line."""

    opened = Signal(object)

    def __init__(self, heading: str, total: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Words(heading, "small", "muted")
        self.model = RowsModel(columns_of(()))
        self.rows = FittedRows(self.model, heading, "row_compact")
        self.rows.horizontalHeader().hide()
        self.total_words, self.total = Words(total, "strong"), Words("", "strong")
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight)
        line = QFrame()
        line.setProperty("line", "true")
        line.setFixedHeight(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(INSET, 4, INSET, 0)
        foot.addWidget(self.total_words)
        foot.addStretch(1)
        foot.addWidget(self.total)
        self.heading.setContentsMargins(INSET, 0, INSET, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.rows)
        column.addWidget(line)
        column.addLayout(foot)
        column.addStretch(1)
        self.rows.row_opened.connect(self.opened)
        self.rows.clicked.connect(lambda index: self.opened.emit(self.model.row_at(index)))

    def show_lines(self, lines: tuple[SumLine, ...], total: str) -> None:
        """Show these lines and their sum."""
        self.model.set_columns(columns_of(lines))
        self.model.set_rows(lines)
        self.rows.fit_height()
        self.rows.fit_columns()
        self.total.setText(total)
        self.total.setAccessibleName(f"{self.total_words.text()}: {total}")


class SumPanel(QWidget):
    """The selected worker's figure with all its lines. `rows_asked(title, rows)` opens children or duties behind a number."""

    children_asked = Signal(str, object)
    due_asked = Signal(str, object)
    weeks_asked = Signal(str, object)
    trend_asked = Signal()
    print_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.outlook: Outlook | None = None
        self.load: Load | None = None
        self.heading = Words(role="section")
        self.print = Button("Print for supervision", self.print_asked.emit, kind="link")
        self.used = SumTable("Used", "Used")
        self.available = SumTable("Available", "Available")
        self.result, self.scheme = Words(role="strong"), Words(role="small", tone="muted")
        self.new = Button("", lambda: self._open_new(), kind="link")
        self.soon = Button("", lambda: self._open_due(SOON), kind="link")
        self.later = Button("", lambda: self._open_due(LATER), kind="link")
        self.visits = Button("", lambda: self._open_weeks(), kind="link")
        self.trend = TrendLine()
        self.trend_words = Button("", self.trend_asked.emit, kind="link")
        self._lay_out()
        self.used.opened.connect(self._open_line)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(INSET, 0, INSET, 0)
        head.addWidget(self.heading, 1)
        head.addWidget(self.print)
        head.addStrut(HEAD)
        line = QFrame()
        line.setProperty("line", "true")
        line.setFixedHeight(1)
        doors = QWidget()
        flow = FlowLayout(doors, gap=12)
        for door in (self.new, self.soon, self.later, self.visits):
            flow.addWidget(door)
        trend = QHBoxLayout()
        trend.setContentsMargins(INSET, 0, INSET, 0)
        trend.addWidget(self.trend)
        trend.addWidget(self.trend_words)
        trend.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        for part in (self.available, self.result, self.scheme):
            right.addWidget(part)
        for words in (self.result, self.scheme):
            words.setContentsMargins(INSET, 0, INSET, 0)
        right.addStretch(1)
        sums = QHBoxLayout()
        sums.setSpacing(16)
        sums.addWidget(self.used, 1)
        sums.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(line)
        column.addLayout(sums)
        beside = QHBoxLayout()
        beside.setContentsMargins(INSET - 4, 0, 0, 0)
        beside.addWidget(doors)
        column.addLayout(beside)
        column.addLayout(trend)
        column.addStretch(1)

    def show_load(self, outlook: "Outlook", load: Load | None) -> None:
        """Show a worker's sum; with nobody, nothing."""
        self.outlook, self.load = outlook, load
        self.setVisible(load is not None)
        if load is None:
            return
        name = load.worker.name
        made = "no capacity" if load.percent is None else f"{points(load.used)} of {points(load.available)}"
        is_made = "figures are" if load.percent is None else f"{made} is"
        self.heading.setText(f"How {name}’s {is_made} made")
        self.used.show_lines(used_lines(load), points(load.used))
        self.available.show_lines(available_lines(outlook, load), points(load.available))
        self.result.setText(_result_words(load))
        allowed = outlook.allowance(load.worker)
        self.scheme.setText(f"{scheme_sentence(outlook, load)} Visits: {allowed.why}")
        self.visits.setVisible(bool(allowed.weeks))
        self.visits.setText(f"{count_words(len(allowed.weeks), 'worked week')} of visits")
        self._show_doors(outlook, load)
        self.show_trend(())

    def _show_doors(self, outlook: "Outlook", load: Load) -> None:
        new = len(new_children(outlook, load.worker))
        self.new.setText(f"{count_words(new, 'new child', 'new children')} in 7 days")
        for door, days in ((self.soon, SOON), (self.later, LATER)):
            found = falling_due(outlook, load.worker, outlook.on, outlook.on + timedelta(days=days))
            door.setText(f"{len(found):,} due in {days} days")

    def show_trend(self, trend: tuple[TrendPoint, ...]) -> None:
        """Show how the figure went, once it is worked out."""
        self.trend.show_points(trend)
        self.trend_words.setVisible(len(trend) > 1)
        if len(trend) > 1:
            weeks = (trend[-1].on - trend[0].on).days // 7
            unit = unit_of((self.load,)) if self.load is not None else "points"
            then, now = points(trend[0].used), amount_words(trend[-1].used, unit)
            self.trend_words.setText(f"{now} now; {count_words(weeks, 'week')} ago {then}")

    def _open_line(self, line: Any) -> None:
        if line is not None and line.child_ids and self.load is not None:
            self.children_asked.emit(f"{line.words}: {self.load.worker.name}", line.child_ids)

    def _open_new(self) -> None:
        self._with_worker(
            lambda outlook, load: self.children_asked.emit(
                f"New in 7 days: {load.worker.name}", tuple(case.child.id for case in new_children(outlook, load.worker))
            )
        )

    def _open_weeks(self) -> None:
        self._with_worker(
            lambda outlook, load: self.weeks_asked.emit(
                f"Visits by week: {load.worker.name}", outlook.allowance(load.worker).weeks
            )
        )

    def _open_due(self, days: int) -> None:
        self._with_worker(
            lambda outlook, load: self.due_asked.emit(
                f"Due in {days} days: {load.worker.name}",
                falling_due(outlook, load.worker, outlook.on, outlook.on + timedelta(days=days)),
            )
        )

    def _with_worker(self, act: "Callable[[Outlook, Load], None]") -> None:
        if self.outlook is not None and self.load is not None:
            act(self.outlook, self.load)


def _result_words(load: Load) -> str:
    """`67 ÷ 90 is 74%, 23 points left`."""
    unit = unit_of((load,))
    if load.percent is None:
        return f"No capacity: {amount_words(load.used, unit)} held, nothing available."
    left = f"{amount_words(abs(load.left), unit)} {'left' if load.left >= 0 else 'over'}"
    limit = f", limit {load.headcount_limit} children" if load.headcount_limit is not None else ""
    return f"{points(load.used)} ÷ {points(load.available)} is {load.percent:.0f}%, {left}{limit}"
