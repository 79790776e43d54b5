"""The edges of the calendar: months, days and how many are in above, workers at the left."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView

from planner.core.date_words import DAYS, MONTHS
from planner.ui.board.blocks import LEFT
from planner.ui.board.headers import INSET, NAME_WIDTH, TODAY_BAR
from planner.ui.board.lettering import elided
from planner.ui.board.painting import CENTRE
from planner.ui.theme import current_theme

if TYPE_CHECKING:
    from planner.ui.calendar.view import CalendarView

PAD = 4
WIDE = 34


class CalendarDays(QHeaderView):
    """The month over its first day, the day with its number, and how many are at work; a bar over today."""

    def __init__(self, view: "CalendarView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setMinimumSectionSize(16)

    def sizeHint(self) -> QSize:
        """Four small lines, and one more where a day lies in school holidays."""
        calendar = self._view.calendar_model.calendar
        lines = 5 if calendar is not None and any(calendar.school_holidays) else 4
        return QSize(super().sizeHint().width(), lines * current_theme().line("small") + 2 * PAD)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Lines beneath one another, in the middle of the day."""
        calendar, theme = self._view.calendar_model.calendar, current_theme()
        if calendar is None or section >= len(calendar.days):
            return
        day, line = calendar.days[section], theme.line("small")
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, theme.colour("sunken"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("border"))
        if day == calendar.today:
            painter.fillRect(rect.left(), rect.top(), rect.width(), TODAY_BAR, theme.colour("accent"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text_muted"))
        top = rect.top() + PAD
        self._paint_run(painter, rect, section, tuple(f"{MONTHS[one.month - 1]} {one.year}" for one in calendar.days), top)
        top += line
        if any(calendar.school_holidays):
            self._paint_run(painter, rect, section, calendar.school_holidays, top)
            top += line
        is_wide = rect.width() > WIDE * theme.text_scale
        painter.drawText(QRect(rect.left(), top, rect.width(), line), int(CENTRE), DAYS[day.weekday()][: 3 if is_wide else 1])
        painter.drawText(QRect(rect.left(), top + 2 * line, rect.width(), line), int(CENTRE), self._in_words(section, is_wide))
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("strong"))
        painter.drawText(QRect(rect.left(), top + line, rect.width(), line), int(CENTRE), str(day.day))
        painter.restore()

    def _in_words(self, section: int, is_wide: bool) -> str:
        calendar = self._view.calendar_model.calendar
        assert calendar is not None
        count = calendar.at_work(section)
        return f"{count} in" if is_wide else str(count)

    def _paint_run(self, painter: QPainter, rect: QRect, section: int, words: tuple[str, ...], top: int) -> None:
        """The word of days that belong together, from the first of them in view on; each day paints its own part of it."""
        if not words[section]:
            return
        first = last = section
        while first > 0 and words[first - 1] == words[section]:
            first -= 1
        while last + 1 < len(words) and words[last + 1] == words[section]:
            last += 1
        end = rect.right() + (last - section) * rect.width() - PAD
        start = max(PAD, rect.left() - (section - first) * rect.width() + PAD)
        room = QRect(start, top, end - start, current_theme().line("small"))
        painter.drawText(room, int(LEFT), elided(words[section], room.width()))


class CalendarWorkers(QHeaderView):
    """The workers' names."""

    def __init__(self, view: "CalendarView") -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.setMinimumSectionSize(16)
        self.setSectionsClickable(True)

    def sizeHint(self) -> QSize:
        """As wide as on the board."""
        return QSize(round(NAME_WIDTH * min(current_theme().text_scale, 1.6)), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One line."""
        row, theme = self._view.calendar_model.row(section), current_theme()
        if row is None:
            return
        painter.fillRect(rect, theme.colour("surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("border"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.colour("border"))
        room = rect.adjusted(INSET, 0, -4, 0)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        painter.drawText(room, int(LEFT), elided(row.worker.name, room.width(), "body"))


def first_shown(days: tuple[date, ...], today: date) -> int:
    """The column that is to be the first in view: the Monday of the week with today, else the first day."""
    return next((column for column, day in enumerate(days) if (day - today).days >= -today.weekday()), 0) if today in days else 0
