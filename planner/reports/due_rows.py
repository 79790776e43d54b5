"""What else falls due for a worker's children: a short list for half a page, or a row for each child where it is long."""

from datetime import date

from planner.core.codes import PLAN_MARKS
from planner.core.date_words import MONTHS
from planner.core.obligations import Obligation
from planner.core.outlook import Outlook, by_due
from planner.core.outlook_rows import OpenCase
from planner.core.records import Worker
from planner.reports.document import Block, Column, Heading, Line, Row, Run, Table, cell, muted, paragraph, row, strong
from planner.reports.report import SheetOptions
from planner.reports.wording import child_words, day_due, short_day, when_due

LONGEST_SHORT_LIST = 10
"""More rows than these do not stand beside something else."""
_OUT = frozenset({"allocation", "supervision"})
"""Kinds of duty that are not the worker's to do for a child."""

Due = tuple[OpenCase, Obligation]


def also_due(outlook: Outlook, worker: Worker, friday: date, last: date) -> list[Due]:
    """Visits due after Friday, and every other duty overdue or due, up to the last day; earliest first."""
    pairs = [
        (case, owed)
        for case in outlook.held_by(worker.id)
        for owed in outlook.owed_to(case.child.id)
        if _belongs(owed, friday, last)
    ]
    return sorted(pairs, key=lambda pair: by_due(pair[1]))


def is_short(due: list[Due]) -> bool:
    """Whether the list can stand in half a page's width."""
    return len(due) <= LONGEST_SHORT_LIST


def due_blocks(outlook: Outlook, options: SheetOptions, due: list[Due], last: date) -> tuple[Block, ...]:
    """The list under its heading: a row for each duty, or for each child where there are many."""
    heading = Heading(f"Also due, to {last.day} {MONTHS[last.month - 1]}")
    if not due:
        return heading, paragraph(muted("Nothing else falls due."))
    if is_short(due):
        rows = tuple(_duty_row(outlook, options, case, owed) for case, owed in due)
        return heading, Table((Column("", 25), Column("", 30), Column("")), rows)
    has_late = any(owed.state == "overdue" for _, owed in due)
    columns = (Column("Child", 36), *([Column("Overdue")] if has_late else []), Column("Due"))
    children = dict.fromkeys(case.child.id for case, _ in due)
    by_child = ([pair for pair in due if pair[0].child.id == child] for child in children)
    rows = tuple(_child_row(outlook, options, pairs, has_late) for pairs in by_child)
    return heading, Table(columns, rows)


def _belongs(owed: Obligation, friday: date, last: date) -> bool:
    day = day_due(owed)
    if day is None or day > last or owed.state == "unknown" or owed.kind in _OUT:
        return False
    return owed.kind != "visit" or day > friday


def _duty_row(outlook: Outlook, options: SheetOptions, case: OpenCase, owed: Obligation) -> Row:
    return row(cell(_when(outlook, owed)), strong(child_words(case.child, options)), _what(outlook, case, owed))


def _child_row(outlook: Outlook, options: SheetOptions, due: list[Due], has_late: bool) -> Row:
    late = [_duty_line(outlook, *pair) for pair in due if pair[1].state == "overdue"]
    ahead = [_duty_line(outlook, *pair) for pair in due if pair[1].state != "overdue"]
    return row(strong(child_words(due[0][0].child, options)), *([cell(*late)] if has_late else []), cell(*ahead))


def _duty_line(outlook: Outlook, case: OpenCase, owed: Obligation) -> Line:
    return Run(f"{_what(outlook, case, owed)}, "), _when(outlook, owed)


def _when(outlook: Outlook, owed: Obligation) -> Run:
    return when_due(owed, outlook.on) if owed.state == "overdue" else Run(short_day(day_due(owed), outlook.on))


def _what(outlook: Outlook, case: OpenCase, owed: Obligation) -> str:
    return f"{PLAN_MARKS.get(case.plan, '')} visit".strip() if owed.kind == "visit" else outlook.rule_of(owed).title
