"""What the drawer is made of: headings, short lists, and rows of what is due that open to say why."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.words import Words

GAP = 12
LEAST = 56
DATE_WIDTH = 88
STATUS_WIDTH = 88


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
        self.count.setWordWrap(False)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addWidget(self.words)
        self._row.addWidget(self.count)
        self._row.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """Add something at the right."""
        self._row.addWidget(widget)


class Listing(RowsView):
    """A short list in the drawer, as high as its rows; a click or Enter opens one."""

    def __init__(self, columns: Sequence[Column], name: str, on_opened: Callable[[Any], None] | None = None) -> None:
        super().__init__(RowsModel(columns), name, "row_compact")
        self.horizontalHeader().hide()
        self.setSortingEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if on_opened is not None:
            self.row_opened.connect(on_opened)
            self.clicked.connect(lambda _index: on_opened(self.current_row()))
        theme_changes.changed.connect(self._on_size_changed)

    def fit_columns(self) -> None:
        """Every column its width; the first that stretches takes what is left, or gives what is lacking."""
        columns = self.rows_model().columns
        widths = [round((column.width or LEAST) * current_theme().text_scale) for column in columns]
        giving = next((number for number, column in enumerate(columns) if column.stretch), 0)
        rest = sum(widths) - widths[giving]
        widths[giving] = max(LEAST, self.viewport().width() - rest)
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width)

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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(", ".join(words for words in (title, f"due {day}" if day else "", status) if words))
        self.setAccessibleDescription("Opens why")
        self.setToolTip(title)

    def sizeHint(self) -> QSize:
        """One line of text with room above and beneath."""
        return QSize(200, max(current_theme().line("strong") + 8, 24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title at the left, day and status at the right."""
        theme = current_theme()
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.colour("hover"))
        status = max(round(STATUS_WIDTH * theme.text_scale), QFontMetrics(theme.font("strong")).horizontalAdvance(self.status))
        day = max(round(DATE_WIDTH * theme.text_scale), QFontMetrics(theme.font("body")).horizontalAdvance(self.day) + GAP)
        whole = self.rect()
        left = QRect(0, 0, max(whole.width() - status - day, 0), whole.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("strong"))
        title = painter.fontMetrics().elidedText(self.title, Qt.TextElideMode.ElideRight, left.width() - GAP)
        painter.drawText(left, middle, title)
        painter.setFont(theme.font("body"))
        painter.drawText(QRect(left.right() + 1, 0, day, whole.height()), middle, self.day)
        painter.setFont(theme.font("strong" if self.tone == "overdue" else "body"))
        painter.setPen(theme.colour(self.tone or "text"))
        painter.drawText(whole, middle | Qt.AlignmentFlag.AlignRight, self.status)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus_ring")))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


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
            self.why.setAccessibleName(f"Why: {self.row.title}")
            self.why.setAccessibleDescription(self.why.text())
        self.why.setVisible(is_open)
        self.row.setAccessibleDescription("Closes why" if is_open else "Opens why")


def emptied(layout: QVBoxLayout) -> None:
    """Take every widget out of a layout, and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
