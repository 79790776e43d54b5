"""How a worker's workload is worked out: every line of the sum with its children, the rule behind it, and room to agree it."""

from datetime import date, timedelta

from planner.core.codes import PLANS
from planner.core.coming_changes import coming_changes
from planner.core.outlook import Outlook
from planner.core.records import Child, Worker
from planner.core.team_changes import falling_due, new_children
from planner.core.workload import Load, LoadLine
from planner.reports.document import (
    Block,
    Column,
    Document,
    Fact,
    Heading,
    Notes,
    Row,
    Sheet,
    Signature,
    Strip,
    Table,
    WriteIn,
    cell,
    muted,
    paragraph,
    row,
    strong,
)
from planner.reports.load_bars import PATTERN_KEY, load_bar, points_of, room_of, scale_of, sum_of_points, unit_of
from planner.reports.report import Report, SheetOptions
from planner.reports.several import sheets_of_workers
from planner.reports.wording import child_words, figure, figures_of, short_day, worker_team_words

TITLE = "How my workload is worked out"
SOON, LATER = timedelta(days=14), timedelta(days=28)
_LINES = (Column("Line", 52), Column("Children"), Column("Each", 16, "right"), Column("", 18, "right"))
_BAR = (Column(""),)


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The sum of each worker chosen. Raises Refused as `chosen_workers` and `check_names` do."""
    return sheets_of_workers(TITLE, outlook, options, _sheet)


WORKLOAD_SHEET = Report("workload-sheet", TITLE, build, needs_worker=True)


def _sheet(outlook: Outlook, options: SheetOptions, worker: Worker) -> Sheet:
    load = outlook.load_of(worker.id)
    blocks: list[Block] = []
    if load is not None:
        blocks += [Strip(_facts(outlook, load)), *_sum(outlook, options, load), *_rules(outlook, load), *_coming(outlook, worker)]
    blocks += [Notes("What was agreed", 4), Signature((WriteIn("Worker", 50), WriteIn("Manager", 50), WriteIn("Date", 30)))]
    title = f"{worker.name}: how the workload is worked out"
    return Sheet(title, worker_team_words(outlook, worker), figures_of(outlook), f"Workload, {worker.name}", tuple(blocks))


def _facts(outlook: Outlook, load: Load) -> tuple[Fact, ...]:
    on, worker = outlook.on, load.worker
    new = len(new_children(outlook, worker))
    due = [len(falling_due(outlook, worker, on, on + ahead)) for ahead in (SOON, LATER)]
    percent = f"{load.percent:.0f}%" if load.percent is not None else "–"
    return (
        Fact(points_of(load), room_of(load)),
        Fact(percent, f"used of what is available: {load.state}"),
        Fact(str(new), f"new {'child' if new == 1 else 'children'} in 7 days"),
        Fact(str(due[0]), f"duties fall due in 14 days, {due[1]} in 28"),
    )


def _sum(outlook: Outlook, options: SheetOptions, load: Load) -> tuple[Block, ...]:
    """The bar, then every line with the children it counts."""
    rows = [_line(outlook, options, line) for line in load.lines]
    rows.append(row(strong("Used"), "", "", cell(strong(figure(load.used))), kind="sum"))
    bar = Table(_BAR, (row(load_bar(load, outlook.snapshot, outlook.on, scale_of([load]))),))
    unit = unit_of(load).capitalize()
    lines = Table((*_LINES[:3], Column(unit, 18, "right")), tuple(rows))
    missing = [child for one in load.unweighted if (child := outlook.snapshot.find(Child, one)) is not None]
    names = ", ".join(child_words(child, options) for child in missing)
    told = f"No weight under this scheme, and not counted: {names.removesuffix('.')}."
    return (Heading("What is used"), bar, PATTERN_KEY, lines, *((paragraph(strong(told)),) if missing else ()))


def _line(outlook: Outlook, options: SheetOptions, line: LoadLine) -> Row:
    children = [child for one in line.child_ids if (child := outlook.snapshot.find(Child, one)) is not None]
    names = ", ".join(child_words(child, options) for child in children)
    times = f"{line.count} × {figure(line.each)}" if line.each and line.child_ids else ""
    return row(strong(line.label), cell(muted(names)) if names else "", times, figure(line.tenths))


def _rules(outlook: Outlook, load: Load) -> tuple[Block, ...]:
    """What is available and where the weights come from."""
    scheme = load.scheme
    if scheme is None:
        return ()
    weights = ", ".join(f"{_kind(kind)} {figure(weight)}" for kind, weight in scheme.weights.items())
    available = sum_of_points(load, outlook.on)[0]
    assert isinstance(available, Table)
    return (
        Heading("What is available"),
        Table(available.columns, available.rows[-1:]),
        paragraph(strong(f"Scheme: {scheme.title}. "), f"{scheme.source} Weights: {weights}."),
        paragraph(strong("Statutory visits: "), outlook.allowance(load.worker).why),
    )


def _kind(kind: str) -> str:
    plan = kind.removesuffix("_in_proceedings")
    words = PLANS.get(plan, plan).lower()
    return f"{words} in proceedings" if plan != kind else words


def _coming(outlook: Outlook, worker: Worker) -> tuple[Block, ...]:
    """What is known to change; of days away never why."""
    changes = coming_changes(outlook, worker)
    if not changes:
        return (Heading("What changes next"), paragraph("No change is planned."))
    rows = tuple(row(short_day(change.on, outlook.on), change.words) for change in changes)
    return (Heading("What changes next"), Table((Column("", 30), Column("")), rows))
