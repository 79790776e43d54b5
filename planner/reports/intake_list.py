"""The intake list: who waits for a decision, who was accepted or returned in a week, and whose they are, to be written on."""

from collections.abc import Sequence
from datetime import date, timedelta

from planner.core.codes import REFERRAL_SOURCES
from planner.core.date_words import range_words
from planner.core.intake import PRIORITIES, Intake, IntakeRow, families, intake
from planner.core.outlook import Outlook
from planner.core.records import Worker
from planner.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Fact,
    Heading,
    Row,
    Sheet,
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
from planner.reports.report import Report, SheetOptions, check_names, chosen_workers, made
from planner.reports.several import with_cover
from planner.reports.wording import brief_day, child_words, clock, counted, figures_of, team_words, worker_team_words

TITLE = "Intake list"
_WAITING = (
    Column("Child", 44),
    Column("Referred, received", 32),
    Column("From", 34),
    Column("Priority, visit by", 28),
    Column("Decision"),
)
_TAKEN = (
    Column("Child", 44),
    Column("Referred, received", 32),
    Column("From", 34),
    Column("Priority, visit by", 28),
    Column("Worker"),
)
_RETURNED = (Column("Child", 44), Column("Referred, received", 32), Column("From", 34), Column("Reason"))


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The week's intake of the teams looked at, or what of it each worker chosen took. Raises Refused as the choices do."""
    check_names(outlook, options)
    found = intake(outlook, week_on=options.week_on)
    if not options.worker_id and not options.each_worker:
        return made(TITLE, (_team_sheet(outlook, options, found),), options)
    sheets = tuple(_worker_sheet(outlook, options, found, worker) for worker in chosen_workers(outlook, options))
    return made(TITLE, with_cover(TITLE, outlook, sheets), options)


INTAKE_LIST = Report("intake-list", TITLE, build)


def _team_sheet(outlook: Outlook, options: SheetOptions, found: Intake) -> Sheet:
    blocks: list[Block] = [_facts(found)]
    if found.is_over_cap and found.cap is not None:
        over = len(found.open_cases) - found.cap
        blocks.append(paragraph(strong(f"{len(found.open_cases)} cases are open, {over} over the contract's {found.cap}.")))
    late = tuple(row for row in found.late if row.case is not None)
    parts = (
        ("To decide", _WAITING, tuple(_waiting_row(outlook, options, one) for one in found.waiting)),
        ("Not picked up within one working day", _TAKEN, tuple(_taken_row(outlook, options, one) for one in late)),
        ("Accepted in the week", _TAKEN, tuple(_taken_row(outlook, options, one) for one in found.accepted)),
        ("Returned in the week", _RETURNED, tuple(_returned_row(outlook, options, one) for one in found.returned)),
    )
    for title, columns, rows in parts:
        if rows:
            blocks += [Heading(title), Table(columns, rows)]
    if len(blocks) == 1:
        blocks.append(paragraph("Nobody was received in the week, and nobody waits for a decision."))
    return Sheet(TITLE, f"{team_words(outlook)}, {_week(found)}", figures_of(outlook), TITLE, tuple(blocks))


def _worker_sheet(outlook: Outlook, options: SheetOptions, found: Intake, worker: Worker) -> Sheet:
    rows = tuple(one for one in found.accepted if one.worker is not None and one.worker.id == worker.id)
    table = Table(_TAKEN, tuple(_taken_row(outlook, options, one) for one in rows))
    nobody = paragraph("No child of the week's intake was given to this worker yet.")
    under = f"{worker_team_words(outlook, worker)}, {_week(found)}"
    title = f"{worker.name}: intake"
    return Sheet(title, under, figures_of(outlook), f"{TITLE}, {worker.name}", (table if rows else nobody,))


def _week(found: Intake) -> str:
    return range_words(found.week_on, found.week_on + timedelta(days=4))


def _facts(found: Intake) -> Strip:
    quota = f"accepted of {found.quota}" if found.quota is not None else "accepted"
    cap = f"open cases of {found.cap}" if found.cap is not None else "open cases"
    facts = (
        Fact(str(len(found.received)), f"received, {_homes(found.received)}"),
        Fact(str(len(found.accepted)), quota),
        Fact(str(len(found.returned)), "returned"),
        Fact(str(len(found.waiting)), "to decide"),
        Fact(str(len(found.late)), "not picked up in time"),
        Fact(str(len(found.open_cases)), cap),
    )
    return Strip(facts)


def _homes(rows: Sequence[IntakeRow]) -> str:
    return counted(families(rows), "family", "families")


def _waiting_row(outlook: Outlook, options: SheetOptions, one: IntakeRow) -> Row:
    decision = cell((Tick("Accept"), Tick("Return")), WriteIn("Reason"))
    return row(_child(options, one), _days(outlook, one), _source(one), _pressing(outlook, one), decision)


def _taken_row(outlook: Outlook, options: SheetOptions, one: IntakeRow) -> Row:
    by = f"by {brief_day(one.pick_up_by, outlook.on)}" if one.pick_up_by else ""
    waits = cell(WriteIn(), strong(f"{by}, late") if one.is_late else muted(by))
    worker = cell(one.worker.name) if one.worker is not None else waits
    return row(_child(options, one), _days(outlook, one), _source(one), _pressing(outlook, one), worker)


def _returned_row(outlook: Outlook, options: SheetOptions, one: IntakeRow) -> Row:
    referral = one.referral
    why = cell(referral.reason, muted(f"by {referral.decided_by}")) if referral else cell("")
    return row(_child(options, one), _days(outlook, one), _source(one), why)


def _child(options: SheetOptions, one: IntakeRow) -> Cell:
    if one.child is not None:
        words = child_words(one.child, options)
    else:
        name = one.referral.name if one.referral and options.names else ""
        words = " – ".join(part for part in (one.reference or "No reference", name or one.initials) if part)
    return cell(strong(words))


def _days(outlook: Outlook, one: IntakeRow) -> Cell:
    at = one.referral.received_at if one.referral else None
    received = f"{brief_day(one.received_on, outlook.on)}{f' {clock(at)}' if at else ''}"
    return cell(brief_day(one.referred_on, outlook.on), muted(received))


def _source(one: IntakeRow) -> str:
    code = one.referral.referral_source if one.referral else one.case.referral_source if one.case else ""
    return REFERRAL_SOURCES.get(code, "")


def _pressing(outlook: Outlook, one: IntakeRow) -> Cell:
    of = one.case or one.referral
    priority = PRIORITIES.get(of.priority, "") if of else ""
    by = of.first_visit_by if of else None
    return cell(priority, *([muted(f"visit by {brief_day(by, outlook.on)}")] if by else []))
