"""How the days of the calendar are painted: hatched where somebody is off, and one word for days that belong together."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from planner.core.team_calendar import CalendarRow
from planner.core.worker_days import Shade
from planner.ui.board.layout import word_height
from planner.ui.board.lettering import elided, font_of, width_of
from planner.ui.board.painting import CENTRE
from planner.ui.theme import Theme, kept_in_theme
from planner.ui.widgets.hatch import paint_hatch

SHORT = {"Training": "Train", "Bank holiday": "Bank", "Handover": "Hand.", "Has left": "Left", "Not started": "Not in"}
"""For a day that is too narrow for its word."""
LONGEST = ("Away", "Court", "Study", "Not in")
EDGE = 5


@dataclass(frozen=True, slots=True)
class Run:
    """Days of one worker beside one another that are filled alike, within a week: one word is painted for all of them."""

    first: int
    last: int
    shades: tuple[Shade, ...]


def runs_of(row: CalendarRow) -> tuple[Run | None, ...]:
    """For each day of a worker the run it belongs to; None where it is free."""
    found: list[Run | None] = []
    for column, cell in enumerate(row.cells):
        before = found[-1] if found else None
        if not cell.shades:
            found.append(None)
        elif before is not None and before.shades == cell.shades and not is_week_end(row, column - 1):
            longer = Run(before.first, column, cell.shades)
            found[before.first :] = [longer] * (column - before.first + 1)
        else:
            found.append(Run(column, column, cell.shades))
    return tuple(found)


def is_week_end(row: CalendarRow, column: int) -> bool:
    """Whether another week begins after a column: a word does not run over it."""
    return column + 1 < len(row.cells) and row.cells[column + 1].day.weekday() < row.cells[column].day.weekday()


def paint_ground(painter: QPainter, rect: QRect, run: Run, theme: Theme) -> None:
    """What fills the days of a run, in the rectangle of all of them."""
    days = run.last - run.first + 1
    width = rect.width() // days
    if all(shade.part == "day" for shade in run.shades):
        _paint_ground(painter, rect, run, theme)
    else:
        for number in range(days):
            _paint_ground(painter, QRect(rect.left() + number * width, rect.top(), width, rect.height()), run, theme)


def _paint_ground(painter: QPainter, rect: QRect, run: Run, theme: Theme) -> None:
    for shade in reversed(run.shades):
        box = _part(rect, shade)
        if shade.is_off:
            paint_hatch(painter, box)
        else:
            painter.fillRect(box, theme.colour("duty_fill" if shade.kind == "duty" else "neutral_bg"))


def paint_word(painter: QPainter, whole: QRect, run: Run, theme: Theme) -> None:
    """The word in the middle of the days it holds for, shortened where there is no room."""
    shown = _shown(run.shades, whole.width())
    leading = run.shades[0]
    painter.setFont(font_of("small"))
    if leading.is_off:
        chip = QRect(0, 0, width_of(shown) + 6, word_height())
        chip.moveCenter(whole.center())
        painter.fillRect(chip, theme.colour("surface"))
    painter.setPen(theme.colour("text" if leading.is_off else "duty_text" if leading.kind == "duty" else "neutral"))
    painter.drawText(whole, CENTRE, shown)


@kept_in_theme()
def _shown(shades: tuple[Shade, ...], width: int) -> str:
    words, room = tuple(dict.fromkeys(shade.word for shade in shades)), width - EDGE
    if width_of("/".join(words)) <= room:
        return "/".join(words)
    also = "+" if len(words) > 1 else ""
    offered = (f"{words[0]}{also}", f"{SHORT.get(words[0], words[0])}{also}")
    return next((one for one in offered if width_of(one) <= room), elided(offered[1], room))


def least_width() -> int:
    """The width of a day in which its word stands whole, in pixels."""
    return max(map(width_of, LONGEST)) + EDGE


def _part(rect: QRect, shade: Shade) -> QRect:
    if shade.part == "am":
        return rect.adjusted(0, 0, -rect.width() // 2, 0)
    return rect.adjusted(rect.width() // 2, 0, 0, 0) if shade.part == "pm" else rect
