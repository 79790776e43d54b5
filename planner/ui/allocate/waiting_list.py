"""The children who wait, siblings together, as cards in a list; a card can be dragged onto a worker."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from planner.ui.allocate.columns import WAITING_MIME
from planner.ui.theme import current_theme, theme_changes

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PAD_X, PAD_Y, BETWEEN = 12, 7, 8
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Card:
    """One child as a card: first line with how long at the right, second with the points, then lines of their own.

    `heading` stands above the first card of a family; `family` are the ids of its waiting children, this one among them;
    `is_joined` is a sibling under the card of the family before. `loud` is said in red; `short_kind` stands where `kind` does
    not fit.
    """

    child_id: str
    title: str
    plan: str
    status: str
    status_tone: str
    kind: str
    points: str
    loud: str
    lines: tuple[str, ...]
    family: tuple[str, ...]
    heading: str = ""
    is_joined: bool = False
    short_kind: str = ""

    @property
    def spoken(self) -> str:
        """Everything the card says, in one sentence."""
        said = [
            self.title,
            self.kind,
            f"waiting: {self.status}" if self.status else "",
            self.points,
            self.loud,
            *self.lines,
            self.heading,
        ]
        return ", ".join(filter(None, said))


class WaitingModel(QAbstractListModel):
    """The cards, in the order of risk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: tuple[Card, ...] = ()

    def set_cards(self, cards: Iterable[Card]) -> None:
        """Take other cards."""
        self.beginResetModel()
        self.cards = tuple(cards)
        self.endResetModel()

    def place_of(self, child_id: str) -> int:
        """Where a child stands, or -1."""
        return next((place for place, card in enumerate(self.cards) if card.child_id == child_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """The number of cards."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The card, its title, or all of it in words."""
        if not index.isValid() or index.row() >= len(self.cards):
            return None
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return card.spoken
        return card if role == ITEM_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A card can be chosen and dragged."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else super().flags(index)

    def mimeTypes(self) -> list[str]:
        """A child is dragged by its id."""
        return [WAITING_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The child that is dragged; nothing of it leaves the window as text."""
        mime = QMimeData()
        if indexes:
            mime.setData(WAITING_MIME, self.cards[indexes[0].row()].child_id.encode("ascii"))
        return mime


class CardDelegate(QStyledItemDelegate):
    """Paints a card: stripe in the colour of the plan, border, and as many lines as it has to say."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its lines."""
        card = index.data(ITEM_ROLE)
        return QSize(100, _height(card) if card is not None else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Heading, ground, stripe, lines, border, focus."""
        card = index.data(ITEM_ROLE)
        if card is None:
            return
        theme = current_theme()
        painter.save()
        room = QRect(option.rect).adjusted(2, 0, -2, -2)
        if card.heading:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text_muted"))
            above = QRect(room.left(), room.top() + BETWEEN, room.width(), theme.line("small"))
            painter.drawText(above, _LEFT, _elided(painter, card.heading, above.width()))
            room.setTop(above.bottom() + 3)
        else:
            room.setTop(room.top() + (0 if card.is_joined else BETWEEN))
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(room, theme.colour("selection" if selected else "hover" if hovered else "surface"))
        painter.setPen(QPen(theme.colour("accent" if selected else "border_control"), 2 if selected else 1))
        painter.drawRect(room.adjusted(1, 1, -1, -1) if selected else room.adjusted(0, 0, -1, -1))
        painter.fillRect(room.left(), room.top(), theme.size("type_stripe"), room.height(), theme.plan_colour(card.plan))
        self._paint_lines(painter, card, room.adjusted(PAD_X + 2, PAD_Y, -PAD_X + 2, -PAD_Y), selected)
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus_on_selection"), theme.size("focus_ring")))
            painter.drawRect(room.adjusted(4, 3, -4, -4))
        painter.restore()

    def _paint_lines(self, painter: QPainter, card: Card, room: QRect, selected: bool) -> None:
        theme = current_theme()
        plain = theme.colour("selection_text" if selected else "text")
        muted = theme.colour("selection_text" if selected else "text_muted")
        top = room.top()
        for place, (left, right) in enumerate(((card.title, card.status), (card.kind, card.points))):
            line = QRect(room.left(), top, room.width(), theme.line("body" if place == 0 else "small"))
            font = theme.font("strong" if place == 0 else "small")
            loud = place == 0 and card.status_tone == "overdue"
            painter.setFont(theme.font("strong") if loud else font if place else theme.font("body"))
            high = theme.name == "high_contrast" and selected
            painter.setPen(theme.colour("overdue") if loud and not high else muted if place == 0 else plain)
            painter.drawText(line, _RIGHT, right)
            taken = QFontMetrics(painter.font()).horizontalAdvance(right) + 8
            painter.setFont(font)
            painter.setPen(plain)
            if place and painter.fontMetrics().horizontalAdvance(left) > line.width() - taken:
                left = card.short_kind or left
            painter.drawText(line, _LEFT, _elided(painter, left, line.width() - taken))
            top += line.height() + (1 if place == 0 else 0)
        for text in filter(None, (card.loud, *card.lines)):
            line = QRect(room.left(), top, room.width(), theme.line("small"))
            is_loud = text == card.loud
            font = theme.font("strong" if is_loud else "small")
            font.setPixelSize(theme.font("small").pixelSize())
            painter.setFont(font)
            high = theme.name == "high_contrast" and selected
            painter.setPen(theme.colour("overdue") if is_loud and not high else muted)
            painter.drawText(line, _LEFT, _elided(painter, text, line.width()))
            top += line.height()


def _height(card: Card) -> int:
    theme = current_theme()
    small = theme.line("small")
    lines = 1 + bool(card.loud) + sum(1 for line in card.lines if line)
    above = BETWEEN + small + 3 if card.heading else 0 if card.is_joined else BETWEEN
    return above + 2 * PAD_Y + theme.line("body") + 1 + lines * small + 2


def _elided(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))


class WaitingList(QListView):
    """The list. Choosing a child is going to it; Enter asks for the workers, the menu key for the menu."""

    child_chosen = Signal(str)
    entered_child = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards_model = WaitingModel(self)
        self.setModel(self.cards_model)
        self.setItemDelegate(CardDelegate(self))
        self.setObjectName("waiting")
        self.setAccessibleName("Waiting children")
        self.setProperty("paintsFocus", True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        theme_changes.changed.connect(self._on_theme_changed)

    def current_card(self) -> Card | None:
        """The card the keyboard stands on."""
        card = self.currentIndex().data(ITEM_ROLE)
        return card if isinstance(card, Card) else None

    def stand_on(self, place: int) -> None:
        """Go to a card by its place."""
        self.setCurrentIndex(self.cards_model.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the workers."""
        card = self.current_card()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and card is not None:
            self.entered_child.emit(card.child_id)
        else:
            super().keyPressEvent(event)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        card = current.data(ITEM_ROLE)
        if isinstance(card, Card):
            self.child_chosen.emit(card.child_id)

    def _on_theme_changed(self, _theme: object) -> None:
        self.scheduleDelayedItemsLayout()
