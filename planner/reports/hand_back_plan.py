"""The hand-back plan: every open case at the contract's end, by the week in which it goes, and what is missing for it."""

from dataclasses import replace
from datetime import date
from itertools import groupby

from planner.core.date_words import full_date
from planner.core.hand_back import HandBack, contract_ends_on, hand_back
from planner.core.outlook import Outlook
from planner.reports.document import (
    Block,
    Column,
    Document,
    Fact,
    Paragraph,
    Row,
    Sheet,
    Strip,
    Table,
    Tick,
    cell,
    muted,
    paragraph,
    row,
    strong,
)
from planner.reports.report import Report, SheetOptions, made
from planner.reports.wording import brief_day, child_words, counted, figures_of, plan_in_letters, team_named, team_words

TITLE = "Hand-back plan"
_COLUMNS = (
    Column("Child", 27),
    Column("Type, age", 24),
    Column("Worker", 28),
    Column("Goes to", 32),
    Column("Day", 15),
    Column("Missing"),
    Column("Done", 11, "center"),
)


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The plan of the teams looked at, always with initials only."""
    options = replace(options, names=False)
    ends_on = contract_ends_on(outlook.snapshot)
    rows = hand_back(outlook, ends_on or date.max)
    blocks: list[Block] = [_finding(ends_on), Strip(_facts(rows))]
    if rows:
        blocks.append(Table(_COLUMNS, _by_week(outlook, options, rows)))
    what = f"{TITLE}, {team_named(outlook)}" if team_named(outlook) else TITLE
    return made(TITLE, (Sheet(TITLE, team_words(outlook), figures_of(outlook), what, tuple(blocks)),), options)


HAND_BACK_PLAN = Report("hand-back-plan", TITLE, build, of_team=True, initials_only=True)


def _finding(ends_on: date | None) -> Paragraph:
    if ends_on is None:
        return paragraph(strong("No end of the contract is agreed."), " Every open case is listed.")
    return paragraph(strong(f"The contract ends on {full_date(ends_on)}."), " Every case open then is handed back before.")


def _facts(rows: tuple[HandBack, ...]) -> tuple[Fact, ...]:
    return (
        Fact(f"{len(rows):,}", "open cases"),
        Fact(f"{sum(not one.to for one in rows):,}", "with nowhere to go yet"),
        Fact(f"{sum(bool(one.missing) for one in rows):,}", "with something missing"),
        Fact(f"{sum(one.closing is not None for one in rows):,}", "ready to close"),
    )


def _by_week(outlook: Outlook, options: SheetOptions, rows: tuple[HandBack, ...]) -> tuple[Row, ...]:
    found: list[Row] = []
    for (has_place, week), group in groupby(rows, key=lambda one: (bool(one.to), one.week_on)):
        in_week = list(group)
        words = f"Week of {brief_day(week, outlook.on)}" if week else "No day yet" if has_place else "Nowhere to go yet"
        found.append(row(cell((strong(words), muted(f"   {counted(len(in_week), 'child', 'children')}"))), kind="group"))
        found += [_row(outlook, options, one) for one in in_week]
    return tuple(found)


def _row(outlook: Outlook, options: SheetOptions, one: HandBack) -> Row:
    case = one.case
    return row(
        strong(child_words(case.child, options)),
        plan_in_letters(case, outlook.on),
        case.worker.name if case.worker is not None else "no worker",
        one.to or "",
        brief_day(one.on, outlook.on),
        ", ".join(one.missing) or muted("nothing"),
        cell(Tick()),
    )
