"""A visit as one line says it: its values, what is typed of each part, and the line written out in full words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from planner.core.child_roll import Roll
from planner.core.date_words import DAYS, full_date, typed_date
from planner.core.errors import Refused
from planner.core.records import Child
from planner.core.visit_outcome import HOWS, Outcome
from planner.core.working_days import WorkingCalendar

NOT_YET = "is still to come. Enter a date on or before today."

PARTING = re.compile(r"[\s,;()+]")
"""What parts the words of a line."""

_MINUTES = re.compile(r"(?:(\d{1,2})\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,3})\s*(?:m|mins?|minutes?))?")
_HOURS_AND_MINUTES = re.compile(r"(\d{1,2})\s*h\s*(\d{2})")

BEDROOM = {True: "bedroom seen", False: "bedroom not seen"}
ANNOUNCED = {True: "announced", False: "unannounced"}


@dataclass(frozen=True, slots=True)
class Known:
    """What a line is read against: the children, the workers by id and name, the household of a child, and the day."""

    roll: Roll
    workers: Mapping[str, str]
    household: Callable[[str], Sequence[str]]
    today: date
    calendar: WorkingCalendar


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question about one `part` of a line: child, outcome, day, time, place, minutes, mode, standing, announced, bedroom,
    worker, with, recorded or line (not understood).

    `options` are the ids of those who may be meant; `typed` is the word in doubt.
    """

    part: str
    sentence: str
    options: tuple[str, ...] = ()
    typed: str = ""


@dataclass(frozen=True, slots=True)
class VisitLine:
    """What a line says. None or nothing is what was not said. `seen` has each child, in the order typed.

    `by_initials` are those of them who were typed by initials alone, which more than one child can have.
    """

    seen: tuple[tuple[str, Outcome | None], ...] = ()
    day: date | None = None
    place: str = ""
    minutes: int | None = None
    worker_id: str = ""
    recorded_on: date | None = None
    at: time | None = None
    mode: str = ""
    standing: str = ""
    announced: bool | None = None
    bedroom_seen: bool | None = None
    with_worker_ids: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    by_initials: tuple[str, ...] = field(default=(), compare=False)

    @property
    def child_id(self) -> str:
        """The first child, or an empty string while it is not known for certain."""
        return self.seen[0][0] if self.seen else ""

    def doubts_about(self, *parts: str) -> tuple[Doubt, ...]:
        """The doubts about some parts of the line."""
        return tuple(doubt for doubt in self.doubts if doubt.part in parts)


# What is typed of a part


def visit_day(text: str, today: date, calendar: WorkingCalendar) -> date:
    """The day of a visit as typed: a day of the week is the latest, today included.

    A day and month without a year is this year's where that is past. One that is still to come this year is refused, and
    not taken for last year's, which is hardly ever meant. Raises Refused.
    """
    typed = " ".join(text.split()).casefold()
    is_weekday = len(typed) > 1 and any(day.casefold().startswith(typed) for day in DAYS)
    day = typed_date(text, today, calendar)
    if day <= today:
        return day
    if is_weekday:
        return typed_date(f"last {typed}", today, calendar)
    before = _a_year_before(typed, day, today, calendar)
    if before is None:
        raise Refused(f"{full_date(day)} {NOT_YET}")
    if before.year == today.year:
        return before
    raise Refused(f"{full_date(day)} {NOT_YET} If you mean {before.year}, type the year too.")


def _a_year_before(typed: str, day: date, today: date, calendar: WorkingCalendar) -> date | None:
    """The same day and month a year before, where they were typed without a year and there is such a day; else None."""
    try:
        before = typed_date(f"{typed} {day.year - 1}", today, calendar)
    except Refused:
        return None
    return before if (before.month, before.day) == (day.month, day.day) else None


def recorded_day(text: str, visited: date | None, today: date, calendar: WorkingCalendar) -> date | None:
    """Since when a visit is in the case system: nothing or `no` is not yet, `yes` is today, else a day. Raises Refused."""
    typed = " ".join(text.split()).casefold()
    if typed in ("", "n", "no", "not yet"):
        return None
    day = today if typed in ("y", "yes") else visit_day(text, today, calendar)
    if visited is not None and day < visited:
        raise Refused(before_visit(day, visited))
    return day


def before_visit(recorded: date, visited: date) -> str:
    """What is said of a visit that would be recorded before it was made."""
    return f"{full_date(recorded)} is before the visit. Enter the day it was recorded, on or after {full_date(visited)}."


def minutes_of(text: str) -> int | None:
    """`40m`, `40 min`, `1h15`, `2 hours` as minutes; None for anything else."""
    typed = " ".join(text.casefold().split())
    found = _HOURS_AND_MINUTES.fullmatch(typed) or _MINUTES.fullmatch(typed)
    if not found or not any(found.groups()):
        return None
    return 60 * int(found[1] or 0) + int(found[2] or 0)


# Writing


def line_words(line: VisitLine, known: Known) -> str:
    """A line in full words, which reads back as the same line; children stand as their references."""
    parts = [" + ".join(_group_words(group, outcome, known) for group, outcome in _groups(line))]
    parts.append(f"at {line.at:%H:%M}" if line.at else "")
    parts.append(line.place)
    parts += [line.mode, line.standing, ANNOUNCED[line.announced] if line.announced is not None else ""]
    parts.append(BEDROOM[line.bedroom_seen] if line.bedroom_seen is not None else "")
    parts.append(full_date(line.day) if line.day else "")
    parts.append(minutes_words(line.minutes) if line.minutes else "")
    parts.append(f"by {known.workers[line.worker_id]}" if line.worker_id else "")
    parts += [f"with {known.workers[worker_id]}" for worker_id in line.with_worker_ids]
    parts.append(f"recorded on {full_date(line.recorded_on)}" if line.recorded_on else "")
    return ", ".join(filter(None, parts))


def reference_words(child: Child) -> str:
    """A child's reference as one word of a line."""
    return PARTING.sub("", child.reference)


def minutes_words(minutes: int) -> str:
    """`40 min`, `1 h`, `1 h 15 min`."""
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{hours} h" if hours else "", f"{rest} min" if rest else "")))


def _groups(line: VisitLine) -> list[tuple[list[str], Outcome | None]]:
    found: list[tuple[list[str], Outcome | None]] = []
    for child_id, outcome in line.seen:
        if found and found[-1][1] == outcome:
            found[-1][0].append(child_id)
        else:
            found.append(([child_id], outcome))
    return found


def _group_words(group: Sequence[str], outcome: Outcome | None, known: Known) -> str:
    children = [child for one in group if (child := known.roll.child(one))]
    references = " + ".join(map(reference_words, children))
    if outcome is None:
        return references
    words = "seen, not said" if outcome.how == "seen" else HOWS[outcome.how].casefold()
    return f"{references} {words}{f' ({outcome.why})' if outcome.why else ''}"
