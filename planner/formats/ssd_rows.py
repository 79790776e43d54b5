"""One table of an SSD extract to columns of values: days, yes or no, codes and text, with everything odd told by its place."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from planner.core.date_words import plain_date
from planner.core.found import Question
from planner.core.sheet_text import original
from planner.formats.corrections import correct
from planner.formats.csv_rows import csv_rows
from planner.formats.dates import DateColumn, date_column
from planner.formats.labels import label_sets
from planner.formats.notes import Notes
from planner.formats.sheets import Sheet
from planner.formats.ssd_tables import SsdField, SsdTable, columns_of
from planner.formats.words import cell_text

_MIDNIGHTS = frozenset(("", " 00:00:00.000", " 00:00:00", "T00:00:00", "T00:00:00.000", " 00:00", " 00:00:00.0000000"))
_NO_DAY_YEAR = 1900
"""Databases write the first day of 1900 where there is none."""
_OPEN_YEARS = ("2099", "2999", "9999")
"""Years that databases write for an end that has not come."""
_YES, _NO = frozenset(("y", "yes", "1", "true", "t")), frozenset(("n", "no", "0", "false", "f"))
_FORMULA = ("=", "+", "@", "\t=", "＝")
MOST_TOLD = 100
"""How many rows with the same fault in one table are named; the rest are counted."""
CODES = {
    "episode_reason": ("S", "L", "P", "T", "B", "U"),
    "change_reason": ("MANAGE", "FCONTA", "LEFTRL", "ORGRST", "TSPROC", "ABSENC", "CHCHAN", "PCCHAN", "SWDIED", "OTHERS"),
}
"""Short codes that must be written as they are."""


@dataclass(slots=True)
class Columns:
    """A table as read: its values by key, one for each row kept, and the spreadsheet's number of each row."""

    table: SsdTable
    sheet: Sheet
    values: dict[str, list[object]] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.numbers)

    def text(self, key: str, place: int) -> str:
        """A text or code, empty where there is none."""
        column = self.values.get(key)
        value = column[place] if column is not None else ""
        return value if isinstance(value, str) else ""

    def day(self, key: str, place: int) -> date | None:
        """A day, None where there is none."""
        column = self.values.get(key)
        value = column[place] if column is not None else None
        return value if isinstance(value, date) else None

    def flag(self, key: str, place: int) -> bool | None:
        """Yes or no, None where neither is said."""
        column = self.values.get(key)
        value = column[place] if column is not None else None
        return value if isinstance(value, bool) else None

    def ids(self, place: int) -> tuple[str, ...]:
        """What the source has a row under, as a record keeps it: format, table and id; nothing where it says none."""
        found = self.text("id", place)
        return (f"ssd {self.table.name} {found}",) if found else ()

    def where(self, place: int) -> str:
        """Where a row stands, for a person."""
        return f"{self.sheet.name}, row {self.numbers[place]}"

    def by(self, key: str) -> dict[str, list[int]]:
        """The places of the rows of each value of a text column."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, value in enumerate(self.values.get(key, ())):
            found[str(value)].append(place)
        return found


class Telling:
    """Tells of the faults of one table: the first hundred of a kind one by one, the others by their count."""

    def __init__(self, notes: Notes, sheet: Sheet) -> None:
        self._notes = notes
        self._sheet = sheet
        self._counts: dict[tuple[str, str, str], int] = defaultdict(int)

    def tell(
        self,
        row: int | None,
        code: str,
        message: str,
        outcome: str,
        column: int | None = None,
        heading: str = "",
        value: str = "",
    ) -> None:
        """Note a fault, unless so many of its kind have been named."""
        key = code, outcome, heading
        self._counts[key] += 1
        if self._counts[key] <= MOST_TOLD:
            self._notes.problem(self._sheet, code, message, outcome, row=row, column=column, heading=heading, value=value)

    def close(self) -> None:
        """Say how many more there were of each kind."""
        for (code, outcome, heading), count in self._counts.items():
            if more := count - MOST_TOLD if count > MOST_TOLD else 0:
                message = f"{more:,} more {'row has' if more == 1 else 'rows have'} this: {code.replace('-', ' ')}."
                self._notes.problem(self._sheet, code, message, outcome, heading=heading)


def columns(table: SsdTable, file: str, raw: bytes, notes: Notes, latest: date) -> Columns | None:
    """A table's values; None where it has not the columns without which none of it can be read. It raises nothing."""
    sheet = Sheet(file, table.title, [])
    telling = Telling(notes, sheet)
    read = csv_rows(raw, telling.tell)
    notes.corrected(correct(read.rows, read.numbers, sheet.name, notes.answers))
    places, twice = columns_of(table, read.headings)
    for column in twice:
        message = f"The column “{read.headings[column]}” stands twice; the first of them was read."
        telling.tell(1, "column-twice", message, "accepted", column, read.headings[column])
    found = None
    if _has_columns(table, places, read.headings, telling):
        reading = _Reading(table, sheet, notes, telling, latest, read.numbers, read.headings)
        raw_columns = {key: [row[column] for row in read.rows] for key, column in places.items()}
        found = reading.columns(raw_columns, places)
    telling.close()
    return found


def _has_columns(table: SsdTable, places: dict[str, int], headings: list[str], telling: Telling) -> bool:
    """Whether the columns that must be there are; every one that is missing is told."""
    if not headings:
        telling.tell(None, "table-empty", f"{table.title} is empty, so no {table.about} were read.", "accepted")
        return False
    missing = [wanted for wanted in table.fields if wanted.is_read and wanted.key not in places]
    usable = not any(wanted.required for wanted in missing)
    for wanted in missing:
        heading = table.heading(wanted)
        if wanted.required:
            message = f"{table.title} has no column “{heading}”, so none of its {table.about} were read."
        else:
            message = f"{table.title} has no column “{heading}”; what it would say is not known."
        outcome = "refused" if wanted.required else "accepted"
        telling.tell(1, "column-missing", message, outcome, heading=heading)
    return usable


class _Reading:
    """One table's cells on their way to values."""

    def __init__(
        self, table: SsdTable, sheet: Sheet, notes: Notes, telling: Telling, latest: date, numbers: list[int], headings: list[str]
    ) -> None:
        self.table, self.sheet, self.notes, self.telling, self.latest = table, sheet, notes, telling, latest
        self.numbers, self.headings = numbers, headings

    def columns(self, raw: dict[str, list[str]], places: dict[str, int]) -> Columns:
        """All columns read, without the rows that lack what they must have and those that stand twice."""
        fields = {wanted.key: wanted for wanted in self.table.fields}
        values = {key: self._column(fields[key], places[key], cells) for key, cells in raw.items()}
        kept = self._kept(values, places, raw)
        if len(kept) < len(self.numbers):
            values = {key: [column[place] for place in kept] for key, column in values.items()}
        return Columns(self.table, self.sheet, values, [self.numbers[place] for place in kept])

    def _column(self, wanted: SsdField, column: int, cells: list[str]) -> list[object]:
        kinds: dict[str, Callable[[SsdField, int, list[str]], list[object]]] = {
            "text": self._texts,
            "day": self._days,
            "flag": self._flags,
            "number": self._numbers,
        }
        return kinds.get(wanted.kind, self._codes)(wanted, column, cells)

    def _each(self, cells: list[str], read: Callable[[str], object]) -> list[object]:
        """Every cell read, a text that stands in many of them only once."""
        known = {cell: read(cell) for cell in set(cells)}
        return [known[cell] for cell in cells]

    def _rows_with(self, cells: list[str], wanted: Iterable[str]) -> list[tuple[int, str]]:
        found = frozenset(wanted)
        if not found:
            return []
        return [(self.numbers[place], cell) for place, cell in enumerate(cells) if cell in found]

    def _texts(self, wanted: SsdField, column: int, cells: list[str]) -> list[object]:
        distinct = set(cells)
        if odd := [cell for cell in distinct if cell.lstrip().startswith(_FORMULA)]:
            message = "The text begins like a formula. It was kept as text, and nothing is calculated."
            for number, cell in self._rows_with(cells, odd):
                self.telling.tell(number, "formula-text", message, "accepted", column, self.headings[column], cell)
        return self._each(cells, lambda cell: original(cell_text(cell)))

    def _flags(self, wanted: SsdField, column: int, cells: list[str]) -> list[object]:
        def read(cell: str) -> object:
            text = cell_text(cell).casefold()
            return True if text in _YES else False if text in _NO else None

        odd = [cell for cell in set(cells) if read(cell) is None and cell_text(cell).casefold() not in ("", "u", "unknown")]
        for number, cell in self._rows_with(cells, odd):
            message = "This is neither Y nor N, so it counts as not said."
            self.telling.tell(number, "flag-unknown", message, "accepted", column, self.headings[column], cell)
        return self._each(cells, read)

    def _numbers(self, wanted: SsdField, column: int, cells: list[str]) -> list[object]:
        def read(cell: str) -> object:
            try:
                return float(cell_text(cell))
            except ValueError:
                return None

        odd = [cell for cell in set(cells) if read(cell) is None and cell_text(cell)]
        for number, cell in self._rows_with(cells, odd):
            message = "This is not a number, so it was left out."
            self.telling.tell(number, "number-unreadable", message, "refused", column, self.headings[column], cell)
        return self._each(cells, read)

    def _codes(self, wanted: SsdField, column: int, cells: list[str]) -> list[object]:
        """Codes; one that is not known is kept as it is written, and told."""
        unknown: set[str] = set()

        def read(cell: str) -> object:
            text = cell_text(cell)
            if not text:
                return ""
            code = _code(wanted.kind, text)
            if code is None:
                unknown.add(cell)
            return text if code is None else code

        found = self._each(cells, read)
        told: set[str] = set()
        for number, cell in self._rows_with(cells, unknown):
            if cell not in told:
                told.add(cell)
                count = cells.count(cell)
                rows = "this row" if count == 1 else f"this and {count - 1:,} more rows"
                message = f"This code is not known. It was kept as it is written, in {rows}."
                self.telling.tell(number, "code-unknown", message, "accepted", column, self.headings[column], cell)
        return found

    # Days

    def _days(self, wanted: SsdField, column: int, cells: list[str]) -> list[object]:
        """Days; the order of day and month is decided for the whole column, and asked where nothing decides it."""
        known: dict[str, date | None] = {}
        slow: list[str] = []
        for cell in set(cells):
            day = _plain_day(cell)
            if day is None and cell_text(cell):
                slow.append(cell)
            else:
                known[cell] = day
        if slow:
            known |= self._slow_days(wanted, column, cells, sorted(slow))
        early = [cell for cell, day in known.items() if day is not None and day.year == _NO_DAY_YEAR]
        for number, cell in self._rows_with(cells, early):
            message = "Databases write a day of 1900 where there is none, so it counts as empty."
            self.telling.tell(number, "date-1900", message, "accepted", column, self.headings[column], cell)
        known |= dict.fromkeys(early)
        self._far_days(wanted, column, cells, known)
        return [known[cell] for cell in cells]

    def _far_days(self, wanted: SsdField, column: int, cells: list[str], known: dict[str, date | None]) -> None:
        """Take out days of years that no record can have: an end then has not come."""
        far = [cell for cell, day in known.items() if day is not None and day.year >= self.latest.year + 20]
        is_end = wanted.key == "end"
        for number, cell in self._rows_with(cells, far):
            message = (
                "Databases write such a year for an end that has not come, so the row counts as open."
                if is_end
                else "The year cannot be right, so the date was left out. Correct it in the case system."
            )
            code, outcome = ("date-open", "accepted") if is_end else ("date-far", "refused")
            self.telling.tell(number, code, message, outcome, column, self.headings[column], cell)
        known |= dict.fromkeys(far)

    def _slow_days(self, wanted: SsdField, column: int, cells: list[str], slow: list[str]) -> dict[str, date | None]:
        """Days written in another way, read as one column."""
        key = f"dates:{self.table.title}:{self.table.heading(wanted)}"
        answer = self.notes.answers.get(key)
        order = None if answer is None else answer == "day first"
        open_ends = [cell for cell in slow if wanted.key == "end" and any(year in cell for year in _OPEN_YEARS)]
        rest = [cell for cell in slow if cell not in open_ends]
        read = date_column(rest, latest=self.latest, day_first=order)
        troubles = {rest[trouble.index]: trouble for trouble in read.troubles}
        for number, cell in self._rows_with(cells, troubles):
            trouble = troubles[cell]
            self.telling.tell(number, trouble.code, trouble.message, trouble.outcome, column, self.headings[column], cell)
        if read.two_ways:
            self._ask_order(wanted, column, cells, key, rest, read)
        return dict(zip(rest, read.days, strict=True)) | dict.fromkeys(open_ends)

    def _ask_order(self, wanted: SsdField, column: int, cells: list[str], key: str, texts: list[str], read: DateColumn) -> None:
        unclear = self._rows_with(cells, [texts[place] for place in read.two_ways])
        first = texts[read.two_ways[0]]
        day = read.days[read.two_ways[0]]
        count = len(unclear)
        heading = self.headings[column]
        many = "1 date that can" if count == 1 else f"{count:,} dates that can"
        example = f"{first} as {plain_date(day)}" if day else first
        verb = "is" if count == 1 else "are"
        message = f"There {verb} {many} be read two ways under “{heading}”: day first was taken. For example {example}."
        options = (("day first", "Day first"), ("month first", "Month first"))
        self.notes.asked(
            Question(key=key, heading=heading, value=first, message=message, options=options, default="day first", rows=count)
        )
        self.telling.tell(unclear[0][0], "date-two-ways", message, "ask", column, heading, first)

    # Rows

    def _kept(self, values: dict[str, list[object]], places: dict[str, int], raw: dict[str, list[str]]) -> list[int]:
        """The rows that have what they must; of rows with one id the first."""
        kept = self._complete(values, places, raw)
        ids = values.get(self.table.id_key)
        if ids is None:
            return kept
        seen: dict[object, int] = {}
        single = []
        for place in kept:
            first = seen.setdefault(ids[place], place) if ids[place] else place
            if first == place:
                single.append(place)
            else:
                self._tell_twice(values, first, place, places)
        return single

    def _complete(self, values: dict[str, list[object]], places: dict[str, int], raw: dict[str, list[str]]) -> list[int]:
        needed = [wanted for wanted in self.table.fields if wanted.required]
        kept = []
        for place in range(len(self.numbers)):
            lacking = next((wanted for wanted in needed if not values[wanted.key][place]), None)
            if lacking is None:
                kept.append(place)
                continue
            column = places[lacking.key]
            cell = raw[lacking.key][place]
            why = "cannot be read" if cell_text(cell) else "is empty"
            message = f"“{self.headings[column]}” {why}, so the row was left out. Add it in the case system."
            self.telling.tell(self.numbers[place], "cell-needed", message, "refused", column, self.headings[column], cell)
        return kept

    def _tell_twice(self, values: dict[str, list[object]], first: int, place: int, places: dict[str, int]) -> None:
        column = places[self.table.id_key]
        heading = self.headings[column]
        is_same = all(value[first] == value[place] for value in values.values())
        if is_same:
            message = f"The row stands twice, in row {self.numbers[first]} too; it was read once."
        else:
            message = (
                f"The id stands in row {self.numbers[first]} too, which says something else and was read. This row was left out."
            )
        outcome = "accepted" if is_same else "refused"
        self.telling.tell(
            self.numbers[place], "id-twice", message, outcome, column, heading, str(values[self.table.id_key][place])
        )


def _plain_day(cell: str) -> date | None:
    """The day of `2024-01-31` with or without a midnight; None for everything else."""
    if len(cell) >= 10 and cell[10:] in _MIDNIGHTS:
        try:
            return date.fromisoformat(cell[:10])
        except ValueError:
            return None
    return None


def _code(kind: str, text: str) -> str | None:
    """The code of a text, None where it is not known."""
    if kind in CODES:
        code = text.upper().split(" ")[0].rstrip(":-")
        return code if code in CODES[kind] else None
    return label_sets()[kind].meaning(text)
