"""One visit typed as one line, such as `C10432 seen alone home 14/3 40m`: what it says, and every doubt as a question.

A line begins with the child: a reference, its digits or initials. Others of the trip follow a `+` (`10432+10433 alone`), or
are all children of the household (`10432 all alone`); how they were seen follows those it is said of. Place, date, length,
`by` a worker and `recorded` stand anywhere after the first child. A reason of one's own stands in brackets.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from planner.core.child_roll import Match, Roll
from planner.core.date_words import DAYS, full_date, typed_date
from planner.core.errors import Refused
from planner.core.records import Child
from planner.core.visit_outcome import HOW_TO_SAY, HOWS, PLACES, REASONS, Outcome, known_reason, outcome_of
from planner.core.working_days import WorkingCalendar

NOT_YET = "is still to come. Enter a visit date on or before today."

_TOKEN = re.compile(r"\([^()]*\)|\+|[^\s,;()+]+")
_PARTING = re.compile(r"[\s,;()+]")
_MINUTES = re.compile(r"(?:(\d{1,2})\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,3})\s*(?:m|mins?|minutes?))?")
_HOURS_AND_MINUTES = re.compile(r"(\d{1,2})\s*h\s*(\d{2})")
_SHORT_PLACES = {"h": "home", "pl": "placement", "sch": "school", "else": "elsewhere"}
_JOINS = frozenset({"+", "&", "and"})
_LONGEST = 9
"""The most words that how a child was seen, a date, a length or a worker's name takes up."""


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
    """A question about one `part` of a line: child, outcome, day, place, minutes, worker, recorded or line (not understood).

    `options` are the ids of those who may be meant; `typed` is the word in doubt.
    """

    part: str
    sentence: str
    options: tuple[str, ...] = ()
    typed: str = ""


@dataclass(frozen=True, slots=True)
class VisitLine:
    """What a line says. None or nothing is what was not said. `seen` has each child, in the order typed."""

    seen: tuple[tuple[str, Outcome | None], ...] = ()
    day: date | None = None
    place: str = ""
    minutes: int | None = None
    worker_id: str = ""
    recorded_on: date | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def child_id(self) -> str:
        """The first child, or an empty string while it is not known for certain."""
        return self.seen[0][0] if self.seen else ""

    def doubts_about(self, *parts: str) -> tuple[Doubt, ...]:
        """The doubts about some parts of the line."""
        return tuple(doubt for doubt in self.doubts if doubt.part in parts)


# Reading


def read_line(text: str, known: Known) -> VisitLine:
    """What a typed line says. Nothing is guessed: what is not certain is a doubt, and no child is taken who was not typed."""
    tokens = _TOKEN.findall(text)
    reading = _Reading(known)
    place = 0
    while place < len(tokens):
        place += _taken(reading, tokens[place : place + _LONGEST])
    return reading.line()


def visit_day(text: str, today: date, calendar: WorkingCalendar) -> date:
    """The day of a visit as typed: a day of the week is the latest, today included. Raises Refused, for a day to come too."""
    typed = " ".join(text.split()).casefold()
    is_weekday = len(typed) > 1 and any(day.casefold().startswith(typed) for day in DAYS)
    day = typed_date(text, today, calendar)
    if is_weekday and day > today:
        day = typed_date(f"last {typed}", today, calendar)
    if day > today:
        raise Refused(f"{full_date(day)} {NOT_YET}")
    return day


def recorded_day(text: str, visited: date | None, today: date, calendar: WorkingCalendar) -> date | None:
    """Since when a visit is in the case system: nothing or `no` is not yet, `yes` is today, else a day. Raises Refused."""
    typed = " ".join(text.split()).casefold()
    if typed in ("", "n", "no", "not yet"):
        return None
    day = today if typed in ("y", "yes") else visit_day(text, today, calendar)
    if visited is not None and day < visited:
        raise Refused(_before_visit(day, visited))
    return day


def _before_visit(recorded: date, visited: date) -> str:
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
    parts.append(line.place)
    parts.append(full_date(line.day) if line.day else "")
    parts.append(minutes_words(line.minutes) if line.minutes else "")
    parts.append(f"by {known.workers[line.worker_id]}" if line.worker_id else "")
    parts.append(f"recorded on {full_date(line.recorded_on)}" if line.recorded_on else "")
    return ", ".join(filter(None, parts))


def reference_words(child: Child) -> str:
    """A child's reference as one word of a line."""
    return _PARTING.sub("", child.reference)


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


# How a line is read, word by word


@dataclass
class _Reading:
    """A line while it is read."""

    known: Known
    seen: dict[str, Outcome | None] = field(default_factory=dict)
    unsaid: list[str] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    has_begun: bool = False
    is_joined: bool = False

    def doubt(self, part: str, sentence: str, options: Sequence[str] = (), typed: str = "") -> None:
        """Ask about a part."""
        self.doubts.append(Doubt(part, sentence, tuple(options), typed))

    def say(self, part: str, value: object, words: str) -> None:
        """Take a part of the trip; two that differ are a doubt."""
        if part in self.said and self.said[part] != value:
            self.doubt(part, f"The line says two things: “{words}” is the second. Leave one of them.", typed=words)
        else:
            self.said[part] = value

    def take_child(self, child_id: str) -> None:
        """Add a child of whom nothing is said yet; one named twice is named once."""
        if child_id not in self.seen:
            self.seen[child_id] = None
            self.unsaid.append(child_id)

    def take_outcome(self, outcome: Outcome, words: str) -> None:
        """Say how those were seen of whom nothing is said yet."""
        if not self.unsaid:
            self.doubt("outcome", f"“{words}” is said of nobody: the line says already how each child was seen.", typed=words)
        for child_id in self.unsaid:
            self.seen[child_id] = outcome
        self.unsaid.clear()

    def line(self) -> VisitLine:
        """The line as read, with what is missing of each child asked for."""
        for child_id, outcome in self.seen.items():
            child = self.known.roll.child(child_id)
            reference = child.reference if child else "the child"
            if outcome is None:
                self.doubt("outcome", f"Say how {reference} was seen. {HOW_TO_SAY}")
            elif outcome.lacks_why:
                self.doubt("outcome", f"Say why {reference} was not seen.")
        visited, recorded = self.said.get("day"), self.said.get("recorded_on")
        if visited is not None and recorded is not None and recorded < visited:
            self.doubt("recorded", _before_visit(recorded, visited))
        return VisitLine(tuple(self.seen.items()), **self.said, doubts=tuple(self.doubts))


def _taken(reading: _Reading, tokens: Sequence[str]) -> int:
    """Read what stands first among the words; how many words it took."""
    if not reading.has_begun or reading.is_joined:
        return _take_child(reading, tokens[0])
    for reader in _READERS:
        count = reader(reading, tokens)
        if count:
            return count
    reading.doubt("line", f"“{tokens[0]}” is not understood.", typed=tokens[0])
    return 1


def _take_child(reading: _Reading, token: str) -> int:
    if token.casefold() in _JOINS:
        return 1
    reading.has_begun, reading.is_joined = True, False
    match = reading.known.roll.matches(token)
    if match.child is not None:
        reading.take_child(match.child.id)
    else:
        reading.doubt("child", _question(token, match), [child.id for child in match.children], token)
    return 1


def _question(typed: str, match: Match) -> str:
    if not match.children:
        return f"“{typed}” is no child here. Type a reference or initials."
    count = len(match.children) + match.more
    if match.is_exact:
        return f"“{typed}” can be {count} children. Choose one, or type the reference."
    return f"“{typed}” is part of {count} {'reference' if count == 1 else 'references'}. Choose one, or type it to the end."


def _read_join(reading: _Reading, tokens: Sequence[str]) -> int:
    word = tokens[0].casefold()
    if word in _JOINS:
        reading.is_joined = True
        return 1
    if word != "all" or not reading.seen:
        return 0
    for child_id in reading.known.household(next(iter(reading.seen))):
        reading.take_child(child_id)
    return 1


def _read_outcome(reading: _Reading, tokens: Sequence[str]) -> int:
    for count in range(min(len(tokens), 4), 0, -1):
        words = " ".join(tokens[:count])
        try:
            outcome = outcome_of(words)
        except Refused:
            continue
        if outcome.why and not _is_code(words):
            continue
        why, more = _why(outcome.how, tokens[count:]) if not outcome.why else (outcome.why, 0)
        reading.take_outcome(Outcome(outcome.how, why), words)
        return count + more
    if tokens[0].casefold() == "seen":
        reading.doubt("outcome", "Seen alone, or not? Type alone, not alone, or “seen, not said”.", typed=tokens[0])
        reading.unsaid.clear()
        return 1
    return 0


def _is_code(words: str) -> bool:
    return len(words) == 2 and words[1].isdigit()


def _why(how: str, tokens: Sequence[str]) -> tuple[str, int]:
    """The reason that follows, in brackets or one of the commonest, and how many words it took."""
    if how not in REASONS or not tokens:
        return "", 0
    if tokens[0].startswith("("):
        return known_reason(how, " ".join(tokens[0][1:-1].split())), 1
    for reason in REASONS[how]:
        count = len(reason.split())
        if " ".join(tokens[:count]).casefold() == reason.casefold():
            return reason, count
    return "", 0


def _read_place(reading: _Reading, tokens: Sequence[str]) -> int:
    count = 2 if tokens[0].casefold() == "at" and len(tokens) > 1 else 1
    word = tokens[count - 1].casefold()
    begun = [place for place in PLACES if len(word) > 2 and place.startswith(word)]
    place = _SHORT_PLACES.get(word) or (begun[0] if begun else "")
    if not place:
        return 0
    reading.say("place", place, tokens[count - 1])
    return count


def _read_minutes(reading: _Reading, tokens: Sequence[str]) -> int:
    for count in range(min(len(tokens), 4), 0, -1):
        minutes = minutes_of(" ".join(tokens[:count]))
        if minutes:
            reading.say("minutes", minutes, " ".join(tokens[:count]))
            return count
    return 0


def _read_day(reading: _Reading, tokens: Sequence[str]) -> int:
    found = _day_first(tokens, reading.known)
    if found is None:
        return 0
    day, refusal, count = found
    if day is None:
        reading.doubt("day", refusal, typed=" ".join(tokens[:count]))
    else:
        reading.say("day", day, " ".join(tokens[:count]))
    return count


def _day_first(tokens: Sequence[str], known: Known) -> tuple[date | None, str, int] | None:
    """The date that the words begin with, or why it will not do, and how many words it took; None for no date."""
    for count in range(min(len(tokens), 4), 0, -1):
        words = " ".join(tokens[:count])
        try:
            typed_date(words, known.today, known.calendar)
        except Refused:
            continue
        try:
            return visit_day(words, known.today, known.calendar), "", count
        except Refused as refused:
            return None, refused.sentence, count
    return None


def _read_worker(reading: _Reading, tokens: Sequence[str]) -> int:
    if tokens[0].casefold() != "by" or len(tokens) < 2:
        return 0
    for count in range(min(len(tokens) - 1, _LONGEST - 1), 0, -1):
        words = " ".join(tokens[1 : 1 + count])
        if count > 1 and tokens[count].casefold() in ("a", "s", "n", "h"):
            continue  # `by Dev s` says how the child was seen, not that Dev's other name begins so
        found = workers_named(words, reading.known.workers)
        if len(found) == 1:
            reading.say("worker_id", found[0], words)
        elif found:
            reading.doubt("worker", f"“{words}” can be {len(found)} workers. Choose who went.", found, words)
        if found:
            return count + 1
    reading.doubt("worker", f"“{tokens[1]}” is no worker here. Choose who went.", typed=tokens[1])
    return 2


def workers_named(typed: str, workers: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the workers whose names have words that begin as typed, in that order; a name typed in full is that one."""
    words = typed.casefold().split()
    whole = tuple(one for one, name in workers.items() if name.casefold().split() == words)
    return whole or tuple(one for one, name in workers.items() if _has_words(name.casefold().split(), words))


def _has_words(name: Sequence[str], words: Sequence[str]) -> bool:
    parts = iter(name)
    return all(any(part.startswith(word) for part in parts) for word in words)


def _read_recorded(reading: _Reading, tokens: Sequence[str]) -> int:
    words = [token.casefold() for token in tokens]
    if words[:2] == ["not", "recorded"]:
        return 2
    if words[0] not in ("recorded", "rec"):
        return 0
    if words[1:2] != ["on"]:
        return _take_recorded_today(reading, tokens)
    found = _day_first(tokens[2:], reading.known)
    if found is None or found[0] is None:
        reading.doubt("recorded", found[1] if found else "Say on which day it was recorded.", typed=tokens[0])
        return 2 + (found[2] if found else 0)
    reading.say("recorded_on", found[0], tokens[0])
    return 2 + found[2]


def _take_recorded_today(reading: _Reading, tokens: Sequence[str]) -> int:
    found = _day_first(tokens[1:], reading.known)
    if found is None:
        reading.say("recorded_on", reading.known.today, tokens[0])
        return 1
    typed = " ".join(tokens[1 : 1 + found[2]])
    reading.doubt("recorded", f"Is “{typed}” when it was recorded? Then type “recorded on {typed}”.", typed=typed)
    return 1 + found[2]


_READERS = (_read_join, _read_recorded, _read_outcome, _read_worker, _read_minutes, _read_place, _read_day)
"""What may stand in a line after the first child, the surest to recognise first."""
