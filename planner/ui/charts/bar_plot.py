"""Stacked horizontal bars drawn by pyqtgraph, whose every part, name and value is a target for pointer and keys.

Importing this module imports pyqtgraph, which takes half a second: it is imported on a thread after the first frame.
"""

from operator import is_not

import pyqtgraph
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QBrush,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from planner.ui.charts.bar_geometry import NAME, VALUE, Geometry, Spot
from planner.ui.charts.bars import Bar, BarChart, Behind, Part, table_text
from planner.ui.charts.fills import fill
from planner.ui.clipboard import copy_text
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.roles import tell_role

NAMES_LEAST, NAMES_MOST_OF_WIDTH = 104, 0.34
MARK_BEYOND = 4


class BarPlot(QWidget):
    """A bar chart; `opened` gives what lies behind the part, name or value that was pressed."""

    opened = Signal(object)

    def __init__(self, chart: BarChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = chart
        self._spot: Spot | None = None
        self._hover: Spot | None = None
        self._view = pyqtgraph.GraphicsView(self, background=None)
        self._box = pyqtgraph.ViewBox(enableMouse=False, enableMenu=False, invertY=True, defaultPadding=0)
        self._view.setCentralItem(self._box)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._items: list[pyqtgraph.BarGraphItem] = []
        self._drawn: tuple[Geometry, Theme] | None = None
        self._measured: tuple[tuple[BarChart, Theme, int], Geometry] | None = None
        self._outline = pyqtgraph.BarGraphItem(x0=[], y0=[], width=[], height=[], brush=QBrush(Qt.BrushStyle.NoBrush))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("paintsFocus", True)
        tell_role(self, QAccessible.Role.Chart)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_changes.changed.connect(self._on_theme_changed)
        self.show_chart(chart)

    def show_chart(self, chart: BarChart) -> None:
        """Show another chart in the same place."""
        self.chart = chart
        self._spot = self._hover = None
        self.setAccessibleName(f"{chart.title}. Chart, table follows")
        self.setAccessibleDescription("Arrow keys move between the bars, Enter opens the rows behind one")
        self.setFixedHeight(max(1, self.geometry_now().height))
        self._draw()
        self.update()

    def geometry_now(self) -> Geometry:
        """Where everything lies at the present width and text size."""
        theme = current_theme()
        asked = (self.chart, theme, self.width())
        if self._measured is None or any(map(is_not, self._measured[0][:2], asked[:2])) or self._measured[0][2] != asked[2]:
            self._measured = (asked, self._geometry(theme))
        return self._measured[1]

    def _geometry(self, theme: Theme) -> Geometry:
        body, strong = QFontMetrics(theme.font("body")), QFontMetrics(theme.font("strong"))
        widest = max((body.horizontalAdvance(bar.name) for bar in self.chart.bars), default=0) + 12
        names = min(max(NAMES_LEAST, widest), int(self.width() * NAMES_MOST_OF_WIDTH))
        values = max((strong.horizontalAdvance(bar.value) for bar in self.chart.bars), default=0) + 16
        pitch = max(theme.size("chart_bar_pitch"), body.height() + 4)
        thick = theme.size("chart_bar_height")
        return Geometry(self.chart, names, max(40, self.width() - names - values), values, pitch, thick)

    def sizeHint(self) -> QSize:
        """As high as its bars."""
        return QSize(400, self.geometry_now().height)

    def behind(self, spot: Spot) -> Behind:
        """What lies behind a spot."""
        bar = self.chart.bars[spot.bar]
        return bar.behind if spot.part in (NAME, VALUE) else bar.parts[spot.part].behind

    # Drawing

    def _on_theme_changed(self) -> None:
        self.setFixedHeight(max(1, self.geometry_now().height))
        self._draw()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the bars out in the new width, if it is new."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        theme = current_theme()
        place = self.geometry_now()
        drawn, self._drawn = self._drawn, (place, theme)
        if drawn is not None and drawn[0].chart is place.chart and drawn == self._drawn:
            return
        self._view.setGeometry(place.names, 0, place.plot, max(1, place.height))
        self._view.setBackground(theme.colour("surface"))
        for item in self._items:
            self._box.removeItem(item)
        self._items = [
            item for kind in self.chart.kinds if not kind.mark if (item := self._bars_of(place, kind.key, kind.colour, theme))
        ]
        self._items += self._marks(place, theme)
        for item in self._items:
            self._box.addItem(item)
        self._box.setRange(xRange=(0, place.plot), yRange=(0, max(1, place.height)), padding=0, disableAutoRange=True)
        self.update()

    def _bars_of(self, place: Geometry, kind: str, colour: str, theme: Theme) -> pyqtgraph.BarGraphItem | None:
        rects = [
            place.part(row, number)
            for row, bar in enumerate(self.chart.bars)
            for number, part in enumerate(bar.parts)
            if part.kind == kind
        ]
        if not rects:
            return None
        if not colour:
            hollow = [rect.adjusted(0.5, 0.5, -0.5, -0.5) for rect in rects]
            return _bar_item(hollow, QBrush(Qt.BrushStyle.NoBrush), QPen(theme.colour("border_control"), 1))
        outlined = theme.name == "high_contrast"
        return _bar_item(rects, fill(theme, colour), QPen(theme.colour("text"), 1) if outlined else QPen(Qt.PenStyle.NoPen))

    def _marks(self, place: Geometry, theme: Theme) -> list[pyqtgraph.BarGraphItem]:
        """The capacity marks: each first a little wider in the surface colour, so that it stands out on a bar."""
        wide = theme.size("capacity_mark")
        found = []
        for extra, colour in ((2, "surface"), (0, "capacity_mark")):
            rects = [place.mark(row, wide + extra, MARK_BEYOND) for row in range(len(self.chart.bars))]
            marked = [rect for rect in rects if rect is not None]
            if marked:
                found.append(_bar_item(marked, QBrush(theme.colour(colour)), QPen(Qt.PenStyle.NoPen)))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names at the left, values at the right, and the ring round the target that has the focus."""
        theme = current_theme()
        painter = QPainter(self)
        place = self.geometry_now()
        painter.fillRect(self.rect(), theme.colour("surface"))
        for row, bar in enumerate(self.chart.bars):
            if not event.region().intersects(QRect(0, row * place.pitch, self.width(), place.pitch)):
                continue
            self._paint_words(painter, theme, place, row, bar)
        spot = self._spot if self.hasFocus() else None
        if spot is not None and spot.part in (NAME, VALUE):
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus_ring")))
            painter.drawRect(place.area(spot).adjusted(1, 1, -2, -2))

    def _paint_words(self, painter: QPainter, theme: Theme, place: Geometry, row: int, bar: Bar) -> None:
        name, value = place.area(Spot(row, NAME)).toRect(), place.area(Spot(row, VALUE)).toRect()
        for spot, area in ((Spot(row, NAME), name), (Spot(row, VALUE), value)):
            if self._hover == spot:
                painter.fillRect(area, theme.colour("hover"))
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("body"))
        words = QFontMetrics(theme.font("body")).elidedText(bar.name, Qt.TextElideMode.ElideRight, name.width() - 8)
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        if bar.tone:
            painter.setFont(theme.font("strong"))
            painter.setPen(theme.colour(bar.tone))
        painter.drawText(value, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, bar.value)

    def _draw_outline(self) -> None:
        """The ring round the focused part, or a thin one round the part under the pointer."""
        theme = current_theme()
        spot = self._spot if self.hasFocus() else self._hover
        if self._outline.scene() is not None:
            self._box.removeItem(self._outline)
        if spot is not None and spot.part >= 0:
            wide = theme.size("focus_ring") if self.hasFocus() else 1
            rect = self.geometry_now().part(spot.bar, spot.part).adjusted(-2, -2, 2, 2)
            self._outline = _bar_item([rect], QBrush(Qt.BrushStyle.NoBrush), QPen(theme.colour("focus"), wide))
            self._box.addItem(self._outline)
        self.update()

    # Pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer."""
        spot = self.geometry_now().spot_at(event.position().x(), event.position().y())
        if spot != self._hover:
            self._hover = spot
            self.setCursor(Qt.CursorShape.PointingHandCursor if spot else Qt.CursorShape.ArrowCursor)
            self.setToolTip(self.words(spot) if spot else "")
            self._draw_outline()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover = None
        self._draw_outline()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Taken here, so that the release comes here too."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the rows behind the target."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            spot = self.geometry_now().spot_at(event.position().x(), event.position().y())
            if spot is not None:
                self._spot = spot
                self.opened.emit(self.behind(spot))

    def words(self, spot: Spot) -> str:
        """What a spot is called."""
        bar = self.chart.bars[spot.bar]
        named: Bar | Part = bar if spot.part in (NAME, VALUE) else bar.parts[spot.part]
        return named.words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move between targets, Home and End to the first and last bar, Enter opens, Ctrl+C copies the table."""
        moves = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_text(table_text(self.chart))
        elif not self.chart.bars:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._spot is not None:
            self.opened.emit(self.behind(self._spot))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = len(self.chart.bars) - 1
            self._move_to(Spot(0 if event.key() == Qt.Key.Key_Home else last, NAME))
        elif event.key() in moves:
            place = self.geometry_now()
            self._move_to(place.moved(self._spot, *moves[Qt.Key(event.key())]) if self._spot else Spot(0, NAME))
        else:
            super().keyPressEvent(event)

    def _move_to(self, spot: Spot) -> None:
        self._spot = spot
        self._draw_outline()
        self.setAccessibleDescription(self.words(spot))
        announce(self, self.words(spot))
        self._scroll_to(spot)

    def _scroll_to(self, spot: Spot) -> None:
        """Bring a bar into view where the page scrolls."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        inside = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and inside is not None:
            middle = self.mapTo(inside, self.geometry_now().area(spot).center().toPoint())
            above.ensureVisible(middle.x(), middle.y(), 0, 48)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on the first bar when focus comes by key."""
        super().focusInEvent(event)
        if self._spot is None and self.chart.bars:
            self._spot = Spot(0, NAME)
        self._draw_outline()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self._draw_outline()


def _bar_item(rects: list[QRectF], brush: QBrush, pen: QPen) -> pyqtgraph.BarGraphItem:
    return pyqtgraph.BarGraphItem(
        x0=[rect.left() for rect in rects],
        width=[rect.width() for rect in rects],
        y0=[rect.top() for rect in rects],
        height=[rect.height() for rect in rects],
        brush=brush,
        pen=pen,
    )
