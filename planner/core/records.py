"""The records of a workspace: frozen values, as they are stored.

Fields hold only `str`, `int`, `bool`, `date`, `time`, `datetime`, tuples of `str` or `int`, or None, so that a table
can be made of each. Every field but the id has a default, so that a later version can add one.

Dates end in `_on`, moments (UTC, with zone) in `_at`. Periods (`start`, `end`) are half-open: `end` is the first day on
which the record no longer holds. Absences and commitments are first and last day. Points and hours are whole tenths.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from planner.core.flow_records import FLOW_RECORDS
from planner.core.record import AnyRecord as AnyRecord
from planner.core.record import Record as Record
from planner.core.record import Sourced as Sourced

# Children and their course


@dataclass(frozen=True, slots=True, kw_only=True)
class Child(Record):
    """A child, known by the council's reference and by initials; the name only where the council allows it."""

    reference: str = ""
    initials: str = ""
    name: str = ""
    born: date | None = None
    expected: date | None = None
    family: str = ""
    household: str = ""
    locality: str = ""
    school_age: bool | None = None
    source: str = ""
    tracked_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Sourced):
    """One time of work with a child, from the day it was received to its outcome.

    `outcome` is one of `codes.OUTCOMES`; `closure_reason` is RC1 to RC9 where it was closed.
    """

    child_id: str = ""
    team_id: str = ""
    received_on: date | None = None
    passed_to_team_on: date | None = None
    referral_source: str = ""
    priority: str = ""
    first_visit_by: date | None = None
    priority_review_on: date | None = None
    held_meanwhile: str = ""
    ended_on: date | None = None
    outcome: str = ""
    closure_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSpell(Sourced):
    """A period on one plan (`codes.PLANS`); several may run at once."""

    child_id: str = ""
    plan: str = ""
    start: date | None = None
    end: date | None = None
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalStatus(Sourced):
    """A period under one legal status code (`codes.LEGAL_STATUSES`)."""

    child_id: str = ""
    code: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement(Sourced):
    """A period in one placement; `reason` is the reason for the new episode (RNE), S, P and B restart its clock."""

    child_id: str = ""
    type: str = ""
    start: date | None = None
    end: date | None = None
    reason: str = ""
    intended_to_18: bool = False
    regulation_19: bool = False
    regulation_24: bool = False
    regulation_24_extended_on: date | None = None
    child_agreed_fewer_visits_on: date | None = None
    short_break: bool = False
    provider: str = ""
    locality: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Sourced):
    """Something dated in a child's or worker's course (`codes.EVENTS`), `planned`, `held` or `cancelled`."""

    child_id: str = ""
    worker_id: str = ""
    event: str = ""
    on: date | None = None
    at: time | None = None
    status: str = "held"
    place: str = ""
    section_47: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Record):
    """One trip, `planned`, `made`, `attempted` or `cancelled`; each child of it has a `Sighting`.

    `worker_id` makes the visit, `logged_by` is the person who typed it in; `recorded_on` is when it was in the case system.
    `confirmed_on` is the day the worker said yes to a planned visit; None is to confirm.
    """

    on: date | None = None
    at: time | None = None
    status: str = "planned"
    worker_id: str = ""
    role: str = ""
    with_worker_ids: tuple[str, ...] = ()
    place: str = ""
    mode: str = "face to face"
    standing: str = "statutory"
    announced: bool | None = None
    minutes: int | None = None
    pinned: bool = False
    workers_needed: int = 1
    confirmed_on: date | None = None
    cancelled_reason: str = ""
    logged_by: str = ""
    recorded_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting(Sourced):
    """One child of one visit: whether seen, seen alone, and why not. None means not said."""

    visit_id: str = ""
    child_id: str = ""
    seen: bool | None = None
    seen_alone: bool | None = None
    not_seen_reason: str = ""
    not_alone_reason: str = ""
    bedroom_seen: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFrequency(Record):
    """How often the child's own plan says they are visited, under one rule, for example `10 working days`."""

    child_id: str = ""
    rule: str = ""
    every: str = ""
    start: date | None = None
    end: date | None = None
    set_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension(Record):
    """A manager's decision that one rule, or one kind of duty, does not run for a time: missing, abroad, or as said."""

    child_id: str = ""
    rule: str = ""
    kind: str = ""
    start: date | None = None
    end: date | None = None
    reason: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Record):
    """Why an obligation is overdue, what is being done, by whom and by when; carried on each week as another story.

    `agreed_on` is the day on which the manager agreed it.
    """

    obligation: str = ""
    child_id: str = ""
    why: str = ""
    action: str = ""
    owner: str = ""
    by: date | None = None
    written_on: date | None = None
    agreed_on: date | None = None
    agreed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Record):
    """A move of a child's work at an agreed point, `planned`, `accepted`, `returned` or `withdrawn`.

    `done` are the items a source says are done; those ticked here are `ItemDone`, with their day.
    """

    child_id: str = ""
    point: str = ""
    planned_on: date | None = None
    from_team_id: str = ""
    to_team_id: str = ""
    to_outside: str = ""
    from_worker_id: str = ""
    to_worker_id: str = ""
    checklist: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    status: str = "planned"
    decided_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation(Sourced):
    """A period in which a worker holds a child in a role (`codes.ALLOCATION_ROLES`).

    `end_code` is the statutory reason for a change of worker (`codes.WORKER_CHANGE_REASONS`); `share` is the part of a
    co-worked case this worker carries, in hundredths, None for the scheme's own.
    """

    child_id: str = ""
    worker_id: str = ""
    role: str = "lead"
    start: date | None = None
    end: date | None = None
    reason: str = ""
    end_code: str = ""
    end_reason: str = ""
    share: int | None = None


# Workers and teams


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker(Record):
    """A social worker or other practitioner who can hold children.

    `pattern` is the contracted time of Monday to Sunday, in tenths of an hour. `other_names` are the names the case
    system knows the worker by. `visits_a_week` is the allowance of statutory visits, None for the role's own; `visits_from`
    is `history` or `scheme` where that is chosen for this worker.
    """

    name: str = ""
    team_id: str = ""
    role: str = "social worker"
    stage: str = "experienced"
    pattern: tuple[int, ...] = (74, 74, 74, 74, 74, 0, 0)
    skills: tuple[str, ...] = ()
    localities: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    headcount_limit: int | None = None
    visits_a_week: int | None = None
    visits_from: str = ""
    new_cases_a_week: int | None = None
    no_new_cases_until: date | None = None
    stage_ends_on: date | None = None
    supplier: str = ""
    swe_number: str = ""
    qualified_on: date | None = None
    assignment_start: date | None = None
    assignment_end: date | None = None
    notice_on: date | None = None
    checks_complete_on: date | None = None
    login_complete_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction(Record):
    """A period in which a worker has fewer hours, in tenths of an hour a week; the reason lies apart."""

    worker_id: str = ""
    hours: int = 0
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence(Record):
    """First and last day away; `part` is `day`, `am` or `pm`. The reason lies apart. No last day means not known."""

    worker_id: str = ""
    first_day: date | None = None
    last_day: date | None = None
    part: str = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayReason(Record):
    """Why an absence or reduction (`about`, its id) is so: the line manager's to see, and kept apart for that."""

    about: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Record):
    """Days on which a worker is busy with `duty`, `court`, `study`, `training` or what `title` says."""

    worker_id: str = ""
    kind: str = ""
    title: str = ""
    first_day: date | None = None
    last_day: date | None = None
    part: str = "day"
    child_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraWork(Record):
    """Responsibility beyond cases, with its points in tenths, for a time."""

    worker_id: str = ""
    title: str = ""
    points: int = 0
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictOfInterest(Record):
    """A worker who must not hold this child; why is told to the manager, not here."""

    worker_id: str = ""
    child_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team(Record):
    """A team, with the part of the service it works in."""

    name: str = ""
    organisation_id: str = ""
    manager: str = ""
    function: str = ""
    localities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeWeek(Record):
    """A week, from its Monday, in which a team takes new work up to a quota."""

    team_id: str = ""
    week_on: date | None = None
    quota: int = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Locality(Record):
    """A part of the area, and how far it is from the office, in minutes one way."""

    name: str = ""
    travel_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """A council or a supplier."""

    name: str = ""
    kind: str = "council"


# Policy and the workspace itself


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyInForce(Record):
    """A shipped policy or workload scheme that holds from `start`; `kind` is `visiting` or `workload`. No team means all."""

    kind: str = "visiting"
    policy: str = ""
    team_id: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRule(Record):
    """The council's own change to a rule, or a new one: `toml` is the rule's table as `core.policy` reads it."""

    rule: str = ""
    toml: str = ""
    start: date | None = None
    end: date | None = None
    agreed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedHoliday(Record):
    """A day off that the shipped calendar does not know."""

    on: date | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Someone who works in the planner, or did and `has_left`; `worker_id` where they also hold children."""

    name: str = ""
    role: str = "team manager"
    worker_id: str = ""
    team_ids: tuple[str, ...] = ()
    has_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Device(Record):
    """A computer that has written to the workspace, with its Ed25519 public key in hexadecimal."""

    name: str = ""
    public_key: str = ""
    enrolled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Record):
    """One value that the whole workspace shares; its id is its name (`core.workspace_settings`)."""

    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRead(Record):
    """One import: what was read, how it hashed, the day it speaks of, and what was assumed."""

    name: str = ""
    format: str = ""
    digest: str = ""
    as_at: date | None = None
    read_at: datetime | None = None
    counts: str = ""
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken(Record):
    """One action of a person, however many rows it wrote; its id is the step's. `undoes` names the step it takes back.

    The planner's own steps, such as enrolling a computer, are not `undoable`.
    """

    title: str = ""
    person_id: str = ""
    device_id: str = ""
    at: datetime | None = None
    undoes: str = ""
    undoable: bool = True


RECORDS: dict[str, type[Record]] = {
    "child": Child,
    "case": Case,
    "plan_spell": PlanSpell,
    "legal_status": LegalStatus,
    "placement": Placement,
    "event": Event,
    "visit": Visit,
    "sighting": Sighting,
    "visit_frequency": VisitFrequency,
    "suspension": Suspension,
    "story": Story,
    "transfer": Transfer,
    "allocation": Allocation,
    "worker": Worker,
    "reduction": Reduction,
    "absence": Absence,
    "away_reason": AwayReason,
    "commitment": Commitment,
    "extra_work": ExtraWork,
    "conflict_of_interest": ConflictOfInterest,
    "team": Team,
    "intake_week": IntakeWeek,
    "locality": Locality,
    "organisation": Organisation,
    "policy_in_force": PolicyInForce,
    "local_rule": LocalRule,
    "added_holiday": AddedHoliday,
    "person": Person,
    "device": Device,
    "setting": Setting,
    "source_read": SourceRead,
    "step_taken": StepTaken,
    **FLOW_RECORDS,
}
"""Each kind of record by the name of its table."""

KINDS: dict[type[Record], str] = {record: kind for kind, record in RECORDS.items()}
