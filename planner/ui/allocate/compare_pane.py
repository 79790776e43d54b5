"""The compared workers over those who are not compared: which columns are open, and which one is chosen."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.core.comparing import Compared, Comparison
from planner.ui.allocate import words
from planner.ui.allocate.cells import kinds_of, sum_lines
from planner.ui.allocate.columns import CompareGrid
from planner.ui.dialogs.worker_table import load_words
from planner.ui.table import Column, RowsModel
from planner.ui.widgets.fitted_rows import FittedRows
from planner.ui.widgets.page_area import PageArea
from planner.ui.widgets.words import Words
from planner.ui.wording import day_and_month

MOST_COLUMNS = 4
SCROLL_ROOM = 14
ANY_WIDTH = 16_777_215
NOBODY = "Nobody can be given this as things stand. Each worker stands below with the reason."
NO_WORKER = "There are no workers here yet. Add the first one on the Team page, or look at another team."
NONE_OPEN = "No worker is compared. Open one from the list below, or with Compare others."
TITLES = (
    "Points now and after",
    "Against it",
    "How it is made",
    "Children",
    "Visits",
    "Fixed dates",
    "Leave and duty",
    "New in last 7 days",
    "Knows child or family",
)
"""What decides stands first, so that a low window shows it without scrolling; then what it is made of."""
POINTS, VISITS = 0, 4

NOT_COMPARED = (
    Column("Worker", lambda one: one.worker.name, strong=True, width=148),
    Column(
        "Now",
        lambda one: load_words(one.now),
        sort=lambda one: one.now.percent,
        tone=lambda one: "warning" if one.now.percent is None or one.now.left < 0 else "",
        width=92,
    ),
    Column("Why not compared", words.left_out_words, tip=words.left_out_words, stretch=True, wraps=True),
)


class ComparePane(PageArea):
    """Shows a comparison. `given` carries the worker, and the child where one was dropped; `chosen` the chosen worker."""

    given = Signal(str, str)
    chosen = Signal(str)
    worker_opened = Signal(str)
    week_opened = Signal(object)
    filled = Signal()

    def __init__(self, head: QWidget, child_words: words.ChildWords, parent: QWidget | None = None) -> None:
        """`head` stands above the columns and scrolls with them, so that a low window has room for both."""
        super().__init__(parent)
        self._child_words, self._head = child_words, head
        self._feet: tuple[QWidget, ...] = ()
        self.asked: Comparison | None = None
        self.open_ids: tuple[str, ...] = ()
        self.chosen_id = ""
        self._on = date.min
        self.grid = CompareGrid(TITLES)
        self.nobody = Words()
        self.nobody.hide()
        self.heading = Words(role="section")
        self.model = RowsModel(NOT_COMPARED)
        self.others = FittedRows(self.model, "Workers who are not compared")
        self._build()
        self.horizontalScrollBar().valueChanged.connect(self.grid.scroll_titles)
        self.grid.given.connect(self.given)
        self.grid.chosen.connect(self.choose)
        self.grid.closed.connect(self.close_column)
        self.grid.opened.connect(self.worker_opened)
        self.grid.week_opened.connect(self.week_opened)
        self.others.row_opened.connect(self._on_other_opened)

    def _build(self) -> None:
        self.others.setToolTip("Enter, or a double click, compares the worker")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 12, SCROLL_ROOM - self.bar_width(), 8)
        column.setSpacing(8)
        # In rows of their own, for a column asks what may be no wider than the page how high it is at the columns' width.
        first, self._foot_row = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self._head, 1)
        column.addLayout(first)
        for part in (self.nobody, self.grid, self.heading, self.others):
            column.addWidget(part)
        column.addLayout(self._foot_row)
        for row in (first, self._foot_row):
            row.addStretch()
        column.addStretch(1)
        self.setWidget(inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Only the columns may be wider than the page."""
        super().resizeEvent(event)
        for part in (self._head, self.others, *self._feet):
            part.setMaximumWidth(self._page_width())

    def _page_width(self) -> int:
        return max(200, self.width() - SCROLL_ROOM)

    # What is asked from outside

    def show_comparison(self, asked: Comparison, on: date, is_same: bool) -> None:
        """Show a comparison; `is_same` keeps the open columns and the choice, for it is about the same children."""
        self.asked, self._on = asked, on
        there = {one.worker.id for one in asked.workers}
        kept = tuple(worker_id for worker_id in self.open_ids if worker_id in there)
        self.open_ids = kept if is_same and kept else first_columns(asked)
        if self.chosen_id not in self.open_ids or not is_same:
            self.chosen_id = next(iter(self.open_ids), "")
        self._fill()
        self.chosen.emit(self.chosen_id)

    def compare_with(self, worker_id: str) -> None:
        """Open a worker's column, in place of the last one not chosen where there are four, and choose it."""
        if worker_id not in self.open_ids:
            kept = self.open_ids
            if len(kept) >= MOST_COLUMNS:
                gone = next(other for other in reversed(kept) if other != self.chosen_id)
                kept = tuple(other for other in kept if other != gone)
            self.open_ids = (*kept, worker_id)
            self._fill()
        self.choose(worker_id)
        self.focus_chosen()

    def choose(self, worker_id: str) -> None:
        """Choose a column."""
        self.chosen_id = worker_id
        for column in self.grid.columns:
            column.choose(column.one is not None and column.one.worker.id == worker_id)
        self.grid.arrange()
        self._show_chosen()
        self.chosen.emit(worker_id)

    def _show_chosen(self) -> None:
        """Scroll sideways, where the columns are wider than the page, until the chosen one is in view."""
        bar = self.horizontalScrollBar()
        for column in self.grid.columns:
            if column.is_chosen:
                left = self.grid.x() + column.x()
                bar.setValue(min(max(bar.value(), left + column.width() - self.viewport().width()), left))

    def close_column(self, worker_id: str) -> None:
        """Close a column; the focus goes to the one that takes its place."""
        place = self.open_ids.index(worker_id) if worker_id in self.open_ids else 0
        self.open_ids = tuple(other for other in self.open_ids if other != worker_id)
        if self.chosen_id == worker_id:
            self.chosen_id = self.open_ids[min(place, len(self.open_ids) - 1)] if self.open_ids else ""
        self._fill()
        self.chosen.emit(self.chosen_id)
        if self.grid.columns:
            self.grid.columns[min(place, len(self.grid.columns) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.others.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_chosen(self) -> None:
        """Go to the chosen column, or to the list where none is open."""
        for column in self.grid.columns:
            if column.is_chosen:
                column.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(column.name)
                return
        self.others.setFocus(Qt.FocusReason.OtherFocusReason)

    def worker(self, worker_id: str) -> Compared | None:
        """A worker of the comparison."""
        return self.asked.of(worker_id) if self.asked is not None else None

    def in_reading_order(self) -> list[QWidget]:
        """What takes the focus here, as it is read."""
        columns = [part for column in self.grid.columns for part in (column, column.close_button)]
        return [*columns, self.others]

    def take_foot(self, foot: QWidget) -> None:
        """Let a widget scroll along beneath everything else."""
        self._feet = (foot,)
        foot.setMaximumWidth(self._page_width())
        self._foot_row.insertWidget(0, foot, 1)

    def give_foot_back(self) -> None:
        """Let go of the widget that scrolled along."""
        for foot in self._feet:
            self._foot_row.removeWidget(foot)
            foot.setMaximumWidth(ANY_WIDTH)
        self._feet = ()

    # Filling

    def _fill(self) -> None:
        asked = self.asked
        if asked is None:
            return
        open_ones = [one for worker_id in self.open_ids if (one := asked.of(worker_id)) is not None]
        self.grid.show_count(len(open_ones))
        self._fill_columns(open_ones, asked)
        could = any(one.can_take for one in asked.workers)
        trouble = NONE_OPEN if could else NOBODY if asked.workers else NO_WORKER
        self.nobody.say("" if open_ones else trouble, "" if could else "warning")
        rest = [one for one in asked.workers if one.worker.id not in self.open_ids]
        self.heading.say(f"Not compared {len(rest)}" if rest else "")
        self.model.set_rows(rest)
        self.others.setVisible(bool(rest))
        self.others.fit_height()
        self.filled.emit()

    def _fill_columns(self, ones: Sequence[Compared], asked: Comparison) -> None:
        kinds = kinds_of([load for one in ones for load in (one.now, one.after)])
        scale = max((max(one.after.used, one.after.available) for one in ones), default=1)
        if ones:
            unit = words.unit_of(ones[0]).capitalize()
            self.grid.say_title(POINTS, f"{unit} now and after")
            self.grid.say_title(VISITS, f"Visits to {day_and_month(ones[0].visits.last)}")
        for column, one in zip(self.grid.columns, ones, strict=True):
            lines = sum_lines(one, kinds, len(asked.cases))
            column.show_worker(one, words.role_words(one, self._on), scale, lines, self._said(one, asked))
            column.choose(one.worker.id == self.chosen_id)
        self.grid.arrange()

    def _said(self, one: Compared, asked: Comparison) -> tuple[words.Said, ...]:
        return (
            words.against_words(one),
            words.children_words(one),
            words.visits_words(one),
            words.dates_words(one, asked),
            words.away_words(one, self._on),
            words.new_words(one),
            words.family_words(one, self._child_words),
        )

    def _on_other_opened(self, one: Compared) -> None:
        self.compare_with(one.worker.id)


def first_columns(asked: Comparison) -> tuple[str, ...]:
    """The best four who can take the children, one who knows the family among them where there is one."""
    able = [one for one in asked.workers if one.can_take]
    first = able[:MOST_COLUMNS]
    knowing = next((one for one in able if one.knows), None)
    if knowing is not None and knowing not in first:
        first[-1] = knowing
    return tuple(one.worker.id for one in first)
