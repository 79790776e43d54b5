"""Cells that a person corrected on the way in: what is read in place of what stands in the source, which stays as it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from planner.core.found import CELL

CORRECTED = "Cells corrected on the way in, which the source still has as they were"


def correct(rows: Sequence[list[Any]], numbers: Sequence[int], sheet: str, answers: Mapping[str, str]) -> int:
    """Put the corrected cells of a sheet into its rows, whose numbers are the spreadsheet's own; answers how many there were."""
    places = {number: place for place, number in enumerate(numbers)}
    found = 0
    for key, value in answers.items():
        if not key.startswith(CELL):
            continue
        name, row, letters = key.removeprefix(CELL).rsplit(":", 2)
        place, column = places.get(int(row)), column_index(letters)
        if name == sheet and place is not None and column < len(rows[place]):
            rows[place][column] = value
            found += 1
    return found


def column_index(letters: str) -> int:
    """The number of a column, counted from 0, by the spreadsheet's letters."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
