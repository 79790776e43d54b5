"""What the drawer is made of: headings, short lists, and rows of what is due that open to say why."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from planner.ui.rows_painting import INSET, MARK_SIDE
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.words import Words

GAP = 12
LEAST = 104
"""What the column that stretches needs, in pixels at 100% text size."""
MARK_ROOM = MARK_SIDE + 6
DATE_WIDTH = 88
STATUS_WIDTH = 88
DESIGNED_WIDTH = 420


def hairline() -> QFrame:
    """A line of one pixel across the drawer."""
    line = QFrame()
    line.setProperty("line", "true")
    line.setFixedHeight(1)
    return line


class Heading(QWidget):
    """The heading of a part of the drawer: its words, a count, and at the right what acts on it."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.count = Words(words, "strong"), Words("", "body", "muted")
        self.words.setWordWrap(False)
        self.words.setMinimumWidth(1)
        self.count.setWordWrap(False)
        self._added: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addWidget(self.words)
        self._row.addWidget(self.count)
        self._row.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """Add something at the right."""
        self._added.append(widget)
        self._row.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words wrap where they do not fit beside the rest."""
        super().resizeEvent(event)
        beside = [part for part in (self.count, *self._added) if part.isVisible()]
        taken = sum(part.sizeHint().width() + self._row.spacing() for part in beside)
        wanted = QFontMetrics(self.words.font()).horizontalAdvance(self.words.text())
        self.words.setWordWrap(wanted + taken > self.width())


class Listing(RowsView):
    """A short list in the drawer, as high as its rows; a click or Enter opens one.

    `given_up` is the place of the column it does without where there is no room for the one that stretches.
    """

    # Columns are fitted while the view is still being made, before the place is known.
    _given_up: int | None = None

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        on_opened: Callable[[Any], None] | None = None,
        given_up: int | None = None,
    ) -> None:
        super().__init__(RowsModel(columns), name, "row_compact", outer_inset=0)
        self._given_up = given_up
        self.horizontalHeader().hide()
        self.setSortingEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if on_opened is not None:
            self.row_opened.connect(on_opened)
            self.clicked.connect(lambda _index: on_opened(self.current_row()))
        theme_changes.changed.connect(self._on_size_changed)

    def fit_columns(self) -> None:
        """Fit all columns; where the one that stretches could not be read then, without the one that is given up."""
        places = range(len(self.rows_model().columns))
        widths = self._fitted(places)
        if self._given_up is not None:
            is_tight = widths[self._stretching(places)] < round(LEAST * current_theme().text_scale)
            self.setColumnHidden(self._given_up, is_tight)
            widths = self._fitted([place for place in places if place != self._given_up]) if is_tight else widths
        self.set_widths(widths)

    def _stretching(self, places: Sequence[int]) -> int:
        columns = self.rows_model().columns
        return next((place for place in places if columns[place].stretch), places[0])

    def _fitted(self, places: Sequence[int]) -> dict[int, int]:
        """Every column its width, or in turn what it needs; the first that stretches takes what is left, or gives.

        Where no column is left to be given up, its own width comes first, what it needs beyond that last, and at least a
        third of the room is its own.
        """
        columns, room, giving = self.rows_model().columns, self.viewport().width(), self._stretching(places)
        widths = {place: round((columns[place].width or LEAST) * current_theme().text_scale) for place in places}
        needed = {place: self._needed(columns[place]) for place in places}
        if sum(widths.values()) > room:
            widths |= {place: min(widths[place], needed[place]) for place in places if place != giving}
        may_give_up = self._given_up in places
        if not may_give_up:
            widths[giving] = max(room // 3, min(widths[giving], needed[giving]))
        for place in places:
            if place != giving or may_give_up:
                widths[place] += max(0, min(needed[place] - widths[place], room - sum(widths.values())))
        left = room - sum(widths.values()) + widths[giving]
        if not may_give_up and left < room // 3:
            widest = max((place for place in places if place != giving), key=widths.__getitem__)
            widths[widest] -= room // 3 - left
            left = room // 3
        widths[giving] = max(left, LEAST)
        return widths

    def _needed(self, column: Column) -> int:
        """The width in pixels at which nothing that stands in a column is cut; never less than a column may have."""
        metrics = QFontMetrics(current_theme().font("strong" if column.strong or column.tone else "body"))
        widest = max((metrics.horizontalAdvance(column.text(row)) for row in self.rows_model().rows), default=0)
        wanted = widest + 2 * INSET + (MARK_ROOM if column.mark else 0) + 2
        return max(wanted, self.horizontalHeader().minimumSectionSize())

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show these rows; with none the list takes no room."""
        self.rows_model().set_rows(rows)
        self.rows_model().sort(-1)
        self.setVisible(self.rows_model().rowCount() > 0)
        self._on_size_changed(current_theme())

    def _on_size_changed(self, _theme: Theme) -> None:
        self.setFixedHeight(self.height_of_all() + 2)


class DueRow(QAbstractButton):
    """One thing due: what, when, how it stands. Pressed, it opens or closes the reason beneath."""

    def __init__(self, title: str, day: str, status: str, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.day, self.status, self.tone = title, day, status, tone
        self.setCheckable(True)
        self.setProperty("paintsFocus", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(", ".join(words for words in (title, f"due {day}" if day else "", status) if words))
        self.setAccessibleDescription("Opens why")
        self.setToolTip(title)

    def sizeHint(self) -> QSize:
        """Room for one line; `heightForWidth` says when it takes two."""
        return QSize(200, self.heightForWidth(DESIGNED_WIDTH))

    def hasHeightForWidth(self) -> bool:
        """Where the title does not fit beside its day, it takes a line of its own."""
        return True

    def heightForWidth(self, width: int) -> int:
        """One line of text with room above and beneath, or two."""
        line = current_theme().line("strong")
        return max(line + 8, 24) + (0 if self._fits(width) else line)

    def _widths(self) -> tuple[int, int]:
        """The width of the day and of the status, the same in every row where the words allow it."""
        theme = current_theme()
        status = QFontMetrics(theme.font("strong")).horizontalAdvance(self.status)
        day = QFontMetrics(theme.font("body")).horizontalAdvance(self.day) + GAP
        return max(round(DATE_WIDTH * theme.text_scale), day), max(round(STATUS_WIDTH * theme.text_scale), status)

    def _fits(self, width: int) -> bool:
        title = QFontMetrics(current_theme().font("strong")).horizontalAdvance(self.title)
        return title + GAP <= width - sum(self._widths())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title at the left, day and status at the right, on one line or on two."""
        theme = current_theme()
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.colour("hover"))
        first = second = self.rect()
        if not self._fits(self.width()):
            line = theme.line("strong")
            first, second = QRect(0, 4, self.width(), line), QRect(0, 4 + line, self.width(), line)
        self._paint_words(painter, first, second)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus_ring")))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_words(self, painter: QPainter, first: QRect, second: QRect) -> None:
        theme, middle = current_theme(), Qt.AlignmentFlag.AlignVCenter
        day, status = self._widths()
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("strong"))
        room = first.width() - (day + status + GAP if first == second else 0)
        painter.drawText(first, middle, painter.fontMetrics().elidedText(self.title, Qt.TextElideMode.ElideRight, room))
        painter.setFont(theme.font("body"))
        right = second.right() + 1 - status - GAP
        painter.drawText(QRect(right - day, second.top(), day, second.height()), middle | Qt.AlignmentFlag.AlignRight, self.day)
        painter.setFont(theme.font("strong" if self.tone == "overdue" else "body"))
        painter.setPen(theme.colour(self.tone or "text"))
        painter.drawText(second, middle | Qt.AlignmentFlag.AlignRight, self.status)


class DueItem(QWidget):
    """A `DueRow` with the reason under it; `why` is asked for only when it is opened."""

    def __init__(self, row: DueRow, why: Callable[[], str], is_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row, self._why = row, why
        self.why = Words("", "small")
        self.why.setObjectName("why")
        self.why.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(row)
        layout.addWidget(self.why)
        layout.addWidget(hairline())
        row.toggled.connect(self._on_row_toggled)
        row.setChecked(is_open)

    def _on_row_toggled(self, is_open: bool) -> None:
        if is_open and not self.why.text():
            self.why.setText(self._why())
            self.why.setAccessibleName(f"Why: {self.row.title}. {self.why.text()}")
        self.why.setVisible(is_open)
        self.row.setAccessibleDescription("Closes why" if is_open else "Opens why")


def emptied(layout: QVBoxLayout) -> None:
    """Take every widget out of a layout, and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
