"""The message that asks a worker for what is missing: references and initials, never a name."""

from collections.abc import Sequence
from datetime import date

from planner.core.chase import UNRECORDED, Gap
from planner.core.date_words import full_date, list_date
from planner.core.records import Child
from planner.core.working_days import WorkingCalendar

AGAIN_AFTER = 2
"""Working days after which is asked again where nothing was promised."""


def again_after(day: date, calendar: WorkingCalendar, promised_by: date | None = None) -> date:
    """The day to ask again: the working day after the one promised, else two working days on."""
    return calendar.after(promised_by, 1) if promised_by is not None else calendar.after(day, AGAIN_AFTER)


def children_words(gap: Gap) -> str:
    """`C10432 – A.B.`, and how many more children of the same visit there are."""
    if not gap.cases:
        return ""
    more = f" and {len(gap.cases) - 1} more" if len(gap.cases) > 1 else ""
    return f"{_initials(gap.cases[0].child)}{more}"


def gap_words(gap: Gap, on: date) -> str:
    """What is missing and since when: `Looked-after visit, was due Thu 19 Nov`, `Visit of Thu 19 Nov, not recorded`."""
    if gap.kind == UNRECORDED:
        return f"{gap.words} of {list_date(gap.since, on)}, not in the case system"
    if gap.due_on is not None:
        return f"{gap.words}, {'was due' if gap.due_on < on else 'due'} {list_date(gap.due_on, on)}"
    return f"{gap.words}, since {list_date(gap.since, on)}" if gap.since is not None else gap.words


def message(worker: str, gaps: Sequence[Gap], on: date) -> str:
    """The message to a worker, a numbered line for each gap."""
    lines = [f"{worker}: late or missing on {full_date(on)}.", ""]
    for number, gap in enumerate(gaps, start=1):
        last = gap.last_chased
        promised = f" (promised by {list_date(last.promised_by, on)})" if last is not None and last.promised_by else ""
        lines.append(f"{number}. {children_words(gap)}: {gap_words(gap, on)}{promised}")
    lines += ["", "Answer with the day for each number, or what stands in the way."]
    return "\n".join(lines)


def _initials(child: Child) -> str:
    return f"{child.reference} – {child.initials}" if child.initials else child.reference
