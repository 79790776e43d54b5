"""The calendar itself: a table of days that it paints; days of one worker are chosen by keys or by drawing over them."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QItemSelection, QLine, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from planner.core.records import Worker
from planner.core.team_calendar import TeamCalendar
from planner.ui.board.headers import BoardCorner
from planner.ui.calendar.headers import CalendarDays, CalendarWorkers, first_shown
from planner.ui.calendar.model import CalendarModel, Index
from planner.ui.calendar.painting import Run, is_week_end, least_width, paint_ground, paint_word, runs_of
from planner.ui.theme import Theme, current_theme, theme_changes


class CalendarView(QTableView):
    """Arrows go over days, Shift and arrows choose several of one worker; Enter changes or adds, Delete takes back."""

    worker_opened = Signal(str)
    change_asked = Signal()
    removal_asked = Signal()
    menu_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.calendar_model = CalendarModel(self)
        self.runs: tuple[tuple[Run | None, ...], ...] = ()
        self.setAccessibleName("Calendar, a row for each worker and a column for each day")
        self.setModel(self.calendar_model)
        self.setHorizontalHeader(CalendarDays(self))
        self.setVerticalHeader(CalendarWorkers(self))
        self.corner = BoardCorner(self)
        self._set_up()
        theme_changes.changed.connect(self._on_theme_changed)
        self.verticalHeader().sectionDoubleClicked.connect(self._on_worker_opened)

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._on_theme_changed()

    # What it shows and what is chosen

    def show_calendar(self, calendar: TeamCalendar) -> None:
        """Show another calendar; the keys stay on their worker's day."""
        worker, days = self.chosen_worker(), self.chosen_days()
        shown = self.calendar_model.calendar
        scrolled = self.verticalScrollBar().value()
        self.runs = tuple(runs_of(row) for row in calendar.rows)
        self.calendar_model.show_calendar(calendar)
        if self.horizontalHeader().height() != self.horizontalHeader().sizeHint().height():
            self.updateGeometries()
        self._fit_days()
        self.verticalScrollBar().setValue(scrolled)
        number = next((place for place, row in enumerate(calendar.rows) if worker and row.worker.id == worker.id), 0)
        is_same = shown is not None and shown.days == calendar.days
        column = calendar.days.index(days[0]) if days and days[0] in calendar.days else first_shown(calendar.days, calendar.today)
        self.setCurrentIndex(self.calendar_model.index(number, column))
        if not is_same:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + self.columnViewportPosition(first_shown(calendar.days, calendar.today)))

    def chosen_worker(self) -> Worker | None:
        """The worker whose days are chosen."""
        row = self.calendar_model.row(self.currentIndex().row())
        return row.worker if row else None

    def chosen_days(self) -> tuple[date, ...]:
        """The days chosen, of the row the keys stand on; at least the day they stand on."""
        row, (first, last) = self.calendar_model.row(self.currentIndex().row()), self._chosen()
        return tuple(cell.day for cell in row.cells[first : last + 1]) if row else ()

    def _chosen(self) -> tuple[int, int]:
        """The first and last column chosen."""
        here = self.currentIndex().column()
        columns = [here, *(index.column() for index in self.selectionModel().selectedIndexes())]
        return min(columns), max(columns)

    def _is_chosen(self, index: Index) -> bool:
        first, last = self._chosen()
        return index.row() == self.currentIndex().row() and first <= index.column() <= last

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The days in view, run by run, then lines and the edge of those chosen: a call for each day would be slow."""
        calendar = self.calendar_model.calendar
        if calendar is None or not calendar.rows:
            return
        theme, painter = current_theme(), QPainter(self.viewport())
        placed = list(self._runs_in(event.rect()))
        for run, rect in placed:
            paint_ground(painter, rect, run, theme)
        self._paint_lines(painter, calendar, theme)
        for run, rect in placed:
            paint_word(painter, rect, run, theme)
        self._paint_chosen(painter, theme)

    def _runs_in(self, part: QRect) -> Iterator[tuple[Run, QRect]]:
        """The runs that lie in a part of the viewport, each with its place."""
        last = self.rowAt(part.bottom())
        for number in range(max(0, self.rowAt(part.top())), last + 1 if last >= 0 else len(self.runs)):
            for run in dict.fromkeys(self.runs[number]):
                rect = self._rect_of(number, run.first, run.last) if run is not None else QRect()
                if run is not None and rect.intersects(part):
                    yield run, rect

    def _rect_of(self, row: int, first: int, last: int) -> QRect:
        """Where days of a worker lie in the viewport."""
        width = self.columnWidth(0)
        left, top = self.columnViewportPosition(0) + first * width, self.rowViewportPosition(row)
        return QRect(left, top, (last - first + 1) * width, self.rowHeight(0))

    def _paint_lines(self, painter: QPainter, calendar: TeamCalendar, theme: Theme) -> None:
        whole = self._rect_of(0, 0, len(calendar.days) - 1)
        whole.setHeight(self.rowHeight(0) * len(calendar.rows))
        height, width = self.rowHeight(0), self.columnWidth(0)
        ends = {column for column in range(len(calendar.days)) if is_week_end(calendar.rows[0], column)}
        rows = [QLine(whole.left(), y, whole.right(), y) for y in range(whole.top() + height - 1, whole.bottom() + 1, height)]
        columns = [QLine(x, whole.top(), x, whole.bottom()) for x in range(whole.left() + width - 1, whole.right() + 1, width)]
        painter.setPen(theme.colour("border"))
        painter.drawLines([*rows, *columns])
        painter.setPen(theme.colour("border_control"))
        painter.drawLines([line for column, line in enumerate(columns) if column in ends])

    def _paint_chosen(self, painter: QPainter, theme: Theme) -> None:
        here, (first, last) = self.currentIndex(), self._chosen()
        if here.isValid():
            painter.setPen(QPen(theme.colour("focus" if self.hasFocus() else "border_control"), theme.size("focus_ring")))
            painter.drawRect(self._rect_of(here.row(), first, last).adjusted(1, 1, -2, -2))

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter changes or adds, Delete takes back, the menu keys open the menu."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.change_asked.emit()
        elif key == Qt.Key.Key_Delete:
            self.removal_asked.emit()
        elif key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            self._ask_menu(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button on a day that is chosen leaves the choice as it is."""
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.RightButton or not self._is_chosen(index):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change what stands there, or add to it."""
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.change_asked.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the days chosen."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._ask_menu(self.viewport().mapFromGlobal(event.globalPos()))
        event.accept()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Paint what is chosen now and what was."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Paint both rows."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def _ask_menu(self, at: QPoint) -> None:
        self.menu_asked.emit(self.viewport().mapToGlobal(at))

    def _on_worker_opened(self, section: int) -> None:
        row = self.calendar_model.row(section)
        if row is not None:
            self.worker_opened.emit(row.worker.id)

    # Sizes

    def updateGeometries(self) -> None:
        """The corner over the names has the ground of a header."""
        super().updateGeometries()
        self.corner.setGeometry(0, 0, self.verticalHeader().width(), self.horizontalHeader().height())
        self.corner.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Days share the width."""
        super().resizeEvent(event)
        self._fit_days()

    def _fit_days(self) -> None:
        days = self.calendar_model.columnCount()
        if days:
            each = max(least_width(), self.viewport().width() // days)
            self.horizontalHeader().setDefaultSectionSize(each)

    def _on_theme_changed(self, _theme: object = None) -> None:
        theme = current_theme()
        self.verticalHeader().setDefaultSectionSize(max(theme.size("target_minimum") + 4, theme.line("body") + 10))
        self._fit_days()
        self.updateGeometries()
        self.viewport().update()
