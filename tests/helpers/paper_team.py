"""An invented team on Monday 23 November 2026 with everything a sheet can show. Nobody here is real."""

from datetime import date, time, timedelta

from planner.core.records import (
    Absence,
    Allocation,
    AwayReason,
    Case,
    Child,
    Commitment,
    Event,
    ExtraWork,
    Person,
    PlanSpell,
    Record,
    Setting,
    Sighting,
    Team,
    Visit,
    Worker,
)
from planner.core.snapshot import Snapshot
from planner.core.workspace_settings import NAMES_ALLOWED, SAMPLE_TODAY, SOURCE_AS_AT

MONDAY = date(2026, 11, 23)
TEAM = Team(id="team", name="Westmere, Team 2", manager="Helen Marsh")
DEV = Worker(id="dev", name="Dev Patel", team_id="team", visits_a_week=6)

_WORKERS = (
    Worker(id="amara", name="Amara Okafor", team_id="team"),
    Worker(id="ben", name="Ben Hartley", team_id="team"),
    Worker(id="chloe", name="Chloe Rudd", team_id="team"),
    DEV,
    Worker(id="farah", name="Farah Siddiqui", team_id="team", stage="asye", headcount_limit=12),
    Worker(id="grace", name="Grace Tully", team_id="team", pattern=(74, 74, 74, 0, 0, 0, 0)),
    Worker(id="imran", name="Imran Shah", team_id="team", no_new_cases_until=date(2026, 12, 7)),
    Worker(id="joanna", name="Joanna Pike", team_id="team", assignment_end=date(2026, 12, 5)),
    Worker(id="marcus", name="Marcus Bell", team_id="team", pattern=(0,) * 7),
)
_HELD = {"amara": 13, "ben": 11, "chloe": 10, "dev": 12, "farah": 9, "grace": 7, "imran": 12, "joanna": 8, "marcus": 4}
_PLANS = ("assessment", "cp", "cin", "cp", "lac", "cin")
_LAST_SEEN_DAYS_AGO = {"assessment": 12, "cp": 9, "cin": 20, "lac": 30}
_LETTERS = "ABCDEFGHIJKLMNOPRSTVWZ"


def paper_team(names: bool = False) -> Snapshot:
    """Nine workers, 86 children held, five waiting; Dev Patel's week holds visits, a duty day, court and a day away."""
    records: list[Record] = [TEAM, *_WORKERS, Person(id="helen", name="Helen Marsh")]
    records += [Setting(id=SOURCE_AS_AT, value="2026-11-20"), Setting(id=SAMPLE_TODAY, value=MONDAY.isoformat())]
    records += [Setting(id=NAMES_ALLOWED, value="yes")] if names else []
    number = 0
    for worker_id, count in _HELD.items():
        for place in range(count):
            records += a_child(number, _PLANS[(number + place) % len(_PLANS)], worker_id)
            number += 1
    for place, plan in enumerate(("cp", "assessment", "assessment", "cin", "lac")):
        records += a_child(number + place, plan, None, received=MONDAY - timedelta(days=(6, 4, 3, 1, 0)[place]))
    return Snapshot([*records, *_away(), *_dev_week()])


def a_child(number: int, plan: str, worker_id: str | None, received: date | None = None) -> list[Record]:
    """The records of one child of the team, `C104` and the number, seen some days ago where a worker holds it."""
    child_id = f"child{number}"
    since = received or MONDAY - timedelta(days=30 + 3 * (number % 20))
    initials = f"{_LETTERS[number % 22]}.{_LETTERS[(number * 7 + 3) % 22]}."
    records: list[Record] = [
        Child(
            id=child_id,
            reference=f"C{10400 + number}",
            initials=initials,
            name=f"Invented {number} Surname",
            born=date(2025 - number % 16, 1 + number % 12, 1 + number % 28),
            household=f"house{number // 2}" if number % 5 < 2 else "",
        ),
        Case(id=f"case{number}", child_id=child_id, team_id="team", received_on=since, passed_to_team_on=since),
        PlanSpell(id=f"spell{number}", child_id=child_id, plan=plan, start=since),
    ]
    if worker_id is None:
        return records
    seen = MONDAY - timedelta(days=_LAST_SEEN_DAYS_AGO[plan] + (9 if number % 7 == 0 else 0))
    records.append(Allocation(id=f"held{number}", child_id=child_id, worker_id=worker_id, start=since, reason="Has room"))
    return [*records, *a_visit(f"seen{number}", seen, worker_id, (number,), status="made")]


def a_visit(row: str, on: date, worker_id: str, numbers: tuple[int, ...], **more: object) -> list[Record]:
    """One trip to the children of those numbers."""
    seen = True if more.get("status") == "made" else None
    visit = Visit(id=row, on=on, worker_id=worker_id, place=str(more.pop("place", "home")), **more)  # type: ignore[arg-type]
    return [visit, *(Sighting(id=f"{row}-{n}", visit_id=row, child_id=f"child{n}", seen=seen) for n in numbers)]


def _away() -> list[Record]:
    return [
        Absence(id="a1", worker_id="chloe", first_day=date(2026, 12, 3), last_day=date(2026, 12, 4)),
        AwayReason(id="r1", about="a1", reason="Wedding in Leeds"),
        Absence(id="a2", worker_id="marcus", first_day=date(2026, 11, 9)),
        AwayReason(id="r2", about="a2", reason="Sickness"),
        Absence(id="a3", worker_id="dev", first_day=date(2026, 11, 27), last_day=date(2026, 11, 27)),
        Commitment(id="c1", worker_id="dev", kind="duty", first_day=date(2026, 11, 25), last_day=date(2026, 11, 25)),
        Commitment(
            id="c2", worker_id="dev", kind="court", title="Family court, all day", child_id="child36",
            first_day=date(2026, 11, 26), last_day=date(2026, 11, 26),
        ),
        ExtraWork(id="x1", worker_id="amara", title="Practice lead", points=50, start=date(2026, 1, 1)),
    ]  # fmt: skip


def _dev_week() -> list[Record]:
    tuesday = MONDAY + timedelta(days=1)
    return [
        *a_visit("v1", MONDAY, "dev", (35,), at=time(10)),
        *a_visit("v2", MONDAY, "dev", (40, 41), at=time(15, 30), with_worker_ids=("ben",)),
        *a_visit("v3", tuesday, "dev", (37,), at=time(9, 30), place="school"),
        Event(
            id="e1", child_id="child38", event="core_group_held", on=tuesday, at=time(11), status="planned", place="Civic centre"
        ),
        Event(id="e2", child_id="child39", event="lac_review_held", on=MONDAY + timedelta(days=2), at=time(14), status="planned"),
    ]
