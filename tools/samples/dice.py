"""Chance from a seed, built on nothing but `random()`, so that every version of Python draws alike."""

import random
from collections.abc import Mapping, Sequence
from math import exp, log, sqrt
from statistics import NormalDist
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """Draws from one seed."""

    def __init__(self, seed: int | str) -> None:
        self._random = random.Random(str(seed)).random

    def chance(self, probability: float) -> bool:
        """True with the probability given."""
        return self._random() < probability

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random() * (high - low + 1))

    def one(self, items: Sequence[Item]) -> Item:
        """One of the items, all alike."""
        return items[int(self._random() * len(items))]

    def weighted(self, weights: Mapping[Item, float]) -> Item:
        """One of the keys, by their weights."""
        at = self._random() * sum(weights.values())
        for item, weight in weights.items():
            at -= weight
            if at < 0:
                return item
        return item

    def lognormal(self, mean: float, deviation: float) -> float:
        """A lognormal number with this mean and standard deviation."""
        sigma_squared = log(1 + (deviation / mean) ** 2)
        normal = NormalDist().inv_cdf(min(max(self._random(), 1e-9), 1 - 1e-9))
        return exp(log(mean) - sigma_squared / 2 + sqrt(sigma_squared) * normal)

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """The items in another order."""
        left = list(items)
        return [left.pop(int(self._random() * len(left))) for _ in range(len(items))]
