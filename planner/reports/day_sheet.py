"""A worker's day: the visits planned, a numbered line for each child, with blanks for what came of it; duty and fixed dates."""

from datetime import date

from planner.core.codes import EVENTS
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.paper_sheets import DAY, day_lines, day_visits, sheet_with
from planner.core.records import Event, Visit, Worker
from planner.reports.document import (
    Block,
    Column,
    Document,
    Heading,
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
from planner.reports.report import Report, SheetOptions
from planner.reports.several import sheets_of_workers
from planner.reports.wording import (
    brief_day,
    child_words,
    clock,
    counted,
    day_of_week,
    figures_of,
    plan_in_letters,
    when_due,
    worker_team_words,
)

TITLE = "Day sheet"
HOW = (
    "After each visit tick how the child was seen. The sheet is typed back by these numbers: a seen alone, s seen not alone, "
    "n not seen and why, then the place and the minutes; x moved to another day."
)
_COLUMNS = (
    Column("No", 8, "right"),
    Column("Time", 14),
    Column("Child", 34),
    Column("Last seen, due", 29),
    Column("Seen", 58),
    Column("Minutes", 15),
    Column("Why not, or moved to"),
)

_FIXED = (Column("", 14), Column("", 38), Column(""), Column("", 40), Column("", 44))


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The day of each worker chosen, as the plan has it. Raises Refused as `chosen_workers` and `check_names` do."""
    return sheets_of_workers(TITLE, outlook, options, _sheet)


DAY_SHEET = Report("day-sheet", TITLE, build, needs_worker=True, typed_back=DAY)


def _sheet(outlook: Outlook, options: SheetOptions, worker: Worker) -> Sheet:
    on, visits = outlook.on, day_visits(outlook, worker.id, outlook.on)
    blocks: list[Block] = []
    busy = [one.word for one in outlook.away(on, on) if one.worker.id == worker.id]
    if busy:
        blocks.append(paragraph(strong(", ".join(busy))))
    if visits:
        rows = tuple(_row(outlook, options, number, *visit) for number, visit in enumerate(visits, start=1))
        trips = len({visit.id for visit, _ in visits})
        blocks += [Heading(counted(trips, "visit")), paragraph(muted(HOW)), Table(_COLUMNS, rows)]
    else:
        blocks += [Heading("Visits"), paragraph("No visit is planned on this day.")]
    blocks += [*_fixed(outlook, options, worker), Notes("Notes", 4)]
    kept = sheet_with(outlook.snapshot, DAY, worker.id, day_lines(outlook, worker.id, on))
    at_right = (f"Sheet {kept.number}", *figures_of(outlook)) if kept is not None else figures_of(outlook)
    title = f"{worker.name}: {day_of_week(on)}"
    return Sheet(title, worker_team_words(outlook, worker), at_right, f"{TITLE}, {worker.name}", tuple(blocks))


def _row(outlook: Outlook, options: SheetOptions, number: int, visit: Visit, case: OpenCase) -> Row:
    on = outlook.on
    child = cell(strong(child_words(case.child, options)), muted(plan_in_letters(case, on)))
    due = when_due(case.next_visit, on) if case.next_visit is not None else muted("not owed")
    seen = cell((Tick("Alone"), Tick("Not alone"), Tick("No")))
    return row(
        strong(str(number)),
        cell(clock(visit.at) or "–", *([muted(visit.place)] if visit.place else [])),
        child,
        cell(brief_day(case.last_seen, on), due),
        seen,
        cell(WriteIn()),
        cell(WriteIn()),
    )


def _fixed(outlook: Outlook, options: SheetOptions, worker: Worker) -> list[Block]:
    """Meetings, reviews and hearings of the day for the children the worker leads."""
    found = [
        (event, case)
        for case in outlook.held_by(worker.id)
        for event in outlook.snapshot.by(Event, "child_id", case.child.id)
        if event.status == "planned" and event.on == outlook.on
    ]
    if not found:
        return []
    rows = tuple(
        row(
            cell(clock(event.at) or "–"),
            strong(child_words(case.child, options)),
            event.title or EVENTS.get(event.event, event.event),
            event.place,
            cell((Tick("Held"), WriteIn())),
        )
        for event, case in sorted(found, key=lambda pair: (clock(pair[0].at) or "~", pair[1].child.reference))
    )
    return [Heading("Fixed on this day"), Table(_FIXED, rows)]
