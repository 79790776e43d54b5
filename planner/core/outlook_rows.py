"""The rows that stand behind the figures of an outlook."""

from dataclasses import dataclass
from datetime import date

from planner.core.obligations import Obligation
from planner.core.records import Case, Child, PlanSpell, Worker


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open case on the day looked at, with its highest plan, its lead worker and its next visit.

    `since` is the first day of the lead worker; `last_seen` the last day the child was seen on a visit.
    """

    child: Child
    case: Case
    plan: str
    plan_since: date | None
    plans: tuple[PlanSpell, ...]
    worker: Worker | None
    since: date | None
    team_id: str
    last_seen: date | None
    next_visit: Obligation | None

    @property
    def first_visit_by(self) -> date | None:
        """The day by which the front door asked for a first visit; None once the child was seen since being received."""
        since = self.case.received_on or date.min
        return None if self.last_seen is not None and self.last_seen >= since else self.case.first_visit_by


@dataclass(frozen=True, slots=True)
class LateVisit:
    """A child with at least one overdue visit clock: the earliest, and the others. `days_late` is None with no due date."""

    case: OpenCase
    obligation: Obligation
    others: tuple[Obligation, ...]
    days_late: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A child nobody leads for: since when, for how many working days, and who holds the child meanwhile."""

    case: OpenCase
    since: date
    working_days: int
    held_meanwhile: str
    must_have_worker: bool


@dataclass(frozen=True, slots=True)
class CaseDue:
    """A child and one thing owed to it."""

    case: OpenCase
    obligation: Obligation


@dataclass(frozen=True, slots=True)
class NearLimit:
    """An assessment on working day `day` of `limit`."""

    case: OpenCase
    obligation: Obligation
    day: int
    limit: int


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which a worker cannot visit, with the word to show; `kind` is `away` or the commitment's kind. Never why.

    `part` is `am` or `pm` where the worker is away for half of a day only, else `day`.
    """

    worker: Worker
    first_day: date
    last_day: date
    word: str
    kind: str
    part: str = "day"
