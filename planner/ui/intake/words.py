"""How the Intake page says things: its columns, its figures, and its sentences."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.codes import REFERRAL_SOURCES
from planner.core.date_words import list_date, range_words
from planner.core.intake import ACCEPTED, PRIORITIES, RETURNED, Intake, IntakeRow, UnderContract, families, monday_of
from planner.core.outlook import Outlook
from planner.ui.table import Column
from planner.ui.widgets.stat_strip import Figure
from planner.ui.wording import child_words, count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

NO_REFERENCE = "No reference"
_TAGS = {ACCEPTED: "good", RETURNED: "neutral"}


def referred_words(desk: "Desk", row: IntakeRow) -> str:
    """`C10432 – A.B.`, and for a child the case system has no reference for, that it has none."""
    if row.child is not None:
        return desk.child_words(row.child)
    name = row.referral.name if row.referral else ""
    called = name if name and not desk.initials_only else row.initials
    return " – ".join(part for part in (row.reference or NO_REFERENCE, called) if part)


def discreet_words(row: IntakeRow) -> str:
    """The child for the names of steps: reference and initials, never a name."""
    if row.child is not None:
        return child_words(row.child)
    return " – ".join(part for part in (row.reference, row.initials) if part)


BORN, HOME, REFERRED, FROM = 1, 2, 3, 5
"""Places of columns a narrow page does without."""


def intake_columns(desk: "Desk", rows: Sequence[IntakeRow]) -> tuple[Column, ...]:
    """The columns of children who came in; how many of a home came is counted among `rows`."""
    today = desk.today
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.household] = counts.get(row.household, 0) + 1
    return (
        Column("Child", lambda row: referred_words(desk, row), strong=True, width=158),
        Column("Born", lambda row: _born(row), sort=lambda row: _birth(row), width=108),
        Column("Home", lambda row: _home(counts[row.household]), sort=lambda row: row.household, width=80),
        Column("Referred", _day("referred_on", today), sort=lambda row: row.referred_on, width=98),
        Column("Received", lambda row: _received(row, today), sort=lambda row: row.received_on, width=98),
        Column("From", _source, width=84, stretch=True, tip=_source),
        Column("Priority", _priority, sort=_priority_place, width=74),
        Column("Visit by", lambda row: list_date(_first_visit(row), today), sort=_first_visit, width=96),
        Column("Worker by", lambda row: _worker_by(row, today), sort=lambda row: row.pick_up_by, width=134, tone=_lateness),
        Column("State", _state, width=88, tag=lambda row: _TAGS.get(row.state, "warning"), tip=_reason),
    )


def _born(row: IntakeRow) -> str:
    born = _birth(row)
    if born is not None:
        return f"{born:%d %b %Y}".lstrip("0")
    return "Expected" if (row.child or row.referral) and _of(row, "expected") else ""


def _birth(row: IntakeRow) -> date | None:
    found = _of(row, "born")
    return found if isinstance(found, date) else None


def _of(row: IntakeRow, name: str) -> object:
    return getattr(row.child or row.referral, name, None)


def _home(count: int) -> str:
    return f"{count} children" if count > 1 else ""


def _day(name: str, today: date) -> Callable[[IntakeRow], str]:
    return lambda row: list_date(getattr(row, name), today)


def _received(row: IntakeRow, today: date) -> str:
    at = row.referral.received_at if row.referral else None
    return list_date(row.received_on, today) + (f" {at:%H:%M}" if at else "")


def _source(row: IntakeRow) -> str:
    code = row.referral.referral_source if row.referral else row.case.referral_source if row.case else ""
    return REFERRAL_SOURCES.get(code, "")


def _priority_of(row: IntakeRow) -> str:
    return row.case.priority if row.case else row.referral.priority if row.referral else ""


def _priority(row: IntakeRow) -> str:
    return PRIORITIES.get(_priority_of(row), _priority_of(row).capitalize())


def _priority_place(row: IntakeRow) -> int | None:
    return list(PRIORITIES).index(_priority_of(row)) if _priority_of(row) in PRIORITIES else None


def _first_visit(row: IntakeRow) -> date | None:
    return row.case.first_visit_by if row.case else row.referral.first_visit_by if row.referral else None


def _worker_by(row: IntakeRow, today: date) -> str:
    if row.worker is not None:
        return row.worker.name
    if row.is_late:
        return f"{list_date(row.pick_up_by, today)}, late"
    return list_date(row.pick_up_by, today)


def _lateness(row: IntakeRow) -> str:
    return "overdue" if row.is_late else ""


def _state(row: IntakeRow) -> str:
    if row.state == ACCEPTED and row.worker is None:
        return "Accepted"
    return "Picked up" if row.state == ACCEPTED else row.state.capitalize()


def _reason(row: IntakeRow) -> str:
    referral = row.referral
    if referral is None or not referral.decided_by:
        return ""
    return f"By {referral.decided_by}. {referral.reason}".strip()


def contract_columns(desk: "Desk", outlook: Outlook) -> tuple[Column, ...]:
    """The columns of the open cases that count against the cap."""
    today = desk.today

    def worker(row: UnderContract) -> str:
        return row.worker.name if row.worker else "Waits for a worker"

    return (
        Column("Child", lambda row: desk.child_words(row.child), strong=True, width=150),
        Column("Team", lambda row: outlook.team_name(row.team_id), width=180),
        Column("Worker", worker, width=160, stretch=True),
        Column("Referred", lambda row: list_date(row.case.received_on, today), sort=lambda row: row.case.received_on, width=110),
    )


def figures(found: Intake, today: date) -> tuple[Figure, ...]:
    """The running counts, families beside children."""
    quota = f"of {found.quota}" if found.quota is not None else "no quota in the week"
    cap = f"the contract allows {found.cap}" if found.cap is not None else "no cap is set"
    over = "overdue"
    when = "this week" if found.week_on == monday_of(today) else "in that week"
    return (
        Figure("received", len(found.received), "received", f"{when}, {_homes(found.received)}"),
        Figure(
            "accepted",
            len(found.accepted),
            "accepted",
            f"{quota}, {_homes(found.accepted)}",
            over if found.is_over_quota else "text",
        ),
        Figure("returned", len(found.returned), "returned", f"{_homes(found.returned)}, counted apart"),
        Figure("waiting", len(found.waiting), "to decide", _homes(found.waiting), "warning"),
        Figure("late", len(found.late), "not picked up", "within one working day", over),
        Figure("open", len(found.open_cases), "open cases", cap, over if found.is_over_cap else "text"),
    )


def _homes(rows: Sequence[IntakeRow]) -> str:
    return count_words(families(rows), "family", "families")


def finding_words(found: Intake) -> str:
    """The sentence under the title."""
    taken = count_words(len(found.accepted), "child", "children")
    of = f" of {found.quota}" if found.quota is not None else ""
    parts = [f"{len(found.waiting):,} to decide" if found.waiting else "nobody waits for a decision"]
    if found.late:
        parts.append(f"{len(found.late):,} not picked up within one working day")
    return f"{taken}{of} accepted this week; {', '.join(parts)}."


def warning_words(found: Intake) -> str:
    """What is over its limit, as sentences; empty where nothing is."""
    said = []
    if found.is_over_cap and found.cap is not None:
        over = len(found.open_cases) - found.cap
        said.append(f"{len(found.open_cases):,} cases are open, {over:,} over the {found.cap:,} that the contract allows.")
    if found.is_over_quota and found.quota is not None:
        over = len(found.accepted) - found.quota
        said.append(f"{len(found.accepted):,} children are accepted in the week, {over:,} over the intake's {found.quota:,}.")
    return " ".join(said)


def week_words(monday: date) -> str:
    """`23 to 27 November 2026`."""
    return range_words(monday, monday + timedelta(days=4))
