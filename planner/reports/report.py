"""What a report is, and what a person may choose about one print job."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from planner.core.errors import Refused
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.records import Worker
from planner.core.workspace_settings import NAMES_ALLOWED
from planner.reports.document import Document, Sheet, stamped
from planner.reports.plain_table import PlainTable


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """The choices of one job: whose sheet or of which child, whether each worker's follows the other, names or not, who prints.

    `printed_at` is local time; with nobody who prints, the pages carry no footer line of the job. `month_on` is a day of the
    month that is told of, and `week_on` the Monday of a week, None for that of the day looked at.
    """

    worker_id: str = ""
    each_worker: bool = False
    names: bool = False
    printed_by: str = ""
    printed_at: datetime | None = None
    child_id: str = ""
    month_on: date | None = None
    week_on: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report by its name on the command line.

    `needs_worker`: there is no sheet of the whole team, so one is chosen; `needs_child`: it is about one child.

    `of_team`: it is the whole team's, and never one worker's; `initials_only`: no choice of the job puts names on it.

    `by_month`: it tells of a calendar month, which may be chosen; `typed_back` is the kind of sheet (`core.paper_sheets`) that
    is numbered and typed back, where it is one. `build` raises Refused where the choices do not fit the
    report or the council's rules, and so does `table`, by which it can be had as rows for a spreadsheet.
    """

    name: str
    title: str
    build: Callable[[Outlook, SheetOptions, date], Document]
    needs_worker: bool = False
    options: type[SheetOptions] = SheetOptions
    needs_child: bool = False
    of_team: bool = False
    initials_only: bool = False
    by_month: bool = False
    typed_back: str = ""
    table: Callable[[Outlook, SheetOptions, date], PlainTable] | None = None


def made(title: str, sheets: tuple[Sheet, ...], options: SheetOptions) -> Document:
    """The document of some sheets, with the footer of its job where it is known who prints."""
    document = Document(title, sheets, options.names)
    if not options.printed_by or options.printed_at is None:
        return document
    return stamped(document, options.printed_by, options.printed_at)


def chosen_workers(outlook: Outlook, options: SheetOptions) -> tuple[Worker, ...]:
    """The workers whose sheets are printed, in order of name. Raises Refused where it is of no team here, or none is chosen."""
    if options.each_worker:
        return outlook.workers
    found = tuple(worker for worker in outlook.workers if worker.id == options.worker_id)
    if found:
        return found
    if options.worker_id:
        raise Refused("This worker is not in the teams looked at. Choose the team first. Nothing was printed.")
    raise Refused("Choose whose sheet to print, or choose each worker in turn. Nothing was printed.")


def chosen_child(outlook: Outlook, options: SheetOptions) -> OpenCase:
    """The open case of the child whose sheet is printed. Raises Refused where none is chosen, or it is not open here."""
    case = outlook.case_of(options.child_id) if options.child_id else None
    if case is None:
        raise Refused("Choose a child with an open case in the teams looked at. Nothing was printed.")
    return case


def check_names(outlook: Outlook, options: SheetOptions) -> None:
    """Raises Refused where names are asked for and the council does not let them be kept here."""
    if options.names and not names_allowed(outlook):
        raise Refused("The council does not let names be shown here. Print with initials. Nothing was printed.")


def names_allowed(outlook: Outlook) -> bool:
    """Whether the council lets children's names be kept in this workspace, so that a job may show them."""
    return outlook.snapshot.setting(NAMES_ALLOWED) == "yes"
