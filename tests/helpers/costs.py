"""What something costs the thread that does it, in milliseconds of the machine that the limits were set for."""

import time
from collections.abc import Callable, Iterable

YARDSTICK_MS = 50.0
"""What the yardstick takes on that machine; it goes up and down with the neighbours' work too."""


def slowness() -> float:
    """How many times slower than that machine this one is just now; never under 1."""
    began = time.thread_time()
    words = {}
    for number in range(60_000):
        words[number % 977] = f"{number:,} cases"
    return max(1.0, 1000 * (time.thread_time() - began) / YARDSTICK_MS)


def costs_ms(acts: Iterable[Callable[[], object]]) -> list[float]:
    """What each of some acts costs, one after another, the cheapest first."""
    found = []
    for act in acts:
        began = time.thread_time()
        act()
        found.append(1000 * (time.thread_time() - began))
    slow = slowness()
    return sorted(cost / slow for cost in found)
