"""A job of several workers: a cover that lists them, then each from a new page."""

from collections.abc import Callable

from planner.core.outlook import Outlook
from planner.core.records import Worker
from planner.reports.document import Column, Document, Heading, Sheet, Table, Tick, cell, paragraph, row, strong
from planner.reports.report import SheetOptions, check_names, chosen_workers, made
from planner.reports.wording import counted, figures_of, team_named, team_words


def sheets_of_workers(
    title: str, outlook: Outlook, options: SheetOptions, sheet_of: Callable[[Outlook, SheetOptions, Worker], Sheet]
) -> Document:
    """The sheet of each worker chosen, behind a cover where there are several.

    Raises Refused as `chosen_workers` and `check_names` do.
    """
    check_names(outlook, options)
    sheets = tuple(sheet_of(outlook, options, worker) for worker in chosen_workers(outlook, options))
    return made(title, with_cover(title, outlook, sheets), options)


def with_cover(title: str, outlook: Outlook, sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """The sheets, behind a cover where there are several; one alone needs none."""
    if len(sheets) < 2:
        return sheets
    told = f"{counted(len(sheets), 'sheet')} follow, each from a new page. Part them before they are handed out."
    columns = (Column("Sheet"), Column("Handed over", 24, "center"))
    rows = tuple(row(strong(sheet.title), cell(Tick())) for sheet in sheets)
    blocks = (paragraph(told), Heading("In this job"), Table(columns, rows))
    what = f"{title}, cover, {team_named(outlook)}" if team_named(outlook) else f"{title}, cover"
    return Sheet(f"{title}: {counted(len(sheets), 'sheet')}", team_words(outlook), figures_of(outlook), what, blocks), *sheets
