"""One child's or worker's course as the rules look at it: sorted once, days as ordinals, planned things left out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from planner.core.durations import Duration, duration
from planner.core.recording import TOOK_PLACE
from planner.core.records import (
    Allocation,
    Case,
    Child,
    Event,
    LegalStatus,
    Placement,
    PlanSpell,
    Suspension,
    VisitFrequency,
    Worker,
)
from planner.core.snapshot import Snapshot

NEVER = 10_000_000
"""The end of what has not ended, as an ordinal. A start that nobody knows is 0."""

RESTARTING = frozenset({"", "S", "P", "B"})
"""Reasons for a new episode that restart the placement clock; T, U and L keep the carer."""

TEMPORARY = frozenset({"T0", "T1", "T2", "T3", "T4"})


@dataclass(frozen=True, slots=True)
class Spell:
    """A period on a plan, contiguous records of the same plan taken as one."""

    plan: str
    start: int
    end: int
    id: str


@dataclass(frozen=True, slots=True)
class Order:
    """A period under a legal status; `codes` is the one code as a set, as rules look at it."""

    code: str
    start: int
    end: int
    id: str
    codes: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", frozenset((self.code,)))


@dataclass(frozen=True, slots=True)
class Stay:
    """A placement record; `clock_start` is the day its carer's clock began, which same-carer records carry on."""

    type: str
    start: int
    end: int
    id: str
    reason: str = ""
    flags: frozenset[str] = frozenset()
    agreed_on: int = NEVER
    extended_on: int = NEVER
    clock_start: int = 0
    clock_id: str = ""


@dataclass(frozen=True, slots=True)
class Seeing:
    """One visit as it concerns the child; `excused` says that not being alone had a reason."""

    on: int
    id: str
    seen: bool
    seen_alone: bool | None = None
    place: str = ""
    mode: str = "face to face"
    standing: str = "statutory"
    by: str = ""
    excused: bool = False
    recorded: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that was held; `minute` of the day where the time is known."""

    on: int
    id: str
    minute: int | None = None
    section_47: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """A manager's decision that a rule or kind is not owed for a time; both empty means everything."""

    rule: str
    kind: str
    start: int
    end: int
    reason: str
    id: str


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often the child's own plan says they are visited, under a rule, for a time."""

    rule: str
    every: Duration
    start: int
    end: int
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the rules need to know of one subject.

    `cases` are the times of work as pairs of ordinals, None where facts speak of no case and always hold. Spells, stays,
    orders and visits are in order of their days; `events` are by name.
    """

    subject: str = "child"
    subject_id: str = ""
    as_at: date | None = None
    born: int = 0
    expected: int = 0
    tracked_from: int = 0
    source: str = ""
    cases: tuple[tuple[int, int], ...] | None = None
    spells: tuple[Spell, ...] = ()
    stays: tuple[Stay, ...] = ()
    orders: tuple[Order, ...] = ()
    visits: tuple[Seeing, ...] = ()
    events: Mapping[str, tuple[Happening, ...]] = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    frequencies: tuple[Frequency, ...] = ()
    policy: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    over_from: int = NEVER
    work_start: int = 0
    flags: frozenset[str] = frozenset()
    records_elsewhere: bool = False

    def open_since(self, day: int) -> int | None:
        """The first day of the case that is open on a day, 0 where there are no cases to ask, None where none is open."""
        if day >= self.over_from:
            return None
        if self.cases is None:
            return 0
        for start, end in reversed(self.cases):
            if start <= day < end:
                return start
        return None


def ordinal(day: date | None, unknown: int = 0) -> int:
    """A day as a proleptic ordinal, or what stands for a day nobody knows."""
    return day.toordinal() if day is not None else unknown


def in_order(visits: Iterable[Seeing]) -> tuple[Seeing, ...]:
    """Visits by day; those of one day stay as they came."""
    return tuple(sorted(visits, key=attrgetter("on")))


def joined_spells(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Spells by start; one that begins where another of the same plan ends, or before, carries it on.

    A plan that stands twice, in a source or after a merge, is one plan with one set of clocks; of its starts the first known
    holds.
    """
    found: list[Spell] = []
    for spell in sorted(spells, key=attrgetter("start", "id")):
        last = next((place for place in range(len(found) - 1, -1, -1) if found[place].plan == spell.plan), None)
        if last is not None and spell.start <= found[last].end:
            found[last] = _joined(found[last], spell)
        else:
            found.append(spell)
    return tuple(found)


def _joined(one: Spell, other: Spell) -> Spell:
    """Two spells of a plan as one; a start that nobody knows gives way to one that is known."""
    first = one if one.start else other
    return Spell(one.plan, first.start, max(one.end, other.end), first.id)


def joined_orders(orders: Iterable[Order]) -> tuple[Order, ...]:
    """Legal statuses by start; the same status recorded again without a gap is one."""
    found: list[Order] = []
    for order in sorted(orders, key=attrgetter("start", "id")):
        if found and found[-1].code == order.code and found[-1].end >= order.start:
            found[-1] = Order(order.code, found[-1].start, order.end, found[-1].id)
        else:
            found.append(order)
    return tuple(found)


def clocked_stays(stays: Iterable[Stay]) -> tuple[Stay, ...]:
    """Placements by start, each with the day its clock began.

    A new carer (RNE S, P, B) begins it; T, U, L carry it on. A temporary placement (T0 to T4) does not restart it, nor
    does the return from one to a placement of the type before.
    """
    found: list[Stay] = []
    usual: Stay | None = None
    for stay in sorted(stays, key=attrgetter("start", "id")):
        last = found[-1] if found else None
        returns = last is not None and last.type in TEMPORARY and usual is not None and usual.type == stay.type
        carries_on = last is not None and (stay.reason not in RESTARTING or stay.type in TEMPORARY or returns)
        if carries_on and last is not None:
            began, began_id = last.clock_start, last.clock_id
        else:
            began, began_id = stay.start, stay.id
        clocked = Stay(
            stay.type, stay.start, stay.end, stay.id, stay.reason, stay.flags, stay.agreed_on, stay.extended_on, began, began_id
        )
        found.append(clocked)
        usual = usual if stay.type in TEMPORARY else clocked
    return tuple(found)


def with_assessments(spells: tuple[Spell, ...], events: Mapping[str, tuple[Happening, ...]]) -> tuple[Spell, ...]:
    """The spells, and one for every assessment that is known only by its start; it lasts until the authorisation."""
    held = [spell for spell in spells if spell.plan == "assessment"]
    ends = [event.on for event in events.get("assessment_authorised", ())]
    added: list[Spell] = []
    for started in events.get("assessment_started", ()):
        end = next((day for day in ends if day >= started.on), NEVER)
        if not any(spell.start <= max(end - 1, started.on) and started.on < spell.end for spell in (*held, *added)):
            added.append(Spell("assessment", started.on, end, started.id))
    return joined_spells((*spells, *added)) if added else spells


def over_from(events: Mapping[str, tuple[Happening, ...]]) -> int:
    """The day from which nothing is owed: the child died or moved away."""
    days = [event.on for name in ("child_died", "child_moved_away") for event in events.get(name, ())]
    return min(days, default=NEVER)


# From a workspace


def facts_of(snapshot: Snapshot, child_id: str) -> Facts:
    """The facts of one child as the records have them; an unknown child has no open case and owes nothing."""
    child = snapshot.find(Child, child_id) or Child(id=child_id)
    cases = [case for case in snapshot.by(Case, "child_id", child_id) if case.received_on is not None]
    periods = tuple((ordinal(case.received_on), ordinal(case.ended_on, NEVER)) for case in cases)
    events = _events(snapshot, child_id, cases)
    spells = joined_spells(
        Spell(one.plan, ordinal(one.start), _clipped(one, periods), one.id)
        for one in snapshot.by(PlanSpell, "child_id", child_id)
    )
    orders = (
        Order(one.code, ordinal(one.start), _clipped(one, periods), one.id)
        for one in snapshot.by(LegalStatus, "child_id", child_id)
    )
    return Facts(
        subject_id=child_id,
        born=ordinal(child.born),
        expected=ordinal(child.expected),
        tracked_from=ordinal(child.tracked_from),
        source=child.source,
        cases=periods,
        spells=with_assessments(spells, events),
        stays=clocked_stays(_stay(one, periods) for one in snapshot.by(Placement, "child_id", child_id)),
        orders=joined_orders(orders),
        visits=_visits(snapshot, child_id),
        events=events,
        pauses=tuple(
            Pause(one.rule, one.kind, ordinal(one.start), ordinal(one.end, NEVER), one.reason, one.id)
            for one in snapshot.by(Suspension, "child_id", child_id)
        ),
        frequencies=tuple(
            Frequency(one.rule, duration(one.every), ordinal(one.start), ordinal(one.end, NEVER), one.id)
            for one in snapshot.by(VisitFrequency, "child_id", child_id)
        ),
        over_from=over_from(events),
        flags=_lead_flags(snapshot, child_id),
        records_elsewhere=bool(child.source),
    )


def facts_of_worker(snapshot: Snapshot, worker_id: str) -> Facts:
    """The facts of one worker: supervision held, and since when they have worked here, or held a child."""
    worker = snapshot.find(Worker, worker_id) or Worker(id=worker_id)
    events: dict[str, list[Happening]] = defaultdict(list)
    for event in snapshot.by(Event, "worker_id", worker_id):
        if event.status == "held" and event.on is not None:
            events[event.event].append(_happening(event))
    return Facts(
        subject="worker",
        subject_id=worker_id,
        cases=((ordinal(worker.assignment_start), ordinal(worker.assignment_end, NEVER)),),
        events={name: tuple(found) for name, found in events.items()},
        work_start=ordinal(worker.assignment_start),
        flags=frozenset({worker.stage.lower(), worker.role.lower()}),
    )


def _clipped(record: Any, cases: tuple[tuple[int, int], ...]) -> int:
    """The end of a period, no later than the end of the case in which it began."""
    start, end = ordinal(record.start), ordinal(record.end, NEVER)
    for opened, closed in cases:
        if opened <= start < closed:
            return min(end, closed)
    return end


def _stay(record: Placement, cases: tuple[tuple[int, int], ...]) -> Stay:
    flags = [name for name in ("intended_to_18", "regulation_19", "regulation_24", "short_break") if getattr(record, name)]
    return Stay(
        record.type,
        ordinal(record.start),
        _clipped(record, cases),
        record.id,
        record.reason,
        frozenset(flags),
        ordinal(record.child_agreed_fewer_visits_on, NEVER),
        ordinal(record.regulation_24_extended_on, NEVER),
    )


def _happening(event: Event) -> Happening:
    minute = event.at.hour * 60 + event.at.minute if event.at is not None else None
    return Happening(ordinal(event.on), event.id, minute, event.section_47)


def _events(snapshot: Snapshot, child_id: str, cases: list[Case]) -> dict[str, tuple[Happening, ...]]:
    """Events that were held, with what the records of cases and allocations say as well."""
    found: dict[str, list[Happening]] = defaultdict(list)
    for event in snapshot.by(Event, "child_id", child_id):
        if event.status == "held" and event.on is not None:
            found[event.event].append(_happening(event))
    for case in cases:
        start, end = ordinal(case.received_on), ordinal(case.ended_on, NEVER)
        for name, day in (("referral_received", case.received_on), ("passed_to_team", case.passed_to_team_on)):
            if day is not None and not any(start <= event.on < end for event in found.get(name, ())):
                found[name].append(Happening(day.toordinal(), case.id))
    for held in snapshot.by(Allocation, "child_id", child_id):
        if held.role == "lead" and held.start is not None:
            found["allocated"].append(Happening(held.start.toordinal(), held.id))
    return {name: tuple(sorted(events, key=attrgetter("on", "id"))) for name, events in found.items()}


def _visits(snapshot: Snapshot, child_id: str) -> tuple[Seeing, ...]:
    found = []
    for visit, sighting in snapshot.visits_of(child_id):
        if visit.on is None or visit.status not in TOOK_PLACE:
            continue
        by = visit.role
        if not by:
            worker = snapshot.find(Worker, visit.worker_id)
            by = worker.role if worker else ""
        recorded = ordinal(visit.recorded_on, NEVER) if not visit.source else 0
        found.append(
            Seeing(
                visit.on.toordinal(),
                visit.id,
                visit.status == "made" and sighting.seen is True,
                sighting.seen_alone,
                visit.place,
                visit.mode,
                visit.standing,
                by,
                bool(sighting.not_alone_reason),
                recorded,
            )
        )
    return tuple(found)


def _lead_flags(snapshot: Snapshot, child_id: str) -> frozenset[str]:
    """`led by another practitioner` where the latest lead is no social worker."""
    leads = [held for held in snapshot.by(Allocation, "child_id", child_id) if held.role == "lead" and held.end is None]
    worker = snapshot.find(Worker, leads[-1].worker_id) if leads else None
    other = worker is not None and "social worker" not in worker.role.lower()
    return frozenset({"led_by_another_practitioner"}) if other else frozenset()
