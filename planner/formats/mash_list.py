"""The front door's list as it comes: its columns guessed, its lines read to children referred, and what is in doubt asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from planner.core.date_words import plain_date, typed_date
from planner.core.durations import duration
from planner.core.errors import Refused
from planner.core.family_line import whole_reference
from planner.core.flow_records import Referral
from planner.core.intake import PRIORITIES
from planner.core.plain_table import Cell, PlainRow, PlainTable, written
from planner.core.visit_line import visit_day
from planner.core.working_days import WorkingCalendar
from planner.formats.child_names import name_and_initials
from planner.formats.column_guess import ColumnGuess, Wanted, column_guesses
from planner.formats.dates import DateColumn, DayOrder, date_column, day_order
from planner.formats.labels import label_sets
from planner.formats.words import folded

WANTED = (
    Wanted(
        key="reference",
        title="Child reference",
        aliases=("Reference", "Ref", "Case number", "Child ID", "Child unique ID", "Person ID", "Mosaic ID", "LCS ID", "ID"),
        kind="reference",
    ),
    Wanted(key="initials", title="Initials", aliases=("Child initials", "Child's initials"), kind="initials"),
    Wanted(key="name", title="Name", aliases=("Child", "Child name", "Child's name", "Full name", "Young person")),
    Wanted(key="forename", title="Forename", aliases=("First name", "Given name", "Forenames")),
    Wanted(key="surname", title="Surname", aliases=("Last name", "Family name")),
    Wanted(
        key="born",
        title="Date of birth",
        aliases=("DOB", "D.O.B.", "Birth date", "Born", "Date of birth or due date"),
        kind="born",
    ),
    Wanted(
        key="referred_on",
        title="Date of referral",
        aliases=("Referred", "Referral date", "Referred on", "Date referred", "Contact date", "Date of contact"),
        kind="recent",
        required=True,
    ),
    Wanted(
        key="received_on",
        title="Date received",
        aliases=("Received", "Received on", "Date passed to team", "Passed to team", "Transferred to team", "Date to team"),
        kind="recent",
    ),
    Wanted(key="referral_source", title="Referral source", aliases=("Source", "Referrer", "Referred by", "Agency", "From")),
    Wanted(key="priority", title="Priority", aliases=("RAG", "RAG rating", "Urgency", "Risk", "Rating")),
    Wanted(
        key="first_visit_by",
        title="First visit needed by",
        aliases=(
            "First visit by",
            "Visit by",
            "See by",
            "See within",
            "To be seen within",
            "Visit within",
            "First visit due",
            "Timescale",
        ),
    ),
    Wanted(
        key="household",
        title="Family",
        aliases=("Family ID", "Household", "Family group", "Family reference", "Sibling group", "Group"),
    ),
    Wanted(key="address", title="Address", aliases=("Home address", "Postcode", "Post code")),
    Wanted(key="locality", title="Locality", aliases=("Area", "Ward", "Patch")),
)
"""The fields that a list from the front door can have; notes are not among them, and are never read."""

WORDS = ("referral_source", "priority")
"""Fields of a council's own words: what one means is said once for a list."""
DATES = ("born", "referred_on", "received_on")
BY_FAMILY, BY_ADDRESS, BY_SURNAME = "family", "address", "surname"

_PRIORITY_WORDS = {
    "urgent": "urgent p1 1 red immediate same day 24 hours",
    "high": "high p2 2 amber",
    "normal": "normal p3 3 green medium routine standard",
    "low": "low p4 4",
}
_WITHIN = re.compile(r"(?:within )?(\d{1,3}) ?(h|hr|hrs|hour|hours|d|day|days|wd|working days?)")
_TOGETHER = re.compile(r"^(\d{2})(\d{2})(\d{4}|\d{2})$")
"""A date typed without marks, 030419."""
_LATEST_EXPECTED = timedelta(days=300)
_REFERENCE = re.compile(r"(?=.*\d)\S{1,24}(?: \S{1,12})?")
"""One word with a digit, or two: what stands under a list, such as its total, is no child's."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One cell of a line that a person must say more about: the field's key, what was typed there, and what to type."""

    key: str
    typed: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line: its row in the source, the child as read so far, and what is in doubt.

    `together` says by what the child was put with others: `family`, `address` or `surname`, empty for a child alone.
    """

    row: int
    referred: Referral
    doubts: tuple[Doubt, ...]
    together: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOf:
    """How a list is to be read: which column is which field, the order of day and month, what stands for the whole list.

    `prefix` are the letters that references here begin with, for one that is a bare number in the list. `answers` are a
    person's, by row and field; `words` say what a word means wherever it stands in a field of `WORDS`, by
    field and folded word.
    """

    columns: Mapping[str, int]
    referred_on: date
    received_on: date
    day_first: bool | None = None
    answers: Mapping[tuple[int, str], str] | None = None
    words: Mapping[tuple[str, str], str] | None = None
    prefix: str = ""


def guessed(table: PlainTable, today: date) -> tuple[ColumnGuess, ...]:
    """Which column is which field of `WANTED`."""
    return column_guesses(table, WANTED, today)


def order_of_days(table: PlainTable, columns: Mapping[str, int]) -> DayOrder:
    """The order of day and month in all the list's dates together."""
    return day_order([table.column(columns[key]) for key in DATES if key in columns])


def lines_of(table: PlainTable, how: ReadingOf, today: date, calendar: WorkingCalendar) -> tuple[ListLine, ...]:
    """Every line of the list with what is in doubt; siblings share a household where the list or its surnames say so."""
    reader = _Reader(table, how, today, calendar)
    return _together([reader.line(place, row) for place, row in enumerate(table.rows)])


@dataclass(frozen=True, slots=True)
class _Read:
    """A line before it is known who belongs together: what the list says of that."""

    line: ListLine
    family: str
    address: str
    surname: str


class _Reader:
    """Reads the lines of one list; date columns are read whole, for their order is one."""

    def __init__(self, table: PlainTable, how: ReadingOf, today: date, calendar: WorkingCalendar) -> None:
        self.how, self.today, self.calendar = how, today, calendar
        self.answers = how.answers or {}
        order = how.day_first if how.day_first is not None else order_of_days(table, how.columns).day_first
        self.dates: dict[str, DateColumn] = {
            key: date_column(
                table.column(how.columns[key]),
                latest=today + _LATEST_EXPECTED if key == "born" else today,
                day_first=order,
                from_1904=table.from_1904,
            )
            for key in DATES
            if key in how.columns
        }

    def line(self, place: int, row: PlainRow) -> _Read:
        """One line as far as it can be read."""
        doubts: list[Doubt] = []
        answered = [key for number, key in self.answers if number == row.number]
        text = {key: self._text(row, key) for key in (*self.how.columns, *answered)}
        received_on = self._day(place, row, "received_on", self.how.received_on, doubts) or self.how.received_on
        referred_on = self._day(place, row, "referred_on", min(self.how.referred_on, received_on), doubts)
        born = self._day(place, row, "born", None, doubts)
        whole = text.get("name", "") or f"{text.get('forename', '')} {text.get('surname', '')}".strip()
        name, initials = name_and_initials(whole, text.get("initials", ""))
        referred = Referral(
            id="",
            reference=whole_reference(text.get("reference", ""), self.how.prefix),
            initials=initials,
            name=name,
            born=born if born is None or born <= received_on else None,
            expected=born if born is not None and born > received_on else None,
            locality=text.get("locality", ""),
            referred_on=referred_on,
            received_on=received_on,
            received_at=_time_of(row.cell(self.how.columns["received_on"])) if "received_on" in self.how.columns else None,
            referral_source=_source(text.get("referral_source", ""), doubts),
            priority=_priority(text.get("priority", ""), doubts),
            first_visit_by=self._first_visit(text.get("first_visit_by", ""), row, received_on, doubts),
        )
        doubts += _amiss(referred, text, self.today)
        line = ListLine(row.number, referred, tuple(doubts))
        surname = text.get("surname", "") or name.rpartition(" ")[2]
        return _Read(line, folded(text.get("household", "")), folded(text.get("address", "")), folded(surname))

    def _text(self, row: PlainRow, key: str) -> str:
        """What stands in a field, or what a person answered in its place."""
        answer = self.answers.get((row.number, key))
        if answer is not None:
            return answer.strip()
        typed = written(row.cell(self.how.columns[key]))
        return (self.how.words or {}).get((key, folded(typed)), typed) if key in WORDS else typed

    def _day(self, place: int, row: PlainRow, key: str, otherwise: date | None, doubts: list[Doubt]) -> date | None:
        answer = self.answers.get((row.number, key))
        if answer is not None:
            return self._typed_day(answer, key, doubts) if answer.strip() else otherwise
        column = self.dates.get(key)
        if column is None:
            return otherwise
        trouble = next((one for one in column.troubles if one.index == place and one.outcome == "refused"), None)
        if trouble is not None:
            what = trouble.message.partition(".")[0]
            doubts.append(Doubt(key, written(row.cell(self.how.columns[key])), f"{what}. Type it as day, month and year."))
            return None
        return column.days[place] or otherwise

    def _typed_day(self, typed: str, key: str, doubts: list[Doubt]) -> date | None:
        try:
            read = visit_day if key in ("referred_on", "received_on") else typed_date
            return read(_TOGETHER.sub(r"\1/\2/\3", typed.strip()), self.today, self.calendar)
        except Refused as refused:
            doubts.append(Doubt(key, typed, refused.sentence))
            return None

    def _first_visit(self, typed: str, row: PlainRow, received_on: date, doubts: list[Doubt]) -> date | None:
        """A day, or a time within which: `24h`, `5 working days`, counted from the day received."""
        if not typed:
            return None
        cell = row.cell(self.how.columns["first_visit_by"])
        if isinstance(cell, date) and (row.number, "first_visit_by") not in self.answers:
            return date(cell.year, cell.month, cell.day)
        found = _WITHIN.fullmatch(folded(typed))
        if found:
            unit = {"h": "hour", "d": "day", "w": "working day"}[found[2][0]]
            return date.fromordinal(duration(f"{found[1]} {unit}").end(received_on.toordinal(), self.calendar))
        return self._typed_day(typed, "first_visit_by", doubts)


def _source(typed: str, doubts: list[Doubt]) -> str:
    if not typed:
        return ""
    known = label_sets()["referral_source"]
    code = known.meaning(typed)
    if code is None:
        doubts.append(
            Doubt("referral_source", typed, f"“{typed}” is not a source the planner knows. Type one such as 6, or police.")
        )
    return code or ""


def _priority(typed: str, doubts: list[Doubt]) -> str:
    word = folded(typed)
    if not word:
        return ""
    for priority, words in _PRIORITY_WORDS.items():
        if word in words.split() or word == priority or (" " in word and word in words):
            return priority
    offered = ", ".join(words.casefold() for words in PRIORITIES.values())
    doubts.append(Doubt("priority", typed, f"“{typed}” is not a priority. Type one of {offered}."))
    return ""


def _time_of(cell: Cell) -> time | None:
    """The time of day at which a child was received, where the cell has one."""
    at = getattr(cell, "time", None)
    found = at() if at is not None else None
    return found if found and found != time.min else None


def _amiss(one: Referral, text: Mapping[str, str], today: date) -> list[Doubt]:
    """What cannot be so of a child whose cells can all be read."""
    found = []
    if one.reference and not _REFERENCE.fullmatch(one.reference):
        sentence = "This is no child's reference. Type it, or leave the line out if it is no child."
        found.append(Doubt("reference", one.reference, sentence))
    elif not one.reference and not one.initials:
        found.append(Doubt("initials", "", "There is neither a reference nor a name. Type the child's initials."))
    if one.received_on is not None and one.received_on > today:
        found.append(Doubt("received_on", text.get("received_on", ""), "Received after today. Type the day it came to the team."))
    elif one.referred_on is not None and one.received_on is not None and one.referred_on > one.received_on:
        sentence = f"Referred after the day received, {plain_date(one.received_on)}. Type the day of the referral."
        found.append(Doubt("referred_on", text.get("referred_on", ""), sentence))
    if one.first_visit_by is not None and one.received_on is not None and one.first_visit_by < one.received_on:
        sentence = "The first visit is asked for before the day received. Type the day, such as +1wd, or leave it empty."
        found.append(Doubt("first_visit_by", text.get("first_visit_by", ""), sentence))
    ahead = one.expected is not None and one.expected > today + _LATEST_EXPECTED
    if ahead or (one.born is not None and one.born.year < today.year - 25):
        found.append(Doubt("born", text.get("born", ""), "No child has this date of birth. Type it again, or leave it empty."))
    return found


def _together(read: Sequence[_Read]) -> tuple[ListLine, ...]:
    """Lines with a household for those of one family, of one address, or of one surname one under another, referred alike."""
    homes = [_home(read, place) for place in range(len(read))]
    counts: dict[str, int] = {}
    for home, _ in homes:
        counts[home] = counts.get(home, 0) + 1
    return tuple(
        replace(one.line, referred=replace(one.line.referred, household=home), together=by)
        if home and counts[home] > 1
        else one.line
        for one, (home, by) in zip(read, homes, strict=True)
    )


def _home(read: Sequence[_Read], place: int) -> tuple[str, str]:
    one = read[place]
    if one.family:
        return f"family {one.family}", BY_FAMILY
    if one.address:
        return f"address {one.address}", BY_ADDRESS
    if not one.surname:
        return "", ""
    first = place
    while first > 0 and _are_alike(read[first - 1], one):
        first -= 1
    return f"surname {one.surname} {first}", BY_SURNAME


def _are_alike(one: _Read, other: _Read) -> bool:
    same_day = one.line.referred.referred_on == other.line.referred.referred_on
    return bool(one.surname) and one.surname == other.surname and same_day and not (one.family or one.address)
