"""The strip of figures at the head of a page: facts in one row between hairlines, each of them a door to its rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from planner.ui.theme import current_theme, theme_changes

PADDING_X = 16
EDGE = 8
PADDING_Y = 10
GAP = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """One fact: its number and what stands after it, its noun, a line of detail, and the number's colour when it is not 0."""

    key: str
    count: int
    noun: str
    detail: str
    tone: str = "text"
    unit: str = ""

    @property
    def number(self) -> str:
        """`1,204`, `91%`."""
        return f"{self.count:,}{self.unit}"


class FigureButton(QToolButton):
    """A fact as a button over its whole area; the number, its noun and one line of detail are painted."""

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = figure
        self.first = False
        self.under = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumWidth(96)
        self.setProperty("paintsFocus", True)
        self.show_figure(figure)

    def show_figure(self, figure: Figure) -> None:
        """Show another state of the same fact."""
        self.figure = figure
        self.setText(f"{figure.number} {figure.noun}")
        self.setAccessibleName(f"{figure.number} {figure.noun}. {figure.detail}")
        self.setAccessibleDescription("Opens the rows behind this figure")
        self.setToolTip(figure.detail)
        self.updateGeometry()
        self.update()

    def _margin_left(self) -> int:
        return EDGE if self.first else PADDING_X

    def sizeHint(self) -> QSize:
        """Room for the wider of its two lines, and for both of them."""
        theme = current_theme()
        number, noun = QFontMetrics(theme.font("figure")), QFontMetrics(theme.font("strong"))
        small = QFontMetrics(theme.font("small"))
        first = number.horizontalAdvance(self.figure.number) + GAP + noun.horizontalAdvance(self.figure.noun)
        width = max(first, small.horizontalAdvance(self.figure.detail)) + self._margin_left() + PADDING_X
        height = max(theme.size("stat_strip_height"), number.height() + small.height() + 2 * PADDING_Y)
        return QSize(width, height)

    def width_anywhere(self) -> int:
        """The width its words need, whether or not it stands first in its row."""
        return self.sizeHint().width() - self._margin_left() + max(EDGE, PADDING_X)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its words: they end in an ellipsis before the page scrolls sideways."""
        return QSize(96, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Number and noun on one base line, the detail beneath, a hairline before every fact but the first."""
        theme = current_theme()
        painter = QPainter(self)
        fill = "selection" if self.isDown() else "hover" if self.underMouse() and self.isEnabled() else "surface"
        painter.fillRect(self.rect(), theme.colour(fill))
        left = self._margin_left()
        if not self.first:
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.drawLine(0, 0, 0, self.height())
        if self.under:
            painter.fillRect(0, 0, self.width(), 1, theme.colour("border"))
        self._paint_words(painter, QRect(left, 0, self.width() - left - GAP, self.height()))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus_ring")))
            painter.drawRect(self.rect().adjusted(2, 2, -2, -2))

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        theme = current_theme()
        number_font, noun_font, small_font = theme.font("figure"), theme.font("strong"), theme.font("small")
        number, noun, small = QFontMetrics(number_font), QFontMetrics(noun_font), QFontMetrics(small_font)
        slack = max(0, room.height() - number.height() - small.height())
        base = room.top() + slack // 2 + number.ascent()
        count = self.figure.number
        painter.setFont(number_font)
        painter.setPen(theme.colour(self.figure.tone if self.figure.count else "text"))
        painter.drawText(QPoint(room.left(), base), count)
        x = room.left() + number.horizontalAdvance(count) + GAP
        painter.setFont(noun_font)
        painter.setPen(theme.colour("text"))
        painter.drawText(QPoint(x, base), noun.elidedText(self.figure.noun, Qt.TextElideMode.ElideRight, room.right() - x))
        painter.setFont(small_font)
        painter.setPen(theme.colour("text_muted"))
        detail = small.elidedText(self.figure.detail, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QPoint(room.left(), base + number.descent() + small.ascent()), detail)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for the hover fill."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint without the hover fill."""
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Repaint with the focus ring."""
        self.update()
        super().focusInEvent(event)


class StatStrip(QWidget):
    """Four to six facts in a row, in two or three where large text leaves no room; `figure_pressed` says which was opened."""

    figure_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, FigureButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 1, 0, 1)
        self._grid.setSpacing(0)
        self._in_row = 0
        self.setAccessibleName("Figures of the day")
        theme_changes.changed.connect(self._on_theme_changed)

    def show_figures(self, figures: Iterable[Figure]) -> None:
        """Show these facts in their order; buttons that are there already keep the focus."""
        wanted = tuple(figures)
        if [figure.key for figure in wanted] != list(self.buttons):
            self._build(wanted)
        for figure in wanted:
            self.buttons[figure.key].show_figure(figure)
        self._arrange()

    def _build(self, figures: tuple[Figure, ...]) -> None:
        for button in self.buttons.values():
            self._grid.removeWidget(button)
            button.deleteLater()
        self.buttons = {figure.key: FigureButton(figure, self) for figure in figures}
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _=False, key=key: self.figure_pressed.emit(key))
        self._in_row = 0

    def _arrange(self) -> None:
        """All in one row if their words fit, else in two rows or three."""
        in_row = self._columns_that_fit()
        if in_row == self._in_row or not self.buttons:
            self._share_width()
            return
        self._in_row = in_row
        for place, button in enumerate(self.buttons.values()):
            button.first = place % in_row == 0
            button.under = place >= in_row
            self._grid.removeWidget(button)  # added again without this, it would hold its old column open
            self._grid.addWidget(button, place // in_row, place % in_row)
            button.show()
        self._share_width()
        self.updateGeometry()

    def _columns_that_fit(self) -> int:
        # Whatever place each has now: measured as they stand, two arrangements could each ask for the other without end.
        wanted = [button.width_anywhere() for button in self.buttons.values()]
        for in_row in (len(wanted), (len(wanted) + 1) // 2):
            if sum(max(wanted[column::in_row]) for column in range(in_row)) <= self.width():
                return in_row
        return min(2, len(wanted))

    def _share_width(self) -> None:
        """Each column a share of the width by its words, so that none is cut while there is room."""
        wanted = [button.sizeHint().width() for button in self.buttons.values()]
        for column in range(len(wanted)):
            in_column = wanted[column :: self._in_row] if column < self._in_row else [0]
            self._grid.setColumnStretch(column, max(in_column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row or two."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The two hairlines, and one over every further row, all the way where the last row has fewer facts."""
        painter = QPainter(self)
        painter.setPen(QPen(current_theme().colour("border"), 1))
        for button in self.buttons.values():
            if button.under and button.first:
                painter.drawLine(0, button.y(), self.width(), button.y())
        painter.drawLine(0, 0, self.width(), 0)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _on_theme_changed(self) -> None:
        for button in self.buttons.values():
            button.updateGeometry()
        self._arrange()
        self.update()
