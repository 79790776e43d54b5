"""The course of a child drawn on one line of time, lane under lane; every part can be pointed at or reached with arrow keys."""

from collections import Counter
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from planner.core.codes import PLAN_MARKS
from planner.core.course import LANES, Course, Mark, Span
from planner.core.date_words import day_and_month, list_date, plain_date
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.course_layout import CourseLayout, Part
from planner.ui.widgets.roles import tell_role

LABEL_GAP = 12
LEGEND_GAP = 16
KEY = 10
TEXT_INSET = 6
AHEAD_SHARE = 0.4
"""How much of a bar's colour is left where it lies ahead of the day looked at."""
LEGEND = {
    "seen": "Seen",
    "tried": "Tried, not seen",
    "planned": "Planned",
    "held": "Held",
    "meeting planned": "Planned meeting",
    "overdue": "Overdue",
    "due": "Due",
}
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def part_words(item: Span | Mark, on: date) -> str:
    """A span or mark in one sentence, as seen on a day: lane, what, and when."""
    lane = LANES[item.lane]
    if isinstance(item, Mark):
        late = ", overdue" if item.kind == "overdue" else ""
        return f"{lane}: {item.words}, {list_date(item.on, on)}{late}"
    if item.end is None:
        return f"{lane}: {item.words}, since {plain_date(item.start)}"
    return f"{lane}: {item.words}, from {plain_date(item.start)}, ended {plain_date(item.end)}"


class CourseView(QWidget):
    """Paints a `Course`. Arrow keys move between its parts; the part in focus is ringed, spoken and said beneath."""

    part_described = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course: Course | None = None
        self._layout: CourseLayout | None = None
        self._current: Part | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName("Course, a chart. A table follows.")
        tell_role(self, QAccessible.Role.Chart)
        theme_changes.changed.connect(self._on_theme_changed)

    def show_course(self, course: Course, name: str) -> None:
        """Draw a course; `name` is what a screen reader calls it."""
        self._course = course
        self._current = None
        self.setAccessibleName(f"{name}. A table can be shown instead.")
        self._lay_out()

    @property
    def parts(self) -> tuple[Part, ...]:
        """Everything drawn that can be pointed at."""
        return self._layout.parts if self._layout else ()

    @property
    def current_words(self) -> str:
        """The part in focus in words, or an empty string."""
        return part_words(self._current.item, self._course.on) if self._current and self._course else ""

    def _on_theme_changed(self, _theme: Theme) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        if self._course is None:
            return
        small = QFontMetrics(current_theme().font("small"))
        labels = max(small.horizontalAdvance(words) for words in LANES.values()) + LABEL_GAP
        self._layout = CourseLayout(self._course, self.width(), small.height(), labels)
        if self.height() != self.sizeHint().height():
            self.setFixedHeight(self.sizeHint().height())
        self.update()

    def resizeEvent(self, event: object) -> None:
        """Lay the lanes out for the new width."""
        self._lay_out()

    def sizeHint(self) -> QSize:
        """As high as its lanes, the day beneath and the key."""
        metrics = QFontMetrics(current_theme().font("small"))
        keys = self._keys(metrics, self._course) if self._course else []
        foot = max((place.bottom() for _, _, place in keys), default=float(metrics.height()))
        return QSize(400, int((self._layout.bottom if self._layout else 0) + metrics.height() + foot + 16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move to the next part with the arrow keys; other keys go on to the drawer."""
        step = _KEYS.get(Qt.Key(event.key()))
        if step is None or self._layout is None:
            super().keyPressEvent(event)
            return
        self._current = self._layout.beside(self._current, *step)
        self._say_current()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the part under the pointer as the current one."""
        if self._layout is not None:
            self._current = self._layout.part_at(event.position())
            self._say_current()

    def event(self, event: QEvent) -> bool:
        """Say in a tooltip what lies under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._layout is not None:
            part = self._layout.part_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), part_words(part.item, self._layout.course.on) if part else "", self)
            return True
        return super().event(event)

    def _say_current(self) -> None:
        words = self.current_words
        self.setAccessibleDescription(words)
        self.part_described.emit(words)
        if words:
            announce(self, words)
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Months, lanes, spans, the line of the day, marks, and what the marks mean."""
        if self._layout is None or self._course is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(current_theme().font("small"))
        self._paint_months(painter, self._layout)
        self._paint_lane_names(painter, self._layout)
        for part in self._layout.parts:
            if isinstance(part.item, Span):
                self._paint_span(painter, part.item, part.place)
        self._paint_day(painter, self._layout)
        for part in self._layout.parts:
            if isinstance(part.item, Mark):
                paint_mark(painter, part.item.kind, part.place)
        self._paint_foot(painter, self._layout)
        if self._current is not None and self.hasFocus():
            self._paint_ring(painter, self._current)
        painter.end()

    def _paint_months(self, painter: QPainter, layout: CourseLayout) -> None:
        theme = current_theme()
        label = painter.fontMetrics().horizontalAdvance("2026")
        for x, words in layout.months(label):
            painter.setPen(QPen(theme.colour("gridline"), 1))
            painter.drawLine(QPointF(round(x) + 0.5, layout.axis_height - 2), QPointF(round(x) + 0.5, layout.bottom))
            painter.setPen(theme.colour("text_muted"))
            if x + painter.fontMetrics().horizontalAdvance(words) <= self.width():
                painter.drawText(QPointF(x, painter.fontMetrics().ascent()), words)

    def _paint_lane_names(self, painter: QPainter, layout: CourseLayout) -> None:
        painter.setPen(current_theme().colour("text_muted"))
        for lane, words in LANES.items():
            place = QRectF(0, layout.lane(lane).top(), layout.left, layout.bar)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_span(self, painter: QPainter, span: Span, place: QRectF) -> None:
        assert self._layout is not None
        fill, ink = span_colours(span)
        today = self._layout.x_of(self._layout.course.on)
        gap = QRectF(place.left(), place.top(), max(place.width() - 1, 1), place.height())
        painter.fillRect(gap, _paler(fill))
        known = QRectF(gap.left(), gap.top(), max(min(gap.right(), today) - gap.left(), 0), gap.height())
        painter.fillRect(known, fill)
        if current_theme().name == "high_contrast":
            painter.setPen(QPen(current_theme().colour("border"), 1))
            painter.drawRect(gap.adjusted(0.5, 0.5, -0.5, -0.5))
        room = known if known.width() > gap.width() / 2 else gap
        painter.setPen(ink if room is known else current_theme().colour("text"))
        words = _fitting(span, painter.fontMetrics(), int(room.width() - TEXT_INSET - 2))
        painter.drawText(room.adjusted(TEXT_INSET, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_day(self, painter: QPainter, layout: CourseLayout) -> None:
        x = round(layout.x_of(layout.course.on))
        painter.setPen(QPen(current_theme().colour("accent"), 2))
        painter.drawLine(QPointF(x, layout.axis_height - 2), QPointF(x, layout.bottom))
        painter.setFont(current_theme().font("small"))
        words = day_and_month(layout.course.on)
        width = painter.fontMetrics().horizontalAdvance(words)
        left = min(max(x - width / 2, layout.left), self.width() - width)
        painter.drawText(QPointF(left, layout.bottom + painter.fontMetrics().ascent()), words)

    def _paint_foot(self, painter: QPainter, layout: CourseLayout) -> None:
        """The part in focus in words; with none, the key of the marks with their counts."""
        metrics = painter.fontMetrics()
        top = layout.bottom + metrics.height() + 8
        painter.setPen(current_theme().colour("text_muted"))
        if self._current is not None and self.hasFocus():
            words = metrics.elidedText(self.current_words, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(QPointF(0, top + metrics.ascent()), words)
            return
        for kind, words, place in self._keys(metrics, layout.course):
            place.moveTop(place.top() + top)
            paint_mark(painter, kind, QRectF(place.left(), place.center().y() - KEY / 2, KEY, KEY))
            painter.setPen(current_theme().colour("text_muted"))
            painter.drawText(place.adjusted(KEY + 4, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def _keys(self, metrics: QFontMetrics, course: Course) -> list[tuple[str, str, QRectF]]:
        """The marks drawn with their names and counts, set in lines: kind, words, and where from the first line's top."""
        counts = Counter(mark.kind for mark in course.drawn_marks)
        keys, x, y = [], 0.0, 0.0
        for kind, name in LEGEND.items():
            if counts[kind]:
                words = f"{name} {counts[kind]}"
                width = KEY + 6 + metrics.horizontalAdvance(words)
                if x and x + width > self.width():
                    x, y = 0.0, y + metrics.height() + 2
                keys.append((kind, words, QRectF(x, y, width, metrics.height())))
                x += width + LEGEND_GAP
        return keys

    def _paint_ring(self, painter: QPainter, part: Part) -> None:
        theme = current_theme()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("focus"), theme.size("focus_ring")))
        painter.drawRect(part.place.adjusted(-2, -2, 2, 2))


def span_colours(span: Span) -> tuple[QColor, QColor]:
    """The fill of a span and the colour of its words; a time without a worker is a warning."""
    theme = current_theme()
    if span.gap:
        lacking = span.lane == "worker"
        return theme.colour("warning_bg" if lacking else "sunken"), theme.colour("warning" if lacking else "text_muted")
    if span.lane == "plan":
        return theme.plan_colour(span.code), theme.on_plan_colour(span.code)
    pair = ("info_bg", "info") if span.lane == "worker" else ("neutral_bg", "neutral")
    return theme.colour(pair[0]), theme.colour(pair[1])


def paint_mark(painter: QPainter, kind: str, place: QRectF) -> None:
    """A mark by its kind: dot seen, ring tried, square held, diamond due; shape says it, red only says it is late."""
    theme = current_theme()
    ink = theme.colour("overdue" if kind == "overdue" else "text")
    hollow = theme.colour("raised")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DotLine if kind == "planned" else Qt.PenStyle.SolidLine))
    painter.setBrush(ink if kind in ("seen", "held") else hollow)
    if kind in ("seen", "tried", "planned"):
        painter.drawEllipse(place.adjusted(1, 1, -1, -1))
    elif kind in ("held", "meeting planned"):
        painter.drawRect(place.adjusted(1.5, 1.5, -1.5, -1.5))
    else:
        centre, half = place.center(), place.width() / 2
        corners = [QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0)]
        painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
    painter.restore()


def _fitting(span: Span, metrics: QFontMetrics, room: int) -> str:
    """As much of a span's words as there is room for: whole, a plan's letters, an ellipsis, or nothing."""
    if metrics.horizontalAdvance(span.words) <= room:
        return span.words
    letters = PLAN_MARKS.get(span.code, "") if span.lane == "plan" else ""
    if letters:
        return letters if metrics.horizontalAdvance(letters) <= room else ""
    words = metrics.elidedText(span.words, Qt.TextElideMode.ElideRight, room)
    return words if len(words) > 3 else ""


def _paler(fill: QColor) -> QColor:
    ground = current_theme().colour("raised")
    parts = zip((fill.red(), fill.green(), fill.blue()), (ground.red(), ground.green(), ground.blue()), strict=True)
    return QColor(*(round(one * AHEAD_SHARE + other * (1 - AHEAD_SHARE)) for one, other in parts))
