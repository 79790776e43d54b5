"""The edges of the board: days above, workers at the left, and beneath what places are left on each day."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from planner.ui.board.blocks import LEFT, RIGHT
from planner.ui.board.layout import NARROW
from planner.ui.board.lettering import elided, width_of
from planner.ui.board.words import day_words, left_words, placed_words, spoken_day, worker_name
from planner.ui.theme import current_theme
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.board import Board
    from planner.ui.board.view import BoardView

INSET = 12
RIGHT_INSET = 8
TODAY_BAR = 3
NAME_WIDTH = 150


class DaysHeader(QHeaderView):
    """`Mon 23 Nov` and how many visits; a bar over today."""

    def __init__(self, view: "BoardView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setMinimumSectionSize(24)

    def sizeHint(self) -> QSize:
        """36 pixels at 100% text, and a small line more where a day lies in school holidays."""
        board, theme = self._view.board_model.board, current_theme()
        more = theme.line("small") if board is not None and any(board.school_holidays) else 0
        return QSize(super().sizeHint().width(), theme.line("body") + 16 + more)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Day at the left, count at the right, hairlines."""
        board, theme = self._view.board_model.board, current_theme()
        if board is None or section >= len(board.days):
            return
        painter.fillRect(rect, theme.colour("sunken"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("border"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.colour("border"))
        day = board.days[section]
        if day == board.today:
            painter.fillRect(rect.left(), rect.top(), rect.width(), TODAY_BAR, theme.colour("accent"))
        inset = 10 if rect.width() > NARROW * theme.text_scale else 5
        room = rect.adjusted(inset, 0, -inset, 0)
        if any(board.school_holidays):
            room.setHeight(theme.line("body") + 12)
            beneath = QRect(room.left(), room.bottom() - 2, room.width(), theme.line("small"))
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(beneath, int(LEFT), elided(board.school_holidays[section], beneath.width()))
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        painter.drawText(room, int(LEFT), elided(day_words(day), room.width(), "strong"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(room, int(RIGHT), self._count(board, section, room.width()))

    def _count(self, board: "Board", section: int, room: int) -> str:
        """`8 visits`, or the number alone, or nothing: the same for every day, by what the fullest of them has room for."""
        days = [(width_of(day_words(day), "strong"), self._view.trips_on(number)) for number, day in enumerate(board.days)]
        for unit in ("visit", ""):
            if all(taken + width_of(_counted(trips, unit)) + 8 <= room for taken, trips in days):
                return _counted(self._view.trips_on(section), unit)
        return ""


def _counted(trips: int, unit: str) -> str:
    return count_words(trips, unit) if unit else f"{trips:,}"


class WorkersHeader(QHeaderView):
    """Each worker's name, what is placed of what is needed, and what is left of the allowance."""

    def __init__(self, view: "BoardView") -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.setMinimumSectionSize(24)
        self.setSectionsClickable(True)

    def sizeHint(self) -> QSize:
        """As wide as names need, within reason."""
        return QSize(round(NAME_WIDTH * min(current_theme().text_scale, 1.6)), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Two lines."""
        row, theme = self._view.board_model.row(section), current_theme()
        if row is None:
            return
        painter.fillRect(rect, theme.colour("surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("border"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.colour("border"))
        room = rect.adjusted(INSET, 8, -RIGHT_INSET, -4)
        name = QRect(room.left(), room.top(), room.width(), theme.line("strong"))
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        painter.drawText(name, int(LEFT), elided(worker_name(row), name.width(), "strong"))
        second = QRect(room.left(), name.bottom() + 1, room.width(), theme.line("small"))
        left, (words, tone) = left_words(row), placed_words(row)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text_muted"))
        taken = painter.fontMetrics().horizontalAdvance(left) + 6 if left else 0
        painter.drawText(second, int(RIGHT), left)
        second.setRight(second.right() - taken)
        font = "block" if tone == "warning" else "small"
        if tone == "warning":
            strong = theme.font("strong")
            strong.setPixelSize(theme.font("small").pixelSize())
            painter.setFont(strong)
        painter.setPen(theme.colour(tone))
        painter.drawText(second, int(LEFT), elided(words, second.width(), font))


class BoardCorner(QWidget):
    """`Worker`, over the names."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One small word on the ground of a header."""
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sunken"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("border"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour("border"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(self.rect().adjusted(INSET, 0, 0, 0), int(LEFT), "Worker")


class BoardFoot(QWidget):
    """`Places left`: what the weeks still hold, spread over the days still free."""

    def __init__(self, view: "BoardView") -> None:
        super().__init__(view)
        self._view = view
        self.setToolTip("What is left of the week's allowances of visits, spread over the days still free")

    def sizeHint(self) -> QSize:
        """One line with room about it."""
        return QSize(100, current_theme().line("body") + 14)

    def show_board(self) -> None:
        """Say it for a screen reader, and paint."""
        board = self._view.board_model.board
        left = zip(board.days, board.places_left, strict=True) if board else ()
        said = [f"{spoken_day(day)} {places}" for day, places in left if places is not None]
        self.setAccessibleName(f"Places left: {', '.join(said)}" if said else "Places left")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Under each day its number, in step with the board."""
        board, theme, view = self._view.board_model.board, current_theme(), self._view
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sunken"))
        painter.fillRect(0, 0, self.width(), 1, theme.colour("border"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("border"))
        names = view.verticalHeader().width()
        painter.save()
        painter.setClipRect(names, 0, self.width() - names, self.height())
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        for column, places in enumerate(board.places_left if board else ()):
            left, width = names + view.columnViewportPosition(column), view.columnWidth(column)
            painter.fillRect(left + width - 1, 0, 1, self.height(), theme.colour("border"))
            if places is not None:
                painter.drawText(QRect(left, 0, width - 12, self.height()), int(RIGHT), f"{places:,}")
        painter.restore()
        painter.fillRect(names - 1, 0, 1, self.height(), theme.colour("border"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(QRect(INSET, 0, names - INSET, self.height()), int(LEFT), "Places left")
