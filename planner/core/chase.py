"""What a co-ordinator chases: for each worker what is late, missing, or made and not yet in the case system.

The query is the truth: a gap that is put right is no row any more, whatever was promised of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.flow_records import Chased
from planner.core.outlook_rows import OpenCase
from planner.core.phrases import lower_first
from planner.core.recording import TOOK_PLACE, is_unrecorded
from planner.core.records import Event, Sighting, Story, Visit, Worker
from planner.core.stories import stories_of

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

LATE, NO_OUTCOME, NOT_ALONE, NO_REVIEW_DATE, NO_WORKER, UNRECORDED = (
    "late",
    "no outcome",
    "alone not said",
    "no review date",
    "no worker",
    "not recorded",
)
KINDS = {
    LATE: "Late",
    NO_OUTCOME: "No outcome",
    NOT_ALONE: "Alone not said",
    NO_REVIEW_DATE: "No review date",
    NO_WORKER: "No worker",
    UNRECORDED: "Not recorded",
}
"""Kinds of gap, with the words a person reads, in the order in which they stand."""
RECORDING_RULE = "REC-48H"
"""The local rule of how soon a visit is to be in the case system."""
MEETINGS = frozenset({"review", "conference"})
ALONE_MATTERS = frozenset({"cp", "lac"})
ALONE_ASKED_FOR = timedelta(days=92)
"""How long after a visit it is still asked whether the child was seen alone."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to chase. `about` is the id of the visit, sighting, case or obligation; `worker` is None for nobody's.

    `cases` are the children it is about; `since` the day from which it is missing, and `due_on` the day by which it was to
    be there. `words` says what is missing, `settled_by` what would settle it; `chased` are the times it was asked for, `story` is
    what is told of what is late.
    """

    kind: str
    about: str
    worker: Worker | None
    cases: tuple[OpenCase, ...]
    since: date | None
    due_on: date | None
    words: str
    settled_by: str
    chased: tuple[Chased, ...] = ()
    story: Story | None = None

    @property
    def id(self) -> str:
        """What the gap is called where it is said that somebody was asked for it."""
        return f"{self.kind}:{self.about}"

    @property
    def last_chased(self) -> Chased | None:
        """The last time it was asked for."""
        return self.chased[-1] if self.chased else None


def is_late(gap: Gap, on: date) -> bool:
    """Whether the day by which it was to be there is past."""
    return gap.due_on is not None and gap.due_on < on


def is_promise_broken(gap: Gap, on: date) -> bool:
    """Whether what was promised last is past its day, and the gap is still there."""
    last = gap.last_chased
    return last is not None and last.promised_by is not None and last.promised_by < on


def is_to_chase(gap: Gap, on: date) -> bool:
    """Whether it is to be asked for on the day: never asked, promise broken, or the day to ask again has come."""
    last = gap.last_chased
    if last is None or is_promise_broken(gap, on):
        return True
    return last.again_on is not None and last.again_on <= on


def is_chased_on(gap: Gap, on: date) -> bool:
    """Whether it was asked for on that day."""
    return any(one.on == on for one in gap.chased)


def gaps(outlook: "Outlook") -> tuple[Gap, ...]:
    """Every gap of the teams looked at: by worker's name, nobody's last, then by kind and by how long."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    found = [
        gap
        for find in (_late, _without_outcome, _alone_not_said, _without_review_date, _without_worker, _not_recorded)
        for gap in find(outlook)
    ]
    return tuple(
        sorted(
            found,
            key=lambda gap: (
                gap.worker is None,
                gap.worker.name if gap.worker else "",
                order[gap.kind],
                gap.due_on or gap.since or date.min,
                gap.cases[0].child.reference if gap.cases else "",
                gap.about,
            ),
        )
    )


def gaps_to_chase(outlook: "Outlook") -> tuple[Gap, ...]:
    """The gaps that are to be asked for on the day looked at."""
    return tuple(gap for gap in outlook.gaps if is_to_chase(gap, outlook.on))


def gaps_by_worker(rows: tuple[Gap, ...]) -> dict[str, tuple[Gap, ...]]:
    """The gaps of each worker by id, in their order; nobody's under an empty id."""
    groups: dict[str, list[Gap]] = {}
    for gap in rows:
        groups.setdefault(gap.worker.id if gap.worker else "", []).append(gap)
    return {worker_id: tuple(found) for worker_id, found in groups.items()}


def _gap(
    outlook: "Outlook",
    kind: str,
    about: str,
    worker: Worker | None,
    cases: tuple[OpenCase, ...],
    days: tuple[date | None, date | None],
    words: str,
    settled_by: str,
) -> Gap:
    asked = outlook.snapshot.by(Chased, "about", f"{kind}:{about}")
    known = tuple(one for one in asked if (one.on or outlook.on) <= outlook.on)
    return Gap(kind, about, worker, cases, *days, words, settled_by, known)


def _late(outlook: "Outlook") -> Iterator[Gap]:
    """Every overdue duty, but those that have a kind of their own here."""
    for row in outlook.overdue_duties:
        one = row.obligation
        if one.rule == RECORDING_RULE or row.case.worker is None:
            continue
        settled = "The visit, or the story" if one.kind == "visit" else "The day it was held, or the story"
        title = outlook.rule_of(one).title or one.rule
        gap = _gap(outlook, LATE, one.id, row.case.worker, (row.case,), (one.due_on, one.due_on), title, settled)
        told = stories_of(outlook.snapshot, one.id, outlook.on)
        yield replace(gap, story=told[-1]) if told else gap


def _without_outcome(outlook: "Outlook") -> Iterator[Gap]:
    """Planned visits whose day has passed."""
    for visit in outlook.visits_planned(date.min, outlook.on - timedelta(days=1)):
        cases = _cases_of(outlook, visit)
        if cases:
            worker, settled = _worker_of(outlook, visit), "Seen, not seen and why, or another day"
            yield _gap(outlook, NO_OUTCOME, visit.id, worker, cases, (visit.on, visit.on), "Outcome of a planned visit", settled)


def _alone_not_said(outlook: "Outlook") -> Iterator[Gap]:
    """Visits logged here to children on plans where it matters, of which nobody said whether the child was seen alone."""
    for case in outlook.cases:
        if not any(spell.plan in ALONE_MATTERS for spell in case.plans):
            continue
        for visit, sighting in outlook.snapshot.visits_of(case.child.id):
            if _lacks_alone(visit, sighting) and visit.on and outlook.on - ALONE_ASKED_FOR <= visit.on <= outlook.on:
                worker, words = _worker_of(outlook, visit), "Seen alone or not, and why not"
                yield _gap(outlook, NOT_ALONE, sighting.id, worker, (case,), (visit.on, None), words, "Seen alone, or why not")


def _lacks_alone(visit: Visit, sighting: Sighting) -> bool:
    is_logged_here = visit.status == "made" and visit.standing == "statutory" and not visit.source
    return is_logged_here and sighting.seen is True and sighting.seen_alone is None


def _without_review_date(outlook: "Outlook") -> Iterator[Gap]:
    """Reviews and conferences that are due soon with no day planned for them; those overdue are late already."""
    dues = (*outlook.reviews_due, *outlook.section_47_and_conferences)
    ahead = [row for row in dues if row.obligation.kind in MEETINGS and row.obligation.state != "overdue"]
    for row in {row.obligation.id: row for row in ahead}.values():
        wanted = outlook.rule_of(row.obligation).counts.event
        planned = any(
            event.status == "planned" and event.event in wanted and event.on is not None and event.on >= outlook.on
            for event in outlook.snapshot.by(Event, "child_id", row.case.child.id)
        )
        if not planned:
            one, title = row.obligation, outlook.rule_of(row.obligation).title
            words = f"Day of the {lower_first(title)}" if title else "Day of the meeting"
            yield _gap(
                outlook,
                NO_REVIEW_DATE,
                one.id,
                row.case.worker,
                (row.case,),
                (None, one.due_on),
                words,
                "The day it is planned for",
            )


def _without_worker(outlook: "Outlook") -> Iterator[Gap]:
    for row in outlook.waiting:
        yield _gap(
            outlook, NO_WORKER, row.case.case.id, None, (row.case,), (row.since, None), "Waits for a worker", "An allocation"
        )


def _not_recorded(outlook: "Outlook") -> Iterator[Gap]:
    """Visits logged here that took place and are not in the case system, each with the day by which it was to be there."""
    for status in TOOK_PLACE:
        for visit in outlook.snapshot.by(Visit, "status", status):
            if visit.on is None or visit.on > outlook.on or not is_unrecorded(visit, outlook.on):
                continue
            cases = _cases_of(outlook, visit)
            if cases:
                due = recorded_by(outlook, visit.on, cases[0].team_id)
                words = "Visit" if status == "made" else "Tried visit"
                worker = _worker_of(outlook, visit)
                yield _gap(outlook, UNRECORDED, visit.id, worker, cases, (visit.on, due), words, "In the case system")


def recorded_by(outlook: "Outlook", visited: date, team_id: str) -> date | None:
    """The day by which a visit is to be in the case system, as the team's policy says; None where it says nothing."""
    rule = outlook.policy(team_id).version(RECORDING_RULE, visited)
    if rule is None or not rule.switched_on or rule.first is None:
        return None
    return date.fromordinal(rule.first.end(visited.toordinal(), outlook.calendar))


def _cases_of(outlook: "Outlook", visit: Visit) -> tuple[OpenCase, ...]:
    """The children of a visit who have an open case here, by reference."""
    sightings = outlook.snapshot.by(Sighting, "visit_id", visit.id)
    found = [case for sighting in sightings if (case := outlook.case_of(sighting.child_id)) is not None]
    return tuple(sorted(found, key=lambda case: case.child.reference))


def _worker_of(outlook: "Outlook", visit: Visit) -> Worker | None:
    return outlook.snapshot.find(Worker, visit.worker_id)
