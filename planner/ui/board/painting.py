"""How the cells and the blocks of the board are painted: shading with its word, blocks, focus, and where a drop may go."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from planner.core.board import BoardCell, BoardTrip, ChildDue, FixedDate
from planner.core.worker_days import Shade
from planner.ui.board.layout import NARROW, PAD, head_height, item_rects
from planner.ui.board.model import Index
from planner.ui.board.words import CONFIRMED, TO_CONFIRM, confirm_word, plan_mark, short_status, status
from planner.ui.charts.fills import fill
from planner.ui.theme import Theme, current_theme
from planner.ui.widgets.fortnight_grid import paint_hatch

if TYPE_CHECKING:
    from planner.ui.board.view import BoardView

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
CORNER = 7
TICK = 9
SPACE = 6
CARRIED = 0.6


@lru_cache(maxsize=8)
def _metrics(font: str) -> QFontMetrics:
    return QFontMetrics(_font(font))


@lru_cache(maxsize=8)
def _font(font: str) -> QFont:
    """A font of the theme; `block` is strong at the size of small."""
    if font != "block":
        return current_theme().font(font)
    strong = current_theme().font("strong")
    strong.setPixelSize(current_theme().font("small").pixelSize())
    return strong


@lru_cache(maxsize=4096)
def _width(text: str, font: str) -> int:
    return _metrics(font).horizontalAdvance(text)


def elided(text: str, width: int, font: str = "small") -> str:
    """The text, ending in an ellipsis where it is wider than so many pixels."""
    return text if _width(text, font) <= width else _metrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


def small_font() -> QFont:
    """The font of small words, made once for a theme."""
    return _font("small")


def width_of(text: str) -> int:
    """How wide small words are, in pixels."""
    return _width(text, "small")


def forget_fonts() -> None:
    """Measure anew: the theme or the text size changed."""
    for kept in (_metrics, _font, _width, _frame):
        kept.cache_clear()


class BoardDelegate(QStyledItemDelegate):
    """Paints a cell of the board."""

    def __init__(self, view: "BoardView") -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, word, blocks, hairlines, where a drop may go, focus."""
        view, rect = self._view, option.rect
        cell = view.board_model.cell(index.row(), index.column())
        if cell is None:
            return
        theme = current_theme()
        _paint_ground(painter, rect, cell, theme)
        here = view.hasFocus() and index.row() == view.currentIndex().row() and index.column() == view.currentIndex().column()
        for number, (item, box) in enumerate(zip(cell.items, item_rects(cell, rect), strict=True)):
            faded = isinstance(item, BoardTrip) and item is view.carried
            painter.setOpacity(CARRIED if faded else 1)
            paint_item(painter, box, item, theme, view.are_names_shown)
            painter.setOpacity(1)
            if here and number == view.item:
                _ring(painter, box, "focus", theme)
        if here and not cell.items:
            _ring(painter, rect.adjusted(2, 2, -3, -3), "focus", theme)
        border = theme.colour("border")
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, border)
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), border)
        if view.carried is not None:
            _paint_drop(painter, rect, cell, view.target == (index.row(), index.column()), theme)


# Ground


def _paint_ground(painter: QPainter, rect: QRect, cell: BoardCell, theme: Theme) -> None:
    shaded = False
    for shade in cell.shades:
        box = _part(rect, shade)
        if shade.is_off:
            painter.fillRect(box, theme.colour("sunken"))
            paint_hatch(painter, box)
        elif not shaded:
            painter.fillRect(box, theme.colour("duty_fill" if shade.kind == "duty" else "neutral_bg"))
        shaded = True
    if cell.shades:
        _paint_word(painter, rect, cell, theme)


def _part(rect: QRect, shade: Shade) -> QRect:
    if shade.part == "am":
        return rect.adjusted(0, 0, -rect.width() // 2, 0)
    return rect.adjusted(rect.width() // 2, 0, 0, 0) if shade.part == "pm" else rect


def _paint_word(painter: QPainter, rect: QRect, cell: BoardCell, theme: Theme) -> None:
    """The word in the middle of an empty day, or above the blocks that stand on it."""
    words = ", ".join(dict.fromkeys(shade.word for shade in cell.shades))
    room = QRect(rect.left(), rect.top() + 2, rect.width(), head_height(cell)) if cell.items else rect
    shown = elided(words, room.width() - 8)
    if any(shade.is_off for shade in cell.shades):
        chip = QRect(
            0, 0, min(room.width() - 4, _width(shown, "small") + 12), _metrics("small").height() + (0 if cell.items else 4)
        )
        chip.moveCenter(room.center())
        painter.fillRect(chip, theme.colour("surface"))
    painter.setFont(_font("small"))
    first = cell.shades[0]
    painter.setPen(theme.colour("text" if first.is_off else "duty_text" if first.kind == "duty" else "neutral"))
    painter.drawText(room, CENTRE, shown)


# Blocks


def paint_item(painter: QPainter, box: QRect, item: BoardTrip | FixedDate, theme: Theme, names: bool) -> None:
    """A visit or a fixed date in its box."""
    if isinstance(item, FixedDate):
        _paint_fixed(painter, box, item, theme)
    else:
        _paint_trip(painter, box, item, theme, names)


def paint_frame(painter: QPainter, box: QRect, plan: str, theme: Theme, ground: str = "surface", is_open: bool = False) -> None:
    """The box of a block: ground, edge and the stripe of the plan at the left; what is to confirm has a broken edge."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(box.topLeft(), _frame(box.width(), box.height(), plan, ground, is_open, ratio))


@lru_cache(maxsize=128)
def _frame(width: int, height: int, plan: str, ground: str, is_open: bool, ratio: float) -> QPixmap:
    """The box, drawn once for each size: round corners are the dearest part of a block."""
    theme = current_theme()
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    radius = theme.size("radius_block")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("border_control"), 1, Qt.PenStyle.DashLine if is_open else Qt.PenStyle.SolidLine))
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), radius, radius)
    colour = {"assessment": "chart_1", "cin": "chart_2", "cp": "chart_3", "lac": "chart_4"}.get(plan, "chart_other")
    painter.fillRect(0, 1, theme.size("type_stripe"), height - 2, fill(theme, colour))
    painter.end()
    return picture


def _paint_trip(painter: QPainter, box: QRect, trip: BoardTrip, theme: Theme, names: bool) -> None:
    first = trip.children[0] if trip.children else None
    planned = trip.visit.status == "planned"
    agreed = confirm_word(trip)
    paint_frame(painter, box, first.plan if first else "", theme, "surface" if planned else "sunken", agreed == TO_CONFIRM)
    narrow = box.width() < NARROW * theme.text_scale
    room = box.adjusted(theme.size("type_stripe") + SPACE - 1, 0, -SPACE, 0)
    mark = plan_mark(first.plan) if first else ""
    called = _called(first, len(trip.children) - 1, names, narrow) if first else ""
    reference = _width(first.child.reference if first else "", "block")
    marked = reference + (_width(mark, "small") + SPACE if mark else 0)
    whole = marked + (_width(called, "small") + SPACE if called else 0)
    if agreed == CONFIRMED and marked + TICK + SPACE <= room.width():  # else the unbroken edge says it
        paint_tick(painter, room, theme)
        room.setRight(room.right() - TICK - SPACE)
    offered = [status(trip), short_status(trip)]
    # The word of what the edge or the tick says already is not worth the letters of the plan.
    beside = (whole, marked) if offered[0][0] == agreed else (whole, marked, reference)
    room.setRight(_paint_first_that_fits(painter, room, offered, beside, theme))
    if first is not None:
        _paint_who(painter, room, first.child.reference, called, mark, theme)
    if trip.visit.pinned:
        _paint_corner(painter, box, theme)


def _paint_first_that_fits(
    painter: QPainter, room: QRect, offered: Sequence[tuple[str, str]], beside: Sequence[int], theme: Theme
) -> int:
    """At the right, the first of the words offered (with their tone) that has room beside the first of the widths; else of
    the next. Answers where the rest ends.
    """
    for wanted in beside:
        for words, tone in offered:
            font = "block" if tone == "overdue" else "small"
            if words and _width(words, font) + wanted + 4 <= room.width():
                painter.setFont(_font(font))
                painter.setPen(theme.colour(tone))
                painter.drawText(room, RIGHT, words)
                return room.right() - _width(words, font) - 4
    return room.right()


def _called(due: ChildDue, more: int, names: bool, narrow: bool) -> str:
    """Initials, or the name while names are shown, and how many more of the household."""
    called = due.child.name if names and due.child.name else due.child.initials
    return " ".join(part for part in ("" if narrow else called, f"+{more}" if more else "") if part)


def _paint_who(painter: QPainter, room: QRect, reference: str, called: str, mark: str, theme: Theme) -> None:
    """Reference strong, initials, and the letters of the plan at the right."""
    taken = _width(reference, "block")
    if mark and taken + _width(mark, "small") + SPACE <= room.width():
        painter.setFont(_font("small"))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(room, RIGHT, mark)
        room = room.adjusted(0, 0, -_width(mark, "small") - 5, 0)
    painter.setPen(theme.colour("text"))
    painter.setFont(_font("block"))
    painter.drawText(room, LEFT, elided(reference, room.width(), "block"))
    rest = room.adjusted(taken + 5, 0, 0, 0)
    if called and rest.width() > _width("W...", "small"):
        painter.setFont(_font("small"))
        painter.drawText(rest, LEFT, elided(called, rest.width()))


def paint_tick(painter: QPainter, room: QRect, theme: Theme) -> None:
    """A tick at the right: the worker confirmed."""
    left, middle = room.right() - TICK, room.center().y()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("good"), 2))
    painter.drawPolyline([QPointF(left, middle), QPointF(left + 3, middle + 3.5), QPointF(left + TICK, middle - 4)])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_corner(painter: QPainter, box: QRect, theme: Theme) -> None:
    """A filled corner: pinned."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent"))
    right, top = box.right() + 1, box.top()
    painter.drawPolygon(QPolygonF([QPointF(right - CORNER, top), QPointF(right, top), QPointF(right, top + CORNER)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_fixed(painter: QPainter, box: QRect, fixed: FixedDate, theme: Theme) -> None:
    """A fixed date: no edge to take hold of, its word first."""
    painter.fillRect(box, theme.colour("neutral_bg"))
    painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.colour("border_control"))
    room = box.adjusted(SPACE, 0, -SPACE, 0)
    at = f"{fixed.event.at:%H:%M}" if fixed.event.at else ""
    who = fixed.child.reference if fixed.child else ""
    offered = [(f"{who} {at}".strip(), "neutral"), (who, "neutral")]
    room.setRight(_paint_first_that_fits(painter, room, offered, (_width("Core group", "small"),), theme))
    painter.setFont(_font("small"))
    painter.setPen(theme.colour("neutral"))
    painter.drawText(room, LEFT, elided(fixed.word, room.width()))


# Focus and drops


def _ring(painter: QPainter, box: QRect, colour: str, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(colour), theme.size("focus_ring")))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), theme.size("radius_block"), theme.size("radius_block"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_drop(painter: QPainter, rect: QRect, cell: BoardCell, is_target: bool, theme: Theme) -> None:
    """An outline where a drop is taken; over a day that refuses, its outline and its reason."""
    if cell.refusal and not is_target:
        return
    colour = theme.colour("drop_refused" if cell.refusal else "drop_ok")
    width = 2 if is_target else 1
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -2 - width // 2, -2 - width // 2))
    if cell.refusal:
        _paint_reason(painter, rect, cell.refusal, theme)


def _paint_reason(painter: QPainter, rect: QRect, reason: str, theme: Theme) -> None:
    shown = elided(reason, rect.width() - 2 * PAD - 8)
    chip = QRect(QPoint(0, 0), QRect(0, 0, _width(shown, "small") + 14, _metrics("small").height() + 6).size())
    chip.moveCenter(rect.center())
    painter.fillRect(chip, theme.colour("surface"))
    painter.setPen(theme.colour("drop_refused"))
    painter.setFont(_font("small"))
    painter.drawText(chip, CENTRE, shown)
