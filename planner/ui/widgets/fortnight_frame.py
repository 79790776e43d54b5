"""The grid of two weeks with its finding as title, a link to who is away, and its words where nobody is."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.ui.rows_painting import INSET
from planner.ui.widgets.button import Button
from planner.ui.widgets.fortnight import FortnightRow
from planner.ui.widgets.fortnight_grid import FortnightView
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

MOST_ROWS = 12


def away_finding(count: int) -> str:
    """`4 workers are away in the next two weeks`."""
    if not count:
        return "Nobody is away in the next two weeks"
    return f"{count_words(count, 'worker')} {'is' if count == 1 else 'are'} away in the next two weeks"


class FortnightFrame(QWidget):
    """Who is away or busy in two weeks; `all_asked` opens the list of who is away, `worker_opened` a worker."""

    all_asked = Signal()
    worker_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Words(role="section")
        self.link = Button("", self.all_asked.emit, kind="link")
        self.empty = Words("No leave, duty, court or study is planned in these two weeks.", tone="muted")
        self.view = FortnightView()
        self.view.worker_opened.connect(self.worker_opened)
        self.more = Button("", self._on_more_pressed, kind="link")
        self._is_cut = True
        self._shown: tuple[tuple[date, ...], tuple[FortnightRow, ...]] = ((), ())
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET, 0, INSET, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self.view)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, days: tuple[date, ...], rows: tuple[FortnightRow, ...], away: int) -> None:
        """Show these days and workers, of whom so many are away."""
        self.title.setText(away_finding(away))
        self.link.setText(f"Show all {away:,}" if away > 1 else "Show")
        self.link.setAccessibleName(f"Show all {away:,}: workers away in the next two weeks")
        self.link.setVisible(away > 0)
        self.empty.setVisible(not rows)
        self.view.setVisible(bool(rows))
        self._shown = (days, rows)
        self._show_as_many_as_chosen()

    def _show_as_many_as_chosen(self) -> None:
        days, rows = self._shown
        is_long = len(rows) > MOST_ROWS
        self.more.setVisible(is_long)
        self.more.setText(f"Show all {len(rows):,} workers" if self._is_cut else "Show fewer")
        self.view.show_rows(days, rows[:MOST_ROWS] if is_long and self._is_cut else rows)

    def _on_more_pressed(self) -> None:
        self._is_cut = not self._is_cut
        self._show_as_many_as_chosen()
