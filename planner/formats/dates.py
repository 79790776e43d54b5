"""Dates as people and spreadsheets write them; the order of day and month is decided for a whole column, never cell by cell."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite

from planner.core.date_words import MONTHS, plain_date
from planner.formats.words import folded

_TIME = r"(?:[t ,]+\d{1,2}:\d{2}(?::\d{2}(?:[.:]\d+)?)?(?: ?[ap]m)?(?:z| ?[+-]\d{2}:?\d{2})?)?"
_MIDNIGHT = re.compile(r"[t ,]*(?:0{1,2}:00(?::00(?:[.:]0+)?)?|12:00(?::00(?:[.:]0+)?)? ?am)(?:z| ?[+-]00:?00)?")
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})({_TIME})$")
_NUMBERS = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}})({_TIME})$")
_DAY_MONTH = re.compile(
    rf"(?:\w+day,? )?(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[- /]?([a-z]{{3,9}})\.?(?:,?[- /]?(\d{{4}}|\d{{2}}))?({_TIME})$"
)
_MONTH_DAY = re.compile(rf"([a-z]{{3,9}})\.? (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}|\d{{2}}))?({_TIME})$")
"""Databases write `Oct 31 2026 12:00AM` of their own accord."""
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?$")

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SERIALS = range(366, 80_000)
"""Serial numbers taken for dates: 1901 to 2119."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cell's difficulty; `index` is its place in the column that was read."""

    index: int
    code: str
    message: str
    outcome: str = "refused"


@dataclass(slots=True)
class DateColumn:
    """A column's dates in order, None where there is none; what was difficult; which cells could be read two ways."""

    days: list[date | None] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    two_ways: list[int] = field(default_factory=list)


def serial_day(serial: float, from_1904: bool = False) -> date | None:
    """The day of a spreadsheet's serial number; None for what is no date, and for 60, the 29 February 1900 that never was."""
    if not isfinite(serial):
        return None
    whole = int(serial)
    if from_1904:
        return date(1904, 1, 1) + timedelta(days=whole) if whole in _SERIALS else None
    return date(1899, 12, 30) + timedelta(days=whole) if whole in _SERIALS else None


def date_column(
    cells: Sequence[object], *, latest: date | None = None, day_first: bool | None = None, from_1904: bool = False
) -> DateColumn:
    """Read a column of cells to days.

    Text of the form 3/4/2024 is day first where any cell of the column cannot be month first, and the other way round; where
    cells speak for both, those that have two readings are refused; where none speaks, day first is taken and the cells are
    listed in `two_ways`. `day_first` is the answer, of a person or another column, for one in which none speaks. A two-digit
    year is the last one not after `latest`.
    """
    column = DateColumn()
    texts = {index: folded(cell) for index, cell in enumerate(cells) if isinstance(cell, str)}
    orders = _orders(texts.values()) or ({day_first} if day_first is not None else set())
    for index, cell in enumerate(cells):
        if isinstance(cell, str):
            reading = _Reading(column, index, texts[index], latest)
            column.days.append(reading.day(orders))
        else:
            column.days.append(_typed_day(column, index, cell, from_1904))
    return column


def _typed_day(column: DateColumn, index: int, cell: object, from_1904: bool) -> date | None:
    """The day of a cell that a spreadsheet holds as a date or a number."""
    if isinstance(cell, datetime):
        if cell.time() != time.min:
            column.troubles.append(Trouble(index, "time-dropped", "The time of day was left out.", "accepted"))
        return cell.date()
    if isinstance(cell, date):
        return cell
    if cell is None:
        return None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        day = serial_day(cell, from_1904)
        if day is not None:
            message = f"A plain number, read as {plain_date(day)}, the way a spreadsheet counts days. Format the column as dates."
            column.troubles.append(Trouble(index, "date-serial", message, "accepted"))
            return day
    column.troubles.append(Trouble(index, "date-unreadable", "This is not a date. Write it like 31/01/2026."))
    return None


def _orders(texts: Iterable[str]) -> set[bool]:
    """Which orders the cells of a column speak for: True for day first, False for month first."""
    orders = set()
    for text in texts:
        match = _NUMBERS.match(text)
        if match:
            first, second = int(match[1]), int(match[2])
            if first > 12:
                orders.add(True)
            elif second > 12:
                orders.add(False)
    return orders


class _Reading:
    """One text cell on its way to a day."""

    def __init__(self, column: DateColumn, index: int, text: str, latest: date | None) -> None:
        self.column, self.index, self.text, self.latest = column, index, text, latest

    def day(self, orders: set[bool]) -> date | None:
        """The day the text means, with troubles noted in the column."""
        if not self.text or self.text in ("#n/a", "n/a", "null", "none", "nan", "-"):
            return None
        if match := _ISO.match(self.text):
            self._note_time(match[4])
            return self._made(int(match[1]), int(match[2]), int(match[3]))
        if match := _NUMBERS.match(self.text):
            return self._numbers(match, orders)
        if match := _DAY_MONTH.match(self.text):
            return self._named(match[2], match[1], match[3], match[4])
        if match := _MONTH_DAY.match(self.text):
            return self._named(match[1], match[2], match[3], match[4])
        if _SERIAL.match(self.text) and (day := serial_day(float(self.text))):
            message = f"A plain number, read as {plain_date(day)}, the way a spreadsheet counts days. Write it like 31/01/2026."
            self._note("date-serial", message, "accepted")
            return day
        return self._refused("This is not a date. Write it like 31/01/2026.")

    def _numbers(self, match: re.Match[str], orders: set[bool]) -> date | None:
        first, second, year = int(match[1]), int(match[2]), self._year(match[3])
        self._note_time(match[4])
        if first > 12 or second > 12:
            day, month = (first, second) if first > 12 else (second, first)
            return self._made(year, month, day)
        if len(orders) > 1 and first != second:
            return self._refused(
                "This column has day first and month first, so this date has two readings. Write all its dates like 31/01/2026.",
                "date-mixed-order",
            )
        if not orders and first != second:
            self.column.two_ways.append(self.index)
        day_first = orders != {False}
        return self._made(year, second, first) if day_first else self._made(year, first, second)

    def _named(self, month: str, day: str, year: str | None, written: str) -> date | None:
        number = next(
            (place for place, name in enumerate(MONTHS, 1) if name.casefold().startswith("sep" if month == "sept" else month)), 0
        )
        if not number:
            return self._refused("This is not a date. Write it like 31/01/2026.")
        if year is None:
            return self._refused("The year is missing. Write it like 31/01/2026.", "date-no-year")
        self._note_time(written)
        return self._made(self._year(year), number, int(day))

    def _year(self, digits: str) -> int:
        """The year of two or four digits; of two, the last such year that is not after `latest`."""
        if len(digits) == 4:
            return int(digits)
        year = 2000 + int(digits)
        return year if year <= (self.latest.year if self.latest else 2068) else year - 100

    def _made(self, year: int, month: int, day: int) -> date | None:
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            return self._refused(f"The year {year} cannot be right. Write the date like 31/01/2026.")
        try:
            return date(year, month, day)
        except ValueError:
            return self._refused("There is no such day in the calendar. Correct it at its source.", "date-not-a-day")

    def _note_time(self, written: str | None) -> None:
        if written and not _MIDNIGHT.fullmatch(written):
            self._note("time-dropped", "The time of day was left out.", "accepted")

    def _note(self, code: str, message: str, outcome: str) -> None:
        self.column.troubles.append(Trouble(self.index, code, message, outcome))

    def _refused(self, message: str, code: str = "date-unreadable") -> date | None:
        self._note(code, message, "refused")
        return None


@dataclass(frozen=True, slots=True)
class DayOrder:
    """What the date columns of one file say of the order of day and month: True for day first, None where nothing does.

    `both` says that some speak for each. `two_ways` counts the cells with two readings, and `example` is the first of them;
    where columns speak for both, in those that do not speak themselves.
    """

    day_first: bool | None
    two_ways: int
    example: str
    both: bool


def day_order(columns: Iterable[Sequence[object]]) -> DayOrder:
    """The order of day and month of a whole file, from all its date columns: asked once, not for each."""
    texts = [[folded(cell) for cell in cells if isinstance(cell, str)] for cells in columns]
    each = [_orders(column) for column in texts]
    orders = set().union(*each)
    silent = [column for column, own in zip(texts, each, strict=True) if not own] if len(orders) > 1 else texts
    unclear = [text for column in silent for text in column if (match := _NUMBERS.match(text)) and _has_two_readings(match)]
    day_first = orders == {True} if len(orders) == 1 else None
    return DayOrder(day_first, len(unclear), unclear[0] if unclear else "", len(orders) > 1)


def _has_two_readings(match: re.Match[str]) -> bool:
    return int(match[1]) <= 12 and int(match[2]) <= 12 and match[1].lstrip("0") != match[2].lstrip("0")
