"""Carrying a visit with the mouse: a copy goes with the pointer, days say whether they take it, a drop is one order."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from planner.core.board import BoardTrip
from planner.ui.board.blocks import LEFT, paint_frame
from planner.ui.board.lettering import elided
from planner.ui.board.orders import Carried
from planner.ui.board.tray import TrayView
from planner.ui.board.view import BoardView
from planner.ui.board.words import carried_words, day_words, worker_name
from planner.ui.theme import current_theme
from planner.ui.widgets.announcing import announce

COPY_WIDTH = 190
EDGE = 28
SCROLL_STEP = 18
SCROLL_MS = 40


class Carrying(QObject):
    """What is carried over one page, and where it would go.

    `drop_on_day(carried, worker_id, day)` and `drop_on_tray(carried)` are called when it is let go of there.
    """

    def __init__(
        self,
        page: QWidget,
        board: BoardView,
        tray: TrayView,
        drop_on_day: Callable[[Carried, str, date], None],
        drop_on_tray: Callable[[Carried], None],
    ) -> None:
        super().__init__(page)
        self._page, self._board, self._tray = page, board, tray
        self._drop_on_day, self._drop_on_tray = drop_on_day, drop_on_tray
        self.carried: Carried | None = None
        self.is_over_tray = False
        self._at = QPoint()
        self.copy = QLabel(page)
        self.copy.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.copy.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(SCROLL_MS)
        self._timer.timeout.connect(self._on_scroll_due)
        for view in (board, tray):
            view.carry_moved.connect(self.move)
            view.carry_ended.connect(self.end)

    def begin(self, carried: Carried, at: QPoint) -> None:
        """Take hold of a visit; `at` is the pointer on the screen."""
        self.carried = carried
        self._board.set_carried(carried)
        self._tray.set_carried(carried)
        self._timer.start()
        self.move(at)
        self.copy.show()
        self.copy.raise_()

    def move(self, at: QPoint) -> None:
        """Follow the pointer."""
        if self.carried is None:
            return
        self._at = at
        target = self._board.place_at(self._board.viewport().mapFromGlobal(at))
        is_new = target is not None and target != self._board.target
        self._board.set_target(target)
        tray = self._tray.viewport()
        self.is_over_tray = isinstance(self.carried, BoardTrip) and tray.rect().contains(tray.mapFromGlobal(at))
        where, refusal = self._where()
        if is_new and refusal:
            announce(self._board, f"{where}: {refusal}")
        self.copy.setPixmap(self._picture(refusal or where, "warning" if refusal else "text_muted"))
        self.copy.adjustSize()
        self.copy.move(self._page.mapFromGlobal(at) + QPoint(10, 8))

    def end(self, drop: bool) -> None:
        """Let go: drop it where it is, or leave all as it was."""
        carried, target, over_tray, board = self.carried, self._board.target, self.is_over_tray, self._board.board_model.board
        self.carried = None
        self._timer.stop()
        self.copy.hide()
        self._board.set_carried(None)
        self._tray.set_carried(None)
        if not drop or carried is None or board is None:
            return
        if over_tray:
            self._drop_on_tray(carried)
        elif target is not None:
            row, column = target
            self._drop_on_day(carried, board.rows[row].worker_id, board.days[column])

    def _where(self) -> tuple[str, str]:
        """Where it would go, and why it would not be taken there."""
        if self.is_over_tray:
            return "Back to the tray", ""
        target, board = self._board.target, self._board.board_model
        cell, row = (board.cell(*target), board.row(target[0])) if target else (None, None)
        if cell is None or row is None:
            return "", ""
        return f"{day_words(cell.day)}, {worker_name(row)}", cell.refusal

    def _picture(self, says: str, tone: str) -> QPixmap:
        """The copy: who is carried, and where it would go or, for the copy hides that in the cell, why it would not."""
        assert self.carried is not None
        theme = current_theme()
        height = theme.line("strong") + theme.line("small") + 8
        width = round(COPY_WIDTH * theme.text_scale)
        ratio = self._page.devicePixelRatioF()
        picture = QPixmap(round(width * ratio), round(height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme.colour("raised"))
        painter = QPainter(picture)
        first = self.carried.children[0] if self.carried.children else None
        paint_frame(painter, QRect(0, 0, width, height), first.plan if first else "", theme, "raised")
        room = QRect(12, 3, width - 18, theme.line("strong"))
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        painter.drawText(room, int(LEFT), elided(carried_words(self.carried), room.width(), "strong"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour(tone))
        below = QRect(room.left(), room.bottom() + 1, room.width(), theme.line("small"))
        painter.drawText(below, int(LEFT), elided(says, below.width()))
        painter.end()
        return picture

    def _on_scroll_due(self) -> None:
        """Near the upper or lower edge of the board, let it scroll."""
        viewport = self._board.viewport()
        at = viewport.mapFromGlobal(self._at)
        if not viewport.rect().contains(at):
            return
        bar = self._board.verticalScrollBar()
        by = SCROLL_STEP if at.y() > viewport.height() - EDGE else -SCROLL_STEP if at.y() < EDGE else 0
        before = bar.value()
        bar.setValue(before + by)
        if bar.value() != before:
            self.move(self._at)
