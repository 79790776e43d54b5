"""One block of the board: what it says, whether that stands on one line or on two, and how it is painted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from planner.core.board import BoardTrip, FixedDate
from planner.ui.board.lettering import elided, metrics_of, width_of, write
from planner.ui.board.words import CONFIRMED, TO_CONFIRM, confirm_word, fixed_brief, plan_mark, statuses, time_status, time_words
from planner.ui.charts.fills import fill
from planner.ui.theme import Theme, current_theme, kept_in_theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CORNER = 7
TICK = 9
SPACE = 6
"""Between words, and from the words to the edge."""
USUAL = (("C10000", "block"), ("A.B.", "small"), ("Asmt", "small"), ("00:00", "small"))
"""What a block says as a rule: where there is no room for it on one line, every visit has two."""

Status = tuple[str, str]
"""Words, and the tone they are painted in."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a block says. `statuses` are the words at the right, the fullest first; `strong` is the font of `first`, and
    `brief` what stands for `first` where that has no room. `time` is said beside a state that stands where it would.
    """

    first: str
    strong: str
    called: str
    more: str
    mark: str
    statuses: tuple[Status, ...]
    plan: str = ""
    is_fixed: bool = False
    is_open: bool = False
    is_ticked: bool = False
    is_pinned: bool = False
    is_over: bool = False
    brief: str = ""
    time: str = ""

    @property
    def has_second(self) -> bool:
        """Whether there is anything to say on a second line."""
        return bool(self.mark) or any(words for words, _ in self.statuses)


def face_of(item: BoardTrip | FixedDate, names: bool) -> Face:
    """What a visit or a fixed date says; children by initials, or by name while names are shown."""
    if isinstance(item, FixedDate):
        at = time_words(item.event.at)
        who = item.child.reference if item.child else ""
        said = tuple((words, "neutral") for words in dict.fromkeys((f"{who} {at}".strip(), who or at)))
        return Face(item.word, "small", "", "", "", said, is_fixed=True, brief=fixed_brief(item))
    first = item.children[0] if item.children else None
    agreed, states = confirm_word(item), statuses(item)
    return Face(
        first.child.reference if first else "",
        "block",
        (first.child.name if names and first.child.name else first.child.initials) if first else "",
        f"+{len(item.children) - 1}" if len(item.children) > 1 else "",
        plan_mark(first.plan) if first else "",
        states,
        plan=first.plan if first else "",
        is_open=agreed == TO_CONFIRM,
        is_ticked=agreed == CONFIRMED,
        is_pinned=item.visit.pinned,
        is_over=item.visit.status != "planned",
        time=time_words(item.visit.at) if states[0] != time_status(item) else "",
    )


# One line or two


@kept_in_theme()
def edges() -> int:
    """What the stripe and the space about the words take of a block's width."""
    return current_theme().size("type_stripe") + 2 * SPACE - 1


@kept_in_theme()
def usual_width() -> int:
    """The least width of a block that says on one line what a block says as a rule."""
    return edges() + sum(width_of(words, font) for words, font in USUAL) + (SPACE - 1) * (len(USUAL) - 1)


def has_two_lines(face: Face, width: int) -> bool:
    """Whether a block so wide stands on two lines: in narrow days all that have more to say do, in wide ones the longest."""
    if not face.has_second:
        return False
    return bool(face.time) or width < usual_width() or _whole_width(face) + edges() > width


def _whole_width(face: Face) -> int:
    parts = [width_of(face.first, face.strong), _called_width(face), width_of(face.more, "small"), width_of(face.mark, "small")]
    parts += [_status_width(face.statuses[-1]), TICK if face.is_ticked else 0]
    return sum(part + SPACE - 1 for part in parts if part) - SPACE + 1


def _status_width(status: Status) -> int:
    return width_of(status[0], _status_font(status))


def _status_font(status: Status) -> str:
    return "block" if status[1] == "overdue" else "small"


# Painted


def paint_block(painter: QPainter, box: QRect, face: Face) -> None:
    """A block in its box."""
    theme = current_theme()
    if face.is_fixed:
        painter.fillRect(box, theme.colour("neutral_bg"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.colour("border_control"))
        room = box.adjusted(SPACE, 0, -SPACE, 0)
    else:
        paint_frame(painter, box, face.plan, theme, "sunken" if face.is_over else "surface", face.is_open)
        room = box.adjusted(edges() - SPACE, 0, -SPACE, 0)
    _paint_words(painter, room, face, theme)
    if face.is_pinned:
        paint_corner(painter, box, theme)


def _paint_words(painter: QPainter, room: QRect, face: Face, theme: Theme) -> None:
    if not has_two_lines(face, room.width() + edges()):
        _paint_who(painter, _paint_how(painter, room, face, theme, _who_widths(face)), face, theme)
        return
    line = metrics_of("small").height()
    top = room.top() + (room.height() - 2 * line) // 2
    above, beneath = QRect(room.left(), top, room.width(), line), QRect(room.left(), top + line, room.width(), line)
    if face.is_pinned:
        above.setRight(above.right() - CORNER + SPACE)
    # Who it is comes first: where the time has no room beside that it stands beneath, beside the state at its shortest.
    is_above = _who_widths(face)[0] + SPACE + width_of(face.time) <= above.width()
    if face.time and is_above:
        _paint_time(painter, above, face, theme, is_right=True)
        above.setRight(above.right() - width_of(face.time) - SPACE)
    _paint_who(painter, above, face, theme)
    if not face.time or is_above:
        _paint_how(painter, beneath, face, theme, (0,))
        return
    rest = _paint_how(painter, beneath, replace(face, is_ticked=False, statuses=face.statuses[-1:]), theme, (0,))
    if width_of(face.time) <= rest.width():
        _paint_time(painter, rest, face, theme)


def _paint_time(painter: QPainter, room: QRect, face: Face, theme: Theme, is_right: bool = False) -> None:
    painter.setPen(theme.colour("text_muted"))
    write(painter, room, face.time, is_right=is_right)


def _who_widths(face: Face) -> Sequence[int]:
    """What the reference needs, and how many more: with initials or name, with as much of a name as says who it is, alone."""
    least = width_of(face.first, face.strong) + (SPACE + width_of(face.more) if face.more else 0)
    called = (width_of(face.called), _called_width(face)) if face.called else ()
    return (*(least + SPACE + width for width in called), least)


def _called_width(face: Face) -> int:
    return min(width_of(face.called), width_of("Wwwww..."))


def _paint_how(painter: QPainter, room: QRect, face: Face, theme: Theme, beside: Sequence[int]) -> QRect:
    """Plan, state and tick at the right, or plan at the left of a line of its own. Answers the room that is left.

    The tick goes first where there is too little room, for the unbroken edge says it too; then the fullest words.
    """
    room = QRect(room)
    if face.is_ticked and beside[-1] + width_of(face.mark) + TICK + 2 * SPACE <= room.width():
        paint_tick(painter, room, theme)
        room.setRight(room.right() - TICK - SPACE)
    marked = width_of(face.mark) + SPACE if face.mark else 0
    for wanted in (*(width + marked for width in beside), beside[-1]):
        fitting = next((one for one in face.statuses if _status_width(one) + wanted + SPACE <= room.width()), None)
        if fitting is not None:
            break
    else:
        return room
    words, tone = fitting
    is_alone = beside[-1] == 0
    if words:
        painter.setPen(theme.colour(tone))
        write(painter, room, words, _status_font(fitting), is_right=not (is_alone and face.is_fixed))
        room.setRight(room.right() - _status_width(fitting) - SPACE + 1)
    if face.mark and beside[-1] + marked <= room.width() + SPACE:
        painter.setPen(theme.colour("text_muted"))
        write(painter, room, face.mark, is_right=not is_alone)
        room.adjust(*((marked, 0, 0, 0) if is_alone else (0, 0, -marked, 0)))
    return room


def _paint_who(painter: QPainter, room: QRect, face: Face, theme: Theme) -> None:
    """Reference strong, then initials, whole or not at all, or as much of a name as there is room for; and how many more."""
    painter.setPen(theme.colour("neutral" if face.is_fixed else "text"))
    is_cut = width_of(face.first, face.strong) > room.width()
    first = face.brief if is_cut and face.brief else face.first
    write(painter, room, elided(first, room.width(), face.strong), face.strong)
    rest = room.adjusted(width_of(face.first, face.strong) + SPACE - 1, 0, 0, 0)
    more = width_of(face.more) + SPACE if face.more else 0
    called = elided(face.called, rest.width() - more)
    if called and (called == face.called or width_of(called) > width_of("Www...")):
        write(painter, rest, called)
        rest.setLeft(rest.left() + width_of(called) + SPACE - 1)
    if face.more:
        write(painter, rest, face.more)


def paint_frame(painter: QPainter, box: QRect, plan: str, theme: Theme, ground: str = "surface", is_open: bool = False) -> None:
    """The box of a block: ground, edge and the stripe of the plan at the left; what is to confirm has a broken edge."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(box.topLeft(), _frame(box.width(), box.height(), plan, ground, is_open, ratio))


@kept_in_theme(most=128)
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


def paint_tick(painter: QPainter, room: QRect, theme: Theme) -> None:
    """A tick at the right: the worker confirmed."""
    left, middle = room.right() - TICK, room.center().y()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("good"), 2))
    painter.drawPolyline([QPointF(left, middle), QPointF(left + 3, middle + 3.5), QPointF(left + TICK, middle - 4)])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_corner(painter: QPainter, box: QRect, theme: Theme) -> None:
    """A filled corner: pinned."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent"))
    right, top = box.right() + 1, box.top()
    painter.drawPolygon(QPolygonF([QPointF(right - CORNER, top), QPointF(right, top), QPointF(right, top + CORNER)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
