"""The rows of the Chase page: a worker with what is missing of theirs, and the columns of both lists."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.core.chase import (
    LATE,
    NO_OUTCOME,
    NO_WORKER,
    NOT_ALONE,
    UNRECORDED,
    Gap,
    gaps_by_worker,
    is_chased_on,
    is_late,
    is_promise_broken,
    is_to_chase,
)
from planner.core.chase_message import gap_words
from planner.core.codes import PLAN_MARKS
from planner.core.outlook import Outlook
from planner.core.records import Child, Worker
from planner.ui.table import Column
from planner.ui.wording import count_words, day_and_month, list_date

NOBODY = "No worker"


@dataclass(frozen=True)
class ChaseRow:
    """A worker (None: nobody) and the gaps that are theirs on a day; what is counted of them is counted once."""

    worker: Worker | None
    gaps: tuple[Gap, ...]
    on: date

    @property
    def worker_id(self) -> str:
        """The worker's id, empty for nobody."""
        return self.worker.id if self.worker else ""

    @property
    def name(self) -> str:
        """The worker's name, or that there is none."""
        return self.worker.name if self.worker else NOBODY

    @property
    def addressee(self) -> str:
        """Who is asked: the worker, and for what is nobody's the manager."""
        return self.worker.name if self.worker else "The manager"

    @cached_property
    def counts(self) -> Counter[str]:
        """How many of the gaps are of each kind."""
        return Counter(gap.kind for gap in self.gaps)

    @cached_property
    def missing(self) -> int:
        """How many are neither late nor only to be recorded."""
        return len(self.gaps) - self.counts[LATE] - self.counts[UNRECORDED]

    @cached_property
    def to_chase(self) -> int:
        """How many are to be asked for on the day."""
        return sum(is_to_chase(gap, self.on) for gap in self.gaps)


def chase_rows(outlook: Outlook) -> tuple[ChaseRow, ...]:
    """The workers with something missing, by name, nobody last."""
    return tuple(ChaseRow(found[0].worker, found, outlook.on) for found in gaps_by_worker(outlook.gaps).values())


def finding(outlook: Outlook) -> str:
    """`38 late, 5 missing and 12 not in the case system. 9 to ask for today; 2 promises are broken.`"""
    gaps, on = outlook.gaps, outlook.on
    if not gaps:
        return "Nothing is late or missing, and every visit is in the case system."
    late, unrecorded = sum(gap.kind == LATE for gap in gaps), sum(gap.kind == UNRECORDED for gap in gaps)
    said = f"{late:,} late, {len(gaps) - late - unrecorded:,} missing and {unrecorded:,} not in the case system."
    due, broken = len(outlook.gaps_to_chase), sum(is_promise_broken(gap, on) for gap in gaps)
    more = f" {due:,} to ask for today" if due else " All of it was asked for"
    promises = f"; {count_words(broken, 'promise is', 'promises are')} broken" if broken else ""
    return f"{said}{more}{promises}."


def worker_columns() -> tuple[Column, ...]:
    """Who, and how much of each kind."""

    def number(title: str, of: Callable[[ChaseRow], int], tone: str = "", width: int = 64) -> Column:
        return Column(
            title,
            lambda row: f"{of(row):,}" if of(row) else "",
            sort=of,
            align="right",
            width=width,
            tone=lambda row: tone if of(row) else "",
        )

    return (
        Column("Worker", lambda row: row.name, strong=True, width=112, stretch=True),
        number("Late", lambda row: row.counts[LATE], "overdue", 46),
        number("Missing", lambda row: row.missing, width=66),
        number("To record", lambda row: row.counts[UNRECORDED], width=76),
        number("Today", lambda row: row.to_chase, width=52),
    )


def gap_columns(on: date, child_words: Callable[[Child], str]) -> tuple[Column, ...]:
    """What is missing of one worker's."""
    return (
        Column(
            "Child",
            lambda gap: called(gap, child_words),
            sort=lambda gap: gap.cases[0].child.reference,
            strong=True,
            width=128,
            tip=lambda gap: "\n".join(child_words(case.child) for case in gap.cases),
        ),
        Column(
            "Type",
            lambda gap: PLAN_MARKS.get(gap.cases[0].plan, gap.cases[0].plan),
            mark=lambda gap: gap.cases[0].plan,
            width=66,
        ),
        Column("What", what_words, stretch=True, width=150, tip=lambda gap: _what_tip(gap, on)),
        Column(
            "Due",
            lambda gap: list_date(gap.due_on, on),
            sort=lambda gap: gap.due_on,
            width=94,
            tone=lambda gap: "overdue" if is_late(gap, on) else "",
        ),
        Column(
            "Asked for", lambda gap: asked_words(gap, on), width=192, tone=lambda gap: _asked_tone(gap, on), tip=_asked_tip(on)
        ),
    )


def what_words(gap: Gap) -> str:
    """What is missing, without the day that stands in a column of its own: `Record visit of 19 Nov`."""
    if gap.kind == UNRECORDED and gap.since is not None:
        return f"Record {gap.words.lower()} of {day_and_month(gap.since)}"
    if gap.kind in (NO_OUTCOME, NOT_ALONE) and gap.since is not None:
        return f"{gap.words}, {day_and_month(gap.since)}"
    return f"{gap.words}. {gap.story.why}" if gap.story is not None else gap.words


def _what_tip(gap: Gap, on: date) -> str:
    lines = [gap_words(gap, on), f"Settled by: {gap.settled_by}"]
    if gap.story is not None:
        by = f"by {list_date(gap.story.by, on)}" if gap.story.by is not None else ""
        told = ", ".join(part for part in (gap.story.why, gap.story.action, gap.story.owner, by) if part)
        lines.append(f"Story: {told}")
    return "\n".join(lines)


def called(gap: Gap, child_words: Callable[[Child], str]) -> str:
    """The child, and how many more there are of the same visit: `C10432 – A.B. +2`."""
    more = f" +{len(gap.cases) - 1}" if len(gap.cases) > 1 else ""
    return f"{child_words(gap.cases[0].child)}{more}"


def asked_words(gap: Gap, on: date) -> str:
    """`today`, `Fri 20 Nov, promised Wed 25 Nov`, `promise of Fri 20 Nov broken`; nothing where it never was."""
    last = gap.last_chased
    if last is None:
        return "by Allocate" if gap.kind == NO_WORKER else ""
    if is_promise_broken(gap, on):
        return f"promise of {list_date(last.promised_by, on)} broken"
    said = "today" if is_chased_on(gap, on) else list_date(last.on, on)
    if last.promised_by is not None:
        return f"{said}, promised {list_date(last.promised_by, on)}"
    return f"{said}, again {list_date(last.again_on, on)}" if last.again_on is not None else said


def _asked_tone(gap: Gap, on: date) -> str:
    return "warning" if is_promise_broken(gap, on) else "text_muted"


def _asked_tip(on: date) -> Callable[[Gap], str]:
    def lines(gap: Gap) -> str:
        return "\n".join(
            f"Asked {list_date(one.on, on)} by {one.chased_by}"
            + (f", promised by {list_date(one.promised_by, on)}" if one.promised_by else "")
            for one in gap.chased
        )

    return lines
