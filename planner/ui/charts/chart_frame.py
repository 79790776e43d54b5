"""A chart with its finding as title, its key, and the switch to the same figures as a table."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from planner.ui.charts.bars import BarChart, table_columns
from planner.ui.charts.legend import Legend
from planner.ui.rows_painting import INSET
from planner.ui.table import RowsModel
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.fitted_rows import FittedRows

MOST_BARS = 16
SWITCH_INSET = 8


class ChartFrame(QWidget):
    """One chart and its table twin; the plot itself comes when pyqtgraph has been loaded (`let_draw`).

    `opened` gives what lies behind a part, a name, a value, a total of the key or a row of the table; `switched` says
    whether the table is shown now.
    """

    opened = Signal(object)
    switched = Signal(bool)

    def __init__(self, name: str, as_table: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.chart: BarChart | None = None
        self.plot: QWidget | None = None
        self._may_draw = False
        self.title = QLabel()
        self.title.setWordWrap(True)
        self.legend = Legend()
        self.legend.opened.connect(self.opened)
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setProperty("tone", "muted")
        self.table_model = RowsModel(())
        self.table = FittedRows(self.table_model, name, "row_compact")
        self.table.row_opened.connect(lambda bar: self.opened.emit(bar.behind))
        self.is_table = as_table
        self._is_cut = True
        self.more = Button("", self._on_more_pressed, kind="link")
        self._build()
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _build(self) -> None:
        self.chart_button, self.table_button = SwitchButton("Chart", self.name), SwitchButton("Table", self.name, at_edge=True)
        group = QButtonGroup(self)
        for button, is_table in ((self.chart_button, False), (self.table_button, True)):
            group.addButton(button)
            button.setChecked(is_table == self.is_table)
            button.clicked.connect(lambda _=False, wanted=is_table: self.show_as_table(wanted))
        head = QHBoxLayout()
        head.setSpacing(0)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.chart_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.table_button, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(INSET, 0, INSET, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addWidget(self.legend)
        self._column.addWidget(self.empty)
        self._column.addWidget(self.table)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_chart(self, chart: BarChart) -> None:
        """Show these figures, in the way chosen; of more bars than `MOST_BARS` only the first until all are asked for."""
        self.chart = chart
        self.more.setText(f"Show all {len(chart.bars):,} {chart.first_head.lower()}s" if self._is_cut else "Show fewer")
        self.title.setText(chart.title)
        self.legend.show_chart(chart)
        self.empty.setText(chart.empty)
        self.table_model.set_columns(table_columns(chart))
        self.table_model.set_rows(self.chart_shown(chart).bars)
        self.table.setAccessibleName(f"{chart.title}, as a table")
        self._show_the_way_chosen()

    def chart_shown(self, chart: BarChart) -> BarChart:
        """The chart with the bars that are shown now."""
        return replace(chart, bars=chart.bars[:MOST_BARS]) if self._is_cut else chart

    def _on_more_pressed(self) -> None:
        self._is_cut = not self._is_cut
        if self.chart is not None:
            self.show_chart(self.chart)

    def let_draw(self) -> None:
        """From now on the plot may be made: pyqtgraph has been imported."""
        self._may_draw = True
        self._show_the_way_chosen()

    def show_as_table(self, wanted: bool) -> None:
        """Show the table, or the chart."""
        if wanted != self.is_table:
            self.is_table = wanted
            self._show_the_way_chosen()
            self.switched.emit(wanted)

    def _show_the_way_chosen(self) -> None:
        if self.chart is None:
            return
        any_bars = bool(self.chart.bars)
        self.empty.setVisible(not any_bars)
        self.more.setVisible(len(self.chart.bars) > MOST_BARS)
        self.legend.setVisible(any_bars and not self.is_table)
        self.table.setVisible(any_bars and self.is_table)
        self.chart_button.setVisible(any_bars)
        self.table_button.setVisible(any_bars)
        self.chart_button.setChecked(not self.is_table)
        self.table_button.setChecked(self.is_table)
        self.table.fit_height()
        if any_bars and not self.is_table and self._may_draw:
            self._draw(self.chart_shown(self.chart))
        if self.plot is not None:
            self.plot.setVisible(any_bars and not self.is_table)

    def _draw(self, chart: BarChart) -> None:
        from planner.ui.charts.bar_plot import BarPlot

        if isinstance(self.plot, BarPlot):
            self.plot.show_chart(chart)
            return
        plot = BarPlot(chart, self)
        plot.opened.connect(self.opened)
        self.plot = plot
        self._column.insertWidget(2, plot)

    def _on_theme_changed(self) -> None:
        theme = current_theme()
        self.title.setFont(theme.font("section"))
        self.title.setMinimumHeight(theme.size("target_minimum"))
        for button in (self.chart_button, self.table_button):
            button.updateGeometry()
            button.update()
        self.table.fit_height()


class SwitchButton(QAbstractButton):
    """One half of the switch: the half shown stands in full text over a line, the other is a link."""

    def __init__(self, words: str, name: str, at_edge: bool = False, parent: QWidget | None = None) -> None:
        """`at_edge` ends with its words, so that they stand in line with what ends beneath them."""
        super().__init__(parent)
        self._right = 0 if at_edge else SWITCH_INSET
        self.setText(words)
        self.setCheckable(True)
        self.setAccessibleName(f"{words}: {name}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """Its words with 8 px about them, and at least 24 px of height."""
        metrics = QFontMetrics(current_theme().font("small"))
        least = current_theme().size("target_minimum")
        width = metrics.horizontalAdvance(self.text()) + SWITCH_INSET + self._right
        return QSize(max(least, width), max(least, metrics.height() + 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground while pointed at, words, and the line under the half that is shown."""
        theme = current_theme()
        painter = QPainter(self)
        if self.isDown() or self.underMouse():
            painter.fillRect(self.rect(), theme.colour("selection" if self.isDown() else "hover"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text" if self.isChecked() else "accent"))
        room = self.rect().adjusted(SWITCH_INSET, 0, -self._right, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.isChecked():
            painter.fillRect(room.left(), self.height() - 3, room.width(), 2, theme.colour("accent"))
