"""The board itself: a table of cells that it paints, with blocks the keys and the mouse go to one by one."""

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QToolTip, QWidget

from planner.core.board import Board, BoardCell, BoardTrip, FixedDate
from planner.ui.board.headers import BoardCorner, BoardFoot, DaysHeader, WorkersHeader
from planner.ui.board.layout import DAY_LEAST
from planner.ui.board.model import BoardModel, Index
from planner.ui.board.painting import BoardPainting
from planner.ui.board.words import ChildWords, item_name, row_name, worker_name
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.announcing import announce

Item = BoardTrip | FixedDate
Standing = tuple[str, int, date | None]
"""What the keys stand on: the id of a visit or nothing, a row, and a day."""


class BoardView(QTableView):
    """Arrows go over blocks and cells; Enter opens, Ctrl+M moves, Ctrl+Enter confirms, Delete cancels, Shift+F10 has the menu.

    `item` is the number of the block in the current cell, -1 for none. While something is carried over it, `carried` and
    `target` (row and column, or None) say so. The signals that are given a trip are asked of the block the keys stand on.
    """

    child_opened = Signal(str)
    worker_opened = Signal(str)
    move_asked = Signal(object)
    cancel_asked = Signal(object)
    confirm_asked = Signal(object)
    menu_asked = Signal(object, object)
    carry_asked = Signal(object, object)
    carry_moved = Signal(object)
    carry_ended = Signal(bool)
    resized = Signal()

    def __init__(self, child_words: ChildWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board_model = BoardModel(child_words, self)
        self.item = -1
        self.are_names_shown = False
        self.carried: object | None = None
        self.target: tuple[int, int] | None = None
        self._pressed_at: QPoint | None = None
        self._painting = BoardPainting(self)
        self._fitted_to = 0
        self._trips: tuple[int, ...] = ()
        self._wanted: Standing | None = None
        self.setAccessibleName("Visits, a row for each worker and a column for each day")
        self.setModel(self.board_model)
        self.setHorizontalHeader(DaysHeader(self))
        self.setVerticalHeader(WorkersHeader(self))
        self.foot = BoardFoot(self)
        self.corner = BoardCorner(self)
        self._set_up()
        theme_changes.changed.connect(self._on_theme_changed)
        self.horizontalScrollBar().valueChanged.connect(self.foot.update)
        self.verticalHeader().sectionDoubleClicked.connect(self._on_worker_opened)

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.viewport().setMouseTracking(True)
        # All of it is painted here: else Qt would first fill the window's size once for each of the grounds beneath.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._on_theme_changed()

    # What it shows

    def show_board(self, board: Board) -> None:
        """Show another board; the keys stay on the visit they stood on, else on its place."""
        kept = self._wanted or self._standing()
        self._wanted = None
        is_other = self.board_model.board is None or self.board_model.board.days != board.days
        scrolled = self.verticalScrollBar().value()
        self.carried = self.target = None
        self._trips = tuple(map(board.trips_on, range(len(board.days))))
        self.board_model.show_board(board)
        self._painting.cells.show_board(board)
        if self.horizontalHeader().height() != self.horizontalHeader().sizeHint().height():
            self.updateGeometries()
        self._fit()
        self.foot.show_board()
        self.verticalScrollBar().setValue(scrolled)
        if kept is not None:
            self._stand_again(*kept)
        if is_other and board.today in board.days:
            self._show_day(max(0, board.days.index(board.today) - 1))

    def _show_day(self, column: int) -> None:
        """Let a day be the first in view, where not all are: the one before today, so that what was done is seen too."""
        self.updateGeometries()  # else the bar would still end where the days before did
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() + self.columnViewportPosition(column))

    def trips_on(self, column: int) -> int:
        """How many visits a day has, counted once for a board: its header asks for every day whenever it paints one."""
        return self._trips[column]

    def trip(self) -> BoardTrip | None:
        """The visit the keys stand on."""
        item = self.item_here()
        return item if isinstance(item, BoardTrip) else None

    def item_here(self) -> Item | None:
        """The block the keys stand on."""
        cell = self.cell_here()
        return cell.items[self.item] if cell is not None and 0 <= self.item < len(cell.items) else None

    def cell_here(self) -> BoardCell | None:
        """The cell the keys stand on."""
        return self.board_model.cell(self.currentIndex().row(), self.currentIndex().column())

    def stand_on(self, row: int, column: int, item: int = 0) -> None:
        """Stand on a block of a cell, or on the cell where it has none."""
        cell = self.board_model.cell(row, column)
        if cell is None:
            return
        self.setCurrentIndex(self.board_model.index(row, column))
        self.item = min(item, len(cell.items) - 1)
        self.update(self.currentIndex())

    def stand_on_visit(self, visit_id: str) -> bool:
        """Stand on a visit; False where the board does not show it."""
        place = self._place_of(visit_id)
        if place is not None:
            self.stand_on(*place)
        return place is not None

    def _place_of(self, visit_id: str) -> tuple[int, int, int] | None:
        """Row, column and number of a visit, in the row of the worker who leads it."""
        board = self.board_model.board
        place = board.place_of(visit_id) if board else None
        cell = self.board_model.cell(*place) if place else None
        if place is None or cell is None:
            return None
        led = [isinstance(item, BoardTrip) and item.visit.id == visit_id and not item.is_second for item in cell.items]
        return *place, led.index(True)

    def follow(self, visit_id: str) -> None:
        """On the next board, stand on this visit, wherever it is then."""
        cell = self.cell_here()
        self._wanted = (visit_id, self.currentIndex().row(), cell.day if cell else None)

    def rect_of(self, visit_id: str) -> QRect:
        """Where a visit is painted in the viewport; empty where it is not shown."""
        place = self._place_of(visit_id)
        return self._painting.boxes(*place[:2])[place[2]] if place is not None else QRect()

    def place_at(self, at: QPoint) -> tuple[int, int] | None:
        """Row and column at a point of the viewport."""
        index = self.indexAt(at) if self.viewport().rect().contains(at) else None
        return (index.row(), index.column()) if index is not None and index.isValid() else None

    def _item_at(self, place: tuple[int, int], at: QPoint) -> int:
        """The number of the block of a cell at a point of the viewport, or -1."""
        return next((number for number, box in enumerate(self._painting.boxes(*place)) if box.contains(at)), -1)

    def set_target(self, target: tuple[int, int] | None) -> None:
        """Show which cell something would be dropped on."""
        if target != self.target:
            for place in (self.target, target):
                if place is not None:
                    self.update(self.board_model.index(*place))
            self.target = target

    def set_carried(self, carried: object | None) -> None:
        """Show that something is carried, or nothing any more."""
        self.carried = carried
        self.target = None
        self.viewport().update()

    def _standing(self) -> Standing | None:
        trip, cell = self.trip(), self.cell_here()
        return (trip.visit.id if trip else "", self.currentIndex().row(), cell.day) if cell else None

    def _stand_again(self, visit_id: str, row: int, day: date | None) -> None:
        board = self.board_model.board
        if board is None or (visit_id and self.stand_on_visit(visit_id)) or not board.days:
            return
        wanted = day if day in board.days else board.today
        column = board.days.index(wanted) if wanted in board.days else 0
        self.stand_on(min(max(row, 0), len(board.rows) - 1), column, max(self.item, 0))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows by block and cell; Enter, Ctrl+Enter, Ctrl+M, Delete and the menu keys on the block."""
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        trip = self.trip()
        if key == Qt.Key.Key_Escape and self.carried is not None:
            self.carry_ended.emit(False)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not control:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not control:
            self._step_day(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm_asked.emit(trip) if control else self._open_here()
        elif key == Qt.Key.Key_M and control:
            self.move_asked.emit(trip)
        elif key == Qt.Key.Key_Delete:
            self.cancel_asked.emit(trip)
        elif key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            self._ask_menu(None)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """While something is carried, Esc is the board's and not the window's."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and is_escape and self.carried is not None:
            event.accept()
            return True
        return super().event(event)

    def _step(self, by: int) -> None:
        """To the next block of the cell, and from its last to the cell beyond."""
        here, cell = self.currentIndex(), self.cell_here()
        if cell is None:
            self.stand_on(0, 0)
            return
        if 0 <= self.item + by < len(cell.items):
            self.item += by
            self.update(here)
            self._say_item()
            return
        beyond = self.board_model.cell(here.row() + by, here.column())
        if beyond is not None:
            self.stand_on(here.row() + by, here.column(), 0 if by > 0 else len(beyond.items) - 1)

    def _step_day(self, by: int) -> None:
        here = self.currentIndex()
        if not here.isValid():
            self.stand_on(0, 0)
        elif self.board_model.cell(here.row(), here.column() + by) is not None:
            self.stand_on(here.row(), here.column() + by, max(self.item, 0))

    def _say_item(self) -> None:
        row, item = self.board_model.row(self.currentIndex().row()), self.item_here()
        if row is not None and item is not None:
            announce(self, item_name(item, worker_name(row), self.board_model.child_words))

    def _open_here(self) -> None:
        item, row = self.item_here(), self.board_model.row(self.currentIndex().row())
        child = item.child if isinstance(item, FixedDate) else item.children[0].child if item and item.children else None
        if child is not None:
            self.child_opened.emit(child.id)
        elif row is not None and row.worker is not None:
            self.worker_opened.emit(row.worker.id)

    def _ask_menu(self, at: QPoint | None) -> None:
        if at is None:
            index = self.currentIndex()
            boxes = self._painting.boxes(index.row(), index.column())
            at = (boxes[self.item] if 0 <= self.item < len(boxes) else self.visualRect(index)).center()
        self.menu_asked.emit(self.item_here(), self.viewport().mapToGlobal(at))

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stand on the block under the pointer, which may be the start of a drag."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at = event.position().toPoint()
        place = self.place_at(at)
        self._pressed_at = None
        if place is None:
            return
        number = self._item_at(place, at)
        self.stand_on(*place, number)
        self.item = number
        if event.button() == Qt.MouseButton.LeftButton and self.trip() is not None:
            self._pressed_at = at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the block once the pointer has gone far enough."""
        at = event.position().toPoint()
        if self.carried is not None:
            self.carry_moved.emit(self.viewport().mapToGlobal(at))
        elif self._pressed_at is not None and event.buttons() & Qt.MouseButton.LeftButton:
            far = (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
            trip = self.trip()
            if far and trip is not None:
                self._pressed_at = None
                self.carry_asked.emit(trip, self.viewport().mapToGlobal(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what is carried."""
        self._pressed_at = None
        if self.carried is not None:
            self.carry_moved.emit(self.viewport().mapToGlobal(event.position().toPoint()))
            self.carry_ended.emit(True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what is under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and self.place_at(event.position().toPoint()) is not None:
            self._open_here()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the block under the pointer; the keys' own menu comes with their press."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._ask_menu(self.viewport().mapFromGlobal(event.globalPos()))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Hovering over a block says it in full."""
        if not isinstance(event, QHelpEvent) or event.type() != QEvent.Type.ToolTip:
            return super().viewportEvent(event)
        place = self.place_at(event.pos())
        cell, row = (self.board_model.cell(*place), self.board_model.row(place[0])) if place else (None, None)
        number = self._item_at(place, event.pos()) if place else -1
        if cell is not None and row is not None and number >= 0:
            QToolTip.showText(event.globalPos(), item_name(cell.items[number], worker_name(row), self.board_model.child_words))
        elif row is not None:
            QToolTip.showText(event.globalPos(), row_name(row))
        else:
            QToolTip.hideText()
        return True

    def _on_worker_opened(self, section: int) -> None:
        row = self.board_model.row(section)
        if row is not None and row.worker is not None:
            self.worker_opened.emit(row.worker.id)

    # Sizes

    def paintEvent(self, event: QPaintEvent) -> None:
        """The part of the board in view."""
        self._painting.paint(QPainter(self.viewport()), event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Days share the width."""
        super().resizeEvent(event)
        if self.viewport().width() != self._fitted_to:  # shown again, it is told the size it had
            self._fit()

    def updateGeometries(self) -> None:
        """Leave room for the line beneath."""
        super().updateGeometries()
        margins, height = self.viewportMargins(), self.foot.sizeHint().height()
        if margins.bottom() != height:
            self.setViewportMargins(margins.left(), margins.top(), margins.right(), height)
        under = self.viewport().geometry()
        self.foot.setGeometry(0, under.bottom() + 1, self.width(), height)
        self.corner.setGeometry(0, 0, self.verticalHeader().width(), self.horizontalHeader().height())
        self.corner.raise_()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """A cell that is come to otherwise than by keys begins at its first block."""
        super().currentChanged(current, previous)
        cell = self.board_model.cell(current.row(), current.column())
        self.item = 0 if cell is not None and cell.items else -1
        self.update(current)
        self.update(previous)

    def _fit(self) -> None:
        """Days share the width, and rows are as high as their blocks are in days so wide."""
        days = self.board_model.columnCount()
        if not days:
            return
        least = round(DAY_LEAST * current_theme().text_scale)
        self._fitted_to = self.viewport().width()
        each, over = divmod(self._fitted_to, days)
        for column in range(days):
            self.setColumnWidth(column, max(least, each + (column < over)))
        for number in range(self.board_model.rowCount()):
            self.setRowHeight(number, self._painting.row_height(number))
        self.foot.update()

    def _on_theme_changed(self, _theme: object = None) -> None:
        self.horizontalHeader().updateGeometry()
        self.verticalHeader().updateGeometry()
        self.foot.updateGeometry()
        self._painting.cells.forget()
        self._fit()
        self.updateGeometries()
        self.viewport().update()
