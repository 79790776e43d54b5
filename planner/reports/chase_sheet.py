"""The chase sheet: what is late or missing of a worker's, a numbered line each, with boxes to tick; it is typed back in order."""

from datetime import date

from planner.core.chase import LATE, NO_OUTCOME, NOT_ALONE, UNRECORDED, Gap, gaps_by_worker, is_promise_broken
from planner.core.chase_message import gap_words
from planner.core.outlook import Outlook
from planner.core.paper_sheets import CHASE, chase_lines, sheet_with
from planner.core.records import Worker
from planner.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Line,
    Notes,
    Row,
    Sheet,
    Table,
    Tick,
    WriteIn,
    cell,
    muted,
    paragraph,
    row,
    strong,
)
from planner.reports.report import Report, SheetOptions, check_names, chosen_workers, made
from planner.reports.several import with_cover
from planner.reports.wording import child_words, counted, figures_of, plan_in_letters, short_day, worker_team_words

TITLE = "Chase sheet"
HOW = (
    "For each line tick what is so, or write the day it will be there. The sheet is typed back by these numbers: "
    "r recorded, a seen alone, s seen not alone, n not seen and why, p promised by, x moved to another day."
)
_COLUMNS = (Column("No", 9, "right"), Column("Child", 38), Column("What"), Column("Settled", 46), Column("Promised by", 30))
_TICKS: dict[str, Line] = {
    UNRECORDED: (Tick("Recorded"),),
    NOT_ALONE: (Tick("Alone"), Tick("Not alone")),
    NO_OUTCOME: (Tick("Alone"), Tick("Seen"), Tick("Not seen")),
    LATE: (Tick("Done on"), WriteIn()),
}


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The sheet of each worker chosen. Raises Refused as `chosen_workers` and `check_names` do."""
    check_names(outlook, options)
    groups = gaps_by_worker(outlook.gaps)
    workers = [one for one in chosen_workers(outlook, options) if not options.each_worker or one.id in groups]
    sheets = tuple(_sheet(outlook, options, worker, groups.get(worker.id, ())) for worker in workers)
    return made(TITLE, with_cover(TITLE, outlook, sheets), options)


CHASE_SHEET = Report("chase-sheet", TITLE, build, needs_worker=True, typed_back=CHASE)


def _sheet(outlook: Outlook, options: SheetOptions, worker: Worker, gaps: tuple[Gap, ...]) -> Sheet:
    blocks: list[Block] = [paragraph(strong("Nothing is late or missing."))]
    if gaps:
        rows = tuple(_row(outlook, options, number, gap) for number, gap in enumerate(gaps, start=1))
        blocks = [paragraph(strong(f"{counted(len(gaps), 'line')} "), muted(HOW)), Table(_COLUMNS, rows)]
    blocks.append(Notes("Notes", 2))
    kept = sheet_with(outlook.snapshot, CHASE, worker.id, chase_lines(outlook, worker.id))
    at_right = (f"Sheet {kept.number}", *figures_of(outlook)) if kept is not None else figures_of(outlook)
    title = f"{worker.name}: late or missing"
    return Sheet(title, worker_team_words(outlook, worker), at_right, f"{TITLE}, {worker.name}", tuple(blocks))


def _row(outlook: Outlook, options: SheetOptions, number: int, gap: Gap) -> Row:
    on = outlook.on
    children = [strong(child_words(case.child, options)) for case in gap.cases]
    children.append(muted(plan_in_letters(gap.cases[0], on)))
    what = [gap_words(gap, on)]
    last = gap.last_chased
    if last is not None:
        said = f"asked {short_day(last.on, on)}"
        if last.promised_by is not None:
            said += f", promised {short_day(last.promised_by, on)}"
        return row(
            strong(str(number)),
            cell(*children),
            cell(*what, strong(f"{said}, broken") if is_promise_broken(gap, on) else muted(said)),
            _settled(gap),
            cell(WriteIn()),
        )
    return row(strong(str(number)), cell(*children), cell(*what), _settled(gap), cell(WriteIn()))


def _settled(gap: Gap) -> Cell:
    return cell(_TICKS[gap.kind]) if gap.kind in _TICKS else cell(WriteIn())
