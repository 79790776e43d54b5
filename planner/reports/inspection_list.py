"""The inspection list: every child with something overdue, under which rule, and its story; what is suspended, and why."""

from datetime import date
from itertools import groupby

from planner.core.outlook import Outlook
from planner.core.outlook_rows import CaseDue, OpenCase
from planner.core.stories import Suspended
from planner.reports.document import (
    Block,
    Column,
    Document,
    Heading,
    Row,
    Run,
    Sheet,
    Table,
    cell,
    muted,
    paragraph,
    row,
    strong,
)
from planner.reports.report import Report, SheetOptions, check_names, made
from planner.reports.stories import story_cell
from planner.reports.wording import (
    brief_day,
    child_words,
    counted,
    figures_of,
    plan_in_full,
    short_day,
    team_named,
    team_words,
    when_due,
)

TITLE = "Inspection list"
_COLUMNS = (Column("Child", 36), Column("Worker, last seen", 32), Column("Overdue", 52), Column("Story"))
_SUSPENDED = (Column("Child", 36), Column("Does not run", 56), Column("Reason"), Column("Decided by", 36), Column("Until", 24))


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The list of the teams looked at. Raises Refused as `check_names` does."""
    check_names(outlook, options)
    rows = outlook.overdue_duties
    blocks: list[Block] = [_finding(outlook)]
    if rows:
        blocks.append(Table(_COLUMNS, tuple(_rows(outlook, options, rows))))
    blocks.append(Heading(f"Suspended by a manager's decision: {len(outlook.suspended_clocks)}"))
    if outlook.suspended_clocks:
        blocks.append(Table(_SUSPENDED, tuple(_suspended(outlook, options, one) for one in outlook.suspended_clocks)))
    else:
        blocks.append(paragraph(muted("No rule is suspended for any child, so nothing is left out of this list.")))
    what = f"{TITLE}, {team_named(outlook)}" if team_named(outlook) else TITLE
    return made(TITLE, (Sheet(TITLE, team_words(outlook), figures_of(outlook), what, tuple(blocks)),), options)


INSPECTION_LIST = Report("inspection-list", TITLE, build, of_team=True)


def _finding(outlook: Outlook) -> Block:
    rows = outlook.overdue_duties
    if not rows:
        return paragraph(strong("Nothing is overdue."))
    children, without = len({row.case.child.id for row in rows}), len(outlook.overdue_without_story)
    said = (
        f"{counted(children, 'child', 'children')} of {len(outlook.cases):,} with {counted(len(rows), 'duty', 'duties')} overdue."
    )
    return paragraph(strong(said), f" {without:,} without a story.")


def _rows(outlook: Outlook, options: SheetOptions, rows: tuple[CaseDue, ...]) -> list[Row]:
    """A row for each thing overdue; the child and the worker stand with the first of them."""
    order = {child_id: place for place, child_id in enumerate(dict.fromkeys(one.case.child.id for one in rows))}
    ranked = sorted(rows, key=lambda one: order[one.case.child.id])
    found = []
    for _, group in groupby(ranked, key=lambda one: one.case.child.id):
        for place, due in enumerate(group):
            found.append(_row(outlook, options, due, is_first=place == 0))
    return found


def _row(outlook: Outlook, options: SheetOptions, due: CaseDue, is_first: bool) -> Row:
    case, on = due.case, outlook.on
    rule = outlook.rule_of(due.obligation)
    late = when_due(due.obligation, on)
    overdue = cell(Run(rule.title or rule.id), (late, muted(f"; due {short_day(due.obligation.due_on, on)}; {rule.id}")))
    if not is_first:
        return row("", "", overdue, story_cell(outlook, due))
    child = cell(strong(child_words(case.child, options)), muted(plan_in_full(case, on)))
    worker = cell(case.worker.name if case.worker else strong("No worker"), muted(_seen(case, on)))
    return row(child, worker, overdue, story_cell(outlook, due))


def _suspended(outlook: Outlook, options: SheetOptions, one: Suspended) -> Row:
    suspension, on = one.suspension, outlook.on
    rule = outlook.policy(one.case.team_id).version(suspension.rule, on) if suspension.rule else None
    what = rule.title if rule is not None else suspension.rule or suspension.kind or "Every rule"
    until = short_day(suspension.end, on) if suspension.end is not None else "no end set"
    child = cell(strong(child_words(one.case.child, options)))
    return row(
        child, cell(what, muted(f"since {short_day(suspension.start, on)}")), suspension.reason, suspension.decided_by, until
    )


def _seen(case: OpenCase, on: date) -> str:
    return f"last seen {brief_day(case.last_seen, on)}" if case.last_seen is not None else "not yet seen"
