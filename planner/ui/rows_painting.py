"""How the rows and the header of a table are painted: hairlines, marks, tags, tones, hover, selection and focus."""

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF, QStaticText, QTransform
from PySide6.QtWidgets import QHeaderView

from planner.ui.theme import Theme, current_theme, theme_changes

if TYPE_CHECKING:
    from planner.ui.table import Column, RowsView

INSET = 8
MARK_SIDE = 9
ACCENT_BAR = 3
TAG_INSET = 7
ARROW_ROOM = 14
MOST_SHAPED = 4_000
"""So many shaped texts are kept; one takes about a kilobyte."""

_ELIDED = Qt.TextElideMode.ElideRight


@dataclass(frozen=True, slots=True)
class Place:
    """One shown column as it stands in the viewport: where its cells begin and how wide they are, and where their text stands."""

    number: int
    column: "Column"
    left: int
    width: int
    text_left: int
    text_width: int


@dataclass(frozen=True, slots=True)
class _Shaped:
    """A text as it will be drawn, with its font and its size in pixels."""

    text: QStaticText
    font: QFont
    width: float
    height: float


class RowsPainting:
    """Paints the rows in view, each whole: ground, cells, hairline, focus.

    The view calls it once for all. A page has hundreds of cells, and a delegate would be called from Qt for each of them;
    what costs most of all is to shape a text, so that shaped texts are kept.
    """

    def __init__(self, view: "RowsView") -> None:
        self._view = view
        self._shaped_in: Theme | None = None
        self._shaped: dict[tuple[str, str, int], _Shaped] = {}

    def places(self) -> list[Place]:
        """The shown columns from left to right; the outer edges of a row have the view's own inset."""
        header, columns = self._view.horizontalHeader(), self._view.rows_model().columns
        numbers = [header.logicalIndex(place) for place in range(header.count())]
        shown = [number for number in numbers if not header.isSectionHidden(number)]
        found = []
        for number in shown:
            left, width = header.sectionViewportPosition(number), header.sectionSize(number)
            before = self._view.outer_inset if number == shown[0] else INSET
            after = self._view.outer_inset if number == shown[-1] else INSET
            found.append(Place(number, columns[number], left, width, left + before, width - before - after))
        return found

    def paint(self, painter: QPainter, exposed: QRect) -> None:
        """Paint the rows that show in a part of the viewport."""
        view, heights = self._view, self._view.verticalHeader()
        first, last = heights.visualIndexAt(exposed.top()), heights.visualIndexAt(exposed.bottom())
        places = self.places()
        if first < 0 or not places:
            return
        left, right = places[0].left, places[-1].left + places[-1].width
        focused = view.currentIndex() if view.hasFocus() else QModelIndex()
        seen = [place for place in places if place.left <= exposed.right() and place.left + place.width > exposed.left()]
        for number, row in enumerate(view.rows_model().shown_between(first, last), first):
            line = QRect(left, view.rowViewportPosition(number), right - left, heights.sectionSize(number))
            selected = self.selected(number)
            self.paint_ground(painter, line, places, number, selected)
            for place in seen:
                self.paint_cell(painter, place, line, row, place.number in selected)
            painter.fillRect(line.left(), line.bottom(), line.width(), 1, current_theme().colour("border"))
            if focused.isValid() and focused.row() == number:
                self.paint_focus(painter, line, places, bool(selected))

    def selected(self, number: int) -> Container[int]:
        """The columns in which a row is selected: all of them, or none."""
        selection = self._view.selectionModel()
        return range(len(self._view.rows_model().columns)) if selection.isRowSelected(number, QModelIndex()) else ()

    def paint_ground(
        self, painter: QPainter, line: QRect, places: Sequence[Place], number: int, selected: Container[int]
    ) -> None:
        """What a row stands on: the colour of what is selected, with a bar before it, or of what the pointer is on."""
        theme = current_theme()
        if number == self._view.hovered_row:
            painter.fillRect(line, theme.colour("hover"))
        for place in places:
            if place.number in selected:
                painter.fillRect(place.left, line.top(), place.width, line.height(), theme.colour("selection"))
        if places[0].number in selected:
            painter.fillRect(line.left(), line.top(), ACCENT_BAR, line.height(), theme.colour("accent"))

    def paint_cell(self, painter: QPainter, place: Place, line: QRect, row: Any, selected: bool) -> None:
        """Mark, tag or text of a cell; a painting of bars overrides this."""
        column = place.column
        text = column.text(row)
        room = QRect(place.text_left, line.top(), place.text_width, line.height())
        if column.mark and (mark := column.mark(row)):
            square = QRect(room.left(), room.center().y() - MARK_SIDE // 2, MARK_SIDE, MARK_SIDE)
            painter.fillRect(square, current_theme().plan_colour(mark))
            room.setLeft(room.left() + MARK_SIDE + 6)
        if not text:
            return
        if column.tag and (tag := column.tag(row)):
            self._paint_tag(painter, room, text, tag, selected)
            return
        tone = column.tone(row) if column.tone else ""
        painter.setPen(self.ink(tone, selected))
        self.write(painter, room, text, column.align, self.role_of(column, row))

    @staticmethod
    def ink(tone: str, selected: bool) -> QColor:
        """The colour of text in a tone; on a selected row, of what is selected."""
        theme = current_theme()
        if selected and (theme.name == "high_contrast" or not tone):
            return theme.colour("selection_text")
        return theme.colour(tone or "text")

    def write(self, painter: QPainter, room: QRect, text: str, align: str, role: str) -> float:
        """Write a text in the middle of a room's height, as far as there is room for it; returns where it ends, in pixels."""
        shaped = self._shape(text, role, room.width())
        left = float(room.left())
        if align != "left":
            left += (room.width() - shaped.width) / (1 if align == "right" else 2)
        painter.setFont(shaped.font)
        painter.drawStaticText(QPointF(left, room.top() + (room.height() - shaped.height) / 2), shaped.text)
        return left + shaped.width

    def _shape(self, text: str, role: str, width: int) -> _Shaped:
        """A text as far as there is room, shaped once."""
        theme = current_theme()
        if theme is not self._shaped_in or len(self._shaped) > MOST_SHAPED:
            self._shaped_in, self._shaped = theme, {}
        asked = (text, role, width)
        if asked not in self._shaped:
            font = theme.font(role)
            shaped = _shaped(text, font)
            if shaped.width > width:
                shaped = _shaped(QFontMetrics(font).elidedText(text, _ELIDED, width), font)
            self._shaped[asked] = shaped
        return self._shaped[asked]

    def _paint_tag(self, painter: QPainter, room: QRect, text: str, tag: str, selected: bool) -> None:
        """A status as a tag: light fill and dark text of one hue; in high contrast an outline on a selected row."""
        theme = current_theme()
        words = min(room.width() - 2 * TAG_INSET, math.ceil(self._shape(text, "small", room.width()).width))
        height = theme.size("tag_height")
        box = QRect(room.left(), room.center().y() - height // 2, words + 2 * TAG_INSET, height)
        bare = selected and theme.name == "high_contrast"
        ink = theme.colour("selection_text") if bare else theme.colour(tag)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1) if bare or theme.name == "high_contrast" else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if bare else theme.colour(f"{tag}_bg"))
        painter.drawRoundedRect(box, 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(ink)
        self.write(painter, box.adjusted(TAG_INSET, 0, -TAG_INSET, 0), text, "centre", "small")

    def paint_focus(self, painter: QPainter, line: QRect, places: Sequence[Place], selected: bool) -> None:
        """The ring around the row the keyboard stands on."""
        theme = current_theme()
        paint_ring(painter, line.adjusted(0, 0, 0, -1), theme.colour("focus_on_selection" if selected else "focus"))

    @staticmethod
    def role_of(column: "Column", row: Any) -> str:
        """The font of a cell: what is late is strong, and what stands first in its row."""
        tone = column.tone(row) if column.tone else ""
        is_loud = tone == "overdue" or (tone == "warning" and column.align == "right")
        return "strong" if column.strong or is_loud else "body"

    def is_cut(self, place: Place, row: Any) -> bool:
        """Whether a cell is too narrow for its whole text."""
        column = place.column
        role = self.role_of(column, row)
        room = place.text_width - (MARK_SIDE + 6 if column.mark and column.mark(row) else 0)
        return QFontMetrics(current_theme().font(role)).horizontalAdvance(column.text(row)) > room


def _shaped(text: str, font: QFont) -> _Shaped:
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform(), font)
    size = made.size()
    return _Shaped(made, font, size.width(), size.height())


def paint_ring(painter: QPainter, box: QRect, colour: QColor) -> None:
    """A focus ring within a box."""
    width = current_theme().size("focus_ring")
    painter.fillRect(box.left(), box.top(), box.width(), width, colour)
    painter.fillRect(box.left(), box.bottom() - width + 1, box.width(), width, colour)
    painter.fillRect(box.left(), box.top(), width, box.height(), colour)
    painter.fillRect(box.right() - width + 1, box.top(), width, box.height(), colour)


class RowsHeader(QHeaderView):
    """The titles of columns: small and muted; the sorted one in full text colour with an arrow."""

    def __init__(self, view: "RowsView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self._places: dict[int, Place] = {}
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        theme_changes.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        """30 pixels at 100% text size."""
        return QSize(super().sizeHint().width(), current_theme().line("small") + 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Look once where the columns stand, then paint each."""
        self._places = {place.number: place for place in self._view.painting.places()}
        super().paintEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Title, arrow, hairline; the ground is the style sheet's."""
        theme, painting = current_theme(), self._view.painting
        painter.save()
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("border"))
        is_sorted = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        place = self._places[section]
        role = "heading" if is_sorted else "small"
        painter.setPen(theme.colour("text" if is_sorted else "text_muted"))
        room = QRect(place.text_left, rect.top(), place.text_width - (ARROW_ROOM if is_sorted else 0), rect.height())
        end = painting.write(painter, room, place.column.title, place.column.align, role)
        if is_sorted:
            self._paint_arrow(painter, math.ceil(end) + 4, rect.center().y())
        painter.restore()

    def _paint_arrow(self, painter: QPainter, left: int, middle: int) -> None:
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        tip, foot = (-2, 2) if up else (3, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(current_theme().colour("text"))
        triangle = [QPointF(left, middle + foot), QPointF(left + 8, middle + foot), QPointF(left + 4, middle + tip)]
        painter.drawPolygon(QPolygonF(triangle))

    def _on_theme_changed(self, _theme: object) -> None:
        self.updateGeometry()
        self.viewport().update()
