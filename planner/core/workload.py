"""How full a worker is: points under a scheme, capacity, percentage and band."""

from dataclasses import dataclass

from planner.core.records import Worker


@dataclass(frozen=True, slots=True)
class LoadLine:
    """One line of the sum: `count` things at `each` tenths make `tenths`; `what` is a plan's code, `stable`, `extra`, …"""

    what: str
    label: str
    count: int
    each: int
    tenths: int
    child_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """A worker's load on a day, in tenths of the scheme's unit. `percent` is None when nothing is available.

    `state` is `no capacity`, or the name of the band: `has room`, `nearly full`, `over`.
    """

    worker: Worker
    lines: tuple[LoadLine, ...]
    used: int
    available: int
    percent: float | None
    state: str
    child_ids: tuple[str, ...]
    families: int
    by_plan: dict[str, int]
    unweighted: tuple[str, ...]
