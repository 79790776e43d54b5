"""What comes in: children referred and to decide, accepted or returned in a week, against the intake's quota and the cap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.flow_records import Referral
from planner.core.obligations import is_overdue
from planner.core.records import Allocation, Case, Child, IntakeWeek, Team, Worker
from planner.core.snapshot import Snapshot
from planner.core.workspace_settings import CONTRACT_CAP

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

TO_DECIDE, ACCEPTED, RETURNED = "to decide", "accepted", "returned"
QUOTA = 90
"""Children an intake week takes where nobody says another number: the published project's."""
TURN = 6
"""A team is on intake in one week of six."""
PICK_UP = "ALLOC-1WD"
"""The rule by which a worker is named, counted from the day a child was passed to the team."""
PRIORITIES = {"urgent": "Urgent", "high": "High", "normal": "Normal", "low": "Low"}
RETURN_REASONS = (
    "Below the threshold for social care",
    "Early help already agreed",
    "Belongs to another council",
    "Open with another team",
    "Not enough information",
    "The same referral twice",
)
"""Common reasons for a return, to choose from; any other may be typed."""
PROVISIONAL = "NEW"
"""How a reference begins that stands in until the case system has one."""


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """One child who came in: as referred, and once accepted with child, case and worker.

    `state` is `to decide`, `accepted` or `returned`. A worker is to be named by `pick_up_by`, and first was on
    `picked_up_on`; `is_late` says that the day has passed with nobody named, today not counted.
    """

    referral: Referral | None
    child: Child | None
    case: Case | None
    worker: Worker | None
    team_id: str
    state: str
    referred_on: date | None
    received_on: date | None
    pick_up_by: date | None
    picked_up_on: date | None
    is_late: bool

    @property
    def id(self) -> str:
        """The referral's id, or that of the case that came another way."""
        return self.referral.id if self.referral else self.case.id if self.case else ""

    @property
    def reference(self) -> str:
        """The child's reference, or the one referred under, empty where the case system has none yet."""
        return self.child.reference if self.child else self.referral.reference if self.referral else ""

    @property
    def initials(self) -> str:
        """The child's initials."""
        return self.child.initials if self.child else self.referral.initials if self.referral else ""

    @property
    def week_on(self) -> date | None:
        """The Monday of the week in which the child was received."""
        return monday_of(self.received_on) if self.received_on else None

    @property
    def household(self) -> str:
        """What the children of one home have in common, or the row's own id for a child alone."""
        kept = self.child.household or self.child.family if self.child else ""
        return kept or (self.referral.household if self.referral else "") or self.id


@dataclass(frozen=True, slots=True)
class UnderContract:
    """An open case, which counts against the cap wherever it is, with its team and lead worker."""

    child: Child
    case: Case
    team_id: str
    worker: Worker | None


@dataclass(frozen=True, slots=True)
class Intake:
    """The intake of a week, from its Monday, of one team or of all looked at (`team_id` empty), on a day.

    `received` are the children received in the week, whatever was decided; `waiting` all who wait for a decision, whenever
    received; `late` all for whom no worker was named in time. `quota` is None in a week nobody is on intake.
    """

    team_id: str
    week_on: date
    quota: int | None
    received: tuple[IntakeRow, ...]
    waiting: tuple[IntakeRow, ...]
    late: tuple[IntakeRow, ...]
    open_cases: tuple[UnderContract, ...]
    cap: int | None

    @property
    def accepted(self) -> tuple[IntakeRow, ...]:
        """Received in the week and accepted: what the quota counts."""
        return tuple(row for row in self.received if row.state == ACCEPTED)

    @property
    def returned(self) -> tuple[IntakeRow, ...]:
        """Received in the week and returned; they count in nothing else."""
        return tuple(row for row in self.received if row.state == RETURNED)

    @property
    def is_over_quota(self) -> bool:
        """Whether more were accepted than the intake is for."""
        return self.quota is not None and len(self.accepted) > self.quota

    @property
    def is_over_cap(self) -> bool:
        """Whether more cases are open than the contract allows."""
        return self.cap is not None and len(self.open_cases) > self.cap


def intake(outlook: "Outlook", team_id: str = "", week_on: date | None = None) -> Intake:
    """The intake of a team's week, that of the day looked at where none is named."""
    monday = week_on or monday_of(outlook.on)
    teams = frozenset({team_id} if team_id else (team.id for team in outlook.teams))
    quotas = [
        week.quota for week in outlook.snapshot.all(IntakeWeek).values() if week.week_on == monday and week.team_id in teams
    ]
    rows = [row for row in outlook.came_in if row.team_id in teams]
    return Intake(
        team_id=team_id,
        week_on=monday,
        quota=sum(quotas) if quotas else None,
        received=tuple(row for row in rows if row.week_on == monday),
        waiting=tuple(row for row in rows if row.state == TO_DECIDE),
        late=tuple(row for row in rows if row.is_late),
        open_cases=outlook.under_contract,
        cap=contract_cap(outlook.snapshot),
    )


def accepted_in(rows: Iterable[IntakeRow], team_id: str, week_on: date) -> tuple[IntakeRow, ...]:
    """Of rows that came in, those a team accepted in the week from a Monday."""
    return tuple(row for row in rows if row.state == ACCEPTED and row.team_id == team_id and row.week_on == week_on)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def contract_cap(snapshot: Snapshot) -> int | None:
    """The most cases that may be open under the contract; None where none is set."""
    text = snapshot.setting(CONTRACT_CAP)
    return int(text) if text.isdecimal() else None


def open_cases(snapshot: Snapshot, on: date) -> tuple[UnderContract, ...]:
    """Every case open on a day, of all teams, by the child's reference."""
    rows = []
    for child in snapshot.all(Child).values():
        case = snapshot.case(child.id, on)
        if case is not None:
            lead = snapshot.lead(child.id, on)
            worker = snapshot.find(Worker, lead.worker_id) if lead else None
            rows.append(UnderContract(child, case, worker.team_id if worker else snapshot.team_of(case, on), worker))
    return tuple(sorted(rows, key=lambda row: (row.child.reference, row.child.id)))


def families(rows: Iterable[IntakeRow]) -> int:
    """How many households the children of some rows come from."""
    return len({row.household for row in rows})


def household_rows(rows: Sequence[IntakeRow], chosen: Iterable[IntakeRow]) -> tuple[IntakeRow, ...]:
    """The chosen rows with those of the same households, in the order of all rows."""
    homes = {row.household for row in chosen}
    return tuple(row for row in rows if row.household in homes)


def team_on_intake(snapshot: Snapshot, teams: Iterable[Team], on: date) -> str:
    """The id of the team whose intake week the day lies in, the first by name; empty where none is on intake."""
    weeks = snapshot.by(IntakeWeek, "week_on", monday_of(on))
    held = {week.team_id for week in weeks}
    return next((team.id for team in sorted(teams, key=lambda team: team.name) if team.id in held), "")


def pick_up_by(outlook: "Outlook", team_id: str, received_on: date) -> date | None:
    """The day by which a worker is to be named for a child received on a day, by the rule in force; None without one."""
    rule = outlook.policy(team_id).version(PICK_UP, received_on)
    if rule is None or rule.first is None or not rule.switched_on:
        return None
    calendar = outlook.calendar if rule.bank_holidays == "out" else outlook.calendar.weekdays
    return date.fromordinal(rule.first.end(received_on.toordinal(), calendar, rule.beginning_with))


# The rows


def came_in(outlook: "Outlook") -> tuple[IntakeRow, ...]:
    """Every referral to the teams looked at and every case they were passed without one, earliest received first."""
    teams = frozenset(team.id for team in outlook.teams)
    snapshot, on = outlook.snapshot, outlook.on
    rows = []
    with_referral = set()
    for referral in snapshot.all(Referral).values():
        with_referral.add(referral.case_id)
        if referral.team_id in teams and referral.received_on is not None and referral.received_on <= on:
            rows.append(_of_referral(outlook, referral))
    for case in snapshot.all(Case).values():
        received = case.passed_to_team_on or case.received_on
        if case.id not in with_referral and case.team_id in teams and received is not None and received <= on:
            rows.append(_of_case(outlook, case, received))
    return _in_order(rows)


def _in_order(rows: list[IntakeRow]) -> tuple[IntakeRow, ...]:
    """By the day received, then home by home, that of the most pressing child first."""
    homes: dict[str, tuple[int, str, str]] = {}
    for row in rows:
        order = _order(row)
        homes[row.household] = min(homes.get(row.household, order), order)
    return tuple(
        sorted(rows, key=lambda row: (row.received_on or date.min, homes[row.household], row.household, _order(row), row.id))
    )


def _order(row: IntakeRow) -> tuple[int, str, str]:
    of = row.case or row.referral
    priority = of.priority if of else ""
    return _PLACES.get(priority, len(_PLACES)), row.reference or "~", row.initials


_PLACES = {priority: place for place, priority in enumerate(PRIORITIES)}


def _of_referral(outlook: "Outlook", referral: Referral) -> IntakeRow:
    decided = referral.decided_on is not None and referral.decided_on <= outlook.on
    case = outlook.snapshot.find(Case, referral.case_id) if decided else None
    state = referral.status if decided else TO_DECIDE
    return _row(outlook, referral, case, referral.team_id, state, referral.referred_on, referral.received_on)


def _of_case(outlook: "Outlook", case: Case, received_on: date) -> IntakeRow:
    return _row(outlook, None, case, case.team_id, ACCEPTED, case.received_on, received_on)


def _row(
    outlook: "Outlook",
    referral: Referral | None,
    case: Case | None,
    team_id: str,
    state: str,
    referred_on: date | None,
    received_on: date | None,
) -> IntakeRow:
    snapshot, on = outlook.snapshot, outlook.on
    child = snapshot.find(Child, case.child_id if case else "")
    named_on = _picked_up_on(snapshot, case, received_on, on)
    by, is_late = _pick_up(outlook, case, team_id, received_on) if state != RETURNED else (None, False)
    lead = snapshot.lead(child.id, on) if child else None
    return IntakeRow(
        referral=referral,
        child=child,
        case=case,
        worker=snapshot.find(Worker, lead.worker_id) if lead else None,
        team_id=team_id,
        state=state,
        referred_on=referred_on,
        received_on=received_on,
        pick_up_by=by,
        picked_up_on=named_on,
        is_late=is_late and named_on is None,
    )


def _pick_up(outlook: "Outlook", case: Case | None, team_id: str, received_on: date | None) -> tuple[date | None, bool]:
    """When a worker is to be named, and whether that day has passed: for a case as its own clock has it."""
    if case is not None:
        clock = next((one for one in outlook.owed_to(case.child_id) if one.rule == PICK_UP), None)
        if clock is not None:
            return clock.due_on, clock.state == "overdue"
        passed_on = case.passed_to_team_on
        return (pick_up_by(outlook, team_id, passed_on) if passed_on else None), False
    by = pick_up_by(outlook, team_id, received_on) if received_on else None
    return by, by is not None and is_overdue(by, outlook.on)


def _picked_up_on(snapshot: Snapshot, case: Case | None, received_on: date | None, on: date) -> date | None:
    """The first day since a child was received on which a worker led for the child."""
    if case is None or received_on is None:
        return None
    held = [one for one in snapshot.by(Allocation, "child_id", case.child_id) if one.role == "lead" and one.start is not None]
    days = [
        max(one.start, received_on)
        for one in held
        if one.start and one.start <= on and (one.end is None or one.end > received_on)
    ]
    return min(days, default=None)


# Children known already


@dataclass(frozen=True, slots=True)
class KnownAs:
    """A child here who may be the one referred: by `reference`, or only by initials and date of birth.

    `case` is the child's open case on the day; without one the child was known and comes back.
    """

    child: Child
    case: Case | None
    by_reference: bool


def known_as(snapshot: Snapshot, reference: str, initials: str, born: date | None, on: date) -> tuple[KnownAs, ...]:
    """The children here who may be the one referred, by reference first."""
    found = list(snapshot.by(Child, "reference", reference.strip())) if reference.strip() else []
    if found or born is None or not initials:
        return tuple(KnownAs(child, snapshot.case(child.id, on), True) for child in found)
    alike = [child for child in snapshot.by(Child, "born", born) if _letters(child.initials) == _letters(initials)]
    if reference.strip():
        alike = [child for child in alike if is_provisional(child.reference)]
    return tuple(KnownAs(child, snapshot.case(child.id, on), False) for child in alike)


def referred_already(snapshot: Snapshot, reference: str, initials: str, born: date | None) -> tuple[Referral, ...]:
    """Referrals still to decide that may be of the same child: the same referral twice."""
    waiting = snapshot.by(Referral, "status", TO_DECIDE)
    return tuple(one for one in waiting if _is_same(one, reference.strip(), initials, born))


def _is_same(one: Referral, reference: str, initials: str, born: date | None) -> bool:
    if reference and one.reference:
        return one.reference == reference
    return bool(initials) and born is not None and one.born == born and _letters(one.initials) == _letters(initials)


def is_provisional(reference: str) -> bool:
    """Whether a reference only stands in until the case system has one."""
    return reference.startswith(PROVISIONAL) and reference[len(PROVISIONAL) :].isdecimal()


def provisional_reference(snapshot: Snapshot) -> str:
    """The next reference that stands in: `NEW1`, `NEW2` and on."""
    taken = [
        int(child.reference[len(PROVISIONAL) :]) for child in snapshot.all(Child).values() if is_provisional(child.reference)
    ]
    return f"{PROVISIONAL}{max(taken, default=0) + 1}"


def _letters(initials: str) -> str:
    return "".join(letter for letter in initials.casefold() if letter.isalpha())
