"""The rows and columns of the drawer's lists: visits, who held a child, the family, the sum of a load, days away."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.core.codes import ALLOCATION_ROLES, PLACEMENT_TYPES, WORKER_CHANGE_REASONS
from planner.core.course import LANES, OTHER, Course, outcome_words
from planner.core.date_words import day_and_month, list_date
from planner.core.recording import TOOK_PLACE, is_unrecorded
from planner.core.records import Allocation, Child, Placement, Sighting, Team, Visit, Worker
from planner.core.workload import LoadLine
from planner.ui.dialogs.worker_table import points
from planner.ui.table import Column

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

NOT_RECORDED = "Not yet recorded in the case system"
LANE_NAMES = {**LANES, OTHER: "Other"}


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit of one child: the words of its row, and the whole of it for the tip."""

    visit: Visit
    sighting: Sighting
    day: str
    words: str
    worker: str
    whole: str

    @property
    def is_unrecorded(self) -> bool:
        """Whether it took place and is not yet in the case system."""
        return is_unrecorded(self.visit)


def visit_rows(outlook: "Outlook", child_id: str) -> tuple[VisitRow, ...]:
    """The child's visits, planned ones first, then the newest; what lies after the day looked at is only planned."""
    rows = []
    for visit, sighting in outlook.snapshot.visits_of(child_id):
        if visit.on is None or (visit.status in TOOK_PLACE and visit.on > outlook.on):
            continue
        rows.append(_visit_row(outlook, visit, sighting))
    return tuple(reversed(rows))


def _visit_row(outlook: "Outlook", visit: Visit, sighting: Sighting) -> VisitRow:
    worker = outlook.snapshot.find(Worker, visit.worker_id)
    name = worker.name if worker else ""
    day = list_date(visit.on, outlook.on)
    at = f", {visit.at:%H:%M}" if visit.at else ""
    words = outcome_words(visit, sighting)
    row = VisitRow(visit, sighting, day, words, name, "")
    if visit.status == "planned" and visit.on is not None and visit.on < outlook.on:
        words = "Planned; nothing logged yet"
    if row.is_unrecorded:
        words = f"{words}. {NOT_RECORDED}"
    more = [part for part in (visit.place, visit.mode, visit.standing if visit.standing != "statutory" else "", name) if part]
    return VisitRow(visit, sighting, day, words, name, f"{day}{at}. {words}. {', '.join(more)}")


def _visit_tone(row: VisitRow) -> str:
    if row.visit.status in ("planned", "cancelled"):
        return "text_muted"
    return "warning" if row.is_unrecorded else ""


VISIT_COLUMNS = (
    Column("Day", lambda row: row.day, width=96),
    Column("Outcome", lambda row: row.words, width=180, tone=_visit_tone, stretch=True, tip=lambda row: row.whole),
    Column("Worker", lambda row: row.worker, width=104),
)


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One allocation of a child, with the worker's name."""

    held: Allocation
    worker: str
    period: str
    why: str


def held_rows(outlook: "Outlook", child_id: str) -> tuple[HeldRow, ...]:
    """Who held the child, the newest first."""
    rows = []
    for held in outlook.snapshot.by(Allocation, "child_id", child_id):
        worker = outlook.snapshot.find(Worker, held.worker_id)
        name = worker.name if worker else "A worker not here yet"
        if held.role != "lead":
            name = f"{name}, {ALLOCATION_ROLES.get(held.role, held.role).lower()}"
        ended = WORKER_CHANGE_REASONS.get(held.end_code, held.end_code)
        why = ". ".join(part for part in (held.reason, f"Ended: {ended.lower()}" if ended else "", held.end_reason) if part)
        rows.append(HeldRow(held, name, period_words(held.start, held.end, outlook.on), why))
    return tuple(reversed(rows))


def period_words(start: date | None, end: date | None, on: date) -> str:
    """`21 Aug to 3 Sep`, `since 21 Aug`; the years where they are not this year's, and one of both once."""
    if start is None:
        return f"until {_short(end, on)}" if end else ""
    if end is None or end > on:
        return f"since {_short(start, on)}"
    first = day_and_month(start) if start.year == end.year else _short(start, on)
    return f"{first} to {_short(end, on)}"


def _short(day: date, on: date) -> str:
    return day_and_month(day) if day.year == on.year else f"{day_and_month(day)} {day.year}"


HELD_COLUMNS = (
    Column("Worker", lambda row: row.worker, width=104, strong=True, stretch=True, tip=lambda row: row.why),
    Column("When", lambda row: row.period, width=140),
    Column("Reason", lambda row: row.why, width=94, tone=lambda row: "text_muted", tip=lambda row: row.why),
)


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """One placement of a child in words: what it is, and from when to when."""

    words: str
    period: str


def placement_rows(outlook: "Outlook", child_id: str) -> tuple[PlacementRow, ...]:
    """Where the child has lived while looked after, the newest first."""
    known = reversed(outlook.snapshot.by(Placement, "child_id", child_id))
    there = [one for one in known if one.start is None or one.start <= outlook.on]
    return tuple(PlacementRow(_placement_words(one), period_words(one.start, one.end, outlook.on)) for one in there)


def _placement_words(placement: Placement) -> str:
    """`Fostered, until 18`: its type, and what of it sets how often the child is visited."""
    facts = (
        ("until 18", placement.intended_to_18),
        ("before assessment", placement.regulation_19),
        ("temporary approval", placement.regulation_24),
        ("fewer visits agreed", placement.child_agreed_fewer_visits_on is not None),
        ("short break", placement.short_break),
    )
    return ", ".join([PLACEMENT_TYPES.get(placement.type, placement.type), *(words for words, is_so in facts if is_so)])


PLACEMENT_COLUMNS = (
    Column("Placement", lambda row: row.words, width=120, strong=True, stretch=True, tip=lambda row: row.words),
    Column("When", lambda row: row.period, width=130),
)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Whom to turn to about a child: in what role, who, and since when or of which team. No `worker_id` for other people."""

    role: str
    who: str
    more: str
    worker_id: str = ""


def contact_rows(outlook: "Outlook", child_id: str) -> tuple[ContactRow, ...]:
    """Those who hold an open case on the day by their roles, who holds it meanwhile, and the manager of its team."""
    snapshot, on = outlook.snapshot, outlook.on
    case = snapshot.case(child_id, on)
    if case is None:
        return ()
    rows = []
    for held in sorted(snapshot.holders(child_id, on), key=lambda one: one.role != "lead"):
        worker, role = snapshot.find(Worker, held.worker_id), ALLOCATION_ROLES.get(held.role, held.role)
        since = period_words(held.start, None, on)
        rows.append(ContactRow(role, worker.name if worker else "A worker not here yet", since, held.worker_id))
    if snapshot.lead(child_id, on) is None and case.held_meanwhile:
        rows.append(ContactRow("Holds meanwhile", case.held_meanwhile, ""))
    team = snapshot.find(Team, snapshot.team_of(case, on))
    if team is not None and team.manager:
        rows.append(ContactRow("Team manager", team.manager, team.name))
    return tuple(rows)


CONTACT_COLUMNS = (
    Column("Role", lambda row: row.role, width=96),
    Column("Who", lambda row: row.who, width=120, strong=True, stretch=True, tip=lambda row: row.who),
    Column("Since", lambda row: row.more, width=104, tone=lambda _row: "text_muted"),
)


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child of a list in the drawer: named, with type, worker or due day, and how it stands."""

    child: Child
    words: str
    plan: str
    letters: str
    worker: str
    status: str
    tone: str


FAMILY_COLUMNS = (
    Column("Child", lambda row: row.words, width=104, strong=True, stretch=True),
    Column("Type", lambda row: row.letters, mark=lambda row: row.plan, width=76),
    Column("Worker", lambda row: row.worker, width=108),
    Column("Status", lambda row: row.status, align="right", tone=lambda row: row.tone, width=100),
)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One line of the course as a table."""

    lane: str
    what: str
    start: date
    end: date | None
    on: date

    @property
    def when(self) -> str:
        """The day, or from when to when."""
        if self.end == self.start:
            return list_date(self.start, self.on)
        return period_words(self.start, self.end, self.on)


def course_rows(course: Course) -> tuple[CourseRow, ...]:
    """The table twin of a course: every span and mark, lane by lane, oldest first."""
    rows = [CourseRow(LANES[span.lane], span.words, span.start, span.end, course.on) for span in course.spans if not span.gap]
    rows += [CourseRow(LANES[span.lane], span.words, span.start, span.end, course.on) for span in course.spans if span.gap]
    for mark in course.marks:
        late = ", overdue" if mark.kind == "overdue" else ""
        rows.append(CourseRow(LANE_NAMES[mark.lane], f"{mark.words}{late}", mark.on, mark.on, course.on))
    order = list(LANE_NAMES.values())
    return tuple(sorted(rows, key=lambda row: (order.index(row.lane), row.start)))


COURSE_COLUMNS = (
    Column("Lane", lambda row: row.lane, width=76),
    Column("What", lambda row: row.what, width=150, stretch=True),
    Column("When", lambda row: row.when, sort=lambda row: row.start, width=160),
)

SUM_COLUMNS = (
    Column("What", lambda line: line.label, width=180, stretch=True),
    Column("Times", lambda line: times_words(line), align="right", width=96, tone=lambda line: "text_muted"),
    Column("Points", lambda line: points(line.tenths), align="right", width=72, strong=True),
)


def times_words(line: LoadLine) -> str:
    """`3 × 6`, or nothing where a line is not a count of like things."""
    return f"{line.count} × {points(line.each)}" if line.count and line.each else ""
