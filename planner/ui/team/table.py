"""The Team screen's table: workers with their capacity bars on one scale, and the sum that stays beneath them."""

from collections.abc import Container, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from planner.reports.document import Bar
from planner.ui.rows_painting import Place, RowsPainting
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.team.narrowing import NarrowingView
from planner.ui.team.rows import TAGS, TeamRow
from planner.ui.theme import current_theme, theme_changes

BAR = 5
DROPPED_FIRST = (1, 3, 2, 6)
"""Role, reductions, hours, used (the percentage stays): in this order columns give way where the page is narrow."""
LEAST_COMING, LEAST_LAST = 150, 60
PART_GAP, MARK, BEYOND = 1, 2, 4
LEAST_ROWS, MOST_ROWS = 6, 12
FEW = 2
"""So many rows more are shown where that makes it all of them: a bar to reach them would be more to read than they are."""


def team_columns(unit: str) -> tuple[Column, ...]:
    """The columns in the order of the design."""
    return (
        Column("Worker", lambda row: row.name, strong=True, width=136, tip=lambda row: row.name),
        Column("Role", lambda row: row.role, width=112),
        Column("Hours", lambda row: row.hours_words, sort=lambda row: row.hours, align="right", width=70),
        Column("Reductions, hours", lambda row: row.reduction_words, sort=lambda row: row.reduction, align="right", width=124),
        Column("Children", lambda row: f"{row.children:,}", sort=lambda row: row.children, align="right", width=76),
        Column(f"{unit.capitalize()} and capacity", _bar_words, sort=lambda row: row.used, width=172),
        Column("Used", lambda row: row.used_words, sort=lambda row: row.used, align="right", width=124),
        Column("%", lambda row: row.percent_words, sort=lambda row: row.percent, align="right", strong=True, width=56),
        Column("Workload", _state_words, sort=_fullness, width=106, tag=lambda row: TAGS.get(row.state, "neutral")),
        Column(
            "Next change",
            lambda row: row.coming,
            width=LEAST_COMING,
            stretch=True,
            tone=lambda _row: "text_muted",
            tip=lambda row: row.coming,
        ),
    )


def _state_words(row: TeamRow) -> str:
    return row.state[:1].upper() + row.state[1:]


def _fullness(row: TeamRow) -> float:
    return float("inf") if row.percent is None else row.percent


def _bar_words(row: TeamRow) -> str:
    return row.bar.words if row.bar is not None else ""


class BarPainting(RowsPainting):
    """Paints the bar of a worker in place of its words: other work hollow, then the four types, then the capacity mark."""

    def paint_cell(self, painter: QPainter, place: Place, line: QRect, row: TeamRow, selected: bool) -> None:
        """The bar, or whatever the other columns hold."""
        if place.number != BAR:
            super().paint_cell(painter, place, line, row, selected)
        elif row.bar is not None:
            room = QRect(place.text_left, line.top(), place.text_width, line.height())
            paint_bar(painter, room, row.bar, selected)


def paint_bar(painter: QPainter, room: QRect, bar: Bar, selected: bool = False) -> None:
    """A bar in a room whose width stands for `bar.scale` tenths."""
    theme = current_theme()
    height = theme.size("capacity_bar_height")
    top = room.center().y() - height // 2
    per_tenth = (room.width() - BEYOND) / bar.scale if bar.scale else 0.0
    left = float(room.left())
    for part in bar.parts:
        width = part.tenths * per_tenth
        box = QRect(round(left), top, max(1, round(left + width) - round(left) - PART_GAP), height)
        if part.pattern == "other":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("border_control"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        else:
            painter.fillRect(box, theme.plan_colour(part.pattern))
        left += width
    if bar.capacity is not None:
        x = room.left() + round(bar.capacity * per_tenth)
        ground: QColor = theme.colour("selection" if selected else "surface")
        painter.fillRect(x - 1, top - BEYOND, MARK + 2, height + 2 * BEYOND, ground)
        painter.fillRect(x, top - BEYOND, MARK, height + 2 * BEYOND, theme.colour("capacity_mark"))


class TeamView(NarrowingView):
    """The rows of workers, or the one row of their sum; the last column takes what is left, or gives what is lacking."""

    dropped_first = DROPPED_FIRST
    fitted = Signal()

    def __init__(self, model: RowsModel, name: str) -> None:
        super().__init__(model, name)
        self.painting = BarPainting(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit_columns(self) -> None:
        """Share out the width."""
        super().fit_columns()
        last = len(self.rows_model().columns) - 1
        others = sum(self.columnWidth(number) for number in range(last) if not self.isColumnHidden(number))
        if others + self.columnWidth(last) > self.viewport().width():
            self.set_widths({last: max(LEAST_LAST, self.viewport().width() - others)})
        self.fitted.emit()


class SumPainting(BarPainting):
    """A row on sunken ground, which is never selected."""

    def paint_ground(
        self, painter: QPainter, line: QRect, _places: Sequence[Place], _number: int, _selected: Container[int]
    ) -> None:
        """Sunken, whatever the pointer is on."""
        painter.fillRect(line, current_theme().colour("sunken"))


class SumView(TeamView):
    """The row of the sum: strong, on a sunken ground, in the very columns of the table above it."""

    def __init__(self, model: RowsModel, above: TeamView) -> None:
        self._above: TeamView | None = None
        super().__init__(model, "Sum of the team")
        self._above = above
        self.painting = SumPainting(self)
        self.horizontalHeader().hide()
        self.setSortingEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(RowsView.SelectionMode.NoSelection)
        above.fitted.connect(self.fit_columns)
        above.columns_changed.connect(self.fit_columns)
        above.horizontalHeader().sectionMoved.connect(lambda _number, old, new: self.horizontalHeader().moveSection(old, new))

    def fit_columns(self) -> None:
        """As the table above."""
        above = self._above
        if above is None:
            return
        for number in range(self.model().columnCount()):
            self.setColumnHidden(number, above.isColumnHidden(number))
            self.setColumnWidth(number, above.columnWidth(number))


class TeamTable(QWidget):
    """The table of workers with its sum. `worker_selected` follows the keyboard; `worker_opened` is Enter or a double click."""

    worker_selected = Signal(object)
    worker_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RowsModel(team_columns("points"))
        self.sum_model = RowsModel(_sum_columns("points"))
        self.rows = TeamView(self.model, "Workers")
        self.sum = SumView(self.sum_model, self.rows)
        self.most_rows = MOST_ROWS
        self._unit = "points"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rows)
        layout.addWidget(self.sum)
        self.rows.row_selected.connect(self._on_row_selected)
        self.rows.row_opened.connect(self.worker_opened)
        theme_changes.changed.connect(self._on_theme_changed)
        self._fit_heights()

    def show_rows(self, rows: tuple[TeamRow, ...], total: TeamRow, unit: str) -> None:
        """Show these workers; the one the keyboard stood on stays, else the first."""
        current = self.rows.current_row()
        worker_id = current.worker.id if current is not None else ""
        if unit != self._unit:
            self._unit = unit
            self.model.set_columns(team_columns(unit))
            self.sum_model.set_columns(_sum_columns(unit))
        self.rows.row_selected.disconnect(self._on_row_selected)
        self.model.set_rows(rows)
        self.sum_model.set_rows((total,))
        self.sum.setVisible(bool(rows))
        self._fit_heights()
        if not self.stand_on(worker_id) and rows:
            self.rows.selectRow(0)
        self.rows.row_selected.connect(self._on_row_selected)
        self._on_row_selected(self.rows.current_row())

    def stand_on(self, worker_id: str) -> bool:
        """Select a worker's row; False where it is not shown."""
        row = next((row for row in self.model.shown if row.worker.id == worker_id), None)
        return row is not None and self.rows.select_row(row)

    def fit_into(self, height: int) -> None:
        """Show as many rows as there is room for in so many pixels, six at the least and twelve at the most."""
        one = self.rows.verticalHeader().defaultSectionSize()
        fitting = height // one - 2
        most = max(LEAST_ROWS, min(MOST_ROWS, fitting))
        if most != self.most_rows:
            self.most_rows = most
            self._fit_heights()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sum keeps the columns of the table."""
        super().resizeEvent(event)
        self.sum.fit_columns()

    def _fit_heights(self) -> None:
        """As high as its rows; a long table scrolls within, so that what stands beneath it stays near."""
        rows = self.model.rowCount()
        one = self.rows.verticalHeader().defaultSectionSize()
        hidden = rows - self.most_rows if rows > self.most_rows + FEW else 0
        self.rows.setFixedHeight(self.rows.height_of_all() - hidden * one)
        always = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if hidden else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.rows.setVerticalScrollBarPolicy(always)
        self.sum.setFixedHeight(self.sum.verticalHeader().defaultSectionSize())

    def _on_row_selected(self, row: TeamRow | None) -> None:
        self.worker_selected.emit(row)

    def _on_theme_changed(self, _theme: object) -> None:
        self._fit_heights()


def _sum_columns(unit: str) -> tuple[Column, ...]:
    """The columns of the sum, its figures strong."""
    strong = {4, 6}
    return tuple(
        Column(
            column.title,
            column.text,
            align=column.align,
            width=column.width,
            strong=column.strong or place in strong,
            tone=column.tone,
            stretch=column.stretch,
            tag=column.tag,
        )
        for place, column in enumerate(team_columns(unit))
    )
