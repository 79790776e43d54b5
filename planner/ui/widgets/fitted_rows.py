"""A table of few rows that stands whole on a page: as high as its rows, never wider than its room, without scroll bars."""

from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.rows_painting import Place, RowsPainting
from planner.ui.table import RowsModel, RowsView
from planner.ui.theme import current_theme, kept_in_theme

LEAST_STRETCH = 64
CLOSER = 2
"""The lines of one text stand so many pixels closer than rows do."""
MOST_LINES = 3
A_WORD = 4
"""A line so many times shorter than those beneath it has room for a word."""


class FittedRows(RowsView):
    """Rows whose columns always fit: the one that stretches gives way first, then all of them alike.

    Where the text of a column that wraps has no room, its row takes further lines, which run to the end of the row.
    """

    # The theme is applied while the view is still being made, before its height was ever asked for.
    _is_whole = False

    def __init__(self, model: RowsModel, name: str, row_size: str = "row_normal", parent: QWidget | None = None) -> None:
        super().__init__(model, name, row_size, parent)
        self.painting = WrappingPainting(self)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fit_height(self) -> None:
        """Take the height at which no row is hidden, now and whenever the size of the text or the width changes."""
        self._is_whole = True
        self.setFixedHeight(self.height_of_all())

    def height_of_all(self) -> int:
        """The height in pixels at which no row is hidden, those of two lines among them."""
        header = self.horizontalHeader()
        return self.verticalHeader().length() + (0 if header.isHidden() else header.sizeHint().height())

    def fit_columns(self) -> None:
        """Every column its width; what stretches takes or gives the rest."""
        scale = current_theme().text_scale
        columns = self.rows_model().columns
        widths = [round((column.width or LEAST_STRETCH) * scale) for column in columns]
        room = self.viewport().width()
        for number, column in enumerate(columns):
            if column.stretch:
                widths[number] = max(round(LEAST_STRETCH * scale), room - sum(widths) + widths[number])
        if sum(widths) > room > 0:
            widths = [width * room // sum(widths) for width in widths]
        self.set_widths(dict(enumerate(widths)))
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Further lines for each row whose text wraps."""
        wrapping = [place for place in RowsPainting(self).places() if place.column.wraps]
        one = self.verticalHeader().defaultSectionSize()
        for number, row in enumerate(self.rows_model().shown_between(0, -1) if wrapping else ()):
            lines = max(len(self.lines_of(place, row)) for place in wrapping)
            self.setRowHeight(number, one + (lines - 1) * further_line())
        if self._is_whole and self.height() != self.height_of_all():
            self.setFixedHeight(self.height_of_all())

    def lines_of(self, place: Place, row: Any) -> tuple[str, ...]:
        """The lines in which a column's text stands."""
        beneath = self.viewport().width() - self.outer_inset - place.text_left
        return wrapped(place.column.text(row), self.painting.role_of(place.column, row), place.text_width, beneath)

    def _on_theme_changed(self, theme: object = None) -> None:
        super()._on_theme_changed(theme)
        if self._is_whole:
            self.fit_height()


class WrappingPainting(RowsPainting):
    """Paints the cells of a row of several lines on its first one, and beneath it what a wrapped text still has to say."""

    _view: FittedRows

    def paint_cell(self, painter: QPainter, place: Place, line: QRect, row: Any, selected: bool) -> None:
        """A cell of a row of one line or of more."""
        one = self._view.verticalHeader().defaultSectionSize()
        lines = self._view.lines_of(place, row) if place.column.wraps and line.height() > one else ()
        extra = line.height() - one
        above = QRect(line.left(), line.top(), line.width(), one - CLOSER if extra else one)
        if len(lines) < 2:
            super().paint_cell(painter, place, above, row, selected)
            return
        column = place.column
        painter.setPen(self.ink(column.tone(row) if column.tone else "", selected))
        beneath = above.adjusted(place.text_left - above.left(), 0, -self._view.outer_inset, 0)
        for number, words in enumerate(lines):
            self.write(painter, beneath.translated(0, number * further_line()), words, "left", self.role_of(column, row))


def further_line() -> int:
    """How much lower a further line of a text stands, in pixels."""
    return current_theme().line("body") - CLOSER


@kept_in_theme()
def wrapped(text: str, role: str, width: int, beneath: int) -> tuple[str, ...]:
    """A text in lines: the first fits one width in pixels, those beneath it another; of more than `MOST_LINES` the last is cut.

    The first line ends with a sentence where what follows then fits one line; it stays empty where it could hold but a word.
    """
    metrics = QFontMetrics(current_theme().font(role))
    if width <= 0 or metrics.horizontalAdvance(text) <= width:
        return (text,)
    sentence, stop, rest = _sentences(text, metrics, width)
    if stop and metrics.horizontalAdvance(rest) <= beneath:
        return sentence, rest
    lines = ["", ""] if width * A_WORD < beneath else [""]
    most = MOST_LINES + len(lines) - 1
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        fits = metrics.horizontalAdvance(longer) <= (beneath if len(lines) > 1 else width)
        if fits or not lines[-1] or len(lines) == most:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _sentences(text: str, metrics: QFontMetrics, width: int) -> tuple[str, str, str]:
    """As many whole sentences as fit a width, the stop after them if there is one, and the rest."""
    end = text.rfind(". ")
    while end > 0 and metrics.horizontalAdvance(text[: end + 1]) > width:
        end = text.rfind(". ", 0, end)
    return (text[: end + 1], ".", text[end + 2 :]) if end > 0 else ("", "", text)
