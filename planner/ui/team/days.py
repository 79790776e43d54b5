"""What is entered for a worker: leave, hours, responsibilities, commitments, whom they must not hold; each row opens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from planner.core.coming_changes import day, days_words
from planner.core.records import Absence, Child, Commitment, ConflictOfInterest, ExtraWork, Reduction, Worker
from planner.ui.dialogs.worker_table import points
from planner.ui.rows_painting import INSET
from planner.ui.table import Column, RowsModel
from planner.ui.team.worker_facts import NOT_TO_HOLD, Fact
from planner.ui.widgets.button import Button
from planner.ui.widgets.fitted_rows import FittedRows
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

BACK = timedelta(days=14)
"""How long what is over stays in the list."""
MOST = 8
WORDS = {"duty": "Duty", "court": "Court", "training": "Training", "study": "Study"}


@dataclass(frozen=True, slots=True)
class DayRow:
    """One entry: what it is, when, what it comes to, and the record it opens."""

    what: str
    when: str
    detail: str
    first: date
    record: Absence | Reduction | ExtraWork | Commitment | ConflictOfInterest


COLUMNS = (
    Column("What", lambda row: row.what, strong=True, width=140),
    Column("When", lambda row: row.when, sort=lambda row: row.first, width=190),
    Column("Detail", lambda row: row.detail, width=80, stretch=True, tone=lambda _row: "text_muted"),
)
PARTS = {"am": "mornings", "pm": "afternoons"}


def day_rows(outlook: "Outlook", worker: Worker, child_words: Callable[[Child], str]) -> tuple[DayRow, ...]:
    """What is entered for a worker and not long over, soonest first; whom they must not hold last. Never why."""
    on, since = outlook.on, outlook.on - BACK
    snapshot = outlook.snapshot
    rows = [
        DayRow("Away", _days(one.first_day, one.last_day, on, open_ended=True), PARTS.get(one.part, ""), one.first_day, one)
        for one in snapshot.by(Absence, "worker_id", worker.id)
        if one.first_day is not None and (one.last_day is None or one.last_day >= since)
    ]
    rows += [
        DayRow("Reduced hours", _period(cut, on), f"{cut.hours / 10:g} h a week fewer", cut.start, cut)
        for cut in snapshot.by(Reduction, "worker_id", worker.id)
        if cut.start is not None and (cut.end is None or cut.end > since)
    ]
    rows += [
        DayRow(extra.title, _period(extra, on), f"{points(extra.points)} points", extra.start, extra)
        for extra in snapshot.by(ExtraWork, "worker_id", worker.id)
        if extra.start is not None and (extra.end is None or extra.end > since)
    ]
    rows += [
        DayRow(_word(busy), _days(busy.first_day, busy.last_day or busy.first_day, on), _said(busy), busy.first_day, busy)
        for busy in snapshot.by(Commitment, "worker_id", worker.id)
        if busy.first_day is not None and (busy.last_day or busy.first_day) >= on
    ]
    rows.sort(key=lambda row: row.first)
    return (*rows, *_conflicts(outlook, worker, child_words))


def _conflicts(outlook: "Outlook", worker: Worker, child_words: Callable[[Child], str]) -> list[DayRow]:
    rows = []
    for conflict in outlook.snapshot.by(ConflictOfInterest, "worker_id", worker.id):
        child = outlook.snapshot.find(Child, conflict.child_id)
        words = child_words(child) if child is not None else "A child not here yet"
        rows.append(DayRow(NOT_TO_HOLD, words, "conflict of interest", date.max, conflict))
    return rows


def _word(busy: Commitment) -> str:
    return busy.title or WORDS.get(busy.kind, busy.kind.capitalize())


def _said(busy: Commitment) -> str:
    kind = WORDS.get(busy.kind, "").lower() if busy.title else ""
    return ", ".join(part for part in (kind, PARTS.get(busy.part, "")) if part)


def _days(first: date | None, last: date | None, on: date, open_ended: bool = False) -> str:
    if first is None:
        return ""
    if last is None and open_ended:
        return f"from {day(first, on)}, no return date"
    return days_words(first, last or first, on)


def _period(cut: Reduction | ExtraWork, on: date) -> str:
    start = day(cut.start, on) if cut.start else ""
    return f"{start} to {day(cut.end - timedelta(days=1), on)}" if cut.end else f"from {start}"


class DaysPanel(QWidget):
    """The list under its heading, with what can be added; `opened` gives the record of a row."""

    opened = Signal(object)
    asked = Signal(str)
    """What to add or change: `leave`, `reduction`, `extra`, `commitment`, `conflicts`, `worker`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Words(role="section")
        self.kept = Words("", "small", "muted")
        self.nothing = Words("No leave, reduced hours, responsibilities or commitments are entered.", tone="muted")
        self.more = Words("", "small", "muted")
        self.model = RowsModel(COLUMNS)
        self.rows = FittedRows(self.model, "Days and hours", "row_compact")
        self.rows.horizontalHeader().hide()
        self.buttons = {
            key: Button(words, partial(self.asked.emit, key), small=True)
            for key, words in (
                ("worker", "Change worker"),
                ("leave", "Add leave"),
                ("reduction", "Add reduction"),
                ("extra", "Add responsibility"),
                ("commitment", "Add commitment"),
                ("conflicts", "Conflicts"),
            )
        }
        self._lay_out()
        self.rows.row_opened.connect(lambda row: self.opened.emit(row.record))
        self.rows.clicked.connect(lambda index: self.opened.emit(self.model.row_at(index).record))

    def _lay_out(self) -> None:
        line = QFrame()
        line.setProperty("line", "true")
        line.setFixedHeight(1)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8, line_gap=8)
        for button in self.buttons.values():
            flow.addWidget(button)
        held = QHBoxLayout()
        held.setContentsMargins(INSET, 4, INSET, 0)
        held.addWidget(buttons)
        for words in (self.heading, self.kept, self.nothing, self.more):
            words.setContentsMargins(INSET, 0, INSET, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.heading, line, self.kept, self.nothing, self.rows, self.more):
            column.addWidget(part)
        column.addLayout(held)
        column.addStretch(1)

    def show_rows(self, worker: Worker, rows: tuple[DayRow, ...], facts: tuple[Fact, ...]) -> None:
        """Show what is entered for a worker; `facts` are told in sentences, but whom they must not hold, which are rows."""
        self.heading.setText(f"Days and hours of {worker.name}")
        self.kept.say(" ".join(f"{fact.what}: {fact.words}." for fact in facts if fact.what != NOT_TO_HOLD))
        self.nothing.setVisible(not rows)
        self.model.set_rows(rows[:MOST])
        self.rows.setVisible(bool(rows))
        self.rows.fit_height()
        self.more.say(f"{len(rows) - MOST} more later." if len(rows) > MOST else "")
