"""The Monday brief: Today on paper, in order of need, with the stories; initials only."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from planner.core.codes import PLAN_MARKS
from planner.core.manager_queue import ToDecide
from planner.core.outlook import Outlook
from planner.core.outlook_rows import CaseDue, LateVisit, NearLimit, OpenCase, Waiting
from planner.core.workload import Load
from planner.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Fact,
    Heading,
    Row,
    Run,
    Sheet,
    Strip,
    Table,
    cell,
    muted,
    paragraph,
    row,
    strong,
)
from planner.reports.load_bars import points_of, room_of
from planner.reports.report import Report, SheetOptions, check_names, made
from planner.reports.stories import brief_story
from planner.reports.wording import (
    brief_day,
    child_words,
    counted,
    figures_of,
    team_named,
    team_words,
    when_due,
)

TITLE = "Monday brief"
MOST, MOST_LATE = 3, 8
"""Rows of a list, and of the overdue visits; how many more there are is said."""
KINDS = {
    "tries": "Tried twice, not seen",
    "sign": "Assessment to sign",
    "closing": "Case to close",
    "transfer": "Transfer to accept or return",
    "story": "Story to agree",
    "check": "Check to record",
}
_COLUMNS = (Column("", 38), Column("", 33), Column("", 30), Column(""))


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The brief of the teams looked at. Raises Refused as `check_names` does."""
    check_names(outlook, options)
    blocks: list[Block] = [Strip(_facts(outlook)), *_sections(outlook, options)]
    what = f"{TITLE}, {team_named(outlook)}" if team_named(outlook) else TITLE
    return made(TITLE, (Sheet(TITLE, team_words(outlook), figures_of(outlook), what, tuple(blocks)),), options)


MONDAY_BRIEF = Report("monday-brief", TITLE, build, of_team=True)


def _facts(outlook: Outlook) -> tuple[Fact, ...]:
    late, without = outlook.overdue_visits, len(outlook.overdue_without_story)
    suspended = len(outlook.suspended_clocks)
    return (
        Fact(f"{len(late):,}", f"{'visit' if len(late) == 1 else 'visits'} overdue"),
        Fact(f"{len(outlook.waiting):,}", "with no worker"),
        Fact(f"{len(outlook.manager_queue):,}", "to decide"),
        Fact(f"{without:,}", "overdue without a story"),
        Fact(f"{suspended:,}", f"{'clock' if suspended == 1 else 'clocks'} suspended by decision"),
    )


def _sections(outlook: Outlook, options: SheetOptions) -> list[Block]:
    def case_row(case: OpenCase, status: Run | Cell, said: Cell | Run | str) -> Row:
        worker = Run(case.worker.name) if case.worker is not None else strong("No worker")
        child = cell((strong(child_words(case.child, options)), muted(f"  {PLAN_MARKS.get(case.plan, '')}")))
        return row(child, worker, status, said)

    def late(one: LateVisit) -> Row:
        return case_row(one.case, when_due(one.obligation, outlook.on), brief_story(outlook, one))

    def waits(one: Waiting) -> Row:
        must = [strong("must have a worker")] if one.must_have_worker else []
        held = Run(f"held meanwhile by {one.held_meanwhile}") if one.held_meanwhile else strong("nobody named meanwhile")
        return case_row(
            one.case, Run(counted(one.working_days, "working day") if one.working_days else "came today"), cell(*must, held)
        )

    def decide(one: ToDecide) -> Row:
        return case_row(one.case, Run(f"since {brief_day(one.since, outlook.on)}"), KINDS[one.kind])

    def name_only(case: OpenCase) -> Row:
        return case_row(case, Run(f"last seen {brief_day(case.last_seen, outlook.on)}"), muted("worker away"))

    def due(one: CaseDue) -> Row:
        return case_row(one.case, when_due(one.obligation, outlook.on), outlook.rule_of(one.obligation).title)

    def near(one: NearLimit) -> Row:
        return case_row(one.case, Run(f"day {one.day} of {one.limit}"), cell(when_due(one.obligation, outlook.on)))

    def full(one: Load) -> Row:
        return row(strong(one.worker.name), points_of(one), room_of(one), counted(len(one.child_ids), "child", "children"))

    return [
        *_section("Overdue visits", outlook.overdue_visits, late, "No visit is overdue.", MOST_LATE),
        *_section("No worker", outlook.waiting, waits, "Every child has a worker."),
        *_section("For the manager to decide", outlook.manager_queue, decide),
        *_section("Held in name only", outlook.held_in_name_only, name_only),
        *_section("Section 47 enquiries and conferences", outlook.section_47_and_conferences, due),
        *_section("Assessments near their limit", outlook.assessments_near_limit, near),
        *_section("Reviews due", outlook.reviews_due, due),
        *_section("Over capacity or without it", (*outlook.over_capacity, *outlook.no_capacity), full),
    ]


def _section(heading: str, rows: Sequence[Any], made_row: Callable[[Any], Row], empty: str = "", most: int = MOST) -> list[Block]:
    """A heading with its count and the first rows; nothing at all where there is none and nothing to say of it."""
    if not rows:
        return [Heading(heading), paragraph(muted(empty))] if empty else []
    found: list[Block] = [Heading(f"{heading}: {len(rows):,}"), Table(_COLUMNS, tuple(made_row(one) for one in rows[:most]))]
    if len(rows) > most:
        found.append(paragraph(muted(f"And {len(rows) - most:,} more, on the Today page.")))
    return found
