"""How the days of the calendar are painted: hatched where somebody is off, and one word for days that belong together."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap

from planner.core.team_calendar import CalendarRow
from planner.core.worker_days import Shade
from planner.ui.board.layout import word_height
from planner.ui.board.painting import CENTRE, elided, small_font, width_of
from planner.ui.theme import Theme, current_theme
from planner.ui.widgets.fortnight_grid import paint_hatch

TILE = 24
"""A whole number of the hatch's pitch, so that one tile continues the next."""
SHORT = {"Away": "Aw", "Duty": "Du", "Court": "Co", "Training": "Tr", "Study": "St", "Off": "Off", "Bank holiday": "BH"}
LEAST_WORD = 34


@lru_cache(maxsize=4)
def _hatch(ratio: float, theme_name: str) -> QPixmap:
    """One tile of the hatch, drawn once: its lines are the dearest part of a day off."""
    picture = QPixmap(round(TILE * ratio), round(TILE * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(current_theme().colour("sunken"))
    painter = QPainter(picture)
    paint_hatch(painter, QRect(0, 0, TILE, TILE))
    painter.end()
    return picture


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
            painter.drawTiledPixmap(box, _hatch(painter.device().devicePixelRatioF(), theme.name), _offset(box))
        else:
            painter.fillRect(box, theme.colour("duty_fill" if shade.kind == "duty" else "neutral_bg"))


def paint_word(painter: QPainter, whole: QRect, run: Run, theme: Theme) -> None:
    """The word in the middle of the days it holds for, shortened where there is no room."""
    shown = _shown(run.shades, whole.width(), theme.text_scale)
    leading = run.shades[0]
    painter.setFont(small_font())
    if leading.is_off:
        chip = QRect(0, 0, width_of(shown) + 6, word_height())
        chip.moveCenter(whole.center())
        painter.fillRect(chip, theme.colour("surface"))
    painter.setPen(theme.colour("text" if leading.is_off else "duty_text" if leading.kind == "duty" else "neutral"))
    painter.drawText(whole, CENTRE, shown)


@lru_cache(maxsize=512)
def _shown(shades: tuple[Shade, ...], width: int, scale: float) -> str:
    words = [shade.word for shade in shades]
    if width < round(LEAST_WORD * scale) * len(words):
        return f"{SHORT.get(words[0], words[0][:2])}{'+' if len(words) > 1 else ''}"
    return elided("/".join(dict.fromkeys(words)), width - 4)


def _part(rect: QRect, shade: Shade) -> QRect:
    if shade.part == "am":
        return rect.adjusted(0, 0, -rect.width() // 2, 0)
    return rect.adjusted(rect.width() // 2, 0, 0, 0) if shade.part == "pm" else rect


def _offset(box: QRect) -> QPoint:
    """Where the tile begins, so that the hatch runs on from day to day."""
    return QPoint(box.left() % TILE, box.top() % TILE)


def forget_hatch() -> None:
    """Draw it anew: the theme or the text size changed."""
    _hatch.cache_clear()
    _shown.cache_clear()
