"""A front-door list on its way in: how it is read, what was answered, who is left out, and what is still asked."""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from planner.core.column_answers import remembered_answers
from planner.core.errors import Refused
from planner.core.family_line import reference_prefix
from planner.core.flow_records import Referral
from planner.core.plain_table import PlainTable
from planner.core.records import Child
from planner.core.workspace_settings import INTAKE_LIST
from planner.formats.dates import DayOrder
from planner.formats.mash_list import WANTED, WORDS, Doubt, ListLine, ReadingOf, guessed, lines_of, order_of_days
from planner.formats.table import pasted_table
from planner.formats.tracker import DATES, column_key, shape_of
from planner.formats.words import folded
from planner.ui.intake.questions import OUT, Asked, asked_of, settled

if TYPE_CHECKING:
    from planner.ui.desk import Desk

KNOWN = "known"
"""The key under which it is answered whether a child is known here."""
WORD = "word:"
"""What the key of an answer about a word begins with; the field and the folded word follow."""
TITLES = {wanted.key: wanted.title for wanted in WANTED}


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One line with what is still asked of it, a cell in doubt or a child who may be known; `answer` is what was answered."""

    line: ListLine
    doubts: tuple[Doubt, ...]
    asked: Asked | None
    answer: str

    @property
    def is_left_out(self) -> bool:
        """Whether a person said not to take the child in."""
        return self.answer == OUT

    @property
    def needs(self) -> str:
        """The first thing to be answered, as a sentence; empty where the line can be taken in or is left out."""
        if self.is_left_out:
            return ""
        if self.doubts:
            return self.doubts[0].sentence
        return self.asked.sentence if self.asked is not None and not self.answer else ""

    @property
    def referred(self) -> Referral:
        """The child as read and answered."""
        return settled(self.line.referred, self.asked, self.answer)


@dataclass(frozen=True)
class ListInHand:
    """A list as it is read now; an answer makes another."""

    table: PlainTable
    desk: "Desk"
    referred_on: date
    received_on: date
    columns: dict[str, int]
    day_first: bool | None = None
    answers: dict[tuple[int, str], str] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    is_sure: bool = True
    """Whether no column was guessed that nobody should take unlooked at."""
    is_remembered: bool = False
    """Whether the columns are as a person said of an earlier list of this shape."""

    @cached_property
    def order(self) -> DayOrder:
        """What the dates say of the order of day and month."""
        return order_of_days(self.table, self.columns)

    @property
    def asks_order(self) -> bool:
        """Whether dates can be read two ways and nobody has said which."""
        return self.day_first is None and self.order.day_first is None and self.order.two_ways > 0

    @cached_property
    def lines(self) -> tuple[CheckedLine, ...]:
        """Every line, checked against the others and against who is known here."""
        how = ReadingOf(
            columns=self.columns,
            referred_on=self.referred_on,
            received_on=self.received_on,
            day_first=self.day_first,
            answers=self.answers,
            words=self.words,
            prefix=reference_prefix(child.reference for child in self.desk.workspace.snapshot.all(Child).values()),
        )
        checked = []
        seen: dict[object, tuple[int, Referral]] = {}
        for line in lines_of(self.table, how, self.desk.today, self.desk.reference.calendar):
            keys = _keys(line.referred)
            others = [seen[key] for key in keys if key in seen]
            asked = asked_of(self.desk, line.referred, others) if not line.doubts else None
            checked.append(CheckedLine(line, line.doubts, asked, self.answers.get((line.row, KNOWN), "")))
            seen |= {key: (line.row, line.referred) for key in keys if key not in seen}
        return tuple(checked)

    @property
    def in_doubt(self) -> tuple[CheckedLine, ...]:
        """The lines that cannot be taken in as they are."""
        return tuple(line for line in self.lines if line.needs)

    @property
    def ready(self) -> tuple[CheckedLine, ...]:
        """The lines that can."""
        return tuple(line for line in self.lines if not line.needs and not line.is_left_out)

    def answered(self, line: CheckedLine, key: str, answer: str) -> "ListInHand":
        """The list with one answer more; of a word of the council's, it holds for every line with that word."""
        typed = next((doubt.typed for doubt in line.doubts if doubt.key == key), "")
        if key in WORDS and typed:
            meant = {word: answer if said == typed else said for word, said in self.words.items()}
            return replace(self, words={**meant, (key, folded(typed)): answer})
        return replace(self, answers={**self.answers, (line.line.row, key): answer})

    def apart(self) -> dict[str, Any]:
        """All but the desk, so that another desk can take the list up."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "desk"}

    @property
    def told(self) -> dict[str, str]:
        """What is worth keeping for the next list of this shape: what headings and words mean, and the order of dates."""
        taken = {place: key for key, place in self.columns.items()}
        kept = {column_key(heading): taken.get(place, "") for place, heading in enumerate(self.table.headings) if heading}
        kept |= {f"{WORD}{key}:{word}": meant for (key, word), meant in self.words.items()}
        return kept | ({DATES: "day" if self.day_first else "month"} if self.day_first is not None else {})

    def with_column(self, key: str, column: int | None) -> "ListInHand":
        """The list with a field read from another column, or from none."""
        others = {one: place for one, place in self.columns.items() if one != key and place != column}
        return replace(self, columns=others if column is None else {**others, key: column})


def list_in_hand(desk: "Desk", table: PlainTable, referred_on: date, received_on: date) -> ListInHand:
    """A list as it is first read: its columns as a person said of an earlier one with the same headings, else guessed."""
    kept = remembered_answers(desk.workspace.snapshot, shape_of(table), INTAKE_LIST)
    if kept is None:
        guesses = [guess for guess in guessed(table, desk.today) if guess.key]
        columns = {guess.key: guess.column for guess in guesses}
        is_sure = all(guess.is_sure for guess in guesses)
        return ListInHand(table, desk, referred_on, received_on, columns, is_sure=is_sure)
    places = reversed(list(enumerate(table.headings)))
    columns = {key: place for place, heading in places if (key := kept.get(column_key(heading), "")) in TITLES}
    said = [(*key.removeprefix(WORD).split(":", 1), meant) for key, meant in kept.items() if key.startswith(WORD)]
    words = {(key, word): meant for key, word, meant in said}
    hand = ListInHand(table, desk, referred_on, received_on, columns, words=words, is_remembered=True)
    return replace(hand, day_first=kept[DATES] == "day") if hand.asks_order and DATES in kept else hand


def read_through(desk: "Desk", table: PlainTable, referred_on: date, received_on: date) -> ListInHand:
    """A list with all of its lines read and checked; called on a thread. Raises Refused for one without rows."""
    if not table.rows:
        raise Refused("The list has headings and no rows under them. Copy the rows as well.")
    return read_whole(list_in_hand(desk, table, referred_on, received_on))


def read_whole(hand: ListInHand) -> ListInHand:
    """The list, its lines read and checked; called on a thread."""
    assert hand.lines is not None
    return hand


def pasted_through(desk: "Desk", text: str, referred_on: date, received_on: date) -> ListInHand:
    """The list of a pasted text, as `read_through`. Raises Refused as `pasted_table` does too."""
    return read_through(desk, pasted_table(text), referred_on, received_on)


def best_table(tables: tuple[PlainTable, ...], today: date) -> PlainTable:
    """Of a workbook's sheets the one that looks most like a list of children."""
    return max(tables, key=lambda table: (sum(guess.confidence for guess in guessed(table, today)), len(table.rows)))


def _keys(one: Referral) -> list[object]:
    """By what the same child would be met again in the list."""
    keys: list[object] = [one.reference] if one.reference else []
    return [*keys, (one.initials, one.born)] if one.initials and one.born is not None else keys
