"""Invented teams, workers and children, as records, for tests that need a plan to look at. Nobody here is real."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from planner.actions.step import Step
from planner.actions.workspace import Workspace
from planner.core.records import (
    Absence,
    Allocation,
    Case,
    Child,
    Commitment,
    Person,
    PlanSpell,
    PolicyInForce,
    Record,
    Setting,
    Sighting,
    Team,
    Visit,
    Worker,
)
from planner.core.snapshot import Snapshot
from planner.core.workspace_settings import NAMES_ALLOWED, SAMPLE_TODAY, SOURCE_AS_AT, WORKSPACE_NAME
from planner.store.keys import Cost

TODAY = date(2026, 11, 23)
"""A Monday."""
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PASSPHRASE = "violet kettle morning"
SEEN_EVERY = {"cp": 14, "lac": 42, "cin": 28, "assessment": 21}

_GIVEN = ("Dev", "Amara", "Imran", "Ben", "Chloe", "Ewa", "Grace", "Farah", "Joanna", "Marcus", "Nadia", "Owen")
_FAMILY = ("Patel", "Okafor", "Shah", "Hartley", "Rudd", "Nowak", "Tully", "Siddiqui", "Pike", "Bell", "Ashby", "Lowe")
_LETTERS = "ABCDEFGHIJKLMNOPRSTVWZ"


@dataclass
class Invented:
    """Records as they are made, with ids that count up so that every run makes the same ones."""

    records: list[Record] = field(default_factory=list)
    count: int = 0

    def new_id(self) -> str:
        """The next id."""
        self.count += 1
        return f"{self.count:032x}"

    def put(self, record: Record) -> None:
        """Keep a record."""
        self.records.append(record)


def a_small_team() -> Snapshot:
    """One team of six workers with 24 children, two of them waiting, some visits late, one worker away."""
    return Snapshot(people(workers=6, children=24, waiting=2))


def a_big_team(workers: int = 65, children: int = 1200) -> Snapshot:
    """Several teams at the size of the largest project: about seven visits a child."""
    return Snapshot(people(workers=workers, children=children, waiting=children // 50, teams=6))


def people(*, workers: int, children: int, waiting: int, teams: int = 1) -> list[Record]:
    """The records of such a service on `TODAY`."""
    made = Invented()
    for name, value in (
        (WORKSPACE_NAME, "Westmere (invented)"),
        (SAMPLE_TODAY, TODAY.isoformat()),
        (SOURCE_AS_AT, date(2026, 11, 20).isoformat()),
        (NAMES_ALLOWED, "yes"),
    ):
        made.put(Setting(id=name, value=value))
    team_ids = [_team(made, number) for number in range(teams)]
    made.put(Person(id=made.new_id(), name="Helen Marsh", role="team manager"))
    made.put(PolicyInForce(id=made.new_id(), kind="workload", policy="neutral", start=date(2020, 1, 1)))
    worker_ids = [_worker(made, number, team_ids[number % teams]) for number in range(workers)]
    for number in range(children):
        team_id = team_ids[number % workers % teams]
        _child(made, number, team_id, None if number < waiting else worker_ids[number % workers])
    return made.records


def a_workspace_of(snapshot: Snapshot, path: Path) -> Workspace:
    """The records in a new encrypted file, its person signed in with nothing to undo; as cheap to unlock as can be."""
    maker = Person(id="f" * 32, name="Sample Maker")
    workspace = Workspace.create(
        path,
        PASSPHRASE,
        name=snapshot.setting(WORKSPACE_NAME),
        person=maker,
        device_name="a laptop",
        clock=lambda: NOW,
        cost=Cost(memory_kib=64, passes=1, lanes=1),
    )
    workspace.perform("Fill in", _put_missing, snapshot).result()
    workspace.sign_in(a_person(snapshot).id)
    return workspace


DATA_HOME = "data home"


class FilledFiles:
    """Encrypted files that are filled once; every test works on a copy of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._filled: dict[Path, str] = {}
        """Who works in each file there is."""

    def workspace(self, make: Callable[[], Snapshot], path: Path) -> Workspace:
        """What `a_workspace_of(make(), path)` gives, from a copy."""
        return self.opened(make.__name__, path, lambda original: a_workspace_of(make(), original))

    def opened(self, name: str, path: Path, fill: Callable[[Path], Workspace]) -> Workspace:
        """A workspace at a path, as `fill` makes it at the path it is given; `name` tells one filling from another."""
        workspace = Workspace.open(self.copied(name, path, fill), PASSPHRASE, device_name="a laptop", clock=lambda: NOW)
        workspace.sign_in(self._filled[self._original(name, path)])
        return workspace

    def copied(self, name: str, path: Path, fill: Callable[[Path], Workspace]) -> Path:
        """The path, where a copy of what `fill` makes lies as it was closed; `name` tells one filling from another."""
        original = self._original(name, path)
        if original not in self._filled:
            original.parent.mkdir(parents=True)
            made = fill(original)
            assert made.person is not None
            self._filled[original] = made.person.id
            made.close()
            shutil.copytree(os.environ["XDG_DATA_HOME"], original.parent / DATA_HOME)
        shutil.copytree(original.parent, path.parent, dirs_exist_ok=True, ignore=lambda _folder, _names: {DATA_HOME})
        # With its key there the computer is known, and opening it writes nothing that would have to be backed up.
        shutil.copytree(original.parent / DATA_HOME, os.environ["XDG_DATA_HOME"], dirs_exist_ok=True)
        return path

    def _original(self, name: str, path: Path) -> Path:
        return self._folder / name / path.stem / path.name


def _put_missing(step: Step, snapshot: Snapshot) -> None:
    for record in snapshot.records():
        if step.snapshot.find(type(record), record.id) is None:
            step.put(record)


def a_person(snapshot: Snapshot) -> Person:
    """The person who works with such a snapshot."""
    return next(iter(snapshot.all(Person).values()))


def _team(made: Invented, number: int) -> str:
    team_id = made.new_id()
    made.put(Team(id=team_id, name=f"Westmere, Team {number + 1}", manager="Helen Marsh"))
    return team_id


def _worker(made: Invented, number: int, team_id: str) -> str:
    worker_id = made.new_id()
    given = _GIVEN[number % len(_GIVEN)]
    family = _FAMILY[(number + number // len(_GIVEN)) % len(_FAMILY)]
    made.put(Worker(id=worker_id, name=f"{given} {family}", team_id=team_id, stage="experienced"))
    if number % 6 == 5:
        made.put(Absence(id=made.new_id(), worker_id=worker_id, first_day=TODAY - timedelta(days=14)))
    if number % 4 == 1:
        duty_on = TODAY + timedelta(days=2)
        made.put(Commitment(id=made.new_id(), worker_id=worker_id, kind="duty", first_day=duty_on, last_day=duty_on))
    return worker_id


def _child(made: Invented, number: int, team_id: str, worker_id: str | None) -> None:
    child_id = made.new_id()
    initials = f"{_LETTERS[number % len(_LETTERS)]}.{_LETTERS[(number * 7 + 3) % len(_LETTERS)]}."
    plan = ("cin", "cp", "assessment", "lac", "cin")[number % 5]
    since = TODAY - timedelta(days=40 + number % 180) if worker_id else TODAY - timedelta(days=number % 5)
    made.put(
        Child(
            id=child_id,
            reference=f"C{10300 + number}",
            initials=initials,
            name=f"Invented {initials.replace('.', '')}",
            born=date(2026 - number % 17, 1 + number % 12, 1 + number % 28),
            household=f"H{number // 2}" if number % 3 == 0 else "",
        )
    )
    made.put(Case(id=made.new_id(), child_id=child_id, team_id=team_id, received_on=since, passed_to_team_on=since))
    made.put(PlanSpell(id=made.new_id(), child_id=child_id, plan=plan, start=since))
    if worker_id is None:
        return
    made.put(Allocation(id=made.new_id(), child_id=child_id, worker_id=worker_id, start=since, reason="Has room"))
    _visits(made, child_id, worker_id, since, SEEN_EVERY[plan], late=number % 6 == 0)


def _visits(made: Invented, child_id: str, worker_id: str, since: date, every: int, *, late: bool) -> None:
    on = since + timedelta(days=3)
    last = TODAY - timedelta(days=every + 9 if late else 2)
    while on <= last:
        visit_id = made.new_id()
        made.put(Visit(id=visit_id, on=on, status="made", worker_id=worker_id, place="home", recorded_on=on))
        made.put(Sighting(id=made.new_id(), visit_id=visit_id, child_id=child_id, seen=True, seen_alone=True))
        on += timedelta(days=every)
