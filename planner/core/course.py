"""A child's course as plain values: what ran when (spans), what happened when (marks), on one line of time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from planner.core.codes import ALLOCATION_ROLES, EVENTS, LEGAL_STATUSES, PLACEMENT_TYPES, PLANS
from planner.core.obligations import Obligation
from planner.core.phrases import lower_first
from planner.core.records import Allocation, Event, LegalStatus, Placement, PlanSpell, Sighting, Visit, Worker
from planner.core.snapshot import Snapshot

LANES = {
    "plan": "Plan",
    "legal": "Legal",
    "living": "Living",
    "worker": "Worker",
    "visits": "Visits",
    "meetings": "Meetings",
    "due": "Due",
}
"""The lanes of a course from top to bottom."""
OTHER = "other"
"""What happened and is no meeting: it stands in the table, and is not drawn."""
MEETINGS = frozenset(
    {
        "strategy_discussion",
        "icpc_held",
        "core_group_held",
        "cp_review_held",
        "cin_meeting_held",
        "cin_review_held",
        "lac_review_held",
        "adoption_review_held",
        "pathway_plan_reviewed",
        "return_interview_held",
    }
)
GAPS = {"plan": "No plan", "legal": "None", "living": "No placement", "worker": "No worker"}
"""What a lane says where nothing is recorded."""
SHORTEST_AHEAD = timedelta(days=30)
"""A course looks at least this far past the day looked at, and a fifth of its length where that is more."""
SHORTEST_BACK = timedelta(days=60)
"""A course of a few days is drawn on this much time, so that its months can be read."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something that ran from `start` to before `end` (None: it still runs). `row` parts what ran at the same time.

    `code` is the plan's code, the legal status or placement code, or the worker's id; a `gap` is where nothing ran.
    """

    lane: str
    words: str
    start: date
    end: date | None
    code: str = ""
    row: int = 0
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on one day. `kind` is seen, tried, planned, held, meeting planned, due or overdue."""

    lane: str
    on: date
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Course:
    """Spans and marks of one child from `since` to `until`, with the day looked at between them.

    `received` is the day the open case came (or the first thing known); a short course is drawn from before it.
    """

    received: date
    since: date
    on: date
    until: date
    spans: tuple[Span, ...]
    marks: tuple[Mark, ...]

    def rows_of(self, lane: str) -> int:
        """How many rows the lane needs, so that nothing that ran at the same time is drawn over another."""
        return 1 + max((span.row for span in self.drawn_spans if span.lane == lane), default=0)

    @property
    def drawn_spans(self) -> tuple[Span, ...]:
        """The spans that touch the time drawn."""
        return tuple(span for span in self.spans if span.start < self.until and (span.end is None or span.end > self.since))

    @property
    def drawn_marks(self) -> tuple[Mark, ...]:
        """The marks that lie in the time drawn."""
        return tuple(mark for mark in self.marks if mark.lane in LANES and self.since <= mark.on <= self.until)


def course_of(snapshot: Snapshot, child_id: str, on: date, owed: Iterable[tuple[str, Obligation]] = ()) -> Course:
    """The course of a child since the open case was received (or since the first thing known), looked at on a day.

    `owed` are the child's obligations, each with the title of its rule. What starts after the day is known to be ahead.
    """
    spans = _packed([*_plans(snapshot, child_id), *_legal(snapshot, child_id), *_living(snapshot, child_id)])
    spans += _packed(_holders(snapshot, child_id))
    marks = [*_visits(snapshot, child_id, on), *_meetings(snapshot, child_id), *_due(owed, on)]
    since = _since(snapshot, child_id, on, spans, marks)
    until = on + max(SHORTEST_AHEAD, (on - since) / 5)
    gaps = [gap for lane in GAPS for gap in _gaps(lane, spans, since, until)]
    ordered = sorted([*spans, *gaps], key=lambda span: (list(LANES).index(span.lane), span.start, span.row))
    return Course(
        received=since,
        since=min(since, on - SHORTEST_BACK),
        on=on,
        until=until,
        spans=tuple(ordered),
        marks=tuple(sorted(marks, key=lambda mark: (mark.on, mark.lane, mark.words))),
    )


def outcome_words(visit: Visit, sighting: Sighting) -> str:
    """What came of a visit for one child, in words: "Seen alone, bedroom seen", "Tried. No one at home"."""
    if visit.status == "cancelled":
        return _with_reason("Cancelled", visit.cancelled_reason)
    if visit.status == "planned":
        return "Planned"
    if visit.status == "attempted" or sighting.seen is False:
        return _with_reason("Tried" if visit.status == "attempted" else "Not seen", sighting.not_seen_reason)
    if sighting.seen is None:
        return "Made, not said whether seen"
    return ", ".join([_seen_words(sighting), *(["bedroom seen"] if sighting.bedroom_seen else [])])


def event_words(event: Event) -> str:
    """An event's name: its own title, else the words of its code."""
    return event.title or EVENTS.get(event.event, event.event.replace("_", " ").capitalize())


def is_seen(visit: Visit, sighting: Sighting) -> bool:
    """Whether the child was seen on this visit; only then does it count."""
    return visit.status == "made" and sighting.seen is True


def _seen_words(sighting: Sighting) -> str:
    if sighting.seen_alone:
        return "Seen alone"
    if sighting.seen_alone is False:
        return "Seen, not alone" + (f" ({lower_first(sighting.not_alone_reason)})" if sighting.not_alone_reason else "")
    return "Seen"


def _with_reason(word: str, reason: str) -> str:
    return f"{word}. {reason[:1].upper()}{reason[1:]}" if reason else word


def _plans(snapshot: Snapshot, child_id: str) -> list[Span]:
    return [
        Span("plan", PLANS.get(spell.plan, spell.plan), spell.start, spell.end, spell.plan)
        for spell in snapshot.by(PlanSpell, "child_id", child_id)
        if spell.start is not None
    ]


def _legal(snapshot: Snapshot, child_id: str) -> list[Span]:
    return [
        Span("legal", LEGAL_STATUSES.get(status.code, status.code), status.start, status.end, status.code)
        for status in snapshot.by(LegalStatus, "child_id", child_id)
        if status.start is not None
    ]


def _living(snapshot: Snapshot, child_id: str) -> list[Span]:
    return [
        Span("living", PLACEMENT_TYPES.get(placement.type, placement.type), placement.start, placement.end, placement.type)
        for placement in snapshot.by(Placement, "child_id", child_id)
        if placement.start is not None
    ]


def _holders(snapshot: Snapshot, child_id: str) -> list[Span]:
    spans = []
    for held in snapshot.by(Allocation, "child_id", child_id):
        if held.start is None:
            continue
        worker = snapshot.find(Worker, held.worker_id)
        words = worker.name if worker else "Worker not here yet"
        if held.role != "lead":
            words += f", {lower_first(ALLOCATION_ROLES.get(held.role, held.role))}"
        spans.append(Span("worker", words, held.start, held.end, held.worker_id))
    return spans


def _visits(snapshot: Snapshot, child_id: str, on: date) -> list[Mark]:
    marks = []
    for visit, sighting in snapshot.visits_of(child_id):
        if visit.on is None or visit.status == "cancelled":
            continue
        if visit.status != "planned" and visit.on > on:
            continue
        kind = "planned" if visit.status == "planned" else "seen" if is_seen(visit, sighting) else "tried"
        marks.append(Mark("visits", visit.on, kind, outcome_words(visit, sighting)))
    return marks


def _meetings(snapshot: Snapshot, child_id: str) -> list[Mark]:
    return [
        Mark(_lane_of(event), event.on, "held" if event.status == "held" else "meeting planned", event_words(event))
        for event in snapshot.by(Event, "child_id", child_id)
        if event.on is not None and event.status != "cancelled"
    ]


def _lane_of(event: Event) -> str:
    """A fixed date to come, and an event the law does not name (a hearing, say), stand with the meetings."""
    is_meeting = event.event in MEETINGS or event.event not in EVENTS or event.status == "planned"
    return "meetings" if is_meeting else OTHER


def _due(owed: Iterable[tuple[str, Obligation]], on: date) -> list[Mark]:
    marks = []
    for title, obligation in owed:
        due = obligation.due.date() if isinstance(obligation.due, datetime) else obligation.due
        if due is not None and obligation.state != "unknown":
            marks.append(Mark("due", due, "overdue" if obligation.state == "overdue" else "due", title))
    return marks


def _packed(spans: list[Span]) -> list[Span]:
    """Each span in the first row of its lane that is free when it starts."""
    free_from: dict[str, list[date]] = {}
    placed = []
    for span in sorted(spans, key=lambda span: (span.start, span.words)):
        rows = free_from.setdefault(span.lane, [])
        row = next((place for place, free in enumerate(rows) if free <= span.start), len(rows))
        end = span.end or date.max
        if row == len(rows):
            rows.append(end)
        else:
            rows[row] = end
        placed.append(replace(span, row=row))
    return placed


def _arrived(snapshot: Snapshot, child_id: str, on: date) -> date | None:
    case = snapshot.case(child_id, on)
    return case.received_on if case else None


def _since(snapshot: Snapshot, child_id: str, on: date, spans: list[Span], marks: list[Mark]) -> date:
    known = [span.start for span in spans] + [mark.on for mark in marks if mark.lane != "due"]
    return min(_arrived(snapshot, child_id, on) or min(known, default=on), on)


def _gaps(lane: str, spans: list[Span], since: date, until: date) -> list[Span]:
    """Where nothing of the lane ran between two days."""
    gaps, covered = [], since
    for span in sorted((span for span in spans if span.lane == lane), key=lambda span: span.start):
        if span.start > covered and covered < until:
            gaps.append(Span(lane, GAPS[lane], covered, min(span.start, until), gap=True))
        covered = max(covered, span.end or date.max)
    if covered < until:
        gaps.append(Span(lane, GAPS[lane], covered, None, gap=True))
    return gaps
