"""A typed line held against the plan: what it leaves open filled in, what must be asked, and what a person must agree to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.core.date_words import distance, full_date, list_date
from planner.core.outlook import Outlook
from planner.core.records import Case, Sighting, Team, Visit, Worker
from planner.core.snapshot import Snapshot
from planner.core.visit_line import Doubt, Known, VisitLine
from planner.core.visit_outcome import Outcome, reasons_listed

WHAT_TO_TYPE = "Type the child's reference or initials."
LONG_AGO = timedelta(days=92)
"""A visit longer ago than this is asked about before it is logged."""
WHICH_DAY = "Say on which day the visit was, such as fri, 14/3 or yesterday."


@dataclass(frozen=True, slots=True)
class Ground:
    """What lines are held against: how they are read, the newest records, the plan as looked at, and the person's teams.

    `snapshot` may be newer than that of the outlook, which is made after each step. `teams` are none for all; `day` is that
    of a line without one, None where it must be said.
    """

    known: Known
    snapshot: Snapshot
    outlook: Outlook
    teams: frozenset[str]
    day: date | None


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line with its day, place and worker filled in. It can be logged when nothing is `asked` and all of `warned` is agreed to.

    The parts of what is warned of are `initials`, `team`, `closed`, `old` and `again`; `visit_id` is the planned visit this was.
    """

    line: VisitLine
    asked: tuple[Doubt, ...] = ()
    warned: tuple[Doubt, ...] = ()
    visit_id: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether it can be logged as it stands."""
        return not self.asked and not self.warned

    @property
    def question(self) -> str:
        """What is asked first, or warned of, as a sentence; an empty string for nothing."""
        return next((doubt.sentence for doubt in (*self.asked, *self.warned)), "")

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """How each child was seen, by id; only of a line of which nothing is asked."""
        return {child_id: outcome for child_id, outcome in self.line.seen if outcome is not None}


def checked_line(line: VisitLine, ground: Ground) -> CheckedLine:
    """A line as read, held against the plan. Nothing that is in doubt is filled in or guessed."""
    asked = list(line.doubts)
    day = line.day
    if day is None and not line.doubts_about("day"):
        day = ground.day
        if day is None:
            asked.append(Doubt("day", WHICH_DAY))
    if not line.seen and not line.doubts_about("child"):
        asked.insert(0, Doubt("child", WHAT_TO_TYPE))
    filled = _filled(line, day, ground)
    if filled.seen and day is not None and not filled.worker_id and not line.doubts_about("worker"):
        asked.append(Doubt("worker", f"{_reference(ground, line.child_id)} has no worker. Say who went: by and a name."))
    warned = tuple(_warnings(filled, ground)) if day is not None else ()
    visit_id = planned_visit(ground.snapshot, filled)
    return CheckedLine(_as_planned(filled, visit_id, ground.snapshot), tuple(asked), warned, visit_id)


def why_question(reference: str) -> str:
    """What is asked where a child was not seen and no reason is given."""
    return f"Why was {reference} not seen? {reasons_listed('not seen')}, or your own words after n."


def _filled(line: VisitLine, day: date | None, ground: Ground) -> VisitLine:
    """The line with the day, the child's lead worker and the usual place, where it does not say them."""
    snapshot, worker_id, place = ground.snapshot, line.worker_id, line.place
    if line.child_id and day is not None:
        lead = snapshot.lead(line.child_id, day)
        if not worker_id and not line.doubts_about("worker"):
            worker_id = lead.worker_id if lead else ""
        place = place or usual_place(snapshot, line.child_id, day)
    along = tuple(one for one in line.with_worker_ids if one != worker_id)
    return replace(line, day=day, worker_id=worker_id, place=place, with_worker_ids=along)


def _as_planned(line: VisitLine, visit_id: str, snapshot: Snapshot) -> VisitLine:
    """The line with those who were to go along on the planned visit that it was, where it names nobody."""
    planned = snapshot.find(Visit, visit_id) if visit_id else None
    if planned is None or line.with_worker_ids or line.doubts_about("with"):
        return line
    return replace(line, with_worker_ids=tuple(one for one in planned.with_worker_ids if one != line.worker_id))


def usual_place(snapshot: Snapshot, child_id: str, on: date) -> str:
    """Where a child is usually visited: in the placement while looked after, else at home."""
    return "placement" if snapshot.plan(child_id, on) == "lac" else "home"


def _reference(ground: Ground, child_id: str) -> str:
    child = ground.known.roll.child(child_id)
    return child.reference if child else "The child"


# What a person must agree to


def _warnings(line: VisitLine, ground: Ground) -> Iterator[Doubt]:
    for child_id, _ in line.seen:
        for part, warned_of in _WARNINGS:
            sentence = warned_of(line, child_id, ground)
            if sentence:
                yield Doubt(part, sentence, (child_id,))


def _initials(line: VisitLine, child_id: str, ground: Ground) -> str:
    """That the child was typed by initials, which another child can have as well."""
    if child_id not in line.by_initials:
        return ""
    child = ground.known.roll.child(child_id)
    return f"Is {_reference(ground, child_id)} meant by “{child.initials if child else ''}”? Initials can be another child's too."


def _team(line: VisitLine, child_id: str, ground: Ground) -> str:
    """That the child is of none of the person's teams, or of those looked at."""
    outlook = ground.outlook
    row = outlook.case_of(child_id)
    case = ground.snapshot.case(child_id, line.day or outlook.today)
    if case is None:
        return ""
    team_id = row.team_id if row else team_now(ground.snapshot, case, outlook.on)
    whose = "your teams" if ground.teams and team_id not in ground.teams else "the teams looked at"
    if (not ground.teams or team_id in ground.teams) and (not outlook.team_ids or team_id in outlook.team_ids):
        return ""
    team = ground.snapshot.find(Team, team_id)
    of_team = f": {team.name} works with this child" if team else ""
    return f"{_reference(ground, child_id)} is not a child of {whose}{of_team}."


def team_now(snapshot: Snapshot, case: Case, on: date) -> str:
    """The id of the team that works with a child: the lead worker's, or where nobody leads the one that has the case."""
    lead = snapshot.lead(case.child_id, on)
    worker = snapshot.find(Worker, lead.worker_id) if lead else None
    return worker.team_id if worker else snapshot.team_of(case, on)


def _closed(line: VisitLine, child_id: str, ground: Ground) -> str:
    """That the child had no open case on the day of the visit."""
    assert line.day is not None
    snapshot = ground.snapshot
    if snapshot.case(child_id, line.day) is not None:
        return ""
    ended = [case.ended_on for case in snapshot.by(Case, "child_id", child_id) if case.ended_on and case.ended_on <= line.day]
    since = f": it was closed on {list_date(max(ended), ground.outlook.today)}" if ended else ""
    return f"{_reference(ground, child_id)} has no open case on {full_date(line.day)}{since}."


def _old(line: VisitLine, child_id: str, ground: Ground) -> str:
    """That the visit was long ago: of a date typed without its year, the month is then easily wrong."""
    today = ground.known.today
    if line.day is None or child_id != line.child_id or today - line.day <= LONG_AGO:
        return ""
    return f"{full_date(line.day)} is {distance(line.day, today, ground.known.calendar)}. Is that the day?"


def _again(line: VisitLine, child_id: str, ground: Ground) -> str:
    """That the child has a visit made on that day, or a try where this is one."""
    reference, was_seen = _reference(ground, child_id), dict(line.seen)[child_id]
    again = {"made": "visit"} if was_seen is None or was_seen.is_seen else {"made": "visit", "attempted": "try"}
    for visit, _ in ground.snapshot.visits_of(child_id):
        if visit.on == line.day and visit.status in again:
            day = list_date(visit.on, ground.outlook.today)
            return f"{reference} has a {again[visit.status]} logged on {day} already. Log a second one only if there were two."
    return ""


_WARNINGS: tuple[tuple[str, Callable[[VisitLine, str, Ground], str]], ...] = (
    ("initials", _initials),
    ("team", _team),
    ("closed", _closed),
    ("old", _old),
    ("again", _again),
)


# The plan


def planned_visit(snapshot: Snapshot, line: VisitLine) -> str:
    """The id of the visit planned for that day that this trip was, or an empty string: all whom it planned are on the line."""
    there = {child_id for child_id, _ in line.seen}
    for child_id in there:
        for visit, _ in snapshot.visits_of(child_id):
            if visit.on == line.day and visit.status == "planned":
                planned = {sighting.child_id for sighting in snapshot.by(Sighting, "visit_id", visit.id)}
                if planned <= there:
                    return visit.id
    return ""


def role_on(snapshot: Snapshot, child_id: str, worker_id: str, on: date) -> str:
    """In what role a worker goes to a child on a day: the one they hold the child in, else someone else."""
    return next((held.role for held in snapshot.holders(child_id, on) if held.worker_id == worker_id), "other")
