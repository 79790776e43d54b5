"""The command palette: one field that finds every child, worker, page and action, and the list of what it found."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from planner.ui.palette_rows import GROUPS, PaletteRow, found, task_rows
from planner.ui.soon import soon
from planner.ui.theme import current_theme
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.words import Words

Index = QModelIndex | QPersistentModelIndex

WIDTH, FROM_TOP, MOST_ROWS = 560, 80, 12
INSET = 16
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
FIND_HINT = "Enter opens. Tab shows what else can be done. Esc closes."
TASKS_HINT = "Enter does it. Esc goes back."
NOTHING = "Nothing here is called that. Type part of a reference, initials, a worker, a page or an action."


class PaletteModel(QAbstractListModel):
    """What was found, each group beneath its name; a name of a group cannot be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[str | PaletteRow] = []

    def set_rows(self, rows: Sequence[PaletteRow], grouped: bool = True) -> None:
        """Take other rows."""
        self.beginResetModel()
        self._lines = []
        for group in GROUPS:
            of_group = [row for row in rows if row.group == group]
            self._lines += [group, *of_group] if of_group and grouped else of_group
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Rows and names of groups."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a line, what is said of it, and the row itself."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if isinstance(line, str):
            return line if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (line.words, line.detail, line.keys) if part)
        return {int(Qt.ItemDataRole.DisplayRole): line.words, ROW_ROLE: line}.get(int(role))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names of groups cannot be chosen."""
        if index.isValid() and isinstance(self._lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def places(self) -> list[int]:
        """Where rows stand, the names of groups left out."""
        return [place for place, line in enumerate(self._lines) if not isinstance(line, str)]


class PaletteDelegate(QStyledItemDelegate):
    """A row: its words, its place or state beside them, its key at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows of the design's normal height; names of groups a little lower."""
        return QSize(0, current_theme().size("row_normal" if index.data(ROW_ROLE) else "row_compact"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, words, detail, key."""
        theme, rect = current_theme(), QRect(option.rect)
        row = index.data(ROW_ROLE)
        room = rect.adjusted(INSET, 0, -INSET, 0)
        middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.save()
        if row is None:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(room, middle, index.data())
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.colour("selection"))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("selection_text" if selected else "text_muted"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), row.keys)
        room.setRight(room.right() - (painter.fontMetrics().horizontalAdvance(row.keys) + 12 if row.keys else 0))
        self._paint_words(painter, room, row, selected)
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRect, row: PaletteRow, selected: bool) -> None:
        theme = current_theme()
        middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("selection_text" if selected else "text"))
        words = painter.fontMetrics().elidedText(row.words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, words)
        room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(words) + 12)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("selection_text" if selected else "text_muted"))
        detail = painter.fontMetrics().elidedText(row.detail, Qt.TextElideMode.ElideRight, max(0, room.width()))
        painter.drawText(room, middle, detail)


class PaletteField(QLineEdit):
    """What is looked for; the keys that belong to the list go there."""

    moved = Signal(int)
    entered = Signal()
    tasks_asked = Signal()

    def event(self, event: QEvent) -> bool:
        """Tab asks what can be done for the row, Up, Down and the page keys move in the list, Enter opens."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()  # Esc belongs to the palette and not to the window under it
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -MOST_ROWS, Qt.Key.Key_PageDown: MOST_ROWS}
            if key == Qt.Key.Key_Tab:
                self.tasks_asked.emit()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
            if key in steps:
                self.moved.emit(steps[Qt.Key(key)])
                return True
        return super().event(event)


class Palette(QDialog):
    """Opens over the window on its rows; what is chosen is done after it has closed. It keeps nothing of what was typed."""

    def __init__(self, rows: Sequence[PaletteRow], window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Find")
        self.setAccessibleName("Find a child, worker, page or action")
        self._rows = tuple(rows)
        self._over = window
        self.subject: PaletteRow | None = None
        self.field = PaletteField()
        self.field.setAccessibleName("Find a child, worker, page or action")
        self.field.setPlaceholderText("Reference, initials, worker, page or action")
        self.heading = Words("", "strong")
        self.model = PaletteModel(self)
        self.list = QListView()
        self.list.setAccessibleName("Found")
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = Words(NOTHING, "body", "muted")
        self.hint = Words(FIND_HINT, "small", "muted")
        self._lay_out()
        self.field.textChanged.connect(self._on_typed)
        self.field.moved.connect(self._on_moved)
        self.field.entered.connect(self._on_entered)
        self.field.tasks_asked.connect(self._on_tasks_asked)
        self.list.clicked.connect(self._on_index_clicked)
        self._on_typed("")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 12, 1, 10)
        layout.setSpacing(8)
        for widget in (self.heading, self.field, self.nothing, self.hint):
            margins = QVBoxLayout()
            margins.setContentsMargins(INSET, 0, INSET, 0)
            margins.addWidget(widget)
            layout.addLayout(margins)
            if widget is self.field:
                layout.addWidget(self.list, 1)
        self.setFixedWidth(round(WIDTH * min(current_theme().text_scale, 1.5)))

    def show_up(self) -> None:
        """Open it near the top of its window."""
        over = self._over.window()
        self._fit()
        self.move(over.mapToGlobal(QPoint((over.width() - self.width()) // 2, FROM_TOP)))
        self.show()
        self.activateWindow()
        self.field.setFocus()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def current(self) -> PaletteRow | None:
        """The row that Enter would open."""
        row = self.list.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, PaletteRow) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back from what can be done for a row, and else closes."""
        if event.key() == Qt.Key.Key_Escape and self.subject is not None:
            self._look_for(None)
        else:
            super().keyPressEvent(event)

    def _look_for(self, subject: PaletteRow | None) -> None:
        """Find among everything, or among what can be done for one row."""
        self.subject = subject
        self.heading.say(subject.words if subject else "")
        self.hint.setText(TASKS_HINT if subject else FIND_HINT)
        self.field.clear()
        self._on_typed("")

    def _on_typed(self, typed: str) -> None:
        if self.subject is not None:
            words = typed.casefold().split()
            rows = [row for row in task_rows(self.subject) if all(word in row.searched for word in words)]
        else:
            rows = found(self._rows, typed)
        self.model.set_rows(rows, grouped=self.subject is None)
        self.heading.setVisible(self.subject is not None)
        self.nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self._choose(0)
        self._fit()

    def _fit(self) -> None:
        lines = self.model.rowCount()
        heights = [self.list.sizeHintForRow(line) for line in range(min(lines, MOST_ROWS + len(GROUPS)))]
        self.list.setFixedHeight(sum(heights) + 2)
        self.adjustSize()

    def _choose(self, place: int) -> None:
        places = self.model.places()
        if places:
            self.list.setCurrentIndex(self.model.index(places[max(0, min(place, len(places) - 1))]))
            announce(self.field, self.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))

    def _on_moved(self, steps: int) -> None:
        places = self.model.places()
        here = self.list.currentIndex().row()
        now = places.index(here) if here in places else 0
        self._choose((now + steps) % len(places) if abs(steps) == 1 and places else now + steps)

    def _on_tasks_asked(self) -> None:
        row = self.current()
        if self.subject is None and row is not None and row.tasks is not None:
            self._look_for(row)

    def _on_index_clicked(self, index: QModelIndex) -> None:
        if index.data(ROW_ROLE) is not None:
            self._on_entered()

    def _on_entered(self) -> None:
        row = self.current()
        if row is not None:
            soon(self._over, row.run)
            self.accept()

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        """A click elsewhere in the window closes it."""
        if before is self.field and now is not None and self.isVisible() and not self.isAncestorOf(now):
            self.reject()
