"""Reading one visit typed as one line, such as `C10432 seen alone home 14/3 40m`; every doubt becomes a question.

A line begins with the child: a reference, its digits or initials. Others of the trip follow a `+` (`10432+10433 alone`), or
are all children of the household (`10432 all alone`); how they were seen follows those it is said of. Initials after a
reference (`C10432 – A.B.`) must be that child's. Place, date, time,
length, mode, standing, `by` a worker, `with` another and `recorded` stand anywhere after the first child. A reason of one's
own stands in brackets.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from planner.core.child_roll import Match, typed_key
from planner.core.date_words import against_weekday, typed_date, typed_time
from planner.core.errors import Refused
from planner.core.records import Child
from planner.core.visit_line import BEDROOM, Doubt, Known, VisitLine, before_visit, minutes_of, visit_day
from planner.core.visit_outcome import HOW_TO_SAY, PLACES, REASONS, Outcome, known_reason, outcome_of

_TOKEN = re.compile(r"\([^()]*\)|\+|[^\s,;()+]+")
_TIME = re.compile(r"\d{1,2}:\d{2}(?:am|pm)?|\d{1,2}(?:\.\d{2})?(?:am|pm)", re.IGNORECASE)
_TIME_AFTER_AT = re.compile(r"\d{1,2}[:.]\d{2}(?:am|pm)?|\d{1,2}(?:am|pm)|\d{4}", re.IGNORECASE)
_NO_DAY = re.compile(r"\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|\d{1,2}\.\d{1,2}\.\d{2,4}")
"""What is meant for a date, where there is no such day; 14.30 may be meant for a time."""
_SHORT_PLACES = {"h": "home", "pl": "placement", "sch": "school", "else": "elsewhere"}
_JOINS = frozenset({"+", "&", "and"})
_INITIALS = re.compile(r"\(?(?:[^\W\d_]\.)+[^\W\d_]\.?\)?:?")
_DASHES = frozenset({"-", "–", "—"})
_LONGEST = 9
"""The most words that how a child was seen, a date, a length or a worker's name takes up."""

HOW_TO_MEND = "Leave it out, or put a reason in brackets: n (nobody in)."

_SAYINGS: dict[str, tuple[str, object]] = {
    **{words: ("bedroom_seen", seen) for seen, words in BEDROOM.items()},
    "no bedroom": ("bedroom_seen", False),
    "bedroom": ("bedroom_seen", True),
    "by video": ("mode", "video"),
    "video": ("mode", "video"),
    "face to face": ("mode", "face to face"),
    "in person": ("mode", "face to face"),
    "f2f": ("mode", "face to face"),
    "contact only": ("standing", "contact"),
    "contact": ("standing", "contact"),
    "statutory": ("standing", "statutory"),
    "unannounced": ("announced", False),
    "announced": ("announced", True),
}
"""Words that say one thing of the trip, the longer before what it begins with."""


def read_line(text: str, known: Known) -> VisitLine:
    """What a typed line says. Nothing is guessed: what is not certain is a doubt, and no child is taken who was not typed."""
    tokens = _TOKEN.findall(text)
    reading = _Reading(known)
    place = 0
    while place < len(tokens):
        place += _taken(reading, tokens[place : place + _LONGEST])
    return reading.line()


# How a line is read, word by word


@dataclass
class _Reading:
    """A line while it is read."""

    known: Known
    seen: dict[str, Outcome | None] = field(default_factory=dict)
    unsaid: list[str] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    by_initials: list[str] = field(default_factory=list)
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

    def say_worker(self, part: str, worker_id: str, words: str) -> None:
        """Take who went, or one more who went along."""
        if part == "worker":
            self.say("worker_id", worker_id, words)
        else:
            along = self.said.get("with_worker_ids", ())
            self.said["with_worker_ids"] = tuple(dict.fromkeys((*along, worker_id)))

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
            self.doubt("recorded", before_visit(recorded, visited))
        return VisitLine(tuple(self.seen.items()), **self.said, doubts=tuple(self.doubts), by_initials=tuple(self.by_initials))


def _taken(reading: _Reading, tokens: Sequence[str]) -> int:
    """Read what stands first among the words; how many words it took."""
    if not reading.has_begun or reading.is_joined:
        return _take_child(reading, tokens)
    for reader in _READERS:
        count = reader(reading, tokens)
        if count:
            return count
    reading.doubt("line", f"“{tokens[0]}” is not understood. {HOW_TO_MEND}", typed=tokens[0])
    return 1


def _take_child(reading: _Reading, tokens: Sequence[str]) -> int:
    token = tokens[0]
    if token.casefold() in _JOINS:
        return 1
    reading.has_begun, reading.is_joined = True, False
    match = reading.known.roll.matches(token)
    if match.child is None:
        reading.doubt("child", _question(token, match), [child.id for child in match.children], token)
        return 1
    reading.take_child(match.child.id)
    if not any(sign.isdigit() for sign in token):
        reading.by_initials.append(match.child.id)
    return 1 + _initials_after(reading, match.child, tokens[1:])


def _initials_after(reading: _Reading, child: Child, tokens: Sequence[str]) -> int:
    """How many words say again who the child is, as the planner writes it; the initials of another child are a doubt."""
    dash = 1 if tokens and tokens[0] in _DASHES else 0
    word = tokens[dash] if dash < len(tokens) else ""
    is_childs = typed_key(word) == typed_key(child.initials)
    if not _INITIALS.fullmatch(word) and not (dash and word and is_childs):
        return dash
    if not is_childs:
        said = word.strip("():")
        reading.doubt("child", f"{child.reference} is {child.initials}, not “{said}”. Type which child is meant.", typed=said)
    return dash + 1


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


def _read_saying(reading: _Reading, tokens: Sequence[str]) -> int:
    for words, (part, value) in _SAYINGS.items():
        count = len(words.split())
        if " ".join(tokens[:count]).casefold() == words:
            reading.say(part, value, words)
            return count
    return 0


def _read_time(reading: _Reading, tokens: Sequence[str]) -> int:
    is_after_at = tokens[0].casefold() == "at" and len(tokens) > 1
    count = 2 if is_after_at else 1
    typed = tokens[count - 1]
    if not (_TIME_AFTER_AT if is_after_at else _TIME).fullmatch(typed):
        return 0
    try:
        reading.say("at", typed_time(typed), typed)
    except Refused as refused:
        reading.doubt("time", refused.sentence, typed=typed)
    return count


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
        if count > 1 and is_date(" ".join(tokens[count - 1 : count + 1]), reading.known):
            continue  # in `1h 12 nov` the second number is of the date
        minutes = minutes_of(" ".join(tokens[:count]))
        if minutes:
            reading.say("minutes", minutes, " ".join(tokens[:count]))
            return count
    return 0


def _read_day(reading: _Reading, tokens: Sequence[str]) -> int:
    found = _day_first(tokens, reading.known)
    if found is None and _NO_DAY.fullmatch(tokens[0]):
        found = None, f"There is no day {tokens[0]}. Type the day of the visit, such as fri or 14/3.", 1
    if found is None:
        return 0
    day, refusal, count = found
    if day is None:
        reading.doubt("day", refusal, typed=" ".join(tokens[:count]))
    else:
        reading.say("day", day, " ".join(tokens[:count]))
    return count


def is_date(words: str, known: Known) -> bool:
    """Whether words are a date of any day, gone by or to come."""
    try:
        typed_date(words, known.today, known.calendar)
    except Refused:
        return False
    return True


def _day_first(tokens: Sequence[str], known: Known) -> tuple[date | None, str, int] | None:
    """The date that the words begin with, or why it will not do, and how many words it took; None for no date."""
    for count in range(min(len(tokens), 4), 0, -1):
        words = " ".join(tokens[:count])
        if count > 1 and minutes_of(" ".join(tokens[count - 1 : count + 1])):
            continue  # in `20 nov 40 min` the second number is no year
        if not is_date(words, known):
            continue
        try:
            day = visit_day(words, known.today, known.calendar)
        except Refused as refused:
            return None, refused.sentence, count
        against = against_weekday(words, day)
        return None if against else day, against, count
    return None


def _read_worker(reading: _Reading, tokens: Sequence[str]) -> int:
    if tokens[0].casefold() not in ("by", "with") or len(tokens) < 2:
        return 0
    part = "worker" if tokens[0].casefold() == "by" else "with"
    for count in range(min(len(tokens) - 1, _LONGEST - 1), 0, -1):
        words = " ".join(tokens[1 : 1 + count])
        if count > 1 and tokens[count].casefold() in ("a", "s", "n", "h"):
            continue  # `by Dev s` says how the child was seen, not that Dev's other name begins so
        found = workers_named(words, reading.known.workers)
        if len(found) == 1:
            reading.say_worker(part, found[0], words)
        elif found:
            reading.doubt(part, f"“{words}” can be {len(found)} workers. Choose who went.", found, words)
        if found:
            return count + 1
    reading.doubt(part, f"“{tokens[1]}” is no worker here. Choose who went.", typed=tokens[1])
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


_READERS = (
    _read_join,
    _read_recorded,
    _read_saying,
    _read_outcome,
    _read_worker,
    _read_time,
    _read_minutes,
    _read_place,
    _read_day,
)
"""What may stand in a line after the first child, the surest to recognise first."""
