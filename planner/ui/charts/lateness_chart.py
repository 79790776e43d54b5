"""The chart of overdue visits: a bar for each worker with any, stacked by how late, latest first from the left."""

from collections.abc import Sequence

from planner.core.outlook_rows import LateVisit
from planner.ui.charts.bars import Bar, BarChart, Behind, Kind, Part
from planner.ui.table import Column

NO_WORKER = "No worker"
BANDS = (
    ("late_3", "15 days or more", 15, None),
    ("late_2", "8 to 14 days", 8, 14),
    ("late_1", "1 to 7 days", 0, 7),
)
"""Token, words, least and most days of each band, latest first."""
NO_DATE = "no date"


def lateness_band(days_late: int | None) -> str:
    """The band's token, or `no date` for a visit whose clock has no start."""
    if days_late is None:
        return NO_DATE
    return next(key for key, _, least, _ in BANDS if days_late >= least)


def lateness_chart(late: Sequence[LateVisit], columns: tuple[Column, ...], empty: str) -> BarChart:
    """A bar for each worker with any overdue visit, and one for children nobody holds; most first."""
    by_worker: dict[str, list[LateVisit]] = {}
    for visit in late:
        worker = visit.case.worker
        by_worker.setdefault(worker.id if worker else "", []).append(visit)
    groups = sorted(by_worker.values(), key=lambda rows: (-len(rows), -max(row.days_late or 0 for row in rows), _name(rows[0])))
    bars = tuple(_bar(_name(rows[0]), tuple(rows), columns) for rows in groups)
    return BarChart(lateness_finding(late), _kinds(late, columns), bars, "Worker", "Overdue", empty)


def lateness_finding(late: Sequence[LateVisit]) -> str:
    """The finding as a title of at most ten words."""
    over = sum(1 for visit in late if visit.days_late is not None and visit.days_late > 7)
    count = len(late)
    if not count:
        return "No visits are overdue"
    if count == 1:
        return "The 1 overdue visit is over a week late" if over else "1 visit is overdue"
    if over == count:
        return f"All {count} overdue visits are over a week late"
    if over:
        return f"{over} of {count} overdue visits {'is' if over == 1 else 'are'} over a week late"
    return f"{count} visits are overdue, none over a week late"


def _name(visit: LateVisit) -> str:
    return visit.case.worker.name if visit.case.worker else NO_WORKER


def _bar(name: str, rows: tuple[LateVisit, ...], columns: tuple[Column, ...]) -> Bar:
    parts = []
    for key, label in _labels().items():
        of_band = tuple(row for row in rows if lateness_band(row.days_late) == key)
        if of_band:
            words = (
                f"{name}, {label} late, {_visits(len(of_band))}"
                if key != NO_DATE
                else f"{name}, {label}, {_visits(len(of_band))}"
            )
            behind = Behind(f"Overdue visits, {name}, {label.lower()}", columns, of_band)
            parts.append(Part(key, float(len(of_band)), words, behind, f"{len(of_band)}"))
    words = f"{name}, {len(rows)} overdue {'visit' if len(rows) == 1 else 'visits'}"
    return Bar(name, tuple(parts), f"{len(rows)}", words, Behind(f"Overdue visits, {name}", columns, rows))


def _labels() -> dict[str, str]:
    return {**{key: label for key, label, _, _ in BANDS}, NO_DATE: "No start date"}


def _visits(count: int) -> str:
    return "1 visit" if count == 1 else f"{count} visits"


def _kinds(late: Sequence[LateVisit], columns: tuple[Column, ...]) -> tuple[Kind, ...]:
    kinds = []
    for key, label in _labels().items():
        rows = tuple(row for row in late if lateness_band(row.days_late) == key)
        if rows or key != NO_DATE:
            colour = "chart_other" if key == NO_DATE else key
            kinds.append(Kind(key, label, colour, len(rows), Behind(f"Overdue visits, {label.lower()}", columns, rows)))
    return tuple(kinds)
