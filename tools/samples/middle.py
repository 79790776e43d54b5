"""The project as it stands on a Monday in its middle: what came later is dropped, or planned where it would be by then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from planner.core.records import (
    Absence,
    Allocation,
    AwayReason,
    Case,
    Child,
    Commitment,
    ConflictOfInterest,
    Event,
    IntakeWeek,
    LegalStatus,
    Placement,
    PlanSpell,
    Record,
    Reduction,
    Setting,
    Sighting,
    Suspension,
    Transfer,
    Visit,
    VisitFrequency,
    Worker,
)
from planner.core.snapshot import Snapshot
from planner.core.workspace_settings import SAMPLE_TODAY, SOURCE_AS_AT
from tools.samples.dice import Dice
from tools.samples.leaving import handed_back_by_then, ready_by_then, ticked_by_then
from tools.samples.project import Project
from tools.samples.stories import stories
from tools.samples.writing import MEETINGS

BOOKED = MEETINGS - {"strategy_discussion"}
SOON = timedelta(weeks=6)
FROM_CASE_SYSTEM = "case system"


def marked(records: list[Record], source_as_at: date) -> list[Record]:
    """Visits up to the day the case system speaks of carry its name as their source."""
    return [
        replace(one, source=FROM_CASE_SYSTEM)
        if isinstance(one, Visit) and one.status != "planned" and (one.on or date.max) <= source_as_at
        else one
        for one in records
    ]


class Middle:
    """Cuts the whole project at the start of a Monday."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.on = project.middle
        self.dice = Dice(f"{project.name} middle")
        self.transfers_planned = 0
        records = list(project.book.records.values())
        self.whole = Snapshot(records)
        self.children = {
            case.child_id for case in self.whole.all(Case).values() if case.received_on and case.received_on <= self.on
        }
        self.ill = {reason.about for reason in self.whole.all(AwayReason).values() if reason.reason == "Sickness"}
        self.back = {reason.about for reason in self.whole.all(AwayReason).values() if reason.reason == "Phased return"}
        self.led = {
            held.child_id: held.worker_id
            for held in self.whole.all(Allocation).values()
            if held.role == "lead" and self._held_then(held)
        }
        self.visits = {visit.id: cut for visit in self.whole.all(Visit).values() if (cut := self._visit(visit)) is not None}

    def records(self) -> list[Record]:
        """What the sample holds when it is opened to be worked in."""
        kept = [cut for record in self.whole.records() if (cut := self._cut(record)) is not None]
        ids = {record.id for record in kept}
        kept = [record for record in kept if not isinstance(record, AwayReason) or record.about in ids]
        as_at = self.project.days.after(self.on, -3)
        settings = {SAMPLE_TODAY: self.on, SOURCE_AS_AT: as_at}
        kept = [
            replace(one, value=settings[one.id].isoformat()) if isinstance(one, Setting) and one.id in settings else one
            for one in kept
        ]
        leaving = [*ready_by_then(self.project, kept), *handed_back_by_then(self.project, kept, *self.project.hand_back)]
        told = stories(self.project, self.dice, kept)
        return [*ticked_by_then(self.project, [*marked([*kept, *told], as_at), *leaving]), *self.project.arriving]

    def _cut(self, record: Record) -> Record | None:
        if getattr(record, "child_id", "") and getattr(record, "child_id", "") not in self.children:
            return None
        cut = _CUTS.get(type(record))
        return cut(self, record) if cut else record

    def _held_then(self, held: Any) -> bool:
        """Whether it holds on the eve of the Monday and goes on."""
        return held.start is not None and held.start < self.on and (held.end is None or held.end >= self.on)

    # Children and their course

    def _child(self, child: Child) -> Child | None:
        if child.id not in self.children:
            return None
        return replace(child, born=None) if child.born is not None and child.born >= self.on else child

    def _case(self, case: Case) -> Case:
        if case.ended_on is None or case.ended_on < self.on:
            return case
        opened = replace(case, ended_on=None, outcome="", closure_reason="")
        if case.child_id in self.led:
            return opened
        is_high = bool(case.priority) or self.dice.chance(0.3)
        return replace(
            opened,
            held_meanwhile="Duty worker" if self.dice.chance(0.6) else "Team manager",
            priority="high" if is_high else "normal",
            priority_review_on=self.on + timedelta(days=7),
        )

    def _period(self, record: Any) -> Any:
        """A spell, status, placement: begun by then, and not yet known to end."""
        arrives_today = isinstance(record, PlanSpell) and record.plan == "assessment" and record.start == self.on
        if record.start is None or (record.start >= self.on and not arrives_today):
            return None
        return replace(record, end=None) if record.end is not None and record.end >= self.on else record

    def _allocation(self, held: Allocation) -> Allocation | None:
        if held.start is None or held.start >= self.on:
            return None
        return replace(held, end=None, end_code="", end_reason="") if held.end is not None and held.end >= self.on else held

    def _begun(self, record: Any) -> Any:
        return record if record.start is not None and record.start <= self.on else None

    def _event(self, event: Event) -> Event | None:
        if event.on is None or event.on < self.on:
            return event
        if event.on == self.on and event.event in ("referral_received", "passed_to_team", "assessment_started"):
            return event
        is_booked = event.event in BOOKED or (event.event == "health_assessment_held" and self.dice.chance(0.7))
        if is_booked and event.on <= self.on + SOON and self._has_plan_for(event):
            return replace(event, status="planned")
        if event.event == "supervision_held" and event.on <= self.on + timedelta(days=14):
            return replace(event, status="planned")
        return None

    def _has_plan_for(self, event: Event) -> bool:
        """Whether the plan the meeting belongs to runs already, or the conference has been called."""
        plans = {
            spell.plan for spell in self.whole.by(PlanSpell, "child_id", event.child_id) if spell.start and spell.start < self.on
        }
        needed = {"icpc_held": "assessment", "core_group_held": "cp", "cp_review_held": "cp"}
        needed |= {"lac_review_held": "lac", "health_assessment_held": "lac"}
        return needed.get(event.event, "cin") in plans

    def _transfer(self, transfer: Transfer) -> Transfer | None:
        if transfer.decided_on is not None and transfer.decided_on < self.on:
            return transfer
        if transfer.planned_on is None or transfer.planned_on > self.on + timedelta(days=21):
            return None
        planned = replace(
            transfer, status="planned", decided_on=None, to_worker_id="", done=transfer.checklist[: self.dice.number(1, 3)]
        )
        self.transfers_planned += 1
        if self.transfers_planned % 8 == 2:
            return replace(
                planned,
                planned_on=self.on - timedelta(days=7),
                status="returned",
                decided_on=self.project.days.after(self.on, -2),
                reason="Chronology not up to date",
            )
        return planned

    # Visits

    def _visit(self, visit: Visit) -> Visit | None:
        if visit.on is None or visit.on < self.on:
            is_recorded = visit.recorded_on is not None and visit.recorded_on < self.on
            return visit if is_recorded else replace(visit, recorded_on=None)
        ahead = (visit.on - self.on).days
        if visit.status != "made" or ahead > 11 or not self.dice.chance(0.8 if ahead < 5 else 0.45):
            return None
        children = [sighting.child_id for sighting in self.whole.by(Sighting, "visit_id", visit.id)]
        leads = {self.led.get(child_id, "") for child_id in children}
        if len(leads) != 1 or "" in leads:
            return None
        leaves_on = self.whole.all(Worker)[next(iter(leads))].assignment_end
        if leaves_on is not None and leaves_on <= visit.on:
            return None
        planned = Visit(
            id=visit.id,
            on=visit.on,
            at=visit.at,
            worker_id=leads.pop(),
            place=visit.place,
            mode=visit.mode,
            standing=visit.standing,
        )
        return replace(planned, pinned=self.dice.chance(0.2), workers_needed=2 if self.dice.chance(0.04) else 1)

    def _visit_kept(self, visit: Visit) -> Visit | None:
        return self.visits.get(visit.id)

    def _sighting(self, sighting: Sighting) -> Sighting | None:
        visit = self.visits.get(sighting.visit_id)
        if visit is None:
            return None
        return (
            sighting
            if visit.status != "planned"
            else Sighting(id=sighting.id, visit_id=sighting.visit_id, child_id=sighting.child_id)
        )

    # Workers

    def _worker(self, worker: Worker) -> Worker | None:
        if worker.assignment_start is not None and worker.assignment_start > self.on + timedelta(days=21):
            return None
        known_end = worker.notice_on is not None and worker.notice_on < self.on
        left = worker if known_end else replace(worker, assignment_end=None, notice_on=None)
        checks, login = (
            None if day is not None and day >= self.on else day for day in (left.checks_complete_on, left.login_complete_on)
        )
        return replace(left, checks_complete_on=checks, login_complete_on=login)

    def _of_worker(self, record: Any, first: date | None) -> bool:
        """Whether a booking is near enough to be known, of a worker who is."""
        worker = self.whole.find(Worker, record.worker_id)
        return first is not None and first <= self.on + SOON and worker is not None and self._worker(worker) is not None

    def _absence(self, absence: Absence) -> Absence | None:
        if not self._of_worker(absence, absence.first_day):
            return None
        is_ill = absence.id in self.ill and absence.last_day is not None and absence.last_day >= self.on
        return replace(absence, last_day=None) if is_ill else absence

    def _reduction(self, cut: Reduction) -> Reduction | None:
        if not self._of_worker(cut, cut.start) or (cut.id in self.back and cut.start is not None and cut.start > self.on):
            return None
        return replace(cut, end=None) if cut.id in self.ill and cut.end is not None and cut.end >= self.on else cut

    def _commitment(self, busy: Commitment) -> Commitment | None:
        return busy if self._of_worker(busy, busy.first_day) else None

    def _intake(self, week: IntakeWeek) -> IntakeWeek | None:
        return week if week.week_on is not None and week.week_on <= self.on + timedelta(weeks=26) else None

    def _conflict(self, conflict: ConflictOfInterest) -> ConflictOfInterest | None:
        worker = self.whole.find(Worker, conflict.worker_id)
        return conflict if worker is not None and self._worker(worker) is not None else None


_CUTS: dict[type[Record], Callable[[Middle, Any], Record | None]] = {
    Child: Middle._child,
    Case: Middle._case,
    PlanSpell: Middle._period,
    LegalStatus: Middle._period,
    Placement: Middle._period,
    Allocation: Middle._allocation,
    VisitFrequency: Middle._begun,
    Suspension: Middle._begun,
    Event: Middle._event,
    Transfer: Middle._transfer,
    Visit: Middle._visit_kept,
    Sighting: Middle._sighting,
    Worker: Middle._worker,
    Absence: Middle._absence,
    Reduction: Middle._reduction,
    Commitment: Middle._commitment,
    IntakeWeek: Middle._intake,
    ConflictOfInterest: Middle._conflict,
}
