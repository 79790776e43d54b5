"""What reading somebody's file yields: plain values for an action to match with what is held, and every problem met.

What there are hundreds of thousands of are named tuples: they are made, and sent from the reader, in a third of the time.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

CELL = "cell:"
"""What the key of an answer that corrects a cell begins with; the sheet, the row and the column's letters follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing in a source that needs a person's eye.

    `row` and `column` are the spreadsheet's own: a number from 1, and a letter. `outcome` is `accepted` (read, with what
    `message` says was done), `refused` (this row or cell was left out) or `ask` (a person must choose).
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    heading: str = ""
    value: str = ""
    code: str = ""
    message: str = ""
    outcome: str = "accepted"

    @property
    def cell(self) -> str:
        """The key under which a person's correction of its cell is an answer; empty where it is not of one cell."""
        return f"{CELL}{self.sheet}:{self.row}:{self.column}" if self.row and self.column else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a reader could not decide: a label, or the order of day and month in a column, with the answers there are.

    `key` is what an answer is given under when the source is read again; `default` is what was taken meanwhile, or empty.
    """

    key: str
    heading: str
    value: str
    message: str
    options: tuple[tuple[str, str], ...]
    default: str = ""
    rows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundColumn:
    """A column of a tracker: what stands in it, the field it was taken for (empty: not read), and what it was guessed to be.

    `confidence` runs from 0 to 1; `reason` is a sentence.
    """

    heading: str
    letter: str
    samples: tuple[str, ...]
    field: str
    guess: str
    confidence: float
    reason: str


class FoundPeriod(NamedTuple):
    """A plan, legal status or placement as a source states it; `code` is the plan, status or placement type.

    `what` is `plan`, `legal` or `placement`. No start means that the source has the period but no readable first day.
    `category` is the category of abuse, the code of need or the eligibility; `provider` is a placement's, and so is `reason`,
    the reason for the new episode (RNE). `source_ids` are the ids the source has it under, here as everywhere in this module:
    format, table and the id in it, where the source says one. `is_start_guessed` says that the source has no first day, and why
    it is this one is among what was assumed.
    """

    what: str
    code: str
    start: date | None
    end: date | None = None
    category: str = ""
    provider: str = ""
    reason: str = ""
    is_start_guessed: bool = False
    source_ids: tuple[str, ...] = ()
    source_row: str = ""


class FoundEvent(NamedTuple):
    """A dated event as a source states it (`codes.EVENTS`); of one that it has no day of, the first day it can have been."""

    event: str
    on: date
    section_47: bool = False
    source_ids: tuple[str, ...] = ()
    source_row: str = ""
    is_day_guessed: bool = False


class FoundVisit(NamedTuple):
    """A visit as a source states it: in an Annex A, only the last one, and that the child was seen.

    It has several `source_ids` where it stands once for each of the child's plans.
    """

    on: date
    seen: bool | None = True
    seen_alone: bool | None = None
    bedroom_seen: bool | None = None
    standing: str = "statutory"
    source_ids: tuple[str, ...] = ()
    source_row: str = ""


class FoundEpisode(NamedTuple):
    """An earlier time of work with a child, ended before the present one."""

    received_on: date
    ended_on: date
    team: str = ""
    closure_reason: str = ""
    referral_source: str = ""
    source_ids: tuple[str, ...] = ()
    source_row: str = ""


class FoundAllocation(NamedTuple):
    """A period in which a worker, named by the source's own id (`FoundWorker.source_id`), held a child in a role."""

    worker_id: str
    start: date
    role: str = "lead"
    end: date | None = None
    end_code: str = ""
    source_ids: tuple[str, ...] = ()
    source_row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWorker:
    """A worker as a source has them, under its own id; `full_time` is the part of a full week, None where not said."""

    source_id: str
    name: str
    team: str = ""
    swe_number: str = ""
    is_agency: bool | None = None
    full_time: float | None = None
    source_row: str = ""


class FoundChild(NamedTuple):
    """Everything a source says of one child, under the council's reference.

    `status` is the highest plan the source says the child is on (`codes.PLANS`), `closed`, or empty where it does not say.
    `is_open` is whether work goes on; `adviser` is the personal adviser beside the worker. `source` names what the source can
    know of this child where that is less than of others (`core.sources`). `allocations` are the history of who held the child,
    None where the source knows only who does now; `earlier` are former times of work. `next_due` is the day a tracker calls
    the next visit due: it is compared with what is owed here, and never imported. `source_ids` are the present time of work's.
    """

    reference: str
    name: str = ""
    initials: str = ""
    family: str = ""
    born: date | None = None
    expected: date | None = None
    team: str = ""
    worker: str = ""
    adviser: str = ""
    source: str = ""
    status: str = ""
    is_open: bool = True
    received_on: date | None = None
    ended_on: date | None = None
    closure_reason: str = ""
    referral_source: str = ""
    periods: tuple[FoundPeriod, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    visits: tuple[FoundVisit, ...] = ()
    allocations: tuple[FoundAllocation, ...] | None = None
    earlier: tuple[FoundEpisode, ...] = ()
    next_due: date | None = None
    source_ids: tuple[str, ...] = ()
    source_row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A source, read: its children, its problems and what was assumed. `digest` is the SHA-256 of the file.

    `as_at` is a guess at the day the source speaks of, offered to the person who must say. `holds` names the plans the
    source would list a child under if the child were on them.
    """

    source: str
    format: str
    digest: str = ""
    as_at: date | None = None
    children: tuple[FoundChild, ...] = ()
    workers: tuple[FoundWorker, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    assumed: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    holds: frozenset[str] = frozenset()
    columns: tuple[FoundColumn, ...] = ()
    shape: str = ""
