"""Compared workers side by side: the same rows for each, one column one group named by its worker."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QGroupBox, QMenu, QSizePolicy, QWidget

from planner.core.comparing import Compared
from planner.ui.allocate.cells import PointsCell, SumCell, SumLine
from planner.ui.allocate.words import Said
from planner.ui.soon import soon
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

WAITING_MIME = "application/x-waiting-child"
INSET = 12
ROW_GAP = 8
TAG_GAP = 8
MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


def dragged_child(mime: QMimeData) -> str:
    """The child that is dragged, or nothing where it is something else."""
    return bytes(mime.data(WAITING_MIME).data()).decode("ascii") if mime.hasFormat(WAITING_MIME) else ""


class WorkerColumn(QGroupBox):
    """One worker. Enter or a dropped child gives them the children; a click, Space or the arrows choose them.

    A worker who cannot be chosen is shown all the same, and refuses what is dropped with the reason.
    """

    chosen = Signal(str)
    given = Signal(str, str)
    """The worker and the child that was dropped, or no child where it was asked for by key or menu."""
    closed = Signal(str)
    opened = Signal(str)
    week_opened = Signal(object)
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.one: Compared | None = None
        self.is_chosen = False
        self._drop = ""
        self._rows: tuple[int, ...] = ()
        self.setFlat(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.name = Words(role="strong", parent=self)
        self.role = Words(role="small", tone="muted", parent=self)
        self.tag = Words("Chosen", "small", parent=self)
        self.tag.setProperty("tag", "chosen")
        self.tag.setWordWrap(False)
        self.close_button = Button("×", self._on_close_pressed, kind="foot", parent=self)
        self.close_button.setToolTip("Close this column (Delete)")
        self.points, self.sum = PointsCell(self), SumCell(self)
        self.words: list[Words] = []
        self.refusal = Words(role="strong", tone="overdue", parent=self)
        self.refusal.setContentsMargins(INSET, 8, INSET, 8)
        self.refusal.setAutoFillBackground(True)
        for words in (self.name, self.role, self.tag, self.refusal):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.refusal.hide()
        self.tag.hide()

    # What it shows

    def show_worker(self, one: Compared, role: str, scale: int, lines: tuple[SumLine, ...], said: Sequence[Said]) -> None:
        """Show a worker: `role` under the name, `scale` of the bar, the lines of the sum, the text before it and those after."""
        self.one = one
        self.name.setText(one.worker.name)
        self.name.setToolTip(one.worker.name)
        self.role.setText(role)
        self.close_button.setAccessibleName(f"Close {one.worker.name}")
        self.points.show_worker(one, scale)
        self.sum.show_lines(lines)
        while len(self.words) < len(said):
            words = Words(parent=self)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            words.setAlignment(TOP_LEFT)
            words.show()
            self.words.append(words)
        for words, cell in zip(self.words, said, strict=True):
            words.setText(cell.text)
            words.setToolTip(cell.tip)
            words.setAccessibleDescription(cell.tip)
            words.set_tone(cell.tone)
            words.set_role("strong" if cell.strong else "body")
        self._name()

    def choose(self, is_chosen: bool) -> None:
        """Be the chosen column, or no longer."""
        self.is_chosen = is_chosen
        self.tag.setVisible(is_chosen)
        self._name()
        self.update()

    def _name(self) -> None:
        if self.one is not None:
            self.setAccessibleName(f"{self.one.worker.name}, chosen" if self.is_chosen else self.one.worker.name)
            self.setAccessibleDescription("Enter allocates. Space chooses. Delete closes the column.")

    def heights(self, width: int) -> list[int]:
        """How high each row has to be at a width."""
        room = width - 2 * INSET
        head = self._head_room(room)
        under = 0 if self._is_tag_beside(head) else self.tag.sizeHint().height() + 4
        heights = [self._name_place(head, room).bottom() + 1 - ROW_GAP + under + self.role.heightForWidth(room)]
        return [height + 2 * ROW_GAP for height in (*heights, *(cell.heightForWidth(room) for cell in self._cells))]

    @property
    def _cells(self) -> list[QWidget]:
        """The cells under the name from the top: the first text stands before the sum, the others after it."""
        return [self.points, *self.words[:1], self.sum, *self.words[1:]]

    def place(self, rows: Sequence[int], band: int) -> None:
        """Set the cells in rows of these heights, from the top; each but the first begins with a band for its title."""
        self._rows = tuple(rows)
        room = self.width() - 2 * INSET
        head = self._head_room(room)
        close, name = _close_side(), self._name_place(head, room)
        self.name.setGeometry(name)
        self.close_button.setGeometry(self.width() - close - 8, ROW_GAP, close, close)
        top = name.bottom() + 1
        size = self.tag.sizeHint()
        if self._is_tag_beside(head):
            at = INSET + head - size.width()
            self.tag.setGeometry(at, ROW_GAP + (close - size.height()) // 2, size.width(), size.height())
        else:
            self.tag.setGeometry(INSET, top, min(room, size.width()), size.height())
            top += size.height() + 4
        self.role.setGeometry(INSET, top, room, self.role.heightForWidth(room))
        top = rows[0]
        for cell, height in zip(self._cells, rows[1:], strict=True):
            cell.setGeometry(INSET, top + band + ROW_GAP, room, height - band - 2 * ROW_GAP)
            top += height
        self.refusal.setGeometry(4, rows[0] + 4, self.width() - 8, self.refusal.heightForWidth(self.width() - 8))

    def _is_tag_beside(self, head: int) -> bool:
        """Whether there is room for the tag left of the button, beside the name or over it, or there is no tag at all."""
        name = self.name.fontMetrics().horizontalAdvance(self.name.text())
        return not self.is_chosen or self._is_name_beneath(head) or name + TAG_GAP + self.tag.sizeHint().width() <= head

    def _is_name_beneath(self, head: int) -> bool:
        """Whether a part of the name that cannot be broken is too long to stand beside the button."""
        metrics = self.name.fontMetrics()
        return max(map(metrics.horizontalAdvance, self.name.text().replace("-", "- ").split()), default=0) > head

    def _head_room(self, room: int) -> int:
        return max(40, room - _close_side())

    def _name_place(self, head: int, room: int) -> QRect:
        """Where the name stands: left of the button, and of the tag where both fit; else beneath the button."""
        close = _close_side()
        if self._is_name_beneath(head):
            return QRect(INSET, ROW_GAP + close, room, self.name.heightForWidth(room))
        beside = self.is_chosen and self._is_tag_beside(head)
        width = head - self.tag.sizeHint().width() - TAG_GAP if beside else head
        return QRect(INSET, ROW_GAP, width, max(close, self.name.heightForWidth(width)))

    # What happens

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press chooses."""
        self._choose()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter gives, Space chooses, arrows go to the next column, Delete closes."""
        key = event.key()
        if self.one is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.given.emit(self.one.worker.id, "")
        elif key == Qt.Key.Key_Space:
            self._choose()
        elif key == Qt.Key.Key_Delete:
            self._on_close_pressed()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moved.emit(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a column."""
        if self.one is None:
            return
        one = self.one
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(f"Allocate to {one.worker.name}", lambda: self.given.emit(one.worker.id, ""))
        menu.addAction(f"Open {one.worker.name}", lambda: self.opened.emit(one.worker.id))
        menu.addAction(f"Show what the allowance of {one.worker.name} is made of", lambda: self.week_opened.emit(one))
        menu.addAction("Close this column", self._on_close_pressed)
        menu.popup(event.globalPos())

    def _choose(self) -> None:
        if self.one is not None:
            self.chosen.emit(self.one.worker.id)

    def _on_close_pressed(self) -> None:
        if self.one is not None:
            self.closed.emit(self.one.worker.id)

    # A child dragged here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show whether the child may be dropped here."""
        if dragged_child(event.mimeData()) and self.one is not None:
            self._show_drop("refused" if self.one.barred else "ok")
            event.setAccepted(not self.one.barred)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """The same anywhere in the column."""
        event.setAccepted(bool(dragged_child(event.mimeData())) and self.one is not None and not self.one.barred)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """The child went elsewhere."""
        self._show_drop("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Give the child to this worker."""
        child_id = dragged_child(event.mimeData())
        self._show_drop("")
        if child_id and self.one is not None and not self.one.barred:
            event.acceptProposedAction()
            self.given.emit(self.one.worker.id, child_id)

    def _show_drop(self, drop: str) -> None:
        self._drop = drop
        refused = drop == "refused" and self.one is not None
        self.refusal.say(" ".join(self.one.barred) if refused and self.one else "")
        if refused:
            self.refusal.raise_()
            announce(self, self.refusal.text())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of the chosen column with a bar above it; an outline while a child is dragged over."""
        theme = current_theme()
        painter = QPainter(self)
        if self.is_chosen:
            painter.fillRect(self.rect().adjusted(0, 0, -1, 0), theme.colour("info_bg"))
            painter.fillRect(0, 0, self.width() - 1, 3, theme.colour("accent"))
            top = 0
            for height in self._rows:
                top += height
                painter.fillRect(0, top, self.width(), 1, theme.colour("border"))
        if self._drop:
            painter.setPen(QPen(theme.colour("drop_ok" if self._drop == "ok" else "drop_refused"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


def _close_side() -> int:
    """The side of the button that closes a column: at least a target's, and room for its sign."""
    theme = current_theme()
    return max(theme.size("target_minimum"), theme.line("small") + 8)


class CompareGrid(QWidget):
    """The names of the rows at the left, then the columns; rows are as high as their highest cell needs.

    Where that leaves the columns too little room, the names stand above their rows, and in view wherever one scrolls to.
    """

    chosen = Signal(str)
    given = Signal(str, str)
    closed = Signal(str)
    opened = Signal(str)
    week_opened = Signal(object)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: list[WorkerColumn] = []
        self.titles = [Words(title, "body", "muted", self) for title in titles]
        for title in self.titles:
            title.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            # Over its row, it leaves clicks and what is dropped to the columns beneath.
            title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            title.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._rows: list[int] = []
        self._scrolled = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_changes.changed.connect(self._on_theme_changed)

    def show_count(self, count: int) -> None:
        """Have as many columns as there are workers to compare."""
        while len(self.columns) < count:
            column = WorkerColumn(self)
            column.chosen.connect(self.chosen)
            column.given.connect(self.given)
            column.closed.connect(self.closed)
            column.opened.connect(self.opened)
            column.week_opened.connect(self.week_opened)
            column.moved.connect(self._on_column_left)
            column.show()
            self.columns.append(column)
        while len(self.columns) > count:
            gone = self.columns.pop()
            gone.hide()
            gone.deleteLater()
        self.setVisible(count > 0)

    def say_title(self, place: int, words: str) -> None:
        """Say what a row is."""
        self.titles[place].setText(words)

    def scroll_titles(self, scrolled: int) -> None:
        """Keep names that stand above their rows in view while the columns are scrolled sideways, by some pixels."""
        self._scrolled = scrolled
        for title in self.titles:
            title.setContentsMargins(INSET + scrolled if title.autoFillBackground() else 0, 0, 0, 0)

    def arrange(self) -> None:
        """Lay everything out at the width there is."""
        if not self.columns:
            return
        theme = current_theme()
        scale = theme.text_scale
        least = len(self.columns) * round(LEAST * scale)
        label = round((LABEL if self.width() > WIDE_FROM * scale else NARROW_LABEL) * min(scale, 1.5))
        is_above = self.width() < label + least
        label, band = (0, theme.line("body")) if is_above else (label, 0)
        width = min((self.width() - label) // len(self.columns), round(WIDEST * scale))
        too_long = frozenset().union(*(column.sum.misfits(width - 2 * INSET) for column in self.columns))
        for column in self.columns:
            column.sum.shorten(too_long)
        each = [column.heights(width) for column in self.columns]
        titles = [0 if is_above else title.heightForWidth(label - 8) + 2 * ROW_GAP for title in self.titles]
        name, *others = (max(row) for row in zip([0, *titles], *each, strict=True))
        self._rows = [name, *(height + band for height in others)]
        for place, column in enumerate(self.columns):
            column.setGeometry(QRect(label + place * width, 0, width, sum(self._rows)))
            column.place(self._rows, band)
        self._place_titles(label, band)
        self.setMinimumWidth(least)
        self.setFixedHeight(sum(self._rows) + 1)
        self.update()

    def _place_titles(self, label: int, band: int) -> None:
        """At the left, in a column of that width in pixels, or each in a band of that height over its row."""
        top = self._rows[0]
        for title, height in zip(self.titles, self._rows[1:], strict=True):
            if band:
                title.setGeometry(0, top, self.columns[-1].geometry().right() + 1, band)
                title.raise_()
            else:
                title.setGeometry(0, top + ROW_GAP, label - 8, title.heightForWidth(label - 8))
            title.setAutoFillBackground(bool(band))
            title.setAlignment(MIDDLE_LEFT if band else TOP_LEFT)
            top += height
        self.scroll_titles(self._scrolled)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(400, sum(self._rows) + 1)

    def resizeEvent(self, _event: object) -> None:
        """Rows are anew as high as they need to be."""
        self.arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Hairlines between rows and columns."""
        theme = current_theme()
        painter = QPainter(self)
        border = theme.colour("border")
        right = self.columns[-1].geometry().right() + 1 if self.columns else 0
        painter.fillRect(0, 0, right, 1, border)
        top = 0
        for height in self._rows:
            top += height
            painter.fillRect(0, top, right, 1, border)
        for column in self.columns:
            painter.fillRect(column.x() - 1, 0, 1, top, border)
        painter.end()

    def _on_theme_changed(self, _theme: object) -> None:
        """Arrange when every cell has taken the new type, whoever heard of it first."""
        soon(self, self.arrange)

    def _on_column_left(self, step: int) -> None:
        place = next((place for place, column in enumerate(self.columns) if column.hasFocus()), 0)
        beside = self.columns[min(max(place + step, 0), len(self.columns) - 1)]
        beside.setFocus(Qt.FocusReason.OtherFocusReason)
        if beside.one is not None:
            self.chosen.emit(beside.one.worker.id)


LABEL, NARROW_LABEL, WIDE_FROM = 144, 104, 860
LEAST, WIDEST = 132, 320
