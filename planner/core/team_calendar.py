"""The workers' days side by side: leave, duty, court, training and whatever else fills them. Never why somebody is away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from planner.core.board import week_days
from planner.core.flow_records import SchoolHoliday
from planner.core.outlook import Outlook
from planner.core.records import Absence, Commitment, Event, Worker
from planner.core.school_dates import school_holiday
from planner.core.snapshot import Snapshot, is_away
from planner.core.week_less import NOON, meeting_word, worker_of
from planner.core.worker_days import Shade

Entry = Absence | Commitment
_WORDS = {"duty": "Duty", "court": "Court", "training": "Training", "study": "Study", "off": "Off", "holiday": "Bank holiday"}


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """One day of one worker, with what fills it; its words leave the part of the day out."""

    day: date
    shades: tuple[Shade, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """`Away`, `Duty`, `Court`: what fills the day, in a word each."""
        return tuple(dict.fromkeys(shade.word for shade in self.shades))

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is in for any part of the day."""
        return not any(shade.is_off and shade.part == "day" for shade in self.shades)


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One worker's days."""

    worker: Worker
    cells: tuple[CalendarCell, ...]


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One absence or commitment as it is entered, and its word; `last_day` is None where nobody knows it yet."""

    worker: Worker
    word: str
    first_day: date
    last_day: date | None
    part: str
    record: Entry


@dataclass(frozen=True, slots=True)
class TeamCalendar:
    """Days across, workers down. `at_work` counts the workers who are in on each day; `entries` are what makes it up."""

    days: tuple[date, ...]
    today: date
    rows: tuple[CalendarRow, ...]
    school_holidays: tuple[str, ...]
    entries: tuple[CalendarEntry, ...]

    def at_work(self, column: int) -> int:
        """How many workers are in on a day, for all of it or a part."""
        return sum(row.cells[column].is_at_work for row in self.rows)


def team_calendar(outlook: Outlook, first: date, last: date) -> TeamCalendar:
    """The days from first to last, both included; of weekends only those on which somebody has something."""
    entries = tuple(_entries(outlook, first, last))
    also = {entry.first_day for entry in entries if isinstance(entry.record, Commitment)}
    days = week_days(first, last, also)
    holidays = tuple(outlook.snapshot.all(SchoolHoliday).values())
    return TeamCalendar(
        days,
        outlook.today,
        tuple(_row(outlook, worker, days) for worker in outlook.workers),
        tuple(school_holiday(holidays, day) for day in days),
        entries,
    )


def entries_on(snapshot: Snapshot, worker_id: str, day: date) -> tuple[Entry, ...]:
    """The absences, then the commitments, that fill a worker's day or a part of it."""
    absences = [one for one in snapshot.by(Absence, "worker_id", worker_id) if is_away(one, day)]
    return (*absences, *(busy for busy in snapshot.by(Commitment, "worker_id", worker_id) if _is_busy(busy, day)))


def entry_word(entry: Entry) -> str:
    """`Away`, or what a worker is busy with. Never why somebody is away."""
    if isinstance(entry, Absence):
        return "Away"
    return entry.title or _WORDS.get(entry.kind) or entry.kind.capitalize() or "Busy"


def _is_busy(busy: Commitment, day: date) -> bool:
    return busy.first_day is not None and busy.first_day <= day <= (busy.last_day or busy.first_day)


def _row(outlook: Outlook, worker: Worker, days: tuple[date, ...]) -> CalendarRow:
    works = outlook.worker_days(worker)
    cells = []
    for day in days:
        shades = [replace(shade, word=_WORDS.get(shade.kind) or _without_part(shade)) for shade in works.shades(day)]
        if not any(shade.part == "day" for shade in shades):
            shades += _hearings(outlook, worker, day)
        cells.append(CalendarCell(day, tuple(shades)))
    return CalendarRow(worker, tuple(cells))


def _without_part(shade: Shade) -> str:
    return shade.word.removesuffix(", morning").removesuffix(", afternoon")


def _hearings(outlook: Outlook, worker: Worker, day: date) -> Iterator[Shade]:
    """Hearings of the children a worker leads: half a day in court, unless it is entered as a commitment."""
    for event in outlook.snapshot.by(Event, "on", day):
        if event.status != "cancelled" and meeting_word(event) == "court" and worker_of(outlook, event) == worker.id:
            yield Shade("Court", "court", "am" if event.at is not None and event.at < NOON else "pm")


def _entries(outlook: Outlook, first: date, last: date) -> Iterator[CalendarEntry]:
    for worker in outlook.workers:
        absences = [one for one in outlook.snapshot.by(Absence, "worker_id", worker.id) if (one.last_day or last) >= first]
        busy = [
            one
            for one in outlook.snapshot.by(Commitment, "worker_id", worker.id)
            if one.first_day is not None and (one.last_day or one.first_day) >= first
        ]
        found: list[Entry] = [*absences, *busy]
        for one in sorted(found, key=lambda entry: (entry.first_day or first, entry.id)):
            if one.first_day is not None and one.first_day <= last:
                ends = one.last_day if isinstance(one, Absence) else one.last_day or one.first_day
                yield CalendarEntry(worker, entry_word(one), one.first_day, ends, one.part, one)
