"""What still has to be typed into the case system, child by child, with a box to tick for each thing."""

from datetime import date

from planner.core.outlook import Outlook
from planner.core.to_type import KINDS, ToType, to_type
from planner.reports.document import Block, Column, Document, Row, Sheet, Table, Tick, cell, muted, paragraph, row, strong
from planner.reports.report import Report, SheetOptions, check_names, chosen_workers, made
from planner.reports.wording import child_words, counted, figures_of, short_day, team_words, worker_team_words

TITLE = "To type into the case system"
NOTHING = "Everything done here is in the case system."
_COLUMNS = (Column("Child", 38), Column("What", 20), Column("Done"), Column("On", 24), Column("By", 32), Column("", 17))


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The list of the teams looked at, or of each worker chosen: what that worker did. Raises Refused as the choices do."""
    check_names(outlook, options)
    rows = to_type(outlook)
    if not options.worker_id and not options.each_worker:
        return made(TITLE, (_sheet(outlook, options, TITLE, team_words(outlook), rows),), options)
    sheets = tuple(
        _sheet(
            outlook,
            options,
            f"{worker.name}: to type",
            worker_team_words(outlook, worker),
            tuple(one for one in rows if one.worker is not None and one.worker.id == worker.id),
        )
        for worker in chosen_workers(outlook, options)
    )
    return made(TITLE, sheets, options)


TO_TYPE = Report("to-type", TITLE, build)


def _sheet(outlook: Outlook, options: SheetOptions, title: str, under: str, rows: tuple[ToType, ...]) -> Sheet:
    blocks: list[Block] = [paragraph(strong(NOTHING))]
    if rows:
        children = len({one.child.id for one in rows})
        words = f"{counted(len(rows), 'line')} of {counted(children, 'child', 'children')}, in the order of the children."
        blocks = [paragraph(words), Table(_COLUMNS, _lines(outlook, options, rows))]
    return Sheet(title, under, figures_of(outlook), title, tuple(blocks))


def _lines(outlook: Outlook, options: SheetOptions, rows: tuple[ToType, ...]) -> tuple[Row, ...]:
    """A line for each thing; a child is named on the first of the child's lines."""
    lines, before = [], ""
    for one in rows:
        child = strong(child_words(one.child, options)) if one.child.id != before else ""
        before = one.child.id
        by = one.worker.name if one.worker is not None else ""
        when = short_day(one.on, outlook.on)
        lines.append(
            row(cell(child), cell(muted(KINDS[one.kind])), cell(one.words), cell(when), cell(by), cell((Tick("Typed"),)))
        )
    return tuple(lines)
