"""A table as it was shown, on its way out to a spreadsheet: a title, what it is, headings and cells of text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlainTable:
    """`about` are lines above the table: the day, who exported it and what for. Every row has a cell for each heading."""

    title: str
    about: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
