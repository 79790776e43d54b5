"""A worker's week: what is planned day by day with boxes to tick, what has no place yet, and how the load is made."""

from datetime import date, timedelta
from itertools import groupby

from planner.core.codes import EVENTS
from planner.core.date_words import range_words
from planner.core.outlook import Outlook
from planner.core.outlook_rows import Away, OpenCase
from planner.core.records import Child, Commitment, Event, Visit, Worker
from planner.reports.document import (
    Block,
    Column,
    Document,
    Heading,
    Notes,
    Pair,
    Row,
    Run,
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
from planner.reports.due_rows import also_due, due_blocks, is_short
from planner.reports.load_bars import sum_of_points, unit_of
from planner.reports.report import Report, SheetOptions
from planner.reports.several import sheets_of_workers
from planner.reports.wording import (
    brief_day,
    child_words,
    clock,
    counted,
    day_of_week,
    figure,
    figures_of,
    plan_in_letters,
    when_due,
    worker_team_words,
)
from planner.reports.worker_facts import facts_of, planned_children, to_see_by, trips_of, week_of

TITLE = "Worker's week"
AFTER = timedelta(days=14)
"""How far past Friday the sheet looks."""

_DAY_COLUMNS = (
    Column("Time", 16),
    Column("Child", 35),
    Column("Type", 27),
    Column("Last seen", 18),
    Column("Due"),
    Column("Seen", 12, "center"),
    Column("Alone", 12, "center"),
    Column("Bedroom", 16, "center"),
    Column("Minutes", 15),
)

Timed = tuple[str, str, tuple[Row, ...]]
"""Rows of one trip or fixed date: its time, its order among those of the same time, and its rows."""


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The week of each worker chosen. Raises Refused as `chosen_workers` and `check_names` do."""
    return sheets_of_workers(TITLE, outlook, options, _sheet)


WORKER_WEEK = Report("worker-week", TITLE, build, needs_worker=True)


def _sheet(outlook: Outlook, options: SheetOptions, worker: Worker) -> Sheet:
    first, friday = week_of(outlook.on)
    blocks: list[Block] = [Strip(facts_of(outlook, worker)), Heading("Visits and fixed days")]
    blocks.append(Table(_DAY_COLUMNS, _days(outlook, options, worker, first, friday)))
    blocks += _not_placed(outlook, options, worker, first, friday)
    blocks += _due_and_load(outlook, options, worker, friday)
    blocks.append(Notes("Notes", 3))
    title = f"{worker.name}: week of {range_words(first, friday)}"
    return Sheet(title, worker_team_words(outlook, worker), figures_of(outlook), f"Week sheet, {worker.name}", tuple(blocks))


def _due_and_load(outlook: Outlook, options: SheetOptions, worker: Worker, friday: date) -> tuple[Block, ...]:
    """What else is due and how the load is made: side by side where both are short."""
    due = also_due(outlook, worker, friday, friday + AFTER)
    listed = due_blocks(outlook, options, due, friday + AFTER)
    load = outlook.load_of(worker.id)
    if load is None:
        return listed
    made_of = (Heading(f"How your {figure(load.used)} {unit_of(load)} are made"), *sum_of_points(load, outlook.on))
    return (Pair(listed, made_of),) if is_short(due) else (*listed, *made_of)


# Day by day


def _days(outlook: Outlook, options: SheetOptions, worker: Worker, first: date, friday: date) -> tuple[Row, ...]:
    trips = trips_of(outlook, worker, first, friday)
    dates = _fixed_dates(outlook, worker, first, friday)
    away = [one for one in outlook.away(first, friday) if one.worker.id == worker.id]
    rows: list[Row] = []
    for offset in range((friday - first).days + 1):
        day = first + timedelta(days=offset)
        timed = [_trip(outlook, options, worker, visit, cases) for visit, cases in trips if visit.on == day]
        visits = sum(1 for visit, _ in trips if visit.on == day)
        timed += [_fixed_date(options, event, child) for event, child in dates if event.on == day]
        words = _day_words(outlook, options, worker, day, visits, away)
        rows.append(row(cell((strong(day_of_week(day)), muted(f"   {words}"))), kind="group"))
        rows += [each for _, _, trip in sorted(timed, key=lambda timed_rows: timed_rows[:2]) for each in trip]
    return tuple(rows)


def _day_words(outlook: Outlook, options: SheetOptions, worker: Worker, day: date, visits: int, away: list[Away]) -> str:
    words = []
    if not outlook.calendar.is_working(day):
        words.append("Bank holiday")
    elif not worker.pattern[day.weekday()]:
        words.append("Not a working day")
    words += [_away_words(outlook, options, one, day) for one in away if one.first_day <= day <= one.last_day]
    if visits:
        words.append(counted(visits, "visit"))
    return ", ".join(words) or "No visits planned"


def _away_words(outlook: Outlook, options: SheetOptions, away: Away, day: date) -> str:
    """Away, duty day, court, with the child of a hearing; never why someone is away."""
    word = "Duty day" if away.kind == "duty" else away.word
    for busy in outlook.snapshot.by(Commitment, "worker_id", away.worker.id):
        is_this = busy.first_day == away.first_day and busy.kind == away.kind
        child = outlook.snapshot.find(Child, busy.child_id) if is_this and busy.child_id else None
        if child is not None:
            return f"{word}: {child_words(child, options)}"
    return word


def _trip(outlook: Outlook, options: SheetOptions, worker: Worker, visit: Visit, cases: list[OpenCase]) -> Timed:
    """One trip: each child a row, the time and the minutes once."""
    rows = []
    for index, case in enumerate(cases):
        place = _trip_words(outlook, worker, visit, len(cases)) if index == 0 else ""
        agreed = [_agreed(visit)] if index == 0 and visit.status == "planned" else []
        child = cell(strong(child_words(case.child, options)), *([Run(place, "small")] if place else []), *agreed)
        due = when_due(case.next_visit, outlook.on) if case.next_visit is not None else muted("not owed")
        rows.append(
            row(
                clock(visit.at) if index == 0 else cell(Run("same trip", "small")),
                child,
                plan_in_letters(case, outlook.on),
                brief_day(case.last_seen, outlook.on),
                due,
                cell(Tick()),
                cell(Tick()),
                cell(Tick()),
                cell(WriteIn()) if index == 0 else "",
            )
        )
    return clock(visit.at) or "~", cases[0].child.reference if cases else "", tuple(rows)


def _agreed(visit: Visit) -> Tick | Run:
    """What the worker said to the day, or a box to say it in: the sheet comes back and is entered from the board."""
    return Tick("confirmed") if visit.confirmed_on is None else Run("confirmed", "small")


def _trip_words(outlook: Outlook, worker: Worker, visit: Visit, children: int) -> str:
    """Where, with whom, and how many children, where there is something to say."""
    others = [visit.worker_id, *visit.with_worker_ids]
    names = [found.name for other in others if other != worker.id and (found := outlook.snapshot.find(Worker, other))]
    parts = [visit.place.capitalize() if visit.place != "home" else "", f"with {', '.join(names)}" if names else ""]
    parts.append(f"{children} children, one trip" if children > 1 else "")
    parts.append("contact, not statutory" if visit.standing == "contact" else "")
    return "; ".join(part for part in parts if part)


def _fixed_dates(outlook: Outlook, worker: Worker, first: date, friday: date) -> list[tuple[Event, Child]]:
    """Meetings, reviews and hearings planned in the week for the children a worker leads, and the worker's own."""
    found = []
    for case in outlook.held_by(worker.id):
        for event in outlook.snapshot.by(Event, "child_id", case.child.id):
            if event.status == "planned" and event.on is not None and first <= event.on <= friday:
                found.append((event, case.child))
    return found


def _fixed_date(options: SheetOptions, event: Event, child: Child) -> Timed:
    title = event.title or EVENTS.get(event.event, event.event.replace("_", " ").capitalize())
    place = f", {event.place}" if event.place else ""
    words = cell((strong(title), Run(place)), span=3)
    done = cell((Tick("Held"), WriteIn()), span=4)
    return clock(event.at) or "~", child.reference, (row(clock(event.at), strong(child_words(child, options)), words, done),)


# What has no place yet


def _not_placed(outlook: Outlook, options: SheetOptions, worker: Worker, first: date, friday: date) -> list[Block]:
    start = max(first, outlook.on)
    planned = planned_children(outlook, start, friday)
    left = [case for case in to_see_by(outlook, worker, friday) if case.child.id not in planned]
    if not left:
        return [Heading("Not placed: none"), paragraph(muted("Every child who must be seen by Friday has a visit planned."))]
    households = len(list(_by_household(left)))
    trips = f", {counted(households, 'trip')}" if households < len(left) else ""
    title = f"Not placed: {counted(len(left), 'child', 'children')} to see by Friday{trips}"
    columns = (Column("", 36), Column("", 28), Column("", 34), Column("", 34), Column(""))
    rows = tuple(_not_placed_row(outlook, options, case) for _, cases in _by_household(left) for case in cases)
    told = "Agree a day for each with the team manager, or write what was decided."
    return [Heading(title), paragraph(muted(told)), Table(columns, rows)]


def _by_household(cases: list[OpenCase]) -> list[tuple[str, list[OpenCase]]]:
    """The cases with those of one household together, in the order of the first of each."""
    order: dict[str, int] = {}
    for place, case in enumerate(cases):
        order.setdefault(_household(case), place)
    ranked = sorted(cases, key=lambda case: order[_household(case)])
    return [(household, list(group)) for household, group in groupby(ranked, key=_household)]


def _household(case: OpenCase) -> str:
    return case.child.household or case.child.id


def _not_placed_row(outlook: Outlook, options: SheetOptions, case: OpenCase) -> Row:
    seen = f"last seen {brief_day(case.last_seen, outlook.on)}" if case.last_seen is not None else "not yet seen"
    assert case.next_visit is not None
    due = when_due(case.next_visit, outlook.on)
    return row(strong(child_words(case.child, options)), plan_in_letters(case, outlook.on), seen, cell(due), cell(WriteIn()))
