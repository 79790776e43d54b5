"""Where the parts of a bar chart lie, in pixels: the one sum that painting, pointing and the arrow keys share."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from planner.ui.charts.bars import Bar, BarChart

PART_GAP = 1
NAME, VALUE = -1, -2


@dataclass(frozen=True, slots=True)
class Spot:
    """A target of the chart: a bar and one of its parts, or its name or value."""

    bar: int
    part: int


@dataclass(frozen=True, slots=True)
class Geometry:
    """A chart laid out in a width: names at the left, bars, values at the right; all bars share one scale."""

    chart: BarChart
    names: int
    plot: int
    values: int
    pitch: int
    thick: int

    @property
    def height(self) -> int:
        """The height of all bars."""
        return self.pitch * len(self.chart.bars)

    def x(self, length: float) -> float:
        """Pixels from the left of the plot that a length takes; 4 px are left for a mark at the far end."""
        return round(length / self.chart.longest * max(1, self.plot - 4))

    def part(self, bar: int, part: int) -> QRectF:
        """A part's rectangle within the plot, its gap to the next taken off; never narrower than 2 px."""
        parts = self.chart.bars[bar].parts
        before = sum(other.length for other in parts[:part])
        left, right = self.x(before), self.x(before + parts[part].length)
        width = max(2.0, right - left - (PART_GAP if part < len(parts) - 1 else 0))
        return QRectF(left, bar * self.pitch + (self.pitch - self.thick) / 2, width, self.thick)

    def mark(self, bar: int, wide: float, beyond: float) -> QRectF | None:
        """The capacity mark's rectangle, which stands beyond the bar above and below; None where nothing is marked."""
        capacity = self.chart.bars[bar].capacity
        if capacity is None:
            return None
        middle = bar * self.pitch + self.pitch / 2
        half = self.thick / 2 + beyond
        return QRectF(self.x(capacity) - wide / 2, middle - half, wide, 2 * half)

    def area(self, spot: Spot) -> QRectF:
        """The rectangle of a spot within the whole chart, as high as a row."""
        top = float(spot.bar * self.pitch)
        if spot.part == NAME:
            return QRectF(0, top, self.names, self.pitch)
        if spot.part == VALUE:
            return QRectF(self.names + self.plot, top, self.values, self.pitch)
        part = self.part(spot.bar, spot.part)
        return QRectF(self.names + part.left(), top, part.width() + PART_GAP, self.pitch)

    def spot_at(self, x: float, y: float) -> Spot | None:
        """What lies under a point: the part with the point in it, or the name or value of the row."""
        row = int(y // self.pitch)
        if not 0 <= row < len(self.chart.bars) or y < 0:
            return None
        if x < self.names:
            return Spot(row, NAME)
        for place in range(len(self.chart.bars[row].parts)):
            area = self.area(Spot(row, place))
            if area.left() <= x < area.right():
                return Spot(row, place)
        return Spot(row, VALUE) if x >= self.names + self.plot else None

    def moved(self, spot: Spot, dx: int, dy: int) -> Spot:
        """The spot an arrow key leads to: along the row from name through the parts to the value, or to the next row."""
        if dy:
            row = min(max(spot.bar + dy, 0), len(self.chart.bars) - 1)
            return Spot(row, self._nearest(row, self.area(spot).center().x(), spot.part))
        stops = _stops(self.chart.bars[spot.bar])
        place = min(max(stops.index(spot.part) + dx, 0), len(stops) - 1)
        return Spot(spot.bar, stops[place])

    def _nearest(self, row: int, x: float, part: int) -> int:
        if part in (NAME, VALUE):
            return part
        places = range(len(self.chart.bars[row].parts))
        return min(places, key=lambda place: abs(self.area(Spot(row, place)).center().x() - x), default=VALUE)


def _stops(bar: Bar) -> list[int]:
    return [NAME, *range(len(bar.parts)), VALUE]
