"""What a workload scheme is, and a scheme read from its TOML."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.core.errors import PlannerError

_UNITS = {"points": 1, "minutes": 10, "children": 10}
"""Each unit, and the fewest tenths of it that are counted: points in tenths, minutes and children whole."""

NORMAL = "normal"
"""Who is of no stage or role that a table names."""

_KEYS = {
    "": {
        "title",
        "source",
        "unit",
        "standard_week",
        "stable",
        "extra_work",
        "visits_from_history",
        "targets",
        "weights",
        "siblings",
        "travel",
        "co_work",
        "headcount",
        "visits",
        "bands",
    },
    "siblings": {"further", "instead_of_own_weight"},
    "travel": {"over_minutes", "adds"},
    "co_work": {"share"},
}


@dataclass(frozen=True, slots=True)
class Band:
    """A band of percentages: those not yet in an earlier band and below (or up to and including) its edge; None: the rest."""

    name: str
    edge: float | None = None
    includes_edge: bool = False

    def holds(self, percent: float) -> bool:
        """Whether the percentage lies on this side of the band's upper edge."""
        return self.edge is None or percent < self.edge or (self.includes_edge and percent == self.edge)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way of weighing work. Weights, targets, hours and everything added are whole tenths; shares are hundredths.

    `weights` are by plan code, and by plan code with `_in_proceedings` where court work weighs apart. `sibling` is what a
    further child of one household adds (None: no more than its own weight), in place of its own weight where `siblings_instead`.
    `headcounts` are the children a worker may lead, `visits` the statutory visits of a full week, by stage or role; both whole;
    with `visits_from_history` a worker's own last weeks go before the latter.
    """

    id: str
    title: str
    source: str
    unit: str
    standard_hours: int
    stable: int
    targets: Mapping[str, int]
    weights: Mapping[str, int]
    bands: tuple[Band, ...]
    sibling: int | None = None
    siblings_instead: bool = False
    travel: int = 0
    travel_over_minutes: int = 60
    co_work_share: int = 50
    headcounts: Mapping[str, int] = field(default_factory=dict)
    counts_extra_work: bool = True
    visits: Mapping[str, int] = field(default_factory=dict)
    visits_from_history: bool = False

    def target(self, stage: str, role: str) -> int:
        """The target of a full week, in tenths: by stage of career, else by role, else the normal one."""
        return self.targets.get(stage, self.targets.get(role, self.targets[NORMAL]))

    def visits_a_week(self, stage: str, role: str) -> int | None:
        """The statutory visits of a full week, by stage of career, else by role, else the normal ones; None: not said."""
        return self.visits.get(stage, self.visits.get(role, self.visits.get(NORMAL)))

    def whole(self, product: int, standard: int) -> int:
        """`product` ÷ `standard`, rounded down to what the unit counts in, in tenths."""
        step = _UNITS[self.unit]
        return product // (standard * step) * step


def scheme_from_toml(text: str, name: str) -> Scheme:
    """The scheme of a TOML text; `name` is its id. Raises PlannerError naming the file and the key that cannot be read."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise PlannerError(
            f"The workload scheme {name} is not readable TOML: {wrong}. Correct it, or use another scheme."
        ) from wrong
    reader = _Reader(name, data)
    reader.check_keys()
    return Scheme(
        id=name,
        title=str(data.get("title", name)),
        source=str(data.get("source", "")),
        unit=reader.unit(),
        standard_hours=reader.tenths("standard_week", above_zero=True),
        stable=reader.tenths("stable", default=0),
        targets=reader.targets(),
        weights=reader.table("weights"),
        bands=reader.bands(),
        sibling=reader.tenths("further", "siblings") if "further" in data.get("siblings", {}) else None,
        siblings_instead=bool(data.get("siblings", {}).get("instead_of_own_weight", False)),
        travel=reader.tenths("adds", "travel", default=0),
        travel_over_minutes=reader.number("over_minutes", "travel", default=60),
        co_work_share=reader.number("share", "co_work", default=50),
        headcounts={key: reader.number(key, "headcount") for key in data.get("headcount", {})},
        counts_extra_work=bool(data.get("extra_work", True)),
        visits={key: reader.number(key, "visits") for key in data.get("visits", {})},
        visits_from_history=bool(data.get("visits_from_history", False)),
    )


class _Reader:
    """Reads the values of one scheme, and says which key is wrong."""

    def __init__(self, name: str, data: Mapping[str, Any]) -> None:
        self.name = name
        self.data = data

    def wrong(self, key: str, what: str) -> PlannerError:
        """The error that names the file and the key."""
        return PlannerError(f"In the workload scheme {self.name}, `{key}` {what}. Correct it, or use another scheme.")

    def check_keys(self) -> None:
        """Refuse a key the scheme language does not have."""
        for part, known in _KEYS.items():
            found = self.data.get(part, {}) if part else self.data
            if not isinstance(found, Mapping):
                raise self.wrong(part, "must be a table")
            for key in found:
                if key not in known:
                    raise self.wrong(f"{part}.{key}" if part else key, "is not a key of a scheme")

    def value(self, key: str, part: str = "", default: int | float | None = None) -> int | float:
        """A number that is not negative."""
        found = (self.data.get(part, {}) if part else self.data).get(key, default)
        if isinstance(found, bool) or not isinstance(found, int | float) or found < 0:
            raise self.wrong(f"{part}.{key}" if part else key, "must be a number, 0 or more")
        return found

    def tenths(self, key: str, part: str = "", default: int | float | None = None, above_zero: bool = False) -> int:
        """A number of whole tenths."""
        found = self.value(key, part, default)
        tenths = round(found * 10)
        if abs(tenths - found * 10) > 1e-9:
            raise self.wrong(f"{part}.{key}" if part else key, "must be in whole tenths")
        if above_zero and tenths == 0:
            raise self.wrong(key, "must be more than 0")
        return tenths

    def number(self, key: str, part: str, default: int | None = None) -> int:
        """A whole number."""
        found = self.value(key, part, default)
        if found != int(found):
            raise self.wrong(f"{part}.{key}", "must be a whole number")
        return int(found)

    def unit(self) -> str:
        """What the scheme counts."""
        unit = str(self.data.get("unit", "points"))
        if unit not in _UNITS:
            raise self.wrong("unit", f"must be one of {', '.join(_UNITS)}")
        return unit

    def table(self, part: str) -> dict[str, int]:
        """A table of tenths by name, in the order written."""
        found = self.data.get(part)
        if not isinstance(found, Mapping) or not found:
            raise self.wrong(part, "must be a table with at least one line")
        return {key: self.tenths(key, part) for key in found}

    def targets(self) -> dict[str, int]:
        """Targets in tenths, with the normal one that every role falls back on."""
        found = self.table("targets")
        if NORMAL not in found:
            raise self.wrong("targets.normal", "is missing")
        return found

    def bands(self) -> tuple[Band, ...]:
        """The bands in rising order; the last has no edge."""
        found = self.data.get("bands")
        if not isinstance(found, list) or not found:
            raise self.wrong("bands", "must be a list with at least one band")
        bands = tuple(self._band(place, row, last=place == len(found)) for place, row in enumerate(found, 1))
        edges = [band.edge for band in bands if band.edge is not None]
        if edges != sorted(edges) or len(edges) != len(bands) - 1:
            raise self.wrong("bands", "must rise, and only the last may have no edge")
        return bands

    def _band(self, place: int, row: Any, last: bool) -> Band:
        if not isinstance(row, Mapping) or not row.get("name") or not set(row) <= {"name", "below", "up_to"}:
            raise self.wrong(f"bands[{place}]", "must hold a name, and `below` or `up_to`")
        if last:
            return Band(str(row["name"]))
        edge = row.get("below", row.get("up_to"))
        if isinstance(edge, bool) or not isinstance(edge, int | float):
            raise self.wrong(f"bands[{place}]", "needs `below` or `up_to`, in per cent")
        return Band(str(row["name"]), float(edge), "up_to" in row)
