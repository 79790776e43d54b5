"""The case summary: one child on a sheet, with what is owed and under which rule, the visits, the course and the holders.

No other child is on it: brothers and sisters have sheets of their own, so that no sheet tells one family of another.
"""

from datetime import date

from planner.core.codes import PLANS
from planner.core.course import GAPS, LANES, Course, Span, course_of, outcome_words
from planner.core.obligations import Obligation
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.records import Child, Worker
from planner.reports.document import (
    Block,
    Column,
    Document,
    Fact,
    Heading,
    Notes,
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
from planner.reports.report import Report, SheetOptions, check_names, chosen_child, made
from planner.reports.wording import age, brief_day, child_words, counted, figures_of, short_day, when_due

TITLE = "Case summary"
VISITS_SHOWN = 8
_DUE = (Column("What is owed"), Column("When", 40), Column("Rule", 44))
_VISITS = (Column("Day", 30), Column("Outcome"), Column("Worker", 44))
_COURSE = (Column("", 22), Column(""), Column("", 52))


def build(outlook: Outlook, options: SheetOptions, _today: date) -> Document:
    """The summary of the child chosen. Raises Refused as `chosen_child` and `check_names` do."""
    check_names(outlook, options)
    case = chosen_child(outlook, options)
    owed = outlook.owed_to(case.child.id)
    course = course_of(outlook.snapshot, case.child.id, outlook.on)
    blocks: tuple[Block, ...] = (
        Strip(_facts(outlook, case)),
        Heading("Owed"),
        *_owed(outlook, owed),
        Heading("Visits"),
        *_visits(outlook, case.child),
        Heading(f"Since {brief_day(course.received, outlook.on)}"),
        *_course(outlook, course),
        Notes("Notes", 4),
    )
    what = f"{TITLE}, {case.child.reference}"
    title = child_words(case.child, options)
    return made(TITLE, (Sheet(title, _holder(outlook, case), figures_of(outlook), what, blocks),), options)


CASE_SUMMARY = Report("case-summary", TITLE, build, needs_child=True)


def _holder(outlook: Outlook, case: OpenCase) -> str:
    if case.worker is None:
        return f"No worker since {brief_day(case.since or case.case.received_on, outlook.on)}"
    since = f" since {brief_day(case.since, outlook.on)}" if case.since else ""
    return f"Held by {case.worker.name}{since}"


def _facts(outlook: Outlook, case: OpenCase) -> tuple[Fact, ...]:
    on = outlook.on
    since = f"since {brief_day(case.plan_since, on)}" if case.plan_since else "plan"
    late = sum(one.state == "overdue" for one in outlook.owed_to(case.child.id))
    return (
        Fact(PLANS.get(case.plan, "No plan yet"), since),
        Fact((age(case.child, on) or "not known").removeprefix("age "), "age"),
        Fact(brief_day(case.last_seen, on), "last seen"),
        Fact(str(late), "overdue"),
    )


def _owed(outlook: Outlook, owed: tuple[Obligation, ...]) -> tuple[Block, ...]:
    if not owed:
        return (paragraph(muted("Nothing is owed by the rules in force.")),)
    return (Table(_DUE, tuple(_owed_row(outlook, one) for one in owed)),)


def _owed_row(outlook: Outlook, one: Obligation) -> Row:
    rule = outlook.rule_of(one)
    return row(strong(rule.title), cell(when_due(one, outlook.on)), rule.id)


def _visits(outlook: Outlook, child: Child) -> tuple[Block, ...]:
    """The newest visits made and tried, and those planned; later ones are only planned."""
    rows = []
    for visit, sighting in outlook.snapshot.visits_of(child.id):
        if visit.on is None or visit.status == "cancelled" or (visit.status != "planned" and visit.on > outlook.on):
            continue
        worker = outlook.snapshot.find(Worker, visit.worker_id)
        words = Run(outcome_words(visit, sighting))
        rows.append(row(strong(short_day(visit.on, outlook.on)), cell(words), worker.name if worker else ""))
    if not rows:
        return (paragraph(muted("No visit is planned or logged yet.")),)
    newest = Table(_VISITS, tuple(reversed(rows))[:VISITS_SHOWN])
    more = len(rows) - VISITS_SHOWN
    return (newest, paragraph(muted(f"And {counted(more, 'earlier visit')}."))) if more > 0 else (newest,)


def _course(outlook: Outlook, course: Course) -> tuple[Block, ...]:
    spans = [span for span in course.spans if not span.gap and span.lane in GAPS]
    if not spans:
        return (paragraph(muted("Nothing is recorded.")),)
    return (Table(_COURSE, tuple(_span_row(outlook, span) for span in spans)),)


def _span_row(outlook: Outlook, span: Span) -> Row:
    on = outlook.on
    until = f" to {brief_day(span.end, on)}" if span.end is not None else ", still"
    return row(muted(LANES[span.lane]), span.words, f"{brief_day(span.start, on)}{until}")
