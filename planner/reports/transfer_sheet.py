"""The weekly transfer meeting's sheet: numbered lines with boxes to tick, typed back in the same order."""

from dataclasses import replace
from datetime import date
from itertools import groupby

from planner.core.outlook import Outlook
from planner.core.paper_sheets import TRANSFERS, lines_of, sheet_with
from planner.core.transfer_lines import sheet_lines
from planner.core.transfers import PLANNED, RETURNED, ToMove, destination, week_of
from planner.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Paragraph,
    Row,
    Run,
    Sheet,
    Signature,
    Table,
    Tick,
    WriteIn,
    cell,
    muted,
    paragraph,
    row,
    strong,
)
from planner.reports.report import Report, SheetOptions, made
from planner.reports.wording import brief_day, child_words, counted, figures_of, plan_in_letters, team_named, team_words

TITLE = "Transfer sheet"
_COLUMNS = (
    Column("", 8),
    Column("Child", 42),
    Column("At, planned for, to", 46),
    Column("Checklist"),
    Column("Decision", 48),
)


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The teams' sheet, always with initials only: it goes round the table."""
    options = replace(options, names=False)
    lines = sheet_lines(outlook)
    blocks: list[Block] = [_finding(lines)]
    if lines:
        blocks.append(Table(_COLUMNS, _rows(outlook, options, lines)))
    blocks.append(
        paragraph(muted("Items are numbered from the top. Typed back by line: 3 1 4 a; 5 r and the reason; 7 p and the day."))
    )
    blocks.append(Signature((WriteIn("Sending manager"), WriteIn("Receiving manager"), WriteIn("Typed in by"))))
    what = f"{TITLE}, {team_named(outlook)}" if team_named(outlook) else TITLE
    kept = sheet_with(outlook.snapshot, TRANSFERS, "", lines_of(outlook, TRANSFERS, ""))
    at_right = (f"Sheet {kept.number}", *figures_of(outlook)) if kept is not None else figures_of(outlook)
    return made(TITLE, (Sheet(TITLE, team_words(outlook), at_right, what, tuple(blocks)),), options)


TRANSFER_SHEET = Report("transfer-sheet", TITLE, build, of_team=True, initials_only=True, typed_back=TRANSFERS)


def _finding(lines: tuple[ToMove, ...]) -> Paragraph:
    if not lines:
        return paragraph(strong("Nothing is to move in the next two weeks."))
    to_decide = sum(one.is_to_decide for one in lines)
    unplanned = sum(one.transfer is None for one in lines)
    returned = sum(one.state == RETURNED for one in lines)
    verb = "is" if len(lines) == 1 else "are"
    said = f"{counted(len(lines), 'child', 'children')} {verb} to move in the next two weeks."
    return paragraph(strong(said), f" {to_decide} to decide today, {unplanned} with nothing planned, {returned} returned before.")


def _rows(outlook: Outlook, options: SheetOptions, lines: tuple[ToMove, ...]) -> tuple[Row, ...]:
    found: list[Row] = []
    numbered = list(enumerate(lines, start=1))
    for week, group in groupby(numbered, key=lambda one: week_of(one[1].by)):
        words = f"Week of {brief_day(week, outlook.on)}" if week is not None else "No day"
        found.append(row(cell(strong(words)), kind="group"))
        found += [_row(outlook, options, number, line) for number, line in group]
    return tuple(found)


def _row(outlook: Outlook, options: SheetOptions, number: int, line: ToMove) -> Row:
    case = line.case
    worker = case.worker.name if case.worker is not None else "no worker"
    giver = [f"from {outlook.team_name(case.team_id)}"] if len(outlook.teams) > 1 else []
    about = f"{plan_in_letters(case, outlook.on)}, {worker}"
    child = cell(strong(child_words(case.child, options)), about, *giver, *_since(line))
    return row(strong(str(number)), child, _where(outlook, line), _items(line), _decision(line))


def _since(line: ToMove) -> list[Run]:
    waited = f"{counted(line.working_days, 'working day')} waiting"
    return [muted(waited)] if line.working_days else []


def _where(outlook: Outlook, line: ToMove) -> Cell:
    day = brief_day(line.by, outlook.on)
    transfer = line.transfer
    if transfer is None:
        agreed = line.agreed
        to = (agreed.to_outside or agreed.to_function) if agreed is not None else ""
        return cell(Run(line.point.capitalize()), strong("Nothing planned"), Run(f"by {day}"), *([Run(f"to {to}")] if to else []))
    to = destination(outlook.snapshot, transfer) or "not said"
    if line.state == RETURNED:
        when = brief_day(transfer.decided_on, outlook.on)
        return cell(Run(line.point.capitalize()), Run(f"to {to}"), strong(f"Returned {when}"), muted(transfer.reason))
    return cell(Run(line.point.capitalize()), Run(day), Run(f"to {to}"))


def _items(line: ToMove) -> Cell:
    """What is done in words, and a box for each item that is not."""
    if not line.items:
        return cell(muted("Made when it is planned"))
    lines: list[Run | tuple[Tick, ...]] = []
    for place, item in enumerate(line.items, start=1):
        lines.append(muted(f"{place} {item.words}: done") if item.is_done else (Tick(f"{place} {item.words}"),))
    return cell(*lines)


def _decision(line: ToMove) -> Cell:
    if line.state == PLANNED:
        return cell((Tick("Accepted"), Tick("Returned")), WriteIn("Reason or worker"))
    return cell(WriteIn("Planned for"), WriteIn("To"))
