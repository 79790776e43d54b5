"""What stands over a board or a calendar: which days, how many at a time, and as a table or not."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from planner.ui.board.period import SPANS, Period
from planner.ui.charts.chart_frame import SwitchButton
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.flow import FlowLayout


class BoardToolbar(QWidget):
    """Previous, the days shown, next; week, two weeks or month; board or table."""

    period_asked = Signal(object)
    today_asked = Signal()
    table_asked = Signal(bool)
    term_dates_asked = Signal()

    def __init__(
        self, period: Period, spans: Mapping[str, str] = SPANS, look: str = "Board", parent: QWidget | None = None
    ) -> None:
        """`look` is what the view is called that is not the table."""
        super().__init__(parent)
        self.period = period
        self._spans = spans
        self.previous = Button("\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", lambda: self._go(-1), small=True)
        self.next = Button("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", lambda: self._go(1), small=True)
        self.days = Button("", self.today_asked.emit, small=True)
        self.spans = {span: self._switch(words, "days shown") for span, words in spans.items()}
        self.as_board, self.as_table = (
            self._switch(look, "how the days are shown"),
            self._switch("Table", "how the days are shown"),
        )
        self.term_dates = Button("Term dates", self.term_dates_asked.emit, small=True)
        self.term_dates.setToolTip("School holidays: when nobody is visited after school")
        self._lay_out()
        self._connect()
        self.show_period(period)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _switch(self, words: str, name: str) -> SwitchButton:
        button = SwitchButton(words, name)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button

    def _lay_out(self) -> None:
        days = QWidget()
        flow = FlowLayout(days, gap=10, line_gap=4)
        flow.addWidget(_side_by_side(self.previous, self.next, self.days))
        self._switches = [_side_by_side(*self.spans.values()), _side_by_side(self.as_board, self.as_table)]
        flow.addWidget(self._switches[0])
        flow.addWidget(self.term_dates)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(4)
        row.addWidget(days, 1)
        row.addWidget(self._switches[1], 0, Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        for switches in (tuple(self.spans.values()), (self.as_board, self.as_table)):
            group = QButtonGroup(self)
            for switch in switches:
                group.addButton(switch)
        for span, switch in self.spans.items():
            switch.clicked.connect(lambda _checked=False, chosen=span: self.period_asked.emit(Period(chosen, self.period.on)))
        self.as_board.setChecked(True)
        self.as_board.clicked.connect(lambda _checked=False: self.table_asked.emit(False))
        self.as_table.clicked.connect(lambda _checked=False: self.table_asked.emit(True))

    def show_period(self, period: Period) -> None:
        """Say which days are shown."""
        self.period = period
        self.days.setText(period.words)
        self.days.setAccessibleName(f"{period.words}. Go to the days with today")
        self.days.setToolTip("Go to the days with today")
        unit = self._spans[period.span].lower()
        for button, words in ((self.previous, "Previous"), (self.next, "Next")):
            button.setAccessibleName(f"{words} {unit}")
            button.setToolTip(f"{words} {unit} ({'Ctrl+Page Up' if button is self.previous else 'Ctrl+Page Down'})")
        self.spans[period.span].setChecked(True)

    def _go(self, by: int) -> None:
        self.period_asked.emit(self.period.beside(by))

    def _on_theme_changed(self, _theme: object = None) -> None:
        metrics = QFontMetrics(current_theme().font("button"))
        for button in (self.previous, self.next):
            _squared(button, metrics)
        for switches in self._switches:
            # As high as the buttons beside them, so that their words stand on one line.
            switches.setMinimumHeight(self.days.sizeHint().height())


def _side_by_side(*buttons: QWidget) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for button in buttons:
        row.addWidget(button)
    return group


def _squared(button: QPushButton, metrics: QFontMetrics) -> None:
    button.setFixedWidth(max(32, metrics.height() + 12))
