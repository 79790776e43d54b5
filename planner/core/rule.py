"""What a rule is: who it is for, what starts its clock, how long it runs, what ends it, and where it comes from."""

from dataclasses import dataclass, field
from datetime import date

from planner.core.durations import Duration

SPELL = "start of spell"
PLACEMENT = "start of placement"
ANY_PLACEMENT = "start of placement or any change"
ORDER = "start of order"
SHORT_BREAKS = "first short break"
VISIT_MADE = "visit made"
WORK = "start of work"

COURSE_TRIGGERS = (SPELL, PLACEMENT, ANY_PLACEMENT, ORDER, SHORT_BREAKS)
"""What in a child's own course starts a clock; every other trigger is an event, a birthday, a visit or a worker's start."""

STATUTORY_FORCES = frozenset({"REG", "SG", "REG/SG"})
FORCES = frozenset({"LOCAL", "PRAC"}) | STATUTORY_FORCES
KINDS = ("visit", "review", "conference", "assessment", "plan", "health", "court", "allocation", "supervision", "check", "other")
ANCHORS = ("last visit", "last due", "start")
NATIONAL = "england"
"""The layer of the shipped national rules; a council's, and the workspace's own, lie above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Who a rule is for; an empty set asks nothing. `after` and `within` look at how long the clock has run."""

    subject: str = "child"
    plan: frozenset[str] = frozenset()
    placement_types: frozenset[str] = frozenset()
    not_placement_types: frozenset[str] = frozenset()
    legal_codes: frozenset[str] = frozenset()
    not_legal_codes: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    without_flags: frozenset[str] = frozenset()
    age_from: int | None = None
    age_under: int | None = None
    after: Duration | None = None
    within: Duration | None = None
    times_held: int | None = None
    times_held_from: int = 0

    def matches(self, placement_type: str, legal_codes: frozenset[str], flags: frozenset[str]) -> bool:
        """Whether placement, legal status and flags are as the rule asks; the plan is looked at apart."""
        return (
            (not self.placement_types or placement_type in self.placement_types)
            and placement_type not in self.not_placement_types
            and (not self.legal_codes or not self.legal_codes.isdisjoint(legal_codes))
            and self.not_legal_codes.isdisjoint(legal_codes)
            and self.flags <= flags
            and self.without_flags.isdisjoint(flags)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What ends the clock: a visit in which the child was seen, with what else is asked of it, or one of these events.

    `early` is how long before the trigger it may have happened. `among_last` is for checks: one of the last so many
    visits must have been so. `nothing` is a reminder, whose day simply passes; `end` is a limit, which only the end of
    the plan, placement or order meets.
    """

    event: frozenset[str] = frozenset()
    plan_start: frozenset[str] = frozenset()
    seen: bool = True
    seen_alone: bool = False
    place: frozenset[str] = frozenset()
    mode: frozenset[str] = frozenset()
    standing: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    early: Duration | None = None
    among_last: int = 1
    nothing: bool = False
    end: bool = False

    @property
    def is_visit(self) -> bool:
        """Whether visits end the clock, and not events."""
        return not self.event and not self.nothing and not self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of one rule, complete. `starts` and `ends` are the days between which this version is in force.

    `first` runs from the trigger, `every` from each event that counts (the last of several repeats); `then` takes the
    place of `every` once what the rule `lasts` for is over. `layer` says whose version it is.
    """

    id: str
    title: str = ""
    kind: str = "other"
    applies_to: Scope = Scope()
    trigger: tuple[str, ...] = (SPELL,)
    first: Duration | None = None
    first_follows_every: bool = True
    every: tuple[Duration, ...] = ()
    then: Duration | None = None
    beginning_with: bool = False
    count_visit_day: bool = False
    bank_holidays: str = "out"
    anchor: str = "last visit"
    counts: Counts = Counts()
    lasts_events: frozenset[str] = frozenset()
    lasts_age: int | None = None
    lasts_for: Duration | None = None
    after_birth: Duration | None = None
    extension: Duration | None = None
    force: str = "LOCAL"
    source: str = ""
    certainty: str = ""
    starts: date | None = None
    ends: date | None = None
    replaces: tuple[str, ...] = ()
    switched_on: bool = True
    confirm_locally: bool = False
    note: str = ""
    layer: str = NATIONAL

    is_statutory: bool = field(init=False, default=False, compare=False, repr=False)
    is_course_rule: bool = field(init=False, default=False, compare=False, repr=False)
    is_conditional: bool = field(init=False, default=False, compare=False, repr=False)
    is_limited: bool = field(init=False, default=False, compare=False, repr=False)
    asks_count: bool = field(init=False, default=False, compare=False, repr=False)
    early_days: int = field(init=False, default=0, compare=False, repr=False)
    starts_by: int = field(init=False, default=0, compare=False, repr=False)
    ends_by: int = field(init=False, default=10_000_000, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Work out once what the clocks ask of every rule, many thousand times.

        `is_statutory`: the law or statutory guidance says it, as shipped; what is set locally never is. `is_course_rule`:
        its clock starts in a child's course, not by an event. `is_conditional`: age, length or count limit it.
        `is_limited`: it lasts until something. `asks_count`: it needs to know how often it was met.
        """
        scope, limits = self.applies_to, (self.lasts_events, self.lasts_age, self.lasts_for)
        counts_held = scope.times_held is not None or scope.times_held_from > 0
        conditions = (scope.after, scope.within, scope.age_from, scope.age_under)
        early = self.counts.early
        for name, value in (
            ("is_statutory", self.layer == NATIONAL and self.force in STATUTORY_FORCES),
            ("is_course_rule", self.trigger[0] in COURSE_TRIGGERS),
            ("is_conditional", counts_held or any(one is not None for one in conditions)),
            ("is_limited", any(limits)),
            ("asks_count", counts_held or len(self.every) > 1 or self.anchor != ANCHORS[0]),
            ("early_days", round(early.rough_days) if early is not None else 0),
            ("starts_by", self.starts.toordinal() if self.starts is not None else 0),
            ("ends_by", self.ends.toordinal() if self.ends is not None else 10_000_000),
        ):
            object.__setattr__(self, name, value)

    @property
    def has_clock(self) -> bool:
        """Whether anything can fall due; without, the rule is listed as guidance only."""
        return self.first is not None or bool(self.every) or self.kind == "check"

    def holds(self, ordinal: int) -> bool:
        """Whether this version is in force on a day, given as an ordinal."""
        return self.starts_by <= ordinal < self.ends_by

    @property
    def version(self) -> str:
        """The day this version came into force and whose it is, for a printed sheet."""
        return f"{self.layer}, from {self.starts.isoformat()}" if self.starts else f"{self.layer}, as shipped"


def also_on(plan: str) -> str:
    """The flag of a child who is on this plan too, beside the one a rule is for."""
    return f"also_{plan}"
