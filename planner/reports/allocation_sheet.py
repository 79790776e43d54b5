"""The allocation sheet: who waits, who has room, and lines to write the decision on."""

from datetime import date, timedelta

from planner.core.comparing import WaitingChild, WaitingFamily, waiting_families
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase, Waiting
from planner.core.records import Allocation, Child, Worker
from planner.core.workload import Load
from planner.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Pair,
    Paragraph,
    Row,
    Run,
    Sheet,
    Signature,
    Strip,
    Table,
    Tick,
    WriteIn,
    cell,
    muted,
    paragraph,
    row,
    strong,
)
from planner.reports.load_bars import PATTERN_KEY, load_bar, note_on, points_of, pooled_words, scale_of, sum_of_points, unit_of
from planner.reports.report import Report, SheetOptions, check_names, made
from planner.reports.several import sheets_of_workers
from planner.reports.wording import (
    brief_day,
    child_words,
    counted,
    figure,
    figures_of,
    plan_in_full,
    plan_in_letters,
    team_named,
    team_words,
    when_due,
    worker_team_words,
)
from planner.reports.worker_facts import facts_of

TITLE = "Allocation sheet"
NEWLY = timedelta(days=14)
"""How long a child counts as newly allocated on a worker's own sheet."""


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The team's sheet, or the sheets of the workers chosen. Raises Refused as `chosen_workers` and `check_names` do."""
    check_names(outlook, options)
    if not options.worker_id and not options.each_worker:
        return made(TITLE, (_team_sheet(outlook, options),), options)
    return sheets_of_workers(TITLE, outlook, options, _worker_sheet)


ALLOCATION_SHEET = Report("allocation-sheet", TITLE, build)


# The team's sheet


def _team_sheet(outlook: Outlook, options: SheetOptions) -> Sheet:
    families = waiting_families(outlook)
    blocks: list[Block] = [_finding(outlook, families)]
    if families:
        rows = tuple(_waiting_row(outlook, options, family, child) for family in families for child in family.children)
        blocks += [Heading("Waiting, most pressing first"), Table(_WAITING_COLUMNS, rows)]
    if outlook.loads:
        blocks += [Heading("Workload before any decision"), PATTERN_KEY, _workloads(outlook)]
    blocks.append(Signature((WriteIn("Agreed by"), WriteIn("Date"), WriteIn("Typed in by"))))
    what = f"{TITLE}, {team_named(outlook)}" if team_named(outlook) else TITLE
    return Sheet(TITLE, team_words(outlook), figures_of(outlook), what, tuple(blocks))


def _finding(outlook: Outlook, families: tuple[WaitingFamily, ...]) -> Paragraph:
    waiting = outlook.waiting
    if not waiting:
        return paragraph(strong("No child waits for a worker."))
    units = {outlook.scheme(row.case.team_id).unit for row in waiting}
    unit = units.pop() if len(units) == 1 else "points"
    # Where children are counted, the sum would say the same number twice.
    in_all = "" if unit == "children" else f", {figure(sum(family.tenths for family in families))} {unit} in all"
    among = f" in {counted(len(families), 'family', 'families')}" if len(families) < len(waiting) else ""
    verb = "waits" if len(waiting) == 1 else "wait"
    said = f"{counted(len(waiting), 'child', 'children')}{among} {verb} for a worker{in_all}."
    long = sum(row.working_days > 1 for row in waiting)
    must = sum(row.must_have_worker for row in waiting)
    more = f" {long} {'has' if long == 1 else 'have'} waited more than 1 working day." if long else ""
    on_plan = "is on a CP plan or looked after" if must == 1 else "are on a CP plan or looked after"
    more += f" {must} {on_plan} and must have a worker today." if must else ""
    return paragraph(strong(said), more)


_WAITING_COLUMNS = (
    Column("Child", 66),
    Column("Working days", 14, "right"),
    Column("Points", 13, "right"),
    Column("Worker"),
    Column("Decision", 55),
)


def _waiting_row(outlook: Outlook, options: SheetOptions, family: WaitingFamily, child: WaitingChild) -> Row:
    waiting = child.waiting
    decision = cell((Tick("Allocate"), Tick("Keep waiting")), WriteIn("Reason"))
    days = strong(str(waiting.working_days)) if waiting.must_have_worker else Run(str(waiting.working_days))
    points = "not weighed" if child.tenths is None else figure(child.tenths)
    is_first = len(family.children) > 1 and child is family.children[0]
    together = f"Family of {len(family.children)}, {figure(family.tenths)} together" if is_first else ""
    return row(_waiting_child(outlook, options, waiting, together), days, points, cell(WriteIn(), WriteIn("From")), decision)


def _waiting_child(outlook: Outlook, options: SheetOptions, waiting: Waiting, together: str) -> Cell:
    case, on = waiting.case, outlook.on
    since = f"{'From' if case.plan else 'Received'} {brief_day(case.plan_since or waiting.since, on)}"
    visit = (muted("; visit "), when_due(case.next_visit, on)) if case.next_visit is not None else ()
    lines: list[Run | tuple[Run, ...]] = [strong(child_words(case.child, options)), Run(plan_in_full(case, on))]
    lines.append((muted(since), *visit))
    if waiting.held_meanwhile:
        lines.append(muted(f"Meanwhile with {waiting.held_meanwhile}"))
    lines += [muted(words) for words in _siblings(outlook, options, case)]
    return cell(*lines, *([muted(together)] if together else []))


def _siblings(outlook: Outlook, options: SheetOptions, case: OpenCase) -> list[str]:
    """Others of the household with an open case, and who holds them; those who wait too in one line."""
    if not case.child.household:
        return []
    held, waiting = [], []
    for other in outlook.snapshot.by(Child, "household", case.child.household):
        theirs = outlook.case_of(other.id)
        if theirs is not None and other.id != case.child.id:
            words = child_words(other, options)
            if theirs.worker:
                held.append(f"Household: {words}, held by {theirs.worker.name}")
            else:
                waiting.append(words)
    return [*held, *([f"Household, also waiting: {', '.join(waiting)}"] if waiting else [])]


def _workloads(outlook: Outlook) -> Table:
    scale = scale_of(outlook.loads)
    units = {unit_of(load) for load in outlook.loads}
    unit = units.pop().capitalize() if len(units) == 1 else "Load"
    columns = (
        Column("Worker", 36),
        Column("Children", 15, "right"),
        Column(f"{unit}; the upright line is capacity"),
        Column(unit, 27, "right"),
        Column("Note", 44),
    )
    loads = sorted(outlook.loads, key=lambda load: load.worker.name)
    rows = [_workload(outlook, load, scale) for load in loads]
    points, state = pooled_words(outlook.loads)
    rows.append(row("Team", str(sum(len(load.child_ids) for load in loads)), "", points, state, kind="sum"))
    return Table(columns, tuple(rows))


def _workload(outlook: Outlook, load: Load, scale: int) -> Row:
    over = load.percent is not None and load.left < 0
    points = strong(points_of(load)) if over else Run(points_of(load))
    note = "; ".join(part for part in ("Over" if over else "", note_on(load, outlook)) if part)
    bar = load_bar(load, outlook.snapshot, outlook.on, scale)
    return row(strong(load.worker.name), str(len(load.child_ids)), bar, points, muted(note))


# One worker's sheet


def _worker_sheet(outlook: Outlook, options: SheetOptions, worker: Worker) -> Sheet:
    load = outlook.load_of(worker.id)
    blocks: list[Block] = [Strip(facts_of(outlook, worker))]
    blocks += [Heading("Newly allocated, to be agreed"), *_newly_allocated(outlook, options, worker)]
    if load is not None:
        drawn = load_bar(load, outlook.snapshot, outlook.on, scale_of([load]))
        bar = Table((Column(""), Column("", 34, "right")), (row(drawn, points_of(load)),))
        note = note_on(load, outlook)
        left = (Heading("Held now"), *_held(outlook, options, worker))
        right = (Heading(f"How {figure(load.used)} {unit_of(load)} are made"), *sum_of_points(load, outlook.on))
        blocks += [Heading("Load; the upright line is capacity"), PATTERN_KEY, bar]
        blocks += [paragraph(muted(note))] if note else []
        blocks.append(Pair(left, right))
    blocks.append(Signature((WriteIn("Agreed by"), WriteIn("Worker"), WriteIn("Date"))))
    title = f"{worker.name}: allocation sheet"
    return Sheet(title, worker_team_words(outlook, worker), figures_of(outlook), f"{TITLE}, {worker.name}", tuple(blocks))


def _newly_allocated(outlook: Outlook, options: SheetOptions, worker: Worker) -> tuple[Block, ...]:
    given = [
        held
        for held in outlook.snapshot.by(Allocation, "worker_id", worker.id)
        if held.start is not None and outlook.on - NEWLY < held.start and (held.end is None or held.end > outlook.on)
    ]
    rows = [_new_row(outlook, options, held, case) for held in given if (case := outlook.case_of(held.child_id)) is not None]
    if not rows:
        return (paragraph("No child was allocated in the last two weeks."),)
    columns = (Column("Child", 66), Column("From", 20), Column("Reason"), Column("Discussed", 20, "center"))
    return (Table(columns, tuple(rows)),)


def _new_row(outlook: Outlook, options: SheetOptions, held: Allocation, case: OpenCase) -> Row:
    on = outlook.on
    visit = (muted("Visit "), when_due(case.next_visit, on)) if case.next_visit is not None else ()
    child = cell(strong(child_words(case.child, options)), Run(plan_in_full(case, on)), *([visit] if visit else []))
    role = "" if held.role == "lead" else held.role.capitalize()
    return row(child, brief_day(held.start, on), cell(*[part for part in (role, held.reason) if part]), cell(Tick()))


def _held(outlook: Outlook, options: SheetOptions, worker: Worker) -> tuple[Block, ...]:
    rows = tuple(
        row(strong(child_words(case.child, options)), cell(Run(plan_in_letters(case, outlook.on))))
        for case in outlook.held_by(worker.id)
    )
    if not rows:
        return (paragraph("No children."),)
    return (Table((Column("", 42), Column("")), rows),)
