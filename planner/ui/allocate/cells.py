"""The two painted cells of a compared worker: points now and after with their bar, and the whole sum."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.core.codes import PLAN_MARKS
from planner.core.comparing import Compared
from planner.core.workload import Load, line_rank
from planner.ui.allocate.words import load_sentence, room_words
from planner.ui.charts.capacity_chart import COLOURS
from planner.ui.charts.fills import fill
from planner.ui.dialogs.worker_table import points
from planner.ui.theme import current_theme

BEYOND = 4
"""The capacity mark stands so far beyond the bar, above and below."""
GAP = 1
ARROW = " → "
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class PointsCell(QWidget):
    """`84 → 92 of 100`, the bar with the children in their types' colours and the capacity mark, and what is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one: Compared | None = None
        self._scale = 1

    def show_worker(self, one: Compared, scale: int) -> None:
        """Show a worker; `scale` is what the whole width stands for, in tenths, the same for all columns."""
        self._one, self._scale = one, max(1, scale)
        self.setAccessibleName(load_sentence(one))
        self.setToolTip(load_sentence(one))
        self.update()

    def heightForWidth(self, _width: int) -> int:
        """The figures, the bar with its mark, the line beneath."""
        theme = current_theme()
        return theme.line("title") + theme.size("capacity_bar_height") + 2 * BEYOND + 4 + theme.line("small")

    def sizeHint(self) -> QSize:
        """As wide as it is given room."""
        return QSize(120, self.heightForWidth(120))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Figures, bar, line."""
        if self._one is None:
            return
        theme = current_theme()
        painter = QPainter(self)
        self._paint_figures(painter, self._one, theme.line("title"))
        top = theme.line("title") + BEYOND
        self._paint_bar(painter, self._one, top, theme.size("capacity_bar_height"))
        said = room_words(self._one)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour({"muted": "text_muted"}.get(said.tone, said.tone)))
        beneath = QRect(0, self.height() - theme.line("small"), self.width(), theme.line("small"))
        text = said.text
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width())
        if shown != text:
            text = text.partition(" to ")[2] or text
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(beneath, _LEFT, shown)
        painter.end()

    def _paint_figures(self, painter: QPainter, one: Compared, height: int) -> None:
        theme = current_theme()
        role = "title" if _width(_figures(one, "title")) <= self.width() else "strong"
        figures = _figures(one, role)
        # What does not fit is left out rather than cut: part of a number would be another.
        shown = figures if _width(figures) <= self.width() else figures[:3]
        left = 0
        for text, font, colour in shown:
            painter.setFont(font)
            painter.setPen(colour)
            width = QFontMetrics(font).horizontalAdvance(text)
            painter.drawText(QRect(left, 0, max(width, 1) + 2, height), _LEFT, text)
            left += width
        painter.setPen(theme.colour("text"))

    def _paint_bar(self, painter: QPainter, one: Compared, top: int, thick: int) -> None:
        theme = current_theme()
        room = self.width() - 2 * theme.size("capacity_mark")
        left = 0
        parts = [("chart_other", max(0, one.now.used)), *((_colour(plan), tenths) for plan, tenths in one.added)]
        for colour, tenths in parts:
            wide = round(tenths / self._scale * room)
            if wide:
                painter.fillRect(left, top, max(2, wide - GAP), thick, fill(theme, colour))
            left += wide
        if one.after.percent is not None:
            wide = theme.size("capacity_mark")
            at = round(one.after.available / self._scale * room)
            painter.fillRect(at - 1, top - BEYOND, wide + 2, thick + 2 * BEYOND, theme.colour("surface"))
            painter.fillRect(at, top - BEYOND, wide, thick + 2 * BEYOND, theme.colour("capacity_mark"))


def _colour(plan: str) -> str:
    return COLOURS.get(plan, "chart_other")


def _figures(one: Compared, role: str) -> list[tuple[str, QFont, QColor]]:
    theme = current_theme()
    least, muted = theme.font("body" if role == "title" else "small"), theme.colour("text_muted")
    if one.now.percent is None or one.after.percent is None:
        return [("No capacity", theme.font(role), theme.colour("warning"))]
    large = theme.font(role)
    light = theme.font(role)
    light.setWeight(QFont.Weight.Normal)
    light.setVariableAxis(QFont.Tag("wght"), 400)
    ink = theme.colour("warning" if one.after.left < 0 else "text")
    return [
        (points(one.now.used), light, muted),
        (ARROW, light, muted),
        (points(one.after.used), large, ink),
        (f" of {points(one.after.available)}", least, muted),
    ]


def _width(figures: Sequence[tuple[str, QFont, QColor]]) -> int:
    return sum(QFontMetrics(font).horizontalAdvance(text) for text, font, _ in figures)


# The sum

SHORT = {
    **PLAN_MARKS,
    "stable": "Stable",
    "sibling": "Siblings",
    "travel": "Travel",
    "done for others": "Co-worked",
    "done by others": "By others",
}
"""What a line is called where there is not room for its words in every column."""


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line as it is shown: what, `3 × 6` or nothing, the figure; a `total` has a line above and stands out.

    `short` stands for `what` where not every column has room for both that and the times.
    """

    what: str
    times: str
    figure: str
    total: bool = False
    short: str = ""


def kinds_of(loads: Sequence[Load]) -> dict[str, str]:
    """The kinds of lines that count in any of the loads, in order, with their words, so that the sums of all columns align."""
    found: dict[str, str] = {}
    for load in loads:
        for line in (line for line in load.lines if line.tenths):
            found.setdefault(line.what, "Other work" if line.what == "extra" else line.label)
    return dict(sorted(found.items(), key=lambda kind: line_rank(kind[0])))


def sum_lines(one: Compared, kinds: dict[str, str], children: int) -> tuple[SumLine, ...]:
    """Every line of the sum now, what the children add, and what it comes to."""
    lines = [_sum_line(one.now, what, words) for what, words in kinds.items()]
    lines.append(SumLine("Now", "", points(one.now.used), total=True))
    if one.now.unweighted:
        lines.append(SumLine("Not weighed", f"{len(one.now.unweighted)}", "0", short="No weight"))
    added = one.after.used - one.now.used
    this, short = ("This child", "") if children == 1 else (f"These {children} children", f"These {children}")
    lines.append(SumLine(this, "", f"{'+' if added >= 0 else '−'} {points(abs(added))}", short=short))
    lines.append(SumLine("After", "", points(one.after.used), total=True))
    return tuple(lines)


def _sum_line(load: Load, what: str, words: str) -> SumLine:
    lines = [line for line in load.lines if line.what == what]
    count, tenths = sum(line.count for line in lines), sum(line.tenths for line in lines)
    each = {line.each for line in lines}
    times = f"{count} × {points(each.pop())}" if len(each) == 1 and lines[0].child_ids and lines[0].each else ""
    return SumLine(words, times, points(tenths), short=SHORT.get(what, words))


class SumCell(QWidget):
    """The sum as an account: what, how many times how much, the figure at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[SumLine, ...] = ()
        self._shortened: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: tuple[SumLine, ...]) -> None:
        """Show a sum; its lines are spoken in one go."""
        self.lines = lines
        said = "; ".join(" ".join(filter(None, (line.what, line.times, line.figure))) for line in lines)
        self.setAccessibleName(f"How it is made: {said}")
        self.setToolTip("\n".join(f"{line.what}: {' = '.join(filter(None, (line.times, line.figure)))}" for line in lines))
        self.update()

    def misfits(self, width: int) -> frozenset[int]:
        """The places of the lines whose words are too long for a width."""
        room = width - self._figures_width()
        found = set()
        for place, line in enumerate(self.lines):
            said = f"{line.what}  {line.times}" if line.times else line.what
            if QFontMetrics(_line_font(line.total)).horizontalAdvance(said) > room:
                found.add(place)
        return frozenset(found)

    def shorten(self, places: frozenset[int]) -> None:
        """Say these lines in short: the same in every column."""
        self._shortened = places
        self.update()

    def shown_words(self, place: int) -> str:
        """What a line is called as it is drawn."""
        line = self.lines[place]
        return (line.short or line.what) if place in self._shortened else line.what

    def _figures_width(self) -> int:
        metrics = QFontMetrics(_line_font(True))
        return max((metrics.horizontalAdvance(line.figure) for line in self.lines), default=0) + 8

    def heightForWidth(self, _width: int) -> int:
        """A line each."""
        return len(self.lines) * self._pitch()

    def sizeHint(self) -> QSize:
        """As wide as it is given room."""
        return QSize(120, self.heightForWidth(120))

    def _pitch(self) -> int:
        return current_theme().line("small") + 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line by line; totals under a hairline."""
        theme = current_theme()
        painter = QPainter(self)
        figures = self._figures_width()
        for place, line in enumerate(self.lines):
            font = _line_font(line.total)
            painter.setFont(font)
            metrics = QFontMetrics(font)
            room = QRect(0, place * self._pitch(), self.width(), self._pitch())
            if line.total:
                painter.fillRect(0, room.top(), room.width(), 1, theme.colour("text"))
            painter.setPen(theme.colour("text"))
            painter.drawText(room, _RIGHT, line.figure)
            words = room.adjusted(0, 0, -figures, 0)
            what = self.shown_words(place)
            taken = metrics.horizontalAdvance(f"  {line.times}") if line.times else 0
            painter.drawText(words, _LEFT, metrics.elidedText(what, Qt.TextElideMode.ElideRight, words.width() - taken))
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(words, _RIGHT, line.times)
        painter.end()


def _line_font(total: bool) -> QFont:
    """Small, and in totals at the weight of strong."""
    theme = current_theme()
    font = theme.font("strong" if total else "small")
    font.setPixelSize(theme.font("small").pixelSize())
    return font
