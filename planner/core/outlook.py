"""The plan as looked at on a day, for some teams: every figure of the service, each with its one definition and its rows."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from planner.core.facts import Facts, facts_of, facts_of_worker
from planner.core.flow_figures import FlowFigures
from planner.core.flow_records import MayHold
from planner.core.obligations import Obligation, owed, rule_of
from planner.core.outlook_rows import Away, CaseDue, LateVisit, NearLimit, OpenCase, Waiting
from planner.core.policy import RuleSet, policy_of
from planner.core.recording import TOOK_PLACE
from planner.core.records import (
    Absence,
    AddedHoliday,
    Allocation,
    Case,
    Child,
    Commitment,
    LocalRule,
    PolicyInForce,
    Record,
    Sighting,
    SourceRead,
    Team,
    Visit,
    Worker,
)
from planner.core.reference import Reference
from planner.core.rule import Rule
from planner.core.snapshot import Snapshot, is_away
from planner.core.sources import TRACKER
from planner.core.visit_allowance import VisitAllowance, visit_allowance
from planner.core.why import why
from planner.core.worker_days import WorkerDays
from planner.core.working_days import WorkingCalendar
from planner.core.workload import Load, Scheme, load, scheme_of
from planner.core.workspace_settings import SOURCE_AS_AT

NEAR_LIMIT = 10
"""An assessment is near its limit when this many working days or fewer are left."""
LONG_AWAY = 10
"""A worker away for this many working days more, or with no day of return, holds children in name only."""
MUST_HAVE_WORKER = frozenset({"cp", "lac"})
"""Plans on which a child must always have a worker."""
ASSESSMENT_LIMIT = "ASM-45"
CONFERENCE_RULES = frozenset({"CP-ICPC", "CP-TIN", "S47-SEEN"})
"""Section 47 enquiries and the conferences they may lead to."""
PRESSING = frozenset({"overdue", "due"})


class Outlook(FlowFigures):
    """Figures and rows of a snapshot on a day. Everything is worked out when first asked for, then kept.

    `team_ids` are the teams looked at; none means all. `earlier` are obligations known already, by child or worker.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        reference: Reference,
        on: date,
        today: date,
        team_ids: Iterable[str] = (),
        earlier: dict[str, tuple[Obligation, ...]] | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.reference = reference
        self.on = on
        self.today = today
        self.team_ids = frozenset(team_ids)
        self._owed: dict[str, tuple[Obligation, ...]] = dict(earlier or {})
        self._policies: dict[str, RuleSet] = {}
        self._allowances: dict[Worker, VisitAllowance] = {}

    @property
    def is_past(self) -> bool:
        """Whether the day looked at is before today; the past is read-only."""
        return self.on < self.today

    def after(self, snapshot: Snapshot, changed: Iterable[Record]) -> "Outlook":
        """The outlook on a later snapshot; obligations of children and workers the change does not touch are kept."""
        touched: set[str] = set()
        for record in changed:
            if isinstance(record, PolicyInForce | LocalRule | MayHold | AddedHoliday | Team):
                return Outlook(snapshot, self.reference, self.on, self.today, self.team_ids)
            touched.update(_subjects(record, self.snapshot), _subjects(record, snapshot))
        kept = {subject: rows for subject, rows in self._owed.items() if subject not in touched}
        later = Outlook(snapshot, self.reference, self.on, self.today, self.team_ids, kept)
        later._policies = self._policies
        return later

    # Rules

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The working calendar with the days the workspace added."""
        added = [holiday.on for holiday in self.snapshot.all(AddedHoliday).values() if holiday.on is not None]
        return self.reference.calendar.with_holidays(added) if added else self.reference.calendar

    def policy(self, team_id: str = "") -> RuleSet:
        """The rules in force for a team; teams that chose no policy of their own share one set, and all it has worked out."""
        team_id = team_id if self.snapshot.by(PolicyInForce, "team_id", team_id) else ""
        if team_id not in self._policies:
            self._policies[team_id] = policy_of(self.snapshot, self.reference.policies, team_id)
        return self._policies[team_id]

    def scheme(self, team_id: str) -> Scheme:
        """The workload scheme in force for a team on the day."""
        return scheme_of(self.snapshot, self.reference.schemes, team_id, self.on)

    def worker_days(self, worker: Worker) -> WorkerDays:
        """What fills the worker's days."""
        return WorkerDays(self.snapshot, self.calendar, worker)

    def allowance(self, worker: Worker) -> VisitAllowance:
        """How many statutory visits a whole week of the worker holds, and why."""
        if worker not in self._allowances:
            self._allowances[worker] = visit_allowance(self, worker)
        return self._allowances[worker]

    def why(self, obligation: Obligation) -> str:
        """The sentences that say why something is owed, made only when asked for."""
        return why(obligation, self._facts(obligation), self._policy_for(obligation), self.calendar)

    def rule_of(self, obligation: Obligation) -> Rule:
        """The rule that set an obligation's date, as in force for its team."""
        rule = rule_of(obligation, self._policy_for(obligation))
        assert rule is not None, obligation.rule
        return rule

    def _facts(self, obligation: Obligation) -> Facts:
        if obligation.subject == "worker":
            return facts_of_worker(self.snapshot, obligation.subject_id)
        return facts_of(self.snapshot, obligation.subject_id)

    def _policy_for(self, obligation: Obligation) -> RuleSet:
        if obligation.subject == "worker":
            worker = self.snapshot.find(Worker, obligation.subject_id)
            return self.policy(worker.team_id if worker else "")
        row = self.open_case(obligation.subject_id)
        return self.policy(row.team_id if row else "")

    # Teams and workers

    @cached_property
    def teams(self) -> tuple[Team, ...]:
        """The teams looked at, by name."""
        teams = self.snapshot.all(Team).values()
        return tuple(sorted((team for team in teams if self._looks_at(team.id)), key=lambda team: team.name))

    def team_name(self, team_id: str) -> str:
        """A team's name, or an empty string."""
        team = self.snapshot.find(Team, team_id)
        return team.name if team else ""

    @cached_property
    def workers(self) -> tuple[Worker, ...]:
        """Workers of these teams who are in post on the day, or still hold children, by name."""
        found = [worker for worker in self.snapshot.all(Worker).values() if self._looks_at(worker.team_id)]
        return tuple(sorted((worker for worker in found if self._is_here(worker)), key=lambda worker: worker.name))

    def _looks_at(self, team_id: str) -> bool:
        return not self.team_ids or team_id in self.team_ids

    def _is_here(self, worker: Worker) -> bool:
        started = worker.assignment_start is None or worker.assignment_start <= self.on
        left = worker.assignment_end is not None and worker.assignment_end <= self.on
        return (started and not left) or bool(self.snapshot.held_by(worker.id, self.on))

    # Cases

    @cached_property
    def cases(self) -> tuple[OpenCase, ...]:
        """Every open case of these teams, by the child's reference."""
        rows = []
        for child in self.snapshot.all(Child).values():
            case = self.snapshot.case(child.id, self.on)
            if case is None:
                continue
            lead = self.snapshot.lead(child.id, self.on)
            worker = self.snapshot.find(Worker, lead.worker_id) if lead else None
            team_id = worker.team_id if worker else self.snapshot.team_of(case, self.on)
            if self._looks_at(team_id):
                rows.append(self._open_case(child, case, lead, worker, team_id))
        return tuple(sorted(rows, key=lambda row: (row.child.reference, row.child.id)))

    def _open_case(self, child: Child, case: Case, lead: Allocation | None, worker: Worker | None, team_id: str) -> OpenCase:
        plans = self.snapshot.plans(child.id, self.on)
        visits = [owed_visit for owed_visit in self._owed_to(child.id, team_id) if owed_visit.kind == "visit"]
        return OpenCase(
            child=child,
            case=case,
            plan=plans[0].plan if plans else "",
            plan_since=plans[0].start if plans else None,
            plans=plans,
            worker=worker,
            since=lead.start if lead else None,
            team_id=team_id,
            last_seen=self._last_seen(child.id),
            next_visit=min((visit for visit in visits if visit.state != "unknown"), key=by_due, default=None),
        )

    def _last_seen(self, child_id: str) -> date | None:
        days = [
            visit.on
            for visit, sighting in self.snapshot.visits_of(child_id)
            if visit.status == "made" and sighting.seen and visit.on is not None and visit.on <= self.on
        ]
        return days[-1] if days else None

    @cached_property
    def _case_by_child(self) -> dict[str, OpenCase]:
        return {row.child.id: row for row in self.cases}

    def case_of(self, child_id: str) -> OpenCase | None:
        """The child's open case, if these teams have it on the day."""
        return self._case_by_child.get(child_id)

    def open_case(self, child_id: str) -> OpenCase | None:
        """The child's open case, whichever team has it."""
        known = self.case_of(child_id)
        child, case = self.snapshot.find(Child, child_id), self.snapshot.case(child_id, self.on)
        if known is not None or child is None or case is None:
            return known
        lead = self.snapshot.lead(child_id, self.on)
        worker = self.snapshot.find(Worker, lead.worker_id) if lead else None
        return self._open_case(child, case, lead, worker, worker.team_id if worker else self.snapshot.team_of(case, self.on))

    @cached_property
    def held(self) -> tuple[OpenCase, ...]:
        """Open cases with a lead worker."""
        return tuple(row for row in self.cases if row.worker is not None)

    # What is owed

    def owed_to(self, subject_id: str) -> tuple[Obligation, ...]:
        """Everything owed to a child, or by the rules to a worker, earliest first."""
        row = self.case_of(subject_id)
        if row is not None:
            return self._owed_to(subject_id, row.team_id)
        worker = self.snapshot.find(Worker, subject_id)
        return self._owed_to_worker(worker) if worker else ()

    def _owed_to(self, child_id: str, team_id: str) -> tuple[Obligation, ...]:
        if child_id not in self._owed:
            facts = facts_of(self.snapshot, child_id)
            self._owed[child_id] = tuple(sorted(owed(facts, self.policy(team_id), self.calendar, self.on), key=by_due))
        return self._owed[child_id]

    def _owed_to_worker(self, worker: Worker) -> tuple[Obligation, ...]:
        if worker.id not in self._owed:
            facts = facts_of_worker(self.snapshot, worker.id)
            self._owed[worker.id] = tuple(sorted(owed(facts, self.policy(worker.team_id), self.calendar, self.on), key=by_due))
        return self._owed[worker.id]

    @cached_property
    def obligations(self) -> tuple[Obligation, ...]:
        """Everything owed by these teams on the day, to children and to workers, earliest first."""
        rows = [obligation for _, obligation in self._each_due()]
        rows += [obligation for worker in self.workers for obligation in self._owed_to_worker(worker)]
        return tuple(sorted(rows, key=by_due))

    def _each_due(self) -> Iterator[tuple[OpenCase, Obligation]]:
        for row in self.cases:
            for obligation in self._owed_to(row.child.id, row.team_id):
                yield row, obligation

    def _due(self, rows: Iterable[tuple[OpenCase, Obligation]]) -> tuple[CaseDue, ...]:
        return tuple(CaseDue(row, obligation) for row, obligation in sorted(rows, key=lambda pair: by_due(pair[1])))

    @cached_property
    def overdue_visits(self) -> tuple[LateVisit, ...]:
        """Children with at least one overdue visit clock, one row a child, latest first; with no date at all first of all."""
        rows = []
        for case in self.cases:
            late = [owed_visit for owed_visit in self._owed_to(case.child.id, case.team_id) if is_overdue_visit(owed_visit)]
            if late:
                rows.append(LateVisit(case, late[0], tuple(late[1:]), late[0].days_late))
        return tuple(sorted(rows, key=lambda row: by_due(row.obligation)))

    @cached_property
    def unknown(self) -> tuple[CaseDue, ...]:
        """What fell due before the planner knew the child, where its source cannot say whether it was done. Never overdue."""
        return self._due(pair for pair in self._each_due() if pair[1].state == "unknown")

    @cached_property
    def section_47_and_conferences(self) -> tuple[CaseDue, ...]:
        """Section 47 visits and conferences that are overdue or due in the next 14 days."""
        return self._due(pair for pair in self._each_due() if pair[1].rule in CONFERENCE_RULES and pair[1].state in PRESSING)

    @cached_property
    def reviews_due(self) -> tuple[CaseDue, ...]:
        """Reviews, of looked-after children and of plans, that are overdue or due in the next 14 days."""
        return self._due(pair for pair in self._each_due() if pair[1].kind == "review" and pair[1].state in PRESSING)

    @cached_property
    def assessments_near_limit(self) -> tuple[NearLimit, ...]:
        """Assessments not yet authorised with ten working days or fewer to their limit, or past it."""
        rows = []
        for row, obligation in self._each_due():
            limit_on = obligation.due_on
            if obligation.rule == ASSESSMENT_LIMIT and limit_on is not None and obligation.state != "unknown":
                left = self._working_days_left(limit_on)
                if left <= NEAR_LIMIT:
                    rows.append(NearLimit(row, obligation, _ASSESSMENT_DAYS - left, _ASSESSMENT_DAYS))
        return tuple(sorted(rows, key=lambda near: by_due(near.obligation)))

    def _working_days_left(self, limit_on: date) -> int:
        """Working days from the day looked at to a limit; negative when it has passed."""
        if limit_on >= self.on:
            return self.calendar.between(self.on, limit_on)
        return -self.calendar.between(limit_on, self.on)

    @cached_property
    def not_seen_in_assessment(self) -> tuple[OpenCase, ...]:
        """Children in assessment who have not been seen since the case was received."""
        return tuple(
            row
            for row in self.cases
            if row.plan == "assessment" and (row.last_seen is None or row.last_seen < (row.case.received_on or date.min))
        )

    # Who holds whom

    @cached_property
    def waiting(self) -> tuple[Waiting, ...]:
        """Children nobody leads for: those who must have a worker first, then by first visit due, then longest waiting."""
        rows = [self._waiting(row) for row in self.cases if row.worker is None]
        return tuple(sorted(rows, key=lambda row: (not row.must_have_worker, _first_visit(row.case), row.since)))

    def _waiting(self, row: OpenCase) -> Waiting:
        former = self.snapshot.by(Allocation, "child_id", row.child.id)
        ends = [held.end for held in former if held.role == "lead" and held.end is not None and held.end <= self.on]
        arrived = row.case.passed_to_team_on or row.case.received_on or self.on
        since = max([arrived, *ends])
        must = any(spell.plan in MUST_HAVE_WORKER for spell in row.plans)
        return Waiting(row, since, self.calendar.between(since, self.on), row.case.held_meanwhile, must)

    @cached_property
    def held_in_name_only(self) -> tuple[OpenCase, ...]:
        """Children whose lead worker is away for ten working days more, or with no day of return."""
        long_away = {worker.id for worker in self.workers if self._is_long_away(worker)}
        return tuple(row for row in self.cases if row.worker is not None and row.worker.id in long_away)

    def _is_long_away(self, worker: Worker) -> bool:
        return any(
            absence.last_day is None or self.calendar.between(self.on, absence.last_day) >= LONG_AWAY
            for absence in self.snapshot.by(Absence, "worker_id", worker.id)
            if is_away(absence, self.on)
        )

    def held_by(self, worker_id: str) -> tuple[OpenCase, ...]:
        """The open cases a worker leads."""
        return self._cases_by_worker.get(worker_id, ())

    @cached_property
    def _cases_by_worker(self) -> dict[str, tuple[OpenCase, ...]]:
        groups: dict[str, list[OpenCase]] = {}
        for row in self.held:
            assert row.worker is not None
            groups.setdefault(row.worker.id, []).append(row)
        return {worker_id: tuple(rows) for worker_id, rows in groups.items()}

    # Workload

    @cached_property
    def loads(self) -> tuple[Load, ...]:
        """The load of every worker of these teams, fullest first, those with no capacity last."""
        rows = [load(self.snapshot, worker, self.on, self.scheme(worker.team_id)) for worker in self.workers]
        return tuple(sorted(rows, key=lambda row: (row.percent is None, -(row.percent or 0), row.worker.name)))

    def load_of(self, worker_id: str) -> Load | None:
        """One worker's load."""
        return next((row for row in self.loads if row.worker.id == worker_id), None)

    @cached_property
    def over_capacity(self) -> tuple[Load, ...]:
        """Workers whose band is over."""
        return tuple(row for row in self.loads if row.state == "over")

    @cached_property
    def nearly_full(self) -> tuple[Load, ...]:
        """Workers whose band is nearly full."""
        return tuple(row for row in self.loads if row.state == "nearly full")

    @cached_property
    def no_capacity(self) -> tuple[Load, ...]:
        """Workers with nothing available who hold children."""
        return tuple(row for row in self.loads if row.state == "no capacity" and row.child_ids)

    # Days

    def away(self, first: date, last: date) -> tuple[Away, ...]:
        """Absences and commitments of these workers that touch the days from first to last, by worker and day."""
        rows = []
        for worker in self.workers:
            for absence in self.snapshot.by(Absence, "worker_id", worker.id):
                if absence.first_day is not None and absence.first_day <= last and (absence.last_day or last) >= first:
                    part = absence.part if absence.first_day == absence.last_day else "day"
                    rows.append(Away(worker, absence.first_day, absence.last_day or last, "Away", "away", part))
            for busy in self.snapshot.by(Commitment, "worker_id", worker.id):
                if busy.first_day is not None and busy.first_day <= last and (busy.last_day or busy.first_day) >= first:
                    word = busy.title or busy.kind.capitalize()
                    rows.append(Away(worker, busy.first_day, busy.last_day or busy.first_day, word, busy.kind))
        return tuple(rows)

    def visits_planned(self, first: date, last: date) -> tuple[Visit, ...]:
        """Visits planned from first to last for children these teams hold, in order of day and time."""
        found = [
            visit
            for visit in self.snapshot.by(Visit, "status", "planned")
            if visit.on is not None and first <= visit.on <= last and self._concerns(visit)
        ]
        return tuple(sorted(found, key=lambda visit: (visit.on or date.min, str(visit.at or "~"), visit.id)))

    def _concerns(self, visit: Visit) -> bool:
        return any(self.case_of(sighting.child_id) for sighting in self.snapshot.by(Sighting, "visit_id", visit.id))

    # The case system beside us

    @cached_property
    def source_as_at(self) -> date | None:
        """The day the case system's figures, as last imported, speak of."""
        text = self.snapshot.setting(SOURCE_AS_AT)
        return date.fromisoformat(text) if text else None

    @cached_property
    def source_name(self) -> str:
        """What these figures are of: `Case system`, or `Tracker` where nothing but trackers was ever read."""
        formats = {read.format for read in self.snapshot.all(SourceRead).values()}
        return "Tracker" if formats == {TRACKER} else "Case system"

    @cached_property
    def logged_since(self) -> tuple[Visit, ...]:
        """Visits logged here, made or tried, later than the case system's figures and up to the day looked at."""
        since = self.source_as_at
        if since is None:
            return ()
        return tuple(
            visit
            for status in TOOK_PLACE
            for visit in self.snapshot.by(Visit, "status", status)
            if visit.on is not None and since < visit.on <= self.on and not visit.source
        )


_ASSESSMENT_DAYS = 45


def by_due(obligation: Obligation) -> tuple[str, str]:
    """The order of obligations: no date first, then by the day or moment due, then by rule."""
    return obligation.due.isoformat() if obligation.due else "", obligation.rule


def is_overdue_visit(obligation: Obligation) -> bool:
    """Whether this is a visit clock whose date has passed, or that never had one."""
    return obligation.kind == "visit" and obligation.state == "overdue"


def _first_visit(row: OpenCase) -> date:
    """The day of the first visit: as a rule has it due, or sooner where the front door asked for it."""
    owed_on = (row.next_visit.due_on if row.next_visit else None) or date.max
    return min(owed_on, row.first_visit_by or date.max)


def _subjects(record: Record, snapshot: Snapshot) -> set[str]:
    """The children and workers whose obligations a record bears on."""
    found = {getattr(record, name, "") for name in ("child_id", "worker_id")}
    if isinstance(record, Child | Worker):
        found.add(record.id)
    if isinstance(record, Visit):
        found |= {sighting.child_id for sighting in snapshot.by(Sighting, "visit_id", record.id)}
    return found - {""}
