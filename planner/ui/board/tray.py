"""The tray: trips that have no day yet, overdue first, then due by the end of what is shown."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from planner.core.board import Board, TrayTrip
from planner.ui.board.blocks import LEFT, RIGHT, paint_frame
from planner.ui.board.layout import CARD_GAP, card_size
from planner.ui.board.lettering import elided, width_of
from planner.ui.board.model import Index
from planner.ui.board.words import NO_WORKER, ChildWords, card_name, day_words, due_words, plan_mark
from planner.ui.theme import current_theme, theme_changes

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
INSET = 10


@dataclass(frozen=True, slots=True)
class Heading:
    """`Overdue 2`: what the cards beneath have in common, and how many they are."""

    words: str
    count: int


class TrayModel(QAbstractListModel):
    """Headings and cards, in the order of need."""

    def __init__(self, child_words: ChildWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.child_words = child_words
        self.rows: tuple[Heading | TrayTrip, ...] = ()

    def show_board(self, board: Board) -> None:
        """Take the tray of a board."""
        late = [trip for trip in board.tray if trip.is_late]
        due = [trip for trip in board.tray if not trip.is_late]
        rows: list[Heading | TrayTrip] = []
        for words, trips in (("Overdue", late), (f"To make by {day_words(board.last_weekday)}", due)):
            if trips:
                rows += [Heading(words, len(trips)), *trips]
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Headings and cards."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The card or heading itself, or its words."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{row.words}, {row.count}" if isinstance(row, Heading) else card_name(row, self.child_words)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be stood on, headings cannot."""
        if not index.isValid() or isinstance(self.rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class TrayDelegate(QStyledItemDelegate):
    """Paints a heading, or a card of two lines."""

    def __init__(self, view: "TrayView") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A card has two lines."""
        return card_size(isinstance(self._view.tray.rows[index.row()], Heading))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A heading with its count, or a card."""
        row, view = index.data(ROW_ROLE), option.widget
        rect: QRect = option.rect
        if isinstance(row, Heading):
            _paint_heading(painter, rect, row)
            return
        assert isinstance(view, TrayView)
        painter.setOpacity(0.6 if row is view.carried else 1)
        box = rect.adjusted(2, CARD_GAP // 2, -2, CARD_GAP // 2 - CARD_GAP)
        paint_card(painter, box, row, view.tray.child_words)
        painter.setOpacity(1)
        if view.currentIndex() == index and view.hasFocus():
            theme = current_theme()
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus_ring")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 3, 3)


def _paint_heading(painter: QPainter, rect: QRect, heading: Heading) -> None:
    theme = current_theme()
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("text_muted"))
    room = rect.adjusted(2, 4, -2, 0)
    painter.drawText(room, int(LEFT), heading.words)
    room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(heading.words) + 7)
    strong = theme.font("strong")
    strong.setPixelSize(theme.font("small").pixelSize())
    painter.setFont(strong)
    painter.setPen(theme.colour("text"))
    painter.drawText(room, int(LEFT), f"{heading.count:,}")


def paint_card(painter: QPainter, box: QRect, trip: TrayTrip, child_words: ChildWords) -> None:
    """Child and plan; worker and how late or when due."""
    theme, first = current_theme(), trip.first
    paint_frame(painter, box, first.plan, theme)
    room = box.adjusted(theme.size("type_stripe") + INSET - 2, 4, -8, -4)
    above = QRect(room.left(), room.top(), room.width(), theme.line("strong"))
    beneath = QRect(room.left(), above.bottom() + 1, room.width(), theme.line("small"))
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("text_muted"))
    above.setRight(_at_right(painter, above, plan_mark(first.plan)))
    more = f" +{len(trip.children) - 1}" if len(trip.children) > 1 else ""
    taken = width_of(more, "strong")
    called = elided(child_words(first.child), above.width() - taken, "strong")
    painter.setPen(theme.colour("text"))
    painter.setFont(theme.font("strong"))
    painter.drawText(above, int(LEFT), f"{called}{more}")
    words, tone = due_words(first)
    strong = theme.font("strong")
    strong.setPixelSize(theme.font("small").pixelSize())
    painter.setFont(strong if tone == "overdue" else theme.font("small"))
    painter.setPen(theme.colour(tone))
    beneath.setRight(_at_right(painter, beneath, words))
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("text_muted" if trip.worker else "warning"))
    painter.drawText(beneath, int(LEFT), elided(trip.worker.name if trip.worker else NO_WORKER, beneath.width()))


def _at_right(painter: QPainter, room: QRect, words: str) -> int:
    painter.drawText(room, int(RIGHT), words)
    return room.right() - painter.fontMetrics().horizontalAdvance(words) - 6


class TrayView(QListView):
    """The cards; each can be dragged to a day, or moved by Ctrl+M or its menu. A visit dropped here is taken back."""

    child_opened = Signal(str)
    move_asked = Signal(object)
    menu_asked = Signal(object, object)
    carry_asked = Signal(object, object)
    carry_moved = Signal(object)
    carry_ended = Signal(bool)

    def __init__(self, child_words: ChildWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tray = TrayModel(child_words, self)
        self.carried: object | None = None
        self._pressed_at: QPoint | None = None
        self.setModel(self.tray)
        self.setItemDelegate(TrayDelegate(self))
        self.setAccessibleName("Visits to place")
        self.setObjectName("waiting")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        theme_changes.changed.connect(self._on_theme_changed)

    def show_board(self, board: Board) -> None:
        """Show the tray of a board; the keys stay at their place."""
        kept, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        self.set_carried(None)
        self.tray.show_board(board)
        self.verticalScrollBar().setValue(scrolled)
        if kept >= 0:
            self.stand_on(kept)

    def stand_on(self, number: int) -> None:
        """Stand on a card, or on the nearest one."""
        cards = [place for place, row in enumerate(self.tray.rows) if isinstance(row, TrayTrip)]
        if cards:
            self.setCurrentIndex(self.tray.index(min(cards, key=lambda place: abs(place - number))))

    def trip(self) -> TrayTrip | None:
        """The card the keys stand on."""
        row = self.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, TrayTrip) else None

    def rect_of(self, child_id: str) -> QRect:
        """Where the card with a child is painted in the viewport; empty where there is none."""
        for number, row in enumerate(self.tray.rows):
            if isinstance(row, TrayTrip) and child_id in row.child_ids:
                return self.visualRect(self.tray.index(number))
        return QRect()

    def set_carried(self, carried: object | None) -> None:
        """Show that something is carried, or nothing any more."""
        self.carried = carried
        self.viewport().update()

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the child, Ctrl+M finds a day, the menu keys open the menu, Esc drops nothing."""
        key, trip = event.key(), self.trip()
        if key == Qt.Key.Key_Escape and self.carried is not None:
            self.carry_ended.emit(False)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and trip is not None:
            self.child_opened.emit(trip.first.child.id)
        elif key == Qt.Key.Key_M and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.move_asked.emit(trip)
        elif key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            self._ask_menu(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """While something is carried, Esc is the tray's and not the window's."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and is_escape and self.carried is not None:
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stand on a card, which may be the start of a drag."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at = event.position().toPoint()
        index = self.indexAt(at)
        self._pressed_at = None
        if isinstance(index.data(ROW_ROLE), TrayTrip):
            self.setCurrentIndex(index)
            self._pressed_at = at if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the card once the pointer has gone far enough."""
        at = event.position().toPoint()
        if self.carried is not None:
            self.carry_moved.emit(self.viewport().mapToGlobal(at))
        elif self._pressed_at is not None and event.buttons() & Qt.MouseButton.LeftButton:
            trip = self.trip()
            if (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance() and trip is not None:
                self._pressed_at = None
                self.carry_asked.emit(trip, self.viewport().mapToGlobal(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what is carried."""
        self._pressed_at = None
        if self.carried is not None:
            self.carry_moved.emit(self.viewport().mapToGlobal(event.position().toPoint()))
            self.carry_ended.emit(True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the child."""
        trip = self.trip()
        if trip is not None and self.indexAt(event.position().toPoint()) == self.currentIndex():
            self.child_opened.emit(trip.first.child.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the card under the pointer."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._ask_menu(self.viewport().mapFromGlobal(event.globalPos()))
        event.accept()

    def _ask_menu(self, at: QPoint) -> None:
        if self.trip() is not None:
            self.menu_asked.emit(self.trip(), self.viewport().mapToGlobal(at))

    def _on_theme_changed(self, _theme: object = None) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
