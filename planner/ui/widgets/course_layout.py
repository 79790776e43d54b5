"""Where each part of a course lies in its picture: lanes, months, spans and marks as rectangles. No painting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF

from planner.core.course import LANES, Course, Mark, Span
from planner.core.date_words import MONTHS

BAR = 18
LANE_GAP = 6
MARK = 10
TARGET = 24
SMALLEST_PITCH = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One thing in the picture that can be pointed at: a span or a mark, where it lies, and its day for the arrow keys."""

    item: Span | Mark
    place: QRectF

    @property
    def on(self) -> date:
        """The day it begins or lies on."""
        return self.item.on if isinstance(self.item, Mark) else self.item.start

    @property
    def target(self) -> QRectF:
        """What a pointer may hit: at least 24 by 24 for a mark, the bar itself for a span."""
        if isinstance(self.item, Span):
            return self.place
        centre = self.place.center()
        return QRectF(centre.x() - TARGET / 2, centre.y() - TARGET / 2, TARGET, TARGET)


class CourseLayout:
    """The picture of a course at one width. `line` is the height of a line of small text, `labels` the width of lane names."""

    def __init__(self, course: Course, width: float, line: int, labels: float) -> None:
        self.course = course
        self.left = labels
        self.width = max(width - labels - MARK / 2 - 1, 1)
        self.axis_height = line + 4
        self.bar = max(BAR, line + 2)
        self._tops: dict[str, float] = {}
        top = float(self.axis_height)
        for lane in LANES:
            self._tops[lane] = top
            top += course.rows_of(lane) * (self.bar + LANE_GAP)
        self.bottom = top
        self.parts = tuple(self._parts())

    def x_of(self, day: date) -> float:
        """The left edge of a day, held within the picture."""
        whole = (self.course.until - self.course.since).days
        share = (day - self.course.since).days / whole
        return self.left + self.width * min(1.0, max(0.0, share))

    def lane(self, lane: str) -> QRectF:
        """The band of a lane, over its whole width and all its rows."""
        height = self.course.rows_of(lane) * (self.bar + LANE_GAP) - LANE_GAP
        return QRectF(self.left, self._tops[lane], self.width, height)

    def months(self, label: float) -> list[tuple[float, str]]:
        """First days of months with their labels, as many as there is room for labels of that width; January is its year."""
        firsts = list(_firsts(self.course.since, self.course.until))
        pitch = self.width / max(len(firsts), 1)
        step = next((step for step in (1, 2, 3, 6, 12) if pitch * step >= label + SMALLEST_PITCH), 12)
        while step >= 12 and pitch * step < label + SMALLEST_PITCH:
            step += 12
        kept = [day for day in firsts if (day.month - 1 + 12 * (day.year % max(step // 12, 1))) % step == 0]
        return [(self.x_of(day), str(day.year) if day.month == 1 else MONTHS[day.month - 1][:3]) for day in kept]

    def _parts(self) -> Iterator[Part]:
        for span in self.course.drawn_spans:
            left, right = self.x_of(span.start), self.x_of(span.end or self.course.until)
            top = self._tops[span.lane] + span.row * (self.bar + LANE_GAP)
            yield Part(span, QRectF(left, top, max(right - left, 2), self.bar))
        for mark in self.course.drawn_marks:
            centre = QPointF(self.x_of(mark.on), self._tops[mark.lane] + self.bar / 2)
            yield Part(mark, QRectF(centre.x() - MARK / 2, centre.y() - MARK / 2, MARK, MARK))

    def part_at(self, point: QPointF) -> Part | None:
        """What lies under a point: the nearest mark within reach, else the span."""
        hit = [part for part in self.parts if part.target.contains(point)]
        return min(hit, key=lambda part: (isinstance(part.item, Span), _distance(part, point)), default=None)

    def beside(self, part: Part | None, across: int, down: int) -> Part | None:
        """The next part along the lane, or the nearest part of the next lane that has any."""
        if part is None:
            return self.parts[0] if self.parts else None
        if across:
            lane = sorted((other for other in self.parts if other.item.lane == part.item.lane), key=lambda other: other.on)
            place = lane.index(part) + across
            return lane[min(max(place, 0), len(lane) - 1)]
        lanes = [lane for lane in LANES if any(other.item.lane == lane for other in self.parts)]
        place = min(max(lanes.index(part.item.lane) + down, 0), len(lanes) - 1)
        there = [other for other in self.parts if other.item.lane == lanes[place]]
        return part if lanes[place] == part.item.lane else min(there, key=lambda other: abs((other.on - part.on).days))


def _firsts(since: date, until: date) -> Iterator[date]:
    year, month = since.year, since.month
    while date(year, month, 1) <= until:
        if date(year, month, 1) >= since:
            yield date(year, month, 1)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _distance(part: Part, point: QPointF) -> float:
    return (part.place.center() - point).manhattanLength()
