"""The caseload sheet: every child of a worker, or of each worker of the team, with what is known and what is due."""

from datetime import date

from planner.core.codes import PLANS
from planner.core.obligations import Obligation
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.records import Worker
from planner.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Notes,
    Row,
    Run,
    Sheet,
    Strip,
    Table,
    cell,
    muted,
    paragraph,
    row,
    strong,
)
from planner.reports.report import Report, SheetOptions, check_names, chosen_workers, made
from planner.reports.several import with_cover
from planner.reports.wording import (
    age,
    brief_day,
    child_words,
    counted,
    figures_of,
    plans_counted,
    team_words,
    when_due,
    worker_team_words,
)
from planner.reports.worker_facts import facts_of

TITLE = "Caseload sheet"
_COLUMNS = (
    Column("Child", 38),
    Column("Plan, since", 36),
    Column("Last seen", 20),
    Column("Visit", 32),
    Column("Next other duty"),
)


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The caseload of each worker chosen, then of nobody where every worker is. Raises Refused as the choices do."""
    check_names(outlook, options)
    sheets = [_sheet(outlook, options, worker) for worker in chosen_workers(outlook, options)]
    if options.each_worker and outlook.waiting:
        sheets.append(_nobodys(outlook, options))
    return made(TITLE, with_cover(TITLE, outlook, tuple(sheets)), options)


CASELOAD_SHEET = Report("caseload-sheet", TITLE, build, needs_worker=True)


def _sheet(outlook: Outlook, options: SheetOptions, worker: Worker) -> Sheet:
    blocks: list[Block] = [Strip(facts_of(outlook, worker)), *_children(outlook, options, outlook.held_by(worker.id))]
    shared = _co_worked(outlook, options, worker)
    if shared:
        blocks.append(paragraph(strong("Held with others: "), ", ".join(shared), "."))
    blocks.append(Notes("Notes", 3))
    title = f"{worker.name}: caseload"
    return Sheet(title, worker_team_words(outlook, worker), figures_of(outlook), f"{TITLE}, {worker.name}", tuple(blocks))


def _nobodys(outlook: Outlook, options: SheetOptions) -> Sheet:
    cases = tuple(waiting.case for waiting in outlook.waiting)
    plans = plans_counted(case.plan for case in cases)
    finding = paragraph(strong(f"{counted(len(cases), 'child', 'children')} wait for a worker"), f": {plans}.")
    blocks = (finding, *_children(outlook, options, cases), Notes("Notes", 2))
    return Sheet("No worker: children who wait", team_words(outlook), figures_of(outlook), f"{TITLE}, no worker", blocks)


def _children(outlook: Outlook, options: SheetOptions, cases: tuple[OpenCase, ...]) -> tuple[Block, ...]:
    if not cases:
        return (paragraph("No children are held on this day."),)
    return (Table(_COLUMNS, tuple(_child_row(outlook, options, case) for case in cases)),)


def _child_row(outlook: Outlook, options: SheetOptions, case: OpenCase) -> Row:
    on = outlook.on
    others = [held for held in outlook.snapshot.holders(case.child.id, on) if held.role != "lead"]
    names = [found.name for held in others if (found := outlook.snapshot.find(Worker, held.worker_id))]
    child = [strong(child_words(case.child, options)), *([muted(words)] if (words := age(case.child, on)) else [])]
    plan = [Run(PLANS.get(case.plan, "No plan yet"))]
    plan.append(muted(f"since {brief_day(case.plan_since or case.case.received_on, on)}"))
    plan += [muted(f"with {', '.join(names)}")] if names else []
    visit = cell(when_due(case.next_visit, on)) if case.next_visit is not None else cell(muted("none owed"))
    return row(cell(*child), cell(*plan), brief_day(case.last_seen, on), visit, _next_other(outlook, case))


def _next_other(outlook: Outlook, case: OpenCase) -> Cell:
    """The earliest duty to the child that is not a visit, and how many more are overdue."""
    owed = [one for one in outlook.owed_to(case.child.id) if _is_dated_duty(one)]
    if not owed:
        return cell(muted("none"))
    late = sum(one.state == "overdue" for one in owed[1:])
    more = [strong(f"{late} more overdue")] if late else []
    return cell(Run(outlook.rule_of(owed[0]).title), when_due(owed[0], outlook.on), *more)


def _is_dated_duty(owed: Obligation) -> bool:
    return owed.kind not in ("visit", "allocation", "supervision") and owed.due is not None and owed.state != "unknown"


def _co_worked(outlook: Outlook, options: SheetOptions, worker: Worker) -> list[str]:
    """Children the worker holds in another role than lead, with who leads."""
    words = []
    for held in outlook.snapshot.held_by(worker.id, outlook.on):
        case = outlook.case_of(held.child_id)
        if held.role != "lead" and case is not None:
            lead = case.worker.name if case.worker is not None else "nobody"
            words.append(f"{child_words(case.child, options)} ({held.role}; {lead} leads)")
    return words
